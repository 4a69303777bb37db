"""What a build writes: everything is rendered first, then ``content/`` changes as one, and the site is replaced as one.

Files are changed here, in :mod:`build_scripts.transaction` beneath, and nowhere else.
"""

import os
import shutil
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from build_scripts.errors import OutputError
from build_scripts.exchange import exchange
from build_scripts.lock import locked
from build_scripts.transaction import Content, Staged, is_pending, recover, stage

BUILD_FOLDER = ".build"
"""What a build leaves for MkDocs, beside ``content/``; never committed."""

SITE_MARK = ".kfq-archive-site"
"""An empty file that says a folder was built by this program and may be replaced by it."""

OWNED = ("authors", "checks", "cities", "companies", "corrections", "events", "indicators", "issues", "projects", "zones")
"""Folders of ``content/`` that belong to the program: what it did not render there is taken away."""


@contextmanager
def archive_lock(root: Path, waiting: Callable[[str], None] = lambda holder: None) -> Iterator[None]:
    """Holds the archive below ``root`` for one writer, and first takes back what a killed one left half made.

    ``waiting`` is told the number of the process that this one waits for. A process that holds the lock may ask for it again.
    """
    if not (root / "content").is_dir():  # no archive: reading it will say so, and no lock is left behind
        yield
        return
    with locked(root / BUILD_FOLDER / "lock", waiting):
        for folder in (root / "content", root / BUILD_FOLDER):
            recover(folder)
        yield


def needs_recovery(root: Path) -> bool:
    """Whether a killed run left a change half made below ``root``."""
    return any(is_pending(folder) for folder in (root / "content", root / BUILD_FOLDER))


def differences(folder: Path, files: Iterable[tuple[str, bytes | None]], owned: Iterable[str] = OWNED) -> list[str]:
    """What would change if ``files`` (path → bytes) were written to ``folder``: ``changed a``, ``missing b``, ``left over c``."""
    found, seen = [], set()
    for path, data in files:
        seen.add(path)
        target = folder / path
        if not target.is_file():
            found.append(f"missing {path}")
        elif data is not None and target.read_bytes() != data:
            found.append(f"changed {path}")
    return sorted(found, key=lambda line: line.split(" ", 1)[1]) + [f"left over {path}" for path in _left_over(folder, seen, owned)]


def write_files(folder: Path, files: Iterable[tuple[str, Content | None]], owned: Iterable[str] = OWNED) -> int:
    """Makes ``folder`` hold ``files``; returns how many were written or removed. See :func:`stage_files`."""
    staged = stage_files(folder, files, owned)
    staged.apply()
    return len(staged.changes)


def stage_files(folder: Path, files: Iterable[tuple[str, Content | None]], owned: Iterable[str] = OWNED) -> Staged:
    """Prepares that ``folder`` hold ``files`` and, in its ``owned`` folders, nothing else; ``None`` for a file that stands there already.

    Only files whose bytes change are touched, and all of them or none: see :mod:`build_scripts.transaction`. The caller holds the
    archive's lock (:func:`archive_lock`).
    """
    _check_folders(folder, owned)
    return stage(folder, _changes(folder, files, owned))


def _changes(folder: Path, files: Iterable[tuple[str, Content | None]], owned: Iterable[str]) -> Iterator[tuple[str, Content | None]]:
    seen: set[str] = set()
    parents: set[str] = set()
    for path, content in files:
        seen.add(path)
        if content is not None:
            _check_target(folder, path, parents)
            yield path, content
    for path in _left_over(folder, seen, owned):
        yield path, None


def _check_target(folder: Path, path: str, checked: set[str]) -> None:
    """Raises where a folder stands in the place of a file, a file in that of a folder, or a link in either's."""
    if (folder / path).is_dir():
        raise OutputError(folder / path, 0, "is a folder", "a file, or nothing, here")
    parent = path
    while parent and (parent := parent.rpartition("/")[0]) not in checked:
        _check_folders(folder, [parent or "."])
        checked.add(parent)


def _check_folders(folder: Path, names: Iterable[str]) -> None:
    for name in names:
        place = folder / name
        if place.exists() and not place.is_dir():
            raise OutputError(place, 0, "is a file", "a folder, or nothing, here")
        if name != "." and place.is_symlink():
            raise OutputError(place, 0, "is a link", "a folder of the archive itself")


def _left_over(folder: Path, files: Collection[str], owned: Iterable[str]) -> list[str]:
    return sorted({f"{owner}/{path}" for owner in owned for path in files_in(folder / owner)}.difference(files))


def files_in(folder: Path) -> list[str]:
    """Every file below ``folder`` by its path there, sorted; none where it is no folder. Of 30,000, pathlib would take a second."""
    found: list[str] = []
    for place, _, names in os.walk(folder):
        base = Path(place).relative_to(folder).as_posix()
        before = "" if base == "." else f"{base}/"
        found += [f"{before}{name}" for name in names if os.path.isfile(f"{place}/{name}")]  # noqa: PTH113
    return sorted(found)


def check_site_folder(root: Path, target: Path) -> None:
    """Raises where building a site into ``target`` would destroy something that is not a site of ours.

    A site is replaced as a whole, so its folder must be new, empty, or carry the mark of an earlier build; so must the folders beside it
    that the build needs. Puts the old site back where a run was killed between the two renames of :func:`swap_folder`.
    """
    place, base = target.resolve(), root.resolve()
    kept = [base / "content", base / BUILD_FOLDER]
    if target.is_symlink() or base.is_relative_to(place) or any(place.is_relative_to(one) for one in kept):
        raise OutputError(target, 0, "cannot hold the site", "a folder of its own, outside content/")
    for folder in (target, *_beside(target)):
        if folder.is_symlink() or (folder.exists() and not folder.is_dir()):
            raise OutputError(folder, 0, "is no folder", "a folder of its own for the site")
        if folder.is_dir() and any(folder.iterdir()) and not (folder / SITE_MARK).is_file():
            raise OutputError(folder, 0, "holds files that are not of an earlier site", "a new or empty folder")
    _, old = _beside(target)
    if old.is_dir() and not target.exists():
        old.rename(target)


def _beside(target: Path) -> tuple[Path, Path]:
    """Where a site is made, and where the old one waits until the new one stands."""
    return target.with_name(f"{target.name}.new"), target.with_name(f"{target.name}.old")


def fresh_folder(target: Path, spare: Path | None = None) -> Path:
    """A folder beside ``target`` to make a site in, marked as ours: MkDocs leaves files alone whose name begins with a dot.

    It is empty, or the tree that lay in ``spare``, or that a killed build has left: see :mod:`build_scripts.spare`.
    """
    fresh, _ = _beside(target)
    fresh.parent.mkdir(parents=True, exist_ok=True)
    if spare is not None and _is_ours(spare):
        shutil.rmtree(fresh, ignore_errors=True)
        with suppress(OSError):  # it lies on another disk
            spare.rename(fresh)
    if spare is None or not _is_ours(fresh):
        shutil.rmtree(fresh, ignore_errors=True)
        fresh.mkdir()
        (fresh / SITE_MARK).touch()
    return fresh


def _is_ours(folder: Path) -> bool:
    mark = folder / SITE_MARK
    return folder.is_dir() and not folder.is_symlink() and mark.is_file() and not mark.is_symlink()


def swap_folder(fresh: Path, target: Path, spare: Path | None = None) -> bool:
    """Puts the finished folder ``fresh`` in the place of ``target``. The old one goes only when the new one stands.

    It goes to ``spare`` where one is named and lies on the same disk; returns whether it did.

    Linux and macOS exchange the two in one step. Elsewhere it takes two renames; :func:`check_site_folder` mends a kill between them.
    """
    _, old = _beside(target)
    if target.exists() and not exchange(fresh, target):
        shutil.rmtree(old, ignore_errors=True)
        target.rename(old)
    if not target.exists():
        fresh.rename(target)
    kept = spare is not None and any(put_away(folder, spare) for folder in (fresh, old))
    for folder in (fresh, old):
        shutil.rmtree(folder, ignore_errors=True)
    return kept


def put_away(folder: Path, spare: Path) -> bool:
    """Moves a tree that a site was made in, or was to be, to ``spare``; returns whether that is possible."""
    if not _is_ours(folder):
        return False
    with suppress(OSError):  # it lies on another disk
        if spare.is_symlink() or not spare.is_dir():
            spare.unlink(missing_ok=True)
        shutil.rmtree(spare, ignore_errors=True)
        spare.parent.mkdir(parents=True, exist_ok=True)
        folder.rename(spare)
        return True
    return False
