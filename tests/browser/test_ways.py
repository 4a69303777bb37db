"""The ways that readers go through the site, each from its beginning to its end: read, compare, follow, check, take away, cite.

On a phone by day and at a desk by night; where no script is needed, without one too.
"""

import io
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from tests.browser.test_reading import Visit, address

__all__ = ["address"]

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("site")]

WAYS = {
    "phone by day": {"size": "phone", "color_scheme": "light"},
    "phone by night": {"size": "phone", "color_scheme": "dark"},
    "desk by day": {"size": "desk", "color_scheme": "light"},
    "desk by night": {"size": "desk", "color_scheme": "dark"},
}
NO_SCRIPT = {"phone without script": {"size": "phone", "java_script_enabled": False}}
FOUR, TWO = [*WAYS], ["phone by night", "desk by day"]
LINFEN = "issues/2024-after-0819/linfen-2024-3rd/"


@pytest.fixture
def visit(browser: Browser, address: str, request: pytest.FixtureRequest) -> Iterator[Visit]:
    options = (WAYS | NO_SCRIPT)[request.param]
    with Visit(browser, address, permissions=["clipboard-read", "clipboard-write"], **options) as made:
        yield made
        assert made.problems == []


def go(page: Page, name: str, *, within: str = "main") -> None:
    """Follows the first link of this name, as a reader would who looks for it."""
    page.locator(within).get_by_role("link", name=name).first.click()


@pytest.mark.parametrize("visit", [*FOUR, *NO_SCRIPT], indirect=True)
def test_read(visit: Visit) -> None:
    page = visit.open("")
    go(page, "2024年8月19日以后", within="main")
    go(page, "临汾：项目总数58个")
    expect(page.locator("h1")).to_contain_text("353.71亿元")
    go(page, "下一篇")
    go(page, "上一篇")
    expect(page).to_have_url(visit.address + LINFEN)
    page.locator("#l163 a[data-lines]").click()
    expect(page.locator("#l165")).to_contain_text("353.71 元")
    page.locator("#l165 a[id]").first.click()
    expect(page.locator("data:target")).to_be_visible()


@pytest.mark.parametrize("visit", [*TWO, *NO_SCRIPT], indirect=True)
def test_compare(visit: Visit) -> None:
    page = visit.open("")
    go(page, "2024年第三次")
    table = page.locator("table.round").first
    expect(table.locator("tr", has_text="大同").first).to_contain_text("16")
    table.get_by_role("link", name="58").first.click()
    expect(page).to_have_url(visit.address + LINFEN + "#l151c8")
    page.go_back()
    page.locator("table.round").first.get_by_role("link", name="吕梁").click()
    expect(page.locator("table.figures").first).to_contain_text("第三次")


@pytest.mark.parametrize("visit", [*TWO, *NO_SCRIPT], indirect=True)
def test_follow(visit: Visit) -> None:
    """From a report to the zone that it names, and on to what else is said of it."""
    page = visit.open(LINFEN)
    go(page, "侯马经济开发区")
    expect(page.locator("h1")).to_contain_text("侯马经济开发区")
    go(page, "侯马招商引资")
    expect(page.locator("h1")).to_contain_text("再创高效新纪录")
    go(page, "临汾市")
    expect(page.locator("h1")).to_contain_text("临汾市")


@pytest.mark.parametrize("visit", [*TWO, *NO_SCRIPT], indirect=True)
def test_check(visit: Visit) -> None:
    """From a figure to the arithmetic that it takes part in, and from its parts back to the print."""
    page = visit.open(LINFEN)
    page.locator("table.figures--article td:nth-child(6) > a").first.click()
    expect(page.locator(":target")).to_contain_text("相符")
    check = page.locator("li:has(:target)").last
    check.get_by_role("link").first.click()
    expect(page.locator("data:target")).to_be_visible()


@pytest.mark.parametrize("visit", [*TWO, *NO_SCRIPT], indirect=True)
def test_take_away(visit: Visit) -> None:
    page = visit.open("")
    page.get_by_role("link", name="数据", exact=True).first.click()
    with page.expect_download() as loading:
        go(page, "全部数据 ZIP")
    with zipfile.ZipFile(io.BytesIO(Path(loading.value.path()).read_bytes())) as archive:
        assert "README.md" in archive.namelist()
    assert loading.value.suggested_filename == "kfq-archive.zip"
    with page.expect_download() as loading:
        page.locator(".parcels li", has_text="大同市").get_by_role("link", name="数 CSV").click()
    assert loading.value.suggested_filename == "kfq-datong-figures.csv"
    assert Path(loading.value.path()).read_bytes().startswith(b"\xef\xbb\xbfid,")


@pytest.mark.parametrize("visit", FOUR, indirect=True)
def test_cite(visit: Visit) -> None:
    """From a question to a citation of the figure that answers it."""
    page = visit.open("")
    page.get_by_role("searchbox", name="检索全文").last.fill("临汾 签约 总投资")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search/**")
    page.locator("[data-part=answers] a").first.click()
    page.wait_for_url("**/linfen-2024-3rd/**")
    row = page.locator("table.figures tr", has_text="87.16").first
    row.locator("summary").click()
    row.get_by_role("button", name="引用这个数").click()
    expect(row.get_by_role("button")).to_have_text("已复制")
    text = str(page.evaluate("navigator.clipboard.readText()"))
    assert "87.16亿元（临汾市，签约，总投资，D1版第167行）" in text
    assert text.endswith(f"{LINFEN}#l167c15")


@pytest.mark.parametrize("visit", ["phone by day"], indirect=True)
def test_cite_before_the_script_has_come(visit: Visit) -> None:
    held: list[Route] = []
    page = visit.page
    page.route("**/cite-figure.js", lambda route: held.append(route))  # noqa: PLW0108 (playwright cannot wrap a method of a list)
    page.goto(visit.address + LINFEN, wait_until="domcontentloaded")
    row = page.locator("table.figures tr", has_text="87.16").first
    page.locator("details", has=page.locator("table.figures")).first.locator("summary").first.click()
    row.locator("summary").click()
    expect(row.get_by_role("button")).to_have_count(0)
    held[0].continue_()
    expect(row.get_by_role("button")).to_have_text("引用这个数")


@pytest.mark.parametrize("visit", NO_SCRIPT, indirect=True)
def test_cite_without_script(visit: Visit) -> None:
    page = visit.open(LINFEN)
    go(page, "引用")
    page.get_by_text("其他格式").click()
    expect(page.locator(".cite pre", has_text="@article{linfen-2024-3rd,")).to_be_visible()


@pytest.mark.parametrize("visit", ["desk by day"], indirect=True)
def test_print(visit: Visit) -> None:
    """Paper has the report, its figures and where they come from, and nothing that only a screen can use."""
    page = visit.open(LINFEN)
    page.emulate_media(media="print")
    of_the_screen = ".sections", "body > footer", ".seek", ".palette", ".table-tools", ".copy", ".report", ".neighbours"
    for gone in (*of_the_screen, "[data-lines]", "[data-lines] + a"):
        assert page.locator(gone).evaluate_all("all => all.every((one) => !one.offsetParent)"), gone
    expect(page.locator("body > header .brand")).to_be_visible()
    source = page.locator(".about-story")
    for shown in ("科学导报·开发区建设专刊", "issues/", "张文华. 临汾：项目总数58个"):
        expect(source.get_by_text(shown).first).to_be_visible()
    expect(source.get_by_text("其他格式")).to_be_hidden()
    assert page.locator("body").evaluate("body => getComputedStyle(body).backgroundColor") == "rgb(255, 255, 255)"
