"""Values with their units, and the tables of facts that lists of them are."""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

from build_scripts.html.lists import tools
from build_scripts.html.text import To, attribute, escape, link

Row = Mapping[str, Any]
"""A fact as front matter has it."""

INNER = frozenset({"余", "多", "几", "来"})
"""Hedges that stand between number and unit."""

BEHIND = frozenset({"以上", "以下", "左右", "上下", "以内", "之多"})
"""Hedges behind the unit; all others stand before the number."""

_WIDEST = 6


def room(rows: Sequence[Row]) -> str:
    """How much room the longest fraction among ``rows`` needs right of the decimal point, as the name of a class.

    >>> room([{"value": 5}, {"value": 99.754, "approx": None}])
    'd4'
    """
    return f"d{min(max((_width(row) for row in rows), default=0), _WIDEST)}"


def _width(row: Row) -> int:
    fraction = str(row["value"]).partition(".")[2]
    return (len(fraction) + 1 if fraction else 0) + (2 if row.get("approx") in INNER else 0)


def value(row: Row) -> str:
    """A value whose decimal point lies at the same place in every row: the fraction has a box of its own.

    >>> value({"value": 99.754, "approx": "约"}), value({"value": 30, "approx": "余"})
    ('<small>约</small>99<i>.754</i>', '30<i><small>余</small></i>')
    """
    whole, point, fraction = str(row["value"]).partition(".")
    approx = row.get("approx")
    if not approx:
        return f"{whole}<i>{point}{fraction}</i>"
    if approx in INNER:
        return f"{whole}<i>{point}{fraction}<small>{approx}</small></i>"
    before = "" if approx in BEHIND else f"<small>{escape(approx)}</small>"
    return f"{before}{whole}<i>{point}{fraction}</i>"


def unit(row: Row) -> str:
    """The unit, with a hedge behind it and what the paper printed for it."""
    return _unit(row.get("unit") or "", row.get("approx") or "", row.get("unit_printed") or "")


@lru_cache(maxsize=4096)
def _unit(name: str, approx: str, printed: str) -> str:
    behind = approx if approx in BEHIND else ""
    return f"{escape(name)}{behind}" + (f"<small>原刊作“{escape(printed)}”</small>" if printed else "")


def facts_table(to: To, groups: Sequence[Row], caption: str, here: str = "", *, timed: bool = False) -> str:
    """Facts in groups of one time or one subject: one row a fact.

    ``here`` is the label of the issue that all places are in, where they are; ``timed``: the group does not say the time, the row does.
    """
    parts = _opened(groups, "facts", caption, (("批次", ""), ("指标", ""), ("数值", " class=n"), ("单位", ""), ("口径", ""), ("出处", "")))
    for group in groups:
        parts.append(_group(to, group, 6))
        for row in group["rows"]:
            time = f" · {escape(row.get('time') or '')}" if timed else ""
            parts.append(
                f"<tr><td>{escape(row.get('batch') or '')}<th scope=row>{escape(row.get('indicator') or '')}<td>{value(row)}"
                f"<td>{unit(row)}<td>{_scope(row)}{time}<td>{_places(to, row, here)}"
            )
    return "".join([*parts, "</table>"])


def values_table(to: To, groups: Sequence[Row], caption: str, *, named: bool = False) -> str:
    """The values of one indicator by place; ``named``: rows of several indicators, each named beside its subject."""
    heads = (("主体", ""), ("数值", " class=n"), ("单位", ""), ("批次", ""), ("时段", ""), ("口径", ""), ("出处", ""))
    parts = _opened(groups, "values", caption, heads)
    for group in groups:
        parts.append(_group(to, group, 7))
        for row in group["rows"]:
            subject, url = row.get("subject") or "未写明", row.get("subject_url")
            head = link(to, url, subject) if url else escape(subject)
            if named:
                head += f"<small>{escape(row.get('indicator') or '')}</small>"
            parts.append(
                f"<tr><th scope=row>{head}<td>{value(row)}<td>{unit(row)}"
                f"<td>{escape(row.get('batch') or '')}<td>{escape(row.get('time') or '')}<td>{_scope(row)}<td>{_places(to, row, '')}"
            )
    return "".join([*parts, "</table>"])


def _opened(groups: Sequence[Row], kind: str, caption: str, heads: Sequence[tuple[str, str]]) -> list[str]:
    rows = [row for group in groups for row in group["rows"]]
    names = "".join(f"<th scope=col{more}>{head}" for head, more in heads)
    opening = f'<table class="figures figures--{kind} {room(rows)}"><caption class=sr-only>{escape(caption)}</caption><thead><tr>{names}'
    return [tools(len(rows)), opening]


def _group(to: To, group: Row, columns: int) -> str:
    label = link(to, group["url"], group["label"]) if group.get("url") else escape(group["label"])
    return f"<tbody><tr class=group><th colspan={columns} scope=rowgroup>{label}"


def _scope(row: Row) -> str:
    """What a fact is of, beside its time: plan or fact, and the part of the subject."""
    said = "计划" if row["status"] == "planned" else "实际"
    return f"{said} · {escape(row['scope'])}" if row.get("scope") else said


def _places(to: To, row: Row, here: str) -> str:
    """Every place that prints a fact."""
    links = [f"<a href={attribute(to(place['url']))}>{escape(_label(place['label'], here))}</a>" for place in row["places"]]
    if row.get("more"):
        links.append(f"<small>另有{row['more']}处</small>")
    return "".join(links)


@lru_cache(maxsize=4096)
def _label(label: str, here: str) -> str:
    return label.replace(here, "").replace("（期号待考）", " ") if here else label.replace("（期号待考）", " ")
