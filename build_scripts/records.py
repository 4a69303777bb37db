"""The records that the archive is made of, from raw page to published article.

期 issue · 版 page · 稿件 article · 引题 kicker · 主标题 title · 副题 subtitle · 讯头 credit · 署名 byline · 版面 the page as laid out.
All records are frozen: reading ends before writing begins.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING

from build_scripts.layout.layoutfile import Layout
from build_scripts.passage import Passage
from build_scripts.projects.records import Ledger, PageNames
from build_scripts.source import Page, Place

if TYPE_CHECKING:  # figures are read from these records, and are part of the archive in turn
    from build_scripts.checks import Check
    from build_scripts.figures.records import PageFigures

Lines = tuple[tuple[int, int], ...]
"""Inclusive ranges of raw lines, in reading order."""


@dataclass(frozen=True, slots=True)
class Author:
    """One name of a byline and the role that the paper prints with it."""

    name: str
    role: str
    """记者, 通讯员, 供稿, 摄 …; 署名 where only the name is printed. A bare name is not called 记者."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One true paragraph of the running text, or a section head (``head``)."""

    passage: Passage
    lines: Lines
    column: int
    """Where it begins on its first line."""
    head: bool = False

    @property
    def anchor(self) -> str:
        """``l48``: the raw line on which the paragraph begins."""
        return f"l{self.lines[0][0]}"

    @property
    def second_anchor(self) -> str:
        """``l48-17``: line and column, for a paragraph that begins on a line where another began before it."""
        return f"{self.anchor}-{self.column}"


@dataclass(frozen=True, slots=True)
class Correction:
    """A correction that was applied, with its printed place."""

    place: Place
    printed: str
    corrected: str | None
    kind: str
    note: str
    date: str | None = None
    """ISO day on which the editor made it, where that is noted."""


@dataclass(frozen=True, slots=True)
class Mentions:
    """Every city and zone that an article names, by official name, and every round of “三个一批” by id, in order of first mention."""

    cities: tuple[str, ...] = ()
    zones: tuple[str, ...] = ()
    events: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Article:
    """One article 稿件 as it is published."""

    id: str
    issue: str
    page: str
    source: str
    order: int
    """Its place among the articles of its issue, from 1."""
    type: str
    kicker: Passage | None
    title: Passage | None
    subtitle: Passage | None
    package: str | None
    parent: str | None
    authors: tuple[Author, ...]
    credit: str | None
    event_date: str | None
    """ISO day or ``A/B``: what the report's first sentences date; ``None`` where they name no day."""
    continued_on: str | None
    body: Sequence[Paragraph] = field(repr=False)
    cities: tuple[str, ...]
    zones: tuple[str, ...]
    """Every zone that is named."""
    own_zones: tuple[str, ...]
    """Those of them that the article as a whole reports on."""
    mentions: Mentions
    corrections: tuple[Correction, ...]
    own_events: tuple[str, ...] = ()
    """Those of the rounds named that its headline or its first two paragraphs name: what the article as a whole is about."""
    begins: str = ""
    """How the running text begins: what an article without a title is called in lists, for which nobody looks into its text."""

    @property
    def url(self) -> str:
        """The page's address below the site's base."""
        return f"issues/{self.issue}/{self.id}/"

    @property
    def paragraphs(self) -> tuple[Paragraph, ...]:
        """The body without its section heads."""
        return tuple(block for block in self.body if not block.head)

    @property
    def label(self) -> str:
        """What the article is called in lists: its title, or the beginning of its text where it has none."""
        if self.title is not None:
            return self.title.text
        return self.begins[:LABEL_LENGTH] + ("…" if len(self.begins) > LABEL_LENGTH else "")


LABEL_LENGTH = 24


@dataclass(frozen=True, slots=True)
class PackageRecord:
    """A series headline and the articles under it."""

    id: str
    title: str
    page: str
    lines: Lines
    articles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Masthead:
    """What the page's masthead 报头 prints; each ``None`` where it prints none."""

    year: int | None = None
    number: int | None = None
    date: str | None = None
    postal_code: str | None = None
    email: str | None = None
    supervisor: str | None = None


@dataclass(frozen=True, slots=True)
class PageRecord:
    """One page with everything that was read on it."""

    page: Page
    layout: Layout
    masthead: Masthead
    packages: tuple[PackageRecord, ...]
    articles: tuple[Article, ...]
    corrections: tuple[Correction, ...]
    """Those outside any article: in a package headline or the masthead."""

    @property
    def name(self) -> str:
        """``D1``, or ``unpaged-1``."""
        return self.page.name

    @property
    def url(self) -> str:
        """Address of the raw page's page."""
        return f"issues/{self.page.issue}/{self.page.name}/"


@dataclass(frozen=True, slots=True)
class Evidence:
    """Why something about an issue is held to be known: a quotation with its place."""

    claim: str
    page: str
    line: int
    quote: str
    note: str


@dataclass(frozen=True, slots=True)
class PossiblySame:
    """Another issue that may be the same one; the two stay apart until the paper itself settles it."""

    issue: str
    reason: str


@dataclass(frozen=True, slots=True)
class Original:
    """The file that a page was made of, where that was not UTF-8 already."""

    page: str
    encoding: str
    sha256: str
    """Of the original's bytes."""


@lru_cache(maxsize=400)  # of an issue, every link to one of its articles asks
def _day(iso: str) -> str:
    """``8月19日``."""
    _, month, day = map(int, iso.split("-"))
    return f"{month}月{day}日"


@dataclass(frozen=True, slots=True)
class Issue:
    """One issue 期. What the paper does not print is ``None`` and stays unknown."""

    id: str
    newspaper: str
    supplement: str
    year: int
    number: int | None
    date: str | None
    not_before: str
    """ISO day: the latest that its pages report on."""
    evidence: tuple[Evidence, ...]
    possibly_same: tuple[PossiblySame, ...]
    rights: str
    pages: tuple[PageRecord, ...]
    originals: tuple[Original, ...] = ()
    """Of pages that were not UTF-8."""
    stated: tuple[str, ...] = ()
    """``number`` and ``date``, where an editor states them and no page prints them."""

    @property
    def url(self) -> str:
        """Address of the issue's page."""
        return f"issues/{self.id}/"

    @property
    def articles(self) -> tuple[Article, ...]:
        """All articles, page by page, in reading order."""
        return tuple(article for page in self.pages for article in page.articles)

    @property
    def label(self) -> str:
        """``2024年第14期``, or ``2024年8月19日以后（期号待考）``."""
        if self.number is not None:
            return f"{self.year}年第{self.number}期"
        return f"{self.year}年{_day(self.not_before)}以后（期号待考）"

    @property
    def sort_key(self) -> tuple[str, int, str]:
        """Order in time as far as it is known: the date, else the latest reported day."""
        return (self.date or self.not_before, self.number or 0, self.id)


@dataclass(frozen=True, slots=True)
class Redirects:
    """Ids that were published once and have changed: an issue or page that was identified later, an article that was divided anew."""

    issues: dict[str, str] = field(default_factory=dict)
    """Old id of an issue → its id now."""
    pages: dict[str, str] = field(default_factory=dict)
    """``<issue>/<page>`` then → now."""
    articles: dict[str, str] = field(default_factory=dict)
    """``<issue>/<article>`` then → now: an article that was divided or named otherwise."""


@dataclass(frozen=True, slots=True)
class Archive:
    """Everything, gathered before anything is written."""

    issues: tuple[Issue, ...]
    """In order of time."""
    related: dict[str, tuple[str, ...]] = field(repr=False)
    """Article id → ids of related articles of the same or earlier issues."""
    figures: Mapping[str, PageFigures] = field(repr=False)
    """Path of a raw page → what was read of its numbers."""
    checks: tuple[Check, ...] = field(repr=False)
    redirects: Redirects = field(default_factory=Redirects)
    names: Mapping[str, PageNames] = field(default_factory=dict, repr=False)
    """Path of a raw page → the projects and firms that it names."""
    ledger: Ledger = field(default_factory=Ledger, repr=False)

    @property
    def articles(self) -> tuple[Article, ...]:
        """All articles, in order of issue and page."""
        return tuple(article for issue in self.issues for article in issue.articles)

    @property
    def newest_day(self) -> str:
        """The latest day that the archive knows of: its only clock."""
        return max((issue.date or issue.not_before for issue in self.issues), default="1970-01-01")
