"""Drafts of layouts: the cases of ``cases/draft-*.md``, the archive's own pages and their variants, and what holds for any text."""

import random
import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from build_scripts.articles import read_articles
from build_scripts.draft_score import DraftScorer, annotation_of, score_drafts
from build_scripts.layout.draft import draft_layout
from build_scripts.layout.layoutfile import ArticleLayout, Layout, Spans, parse_layout, parts, read_layout
from build_scripts.layout.lines import Lines
from build_scripts.layout.render import render_layout
from build_scripts.passage import join_passage
from build_scripts.records import PageRecord
from build_scripts.source import Page, Span, read_page
from tests.conftest import PROJECT, page_of
from tests.variants import interrupt, mix, reorder, set_anew, take_apart
from tests.work import calls

CASES = Path(__file__).parent / "cases"

TARGETS = {
    "lines in the right article": 0.97,
    "articles exactly right": 0.85,
    "titles": 0.85,
    "bylines": 0.95,
    "paragraph starts: F1": 0.97,
}
"""What a draft must reach to save the editor work."""


def read_cases() -> list[tuple[str, str, list[tuple[str, str]]]]:
    cases = []
    for path in sorted(CASES.glob("draft-*.md")):
        for chunk in re.split(r"^### ", path.read_text("utf-8"), flags=re.MULTILINE)[1:]:
            match = re.fullmatch(r"(\S+)\n.+?拟\n\n```\n(.+?)\n```\n\n(\|.+?)\n*", chunk, flags=re.DOTALL)
            assert match, f"a case of {path.name} is not reason, text and table: {chunk[:40]}"
            rows = [[cell.strip() for cell in row.strip("|").split("|")] for row in match[3].split("\n")[2:]]
            cases.append((match[1], match[2], [(part, text) for part, text in rows]))
    return cases


def parts_of(page: Page, article: ArticleLayout) -> list[tuple[str, str]]:
    """An article's parts but its paragraphs, as the case files list them."""

    def text(spans: Spans) -> str:
        return join_passage(page, spans, gaps=True).text

    found = []
    for name, spans in (("kicker", article.kicker), ("title", article.title), ("subtitle", article.subtitle)):
        found += [(name, " ".join(text((span,)) for span in spans))] if spans else []
    if article.type == "caption":
        found.append(("caption", text(article.body[0].spans)))
    found += [("head", join_passage(page, block.spans).text) for block in article.body if block.head]
    found += [("byline", text((span,))) for span in article.bylines]
    found += [("continuation", text(article.continuation))] if article.continuation else []
    return found


@pytest.mark.parametrize(
    ("name", "text", "rows"), read_cases(), ids=lambda value: value if isinstance(value, str) and "\n" not in value else ""
)
def test_case(name: str, text: str, rows: list[tuple[str, str]]) -> None:
    page = page_of(text)
    found = [part for article in draft_layout(page).layout.articles for part in parts_of(page, article)]
    assert found == rows, name


def bare(page: Page, layout: Layout) -> list[object]:
    """What a layout says: every part with its text's place, without blank margins, and the links between parts."""
    return [
        [(name, trimmed(page, span)) for name, span in parts(layout)],
        [(article.id, article.type, article.parent, article.package, len(article.body)) for article in layout.articles],
        [package.id for package in layout.packages],
    ]


def trimmed(page: Page, span: Span) -> Span:
    text = page.text[span.start : span.end]
    return Span(span.start + len(text) - len(text.lstrip()), span.start + len(text.rstrip()))


def check_draft(page: Page) -> None:
    """A draft is a valid layout, its file reads back as the same layout, and its articles can be read."""
    draft = draft_layout(page)
    for reasons in (None, draft.reasons):
        written = render_layout(draft.layout, page, reasons)
        assert bare(page, parse_layout(written.encode(), Path("x.yml"), page)) == bare(page, draft.layout)
    assert list(draft.reasons) == sorted(draft.reasons, key=lambda note: note.line)
    assert set(draft.doubts) <= set(draft.reasons)
    assert all(1 <= note.line <= page.line_count and note.text and "\n" not in note.text for note in draft.reasons)
    read_articles(page, draft.layout, year=None)


PRINTED = st.sampled_from(
    [
        "科学导报讯 ",
        "8 月 19 日，",
        "大同市举行活动",
        "。",
        "，",
        "\n",
        "\n\n",
        " ",
        "翁剑",
        "■ 吴珊珊",
        "（下转 D2 版）",
        "——副题一则",
        "阳泉高新区",
        "记者王波 ",
        "供稿：某局",
        "【工作】",
        "【",
        "】",
        "编前语",
        "项目建设加快推进",
        "“",
        "”",
        "（资料图片）。",
        "摄",
        "刘亮亮摄",
        "47 个",
        "\u3000\u3000",
        "上接 D1 版",
        "…",
        "？",
        "通讯员",
        "2024年第14期",
        "指导",
        "\r",
        "\u2028",
        "\x0c",
        "𠮷",
        "a",
        "1",
        "：",
    ]
)


@settings(max_examples=400)
@given(st.lists(PRINTED, min_size=1, max_size=60).map("".join).filter(str.strip))
def test_any_printed_words_give_a_valid_layout(text: str) -> None:
    check_draft(page_of(text))


@settings(max_examples=300)
@given(st.text(st.characters(exclude_categories=["Cs", "Cc", "Cn"]), min_size=1, max_size=120).filter(str.strip))
def test_any_text_gives_a_valid_layout(text: str) -> None:
    check_draft(page_of(text))


@pytest.fixture(scope="module")
def records() -> list[PageRecord]:
    found = []
    for path in sorted((PROJECT / "content" / "sources").glob("*/*.txt")):
        page = read_page(path, issue=path.parent.name, name=path.stem, source=path.relative_to(PROJECT).as_posix())
        found.append(read_articles(page, read_layout(path.with_suffix(".yml"), page), year=None))
    return found


def misses(scorer: DraftScorer, floors: dict[str, float] = TARGETS) -> list[str]:
    return [f"{name}: {scorer.table[name].share:.3f}" for name, floor in floors.items() if scorer.table[name].share < floor]


def test_drafts_of_the_archive(records: list[PageRecord]) -> None:
    for record in records:
        check_draft(record.page)
        scorer = DraftScorer()
        scorer.score_page(record.page, annotation_of(record))
        assert not misses(scorer), scorer.misses


def test_drafts_of_the_annotated_pages() -> None:
    table, missed = score_drafts(PROJECT, sorted((PROJECT / "tests" / "gold").glob("*.json")))
    assert all(table[name].share >= floor for name, floor in TARGETS.items()), missed


@pytest.mark.parametrize(
    ("line", "masthead"),
    [("山西省商务厅 指导", True), ("科学导报社主办", True), ("围绕指标统计工作，精心指导", False), ("要求加强对企业的业务指导", False)],
)
def test_a_line_of_text_that_ends_like_a_masthead_is_text(line: str, masthead: bool) -> None:
    """A narrow column may break off behind 指导: only who supervises or publishes the paper makes it furniture."""
    page = page_of(f"开发区推出新服务\n\n科学导报讯 今年以来，开发区\n\n{line}\n\n企业按时统计上报，效率不断提高。 王旭")
    assert bool(draft_layout(page).layout.furniture) is masthead


@pytest.mark.parametrize("counted", [False, True])
def test_a_column_is_as_wide_as_it_is_set_however_few_digits_it_has(counted: bool) -> None:
    """Chance must not decide whether a paper set the lines or a program counted their characters: one with 846.11 would seem wider."""
    for seed in range(60):
        rng, rows = random.Random(seed), [""]
        while len(rows) < 80:
            sign = rng.choice((" 846.11 ", " 20 ", " 9 ")) if rng.random() < 0.02 else rng.choice("开发区建设项目签约投产园")
            if _room(rows[-1] + sign, counted=counted) > 18:
                rows.append("")
            rows[-1] += sign
        widths = [line.width for line in Lines(page_of("\n".join(row.strip() for row in rows)))]
        assert max(widths) <= 18, seed


def _room(row: str, *, counted: bool) -> float:
    return sum(0.5 if sign.isascii() and not counted else 1 for sign in row)


@pytest.mark.parametrize("width", [18, 20, 22, 24, 30, 40])
@pytest.mark.parametrize("blanks", [True, False])
def test_rewrapped_pages(records: list[PageRecord], width: int, blanks: bool) -> None:
    scorer = DraftScorer()
    for record in records:
        scorer.score_page(*set_anew(take_apart(record, "a"), width, blanks=blanks))
    assert not misses(scorer), scorer.misses


def test_pages_without_blank_lines(records: list[PageRecord]) -> None:
    for width in (None, 0):
        scorer = DraftScorer()
        for record in records:
            scorer.score_page(*set_anew(take_apart(record, "a"), width, blanks=False))
        assert not misses(scorer), scorer.misses


def test_articles_in_another_order(records: list[PageRecord]) -> None:
    scorer = DraftScorer()
    for record in records:
        source = take_apart(record, "a")
        scorer.score_page(*set_anew(reorder(source, lambda names: names[::-1])))
        scorer.score_page(*set_anew(reorder(source, lambda names: [*names[1::2], *names[::2]])))
    assert not misses(scorer), scorer.misses


@pytest.mark.parametrize(("one", "other"), [("2024-after-0819", "2024-after-0828"), ("2024-10", "2024-14")])
def test_pages_mixed_from_two(records: list[PageRecord], one: str, other: str) -> None:
    parts = {record.page.issue: take_apart(record, record.page.issue) for record in records}
    scorer = DraftScorer()
    for seed in range(4):
        mixed = mix(parts[one], parts[other], seed)
        scorer.score_page(*set_anew(mixed))
        scorer.score_page(*set_anew(mixed, blanks=False))
    assert not misses(scorer), scorer.misses


def test_an_article_where_a_sentence_of_another_breaks_off(records: list[PageRecord]) -> None:
    scorer = DraftScorer()
    for record in records:
        if record.page.issue in ("2024-after-0819", "2024-after-0828"):  # several articles with headlines, in columns
            for seed in range(12):
                scorer.score_page(*set_anew(interrupt(take_apart(record, "a"), seed)))
    assert not misses(scorer), scorer.misses


def test_ids_depend_on_the_page_and_the_line_only() -> None:
    page = page_of("科学导报讯 大同市举行活动。 翁剑\n\n科学导报讯 忻州市举行活动。 畅雪\n")
    assert [article.id for article in draft_layout(page).layout.articles] == [f"{page.sha256[:8]}-l1", f"{page.sha256[:8]}-l3"]


@pytest.mark.parametrize(
    "text", ["科学导报讯 大同市举行活动。 翁剑\n\n", "大同市，资\n\n一角。刘亮亮摄\n", "大同市举行\n\n", "大"], ids=len
)
def test_work_grows_with_the_page_only(text: str) -> None:
    small, large = (calls(draft_layout, page_of(text * count)) for count in (500, 2_000))
    assert large < 6 * small
