"""The form of a headline: which of its lines are kicker, headline and subtitle, and where one headline ends and the next begins."""

import re
from collections.abc import Sequence

from build_scripts.layout import formulas
from build_scripts.layout.labelled import Labelled

SPLIT = 4
"""Where a block is cut between two stories: after its first or before its last four lines."""
COLON_TITLE = re.compile(r"[\u4e00-\u9fff]{2,6}[：:][^：:]{3,}")
PACKAGE = re.compile("巡礼|系列|专题|扫描|集锦|特辑|掠影|一览|展播|汇编|荟萃")
SPEAKS = re.compile(r"(?:出席|讲话|致辞|主持|作(?:主题|专题)?(?:报告|推介|演讲)|参加|发言|批示)[^，]{0,8}$")


def cuts_of(count: int) -> list[tuple[int, int]]:
    """Where a block of ``count`` lines may be cut: the first part goes up, the last down, what is between to neither."""
    ends = [i for i in range(count + 1) if i <= SPLIT or i >= count - SPLIT]
    firsts = [i for i in ends if i <= SPLIT or count <= 2 * SPLIT]
    return [(a, b) for a in firsts for b in ends if a <= b]


def kind_of(unit: Sequence[Labelled], i: int) -> str:
    """K kicker, S subtitle, N headline.

    What a word or a quotation runs over into is headline like the line above it: 特色产业发⏎展新格局 names no 局.
    """
    above = i
    while above and unit[above].runs_on and i - above < SPLIT:
        above -= 1
    own = _kind_by_itself(unit, i)
    if above == i:
        return own
    kind = _kind_by_itself(unit, above)
    return kind if kind == "N" or (kind == "S" and own == "N") else own


def _kind_by_itself(unit: Sequence[Labelled], i: int) -> str:
    """The kind by the line's own words; a line that runs on into a kicker's last line is the same kicker."""
    text = unit[i].line.text
    if formulas.is_subtitle(text):
        return "S"
    if formulas.is_kicker(text):
        return "K"
    if (
        i + 1 < len(unit)
        and unit[i + 1].line.gap == 0
        and text[-1:] not in "—"
        and "，" in text.replace(",", "，")
        and formulas.is_kicker(unit[i + 1].line.text)
    ):
        return "K"
    return "N"


def only_kicker(unit: Sequence[Labelled]) -> bool:
    """Whether every line only names who or where."""
    return all(kind_of(unit, i) == "K" for i in range(len(unit)))


def form_cost(unit: Sequence[Labelled]) -> float:
    """How far a run of lines is from the form kicker – headline – subtitle."""
    cost = 0.0
    plain = 0
    before = ""
    for i, item in enumerate(unit):
        kind = kind_of(unit, i)
        if kind == "K" and before and before != "K":
            cost += 2.0
        elif kind == "S" and not before:
            cost += 1.5
        elif kind == "N":
            plain += not item.runs_on  # a line that a word runs over into is no further headline
            if before == "S":
                cost += 2.0
            if before == "N":
                above = unit[i - 1].line
                cost += 1.6 * (above.plain[-1] in "？！?!") + 2.0 * bool(COLON_TITLE.match(item.line.plain))
                cost += 2.0 * bool(formulas.NOTE.fullmatch(item.line.plain) or formulas.NOTE.fullmatch(above.plain))
            cost += 0.7 * (plain > 3)
        before = kind
    alone = len(unit) == 1 and SPEAKS.search(unit[0].line.plain)
    return cost + 0.8 * (plain == 0) + 1.5 * bool(alone)


def split_units(items: list[Labelled]) -> list[list[Labelled]]:
    """Loose lines as units: a new one begins where the form kicker – headline – subtitle begins anew."""
    units: list[list[Labelled]] = []
    for item in items:
        if (
            (units and item.runs_on)
            or (units and len(units[-1]) == 1 and only_kicker([*units[-1], item]))
            or (units and len(units[-1]) < 8 and form_cost([*units[-1], item]) <= form_cost(units[-1]))
        ):
            units[-1].append(item)
        else:
            units.append([item])
    return units


def is_couplet(item: Labelled) -> bool:
    """Two halves of one length, set apart: 以深化改革激发新活力 以项目建设壮大新动能."""
    halves = item.line.text.split()
    return len(halves) == 2 and len(halves[0]) == len(halves[1]) >= 5


def is_lead(item: Labelled, title: Labelled) -> bool:
    """A line under the headline that is much longer or has clauses: the summary that is set smaller."""
    plain = item.line.plain
    return len(plain) > 26 and (len(plain) > 1.5 * len(title.line.plain) or "，" in plain)
