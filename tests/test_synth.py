"""The synthetic paper: like the real one in kinds, lengths and figures; the same for the same seed; and read as what it is."""

from collections import Counter
from pathlib import Path

import pytest

from build_scripts.archive import read_archive
from build_scripts.check import find_problems
from build_scripts.draft_score import score_drafts
from build_scripts.records import Archive
from build_scripts.score import score_archive
from build_scripts.synth.pages import TRUTH, render_synthetic, write_synthetic
from build_scripts.synth.paragraphs import MISPRINTED
from tests.conftest import PROJECT

SIZE = 100


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("synthetic")
    write_synthetic(PROJECT, SIZE, folder)
    return folder


@pytest.fixture(scope="module")
def archive(root: Path) -> Archive:
    return read_archive(root)


def test_a_larger_one_begins_with_the_smaller() -> None:
    small, large = (dict(render_synthetic(PROJECT, size)) for size in (30, 55))
    first = {path: content for path, content in large.items() if "0119" in path}
    assert len(first) == 4 * 3 + 1
    assert first.items() <= small.items()


@pytest.mark.parametrize("size", [1, 9, 26])
def test_it_has_as_many_articles_as_asked_for(tmp_path: Path, size: int) -> None:
    write_synthetic(PROJECT, size, tmp_path)
    assert len(read_archive(tmp_path).articles) == size


def test_every_digit_and_every_part_is_read_as_it_was_meant(root: Path) -> None:
    table, misses = score_archive(root, sorted((root / TRUTH).iterdir()))
    assert misses == []
    assert table["core figures: recall"].of > 5 * SIZE
    assert table["digit runs: label"].of > 12 * SIZE
    assert table["errata noted"].of > SIZE / 3
    assert {name for name, tally in table.items() if tally.hit != tally.of} == set()


def test_the_draft_finds_its_articles(root: Path) -> None:
    """Without indents a paragraph that begins behind a full line cannot be told; the rest can."""
    table, _ = score_drafts(root, sorted((root / TRUTH).iterdir()))
    floors = {"lines in the right article": 0.99, "titles": 0.98, "kickers": 0.98, "subtitles": 0.95, "bylines": 0.99}
    floors["section heads"] = 0.98
    assert {name: round(table[name].share, 3) for name, floor in floors.items() if table[name].share < floor} == {}


def test_its_articles_are_like_the_real_ones(archive: Archive) -> None:
    """Means of the thirty real articles, from which those of a hundred synthetic ones may differ by a quarter."""
    real = read_archive(PROJECT)
    for measure in (characters, figures, corrected, zones, authors, projects, firms):
        assert 0.75 <= measure(archive) / measure(real) <= 1.25, measure.__name__
    shares = [Counter(article.type for article in one.articles) for one in (archive, real)]
    assert all(abs(shares[0][kind] / SIZE - shares[1][kind] / len(real.articles)) < 0.05 for kind in shares[1])


def characters(archive: Archive) -> float:
    return sum(len(part.passage.text) for article in archive.articles for part in article.paragraphs) / len(archive.articles)


def figures(archive: Archive) -> float:
    return sum(len(page.figures) for page in archive.figures.values()) / len(archive.articles)


def corrected(archive: Archive) -> float:
    return sum(len(article.corrections) for article in archive.articles) / len(archive.articles)


def zones(archive: Archive) -> float:
    return sum(len(article.zones) for article in archive.articles) / len(archive.articles)


def authors(archive: Archive) -> float:
    return sum(len(article.authors) for article in archive.articles) / len(archive.articles)


def projects(archive: Archive) -> float:
    return sum(len(project.articles) for project in archive.ledger.projects) / len(archive.articles)


def firms(archive: Archive) -> float:
    return sum(len(firm.articles) for firm in archive.ledger.companies) / len(archive.articles)


def test_it_is_set_in_both_kinds_of_page(root: Path) -> None:
    longest = [max(map(len, path.read_text("utf-8").split("\n"))) for path in sorted(root.glob("content/sources/*/*.txt"))[:4]]
    assert max(longest[:2]) < 40
    assert min(longest[2:]) > 100


def test_nothing_is_wrong_with_it(root: Path) -> None:
    assert find_problems(root) == ()


def test_what_does_not_add_up_is_found(archive: Archive) -> None:
    assert 0 < MISPRINTED < 0.1
    states = Counter(check.state for check in archive.checks)
    assert states["holds"] > 10 * states["fails"]
