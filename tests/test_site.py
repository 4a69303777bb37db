"""The built site of the real archive: every link leads somewhere, every line of the paper is there, the same input gives the same bytes."""

import json
import re
import shutil
import subprocess
import sys
import zlib
from collections.abc import Callable
from pathlib import Path
from urllib.parse import parse_qs, unquote, urljoin, urlsplit

import pytest
from click.testing import CliRunner

from build_scripts.chars import squeeze
from build_scripts.cli import main
from build_scripts.lexicon.places import load_lexicon
from tests.conftest import PROJECT, TEXT
from tests.site import Element, broken_links, pages_of, references

MakeArchive = Callable[..., Path]

pytestmark = pytest.mark.xdist_group("site")


def build(root: Path, *options: str) -> Path:
    result = CliRunner().invoke(main, ["site", "--root", str(root), *options])
    assert result.exit_code == 0, result.output
    return root / "site"


def test_every_page_type_is_there(pages: dict[str, Element]) -> None:
    wanted = {"", "404.html", "issues/", "cities/", "authors/", "corrections/", "data/", "about/"}
    wanted |= {f"cities/{city.slug}/" for city in load_lexicon().cities}
    wanted |= {"issues/2024-14/", "issues/2024-14/unpaged-1/", "issues/2024-14/yangquan-project-drive/", "issues/2024-after-0819/D1/"}
    assert wanted <= pages.keys()


def test_every_link_and_anchor_leads_somewhere_below_any_base_path(real_site: Path, pages: dict[str, Element]) -> None:
    # 404.html is served at every depth; tests/browser follows its links.
    assert broken_links(real_site, {address: page for address, page in pages.items() if address != "404.html"}) == []


def test_every_page_can_be_reached_by_links(pages: dict[str, Element]) -> None:
    seen, queue = {""}, [""]
    while queue:
        address = queue.pop()
        for tag, _, value in references(pages[address]):
            target = unquote(urlsplit(urljoin(f"http://site/{address}", value)).path).removeprefix("/")
            if tag == "a" and target in pages and target not in seen:
                seen.add(target)
                queue.append(target)
    assert sorted(pages.keys() - seen) == ["404.html"]


def test_nothing_is_loaded_from_another_host(real_site: Path, pages: dict[str, Element]) -> None:
    foreign = [
        f"{address}: {tag} {value}"
        for address, page in pages.items()
        for tag, _, value in references(page)
        if tag != "a" and (value.startswith(("http:", "https:", "//")))
    ]
    assert foreign == []
    styles = [path.name for path in real_site.rglob("*.css") if re.search(r"(url\(|@import)\s*['\"]?(https?:)?//", path.read_text("utf-8"))]
    assert styles == []


def test_nothing_inline_is_ours(pages: dict[str, Element]) -> None:
    """A Content-Security-Policy stays possible: only Material's own scripts are inline, and they can be hashed."""
    for address, page in pages.items():
        if address == "404.html":
            continue
        handlers = [name for element in page.iter() for name in element.attrib if str(name).startswith("on") or name == "style"]
        assert handlers == [], address
        assert page.findall(".//style") == [], address
        assert not [value for _, _, value in references(page) if value.strip().lower().startswith("javascript:")], address


def test_raw_pages_show_every_line_as_printed(pages: dict[str, Element]) -> None:
    for source in sorted((PROJECT / "content/sources").glob("*/*.txt")):
        page = pages[f"issues/{source.parent.name}/{source.stem}/"]
        for number, line in enumerate(source.read_text("utf-8").split("\n"), 1):
            found = page.get_element_by_id(f"l{number}").xpath(".//text()[not(ancestor::a[@class='mark-inline'])]")[1:]
            assert squeeze("".join(found)) == squeeze(line), (source, number)


def test_articles_link_each_paragraph_to_its_printed_lines(real_site: Path, pages: dict[str, Element]) -> None:
    for article in json.loads((real_site / "data/articles.json").read_text("utf-8")):
        page = pages[article["url"]]
        for paragraph in article["paragraphs"]:
            line = paragraph["lines"][0][0]
            link = page.get_element_by_id(f"l{line}").find("./a[@data-lines]")
            assert link.get("href") == f"../{article['page']}/#l{line}"


def test_both_readings_of_a_correction_stand_on_the_page(pages: dict[str, Element]) -> None:
    page = pages["issues/2024-after-0819/linfen-2024-3rd/"]
    assert page.get_element_by_id("c165-13").text_content() == "353.71亿元"
    assert "353.71元" in page.get_element_by_id("note-c165-13").text_content()


def test_a_city_without_articles_says_so(pages: dict[str, Element]) -> None:
    assert "暂无" in pages["cities/jincheng/"].text_content()


def test_data_files_are_published(real_site: Path) -> None:
    for name in ("issues.json", "articles.json", "articles.csv", "entities.json"):
        assert (real_site / "data" / name).is_file()
    assert (real_site / "sources/2024-14/unpaged-1.txt").read_bytes() == (PROJECT / "content/sources/2024-14/unpaged-1.txt").read_bytes()
    assert list(real_site.rglob("*.yml")) == []


def test_html_is_valid(real_site: Path) -> None:
    validator = PROJECT / "node_modules/.bin/html-validate"
    result = subprocess.run(
        [str(validator), "--config", str(PROJECT / "tests/html-validate.json"), str(real_site / "**/*.html")],
        capture_output=True,
        text=True,
        cwd=PROJECT,
        check=False,
    )
    assert result.returncode == 0, result.stdout[-4000:] + result.stderr[-2000:]


OTHER_CLOCK = """
import datetime, sys, time
class Later(datetime.datetime):
    @classmethod
    def now(cls, tz=None):
        return super().now(tz) + datetime.timedelta(days=700)
    @classmethod
    def utcnow(cls):
        return super().utcnow() + datetime.timedelta(days=700)
now = time.time
datetime.datetime, time.time = Later, lambda: now() + 700 * 86400
from build_scripts.cli import main
main(["site", "--root", sys.argv[1]])
"""


def test_the_same_input_gives_the_same_bytes_under_another_date(real_site: Path, tmp_path: Path) -> None:
    shutil.copytree(PROJECT / "content", tmp_path / "content")
    subprocess.run([sys.executable, "-c", OTHER_CLOCK, str(tmp_path)], check=True, capture_output=True, cwd=PROJECT)
    assert tree(tmp_path / "site") == tree(real_site)


def tree(root: Path) -> dict[str, bytes]:
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in root.rglob("*") if path.is_file()}


def test_with_a_site_url_there_is_a_sitemap(make_archive: MakeArchive, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SITE_URL", "https://example.org/base/")
    site = build(make_archive())
    assert "<loc>https://example.org/base/issues/2024-after-0819/datong/</loc>" in (site / "sitemap.xml").read_text("utf-8")
    assert broken_links(site, {a: p for a, p in pages_of(site).items() if a != "404.html"}) == []


def test_without_a_site_url_there_is_none(real_site: Path) -> None:
    assert not (real_site / "sitemap.xml").exists()
    assert not any("canonical" in path.read_text("utf-8") for path in real_site.rglob("index.html") if "redirect" not in path.as_posix())


def test_figures_only_has_no_full_text_anywhere(make_archive: MakeArchive) -> None:
    body = "".join(f"第{number}句写得很长很长。" for number in range(20))
    root = make_archive(text=TEXT.replace("总投资 99.754 亿\n元。", f"{body}共\n计。"))
    site = build(root, "--figures-only")
    assert not [path for path in site.rglob("*.txt") if "sources" in path.as_posix()]
    for path in site.rglob("*"):
        if path.suffix in {".html", ".json", ".csv", ".xml", ".txt", ".bin"}:
            data = zlib.decompress(path.read_bytes()) if path.suffix == ".bin" else path.read_bytes()
            text = "".join(data.decode("utf-8", "replace").split())
            assert "第15句写得很长" not in text, path
    assert any("8月19日，大同市举行活动" in path.read_text("utf-8") for path in site.rglob("*.html"))
    assert "第15句写得很长" in (build(root) / "issues/2024-after-0819/datong/index.html").read_text("utf-8")


HOSTILE_TITLE = '<script>alert(1)</script>{{ config }}[x](javascript:alert(1))|"><img src=x onerror=alert(1)>'
HOSTILE_TEXT = f"""\
---
# {HOSTILE_TITLE}
= {HOSTILE_TITLE}。
- 1. *a* _b_ `c` &lt;i&gt; {{: onclick=alert(1) }} | d | <iframe src="http://example.org"></iframe>。
<b>王波</b>
"""
HOSTILE_LAYOUT = """\
page: D1
furniture:
- slogan: 1
articles:
- id: hostile
  type: brief
  title: 2
  kicker: 3:0-3:1
  byline: 5
  body:
  - 3:1-3
  - 4
corrections:
- {line: 4, printed: "|d|", corrected: "<i>", kind: glyph, note: "<script>alert(2)</script>"}
"""


def test_hostile_text_is_plain_text_everywhere(make_archive: MakeArchive) -> None:
    layout = HOSTILE_LAYOUT.replace('"|d|"', '"<iframe"')
    site = build(make_archive(text=HOSTILE_TEXT, layout=layout))
    pages = pages_of(site)
    title = " ".join(HOSTILE_TITLE.split())
    article = pages["issues/2024-after-0819/hostile/"]
    assert title.replace(" ", "") in "".join(article.find(".//h1").text_content().split())
    assert title.replace(" ", "") in "".join(str(article.findtext(".//title")).split())
    for address, page in pages.items():
        assert page.findall(".//iframe") == [], address
        assert page.findall(".//img") == [], address
        # Blocks of data are not run, and hold the text as text.
        data = page.xpath("//script[@type='application/ld+json']")
        assert all(json.loads(block.text)["@context"] == "https://schema.org" for block in data), address
        inline = [script.text or "" for script in page.iter("script") if not script.get("src") and script not in data]
        assert not [text for text in inline if "alert" in text], address
        assert [name for element in page.iter() for name in element.attrib if str(name).startswith("on")] == [], address
        assert not [value for _, _, value in references(page) if "javascript:" in value], address
    text = "".join(article.text_content().split())
    assert "{{config}}" in text
    assert "{:onclick=alert(1)}" in text
    assert "[x](javascript:alert(1))" in text


def test_where_reports_go_is_a_setting(make_archive: MakeArchive, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REPORT_URL", "https://example.org/new?labels=error")
    monkeypatch.setenv("CONTACT", "archive@example.org")
    pages = pages_of(build(make_archive()))
    article = pages["issues/2024-after-0819/datong/"]
    web, mail = (urlsplit(link.get("href")) for link in article.xpath("//a[@class='report__way']"))
    assert (web.scheme, web.netloc, web.path) == ("https", "example.org", "/new")
    asked = parse_qs(web.query)
    assert asked["labels"] == ["error"]
    assert asked["title"] == ["报错：大同：项目总数47个"]
    body = asked["body"][0]
    assert body.startswith("网址：issues/2024-after-0819/datong/\n位置：科学导报·开发区建设专刊，2024年8月19日以后（期号待考），D1版第")
    assert "\n所见：\n" in body
    assert (mail.scheme, mail.path) == ("mailto", "archive@example.org")
    assert "+" not in mail.query, "mail programs show a plus as it is"
    assert parse_qs(mail.query)["body"] == [body]
    assert [link.get("href") for link in pages["about/"].xpath("//*[@id='contact']/following-sibling::ul//a")] == [
        "https://example.org/new?labels=error",
        "mailto:archive@example.org",
    ]
    assert pages[""].xpath("//footer//a[@href='mailto:archive@example.org']")
