"""What readers will see of a layout that is being made: the archive's own reading of each article, as data for the browser.

An article is read again only where something that its reading hangs on has changed, so that one change on a page of forty articles
costs the reading of one or two.
"""

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import Any

from build_scripts.articles import read_partly
from build_scripts.errors import LayoutError
from build_scripts.figures import Figure, read_figures
from build_scripts.layout.layoutfile import Correction, Layout, parts
from build_scripts.layout.tree import layout_tree
from build_scripts.lexicon.finder import Mention, find_places
from build_scripts.passage import Passage
from build_scripts.records import Article, PageRecord
from build_scripts.review.problems import Problem, find_problems
from build_scripts.rows import plain_number
from build_scripts.source import Page, Span
from build_scripts.yamlfile import Entry

Row = dict[str, Any]

KEPT = 500
"""How many readings are remembered: several states of every article of a page, for undo and redo."""

_NOT_BREAKS = re.compile(r"[^\n]")


@dataclass(frozen=True, slots=True)
class _Reading:
    row: Row
    used: frozenset[str]
    """The corrections that found their place, as :func:`_name` names them."""
    problems: tuple[Problem, ...]


class Reader:
    """Reads layouts of one page, one after the other."""

    def __init__(self, page: Page, *, year: int | None, not_before: str | None) -> None:
        self.page = page
        self.year = year
        self.not_before = not_before
        self.known: dict[str, _Reading] = {}

    def read(self, layout: Layout, have: Mapping[str, str], *, salt: str = "") -> Row:
        """``{articles: {id: row}, packages: {id: title}, problems: [row]}``; an article whose digest is in ``have`` is ``None``.

        ``salt`` stands for whatever else a reading hangs on, such as the lexicon. An article without text has no row.
        """
        hosts = {article.id: article for article in layout.articles if not all(block.head for block in article.body)}
        packages = {package.id: package for package in layout.packages if package.title}
        alone = replace(layout, furniture=(), packages=(), articles=())
        readings = [self._remembered(replace(alone, furniture=layout.furniture), salt)]
        titles: dict[str, str] = {}
        for package in packages.values():
            readings.append(self._remembered(replace(alone, packages=(package,)), salt))
            titles[package.id] = readings[-1].row["package"]
        rows: dict[str, Row | None] = {}
        for article in hosts.values():
            host = hosts.get(article.parent or "", article)
            series = packages.get(article.package or "")
            chosen = (article,) if host is article else (host, article)
            readings.append(self._remembered(replace(alone, packages=(series,) if series else (), articles=chosen), salt))
            row = readings[-1].row
            rows[article.id] = None if have.get(article.id) == row["digest"] else row
        used = frozenset[str]().union(*(reading.used for reading in readings))
        bad = {problem: None for reading in readings for problem in reading.problems}
        problems = [*find_problems(layout, self.page), *bad, *_unused(layout.corrections, used)]
        return {"articles": rows, "packages": titles, "problems": [problem_row(problem) for problem in problems]}

    def _remembered(self, part: Layout, salt: str) -> _Reading:
        lines: set[int] = set()
        for _, span in parts(part):
            lines.update(range(self.page.place(span.start).line, self.page.place(span.end - 1).line + 1))
        part = replace(part, corrections=tuple(item for item in part.corrections if item.line in lines))
        key = json.dumps([layout_tree(part, self.page), salt])
        reading = self.known.pop(key, None) or self._read(part)
        self.known[key] = reading  # in the order of their last use
        if len(self.known) > KEPT:
            del self.known[next(iter(self.known))]
        return reading

    def _read(self, part: Layout) -> _Reading:
        """Reads a part of the page: an article with the one that it belongs to and its series, or what is no article's.

        A correction that cannot be placed is left out and told, the rest is read.
        """
        corrections = list(part.corrections)
        problems: list[Problem] = []
        while True:
            numbered = tuple(replace(item, entry=Entry(part.path, number, None)) for number, item in enumerate(corrections, 1))
            try:
                record, used = read_partly(self.page, replace(part, corrections=numbered), year=self.year)
                break
            except LayoutError as error:
                if not 1 <= error.line <= len(corrections):
                    raise
                item = corrections.pop(error.line - 1)
                problems.append(Problem("correction", item.line, f"第{item.line}行的“{item.printed}”不止一处，或与另一条订正相叠"))
        found = frozenset(_name(corrections[index]) for index in used) | frozenset(
            _name(item) for item in part.corrections if item not in corrections
        )
        return _Reading(self._row(record), found, tuple(problems))

    def _row(self, record: PageRecord) -> Row:
        if not record.articles:
            return {"package": record.packages[0].title if record.packages else ""}
        spans = [span for _, span in parts(record.layout)]
        figures = read_figures(replace(record, page=_only(self.page, spans)), year=self.year, not_before=self.not_before)
        article = record.articles[-1]
        row = _article_row(article, figures.of_article(article.id))
        row["proposals"] = [
            {
                "line": one.place.line,
                "column": one.place.column,
                "printed": one.printed,
                "corrected": one.corrected,
                "kind": one.kind,
                "note": one.note,
            }
            for one in figures.proposals
            if one.article == article.id
        ]
        row["digest"] = sha256(json.dumps(row, ensure_ascii=False).encode()).hexdigest()[:16]
        return row


def _only(page: Page, spans: Iterable[Span]) -> Page:
    """The page with nothing on it but ``spans``, each at its place: the numbers of other articles need no reading."""
    text, done = "", 0
    for span in sorted(spans):
        text += _NOT_BREAKS.sub(" ", page.text[done : max(done, span.start)]) + page.text[max(done, span.start) : span.end]
        done = max(done, span.end)
    return replace(page, text=text + _NOT_BREAKS.sub(" ", page.text[done:]))


def _name(item: Correction) -> str:
    return json.dumps([item.line, item.column, item.printed, item.corrected])


def _unused(corrections: Iterable[Correction], used: frozenset[str]) -> list[Problem]:
    left = [item for item in corrections if _name(item) not in used]
    return [Problem("correction", item.line, f"第{item.line}行没有“{item.printed}”，这条订正无处可用") for item in left]


def problem_row(problem: Problem) -> Row:
    """A problem as data."""
    return {"kind": problem.kind, "line": problem.line, "text": problem.text, "article": problem.article}


def _article_row(article: Article, figures: Sequence[Figure]) -> Row:
    """One article as data: each passage with the page's place of every character, its figures, corrections and names."""
    heads = [("kicker", article.kicker), ("title", article.title), ("subtitle", article.subtitle)]
    passages = [passage for _, passage in heads if passage] + [block.passage for block in article.body]
    named = dict(zip(map(id, passages), _names(passages), strict=True))

    def row(passage: Passage | None, part: str, block: int = 0) -> Row | None:
        if passage is None:
            return None
        own = [figure for figure in figures if figure.part == part and (part != "body" or figure.block == block)]
        return _passage_row(passage, own, named[id(passage)])

    return {
        **{part: row(passage, part) for part, passage in heads},
        "body": [row(block.passage, "body", index) for index, block in enumerate(article.body)],
        "authors": [{"name": author.name, "role": author.role} for author in article.authors],
        "event_date": article.event_date,
        "continued_on": article.continued_on,
        "cities": list(article.cities),
        "zones": list(article.zones),
    }


def _names(passages: Sequence[Passage]) -> list[list[Mention]]:
    """The zones that each passage names, found in all of them together: a name that the lexicon lacks is settled over the whole article."""
    found: list[list[Mention]] = [[] for _ in passages]
    mentions = iter(find_places("\n".join(passage.text for passage in passages)))
    mention = next(mentions, None)
    start = 0
    for number, passage in enumerate(passages):
        end = start + len(passage.text)
        while mention and mention.start < end:
            if mention.kind == "zone":
                found[number].append(replace(mention, start=mention.start - start, end=mention.end - start))
            mention = next(mentions, None)
        start = end + 1
    return found


def _passage_row(passage: Passage, figures: Iterable[Figure], names: Iterable[Mention]) -> Row:
    return {
        "text": passage.text,
        "runs": _runs(passage.origins),
        "repairs": [[repair.start, repair.end, repair.printed] for repair in passage.repairs],
        "figures": [_figure_row(figure) for figure in figures],
        "zones": [[name.start, name.end, name.name] for name in names],
    }


def _runs(origins: Iterable[int]) -> list[list[int]]:
    """Where the characters are printed: ``[place in the text, offset on the page, how many follow one another]``."""
    runs: list[list[int]] = []
    for at, origin in enumerate(origins):
        if runs and runs[-1][1] + runs[-1][2] == origin:
            runs[-1][2] += 1
        else:
            runs.append([at, origin, 1])
    return runs


def _figure_row(figure: Figure) -> Row:
    return {
        "start": figure.quantity_span[0],
        "end": figure.quantity_span[1],
        "value": f"{plain_number(figure.value)}{figure.unit}",
        "indicator": figure.indicator,
        "subject": figure.subject,
        "scope": figure.scope,
        "batch": figure.batch,
        "planned": figure.status == "planned",
        "event": figure.event,
        "core": figure.core,
        "rule": figure.rule,
    }
