"""The only module that changes files: everything is rendered first, then written, each file whole or not at all."""

import os
import shutil
import tempfile
from collections.abc import Iterable, Mapping
from pathlib import Path

from build_scripts.errors import OutputError

SITE_MARK = ".kfq-archive-site"
"""An empty file that says a folder was built by this program and may be replaced by it."""

OWNED = ("issues", "cities", "authors", "events", "checks")
"""Folders of ``content/`` that belong to the program: what it did not render there is taken away."""


def differences(folder: Path, files: Mapping[str, bytes], owned: Iterable[str] = OWNED) -> list[str]:
    """What would change if ``files`` (path → bytes) were written to ``folder``: ``changed a``, ``missing b``, ``left over c``."""
    found = []
    for path, data in sorted(files.items()):
        target = folder / path
        if not target.is_file():
            found.append(f"missing {path}")
        elif target.read_bytes() != data:
            found.append(f"changed {path}")
    return found + [f"left over {path}" for path in _left_over(folder, files, owned)]


def write_files(folder: Path, files: Mapping[str, bytes], owned: Iterable[str] = OWNED) -> int:
    """Makes ``folder`` hold ``files``; returns how many were written or removed.

    Only files whose bytes change are touched. Each is written beside its place and renamed over it, so that a reader or a killed
    run finds the old one or the new one, never half of either.
    """
    check_targets(folder, files, owned)
    try:
        return _write(folder, files, owned)
    except OSError as error:
        raise OutputError(error.filename or folder, 0, f"cannot be written ({error.strerror or error})") from error


def check_targets(folder: Path, files: Mapping[str, bytes], owned: Iterable[str]) -> None:
    """Raises before anything is written where a folder stands in the place of a file, a file in that of a folder, or a link in either's."""
    for path in files:
        if (folder / path).is_dir():
            raise OutputError(folder / path, 0, "is a folder", "a file, or nothing, here")
    for parent in {parent for path in files for parent in Path(path).parents} | {Path(name) for name in owned}:
        place = folder / parent
        if place.exists() and not place.is_dir():
            raise OutputError(place, 0, "is a file", "a folder, or nothing, here")
        if parent != Path() and place.is_symlink():
            raise OutputError(place, 0, "is a link", "a folder of the archive itself")


def _write(folder: Path, files: Mapping[str, bytes], owned: Iterable[str]) -> int:
    count = 0
    for path, data in sorted(files.items()):
        target = folder / path
        if target.is_file() and target.read_bytes() == data:
            continue
        target.parent.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(dir=target.parent, prefix=".writing-")
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(data)
            Path(temporary).chmod(0o644)
            Path(temporary).replace(target)
        except BaseException:
            Path(temporary).unlink(missing_ok=True)
            raise
        count += 1
    for path in _left_over(folder, files, owned):
        target = folder / path
        target.unlink()
        for parent in target.parents:
            if parent == folder or any(parent.iterdir()):
                break
            parent.rmdir()
        count += 1
    return count


def _left_over(folder: Path, files: Mapping[str, bytes], owned: Iterable[str]) -> list[str]:
    found = []
    for name in owned:
        if (folder / name).is_dir():
            found += [path.relative_to(folder).as_posix() for path in (folder / name).rglob("*") if path.is_file()]
    return sorted(set(found) - set(files))


def check_site_folder(root: Path, target: Path) -> None:
    """Raises where building a site into ``target`` would destroy something that is not a site of ours.

    A site is replaced as a whole, so its folder must be new, empty, or carry the mark of an earlier build.
    """
    place, base = target.resolve(), root.resolve()
    kept = [base / "content", base / ".build"]
    if target.is_symlink() or base.is_relative_to(place) or any(place.is_relative_to(one) for one in kept):
        raise OutputError(target, 0, "cannot hold the site", "a folder of its own, outside content/")
    if target.exists() and not target.is_dir():
        raise OutputError(target, 0, "is no folder", "a folder of its own for the site")
    if target.is_dir() and any(target.iterdir()) and not (target / SITE_MARK).is_file():
        raise OutputError(target, 0, "holds files that are not of an earlier site", "a new or empty folder")


def swap_folder(fresh: Path, target: Path) -> None:
    """Puts the finished folder ``fresh`` in the place of ``target``; the old one is removed only when the new one stands."""
    (fresh / SITE_MARK).touch()
    old = target.with_name(f"{target.name}.old")
    if old.exists():
        shutil.rmtree(old)
    if target.exists():
        target.rename(old)
    fresh.rename(target)
    if old.exists():
        shutil.rmtree(old)
