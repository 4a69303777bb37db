"""The archive as one SQLite file: the tables of the data dictionary with their fields, and full-text indexes over articles and names.

For questions that no page answers, and for Datasette. The columns are the fields of the JSON files; what is a list or an object there is
JSON text here. An index cuts texts into groups of three characters, so it finds any string of three or more, of Han characters too.
"""

import json
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

from build_scripts.datatables import CELLS, read_rows
from build_scripts.dictionary import PARTS, TABLES, Field, Table
from build_scripts.entities import entity_rows
from build_scripts.errors import OutputError
from build_scripts.pages.view import View
from build_scripts.rows import Row

APPLICATION = 0x6B667161
"""``kfqa``: says in the file's header whose it is."""

OLDEST = (3, 34, 0)
"""The first SQLite whose full-text index knows groups of three characters."""

_TYPES = {"integer": "INTEGER", "number": "REAL", "boolean": "INTEGER"}
_SEARCHED = {"articles": ("title", "kicker", "subtitle", "text"), "projects": ("name", "aliases"), "companies": ("name", "aliases")}
"""Table → the columns of its full-text index."""
_JSON = ("list", "object")


def export_database(view: View, path: Path) -> dict[str, int]:
    """Writes the archive into ``path``, whole or not at all; returns how many rows each table has.

    An older export is replaced. Raises :class:`~build_scripts.errors.OutputError` for a file of another kind, a place that cannot be
    written, and an SQLite that is too old.
    """
    if sqlite3.sqlite_version_info < OLDEST:
        raise OutputError(path, 0, f"needs SQLite 3.34, and Python has {sqlite3.sqlite_version}", "a newer Python")
    if path.is_symlink() or (path.exists() and not _is_ours(path)):
        raise OutputError(path, 0, "is no earlier export", "a new file, or one that this command has written")
    try:
        with tempfile.TemporaryDirectory(dir=path.parent, prefix=".writing-") as folder:
            fresh = Path(folder) / "export"
            counts = _write(view, fresh)
            fresh.replace(path)
    except (OSError, sqlite3.OperationalError) as error:
        raise OutputError(path, 0, f"cannot be written ({error.strerror if isinstance(error, OSError) else error})") from error
    return counts


def _is_ours(path: Path) -> bool:
    """Whether an earlier export is what stands there: the mark lies at byte 68 of every SQLite file."""
    if not path.is_file():
        return False
    with path.open("rb") as file:
        header = file.read(72)
    return header.startswith(b"SQLite format 3\0") and header[68:72] == APPLICATION.to_bytes(4, "big")


def _write(view: View, path: Path) -> dict[str, int]:
    with closing(sqlite3.connect(path, isolation_level=None)) as database:
        # Nothing is there to lose: the file is new, and takes its name when it is complete.
        for statement in (f"PRAGMA application_id = {APPLICATION}", "PRAGMA journal_mode = OFF", "PRAGMA synchronous = OFF", "BEGIN"):
            database.execute(statement)
        counts = {}
        for name, table, rows in _tables(view):
            counts[name] = _fill(database, name, table, rows)
        for name, searched in _SEARCHED.items():
            columns = ", ".join(searched)
            options = f'content="{name}", content_rowid="rowid", tokenize="trigram"'  # by these quotes Datasette knows whose index it is
            database.execute(f"CREATE VIRTUAL TABLE {name}_fts USING fts5({columns}, {options})")
            database.execute(f"INSERT INTO {name}_fts({name}_fts) VALUES ('rebuild')")
        database.execute("COMMIT")
        database.execute("ANALYZE")
        return counts


def _tables(view: View) -> Iterator[tuple[str, Table, Iterator[Row]]]:
    """Name, fields and rows: every table of the dictionary, then the lists of ``entities.json``."""
    for table in TABLES:
        yield table.name, table, read_rows(table.name, view)
    entities = entity_rows(view)
    for table in PARTS:
        name = table.name.partition(".")[2]
        yield name, table, entities[name]


def _fill(database: sqlite3.Connection, name: str, table: Table, rows: Iterator[Row]) -> int:
    """Makes one table: a column for each field of the dictionary, with its description in the schema, and an index for each reference.
    Returns how many rows it has; one of them is held at a time."""
    fields = [field for field in table.fields if "." not in field.name and (field.place != "csv" or field.name in _SEARCHED.get(name, ()))]
    lines = [f"  {_column(field)}, -- {field.en}" for field in fields]
    lines += [f"  FOREIGN KEY ({_quoted(column)}) REFERENCES {_quoted(other)} (id)," for column, other in table.foreign]
    lines.append(f"  PRIMARY KEY ({', '.join(_quoted(key) for key in table.key)})")
    database.execute("\n".join([f"CREATE TABLE {_quoted(name)} ( -- {table.english}", *lines, ")"]))
    # What only CSV has are cells: the running text of an article.
    cells = CELLS[name] if any(field.place == "csv" for field in fields) else None
    filled = database.executemany(
        f"INSERT INTO {_quoted(name)} VALUES ({', '.join('?' * len(fields))})",
        ([_cell(field, row) for field in fields] for row in (row if cells is None else cells(row) | row for row in rows)),
    )
    for column in (*(column for column, _ in table.foreign), *_INDEXED.get(name, ())):
        database.execute(f"CREATE INDEX {_quoted(f'{name}_{column}')} ON {_quoted(name)} ({_quoted(column)})")
    return filled.rowcount


_INDEXED = {
    "figures": ("subject", "indicator", "event"),
    "numbers": ("figure",),
    "projects": ("city", "zone"),
}
"""What is asked for often, besides the references."""


def _column(field: Field) -> str:
    return f"{_quoted(field.name)} {_TYPES.get(field.type, 'TEXT')}"


def _quoted(name: str) -> str:
    return f'"{name}"'  # a name of the dictionary: letters and underscores


def _cell(field: Field, row: Row) -> Any:
    """The field's value: JSON where it is a list or an object."""
    value = row.get(field.name)
    return json.dumps(value, ensure_ascii=False) if field.type in _JSON and value is not None else value
