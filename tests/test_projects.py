"""The project ledger against what readers found: ``tests/cases/projects.md`` and ``projects-unseen.md``."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from build_scripts.archive import read_archive
from build_scripts.names import find_places
from build_scripts.projects.companies import find_firms
from build_scripts.projects.names import find_projects
from build_scripts.projects.records import ProjectMention
from build_scripts.records import Archive
from tests.project_cases import Case, read_cases

ROOT = Path(__file__).parents[1]
PAGES, TABLES = read_cases("projects.md")
UNSEEN, _ = read_cases("projects-unseen.md")


@pytest.fixture(scope="module")
def archive() -> Archive:
    return read_archive(ROOT)


def mentions(archive: Archive, article: str) -> Iterator[ProjectMention]:
    return (mention for page in archive.names.values() for mention in page.projects if mention.article == article)


def test_no_project_is_named_that_is_none(archive: Archive) -> None:
    named = {(mention.article, mention.name) for page in archive.names.values() for mention in page.projects}
    expected = {(case.id, name) for case in PAGES.values() for row in case.rows for name in row.names}
    assert named - expected == set()


@pytest.mark.parametrize("case", PAGES.values(), ids=lambda case: case.id)
def test_every_project_of_the_pages_is_named(case: Case, archive: Archive) -> None:
    found = {(mention.name, mention.zone, mention.city) for mention in mentions(archive, case.id)}
    names = {name for name, _, _ in found}
    assert [row.names for row in case.rows if not row.doubtful and not names & set(row.names)] == []


@pytest.mark.parametrize("case", UNSEEN.values(), ids=lambda case: case.id)
def test_projects_and_firms_of_unseen_sentences(case: Case) -> None:
    places = find_places(case.text)
    firms = find_firms(case.text, places)
    projects = {found.name for found in find_projects(case.text, places, firms)}
    assert projects == {row.names[0] for row in case.rows}
    assert {firm.name for firm in firms} == set(case.companies)


def test_names_in_a_paragraph_do_not_overlap_and_stand_where_they_say(archive: Archive) -> None:
    for article in archive.articles:
        for block, paragraph in enumerate(article.body):
            end = 0
            for named in archive.ledger.names_in(article.id, "body", block):
                assert end <= named.start < named.end <= len(paragraph.passage.text)
                end = named.end
    text = next(article for article in archive.articles if article.id == "xinzhou-2024-3rd")
    names = archive.ledger.names_in(text.id, "body", 1)
    assert [text.body[1].passage.text[named.start : named.end] for named in names] == [
        "江苏创曦新材料科技发展有限公司新材料光伏高端智能制造基地项目",
        "原平富乔新能源有限公司生物质热电联产项目",
    ]
