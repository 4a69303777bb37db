"""Joining printed lines: what is kept, what is dropped, and that every character still knows its place."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from build_scripts.passage import concat, join_passage
from build_scripts.source import Span
from tests.conftest import page_of


def joined(text: str, *, gaps: bool = False) -> str:
    page = page_of(text)
    return join_passage(page, [Span(0, len(page.text))], gaps=gaps).text


@pytest.mark.parametrize(
    ("printed", "clean"),
    [
        ("总投资 49.96\n亿元", "总投资49.96亿元"),
        ("全省开发区\n\n2024 年第三次", "全省开发区2024年第三次"),
        ("其中:“签约一\n批”", "其中：“签约一批”"),
        ("145.12 亿元;“开工", "145.12亿元；“开工"),
        ("余条,岗位 1000 余个", "余条，岗位1000余个"),
        ("区一角(无人机拍摄)。", "区一角（无人机拍摄）。"),
        ("200MW/9MWh 独立储能", "200MW/9MWh独立储能"),
        ("BDO 和 PBAT 可降解", "BDO和PBAT可降解"),
        ("New York\nTimes", "New York Times"),
        ("共 12\n30 个", "共12 30个"),
        ("8:30 开会", "8:30开会"),
        ("C42E 轻型", "C42E轻型"),
        ("kfqsjszk@163.com", "kfqsjszk@163.com"),
    ],
)
def test_body_text(printed: str, clean: str) -> None:
    assert joined(printed) == clean


@pytest.mark.parametrize(
    ("printed", "clean"),
    [
        ("以深化改革激发新活力 以项目建设壮大新动能", "以深化改革激发新活力 以项目建设壮大新动能"),
        ("编 前 语", "编前语"),
        ("大同：项目总数 47 个", "大同：项目总数47个"),
        ("吴珊珊 刘梦琪", "吴珊珊 刘梦琪"),
    ],
)
def test_headlines_keep_the_space_between_clauses(printed: str, clean: str) -> None:
    assert joined(printed, gaps=True) == clean


def test_paragraph_goes_on_after_an_interruption() -> None:
    page = page_of("桩基工程已\n图片说明\n完成总进度的80%")
    passage = join_passage(page, [page.line_span(1), page.line_span(3)])
    assert passage.text == "桩基工程已完成总进度的80%"
    assert [page.place(offset).line for offset in passage.origins] == [1] * 5 + [3] * 9


def test_concat_keeps_places() -> None:
    page = page_of("甲 乙\n丙")
    whole = concat([join_passage(page, [page.line_span(1)]), join_passage(page, [page.line_span(2)])], " ")
    assert whole.text == "甲乙 丙"
    assert page.text[whole.origins[3]] == "丙"


@given(st.text(alphabet="甲乙，。“”,:();12 Ab\n", min_size=1).filter(lambda text: text.strip() != ""))
def test_every_character_points_at_its_print(text: str) -> None:
    page = page_of(text)
    passage = join_passage(page, [Span(0, len(page.text))])
    assert len(passage.text) == len(passage.origins)
    assert list(passage.origins) == sorted(passage.origins)
    for char, offset in zip(passage.text, passage.origins, strict=True):
        assert char == page.text[offset] or char == " " or char in "，：；（）"
    assert "".join(passage.text.split()).translate(str.maketrans("，：；（）", ",:;()")) == "".join(text.split()).translate(
        str.maketrans("，：；（）", ",:;()")
    )
