"""Tables: sorted, filtered and copied by tap and by keyboard; whole without JavaScript; nothing moves while their tools come."""

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.test_reading import Visit, address

__all__ = ["address"]

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("site")]

ARTICLE = "issues/2024-after-0731/jinzhong-zones-2024/"
EVENT = "events/2024-3/"


def table_of(page: Page) -> Locator:
    return page.locator("table.figures--article").first


def column(table: Locator, number: int) -> list[str]:
    return [text.strip() for text in table.locator(f"tbody tr:visible > :nth-child({number})").all_inner_texts()]


def test_sorting_by_keyboard_keeps_units_apart_and_goes_back(browser: Browser, address: str) -> None:
    with Visit(browser, address) as visit:
        page = visit.open(ARTICLE)
        table = table_of(page)
        printed = column(table, 2)
        head = table.get_by_role("button", name="数值")
        head.focus()
        page.keyboard.press("Enter")
        expect(table.locator("th.n")).to_have_attribute("aria-sort", "ascending")
        rows = list(zip(column(table, 3), column(table, 2), strict=True))
        units = [unit.split("\n")[0] for unit, _ in rows]
        assert units == sorted(units, key=units.index), "rows of one unit stand together"
        for unit in set(units):
            values = [float(value) for own, (_, value) in zip(units, rows, strict=True) if own == unit and value.replace(".", "").isdigit()]
            assert values == sorted(values)
        page.keyboard.press("Enter")
        expect(table.locator("th.n")).to_have_attribute("aria-sort", "descending")
        page.keyboard.press("Enter")
        assert column(table, 2) == printed
        assert table.locator("[aria-sort]").count() == 0
        assert visit.problems == []


def test_filtering_says_how_many_rows_are_left(browser: Browser, address: str) -> None:
    with Visit(browser, address, "phone") as visit:
        page = visit.open(ARTICLE)
        table = table_of(page)
        everything = len(column(table, 1))
        box = page.get_by_role("searchbox", name="筛选：本文的主要数字")
        box.fill("总投资 签约")
        left = [row.inner_text() for row in table.locator("tbody tr:visible").all()]
        assert 0 < len(left) < everything
        assert all("总投资" in row and "签约" in row for row in left)
        expect(page.locator(".table-tools [role=status]").first).to_have_text(f"{len(left)} / {everything} 行")
        box.fill("")
        assert len(column(table, 1)) == everything


def test_sorting_on_a_phone_where_heads_are_not_shown(browser: Browser, address: str) -> None:
    with Visit(browser, address, "phone") as visit:
        page = visit.open(ARTICLE)
        expect(table_of(page).locator("thead")).to_be_hidden()
        page.get_by_label("排序").first.select_option("按主体：小到大")
        subjects = column(table_of(page), 4)
        assert subjects == sorted(subjects, key=subjects.index)
        assert len(set(subjects)) > 1


def test_unknown_cells_come_last_either_way(browser: Browser, address: str) -> None:
    with Visit(browser, address) as visit:
        page = visit.open(EVENT)
        table = page.locator("table.round").first
        for _ in range(2):
            table.get_by_role("button", name="签约").click()
            cells = column(table, 2)
            known = [cell for cell in cells if cell.isdigit()]
            assert cells[: len(known)] == known
            assert len(known) >= 6


def test_a_copied_table_pastes_as_cells_with_its_source(browser: Browser, address: str) -> None:
    with Visit(browser, address, permissions=["clipboard-read", "clipboard-write"]) as visit:
        page = visit.open(EVENT)
        page.get_by_role("button", name="复制表格").first.click()
        expect(page.get_by_role("button", name="已复制")).to_have_count(1)
        lines = str(page.evaluate("navigator.clipboard.readText()")).split("\n")
        assert lines[0].split("\t") == ["市", "签约", "开工", "投产", "合计"]
        assert "大同\t16\t14\t17\t47" in lines
        assert "阳泉\t\t\t\t" in lines
        assert lines[-1].startswith("来源：2024年第三次")
        assert lines[-1].endswith(address + EVENT)


def test_without_javascript_the_tables_are_plain_and_whole(browser: Browser, address: str) -> None:
    with Visit(browser, address, java_script_enabled=False) as visit:
        page = visit.open(ARTICLE)
        assert len(column(table_of(page), 1)) > 10
        expect(page.locator(".table-tools").first).to_be_hidden()
        assert page.locator("main button").count() == 0


@pytest.mark.parametrize("size", ["phone", "desk"])
@pytest.mark.parametrize("path", [ARTICLE, EVENT, "cities/lvliang/", "data/"])
def test_nothing_moves_while_a_page_loads(browser: Browser, address: str, path: str, size: str) -> None:
    with Visit(browser, address, size) as visit:
        visit.context.add_init_script(
            "window.shifts = 0; new PerformanceObserver((list) => { for (const entry of list.getEntries()) window.shifts += entry.value; })"
            ".observe({ type: 'layout-shift', buffered: true });"
        )
        page = visit.open(path)
        page.evaluate("document.querySelector('.table-tools, .cite')?.scrollIntoView()")
        page.wait_for_timeout(100)
        assert page.evaluate("shifts") == 0
        assert visit.problems == []
