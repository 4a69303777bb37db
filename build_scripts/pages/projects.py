"""The pages of 项目台账: overview, years, cities by year, issues, and a page of its own for what two articles or stages tell of."""

from collections import Counter
from collections.abc import Iterable, Sequence
from functools import partial
from itertools import islice

from build_scripts.pages.asked import Derived
from build_scripts.pages.document import Document, Meta
from build_scripts.pages.facts import fact_rows, group_by_time
from build_scripts.pages.later import later
from build_scripts.pages.ledger import (
    Item,
    Lists,
    Told,
    as_listed,
    entry_documents,
    list_documents,
    moved_documents,
    printed_forms,
    project_entry,
    shorten,
)
from build_scripts.pages.parts import Lists as PartLists
from build_scripts.pages.view import View
from build_scripts.projects.followup import SILENT, followed, stages_of
from build_scripts.projects.records import Project

ELSEWHERE = "shanxi"
"""The folder of projects whose city the text does not tell, among them those of 山西转型综改示范区."""

MOST_OF_ZONE = 12
"""Projects that a zone's page names: the newest; all are on the lists of its city."""

MOST_LISTED = 100
"""Projects on one page of a city's year: about 60 KB."""

MOST_OPEN = 60
"""Entries that the overview shows under a heading; the rest stands on the lists."""


def projects_documents(view: View) -> list[Document]:
    """Every page below ``projects/``."""
    projects = view.archive.ledger.projects
    by_city = view.projects_by_city
    newest = tuple(reversed(projects))
    overview: Meta = {
        "description": "《科学导报·开发区建设专刊》报道的每个有名称的项目：企业、所在、历次所刊投资、签约开工投产的进展、期限与出处。",
        "table": _table(by_city, view),
        "silent": _briefs(islice((project for project in newest if _is_silent(project, view)), MOST_OPEN), view),
        "pairs": _pairs(projects, view)[:MOST_OPEN],
        "followed": _briefs(islice((project for project in newest if project.promoted), MOST_OPEN), view),
    }

    def year_meta(year: int, _: Sequence[Item]) -> Meta:
        counts = Counter({city: len(listed) for (city, one), listed in by_city.items() if one == year})
        return {
            "cities": [{**_city(city, view), "url": _city_url(city, year, view), "count": counts[city]} for city in _order(counts, view)]
        }

    def entry_of(item: Item) -> Meta:
        assert isinstance(item, Project)
        return project_entry(item, view)

    documents = list_documents(Lists("projects", projects, entry_of, overview, year_meta), view)
    for (city, year), own in by_city.items():
        documents += _city_documents(city, year, own, view)
    for project in projects:
        if project.promoted:
            documents += _project_documents(project, view)
    return documents + moved_documents("projects", view)


def _order(cities: Counter[str | None], view: View) -> list[str | None]:
    """The eleven in their usual order, what has no city last."""
    return [city for city in (*view.cities, None) if cities[city]]


def _city(city: str | None, view: View) -> Meta:
    return {"label": city or "市未写明"}


def city_years(city: str, view: View) -> list[Meta]:
    """The lists of a city's projects, the newest year first."""
    years = sorted((year for name, year in view.projects_by_city if name == city), reverse=True)
    return [{"label": f"{year}年", "url": _city_url(city, year, view), "count": len(view.projects_by_city[city, year])} for year in years]


def zone_projects(zone: str, view: View) -> Meta:
    """How many projects lie in a zone, and the newest of them."""
    own = view.projects_by_zone.get(zone, [])
    return {"count": len(own), "newest": [{"name": project.name, "url": project.url} for project in own[:MOST_OF_ZONE]]}


def _city_url(city: str | None, year: int, view: View) -> str:
    return f"projects/{view.cities[city].slug if city else ELSEWHERE}/{year}/"


def _table(by_city: dict[tuple[str | None, int], list[Project]], view: View) -> Meta:
    """Cities × years: how many projects were first reported, with the address of their list."""
    years = sorted({year for _, year in by_city}, reverse=True)
    rows = [
        {
            **_city(city, view),
            "cells": [
                {"count": len(by_city[city, year]), "url": _city_url(city, year, view)} if (city, year) in by_city else None
                for year in years
            ],
        }
        for city in (*view.cities, None)
    ]
    return {"years": [f"{year}年" for year in years], "rows": rows}


def _brief(entry: Meta) -> Meta:
    """An entry on a list that leads to it."""
    return {key: entry[key] for key in ("name", "city", "zone", "companies", "investments", "stages", "deadlines")} | {
        "url": entry["own"] or entry["anchor"]
    }


def _briefs(projects: Iterable[Project], view: View) -> list[Meta]:
    return [_brief(shorten(project_entry(project, view))) for project in projects]


def _is_silent(project: Project, view: View) -> bool:
    """Whether a deadline of the project has passed and nothing more is heard of it."""
    return any(one.state == SILENT for one in followed(project, view.passed, view.time_of))


def _pairs(projects: Sequence[Project], view: View) -> list[Meta]:
    """Pairs that may be one project, each once, the newest first."""
    found: list[Meta] = []
    for project in reversed(projects):
        for other in project.possible:
            if project.id > other.id:
                two = sorted((project, view.projects[other.id]), key=lambda one: one.id)
                found.append({"projects": [{"name": one.name, "url": one.url} for one in two], "reason": other.reason})
    return found


def _city_documents(city: str | None, year: int, projects: Sequence[Project], view: View) -> list[Document]:
    """``projects/<city>/<year>.md``, and further pages below it where there are many: the first holds what was reported first, so that what
    is added later only touches the last.
    """
    slug = view.cities[city].slug if city else ELSEWHERE
    title = f"{city}{year}年的项目" if city else f"{year}年市未写明的项目"
    shared: Meta = {
        "template": "ledger_city.html",
        "description": f"{year}年所收各期首次报道的项目，{city or '市未写明'}。",
        "up": [{"label": "项目台账", "url": "projects/"}, {"label": f"{year}年", "url": f"projects/{year}/"}],
        "city": view.city_link(city) if city else None,
    }
    pages = [projects[at : at + MOST_LISTED] for at in range(0, len(projects), MOST_LISTED)]
    addresses = [f"projects/{slug}/{year}" + (f"/{number}" if number > 1 else "") for number in range(1, len(pages) + 1)]
    links = [{"label": f"第{number}页", "url": f"{address}/"} for number, address in enumerate(addresses, 1)]

    def make(at: int, meta: Meta, listed: Sequence[Derived]) -> Document:
        return Document(f"{addresses[at]}.md", {**meta, "entries": [_brief(project_entry(one.of(view), view)) for one in listed]})

    documents = []
    for at, own in enumerate(pages):
        meta: Meta = {
            **shared,
            "title": f"{title}：第{at + 1}页" if at else title,
            "url": f"{addresses[at]}/",
            "part": {"label": links[at]["label"], "name": title, "url": links[0]["url"]} if at else None,
            "pages": links if not at and len(links) > 1 else [],
            "count": len(own),
            "previous": links[at - 1] if at else None,
            "next": links[at + 1] if at + 1 < len(links) else None,
        }
        listed = tuple(Derived(project, as_listed) for project in own)
        documents.append(later(view, f"{addresses[at]}.md", (meta, listed), partial(make, at, meta, listed)))
    return documents


def _project_documents(project: Project, view: View) -> list[Document]:
    """``projects/<id>.md``: stage by stage, sum by sum, with every printed place."""
    path = f"projects/{project.id}.md"
    return entry_documents(project, path, sum(len(one.figures) for one in project.mentions), lambda: _told(project, path, view), view)


def _told(project: Project, path: str, view: View) -> Told:
    home = view.issues[project.home]
    meta: Meta = {
        "template": "project.html",
        "title": project.name,
        "url": project.url,
        "up": [{"label": "项目台账", "url": "projects/"}, {"label": f"{home.year}年", "url": f"projects/{home.year}/"}],
    }
    description = f"{project.name}：《科学导报·开发区建设专刊》历次报道的投资、进展、期限与出处。"

    def first() -> Meta:
        return {
            **project_entry(project, view),
            "anchor": {"label": f"{home.label}的项目", "url": f"projects/{home.id}/#{project.id}"},
            "aliases": list(project.aliases),
            "quotes": [stage.quote if view.full_text else None for _, stage in stages_of(project, view.time_of)],
            "mentions": printed_forms([(mention.printed, mention) for mention in project.mentions], view),
        }

    lists: PartLists = {
        "links": [view.articles[article] for article in project.articles],
        "named": [],
        "figures": [view.figures_by_id[figure] for mention in project.mentions for figure in dict.fromkeys(mention.figures)],
    }

    def render(shown: PartLists) -> Meta:
        facts = fact_rows(shown["figures"], view)
        return {"facts": group_by_time(facts), "fact_count": len(facts), "links": view.links(shown["links"])}

    return Told(Document(path, meta), lists, description, render, first)
