"""Number + unit + hedge → :class:`Quantity`, in running text where the line break between number and unit is gone.

``近3.78万平方米`` is 3.78, unit 万平方米, hedge 近; ``30余万平方米`` keeps value 30 and unit 万平方米 with hedge 余, and its
base value multiplies
out. The unit is the longest printed form of the table; a scale word alone (近20万师生) is a unit of its own.
"""

import re
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache

from build_scripts.figures.tables import SCALES, Hedge, Unit, hedges, units

NUMBER = re.compile(r"[0-9]+(?:\.[0-9]+)?")
_POINTS = re.compile(r"(?:[、和]\d+(?:\.\d+)?个?)*[、和]\d+(?:\.\d+)?个百分点")
_ABOUT = re.compile(r"(?<![签预节合契公条履邀制集解失续简])约(?:[合为达有需]|占(?:[一-鿿]{1,12}的)?)$")
"""约合2.57亿美元, 约占全市的40%: a verb between the hedge and its number."""
_WINDOW = 24  # the longest hedge, scale and unit together are under 16 characters


@dataclass(frozen=True, slots=True)
class Quantity:
    """A quantity in a passage's text."""

    start: int
    """Where the hedge or the number begins."""
    end: int
    """Behind the unit or the hedge after it."""
    number: tuple[int, int]
    value: Decimal
    unit: str
    """As printed, with its scale: 亿元, 万平方米; empty where there is none."""
    kind: str
    """Kind of the unit, see ``units.csv``; ``bare`` without one."""
    approx: str | None
    base: str
    factor: Decimal
    rate: str = ""
    """``/年``: what the unit is counted per."""
    heading: str = ""
    """What the head of a row of numbers says of this place in it: （签约/开工/投产，单位：个）：太原17/16/12."""
    of: str = ""
    """What a list under a common unit is of: 从各市签约投资看（单位：亿元）：太原618.4."""


@cache
def _tail() -> re.Pattern[str]:
    """What may follow a number: inner hedge, scale, inner hedge, unit, hedge after; each word from the tables."""
    ordered = sorted(SCALES, key=len, reverse=True)
    scale = "|".join(form + "(?![瓦伏克米卡乏])" * (form == "千") for form in ordered)  # 千伏安 is a unit, not 千 times 伏
    inner = "|".join(hedge.printed for hedge in hedges() if hedge.place == "inner")
    behind = sorted((hedge for hedge in hedges() if hedge.place == "after"), key=lambda hedge: len(hedge.printed), reverse=True)
    after = "|".join(f"{hedge.printed}(?!{hedge.not_before.pattern})" if hedge.not_before else hedge.printed for hedge in behind)
    unit = "|".join(sorted((re.escape(form) for form in units()), key=len, reverse=True))
    latin = r"(?![A-Za-z])"
    return re.compile(
        rf"\s?(?P<inner>{inner})?(?P<scale>{scale})?(?:(?P<inner2>{inner})(?P<scale2>{scale})?)?\s?"
        rf"(?P<unit>(?:{unit})(?<![A-Za-z0-9²³])|(?:{unit}){latin}(?<=[A-Za-z0-9²³]))?"
        rf"(?P<rate>/(?:年|月|日|天|小时|时|台|亩|套|吨|千瓦时|千瓦|度|人|户|平方米|立方米|公里|千克|公斤|万元|元|a|d|h)(?![A-Za-z]))?(?:[（(]?(?P<after>{after})[）)]?)?"
    )


_NOT_UNIT_BEFORE: dict[str, re.Pattern[str]] = {
    "个": re.compile(r"(?:一批|亿(?!元))"),
    "人": re.compile(r"(?:工智能|民|大代表)"),
    "方": re.compile(r"(?:面|案|式|向)"),
    "市": re.compile(r"(?:场|值|民)"),
    "区": re.compile(r"(?:域|块)"),
    "国": re.compile(r"(?:道|际|家)"),
    "省": re.compile(r"(?:道|级)"),
    "点": re.compile(r"[0-9]"),
    "分": re.compile(r"(?:别|会场)"),
    "门": re.compile(r"(?:口|店)"),
    "类": re.compile(r"(?:似)"),
    "成": re.compile(r"(?:[果立为功员长品套就效])"),
    "步": re.compile(r"(?:行)"),
    "层": re.compile(r"(?:面|级)"),
    "期": re.compile(r"(?:间|末)"),
    "场": re.compile(r"(?:地|馆|景|所|院)"),
    "对": re.compile(r"[接口标于话应比]"),
    "组": re.compile(r"[织建合装]"),
    "条": re.compile(r"[件例]"),
    "片": re.compile(r"[区]"),
    "间": re.compile(r"[隔]"),
    "处": re.compile(r"[理置]"),
    "支": re.compile(r"[持撑]"),
    "度": re.compile(r"[假]"),
    "道": re.compile(r"[路]"),
    "起": re.compile(r"[重]"),
    "名": re.compile(r"[称单]"),
    "部": re.compile(r"[门分长]"),
    "本": re.compile(r"[科地]"),
    "位": re.compile(r"[于居]"),
    "口": re.compile(r"[岸]"),
    "天": re.compile(r"[津然]"),
    "项": re.compile(r"目"),
    "周": re.compile(r"[边]"),
    "方面": re.compile(r"军"),
    "章": re.compile(r"程"),
    "大": re.compile(r"[力幅量型批多约于小同气学]|规模"),
    "束": re.compile(r"缚"),
    "盘": re.compile(r"[活点]"),
    "拨": re.compile(r"[付款]"),
    "平": re.compile(r"[方台均衡安原稳米整]"),
}
"""A unit of one character that begins another word: 3市场, 5区域. What follows the unit tells."""


def read_quantity(text: str, start: int, end: int) -> Quantity | None:
    """The quantity whose digits are ``text[start:end]``, or ``None`` where neither unit nor hedge nor scale follows it.

    >>> q = read_quantity("面积近3.78万平方米。", 3, 7)
    >>> q.value, q.unit, q.approx, q.factor
    (Decimal('3.78'), '万平方米', '近', Decimal('10000'))
    """
    window = text[end : end + _WINDOW]
    match = _tail().match(window)
    if match is None:
        return None
    scale, unit, inner = (match["scale"] or "") + (match["scale2"] or ""), match["unit"] or "", match["inner"] or match["inner2"]
    tail = match.end()
    after = match["after"]
    if unit and (bad := _NOT_UNIT_BEFORE.get(unit)) and bad.match(window, match.end("unit")):
        unit, after, tail = "", None, max(match.end("inner"), match.end("scale"), match.end("inner2"), match.end("scale2"), 0)
    if unit == "个亿" and window.startswith("元", match.end("unit")):
        unit, after, tail = "个", None, match.end("unit") - 1  # 8个亿元以上项目, but 投资3个亿
    if unit == "个" and window.startswith("月", match.end("unit")):
        unit, tail = "个月", match.end("unit") + 1
    if unit == "个" and _POINTS.match(window, match.end("unit")):
        unit, tail = "个百分点", match.end("unit")  # 分别拉动21.1个、3.8个百分点
    known: Unit | None = units().get(unit)
    if known is None and not scale and not inner:
        return None
    rate = (match["rate"] or "") if known else ""
    before = hedge_before(text, start, text[end + tail : end + tail + 4] if not known else window[match.start("unit") :])
    factor = Decimal(SCALES.get(scale, 1)) * (known.factor if known else 1)
    value = Decimal(text[start:end])
    return Quantity(
        start=start - len(before.printed) if before else start,
        end=end + tail,
        number=(start, end),
        value=value,
        unit=scale + unit + rate,
        kind=known.kind if known else "bare",
        approx=before.printed if before else inner or after or ("约" if _ABOUT.search(text, max(0, start - 16), start) else None),
        base=known.base if known else "",
        factor=factor,
        rate=rate,
    )


@cache
def _ending_in(sign: str) -> tuple[Hedge, ...]:
    """The hedges before a number whose last character is ``sign``."""
    return tuple(hedge for hedge in hedges() if hedge.place == "before" and hedge.printed.endswith(sign or "\0"))


def hedge_before(text: str, start: int, after: str) -> Hedge | None:
    """The hedge that ends at ``start``, unless its neighbours give the word another meaning (签约19个, 最近3天)."""
    for hedge in _ending_in(text[start - 1 : start]):
        word = hedge.printed
        if text.endswith(word, max(0, start - 6), start):
            head = text[max(0, start - len(word) - 4) : start - len(word)]
            if hedge.not_after and hedge.not_after.search(head):
                continue
            if hedge.not_before and hedge.not_before.match(after):
                continue
            return hedge
    return None


def bare_quantity(text: str, start: int, end: int) -> Quantity:
    """A number without a unit that a rule took for a quantity (标识注册量332200)."""
    hedge = hedge_before(text, start, text[end : end + 4])
    return Quantity(
        start - len(hedge.printed) if hedge else start, end, (start, end), Decimal(text[start:end]), "", "bare",
        hedge.printed if hedge else None, "", Decimal(1),
    )  # fmt: skip


_ROWS = 600  # a row of eleven cities with three numbers each is 150 characters
_ROW_HEAD = re.compile(r"[（(]([一-鿿]{2,6}(?:/[一-鿿]{2,6})+)[，、；]单位[：:]([一-鿿%]{1,6})[）)]")
_LIST_HEAD = re.compile(r"([^，。；：（(]{2,24})[（(]单位[：:]([一-鿿%]{1,6})[）)]")
_LISTED = re.compile(r"(?<![\d./])\d+(?:\.\d+)?(?=[，、；。 ]|$)")
_ROW = re.compile(r"(?<![\d./])\d+(?:\.\d+)?(?:/\d+(?:\.\d+)?)+(?![\d/])")


def read_rows(text: str) -> dict[int, Quantity]:
    """Numbers set in rows under a head that names their places and their unit, by the offset of their digits.

    >>> [(q.value, q.unit, q.heading) for q in read_rows("（签约/开工，单位：个）：太原17/16。").values()]
    [(Decimal('17'), '个', '签约'), (Decimal('16'), '个', '开工')]
    """
    found: dict[int, Quantity] = {}
    for head in _LIST_HEAD.finditer(text):
        stop = text.find("。", head.end(), head.end() + _ROWS)
        for number in _LISTED.finditer(text, head.end(), stop if stop >= 0 else min(len(text), head.end() + _ROWS)):
            found[number.start()] = _with_unit(bare_quantity(text, number.start(), number.end()), head[2], of=head[1])
    for head in _ROW_HEAD.finditer(text):
        names, unit = head[1].split("/"), head[2]
        stop = min(at for at in (text.find("。", head.end()), text.find("单位", head.end()), head.end() + _ROWS, len(text)) if at >= 0)
        for row in _ROW.finditer(text, head.end(), max(stop, head.end())):
            numbers = list(NUMBER.finditer(text, row.start(), row.end()))
            if len(numbers) != len(names):
                continue
            for name, number in zip(names, numbers, strict=True):
                found[number.start()] = _with_unit(bare_quantity(text, number.start(), number.end()), unit, heading=name)
    return found


def _with_unit(bare: Quantity, unit: str, *, heading: str = "", of: str = "") -> Quantity:
    plain = unit.lstrip("十百千万亿")
    known = units().get(plain)
    scale = SCALES.get(unit.removesuffix(plain), 1)
    return replace(
        bare, unit=unit, kind=known.kind if known else "count", base=known.base if known else unit,
        factor=Decimal(scale) * (known.factor if known else 1), heading=heading, of=of,
    )  # fmt: skip
