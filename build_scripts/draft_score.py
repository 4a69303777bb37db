"""How well drafts of layouts find what people found: measured on annotated pages, and on pages with a reviewed layout.

The drafter sees the raw page only; reviewed layouts and annotations serve to compare.
"""

import json
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from build_scripts.articles import read_articles
from build_scripts.chars import squeeze
from build_scripts.errors import LayoutError
from build_scripts.layout.draft import draft_layout
from build_scripts.records import Article, PageRecord
from build_scripts.score import Tally
from build_scripts.source import Page, read_page

Row = Mapping[str, Any]


class DraftScorer:
    """Counts over all pages; ``misses`` says in words what went wrong."""

    def __init__(self) -> None:
        self.table: dict[str, Tally] = defaultdict(Tally)
        self.misses: list[str] = []

    def score_page(self, page: Page, wanted: Sequence[Row]) -> None:
        """Drafts ``page`` and compares it with the annotated articles ``wanted``."""
        said = read_articles(page, draft_layout(page).layout, year=None).articles
        blank = {number for number, line in enumerate(page.lines(), 1) if not line.strip()}
        lines = [_lines(article) - blank for article in said]
        taken: dict[int, int] = {}
        pairs = sorted(
            ((len(got & set(row["body_lines"])), i, j) for i, row in enumerate(wanted) for j, got in enumerate(lines)),
            key=lambda pair: (-pair[0], pair[1], pair[2]),
        )
        for common, i, j in pairs:
            if common and i not in taken and j not in taken.values():
                taken[i] = j
        bodies = [set(row["body_lines"]) for row in wanted]
        spare = {line for row in wanted for line in row["body_lines_optional"]}
        right = sum(len(bodies[i] & lines[j]) for i, j in taken.items())
        self._count("lines in the right article", right, len(set().union(*bodies, *lines) - spare))
        for i, row in enumerate(wanted):
            got = lines[taken[i]] if i in taken else set()
            self._article(row, said[taken[i]] if i in taken else None, got)

    def _article(self, row: Row, article: Article | None, got: set[int]) -> None:
        name = row["title"][0] or f"untitled, line {row['body_lines'][0]}"
        body = set(row["body_lines"])
        got = got - set(row["body_lines_optional"])
        self._check(
            "articles exactly right", got == body, f"{name}: lines missing {sorted(body - got)[:8]}, extra {sorted(got - body)[:8]}"
        )
        headline = {"title": article and article.title, "kicker": article and article.kicker, "subtitle": article and article.subtitle}
        for key, passage in headline.items():
            text = passage.text if passage else None
            if any(row[key]) or text:
                right = any(_even(option) == _even(text) for option in row[key])
                self._check(f"{key}s", right, f"{name}: {key} {row[key]}, got {text}")
        authors = sorted(author.name for author in article.authors) if article else []
        self._check("bylines", authors == sorted(row["authors"]), f"{name}: bylines {row['authors']}, got {authors}")
        kinds = row.get("type", [])
        if kinds and article:
            self._check("types", article.type in kinds, f"{name}: type {kinds}, got {article.type}")
        starts = {paragraph.lines[0][0] for paragraph in article.paragraphs} if article else set()
        wanted = set(row["paragraph_starts"])
        starts -= set(row["paragraph_starts_optional"]) - wanted
        self._count("paragraph starts: recall", len(starts & wanted), len(wanted))
        self._count("paragraph starts: precision", len(starts & wanted), len(starts))
        self._count("paragraph starts: F1", 2 * len(starts & wanted), len(wanted) + len(starts))
        if starts != wanted:
            self.misses.append(f"{name}: paragraphs missing {sorted(wanted - starts)[:8]}, extra {sorted(starts - wanted)[:8]}")
        heads = {block.lines[0][0] for block in article.body if block.head} if article else set()
        wanted_heads = {head["line"] for head in row["section_heads"]}
        if heads | wanted_heads:
            self._check("section heads", heads == wanted_heads, f"{name}: section heads {sorted(wanted_heads)}, got {sorted(heads)}")

    def _count(self, name: str, hit: int, of: int) -> None:
        self.table[name].hit += hit
        self.table[name].of += of

    def _check(self, name: str, right: bool, miss: str) -> None:
        self._count(name, int(right), 1)
        if not right:
            self.misses.append(miss)


def score_drafts(root: Path, gold_files: Iterable[Path]) -> tuple[dict[str, Tally], list[str]]:
    """The measures and the misses of drafts of the annotated pages, found in the archive below ``root`` by their hash.

    Raises :class:`~build_scripts.errors.LayoutError` for a gold file that is not one, or whose page is not in the archive.
    """
    paths = sorted((root / "content" / "sources").glob("*/*.txt"))
    found = [read_page(path, issue=path.parent.name, name=path.stem, source=path.relative_to(root).as_posix()) for path in paths]
    pages = {page.sha256: page for page in found}
    scorer = DraftScorer()
    for path in gold_files:
        try:
            gold = json.loads(path.read_text("utf-8"))
            page, wanted = pages.get(gold["sha256"]), gold["articles"]
        except (ValueError, KeyError, TypeError) as error:
            raise LayoutError(path, 0, f"is no annotated page ({error})", "a JSON object with sha256 and articles") from error
        if page is None:
            raise LayoutError(path, 0, "annotates a page that is not in the archive", "a page of the archive")
        scorer.score_page(page, wanted)
    return dict(scorer.table), scorer.misses


def annotation_of(record: PageRecord) -> list[dict[str, Any]]:
    """A reviewed page's articles in the shape of an annotated page: to measure drafts where nobody annotated."""
    return [
        {
            "title": [article.title.text if article.title else None],
            "kicker": [article.kicker.text if article.kicker else None],
            "subtitle": [article.subtitle.text if article.subtitle else None],
            "type": [article.type],
            "authors": [author.name for author in article.authors],
            "body_lines": sorted(line for line in _lines(article) if record.page.line_text(line).strip()),
            "body_lines_optional": [],
            "paragraph_starts": [paragraph.lines[0][0] for paragraph in article.paragraphs],
            "paragraph_starts_optional": [],
            "section_heads": [{"line": block.lines[0][0]} for block in article.body if block.head],
        }
        for article in record.articles
    ]


def _lines(article: Article) -> set[int]:
    return {line for paragraph in article.paragraphs for first, last in paragraph.lines for line in range(first, last + 1)}


def _even(text: str | None) -> str:
    """A headline as two readers may type it apart: without white space and quotation marks, full width, one kind of dash."""
    plain = re.sub(r"[“”\"‘’]", "", squeeze(text or "")).translate(str.maketrans(",:;()!?", "，：；（）！？"))
    return re.sub(r"[—－―-]+", "—", plain).strip("—")
