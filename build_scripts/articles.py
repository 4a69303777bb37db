"""A raw page and its layout → articles, with the editor's corrections in the text."""

import re
from dataclasses import replace

from build_scripts import names
from build_scripts.bylines import read_byline
from build_scripts.dates import event_date
from build_scripts.errors import Gathered
from build_scripts.layout.layoutfile import ArticleLayout, Block, Layout, Spans
from build_scripts.masthead import read_masthead
from build_scripts.passage import Passage, concat, join_passage
from build_scripts.records import LABEL_LENGTH, Article, Correction, Lines, Mentions, PackageRecord, PageRecord, Paragraph
from build_scripts.repair import check_all_used, repair_passage
from build_scripts.rounds import find_rounds
from build_scripts.source import Page, Place, Span

_CONTINUED = re.compile(r"下转([A-Za-z]*\d+|[\u4e00-\u9fff]{1,4})版")


def read_articles(page: Page, layout: Layout, *, year: int | None, first_order: int = 1) -> PageRecord:
    """All articles of ``page`` as ``layout`` divides it. ``year`` dates days that are printed without one; ``None``: it is not known.

    Raises :class:`~build_scripts.errors.LayoutError` for corrections whose printed reading is not there.
    """
    return _PageReader(page, layout, year).read(first_order)


def read_partly(page: Page, layout: Layout, *, year: int | None) -> tuple[PageRecord, frozenset[int]]:
    """As :func:`read_articles`, of a layout that is being made or that holds a part of the page only.

    A correction without a place is no error here: the second value holds the indexes of those that found theirs.
    """
    reader = _PageReader(page, layout, year)
    return reader.read(1, partly=True), frozenset(reader.used)


class _PageReader:
    """Reads one page and keeps account of which corrections have found their place."""

    def __init__(self, page: Page, layout: Layout, year: int | None) -> None:
        self.page = page
        self.layout = layout
        self.year = year
        self.used: dict[int, Place] = {}
        self.owner: dict[int, str | None] = {}
        self.gathered = Gathered()

    def read(self, first_order: int, *, partly: bool = False) -> PageRecord:
        packages = tuple(
            PackageRecord(
                package.id,
                self._headline(package.title, None).text,
                self.page.name,
                self._lines(package.title),
                tuple(article.id for article in self.layout.articles if article.package == package.id),
            )
            for package in self.layout.packages
        )
        for furniture in self.layout.furniture:
            self._joined(furniture.spans, None)
        drafts = [self._article(article, order) for order, article in enumerate(self.layout.articles, first_order)]
        if not partly:
            with self.gathered:
                check_all_used(self.layout.corrections, self.used)
        self.gathered.raise_all()
        articles = tuple(replace(draft, corrections=self._corrections(draft.id)) for draft in drafts)
        return PageRecord(self.page, self.layout, read_masthead(self.page, self.layout), packages, articles, self._corrections(None))

    def _joined(self, spans: Spans, article: str | None, *, gaps: bool = False) -> Passage:
        passage = join_passage(self.page, spans, gaps=gaps)
        before = set(self.used)
        with self.gathered:
            passage = repair_passage(self.page, passage, self.layout.corrections, self.used)
        self.owner.update(dict.fromkeys(self.used.keys() - before, article))
        return passage

    def _headline(self, spans: Spans, article: str | None) -> Passage:
        """The lines of a headline are clauses: a space between two of them, none inside one that the column broke."""
        return concat([self._joined((span,), article, gaps=True) for span in spans], " ")

    def _optional_headline(self, spans: Spans, article: str) -> Passage | None:
        return self._headline(spans, article) if spans else None

    def _lines(self, spans: Spans) -> Lines:
        return tuple(self._line_range(span) for span in spans)

    def _line_range(self, span: Span) -> tuple[int, int]:
        text = self.page.text[span.start : span.end]
        first = self.page.place(span.start + len(text) - len(text.lstrip()))
        last = self.page.place(span.start + len(text.rstrip()) - 1)
        return first.line, last.line

    def _block(self, block: Block, article: str) -> Paragraph:
        passage = self._joined(block.spans, article)
        return Paragraph(passage, self._lines(block.spans), self.page.place(passage.origins[0]).column, block.head)

    def _article(self, layout: ArticleLayout, order: int) -> Article:
        kicker, title, subtitle = (self._optional_headline(spans, layout.id) for spans in (layout.kicker, layout.title, layout.subtitle))
        body = tuple(self._block(block, layout.id) for block in layout.body)
        texts = [block.passage.text for block in body if not block.head]
        over, headline, under = (passage.text if passage else None for passage in (kicker, title, subtitle))
        bylines = [self._joined((span,), layout.id, gaps=True).text for span in layout.bylines]
        continued = _CONTINUED.search(self._joined(layout.continuation, layout.id).text)
        head = "\n".join(filter(None, (over, headline, under)))
        text = "\n".join(block.passage.text for block in body)
        places = names.find_places(f"{head}\n{text}")
        zones = tuple(dict.fromkeys(place.name for place in places if place.kind == "zone"))
        named = tuple(dict.fromkeys(place.name for place in places if place.kind == "city" and not place.weak))
        return Article(
            id=layout.id,
            issue=self.page.issue,
            page=self.page.name,
            source=self.page.source,
            order=order,
            type=layout.type,
            kicker=kicker,
            title=title,
            subtitle=subtitle,
            package=layout.package,
            parent=layout.parent,
            authors=tuple(author for byline in bylines for author in read_byline(byline)),
            credit=self._joined(layout.credit, layout.id).text or None,
            event_date=event_date(texts[0], self.year) if texts and layout.type != "caption" else None,
            continued_on=continued[1] if continued else None,
            body=body,
            cities=names.article_cities(over, headline, under, texts),
            zones=zones,
            own_zones=names.article_zones(head, text),
            mentions=Mentions(named, zones, _rounds(f"{head}\n{text}")),
            corrections=(),
            own_events=_rounds(over, headline, under, *(block.passage.text for block in body[:2])),
            begins=texts[0][: LABEL_LENGTH + 1] if texts else "",
        )

    def _corrections(self, article: str | None) -> tuple[Correction, ...]:
        applied = [
            Correction(self.used[index], item.printed, item.corrected, item.kind, item.note, item.date)
            for index, item in enumerate(self.layout.corrections)
            if index in self.used and self.owner[index] == article
        ]
        return tuple(sorted(applied, key=lambda correction: correction.place))


def _rounds(*texts: str | None) -> tuple[str, ...]:
    return tuple(dict.fromkeys(found.id for text in texts if text for found in find_rounds(text)))
