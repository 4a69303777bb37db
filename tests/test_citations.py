"""Citations: the standards' own examples, what is left out where it is not known, and entries that BibTeX and RIS readers read back."""

from dataclasses import replace
from typing import Any

import pytest
import rispy
from bibtexparser.entrypoint import parse_string
from hypothesis import given
from hypothesis import strategies as st
from mkdocs.utils.meta import get_data

from build_scripts.archive import read_archive
from build_scripts.citations import (
    FORMATS,
    Reference,
    bibtex,
    gb7714_2015,
    gb7714_2025,
    read_reference,
    reference_title,
    render_citations,
    ris,
)
from build_scripts.pages.article import article_document
from build_scripts.pages.document import render_document
from build_scripts.pages.view import View
from tests.conftest import PROJECT

DING = Reference("数字革命与竞争国际化", "中国青年报", ("丁文详",), date="2000-11-20", page="15")
"""The printed newspaper among the examples of both editions."""

CHEN = Reference(
    "探索微观世界的无穷奥秘（科技大观）",
    "人民日报",
    ("陈缮真",),
    date="2022-08-16",
    page="17",
    url="http://paper.people.com.cn/rmrb/html/2022-08/16/nw.D110000renmrb_20220816_3-17.htm",
)
"""The online newspaper, as the CSL styles of both editions (zotero-chinese/styles) print it."""

LIU = Reference(
    "雾霾来袭，如何突围",
    "人民日报",
    ("刘裕国", "杨柳", "张洋", "赵梅"),
    date="2013-01-12",
    url="http://paper.people.com.cn/rmrb/html/2013-01/12/nw.D110000renmrb_20130112_2-04.htm",
)
"""GB/T 7714—2015's example of more than three authors and no page; the standard shows three of the names."""


@pytest.mark.parametrize(
    ("reference", "expected"),
    [
        (DING, "丁文详. 数字革命与竞争国际化[N]. 中国青年报，2000-11-20（15）."),
        (CHEN, f"陈缮真. 探索微观世界的无穷奥秘（科技大观）[N/OL]. 人民日报，2022-08-16（17）. {CHEN.url}."),
        (LIU, f"刘裕国，杨柳，张洋，等. 雾霾来袭，如何突围[N/OL]. 人民日报，2013-01-12. {LIU.url}."),
        (replace(DING, authors=()), "数字革命与竞争国际化[N]. 中国青年报，2000-11-20（15）."),
        (replace(DING, authors=("甲", "乙", "丙")), "甲，乙，丙. 数字革命与竞争国际化[N]. 中国青年报，2000-11-20（15）."),
        (replace(DING, page=None), "丁文详. 数字革命与竞争国际化[N]. 中国青年报，2000-11-20."),
        (replace(DING, date=None), "丁文详. 数字革命与竞争国际化[N]. 中国青年报（15）."),
        (replace(DING, date=None, year=2000), "丁文详. 数字革命与竞争国际化[N]. 中国青年报，2000（15）."),
        (replace(DING, date=None, year=2000, number=7), "丁文详. 数字革命与竞争国际化[N]. 中国青年报，2000年第7期（15）."),
        (replace(DING, year=2000, number=7), "丁文详. 数字革命与竞争国际化[N]. 中国青年报，2000-11-20（15）."),
        (replace(DING, authors=(), date=None, page=None), "数字革命与竞争国际化[N]. 中国青年报."),
    ],
)
def test_gb7714_2025(reference: Reference, expected: str) -> None:
    assert gb7714_2025(reference) == expected


@pytest.mark.parametrize(
    ("reference", "expected"),
    [
        (DING, "丁文详. 数字革命与竞争国际化[N]. 中国青年报, 2000-11-20(15)."),
        (CHEN, f"陈缮真. 探索微观世界的无穷奥秘（科技大观）[N/OL]. 人民日报, 2022-08-16(17)[引用日期]. {CHEN.url}."),
        (LIU, f"刘裕国, 杨柳, 张洋, 等. 雾霾来袭，如何突围[N/OL]. 人民日报, 2013-01-12[引用日期]. {LIU.url}."),
        (replace(DING, authors=()), "数字革命与竞争国际化[N]. 中国青年报, 2000-11-20(15)."),
        (replace(DING, authors=("甲", "乙", "丙")), "甲, 乙, 丙. 数字革命与竞争国际化[N]. 中国青年报, 2000-11-20(15)."),
        (replace(DING, page=None, date=None, year=2000, number=7), "丁文详. 数字革命与竞争国际化[N]. 中国青年报, 2000年第7期."),
    ],
)
def test_gb7714_2015(reference: Reference, expected: str) -> None:
    assert gb7714_2015(reference) == expected


@pytest.mark.parametrize(
    ("kicker", "title", "subtitle", "expected"),
    [
        (
            None,
            "全省开发区2024年第三次“三个一批”活动举行",
            "金湘军出席并讲话",
            "全省开发区2024年第三次“三个一批”活动举行：金湘军出席并讲话",
        ),
        ("省商务厅", "召开国家级经开区考核调度会", None, "省商务厅 召开国家级经开区考核调度会"),
        ("以深化改革激发新活力 以项目建设壮大新动能", "全省活动举行", None, "全省活动举行"),
        (None, "项目建设满弓劲发强力推进", "——阳泉高新区见闻", "项目建设满弓劲发强力推进：阳泉高新区见闻"),
        (None, "联合印发行动计划", "提出" + "加强重点项目调度管理、" * 4, "联合印发行动计划"),
        (None, None, None, "[图为太行世纪电池项目施工现场]"),
    ],
)
def test_titles(kicker: str | None, title: str | None, subtitle: str | None, expected: str) -> None:
    assert reference_title(kicker, title, subtitle, "图为太行世纪电池项目施工现场") == expected


def entry_of(reference: Reference) -> dict[str, str]:
    library = parse_string(bibtex(reference))
    assert not library.failed_blocks
    (entry,) = library.entries
    return {field.key: str(field.value) for field in entry.fields}


def test_bibtex_reads_back() -> None:
    entry = entry_of(replace(CHEN, authors=("陈缮真", "晋中市商务局"), year=2022, number=7, key="chen"))
    assert entry == {
        "author": "{陈缮真} and {晋中市商务局}",
        "title": "{探索微观世界的无穷奥秘（科技大观）}",
        "journal": "人民日报",
        "year": "2022",
        "date": "2022-08-16",
        "number": "7",
        "pages": "17",
        "url": CHEN.url,
        "langid": "chinese",
    }


def test_bibtex_leaves_out_what_is_unknown() -> None:
    assert entry_of(Reference("题名", "报", key="x")).keys() == {"title", "journal", "langid"}


@given(st.text(min_size=1, max_size=20).filter(str.strip))
def test_no_title_breaks_an_entry(title: str) -> None:
    reference = Reference(title.strip(), "报", ("甲",), year=2024, key="x")
    assert entry_of(reference)["year"] == "2024"
    (read,) = rispy.loads(ris(reference))
    assert read["year"] == "2024"
    assert read["title"] == " ".join(title.split())


def test_ris_reads_back() -> None:
    (entry,) = rispy.loads(ris(replace(LIU, year=2013, number=3, page="4", key="liu")))
    assert entry == {
        "type_of_reference": "NEWS",
        "id": "liu",
        "authors": ["刘裕国", "杨柳", "张洋", "赵梅"],
        "title": "雾霾来袭，如何突围",
        "secondary_title": "人民日报",
        "year": "2013",
        "date": "2013/01/12",
        "number": "3",
        "start_page": "4",
        "urls": [LIU.url],
        "language": "zh-CN",
    }


def test_ris_leaves_out_what_is_unknown() -> None:
    assert ris(Reference("题名", "报")).splitlines() == ["TY  - NEWS", "TI  - 题名", "T2  - 报", "LA  - zh-CN", "ER  - "]


def meta_of(article_id: str) -> dict[str, Any]:
    view = View(read_archive(PROJECT))
    _, meta = get_data(render_document(article_document(view.articles[article_id], view)))
    return dict(meta)


def test_an_article_of_the_archive() -> None:
    meta = meta_of("shanxi-2024-3rd")
    url = "https://example.org/kfq/issues/2024-after-0819/shanxi-2024-3rd/"
    reference = read_reference(meta, url)
    assert (reference.year, reference.number, reference.date, reference.page) == (2024, None, None, "D1")
    texts = {citation["name"]: citation["text"] for citation in render_citations(meta, url)}
    assert list(texts) == [name for name, _ in FORMATS]
    title = "全省开发区2024年第三次“三个一批”活动举行：金湘军出席并讲话"
    assert texts["GB/T 7714—2025"] == f"张巨峰. {title}[N/OL]. 科学导报·开发区建设专刊，2024（D1）. {url}."


def test_an_issue_with_a_number_and_without_pages() -> None:
    texts = [citation["text"] for citation in render_citations(meta_of("guxian-ten-projects"), None)]
    assert texts[0] == "贺玉斌. 古县经济技术开发区 10个重点项目集中开复工[N]. 科学导报·开发区建设专刊，2024年第14期."
    assert texts[1] == "贺玉斌. 古县经济技术开发区 10个重点项目集中开复工[N]. 科学导报·开发区建设专刊, 2024年第14期."
    assert not any("版次" in text or "unpaged" in text for text in texts)
