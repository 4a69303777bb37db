"""A released site in Chromium: it obeys its own policy in all that readers do, and a script put into a page by another is not run."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.test_reading import BASE, PAGES, Visit
from tests.site import served

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("site")]

ARTICLE = "issues/2024-after-0819/linfen-2024-3rd/"


@pytest.fixture(scope="module")
def address(public_site: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    host = tmp_path_factory.mktemp("released")
    shutil.copytree(public_site, host / BASE)
    with served(host) as root:
        yield root + BASE


@pytest.mark.parametrize("path", [*PAGES, "help/", "accessibility/", "about/accuracy/", "about/cases/", "about/cases/figures-labels/"])
def test_no_page_breaks_its_policy(browser: Browser, address: str, path: str) -> None:
    with Visit(browser, address) as visit:
        visit.open(path)
        assert visit.problems == []


def test_what_readers_do_obeys_it(browser: Browser, address: str) -> None:
    with Visit(browser, address, permissions=["clipboard-read", "clipboard-write"]) as visit:
        page = visit.open(ARTICLE)
        page.locator(".cite button").first.click()
        expect(page.locator(".cite button").first).to_have_text("已复制")
        page.locator("table.figures--article summary").first.click()
        page.get_by_role("button", name="引用这个数").click()
        page.get_by_role("button", name="数值").first.click()
        page.get_by_role("button", name="切换到深色").click()
        expect(page.locator("body")).to_have_attribute("data-md-color-scheme", "slate")
        page.keyboard.press("/")
        page.keyboard.type("铝镁")
        expect(page.get_by_role("option").first).to_be_visible()
        page.keyboard.press("Enter")
        page.wait_for_url("**/search/**")
        expect(page.locator(".results li").first).to_be_visible()
        expect(page.locator("body")).to_have_attribute("data-md-color-scheme", "slate")
        assert visit.problems == []


def test_a_citation_names_the_archive_s_own_address(browser: Browser, address: str) -> None:
    """On a mirror too."""
    with Visit(browser, address, permissions=["clipboard-read", "clipboard-write"]) as visit:
        page = visit.open(ARTICLE)
        text = str(page.locator(".cite pre").first.inner_text())
        assert text.endswith(f"[N/OL]. 科学导报·开发区建设专刊，2024（D1）. https://example.org/kfq/{ARTICLE}.")
        page.get_by_text("其他格式").click()
        older = str(page.locator(".cite pre").nth(1).inner_text())
        today = page.evaluate("new Date().toLocaleDateString('sv')")
        assert f"(D1)[{today}]. https://example.org/" in older


def test_a_script_that_is_not_the_site_s_is_not_run(browser: Browser, address: str) -> None:
    with Visit(browser, address) as visit:
        visit.context.route(
            f"**/{ARTICLE}",
            lambda route: route.fulfill(
                response=(response := route.fetch()),
                body=response.text().replace("</main>", "<script>window.taken = 1</script><img src=x onerror='window.taken = 1'></main>"),
            ),
        )
        page = visit.open(ARTICLE)
        assert page.evaluate("window.taken") is None
        assert any("Content Security Policy" in problem for problem in visit.problems)


@pytest.mark.parametrize("path", ["nowhere/", "issues/2024-14/deep/down/nowhere"])
def test_a_wrong_address_obeys_it_too(browser: Browser, address: str, path: str) -> None:
    with Visit(browser, address) as visit:
        page = visit.open(path)
        assert page.locator("h1").inner_text() == "没有这一页"
        assert [problem for problem in visit.problems if "404" not in problem] == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_system_s_colours_hold_until_a_reader_chooses(browser: Browser, address: str, scheme: str) -> None:
    other = {"light": "slate", "dark": "default"}[scheme]
    own = {"light": "default", "dark": "slate"}[scheme]
    with Visit(browser, address, color_scheme=scheme) as visit:
        page = visit.open("")
        expect(page.locator("body")).to_have_attribute("data-md-color-scheme", own)
        page.get_by_role("button", name="切换到").press("Enter")
        expect(page.locator("body")).to_have_attribute("data-md-color-scheme", other)
        page = visit.open("about/")
        expect(page.locator("body")).to_have_attribute("data-md-color-scheme", other)


def test_dark_without_javascript(browser: Browser, address: str) -> None:
    with Visit(browser, address, java_script_enabled=False, color_scheme="dark") as visit:
        page = visit.open(ARTICLE)
        expect(page.locator(".palette")).to_be_hidden()
        assert page.locator("body").evaluate("body => getComputedStyle(body).backgroundColor") == "rgb(23, 24, 27)"
