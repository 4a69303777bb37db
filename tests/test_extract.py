"""``archive extract`` and ``archive draft``: one page, read without touching the archive."""

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from build_scripts.archive import read_archive
from build_scripts.cli import main
from build_scripts.extract import find_year
from build_scripts.layout.draft import draft_layout
from build_scripts.rows import figure_row
from tests.conftest import LAYOUT, PROJECT, TEXT, page_of

SOURCES = PROJECT / "content/sources"
LINFEN = SOURCES / "2024-after-0819/D1.txt"
MakeArchive = Callable[..., Path]


def run(*arguments: str | Path) -> tuple[int, str, str]:
    result = CliRunner().invoke(main, [str(argument) for argument in arguments])
    return result.exit_code, result.stdout, result.stderr


def extracted(*arguments: str | Path) -> dict[str, Any]:
    code, out, err = run("extract", *arguments, "--json")
    assert code == 0, err
    return dict(json.loads(out))


@pytest.mark.parametrize("page", sorted(SOURCES.glob("*/*.txt")), ids=lambda path: path.parent.name)
def test_with_its_layout_a_page_reads_as_in_the_archive(page: Path) -> None:
    archive = read_archive(PROJECT)
    source = page.relative_to(PROJECT).as_posix()
    said = extracted(page, "--layout", page.with_suffix(".yml"))
    fields = ("line", "column", "value", "unit", "indicator", "subject", "scope", "batch", "status", "event", "core")
    expected = [figure_row(figure, "") for figure in archive.figures[source].figures]
    assert [[row[field] for field in fields] for row in said["figures"]] == [[row[field] for field in fields] for row in expected]
    assert said["issue"]["year"] == 2024
    assert {row["source"] for row in said["numbers"]} == {page.as_posix()}


@pytest.mark.parametrize("page", sorted(SOURCES.glob("*/*.txt")), ids=lambda path: path.parent.name)
def test_without_a_layout_no_line_and_no_digit_is_lost(page: Path) -> None:
    said = extracted(page)
    text = page.read_text("utf-8").split("\n")
    runs = [(number, match.start(), match[0]) for number, line in enumerate(text, 1) for match in re.finditer(r"[0-9]+(?:\.[0-9]+)?", line)]
    assert [(row["line"], row["column"], row["run"]) for row in said["numbers"]] == runs
    assert said["articles"]
    assert {figure["article"] for figure in said["figures"]} <= {article["id"] for article in said["articles"]}


def test_a_misprinted_unit_is_found_from_the_parts_and_the_headline(tmp_path: Path) -> None:
    layout = LINFEN.with_suffix(".yml").read_text("utf-8")
    kept = [entry for entry in re.split(r"(?m)^(?=- )", layout) if "printed: 353.71元" not in entry]
    assert len(kept) == len(re.split(r"(?m)^(?=- )", layout)) - 1
    (tmp_path / "D1.yml").write_text("".join(kept), "utf-8")
    said = extracted(LINFEN, "--layout", tmp_path / "D1.yml")
    figure = next(figure for figure in said["figures"] if (figure["line"], figure["column"]) == (165, 13))
    assert (figure["value"], figure["unit"], figure["unit_printed"]) == (353.71, "亿元", "元")
    assert [(item["line"], item["printed"], item["corrected"]) for item in said["proposals"]] == [(165, "353.71元", "353.71亿元")]


def test_the_day_of_issue_gives_the_year(make_archive: MakeArchive) -> None:
    page = make_archive(text=TEXT.replace("大同：", "大同2019年：")) / "content/sources/2024-after-0819/D1.txt"
    (page.parent / "D1.yml").write_text(LAYOUT, "utf-8")
    dates = {row["run"]: row["iso"] for row in extracted(page, "--layout", page.with_suffix(".yml"), "--issued", "2023-08-22")["numbers"]}
    assert dates["19"] == "2023-08-19"
    assert dates["2019"] == "2019"


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("2023年以来，2024年第三次“三个一批”活动举行。2023年签约。", 2024),
        ("2022年签约。2022年开工。预计到2025年底投产。", 2022),
        ("《山西省2021年行动计划》印发。8月19日举行。", None),
        ("到2025年底建成。", None),
        ("11月3日接火，计划2026年迎峰度夏前投运。", None),
        ("截至2025年6月底有企业9家。2024年投入5亿元，比2024年初多。", 2025),
        ("2025年度评价结果公布，2025年投入5亿元。2026年1至4月新增15个。", 2026),
        ("由2020年的3120亿元增长到2025年的5480亿元，较2020年翻一番。", 2025),
        ("2025年建成。2025年投产。", 2025),
    ],
)
def test_the_year_of_a_page(text: str, year: int | None) -> None:
    page = page_of(text)
    assert find_year(page, draft_layout(page).layout) == year


def test_an_unknown_year_stays_unknown(tmp_path: Path) -> None:
    page = tmp_path / "p.txt"
    page.write_text("科学导报讯 8月19日，大同市签约项目3个。\n", "utf-8")
    said = extracted(page)
    assert said["issue"]["year"] is None
    assert [row["iso"] for row in said["numbers"]] == ["--08-19", "--08-19", None]


def test_explain_tells_the_steps() -> None:
    code, out, _ = run("extract", LINFEN, "--layout", LINFEN.with_suffix(".yml"), "--explain")
    assert code == 0
    assert "353.71" in out
    assert out.index("99.754") < out.index("353.71")


def test_a_summary_without_options() -> None:
    code, out, _ = run("extract", LINFEN)
    assert code == 0
    assert "digit runs (0 undecided)" in out


@pytest.mark.parametrize("page", sorted(SOURCES.glob("*/*.txt")), ids=lambda path: path.parent.name)
def test_a_draft_is_a_layout_that_extract_reads(page: Path, tmp_path: Path) -> None:
    code, out, _ = run("draft", page)
    assert code == 0
    (tmp_path / "draft.yml").write_text(out, "utf-8")
    drafted = extracted(page)
    assert extracted(page, "--layout", tmp_path / "draft.yml") == drafted


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("好".encode("gb18030"), "p.txt:1: byte"),
        (b"", "p.txt: is empty"),
        (b"\x7fELF\x00", "p.txt:1: holds the control character"),
        (None, "p.txt: cannot be read"),
    ],
)
def test_bad_pages(tmp_path: Path, content: bytes | None, expected: str) -> None:
    if content is not None:
        (tmp_path / "p.txt").write_bytes(content)
    for command in ("extract", "draft"):
        code, out, err = run(command, tmp_path / "p.txt")
        assert (code, out) == (2, "")
        assert expected in err
        assert err.count("\n") == 1


def test_a_layout_that_leaves_text_out(tmp_path: Path) -> None:
    (tmp_path / "p.txt").write_text(TEXT, "utf-8")
    (tmp_path / "p.yml").write_text(LAYOUT.replace("- slogan: 1\n", "- slogan: 3\n").replace("  title: 3\n", ""), "utf-8")
    code, _, err = run("extract", tmp_path / "p.txt", "--layout", tmp_path / "p.yml")
    assert code == 2
    assert "belongs to no part" in err
