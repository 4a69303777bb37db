"""Tables → data packages: everything, one issue or one city, each described field by field, and as one zip to take away.

Data Package, version 2 (https://datapackage.org/standard/). Nothing in a zip depends on the day it is made: entries are sorted and carry
the newest day that the package tells of. A package tells of nothing outside it, so a new issue leaves those of the others as they are.
"""

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property, partial
from pathlib import Path
from typing import Any, cast

import msgspec

from build_scripts.blocks import Blocks, deflate
from build_scripts.datareadme import render_readme
from build_scripts.dictionary import TABLES, Table
from build_scripts.fingerprint import content_key
from build_scripts.keptfiles import KeptFiles, Part
from build_scripts.scopes import Scope
from build_scripts.tabular import csv_header, encode_json
from build_scripts.transaction import Content, Grown
from build_scripts.zipping import Entry, Sums, entry_of, render_zip, sum_up

PROFILE = "https://datapackage.org/profiles/2.0/datapackage.json"
NOTICE = Path(__file__).resolve().parent.parent / "NOTICE"

DIRECT = ("figures",)
"""Tables of an issue or a city that can be had without unpacking: what most readers open in a spreadsheet. Each file more is as large
again as the whole archive's, twice: once by issue and once by city."""


_DESCRIPTION = "《科学导报·开发区建设专刊》的题录、数据与核对，非官方整理。Unofficial archive of a Shanxi newspaper supplement."


class Package:
    """A scope as the files that it is published as."""

    def __init__(self, scope: Scope, store: Blocks, *, full_text: bool) -> None:
        self.scope, self._store, self._full_text = scope, store, full_text
        self.tables = [table for table in TABLES if table.name in scope.tables]
        self._sums: dict[str, Sums] = {}

    def csv_key(self, table: Table) -> bytes:
        """The key of everything that a CSV file is made of."""
        return content_key(b"csv", table.name.encode(), *(block.key for block in self.scope.tables[table.name]))

    @cached_property
    def key(self) -> bytes:
        """The key of everything that the description and the zip are made of."""
        about = [part.encode() for part in (self.scope.name, self.scope.title, self.scope.folder, self.scope.day)]
        return content_key(b"package", *about, *map(self.csv_key, self.tables), bytes([self._full_text]), NOTICE.read_bytes())

    def csv(self, table: Table, kept: KeptFiles | None = None) -> Content:
        """A CSV file with a header, piece by piece; ``kept`` knows how it begins already."""
        header = csv_header(table.columns)
        parts: list[Part] = [(header, lambda: header)]
        parts += [(block.key, partial(self._store.csv, block)) for block in self.scope.tables[table.name]]
        if kept is None:
            return sum_up((make() for _, make in parts), partial(self._note, table))
        grown = kept.join(f"{self.scope.folder}/{table.name}.csv".removeprefix("/"), parts)
        return Grown(grown.path, grown.same, sum_up(grown.rest, partial(self._note, table), grown.first()))

    def _note(self, table: Table, sums: Sums) -> None:
        self._sums[table.name] = sums

    def _deflated(self, table: Table) -> Iterator[bytes]:
        yield deflate(csv_header(table.columns))
        yield from map(self._store.deflated, self.scope.tables[table.name])

    def _summed(self, table: Table) -> Sums:
        """The sums of a CSV file: of those that have passed already they are known."""
        if table.name not in self._sums:
            for _ in cast(Iterable[bytes], self.csv(table)):
                pass
        return self._sums[table.name]

    def zip(self) -> Iterator[bytes]:
        """The CSV files with what describes them, piece by piece. JSON is left out: it has the same rows, and would be half of the zip."""
        tables = [Entry(f"{table.name}.csv", self._summed(table), partial(self._deflated, table)) for table in self.tables]
        texts = {"datapackage.json": self.description(), "README.md": self.readme(zipped=True), "NOTICE.txt": NOTICE.read_bytes()}
        yield from render_zip([*tables, *(entry_of(name, data) for name, data in texts.items())], self.scope.day)

    @cached_property
    def _version(self) -> str:
        """The newest day that the data tells of, and a mark of its bytes: two packages of one version hold the same rows."""
        year, month, date = (int(part) for part in self.scope.day.split("-"))
        marks = "".join(self._summed(table).sha256 for table in self.tables)
        return f"{year}.{month}.{date}+{hashlib.sha256(marks.encode()).hexdigest()[:8]}"

    def description(self) -> bytes:
        """``datapackage.json``."""
        package = {
            "$schema": PROFILE,
            "name": self.scope.name,
            "title": self.scope.title,
            "description": _DESCRIPTION,
            "version": self._version,
            "licenses": [{"path": "NOTICE.txt", "title": "权利说明 Rights"}],
            "sources": [{"title": "科学导报·开发区建设专刊"}],
            "resources": [_resource(table, self._summed(table), self.scope) for table in self.tables],
        }
        return msgspec.json.format(encode_json(package), indent=1) + b"\n"

    def readme(self, *, zipped: bool) -> bytes:
        """The README, of a zip or of the files that lie open below ``data/``."""
        counts = {table.name: sum(block.rows for block in self.scope.tables[table.name]) for table in self.tables}
        return render_readme(self.scope.title, self._version, counts, zipped=zipped, full_text=self._full_text).encode()


def _resource(table: Table, sums: Sums, scope: Scope) -> dict[str, Any]:
    return {
        "name": table.name,
        "type": "table",
        "title": f"{table.title} {table.english}",
        "description": table.about,
        "path": f"{table.name}.csv",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": sums.size,
        "hash": f"sha256:{sums.sha256}",
        "schema": table_schema(table, scope.tables),
    }


_COLUMN_TYPES = {"list": "string", "object": "string"}


def table_schema(table: Table, held: Mapping[str, object]) -> dict[str, Any]:
    """The Table Schema of a CSV file; foreign keys lead to tables that are ``held`` in the same package."""
    fields = []
    for field in table.fields:
        if field.place == "json":
            continue
        # A list of records is told by its number in a cell of its own.
        kind = "integer" if field.name == "corrections" else _COLUMN_TYPES.get(field.type, field.type)
        entry: dict[str, Any] = {"name": field.name, "type": kind, "title": field.en, "description": field.zh}
        constraints: dict[str, Any] = {}
        if field.values:
            constraints["enum"] = [value for value, _ in field.values]
        if field.name in table.key:
            constraints["required"] = True
        fields.append(entry | ({"constraints": constraints} if constraints else {}))
    foreign = [{"fields": [column], "reference": {"resource": other, "fields": ["id"]}} for column, other in table.foreign if other in held]
    return {"fields": fields, "primaryKey": list(table.key), "missingValues": [""]} | ({"foreignKeys": foreign} if foreign else {})
