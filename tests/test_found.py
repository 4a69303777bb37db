"""Being found: what search engines, feed readers and messengers are told of a page is valid, true, and stands alone."""

import json
import re
import struct
import subprocess
from collections import Counter
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urldefrag

import feedparser
import pytest
from lxml import etree

from build_scripts.feeds import Entry, Feed, read_feeds, render_feed
from build_scripts.jsonld import describe_page, render_block
from tests.conftest import PROJECT, SITE_URL
from tests.site import Element, pages_of

pytestmark = pytest.mark.xdist_group("site")

ARTICLE = "issues/2024-14/guxian-ten-projects/"
OUTSIDE = ("404.html",)


@pytest.fixture(scope="module")
def pages(public_site: Path) -> dict[str, Element]:
    return {address: page for address, page in pages_of(public_site).items() if address not in OUTSIDE}


def content(page: Element, name: str) -> str | None:
    found = page.xpath(f"//meta[@name='{name}' or @property='{name}']/@content")
    assert len(found) <= 1, name
    return str(found[0]) if found else None


def data_of(page: Element) -> dict[str, dict[str, Any]]:
    """Type → block."""
    blocks = [json.loads(script.text) for script in page.xpath("//script[@type='application/ld+json']")]
    return {block["@type"]: block for block in blocks}


def test_every_page_has_a_title_and_a_description_of_its_own(pages: dict[str, Element]) -> None:
    titles = {address: str(page.findtext(".//title")) for address, page in pages.items()}
    assert [address for address, title in titles.items() if not re.fullmatch(r"\S.+ - 开发区专刊档案", title)] == []
    assert [title for title, count in Counter(titles.values()).items() if count > 1] == []
    described = {address: content(page, "description") or "" for address, page in pages.items()}
    assert [address for address, text in described.items() if len(text) < 10] == []
    assert [text for text, count in Counter(described.values()).items() if count > 1] == []


def test_canonical_addresses_and_cards(public_site: Path, pages: dict[str, Element]) -> None:
    for address, page in pages.items():
        (canonical,) = page.xpath("//link[@rel='canonical']/@href")
        if content(page, "robots") == "noindex":
            continue
        assert unquote(canonical) == SITE_URL + address
        assert content(page, "og:url") == canonical
        assert content(page, "og:title")
        assert content(page, "og:image") == f"{SITE_URL}assets/card.png"
    data = (public_site / "assets/card.png").read_bytes()
    assert data[:8] == b"\x89PNG\r\n\x1a\n"
    assert struct.unpack(">II", data[16:24]) == (1200, 630)
    assert len(data) < 100_000


def test_an_article_as_data(pages: dict[str, Element]) -> None:
    found = data_of(pages[ARTICLE])
    article = found["NewsArticle"]
    assert article["headline"] == "古县经济技术开发区 10个重点项目集中开复工"
    assert article["author"] == [{"@type": "Person", "name": "贺玉斌"}]
    assert article["isPartOf"] == {
        "@type": "PublicationIssue",
        "name": "2024年第14期",
        "issueNumber": 14,
        "url": f"{SITE_URL}issues/2024-14/",
        "isPartOf": {"@type": "Periodical", "name": "科学导报·开发区建设专刊"},
    }
    # The paper prints neither the day nor the page.
    assert not {"datePublished", "printPage"} & article.keys()
    names = [item["name"] for item in found["BreadcrumbList"]["itemListElement"]]
    assert names == ["首页", "2024年第14期", "版次待考", "10个重点项目集中开复工"]
    assert {item["item"] for item in found["BreadcrumbList"]["itemListElement"]} <= {SITE_URL + address for address in pages}


def test_which_pages_are_what(public_site: Path, pages: dict[str, Element]) -> None:
    assert "PublicationIssue" in data_of(pages["issues/2024-14/"])
    assert "WebSite" in data_of(pages[""])
    dataset = data_of(pages["data/"])["Dataset"]
    assert 50 <= len(dataset["description"]) <= 5000
    for download in dataset["distribution"]:
        assert (public_site / download["contentUrl"].removeprefix(SITE_URL)).is_file()


def test_a_supplying_body_is_an_organisation(pages: dict[str, Element]) -> None:
    authors = data_of(pages["issues/2024-after-0731/jinzhong-zones-2024/"])["NewsArticle"]["author"]
    assert {"@type": "Organization", "name": "晋中市商务局"} in authors


def test_every_block_has_the_shape_that_schema_org_gives_it(pages: dict[str, Element], tmp_path: Path) -> None:
    """TypeScript holds each against schema.org's own vocabulary, as the package schema-dts writes it down."""
    lines = ['import type { BreadcrumbList, Dataset, NewsArticle, PublicationIssue, WebSite, WithContext } from "schema-dts";']
    seen = 0
    for page in pages.values():
        for kind, block in data_of(page).items():
            lines.append(f"export const x{seen}: WithContext<{kind}> = {json.dumps(block, ensure_ascii=False)};")
            seen += 1
    assert seen > len(pages)
    result = check_types("\n".join(lines), tmp_path)
    assert result.returncode == 0, result.stdout[-3000:]


def test_a_wrong_block_is_noticed(tmp_path: Path) -> None:
    wrong = 'import type { NewsArticle, WithContext } from "schema-dts"; export const x: WithContext<NewsArticle> = '
    wrong += '{ "@context": "https://schema.org", "@type": "NewsArticle", "headlines": "x" };'
    assert "headlines" in check_types(wrong, tmp_path).stdout


def check_types(source: str, folder: Path) -> subprocess.CompletedProcess[str]:
    (folder / "node_modules").symlink_to(PROJECT / "node_modules")
    (folder / "blocks.ts").write_text(source, "utf-8")
    command = [str(PROJECT / "node_modules/.bin/tsc"), "--noEmit", "--strict", "--skipLibCheck", "--moduleResolution", "bundler"]
    return subprocess.run(
        [*command, "--module", "esnext", "--types", "", "blocks.ts"], cwd=folder, capture_output=True, text=True, check=False
    )


def test_no_text_ends_a_block() -> None:
    hostile = "</script><script>alert(1)</script>&\u2028"
    block = str(render_block({"name": hostile}))
    assert block.count("<") == 2
    assert json.loads(block.removeprefix('<script type="application/ld+json">').removesuffix("</script>")) == {"name": hostile}


def test_without_the_site_s_address_no_address_is_made_up(real_site: Path) -> None:
    for page in pages_of(real_site).values():
        assert "BreadcrumbList" not in data_of(page)
        assert "://" not in json.dumps([block | {"@context": ""} for block in data_of(page).values()])
        assert page.xpath("//link[@rel='alternate' or @rel='canonical']") == [] or page.xpath("//meta[@http-equiv='refresh']")
    assert not list(real_site.rglob("feed.xml"))


def test_lists_are_no_entities() -> None:
    assert describe_page({"template": "cities.html"}, None, None) is None


@pytest.mark.parametrize("path", ["feed.xml", "cities/datong/feed.xml", "cities/jincheng/feed.xml", "corrections/feed.xml"])
def test_feeds_are_valid_and_lead_to_pages(public_site: Path, pages: dict[str, Element], path: str) -> None:
    data = (public_site / path).read_bytes()
    schema = etree.RelaxNG(etree.parse(PROJECT / "tests/rss.rng"))
    schema.assertValid(etree.fromstring(data))
    feed = feedparser.parse(data)
    assert not feed.bozo
    assert feed.version == "rss20"
    assert len({entry.id for entry in feed.entries}) == len(feed.entries)
    for entry in feed.entries:
        address, anchor = urldefrag(entry.link.removeprefix(SITE_URL))
        assert not anchor or pages[address].get_element_by_id(anchor) is not None
    assert bool(feed.entries) == ("jincheng" not in path)


def test_the_site_s_feed_has_the_newest_first(public_site: Path) -> None:
    articles = json.loads((public_site / "data/articles.json").read_text("utf-8"))
    feed = feedparser.parse((public_site / "feed.xml").read_bytes())
    issues = list(dict.fromkeys(entry.link.split("/issues/")[1].split("/")[0] for entry in feed.entries))
    assert issues == list(dict.fromkeys(row["issue"] for row in reversed(articles)))
    assert not any(hasattr(entry, "published") for entry in feed.entries), "no issue's day is printed"


def test_feeds_are_found_and_seen(pages: dict[str, Element]) -> None:
    for address, feed in (("", "feed.xml"), ("cities/datong/", "feed.xml"), ("corrections/", "feed.xml"), (ARTICLE, "../../../feed.xml")):
        (link,) = pages[address].xpath("//link[@type='application/rss+xml']/@href")
        shown = [anchor.get("href") for anchor in pages[address].xpath("//a[contains(., 'RSS')]")]
        assert link in (feed, f"./{feed}")
        assert link in shown


def test_a_known_day_is_told() -> None:
    entry = Entry("甲 & <乙>", "issues/2024-1/a/", "丙", date(2024, 9, 3).isoformat(), ("王波",), ("消息",))
    feed = Feed("feed.xml", "题", "述", "", (entry,))
    assert read_feeds(json.dumps([asdict(feed)])) == [feed]
    data = render_feed(feed, SITE_URL)
    etree.RelaxNG(etree.parse(PROJECT / "tests/rss.rng")).assertValid(etree.fromstring(data))
    (read,) = feedparser.parse(data).entries
    assert (read.title, read.author, read.published_parsed[:3]) == ("甲 & <乙>", "王波", (2024, 9, 2))
    assert read.published == "Tue, 03 Sep 2024 00:00:00 +0800"


def test_the_sitemap_lists_every_page_that_stays(public_site: Path, pages: dict[str, Element]) -> None:
    root = etree.parse(public_site / "sitemap.xml").getroot()
    space = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
    assert root.tag == f"{space}urlset"
    listed = [unquote(str(element.findtext(f"{space}loc"))) for element in root]
    stay = [SITE_URL + address for address, page in pages.items() if content(page, "robots") != "noindex"]
    assert sorted(listed) == sorted(stay)
