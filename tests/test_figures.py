"""Figures: what holds for any text, the paper's own difficult places, and the bar that hostile text must not move."""

from decimal import Decimal
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from build_scripts.archive import read_archive
from build_scripts.articles import read_articles
from build_scripts.figures import PageFigures, explain, read_figures
from build_scripts.figures.numerals import find_han_quantities, read_numeral
from build_scripts.figures.quantities import read_quantity
from build_scripts.figures.runs import RUN
from build_scripts.figures.tables import events, hedges, indicators, units
from build_scripts.layout.layoutfile import parse_layout
from build_scripts.records import PageRecord
from build_scripts.source import make_page
from tests.figure_pages import record_of
from tests.work import calls

ROOT = Path(__file__).resolve().parent.parent

WORDS = (
    "项目 总投资 签约 开工 投产 亿元 万平方米 个 家 % 月 日 年 第 号 “ ” （ ） ， 。 ； 、 ： 的 其中 战新 分别为 达产后 新建 太原市 "
    "大同经开区 全省 有限公司 占 完成 约 近 余 以上 一批 三 十 成 年产 / - + . C 1 19 353.71 2024 0 \n 万 截至 该项目"
)
PIECES = st.sampled_from(WORDS.split())
TEXTS = st.one_of(st.text(), st.lists(PIECES, max_size=60).map("".join))


@pytest.fixture(scope="module")
def pages() -> list[tuple[PageRecord, PageFigures]]:
    archive = read_archive(ROOT)
    return [(page, read_figures(page, year=issue.year, not_before=issue.not_before)) for issue in archive.issues for page in issue.pages]


@given(TEXTS)
def test_any_text_is_read_and_every_run_stands_in_the_ledger_once(text: str) -> None:
    text = "".join(char for char in text if char == "\n" or (char.isprintable() and ord(char) >= 0x20))
    if not text.strip():
        return
    record = record_of(text, titled=False)
    result = read_figures(record, year=2024)
    expected = [match.group() for match in RUN.finditer(record.page.text)]
    assert [number.run for number in result.numbers] == expected
    places = [(number.line, number.column) for number in result.numbers]
    assert places == sorted(set(places))
    for number in result.numbers:
        assert record.page.line_text(number.line)[number.column :].startswith(number.run)
    ids = [figure.id for figure in result.figures]
    assert len(ids) == len(set(ids))
    blocks = record.articles[0].body
    for figure in result.figures:
        body = blocks[figure.block].passage.text
        start, end = figure.number_span
        first, last = figure.quantity_span
        assert 0 <= first <= start < end <= last <= len(body)
        assert figure.value >= 0
        assert figure.indicator
    assert len(list(explain(record, year=2024))) >= len(result.numbers)


@given(TEXTS)
def test_a_year_that_is_not_known_is_never_guessed(text: str) -> None:
    text = "".join(char for char in text if char.isprintable() and not char.isdigit()) + "，8月19日举行。"
    numbers = read_figures(record_of(text, titled=False), year=None).numbers
    assert all(number.iso is None or number.iso.startswith("-") for number in numbers if number.label == "date")


def test_every_run_of_the_pages_is_labelled(pages: list[tuple[PageRecord, PageFigures]]) -> None:
    for record, result in pages:
        assert len(result.numbers) == len(RUN.findall(record.page.text))
        assert [number for number in result.numbers if number.label is None] == []


def test_figures_point_at_their_print(pages: list[tuple[PageRecord, PageFigures]]) -> None:
    for record, result in pages:
        articles = {article.id: article for article in record.articles}
        order = {article.id: number for number, article in enumerate(record.articles)}
        for figure in result.figures:
            article = articles[figure.article]
            passage = article.body[figure.block].passage if figure.part == "body" else getattr(article, figure.part)
            assert record.page.place(passage.origins[figure.number_span[0]]).line == figure.line
            assert figure.id == f"{record.page.issue}.{record.page.name}.l{figure.line}c{figure.column}"
        assert [order[f.article] for f in result.figures] == sorted(order[f.article] for f in result.figures)


def test_linfen_misprint_is_found_without_the_correction() -> None:
    """总投资353.71元: the parts 87.16, 145.12 and 121.43亿元 and the headline say 亿元."""
    folder = ROOT / "content/sources/2024-after-0819"
    page = make_page((folder / "D1.txt").read_bytes(), path="D1.txt", issue="2024-after-0819", name="D1", source="D1.txt")
    layout = (folder / "D1.yml").read_text(encoding="utf-8")
    head, _, corrections = layout.partition("corrections:\n")
    kept = [part for part in corrections.split("\n- ") if "353.71" not in part]
    layout = head + "corrections:\n" + "\n- ".join(kept)
    record = read_articles(page, parse_layout(layout.encode(), folder / "D1.yml", page), year=2024)
    assert "353.71元" in "".join(block.passage.text for article in record.articles for block in article.body)
    result = read_figures(record, year=2024, not_before="2024-08-19")
    (figure,) = [figure for figure in result.figures if figure.run == "353.71" and figure.part == "body"]
    assert (figure.value, figure.unit, figure.unit_printed, figure.batch) == (Decimal("353.71"), "亿元", "元", "合计")
    assert figure.value_base == Decimal(35371000000)
    (proposal,) = result.proposals
    assert (proposal.printed, proposal.corrected, proposal.kind) == ("353.71元", "353.71亿元", "number")
    assert "87.16＋145.12＋121.43＝353.71亿元" in proposal.note


def test_a_correction_changes_the_unit_and_keeps_the_printed_one(pages: list[tuple[PageRecord, PageFigures]]) -> None:
    found = {(figure.run, figure.unit, figure.unit_printed) for _, result in pages for figure in result.figures if figure.unit_printed}
    assert ("353.71", "亿元", "元") in found
    assert any(run == "2050" and printed == "益" for run, _, printed in found)


def test_a_number_over_a_line_break_is_one_figure() -> None:
    record = record_of("太原：签约\n太原市签约项目总投资353.\n")
    text = "太原市总投资353.\n71亿元。"
    record = record_of(text, titled=False)
    result = read_figures(record, year=2024)
    assert [number.run for number in result.numbers] == ["353", "71"]
    assert len({number.line for number in result.numbers}) == 2


@pytest.mark.parametrize(
    ("text", "value", "unit", "approx", "base"),
    [
        ("近3.78万平方米", "3.78", "万平方米", "近", "37800"),
        ("30余万平方米", "30", "万平方米", "余", "300000"),
        ("1700余个", "1700", "个", "余", "1700"),
        ("签约19个", "19", "个", None, "19"),
        ("约100亿元", "100", "亿元", "约", "10000000000"),
        ("3000多摄氏度", "3000", "摄氏度", "多", "3000"),
        ("最近3天", "3", "天", None, "3"),
        ("10亿元以上", "10", "亿元", "以上", "1000000000"),
        ("12个月", "12", "个月", None, "12"),
        ("56GW", "56", "GW", None, "56000000"),
        ("1.5公里", "1.5", "公里", None, "1500"),
        ("逾150亿元", "150", "亿元", "逾", "15000000000"),
    ],
)
def test_value_unit_and_hedge(text: str, value: str, unit: str, approx: str | None, base: str) -> None:
    match = RUN.search(text)
    assert match
    quantity = read_quantity(text, *match.span())
    assert quantity is not None
    assert (quantity.value, quantity.unit, quantity.approx) == (Decimal(value), unit, approx)
    assert quantity.value * quantity.factor == Decimal(base)


@pytest.mark.parametrize(
    ("text", "value"),
    [("十二", 12), ("两", 2), ("三千五百", 3500), ("百万", 1000000), ("一亿两千万", 120000000), ("二十", 20), ("〇", 0)],
)
def test_chinese_numerals(text: str, value: int) -> None:
    assert read_numeral(text) == value


@pytest.mark.parametrize(
    "text", ["一批项目", "“三个一批”活动", "过去一年", "一个项目一名领导", "第三次活动", "二期工程", "“六个一”机制", "成功"]
)
def test_idioms_are_no_data(text: str) -> None:
    assert list(find_han_quantities(text)) == []


@pytest.mark.parametrize(
    "piece",
    [  # each repeated until the text has 20,000 characters
        "1234567890", "1.", "1，", "1、", "1月", "（1", "（",
        "“", "总投资1亿元、", "签约1个、", "分别为1个、", "建设的项目", "年产1", "1/", "一",
        "，晋华光伏发电项目总投资1亿元", "太原市，大同市签约1个，", "全市（1个）",
        "（单位：亿元）1，", "一期投资1亿元，", "其余8市1个，", "1∶1", "的", "（签约/开工，单位：个）1/1", "占", "的1%", "有限公司",
    ],
)  # fmt: skip
def test_work_is_linear_in_hostile_text(piece: str) -> None:
    """Four times the text takes about four times the work: no rule looks back over the whole text, none backtracks without end."""
    records = [record_of((piece * (size // len(piece) + 1))[:size] + "\n", titled=False) for size in (5_000, 20_000)]
    small, large = (calls(read_figures, record, year=2024) for record in records)
    assert large < 5 * small + 2_000


def test_the_tables_load_and_name_their_sources() -> None:
    assert units()["公里"].factor == 1000
    assert {hedge.printed for hedge in hedges()} >= {"约", "近", "超", "余", "多", "以上"}
    assert {row.name for row in indicators()} >= {"总投资", "预计年产值", "年度计划投资", "完成投资", "产能"}
    assert events()["2024-3"].totals["签约"] == (Decimal(194), Decimal(603))
    for first, second in pairwise([hedge for hedge in hedges() if hedge.place == "before"]):
        assert not second.printed.endswith(first.printed) or first.printed == second.printed


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("截至2023年12月底，2022年以来六次活动签约项目120个。", "2022/2023-12"),
        ("2022年以来六次活动签约项目120个。", None),
        ("2024年以来，大同市签约项目120个。", "2024"),
        ("2023年，大同市签约项目120个。", "2023"),
        ("2023年1月至5月，大同市签约项目120个。", "2023-01/2023-05"),
    ],
)
def test_a_span_that_began_in_a_year_is_not_that_year(text: str, period: str | None) -> None:
    read = read_figures(record_of(f"大同市活动\n\n{text}\n"), year=2024)
    assert [figure.period for figure in read.figures if figure.run == "120"] == [period]


@pytest.mark.parametrize(
    ("again", "scope"),
    [
        ("续建的5个项目中，桩基已完成。", "省级重点工程项目"),
        ("续建的6个项目中，桩基已完成。", None),  # another number: not those
        ("续建项目5个，桩基已完成。", None),  # a new count, and not of the subset
    ],
)
def test_projects_that_are_spoken_of_again_are_of_the_same_subset(again: str, scope: str | None) -> None:
    text = f"大同经开区见闻\n今年，大同经开区推进实施的省级重点工程项目12个。其中，续建项目5个，新开工项目4个。\n{again}"
    assert read_figures(record_of(text), year=2024).figures[-1].scope == scope
