"""The first page: the latest figures of whole subjects, and what the archive can know to be missing."""

from collections.abc import Callable
from pathlib import Path

import pytest

from build_scripts.archive import read_archive
from build_scripts.pages.home import LATEST, MAIN, find_gaps, home_document, latest_facts
from build_scripts.pages.view import View
from tests.conftest import ISSUE, LAYOUT, PROJECT, TEXT

MakeArchive = Callable[..., Path]


@pytest.fixture(scope="module")
def view() -> View:
    return View(read_archive(PROJECT))


def test_the_latest_figures_are_of_whole_subjects_and_lead_to_their_print(view: View) -> None:
    rows = latest_facts(view)
    assert len(rows) == LATEST
    assert all(row["subject_type"] in ("province", "city") and row["scope"] is None for row in rows)
    assert {row["indicator"] for row in rows} <= set(MAIN)
    assert len({(row["subject"], row["indicator"]) for row in rows}) == LATEST
    issues = [view.articles[row["places"][0]["url"].split("/")[2]].issue for row in rows]
    order = [issue.id for issue in reversed(view.archive.issues)]
    assert [order.index(issue) for issue in issues] == sorted(order.index(issue) for issue in issues)


def test_counts_are_the_archive_s(view: View) -> None:
    counts = home_document(view).meta["counts"]
    assert (counts["issues"], counts["pages"], counts["articles"]) == (5, 5, 30)
    assert counts["figures"] == len(view.all_figures)


def test_numbers_below_the_highest_known_one_are_missing(view: View) -> None:
    assert find_gaps(view) == [{"year": 2024, "newest": 14, "missing": "1–9、11–13", "unnumbered": 3}]


def test_years_without_a_number_have_no_known_gaps(make_archive: MakeArchive) -> None:
    assert find_gaps(View(read_archive(make_archive()))) == []


def test_the_first_numbers_of_a_year_leave_no_gap(make_archive: MakeArchive, tmp_path: Path) -> None:
    for number in (1, 2):
        make_archive(
            text=TEXT.replace("47 个", f"{40 + number} 个"),
            layout=LAYOUT.replace("id: datong", f"id: datong-{number}"),
            issue=ISSUE + f"number: {number}\n",
            issue_id=f"2024-{number:02}",
        )
    assert find_gaps(View(read_archive(tmp_path))) == []
