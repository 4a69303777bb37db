"""Changes as one: a build that is killed, or that finds the disk full, leaves the archive as it was or complete."""

import random
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from build_scripts.build import build_archive
from build_scripts.errors import OutputError
from build_scripts.lock import locked
from build_scripts.site import build_site
from build_scripts.transaction import PENDING, commit, is_pending, recover, stage
from build_scripts.write import archive_lock
from tests.conftest import LAYOUT, PROJECT, TEXT
from tests.crash import Point, run_archive

MakeArchive = Callable[..., Path]
BUILD = ("build", "--root", "ROOT")


def files_of(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def folders_of(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_dir()}


@pytest.fixture
def changed(make_archive: MakeArchive) -> tuple[Path, dict[str, bytes], dict[str, bytes]]:
    """An archive that was built and then changed (one article more, one gone), and its content/ before and after the next build."""
    root = make_archive()
    build_archive(root)
    shutil.rmtree(root / ".build")
    later = LAYOUT.replace("id: datong", "id: renamed").replace("slogan: 1", "label: 1")
    make_archive(layout=later)
    make_archive(text=TEXT.replace("大同", "阳泉"), issue_id="2024-after-0820")
    before = files_of(root / "content")
    new = root.with_name(f"{root.name}-new")
    shutil.copytree(root, new)
    build_archive(new)
    return root, before, files_of(new / "content")


def is_usable(root: Path, before: dict[str, bytes], after: dict[str, bytes]) -> bool:
    """Old or complete as the next command finds it, nothing else lying about."""
    with archive_lock(root):
        return files_of(root / "content") in (before, after) and not (root / "content" / PENDING).exists()


def test_a_build_killed_or_without_space_leaves_a_usable_archive(changed: tuple[Path, dict[str, bytes], dict[str, bytes]]) -> None:
    """Killed at 20 points, and out of space at 8."""
    root, before, after = changed
    [whole] = run_archive(BUILD, root)
    assert (whole.code, whole.count > 60) == (0, True)  # two names and a rename for each of some thirty files
    pick = random.Random(6)
    kills = [Point("kill", number) for number in sorted(pick.sample(range(whole.count), 20))]
    full = [Point("full", number) for number in sorted(pick.sample(range(whole.count * 2 // 3), 6))] + [
        Point("large", 1000),
        Point("large", 3000),
    ]
    half_made = 0
    for point, run in zip([*kills, *full], run_archive(BUILD, root, [*kills, *full]), strict=True):
        half_made += is_pending(run.folder / "content") or is_pending(run.folder / ".build")
        if point.how == "kill":
            assert run.code == -9
        else:
            assert (run.code, run.said.count("\n"), is_pending(run.folder / "content")) == (2, 1, False), run.said
            assert "cannot be" in run.said
            assert files_of(run.folder / "content") in (before, after)
        assert is_usable(run.folder, before, after), run.folder
        if point in kills[::5]:
            build_archive(run.folder)
            assert files_of(run.folder / "content") == after
    assert half_made > 2  # the points did fall into the renames too


def test_a_small_disk(changed: tuple[Path, dict[str, bytes], dict[str, bytes]], tmp_path: Path) -> None:
    """The real thing, where this may mount one."""
    root, before, after = changed
    disk = tmp_path.with_name(f"{tmp_path.name}-disk")
    disk.mkdir()
    if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=20m", "none", disk], capture_output=True, check=False).returncode:
        pytest.skip("only root may mount a disk")
    try:
        shutil.copytree(root, disk / "archive")
        (disk / "filler").write_bytes(bytes(shutil.disk_usage(disk).free - 40_000))
        with pytest.raises(OutputError, match="No space left"):
            build_archive(disk / "archive")
        assert files_of(disk / "archive/content") == before
        (disk / "filler").unlink()
        assert is_usable(disk / "archive", before, after)
    finally:
        subprocess.run(["umount", disk], check=True)


def test_a_site_killed_or_without_space_stays_whole(make_archive: MakeArchive) -> None:
    source = make_archive()
    arguments = ("site", "--root", "ROOT")
    [first] = run_archive(arguments, source)
    root = first.folder
    for path in (root / "content/sources/2024-after-0819").iterdir():
        path.write_bytes(path.read_bytes().replace("大同".encode(), "阳泉".encode()))
    [complete] = run_archive(arguments, root)
    before, after = files_of(root / "site"), files_of(complete.folder / "site")
    assert before != after
    # The swap lies somewhere in between: what precedes it, and what follows, hangs on how much of the old site can be used.
    kills = [Point("kill", complete.count * share // 8) for share in (1, 3, 5, 7)] + [Point("kill", complete.count - 3)]
    *killed, late, full = run_archive(arguments, root, [*kills, Point("full", complete.count // 8)])
    found = [files_of(run.folder / "site") for run in killed]
    assert {run.code for run in (*killed, late)} == {-9}
    assert all(site in (before, after) for site in found)
    assert found[0] == before
    assert files_of(late.folder / "site") == after
    assert (full.code, full.said.count("\n"), files_of(full.folder / "site") == before) == (2, 1, True), full.said
    assert not (full.folder / "site.new").exists()
    for run in (killed[1], killed[-1], full):
        build_archive(run.folder)
        build_site(run.folder, run.folder / "site")
        assert files_of(run.folder / "site") == after
        assert not (run.folder / "site.new").exists()


def test_a_change_is_made_whole_or_not_at_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    commit(tmp_path, {"a": b"1", "b/c": b"2", "d/e": b"3"}, lasting=True)
    before = files_of(tmp_path)
    replace = Path.replace

    def fail(self: Path, target: Path) -> Path:
        if target.name == "f":
            raise OSError("disk full")
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", fail)
    with pytest.raises(OutputError, match="disk full"):
        commit(tmp_path, {"a": b"9", "b/c": None, "d/e": b"8", "new/g": b"7", "new/f": b"6"})
    assert files_of(tmp_path) == before
    assert folders_of(tmp_path) == {"b", "d"}
    monkeypatch.undo()
    commit(tmp_path, {"a": b"9", "b/c": None, "new/f": b"6"})
    assert files_of(tmp_path) == {"a": b"9", "d/e": b"3", "new/f": b"6"}
    assert folders_of(tmp_path) == {"d", "new"}


def test_a_recovery_that_is_killed_itself_goes_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    commit(tmp_path, {"a": b"1", "b": b"2", "c": b"3"})
    before = files_of(tmp_path)
    unlink = Path.unlink

    def stop(self: Path, missing_ok: bool = False) -> None:
        if self.name == "journal.json":
            raise KeyboardInterrupt
        unlink(self, missing_ok=missing_ok)

    monkeypatch.setattr(Path, "unlink", stop)
    with pytest.raises(KeyboardInterrupt):
        commit(tmp_path, {"a": b"9", "b": b"8", "c": b"7", "d": b"6"})
    with pytest.raises(KeyboardInterrupt):
        recover(tmp_path)
    monkeypatch.undo()
    assert is_pending(tmp_path)
    recover(tmp_path)
    assert files_of(tmp_path) == before


def test_a_damaged_journal_is_named(tmp_path: Path) -> None:
    (tmp_path / PENDING).mkdir()
    (tmp_path / PENDING / "journal.json").write_text("{")
    with pytest.raises(OutputError, match="is damaged"):
        recover(tmp_path)


HOLD = """
import sys
from pathlib import Path
from build_scripts.lock import locked
with locked(Path(sys.argv[1])):
    print("held", flush=True)
    sys.stdin.read()
"""


def test_a_second_writer_waits_and_a_dead_one_blocks_nobody(tmp_path: Path) -> None:
    lock = tmp_path / "lock"
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(lock)], cwd=PROJECT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert holder.stdout
    assert holder.stdout.readline() == "held\n"
    told: list[str] = []

    def waiting(process: str) -> None:
        told.append(process)
        holder.kill()

    with locked(lock, waiting), locked(lock, waiting):  # the same process may ask twice
        assert told == [str(holder.pid)]
    holder.wait()
    assert lock.is_file()  # it stays, and means nothing
    with locked(lock, waiting):
        assert len(told) == 1


def test_two_builds_at_once_do_not_mix(changed: tuple[Path, dict[str, bytes], dict[str, bytes]]) -> None:
    root, _, after = changed
    command = [sys.executable, "-m", "build_scripts.cli", "build", "--root", str(root)]
    builds = [subprocess.Popen(command, cwd=PROJECT, stdout=subprocess.PIPE, stderr=subprocess.PIPE) for _ in range(2)]
    assert [build.wait() for build in builds] == [0, 0]
    assert files_of(root / "content") == after


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(old=st.none() | st.binary(max_size=9), pieces=st.lists(st.binary(max_size=4), max_size=5))
@example(old=b"abcdef", pieces=[b"abc", b"def"])
@example(old=b"abcdefg", pieces=[b"abc", b"def"])
@example(old=b"abcde", pieces=[b"abc", b"def"])
@example(old=b"abXdef", pieces=[b"abc", b"def"])
@example(old=b"", pieces=[])
def test_a_file_in_pieces_is_written_where_it_differs(tmp_path: Path, old: bytes | None, pieces: list[bytes]) -> None:
    place = tmp_path / "file"
    place.unlink(missing_ok=True)
    if old is not None:
        place.write_bytes(old)
    staged = stage(tmp_path, [("file", iter(pieces))])
    assert bool(staged.changes) == (old != b"".join(pieces))
    assert old is None or place.read_bytes() == old
    staged.apply()
    assert place.read_bytes() == b"".join(pieces)
    assert [path.name for path in tmp_path.iterdir()] == ["file"]


def test_a_file_whose_making_fails_stays(tmp_path: Path) -> None:
    def fails() -> Iterator[bytes]:
        yield b"same"
        yield b"other"
        raise RuntimeError

    (tmp_path / "file").write_bytes(b"same and more")
    with pytest.raises(RuntimeError):
        stage(tmp_path, [("file", fails())])
    assert files_of(tmp_path) == {"file": b"same and more"}
