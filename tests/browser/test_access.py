"""Access for everyone: axe-core on a page of every type, light and dark; all by keyboard; room for narrow windows and large text."""

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.axe import violations
from tests.browser.test_reading import Visit, address
from tests.conftest import PROJECT

__all__ = ["address"]

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("site")]

PAGES = {
    "404.html": "nowhere/",
    "about.html": "about/",
    "accuracy.html": "about/accuracy/",
    "article.html": "issues/2024-after-0731/jinzhong-zones-2024/",
    "author.html": "authors/674e-8339/",
    "authors.html": "authors/",
    "case_file.html": "about/cases/figures-basis/",
    "cases.html": "about/cases/",
    "checks.html": "checks/",
    "checks_issue.html": "checks/2024-10/",
    "cities.html": "cities/",
    "city.html": "cities/lvliang/",
    "companies.html": "companies/",
    "company.html": "companies/2024-after-0731.unpaged-1.l502c1/",
    "corrections.html": "corrections/",
    "data.html": "data/",
    "event.html": "events/2024-3/",
    "events.html": "events/",
    "home.html": "",
    "indicator.html": "indicators/xiangmu-shu/",
    "indicators.html": "indicators/",
    "issue.html": "issues/2024-after-0819/",
    "issues.html": "issues/",
    "ledger_city.html": "projects/lvliang/2024/",
    "ledger_issue.html": "projects/2024-14/",
    "ledger_year.html": "projects/2024/",
    "main.html": "help/",
    "page.html": "issues/2024-14/unpaged-1/",
    "project.html": "projects/2024-after-0828.D1.l76c11/",
    "projects.html": "projects/",
    "search.html": "search/?q=%E5%A4%A7%E5%90%8C",
    "zone.html": "zones/shanxi-zonggai/",
    "zones.html": "zones/",
}
"""Template → a page made with it."""

NO_PAGE = {"redirect.html"}
"""It leads on at once."""


def test_every_template_is_looked_at() -> None:
    assert {path.name for path in (PROJECT / "theme").glob("*.html")} - NO_PAGE == PAGES.keys()


@pytest.mark.parametrize("template", PAGES)
def test_wcag_light_and_dark(browser: Browser, address: str, template: str) -> None:
    with Visit(browser, address, color_scheme="light") as visit:
        page = visit.open(PAGES[template])
        page.locator("main details").evaluate_all("all => all.forEach((one) => (one.open = true))")
        assert violations(page) == []
        page.set_viewport_size({"width": 360, "height": 740})
        page.emulate_media(color_scheme="dark")
        if template != "404.html":
            expect(page.locator("body")).to_have_attribute("data-md-color-scheme", "slate")
        assert violations(page) == []


@pytest.mark.parametrize("template", PAGES)
def test_no_page_scrolls_sideways_at_320_pixels(browser: Browser, address: str, template: str) -> None:
    """As wide as a window of 1280 is to a reader who enlarges four times (WCAG 1.4.10)."""
    with Visit(browser, address) as visit:
        visit.page.set_viewport_size({"width": 320, "height": 640})
        page = visit.open(PAGES[template])
        page.locator("main details").evaluate_all("all => all.forEach((one) => (one.open = true))")
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, widest(page)


def widest(page: Page) -> list[str]:
    """What sticks out, for the message."""
    return list(
        page.evaluate(
            "[...document.querySelectorAll('main *, header *, footer *')].filter((one) => one.getBoundingClientRect().right > 321)"
            ".map((one) => `${one.localName}.${one.className}`).slice(0, 8)"
        )
    )


@pytest.mark.parametrize("template", ["article.html", "home.html", "event.html", "data.html"])
def test_text_can_be_twice_as_large(browser: Browser, address: str, template: str) -> None:
    """WCAG 1.4.4: the browser's own text size, not its zoom."""
    with Visit(browser, address) as visit:
        page = visit.open(PAGES[template])
        page.evaluate("document.documentElement.style.fontSize = '250%'")
        assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth"), widest(page)


@pytest.mark.parametrize(
    "template", ["article.html", "home.html", "city.html", "data.html", "main.html", "checks.html", "corrections.html"]
)
@pytest.mark.parametrize("size", ["phone", "desk"])
def test_what_stands_by_itself_is_44_pixels_large(browser: Browser, address: str, template: str, size: str) -> None:
    """Links in running text and in cells of tables are as high as their line (WCAG 2.5.8 lets them); a chart's are its table's too."""
    with Visit(browser, address, size) as visit:
        page = visit.open(PAGES[template])
        small = page.evaluate(
            """[...document.querySelectorAll('a, button, input, select, summary')].filter((one) => {
              const box = one.getBoundingClientRect();
              const within = one.closest('.sr-only, .skip, .text, svg, td, th, p, dd, dt, pre, caption, hgroup, h1, figcaption, li');
              const alone = !within || (within.localName === 'li' && within.textContent.trim() === one.textContent.trim());
              if (!box.width || !alone) return false;
              return Math.min(box.width, box.height) < 43.5;
            }).map((one) => `${one.localName}.${one.className} ${one.textContent.trim().slice(0, 20)}`)"""
        )
        assert small == []


def focused(page: Page) -> str:
    return str(page.evaluate("document.activeElement.textContent.trim() || document.activeElement.getAttribute('aria-label') || ''"))


def test_by_keyboard_alone_from_home_to_a_citation(browser: Browser, address: str) -> None:
    with Visit(browser, address, permissions=["clipboard-read", "clipboard-write"]) as visit:
        page = visit.open("")
        page.keyboard.press("Tab")
        assert focused(page) == "跳到正文"
        page.keyboard.press("Enter")
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.id") == "find"
        page.keyboard.type("临汾 353.71")
        page.keyboard.press("Enter")
        page.wait_for_url("**/search/**")
        tab_to(page, "临汾：项目总数58个")
        page.keyboard.press("Enter")
        page.wait_for_url("**/linfen-2024-3rd/**")
        tab_to(page, "复制GB/T", most=200)
        page.keyboard.press("Enter")
        expect(page.get_by_role("status").filter(has_text="已复制")).to_have_count(1)
        assert visit.problems == []


def tab_to(page: Page, start: str, most: int = 80) -> None:
    """Moves on by Tab until something is focused whose text begins so, and sees to it that a focus is always in sight."""
    for _ in range(most):
        page.keyboard.press("Tab")
        text = focused(page)
        outline = page.evaluate(
            "((one, style) => one === document.body || style.outlineStyle !== 'none' || style.boxShadow !== 'none')"
            "(document.activeElement, getComputedStyle(document.activeElement))"
        )
        assert outline, f"no focus to be seen on {text[:30]}"
        if text.replace(" ", "").startswith(start.replace(" ", "")):
            return
    raise AssertionError(f"{start} is not reached by Tab")


def test_menus_and_details_by_keyboard(browser: Browser, address: str) -> None:
    with Visit(browser, address, "phone") as visit:
        page = visit.open("")
        tab_to(page, "数据")
        page.keyboard.press("Enter")
        expect(page).to_have_url(address + "data/")
        page = visit.open(PAGES["article.html"])
        details = page.locator("table.figures--article details").first
        details.locator("summary").focus()
        page.keyboard.press("Enter")
        expect(details).to_have_attribute("open", "")
        expect(details.locator("button").first).to_be_visible()  # its script comes with the page, not before it
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.closest('details') !== null")


def test_a_single_key_can_be_switched_off(browser: Browser, address: str) -> None:
    """WCAG 2.1.4: who speaks to the computer would set it off by chance."""
    with Visit(browser, address) as visit:
        page = visit.open("help/")
        switch = page.get_by_role("checkbox", name="用 / 键跳到检索框")
        expect(switch).to_be_checked()
        switch.uncheck()
        page = visit.open("cities/")
        page.keyboard.press("/")
        expect(page.locator("#seek")).not_to_be_focused()
        page = visit.open("help/")
        page.get_by_role("checkbox", name="用 / 键跳到检索框").check()
        page = visit.open("cities/")
        page.keyboard.press("/")
        expect(page.locator("#seek")).to_be_focused()
