"""Projects and firms read from text, against what readers found: ``tests/cases/projects*.md``."""

import re
from collections.abc import Iterable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from build_scripts.archive import read_archive
from build_scripts.figures import read_figures
from build_scripts.passage import Passage
from build_scripts.projects.reader import fullest_forms, read_names
from build_scripts.projects.records import CompanyMention, PageNames, ProjectMention
from build_scripts.projects.texts import find_names
from build_scripts.projects.words import own_words
from build_scripts.records import Archive
from build_scripts.rows import article_row
from tests.figure_pages import record_of
from tests.project_cases import Case, Row, read_cases
from tests.work import calls

ROOT = Path(__file__).parents[1]
PAGES, TABLES = read_cases("projects.md")
UNSEEN, _ = read_cases("projects-unseen.md")
MORE, _ = read_cases("projects-more.md")
CERTAIN = [(case, row) for case in PAGES.values() for row in case.rows if not row.doubtful]

LATEST = "2024-08-28"


@pytest.fixture(scope="module")
def archive() -> Archive:
    return read_archive(ROOT)


def read(text: str) -> PageNames:
    """The names of a made-up article whose paragraphs are the lines of ``text``."""
    record = record_of(text, titled=False)
    return read_names(record, read_figures(record, year=2024, not_before=LATEST), year=2024, not_before=LATEST)


def in_article(archive: Archive, article: str) -> list[ProjectMention]:
    return [mention for page in archive.names.values() for mention in page.projects if mention.article == article]


def of_row(mentions: Iterable[ProjectMention], row: Row) -> list[ProjectMention]:
    return [mention for mention in mentions if {mention.name, mention.printed} & set(row.names)]


def told(mentions: Iterable[ProjectMention]) -> tuple[set[str], set[str], set[str]]:
    """Investments, stages and deadlines in the case files' words."""
    own = list(mentions)
    return (
        {str(one.value) for mention in own for one in mention.investments},
        {f"{one.batch}{f'（{one.phase}）' if one.phase else ''} {one.date or ''}".strip() for mention in own for one in mention.stages},
        {f"{one.due} {one.phase or ''}{one.what}" for mention in own for one in mention.deadlines},
    )


def expected(row: Row) -> tuple[set[str], set[str], set[str]]:
    return {row.investment} - {""}, set(row.stages), set(row.deadlines)


# ---- the five pages --------------------------------------------------------------------------------------------------------------


def test_no_project_is_named_that_is_none(archive: Archive) -> None:
    named = {(mention.article, mention.name) for page in archive.names.values() for mention in page.projects}
    assert named - {(case.id, name) for case in PAGES.values() for row in case.rows for name in row.names} == set()


def test_all_projects_of_the_pages_are_named_with_their_investment() -> None:
    """Floors for unseen changes: recall at least 95 % and no project that is none; today 95 of 95, 23 of 23 sums."""
    archive = read_archive(ROOT)
    found = [(row, of_row(in_article(archive, case.id), row)) for case, row in CERTAIN]
    right = [mentions for row, mentions in found if mentions and told(mentions)[0] == expected(row)[0]]
    assert len(right) >= 0.95 * len(CERTAIN)
    assert len(CERTAIN) == 95


@pytest.mark.parametrize(("case", "row"), CERTAIN, ids=[f"{case.id}-{row.lines[0]}-{row.names[0][:12]}" for case, row in CERTAIN])
def test_a_project_of_the_pages(case: Case, row: Row, archive: Archive) -> None:
    mentions = of_row(in_article(archive, case.id), row)
    assert {mention.place.line for mention in mentions}.issuperset({mention.place.line for mention in mentions[:1]})
    assert told(mentions) == expected(row)
    assert {mention.city for mention in mentions} == {row.city or None}
    if row.zone:
        assert {mention.zone for mention in mentions} == {row.zone}
    # every firm that the reader names in full is found; of those without 公司 only the grammar's, and never another
    firms = {firm for mention in mentions for firm in mention.companies}
    assert firms <= set(row.companies)
    full = {firm for firm in row.companies if firm.endswith("公司")}
    assert full <= firms


def test_each_mention_stands_where_it_says(archive: Archive) -> None:
    pages = {record.page.source: record.page for issue in archive.issues for record in issue.pages}
    articles = {article.id: article for article in archive.articles}
    for source, names in archive.names.items():
        named: list[tuple[ProjectMention | CompanyMention, str]] = [(mention, mention.printed) for mention in names.projects]
        named += [(mention, mention.name) for mention in names.companies]
        for mention, form in named:
            article = articles[mention.article]
            passage: Passage = article.body[mention.block].passage if mention.part == "body" else getattr(article, mention.part)
            assert form.strip("“”").endswith(passage.text[mention.start : mention.end].strip("“”"))
            assert pages[source].place(passage.origins[mention.end - 1]).line >= mention.place.line


@pytest.mark.parametrize("row", TABLES["不是项目"], ids=lambda row: row[2][:12])
def test_what_is_no_project_is_not_named(row: list[str], archive: Archive) -> None:
    page, _, words, _ = row
    named = {
        name for source, names in archive.names.items() if page in source for one in names.projects for name in (one.name, one.printed)
    }
    assert not named & set(re.split("[、和及]", words))


def test_firms_of_the_pages(archive: Archive) -> None:
    """All that say themselves that they are firms, most of the others, and none that is none."""
    rows = TABLES["企业"]
    named = {(source, one.name) for source, names in archive.names.items() for one in names.companies}
    found = {(page, name) for page, _, name, _ in rows if any(page in source and name == one for source, one in named)}
    full = {(page, name) for page, _, name, kind in rows if kind == "全称"}
    short = {(page, name) for page, _, name, kind in rows if kind == "简称"}
    assert full - found == set()
    assert len(short & found) >= 0.75 * len(short)
    known = {(page, name) for page, _, name, _ in rows}
    assert {(source, one) for source, one in named if not any(page in source and one == name for page, name in known)} == set()
    for page, _, words, _ in TABLES["不是企业"]:
        assert not any(page in source and one == words for source, one in named)


def test_article_rows_name_everything(archive: Archive) -> None:
    article = next(article for article in archive.articles if article.id == "yangquan-project-drive")
    mentions = article_row(article, archive)["mentions"]
    assert {row.names[0] for row in PAGES[article.id].rows if not row.doubtful} == set(mentions["projects"])
    assert {"太行世纪（阳泉）新能源有限公司", "汇江锦锂（深圳）新能源科技有限公司"} <= set(mentions["companies"])


# ---- other text ------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("case", UNSEEN.values(), ids=lambda case: case.id)
def test_unseen_sentences(case: Case) -> None:
    names = read(case.text)
    assert {mention.name for mention in names.projects} == {row.names[0] for row in case.rows}
    assert {mention.name for mention in names.companies} == set(case.companies)
    for row in case.rows:
        mentions = of_row(names.projects, row)
        assert told(mentions) == expected(row)
        assert {mention.zone for mention in mentions} == {row.zone or None}
        assert {firm for mention in mentions for firm in mention.companies} == set(row.companies)


@pytest.mark.parametrize(
    "case",
    [pytest.param(case, marks=[pytest.mark.xfail(strict=True)] if case.known_failure else [], id=case.id) for case in MORE.values()],
)
def test_names_of_more_sentences(case: Case) -> None:
    assert [mention.name for mention in read(case.text).projects] == [row.names[0] for row in case.rows]


def test_what_is_said_of_a_project_two_paragraphs_on_is_not_its_own() -> None:
    names = read("甲乙经开区的瑞光检测设备研发制造项目已开工。\n全区工作会议召开。\n该项目于5月投产。")
    assert [stage.batch for mention in names.projects for stage in mention.stages] == ["开工"]


def test_what_the_next_paragraph_says_has_its_own_line() -> None:
    names = read("阳城经济技术开发区瑞光检测设备研发制造项目总投资3亿元。\n该项目于2024年5月投产。")
    (stage,) = [stage for mention in names.projects for stage in mention.stages]
    assert (stage.batch, stage.date, stage.line) == ("投产", "2024-05", 2)


def test_forms_of_one_article() -> None:
    assert fullest_forms(
        ["甲公司年产2000吨新材料项目", "年产2000吨新材料项目", "东区物流产业园（一期）项目", "东区物流产业园（二期）项目"]
    ) == {
        "甲公司年产2000吨新材料项目": "甲公司年产2000吨新材料项目",
        "年产2000吨新材料项目": "甲公司年产2000吨新材料项目",
        "东区物流产业园（一期）项目": "东区物流产业园（一期）项目",
        "东区物流产业园（二期）项目": "东区物流产业园（二期）项目",
    }


# ---- properties ------------------------------------------------------------------------------------------------------------------

_PIECES = [piece for case in (*UNSEEN.values(), *MORE.values()) for piece in re.split("(?<=[，。；、“”（）])", case.text)]


@settings(max_examples=60)
@given(st.lists(st.sampled_from(_PIECES) | st.text("项目工程亿元的、，。“”（）等12个签约开工一二期", max_size=8), max_size=8))
def test_names_are_pieces_of_the_text(pieces: list[str]) -> None:
    text = "".join(pieces)
    found = find_names(text)
    for spans in ([(name.start, name.end) for name in found.firms], [(name.start, name.end) for name in found.projects]):
        before = 0
        for start, end in spans:
            assert before <= start < end <= len(text)
            assert not set(text[start:end]) & set("，。；！？")
            before = end
    for project in found.projects:
        assert project.start < project.head <= project.end
        assert own_words(project.name)


def test_the_work_grows_with_the_text() -> None:
    """Sixteen times the text is at most some twenty times the work, of whatever it is full."""
    for sentence in (
        "总投资3亿元的瑞光检测设备项目开工，预计10月底投产。",
        "阳城经济技术开发区甲乙丙有限公司、北方铜业与丁戊公司年产3万吨新材料项目、",
        "“（《项目等项目、",
        "由甲公司投资建设的、",
    ):
        work = []
        for text in (sentence * 16, sentence * 256):
            record = record_of(text, titled=False)
            figures = read_figures(record, year=2024)  # leaves the names of the text in the cache: both are counted
            work.append(calls(find_names.__wrapped__, text) + calls(read_names, record, figures, year=2024))
        assert work[1] < 20 * work[0]
