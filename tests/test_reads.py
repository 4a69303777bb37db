"""What was read of an issue is the same from the cache, from another process and from its files."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from build_scripts import archive, cores, reads
from build_scripts.archive import SOURCES, read_archive
from build_scripts.cache import Cache
from build_scripts.errors import ArchiveError
from build_scripts.reads import read_ahead, recall_issues
from build_scripts.records import Archive
from tests.conftest import LAYOUT, PROJECT, TEXT

MakeArchive = Callable[..., Path]


def kept(root: Path, folder: Path) -> Archive:
    with Cache(folder) as cache:
        return read_archive(root, read_ahead(root, cache).read)


@pytest.fixture
def no_reading(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """From its call on, reading anything of a page is an error."""

    def forbid() -> None:
        def fail(*arguments: object, **options: object) -> None:
            raise AssertionError(arguments)

        for name in ("read_articles", "read_figures", "read_layout"):
            monkeypatch.setattr(archive, name, fail)

    return forbid


def test_the_real_archive_is_the_same_when_it_was_kept(tmp_path: Path, no_reading: Callable[[], None]) -> None:
    fresh = read_archive(PROJECT)
    assert kept(PROJECT, tmp_path) == fresh
    no_reading()
    assert kept(PROJECT, tmp_path) == fresh


def test_it_does_not_matter_where_the_archive_lies(tmp_path: Path, make_archive: MakeArchive, no_reading: Callable[[], None]) -> None:
    root = make_archive()
    kept(root, tmp_path / "cache")
    shutil.copytree(root / "content", tmp_path / "elsewhere" / "content")
    no_reading()
    assert kept(tmp_path / "elsewhere", tmp_path / "cache").issues[0].pages[0].layout.path.is_relative_to(tmp_path / "elsewhere")


def test_what_issues_say_by_themselves_is_recalled(tmp_path: Path) -> None:
    cache = Cache(tmp_path)
    ahead = read_ahead(PROJECT, cache)
    assert recall_issues(PROJECT, cache, ahead.keys) is None, "nothing is kept before it is read"
    whole = read_archive(PROJECT, ahead.read)
    recalled = recall_issues(PROJECT, cache, ahead.keys)
    assert recalled is not None
    assert (recalled.issues, recalled.figures) == (whole.issues, whole.figures)


def test_all_cores_read_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reads, "ALONE", 0)
    monkeypatch.setattr(cores, "count_cores", lambda: 2)
    assert kept(PROJECT, tmp_path) == read_archive(PROJECT)


@pytest.mark.parametrize(
    ("name", "before", "after"),
    [("D1.txt", "99.754", "99.755"), ("D1.yml", "type: brief", "type: news"), ("issue.yml", "2024-08-19", "2024-08-20")],
)
def test_a_change_is_read(tmp_path: Path, make_archive: MakeArchive, name: str, before: str, after: str) -> None:
    root = make_archive()
    old = kept(root, tmp_path / "cache")
    path = root / SOURCES / "2024-after-0819" / name
    path.write_text(path.read_text("utf-8").replace(before, after), "utf-8")
    new = kept(root, tmp_path / "cache")
    assert new != old
    assert new == read_archive(root)


def test_a_broken_entry_is_read_again(tmp_path: Path, make_archive: MakeArchive) -> None:
    root = make_archive()
    fresh = kept(root, tmp_path / "cache")
    for path in (tmp_path / "cache").rglob("*"):
        if path.is_file():
            path.write_bytes(path.read_bytes()[:-3])
    assert kept(root, tmp_path / "cache") == fresh


@pytest.mark.parametrize("value", [b"", b"{}", b"null", b'{"issue": 1}', b"\xff", b'{"issue": {"id": "x"}, "figures": {}}'])
def test_what_is_no_issue_is_read_again(tmp_path: Path, make_archive: MakeArchive, value: bytes) -> None:
    root = make_archive()
    fresh = kept(root, tmp_path / "cache")
    for path in (tmp_path / "cache").rglob("*"):
        if path.is_file() and path.name != "runs.json":
            Cache(tmp_path / "cache").put(bytes.fromhex(path.name), value)
    assert kept(root, tmp_path / "cache") == fresh


@pytest.mark.parametrize("work", [0, 100_000])
def test_what_is_wrong_is_said_as_without_a_cache(
    tmp_path: Path, make_archive: MakeArchive, monkeypatch: pytest.MonkeyPatch, work: int
) -> None:
    monkeypatch.setattr(reads, "ALONE", work)
    make_archive()
    root = make_archive(
        text=TEXT.replace("99", "98"), layout=LAYOUT.replace("title: 3", "title: 33").replace("datong", "b"), issue_id="2024-after-0820"
    )
    with pytest.raises(ArchiveError) as plain:
        read_archive(root)
    for _ in range(2):
        with pytest.raises(ArchiveError) as quick:
            kept(root, tmp_path / "cache")
        assert (str(quick.value), [str(error) for error in quick.value.also]) == (
            str(plain.value),
            [str(error) for error in plain.value.also],
        )
