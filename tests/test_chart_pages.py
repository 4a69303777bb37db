"""Pictures on the built pages: each value is a printed one, drawn as long as it is, and stands in a table beside it."""

import json
from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urljoin

import pytest

from tests.site import Element

pytestmark = pytest.mark.xdist_group("site")

Figures = dict[str, dict[str, Any]]
DRAWN = ["cities/datong/", "cities/xinzhou/", "cities/lvliang/", "cities/linfen/", "cities/changzhi/", "cities/", "events/2024-3/"]


@pytest.fixture(scope="module")
def figures(real_site: Path) -> Figures:
    """Address of a figure → its row."""
    return {row["url"]: row for row in json.loads((real_site / "data/figures.json").read_text("utf-8"))}


def target(link: Element, page: str) -> str:
    return unquote(urljoin(f"http://site/{page}", link.get("href"))).removeprefix("http://site/")


def charts(pages: dict[str, Element]) -> Iterator[tuple[str, Element]]:
    for address, page in pages.items():
        for chart in page.xpath("//figure[contains(@class, 'chart')]"):
            yield address, chart


def printed(figure: dict[str, Any]) -> Decimal:
    return Decimal(str(figure["value"]))


def share(part: dict[str, Any], figures: Figures) -> str:
    """What a computed share is, from the rows of the data: 战新 of all, in one batch of one round of one city."""
    whole = {"战新项目数": "项目数", "战新总投资": "总投资"}[part["indicator"]]
    key = ("subject", "batch", "event")
    (total,) = {
        printed(row) for row in figures.values() if row["indicator"] == whole and row["core"] and not row["scope"]
        if all(row[name] == part[name] for name in key)
    }  # fmt: skip
    return f"{(printed(part) * 100 / total).quantize(Decimal('0.01'), ROUND_HALF_UP)}%"


def test_pictures_are_where_the_archive_knows_enough(pages: dict[str, Element]) -> None:
    found = {address for address, chart in charts(pages) if not chart.get("id").startswith("time-")}
    assert found == set(DRAWN)


def test_every_value_of_a_picture_is_that_of_the_data(pages: dict[str, Element], figures: Figures) -> None:
    seen = 0
    for address, chart in charts(pages):
        for group in chart.xpath(".//svg[not(ancestor::figure[starts-with(@id, 'time-')])]/a"):
            figure = figures[target(group, address)]
            value = group.find("text[@class='value']") if group.find("text[@class='value']") is not None else group.findall("text")[-1]
            if group.xpath("rect[contains(@class, 'computed')]"):
                assert value.text == share(figure, figures)
            else:
                unit = "%" if figure["unit"] == "%" else ""
                assert value.text == f"{figure['approx'] or ''}{printed(figure):f}{unit}"
                assert bool(group.xpath("rect[contains(@class, 'planned')]")) == (figure["status"] == "planned")
            seen += 1
    assert seen > 100


def test_bars_are_as_long_as_the_figures_are_large(pages: dict[str, Element], figures: Figures) -> None:
    for address, chart in charts(pages):
        for panel in chart.xpath(".//div[contains(@class, 'chart__panels--bars')]//svg"):
            drawn = [
                (Decimal(bar.get("width")), Decimal(str(figures[target(bar.getparent(), address)]["value_base"])))
                for bar in panel.xpath("a/rect[contains(@class, 'bar') and not(contains(@class, 'computed'))]")
            ]
            if not drawn:
                continue
            length, largest = max(drawn, key=lambda pair: pair[1])
            for width, value in drawn:
                assert abs(width - length * value / largest) <= Decimal("0.2"), (address, value)


def test_a_table_has_what_its_picture_shows(pages: dict[str, Element]) -> None:
    for address, chart in charts(pages):
        if chart.get("id").startswith("time-"):
            continue
        cells = [(target(a, address), a.text) for a in chart.xpath(".//table//td/a")]
        for panel in chart.xpath(".//svg"):
            for group in panel.findall("a"):
                texts = [text.text for text in group.findall("text")]
                assert any(url == target(group, address) and text in texts for url, text in cells), address
        empty = chart.xpath(".//table//td[contains(@class, 'unknown')]")
        assert all(cell.text_content() == "未见" for cell in empty)


def test_every_picture_says_what_it_is(pages: dict[str, Element]) -> None:
    for address, chart in charts(pages):
        assert pages[address].get_element_by_id(chart.get("aria-labelledby")).text
        assert all(svg.get("aria-label") for svg in chart.iter("svg"))
        source = chart.find("figcaption").text_content()
        assert "来源：" in source
        assert "数据截至2024年" in source
        assert ("示意图，非地图" in chart.text_content()) == bool(chart.xpath(".//div[contains(@class, 'chart__panels--tiles')]"))


def test_the_missing_second_round_of_a_city_is_a_gap(pages: dict[str, Element]) -> None:
    """吕梁 has figures of the first and the third round of 2024 and none of the second."""
    (chart,) = [chart for address, chart in charts(pages) if address == "cities/lvliang/" and chart.get("id") == "chart-rounds"]
    for svg in chart.iter("svg"):
        heads = [text.text for text in svg.xpath(".//text[@class='head']")]
        assert heads == ["2024年第三次", "2024年第二次 未见", "2024年第一次"]
        assert len(svg.xpath(".//rect")) == 6


def test_no_city_is_left_out_of_a_comparison(pages: dict[str, Element]) -> None:
    for chart_id in ("chart-cities-1", "chart-cities-2"):
        (chart,) = [chart for address, chart in charts(pages) if address == "events/2024-3/" and chart.get("id") == chart_id]
        for svg in chart.xpath(".//div[contains(@class, 'chart__panels--bars')]//svg"):
            assert len(svg.xpath(".//text[@class='label']")) == 11
        for svg in chart.xpath(".//div[contains(@class, 'chart__panels--tiles')]//svg"):
            assert len(svg.xpath(".//rect")) == 11
