"""The exported database: every row and field of the data files, searched by three characters, made whole or not at all."""

import json
import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from build_scripts.archive import read_archive
from build_scripts.database import export_database
from build_scripts.datatables import read_rows
from build_scripts.dictionary import TABLES
from build_scripts.entities import entity_rows
from build_scripts.errors import OutputError
from build_scripts.pages.view import View
from tests.conftest import PROJECT


@pytest.fixture(scope="module")
def view() -> View:
    return View(read_archive(PROJECT))


@pytest.fixture(scope="module")
def exported(view: View, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("export") / "kfq.db"
    export_database(view, path)
    return path


@pytest.fixture
def database(exported: Path) -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(f"file:{exported}?mode=ro", uri=True)) as connection:
        connection.row_factory = sqlite3.Row
        yield connection


def value_of(stored: object, original: object) -> object:
    """A stored cell as the JSON file has it."""
    if isinstance(original, list | dict):
        return json.loads(str(stored))
    return bool(stored) if isinstance(original, bool) else stored


def test_every_row_of_the_data_files_is_there(view: View, database: sqlite3.Connection) -> None:
    tables: dict[str, Iterator[dict[str, Any]]] = {table.name: read_rows(table.name, view) for table in TABLES} | entity_rows(view)
    for name, found in tables.items():
        rows = list(found)
        stored = database.execute(f"SELECT * FROM {name} ORDER BY rowid").fetchall()
        assert len(stored) == len(rows) > 0, name
        for one, row in zip(stored, rows, strict=True):
            assert {key: value_of(one[key], row.get(key)) for key in row if key in one.keys()} == row  # noqa: SIM118 (a Row iterates values)


def test_references_lead_somewhere(database: sqlite3.Connection) -> None:
    assert database.execute("PRAGMA foreign_key_check").fetchall() == []
    assert database.execute("PRAGMA integrity_check").fetchone()[0] == "ok"


@pytest.mark.parametrize(
    ("table", "column", "text"), [("articles", "text", "三个一批"), ("projects", "name", "二氧化碳捕集"), ("companies", "name", "新能源")]
)
def test_the_index_finds_what_like_finds(database: sqlite3.Connection, table: str, column: str, text: str) -> None:
    found = database.execute(f"SELECT rowid FROM {table}_fts WHERE {table}_fts MATCH ?", [f'{column}: "{text}"']).fetchall()
    there = database.execute(f"SELECT rowid FROM {table} WHERE {column} LIKE ?", [f"%{text}%"]).fetchall()
    assert sorted(map(tuple, found)) == sorted(map(tuple, there)) != []


def test_what_the_guide_shows_runs(database: sqlite3.Connection) -> None:
    guide = (PROJECT / "docs/sqlite.md").read_text("utf-8")
    queries = [query for block in re.findall(r"```sql\n(.*?)```", guide, re.DOTALL) for query in block.split(";\n") if query.strip()]
    assert len(queries) > 5
    for query in queries:
        assert database.execute(query).fetchall() != [], query


def test_the_same_archive_gives_the_same_bytes(view: View, exported: Path, tmp_path: Path) -> None:
    export_database(view, tmp_path / "again.db")
    assert (tmp_path / "again.db").read_bytes() == exported.read_bytes()
    export_database(view, tmp_path / "again.db")
    assert [path.name for path in tmp_path.iterdir()] == ["again.db"]


def test_without_full_text_there_is_none(view: View, tmp_path: Path) -> None:
    export_database(View(view.archive, full_text=False), tmp_path / "figures.db")
    long = max((block.passage.text for article in view.archive.articles for block in article.body), key=len)
    assert long[:60].encode() not in (tmp_path / "figures.db").read_bytes()


def test_a_file_that_is_no_export_stays(view: View, tmp_path: Path) -> None:
    other = tmp_path / "other.db"
    with closing(sqlite3.connect(other)) as connection:
        connection.execute("CREATE TABLE mine (x)")
        connection.commit()
    before = other.read_bytes()
    with pytest.raises(OutputError, match="is no earlier export"):
        export_database(view, other)
    assert other.read_bytes() == before


def test_a_failed_export_leaves_the_old_one(view: View, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "kfq.db"
    export_database(view, path)
    before = path.read_bytes()

    def fail(self: Path, target: Path) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", fail)
    with pytest.raises(OutputError, match="No space left"):
        export_database(view, path)
    assert path.read_bytes() == before
    assert [one.name for one in tmp_path.iterdir()] == ["kfq.db"]
