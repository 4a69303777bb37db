"""Tables that are edited by hand: comma-separated values, read row by row and checked."""

import csv
import re
from collections.abc import Iterator
from io import StringIO
from pathlib import Path

from build_scripts.errors import ArchiveError

SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
"""The last part of an address: lower-case words joined by hyphens."""


class Table:
    """The rows of one file, with the checks that all files share. A fault is named with file and line."""

    def __init__(self, path: Path, columns: tuple[str, ...]) -> None:
        self.path, self.columns, self.line = path, columns, 0
        self._seen: dict[tuple[str, str], int] = {}

    def __iter__(self) -> Iterator[dict[str, str]]:
        try:
            text = self.path.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise ArchiveError(self.path, 0, f"cannot be read ({error})", "a table as UTF-8 text") from error
        reader = csv.reader(StringIO(text, newline=""), strict=True)
        try:
            for number, cells in enumerate(reader):
                self.line = reader.line_num
                if not number:
                    self.need(tuple(cells) == self.columns, f"has the columns {','.join(cells)}", ",".join(self.columns))
                    continue
                self.need(len(cells) == len(self.columns), f"has {len(cells)} cells", f"{len(self.columns)}")
                self.need(all(cell == cell.strip() for cell in cells), "has white space round a cell", "none")
                yield dict(zip(self.columns, cells, strict=True))
        except csv.Error as error:
            raise ArchiveError(self.path, reader.line_num, f"is no table: {error}", "comma-separated values") from error

    def need(self, condition: bool, found: str, expected: str) -> None:
        """Raises :class:`ArchiveError` for the row at hand unless ``condition`` holds."""
        if not condition:
            raise ArchiveError(self.path, self.line, found, expected)

    def once(self, what: str, value: str) -> None:
        """Raises where ``value`` stands in the file a second time."""
        first = self._seen.setdefault((what, value), self.line)
        self.need(first == self.line, f"the {what} {value!r} stands twice", f"it once (first on line {first})")
