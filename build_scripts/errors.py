"""What can be wrong with the input, said in one line: file, line, what was found, what was expected."""

from collections.abc import Callable, Iterable
from pathlib import Path
from types import TracebackType
from typing import TypeVar

MOST = 300
"""Characters of what was found that a message repeats: a message is one line for a reader, whatever the input holds."""


class ArchiveError(Exception):
    """Input that the archive refuses.

    The message reads ``path:line: found; expected …``: one line, so that an editor's tools can jump to it.
    ``line`` counts from 1; 0 means the file as a whole.
    """

    def __init__(self, path: Path | str, line: int, found: str, expected: str = "") -> None:
        self.path = str(path)
        self.line = line
        self.also: tuple[ArchiveError, ...] = ()
        """What else is wrong with the same input. A command that stops says the first thing only; ``archive check`` says all."""
        place = f"{self.path}:{line}" if line else self.path
        if len(found) > MOST:
            found = f"{found[:MOST]}…"
        self.found, self.expected = (" ".join(text.split()) for text in (found, expected))
        super().__init__(" ".join(f"{place}: {found}{f'; expected {expected}' if expected else ''}".split()))

    def __reduce__(self) -> tuple[object, ...]:
        """How it goes from one process to another: an exception is made again of its message alone, which is not what this one takes."""
        return type(self), (self.path, self.line, self.found, self.expected), {"also": self.also}


class SourceError(ArchiveError):
    """A raw page that is not readable text."""


class LayoutError(ArchiveError):
    """A layout, issue or redirect file that breaks its rules."""


class OutputError(ArchiveError):
    """A place that cannot be written, or must not be."""


_T = TypeVar("_T")
_Item = TypeVar("_Item")


class Gathered:
    """Errors of readings that do not depend on one another: an editor hears of all of them, not of the first only.

    Used as a context it keeps what is raised in it; :meth:`raise_all` raises the first with the others in ``also``.
    """

    def __init__(self) -> None:
        self.errors: list[ArchiveError] = []

    def __enter__(self) -> None:
        pass

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None) -> bool:
        if isinstance(error, ArchiveError):
            self.errors += [error, *error.also]
            return True
        return False

    def each(self, read: Callable[[_Item], _T], items: Iterable[_Item]) -> tuple[_T, ...]:
        """What ``read`` makes of each item; those that it refuses are left out."""
        found: list[_T] = []
        for item in items:
            with self:
                found.append(read(item))
        return tuple(found)

    def raise_all(self) -> None:
        """Raises the first error, if there was any."""
        if self.errors:
            first, *others = self.errors
            first.also = tuple(others)
            raise first
