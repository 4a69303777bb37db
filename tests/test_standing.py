"""A run is left out only where it would change nothing."""

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from build_scripts import cli, standing
from build_scripts.build import build_archive
from build_scripts.standing import Standing

MakeArchive = Callable[..., Path]


@pytest.fixture
def built(make_archive: MakeArchive) -> Path:
    """An archive with its pages and what passes for a site."""
    root = make_archive()
    (root / "content/notes.md").write_text("手记\n", "utf-8")
    build_archive(root)
    (root / "site/issues").mkdir(parents=True)
    (root / "site/issues/index.html").write_text("<p>", "utf-8")
    Standing(root, root / "site", []).remember()
    return root


def current(root: Path, *options: str, site: str = "site") -> bool:
    return Standing(root, root / site, options).is_current()


def test_nothing_changed(built: Path) -> None:
    assert current(built)
    assert current(built)


CHANGED = [
    "content/sources/2024-after-0819/D1.txt",
    "content/sources/2024-after-0819/D1.yml",
    "content/sources/2024-after-0819/issue.yml",
    "content/notes.md",
    "content/index.md",
    "content/issues/2024-after-0819/datong.md",
    ".build/data/articles.json",
    ".build/search/manifest.json",
    ".build/build.json",
    "site/issues/index.html",
]


@pytest.mark.parametrize("path", CHANGED)
def test_a_changed_file(built: Path, path: str) -> None:
    data = (built / path).read_bytes()
    (built / path).write_bytes(bytes([data[0] ^ 1]) + data[1:])
    assert not current(built)


@pytest.mark.parametrize("path", CHANGED)
def test_a_file_that_is_gone(built: Path, path: str) -> None:
    (built / path).unlink()
    assert not current(built)


@pytest.mark.parametrize(
    "path",
    [
        "content/new.md",
        "content/redirects.yml",
        "content/sources/2024-1/D1.txt",
        "content/issues/new.md",
        ".build/data/new.csv",
        "site/new.html",
        "tests/gold/x.json",
    ],
)
def test_a_new_file(built: Path, path: str) -> None:
    (built / path).parent.mkdir(parents=True, exist_ok=True)
    (built / path).write_text("x")
    assert not current(built)


def test_a_folder_that_is_gone(built: Path) -> None:
    shutil.rmtree(built / "site")
    assert not current(built)


def test_a_link_in_the_place_of_a_file(built: Path) -> None:
    page = built / "site/issues/index.html"
    page.rename(built / "elsewhere")
    page.symlink_to(built / "elsewhere")
    assert not current(built)


def test_other_options_and_another_site(built: Path) -> None:
    assert not current(built, "https://example.org/")
    shutil.copytree(built / "site", built / "other")
    assert not current(built, site="other")


def test_a_time_that_was_put_back(built: Path) -> None:
    page = built / "site/issues/index.html"
    state = page.stat()
    page.write_text("<b>", "utf-8")
    os.utime(page, ns=(state.st_atime_ns, state.st_mtime_ns))
    assert not current(built)


def test_a_broken_memory_is_none(built: Path) -> None:
    for path in (built / ".build/cache/standing").rglob("*"):
        if path.is_file():
            path.write_bytes(b"\0" * 64)
    assert not current(built)


def test_a_source_that_was_changed_during_the_run_is_read_by_the_next(built: Path) -> None:
    page = built / "content/sources/2024-after-0819/D1.txt"
    standing = Standing(built, built / "site", [])
    page.write_text(page.read_text("utf-8").replace("47", "48"), "utf-8")
    standing.remember()
    assert not current(built)


def test_a_page_that_the_run_itself_has_changed_is_no_reason_to_run_again(built: Path) -> None:
    (built / "content/index.md").unlink()
    standing = Standing(built, built / "site", [])
    build_archive(built)
    standing.remember()
    assert current(built)


@pytest.mark.xdist_group("site")
def test_the_second_run_of_a_command_does_nothing(make_archive: MakeArchive, monkeypatch: pytest.MonkeyPatch) -> None:
    root = make_archive()
    assert CliRunner().invoke(cli.main, ["site", "--root", str(root)]).exit_code == 0
    with monkeypatch.context() as patch:
        patch.setattr(cli, "build_archive", None)
        result = CliRunner().invoke(cli.main, ["site", "--root", str(root)])
        assert (result.exit_code, "nothing has changed" in result.output) == (0, True)
        assert CliRunner().invoke(cli.main, ["site", "--root", str(root), "--figures-only"]).exit_code == 1
    assert CliRunner().invoke(cli.main, ["site", "--root", str(root), "--figures-only"]).exit_code == 0


def test_where_a_source_has_changed_nobody_looks_at_what_was_written(built: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    page = built / "content/sources/2024-after-0819/D1.txt"
    page.write_text(page.read_text("utf-8") + "补\n", "utf-8")

    def refuse(folder: Path) -> list[str]:
        raise AssertionError(folder)

    monkeypatch.setattr(standing, "_stand", refuse)
    assert not current(built)
