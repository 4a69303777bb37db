"""What a build knows of the data files that the last one wrote: which of them stand as they would be made again.

A file stands if it would be made of the same and nobody has touched it since: its size, time and place on the disk say so, as they do for
git and make. It is not read, for all of them together are larger than the archive.
"""

from pathlib import Path

import msgspec

from build_scripts.cache import Cache
from build_scripts.fingerprint import content_key

_Stamp = tuple[int, int, int]


class KeptFiles:
    """The files below one folder, from build to build."""

    def __init__(self, cache: Cache, folder: Path) -> None:
        self._cache, self._folder = cache, folder
        self._key = content_key(b"data files")
        self._last = self._recall()
        self._made: dict[str, str] = {}

    def _recall(self) -> dict[str, tuple[str, _Stamp]]:
        try:
            return msgspec.json.decode(self._cache.get(self._key) or b"{}", type=dict[str, tuple[str, _Stamp]])
        except msgspec.MsgspecError:
            return {}

    def stands(self, path: str, key: bytes) -> bool:
        """Whether the file at ``path`` is what would be made now, ``key`` being of all that it is made of. Where it does not it will be."""
        self._made[path] = key.hex()
        stamp = _stamp(self._folder / path)
        return stamp is not None and self._last.get(path) == (key.hex(), stamp)

    def keep(self) -> None:
        """Keeps all that for the next build. The files are in their places."""
        stamps = ((path, key, _stamp(self._folder / path)) for path, key in sorted(self._made.items()))
        self._cache.put(self._key, msgspec.json.encode({path: (key, stamp) for path, key, stamp in stamps if stamp}))


def _stamp(path: Path) -> _Stamp | None:
    try:
        status = path.lstat()
    except OSError:
        return None
    return status.st_size, status.st_mtime_ns, status.st_ino
