"""A reader's way through the figures in a real browser, below a base path: from the tile of a city to the printed line and back."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from build_scripts.build import build_archive
from build_scripts.pages import authors
from build_scripts.site import build_site
from tests.browser.test_reading import SIZES, Visit, address
from tests.conftest import LAYOUT, TEXT
from tests.site import served

__all__ = ["address"]

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("site")]


@pytest.mark.parametrize("size", SIZES)
def test_from_a_tile_to_the_printed_line_and_back(browser: Browser, address: str, size: str) -> None:
    with Visit(browser, address, size) as visit:
        page = visit.open("")
        page.locator(".tile a", has_text="忻州").click()
        expect(page.locator("h1")).to_have_text("忻州市")
        page.locator(".figures .group a", has_text="2024年第三次").click()
        expect(page).to_have_url(address + "events/2024-3/#xinzhou")
        row = page.locator("#xinzhou")
        expect(row).to_be_in_viewport()
        row.locator("td.n a", has_text="19").click()
        expect(page).to_have_url(re.compile(r"issues/2024-after-0731/xinzhou-zones-2024/#l410c\d+$"))
        figure = page.locator("data:target")
        expect(figure).to_have_text("19个")
        expect(figure).to_be_in_viewport()
        figure.locator("a").click()
        expect(page).to_have_url(re.compile(r"issues/2024-after-0731/unpaged-1/#l410c\d+$"))
        printed = page.locator(".run a:target")
        expect(printed).to_have_text("19")
        expect(printed).to_be_in_viewport()
        printed.click()
        expect(page).to_have_url(re.compile(r"xinzhou-zones-2024/#l410c\d+$"))
        for _ in range(3):
            page.go_back()
        expect(page).to_have_url(address + "events/2024-3/#xinzhou")
        page.go_back()
        page.go_back()
        expect(page).to_have_url(address)
        assert visit.problems == []


def test_a_name_in_the_text_leads_to_its_page(browser: Browser, address: str) -> None:
    with Visit(browser, address, "phone") as visit:
        page = visit.open("issues/2024-after-0819/linfen-2024-3rd/")
        page.locator(".text p a", has_text="侯马经济开发区").click()
        expect(page.locator("h1")).to_have_text("侯马经济开发区")
        expect(page.locator("#mentions")).to_be_visible()
        page.locator("aside a", has_text="临汾市").click()
        expect(page).to_have_url(address + "cities/linfen/")
        assert visit.problems == []


def test_marks_of_a_search_run_over_linked_names(browser: Browser, address: str) -> None:
    """A term that begins before a name's link and ends in it is marked in pieces, and the link still leads on."""
    with Visit(browser, address) as visit:
        page = visit.open(
            "issues/2024-after-0819/linfen-2024-3rd/?h=%E5%9C%A8%E4%B8%B4%E6%B1%BE%E7%BB%8F%E6%B5%8E%E5%BC%80%E5%8F%91%E5%8C%BA"
        )
        marks = page.locator(".text mark")
        expect(marks).to_have_count(2)
        assert marks.all_text_contents() == ["在", "临汾经济开发区"]
        expect(page.locator(".text p a mark")).to_have_text("临汾经济开发区")
        page.locator("button", has_text="关闭标记").click()
        expect(page.locator(".text a", has_text="临汾经济开发区").first).to_be_visible()
        assert page.locator("mark").count() == 0
        assert visit.problems == []


def test_old_links_to_an_author_still_lead_to_the_name(browser: Browser, address: str) -> None:
    with Visit(browser, address) as visit:
        page = visit.open("authors/#%E7%8E%8B%E6%B3%A2")
        expect(page.locator("li:target")).to_contain_text("王波")
        page.locator("li:target a").click()
        expect(page.locator("h1")).to_contain_text("王波")
        assert visit.problems == []


def test_a_name_that_has_gone_to_the_page_of_its_letter_is_led_to_its_own_page(
    browser: Browser, make_archive: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(authors, "MOST_NAMES", 1)
    make_archive()
    root = make_archive(text=TEXT.replace("翁剑", "王波"), layout=LAYOUT.replace("datong", "two"), issue_id="2024-after-0820")
    build_archive(root)
    build_site(root, root / "site")
    with served(root / "site") as host, Visit(browser, host) as visit:
        page = visit.open("authors/#%E7%8E%8B%E6%B3%A2")
        expect(page).to_have_url(f"{host}authors/738b-6ce2/")
        page = visit.open("authors/")
        page.locator(".chips a", has_text="W（2）").click()
        page.locator(".authors a", has_text="翁剑").click()
        expect(page.locator("h1")).to_contain_text("翁剑")
        assert visit.problems == []
