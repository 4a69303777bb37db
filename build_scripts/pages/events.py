"""Pages of the rounds of “三个一批”: cities × batches × measures, the province's own figures, and which rounds are missing."""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from decimal import Decimal

from build_scripts.figures.records import Figure
from build_scripts.figures.tables import event_label, events
from build_scripts.pages.document import Document, Meta
from build_scripts.pages.facts import fact_rows, group_by_subject
from build_scripts.pages.parts import Lists, split_documents
from build_scripts.pages.pictures import event_charts, round_key
from build_scripts.pages.places import PROVINCE_ZONE
from build_scripts.pages.view import View
from build_scripts.records import Article
from build_scripts.rounds import find_rounds
from build_scripts.rows import check_url, figure_anchor, plain_number

BATCHES = ("签约", "开工", "投产", "合计")
MEASURES = ("项目数", "总投资", "预计年产值")
"""What a round of “三个一批” is told in."""

MOST = {"articles": 50, "mentions": 50, "others": 150}
MOST_REPEATED = 150
"""Facts that are printed in several places, or with several values, of which so many are listed."""


def events_of(view: View) -> list[str]:
    """The rounds that have a page, the newest first: those that an article names or has figures of."""
    return sorted({*view.naming_event, *view.by_event}, key=round_key, reverse=True)


def _reports_on(article: Article, event: str, view: View) -> bool:
    """Whether the article as a whole is about the round: its headline, its series or its first two paragraphs name it."""
    series = find_rounds(view.packages[article.package]) if article.package else ()
    return event in article.own_events or any(found.id == event for found in series)


def articles_on(event: str, view: View) -> tuple[list[Article], list[Article]]:
    """The articles that report on a round, and those that only name it or have a figure of it; the newest first."""
    speaking = {figure.article for figure in view.by_event.get(event, ())}
    speaking |= {article.id for article in view.naming_event.get(event, ())}
    about: list[Article] = []
    others: list[Article] = []
    for article in sorted((view.articles[one] for one in speaking), key=lambda article: (view.age(article), article.order)):
        (about if _reports_on(article, event, view) else others).append(article)
    return about, others


def event_documents(event: str, view: View) -> list[Document]:
    """``events/<event>.md``, and the pages of its years where it is long."""
    about, mentioning = articles_on(event, view)
    lists: Lists = {
        "articles": about,
        "mentions": mentioning,
        "others": view.newest(figure for figure in _core(event, view) if figure.subject_type not in ("city", "province")),
    }
    meta: Meta = {
        "template": "event.html",
        "title": event_label(event),
        "id": event,
        "url": f"events/{event}/",
    }

    def render(shown: Lists) -> Meta:
        return {
            "articles": view.links(shown["articles"]),
            "mentions": view.links(shown["mentions"]),
            "others": group_by_subject(fact_rows(shown["others"], view)),
        }

    return split_documents(
        Document(f"events/{event}.md", meta),
        lists,
        MOST,
        view,
        year_of=view.year_of,
        render=render,
        describe=lambda shown: f"{event_label(event)}活动：各市签约、开工、投产项目的个数、总投资与预计年产值，逐项注明出处。",
        first=lambda: _tables(event, view),
    )


def _core(event: str, view: View) -> list[Figure]:
    return [figure for figure in view.by_event.get(event, ()) if figure.core]


def _tables(event: str, view: View) -> Meta:
    """What the round's page tells of the province and its cities."""
    core = _core(event, view)
    own: dict[str | None, list[Figure]] = defaultdict(list)
    for figure in core:
        own[figure.subject if figure.subject_type != "province" else "山西省"].append(figure)
    cities = [_event_row(city, own[city], view) for city in view.cities]
    table = [figure for figure in core if figure.subject_type in ("city", "province") and figure.scope is None]
    return {
        "known": bool(table),
        "batches": list(BATCHES),
        "measures": list(MEASURES),
        "cities": cities,
        "province_zone": _event_row(PROVINCE_ZONE, own[PROVINCE_ZONE], view),
        "province": _event_row("山西省", own["山西省"], view),
        "sums": _event_sums(cities, _province_checks(own["山西省"], view)),
        "charts": event_charts(event, core, view),
        "repeated": group_by_subject(_repeated(table, view)[:MOST_REPEATED]),
    }


def _event_row(subject: str, figures: Sequence[Figure], view: View) -> Meta:
    """One line of the table: for each batch and measure the fact, or ``None`` where the archive knows none.

    Where the paper prints several values for one cell, the one printed first stands there, and ``differs`` is true.
    """
    plain: dict[tuple[str | None, str], list[Figure]] = defaultdict(list)
    for figure in figures:
        if figure.scope is None:
            plain[figure.batch, figure.indicator].append(figure)
    cells: list[list[Meta | None]] = []
    for batch in BATCHES:
        line: list[Meta | None] = []
        for measure in MEASURES:
            own = plain[batch, measure]
            line.append(_cell(own[0], differs=len({figure.value_base for figure in own}) > 1, view=view) if own else None)
        cells.append(line)
    url = None
    if subject in view.cities:
        url = f"cities/{view.cities[subject].slug}/"
    elif subject in view.zones:
        url = f"zones/{view.zones[subject].slug}/"
    return {"name": subject, "slug": url.split("/")[1] if url else None, "url": url, "known": any(plain.values()), "cells": cells}


def _cell(figure: Figure, *, differs: bool, view: View) -> Meta:
    return {
        "value": plain_number(figure.value),
        "unit": figure.unit,
        "approx": figure.approx,
        "url": f"{view.articles[figure.article].url}#{figure_anchor(figure)}",
        "differs": differs,
    }


def _repeated(figures: Sequence[Figure], view: View) -> list[Meta]:
    """The facts that are printed in more than one place, or beside another value for the same cell."""
    rows = fact_rows(figures, view)
    count: dict[tuple[object, ...], int] = defaultdict(int)
    for row in rows:
        count[row["subject"], row["indicator"], row["batch"]] += 1
    return [row for row in rows if len(row["places"]) > 1 or count[row["subject"], row["indicator"], row["batch"]] > 1]


def _province_checks(figures: Sequence[Figure], view: View) -> dict[tuple[str | None, str], str]:
    """Batch and measure → the address of the check that sets the cities beside the province's figure."""
    return {
        (figure.batch, figure.indicator): check_url(check, view.articles[check.article].issue)
        for figure in figures
        for check in view.checks_of_figures.get(figure.article, {}).get(figure.id, ())
        if check.kind == "province"
    }


def _event_sums(rows: Sequence[Meta], checks: Mapping[tuple[str | None, str], str]) -> list[list[Meta | None]]:
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
                    "check": checks.get((BATCHES[batch], MEASURES[measure])),
                }
            )
        sums.append(line)
    return sums


_ROUNDS_COUNTED = re.compile("三个一批.*活动")


def _counted_rounds(view: View) -> dict[str, Figure]:
    """Rounds that no article names, but one counts: 2023年先后与全省同步举办了4次 tells of four. Each with the figure that says so."""
    found: dict[str, Figure] = {}
    for figure in view.all_figures:
        if figure.unit != "次" or not _ROUNDS_COUNTED.search(figure.indicator) or figure.status != "actual":
            continue
        year = figure.period or ""
        if len(year) == 4 and year.isdigit() and figure.value == figure.value.to_integral_value() and figure.value <= 12:
            for number in range(1, int(figure.value) + 1):
                found.setdefault(f"{year}-{number}", figure)
    return found


def events_document(view: View) -> Document:
    """``events/index.md``: every round that the archive or the lexicon knows of, by year, and of the missing ones how they are known."""
    own, counted = set(events_of(view)), _counted_rounds(view)
    rounds = {*own, *counted, *events()}
    for year, last in {key: max(number for one, number in map(round_key, rounds) if one == key) for key, _ in map(round_key, own)}.items():
        rounds |= {f"{year}-{number}" for number in range(1, last)}
    years: dict[int, list[Meta]] = defaultdict(list)
    for event in sorted(rounds, key=round_key, reverse=True):
        entry: Meta = {"label": event_label(event), "url": None, "day": None, "note": "", "source": None}
        known = events().get(event)
        if event in own:
            entry |= {"url": f"events/{event}/", "note": _scope(event, view)}
        elif event in counted:
            figure = counted[event]
            article = view.articles[figure.article]
            entry |= {
                "note": "报道说到举办过，所收各版没有它的数据",
                "source": {"label": article.label, "url": f"{article.url}#{figure_anchor(figure)}"},
            }
        elif known is None or known.confidence == "low" or "content/sources/" in known.source:
            entry["note"] = "据前后次序推知，所收各版没有它的数据"
        else:
            entry["note"] = "见于其他公开报道，本站未收有关版面"
        if known and known.date and known.confidence == "high":
            entry["day"] = known.date
        years[round_key(event)[0]].append(entry)
    meta: Meta = {
        "template": "events.html",
        "title": "“三个一批”活动",
        "description": "历次全省开发区“三个一批”活动：本档案有哪些数据，缺哪几次。",
        "years": [{"year": year, "events": entries} for year, entries in years.items()],
    }
    return Document("events/index.md", meta)


def _scope(event: str, view: View) -> str:
    """How much of a round is known: 7市 1篇."""
    figures = [figure for figure in view.by_event.get(event, ()) if figure.core and figure.scope is None]
    cities = {figure.subject for figure in figures if figure.subject in view.cities}
    return f"{len(cities)}个市有数据" if cities else "没有各市的数据"
