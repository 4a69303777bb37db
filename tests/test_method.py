"""The pages that say how figures are read and how right they are: measured by the build, with every case that the tests run."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from build_scripts.archive import read_archive
from build_scripts.build import build_archive, check_archive
from build_scripts.casefiles import read_case_file
from build_scripts.errors import ArchiveError
from build_scripts.pages.frontmatter import read_front_matter
from build_scripts.pages.method import CASE_FILES, MEASURES, accuracy_document, case_documents
from build_scripts.score import score_archive
from tests.conftest import PROJECT

MakeArchive = Callable[..., Path]
CASES = PROJECT / "tests/cases"


def test_every_measure_is_named_and_counted_as_score_counts_it() -> None:
    document = accuracy_document(PROJECT)
    assert document is not None
    table, _ = score_archive(PROJECT, sorted((PROJECT / "tests/gold").glob("*.json")))
    assert document.meta["reviewed"] == [
        {"name": MEASURES[name], "hit": table[name].hit, "of": table[name].of} for name in MEASURES if name in table
    ]
    assert len(document.meta["reviewed"]) == len(table)
    assert document.meta["fragments"] == 40
    assert {row["name"] for row in document.meta["unseen"]} >= {"日期", "数值和单位", MEASURES["core figures: recall"]}


def test_the_committed_page_is_measured_and_not_typed(tmp_path: Path) -> None:
    """A figure changed by hand is a difference that `make check` reports."""
    for folder in ("content", "tests/gold"):
        shutil.copytree(PROJECT / folder, tmp_path / folder)
    assert check_archive(tmp_path) == []
    page = tmp_path / "content/about/accuracy.md"
    page.write_text(page.read_text("utf-8").replace("hit: ", "hit: 1", 1).replace('"hit": ', '"hit": 1', 1), "utf-8")
    assert check_archive(tmp_path) == ["changed about/accuracy.md"]


def test_an_archive_without_annotated_pages_measures_nothing(make_archive: MakeArchive) -> None:
    root = make_archive()
    build_archive(root)
    assert accuracy_document(root) is None
    assert not (root / "content/about").exists()
    assert len(read_archive(root).articles) == 1


def test_every_case_about_figures_is_shown() -> None:
    assert {f"{name}.md" for name in CASE_FILES} == {path.name for path in CASES.glob("figures-*.md")}
    index, *pages = case_documents(CASES)
    assert [row["count"] for row in index.meta["files"]] == [len(page.meta["cases"]) for page in pages]
    for name, page in zip(CASE_FILES, pages, strict=True):
        text = (CASES / f"{name}.md").read_text("utf-8")
        assert [case["id"] for case in page.meta["cases"]] == [
            line.removeprefix("### ").removesuffix(" [known failure]") for line in text.split("\n") if line.startswith("### ")
        ]
        for case in page.meta["cases"]:
            assert all(len(row) == len(case["columns"]) for row in case["rows"]), case["id"]


def test_a_case_that_is_written_otherwise_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "figures-x.md"
    path.write_text("# 题\n\n### one\nNo text and no table.\n", "utf-8")
    with pytest.raises(ArchiveError, match="the case one is written otherwise; expected a reason, a text and a table"):
        read_case_file(path)


def test_nothing_expected_is_no_table(tmp_path: Path) -> None:
    path = tmp_path / "figures-x.md"
    path.write_text("# 题\n\n### one [known failure]\n理由。\n\n```\n甲\n乙\n```\n\n（无）\n", "utf-8")
    title, (case,) = read_case_file(path)
    assert (title, case.id, case.text, case.columns, case.rows, case.known_failure) == ("题", "one", "甲\n乙", (), [], True)


def test_the_committed_page_reads_back() -> None:
    text = (PROJECT / "content/about/accuracy.md").read_text("utf-8")
    meta = read_front_matter(text.removeprefix("---\n").partition("\n---\n")[0])
    document = accuracy_document(PROJECT)
    assert document is not None
    assert meta == document.meta
