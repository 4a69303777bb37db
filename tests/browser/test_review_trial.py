"""A new editor's first two pages: drafts of real pages that are wrong in several places are put right by the page alone, in few actions.

The wrong drafts are made of the reviewed layouts: headlines swapped, a picture's text inside a paragraph, two articles in one. Where all
is right again, the file says what the reviewed layout says.
"""

import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from build_scripts.layout.draft import draft_layout
from build_scripts.layout.layoutfile import ArticleLayout, Block, Layout, read_layout
from build_scripts.layout.render import render_layout
from build_scripts.layout.tree import layout_tree
from build_scripts.source import Page, Span, read_page
from tests.browser.desk import SIZE, Desk, reviewing
from tests.conftest import PROJECT

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("review")]

MOST = 30
"""Keys, clicks and drags a page: at five seconds each, looking included, they take half of five minutes."""


def read(folder: Path, name: str) -> tuple[Page, Layout]:
    page = read_page(folder / f"{name}.txt", issue=folder.name, name=name, source="x")
    return page, read_layout(folder / f"{name}.yml", page)


def find(layout: Layout, name: str) -> ArticleLayout:
    return next(article for article in layout.articles if article.id == name)


def changed(layout: Layout, *articles: ArticleLayout) -> Layout:
    new = {article.id: article for article in articles}
    return replace(layout, articles=tuple(new.get(article.id, article) for article in layout.articles))


def swapped(layout: Layout, one: str, other: str) -> Layout:
    a, b = find(layout, one), find(layout, other)
    return changed(
        layout,
        replace(a, kicker=b.kicker, title=b.title, subtitle=b.subtitle),
        replace(b, kicker=a.kicker, title=a.title, subtitle=a.subtitle),
    )


def swallowed(page: Page, layout: Layout, caption: str, host: str) -> Layout:
    """The picture's text and byline inside the paragraph that it interrupts, or the last one before it."""
    picture, article = find(layout, caption), find(layout, host)
    spans = sorted(span for block in picture.body for span in block.spans)
    whole = Span(spans[0].start, max(span.end for span in (*spans, *picture.bylines)))
    body = list(article.body)
    at = max((k for k, block in enumerate(body) if block.spans[0].start < whole.start), default=0)
    parts = sorted([*body[at].spans, whole])
    body[at] = Block(tuple(parts))
    left = tuple(one for one in changed(layout, replace(article, body=tuple(body))).articles if one.id != caption)
    return replace(layout, articles=left)


def joined(layout: Layout, one: str, other: str) -> Layout:
    """``other`` as the rest of ``one``: its headline a section head, its credit in the text."""
    a, b = find(layout, one), find(layout, other)
    first = b.body[0]
    opened = (
        replace(first, spans=(Span(b.credit[0].start, first.spans[0].end), *first.spans[1:]))
        if b.credit and b.credit[0].end <= first.spans[0].start
        else first
    )
    heads = [Block(spans, head=True) for spans in (b.kicker, b.title, b.subtitle) if spans]
    whole = replace(a, bylines=(*a.bylines, *b.bylines), body=(*a.body, *heads, opened, *b.body[1:]))
    return replace(layout, articles=tuple(article for article in changed(layout, whole).articles if article.id != other))


class Editor(Desk):
    """Counts what the editor does."""

    actions = 0

    def press(self, *keys: str) -> None:
        self.actions += len(keys)
        self.keys(*keys)

    def click(self, words: str) -> None:
        """Clicks the part of an article that begins with these words."""
        self.actions += 1
        self.page.locator(".unit", has_text=words).first.click()
        self.read()

    def over_lines(self, first: int, last: int) -> None:
        """Draws the mouse over line numbers."""
        self.actions += 1
        self.page.locator(f"#line-{first} .count").scroll_into_view_if_needed()
        self.page.locator(f"#line-{first} .count").hover()
        self.page.mouse.down()
        self.page.locator(f"#line-{last} .count").hover()
        self.page.mouse.up()

    def over_text(self, line: int, words: str) -> None:
        """Draws the mouse over words of a line."""
        self.actions += 1
        start = (self.page.locator(f"#line-{line} .text").text_content() or "").index(words)
        self.drag_text(line, start, start + len(words))

    def rename(self, name: str) -> None:
        self.actions += 3
        self.page.keyboard.press("r")
        self.page.locator("dialog input").fill(name)
        self.keys("Enter")

    def choose(self, key: str, words: str) -> None:
        """A key that asks for another article, and the choice among those offered."""
        self.actions += 3
        self.page.keyboard.press(key)
        options = self.page.locator("dialog option")
        self.page.locator("dialog select").select_option(label=next(text for text in options.all_inner_texts() if words in text))
        self.keys("Enter")


@pytest.fixture
def trial(each_browser: Browser, tmp_path: Path) -> Iterator[Callable[[str, str, Callable[[Page, Layout], Layout]], Editor]]:
    with ExitStack() as stack:

        def begin(issue: str, name: str, spoil: Callable[[Page, Layout], Layout]) -> Editor:
            folder = tmp_path / "content/sources" / issue
            shutil.copytree(PROJECT / "content/sources", folder.parent)
            page, layout = read(folder, name)
            wrong = spoil(page, layout)
            (folder / f"{name}.yml").write_text(render_layout(wrong, page, draft_layout(page).reasons), encoding="utf-8")
            address = stack.enter_context(reviewing(tmp_path, issue, name))
            context = stack.enter_context(each_browser.new_context(viewport=SIZE))
            return Editor(context, address)

        yield begin


def check(editor: Editor, tmp_path: Path, issue: str, name: str) -> None:
    """The file says what the reviewed one says, but for the draft's reasons."""
    assert "archive check 没有发现问题" in editor.save()
    (page, got), (_, expected) = (read(root / "content/sources" / issue, name) for root in (tmp_path, PROJECT))
    assert layout_tree(got, page) == layout_tree(expected, page)
    assert editor.problems == []
    assert editor.actions <= MOST, f"{editor.actions} actions"


def test_a_page_that_keeps_its_columns(trial: Callable[..., Editor], tmp_path: Path) -> None:
    def spoil(page: Page, layout: Layout) -> Layout:
        layout = swapped(layout, "datong-2024-3rd", "xinzhou-2024-3rd")
        layout = swallowed(page, layout, "tiandi-coal-machinery-photo", "shanxi-2024-3rd")
        return joined(layout, "lvliang-2024-3rd", "changzhi-2024-3rd")

    editor = trial("2024-after-0819", "D1", spoil)
    # Two headlines over each other's text.
    editor.click("大同：项目总数47个")
    editor.press("w", "Enter")
    # The text under a picture at the end of the report on the whole province.
    editor.over_lines(482, 483)
    editor.press("p")
    editor.choose("o", "独立成篇")
    editor.rename("tiandi-coal-machinery-photo")
    # 长治 goes on in 吕梁 as if its headline were a section head.
    editor.click("长治：项目总数60个")
    editor.press("Shift+n", "t")
    editor.over_text(121, "科学导报讯")
    editor.press("c")
    editor.rename("changzhi-2024-3rd")
    editor.press("Shift+v")
    check(editor, tmp_path, "2024-after-0819", "D1")


def test_a_page_of_recognised_paragraphs(trial: Callable[..., Editor], tmp_path: Path) -> None:
    def spoil(page: Page, layout: Layout) -> Layout:
        layout = swapped(layout, "fan-zhaosen-invest-in-china", "lvliang-first-quarter-meeting")
        layout = swallowed(page, layout, "taihang-battery-site-photo", "yangquan-project-drive")
        return joined(layout, "guxian-ten-projects", "yungang-university-cooperation")

    editor = trial("2024-14", "unpaged-1", spoil)
    editor.click("召开一季度经济运行分析会")
    editor.press("w", "Enter")
    # The picture's text parts a paragraph, and ends with who took the picture.
    editor.over_lines(44, 44)
    editor.press("p")
    editor.over_text(44, "■ 吴珊珊")
    editor.press("y")
    editor.rename("taihang-battery-site-photo")
    editor.click("云冈经济技术开发区")
    editor.press("Shift+n", "k")
    editor.click("持续推动省校合作")
    editor.press("t")
    editor.over_text(118, "科学导报讯")
    editor.press("c")
    editor.rename("yungang-university-cooperation")
    editor.press("Shift+v")
    check(editor, tmp_path, "2024-14", "unpaged-1")
