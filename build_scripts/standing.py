"""Whether everything stands as the last run left it: then there is nothing to do.

What a run reads is compared by its bytes, what it wrote by name, size and time, as git compares a working tree. To read and render
10,000 articles only to find that nothing has changed would take minutes; this takes a second.
"""

import hashlib
import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from build_scripts.cache import Cache
from build_scripts.fingerprint import content_key
from build_scripts.write import BUILD_FOLDER, OWNED

PROJECT = Path(__file__).resolve().parent.parent
_SHARED = ("theme", "tests/cases", "mkdocs.yml", "NOTICE", "content/about.md", "content/data.md", "content/search.md")
"""What of the project an archive elsewhere is built with."""
_BESIDE = ("tests/gold",)
"""What is read of an archive besides its ``content/``."""


class Standing:
    """How an archive and its site stand before a run, and whether the last run left them so."""

    def __init__(self, root: Path, target: Path, options: Iterable[str]) -> None:
        """``target`` is the site's folder; ``options`` are whatever else decides what comes out."""
        self._root, self._target = root, Path(os.path.abspath(target))  # noqa: PTH100 (a link stays a link)
        self._cache = Cache(root / BUILD_FOLDER / "cache" / "standing")
        self._key = content_key(b"standing", str(self._target).encode(), *(option.encode() for option in options))
        self._read = self._hash_read()

    def is_current(self) -> bool:
        """Whether a run would find and make what the last one did, which ended with :meth:`remember`."""
        known = self._cache.get(self._key)
        # Where a source has changed, nobody looks at what was written.
        return known is not None and known.startswith(_digest_of(self._read)) and known == self._state(self._read)

    def remember(self) -> None:
        """Says that a run has ended well.

        Where a file that it read was changed meanwhile, by anyone but the run itself, nothing is remembered: the next run reads it.
        """
        after = self._hash_read()
        changed = [path for path in self._read.keys() | after.keys() if self._read.get(path) != after.get(path)]
        if all(_is_generated(self._root / path) for path in changed):
            with self._cache:
                self._cache.put(self._key, self._state(after))

    def _state(self, read: dict[str, bytes]) -> bytes:
        digest = hashlib.sha256()
        content, built = self._root / "content", self._root / BUILD_FOLDER
        for folder in (*(content / name for name in OWNED), built / "data", built / "search", self._target):
            for line in sorted(_stand(folder)):
                digest.update(f"{line}\n".encode("utf-8", "surrogateescape"))
        for info in sorted(built.glob("*.json")):
            digest.update(info.name.encode() + _hash(info))
        return _digest_of(read) + digest.digest()

    def _hash_read(self) -> dict[str, bytes]:
        """Name → SHA-256 of every file that a run reads, the few generated pages among them that stand beside hand-written ones."""
        found: dict[str, bytes] = {}
        for base, names in ((PROJECT, _SHARED), (self._root, _BESIDE)):
            for name in names:
                found |= {f"{base}/{path.relative_to(base)}": _hash(path) for path in _files(base / name)}
        content = self._root / "content"
        for place in sorted(content.iterdir()) if content.is_dir() else []:
            if place.name not in OWNED:
                found |= {f"content/{path.relative_to(content).as_posix()}": _hash(path) for path in _files(place)}
        return found


def _digest_of(read: dict[str, bytes]) -> bytes:
    digest = hashlib.sha256()
    for path, data in sorted(read.items()):
        digest.update(f"{path}\0".encode("utf-8", "surrogateescape") + data)
    return digest.digest()


def _is_generated(path: Path) -> bool:
    """Whether the program has written the page, see :mod:`build_scripts.pages.frontmatter`."""
    return path.is_file() and path.read_bytes().startswith(b'---\ntemplate: "')


def _hash(path: Path) -> bytes:
    return hashlib.sha256(path.read_bytes()).digest()


def _files(place: Path) -> list[Path]:
    if place.is_dir():
        return [path for path in place.rglob("*") if path.is_file()]
    return [place] if place.is_file() else []


def _stand(folder: Path | str) -> Iterator[str]:
    """Name, size, time and number of everything below ``folder``."""
    try:
        entries = os.scandir(folder)
    except OSError:
        yield f"{folder} is not there"
        return
    with entries:
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                yield from _stand(entry.path)
            else:
                state = entry.stat(follow_symlinks=False)
                yield f"{entry.path}\0{state.st_mode}\0{state.st_size}\0{state.st_mtime_ns}\0{state.st_ctime_ns}\0{state.st_ino}"
