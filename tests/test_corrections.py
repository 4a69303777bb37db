"""``archive correct``: add a correction without touching anything else, list them, explain one; a stale one fails the check."""

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from build_scripts.build import build_archive, find_all_problems
from build_scripts.cli import main
from build_scripts.corrections import list_corrections
from tests.conftest import LAYOUT, PROJECT
from tests.test_transaction import files_of

MakeArchive = Callable[..., Path]

COMMENTED = LAYOUT.replace("articles:", "# 甲\narticles:  # 乙").replace("  title: 3", "  # 待核 行 3：疑\n  title:   3")
PAGE = "2024-after-0819/D1"


def correct(root: Path, *words: str) -> tuple[int, str, str]:
    result = CliRunner().invoke(main, ["correct", *words, "--root", str(root)])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result.exit_code, result.stdout, result.stderr


def add(root: Path, printed: str, corrected: str, *more: str, line: int = 5) -> tuple[int, str, str]:
    words = ["--line", str(line), "--printed", printed, "--corrected", corrected, "--kind", "typo", "--note", "标题“47 个”：#1", *more]
    return correct(root, "add", PAGE, *words)


def layout_of(root: Path) -> str:
    return (root / f"content/sources/{PAGE}.yml").read_text("utf-8")


def test_a_correction_is_added_and_nothing_else_changes(make_archive: MakeArchive) -> None:
    root = make_archive(layout=COMMENTED)
    code, out, err = add(root, "99.754亿", "99.75亿", "--date", "2026-11-20")
    assert (code, err) == (0, "")
    assert layout_of(root) == COMMENTED + (
        'corrections:\n- line: 5\n  printed: "99.754亿"\n  corrected: "99.75亿"\n  kind: typo\n'
        '  note: "标题“47 个”：#1"\n  date: 2026-11-20\n'
    )
    assert "原刊 printed：  8月19日，大同市举行活动，总投资【99.754亿】元。" in out
    assert "订正 corrected：8月19日，大同市举行活动，总投资【99.75亿】元。" in out
    before = layout_of(root)
    assert add(root, "大同市", "大同城", line=4)[0] == 0
    assert [known.correction.place.line for known in list_corrections(root)] == [4, 5]
    assert set(before.splitlines()) <= set(layout_of(root).splitlines())


def test_what_was_meant_cannot_be_known(make_archive: MakeArchive) -> None:
    root = make_archive()
    words = ["--line", "5", "--printed", "99.754亿", "--unknown", "--kind", "number", "--note", "甲"]
    code, out, _ = correct(root, "add", PAGE, *words)
    assert code == 0
    assert "存疑，未改" in out
    assert list_corrections(root)[0].correction.corrected is None


@pytest.mark.parametrize(
    ("printed", "more", "words"),
    [
        ("没有印", (), "D1.txt:5: the printed reading '没有印' is not on line 5"),
        ("总 投资", (), "text without white space"),
        ("总投资", ("--column", "1"), "is not on line 5"),
        ("总投资", ("--unknown",), "both or neither"),
        ("总投资", ("--date", "20 May"), "20 May"),
        ("总投资", ("--line", "99"), "is not on line 99"),
        ("9", (), "expected a column: one of 6, 7"),
    ],
)
def test_what_is_refused_changes_nothing(make_archive: MakeArchive, printed: str, more: tuple[str, ...], words: str) -> None:
    root = make_archive(layout=COMMENTED)
    before = files_of(root / "content")
    code, out, err = add(root, printed, "总投", *more)
    assert (code, out) == (2, "")
    assert words in err
    assert files_of(root / "content") == before


@pytest.mark.parametrize("page", ["2024-after-0819/D2", "2024-99/D1", "../x/D1", "", "2024-after-0819"])
def test_a_page_that_is_not_there(make_archive: MakeArchive, page: str) -> None:
    root = make_archive()
    words = ["--line", "5", "--printed", "甲", "--corrected", "乙", "--kind", "typo", "--note", "丙"]
    code, _, err = correct(root, "add", page, *words)
    assert (code, err.count("\n")) == (2, 1)


def test_list_and_explain() -> None:
    _, out, _ = correct(PROJECT, "list")
    assert len(out.splitlines()) == sum(text.count("\n- line:") for text in map(_read, (PROJECT / "content/sources").glob("*/*.yml")))
    _, out, _ = correct(PROJECT, "list", "2024-after-0819/D1")
    assert "2024-after-0819/D1:165 typo 353.71元 → 353.71亿元" in out
    code, out, _ = correct(PROJECT, "explain", "2024-after-0819/D1:165")
    assert code == 0
    for words in (">  165  目总数 58 个", "【353.71元】", "【353.71亿元】", "漏“亿”字", "issues/2024-after-0819/linfen-2024-3rd/#c165-13"):
        assert words in out
    for place in ("2024-after-0819/D1:1", "2024-after-0819/D1", "x:1"):
        code, _, err = correct(PROJECT, "explain", place)
        assert (code, err.count("\n")) == (2, 1)


def _read(path: Path) -> str:
    return path.read_text("utf-8")


def test_every_correction_of_the_archive_can_be_explained() -> None:
    for known in list_corrections(PROJECT):
        code, out, _ = correct(PROJECT, "explain", known.place)
        assert code == 0
        assert known.correction.note in out
        assert f"【{known.correction.printed}】" in out


def test_a_stale_correction_fails_the_check_and_the_build(make_archive: MakeArchive) -> None:
    root = make_archive()
    add(root, "99.754亿", "99.75亿")
    assert find_all_problems(root) == ()
    path = root / f"content/sources/{PAGE}.yml"
    path.write_text(layout_of(root).replace("99.754亿", "99.753亿"), "utf-8")
    [finding] = find_all_problems(root)
    assert (finding.line, finding.message_zh) == (13, "所印文字 '99.753亿' 不在第 5 行；应为：版面在那里所印的文字")


def test_the_corrections_page_shows_date_and_reason(make_archive: MakeArchive) -> None:
    root = make_archive()
    add(root, "99.754亿", "99.75亿", "--date", "2026-11-20")
    build_archive(root)
    page = (root / "content/corrections.md").read_text("utf-8")
    assert "2026-11-20" in page
    assert "标题“47 个”：#1" in page
