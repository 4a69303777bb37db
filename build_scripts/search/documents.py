"""Articles as the search sees them."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from build_scripts.pages.article import quotation
from build_scripts.pages.labels import TYPES, page_label
from build_scripts.pages.view import View
from build_scripts.passage import Passage
from build_scripts.records import Article, Issue
from build_scripts.search.normalise import BREAK

FIELDS = {"title": 8.0, "head": 4.0, "place": 5.0, "body": 1.0}
"""What of an article is weighed apart, and how much more than the body a word there counts: a headline names what the article is
about, and its place is what it reports on, which the text may only mention."""

_AROUND = 30
"""Characters kept on either side of a printed reading, enough for any query that holds it."""


@dataclass(frozen=True, slots=True)
class Segment:
    """A piece of text that is searched and shown: ``kind`` is title, head or body, ``anchor`` its place on the page."""

    kind: str
    anchor: str
    text: str


@dataclass(frozen=True, slots=True)
class SearchDocument:
    """One article."""

    article: Article
    issue_label: str
    segments: tuple[Segment, ...]
    """What a string is looked for in."""
    printed: tuple[Segment, ...]
    """The surroundings of each correction as the paper printed them: searched, but not weighed twice."""
    names: tuple[str, ...]
    """Places that it reports on and the series that it belongs to: they weigh, but are not taken for text of the article."""

    def texts(self, kind: str) -> list[str]:
        """The texts of one kind."""
        return [segment.text for segment in self.segments if segment.kind == kind]

    def segment_of(self, part: str, block: int) -> int | None:
        """The number of the segment that is ``part`` (kicker, title, subtitle, body) of the article; of the body its ``block``."""
        if part == "body":
            return len(self.segments) - len(self.article.body) + block
        passage = getattr(self.article, part)
        return next((at for at, segment in enumerate(self.segments) if passage and segment.text == passage.text), None)

    def shown(self) -> dict[str, Any]:
        """What a result shows, and the text that the browser searches to be sure and to quote."""
        article = self.article
        return {
            "id": article.id,
            "url": article.url,
            "title": article.label,
            "untitled": article.title is None,
            "kicker": article.kicker.text if article.kicker else None,
            "issue": article.issue,
            "issue_label": self.issue_label,
            "page": page_label(article.page),
            "page_id": article.page,
            "type": TYPES[article.type],
            "date": article.event_date,
            "segments": [[segment.kind, segment.anchor, segment.text] for segment in (*self.segments, *self.printed)],
        }


def issue_documents(view: View, issue: Issue) -> list[SearchDocument]:
    """The articles of an issue in the order of their numbers: where two hits are equal, the one with the greater number comes first.

    The last article comes first here, so that a reader of the issue meets the first of two equal hits first; a newer issue's have greater
    numbers, so that it moves no other.
    """
    return [_document(article, issue, view) for article in reversed(issue.articles)]


def _document(article: Article, issue: Issue, view: View) -> SearchDocument:
    packages = (package for page in issue.pages for package in page.packages)
    package = next((package.title for package in packages if article.package and package.id == article.package), None)
    cities = [form for city in article.cities for form in (city, view.cities[city].short)]
    return SearchDocument(
        article=article,
        issue_label=issue.label,
        segments=tuple(_segments(article, view.full_text)),
        printed=tuple(_printed(article)) if view.full_text else (),
        names=(*cities, *_own_zones(article), *([package] if package else [])),
    )


def _own_zones(article: Article) -> tuple[str, ...]:
    """The zones that the headline names, or the only one that the article names: those it reports on, not all it mentions."""
    headline = "".join(passage.text for passage in (article.kicker, article.title, article.subtitle) if passage)
    own = tuple(zone for zone in article.zones if zone in headline)
    return own or (article.zones if len(article.zones) == 1 else ())


def _segments(article: Article, full_text: bool) -> Iterator[Segment]:
    if article.title:
        yield Segment("title", "", article.title.text)
    for passage in (article.kicker, article.subtitle):
        if passage:
            yield Segment("head", "", passage.text)
    if article.credit:
        yield Segment("head", "", article.credit)
    for author in article.authors:
        yield Segment("head", "", author.name)
    if not full_text:
        yield Segment("body", "", quotation(article))
        return
    for block in article.body:
        yield Segment("body", block.anchor, block.passage.text.replace(BREAK, " "))


def _printed(article: Article) -> Iterator[Segment]:
    for part in (article.title, article.kicker, article.subtitle):
        if part:
            yield from _readings(part, "")
    for block in article.body:
        yield from _readings(block.passage, block.anchor)


def _readings(passage: Passage, anchor: str) -> Iterator[Segment]:
    for repair in passage.repairs:
        before = passage.text[max(0, repair.start - _AROUND) : repair.start]
        after = passage.text[repair.end : repair.end + _AROUND]
        yield Segment("printed", anchor, f"{before}{repair.printed}{after}".replace(BREAK, " "))
