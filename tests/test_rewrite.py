"""A changed layout in its old file: the text is right, comments stay with what they stand above, and nothing else moves."""

import random
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from build_scripts.layout.draft import draft_layout
from build_scripts.layout.filetext import find_comments
from build_scripts.layout.layoutfile import ArticleLayout, Block, Correction, Furniture, Layout, Package, layout_of, parse_layout
from build_scripts.layout.render import render_layout
from build_scripts.layout.rewrite import rewrite_layout
from build_scripts.layout.tree import layout_tree
from build_scripts.source import Page, Span, read_page
from build_scripts.yamlfile import Entry, parse_yaml
from tests.conftest import LAYOUT, PROJECT, TEXT, page_of
from tests.work import calls

PATH = Path("D1.yml")
PAGE = page_of("一\n二\n三\n四\n五\n六\n七\n八\n九\n十\n")

HAND = """\
# 第一行是口号
page: D1     # 版次

furniture:
  - slogan: 1        # 报头下
articles:
  # 行 2：标题
  - type: news       # 先写体裁
    id: one
    title: "2"
    body:
      # 先看这一段
      - 3
      # 待核 行 4：标题之前的句子没有写完
      - 4

      # 小标题
      - head: 5
      - 6
  # 第二篇
  - {id: two, type: brief, body: [7, "8"]}
  - id: three
    type: brief
    body: [9-10]   # 两行一段
# 完
"""


def layout_in(text: str, page: Page = PAGE) -> Layout:
    return parse_layout(text.encode(), PATH, page)


def article(layout: Layout, name: str) -> ArticleLayout:
    return next(item for item in layout.articles if item.id == name)


def changed(layout: Layout, name: str, **values: object) -> Layout:
    return replace(layout, articles=tuple(replace(item, **values) if item.id == name else item for item in layout.articles))  # type: ignore[arg-type]


def span(first: int, last: int | None = None) -> Span:
    return Span(PAGE.line_span(first).start, PAGE.line_span(last or first).end)


def rewritten(new: Layout, text: str = HAND, **options: object) -> str:
    after = rewrite_layout(text, PAGE, new, **options)  # type: ignore[arg-type]
    assert layout_tree(layout_of(parse_yaml(after.encode(), PATH), PAGE), PAGE) == layout_tree(new, PAGE)
    return after


def test_the_same_layout_keeps_every_byte() -> None:
    assert rewritten(layout_in(HAND)) == HAND


def test_crlf_and_a_missing_last_newline_stay() -> None:
    text = HAND.replace("\n", "\r\n").removesuffix("\r\n")
    assert rewritten(layout_in(text), text) == text
    after = rewritten(changed(layout_in(text), "one", body=(Block((span(3, 4),)), Block((span(5),), head=True), Block((span(6),)))), text)
    assert after.count("\n") == after.count("\r\n")


def test_a_joined_paragraph_changes_its_own_lines_alone() -> None:
    new = changed(layout_in(HAND), "one", body=(Block((span(3, 4),)), Block((span(5),), head=True), Block((span(6),))))
    expected = HAND.replace("      # 待核 行 4：标题之前的句子没有写完\n      - 4\n", "").replace(
        "      # 先看这一段\n      - 3\n", "      # 先看这一段\n      # 待核 行 4：标题之前的句子没有写完\n      - 3-4\n"
    )
    assert rewritten(new) == expected


def test_a_moved_paragraph_takes_its_comments_along() -> None:
    layout = layout_in(HAND)
    one, three = article(layout, "one"), article(layout, "three")
    moved = changed(changed(layout, "one", body=one.body[1:]), "three", body=(one.body[0], *three.body))
    after = rewritten(moved)
    assert "  - id: three\n    type: brief\n    # 两行一段\n    body:\n    # 先看这一段\n    - 3\n    - 9-10\n# 完\n" in after
    assert after.count("# 先看这一段") == 1


def test_articles_change_places_with_what_stands_above_them() -> None:
    layout = layout_in(HAND)
    after = rewritten(replace(layout, articles=layout.articles[::-1]))
    assert after.index("- id: three") < after.index("# 第二篇") < after.index("- {id: two") < after.index("# 行 2：标题\n  - type: news")


def test_an_article_that_is_gone_leaves_its_comments_to_the_next() -> None:
    layout = layout_in(HAND)
    two, three = article(layout, "two"), article(layout, "three")
    merged = replace(layout, articles=(layout.articles[0], replace(three, body=two.body + three.body)))
    assert "      - 6\n  # 第二篇\n  - id: three\n" in rewritten(merged)


def test_keys_come_and_go_in_their_order() -> None:
    layout = layout_in(HAND)
    new = changed(layout, "one", title=(), subtitle=(span(2),), kicker=(), type="feature")
    after = rewritten(new)
    assert "  - type: feature       # 先写体裁\n    id: one\n    subtitle: 2\n    body:\n" in after
    gone = replace(changed(layout, "one", title=(span(2), span(1))), furniture=())
    assert "title: [2, 1]\n" in rewritten(gone)
    assert "furniture" not in rewritten(gone)


def test_the_first_key_of_an_article_may_go() -> None:
    text = "page: D1\narticles:\n- title: 1\n  # 编号\n  id: one\n  type: brief\n  body:\n  - 2-10\n"
    new = changed(layout_in(text), "one", title=(), subtitle=(span(1),))
    assert rewritten(new, text) == ("page: D1\narticles:\n# 编号\n- id: one\n  type: brief\n  subtitle: 1\n  body:\n  - 2-10\n")


def test_new_sections_and_members_are_written_as_the_draft_writes_them() -> None:
    layout = layout_in(HAND)
    entry = Entry(PATH, 0, None)
    correction = Correction(3, None, "三", "叁", "typo", "“三”应作“叁”：#见上", entry)
    package = Package("series", (span(2),), entry)
    new = changed(replace(layout, corrections=(correction,), packages=(package,)), "one", title=(), package="series")
    after = rewritten(new)
    assert "\npackages:\n- id: series\n  title: 2\narticles:\n" in after
    assert after.endswith(
        'corrections:\n- line: 3\n  printed: "三"\n  corrected: "叁"\n  kind: typo\n  note: "“三”应作“叁”：#见上"\n# 完\n'
    )


def test_a_changed_correction_keeps_its_other_keys() -> None:
    text = HAND + "corrections:\n- kind: typo  # 错别字\n  line: 3\n  printed: 三\n  corrected: 叁\n  note: '见 二'\n"
    layout = layout_in(text)
    new = replace(layout, corrections=(replace(layout.corrections[0], corrected="弎"),))
    assert rewritten(new, text) == text.replace("corrected: 叁", 'corrected: "弎"')


def test_settled_comments_go() -> None:
    number = HAND.split("\n").index("      # 待核 行 4：标题之前的句子没有写完") + 1
    assert rewritten(layout_in(HAND), settled=[number]) == HAND.replace("      # 待核 行 4：标题之前的句子没有写完\n", "")


@pytest.mark.parametrize(
    "text",
    [
        "{page: D1, articles: [{id: one, type: news, body: [1-5]}, {id: two, type: news, body: [6-10]}]}  # 一行\n",
        "? page\n: D1\n# 一行\narticles:\n- id: one\n  type: news\n  body: [1-5]\n- id: two\n  type: news\n  body: [6-10]\n",
        "page: D1\narticles:\n-\n  id: one  # 不留\n  type: news\n  body: [1-5]\n# 一行\n-\n  id: two\n  type: news\n  body: [6-10]\n",
    ],
)
def test_an_unusual_style_is_written_anew_with_its_comments(text: str) -> None:
    layout = layout_in(text)
    assert rewritten(layout, text).count("一行") == 1
    assert rewritten(replace(layout, articles=layout.articles[::-1]), text).count("一行") == 1


def pages() -> list[tuple[Page, str]]:
    found = [(page_of(TEXT), LAYOUT), (PAGE, HAND)]
    for path in sorted((PROJECT / "content/sources").rglob("*.txt")):
        page = read_page(path, issue=path.parent.name, name=path.stem, source="x")
        found.append((page, path.with_suffix(".yml").read_text("utf-8")))
        draft = draft_layout(page)
        found.append((page, render_layout(draft.layout, page, draft.reasons)))
    return found


@pytest.mark.parametrize(("page", "text"), pages())
def test_the_archive_s_own_layouts_and_drafts_keep_every_byte(page: Page, text: str) -> None:
    assert rewrite_layout(text, page, layout_in(text, page)) == text


def mutate(layout: Layout, rng: random.Random) -> Layout:
    """One thing that an editor may do, whether or not the layout stays whole."""
    articles = list(layout.articles)
    at, other = rng.randrange(len(articles)), rng.randrange(len(articles))
    one = articles[at]
    match rng.randrange(8):
        case 0:
            articles[at], articles[other] = articles[other], one
        case 1 if len(articles) > 1 and at != other:
            articles[other] = replace(articles[other], body=articles[other].body + one.body)
            del articles[at]
        case 2 if len(one.body) > 1:
            cut = rng.randrange(1, len(one.body))
            articles[at : at + 1] = [replace(one, body=one.body[:cut]), replace(one, id=f"new-{rng.random():.9f}"[6:], body=one.body[cut:])]
        case 3 if len(one.body) > 1 and at != other:
            k = rng.randrange(len(one.body))
            articles[at] = replace(one, body=one.body[:k] + one.body[k + 1 :])
            articles[other] = replace(articles[other], body=(*articles[other].body, one.body[k]))
        case 4 if len(one.body) > 1:
            k = rng.randrange(1, len(one.body))
            joined = Block(one.body[k - 1].spans + one.body[k].spans, one.body[k - 1].head)
            articles[at] = replace(one, body=(*one.body[: k - 1], joined, *one.body[k + 1 :]))
        case 5:
            articles[at] = replace(one, title=articles[other].title, kicker=articles[other].subtitle, type="feature")
        case 6:
            k = rng.randrange(len(one.body))
            articles[at] = replace(one, body=(*one.body[:k], replace(one.body[k], head=not one.body[k].head), *one.body[k + 1 :]))
        case 7:
            return replace(layout, furniture=(*layout.furniture[1:], Furniture("label", one.body[0].spans)))
    return replace(layout, articles=tuple(articles))


@settings(max_examples=150)
@given(st.sampled_from(pages()), st.integers(0, 2**32))
def test_any_change_reads_back_and_loses_no_comment(source: tuple[Page, str], seed: int) -> None:
    page, text = source
    rng = random.Random(seed)
    layout = layout_in(text, page)
    for _ in range(rng.randrange(1, 6)):
        layout = mutate(layout, rng)
    after = rewrite_layout(text, page, layout)
    assert layout_tree(layout_of(parse_yaml(after.encode(), PATH), page), page) == layout_tree(layout, page)

    assert sorted(find_comments(after).values()) == sorted(find_comments(text).values())


def test_work_grows_with_the_file_alone() -> None:
    def work(lines: int) -> int:
        page = page_of("".join(f"第{n}行\n" for n in range(1, lines + 1)))
        half = lines // 2
        body = "".join(f"  - {n}\n" for n in range(1, half + 1))
        rest = "".join(f"  - {n}\n" for n in range(half + 1, lines + 1))
        text = f"page: D1\narticles:\n- id: a\n  type: news\n  body:\n{body}- id: b\n  type: news\n  body:\n{rest}"
        layout = parse_layout(text.encode(), PATH, page)
        one, two = layout.articles
        new = replace(layout, articles=(replace(one, body=one.body[:-1]), replace(two, body=(one.body[-1], *two.body))))
        return calls(rewrite_layout, text, page, new)

    assert work(1600) < 2.3 * work(800)
