"""Citing an article and one figure of it, and reporting an error: by tap, by keyboard, where copying is blocked, without JavaScript."""

from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.test_reading import Visit, address

__all__ = ["address"]

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("site")]

ARTICLE = "issues/2024-after-0819/linfen-2024-3rd/"
CITATION = "张文华. 临汾：项目总数58个 总投资353.71亿元[N]. 科学导报·开发区建设专刊，2024（D1）."
BLOCK = """
Object.defineProperty(navigator, "clipboard", { value: { writeText: async () => { throw new Error("blocked"); } } });
document.execCommand = () => false;
"""
NO_API = """
Object.defineProperty(navigator, "clipboard", { value: undefined });
window.copied = [];
document.addEventListener("copy", () => window.copied.push(document.activeElement.value));
"""


def copied(page: Page) -> str:
    return str(page.evaluate("navigator.clipboard.readText()"))


@pytest.mark.parametrize("size", ["phone", "desk"])
def test_a_citation_in_one_tap(browser: Browser, address: str, size: str) -> None:
    with Visit(browser, address, size, permissions=["clipboard-read", "clipboard-write"]) as visit:
        page = visit.open(ARTICLE)
        button = page.get_by_role("button", name="7714—2025")
        button.click()
        expect(page.get_by_role("status").filter(has_text="已复制")).to_have_count(1)
        button = page.locator(".cite button").first
        expect(button).to_have_text("已复制")
        assert copied(page) == CITATION
        box = button.bounding_box()
        assert box is not None
        assert min(box["width"], box["height"]) >= 44
        assert visit.problems == []


def test_other_formats_by_keyboard(browser: Browser, address: str) -> None:
    with Visit(browser, address, permissions=["clipboard-read", "clipboard-write"]) as visit:
        page = visit.open(ARTICLE)
        page.get_by_role("link", name="引用", exact=True).press("Enter")
        page.get_by_text("其他格式").focus()
        page.keyboard.press("Enter")
        for start in ("张文华. 临汾", "@article{linfen-2024-3rd,", "TY  - NEWS"):
            page.keyboard.press("Tab")
            page.keyboard.press("Enter")
            page.wait_for_function("start => navigator.clipboard.readText().then((text) => text.startsWith(start))", arg=start)
        assert visit.problems == []


def test_one_figure_with_its_sentence_place_and_link(browser: Browser, address: str) -> None:
    with Visit(browser, address, permissions=["clipboard-read", "clipboard-write"]) as visit:
        page = visit.open(ARTICLE)
        row = page.locator("tr", has=page.locator('a[href="#l167c6"]')).first
        row.locator("summary").focus()
        page.keyboard.press("Enter")
        row.get_by_role("button", name="引用这个数").press("Enter")
        expect(row.get_by_role("button")).to_have_text("已复制")
        sentence, value, citation, link = copied(page).splitlines()
        assert sentence.startswith("“其中，“签约一批”项目25个，总投资87.16亿元；")
        assert value == "25个（临汾市，签约，项目数，D1版第167行）"
        assert citation == CITATION
        assert link == address + ARTICLE + "#l167c6"
        assert visit.problems == []


def test_where_copying_is_blocked_the_text_is_selected(browser: Browser, address: str) -> None:
    with Visit(browser, address) as visit:
        visit.context.add_init_script(BLOCK)
        page = visit.open(ARTICLE)
        page.locator(".cite button").first.click()
        expect(page.locator(".cite button").first).to_have_text("未能复制，文字已选中")
        assert page.evaluate("getSelection().toString()") == CITATION
        row = page.locator("tr", has=page.locator('a[href="#l167c6"]')).first
        row.locator("summary").click()
        row.get_by_role("button").click()
        expect(row.locator("pre")).to_contain_text(CITATION)
        assert str(page.evaluate("getSelection().toString()")).endswith("#l167c6")


def test_without_the_clipboard_interface_the_old_way_copies(browser: Browser, address: str) -> None:
    """Plain HTTP and browsers inside other programs have no navigator.clipboard."""
    with Visit(browser, address) as visit:
        visit.context.add_init_script(NO_API)
        page = visit.open(ARTICLE)
        page.locator(".cite button").first.click()
        expect(page.locator(".cite button").first).to_have_text("已复制")
        assert page.evaluate("copied") == [CITATION]


def test_without_javascript_every_format_can_be_selected(browser: Browser, address: str) -> None:
    with Visit(browser, address, "phone", java_script_enabled=False) as visit:
        page = visit.open(ARTICLE)
        expect(page.locator(".cite pre").first).to_have_text(CITATION)
        page.get_by_text("其他格式").click()
        expect(page.locator(".cite pre")).to_have_count(4)
        expect(page.locator(".cite pre").last).to_be_visible()
        assert page.locator(".cite button").count() == 0


def test_paragraph_line_and_figure_have_links_of_their_own(browser: Browser, address: str) -> None:
    with Visit(browser, address) as visit:
        page = visit.open(ARTICLE)
        page.get_by_role("link", name="本段链接").nth(1).click()
        expect(page).to_have_url(address + ARTICLE + "#l163")
        page.locator("table.figures a", has_text="87.16").first.click()
        expect(page.locator("data:target")).to_have_text("87.16亿元")
        page.get_by_role("link", name="第167行").first.click()
        page.locator("#l167 > a").first.click()
        expect(page).to_have_url(address + "issues/2024-after-0819/D1/#l167")
        assert visit.problems == []


def test_without_a_way_to_report_the_page_says_so(browser: Browser, address: str) -> None:
    with Visit(browser, address) as visit:
        page = visit.open(ARTICLE)
        expect(page.locator(".report")).to_contain_text("还没有公布报错的网址或信箱")
        assert page.locator(".report a").count() == 1


def test_a_report_carries_page_and_selection(browser: Browser, address: str) -> None:
    """The script is the page's own; the two links are put in as the template writes them where they are set."""
    with Visit(browser, address) as visit:
        visit.context.route(
            f"**/{ARTICLE}",
            lambda route: route.fulfill(
                response=(response := route.fetch()),
                body=response.text().replace(
                    "data-component=report>",
                    'data-component=report><a class="report__way" href="https://example.org/new?title=x&amp;body='
                    '%E6%89%80%E8%A7%81%EF%BC%9A%0A">在线提交</a>',
                ),
            ),
        )
        page = visit.open(ARTICLE)
        page.locator("#l163").evaluate(
            "p => getSelection().setBaseAndExtent(p.firstChild, 0, p.firstChild, 6)",
        )
        link = page.get_by_role("link", name="在线提交")
        link.focus()
        body = parse_qs(urlsplit(str(link.get_attribute("href"))).query)["body"][0]
        assert body == "所见：此次“三个一（第163行）\n"
