"""What a growing archive costs: a new page changes only pages of what it names, an article's page costs the same whatever else there is,
and no list grows without bound. On synthetic archives, counting work and not time.
"""

import shutil
from collections.abc import Callable, Iterator
from fnmatch import fnmatch
from pathlib import Path
from typing import Any

import pytest

from build_scripts.archive import read_archive
from build_scripts.build import build_archive, render_pages
from build_scripts.lexicon.definitions import load_definitions
from build_scripts.pages import authors, events, indicators, lists, places
from build_scripts.pages.article import article_document
from build_scripts.pages.facts import MOST_PLACES, fact_rows
from build_scripts.pages.labels import author_url
from build_scripts.pages.projects import ELSEWHERE, MOST_OF_ZONE
from build_scripts.pages.site import render_documents
from build_scripts.pages.view import View
from build_scripts.projects.followup import last_day
from build_scripts.projects.records import Company, Project
from build_scripts.records import Article
from build_scripts.site import build_site
from build_scripts.synth.pages import write_synthetic
from tests.conftest import LAYOUT, PROJECT, TEXT
from tests.site import broken_links, pages_of
from tests.work import calls

pytestmark = pytest.mark.xdist_group("growth")

SMALL, LARGE = 50, 75
"""Articles: two issues, and the same with a third."""

LISTS = ("index", "issues", "corrections", "cities", "zones", "events", "indicators", "authors", "checks", "projects", "companies", "data")
"""Pages that list the archive as a whole."""

MakeArchive = Callable[..., Path]


@pytest.fixture(scope="module")
def folders(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    found = []
    for count in (SMALL, LARGE):
        folder = tmp_path_factory.mktemp(f"synthetic-{count}")
        write_synthetic(PROJECT, count, folder)
        found.append(folder)
    return found[0], found[1]


@pytest.fixture(scope="module")
def views(folders: tuple[Path, Path]) -> tuple[View, View]:
    return View(read_archive(folders[0])), View(read_archive(folders[1]))


def names_of(article: Article, view: View) -> set[str]:
    """The folders of the pages that an article may change: those of what it names, is signed with or has figures of."""
    figures = view.figures_of(article)
    subjects = {figure.subject for figure in figures}
    cities = {*article.cities, *article.mentions.cities} | subjects
    zones = {*article.zones, *article.mentions.zones, *article.own_zones} | subjects
    defined = load_definitions()
    found = {f"cities/{city.slug}" for city in view.cities.values() if city.name in cities}
    found |= {f"zones/{zone.slug}" for zone in view.zones.values() if zone.name in zones}
    found |= {f"events/{event}" for event in {*article.mentions.events, *(figure.event for figure in figures)}}
    found |= {f"indicators/{defined[f.indicator].slug if f.indicator in defined else 'other'}" for f in figures}
    return found | {author_url(author.name).rstrip("/") for author in article.authors}


def ledger_pages(item: Project | Company, view: View) -> set[str]:
    """The folders of the pages that tell of a project or firm."""
    kind = "projects" if isinstance(item, Project) else "companies"
    found = {f"{kind}/{item.home}", f"{kind}/{item.id}"}
    if isinstance(item, Project):
        city = view.cities[item.city].slug if item.city else ELSEWHERE
        found |= {f"projects/{city}/{view.issues[item.home].year}", f"cities/{city}"}
        found |= {f"zones/{view.zones[item.zone].slug}"} if item.zone in view.zones else set()
    return found


def falls_due(project: Project, views: tuple[View, View]) -> bool:
    """Whether a deadline ends between the newest days of the two archives: then the ledger says that it has passed."""
    before, after = (view.archive.newest_day for view in views)
    ends = [last_day(deadline.due) for mention in project.mentions for deadline in mention.deadlines]
    return any(end is not None and before <= end < after for end in ends)


def test_a_new_page_changes_only_pages_of_what_it_names(views: tuple[View, View]) -> None:
    before, after = (dict(render_pages(view)) for view in views)
    old = {issue.id for issue in views[0].archive.issues}
    new = [article for article in views[1].archive.articles if article.issue not in old]
    assert len(new) == LARGE - SMALL
    named = {folder for article in new for folder in names_of(article, views[1])}
    named |= {f"issues/{article.issue}" for article in new} | {f"checks/{article.issue}" for article in new}
    years = {view.year_of(article) for view in views for article in new if article.issue in view.issues}
    named |= {f"{folder}/{year}" for folder in LISTS for year in years}
    ids = {article.id for article in new}
    checked = {part for check in views[1].archive.checks if check.article in ids for part in check.parts}
    shared = {views[1].articles[figure.article].url for figure in views[1].all_figures if figure.id in checked}
    ledger = views[1].archive.ledger
    items: tuple[Project | Company, ...] = (*ledger.projects, *ledger.companies)
    told = {item.id for item in items if ids & set(item.articles)}
    for item in items:
        if item.id in told or any(other.id in told for other in item.possible) or (isinstance(item, Project) and falls_due(item, views)):
            named |= ledger_pages(item, views[1])
            shared |= {views[1].articles[article].url for article in item.articles}  # its page may be new, and they lead to it
            if isinstance(item, Company):
                built = [project for project in ledger.projects if project.id in item.projects]
                named |= {folder for project in built for folder in ledger_pages(project, views[1])}
    neighbour = views[0].archive.issues[-1].url

    def is_named(path: str) -> bool:
        address = path.removesuffix(".md")
        own = any(address == folder or address.startswith(f"{folder}/") for folder in named)
        return own or address.removesuffix("/index") in LISTS or address + "/" in shared or path == f"{neighbour}index.md"

    changed = sorted(path for path in {*before, *after} if before.get(path) != after.get(path) and path.endswith(".md"))
    assert [path for path in changed if not is_named(path)] == []
    articles = {f"{article.url.rstrip('/')}.md" for article in views[0].archive.articles}
    assert len(articles & set(changed)) < len(articles) / 4


def test_an_article_page_costs_the_same_in_a_larger_archive(views: tuple[View, View]) -> None:
    work = []
    for view in views:
        list(render_documents(view))  # fills what is worked out once for all pages
        work.append([calls(article_document, view.articles[article.id], view) for article in views[0].archive.articles])
    assert sum(work[1]) <= 1.01 * sum(work[0])  # here and there a later issue prints again what one has printed


def leaves(value: Any) -> Iterator[list[Any]]:
    """Every list in front matter."""
    if isinstance(value, dict):
        for inner in value.values():
            yield from leaves(inner)
    elif isinstance(value, list):
        yield value
        for inner in value:
            yield from leaves(inner)


SHORT = {"articles": 4, "mentions": 4, "figures": 10, "others": 10, "rows": 5, "issues": 1}
ENTITY_PAGES = {"city.html", "zone.html", "event.html", "indicator.html", "author.html", "authors.html", "corrections.html", "issues.html"}


@pytest.fixture
def short_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    """Lists are cut where a handful of entries would make a page long."""
    for most in (places.MOST, events.MOST, indicators.MOST, authors.MOST, lists.MOST_ISSUES, lists.MOST_CORRECTIONS):
        for name in most:
            monkeypatch.setitem(most, name, SHORT[name])
    monkeypatch.setattr(authors, "MOST_NAMES", 10)
    monkeypatch.setattr(events, "MOST_REPEATED", 10)


@pytest.mark.usefixtures("short_pages")
def test_no_list_is_longer_than_a_page_has_room_for(views: tuple[View, View]) -> None:
    longest: dict[str, int] = {}  # charts have a row a city and batch at most
    for document in render_documents(View(views[1].archive)):
        meta = {key: value for key, value in document.meta.items() if key not in ("years", "letters", "zones", "aliases", "charts")}
        template = document.meta["template"]
        longest[template] = max(longest.get(template, 0), max((len(found) for found in leaves(meta)), default=0))
    bound = max(2 * max(SHORT.values()) - 1, len(views[1].cities), MOST_OF_ZONE)  # the first page shows up to two pieces
    assert {template: longest[template] for template in ENTITY_PAGES if longest[template] > bound} == {}


@pytest.mark.usefixtures("short_pages")
def test_the_parts_of_long_pages_lead_to_each_other(folders: tuple[Path, Path], tmp_path: Path) -> None:
    shutil.copytree(folders[1] / "content", tmp_path / "content")
    build_archive(tmp_path)
    build_site(tmp_path, tmp_path / "site")
    pages = pages_of(tmp_path / "site")
    second = next(address for address in sorted(pages) if fnmatch(address, "cities/*/2017/2/"))
    assert {"issues/2017/", "indicators/zong-touzi/2017/2/", "authors/letter/w/"} <= pages.keys()
    assert broken_links(tmp_path / "site", {address: page for address, page in pages.items() if address != "404.html"}) == []
    first, part = pages[second.removesuffix("2017/2/")], pages[second]
    assert [link.get("href") for link in first.xpath("//nav[@class='years']//a")][-1] == "2017/"
    assert "2017年（2）" in part.findtext(".//h1")
    assert part.xpath("//p[@class='part']/a/@href") == ["../../"]
    assert pages["issues/"].xpath("//*[@id='y2017']") != []


def test_a_fact_printed_again_and_again_shows_some_places_and_counts_the_rest(make_archive: MakeArchive) -> None:
    days = [f"{month:02}{day:02}" for month in (1, 2) for day in range(1, 7)]
    for number, day in enumerate(days):
        text, layout = TEXT.replace("打造", "打造" + "更" * number), LAYOUT.replace("datong", f"datong-{day}")
        root = make_archive(text=text, layout=layout, issue_id=f"2024-after-{day}")
    view = View(read_archive(root))
    row = next(row for row in fact_rows(view.by_indicator["总投资"], view) if row["value"] == 99.754)
    assert len(row["places"]) == MOST_PLACES
    assert row["more"] == len(days) - MOST_PLACES
