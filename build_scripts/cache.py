"""What a build keeps for the next one: bytes under the hash of everything they are made of, a file each below ``.build/cache/``.

Nothing here is needed: a build without it makes the same. Nothing is trusted: an entry that is cut short, changed or filed under another
key is taken for none and made again, and what is read back is plain data that runs nothing.
"""

import contextlib
import hashlib
import json
import os
import tempfile
from pathlib import Path
from types import TracebackType

RUNS = 3
"""What none of the last so many builds asked for is dropped: the folder holds what these needed, whatever came before them."""

_SEAL = 32
_LAST_RUNS = "runs.json"


class Cache:
    """A folder of entries. Used as a context, it forgets at its end what has not been asked for lately."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._used: set[str] = set()

    def get(self, key: bytes) -> bytes | None:
        """What was put under ``key``, ``None`` where there is nothing that is whole."""
        try:
            with self._path(key.hex()).open("rb") as file:
                seal, value = file.read(_SEAL), file.read()
        except OSError:
            return None
        if seal != _seal(key, value):
            return None
        self._used.add(key.hex())
        return value

    def has(self, key: bytes) -> bool:
        """Whether something lies under ``key``; only :meth:`get` sees whether it is whole."""
        self.keep(key)
        return self._path(key.hex()).is_file()

    def put(self, key: bytes, value: bytes) -> None:
        """Keeps ``value``, as far as the disk lets it: a full one ends no build here."""
        path = self._path(key.hex())
        self._used.add(key.hex())
        with contextlib.suppress(OSError):
            path.parent.mkdir(parents=True, exist_ok=True)
            _write_whole(path, _seal(key, value), value)

    def keep(self, key: bytes) -> None:
        """Asks for an entry without reading it: what is kept now may be wanted in a later build."""
        self._used.add(key.hex())

    def __enter__(self) -> "Cache":
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None) -> None:
        if error is None:
            with contextlib.suppress(OSError):
                self._forget()

    def _forget(self) -> None:
        """Drops every file that none of the last :data:`RUNS` builds has used, and whatever else lies in the folder."""
        if not self.folder.is_dir():
            return
        runs = [sorted(self._used), *(run for run in self._read_runs() if set(run) != self._used)][:RUNS]
        _write_whole(self.folder / _LAST_RUNS, (json.dumps(runs) + "\n").encode())
        kept = {f"{self.folder}/{key[:2]}/{key}" for run in runs for key in run}
        kept.add(f"{self.folder}/{_LAST_RUNS}")
        for place, folders, names in os.walk(self.folder, topdown=False):
            for path in (Path(place, name) for name in names if f"{place}/{name}" not in kept):
                path.unlink()
            for path in (Path(place, name) for name in folders):
                if path.is_symlink():
                    path.unlink()
                elif not any(path.iterdir()):
                    path.rmdir()

    def _read_runs(self) -> list[list[str]]:
        try:
            runs = json.loads((self.folder / _LAST_RUNS).read_bytes())
            return [[bytes.fromhex(key).hex() for key in run] for run in runs]
        except (OSError, ValueError, TypeError):
            return []

    def _path(self, name: str) -> Path:
        return self.folder / name[:2] / name


def _seal(key: bytes, value: bytes) -> bytes:
    digest = hashlib.sha256(key)
    digest.update(value)
    return digest.digest()


def _write_whole(path: Path, *parts: bytes) -> None:
    """The file is there whole or not at all, also where two processes write the same entry."""
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=".writing-")
    try:
        with os.fdopen(handle, "wb") as file:
            file.writelines(parts)
        Path(temporary).replace(path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
