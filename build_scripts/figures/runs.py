"""Which digit runs a page has, and which printed part each stands in.

A run is ``[0-9]+(.[0-9]+)?`` within one line of the raw page. The parts of the page are its headlines, paragraphs, bylines,
packages and
furniture; each part's passage is clean text that still knows its printed place, so the run is found again in the sentence.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from build_scripts.passage import Passage, join_passage
from build_scripts.records import Article, PageRecord
from build_scripts.source import Page, Span

RUN = re.compile(r"[0-9]+(?:\.[0-9]+)?")


@dataclass(frozen=True, slots=True)
class Run:
    """A digit run at its printed place."""

    start: int
    """Offset into the page."""
    text: str


@dataclass(frozen=True, slots=True)
class Part:
    """A printed part of the page as running text."""

    role: str
    """``kicker``, ``title``, ``subtitle``, ``body``, ``head``; ``byline``, ``credit``, ``continuation``, ``package``,
    ``furniture``.
    """
    passage: Passage
    article: Article | None = None
    block: int = 0
    """Index into ``Article.body``."""


READ_FOR_FIGURES = frozenset({"kicker", "title", "subtitle", "body", "head"})
"""Roles whose quantities become figures: what an article says. A number in a masthead or byline is only labelled."""


def find_runs(page: Page) -> tuple[Run, ...]:
    """Every run of Arabic digits of the raw page, in order. Full-width digits are not runs: the paper sets none."""
    return tuple(Run(match.start(), match.group()) for match in RUN.finditer(page.text))


def page_parts(record: PageRecord) -> Iterator[Part]:
    """Every part of the page: furniture and packages first, then article by article in reading order."""
    page, layout = record.page, record.layout
    for furniture in layout.furniture:
        for span in furniture.spans:
            yield Part("furniture", join_passage(page, [span], gaps=True))
    for package in layout.packages:
        yield Part("package", join_passage(page, package.title, gaps=True))
    layouts = {article.id: article for article in layout.articles}
    for article in record.articles:
        for role, passage in (("kicker", article.kicker), ("title", article.title), ("subtitle", article.subtitle)):
            if passage is not None:
                yield Part(role, passage, article)
        for index, block in enumerate(article.body):
            yield Part("head" if block.head else "body", block.passage, article, index)
        own = layouts[article.id]
        for role, spans in (("credit", own.credit), ("byline", own.bylines), ("continuation", own.continuation)):
            yield from (Part(role, _joined(page, span), article) for span in spans)


def _joined(page: Page, span: Span) -> Passage:
    return join_passage(page, [span], gaps=True)
