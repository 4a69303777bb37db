"""Corrections: the text shows the corrected reading, the print stays known, and nothing drifts."""

import pytest

from build_scripts.articles import read_articles
from build_scripts.errors import LayoutError
from build_scripts.layout.layoutfile import parse_layout
from build_scripts.records import Article, PageRecord
from tests.conftest import LAYOUT, TEXT, page_of
from tests.test_layout import PATH


def read(corrections: str, text: str = TEXT) -> PageRecord:
    page = page_of(text)
    layout = parse_layout(f"{LAYOUT}corrections:\n{corrections}".encode(), PATH, page)
    return read_articles(page, layout, year=2024)


def article(corrections: str, text: str = TEXT) -> Article:
    return read(corrections, text).articles[0]


GLYPH = "- {line: 5, printed: 亿元。, corrected: 万元。, kind: glyph, note: 测试}"


def test_a_reading_across_a_line_break() -> None:
    found = article(GLYPH)
    passage = found.paragraphs[0].passage
    assert passage.text == "8月19日，大同市举行活动，总投资99.754万元。"
    repair = passage.repairs[0]
    assert (passage.text[repair.start : repair.end], repair.printed) == ("万元。", "亿元。")
    page = page_of(TEXT)
    places = [page.place(offset) for offset in passage.origins[repair.start : repair.end]]
    assert [(place.line, place.column) for place in places] == [(5, 13), (6, 0), (6, 1)]
    assert [(item.place.line, item.printed, item.kind) for item in found.corrections] == [(5, "亿元。", "glyph")]


def test_inserted_characters_point_at_what_they_replace() -> None:
    passage = article("- {line: 5, printed: 99.754亿, corrected: 约99.754亿, kind: typo, note: 测试}").paragraphs[0].passage
    at = passage.text.index("约")
    page = page_of(TEXT)
    assert page.place(passage.origins[at]).line == 5
    assert list(passage.origins) == sorted(passage.origins)
    assert page.text[passage.origins[at + 1]] == "9"


def test_a_doubt_marks_and_changes_nothing() -> None:
    passage = article("- {line: 5, printed: 总投资, kind: typo, note: 存疑}").paragraphs[0].passage
    assert "总投资99.754亿元" in passage.text
    assert passage.repairs[0].printed == "总投资"


@pytest.mark.parametrize(
    ("correction", "words"),
    [
        ("- {line: 5, printed: 总产值, corrected: 产值, kind: typo, note: x}", "not on line 5"),
        ("- {line: 4, printed: 总投资, corrected: 投资, kind: typo, note: x}", "not on line 4"),
        ("- {line: 4, printed: 8, corrected: 9, kind: typo, note: x}", "column"),
        ("- {line: 5, printed: 总投资, corrected: 总投资, kind: typo, note: x}", "two readings"),
        ("- {line: 5, printed: 总投 资, corrected: 投资, kind: typo, note: x}", "white space"),
        ("- {line: 5, printed: 总投资, corrected: 投资, kind: guess, note: x}", "'guess'"),
        ("- {line: five, printed: 总投资, corrected: 投资, kind: typo, note: x}", "whole number"),
        (GLYPH + "\n" + GLYPH, "overlaps"),
    ],
)
def test_refused(correction: str, words: str) -> None:
    text = TEXT.replace("8 月 19", "8 月 18")
    with pytest.raises(LayoutError, match=words) as caught:
        read(correction, text)
    assert caught.value.line >= 12


def test_a_headline_is_corrected_too() -> None:
    title = article("- {line: 3, printed: 47个, corrected: 48个, kind: number, note: x}").title
    assert title is not None
    assert title.text == "大同：项目总数48个"
