"""Figures as facts: the same value printed in several places is one row that names them all; rows stand in groups."""

from collections.abc import Iterable, Sequence

from build_scripts.figures.records import Figure
from build_scripts.figures.tables import event_label
from build_scripts.pages.document import Meta
from build_scripts.pages.labels import day_label, page_label
from build_scripts.pages.view import View
from build_scripts.rows import figure_anchor, plain_number

UNTIMED = "时段未写明"

_Key = tuple[object, ...]

MOST_PLACES = 8
"""Places of one fact that are shown; the others are counted."""

KINDS = {"province": "全省", "city": "设区市", "zone": "开发区", "company": "企业", "project": "项目", "other": "其他"}
"""Types of subject, in the order that readers look for them."""


def fact_rows(figures: Iterable[Figure], view: View) -> list[Meta]:
    """One row a fact, in the order in which it comes first; ``places`` are those that print it, ``more`` counts the rest of them."""
    rows: dict[_Key, Meta] = {}
    for figure in figures:
        key = (
            figure.subject, figure.indicator, figure.scope, figure.batch, figure.event, figure.period,
            figure.value, figure.unit, figure.status, figure.approx,
        )  # fmt: skip
        row = rows.get(key)
        if row is None:
            row = rows[key] = {
                "subject": figure.subject,
                "subject_type": figure.subject_type,
                "subject_url": view.subject_url(figure),
                "indicator": figure.indicator,
                "value": plain_number(figure.value),
                "unit": figure.unit,
                "approx": figure.approx,
                "scope": figure.scope,
                "batch": figure.batch,
                "event": figure.event,
                "time": time_label(figure),
                "until": (figure.as_of or figure.period or "").split("/")[-1],
                "status": figure.status,
                "places": [],
                "more": 0,
            }
        if len(row["places"]) < MOST_PLACES:
            row["places"].append(_place(figure, view))
        else:
            row["more"] += 1
    return list(rows.values())


def time_label(figure: Figure) -> str:
    """What time a figure is of, as far as the paper says: the round, the span that it adds up, the day that it counts up to."""
    period = day_label(figure.period) if figure.period else ""
    if figure.event:
        return "，".join(part for part in (event_label(figure.event), period) if part)
    if figure.basis == "cumulative":
        if figure.basis_printed and figure.basis_printed != "累计":
            return f"累计（{figure.basis_printed}）"
        return f"累计，{period}" if period else "累计"
    if figure.basis == "as_of":
        return f"截至{day_label(figure.as_of)}" if figure.as_of else f"{figure.basis_printed}，日期未写明"
    return period or UNTIMED


def _time_key(row: Meta) -> tuple[str, str]:
    """Later years come later, within a year the periods before the rounds; what has no date comes first, before it what has no time."""
    if row["event"]:
        year, number = row["event"].split("-")
        return year, f"~{number:>02}"
    year, _, rest = row["until"].partition("-")
    return year, rest or ("0" if row["time"] != UNTIMED else "")


def group_by_time(rows: Sequence[Meta], anchor: str = "") -> list[Meta]:
    """Groups of one time each, the newest first. A round's label leads to its page, to the row ``anchor`` of its table."""
    groups: dict[str, Meta] = {}
    for row in sorted(rows, key=_time_key, reverse=True):
        url = f"events/{row['event']}/{anchor}" if row["event"] else None
        groups.setdefault(row["time"], {"label": row["time"], "url": url, "rows": []})["rows"].append(_shown(row, "subject", "time"))
    return list(groups.values())


def group_by_subject(rows: Sequence[Meta]) -> list[Meta]:
    """Groups of one subject each, in the order in which they come first."""
    groups: dict[str, Meta] = {}
    for row in rows:
        label = row["subject"] or "主体未写明"
        groups.setdefault(label, {"label": label, "url": row["subject_url"], "rows": []})["rows"].append(_shown(row, "subject"))
    return list(groups.values())


def group_by_kind(rows: Sequence[Meta]) -> list[Meta]:
    """Groups of province, cities, zones and so on; in each, the subjects in the order in which they come first."""
    groups: list[Meta] = []
    for kind, label in KINDS.items():
        subjects: dict[str | None, list[Meta]] = {}
        for row in rows:
            if (row["subject_type"] or "other") == kind:
                subjects.setdefault(row["subject"], []).append(_shown(row))
        if subjects:
            groups.append({"label": label, "url": None, "rows": [row for own in subjects.values() for row in own]})
    return groups


_SORTING = frozenset({"subject_type", "event", "until"})
"""What rows are grouped by and no page shows."""


def _shown(row: Meta, *said: str) -> Meta:
    """A row as a page needs it: without what its group says and without what is not there."""
    left_out = _SORTING | {"subject_url"} if "subject" in said else _SORTING
    return {key: value for key, value in row.items() if value not in (None, 0, "") and key not in left_out and key not in said} | {
        "value": row["value"]
    }


def _place(figure: Figure, view: View) -> Meta:
    article = view.articles[figure.article]
    issue = view.issues[figure.issue]
    return {
        "label": f"{issue.label}{page_label(article.page)}第{figure.line}行",
        "url": f"{article.url}#{figure_anchor(figure)}",
    }
