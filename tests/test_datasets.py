"""Data files: rows as documented, cells that no spreadsheet program runs."""

import csv
import io
import json

import pytest

from build_scripts.archive import read_archive
from build_scripts.pages.view import View
from build_scripts.tabular import csv_header, defuse, render_lines
from tests.conftest import PROJECT
from tests.data_files import data_files


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@x", "\t=1", "＝1", " =1"])
def test_formulas_are_defused(cell: str) -> None:
    assert defuse(cell) == f"'{cell}"


@pytest.mark.parametrize("cell", ["大同", "", None, -1, 3.5, "1-7月"])
def test_other_cells_stay(cell: object) -> None:
    assert defuse(cell) == cell


def test_csv_reads_back() -> None:
    rows = [{"甲": "一，\n“二”", "乙": 1}, {"甲": '"三"', "乙": -2}]
    lines = render_lines(("甲", "乙"), rows, dict)
    data = csv_header(("甲", "乙")) + b"".join(lines.csv)
    assert [json.loads(line) for line in lines.json] == rows
    assert lines.csv[1] == '"""三""",-2\r\n'.encode()
    assert data.startswith(b"\xef\xbb\xbf")
    read = list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))
    assert read == [{"甲": "一，\n“二”", "乙": "1"}, {"甲": '"三"', "乙": "-2"}]


def test_the_real_archive() -> None:
    files = data_files(View(read_archive(PROJECT)))
    issues, articles = json.loads(files["issues.json"]), json.loads(files["articles.json"])
    assert [article["id"] for article in articles] == [id_ for issue in issues for page in issue["pages"] for id_ in page["articles"]]
    assert {article["type"] for article in articles} == {"brief", "news", "feature", "editors_note", "caption"}
    cities = json.loads(files["entities.json"])["cities"]
    assert len(cities) == 11
    known = {article["id"] for article in articles}
    assert all(set(city["articles"]) | set(city["mentions"]) <= known for city in cities)
    linfen = next(article for article in articles if article["id"] == "linfen-2024-3rd")
    assert [(item["line"], item["printed"], item["corrected"]) for item in linfen["corrections"]] == [(165, "353.71元", "353.71亿元")]
    assert "总投资353.71亿元" in linfen["paragraphs"][1]["text"]
    rows = list(csv.DictReader(io.StringIO(files["articles.csv"].decode("utf-8-sig"), newline="")))
    assert [row["id"] for row in rows] == [article["id"] for article in articles]


def test_figures_only_data_has_no_text() -> None:
    files = data_files(View(read_archive(PROJECT), full_text=False))
    articles = json.loads(files["articles.json"])
    assert all("text" not in paragraph for article in articles for paragraph in article["paragraphs"])
    assert all(article["section_heads"] == [] for article in articles)
    assert all(row["text"].strip() == "" for row in csv.DictReader(io.StringIO(files["articles.csv"].decode("utf-8-sig"))))
