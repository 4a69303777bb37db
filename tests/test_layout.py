"""The layout file: every non-blank character of a page belongs to exactly one part, and every mistake names its line."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from build_scripts.errors import LayoutError
from build_scripts.layout.layoutfile import parse_layout
from build_scripts.layout.places import read_place, write_place
from build_scripts.source import Span
from build_scripts.yamlfile import Entry
from tests.conftest import LAYOUT, TEXT, page_of

PATH = Path("D1.yml")


def refusal(layout: str, text: str = TEXT) -> LayoutError:
    with pytest.raises(LayoutError) as caught:
        parse_layout(layout.encode(), PATH, page_of(text))
    assert str(caught.value).startswith(("D1.yml", "D1.txt"))
    assert "\n" not in str(caught.value)
    return caught.value


def test_good_layout() -> None:
    layout = parse_layout(LAYOUT.encode(), PATH, page_of(TEXT))
    assert [article.id for article in layout.articles] == ["datong"]


@pytest.mark.parametrize(
    ("change", "line", "words"),
    [
        (("page: D1", "page: D2"), 1, ["'D2'", "'D1'"]),
        (("  type: brief", "  type: poem"), 6, ["'poem'", "brief"]),
        (("  title: 3", "  titel: 3"), 7, ["unknown key 'titel'", "title"]),
        (("  title: 3\n", "  title: 3\n  title: 3\n"), 8, ["stands twice", "line 7"]),
        (("- id: datong", "- id: ../x"), 5, ["'../x'", "lower-case"]),
        (("- id: datong", "- id: Datong"), 5, ["lower-case"]),
        (("- id: datong", "- id: '-a'"), 5, ["lower-case"]),
        (("  title: 3", "  title: 3-99"), 7, ["line 99", "1 to 7"]),
        (("  title: 3", "  title: 3:99"), 7, ["column 99"]),
        (("  title: 3", "  title: third"), 7, ["'third'", "a place such as"]),
        (("  title: 3", "  title: 2"), 7, ["blank"]),
        (("  title: 3", "  title: 3:5-3:2"), 7, ["holds nothing"]),
        (("  title: 3", "  title:"), 7, ["empty"]),
        (("  type: brief\n", ""), 5, ["lacks the key 'type'"]),
        (("- slogan: 1", "- poster: 1"), 3, ["role"]),
        (("  body:\n  - 4:5-6:3", "  body: []"), 5, ["no body"]),
        (("  title: 3", "  title: 3\n  parent: nobody"), 5, ["'nobody'"]),
        (("  title: 3", "  title: 3\n  package: none"), 5, ["package"]),
        (("- id: datong", "- id: index"), 5, ["'index'", "page of its own"]),
        (("  - 4:5-6:3", "  - head: 4:5-6:3"), 5, ["no body"]),
        (("page: D1", 'page: "D1\\x02"'), 1, ["U+0002"]),
        (("page: D1", "page: &a D1"), 1, ["anchor"]),
        (("page: D1", "page: [D1"), 2, ["not YAML"]),
        (("page: D1", "page: " + "[" * 40), 1, ["nested"]),
    ],
)
def test_mistakes_name_their_line(change: tuple[str, str], line: int, words: list[str]) -> None:
    error = refusal(LAYOUT.replace(*change))
    assert error.line == line, str(error)
    for word in words:
        assert word in str(error)


def test_a_line_left_out_is_named() -> None:
    error = refusal(LAYOUT.replace("furniture:\n- slogan: 1\n", ""))
    assert str(error).startswith("D1.txt:1: column 1 belongs to no part: '打造开发区建设升级版'")


def test_a_part_of_a_line_left_out_is_named() -> None:
    assert str(refusal(LAYOUT.replace("  byline: 6:3\n", ""))).startswith("D1.txt:6: column 3 ")


def test_overlap_is_named() -> None:
    error = refusal(LAYOUT.replace("- 4:5-6:3", "- 4:5-6:4").replace("byline: 6:3", "byline: 6:2"))
    assert str(error).startswith("D1.txt:6: belongs to both")


def test_an_id_twice_names_both_lines() -> None:
    twice = LAYOUT.replace("- id: datong", "- id: datong\n  type: brief\n  body: [1]\n- id: datong").replace(
        "furniture:\n- slogan: 1\n", ""
    )
    error = refusal(twice)
    assert "'datong' is taken" in str(error)
    assert "line 3" in str(error)


FAMILY = """\
page: D1
packages: [{id: series, title: 1}]
articles:
- {id: a, type: news, body: [3], PARENT_OF_A}
- {id: b, type: caption, parent: a, body: ["4"]}
- {id: c, type: caption, body: ["5-6"], PARENT_OF_C}
"""


@pytest.mark.parametrize(
    ("a", "c", "words"),
    [
        ("package: series, parent: b", "parent: b", "which has a parent itself"),
        ("package: series", "parent: b", "which has a parent itself"),
        ("package: series", "parent: a, package: series", "one or the other"),
        ("title: 2", "parent: a", "blank"),
        ("", "parent: a", "no article belongs to the package"),
    ],
)
def test_who_may_belong_to_whom(a: str, c: str, words: str) -> None:
    layout = FAMILY.replace(", PARENT_OF_A", f", {a}" if a else "").replace("PARENT_OF_C", c)
    assert words in str(refusal(layout))


def test_two_parts_may_overlap_in_white_space() -> None:
    parse_layout(LAYOUT.replace("byline: 6:3", "byline: 6:2").encode(), PATH, page_of(TEXT))


@given(st.data())
def test_places_are_written_as_they_are_read(data: st.DataObject) -> None:
    page = page_of("总投资 49.96\n亿元\n\n 其中")
    start = data.draw(st.integers(0, len(page.text) - 1))
    end = data.draw(st.integers(start + 1, len(page.text)))
    text = page.text[start:end]
    if not text.strip():
        return
    span = Span(start + len(text) - len(text.lstrip()), start + len(text.rstrip()))
    back = read_place(Entry(PATH, 1, write_place(page, span)), page, "x")
    assert page.text[back.start : back.end].split() == page.text[span.start : span.end].split()


@given(st.binary(max_size=300))
def test_any_bytes_give_a_layout_or_one_clear_error(data: bytes) -> None:
    message = ""
    try:
        parse_layout(data, PATH, page_of(TEXT))
    except LayoutError as error:
        message = str(error)
    assert message.startswith(("D1.yml", "D1.txt")) or not message
    assert "\n" not in message
