"""Writing: only what changed, whole or not at all, and nothing of the editor's is taken away."""

from pathlib import Path

import pytest

from build_scripts.errors import OutputError
from build_scripts.exchange import exchange
from build_scripts.write import SITE_MARK, check_site_folder, differences, fresh_folder, swap_folder, write_files


def test_only_changes_are_written(tmp_path: Path) -> None:
    files = {"issues/a.md": b"1", "index.md": b"2"}
    assert write_files(tmp_path, files.items()) == 2
    before = {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*.md")}
    assert write_files(tmp_path, files.items()) == 0
    assert {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*.md")} == before
    assert differences(tmp_path, files.items()) == []


def test_what_is_left_over_goes_and_what_is_not_ours_stays(tmp_path: Path) -> None:
    for name in ("issues/old/gone.md", "sources/2024-1/D1.txt", "about.md"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("x")
    assert differences(tmp_path, {"issues/new.md": b"1"}.items()) == ["missing issues/new.md", "left over issues/old/gone.md"]
    write_files(tmp_path, {"issues/new.md": b"1"}.items())
    assert sorted(path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*") if path.is_file()) == [
        "about.md",
        "issues/new.md",
        "sources/2024-1/D1.txt",
    ]
    assert not (tmp_path / "issues/old").exists()


def test_a_failed_write_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_files(tmp_path, {"a.md": b"old"}.items())

    def fail(self: Path, target: Path) -> None:
        raise OSError("disk full")

    monkeypatch.setattr(Path, "replace", fail)
    with pytest.raises(OutputError, match="disk full"):
        write_files(tmp_path, {"a.md": b"new"}.items())
    assert {path.name: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()} == {"a.md": b"old"}


@pytest.mark.parametrize("can_exchange", [True, False])
def test_swap(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, can_exchange: bool) -> None:
    if not can_exchange:
        monkeypatch.setattr("build_scripts.write.exchange", lambda one, other: False)
    for name in ("1", "2"):
        fresh = fresh_folder(tmp_path / "site")
        (fresh / name).write_text("x")
        swap_folder(fresh, tmp_path / "site")
        assert sorted(path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*") if path.is_file()) == [
            f"site/{SITE_MARK}",
            f"site/{name}",
        ]


def test_a_kill_between_the_two_renames_is_mended(tmp_path: Path) -> None:
    (tmp_path / "archive/content").mkdir(parents=True)
    fresh = fresh_folder(tmp_path / "site")
    fresh.rename(tmp_path / "site.old")
    fresh_folder(tmp_path / "site")
    check_site_folder(tmp_path / "archive", tmp_path / "site")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["archive", "site", "site.new"]


@pytest.mark.parametrize("name", ["site", "site.new", "site.old"])
def test_folders_that_are_not_ours_stay(tmp_path: Path, name: str) -> None:
    (tmp_path / "archive/content").mkdir(parents=True)
    (tmp_path / name).mkdir()
    (tmp_path / name / "thesis").write_text("x")
    with pytest.raises(OutputError, match="not of an earlier site"):
        check_site_folder(tmp_path / "archive", tmp_path / "site")


def test_what_cannot_be_exchanged_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        exchange(tmp_path / "a", tmp_path / "b")
