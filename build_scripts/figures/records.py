"""The records that reading figures yields: every digit run, every quantity, every proposed correction.

数字账 the ledger of digit runs · 指标 indicator · 主体 subject · 批次 batch · 口径 scope and status.
All are frozen. Values are exact decimals: 19.31 + 55.247 + 25.197 must be 99.754.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import groupby
from operator import attrgetter

from build_scripts.source import Place

TextSpan = tuple[int, int]
"""A half-open range of offsets into a passage's text."""


@dataclass(frozen=True, slots=True)
class Number:
    """One run of Arabic digits ``[0-9]+(\\.[0-9]+)?`` of a raw page, furniture and headlines included."""

    source: str
    line: int
    column: int
    run: str
    label: str | None
    """``quantity``, ``date``, ``ordinal``, ``name``; ``None`` where no rule decides (未归类)."""
    rule: str | None
    """The rule that decided, see :mod:`build_scripts.figures.labels`."""
    iso: str | None
    """Of a date: the whole expression that the run is a part of, ``A/B`` for ranges."""
    figure: str | None
    """Id of the figure whose number this run is."""
    text: str
    """The clause it stands in."""


@dataclass(frozen=True, slots=True)
class Figure:
    """One quantity of an article. Field by field what ``figures.json`` publishes."""

    id: str
    """``<issue>.<page>.l<line>c<column>``: its printed place, so that a new rule never moves a cited link."""
    article: str
    issue: str
    source: str
    line: int
    column: int
    run: str
    value: Decimal
    """As printed: 30余万平方米 is 30, unit 万平方米, approx 余."""
    unit: str
    """Empty where none is printed (标识注册量332200)."""
    unit_printed: str | None
    """Where the paper's unit differs from the one that is meant."""
    approx: str | None
    indicator: str
    subject: str | None
    subject_type: str | None
    """``province``, ``city``, ``zone``, ``company``, ``project``, ``other``."""
    scope: str | None
    batch: str | None
    status: str
    """``actual`` or ``planned``."""
    event: str | None
    period: str | None
    basis: str | None
    """``event``, ``cumulative``, ``as_of`` or ``period``; ``None`` where the text does not say. See :mod:`build_scripts.figures.basis`."""
    as_of: str | None
    """ISO day or month up to which it counts."""
    basis_printed: str | None
    """The words that say so: 累计, 截至7月底."""
    said_by: str | None
    """Who is quoted with it, as the paper calls them; ``None``: the article itself says it."""
    core: bool
    in_name: bool
    quote: str
    value_base: Decimal
    unit_base: str
    rule: str
    """The rules of unit, subject and indicator that made it, joined by ``+``."""
    part: str = field(default="body")
    """The part of the article that it stands in: ``kicker``, ``title``, ``subtitle`` or ``body``."""
    block: int = field(default=0)
    """Index into ``Article.body`` where ``part`` is ``body``."""
    number_span: TextSpan = field(default=(0, 0))
    """Of the number in the part's passage."""
    quantity_span: TextSpan = field(default=(0, 0))
    """Of hedge, number and unit in the part's passage."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """A misprint that the arithmetic of the page shows: for an editor to review, never applied to the text."""

    article: str
    figure: str
    place: Place
    printed: str
    corrected: str
    kind: str
    note: str
    """The arithmetic, in Chinese."""


@dataclass(frozen=True, slots=True)
class PageFigures:
    """What was read on one page."""

    source: str
    numbers: Sequence[Number]
    """In the order of the page."""
    figures: Sequence[Figure]
    """In the order of the articles, each in reading order."""
    proposals: tuple[Proposal, ...]
    _of_articles: dict[str, tuple[Figure, ...]] = field(default_factory=dict, init=False, repr=False, compare=False)

    def of_article(self, article: str) -> tuple[Figure, ...]:
        """The figures of one article, in reading order."""
        if not self._of_articles:
            for own, figures in groupby(self.figures, key=attrgetter("article")):
                self._of_articles[own] = (*self._of_articles.get(own, ()), *figures)
        return self._of_articles.get(article, ())
