"""Page and layout side by side: every character is there, what has no part is red, and nothing of the page becomes HTML."""

import base64
import re
from hashlib import sha256
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from build_scripts.cli import main
from build_scripts.layout.draft import Note, draft_layout
from build_scripts.layout.layoutfile import layout_of
from build_scripts.layout.sheet import read_remarks, render_sheet
from build_scripts.yamlfile import parse_yaml
from tests.conftest import LAYOUT, PROJECT, TEXT, page_of
from tests.fuzz import NASTY
from tests.site import Element

UNFINISHED = LAYOUT.replace("  byline: 6:3\n", "").replace("- 4:5-6:3", "- 4:4-6:2")


def sheet(text: str = TEXT, layout: str = LAYOUT, remarks: tuple[Note, ...] = ()) -> Element:
    page = page_of(text)
    return html.fromstring(render_sheet(page, layout_of(parse_yaml(layout.encode(), Path("D1.yml")), page), remarks, "D1.txt"))


def texts(element: Element, path: str) -> list[str]:
    return ["".join(found.itertext()) for found in element.xpath(path)]


def test_every_line_stands_left_and_every_article_right() -> None:
    found = sheet()
    lines = [
        line.xpath("string(p[1])").replace("1 主标题", "").replace("1 讯头", "").replace("1 署名", "")
        for line in found.xpath("//div[@class='line']")
    ]
    assert lines == TEXT.split("\n")
    assert texts(found, "//article//dd") == [
        "大同：项目总数47个",
        "科学导报讯",
        "翁剑",
        "8月19日，大同市举行活动，总投资99.754亿元。",
        "打造开发区建设升级版",
    ]
    assert found.xpath("//*[contains(@class, 'gap')]") == []


def test_what_has_no_part_or_two_is_red_and_listed() -> None:
    found = sheet(layout=UNFINISHED, remarks=(Note(3, "", "像标题", doubt=True), Note(4, "", "讯头")))
    assert texts(found, "//p//span[@class='gap']") == [" 翁剑"]
    assert texts(found, "//span[contains(@class, 'twice')]") == ["讯"]
    assert texts(found, "//nav//li") == ["第 3 行：像标题", "第 4 行：划进了两个部分", "第 6 行：没有归属：翁剑"]
    assert texts(found, "//p[contains(@class, 'note')]") == ["待核：像标题", "讯头"]
    assert found.xpath("//nav//a/@href") == ["#l3", "#l4", "#l6"]


def test_remarks_of_a_layout_file() -> None:
    text = LAYOUT.replace("articles:", "articles:\n# 行 3：题\n  # 待核 行 4：疑 # 行 5：x\n# 别的")
    assert read_remarks(text) == (Note(3, "", "题", doubt=False), Note(4, "", "疑 # 行 5：x", doubt=True))


def test_it_needs_no_script_and_no_other_file() -> None:
    text = render_sheet(page_of(TEXT), draft_layout(page_of(TEXT)).layout, (), "D1")
    found = html.fromstring(text)
    assert found.xpath("//script | //img | //link | //*[@style] | //@src") == []
    [style] = re.findall(r"<style>(.*?)</style>", text, re.DOTALL)
    policy = found.xpath("//meta[@http-equiv]/@content")[0]
    assert policy == f"default-src 'none'; style-src 'sha256-{base64.b64encode(sha256(style.encode()).digest()).decode()}'"
    assert "url(" not in style
    ids = found.xpath("//@id")
    assert len(ids) == len(set(ids))
    assert {target[1:] for target in found.xpath("//@href")} <= set(ids)


@given(
    st.lists(st.sampled_from([*NASTY, "科学导报讯 8月19日，大同市举行活动。", "大同：项目总数47个", ""]), min_size=1, max_size=8),
    st.sampled_from(NASTY),
)
def test_nothing_of_the_page_becomes_html(lines: list[str], title: str) -> None:
    text = "\n".join(["开发区", *lines])
    page = page_of(text)
    draft = draft_layout(page)
    found = html.fromstring(render_sheet(page, draft.layout, draft.reasons, title))
    assert found.xpath("//script | //img | //@onerror") == []
    assert len(found.xpath("//style")) == 1
    assert len(found.xpath("//div[@class='line']")) == page.line_count


def test_the_command(tmp_path: Path) -> None:
    page, out = tmp_path / "page.txt", tmp_path / "out.html"
    page.write_text(TEXT, "utf-8")
    (tmp_path / "layout.yml").write_text(UNFINISHED, "utf-8")

    def draft(*words: str) -> tuple[int, str, str]:
        result = CliRunner().invoke(main, ["draft", str(page), *words])
        return result.exit_code, result.stdout, result.stderr

    code, said, _ = draft("--html", str(out), "--layout", str(tmp_path / "layout.yml"))
    assert (code, said) == (0, f"archive: {out} shows {page} beside its articles; 2 places to settle\n")
    assert draft("--html", str(out))[0] == 0  # an earlier one is replaced
    out.write_text("<p>mine</p>")
    code, _, said = draft("--html", str(out))
    assert (code, said.count("\n"), out.read_text()) == (2, 1, "<p>mine</p>")
    assert draft("--html", str(tmp_path))[0] == 2
    assert draft("--html", str(tmp_path / "no/out.html"))[0] == 2
    assert draft("--layout", str(tmp_path / "layout.yml"))[0] == 2
    assert sorted(path.name for path in tmp_path.iterdir()) == ["layout.yml", "out.html", "page.txt"]


@pytest.mark.parametrize("path", sorted((PROJECT / "content/sources").glob("*/*.txt")), ids=lambda path: path.parent.name)
def test_the_real_pages(path: Path) -> None:
    page = page_of(path.read_text("utf-8"), path.stem)
    layout = layout_of(parse_yaml(path.with_suffix(".yml").read_bytes(), path), page)
    found = html.fromstring(render_sheet(page, layout, (), path.name))
    assert len(found.xpath("//article")) == len(layout.articles) + 1
    assert found.xpath("//*[contains(@class, 'gap') or contains(@class, 'twice')]") == []
