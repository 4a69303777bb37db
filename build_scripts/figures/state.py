"""What holds at a place of the text, and how a sentence and a part of one begin."""

import re
from dataclasses import dataclass, field
from decimal import Decimal

from build_scripts.figures.clauses import Clause
from build_scripts.figures.quantities import Quantity
from build_scripts.figures.subjects import Region
from build_scripts.figures.words import AMOUNT_FIRST, LOOK, WIDER

_SPLIT = re.compile(r"(?:分|按|从)[^，]{1,8}[看分]")


@dataclass(slots=True)
class State:
    """What holds at a place of the text. It changes while an article is read and leaves the reader with it."""

    default: Region
    region: Region
    opening: Region | None = None
    """The region with which the sentence began: a list of its parts (A市9个，B市8个) gives it back."""
    above: Region | None = None
    """The region to return to when a sentence of 其中 has gone through its parts."""
    lent: Region | None = None
    """The region to return to when a sentence has told the whole province's round."""
    holder: str = "region"
    """``region``, ``project`` or ``company``: whom a figure without a subject of its own belongs to."""
    project: str | None = None
    company: str | None = None
    batch: str | None = None
    quoted: bool = False
    """The batch was named as “签约一批”: what is 已开工 in it is a part of it."""
    part_batch: str | None = None
    """The batch of the part of the sentence before this one."""
    from_right: bool = False
    """The batch was read from a verb behind its own number: the next number of projects has its own."""
    subset: str | None = None
    previous_batch: str | None = None
    batches_seen: bool = False
    sentence_batches: set[str] = field(default_factory=set)
    """Batches named so far in this sentence."""
    only_batch: str | None = None
    """The one batch of the sentence before this one, where this one begins with 其中: its parts are of that batch."""
    emerging: bool = False
    planned: bool = False
    aim: bool = False
    """The plan is an aim of the whole sentence (力争, 将, 确保): it holds over ； too."""
    scope: str | None = None
    scopes: dict[tuple[str, str | None, Decimal], str | None] = field(default_factory=dict)
    """Subset of the projects counted last, by whose they are, batch and number: 续建的5个项目中 speaks of them again."""
    group: bool = False
    """A number of projects has been named in this sentence: a bare 总投资 is theirs."""
    counted: bool = False
    """The paragraph counts projects: 其余17个 are projects."""
    sentence_counts: bool = False
    """This sentence counts projects."""
    last_count: str | None = None
    """The batch of the projects counted last: a count without a noun repeats it."""
    project_batch: str | None = None
    """What this sentence says has been done with the project: A项目建成投产，总投资21亿元."""
    stage: str | None = None
    """The phase 一期, 二期 of a project that the sentence speaks of."""
    finished: set[str] = field(default_factory=set)
    """Projects that the text says are at work: what they make is no plan."""
    compared: bool = False
    """比上年同期多26个、88亿元: differences."""
    split: bool = False
    """分产业看: what follows in this sentence are parts of the projects counted before."""
    event_counts: bool = False
    """The article reports on one round: projects counted without a batch are all its projects."""
    round: str | None = None
    """The round that the text named last: 本次活动 means it."""
    event: str | None = None
    period: str | None = None
    last_indicator: str | None = None
    last_kind: str | None = None
    last_planned: bool = False
    last_money: str | None = None
    places: list[Region] = field(default_factory=list)
    """Places joined by 、 that this sentence began with, for 分别签约4个、5个、3个."""
    counted_batches: list[str | None] = field(default_factory=list)
    """Batches of the numbers of projects in this sentence, in order, for 投资额分别为."""
    part_counts: int = 0
    """How many of ``counted_batches`` stood before this part of the sentence."""
    counted_before: list[str | None] = field(default_factory=list)
    """Those of the last sentence that had any: 三类项目总投资分别为."""
    steps: list[str] = field(default_factory=list)
    """What changed since the figure before: printed by ``--explain``."""

    def goes_through_parts(self, region: Region) -> bool:
        """Whether ``region`` is the second part of a whole that the sentence began with: A开发区9个，|B开发区8个."""
        rank = WIDER.get(region.type, 0)
        opening = self.opening
        parts = opening is not None and WIDER.get(opening.type, 0) > rank and self.region != opening
        return parts and region != self.region and WIDER.get(self.region.type, 0) == rank

    def held_by(self) -> tuple[str, str]:
        """Name and type of whom a figure without a subject of its own belongs to."""
        if self.holder == "project" and self.project:
            return self.project, "project"
        if self.holder == "company" and self.company:
            return self.company, "company"
        return self.region.name, self.region.type


@dataclass(frozen=True, slots=True)
class Share:
    """What 分别 gives one number of a list."""

    indicator: str | None
    batch: str | None
    region: Region | None
    follows: bool
    """It shares the indicator of the first number."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What the context says of one quantity."""

    quantity: Quantity
    indicator: str
    subject: str | None
    subject_type: str | None
    scope: str | None
    batch: str | None
    planned: bool
    event: str | None
    period: str | None
    core: bool
    in_name: bool
    quote: str
    rule: str
    steps: tuple[str, ...] = ()
    """What changed in the state between the figure before and this one."""


def begin_sentence(state: State, text: str, clause: Clause) -> None:
    """Forgets what holds for one sentence only. Subject, last project and round stay; the batch is kept as ``previous_batch``."""
    if state.batch:
        state.previous_batch = state.batch
        state.batches_seen = True
    if state.above is not None and WIDER.get(state.above.type, 0) >= WIDER.get(state.region.type, 0):
        state.region = state.above
    if state.lent is not None and state.region.type == "province":
        state.region = state.lent
    state.lent = None
    if state.above is not None and state.holder == "project":
        state.holder = "region"  # behind 其中，A项目…；B项目… the whole is spoken of again
    state.above = None
    state.opening = state.region
    begins_among = text.startswith("其中", clause.start)
    state.only_batch = next(iter(state.sentence_batches)) if begins_among and len(state.sentence_batches) == 1 else None
    state.sentence_batches = set()
    state.batch = None
    state.quoted = False
    state.group = state.sentence_counts = False
    state.planned = state.aim = False
    state.stage = state.project_batch = None
    if not begins_among:
        state.period = None  # 其中，出口198.3亿元 is of the time of what it is a part of
    state.last_indicator = state.last_kind = None
    state.counted_before = state.counted_batches or state.counted_before
    state.counted_batches = []
    state.places = []
    state.split = _SPLIT.match(text, clause.start, clause.start + 12) is not None
    if state.split:
        state.above = state.region  # 分开发区看，A开发区9个: the next sentence speaks of the whole again
    begin_part(state, text, clause, keep_batch=True)
    if not text.startswith(("其中", "目前"), clause.start):
        state.scope = None


def begin_part(state: State, text: str, clause: Clause, *, keep_batch: bool = False) -> None:
    """Forgets what ends at ；: the batch, 战新, the subset. An amount that opens the new part (；总投资71.2亿元) still has the batch."""
    state.emerging = False
    state.subset = None
    state.planned = state.aim
    state.part_counts = len(state.counted_batches)
    if not keep_batch:
        if state.batch:
            state.batches_seen = True
        state.part_batch = state.batch
        if not AMOUNT_FIRST.match(text, clause.start):
            state.batch = state.scope = None
            state.quoted = False
            state.group = False
        state.last_indicator = state.last_kind = None
    else:
        state.part_batch = None
    state.last_money = None


def sentence_start(text: str, offset: int) -> int:
    """Where the sentence or its part begins that ``offset`` lies in, looked for over a bounded distance."""
    first = max(0, offset - LOOK)
    return max([first, *[text.rfind(sign, first, offset) + 1 for sign in "。！？；"]])
