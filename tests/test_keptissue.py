"""An issue that was kept is the issue that was read, and what a build of unchanged issues does not look at is not decoded."""

from pathlib import Path

import pytest

from build_scripts import packed
from build_scripts.archive import SOURCES, IssueRead, read_whole_issue
from build_scripts.issuefile import read_issue_file
from build_scripts.keptissue import decode_issue, encode_issue
from tests.conftest import PROJECT

ISSUES = sorted(path.name for path in (PROJECT / SOURCES).iterdir())


def read(name: str) -> IssueRead:
    return read_whole_issue(PROJECT, read_issue_file(PROJECT / SOURCES / name / "issue.yml"))


@pytest.mark.parametrize("name", ISSUES)
def test_an_issue_comes_back_as_it_was(name: str) -> None:
    fresh = read(name)
    kept = decode_issue(PROJECT, encode_issue(PROJECT, fresh))
    assert kept == fresh
    assert fresh == kept
    for one, other in zip(fresh.issue.pages, kept.issue.pages, strict=True):
        assert (one.page.text, one.page.starts, one.layout.path) == (other.page.text, other.page.starts, other.layout.path)
        figures = fresh.figures[one.page.source], kept.figures[one.page.source]
        assert [figures[0].of_article(article.id) for article in one.articles] == [figures[1].of_article(a.id) for a in other.articles]


def test_lists_are_made_without_a_look_into_any_text(monkeypatch: pytest.MonkeyPatch) -> None:
    kept = decode_issue(PROJECT, encode_issue(PROJECT, read(ISSUES[0])))

    def refuse(self: packed.Piece[object]) -> None:
        raise AssertionError(self)

    monkeypatch.setattr(packed.Piece, "read", refuse)
    assert kept is not None
    articles = kept.issue.articles
    assert all(article.label and article.url and article.own_events is not None for article in articles)
    assert all(len(article.body) for article in articles)
    assert all(len(page.numbers) for page in kept.figures.values())
    with pytest.raises(AssertionError):
        articles[0].body[0]


def test_paths_are_those_of_the_archive_that_asks(tmp_path: Path) -> None:
    kept = decode_issue(tmp_path, encode_issue(PROJECT, read(ISSUES[0])))
    assert kept is not None
    layout = kept.issue.pages[0].layout
    assert layout.path.is_relative_to(tmp_path)
    assert all(article.entry.path.is_relative_to(tmp_path) for article in layout.articles)
