"""The pages of 项目台账 and 企业, read back from the built site: what they show is what the data says, and every address holds."""

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urljoin

import pytest

from build_scripts.archive import read_archive
from build_scripts.build import build_archive
from build_scripts.pages.companies import companies_documents
from build_scripts.pages.document import Document
from build_scripts.pages.ledger import as_listed, project_entry
from build_scripts.pages.projects import ELSEWHERE, projects_documents
from build_scripts.pages.view import View
from build_scripts.synth.pages import write_synthetic
from tests.conftest import PROJECT
from tests.site import Element

pytestmark = pytest.mark.xdist_group("site")

Rows = list[dict[str, Any]]


@pytest.fixture(scope="module")
def projects(real_site: Path) -> Rows:
    rows: Rows = json.loads((real_site / "data/projects.json").read_text("utf-8"))
    return rows


@pytest.fixture(scope="module")
def companies(real_site: Path) -> Rows:
    rows: Rows = json.loads((real_site / "data/entities.json").read_text("utf-8"))["companies"]
    return rows


def entry_of(row: dict[str, Any], pages: dict[str, Element], kind: str) -> Element:
    """The element that shows a row: its own page, or its entry on an issue's list."""
    page, _, anchor = row["url"].partition("#")
    return pages[page].get_element_by_id(anchor) if anchor else pages[page].xpath("//main")[0]


def words(element: Element) -> str:
    return " ".join(element.text_content().split())


def test_every_project_stands_at_its_address_with_what_the_data_says(pages: dict[str, Element], projects: Rows) -> None:
    assert len(projects) > 80
    for row in projects:
        text = words(entry_of(row, pages, "projects"))
        assert row["name"] in text
        for one in row["investments"]:
            assert f"第{one['line']}行" in text
            assert f"{one['value']:g}" in text
        for one in row["stages"]:
            assert one["batch"] in text
        for one in row["deadlines"]:
            assert one["what"] in text
            assert one["state"] in text
        for name in row["companies"]:
            assert name in text
        assert (row["zone"] or "") in text


def test_every_firm_stands_at_its_address(pages: dict[str, Element], companies: Rows) -> None:
    assert len(companies) > 70
    for row in companies:
        text = words(entry_of(row, pages, "companies"))
        for form in (row["name"], *row["aliases"]):
            assert form in text


@pytest.mark.parametrize("kind", ["projects", "companies"])
def test_the_list_keeps_the_anchor_of_what_has_its_own_page(kind: str, pages: dict[str, Element], projects: Rows, companies: Rows) -> None:
    own = [row for row in {"projects": projects, "companies": companies}[kind] if "#" not in row["url"]]
    assert own
    for row in own:
        page = f"{kind}/{row['id'].split('.')[0]}/"
        entry = pages[page].get_element_by_id(row["id"])
        links = {unquote(urljoin(f"http://s/{page}", a.get("href"))).removeprefix("http://s/") for a in entry.iter("a")}
        assert row["url"] in links


def test_a_city_s_projects_of_a_year_are_on_its_list_and_counted(pages: dict[str, Element], projects: Rows) -> None:
    slugs = {city.name: city.slug for city in View(read_archive(PROJECT)).cities.values()}
    table = pages["projects/"].xpath("//table[contains(@class, 'ledger__table')]")[0]
    for city in {row["city"] for row in projects}:
        own = [row for row in projects if row["city"] == city]
        page = f"projects/{slugs[city] if city else ELSEWHERE}/2024/"
        named = [words(a) for a in pages[page].xpath("//ul[contains(@class, 'ledger')]/li/a")]
        assert named == [row["name"] for row in own]
        (line,) = [tr for tr in table.iter("tr") if tr.find("th").text == (city or "市未写明")]
        assert words(line.find("td")) == str(len(own))


def test_what_is_silent_and_what_may_be_one_is_on_the_overview(pages: dict[str, Element], projects: Rows) -> None:
    page = pages["projects/"]
    silent = [row["name"] for row in projects if any(one["state"] == "未见后续报道" for one in row["deadlines"])]
    shown = page.xpath("//section[@aria-labelledby='silent']//ul[@class='ledger']/li/a")
    assert sorted(words(a) for a in shown) == sorted(silent) == ["锂电产业园制造基地项目"]
    pairs = {frozenset((row["id"], other["id"])) for row in projects for other in row["possibly_same"]}
    assert len(page.xpath("//section[@aria-labelledby='pairs']//li")) == len(pairs) == 3


def test_an_unknown_sum_is_said_to_be_unknown_and_never_zero(pages: dict[str, Element], projects: Rows) -> None:
    (row,) = [row for row in projects if row["name"] == "锂电产业园制造基地项目"]
    assert row["total_investment"] is None
    assert "所收各版没有印出总投资" in words(pages[row["url"]])
    assert not any(row["total_investment"] == 0 for row in projects)


def test_without_full_text_no_clause_is_quoted(tmp_path: Path) -> None:
    view = View(read_archive(PROJECT), full_text=False)
    documents = [document for document in projects_documents(view) if document.meta["template"] == "project.html"]
    assert documents
    assert all(quote is None for document in documents for quote in document.meta["quotes"])


def test_a_hostile_name_is_text(make_archive: Callable[..., Path]) -> None:
    layout = "page: D1\nfurniture: []\narticles:\n- {id: a, type: news, title: 1, body: [2]}\n"
    root = make_archive("新荣经开区\n总投资3亿元的“<b>{{ x }}</b>&amp;”瑞光检测设备研发制造项目开工。\n", layout)
    build_archive(root)
    text = (root / "content/projects/2024-after-0819.md").read_text("utf-8")
    assert "<b>" not in text.partition("---\n")[2].partition("---\n")[2]  # in the data it is quoted, in the body it is not at all


def _sizes(documents: list[Document]) -> dict[str, int]:
    return {
        document.path: sum(len(document.meta.get(key) or ()) for key in ("entries", "issues", "followed", "silent", "pairs"))
        for document in documents
    }


def test_no_list_grows_with_the_archive(tmp_path: Path) -> None:
    """Four times the articles: the longest list of an issue is as long, the overview is bounded."""
    longest = []
    for number in (40, 160):
        root = tmp_path / str(number)
        write_synthetic(PROJECT, number, root)
        view = View(read_archive(root))
        documents = [*projects_documents(view), *companies_documents(view)]
        assert len({document.path for document in documents}) == len(documents)
        sizes = _sizes(documents)
        longest.append(
            max(
                size
                for path, size in sizes.items()
                if path.count("/") == 1 and path.split("/")[1][:4].isdigit() and len(path.split("/")[1]) > 8
            )
        )
        assert sizes["projects/index.md"] <= 200
    assert longest[1] <= 2 * longest[0]


def test_a_later_report_leaves_the_lists_of_what_has_a_page_of_its_own() -> None:
    view = View(read_archive(PROJECT))
    last = view.archive.issues[-1].articles[-1].id
    projects = [project for project in view.archive.ledger.projects if project.promoted]
    companies = [company for company in view.archive.ledger.companies if company.promoted]
    assert projects
    assert companies
    for project in projects:
        again = replace(project.mentions[0], article=last)
        later = replace(project, mentions=(*project.mentions, again), articles=(*project.articles, last))
        if view.articles[last].issue != project.home:
            assert as_listed(later, view) == as_listed(project, view)
        assert project_entry(later, view) != project_entry(project, view) or last in project.articles
    for company in companies:
        named = replace(company.mentions[0], article=last, name=f"{company.name}集团")
        grown = replace(company, mentions=(*company.mentions, named), articles=(*company.articles, last), aliases=(named.name,))
        if view.articles[last].issue != company.home:
            assert as_listed(grown, view) == as_listed(company, view)


def test_a_list_proposes_only_what_was_reported_before() -> None:
    view = View(read_archive(PROJECT))
    for project in view.archive.ledger.projects:
        listed = {one["url"] for one in project_entry(as_listed(project, view), view)["possible"]}
        earlier = {
            view.projects[one.id].url
            for one in project.possible
            if view.issues[view.projects[one.id].home].sort_key <= view.issues[project.home].sort_key
        }
        assert listed == (set() if project.promoted else earlier)


def test_a_project_whose_city_a_later_issue_tells_stays_on_its_list_and_stands_on_the_city_s_too() -> None:
    """So that no list of an earlier year changes: every later page of it would move on by one."""
    archive = read_archive(PROJECT)
    view = View(archive)
    newest = archive.issues[-1]
    project = next(one for one in archive.ledger.projects if one.city and one.home != newest.id and len(one.mentions) == 1)
    told = replace(project.mentions[0], article=newest.articles[0].id)
    changed = replace(project, mentions=(replace(project.mentions[0], city=None), told))
    ledger = replace(archive.ledger, projects=tuple(changed if one is project else one for one in archive.ledger.projects))
    before, after = view.projects_by_city, View(replace(archive, ledger=ledger)).projects_by_city
    untold, city = (None, view.issues[project.home].year), (project.city, newest.year)
    assert [one for one in after[untold] if one is not changed] == before.get(untold, [])
    assert changed in after[untold]
    assert [one for one in after[city] if one is not changed] == [one for one in before[city] if one is not project]
    assert after[city].index(changed) > max(at for at, one in enumerate(after[city]) if one.home != newest.id and one is not changed)
