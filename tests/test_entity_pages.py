"""Pages of cities, zones, rounds, indicators and authors, read back from the built site: they say what the data files say."""

import json
import re
from decimal import Decimal
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urldefrag, urljoin

import pytest

from build_scripts.lexicon.definitions import load_definitions
from build_scripts.lexicon.places import load_lexicon
from tests.site import Element

pytestmark = pytest.mark.xdist_group("site")

Rows = list[dict[str, Any]]


def data(site: Path, name: str) -> Any:
    return json.loads((site / "data" / name).read_text("utf-8"))


@pytest.fixture(scope="module")
def figures(real_site: Path) -> Rows:
    rows: Rows = data(real_site, "figures.json")
    return rows


@pytest.fixture(scope="module")
def entities(real_site: Path) -> dict[str, Rows]:
    found: dict[str, Rows] = data(real_site, "entities.json")
    return found


def cells(row: Element) -> list[Element]:
    return list(row.iterchildren("th", "td"))


def number(cell: Element) -> Decimal:
    """The number in a cell, without the hedge beside it."""
    return Decimal("".join(cell.xpath(".//text()[not(ancestor::small)]")))


def shown(page: Element, base: str, table: str) -> dict[str, Decimal]:
    """Address of a figure → the value beside it, in every row of the tables of one class."""
    found = {}
    for row in page.xpath(f"//table[contains(@class, '{table}')]/tbody/tr[not(@class)]"):
        (column,) = (at for at, head in enumerate(row.xpath("../../thead/tr/th")) if head.get("class") == "n")
        for link in cells(row)[-1].iterfind("a"):
            found[urljoin(base, link.get("href"))] = number(cells(row)[column])
    return found


def listed(page: Element, base: str, rubric: str) -> list[str]:
    """Addresses of the articles under a rubric, in order."""
    links = page.xpath(f"//section[@aria-labelledby='{rubric}']//ul[contains(@class, 'items')]/li/a")
    return [urljoin(base, link.get("href")) for link in links]


def values(figures: Rows) -> dict[str, Decimal]:
    return {figure["url"]: Decimal(str(figure["value"])) for figure in figures}


def test_every_zone_that_is_named_has_a_page_with_its_figures(pages: dict[str, Element], entities: dict[str, Rows], figures: Rows) -> None:
    known = {zone.name: zone for zone in load_lexicon().zones}
    rows = [zone for zone in entities["zones"] if zone["name"] in known]
    assert {zone["url"] for zone in rows} == {address for address in pages if re.fullmatch(r"zones/[a-z0-9-]+/", address)}
    for zone in rows:
        page = pages[zone["url"]]
        assert page.findtext(".//h1") == zone["name"]
        assert shown(page, zone["url"], "figures--facts") == values([one for one in figures if one["subject"] == zone["name"]])
        text = page.xpath("string(//aside)")
        assert all(alias in text for alias in known[zone["name"]].aliases)
        assert (zone["city"] or "不属任何一市") in text


def test_an_indicator_shows_every_value_that_the_data_have(pages: dict[str, Element], figures: Rows) -> None:
    defined = load_definitions()
    own = {figure["indicator"] for figure in figures}
    addresses = {f"indicators/{defined[name].slug}/": [f for f in figures if f["indicator"] == name] for name in own & defined.keys()}
    addresses["indicators/other/"] = [figure for figure in figures if figure["indicator"] not in defined]
    assert addresses.keys() == {address for address in pages if re.fullmatch(r"indicators/[a-z-]+/", address)}
    for address, wanted in addresses.items():
        assert shown(pages[address], address, "figures--values") == values(wanted)
    for name, definition in defined.items():
        if name in own:
            assert definition.text in pages[f"indicators/{definition.slug}/"].text_content()
    listing = pages["indicators/"].text_content()
    assert all(name in listing and definition.text in listing for name, definition in defined.items())


def test_an_indicator_tells_time_and_place_of_each_value(pages: dict[str, Element], figures: Rows) -> None:
    base = "indicators/zong-touzi/"
    by_url = {figure["url"]: figure for figure in figures}
    for row in pages[base].xpath("//table[contains(@class, 'figures--values')]/tbody/tr[not(@class)]"):
        subject, _, unit, batch, time, _, places = cells(row)
        figure = by_url[urljoin(base, places.find("a").get("href"))]
        assert subject.text_content() == (figure["subject"] or "未写明")
        assert unit.text_content().startswith(figure["unit"])
        assert batch.text_content() == (figure["batch"] or "")
        if figure["event"] == "2024-3":
            assert time.text_content().startswith("2024年第三次“三个一批”")
        elif not figure["period"] and not figure["basis"]:
            assert time.text_content() == "时段未写明"


def test_articles_on_an_entity_and_those_that_only_mention_it_stand_apart(
    real_site: Path, pages: dict[str, Element], entities: dict[str, Rows]
) -> None:
    url = {article["id"]: article["url"] for article in data(real_site, "articles.json")}
    rubrics = {"cities": "about-city", "zones": "about-zone", "events": "related"}
    for kind, rubric in rubrics.items():
        for entity in entities[kind]:
            if entity["url"] not in pages:
                continue
            page, base = pages[entity["url"]], entity["url"]
            assert listed(page, base, rubric) == [url[article] for article in entity["articles"]], entity["name"]
            assert listed(page, base, "mentions") == [url[article] for article in entity["mentions"]], entity["name"]
            assert not set(entity["articles"]) & set(entity["mentions"])


def test_the_report_on_a_zone_is_told_from_one_that_names_it(entities: dict[str, Rows]) -> None:
    yangquan = next(zone for zone in entities["zones"] if zone["id"] == "yangquan-gaoxin")
    assert set(yangquan["articles"]) == {"yangquan-industry-fund", "yangquan-project-drive"}
    assert yangquan["mentions"] == ["shanxi-projects-on-the-run"]
    third = next(event for event in entities["events"] if event["id"] == "2024-3")
    assert "shanxi-2024-3rd" in third["articles"]
    assert third["mentions"] == ["xinzhou-zones-2024"]


def test_entities_have_what_is_promised(entities: dict[str, Rows], figures: Rows) -> None:
    ids = {figure["id"]: figure for figure in figures}
    assert [city["id"] for city in entities["cities"]] == [city.slug for city in load_lexicon().cities]
    assert [event["id"] for event in entities["events"]] == ["2024-1", "2024-3"]
    for kind in ("cities", "zones"):
        for row in entities[kind]:
            assert {"id", "url", "name", "aliases", "articles", "mentions", "figures"} <= row.keys()
            assert all(ids[figure]["subject"] == row["name"] for figure in row["figures"])
    for row in entities["events"]:
        assert row["figures"] == [figure["id"] for figure in figures if figure["event"] == row["id"]]
    province = next(zone for zone in entities["zones"] if zone["id"] == "shanxi-zonggai")
    assert province["city"] is None


def test_xinzhou_stands_once_in_its_round_with_both_places(pages: dict[str, Element]) -> None:
    """D1 of 2024-after-0819 and a page of 2024-after-0731 print the same figures."""
    base = "events/2024-3/"
    rows = pages[base].xpath("//section[@aria-labelledby='repeated']//tbody[starts-with(./tr/th, '忻州市')]/tr[not(@class)]")
    found = [[cell.text_content() for cell in cells(row)[:2]] + [str(number(cells(row)[2]))] for row in rows]
    assert ["签约", "项目数", "19"] in found
    assert ["投产", "总投资", "16.59"] in found
    assert len({tuple(row[:2]) for row in found}) == len(found) == 12
    for row in rows:
        issues = [urldefrag(urljoin(base, link.get("href")))[0].split("/")[1] for link in cells(row)[-1].iterfind("a")]
        assert sorted(issues) == ["2024-after-0731", "2024-after-0819"]
    city = pages["cities/xinzhou/"].xpath("//table[contains(@class, 'figures--facts')]/tbody[1]/tr[not(@class)]")
    assert [cells(row)[0].text_content() + cells(row)[1].text_content() for row in city].count("签约项目数") == 1


def test_sums_and_totals_of_a_round_are_those_of_its_cells(pages: dict[str, Element], figures: Rows) -> None:
    for event in ("2024-1", "2024-3"):
        base = f"events/{event}/"
        province = {f["url"]: f for f in figures if f["event"] == event and f["subject_type"] == "province"}
        for table in pages[base].xpath("//table[contains(@class, 'round')]"):
            rows = [cells(row)[1:] for row in table.xpath("./tbody/tr")]
            assert len(rows) == 11
            feet = {row.find("th").text_content(): cells(row)[1:] for row in table.xpath("./tfoot/tr")}
            for column, cell in enumerate(feet["各市相加"]):
                known = [row[column] for row in rows if "unknown" not in row[column].get("class")]
                if known:
                    assert number(cell) == sum(map(number, known))
                    assert cell.findtext("small") == f"{len(known)}市"
                else:
                    assert cell.text_content() == "未刊或未收"
            for cell in feet["所刊全省"]:
                if cell.find("a") is None:
                    assert cell.text_content() == "未刊或未收"
                else:
                    figure = province[urljoin(base, cell.find("a").get("href"))]
                    assert number(cell) == Decimal(str(figure["value"]))


def test_a_city_leads_to_its_row_of_a_round(pages: dict[str, Element]) -> None:
    link = pages["cities/xinzhou/"].xpath("//tr[@class='group']//a")[0]
    address, anchor = urldefrag(urljoin("cities/xinzhou/", link.get("href")))
    row = pages[address].get_element_by_id(anchor)
    assert row.tag == "tr"
    assert cells(row)[0].text_content() == "忻州"


def test_rounds_that_are_missing_are_named_with_the_reason(pages: dict[str, Element]) -> None:
    rows = {
        item.xpath("string(./span | ./a/text())").strip(): item
        for item in pages["events/"].xpath("//ul[contains(@class, 'rounds-list')]/li")
    }
    assert "7个市有数据" in rows["2024年第三次“三个一批”"].text_content()
    assert rows["2024年第二次“三个一批”"].find("a") is None
    assert "所收各版没有它的数据" in rows["2024年第二次“三个一批”"].text_content()
    told = rows["2023年第三次“三个一批”"]
    assert "报道说到举办过" in told.text_content()
    assert urljoin("events/", told.find(".//a").get("href")) == "issues/2024-10/lvliang-zones-development/#l100c59"


def test_the_list_of_zones_has_an_anchor_for_every_name(pages: dict[str, Element], entities: dict[str, Rows]) -> None:
    page = pages["zones/"]
    ids = {element.get("id") for element in page.iter() if element.get("id")}
    for zone in load_lexicon().zones:
        if zone.confidence != "low":
            assert {zone.name, *zone.aliases} <= ids
    named = {urljoin("zones/", link.get("href")) for link in page.xpath("//p[@class='places__name']/a")}
    assert named == {zone["url"] for zone in entities["zones"] if "#" not in zone["url"]}
    unlisted = [unquote(urldefrag(zone["url"])[1]) for zone in entities["zones"] if "#" in zone["url"]]
    assert set(unlisted) <= ids


def test_each_author_has_a_page_and_keeps_the_old_anchor(real_site: Path, pages: dict[str, Element]) -> None:
    articles = data(real_site, "articles.json")
    names = {author["name"] for article in articles for author in article["authors"]}
    base = "authors/"
    for name in names:
        entry = pages[base].get_element_by_id(name)
        address = urljoin(base, entry.find("a").get("href"))
        own = [article["url"] for article in articles if any(author["name"] == name for author in article["authors"])]
        assert sorted(listed(pages[address], address, "articles")) == sorted(own)
        roles = {author["role"] for article in articles for author in article["authors"] if author["name"] == name}
        assert all(role in pages[address].xpath("string(//h1)") for role in roles)
    for article in articles:
        for link in pages[article["url"]].xpath("//p[@class='byline']//a"):
            assert pages[urljoin(article["url"], link.get("href"))].xpath("string(//h1/text())") == link.text_content()


def test_supplying_bodies_stand_apart_from_persons(pages: dict[str, Element]) -> None:
    bodies = [link.text for link in pages["authors/"].xpath("//section[@aria-labelledby='bodies']//a")]
    assert bodies == ["晋中市商务局", "忻州市商务局"]
