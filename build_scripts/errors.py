"""What can be wrong with the input, said in one line: file, line, what was found, what was expected."""

from pathlib import Path

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
        place = f"{self.path}:{line}" if line else self.path
        if len(found) > MOST:
            found = f"{found[:MOST]}…"
        super().__init__(" ".join(f"{place}: {found}{f'; expected {expected}' if expected else ''}".split()))


class SourceError(ArchiveError):
    """A raw page that is not readable text."""


class LayoutError(ArchiveError):
    """A layout, issue or redirect file that breaks its rules."""


class OutputError(ArchiveError):
    """A place that cannot be written, or must not be."""
