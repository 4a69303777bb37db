"""The site in a real browser, below a base path: what a reader on a phone and at a desk meets."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.site import served

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("site")]

BASE = "mirror/kfq/"
SIZES = {"phone": (360, 740), "desk": (1280, 900)}
PAGES = [
    "",
    "issues/",
    "issues/2024-after-0819/",
    "issues/2024-after-0819/D1/",
    "issues/2024-after-0819/linfen-2024-3rd/",
    "issues/2024-14/yangquan-project-drive/",
    "issues/2024-after-0731/jinzhong-zones-2024/",
    "issues/2024-14/unpaged-1/",
    "events/",
    "events/2024-3/",
    "checks/",
    "checks/2024/",
    "checks/2024-after-0819/",
    "cities/",
    "cities/lvliang/",
    "cities/jincheng/",
    "projects/",
    "projects/2024/",
    "projects/xinzhou/2024/",
    "projects/2024-14/",
    "projects/2024-10.unpaged-1.l44c67/",
    "companies/",
    "companies/2024-after-0731/",
    "companies/2024-10.unpaged-1.l98c45/",
    "authors/",
    "authors/738b-6ce2/",
    "zones/",
    "zones/yangquan-gaoxin/",
    "indicators/",
    "indicators/zong-touzi/",
    "indicators/other/",
    "corrections/",
    "data/",
    "about/",
    "search/",
    "search/?q=%E5%A4%A7%E5%90%8C",
]


@pytest.fixture(scope="module")
def address(real_site: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    host = tmp_path_factory.mktemp("host")
    shutil.copytree(real_site, host / BASE)
    with served(host) as root:
        yield root + BASE


class Visit:
    """A reader's page that notes what goes wrong on it."""

    def __init__(self, browser: Browser, address: str, size: str = "desk", **options: Any) -> None:
        width, height = SIZES[size]
        self.address = address
        self.context = browser.new_context(viewport={"width": width, "height": height}, locale="zh-CN", **options)
        self.page: Page = self.context.new_page()
        self.problems: list[str] = []
        self.page.on("console", lambda message: self.problems.append(message.text) if message.type == "error" else None)
        self.page.on("pageerror", lambda error: self.problems.append(str(error)))
        self.page.on("request", self._foreign)

    def _foreign(self, request: Any) -> None:
        if not request.url.startswith((self.address, "data:", "blob:")):
            self.problems.append(f"request to {request.url}")

    def open(self, path: str) -> Page:
        self.page.goto(self.address + path, wait_until="networkidle")
        return self.page

    def __enter__(self) -> "Visit":
        return self

    def __exit__(self, *_: object) -> None:
        self.context.close()


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("path", PAGES)
def test_every_page_type_fits_and_stays_on_its_own_host(browser: Browser, address: str, path: str, size: str) -> None:
    with Visit(browser, address, size) as visit:
        page = visit.open(path)
        assert visit.problems == []
        assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
        assert page.evaluate("document.documentElement.lang") == "zh-CN"
        assert page.locator("h1").count() == 1


def test_from_home_to_the_printed_line_and_back(browser: Browser, address: str) -> None:
    with Visit(browser, address, "phone") as visit:
        page = visit.open("")
        page.locator("main a", has_text="临汾").first.click()
        page.locator("main a", has_text="临汾：项目总数58个").first.click()
        paragraph = page.locator("#l163")
        expect(paragraph).to_contain_text("总投资353.71亿元")
        paragraph.locator("a[data-lines]").click()
        expect(page).to_have_url(address + "issues/2024-after-0819/D1/#l163")
        expect(page.locator("#l165")).to_contain_text("353.71 元")
        page.locator("main a", has_text="临汾：项目总数58个").first.click()
        expect(page).to_have_url(address + "issues/2024-after-0819/linfen-2024-3rd/")
        assert visit.problems == []


def test_reading_needs_no_script(browser: Browser, address: str) -> None:
    with Visit(browser, address, "phone", java_script_enabled=False) as visit:
        page = visit.open("issues/2024-after-0819/linfen-2024-3rd/")
        correction = page.locator("#c165-13")
        expect(correction).to_have_text("353.71亿元")
        expect(page.locator("#note-c165-13")).to_contain_text("353.71元")


@pytest.mark.parametrize("path", ["nowhere/", "issues/2024-14/deep/down/nowhere"])
def test_a_wrong_address_leads_home_from_any_depth(browser: Browser, address: str, path: str) -> None:
    with Visit(browser, address) as visit:
        page = visit.open(path)
        page.locator("a", has_text="按期").first.click()
        expect(page).to_have_url(address + "issues/")
        page = visit.open(path)
        page.get_by_role("searchbox").fill("铝镁")
        page.keyboard.press("Enter")
        page.wait_for_url(address + "search/?q=**")
        expect(page.locator(".results li").first).to_be_visible()
