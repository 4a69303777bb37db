"""Files of the old site that the new one has too: they get a second name there instead of being made again.

What a file was made of and what came out are known by their hashes; to read 20,000 of each only to find that nothing has changed would
take longer than all that has. So a file that still has the size, the times and the number that it had is not read again, as git takes a
file of a working tree to be what it was. Where any of them differs, its bytes decide.
"""

# ruff: noqa: PTH102, PTH103, PTH108, PTH114, PTH120, PTH123

# Of 20,000 files pathlib would cost more than the work.

import hashlib
import os
import stat
import time
from collections.abc import Iterable, Mapping
from io import FileIO

import msgspec

RACY = 20_000_000
"""Nanoseconds. File systems count time in ticks of up to 10 ms: a file changed so lately may change again without its times telling."""

Stamp = str
"""Size, times and number of a file; empty where they cannot tell whether it changes."""


class Kept(msgspec.Struct, frozen=True, array_like=True):
    """A file of the site: what it was made of, and what came out."""

    source: Stamp
    """Empty for what is made every time."""
    content: str = ""
    """SHA-256 of what a page was made of; empty for what is copied as it is."""
    digest: str = ""
    """SHA-256 of the page's HTML."""
    stamp: Stamp = ""
    """The file itself, as it stood when the build had ended."""


Record = Mapping[str, Kept]
"""Path below the site → what the last build says of it."""


class Memory(msgspec.Struct, frozen=True, array_like=True):
    """What a build leaves for the next one."""

    record: dict[str, Kept] = {}
    places: dict[str, tuple[str, int]] = {}
    """What MkDocs says of each source, see :mod:`build_scripts.mkdocs_files`."""


def stamp_of(path: str) -> Stamp:
    """The stamp of the file at ``path``, none where it is not there, no plain file, or has only just been changed."""
    try:
        found = os.lstat(path)
    except OSError:
        return ""
    if not stat.S_ISREG(found.st_mode) or time.time_ns() - max(found.st_ctime_ns, found.st_mtime_ns) < RACY:
        return ""
    return stamp_in(found)


def stamp_in(found: os.stat_result) -> Stamp:
    """The stamp of a plain file, to be compared with one that :func:`stamp_of` gave."""
    return f"{found.st_size}:{found.st_mtime_ns}:{found.st_ctime_ns}:{found.st_ino}:{found.st_dev}"


def stamped(record: Record, site: str, *, every: bool = False) -> dict[str, Kept]:
    """``record`` with the stamps of the files below ``site``: of those that have none yet, or of ``every`` one.

    A file gets new times with every name that it wins or loses: so this comes last, when all have their names, and none keeps its stamp
    where a whole tree of names has been removed.
    """
    known = {} if every else {path: kept for path, kept in record.items() if kept.stamp}
    return {path: known.get(path) or msgspec.structs.replace(kept, stamp=stamp_of(f"{site}/{path}")) for path, kept in record.items()}


def take_over(old: str, new: str, kept: Kept) -> bool:
    """Gives the file at ``old`` a second name, if it still is what ``kept`` says; ``False``, and nothing done, where it is not."""
    try:
        if not (kept.stamp and kept.stamp == stamp_of(old)) and not (kept.digest and _digest(old) == kept.digest):
            return False
        make_folder(new)
        os.link(old, new, follow_symlinks=False)
    except OSError:  # it is gone, or the file system knows no links
        return False
    return True


def _digest(path: str) -> str:
    if os.path.islink(path):
        return ""
    with open(path, "rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


_PIECE = 1 << 20


def write_file(path: str, data: bytes) -> None:
    """Writes a file, and the folder that it lies in where that is missing."""
    make_folder(path)
    with _new(path) as file:
        file.write(data)


def copy_file(source: str, path: str, folders: set[str]) -> None:
    """Copies a file; ``folders`` are those that are known to be there.

    A second name would be cheaper. But then whoever changed a file of the site in place would change what the next build takes for its own.
    """
    folder = os.path.dirname(path)
    if folder not in folders:
        os.makedirs(folder, exist_ok=True)
        folders.add(folder)
    with open(source, "rb", buffering=0) as old, _new(path) as new:
        while data := old.read(_PIECE):
            new.write(data)


def _new(path: str) -> FileIO:
    """A file to write that no other name leads to: what stood there may be a file of the old site, which stays as it is."""
    try:
        return open(path, "xb", buffering=0)
    except FileExistsError:
        os.unlink(path)
        return open(path, "xb", buffering=0)


def make_folder(path: str) -> None:
    """Makes the folder that ``path`` lies in. Mostly only the last is missing."""
    folder = os.path.dirname(path)
    try:
        os.mkdir(folder)
    except FileExistsError:
        pass
    except FileNotFoundError:
        os.makedirs(folder, exist_ok=True)


def hash_parts(parts: Iterable[bytes]) -> str:
    """SHA-256 of ``parts``, each with its length."""
    digest = hashlib.sha256()
    for part in parts:
        digest.update(len(part).to_bytes(8, "big"))
        digest.update(part)
    return digest.hexdigest()
