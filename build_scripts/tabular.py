"""Rows → lines of JSON and of CSV, each row once: the files for the whole archive, an issue or a city are joined from the same lines."""

import csv
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from operator import itemgetter
from typing import Any

import msgspec

from build_scripts.rows import Row

FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
"""A cell that begins with one of these is run as a formula by spreadsheet programs, the full-width forms included."""

BOM = b"\xef\xbb\xbf"
"""Spreadsheet programs need it to see that a file is UTF-8."""

JOIN = "；"
"""Between the items of a list that stands in one cell."""

JSON_OPENS, JSON_JOINS, JSON_CLOSES = b"[\n", b",\n", b"\n]\n"
"""Round and between the lines of an array: a change of one row changes one line."""

_SUSPECT = frozenset((*FORMULA_SIGNS, " "))

encode_json = msgspec.json.Encoder().encode
"""A value as JSON in one line without spaces, Han characters as they are."""


@dataclass(frozen=True, slots=True)
class Lines:
    """Rows of one table: a line of JSON and a record of CSV each, the record ended with CRLF as RFC 4180 says. A text cell may itself hold
    line breaks."""

    json: Sequence[bytes]
    csv: Sequence[bytes]


def render_lines(columns: Sequence[str], rows: Iterable[Row], cells: Callable[[Row], Row]) -> Lines:
    """``rows`` as lines; ``cells`` gives what a row holds in a table of ``columns``."""
    rows = list(rows)
    records: list[str] = []
    pick = itemgetter(*columns)
    writer = csv.writer(_Appending(records), lineterminator="\r\n")
    writer.writerows(
        [defuse(value) if value.__class__ is str and value[:1] in _SUSPECT else value for value in pick(cells(row))] for row in rows
    )
    return Lines([encode_json(row) for row in rows], [record.encode() for record in records])


class _Appending:
    """A file whose every write is kept apart."""

    def __init__(self, records: list[str]) -> None:
        self.write = records.append


def csv_header(columns: Sequence[str]) -> bytes:
    """What a CSV file begins with."""
    return BOM + (",".join(columns) + "\r\n").encode()


def joined(value: Any) -> Any:
    """A list as one cell, its items joined; anything else as it is."""
    return JOIN.join(str(item) for item in value) if isinstance(value, list | tuple) else value


def defuse(value: Any) -> Any:
    """A text that a spreadsheet program would run, with an apostrophe before it; anything else as it is.

    >>> defuse("=1+1"), defuse(-5)
    ("'=1+1", -5)
    """
    return f"'{value}" if isinstance(value, str) and value.lstrip(" ").startswith(FORMULA_SIGNS) else value
