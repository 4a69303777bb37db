"""Figures on the pages of the real archive say what figures.json and numbers.json say, and lead to each other."""

import json
import re
import shutil
from decimal import Decimal
from pathlib import Path
from typing import Any
from urllib.parse import urldefrag, urljoin

import pytest

from build_scripts.build import build_archive
from build_scripts.chars import squeeze
from build_scripts.figures.tables import event_label
from build_scripts.html.prose import line_links
from build_scripts.site import build_site
from tests.conftest import PROJECT
from tests.site import Element, broken_links, pages_of

pytestmark = pytest.mark.xdist_group("site")

Rows = list[dict[str, Any]]

LABELS = {"quantity": "指标", "date": "日期", "ordinal": "序号", "name": "名称代码", None: "未归类"}


@pytest.fixture(scope="module")
def figures(real_site: Path) -> Rows:
    rows: Rows = json.loads((real_site / "data/figures.json").read_text("utf-8"))
    return rows


def cells(row: Element) -> list[Element]:
    return list(row.iterchildren("th", "td"))


def shown_value(cell: Element) -> Decimal:
    """The number in a cell, without the hedge beside it."""
    return Decimal("".join(cell.xpath(".//text()[not(ancestor::small)]")))


def article_rows(page: Element) -> list[Element]:
    return list(page.xpath("//section[@class='data']//table[contains(@class, 'figures--article')]/tbody/tr"))


def address(page: str, link: Element) -> str:
    return urljoin(page, str(link.get("href")))


def raw_place(figure: dict[str, Any]) -> str:
    """The printed number on the raw page."""
    _, _, issue, name = figure["source"].removesuffix(".txt").split("/")
    return f"issues/{issue}/{name}/#l{figure['line']}c{figure['column']}"


def test_article_tables_show_every_figure_as_the_data_have_it(pages: dict[str, Element], figures: Rows) -> None:
    shown = {}
    for page_address in {urldefrag(figure["url"])[0] for figure in figures}:
        for row in article_rows(pages[page_address]):
            shown[urljoin(page_address, row.find(".//a").get("href"))] = (page_address, cells(row))
    assert shown.keys() == {figure["url"] for figure in figures}
    for figure in figures:
        page_address, (indicator, number, unit, subject, batch, scope, line) = shown[figure["url"]]
        assert indicator.text_content() == figure["indicator"]
        assert shown_value(number) == Decimal(str(figure["value"]))
        assert subject.text_content() == (figure["subject"] or "未写明")
        assert batch.text_content() == (figure["batch"] or "")
        assert unit.xpath("string(text())").startswith(figure["unit"])
        assert (figure["approx"] or "") in number.text_content() + unit.text_content()
        assert ("原刊作" in unit.text_content()) == bool(figure["unit_printed"])
        assert scope.text_content().startswith("计划" if figure["status"] == "planned" else "实际")
        said = scope.find("./span") if scope.find("./span") is not None else scope.find("./details/summary")
        assert said.text_content() == expected_line(figure)
        assert card(scope) == expected_card(figure)
        assert bool(card(scope)) == (scope.find("./details") is not None), "what unfolds has something in it"
        assert line.text_content() == f"第{figure['line']}行"
        assert address(page_address, line.find("a")) == raw_place(figure)


def card(scope: Element) -> dict[str, str]:
    """口径卡: its terms, each with what it says."""
    return {term.text_content(): term.getnext().text_content() for term in scope.iter("dt")}


BASES = {"event": "本次活动", "cumulative": "累计", "as_of": "到某时为止，起点未写明", "period": "该时段"}


def expected_line(figure: dict[str, Any]) -> str:
    """What is always in sight of a figure, from its row in the data: plan or fact, time, part of the subject."""
    return " · ".join(
        filter(None, ("计划" if figure["status"] == "planned" else "实际", time(figure), figure["scope"] and f"只指{figure['scope']}"))
    )


def time(figure: dict[str, Any]) -> str:
    period = day(figure["period"]) if figure["period"] else ""
    if figure["event"]:
        return event_label(figure["event"]).removesuffix("“三个一批”")
    if figure["basis"] == "cumulative":
        return "累计" + (f"至{day(figure['as_of'])}" if figure["as_of"] else period and f"，{period}")
    if figure["basis"] == "as_of":
        return f"截至{day(figure['as_of'])}" if figure["as_of"] else figure["basis_printed"]
    return period or "时段未写明"


def expected_card(figure: dict[str, Any]) -> dict[str, str]:
    """What the card of a figure says: all that the data know and its line does not say."""
    line, known = expected_line(figure), {}
    if figure["period"] and time(figure) not in (day(figure["period"]), f"累计，{day(figure['period'])}"):
        known["时段"] = day(figure["period"])
    if figure["status"] == "actual" and figure["basis"] and (figure["basis_printed"] or BASES[figure["basis"]] not in line):
        known["统计"] = BASES[figure["basis"]] + (f"（原文“{figure['basis_printed']}”）" if figure["basis_printed"] else "")
    if figure["as_of"] and day(figure["as_of"]) not in line and figure["basis"] in ("as_of", "cumulative"):
        known["截至"] = day(figure["as_of"])
    if figure["said_by"]:
        known["谁说的"] = f"{figure['said_by']}（文中所引）"
    if not figure["run"][0].isdigit():
        known["原刊作"] = f"“{figure['run']}”"
    return known


def test_whoever_signed_has_said_what_no_one_else_is_quoted_with(pages: dict[str, Element], figures: Rows) -> None:
    for page_address in {urldefrag(figure["url"])[0] for figure in figures}:
        page = pages[page_address]
        byline = [(a.find("small").text, a.find("a").text) for a in page.xpath("//p[@class='byline']/span")]
        signed = "、".join(f"{name}（{role}）" for role, name in byline) or "本文（原刊未署名）"
        assert f"没有另注“谁说的”的，出自{signed}。" in page.xpath("string(//section[@class='data']/p[@class='note'])")


def test_the_rounds_that_figures_belong_to_are_linked_once(pages: dict[str, Element], figures: Rows) -> None:
    for page_address in {urldefrag(figure["url"])[0] for figure in figures}:
        events = sorted({figure["event"] for figure in figures if figure["url"].startswith(f"{page_address}#") and figure["event"]})
        links = pages[page_address].xpath("//section[@class='data']/p[@class='note']/a")[:-1]
        assert [urljoin(page_address, a.get("href")) for a in links] == [f"events/{event}/" for event in events]
        assert [a.text for a in links] == [event_label(event) for event in events]


def day(iso: str) -> str:
    """2024年1月至2024年7月, 2023年12月."""
    names = "年月日"
    return "至".join("".join(f"{int(part)}{names[at]}" for at, part in enumerate(one.split("-"))) for one in iso.split("/"))


def test_main_figures_come_first_and_the_others_are_folded(pages: dict[str, Element], figures: Rows) -> None:
    for page_address in {urldefrag(figure["url"])[0] for figure in figures}:
        page = pages[page_address]
        own = [figure for figure in figures if figure["url"].startswith(f"{page_address}#")]
        folded = page.xpath("//details[@class='more-data']//tbody/tr")
        main = [figure["url"] for figure in own if figure["core"] and not figure["in_name"]]
        open_rows = [row for row in article_rows(page) if row not in folded]
        assert [urljoin(page_address, row.find(".//a").get("href")) for row in open_rows] == main


def test_figures_stand_in_the_text_and_on_the_raw_page_and_lead_to_each_other(pages: dict[str, Element], figures: Rows) -> None:
    for figure in figures:
        page_address, anchor = urldefrag(figure["url"])
        mark = pages[page_address].get_element_by_id(anchor)
        assert mark.tag == "data"
        assert Decimal(mark.get("value")) == Decimal(str(figure["value"]))
        raw = raw_place(figure)
        if not mark.xpath("ancestor::a | .//a[starts-with(@href, '#')]"):
            assert address(page_address, mark.find("a")) == raw, figure["id"]
        raw_address, raw_anchor = urldefrag(raw)
        printed = pages[raw_address].get_element_by_id(raw_anchor)
        assert printed.text_content() == figure["run"]
        assert address(raw_address, printed) == figure["url"]


def test_each_mark_is_a_figure_of_its_article(pages: dict[str, Element], figures: Rows) -> None:
    marks = {f"{page_address}#{mark.get('id')}" for page_address, page in pages.items() for mark in page.iter("data")}
    assert marks == {figure["url"] for figure in figures}


def test_links_never_nest(real_site: Path, pages: dict[str, Element]) -> None:
    for page_address, page in pages.items():
        assert page.xpath("//a//a") == [], page_address
    # A parser mends what it reads, so the tags are counted as they are written.
    for path in real_site.rglob("*.html"):
        depth = 0
        for tag in re.findall(r"<(/?)a[\s>]", path.read_text("utf-8")):
            depth += -1 if tag else 1
            assert depth in (0, 1), path


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ('<data id="l4c8" value="5">5个</data>', "<data id=l4c8 value=5><a href=../D1/#l4c8>5个</a></data>"),
        ('<data id="l4c8" value="5"><a href="#n">5个</a></data>', '<data id="l4c8" value="5"><a href="#n">5个</a></data>'),
        ('<a href="#n">约<data id="l4c8" value="5">5个</data></a>', '<a href="#n">约<data id="l4c8" value="5">5个</data></a>'),
        ('<data id="l4c8" value="5"></data>', '<data id="l4c8" value="5"></data>'),
    ],
)
def test_a_figure_is_linked_unless_it_touches_a_link(content: str, expected: str) -> None:
    assert line_links(content, "../D1/") == expected


def test_a_corrected_unit_is_shown_beside_the_printed_one(pages: dict[str, Element]) -> None:
    page = pages["issues/2024-after-0819/linfen-2024-3rd/"]
    row = next(row for row in article_rows(page) if row.find(".//a").get("href") == "#l165c13")
    assert cells(row)[2].text_content() == "亿元原刊作“元”"
    assert page.get_element_by_id("l165c13").text_content() == "353.71亿元"
    printed = pages["issues/2024-after-0819/D1/"].get_element_by_id("l165")
    assert "353.71 元" in printed.text_content()


def test_the_ledger_of_each_page_counts_its_numbers(real_site: Path, pages: dict[str, Element]) -> None:
    numbers = json.loads((real_site / "data/numbers.json").read_text("utf-8"))
    for source in sorted((PROJECT / "content/sources").glob("*/*.txt")):
        own = [number for number in numbers if number["source"].endswith(f"/{source.parent.name}/{source.name}")]
        counts = " · ".join(f"{name} {sum(number['label'] == label for number in own)}" for label, name in LABELS.items())
        ledger = pages[f"issues/{source.parent.name}/{source.stem}/"].get_element_by_id("ledger")
        assert ledger.findtext("p") == f"本版数字 {len(own)} 处：{counts}"
        listed = [(cells(row)[0].text_content(), cells(row)[1].text_content()) for row in ledger.iterfind(".//tbody/tr")]
        assert listed == [(str(number["line"]), number["run"]) for number in own if number["label"] != "quantity"]


def fact_places(page: Element, base: str) -> dict[str, tuple[Decimal, str]]:
    """Address of a figure → value and indicator, of each place in the tables of a city or an issue."""
    found = {}
    for row in page.xpath("//table[contains(@class, 'figures--facts')]/tbody/tr[not(@class)]"):
        _, indicator, number, _, _, places = cells(row)
        for link in places.iterfind("a"):
            found[address(base, link)] = (shown_value(number), indicator.text_content())
    return found


def test_a_city_page_shows_the_main_figures_of_the_city(pages: dict[str, Element], figures: Rows) -> None:
    for page_address, page in pages.items():
        if re.fullmatch(r"cities/\w+/", page_address):
            name = page.findtext(".//h1")
            own = {
                figure["url"]: (Decimal(str(figure["value"])), figure["indicator"])
                for figure in figures
                if figure["core"] and figure["subject"] == name
            }
            assert fact_places(page, page_address) == own, name


def test_an_issue_page_shows_the_main_figures_of_province_and_cities(pages: dict[str, Element], figures: Rows) -> None:
    for page_address, page in pages.items():
        if re.fullmatch(r"issues/[^/]+/", page_address):
            own = {
                figure["url"]
                for figure in figures
                if f"issues/{figure['issue']}/" == page_address
                and figure["core"]
                and not figure["scope"]
                and figure["subject_type"] in ("province", "city")
            }
            assert fact_places(page, page_address).keys() == own


def test_city_tables_begin_with_the_newest_round(pages: dict[str, Element]) -> None:
    groups = [
        group.text_content() for group in pages["cities/lvliang/"].xpath("//table[contains(@class, 'figures--facts')]//tr[@class='group']")
    ]
    assert groups[:2] == ["2024年第三次“三个一批”", "2024年第一次“三个一批”"]
    assert groups[-1] == "时段未写明"


def test_unknown_cells_of_an_event_are_empty_and_say_why(pages: dict[str, Element], figures: Rows) -> None:
    base = "events/2024-3/"
    for table in pages[base].xpath("//table[contains(@class, 'round')]"):
        measure = table.findtext("caption").split("（")[0]
        batches = [batch.text_content() for batch in table.xpath("./thead//th")][1:]
        for row in table.xpath("./tbody/tr"):
            city, *values = cells(row)
            for batch, cell in zip(batches, values, strict=True):
                known = [
                    figure
                    for figure in figures
                    if figure["event"] == "2024-3"
                    and figure["core"]
                    and figure["subject"] == f"{city.text_content()}市"
                    and (figure["batch"], figure["indicator"], figure["scope"]) == (batch, measure, None)
                ]
                if known:
                    assert shown_value(cell) == Decimal(str(known[0]["value"]))
                    assert address(base, cell.find("a")) == known[0]["url"]
                else:
                    assert cell.xpath("./text()") == []
                    assert cell.text_content() == "未刊或未收"
    assert "不是零" in pages[base].text_content()


def test_a_number_never_parts_from_its_unit(real_site: Path) -> None:
    style = (real_site / "assets/site.css").read_text("utf-8")
    assert re.search(r"\.page data \{[^}]*white-space: nowrap", style)


def test_figures_keep_their_addresses_where_no_full_text_is_published(tmp_path: Path, figures: Rows) -> None:
    shutil.copytree(PROJECT / "content", tmp_path / "content")
    build_archive(tmp_path, full_text=False)
    build_site(tmp_path, tmp_path / "site")
    pages = pages_of(tmp_path / "site")
    for figure in figures:
        page_address, anchor = urldefrag(figure["url"])
        assert figure["run"] in squeeze(pages[page_address].get_element_by_id(anchor).text_content()) or not figure["run"].isascii()
    assert broken_links(tmp_path / "site", {address: page for address, page in pages.items() if address != "404.html"}) == []
