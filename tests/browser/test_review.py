"""The review page in Chromium and Firefox: everything an editor does, by keyboard and by mouse, until the layout file is right."""

import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, expect

from build_scripts.build import find_all_problems
from build_scripts.layout.layoutfile import read_layout
from build_scripts.layout.tree import layout_tree
from build_scripts.lexicon.aliases import FILE
from build_scripts.lexicon.places import FOLDER
from build_scripts.source import read_page
from tests.browser.axe import violations
from tests.browser.desk import SIZE, Desk, reviewing
from tests.conftest import ISSUE

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("review")]

ISSUE_ID = "2024-after-0819"
FILE_NAME = f"content/sources/{ISSUE_ID}/D1.yml"

TEXT = """\
打造开发区建设升级版

大同：项目总数 47 个

总投资 99.754 亿元

科学导报讯 8 月 20 日，忻州市开工项

目 12 个，总投资 30 亿元。忻州开发区项目

图为忻州经济开发区项目现场。 刘亮摄

说，下一步将加快建设。 翁剑

科学导报讯 8 月 19 日，大同市举行活

动，总投资 99.754 亿元，其中签约 19.31 亿元。

大同市还将继续推进。 下转 3 版

忻州：开工项目 12 个
"""

WRONG = """\
# 一位编辑的按语
page: D1
furniture:
- slogan: 1
articles:
- id: xinzhou
  type: brief
  title: [3, 5]   # 两行
  credit: 7:0-7:5
  byline: 13:11
  body:
  # 待核 行 11：段落太长，不像图片说明
  - [7:6-11, "13:0-13:11"]
- id: datong
  type: brief
  title: 21
  credit: 15:0-15:5
  body:
  - 15:6-17
  - 19
"""

RIGHT = """\
# 一位编辑的按语
page: D1
furniture:
- slogan: 1
articles:
- id: xinzhou
  type: brief
  title: 21   # 两行
  credit: 7:0-7:5
  byline: 13:11
  body:
  - ["7:6-9", "13:0-13:11"]
- id: {hash}-l11
  type: caption
  parent: xinzhou
  byline: 11:15
  body:
  - 11:0-11:14
- id: datong
  type: brief
  title: [3, 5]
  credit: 15:0-15:5
  continuation: 19:11
  body:
  - 15:6-17
  - 19:0-19:10
"""


@pytest.fixture
def root(make_archive: Callable[..., Path], tmp_path: Path) -> Path:
    shutil.copytree(FOLDER, tmp_path / "lexicon", ignore=shutil.ignore_patterns("*.py", "__pycache__"))
    return make_archive(text=TEXT, layout=WRONG, issue=ISSUE, issue_id=ISSUE_ID)


@pytest.fixture
def desk(each_browser: Browser, root: Path) -> Iterator[Desk]:
    with reviewing(root, ISSUE_ID) as address:
        context = each_browser.new_context(viewport=SIZE)
        desk = Desk(context, address)
        yield desk
        context.close()
    assert desk.problems == []


def right(root: Path) -> str:
    text = (root / FILE_NAME).read_text("utf-8")
    found = re.search(r"[0-9a-f]{8}(?=-l11)", text)
    return RIGHT.replace("{hash}", found.group() if found else "")


def test_a_wrong_draft_is_put_right_by_the_keyboard_alone(desk: Desk, root: Path) -> None:
    page = desk.page
    expect(page.locator("#open")).to_contain_text("待核：第11行，段落太长，不像图片说明")
    # The headlines belong to each other's article.
    desk.line(3)
    desk.keys("w", "Enter")
    expect(desk.card("xinzhou").locator(".unit-title")).to_contain_text("忻州")
    # A caption stands in the middle of a paragraph, with the name of the one who took the picture.
    desk.line(11)
    desk.keys("p")
    caption = page.locator('[data-article$="-l11"]')
    expect(caption.locator(".unit-body")).to_contain_text("项目现场。刘亮摄")
    expect(desk.card("xinzhou").locator(".unit-body")).to_contain_text("忻州开发区项目说，下一步")
    desk.chars(11, 15, 18)
    desk.keys("y")
    expect(caption.locator(".unit-byline")).to_have_text("刘亮摄")
    expect(caption.locator(".facts")).to_contain_text("刘亮（摄）")
    desk.line(11)
    desk.keys("v")
    expect(page.locator("#open")).to_contain_text("待办　没有了")
    # The line 下转 is no text.
    desk.chars(19, 11, 17)
    desk.keys("x")
    expect(desk.card("datong").locator(".unit-continuation")).to_contain_text("下转")
    assert "archive check 没有发现问题" in desk.save()
    assert (root / FILE_NAME).read_text("utf-8") == right(root)
    assert [finding for finding in find_all_problems(root) if finding.severity == "error"] == []
    # Undone to the last step and saved again, the file is what it was, byte by byte.
    while page.locator("[data-command=undo]:not([disabled])").count():
        desk.keys("Control+z")
    desk.save()
    assert (root / FILE_NAME).read_text("utf-8") == WRONG
    while page.locator("[data-command=redo]:not([disabled])").count():
        desk.keys("Control+y")
    desk.save()
    assert (root / FILE_NAME).read_text("utf-8") == right(root)


def test_the_same_by_the_mouse_alone(desk: Desk, root: Path) -> None:
    page = desk.page
    desk.click_line(3)
    desk.command("swap")
    page.locator("dialog button.primary").click()
    desk.read()
    desk.click_line(11)
    desk.command("caption")
    desk.read()
    desk.drag_text(11, 15, 18)
    desk.command("byline")
    desk.read()
    page.locator("#open li button", has_text="已核").click()
    desk.read()
    desk.drag_text(19, 11, 17)
    desk.command("continuation")
    desk.read()
    desk.command("save")
    expect(page.locator("dialog")).to_contain_text("没有发现问题")
    page.locator("dialog button").click()
    assert (root / FILE_NAME).read_text("utf-8") == right(root)


def saved(root: Path) -> dict[str, Any]:
    """The layout file as a tree."""
    page = read_page(root / FILE_NAME.replace(".yml", ".txt"), issue=ISSUE_ID, name="D1", source="x")
    return layout_tree(read_layout(root / FILE_NAME, page), page)


def test_articles_are_parted_joined_and_ordered(desk: Desk, root: Path) -> None:
    page = desk.page
    desk.click_line(19)
    desk.keys("Shift+n")  # the second paragraph begins an article of its own
    fresh = page.locator('[data-article$="-l19"]')
    expect(fresh.locator(".unit-body")).to_contain_text("大同市还将继续推进")
    desk.keys("Alt+Shift+ArrowUp", "Alt+Shift+ArrowUp")
    expect(page.locator(".card").first).to_have_attribute("data-article", re.compile("-l19$"))
    desk.keys("Alt+Shift+ArrowDown", "Alt+Shift+ArrowDown")
    desk.keys("r")
    page.locator("dialog input").fill("Datong 2")
    page.keyboard.press("Enter")
    expect(page.locator("dialog [role=alert]")).to_contain_text("小写字母")
    page.locator("dialog input").fill("datong-2")
    desk.keys("Enter")
    page.locator('[data-article="datong-2"] select[aria-label=体裁]').select_option("feature")
    page.locator('[data-article="datong-2"] .badge').click()
    desk.keys("o")
    page.locator("dialog select").select_option("parent datong")
    desk.keys("Enter")
    assert "没有发现问题" not in desk.save()  # the draft's doubt is still open
    articles = saved(root)["articles"]
    assert articles[2] == {"id": "datong-2", "type": "feature", "parent": "datong", "body": ["19"]}
    page.locator('[data-article="datong-2"] .badge').click()
    desk.keys("Shift+m", "Enter")
    desk.save()
    assert [article["id"] for article in saved(root)["articles"]] == ["xinzhou", "datong"]
    assert saved(root)["articles"][1]["body"] == ["15:6-17", "19"]


def test_paragraphs_are_parted_joined_moved_and_made_heads(desk: Desk, root: Path) -> None:
    page = desk.page
    card = desk.card("datong")
    card.locator(".unit-body").nth(1).click()
    desk.keys("Alt+ArrowUp")
    expect(card.locator(".unit-body").first).to_contain_text("还将继续推进")
    desk.keys("Alt+ArrowDown", "h")
    expect(card.locator(".unit-head")).to_contain_text("还将继续推进")
    desk.keys("b")
    expect(card.locator(".unit-head")).to_have_count(0)
    desk.line(17)
    desk.column(len("动，总投资 99.754 亿元，"))
    desk.keys("d")
    expect(card.locator(".unit-body")).to_have_count(3)
    expect(card.locator(".unit-body").nth(1)).to_contain_text("其中签约")
    desk.keys("j")
    expect(card.locator(".unit-body")).to_have_count(2)
    # By the mouse: taken by its edge and let go above the first.
    source, target = card.locator(".unit-body").nth(1).bounding_box(), card.locator(".unit-body").first.bounding_box()
    assert source
    assert target
    page.mouse.move(source["x"] + 10, source["y"] + 8)
    page.mouse.down()
    page.mouse.move(target["x"] + 60, target["y"] + 12)
    page.mouse.move(target["x"] + 60, target["y"] + 3)
    page.mouse.up()
    desk.read()
    expect(card.locator(".unit-body").first).to_contain_text("还将继续推进")
    desk.save()
    assert saved(root)["articles"][1]["body"] == ["19", "15:6-17"]


def test_text_goes_to_roles_and_comes_back(desk: Desk, root: Path) -> None:
    page = desk.page
    desk.click_line(1)
    desk.keys("Delete")
    expect(page.locator("#line-1 .name")).to_have_text("未归")
    expect(page.locator("#open")).to_contain_text("第1行没有归属")
    assert "没有保存" in desk.save()
    assert (root / FILE_NAME).read_text("utf-8") == WRONG  # what is not whole is not saved
    desk.keys("F8", "F8", "m")  # the doubt on line 11, then line 1 again
    expect(page.locator("#line-1 .name")).to_have_text("报头")
    # Lines drawn over with the mouse, then the article by its number and the part by its key.
    page.locator("#line-3 .count").hover()
    page.mouse.down()
    page.locator("#line-5 .count").hover()
    page.mouse.up()
    desk.keys("2", "k")
    expect(desk.card("datong").locator(".unit-kicker")).to_have_count(2)
    desk.click_line(5)
    desk.keys("s")
    page.keyboard.press("F6")
    desk.card("datong").locator(".unit-kicker").click()
    desk.keys("t")
    expect(desk.card("datong").locator(".unit-title").first).to_contain_text("大同：项目总数47个")
    desk.card("datong").locator(".unit-title").nth(1).click()
    desk.keys("Alt+ArrowUp")
    desk.click_line(21)
    desk.keys("1", "t")
    desk.save()
    tree = saved(root)
    assert tree["furniture"] == [{"masthead": "1"}]
    assert (tree["articles"][0]["title"], tree["articles"][1]["title"], tree["articles"][1]["subtitle"]) == ("21", "3", "5")


def test_a_series_and_a_new_article(desk: Desk, root: Path) -> None:
    page = desk.page
    desk.click_line(3)
    desk.keys("Shift+s")
    boxes = page.locator("dialog input[type=checkbox]")
    expect(boxes).to_have_count(2)
    page.keyboard.press("Enter")
    expect(page.locator("dialog [role=alert]")).to_contain_text("至少选一篇")
    boxes.first.check()
    boxes.nth(1).check()
    page.locator("dialog button.primary").click()
    desk.read()
    expect(page.locator(".series-title")).to_contain_text("大同：项目总数47个")
    desk.click_line(5)
    desk.keys("n")
    fresh = page.locator('[data-article$="-l5"]')
    expect(fresh.locator(".unit-title")).to_contain_text("总投资99.754亿元")
    expect(page.locator("#open")).to_contain_text("没有正文")
    desk.click_line(19)
    number = fresh.locator(".badge").inner_text()
    desk.keys(number, "b")
    desk.save()
    tree = saved(root)
    assert [series["title"] for series in tree["packages"]] == ["3"]
    assert [(article["title"], "package" in article) for article in tree["articles"] if article["body"] == ["19"]] == [("5", False)]
    assert [article["id"] for article in tree["articles"] if "package" in article] == ["xinzhou", "datong"]
    page.locator(".series button").click()
    page.locator("dialog .extra").click()
    desk.read()
    expect(page.locator("#open")).to_contain_text("第3行没有归属")


def test_corrections(desk: Desk, root: Path) -> None:
    page = desk.page
    card = desk.card("datong")
    desk.chars(17, len("动，总投资 99.754 亿元，其中"), len("动，总投资 99.754 亿元，其中签约 19.31"))
    page.keyboard.press("e")
    dialog = page.locator("dialog")
    expect(dialog.locator("input").first).to_have_value("签约19.31")
    dialog.locator("input").nth(1).fill("签约19.31")
    dialog.locator("textarea").fill("理由")
    dialog.locator(".primary").click()
    expect(dialog.locator("[role=alert]")).to_contain_text("两者一样")
    dialog.locator("input").nth(1).fill("签约19.13")
    dialog.locator("select").select_option("number")
    dialog.locator(".primary").click()
    desk.read()
    expect(card.locator(".repair").first).to_have_attribute("title", "原刊作“签约19.31”")
    expect(card.locator(".unit-body").first).to_contain_text("19.13亿元")
    desk.save()
    expected = {"line": "17", "printed": "签约19.31", "corrected": "签约19.13", "kind": "number", "note": "理由"}
    assert saved(root)["corrections"] == [expected]
    card.locator(".correction button").click()
    dialog.locator("textarea").fill("另一个理由：“#”")
    dialog.locator(".primary").click()
    desk.read()
    desk.save()
    assert saved(root)["corrections"] == [{**expected, "note": "另一个理由：“#”"}]
    card.locator(".correction button").click()
    dialog.locator(".extra").click()
    desk.read()
    desk.save()
    assert (root / FILE_NAME).read_text("utf-8") == WRONG


def test_an_alias_of_a_zone(desk: Desk, root: Path) -> None:
    page = desk.page
    table = root / "lexicon" / FILE
    before = table.read_bytes()
    start = len("目 12 个，总投资 30 亿元。")
    desk.chars(9, start, start + len("忻州开发区项目"))
    page.keyboard.press("a")
    dialog = page.locator("dialog")
    expect(dialog.locator("input").first).to_have_value("忻州开发区项目")
    dialog.locator("input").nth(1).fill("没有的开发区")
    dialog.locator(".primary").click()
    expect(dialog.locator("[role=alert]")).to_contain_text("词表里没有")
    dialog.locator("input").nth(1).fill("原平经济技术开发区")
    dialog.locator(".primary").click()
    desk.read()
    expect(desk.card("xinzhou").locator(".zone", has_text="忻州开发区项目")).to_have_attribute("title", "原平经济技术开发区")
    assert table.read_bytes() == before
    desk.save()
    assert "忻州开发区项目：专刊 2024-after-0819 D1 第9行" in table.read_text("utf-8")
    desk.keys("Control+z")
    desk.save()
    assert table.read_bytes() == before


def test_nothing_is_lost_by_a_reload_or_a_new_run(each_browser: Browser, root: Path) -> None:
    context = each_browser.new_context(viewport=SIZE)
    with reviewing(root, ISSUE_ID) as address:
        desk = Desk(context, address)
        desk.click_line(1)
        desk.keys("m")
        desk.click_line(19)
        desk.keys("Shift+n", "Control+z")
        desk.page.reload()
        desk.ready()
        expect(desk.page.locator("#line-1 .name")).to_have_text("报头")
        expect(desk.page.locator("[data-command=redo]")).to_be_enabled()
    with reviewing(root, ISSUE_ID) as address:
        again = Desk(context, address)
        expect(again.page.locator("#said")).to_contain_text("已接着上次")
        expect(again.page.locator("#line-1 .name")).to_have_text("报头")
        again.keys("Control+y")
        expect(again.page.locator('[data-article$="-l19"]')).to_be_visible()
        again.keys("Control+z", "Control+z")
        expect(again.page.locator("#line-1 .name")).to_have_text("口号")
        expect(again.page.locator("[data-command=undo]")).to_be_disabled()
        again.save()
        assert (root / FILE_NAME).read_text("utf-8") == WRONG
    context.close()


def test_two_windows_and_another_editor(each_browser: Browser, root: Path) -> None:
    context = each_browser.new_context(viewport=SIZE)
    with reviewing(root, ISSUE_ID) as address:
        one, two = Desk(context, address), Desk(context, address)
        one.click_line(1)
        one.keys("m")
        two.click_line(1)
        two.page.keyboard.press("l")
        expect(two.page.locator("#kept")).to_contain_text("别的窗口改过这一版")
        two.page.reload()
        two.ready()
        expect(two.page.locator("#line-1 .name")).to_have_text("报头")
        (root / FILE_NAME).write_text(WRONG + "# 别人加的\n", encoding="utf-8")
        one.page.keyboard.press("Control+s")
        expect(one.page.locator("dialog")).to_contain_text("在别处改过了")
        assert (root / FILE_NAME).read_text("utf-8") == WRONG + "# 别人加的\n"
        one.page.locator("dialog .extra").click()
        one.page.wait_for_selector("html[data-ready] #line-1 .name:text('口号')")
        one.click_line(1)
        one.keys("m")
        one.save()
        assert (root / FILE_NAME).read_text("utf-8").endswith("# 别人加的\n")
        assert "masthead: 1" in (root / FILE_NAME).read_text("utf-8")
    context.close()


def test_keys_go_on_where_a_step_took_the_focus_away(desk: Desk) -> None:
    page = desk.page
    badge = desk.card("datong").locator(".badge")
    badge.click()
    desk.keys("r")
    page.locator("dialog input").fill("datong-2024")
    desk.keys("Enter")  # the card that had the focus is another one now
    desk.keys("Shift+v")
    expect(page.locator("#open")).to_contain_text("没有了")
    page.keyboard.press("Home")
    page.keyboard.press("ArrowDown")
    expect(page.locator("#about")).to_contain_text("第2行")


DIALOGS = ("?", "e", "a", "Shift+s", "o", "r", "Shift+m", "w", "Control+s")
"""Help, correction, name of a zone, series, what an article belongs to, id, joining, headlines, and why nothing is saved."""


def test_nothing_is_inaccessible(desk: Desk) -> None:
    page = desk.page
    desk.click_line(21)
    desk.keys("Delete")
    assert violations(page) == []
    dialog = page.locator("dialog")
    browser = page.context.browser
    for key in DIALOGS if browser and browser.browser_type.name == "chromium" else DIALOGS[:2]:
        desk.chars(17, 0, 3)
        page.keyboard.press(key)
        expect(dialog).to_be_visible()
        assert violations(page) == [], key
        page.keyboard.press("Escape")
        expect(dialog).to_have_count(0)
    page.emulate_media(color_scheme="dark")
    assert violations(page) == []
    page.keyboard.press("?")
    expect(dialog).to_be_visible()
    assert violations(page) == []
    page.keyboard.press("Escape")
    desk.keys("Control+z")
    page.keyboard.press("Control+s")
    expect(dialog).to_contain_text("archive check 的结果")
    assert violations(page) == []
    page.keyboard.press("Escape")


def test_parts_of_a_headline_and_of_a_byline(desk: Desk, root: Path) -> None:
    page = desk.page
    card = desk.card("xinzhou")
    # A headline's first line is its kicker, then part of the second its subtitle.
    desk.click_line(3)
    desk.keys("k")
    desk.drag_text(5, 0, 3)
    desk.keys("s")
    expect(card.locator(".unit-kicker")).to_contain_text("大同：项目总数47个")
    expect(card.locator(".unit-subtitle")).to_contain_text("总投资")
    expect(card.locator(".unit-title")).to_contain_text("99.754亿元")
    # A second name, put before the first.
    desk.drag_text(11, 15, 17)
    desk.keys("y")
    expect(card.locator(".unit-byline")).to_have_text(["刘亮", "翁剑"])
    card.locator(".unit-byline").nth(1).click()
    desk.keys("Alt+ArrowUp")
    expect(card.locator(".unit-byline")).to_have_text(["翁剑", "刘亮"])
    desk.save()
    article = saved(root)["articles"][0]
    assert (article["kicker"], article["title"], article["subtitle"]) == ("3", "5:4", "5:0-5:3")
    assert article["byline"] == ["13:12", "11:15-11:17"]
    while page.locator("[data-command=undo]:not([disabled])").count():
        desk.keys("Control+z")
    desk.save()
    assert (root / FILE_NAME).read_text("utf-8") == WRONG


def test_a_paragraph_is_drawn_into_another_article(desk: Desk, root: Path) -> None:
    page = desk.page
    source = desk.card("datong").locator(".unit-body").nth(1)
    target = desk.card("xinzhou").locator(".unit-body").first
    source.scroll_into_view_if_needed()
    taken, over = source.bounding_box(), target.bounding_box()
    assert taken
    assert over
    page.mouse.move(taken["x"] + 10, taken["y"] + 8)
    page.mouse.down()
    page.mouse.move(over["x"] + 60, over["y"] + over["height"] - 8)
    page.mouse.move(over["x"] + 60, over["y"] + over["height"] - 4)
    page.mouse.up()
    desk.read()
    expect(desk.card("xinzhou").locator(".unit-body").nth(1)).to_contain_text("大同市还将继续推进")
    desk.save()
    assert [article["body"][-1] for article in saved(root)["articles"]] == ["19", "15:6-17"]
    desk.command("undo")
    desk.read()
    desk.command("save")
    expect(page.locator("dialog")).to_contain_text("已写好")
    page.locator("dialog button").click()
    assert (root / FILE_NAME).read_text("utf-8") == WRONG


def test_what_a_page_prints_is_text_and_nothing_else(each_browser: Browser, make_archive: Callable[..., Path], tmp_path: Path) -> None:
    shutil.copytree(FOLDER, tmp_path / "lexicon", ignore=shutil.ignore_patterns("*.py", "__pycache__"))
    bad = "<img src=x onerror=alert(1)> {{ 7*7 }} ${7} \U00020000\ufeff' \" & </script>"
    root = make_archive(
        text=f"{bad}\n大同市签约项目 3 个。{bad}\n", layout="page: D1\narticles:\n- id: a\n  type: brief\n  title: 1\n  body:\n  - 2\n"
    )
    context = each_browser.new_context(viewport=SIZE)
    with reviewing(root, ISSUE_ID) as address:
        desk = Desk(context, address)
        assert desk.page.locator("main img, main script").count() == 0
        expect(desk.page.locator("#line-1 .text")).to_contain_text("<img src=x onerror=alert(1)> {{ 7*7 }}")
        expect(desk.card("a").locator(".unit-body")).to_contain_text("</script>")
        desk.chars(2, 0, 3)
        desk.keys("n", "Control+z")
        desk.save()
        assert desk.problems == []
    context.close()


def test_a_page_of_two_thousand_lines_costs_what_changes(each_browser: Browser, make_archive: Callable[..., Path], tmp_path: Path) -> None:
    reports = [
        f"第{n}县：签约项目{n}个\n科学导报讯 8月19日，第{n}县签约项目{n}个，总投资{n}.5亿元。\n" + "全县还将继续推进项目建设。\n" * 38
        for n in range(1, 51)
    ]
    text = "".join(reports)
    articles = "".join(
        f"- {{id: a{n}, type: news, title: {40 * n + 1}, body: [{', '.join(str(40 * n + k) for k in range(2, 41))}]}}\n" for n in range(50)
    )
    root = make_archive(text=text, layout=f"page: D1\narticles:\n{articles}")
    context = each_browser.new_context(viewport=SIZE)
    with reviewing(root, ISSUE_ID) as address:
        desk = Desk(context, address)
        page = desk.page
        assert page.locator(".line").count() == 2001

        def drawn(*keys: str) -> tuple[int, int]:
            """Lines and parts drawn anew by some keys."""

            def now() -> tuple[int, int]:
                lines, parts = (page.locator("html").get_attribute("data-drawn") or "").split()
                return int(lines), int(parts)

            before = now()
            desk.keys(*keys)
            after = now()
            return after[0] - before[0], after[1] - before[1]

        page.locator("#line-1003 .count").scroll_into_view_if_needed()
        desk.click_line(1003)
        for keys, most in (
            (("ArrowDown",), (2, 0)),
            (("Shift+ArrowDown",) * 9, (9, 0)),
            (("Delete",), (40, 40)),
            (("Control+z",), (40, 40)),
        ):
            lines, parts = drawn(*keys)
            assert lines <= most[0], keys
            assert parts <= most[1], keys
        desk.click_line(1020)
        lines, parts = drawn("Shift+n")
        assert lines <= 40
        assert parts <= 60
        assert desk.problems == []
    context.close()
