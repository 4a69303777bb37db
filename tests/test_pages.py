"""Generated pages: data that MkDocs reads back as it was written, and text that stays text."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import markdown
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html
from mkdocs.utils.meta import get_data

from build_scripts.archive import read_archive
from build_scripts.build import render_pages
from build_scripts.errors import OutputError
from build_scripts.pages.document import Document, escape_inline, guard_start, render_document
from build_scripts.pages.prose import render_body
from build_scripts.pages.site import render_documents
from build_scripts.pages.view import View
from tests.conftest import LAYOUT, PROJECT, TEXT

MakeArchive = Callable[..., Path]

HOSTILE = [
    "<script>alert(1)</script>",
    "{{ config }} {% raw %}",
    "---",
    "[x](javascript:alert(1))",
    "a | b",
    "# 标题",
    "= 等号",
    "=1+1",
    "- 项目",
    "1. 项目",
    "12) 项目",
    "+ 加",
    "> 引",
    "![图](x)",
    "`代码` ``x``",
    "*强调* _下划_ **粗**",
    "&lt;b&gt; &amp; &#60;",
    "\\*反斜\\",
    "{: #id onclick=x }",
    "正文 {: .x }",
    "~~~",
    "```",
    "***",
    "[1]: http://example.org",
    "<http://example.org> a@b.cn",
    "https://example.org",
    "*[HTML]: 缩写",
    "$x$ ^2^ ==亮== :smile:",
    "注[^1]",
    "\"引号\" '单'",
    "甲\u2028乙\u0085丙",
]


def shown(text: str) -> str:
    """What a reader sees of ``text`` once it has gone through Markdown."""
    source = f"{guard_start(escape_inline(text))}\n{{: #l1 }}\n"
    fragment = html.fragment_fromstring(markdown.markdown(source, extensions=["attr_list"]), create_parent="div")
    assert [child.tag for child in fragment] == ["p"], source
    assert dict(fragment[0].attrib) == {"id": "l1"}
    assert len(fragment[0]) == 0
    return str(fragment[0].text)


@pytest.mark.parametrize("text", HOSTILE)
def test_text_is_shown_as_it_is(text: str) -> None:
    assert shown(text) == text.strip()


@given(st.text(alphabet="甲 ab1.-+#=*_[](){}<>&|~`:!\"'\\$^@%/", min_size=1).map(lambda text: " ".join(text.split())).filter(bool))
def test_any_text_is_shown_as_it_is(text: str) -> None:
    assert shown(text) == text


@given(
    st.dictionaries(
        st.from_regex(r"[a-z_]{1,8}", fullmatch=True),
        st.recursive(
            st.none() | st.booleans() | st.integers() | st.text() | st.sampled_from([*HOSTILE, "2024-08-19", "1:30", "no", "~", "0x1"]),
            lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
            max_leaves=6,
        ),
        min_size=1,
        max_size=4,
    )
)
def test_front_matter_reads_back(meta: dict[str, Any]) -> None:
    body, read = get_data(render_document(Document("x.md", meta, "正文\n")))
    assert read == meta
    assert body == "正文\n"


def test_every_page_of_the_real_archive_reads_back() -> None:
    documents = list(render_documents(View(read_archive(PROJECT))))
    assert len({document.path for document in documents}) == len(documents)
    for document in documents:
        body, meta = get_data(render_document(document))
        assert meta == document.meta, document.path
        assert body == document.body, document.path


def test_a_correction_is_marked_in_the_text(make_archive: MakeArchive) -> None:
    layout = LAYOUT + "corrections:\n- {line: 5, printed: 99.754亿, corrected: 99.754万, kind: number, note: 测试}\n"
    article = read_archive(make_archive(layout=layout)).articles[0]
    assert render_body(article, ()) == (
        "8月19日，大同市举行活动，总投资"
        '<span class="corr" id="c5-6" data-printed="99&#46;754亿"><a href="#note-c5-6">99.754万</a></span>元。\n'
        '{: #l4 data-lines="4-6" }\n'
    )


def test_figures_only_pages_have_no_full_text(make_archive: MakeArchive) -> None:
    long = TEXT.replace("总投资 99.754 亿\n元。", "涉及" + "新能源、" * 40 + "共\n计。")
    view = View(read_archive(make_archive(text=long)), full_text=False)
    texts = [render_document(document) for document in render_documents(view)]
    assert any("8月19日，大同市举行活动" in text for text in texts)
    assert not any("新能源、" * 20 in "".join(text.split()) for text in texts)


def test_an_untitled_article_is_called_by_its_beginning(make_archive: MakeArchive) -> None:
    layout = LAYOUT.replace("  title: 3\n", "").replace("- slogan: 1\n", "- slogan: 1\n- label: 3\n")
    archive = read_archive(make_archive(layout=layout))
    assert archive.articles[0].label == "8月19日，大同市举行活动，总投资99.754亿…"


def test_a_page_that_was_named_before_its_issue_was_is_found_under_both_old_ids(make_archive: MakeArchive) -> None:
    root = make_archive()
    redirects = "issues: {2024-after-0801: 2024-after-0819}\npages: {2024-after-0819/unpaged-1: 2024-after-0819/D1}"
    (root / "content/redirects.yml").write_text(redirects)
    targets = {document.path: document.meta.get("target") for document in render_documents(View(read_archive(root)))}
    for issue in ("2024-after-0801", "2024-after-0819"):
        assert targets[f"issues/{issue}/unpaged-1.md"] == "issues/2024-after-0819/D1/"


def test_two_paragraphs_on_one_line_have_two_anchors(make_archive: MakeArchive) -> None:
    layout = LAYOUT.replace("  - 4:5-6:3", "  - 4:5-4:17\n  - 4:17-6:3")
    article = read_archive(make_archive(layout=layout)).articles[0]
    assert re.findall(r"#(\S+)", render_body(article, ())) == ["l4", "l4-17"]


def test_an_article_at_the_address_of_a_redirect_is_refused(make_archive: MakeArchive) -> None:
    root = make_archive(layout=LAYOUT.replace("id: datong", "id: '7'"))
    (root / "content/redirects.yml").write_text("pages: {2024-after-0819/7: 2024-after-0819/D1}")
    with pytest.raises(OutputError, match="two pages have this address"):
        list(render_pages(View(read_archive(root))))


def test_redirects_lead_to_every_old_address(make_archive: MakeArchive) -> None:
    root = make_archive()
    (root / "content/redirects.yml").write_text(
        "issues: {2024-after-0801: 2024-after-0819}\npages: {2024-after-0801/unpaged-1: 2024-after-0819/D1}"
    )
    documents = {document.path: document.meta for document in render_documents(View(read_archive(root)))}
    targets = {path: meta["target"] for path, meta in documents.items() if meta["template"] == "redirect.html"}
    assert targets == {
        "issues/2024-after-0801/index.md": "issues/2024-after-0819/",
        "issues/2024-after-0801/D1.md": "issues/2024-after-0819/D1/",
        "issues/2024-after-0801/unpaged-1.md": "issues/2024-after-0819/D1/",
        "issues/2024-after-0801/datong.md": "issues/2024-after-0819/datong/",
    }
