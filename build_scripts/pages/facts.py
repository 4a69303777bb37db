"""Figures as facts: the same value printed in several places is one row that names them all."""

from collections.abc import Iterable, Sequence
from decimal import Decimal

from build_scripts.figures.records import Figure
from build_scripts.figures.tables import event_label
from build_scripts.pages.document import Document, Meta
from build_scripts.pages.labels import page_label
from build_scripts.pages.view import View
from build_scripts.rows import figure_anchor, plain_number

BATCHES = ("签约", "开工", "投产", "合计")
MEASURES = ("项目数", "总投资", "预计年产值")
"""What a round of “三个一批” is told in."""

_Key = tuple[object, ...]


def fact_rows(figures: Iterable[Figure], view: View) -> list[Meta]:
    """One row a fact, in the order of first print; ``places`` are all that print it."""
    rows: dict[_Key, Meta] = {}
    for figure in figures:
        key = (
            figure.subject, figure.indicator, figure.scope, figure.batch, figure.event, figure.period,
            figure.value, figure.unit, figure.status, figure.approx,
        )  # fmt: skip
        row = rows.setdefault(
            key,
            {
                "subject": figure.subject,
                "indicator": figure.indicator,
                "value": plain_number(figure.value),
                "unit": figure.unit,
                "approx": figure.approx,
                "scope": figure.scope,
                "batch": figure.batch,
                "event": event_label(figure.event) if figure.event else None,
                "period": figure.period,
                "basis": figure.basis,
                "as_of": figure.as_of,
                "basis_printed": figure.basis_printed,
                "status": figure.status,
                "places": [],
            },
        )
        row["places"].append(_place(figure, view))
    return list(rows.values())


def _place(figure: Figure, view: View) -> Meta:
    article = view.articles[figure.article]
    issue = view.issues[figure.issue]
    return {
        "figure": figure.id,
        "label": f"{issue.label}{page_label(article.page)}第{figure.line}行",
        "url": f"{article.url}#{figure_anchor(figure)}",
    }


def events_of(view: View) -> list[str]:
    """The rounds that the archive has figures of, the newest first."""
    return sorted({figure.event for page in view.archive.figures.values() for figure in page.figures if figure.event}, reverse=True)


def event_document(event: str, view: View) -> Document:
    """``events/<event>.md``: cities × batches × measures, the province's own figures, and every place that prints them."""
    figures = [figure for page in view.archive.figures.values() for figure in page.figures if figure.event == event and figure.core]
    cities = [_event_row(city, [figure for figure in figures if figure.subject == city], view) for city in view.cities]
    others = [figure for figure in figures if figure.subject_type not in ("city", "province")]
    province = [figure for figure in figures if figure.subject_type == "province"]
    articles = {figure.article for page in view.archive.figures.values() for figure in page.figures if figure.event == event}
    meta: Meta = {
        "template": "event.html",
        "title": event_label(event),
        "description": f"{event_label(event)}活动：各市签约、开工、投产项目的个数、总投资与预计年产值，逐项注明出处。",
        "id": event,
        "url": f"events/{event}/",
        "batches": list(BATCHES),
        "measures": list(MEASURES),
        "cities": cities,
        "province": _event_row("山西省", province, view),
        "sums": _event_sums(cities),
        "others": fact_rows(others, view),
        "articles": view.links(tuple(article for article in view.newest_first if article.id in articles)),
    }
    return Document(f"events/{event}.md", meta)


def _event_row(subject: str, figures: Sequence[Figure], view: View) -> Meta:
    """One line of the table: for each batch and measure the fact, or ``None`` where the archive knows none."""
    plain = [figure for figure in figures if figure.scope is None]
    cells: list[list[Meta | None]] = []
    for batch in BATCHES:
        line: list[Meta | None] = []
        for measure in MEASURES:
            facts = fact_rows((figure for figure in plain if (figure.batch, figure.indicator) == (batch, measure)), view)
            line.append(facts[0] if facts else None)
        cells.append(line)
    url = f"cities/{view.cities[subject].slug}/" if subject in view.cities else None
    return {"name": subject, "url": url, "known": bool(figures), "cells": cells}


def _event_sums(rows: Sequence[Meta]) -> list[list[Meta | None]]:
    """What the cities' known cells add up to and which cities are missing; ``None`` where no cell is known or units differ."""
    sums: list[list[Meta | None]] = []
    for batch in range(len(BATCHES)):
        line: list[Meta | None] = []
        for measure in range(len(MEASURES)):
            facts = [row["cells"][batch][measure] for row in rows]
            known = [fact for fact in facts if fact]
            if len({fact["unit"] for fact in known}) != 1:
                line.append(None)
                continue
            line.append(
                {
                    "value": plain_number(sum((Decimal(str(fact["value"])) for fact in known), Decimal())),
                    "unit": known[0]["unit"],
                    "known": len(known),
                    "missing": [row["name"] for row, fact in zip(rows, facts, strict=True) if not fact],
                }
            )
        sums.append(line)
    return sums


def events_document(view: View) -> Document:
    """``events/index.md``: all rounds that the archive has figures of."""
    meta: Meta = {
        "template": "events.html",
        "title": "“三个一批”活动",
        "description": "本档案有数据的历次全省开发区“三个一批”活动。",
        "events": [{"label": event_label(event), "url": f"events/{event}/"} for event in events_of(view)],
    }
    return Document("events/index.md", meta)
