"""What a build knows of the data files that the last one wrote: which of them stand as they would be made again, and how the others begin.

A file stands if it would be made of the same and nobody has touched it since: its size, time and place on the disk say so, as they do for
git and make. It is not read, for all of them together are larger than the archive. A file that is joined from parts begins as it did as far
as the parts are those of the last time: what is added to an archive mostly stands at a file's end.
"""

import os
from collections.abc import Callable, Iterator, Sequence
from itertools import takewhile
from pathlib import Path

import msgspec

from build_scripts.cache import Cache
from build_scripts.fingerprint import content_key
from build_scripts.transaction import Grown

_Stamp = tuple[int, int, int]
_Sizes = list[tuple[str, int]]

Part = tuple[bytes, Callable[[], bytes]]
"""A part of a file: the key of everything that it is made of, and what makes it."""


class _File(msgspec.Struct, array_like=True):
    """One file as the last build left it."""

    key: str
    stamp: _Stamp
    parts: _Sizes
    """Key and size of each, where it is joined of parts."""


class KeptFiles:
    """The files below one folder, from build to build."""

    def __init__(self, cache: Cache, folder: Path) -> None:
        self._cache, self._folder = cache, str(folder)
        self._key = content_key(b"files", folder.name.encode())
        self._last = self._recall()
        self._made: dict[str, str] = {}
        self._parts: dict[str, _Sizes] = {}

    def _recall(self) -> dict[str, _File]:
        try:
            return msgspec.msgpack.decode(self._cache.get(self._key) or b"\x80", type=dict[str, _File])
        except msgspec.MsgspecError:
            return {}

    def stands(self, path: str, key: bytes) -> bool:
        """Whether the file at ``path`` is what would be made now, ``key`` being of all that it is made of. Where it does not it will be."""
        self._made[path] = key.hex()
        last = self._last.get(path)
        if last is None or last.key != key.hex() or self._stamp(path) != last.stamp:
            return False
        self._parts[path] = last.parts
        return True

    def join(self, path: str, parts: Sequence[Part]) -> Grown:
        """The file at ``path`` as the join of ``parts``: those with which the file there begins are not made."""
        last = self._last.get(path)
        before = last.parts if last is not None and self._stamp(path) == last.stamp else []
        same = [known for known, _ in takewhile(lambda pair: pair[0][0] == pair[1][0].hex(), zip(before, parts, strict=False))]
        sizes = self._parts[path] = list(same)

        def rest() -> Iterator[bytes]:
            for key, make in parts[len(same) :]:
                data = make()
                sizes.append((key.hex(), len(data)))
                yield data

        return Grown(f"{self._folder}/{path}", sum(size for _, size in same), rest())

    def keep(self) -> None:
        """Keeps all that for the next build. The files are in their places."""
        files = {
            path: _File(key, stamp, self._parts.get(path, []))
            for path, key in sorted(self._made.items())
            if (stamp := self._stamp(path)) is not None
        }
        self._cache.put(self._key, msgspec.msgpack.encode(files))

    def _stamp(self, path: str) -> _Stamp | None:
        try:
            status = os.lstat(f"{self._folder}/{path}")
        except OSError:
            return None
        return status.st_size, status.st_mtime_ns, status.st_ino
