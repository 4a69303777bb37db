"""Links of names in running text: the cases of ``cases/name-links.md``, and what holds for any names and marks."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from build_scripts.archive import read_archive
from build_scripts.html.prose import line_links
from build_scripts.pages.article import article_document
from build_scripts.pages.namelinks import SHORTEST_PIECE, Name, choose_links
from build_scripts.pages.prose_html import read_prose
from build_scripts.pages.view import View
from tests.site import Element
from tests.work import calls

MakeArchive = Callable[..., Path]

CASES = Path(__file__).parent / "cases" / "name-links.md"


@dataclass(frozen=True)
class Case:
    """One heading of the case file."""

    id: str
    paragraphs: tuple[str, ...]
    links: list[tuple[int, str, str]]


def read_cases() -> list[Case]:
    cases = []
    for chunk in re.split(r"^### ", CASES.read_text("utf-8"), flags=re.MULTILINE)[1:]:
        match = re.fullmatch(r"(.+?)\n(.+?)\n\n```\n(.+?)\n```\n\n(.+?)\n*", chunk, flags=re.DOTALL)
        assert match, chunk
        rows = [] if match[4] == "（无）" else [line.strip("|").split("|") for line in match[4].split("\n")[2:]]
        links = [(int(number), text.strip(), url.strip()) for number, text, url in rows]
        cases.append(Case(match[1], tuple(match[3].split("\n")), links))
    return cases


def layout_of(paragraphs: tuple[str, ...]) -> str:
    body = "".join(f"  - {line}\n" for line in range(3, 3 + len(paragraphs)))
    return f"page: D1\nfurniture:\n- slogan: 1\narticles:\n- id: one\n  type: news\n  title: 2\n  body:\n{body}"


def text_of(paragraphs: tuple[str, ...]) -> str:
    return "打造升级版\n项目建设提速\n" + "".join(f"{text}\n" for text in paragraphs)


def page_of(root: Path, *, full_text: bool = True) -> tuple[Element, View]:
    view = View(read_archive(root), full_text)
    document = article_document(view.archive.articles[0], view)
    content = read_prose(document.body) if full_text else ""
    assert content is not None, "the short way reads what the program writes"
    return html.fragment_fromstring(line_links(content, "../D1/"), create_parent="div"), view


def name_links(page: Element) -> list[tuple[int, str, str]]:
    """Paragraph, words and target of each link that is neither a figure's nor a correction's nor one to the printed lines."""
    found = []
    for number, paragraph in enumerate(page.iterfind("p"), 1):
        for link in paragraph.iterfind("a"):
            if link.text and link.get("class") is None:
                target = link.get("href")
                assert target.startswith("../../../")
                found.append((number, link.text_content(), target.removeprefix("../../../")))
    return found


@pytest.mark.parametrize("case", read_cases(), ids=lambda case: case.id)
def test_names_lead_to_their_pages(make_archive: MakeArchive, case: Case) -> None:
    page, _ = page_of(make_archive(text=text_of(case.paragraphs), layout=layout_of(case.paragraphs)))
    assert name_links(page) == case.links
    assert page.xpath("//a//a | //data//a[starts-with(@href, '../../../')] | //a//data") == []
    texts = ["".join(p.xpath(".//text()")) for p in page.iterfind("p")]
    assert texts == [" ".join(text.split()) for text in case.paragraphs]


def test_a_name_with_a_corrected_character_keeps_its_correction(make_archive: MakeArchive) -> None:
    text = ("水文经济开发区与孝义经济开发区都在吕梁市。",)
    layout = layout_of(text) + "corrections:\n- {line: 3, printed: 水文, corrected: 文水, kind: typo, note: 倒字}\n"
    page, _ = page_of(make_archive(text=text_of(text), layout=layout))
    assert [words for _, words, _ in name_links(page)] == ["孝义经济开发区", "吕梁市"]
    assert page.find(".//span[@class='corr']").text_content() == "文水"


def test_a_quotation_has_its_links_where_no_full_text_is_published(make_archive: MakeArchive) -> None:
    text = ("大同市与大同经开区签约。" + "往后的话很长。" * 40,)
    _, view = page_of(make_archive(text=text_of(text), layout=layout_of(text)), full_text=False)
    document = article_document(view.archive.articles[0], view)
    pieces = document.meta["context"]["quote"]
    assert pieces[0:4] == ["", {"text": "大同市", "url": "cities/datong/"}, "与", {"text": "大同经开区", "url": "zones/datong-jingkai/"}]
    assert document.body == ""
    assert "".join(piece if isinstance(piece, str) else piece["text"] for piece in pieces) == document.meta["quote"]


spans = st.tuples(st.integers(0, 40), st.integers(0, 12)).map(lambda pair: (pair[0], pair[0] + pair[1]))
names = st.builds(
    lambda span, url, whole: Name(span[0], span[1] + 1, url, whole), spans, st.sampled_from(["a", "b", "c", "d"]), st.booleans()
)


@given(st.lists(names), st.lists(spans))
def test_links_lie_apart_from_each_other_and_from_every_mark(given_names: list[Name], taken: list[tuple[int, int]]) -> None:
    links = choose_links(given_names, taken)
    assert len({link.url for link in links}) == len(links)
    for one, other in pairwise(links):
        assert one.end <= other.start
    for link in links:
        assert any(name.start <= link.start < link.end <= name.end and name.url == link.url for name in given_names)
        for start, end in taken:
            assert end <= link.start or link.end <= start
        assert link.end - link.start >= SHORTEST_PIECE or any((link.start, link.end) == (name.start, name.end) for name in given_names)


@given(st.lists(names, min_size=1))
def test_the_longest_name_is_never_left_out_for_a_shorter_one(given_names: list[Name]) -> None:
    longest = max(given_names, key=lambda name: (name.end - name.start, -name.start, [-ord(char) for char in name.url]))
    links = choose_links(given_names)
    assert any(link.url == longest.url and link.start <= longest.start for link in links)


def test_the_work_grows_with_the_names_and_not_with_their_square() -> None:
    def names_of(count: int) -> list[Name]:
        return [Name(10 * at, 10 * at + 5, f"p/{at}/") for at in range(count)]

    small, large = (calls(choose_links, names_of(count), [(10 * at + 6, 10 * at + 8) for at in range(count)]) for count in (200, 800))
    assert large < 6 * small
