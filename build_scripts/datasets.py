"""Archive → the data files below ``data/``: JSON, CSV that opens right in a spreadsheet, and packages to take away.

All of them together are several times as large as the archive, so none is held: each comes in pieces, joined from blocks on the disk.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from build_scripts.blocks import Blocks, json_parts
from build_scripts.cache import Cache
from build_scripts.datatables import DataTable, data_tables
from build_scripts.entities import entity_rows
from build_scripts.fingerprint import content_key
from build_scripts.keptfiles import KeptFiles
from build_scripts.packages import DIRECT, NOTICE, Package
from build_scripts.pages.view import View
from build_scripts.scopes import Scope, city_scopes, in_groups, issue_scopes, whole_scope
from build_scripts.tabular import encode_json
from build_scripts.transaction import Content


def render_datasets(
    view: View, keys: Mapping[str, bytes] | None = None, cache: Cache | None = None, kept: KeptFiles | None = None
) -> Iterator[tuple[str, Content | None]]:
    """File names with their contents, one after the other; ``None`` for one that ``kept`` knows to stand there already.

    A content that comes in pieces has to be taken before the next name is asked for. Rows are in order of issue, page and place, so that
    the same archive gives the same bytes. ``cache`` keeps blocks for the next build under what their issues were read from, see
    :func:`build_scripts.reads.read_ahead`, whose ``keys`` these are.
    """
    if cache is not None and keys is not None and keys.keys() >= view.issues.keys():
        yield from _contents(_Data(view, keys, Blocks(cache), kept), kept)
    else:
        with TemporaryDirectory() as folder:  # of this archive alone: an issue is known by its id
            yield from _contents(_Data(view, {issue: issue.encode() for issue in view.issues}, Blocks(Cache(Path(folder)))), None)


@dataclass(frozen=True, slots=True)
class _File:
    """A file that can be made; ``key`` is of everything that it is made of."""

    name: str
    key: bytes
    make: Callable[[], Content]


def _contents(data: "_Data", kept: KeptFiles | None) -> Iterator[tuple[str, Content | None]]:
    def stands(file: _File) -> bool:
        return kept is not None and kept.stands(file.name, file.key)

    def each(files: Sequence[_File]) -> Iterator[tuple[str, Content | None]]:
        for file in files:
            yield file.name, None if stands(file) else file.make()

    yield from each(data.whole())
    for package in data.issues:
        yield from each(_package_files(package, kept))
    cities = [(package, _package_files(package, kept)) for package in data.cities]
    for block in in_groups([package.scope for package, files in cities if not all(map(stands, files))]):
        data.store.prepare(block)
    for _, files in cities:
        yield from each(files)


class _Data:
    """An archive as tables and packages."""

    def __init__(self, view: View, keys: Mapping[str, bytes], store: Blocks, kept: KeptFiles | None = None) -> None:
        self.view, self.keys, self.store, self.kept = view, keys, store, kept
        self.tables: dict[str, DataTable] = data_tables(view, keys)
        self._whole = self._package(whole_scope(view, self.tables))
        self.issues = [self._package(scope) for scope in issue_scopes(view, self.tables)]
        self.cities = [self._package(scope) for scope in city_scopes(view, self.tables, store)]
        for package in (self._whole, *self.cities):
            for blocks in package.scope.tables.values():
                store.keep(blocks)

    def _package(self, scope: Scope) -> Package:
        return Package(scope, self.store, full_text=self.view.full_text)

    def whole(self) -> list[_File]:
        """The files of the whole archive."""
        package = self._whole
        files = []
        for name, table in self.tables.items():
            key = package.csv_key(table.table)
            files.append(_File(f"{name}.json", content_key(b"json", key), partial(self._json, f"{name}.json", table)))
            files.append(_File(f"{name}.csv", key, partial(package.csv, table.table, self.kept)))
        # MkDocs would make a page of a README.md.
        return [
            *files,
            _File("entities.json", self._entities_key(), partial(_entities, self.view)),
            _File("datapackage.json", package.key, package.description),
            _File("README.txt", package.key, partial(package.readme, zipped=False)),
            _File("NOTICE.txt", package.key, NOTICE.read_bytes),
            _File(f"{package.scope.name}.zip", package.key, package.zip),
        ]

    def _json(self, name: str, table: DataTable) -> Content:
        parts = json_parts(table.blocks, self.store)
        return self.kept.join(name, parts) if self.kept else (make() for _, make in parts)

    def _entities_key(self) -> bytes:
        """Of everything that is read of issues, and of the ledger."""
        read = [self.keys[issue] for issue in self.view.issues]
        ledger = [block.key for block in self.tables["projects"].blocks]
        return content_key(b"entities", *read, *ledger, encode_json(self.view.archive.ledger.companies))


def _package_files(package: Package, kept: KeptFiles | None) -> list[_File]:
    """The files of an issue or a city."""
    folder = package.scope.folder
    direct = [table for table in package.tables if table.name in DIRECT]
    return [
        *(_File(f"{folder}/{table.name}.csv", package.csv_key(table), partial(package.csv, table, kept)) for table in direct),
        _File(f"{folder}/{package.scope.name}.zip", package.key, package.zip),
    ]


def _entities(view: View) -> Iterator[bytes]:
    """``entities.json``, a row a line."""
    before = b"{\n"
    for kind, rows in entity_rows(view).items():
        yield before + encode_json(kind) + b": ["
        between = b"\n"
        for row in rows:
            yield between + encode_json(row)
            between = b",\n"
        yield b"\n]"
        before = b",\n"
    yield b"\n}\n"
