"""Quantities in Chinese numerals, where they are data: 六项重点任务, 近四成, 两条生产线, 百余次, 超百万平方米.

GB/T 15835—2011 has numbers that measure set in Arabic digits, so a Chinese numeral is mostly an idiom: outside a chosen sample
56 of 62 were none
(一批, 一张名片, 签约一批, 过去一年). Read are therefore only: tenths (成), multiples (倍), halves as a share, round numbers
with a hedge, and numbers
from two on before a classifier and a noun that can be counted. Deliberately not read: 一 with any classifier
(一个项目一名领导), ordinals
(第三次), what stands in quotation marks (“三个一批”, “六个一”), 三大产业, 两三个, and fixed words (四季度, 十四五).
"""

# ruff: noqa: E501 (a form a line)

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from build_scripts.figures.quantities import Quantity
from build_scripts.figures.tables import units
from build_scripts.sieve import Sieve

_DIGIT = {"零": 0, "〇": 0, "一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9}
_SCALE = {"十": 10, "百": 100, "千": 1000}
_NUMERAL = "[一二两三四五六七八九十百千万亿零〇]"
_HEDGE = r"(?P<hedge>近|超过|超|约|逾|不足|不低于|不少于|上|达|突破)?"
_FORMS = (
    ("成", Sieve(re.compile(rf"{_HEDGE}(?P<number>[一二三四五六七八九])(?P<unit>成)(?P<after>以上|左右|多)?(?![果立为功员长品套就效本分交型])")), "tenths"),
    ("半", Sieve(re.compile(r"(?P<hedge>近|超过|超|约)?(?P<number>一)(?P<unit>半)(?P<after>以上|左右|多)?(?=的|以上)")), "half"),
    ("倍", Sieve(re.compile(rf"{_HEDGE}(?P<number>[一二两三四五六七八九十]{{1,4}})(?P<unit>倍)(?P<after>以上|左右|多)?")), "multiple"),
    ("", Sieve(re.compile(r"(?P<hedge>近|超过|超|(?<!签)约|逾|上|突破)(?P<number>[百千万亿]{1,3}|十几)(?P<inner>余|多)?(?P<unit>元|平方米|吨|人|亩|户|家|个|台|公里)(?!以上|级|的?(?:项目|企业|产业|园区|开发区|集群)|的?\d)")), "round"),
    ("", Sieve(re.compile(r"(?P<number>[百千]|十)(?P<inner>余|多|几)(?P<unit>次|家|个|人|户|项|米|亩|吨|种|名)")), "round"),
    (
        "",
        Sieve(re.compile(
            r"(?<![第年月一二两三四五六七八九十“‘])(?P<number>[二两三四五六七八九十]{1,3})(?P<unit>个|项|条|家|座|栋|所|户|台|名|位|次)"
            r"(?=(?:大|新|重点|省级|市级|国家级|代表|标准化|分|自动|智能|最新的?|全新的?)*(?:项目|任务|要求|生产线|开发区|企业|公司|厂房|机组|车间|园区|分会场|平台|高校|中心|道路|市|县|建设|工程|批次|专班))"
        )),
        "counted",
    ),
)  # fmt: skip
"""A sign without which a text has none, the form, its rule."""
_IDIOM_LEFT = re.compile(r"(?:第|[“‘「]|一[张个]|“[^”]{0,8}|[几数])$")


@dataclass(frozen=True, slots=True)
class HanQuantity:
    """A quantity in Chinese numerals and the rule that took it."""

    quantity: Quantity
    rule: str


def read_numeral(text: str) -> Decimal | None:
    """The value of a complete Chinese numeral, or ``None``.

    >>> read_numeral("十二"), read_numeral("三千五百"), read_numeral("百万"), read_numeral("两")
    (Decimal('12'), Decimal('3500'), Decimal('1000000'), Decimal('2'))
    """
    total = myriad = section = digit = 0
    seen = False
    for char in text:
        if char in _DIGIT:
            digit, seen = _DIGIT[char], True
        elif char in _SCALE:
            section += (digit or 1) * _SCALE[char]
            digit, seen = 0, True
        elif char == "万":
            myriad, section, digit, seen = (section + digit or 1) * 10**4, 0, 0, True
        elif char == "亿":
            total, myriad, section, digit, seen = (total + myriad + section + digit or 1) * 10**8, 0, 0, 0, True
        else:
            return None
    return Decimal(total + myriad + section + digit) if seen else None


def find_han_quantities(text: str) -> Iterator[HanQuantity]:
    """Every quantity in Chinese numerals that is data, in order."""
    taken = 0
    found: list[HanQuantity] = []
    for sign, form, rule in _FORMS:
        for match in form.finditer(text) if sign in text else ():
            if _IDIOM_LEFT.search(text[max(0, match.start() - 9) : match.start()]) or re.search(
                r"\d$", text[max(0, match.start() - 1) : match.start()]
            ):
                continue
            if any(a.quantity.start < match.end() and match.start() < a.quantity.end for a in found[-8:]):
                continue
            if quantity := _quantity(match, rule):
                found.append(HanQuantity(quantity, f"han-{rule}"))
    for item in sorted(found, key=lambda item: item.quantity.start):
        if item.quantity.start >= taken:
            taken = item.quantity.end
            yield item


def _quantity(match: re.Match[str], rule: str) -> Quantity | None:
    group = match.groupdict()
    printed, unit = group["number"], group["unit"]
    hedge = group.get("hedge") or group.get("inner") or group.get("after")
    if printed == "十几":
        printed, hedge = "十", "几"
    value = read_numeral(printed)
    if value is None:
        return None
    if rule == "tenths":
        value, unit = value * 10, "%"
    elif rule == "half":
        value, unit = Decimal(50), "%"
    known = units().get(unit)
    hedge = None if hedge == "达" else hedge
    return Quantity(
        start=match.start(),
        end=match.end(),
        number=match.span("number"),
        value=value,
        unit=unit,
        kind=known.kind if known else "count",
        approx=hedge,
        base=known.base if known else unit,
        factor=known.factor if known else Decimal(1),
    )
