"""What is read of projects and firms on one page: each mention with its printed place and what its sentence says.

台账 ledger · 阶段 stage · 期限 deadline · 企业 firm. All are frozen.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from build_scripts.source import Place


@dataclass(frozen=True, slots=True)
class Stage:
    """What the paper says has happened to a project."""

    batch: str
    """签约, 开工, 复工, 续建, 投产; or 落地, 建成, 试生产, 达产, where the paper says just that."""
    date: str | None
    """ISO day, month, year or range, as far as it is printed; ``None`` where none is (近日)."""
    phase: str | None
    """一期, where only that phase is meant."""
    line: int
    quote: str
    """The clause that says it."""


@dataclass(frozen=True, slots=True)
class Deadline:
    """What is announced of a project, and for when (预计10月底可实现投产)."""

    due: str
    """ISO month, day, year or range: its last day is the deadline."""
    what: str
    """投产, 开工 …, or the paper's words."""
    phase: str | None
    line: int
    quote: str


@dataclass(frozen=True, slots=True)
class Investment:
    """A total investment as one place prints it."""

    value: Decimal
    """亿元."""
    line: int
    figure: str
    """Its id in ``figures.json``."""


@dataclass(frozen=True, slots=True)
class ProjectMention:
    """A project's name in an article."""

    article: str
    part: str
    """``kicker``, ``title``, ``subtitle`` or ``body``."""
    block: int
    """Index into ``Article.body`` where ``part`` is ``body``."""
    start: int
    end: int
    """Of the name in the part's passage, without the zone before it."""
    place: Place
    """Where the last character of 项目, or of the word in its stead, is printed: what a name begins with is a matter of rules, where it
    ends is not."""
    name: str
    """The fullest form that the article has of it, without the zone before it."""
    printed: str
    """This form, with the zone that stands directly before it."""
    zone: str | None
    """Official name."""
    city: str | None
    companies: tuple[str, ...] = ()
    investments: tuple[Investment, ...] = ()
    stages: tuple[Stage, ...] = ()
    deadlines: tuple[Deadline, ...] = ()
    figures: tuple[str, ...] = ()
    """Ids of the figures whose subject it is."""


@dataclass(frozen=True, slots=True)
class CompanyMention:
    """A firm's name in an article."""

    article: str
    part: str
    block: int
    start: int
    end: int
    place: Place
    """Where its last character is printed."""
    name: str
    full: bool
    """The name says itself that it is a firm (…公司, …集团)."""


@dataclass(frozen=True, slots=True)
class PageNames:
    """The projects and firms that one page names, in the order of its articles."""

    source: str
    projects: tuple[ProjectMention, ...] = ()
    companies: tuple[CompanyMention, ...] = ()


@dataclass(frozen=True, slots=True)
class Possible:
    """Another project or firm that may be the same one, with the reason, until an editor says so."""

    id: str
    reason: str


@dataclass(frozen=True, slots=True)
class Project:
    """One project of the ledger."""

    id: str
    """The printed place of its first mention, as it was known when the project was first registered."""
    url: str
    """Its own page, or its place on the list of an issue."""
    home: str
    """The issue on whose list it has its anchor."""
    name: str
    aliases: tuple[str, ...]
    city: str | None
    zone: str | None
    companies: tuple[str, ...]
    mentions: tuple[ProjectMention, ...]
    """In order of time."""
    articles: tuple[str, ...]
    possible: tuple[Possible, ...] = ()
    phases: tuple[str, ...] = ()
    """Ids of its other phases."""

    promoted: bool = False
    """Whether it has a page of its own: from two articles or two stages on, and for ever."""

    @property
    def investments(self) -> tuple[tuple[ProjectMention, Investment], ...]:
        """Its total investment each time that it is printed, in order of time."""
        return tuple((mention, investment) for mention in self.mentions for investment in mention.investments)

    @property
    def total_investment(self) -> Decimal | None:
        """亿元, as printed last; ``None`` where no page prints it."""
        return self.investments[-1][1].value if self.investments else None


@dataclass(frozen=True, slots=True)
class Company:
    """One firm."""

    id: str
    url: str
    home: str
    name: str
    aliases: tuple[str, ...]
    mentions: tuple[CompanyMention, ...]
    articles: tuple[str, ...]
    projects: tuple[str, ...]
    """Ids of the projects that name it as builder or investor."""
    possible: tuple[Possible, ...] = ()

    promoted: bool = False
    """Whether it has a page of its own: from two articles or two projects on, and for ever."""


@dataclass(frozen=True, slots=True)
class Named:
    """A name at ``text[start:end]`` of one part of an article, and where it leads."""

    start: int
    end: int
    kind: str
    """``project`` or ``company``."""
    id: str
    name: str
    url: str


@dataclass(frozen=True, slots=True)
class Ledger:
    """The projects and firms of an archive."""

    projects: tuple[Project, ...] = ()
    companies: tuple[Company, ...] = ()
    named: Mapping[str, Mapping[tuple[str, int], tuple[Named, ...]]] = field(default_factory=dict, repr=False)
    """Article id → (part, block) → the names in it, in order and without overlaps: the longest wins."""
    moved: Mapping[str, str] = field(default_factory=dict)
    """Ids that were given up, because two names are one now → the ids that have their mentions."""
    retired: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """``projects`` and ``companies`` → ids whose mentions are read as names no more: they lead to the printed place."""
    registers: Mapping[str, bytes] = field(default_factory=dict, repr=False)
    """``projects/register.csv`` and ``companies/register.csv``, as this build leaves them."""

    def names_in(self, article: str, part: str = "body", block: int = 0) -> tuple[Named, ...]:
        """The projects and firms named in one part of an article (``kicker``, ``title``, ``subtitle``, or ``body`` with the index of the
        block), in order and without overlaps.
        """
        return self.named.get(article, {}).get((part, block), ())
