"""The archive as a whole: what its folders must hold, and what an issue may claim."""

from collections.abc import Callable
from pathlib import Path

import pytest

from build_scripts.archive import read_archive
from build_scripts.errors import ArchiveError, LayoutError
from tests.conftest import ISSUE, LAYOUT, PROJECT, TEXT

MakeArchive = Callable[..., Path]


def refusal(root: Path) -> LayoutError:
    with pytest.raises(LayoutError) as caught:
        read_archive(root)
    assert "\n" not in str(caught.value)
    return caught.value


def test_one_page(make_archive: MakeArchive) -> None:
    article = read_archive(make_archive()).articles[0]
    assert article.title is not None
    assert (article.id, article.title.text, article.credit, article.event_date) == (
        "datong",
        "大同：项目总数47个",
        "科学导报讯",
        "2024-08-19",
    )
    assert article.paragraphs[0].passage.text == "8月19日，大同市举行活动，总投资99.754亿元。"
    assert article.paragraphs[0].lines == ((4, 6),)
    assert article.cities == ("大同市",)


def test_the_real_archive_holds_the_seeds_byte_for_byte() -> None:
    archive = read_archive(PROJECT)
    assert [(page.page.issue, page.name, page.page.sha256[:8]) for issue in archive.issues for page in issue.pages] == [
        ("2024-10", "unpaged-1", "939dd8af"),
        ("2024-14", "unpaged-1", "aa0fe52e"),
        ("2024-after-0731", "unpaged-1", "bf848dd7"),
        ("2024-after-0819", "D1", "51298ca7"),
        ("2024-after-0828", "D1", "c3be4448"),
    ]
    issue = next(issue for issue in archive.issues if issue.id == "2024-14")
    masthead = issue.pages[0].masthead
    assert (issue.number, masthead.postal_code, masthead.email, masthead.supervisor) == (
        14,
        "21-465",
        "kfqsjszk@163.com",
        "山西省商务厅",
    )


def test_related_articles_are_never_newer() -> None:
    archive = read_archive(PROJECT)
    order = {article.id: number for number, issue in enumerate(archive.issues) for article in issue.articles}
    assert any(archive.related.values())
    for article, related in archive.related.items():
        assert all(order[other] <= order[article] for other in related)
        assert article not in related


def test_ids_are_unique_over_the_archive(make_archive: MakeArchive) -> None:
    make_archive()
    root = make_archive(text=TEXT + "\n", issue_id="2024-after-0901")
    error = refusal(root)
    assert "'datong' is taken" in str(error)
    assert error.line == 5


def test_the_same_page_twice_is_refused(make_archive: MakeArchive) -> None:
    make_archive()
    assert "the same text as" in str(refusal(make_archive(layout=LAYOUT.replace("datong", "other"), issue_id="2024-after-0901")))


def test_a_stray_file_is_refused(make_archive: MakeArchive) -> None:
    root = make_archive()
    (root / "content/sources/2024-after-0819/D2.txt").write_text("二版")
    assert "belongs to no page" in str(refusal(root))


def test_a_missing_file_is_refused(make_archive: MakeArchive) -> None:
    root = make_archive()
    (root / "content/sources/2024-after-0819/D1.yml").unlink()
    assert "lacks its layout" in str(refusal(root))


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (("id: {issue}", "id: 2024-15"), "name of the folder"),
        (("pages: [D1]", "pages: [../D1]"), "printed name"),
        (("pages: [D1]", "pages: [D1, D1]"), "stands twice"),
        (("pages: [D1]", "pages: []"), "at least one page"),
        (("not_before: 2024-08-19", "not_before: 19 August"), "a day such as"),
        (("rights: 测试用", "riots: 测试用"), "unknown key 'riots'"),
        (("rights: 测试用\n", ""), "lacks the key 'rights'"),
        (("year: 2024", "year: MMXXIV"), "whole number"),
        (("evidence: []", "evidence: [{{claim: year, page: D1, line: 4, quote: 9 月, note: x}}]"), "is not on line 4"),
        (("evidence: []", "evidence: [{{claim: year, page: D1, line: 99, quote: 9 月, note: x}}]"), "from 1 to 7"),
        (("evidence: []", "evidence: [{{claim: mood, page: D1, line: 4, quote: 8 月, note: x}}]"), "one of year"),
        (("year: 2024", "year: 0"), "from 1980 to 2100"),
        (("not_before: 2024-08-19", "not_before: 2031-08-19"), "or the one before"),
        (("rights:", "date: 2024-08-01\nrights:"), "not before 2024-08-19"),
        (("rights:", "date: 2023-09-01\nrights:"), "a day of 2024"),
        (("rights:", "possibly_same: [{{issue: 2099-1, reason: x}}]\nrights:"), "another issue"),
    ],
)
def test_issue_file_mistakes(make_archive: MakeArchive, change: tuple[str, str], words: str) -> None:
    assert words in str(refusal(make_archive(issue=ISSUE.replace(*change))))


def test_evidence_is_looked_up_without_white_space(make_archive: MakeArchive) -> None:
    evidence = "evidence: [{{claim: not_before, page: D1, line: 4, quote: 8月19日, note: x}}]"
    issue = read_archive(make_archive(issue=ISSUE.replace("evidence: []", evidence))).issues[0]
    assert issue.evidence[0].quote == "8月19日"


def test_a_number_that_the_masthead_does_not_print_is_refused(make_archive: MakeArchive) -> None:
    assert "2024-15" in str(refusal(make_archive(issue_id="2024-15")))


def test_a_number_on_the_masthead_is_read(make_archive: MakeArchive) -> None:
    text = TEXT.replace("打造开发区建设升级版", "2024 年第 15 期 邮发代号：21-465")
    root = make_archive(text=text, layout=LAYOUT.replace("slogan", "masthead"), issue_id="2024-15")
    assert read_archive(root).issues[0].number == 15


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("issues: {2024-old: 2024-gone}", "an issue that exists"),
        ("issues: {a: b, b: a}", "comes back to itself"),
        ("issues: {2024-after-0819: 2024-after-0819}", "one or the other"),
        ("issues: {../x: 2024-after-0819}", "lower-case"),
        ("issue: {}", "unknown key"),
        ("pages: {a/D1: 2024-after-0819/D9}", "a page that exists"),
        ("pages: {2024-after-0819/D1: 2024-after-0819/D2}", "one or the other"),
        ("pages: {a/../D1: 2024-after-0819/D1}", "an issue and a page"),
    ],
)
def test_redirect_mistakes(make_archive: MakeArchive, content: str, words: str) -> None:
    root = make_archive()
    (root / "content/redirects.yml").write_text(content)
    assert words in str(refusal(root))


def test_redirect_chains_lead_to_the_issue(make_archive: MakeArchive) -> None:
    root = make_archive()
    (root / "content/redirects.yml").write_text("issues: {a: b, b: 2024-after-0819}\npages: {a/unpaged-1: b/D3, b/D3: 2024-after-0819/D1}")
    redirects = read_archive(root).redirects
    assert redirects.issues == {"a": "2024-after-0819", "b": "2024-after-0819"}
    assert redirects.pages == {"a/unpaged-1": "2024-after-0819/D1", "b/D3": "2024-after-0819/D1"}


def test_a_date_that_the_masthead_contradicts_is_refused(make_archive: MakeArchive) -> None:
    text = TEXT.replace("打造开发区建设升级版", "2024 年 9 月 5 日")
    issue = ISSUE.replace("rights:", "date: 2024-09-06\nrights:")
    assert "2024-09-05" in str(refusal(make_archive(text=text, layout=LAYOUT.replace("slogan", "masthead"), issue=issue)))


def test_an_impossible_date_on_the_masthead_is_no_date(make_archive: MakeArchive) -> None:
    text = TEXT.replace("打造开发区建设升级版", "2024 年 13 月 45 日")
    assert read_archive(make_archive(text=text, layout=LAYOUT.replace("slogan", "masthead"))).issues[0].date is None


def test_a_file_beside_the_issues_is_refused(make_archive: MakeArchive) -> None:
    root = make_archive()
    (root / "content/sources/notes.txt").write_text("x")
    assert "belongs to no issue" in str(refusal(root))


def test_no_sources(tmp_path: Path) -> None:
    with pytest.raises(ArchiveError, match="is not there"):
        read_archive(tmp_path)
