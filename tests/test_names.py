"""Places, zones and what an article reports on: the cases of ``cases/names.md``, and what holds for any text."""

import re
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from build_scripts.lexicon.places import ZONE_TYPES, load_lexicon
from build_scripts.names import article_cities, find_places, zones_named
from build_scripts.passage import join_passage
from build_scripts.source import Span, read_page
from tests.conftest import PROJECT
from tests.work import calls

CASES = Path(__file__).parent / "cases" / "names.md"
PRINTED = re.compile(r"([0-9a-z-]+)\.([\w-]+), line (\d+)(?:, \d+ and \d+)?(, shortened)?\.$")
KINDS = {"市": "city", "县": "county", "区": "zone"}


@dataclass(frozen=True)
class Case:
    """One heading of the case file."""

    id: str
    reason: str
    text: str
    rows: list[list[str]]


def read_cases(section: str) -> list[Case]:
    """The cases under one second-level heading."""
    part = re.split(r"^## ", CASES.read_text(encoding="utf-8"), flags=re.MULTILINE)
    (body,) = [text for text in part if text.startswith(section)]
    cases = []
    for chunk in re.split(r"^### ", body, flags=re.MULTILINE)[1:]:
        name, rest = chunk.split("\n", 1)
        match = re.fullmatch(r"(.+?)\n\n```\n(.+?)\n```\n\n(.+?)\n*", rest, flags=re.DOTALL)
        assert match, f"the case {name} is not reason, text and table"
        reason, text, table = match.groups()
        lines = [] if table == "（无）" else table.split("\n")[2:]
        cases.append(Case(name, reason, text, [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]))
    return cases


MENTIONS = read_cases("Names in a text")
ARTICLES = read_cases("What an article reports on")


@pytest.mark.parametrize("case", MENTIONS, ids=lambda case: case.id)
def test_names_in_a_text(case: Case) -> None:
    found = find_places(case.text)
    assert [[m.printed, m.kind, m.name, m.city or "", "弱" if m.weak else ""] for m in found] == [
        [printed, KINDS[kind], name, city, weak] for printed, kind, name, city, weak in case.rows
    ]


@pytest.mark.parametrize("case", ARTICLES, ids=lambda case: case.id)
def test_what_an_article_reports_on(case: Case) -> None:
    parts: dict[str, str] = {}
    paragraphs = []
    for line in case.text.split("\n"):
        label, colon, value = line.partition("：")
        if colon and label in ("引题", "标题", "副题"):
            parts[label] = value
        else:
            paragraphs.append(line)
    ((cities, zones),) = case.rows
    assert article_cities(parts.get("引题"), parts.get("标题"), parts.get("副题"), paragraphs) == tuple(cities.split())
    assert zones_named("\n".join([*parts.values(), *paragraphs])) == tuple(zones.split())


def test_case_file_is_sound() -> None:
    cases = MENTIONS + ARTICLES
    assert len({case.id for case in cases}) == len(cases)
    assert sum(case.reason.endswith("拟") for case in cases) >= 40
    assert not [case.id for case in cases if not (case.reason.endswith("拟") or PRINTED.search(case.reason))]


@pytest.mark.parametrize("case", [case for case in MENTIONS + ARTICLES if PRINTED.search(case.reason)], ids=lambda case: case.id)
def test_printed_cases_are_printed(case: Case) -> None:
    """A text that is not marked as shortened or invented stands on the page it names, from the line it names."""
    match = PRINTED.search(case.reason)
    assert match
    issue, name, first_line, shortened = match.groups()
    source = f"content/sources/{issue}/{name}.txt"
    page = read_page(PROJECT / source, issue=issue, name=name, source=source)
    passage = join_passage(page, [Span(0, len(page.text))])
    if not shortened:
        at = passage.text.index(case.text)
        assert page.place(passage.origins[at]).line == int(first_line)


def test_each_name_and_alias_is_found_whole() -> None:
    lexicon = load_lexicon()
    for zone in lexicon.zones:
        for form in (zone.name, *(zone.aliases if zone.confidence != "low" else ())):
            found = [(m.printed, m.kind, m.name, m.city) for m in find_places(f"日前，{form}举行活动。")]
            assert found == [(form, "zone", zone.name, zone.city)]
    for city in lexicon.cities:
        for form in (city.name, city.short):
            assert [(m.printed, m.name) for m in find_places(f"日前，{form}举行活动。")] == [(form, city.name)]
    for county in lexicon.counties:
        if county.short or county.name.endswith("县"):
            found = [(m.printed, m.kind, m.name, m.city) for m in find_places(f"日前，{county.name}举行活动。")]
            assert found == [(county.name, "county", county.name, county.city)]


@pytest.mark.parametrize("printed", sorted(ZONE_TYPES))
def test_each_type_after_a_place_is_a_zone(printed: str) -> None:
    if ZONE_TYPES[printed] != "综改":
        assert [m.kind for m in find_places(f"宁武{printed}举行活动")] == ["zone"]


def test_nothing_in_nothing() -> None:
    assert find_places("") == ()
    assert zones_named("") == ()
    assert article_cities(None, None, None, []) == ()
    assert article_cities("", "", "", ["", ""]) == ()


def _pieces() -> list[str]:
    lexicon = load_lexicon()
    places = [form for place in lexicon.places for form in (place.name, place.short)]
    zones = [form for zone in lexicon.zones for form in (zone.name, *zone.aliases)]
    joints = [*"、和与，。：；等两3个在赴（）市县区域路街各长", "\n", " ", "有限公司", "大学", "以下简称", "全省", "省商务厅", "国家级"]
    return [*places, *zones, *lexicon.lookalikes, *ZONE_TYPES, *joints]


TEXTS = st.one_of(st.text(), st.lists(st.sampled_from(_pieces()), max_size=30).map("".join))


@given(TEXTS)
def test_spans_point_at_what_is_printed(text: str) -> None:
    found = find_places(text)
    assert all(0 <= m.start < m.end <= len(text) and text[m.start : m.end] == m.printed for m in found)
    assert all(left.end <= right.start for left, right in pairwise(found))
    cities = {city.name for city in load_lexicon().cities}
    assert all(m.city in cities or (m.kind == "zone" and m.city is None) for m in found)
    assert set(zones_named(text)) == {m.name for m in found if m.kind == "zone"}


@given(TEXTS, TEXTS, st.lists(TEXTS, max_size=4))
def test_reported_cities_are_named(kicker: str, title: str, paragraphs: list[str]) -> None:
    cities = article_cities(kicker, title, None, paragraphs)
    assert len(set(cities)) == len(cities)
    assert set(cities) <= {m.city for text in (f"{kicker}\n{title}", *paragraphs) for m in find_places(text)}


def test_work_grows_with_the_text() -> None:
    """Ten times the text takes about ten times the work, here with names at every turn."""
    text = "大同市在新荣经济技术开发区、忻州、原平、高平等经开区与太原重型机械设备制造有限公司举行活动，提高平台能级。"
    find_places(text)
    assert calls(find_places, text * 400) < 12 * calls(find_places, text * 40)
