"""The only module that changes files: everything is rendered first, then written, each file whole or not at all."""

import os
import shutil
import tempfile
from collections.abc import Iterable, Mapping
from pathlib import Path

OWNED = ("issues", "cities", "authors", "events")
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


def swap_folder(fresh: Path, target: Path) -> None:
    """Puts the finished folder ``fresh`` in the place of ``target``; the old one is removed only when the new one stands."""
    old = target.with_name(f"{target.name}.old")
    if old.exists():
        shutil.rmtree(old)
    if target.exists():
        target.rename(old)
    fresh.rename(target)
    if old.exists():
        shutil.rmtree(old)
