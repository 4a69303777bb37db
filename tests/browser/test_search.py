"""The search in a real browser, below a base path: by keyboard, on a phone, with input methods, and when the network fails."""

import json
from typing import Any
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from tests.browser.test_reading import Visit, address

__all__ = ["address"]

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("site")]


def search_page(visit: Visit, query: str) -> Page:
    page = visit.open(f"search/?q={quote(query)}")
    expect(page.locator("[data-part=summary]")).not_to_be_empty()
    return page


def loaded(page: Page) -> list[str]:
    """Addresses of what the page has loaded of the search."""
    names: list[str] = page.evaluate("performance.getEntriesByType('resource').map((entry) => entry.name)")
    return [name for name in names if "/search/" in name and not name.endswith("/assets/js/search/search.js")]


def test_nothing_but_the_box_is_loaded_until_somebody_searches(browser: Browser, address: str) -> None:
    with Visit(browser, address) as visit:
        page = visit.open("cities/datong/")
        assert loaded(page) == []
        size = page.evaluate("fetch(document.querySelector('script[type=module]').src).then((r) => r.text()).then((t) => t.length)")
        assert size < 3000
        page.keyboard.press("/")
        page.wait_for_function("performance.getEntriesByType('resource').some((entry) => entry.name.endsWith('box.js'))")
        assert visit.problems == []


@pytest.mark.parametrize("size", ["phone", "desk"])
def test_the_box_by_keyboard(browser: Browser, address: str, size: str) -> None:
    with Visit(browser, address, size) as visit:
        page = visit.open("cities/datong/")
        page.keyboard.press("/")
        box = page.locator("#seek")
        expect(box).to_be_focused()
        page.keyboard.type("铝镁")
        options = page.get_by_role("option")
        expect(options.first).to_be_visible()
        expect(box).to_have_attribute("aria-expanded", "true")
        page.keyboard.press("ArrowDown")
        expect(options.first).to_have_attribute("aria-selected", "true")
        expect(box).to_have_attribute("aria-activedescendant", "seek-0")
        page.keyboard.press("Escape")
        expect(box).to_have_attribute("aria-expanded", "false")
        page.keyboard.press("ArrowDown")
        page.keyboard.press("Enter")
        page.wait_for_url("**/issues/2024-10/**")
        expect(page.locator("mark.hit").first).to_have_text("铝镁")
        assert visit.problems == []


def test_enter_leads_to_the_search_page(browser: Browser, address: str) -> None:
    with Visit(browser, address) as visit:
        page = visit.open("")
        page.keyboard.press("/")
        page.keyboard.type("三个一批")
        page.keyboard.press("Enter")
        page.wait_for_url(f"{address}search/?q={quote('三个一批')}")
        expect(page.locator("[data-part=results] mark").first).to_have_text("三个一批")
        assert visit.problems == []


def test_nothing_is_searched_while_an_input_method_composes(browser: Browser, address: str) -> None:
    with Visit(browser, address) as visit:
        page = visit.open("")
        box = page.locator("#seek")
        box.focus()
        page.wait_for_function("document.querySelector('.seek__list')")
        page.evaluate(
            """() => {
              const box = document.querySelector('#seek');
              box.dispatchEvent(new CompositionEvent('compositionstart'));
              box.value = "da'tong";
              box.dispatchEvent(new InputEvent('input', {bubbles: true, isComposing: true}));
            }"""
        )
        page.wait_for_timeout(400)
        expect(page.locator(".seek__panel")).to_be_hidden()
        page.keyboard.press("Enter")
        assert page.url == address
        page.evaluate(
            """() => {
              const box = document.querySelector('#seek');
              box.value = '大同';
              box.dispatchEvent(new CompositionEvent('compositionend'));
            }"""
        )
        expect(page.get_by_role("option").first).to_be_visible()


def test_only_the_last_answer_is_shown(browser: Browser, address: str) -> None:
    with Visit(browser, address) as visit:
        page = visit.open("")
        box = page.locator("#seek")
        box.focus()
        for text in ("大", "大同", "大同市", "大同市新", "临汾"):
            box.fill(text)
            page.wait_for_timeout(85)
        expect(page.locator(".seek__status")).to_contain_text("临汾")
        page.wait_for_timeout(300)
        expect(page.locator(".seek__status")).to_contain_text("临汾")


def test_query_and_filters_stand_in_the_address(browser: Browser, address: str) -> None:
    with Visit(browser, address) as visit:
        page = search_page(visit, "开发区")
        results = page.locator("[data-part=results] > li")
        every = results.count()
        page.get_by_label("大同市").check()
        page.wait_for_url("**city=*")
        expect(results).not_to_have_count(every)
        few = results.count()
        page.get_by_role("button", name="按时间").click()
        page.wait_for_url("**sort=date*")
        page.reload()
        expect(results).to_have_count(few)
        expect(page.get_by_label("大同市")).to_be_checked()
        page.go_back()
        page.go_back()
        expect(results).to_have_count(every)
        page.get_by_label("在结果中检索").fill("签约")
        page.wait_for_url("**in=*")
        expect(page.locator("[data-part=summary]")).to_contain_text("同时含有")
        assert visit.problems == []


def test_more_results_and_their_words(browser: Browser, address: str) -> None:
    with Visit(browser, address) as visit:
        page = search_page(visit, "开发区")
        results = page.locator("[data-part=results] > li")
        expect(results).to_have_count(10)
        expect(page.locator("[data-part=summary]")).to_contain_text("篇含有“开发区”")
        expect(results.first).to_contain_text("命中")
        page.get_by_role("button", name="再显示一些").click()
        expect(results.nth(10)).to_be_visible()
        assert page.evaluate("document.activeElement === document.querySelectorAll('[data-part=results] > li')[10].querySelector('a')")


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("阳泉高新区蓝宝石", "拆开检索"),
        ("開發區", "已按“开发区”检索"),
        ("阳泉高新技术产业开发区", "另见"),
        ("qqqq", "没有检索到"),
        ("大同超导磁体", "部分相符"),
        ("xrjk", "新荣经开区"),
        ("大同 泰坦尼克", "“泰坦尼克”没有出现过"),
    ],
)
def test_the_page_says_what_answered(browser: Browser, address: str, query: str, words: str) -> None:
    with Visit(browser, address) as visit:
        page = search_page(visit, query)
        expect(page.locator("[data-component=search-page]")).to_contain_text(words)
        assert visit.problems == []


def test_marks_on_the_article_can_be_walked_and_put_away(browser: Browser, address: str) -> None:
    with Visit(browser, address, "phone") as visit:
        page = visit.open(f"issues/2024-after-0819/linfen-2024-3rd/?h={quote('总投资353.71亿元')}&h={quote('签约')}")
        marks = page.locator("mark.hit")
        text = page.locator(".text").inner_text()
        # The title, and the figure that a correction's own element holds.
        expect(page.locator(".hits__status")).to_contain_text("第1处")
        assert marks.count() > 3
        page.get_by_role("button", name="下一处").click()
        expect(page.locator(".hits__status")).to_contain_text("第2处")
        page.get_by_role("button", name="上一处").click()
        page.get_by_role("button", name="上一处").click()
        expect(page.locator(".hit--here").first).to_be_in_viewport()
        page.get_by_role("button", name="关闭标记").click()
        expect(marks).to_have_count(0)
        assert page.url == f"{address}issues/2024-after-0819/linfen-2024-3rd/"
        assert page.locator(".text").inner_text() == text
        assert visit.problems == []


def test_any_page_can_ask(browser: Browser, address: str) -> None:
    with Visit(browser, address) as visit:
        page = visit.open("about/")
        answered: dict[str, Any] = page.evaluate("window.archiveSearch.query('大同 签约', {limit: 2, city: '大同'})")
        assert {"total", "total_exact", "tier", "results", "also", "answers", "elapsed_ms"} <= answered.keys()
        assert answered["tier"] == "all"
        first = answered["results"][0]
        assert {"id", "url", "title", "issue", "score", "excerpt", "marks"} <= first.keys()
        assert page.evaluate(f"fetch(new URL({json.dumps(first['url'])}, {json.dumps(address)})).then((r) => r.ok)")
        assert visit.problems == []


def test_markup_in_a_query_stays_text(browser: Browser, address: str) -> None:
    with Visit(browser, address) as visit:
        page = visit.open(f"search/?q={quote('<img src=x onerror=alert(1)>')}&in={quote('<b>')}&city={quote('<script>alert(2)</script>')}")
        page.on("dialog", lambda dialog: visit.problems.append(dialog.message))
        expect(page.locator("[data-part=summary]")).not_to_be_empty()
        assert page.locator("main img, main script, main b:has-text('onerror') *").count() == 0
        assert visit.problems == []


def test_a_huge_paste_is_answered(browser: Browser, address: str) -> None:
    with Visit(browser, address) as visit:
        page = visit.open("search/")
        page.locator("#find").fill("开发区" * 34_000)
        expect(page.locator("[data-part=summary]")).to_contain_text("只用了开头部分")
        page = visit.open("cities/datong/")
        page.keyboard.press("/")
        page.keyboard.insert_text("开发区" * 34_000)
        page.keyboard.press("Enter")
        expect(page.locator("[data-part=summary]")).to_contain_text("只用了开头部分")
        assert len(page.url) < 8000, "servers refuse longer addresses"


@pytest.mark.parametrize("how", ["gone", "short", "cut off"])
def test_a_lost_download_is_said_and_can_be_tried_again(browser: Browser, address: str, how: str) -> None:
    with Visit(browser, address) as visit:

        def spoil(route: Route) -> None:
            if how == "gone":
                route.fulfill(status=404, body="not here")
            elif how == "short":
                response = route.fetch()
                route.fulfill(status=200, body=response.body()[:-30])
            else:
                route.abort("connectionreset")

        visit.context.route("**/terms/*.bin", spoil)
        page = search_page(visit, "开发区")
        expect(page.locator("[data-part=summary]")).to_contain_text("没有取全")
        visit.context.unroute("**/terms/*.bin")
        page.locator("#find").fill("开发区建设")
        expect(page.locator("[data-part=results] > li").first).to_be_visible()


@pytest.mark.parametrize("script", ["engine.js", "page.js"])
def test_a_lost_script_is_said(browser: Browser, address: str, script: str) -> None:
    with Visit(browser, address) as visit:
        visit.context.route(f"**/search/{script}", lambda route: route.fulfill(status=404, body="not here"))
        page = visit.open("search/")
        page.locator("#find").fill("开发区")
        expect(page.locator("[data-part=summary]")).to_contain_text("检索程序没有取全")


def test_a_site_published_anew_is_read_anew(browser: Browser, address: str) -> None:
    """A cached manifest names a folder that is gone; the engine asks for the manifest once more."""
    with Visit(browser, address) as visit:
        asked = []

        def old(route: Route) -> None:
            asked.append(route.request.url)
            if len(asked) > 1:
                route.continue_()
                return
            manifest = route.fetch().json()
            route.fulfill(status=200, body=json.dumps({**manifest, "folder": "000000000000"}))

        visit.context.route("**/search/manifest.json", old)
        page = visit.open(f"search/?q={quote('开发区')}")
        expect(page.locator("[data-part=results] > li").first).to_be_visible()
        assert len(asked) == 2


def test_it_works_without_a_worker(browser: Browser, address: str) -> None:
    with Visit(browser, address) as visit:
        visit.context.add_init_script("delete window.Worker")
        page = search_page(visit, "开发区")
        expect(page.locator("[data-part=results] > li").first).to_be_visible()
        assert visit.problems == []


def test_a_strict_content_security_policy_suffices(browser: Browser, address: str) -> None:
    with Visit(browser, address) as visit:

        def strict(route: Route) -> None:
            response = route.fetch()
            policy = "default-src 'none'; script-src 'self'; worker-src 'self'; connect-src 'self'; style-src 'self'; img-src 'self' data:"
            route.fulfill(response=response, headers={**response.headers, "content-security-policy": policy})

        visit.context.route("**/search/?q=*", strict)
        page = search_page(visit, "开发区")
        expect(page.locator("[data-part=results] > li").first).to_be_visible()


def test_without_scripts_the_page_says_where_to_go_on(browser: Browser, address: str) -> None:
    with Visit(browser, address, "phone", java_script_enabled=False) as visit:
        page = visit.open("search/")
        expect(page.locator("noscript")).to_have_count(1)
        assert "按期" in page.locator("[data-component=search-page]").inner_html()
        page.goto(f"{address}cities/")
        page.get_by_role("link", name="检索").click()
        expect(page).to_have_url(f"{address}search/")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", ["phone", "desk"])
def test_nothing_sticks_out(browser: Browser, address: str, size: str, scheme: Any) -> None:
    with Visit(browser, address, size, color_scheme=scheme) as visit:
        page = search_page(visit, "开发区 签约")
        assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
        small = page.evaluate(
            """() => [...document.querySelectorAll('[data-component=search-page] :is(button, input[type=search], .items > li > a)')]
              .filter((one) => one.offsetParent && one.getBoundingClientRect().height < 24).map((one) => one.outerHTML)"""
        )
        assert small == []
        assert visit.problems == []
