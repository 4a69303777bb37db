"""What is written by functions: text stays text whatever is in it, and what a browser reads is what was meant."""

from collections.abc import Iterator
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from build_scripts.html import figures, ledger, lists, rawpage, values
from build_scripts.html.text import addresses_from, attribute
from tests.site import Element
from tests.test_pages import HOSTILE

TO = addresses_from("issues/2024-14/a/")

TEXTS = st.sampled_from([*HOSTILE, "甲", "</td><script>x</script>", "a=b>c", "“x” 'y'", "&lt;", "x/"]) | st.text(
    "<>&\"'=/ 甲a`", min_size=1, max_size=8
).filter(str.strip)
"""Without white space alone, which no cell of the archive is."""


def read(text: str) -> Element:
    return html.fragment_fromstring(text, create_parent="div")


def shown(element: Element) -> str:
    return "".join(element.text_content().split())


def squeezed(*texts: str) -> str:
    return "".join("".join(texts).split())


def alien(element: Element, known: str) -> Iterator[str]:
    """Elements that the functions do not write."""
    return (one.tag for one in element.iter() if one.tag not in known.split())


@given(TEXTS)
def test_an_attribute_is_what_it_was(value: str) -> None:
    element = read(f"<a title={attribute(value)} href=x>y</a>")[0]
    # A parser takes line ends and what stands around them for spaces; the archive's texts have none in attributes.
    assert (element.get("title"), element.get("href"), element.text) == (value, "x", "y")


@given(TEXTS, TEXTS, TEXTS, st.booleans())
def test_an_article_in_a_list(title: str, kicker: str, kind: str, untitled: bool) -> None:
    item: dict[str, Any] = {"url": "issues/2024-14/b/", "label": title, "kicker": kicker, "type": kind, "issue": "期", "page": "版"}
    item |= {"untitled": "原文无标题"} if untitled else {}
    item["captions"] = [{"url": "issues/2024-14/c/", "type": kind, "label": title}]
    (section,) = read(lists.articles(TO, [item, item], "x", title, 3))
    first, second = section.findall("./ul/li")
    assert [one.get("href") for one in first.iter("a")] == ["../b/", "../c/"]
    assert [shown(one) for one in first.find("a")] == [squeezed(kicker), squeezed(title)]
    assert shown(first) == shown(second)
    assert shown(section.find("h2")) == squeezed(title, "3篇，这里是最近的2篇")
    assert not list(alien(section, "section h2 small ul li a span b p"))


@given(TEXTS, TEXTS, st.sampled_from([5, 99.754, 0.5]), st.sampled_from([None, "约", "余", "以上"]))
def test_a_table_of_facts(indicator: str, unit: str, value: float, approx: str | None) -> None:
    row = {"indicator": indicator, "unit": unit, "value": value, "approx": approx, "status": "planned", "scope": unit}
    row["places"] = [{"label": "2024年第14期D1版第4行", "url": "issues/2024-14/a/#l4c8"}]
    groups = [{"label": indicator, "url": None, "rows": [row]}]
    table = read(values.facts_table(TO, groups, indicator, "2024年第14期"))[-1]
    cells = [shown(cell) for cell in table.xpath("./tbody/tr[2]/*")]
    number = {None: f"{value}", "约": f"约{value}", "余": f"{value}余", "以上": f"{value}"}[approx]
    named = squeezed(unit, "以上" if approx == "以上" else "")
    assert cells == ["", squeezed(indicator), number, named, squeezed("计划·", unit), "D1版第4行"]
    assert table.xpath("./tbody/tr[2]//a/@href") == ["#l4c8"]
    assert [shown(cell) for cell in table.xpath("./tbody/tr[1]/th")] == [squeezed(indicator)]
    assert not list(alien(table, "table caption thead tbody tr th td i small a"))


@given(TEXTS, TEXTS)
def test_the_table_under_an_article(subject: str, quoted: str) -> None:
    known = dict.fromkeys(("batch", "scope", "event", "period", "basis", "as_of", "basis_printed", "approx", "unit_printed"))
    figure = {**known, "line": 4, "column": 8, "run": "5", "value": 5, "unit": "个", "indicator": subject, "subject": subject}
    figure |= {"status": "actual", "said_by": quoted, "core": True, "in_name": False, "checks": [{"url": "checks/x/", "label": subject}]}
    plain: dict[str, Any] = {**figure, "said_by": None, "checks": []}
    table = read(figures.article_table(TO, [figure, plain], subject, "../D1/", True))[-1]
    first, second = table.findall("./tbody/tr")
    assert [shown(cell) for cell in second] == [squeezed(subject), "5", "个", squeezed(subject), "", "实际·时段未写明", "第4行"]
    assert shown(first.find(".//dd")) == squeezed(quoted, "（文中所引）")
    assert first.xpath(".//a/@href") == ["#l4c8", "../../../checks/x/", "../D1/#l4c8"]
    assert not list(alien(table, "table caption thead tbody tr th td i a details summary dl dt dd span"))


@given(TEXTS, TEXTS)
def test_a_raw_page(text: str, label: str) -> None:
    meta = {
        "articles": [{"url": "issues/2024-14/a/", "label": label, "type": "消息"}],
        "lines": [[], [[-1, "slogan", text]], [[0, "title", text, ["5", "l3c1"]]], [[0, "text", text]]],
    }
    page = read(rawpage.lines(TO, meta))
    lines = [page.get_element_by_id(f"l{number}") for number in range(1, 5)]
    assert [shown(line) for line in lines] == ["1", squeezed("2", text), squeezed("3", text, "5"), squeezed("4", text)]
    assert page.get_element_by_id("l3c1").get("href") == "./#l3c1"
    assert [shown(mark) for mark in page.xpath(".//p[@class='mark']")] == ["口号", squeezed("消息", label)]
    assert not list(alien(page, "div p a span"))


@given(TEXTS, TEXTS)
def test_a_project(name: str, company: str) -> None:
    place = {"label": "2024年第14期D1版第4行", "url": "issues/2024-14/D1/#l4"}
    entry: dict[str, Any] = {"id": "2024-14.D1.l4c1", "name": name, "own": None, "companies": [{"name": company, "url": None}]}
    entry["investments"] = [{"text": name, "place": place}]
    entry["stages"] = [{"batch": "开工", "date": "2024-08", "phase": None, "place": place}]
    entry["deadlines"] = [{"due": "--10", "what": "投产", "phase": None, "state": "未见后续报道", "place": place}]
    entry["articles"] = [{"url": "issues/2024-14/b/", "label": name, "place": place}]
    (shown_entry,) = read(ledger.entry(TO, entry, "项目", "2024年第14期"))
    assert [shown(row) for row in shown_entry.iter("dd")] == [
        squeezed(name, "D1版第4行"),
        "开工2024年8月D1版第4行",
        "10月投产未见后续报道D1版第4行",
    ]
    assert shown(shown_entry.find("p")) == squeezed(company)
    assert shown(shown_entry.find("ul")) == squeezed(name, "D1版第4行")
    assert not list(alien(shown_entry, "li h2 p dl div dt dd b a span ul"))
