"""Pictures as a browser draws them: on a phone, at a desk, in print; and the way from a shape to its printed place."""

import re
from typing import Any

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.test_reading import Visit, address

__all__ = ["address"]

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("site")]

PAGES = ["cities/lvliang/", "cities/", "events/2024-3/", "issues/"]

SHAPES = """() => [...document.querySelectorAll(".chart__svg")].filter((svg) => svg.getBoundingClientRect().width).map((svg) => {
  const corners = (node) => { const { left, top, right, bottom } = node.getBoundingClientRect(); return [left, top, right, bottom]; };
  return {
    name: svg.getAttribute("aria-label"),
    frame: corners(svg),
    letter: Math.min(...[...svg.querySelectorAll("text")].map((text) => text.getBoundingClientRect().height)),
    words: [...svg.querySelectorAll("text")].map((text) => [text.textContent, corners(text)]),
    bars: [...svg.querySelectorAll(".bar")].map(corners),
  };
})"""


def over(one: list[float], other: list[float]) -> bool:
    """Whether two rectangles lie over each other by more than a pixel."""
    return min(one[2], other[2]) - max(one[0], other[0]) > 1 and min(one[3], other[3]) - max(one[1], other[1]) > 1


def assert_drawn_well(shapes: list[dict[str, Any]]) -> None:
    assert shapes
    for shape in shapes:
        left, top, right, bottom = shape["frame"]
        assert shape["letter"] >= 12, shape["name"]
        for text, box in shape["words"]:
            assert left - 1 <= box[0] <= box[2] <= right + 1, (shape["name"], text)
            assert top - 4 <= box[1] <= box[3] <= bottom + 4, (shape["name"], text)
            assert not [bar for bar in shape["bars"] if over(box, bar)], (shape["name"], text)
        for number, (text, box) in enumerate(shape["words"]):
            inner = [box[0], box[1] + 3, box[2], box[3] - 3]  # a line's box is higher than its letters
            assert not [other for other, second in shape["words"][:number] if over(inner, second)], (shape["name"], text)


@pytest.mark.parametrize("size", ["phone", "desk"])
def test_labels_stay_in_their_pictures_and_apart(browser: Browser, address: str, size: str) -> None:
    with Visit(browser, address, size) as visit:
        for path in PAGES:
            page = visit.open(path)
            assert_drawn_well(page.evaluate(SHAPES))
        page.emulate_media(media="print")
        assert_drawn_well(page.evaluate(SHAPES))
        assert visit.problems == []


def test_from_a_bar_to_its_figure_to_its_check_and_back(browser: Browser, address: str) -> None:
    with Visit(browser, address, "phone") as visit:
        page = visit.open("cities/datong/")
        page.locator("#chart-rounds svg").first.get_by_role("link", name="签约 16").click()
        place = page.locator("data:target")
        expect(place).to_contain_text("16")
        anchor = place.get_attribute("id")
        row = page.locator("table.figures--article tr", has=page.locator(f"a[href='#{anchor}']"))
        row.get_by_role("link", name="合计：相符").click()
        check = page.locator("p:target")
        expect(check).to_contain_text("16＋14＋17＝47个")
        page.locator("li", has=check).get_by_role("link", name="16个").click()
        expect(page.locator("data:target")).to_have_attribute("id", anchor or "")
        assert visit.problems == []


def test_a_phone_shows_the_indicator_that_is_chosen(browser: Browser, address: str) -> None:
    with Visit(browser, address, "phone", java_script_enabled=False) as visit:
        page = visit.open("cities/")
        panels = page.locator("#chart-tiles svg")
        assert panels.count() == 6
        expect(panels.filter(visible=True)).to_have_attribute("aria-label", re.compile("签约项目数"))
        page.get_by_text("投产总投资", exact=True).first.click()
        expect(panels.filter(visible=True)).to_have_attribute("aria-label", re.compile("投产总投资"))
        page.keyboard.press("ArrowLeft")
        expect(panels.filter(visible=True)).to_have_attribute("aria-label", re.compile("开工总投资"))
    with Visit(browser, address) as visit:
        expect(visit.open("cities/").locator("#chart-tiles svg").filter(visible=True)).to_have_count(6)


def test_pictures_and_checks_need_no_script(browser: Browser, address: str) -> None:
    with Visit(browser, address, "phone", java_script_enabled=False) as visit:
        page = visit.open("cities/lvliang/")
        expect(page.locator("#chart-rounds svg").first).to_be_visible()
        page.locator("#chart-rounds summary").click()
        expect(page.locator("#chart-rounds table")).to_be_visible()
        page = visit.open("checks/")
        page.get_by_role("link", name="不符").click()
        expect(page.locator("#fails")).to_be_in_viewport()
