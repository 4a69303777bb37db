"""Data packages: described as they are, valid for frictionless, complete for a stranger, the same bytes every time."""

import csv
import io
import json
import re
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from frictionless import Package, validate

from build_scripts.archive import read_archive
from build_scripts.datatables import read_rows
from build_scripts.dictionary import PARTS, TABLES, Table
from build_scripts.entities import entity_rows
from build_scripts.pages.view import View
from tests.conftest import ISSUE, LAYOUT, PROJECT, TEXT
from tests.data_files import data_files
from tests.work import calls

MakeArchive = Callable[..., Path]


@pytest.fixture(scope="module")
def view() -> View:
    return View(read_archive(PROJECT))


@pytest.fixture(scope="module")
def files(view: View) -> dict[str, bytes]:
    return data_files(view)


def names_in(row: dict[str, Any], before: str = "") -> Iterator[str]:
    """Every key of a row, those inside it with dots."""
    for key, value in row.items():
        yield before + key
        for inner in value if isinstance(value, list) else [value]:
            if isinstance(inner, dict):
                yield from names_in(inner, f"{before}{key}.")


def rows_of(table: Table, view: View) -> list[dict[str, Any]]:
    return list(entity_rows(view)[table.name.partition(".")[2]] if "." in table.name else read_rows(table.name, view))


def cells_in(archive: zipfile.ZipFile, table: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(archive.read(f"{table}.csv").decode("utf-8-sig"), newline="")))


def test_every_field_of_every_file_is_in_the_dictionary_and_no_other(view: View) -> None:
    assert {part.name for part in PARTS} == {f"entities.{kind}" for kind in entity_rows(view)}
    for table in (*TABLES, *PARTS):
        rows = rows_of(table, view)
        found = {name for row in rows for name in names_in(row)}
        described = {field.name for field in table.fields if field.place != "csv"}
        # A table of this archive may have no row in which a list inside it has anything; its own fields are always there.
        assert found <= described, table.name
        assert {name for name in described if "." not in name} <= found, table.name


def test_values_are_those_of_the_dictionary(view: View) -> None:
    kinds: dict[str, type | tuple[type, ...]] = {
        "string": str,
        "integer": int,
        "number": (int, float),
        "boolean": bool,
        "date": str,
        "list": list,
        "object": dict,
    }
    for table in TABLES:
        rows = rows_of(table, view)
        for field in table.fields:
            if "." in field.name or field.place == "csv":
                continue
            for row in rows:
                value = row[field.name]
                assert value is None or isinstance(value, kinds[field.type]), (table.name, field.name, value)
                assert not field.values or value is None or value in dict(field.values), (table.name, field.name, value)


def test_the_columns_of_each_csv_file_are_the_dictionary_s(files: dict[str, bytes]) -> None:
    for table in TABLES:
        header = next(csv.reader(io.StringIO(files[f"{table.name}.csv"].decode("utf-8-sig"))))
        assert tuple(header) == table.columns


def write(files: dict[str, bytes], folder: Path) -> None:
    for name, data in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)


def test_frictionless_accepts_the_package_beside_its_files(files: dict[str, bytes], tmp_path: Path) -> None:
    write(files, tmp_path)
    report = validate(str(tmp_path / "datapackage.json"), checks=[])
    assert report.valid, report.flatten(["name", "type", "note"])
    assert [resource.name for resource in Package(str(tmp_path / "datapackage.json")).resources] == [table.name for table in TABLES]


@pytest.mark.parametrize("path", ["kfq-archive.zip", "issues/2024-14/kfq-2024-14.zip", "cities/datong/kfq-datong.zip"])
def test_frictionless_accepts_what_a_zip_unpacks_to(files: dict[str, bytes], tmp_path: Path, path: str) -> None:
    with zipfile.ZipFile(io.BytesIO(files[path])) as archive:
        assert archive.testzip() is None
        assert {"README.md", "NOTICE.txt", "datapackage.json", "figures.csv"} <= set(archive.namelist())
        archive.extractall(tmp_path)
    report = validate(str(tmp_path / "datapackage.json"))
    assert report.valid, report.flatten(["name", "type", "note"])


def test_a_wrong_cell_is_noticed(files: dict[str, bytes], tmp_path: Path) -> None:
    """The schema says something: an id that no article has, and a word for a number, are errors."""
    wrong = files["figures.csv"].replace(b",datong-2024-3rd,", b",nowhere,", 1).replace(b",actual,", b",perhaps,", 1)
    names = {"datapackage.json", *(f"{table.name}.csv" for table in TABLES)}
    write({name: files[name] for name in names} | {"figures.csv": wrong}, tmp_path)
    found = {kind for (kind,) in validate(str(tmp_path / "datapackage.json")).flatten(["type"])}
    assert {"constraint-error", "foreign-key"} <= found


def test_the_readmes_tell_of_every_file_and_field_in_two_languages(files: dict[str, bytes]) -> None:
    with zipfile.ZipFile(io.BytesIO(files["kfq-archive.zip"])) as archive:
        zipped, names = archive.read("README.md").decode(), set(archive.namelist())
    beside = {name for name in files if "/" not in name}
    for readme, told, places in ((zipped, names, ("both", "csv")), (files["README.txt"].decode(), beside, ("both", "csv", "json"))):
        assert {name for name in told if name not in readme} <= {"README.md", "README.txt", "kfq-archive.zip"}
        for table in (*TABLES, *PARTS):
            for field in table.fields:
                if field.place in places:
                    assert f"| `{field.name}`" in readme
                    assert field.zh in readme
                    assert field.en in readme
        assert readme.count("非官方") >= 1
        assert readme.count("Unofficial") >= 1
        assert "not affiliated" in readme
    # What a zip leaves out, its README names: those files are there.
    named = set(re.findall(r"data/([a-zA-Z]+\.[a-z]+)", zipped))
    assert named == {"articles.json", "figures.json", "entities.json", "README.txt"} <= beside


def test_a_zip_holds_the_same_csv_files_as_lie_open(files: dict[str, bytes]) -> None:
    for path in ("kfq-archive.zip", "issues/2024-14/kfq-2024-14.zip", "cities/datong/kfq-datong.zip"):
        folder = path.rpartition("/")[0]
        with zipfile.ZipFile(io.BytesIO(files[path])) as archive:
            held = {name: archive.read(name) for name in archive.namelist()}
        assert not [name for name in held if name.endswith(".json") and name != "datapackage.json"]
        open_ones = [name for name in held if f"{folder}/{name}".lstrip("/") in files and name != "NOTICE.txt"]
        assert [name for name in open_ones if held[name] != files[f"{folder}/{name}".lstrip("/")]] == []
        assert "figures.csv" in open_ones


def test_an_issue_s_package_is_a_part_of_the_whole(files: dict[str, bytes]) -> None:
    whole = json.loads(files["figures.json"])
    with zipfile.ZipFile(io.BytesIO(files["issues/2024-14/kfq-2024-14.zip"])) as archive:
        part = cells_in(archive, "figures")
        numbers = cells_in(archive, "numbers")
    assert [row["id"] for row in part] == [row["id"] for row in whole if row["issue"] == "2024-14"] != []
    assert len(numbers) == sum("/2024-14/" in row["source"] for row in json.loads(files["numbers.json"])) > 0
    cut = list(csv.DictReader(io.StringIO(files["issues/2024-14/figures.csv"].decode("utf-8-sig"))))
    assert cut == part


@pytest.mark.parametrize(("city", "slug"), [("太原市", "taiyuan"), ("晋中市", "jinzhong"), ("大同市", "datong")])
def test_a_city_s_package_has_its_articles_and_its_figures_elsewhere(files: dict[str, bytes], city: str, slug: str) -> None:
    articles = json.loads(files["articles.json"])
    with zipfile.ZipFile(io.BytesIO(files[f"cities/{slug}/kfq-{slug}.zip"])) as archive:
        names = set(archive.namelist())
        held, figures, checks, projects = (cells_in(archive, table) for table in ("articles", "figures", "checks", "projects"))
    own = {row["id"] for row in articles if city in row["cities"]}
    assert own <= {row["id"] for row in held}
    assert all(row["article"] in own or row["subject"] == city for row in figures)
    assert {row["article"] for row in figures} <= {row["id"] for row in held}
    every = {name: json.loads(files[f"{name}.json"]) for name in ("figures", "checks", "projects")}
    assert {row["id"] for row in figures} == {r["id"] for r in every["figures"] if r["article"] in own or r["subject"] == city}
    assert [row["id"] for row in checks] == [row["id"] for row in every["checks"] if row["article"] in own]
    assert [row["id"] for row in projects] == [row["id"] for row in every["projects"] if row["city"] == city]
    assert "numbers.csv" not in names


def test_packages_without_full_text_have_none(make_archive: MakeArchive) -> None:
    root = make_archive()
    files = data_files(View(read_archive(root), full_text=False))
    with zipfile.ZipFile(io.BytesIO(files["kfq-archive.zip"])) as archive:
        assert "不含报道全文" in archive.read("README.md").decode()
        assert not [name for name in archive.namelist() if "大同市举行活动" in archive.read(name).decode()]


def test_an_empty_archive_has_an_empty_package(tmp_path: Path) -> None:
    (tmp_path / "content/sources").mkdir(parents=True)
    files = data_files(View(read_archive(tmp_path)))
    assert json.loads(files["figures.json"]) == []
    write(files, tmp_path / "out")
    assert validate(str(tmp_path / "out/datapackage.json")).valid


def test_the_cost_grows_with_the_archive_and_no_faster(make_archive: MakeArchive) -> None:
    root = make_archive()

    def cost() -> int:
        return calls(data_files, View(read_archive(root)))

    costs = []
    for number in range(1, 9):
        make_archive(
            text=TEXT.replace("47 个", f"3{number} 个"),
            layout=LAYOUT.replace("id: datong", f"id: datong-{number}"),
            issue=ISSUE.replace("2024-08-19", f"2024-08-{number:02}"),
            issue_id=f"2024-after-08{number:02}",
        )
        if number in (2, 4, 8):
            costs.append(cost())
    two, four, eight = costs
    assert eight - four < 2.3 * (four - two)
