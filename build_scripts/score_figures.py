"""Precision and recall of digit runs and figures on one annotated page."""

import re
from collections.abc import Callable, Sequence
from typing import Any, Protocol

from build_scripts.chars import squeeze

Row = dict[str, Any]

LISTED = frozenset(
    (
        "项目数", "总投资", "预计年产值", "战新项目数", "战新总投资", "战新投资占比", "亿元以上项目数", "签约率", "开工率", "投产率",
        "达效率", "年度计划投资", "完成投资", "完成率", "工业增加值", "工业投资", "增速", "占比", "产能", "产量", "产值", "年销售收入",
        "纳税", "占地面积", "建筑面积", "长度", "企业数", "就业岗位", "招商活动次数", "人数", "温度", "资产",
    )
)  # fmt: skip
"""Indicators with a fixed name. Where none fits, annotators use the paper's own noun, and words for it are not compared."""

_ZONE_TYPES = (
    "经济技术开发区|高新技术产业开发区|综合改革示范区|综改示范区|生态文化旅游示范区|现代农业产业示范区|农业示范区|"
    "农业产业示范区|产业集聚区|新兴产业园区|经济开发区|经开区|高新区|综改区|示范区|开发区"
)


class Counter(Protocol):
    """What counts hits and chances, see :class:`build_scripts.score.Scorer`."""

    misses: list[str]

    def count(self, name: str, hit: int | bool, of: int = 1) -> None:
        """Adds to the measure ``name``."""


def score_numbers(counter: Counter, gold: Row, numbers: Sequence[Row], figures: Sequence[Row]) -> None:
    """Compares the rows of one page with its annotation. Numbers that the annotators dispute (``core`` null) do not count as core."""
    said = {(row["line"], row["column"]): row for row in numbers}
    read = {(row["line"], row["column"]): row for row in figures}
    said_core = {key for key, row in read.items() if row["core"]}
    for wanted in gold["numbers"]:
        key = (wanted["line"], wanted["column"])
        number, figure = said.get(key), read.get(key)
        counter.count("digit runs accounted for", number is not None)
        counter.count("digit runs: label", number is not None and number["label"] in wanted["label"])
        if "quantity" not in wanted["label"]:
            _score_other(counter, wanted, number, figure)
        elif "value" in wanted:
            _score_quantity(counter, wanted, figure)
            if wanted["core"] is None:
                said_core.discard(key)
            elif wanted["core"]:
                _score_core(counter, wanted, figure)
    counter.count("core figures: precision", 0, len(said_core))


def _score_other(counter: Counter, wanted: Row, number: Row | None, figure: Row | None) -> None:
    """A date, an ordinal or a name."""
    counter.count("not taken for a quantity", number is not None and number["label"] != "quantity")
    if figure:
        counter.misses.append(f"{wanted['context']}: no quantity, read as {figure['indicator']} {figure['value']}{figure['unit']}")
    if wanted.get("iso"):
        right = number is not None and number["label"] == "date" and number["iso"] in wanted["iso"]
        _check(counter, "dates", right, f"{wanted['context']}: date {wanted['iso']}, got {number and (number['label'], number['iso'])}")


def _score_quantity(counter: Counter, wanted: Row, figure: Row | None) -> None:
    right = _value_right(wanted, figure)
    got = figure and (figure["value"], figure["unit"])
    _check(counter, "quantities: value and unit", right, f"{wanted['context']}: {wanted['value']}{wanted['unit']}, got {got}")
    if figure is None:
        return
    counter.count("quantities: hedge", _accepts(wanted.get("approx", [None]), figure["approx"]))
    counter.count("quantities: status", _accepts(wanted["status"], figure["status"]))
    if LISTED & set(wanted["indicator"]):
        right = _accepts(wanted["indicator"], figure["indicator"], _same_squeezed)
        miss = f"{wanted['context']}: indicator {wanted['indicator']}, got {figure['indicator']}"
        _check(counter, "quantities: indicator", right, miss)


def _score_core(counter: Counter, wanted: Row, figure: Row | None) -> None:
    right = (
        figure is not None
        and _value_right(wanted, figure)
        and _accepts(wanted["indicator"], figure["indicator"])
        and _accepts(wanted["subject"], figure["subject"], same_name)
        and _accepts(wanted.get("batch", [None]), figure["batch"])
        and figure["core"]
    )
    said = figure and [figure[name] for name in ("subject", "indicator", "batch", "value", "unit", "core")]
    want = [wanted["subject"], wanted["indicator"], wanted.get("batch"), wanted["value"], wanted["unit"]]
    _check(counter, "core figures: recall", right, f"{wanted['context']}: core {want}, got {said}")
    counter.count("core figures: precision", right, 0)
    events = [event for event in wanted.get("event", []) if event and re.fullmatch(r"\d{4}-\d", event)]
    if events and None not in wanted["event"]:
        counter.count("core figures: event", figure is not None and figure["event"] in events)


def _check(counter: Counter, measure: str, right: bool, miss: str) -> None:
    counter.count(measure, right)
    if not right:
        counter.misses.append(miss)


def _value_right(wanted: Row, figure: Row | None) -> bool:
    return figure is not None and figure["value"] in wanted["value"] and _accepts(wanted["unit"], figure["unit"], _same_squeezed)


def _same(one: str | None, other: str | None) -> bool:
    return (one or None) == (other or None)


def _same_squeezed(one: str | None, other: str | None) -> bool:
    return squeeze(one or "") == squeeze(other or "")


def _accepts(options: Sequence[Any], value: Any, same: Callable[[Any, Any], bool] = _same) -> bool:
    return any(same(option, value) for option in options)


def stem(name: str) -> str:
    """A place's or project's name without zone type, administrative suffix and province: the same for the full and the short form.

    >>> stem("太谷经济技术开发区") == stem("太谷经开区")
    True
    """
    plain = re.sub(r"[“”\"‘’]", "", squeeze(name))
    short = re.sub(r"^山西(省)?(?=转型)", "", plain)
    short = re.sub(r"^转型综合改革", "转型综改", short)
    short = re.sub(_ZONE_TYPES, "", short)
    short = re.sub(r"^转型综改(?=.)", "", short)
    short = re.sub(r"项目$", "", short)
    return re.sub(r"(省|市|县)$", "", short) or plain


_LONG = 5
"""A name longer than this may stand for one that contains it: projects are shortened freely."""


def same_name(one: str | None, other: str | None) -> bool:
    """Whether two printed names mean the same place or project."""
    if not one or not other:
        return _same(one, other)
    first, second = stem(one), stem(other)
    return first == second or (min(len(first), len(second)) > _LONG and (first in second or second in first))
