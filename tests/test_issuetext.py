"""``issue.yml`` as a text: a page more in it, and every other character as the editor left it."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from build_scripts.errors import LayoutError
from build_scripts.issuefile import read_issue_file
from build_scripts.issuetext import PageEntry, extend_issue, render_issue
from build_scripts.records import Evidence
from build_scripts.yamlfile import parse_yaml
from tests.conftest import ISSUE

DIGEST = "a" * 64
NEW = PageEntry(
    "D2",
    {"date": "2024-08-22"},
    (Evidence("not_before", "D2", 3, "8 月 20 日，“甲”: #乙", "本版所报道的最晚一天。"),),
    ("gb18030", DIGEST),
    {},
)


def extend(text: str, entry: PageEntry = NEW) -> str:
    path = Path("2024-after-0819/issue.yml")
    return extend_issue(text, parse_yaml(text.encode(), path), entry)


def test_a_page_more() -> None:
    text = "# 上面\n" + ISSUE.format(issue="2024-after-0819").replace("pages: [D1]", "pages: [ D1 ]   # 还有一版未见")
    assert extend(text) == text.replace("[ D1 ]", "[ D1, D2]").replace("year: 2024\n", "year: 2024\ndate: 2024-08-22\n").replace(
        "evidence: []\n",
        "evidence:\n- claim: not_before\n  page: D2\n  line: 3\n"
        '  quote: "8 月 20 日，“甲”: #乙"\n  note: 本版所报道的最晚一天。\n'
        f"originals:\n- page: D2\n  encoding: gb18030\n  sha256: {DIGEST}\n",
    )


def test_lists_with_a_dash_for_each_member_and_comments_between() -> None:
    text = ISSUE.format(issue="2024-after-0819").replace("pages: [D1]", "pages:\n  # 一版\n  - D1  # 头版\n")
    text = text.replace("evidence: []", "evidence:\n- claim: year\n  page: D1\n  line: 1\n  quote: 甲\n  note: 乙\n# 完")
    found = extend(text)
    assert "  - D1  # 头版\n  - D2\n" in found
    assert "  note: 乙\n- claim: not_before\n" in found
    assert [line for line in text.split("\n") if line not in found.split("\n")] == []


def test_a_value_that_changes_and_its_doubt() -> None:
    text = ISSUE.format(issue="2024-after-0819")
    found = extend(text, PageEntry("D2", {"not_before": "2024-08-20"}, (), None, {"not_before": "请核对"}))
    assert "# 待核 not_before：请核对\nnot_before: 2024-08-20\npages: [D1, D2]\n" in found


@pytest.mark.parametrize("ending", ["\n", "\r\n"])
def test_line_ends_stay(ending: str) -> None:
    text = ISSUE.format(issue="2024-after-0819").replace("\n", ending)
    found = extend(text)
    assert found.count("\n") == found.count(ending)


@pytest.mark.parametrize("text", ["{id: x, pages: [D1]}", "? id\n: x\n", "pages: [D1,\n  D3]\n"])
def test_a_style_that_cannot_be_added_to_is_refused(text: str) -> None:
    with pytest.raises(LayoutError, match="one key a line"):
        extend(text)


words = st.text(st.characters(exclude_categories=("C", "Z")), min_size=1, max_size=12)


@given(words, words)
def test_any_text_reads_back(tmp_path_factory: pytest.TempPathFactory, quote: str, note: str) -> None:
    folder = tmp_path_factory.mktemp("x") / "2024-15"
    folder.mkdir()
    values = {
        "id": "2024-15",
        "newspaper": note,
        "supplement": quote,
        "year": "2024",
        "number": "15",
        "not_before": "2024-04-14",
        "rights": note,
    }
    entry = PageEntry("D1", values, (Evidence("not_before", "D1", 3, quote, note),), ("utf-16-le", "0" * 64), {"number": "请核"})
    (folder / "issue.yml").write_text(render_issue(entry), "utf-8")
    file = read_issue_file(folder / "issue.yml")
    assert (file.newspaper, file.supplement, file.number, file.pages) == (note, quote, 15, ("D1",))
    assert file.evidence[0][0] == entry.evidence[0]
    assert (file.originals[0].encoding, file.originals[0].sha256) == entry.original
