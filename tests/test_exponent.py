"""No stage of a build costs more an article in a larger archive: counted, not timed, so that a busy machine fails nothing."""

import math
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from build_scripts import cores, related
from build_scripts.archive import read_archive
from build_scripts.build import build_archive, render_data, render_index, render_pages
from build_scripts.pages.view import View
from build_scripts.records import Archive
from build_scripts.related import find_related
from build_scripts.site import build_site
from build_scripts.synth.pages import write_synthetic
from tests.conftest import PROJECT
from tests.work import calls

SIZES = (50, 200)
MOST = 1.15
"""The exponent: 1 where four times the articles make four times the work; fixed costs keep it below."""


@pytest.fixture(scope="module")
def roots(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    found = [tmp_path_factory.mktemp(f"growth-{size}") for size in SIZES]
    for root, size in zip(found, SIZES, strict=True):
        write_synthetic(PROJECT, size, root)
    return found


@pytest.fixture(scope="module")
def archives(roots: list[Path]) -> list[Archive]:
    return [read_archive(root) for root in roots]


def exponent(small: int, large: int) -> float:
    return math.log(large / small) / math.log(SIZES[1] / SIZES[0])


def test_reading(roots: list[Path], archives: list[Archive]) -> None:
    assert exponent(*(calls(read_archive, root) for root in roots)) <= MOST


STAGES: dict[str, Callable[[Archive], object]] = {
    "related": lambda archive: find_related(archive.issues),
    "pages": lambda archive: list(render_pages(View(archive))),
    "data and search": lambda archive: list(render_data(view := View(archive), partial(render_index, view))),
}


@pytest.mark.parametrize("name", STAGES)
def test_stage(archives: list[Archive], name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(related, "_RECENT", 4)  # reached in a small archive too: below a bound, work grows faster than articles
    STAGES[name](archives[0])  # lexicons and templates are loaded once
    assert exponent(*(calls(STAGES[name], archive) for archive in archives)) <= MOST


@pytest.mark.xdist_group("site")
def test_the_site(roots: list[Path], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cores, "count_cores", lambda: 1)
    for root in roots:
        build_archive(root)
    build_site(roots[0], roots[0] / "first")  # templates are compiled once
    assert exponent(*(calls(build_site, root, root / "site") for root in roots)) <= MOST


def test_the_pages_of_an_article_do_not_grow(archives: list[Archive]) -> None:
    """The oldest articles are the same in both archives; all that a larger one adds to their pages are checks against later issues."""
    small, large = (dict(render_pages(View(archive))) for archive in archives)
    first = archives[0].issues[0]
    paths = [f"issues/{first.id}/{article.id}.md" for article in first.articles]
    assert 0.99 <= sum(len(large[path] or b"") for path in paths) / sum(len(small[path] or b"") for path in paths) <= 1.01
