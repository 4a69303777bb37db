"""What is drawn on pages of cities and rounds: the figures as rows × panels, each value with the place that prints it.

Only main figures of one round (``event``) and of all the subject's projects are drawn: 累计 and parts would not compare. Where the
paper prints two values for one thing, the one printed first is drawn and marked. A panel is drawn from :data:`ENOUGH` known values on:
one or two are read sooner than looked at. What is not known is ``None`` and stays empty.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from decimal import ROUND_HALF_UP, Decimal

from build_scripts.checks.records import plain
from build_scripts.figures.records import Figure
from build_scripts.figures.tables import event_label
from build_scripts.pages.document import Meta
from build_scripts.pages.labels import quantity_label
from build_scripts.pages.view import View
from build_scripts.rows import figure_anchor, plain_number

BATCHES = ("签约", "开工", "投产")
MEASURES = (("项目数", "个"), ("总投资", "亿元"), ("预计年产值", "亿元"))
ENOUGH = 3
"""Known values that a panel needs."""
ROUNDS = 12
"""Rounds of a city that are drawn, the newest: three years of them. The others stand in its tables."""
SOURCES = 3
"""Issues that a picture names; the others are counted."""
DIFFERS = "*"
"""Behind a value that the paper also prints otherwise."""

Known = dict[tuple[str, str, str, str], list[Figure]]
"""Event, subject, batch, indicator → the figures, in order of print."""


def known_figures(figures: Iterable[Figure]) -> Known:
    """Those of cities that can be drawn, by what they say."""
    found: Known = defaultdict(list)
    for figure in figures:
        if figure.event and figure.subject and figure.subject_type == "city" and figure.batch and figure.core and figure.scope is None:
            found[figure.event, figure.subject, figure.batch, figure.indicator].append(figure)
    return found


def rounds_between(events: Iterable[str]) -> list[str]:
    """The rounds of a series, the oldest first, with those of a year that lie between two known ones: their numbers say they were held.

    >>> rounds_between(["2024-1", "2024-10", "2024-8", "2022-4"])
    ['2022-4', '2024-1', '2024-2', '2024-3', '2024-4', '2024-5', '2024-6', '2024-7', '2024-8', '2024-9', '2024-10']
    """
    years: dict[int, list[int]] = defaultdict(list)
    for year, number in map(round_key, events):
        years[year].append(number)
    return [f"{year}-{number}" for year, own in sorted(years.items()) for number in range(min(own), max(own) + 1)]


def city_charts(city: str, view: View) -> list[Meta]:
    """Of one city: its rounds, batch by batch, and the share of 战新 in them."""
    known = known_figures(view.by_subject.get(city, ()))
    own = {event for event, *_ in known}
    events = rounds_between(own)[: -ROUNDS - 1 : -1]
    rows: list[Meta] = []
    places: list[tuple[str, str] | None] = []
    for event in events:
        rows += [{"label": batch, "group": round_label(event)} for batch in BATCHES if event in own]
        places += [(event, batch) for batch in BATCHES if event in own]
        if event not in own:
            rows.append({"label": None, "group": round_label(event)})
            places.append(None)
    panels = [
        _panel(measure, unit, [known.get((place[0], city, place[1], measure)) if place else None for place in places], view)
        for measure, unit in MEASURES
    ]
    used = [known[key] for key in known if key[0] in events and key[2] in BATCHES and key[3] in dict(MEASURES)]
    charts = [make_chart({"id": "chart-rounds", "title": f"{city}历次“三个一批”项目", "head": "批次"}, rows, panels, used, view)]
    charts.append(share_chart(f"{city}战略性新兴产业的占比", [(event, city, round_label(event)) for event in events], known, view))
    return [chart for chart in charts if chart]


def event_charts(event: str, figures: Iterable[Figure], view: View) -> list[Meta]:
    """Of one round: the cities side by side, one chart a measure, and the share of 战新."""
    known = known_figures(figures)
    charts = []
    for number, (measure, unit) in enumerate(MEASURES, 1):
        panels, used = _cities_side_by_side(event, measure, unit, known, view)
        head = {"id": f"chart-cities-{number}", "title": f"各市{measure}", "head": "市"}
        charts.append(make_chart(head, _city_rows(view), panels, used, view))
    charts.append(share_chart("各市战略性新兴产业的占比", [(event, city, city) for city in view.cities], known, view))
    return [chart for chart in charts if chart]


def cities_chart(view: View) -> Meta | None:
    """The newest round of which enough cities are known, measure by measure and batch by batch."""
    for event in sorted(view.by_event, key=round_key, reverse=True):
        known = known_figures(view.by_event.get(event, ()))
        panels: list[Meta] = []
        used: list[Sequence[Figure]] = []
        for measure, unit in MEASURES:
            own, figures = _cities_side_by_side(event, measure, unit, known, view)
            panels += [{**panel, "title": f"{panel['title']}{measure}"} for panel in own]
            used += figures
        head = {"id": "chart-tiles", "kind": "tiles", "title": event_label(event), "head": "市", "url": f"events/{event}/"}
        if chart := make_chart(head, _city_rows(view), panels, used, view):
            return chart
    return None


def round_key(event: str) -> tuple[int, int]:
    """``2024-10`` comes after ``2024-9``."""
    year, number = event.split("-")
    return int(year), int(number)


def round_label(event: str) -> str:
    """``2024年第三次``."""
    return event_label(event).partition("“")[0]


def _city_rows(view: View) -> list[Meta]:
    return [{"label": city.short, "slug": city.slug, "url": f"cities/{city.slug}/"} for city in view.cities.values()]


def _cities_side_by_side(event: str, measure: str, unit: str, known: Known, view: View) -> tuple[list[Meta], list[Sequence[Figure]]]:
    """A panel a batch, all to one scale, and the figures in them."""
    panels = [_panel(batch, unit, [known.get((event, city, batch, measure)) for city in view.cities], view) for batch in BATCHES]
    most = max((cell["value"] for panel in panels for cell in panel["cells"] if cell), default=0)
    used: list[Sequence[Figure]] = [known[key] for key in known if key[0] == event and key[2] in BATCHES and key[3] == measure]
    return [{**panel, "most": most} for panel in panels], used


def make_chart(head: Meta, rows: list[Meta], panels: Iterable[Meta], used: Iterable[Sequence[Figure]], view: View) -> Meta | None:
    """A chart with its sources, where one of its panels knows enough; ``None`` where none does.

    ``head``: ``id``, ``title``, and ``head``, the name of the first column of its table.
    """
    panels = [{**panel, "drawn": sum(map(bool, panel["cells"])) >= ENOUGH} for panel in panels if any(panel["cells"])]
    if not any(panel["drawn"] for panel in panels):
        return None
    cells = [cell for panel in panels for cell in panel["cells"]]
    issues = {figure.issue: view.issues[figure.issue] for figures in used for figure in figures}
    newest = sorted(issues.values(), key=lambda issue: issue.sort_key, reverse=True)
    kinds = {cell.get("kind") for panel in panels if panel["drawn"] for cell in panel["cells"] if cell}
    notes = {
        "“未见”：所收各版没有印出，或没有收到印有它的版面，不是零。": None in cells or any(row["label"] is None for row in rows),
        "虚线框：预计数。": "planned" in kinds,
        "点线框：所刊没有占比，由本站按所刊两数相除，四舍五入。": "computed" in kinds,
        f"“{DIFFERS}”：各处所刊不同，此处取先刊的一处。": any(cell["text"].endswith(DIFFERS) for cell in cells if cell),
    }
    return {
        "kind": "bars",
        **head,
        "rows": rows,
        "panels": panels,
        "sources": [{"label": issue.label, "url": issue.url} for issue in newest[:SOURCES]],
        "more_sources": len(newest) if len(newest) > SOURCES else 0,
        "as_of": max(issue.date or issue.not_before for issue in newest),
        "notes": [note for note, needed in notes.items() if needed],
    }


def _panel(title: str, unit: str, places: Sequence[Sequence[Figure] | None], view: View) -> Meta:
    return {"title": title, "unit": unit, "cells": [_cell(figures, unit, view) if figures else None for figures in places]}


def _cell(figures: Sequence[Figure], unit: str, view: View) -> Meta:
    """A value as it is printed, with its unit where that is not the panel's; its shape is drawn to the base unit."""
    figure = figures[0]
    label = quantity_label(figure)
    cell: Meta = {
        "value": plain_number(figure.value_base),
        "text": label.replace(unit, "", 1) if figure.unit == unit else label,
        "url": _address(figure, view),
    }
    if len({other.value_base for other in figures}) > 1:
        cell["text"] += DIFFERS
    if figure.status == "planned":
        cell["kind"] = "planned"
    return cell


def _address(figure: Figure, view: View) -> str:
    return f"{view.articles[figure.article].url}#{figure_anchor(figure)}"


def share_chart(title: str, subjects: Sequence[tuple[str, str, str]], known: Known, view: View) -> Meta | None:
    """Shares of 战新 by amount, as printed or else computed, and by number, computed; only what is known has a row.

    ``subjects``: event, city and the name of the group of rows.
    """
    rows: list[Meta] = []
    amounts: list[Meta | None] = []
    numbers: list[Meta | None] = []
    used: list[Sequence[Figure]] = []
    for event, city, group in subjects:
        for batch in (*BATCHES, "合计"):
            printed = known.get((event, city, batch, "战新投资占比"))
            amount = _cell(printed, "", view) if printed else _computed((event, city, batch), "战新总投资", "总投资", known, view)
            number = _computed((event, city, batch), "战新项目数", "项目数", known, view)
            if amount or number:
                rows.append({"label": batch, "group": group})
                amounts.append(amount)
                numbers.append(number)
                used += [known[key] for key in known if key[:3] == (event, city, batch) and key[3].startswith("战新")]
    panels: list[Meta] = [
        {"title": "占投资", "unit": "", "full": 100, "cells": amounts},
        {"title": "占个数", "unit": "", "full": 100, "cells": numbers},
    ]
    return make_chart({"id": "chart-emerging", "title": title, "head": "批次"}, rows, panels, used, view)


def _computed(key: tuple[str, str, str], part: str, whole: str, known: Known, view: View) -> Meta | None:
    """What two printed numbers of one batch give, with the division; ``None`` where one is missing, hedged or planned, or they clash."""
    parts, wholes = known.get((*key, part)), known.get((*key, whole))
    if not parts or not wholes:
        return None
    exact = not any(figure.approx or figure.status == "planned" for figure in (*parts, *wholes))
    single = all(len({figure.value_base for figure in figures}) == 1 for figures in (parts, wholes))
    first, second = parts[0], wholes[0]
    if not (exact and single and first.unit_base == second.unit_base and 0 < second.value_base >= first.value_base):
        return None
    share = (first.value_base * 100 / second.value_base).quantize(Decimal("0.01"), rounding=ROUND_HALF_UP)
    return {
        "value": plain_number(share),
        "text": f"{share}%",
        "url": _address(first, view),
        "kind": "computed",
        "terms": f"{plain(first.value)}÷{plain(second.value)}",
    }
