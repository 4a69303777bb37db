"""Headlines → the stories they belong to, and their parts: kicker 引题, headline 主标题, subtitle 副题.

The columns of a page come out of a PDF in any order, so a headline may stand before its story, after it, or far away. Two things
tell: nearly every report has one headline, which stands next to it in most cases; and headline and report share words that the
other reports on the page do not have. Both are weighed for the whole page at once.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from math import log

from build_scripts.chars import is_han, squeeze
from build_scripts.layout import formulas
from build_scripts.layout.headform import (
    COLON_TITLE,
    PACKAGE,
    SPEAKS,
    cuts_of,
    form_cost,
    is_couplet,
    is_lead,
    kind_of,
    only_kicker,
    split_units,
)
from build_scripts.layout.labelled import Labelled
from build_scripts.layout.stories import MAX_CAPTION
from build_scripts.layout.storyparts import HeadBlock, Range, Stories, Story

LEAD = 250
"""News is written from the top: what the headline says stands in the first sentences."""
FULL = 6000
"""Signs of a story that are compared; the longest story of the five pages has 3000."""

_ADJACENT = 1.0
_LIKENESS = 4.0
_UNTITLED = 2.5
_LOOSE = 1.0
_BROKEN = 3.0
_FAR = 0.3
"""The likeness that lets a headline belong to a story that it does not stand beside."""


@dataclass(slots=True)
class Headline:
    """The headline of one story, by parts."""

    kicker: list[Labelled] = field(default_factory=list)
    title: list[Labelled] = field(default_factory=list)
    subtitle: list[Labelled] = field(default_factory=list)

    @property
    def lines(self) -> list[Labelled]:
        """All its lines."""
        return [*self.kicker, *self.title, *self.subtitle]


@dataclass(slots=True)
class Headlines:
    """What :func:`assign_headlines` found."""

    of: dict[int, Headline]
    """``id()`` of a story → its headline."""
    packages: list[tuple[list[Labelled], list[Story]]]
    """Series headlines and the stories under them."""
    loose: list[Labelled]
    """Headline lines that belong to nothing."""
    like: "Likeness"


@dataclass(frozen=True, slots=True)
class _Path:
    """The cuts of the blocks so far, last one first."""

    earlier: "_Path | None"
    cut: tuple[int, int]


def is_short_text(story: Story) -> bool:
    """Whether a story may be the text under a picture: one paragraph without credit."""
    return (
        not story.opens
        and not story.jumps
        and len(story.body) == 1
        and sum(end - start for start, end in story.body[0].ranges) <= MAX_CAPTION
    )


class Likeness:
    """How much of a headline's wording a story has, weighed by how few stories have it."""

    def __init__(self, stories: Sequence[Story], text: str) -> None:
        self._lead: dict[int, set[str]] = {}
        self._full: dict[int, set[str]] = {}
        self._stories: Counter[str] = Counter()
        for story in stories:
            ranges: list[Range] = [span for paragraph in story.body for span in paragraph.ranges]
            whole = squeeze("".join(text[start:end] for start, end in ranges)[: FULL * 2])[:FULL]
            self._lead[id(story)] = _grams(whole[:LEAD])
            self._full[id(story)] = _grams(whole)
            self._stories.update(self._full[id(story)])
        self._count = len(stories)

    def __call__(self, items: Sequence[Labelled], story: Story) -> float:
        """From 0 to 1."""
        grams = {gram for item in items for gram in _grams(item.line.plain)}
        total = sum(self._weight(gram) for gram in grams)
        lead, full = self._lead[id(story)], self._full[id(story)]
        shared = sum(self._weight(gram) * (0.6 * (gram in lead) + 0.4 * (gram in full)) for gram in grams)
        return shared / total if total else 0.0

    def names(self, gram: str, story: Story) -> bool:
        """Whether the story has the two characters ``gram``."""
        return gram in self._full[id(story)]

    def _weight(self, gram: str) -> float:
        seen = self._stories[gram]
        return log(1 + self._count / seen) if seen else 0.5 * log(1 + self._count)


def _grams(text: str) -> set[str]:
    pairs = {left + right for left, right in pairwise(text) if is_han(left) and is_han(right)}
    return pairs | set(re.findall(r"[0-9]+(?:\.[0-9]+)?", text))


def assign_headlines(found: Stories, text: str) -> Headlines:
    """The headline of every story of a page."""
    return _Assigner(found, text).run()


class _Assigner:
    def __init__(self, found: Stories, text: str) -> None:
        self.stories: list[Story] = []
        self.blocks: list[list[Labelled]] = [[]]
        self.interrupting: set[int] = set()
        """Numbers of the blocks before which a sentence breaks off: a new column begins there, so they head what follows."""
        for part in found.chain:
            if isinstance(part, HeadBlock):
                if part.interrupts and not self.blocks[-1]:
                    self.interrupting.add(len(self.blocks) - 1)
                self.blocks[-1] += part.items
            else:
                self.stories.append(part)
                self.blocks.append([])
        self.like = Likeness(self.stories, text)
        lines = Counter(item.line.plain for block in self.blocks for item in block)
        self.repeated = {plain for plain, count in lines.items() if count > 1 and len(plain) > 8}

    def run(self) -> Headlines:
        units, loose = self._settle()
        self._match_far(units, loose)
        of = {id(story): self._parts(unit) for story, unit in zip(self.stories, units, strict=True) if unit}
        packages, rest = self._packages(of, loose)
        return Headlines(of, packages, [item for unit in rest for item in unit], self.like)

    # Which lines of each block go to the story above, which to the story below.

    def _settle(self) -> tuple[list[list[Labelled]], list[list[Labelled]]]:
        """Best division of all blocks, by dynamic programming along the page; state: whether the story above has its headline."""
        best: dict[bool, tuple[float, _Path | None]] = {True: (0.0, None)}  # no story above the first block
        for i, block in enumerate(self.blocks):
            above = self.stories[i - 1] if i else None
            below = self.stories[i] if i < len(self.stories) else None
            following: dict[bool, tuple[float, _Path | None]] = {}
            broken = _BROKEN if i in self.interrupting else 0.0
            cuts = [(a, b, self._cut_score(block, a, b, above, below) - (broken if a else 0.0)) for a, b in cuts_of(len(block))]
            for titled, (score, path) in best.items():
                for a, b, gain in cuts:
                    if (a and (titled or above is None)) or (b < len(block) and below is None):
                        continue
                    lack = 0.0 if titled or a or above is None else self._need(above)
                    state = b < len(block)
                    value = score + gain - lack
                    if state not in following or value > following[state][0]:
                        following[state] = value, _Path(path, (a, b))
            best = following
        path = max(best.values(), key=lambda pair: pair[0])[1]
        cuts_taken: list[tuple[int, int]] = []
        while path:
            cuts_taken.append(path.cut)
            path = path.earlier
        units: list[list[Labelled]] = [[] for _ in self.stories]
        loose: list[list[Labelled]] = []
        for i, (block, (a, b)) in enumerate(zip(self.blocks, reversed(cuts_taken), strict=True)):
            if a:
                units[i - 1] = block[:a]
                block[0].note("headline-after", "标题排在所属文章之后")
            if b < len(block):
                units[i] = block[b:]
            loose += split_units(block[a:b])
        return units, loose

    def _need(self, story: Story) -> float:
        return 0.3 if is_short_text(story) else _UNTITLED if story.opens else _UNTITLED - 1.0

    def _cut_score(self, block: list[Labelled], a: int, b: int, above: Story | None, below: Story | None) -> float:
        score = 0.0
        if a and above:
            score += self._unit_score(block[:a], above)
        if b < len(block) and below:
            score += self._unit_score(block[b:], below) + 0.1
        for cut in {a, b} - {0, len(block)}:
            score -= self._parting(block, cut)
        if a < b:
            score -= _LOOSE + 0.2 * (b - a)
        return score

    def _parting(self, block: list[Labelled], cut: int) -> float:
        """What it costs to part a block above its line ``cut``: kicker, headline and subtitle stay together."""
        above, below = kind_of(block, cut - 1), kind_of(block, cut)
        plain = block[cut - 1].line.plain
        if block[cut].runs_on:
            return 3.0
        if below == "S":
            return 4.0
        if above == "K" and below == "N":
            return 0.0 if plain.endswith("—") else 4.0
        if plain[-1] in "？！?!" or formulas.NOTE.fullmatch(plain) or formulas.NOTE.fullmatch(block[cut].line.plain):
            return 0.0
        if above == "N" and below == "N":
            return 4.0 if COLON_TITLE.match(plain) or plain in self.repeated else 1.2
        return 0.0

    def _unit_score(self, unit: list[Labelled], story: Story) -> float:
        score = _ADJACENT + _LIKENESS * self.like(unit, story) - form_cost(unit)
        if any(formulas.NOTE.fullmatch(item.line.plain) for item in unit):
            score += -3.0 if story.opens else 3.5
            if any(PACKAGE.search(item.line.plain) for item in unit):
                score -= _BROKEN  # the series has a headline of its own
        place = COLON_TITLE.match(unit[0].line.plain)
        if place:  # 吕梁：… stands over a report that names it
            score += 1.0 if self.like.names(unit[0].line.plain[:2], story) else -3.0
        if story.opens and len(self.stories) > 3 and PACKAGE.search(unit[-1].line.plain):
            score -= 1.5  # 巡礼 and the like promise several reports
        return score - 1.2 * is_short_text(story)  # a text under a picture mostly has none

    # Headlines far from their stories.

    def _match_far(self, units: list[list[Labelled]], loose: list[list[Labelled]]) -> None:
        """Gives loose units to stories that lack a title, then loose kickers to stories that lack a kicker."""
        for kicker in (False, True):
            pairs = []
            needy = [i for i, unit in enumerate(units) if self._lacks(unit, i, kicker=kicker)]
            for j, unit in enumerate(loose):
                if not kicker or only_kicker(unit):
                    near = needy if len(needy) * len(loose) < 20_000 else needy[max(0, j - 10) : j + 10]
                    pairs += [(self.like(unit, self.stories[i]), i, j) for i in near]
            taken: set[int] = set()
            given: set[int] = set()
            for likeness, i, j in sorted(pairs, key=lambda pair: (-pair[0], pair[1], pair[2])):
                if likeness < _FAR or i in given or j in taken:
                    continue
                taken.add(j)
                given.add(i)
                loose[j][0].note("headline-far", "标题与所属文章不相邻：用词与该篇相合，而该篇缺题", doubt=True)
                units[i] = loose[j] + units[i] if kicker else units[i] + loose[j]
            loose[:] = [unit for j, unit in enumerate(loose) if j not in taken]

    def _lacks(self, unit: list[Labelled], i: int, *, kicker: bool) -> bool:
        if kicker:
            return bool(unit) and not any(kind_of(unit, k) == "K" for k in range(len(unit)))
        return (not unit and self._need(self.stories[i]) > 1) or (bool(unit) and only_kicker(unit))

    # Parts of one headline.

    def _parts(self, unit: list[Labelled]) -> Headline:
        kinds = [kind_of(unit, i) for i in range(len(unit))]
        headline = Headline(
            [item for item, kind in zip(unit, kinds, strict=True) if kind == "K"],
            [item for item, kind in zip(unit, kinds, strict=True) if kind == "N"],
            [item for item, kind in zip(unit, kinds, strict=True) if kind == "S"],
        )
        title = headline.title
        if not title:
            title += headline.kicker or headline.subtitle[:1]
            headline.kicker = []
            headline.subtitle = [item for item in headline.subtitle if item not in title]
            title[0].note("headline", "只见引题，没有找到主标题", doubt=True)
            return headline
        if (
            len(title) > 1
            and not title[1].runs_on
            and (title[0].line.plain in self.repeated or (len(title) > 2 and not headline.kicker) or is_couplet(title[0]))
        ):
            headline.kicker.append(title.pop(0))
        while len(title) > 1 and not title[-1].runs_on and (is_lead(title[-1], title[0]) or SPEAKS.search(title[-1].line.plain)):
            headline.subtitle.insert(0, title.pop())
        return headline

    # Series.

    def _packages(
        self, of: dict[int, Headline], loose: list[list[Labelled]]
    ) -> tuple[list[tuple[list[Labelled], list[Story]]], list[list[Labelled]]]:
        """A headline left over beside three stories or more whose headlines have one form (大同：…, 忻州：…) heads the series."""
        alike = [
            story
            for story in self.stories
            if id(story) in of and of[id(story)].title and COLON_TITLE.match(of[id(story)].title[0].line.plain)
        ]
        notes = [
            story
            for story in self.stories
            if id(story) in of and any(formulas.NOTE.fullmatch(item.line.plain) for item in of[id(story)].title)
        ]
        packages: list[tuple[list[Labelled], list[Story]]] = []
        rest: list[list[Labelled]] = []
        for unit in loose:
            said = "".join(item.line.plain for item in unit)
            repeated = any(item.line.plain in self.repeated for item in unit)
            if not packages and len(alike) >= 3 and (PACKAGE.search(said) or repeated or len(loose) == 1):
                unit[0].note("package", f"不属于任何一篇，而有{len(alike)}篇标题同式：它们的总题", doubt=True)
                packages.append((unit, [*alike, *notes]))
            else:
                unit[0].note("loose", "像标题，但找不到所属的文章", doubt=True)
                rest.append(unit)
        return packages, rest
