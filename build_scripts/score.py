"""Precision and recall of what the archive reads, against pages that two people annotated.

An annotated ("gold") page is named by the SHA-256 of its raw text. A field that holds a list accepts any of its values: where the
two annotators differ, either answer counts. ``…_optional`` lines, starts, cities and zones may be there or not.
"""

import difflib
import json
import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from build_scripts.archive import read_archive
from build_scripts.chars import squeeze
from build_scripts.errors import LayoutError
from build_scripts.figures.records import PageFigures
from build_scripts.records import Archive, PageRecord
from build_scripts.rows import article_row, figure_row, number_row
from build_scripts.score_figures import score_numbers, stem

Row = dict[str, Any]


@dataclass(slots=True)
class Tally:
    """How many of a measure's chances were taken."""

    hit: int = 0
    of: int = 0

    @property
    def share(self) -> float:
        """From 0 to 1; 1 where there was no chance to fail."""
        return self.hit / self.of if self.of else 1.0


@dataclass(frozen=True, slots=True)
class PageRows:
    """What the archive says of one page, as rows of the data files."""

    articles: Sequence[Row]
    numbers: Sequence[Row] = ()
    figures: Sequence[Row] = ()


class Scorer:
    """Counts over all gold pages; ``misses`` says in words what went wrong."""

    def __init__(self) -> None:
        self.table: dict[str, Tally] = defaultdict(Tally)
        self.misses: list[str] = []

    def count(self, name: str, hit: int | bool, of: int = 1) -> None:
        """Adds to the measure ``name``."""
        tally = self.table[name]
        tally.hit += int(hit)
        tally.of += of

    def score_page(self, gold: Row, said: PageRows) -> None:
        """Compares one page."""
        for wanted in gold["articles"]:
            self._article(wanted, said.articles, set(gold["blank_lines"]))
        score_numbers(self, gold, said.numbers, said.figures)
        self._errata(gold["errata"], [correction for row in said.articles for correction in row["corrections"]])

    def _article(self, wanted: Row, said: Sequence[Row], blank: set[int]) -> None:
        name = wanted["title"][0] or f"untitled, line {wanted['body_lines'][0]}"
        body, spare = set(wanted["body_lines"]), set(wanted["body_lines_optional"])
        best, got = max(((row, _lines(row)) for row in said), key=lambda pair: len(pair[1] & body), default=(None, set[int]()))
        got = got - blank - spare
        self.count("articles: exactly the right lines", best is not None and got == body)
        if got != body:
            self.misses.append(f"{name}: lines missing {sorted(body - got)[:8]}, extra {sorted(got - body)[:8]}")
        if best is None:
            return
        for key in ("title", "kicker", "subtitle"):
            right = any(_even(option) == _even(best[key]) for option in wanted[key])
            if any(wanted[key]) or best[key]:
                self._check(f"articles: {key}", right, f"{name}: {key} {wanted[key]}, got {best[key]}")
        authors = sorted(author["name"] for author in best["authors"])
        self._check("articles: authors", authors == sorted(wanted["authors"]), f"{name}: authors {wanted['authors']}, got {authors}")
        starts = {paragraph["lines"][0][0] for paragraph in best["paragraphs"]}
        self._sets("articles: paragraph starts", name, starts, set(wanted["paragraph_starts"]), set(wanted["paragraph_starts_optional"]))
        for key in ("cities", "zones"):
            optional = {stem(place) for place in wanted[f"{key}_optional"]}
            self._sets(f"articles: {key}", name, {stem(place) for place in best[key]}, {stem(place) for place in wanted[key]}, optional)

    def _check(self, measure: str, right: bool, miss: str) -> None:
        self.count(measure, right)
        if not right:
            self.misses.append(miss)

    def _sets(self, measure: str, name: str, said: set[Any], wanted: set[Any], optional: set[Any]) -> None:
        said = said - (optional - wanted)
        self.count(f"{measure} (recall)", len(said & wanted), len(wanted))
        self.count(f"{measure} (precision)", len(said & wanted), len(said))
        if said != wanted:
            self.misses.append(f"{name}: {measure} missing {sorted(wanted - said)}, extra {sorted(said - wanted)}")

    def _errata(self, wanted: Sequence[Row], said: Sequence[Row]) -> None:
        for erratum in wanted:
            if erratum["agreed"]:
                noted = any(_same_erratum(erratum, correction) for correction in said)
                self._check("errata noted", noted, f"erratum on line {erratum['line']} not noted: {erratum['printed']}")
        for correction in said:
            also = any(_same_erratum(erratum, correction) for erratum in wanted)
            miss = f"correction on line {correction['line']} made by no annotator: {correction['printed']}"
            self._check("corrections that an annotator made too", also, miss)


def page_rows(record: PageRecord, figures: PageFigures, archive: Archive) -> PageRows:
    """What was read of one page, as rows of the data files."""
    urls = {article.id: article.url for article in record.articles}
    return PageRows(
        [article_row(article, archive) for article in record.articles],
        [number_row(number) for number in figures.numbers],
        [figure_row(figure, urls[figure.article]) for figure in figures.figures],
    )


def score_archive(root: Path, gold_files: Iterable[Path]) -> tuple[dict[str, Tally], list[str]]:
    """The measures and the misses of the archive below ``root``.

    Raises :class:`~build_scripts.errors.LayoutError` for a gold file that is not one, or whose page is not in the archive.
    """
    archive = read_archive(root)
    pages = {
        record.page.sha256: page_rows(record, archive.figures[record.page.source], archive)
        for issue in archive.issues
        for record in issue.pages
    }
    scorer = Scorer()
    for path in gold_files:
        try:
            gold = json.loads(path.read_text("utf-8"))
            page = pages.get(gold["sha256"])
        except (ValueError, KeyError, TypeError) as error:
            raise LayoutError(path, 0, f"is no annotated page ({error})", "a JSON object with sha256 and articles") from error
        if page is None:
            raise LayoutError(path, 0, "annotates a page that is not in the archive", "a page of the archive")
        scorer.score_page(gold, page)
    return dict(scorer.table), scorer.misses


def _lines(row: Row) -> set[int]:
    return {line for paragraph in row["paragraphs"] for first, last in paragraph["lines"] for line in range(first, last + 1)}


def _plain(text: str) -> str:
    return re.sub(r"[“”\"‘’]", "", squeeze(text))


def _even(text: str | None) -> str:
    """A headline without white space and quotation marks, full-width, with one kind of dash: what two readers may type apart."""
    plain = _plain(text or "").translate(str.maketrans(",:;()!?", "，：；（）！？"))
    return re.sub(r"[—－―-]+", "—", plain).strip("—")


_NEAR = 2
"""Lines that two readers may differ by when they place the same misprint."""
_COMMON = 4
"""Characters that their quotations must share, where they are that long."""


def _same_erratum(gold: Row, correction: Row) -> bool:
    one, other = _plain(gold["printed"]), _plain(correction["printed"])
    common = difflib.SequenceMatcher(None, one, other, autojunk=False).find_longest_match().size
    return abs(correction["line"] - gold["line"]) <= _NEAR and common >= min(_COMMON, len(one), len(other))
