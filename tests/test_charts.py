"""Pictures: what their geometry promises, whatever the values; and which values have a picture at all."""

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from itertools import combinations
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from build_scripts.archive import read_archive
from build_scripts.charts import draw
from build_scripts.charts.bars import UNKNOWN
from build_scripts.charts.scene import Box, Scene, Word, text_width
from build_scripts.charts.tiles import PLACES, level
from build_scripts.lexicon.places import load_lexicon
from build_scripts.pages.pictures import rounds_between
from build_scripts.pages.timeline import NUMBERS, year_chart
from tests.conftest import PROJECT

Panel = dict[str, Any]
Rows = list[dict[str, Any]]

VALUES = st.none() | st.decimals(min_value=0, max_value=10**9, places=3, allow_nan=False)
HEDGES = st.sampled_from(["", "约", "不少于", "近"])


@st.composite
def bars(draw_: st.DrawFn) -> tuple[Rows, Panel]:
    """Rows and a panel as a page's front matter holds them; now and then a group without any value."""
    rows: Rows = []
    cells = []
    for group in draw_(st.lists(st.sampled_from(["2024年第三次", "2024年第二次", "2022年第十二次"]), min_size=1, max_size=3, unique=True)):
        own = draw_(st.lists(VALUES, max_size=4))
        rows += [{"label": "签约", "group": group} for _ in own] or [{"label": None, "group": group}]
        for value in own or [None]:
            text = "" if value is None else f"{draw_(HEDGES)}{value.normalize():f}{draw_(st.sampled_from(['', '万元', '*']))}"
            cells.append(None if value is None else {"value": float(value), "text": text, "url": "x/"})
    return rows, {"cells": cells}


def words(scene: Scene) -> Iterator[Word]:
    for group in scene.groups:
        yield from group.words


def boxes(scene: Scene) -> Iterator[Box]:
    for group in scene.groups:
        yield from group.boxes


def extent(word: Word) -> tuple[Decimal, Decimal, Decimal, Decimal]:
    """Left, top, right and bottom of a text: its letters hang from a little above the baseline to a little below."""
    width = text_width(word.text, word.size)
    left = word.x - {"start": Decimal(0), "middle": width / 2, "end": width}[word.anchor]
    return left, word.y - Decimal(word.size) * Decimal("0.9"), left + width, word.y + Decimal(word.size) * Decimal("0.15")


def corners(box: Box) -> tuple[Decimal, Decimal, Decimal, Decimal]:
    return box.x, box.y, box.x + box.width, box.y + box.height


def apart(one: tuple[Decimal, ...], other: tuple[Decimal, ...]) -> bool:
    return one[2] <= other[0] or other[2] <= one[0] or one[3] <= other[1] or other[3] <= one[1]


def assert_in_view_and_apart(scene: Scene) -> None:
    slack = Decimal("0.1")  # places are rounded to a tenth
    for word in words(scene):
        left, top, right, bottom = extent(word)
        assert -slack <= left <= right <= scene.width + slack, word
        assert 0 <= top <= bottom <= scene.height, word
    for box in boxes(scene):
        assert 0 <= box.x <= box.x + box.width <= scene.width + slack, box
        assert 0 <= box.y <= box.y + box.height <= scene.height, box
    for one, other in combinations(words(scene), 2):
        assert apart(extent(one), extent(other)), (one, other)


@given(bars())
def test_bars_stand_in_view_and_nothing_lies_over_another(drawn: tuple[Rows, Panel]) -> None:
    rows, panel = drawn
    scene = draw(panel, {"kind": "bars", "rows": rows})
    assert_in_view_and_apart(scene)
    for box in boxes(scene):
        for word in words(scene):
            if text_width(word.text):
                assert apart(corners(box), extent(word)), (box, word)


@given(bars())
def test_bars_are_as_long_as_their_values(drawn: tuple[Rows, Panel]) -> None:
    rows, panel = drawn
    scene = draw(panel, {"kind": "bars", "rows": rows})
    known = [Decimal(str(cell["value"])) for cell in panel["cells"] if cell]
    lengths = [box.width for box in boxes(scene)]
    assert len(lengths) == len(known)
    assert [word.text for word in words(scene) if word.kind == "value"] == [cell["text"] for cell in panel["cells"] if cell]
    most = max(known, default=Decimal(0))
    longest = max(lengths, default=Decimal(0))
    for length, value in zip(lengths, known, strict=True):
        assert abs(length * most - longest * value) <= Decimal("0.1") * most + Decimal("0.1") * value


@given(bars())
def test_what_is_not_known_has_no_bar_and_says_so(drawn: tuple[Rows, Panel]) -> None:
    rows, panel = drawn
    scene = draw(panel, {"kind": "bars", "rows": rows})
    unknown = sum(cell is None for cell in panel["cells"])
    assert sum(UNKNOWN in word.text for word in words(scene)) == unknown
    assert all(not group.boxes for group in scene.groups if any(UNKNOWN in word.text for word in group.words))


def test_shares_are_drawn_to_the_whole() -> None:
    cells = [{"value": value, "text": f"{value}%"} for value in (50, 100, 0)]
    scene = draw({"cells": cells, "full": 100}, {"kind": "bars", "rows": [{"label": "签约"}] * 3})
    whole, *lengths = [next(box.width for box in boxes(scene) if box.kind == "whole"), *[b.width for b in boxes(scene) if b.kind == "bar"]]
    assert lengths == [whole / 2, whole, 0]


def test_panels_with_one_scale_are_drawn_to_it() -> None:
    rows: Rows = [{"label": "大同"}]
    widths = [
        next(boxes(draw({"cells": [{"value": value, "text": "10"}], "most": 40}, {"kind": "bars", "rows": rows}))).width
        for value in (10, 20, 40)
    ]
    assert [round(width / widths[2], 2) for width in widths] == [Decimal("0.25"), Decimal("0.5"), 1]


CITIES: Rows = [{"label": city.short, "slug": city.slug} for city in load_lexicon().cities]


@given(st.lists(VALUES, min_size=11, max_size=11))
def test_tiles_stand_apart_and_are_the_darker_the_larger(values: list[Decimal | None]) -> None:
    cells = [None if value is None else {"value": float(value), "text": "1234.567", "url": "x/"} for value in values]
    scene = draw({"cells": cells}, {"kind": "tiles", "rows": CITIES})
    assert_in_view_and_apart(scene)
    tiles = list(boxes(scene))
    assert len(tiles) == 11
    for one, other in combinations(tiles, 2):
        assert apart(corners(one), corners(other))
    kinds = {value: box.kind for box, value in zip(tiles, values, strict=True)}
    assert all((kind == "tile none") == (value is None) for value, kind in kinds.items())
    known = sorted(value for value in kinds if value is not None)
    assert [kinds[value] for value in known] == sorted(kinds[value] for value in known)


@pytest.mark.parametrize(("value", "expected"), [(0, 0), (1, 1), (25, 1), (26, 2), (75, 3), (76, 4), (100, 4)])
def test_levels_are_quarters_of_the_largest(value: int, expected: int) -> None:
    assert level(Decimal(value), Decimal(100)) == expected


def test_tiles_lie_as_those_that_lead_to_the_cities() -> None:
    style = (PROJECT / "theme/assets/css/archive.css").read_text("utf-8")
    found = {
        slug: (int(row) - 1, int(column) - 1)
        for slug, row, column in re.findall(r"\.tile--(\w+) \{\s*grid-area: (\d) / (\d) / auto / span 2;", style)
    }
    assert found == PLACES
    assert PLACES.keys() == {city["slug"] for city in CITIES}


YEAR: Panel = {
    "dated": {"3": {"count": 2, "url": None}, "4": {"count": 1, "url": "issues/2024-7/"}},
    "undated": {"4": {"count": 1, "url": "issues/2024-after-0401/"}},
    "numbers": [{"number": number, "url": "x/" if number in (2, 14) else None} for number in range(1, 15)],
}


def test_a_year_shows_gaps_as_gaps_and_undated_issues_at_no_date() -> None:
    scene = draw(YEAR, {"kind": "year"})
    assert_in_view_and_apart(scene)
    kinds = [box.kind for box in boxes(scene)]
    assert (kinds.count("month dated"), kinds.count("month undated"), kinds.count("month none")) == (2, 1, 21)
    assert (kinds.count("number held"), kinds.count("number none")) == (2, 12)
    texts = [word.text for word in words(scene)]
    assert "1→" in texts
    assert "出版日期已印" in texts


def test_a_year_without_dated_issues_has_no_row_for_them() -> None:
    scene = draw({**YEAR, "dated": {}}, {"kind": "year"})
    assert not [box for box in boxes(scene) if "dated" in box.kind.split()]
    assert "出版日期已印" not in [word.text for word in words(scene)]


def test_a_year_of_the_archive() -> None:
    """2024 has the numbers 10 and 14, no date at all, and two issues without a number."""
    issues = [issue for issue in read_archive(PROJECT).issues if issue.year == 2024]
    chart = year_chart(2024, issues)
    assert chart["dated"] == {}
    assert sum(month["count"] for month in chart["undated"].values()) + chart["earlier"] == len(issues)
    numbers = [issue.number for issue in issues if issue.number]
    assert (chart["held"], chart["missing"]) == ("10、14", "1–9、11–13")
    assert [one["number"] for one in chart["numbers"] if one["url"]] == numbers
    assert len(chart["numbers"]) == max(numbers)
    assert chart["unnumbered"] == sum(issue.number is None for issue in issues)


def test_a_year_that_counts_far_shows_its_last_numbers() -> None:
    issue = read_archive(PROJECT).issues[0]
    chart = year_chart(2024, [replace(issue, year=2024, number=1050, date="2024-05-06", not_before="2024-05-01")])
    assert [one["number"] for one in chart["numbers"]] == list(range(1051 - NUMBERS, 1051))
    assert chart["dated"] == {"5": {"count": 1, "url": issue.url}}


@pytest.mark.parametrize(
    ("events", "expected"),
    [
        ([], []),
        (["2024-3"], ["2024-3"]),
        (["2024-3", "2024-1"], ["2024-1", "2024-2", "2024-3"]),
        (["2022-4", "2024-1"], ["2022-4", "2024-1"]),  # how many rounds 2023 had is not known
        (["2024-9", "2024-10"], ["2024-9", "2024-10"]),
    ],
)
def test_rounds_between_two_known_ones_of_a_year_are_gaps(events: list[str], expected: list[str]) -> None:
    assert rounds_between(events) == expected
