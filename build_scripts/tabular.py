"""Rows → JSON and CSV text, each row once: the files for the whole archive, an issue or a city are joined from the same lines."""

import csv
import io
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from build_scripts.rows import Row

FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
"""A cell that begins with one of these is run as a formula by spreadsheet programs, the full-width forms included."""

BOM = b"\xef\xbb\xbf"
"""Spreadsheet programs need it to see that a file is UTF-8."""

JOIN = "；"
"""Between the items of a list that stands in one cell."""


@dataclass(frozen=True, slots=True)
class Lines:
    """The rows of one table as the bytes of their lines: half as large as the rows."""

    name: str
    columns: tuple[str, ...]
    json: Sequence[bytes]
    csv: Sequence[bytes]

    def to_json(self, keep: Iterable[int] | None = None) -> bytes:
        """A JSON array of the rows, or of those whose indexes are given."""
        lines = self.json if keep is None else [self.json[at] for at in keep]
        return b"[\n" + b",\n".join(lines) + b"\n]\n" if lines else b"[\n]\n"

    def to_csv(self, keep: Iterable[int] | None = None) -> bytes:
        """The same as CSV with a header."""
        lines = self.csv if keep is None else [self.csv[at] for at in keep]
        return BOM + (",".join(self.columns) + "\r\n").encode() + b"".join(lines)


@dataclass(frozen=True, slots=True)
class Rows:
    """The rows of one table, as they stand in JSON, and as cells. ``columns`` are the CSV file's."""

    name: str
    columns: tuple[str, ...]
    rows: Sequence[Row]
    cells: Sequence[Row]

    def lines(self) -> Lines:
        """One line of JSON a row: a change of one row changes one line, and C code writes it. And one record of CSV, ended with CRLF as
        RFC 4180 says; a text cell may itself hold line breaks."""
        record = io.StringIO(newline="")
        writer = csv.writer(record, lineterminator="\r\n")
        records = []
        for row in self.cells:
            writer.writerow([defuse(row[column]) for column in self.columns])
            records.append(record.getvalue().encode())
            record.seek(0)
            record.truncate()
        return Lines(self.name, self.columns, [json.dumps(row, ensure_ascii=False).encode() for row in self.rows], records)


def joined(value: Any) -> Any:
    """A list as one cell, its items joined; anything else as it is."""
    return JOIN.join(str(item) for item in value) if isinstance(value, list | tuple) else value


def defuse(value: Any) -> Any:
    """A text that a spreadsheet program would run, with an apostrophe before it; anything else as it is.

    >>> defuse("=1+1"), defuse(-5)
    ("'=1+1", -5)
    """
    return f"'{value}" if isinstance(value, str) and value.lstrip(" ").startswith(FORMULA_SIGNS) else value
