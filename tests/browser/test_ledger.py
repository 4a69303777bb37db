"""From the header to a project, its city, its printed line and back; on a phone and at a desk."""

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.test_reading import Visit, address

__all__ = ["address"]

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("site")]


@pytest.mark.parametrize("size", ["phone", "desk"])
def test_from_the_header_to_a_project_and_its_printed_line(browser: Browser, address: str, size: str) -> None:
    with Visit(browser, address, size) as visit:
        page = visit.open("")
        page.get_by_role("navigation", name="主导航").get_by_role("link", name="项目", exact=True).click()
        expect(page.get_by_role("heading", level=1)).to_have_text("项目台账")
        page.get_by_role("row", name="阳泉市").get_by_role("link").click()
        page.get_by_role("link", name="太行世纪（阳泉）年产10GWh动力储能两用高端固态锂（钠）离子电池生产线项目").click()
        expect(page).to_have_url(address + "projects/2024-14.unpaged-1.l30c41/")
        expect(page.locator(".steps li").first).to_contain_text("开工 2023年8月")
        expect(page.locator(".told")).to_contain_text("36亿元")
        page.locator(".steps a").first.click()
        expect(page).to_have_url(address + "issues/2024-14/unpaged-1/#l32")
        expect(page.locator("#l32")).to_contain_text("2023年8月开工")
        page.go_back()
        page.get_by_role("link", name="2024年第14期的项目").click()
        expect(page.locator("li:target h2")).to_contain_text("太行世纪")
        page.locator("li:target").get_by_role("link", name="汇江锦锂（深圳）新能源科技有限公司").click()
        expect(page.locator("li:target")).to_contain_text("太行世纪")
        assert visit.problems == []


def test_pairs_and_silent_deadlines_lead_to_their_entries(browser: Browser, address: str) -> None:
    with Visit(browser, address, "phone") as visit:
        page = visit.open("projects/")
        page.get_by_role("region", name="可能同一项目").get_by_role(
            "link", name="江苏创曦新材料科技发展有限公司新材料光伏高端智能制造基地项目"
        ).click()
        entry = page.locator("li:target")
        expect(entry).to_contain_text("签约 2024年8月19日")
        entry.get_by_role("link", name="创曦新材光伏边框智能制造项目").click()
        expect(page.locator("li:target")).to_contain_text("20亿元")
        visit.open("projects/")
        page.get_by_role("region", name="期限已过、未见后续报道").get_by_role("link", name="锂电产业园制造基地项目").click()
        expect(page.locator(".told")).to_contain_text("未见后续报道")
        assert visit.problems == []


@pytest.mark.parametrize("path", ["projects/", "projects/2024-14/", "projects/2024-10.unpaged-1.l44c67/", "companies/2024-after-0731/"])
def test_links_of_the_ledger_are_large_enough_to_tap(browser: Browser, address: str, path: str) -> None:
    with Visit(browser, address, "phone") as visit:
        page = visit.open(path)
        small = page.evaluate(
            """() => [...document.querySelectorAll(".ledger a, .told a, .ledger__pairs a, .ledger__table a, .steps a, .rows a")]
                .filter((a) => a.getBoundingClientRect().height < 44).map((a) => a.textContent)"""
        )
        assert small == []
