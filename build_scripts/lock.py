"""One writer at a time: a lock that ends with the process that holds it, however that ends.

The system keeps the lock (POSIX ``lockf``), not the file: a file that a killed run left behind blocks nobody. ``lockf`` and not ``flock``:
the worker processes of a build inherit a ``flock``, and orphaned ones would hold it after their parent was killed.
"""

import fcntl
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from build_scripts.errors import OutputError

_held: set[Path] = set()
"""What this process holds: it may ask again, as a build inside ``archive site`` does."""


def _silent(holder: str) -> None:
    pass


@contextmanager
def locked(path: Path, waiting: Callable[[str], None] = _silent) -> Iterator[None]:
    """Holds the lock file ``path``, and waits for it where another process does; ``waiting`` is told first, with that process's number.

    Raises :class:`~build_scripts.errors.OutputError` where the file cannot be made or the file system keeps no locks.
    """
    place = Path(os.path.abspath(path))  # noqa: PTH100 (the file may be a link to nothing; it is opened as it stands)
    if place in _held:
        # A process that closes any handle of the file gives up its lock: an inner call must not open it.
        yield
        return
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        file = place.open("a+", encoding="ascii")
    except OSError as error:
        raise OutputError(path, 0, f"cannot be written ({error.strerror})", "a folder that can be written") from error
    with file:
        try:
            _acquire(file.fileno(), place, waiting)
        except OSError as error:
            raise OutputError(path, 0, f"cannot be locked ({error.strerror})", "a file system that keeps locks") from error
        _held.add(place)
        try:
            yield
        finally:
            _held.discard(place)


def _acquire(handle: int, place: Path, waiting: Callable[[str], None]) -> None:
    try:
        fcntl.lockf(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except (BlockingIOError, PermissionError):  # EAGAIN or EACCES, as the system likes
        waiting(place.read_text("ascii", errors="replace").strip() or "?")
        fcntl.lockf(handle, fcntl.LOCK_EX)
    os.ftruncate(handle, 0)
    os.write(handle, f"{os.getpid()}\n".encode())
