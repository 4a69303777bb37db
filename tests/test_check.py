"""``archive check``: everything that is wrong at once, by file and line, in two languages; and no address is lost in silence."""

import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner

from build_scripts.build import build_archive, find_all_problems
from build_scripts.check import Finding, find_problems
from build_scripts.cli import main
from build_scripts.errors import LayoutError
from build_scripts.lexicon.places import FOLDER, load_lexicon
from tests.conftest import ISSUE, LAYOUT, PROJECT, TEXT

MakeArchive = Callable[..., Path]

OTHER_TEXT = TEXT.replace("大同", "阳泉")
OTHER_LAYOUT = LAYOUT.replace("id: datong", "id: yangquan")


def brief(root: Path, findings: tuple[Finding, ...]) -> list[str]:
    return [f"{Path(finding.path).relative_to(root / 'content')}:{finding.line} {finding.severity}" for finding in findings]


@pytest.fixture
def committed(make_archive: MakeArchive) -> Path:
    """An archive of two issues under git, built and committed."""
    root = make_archive()
    make_archive(text=OTHER_TEXT, layout=OTHER_LAYOUT, issue_id="2024-after-0820")
    build_archive(root)
    (root / ".gitignore").write_text("/.build/\n/content/.pending/\n")
    git(root, "init", "--quiet")
    commit(root)
    return root


def git(root: Path, *arguments: str) -> None:
    who = ["-c", "user.name=x", "-c", "user.email=x@example.org", "-c", "commit.gpgsign=false"]
    subprocess.run(["git", "-C", str(root), *who, *arguments], check=True, capture_output=True)


def commit(root: Path) -> None:
    git(root, "add", "--all")
    git(root, "commit", "--quiet", "--message", "x")


def change(root: Path, path: str, old: str, new: str) -> None:
    file = root / "content" / path
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new), "utf-8")


def leads_to(page: Path) -> str:
    """Where a redirect leads."""
    return str(yaml.safe_load(page.read_text("utf-8").split("---\n")[1])["target"])


def test_the_real_archive_has_nothing_wrong() -> None:
    assert find_all_problems(PROJECT) == ()


def test_all_is_told_at_once(make_archive: MakeArchive) -> None:
    """Two faults in each of four files, and one between two of them: a message each, and none that only follows from another."""
    issue = ISSUE.replace("2024-08-19", "19 August").replace("pages: [D1]", "pages: [D1, ../x]")
    root = make_archive(layout=LAYOUT.replace("type: brief", "type: poem").replace("slogan: 1", "slogan: 99"))
    make_archive(text=OTHER_TEXT, layout=OTHER_LAYOUT, issue=issue, issue_id="2024-after-0820")
    corrections = "corrections:\n" + "".join(
        f"- {{line: {line}, printed: {printed}, corrected: 对, kind: typo, note: 甲}}\n" for line, printed in ((4, "没有"), (5, "也没有"))
    )
    make_archive(layout=OTHER_LAYOUT + corrections, text=OTHER_TEXT, issue_id="2024-after-0821")
    (root / "content/redirects.yml").write_text("issues: {a: nowhere}\npages: {b: c}\n")
    (root / "content/sources/stray.txt").write_text("x")
    assert brief(root, find_problems(root)) == [
        "redirects.yml:1 error",
        "redirects.yml:2 error",
        "sources/2024-after-0819/D1.yml:3 error",
        "sources/2024-after-0819/D1.yml:6 error",
        "sources/2024-after-0820/issue.yml:5 error",
        "sources/2024-after-0820/issue.yml:6 error",
        "sources/2024-after-0821/D1.yml:13 error",
        "sources/2024-after-0821/D1.yml:14 error",
        "sources/stray.txt:0 error",
    ]


def test_gaps_overlaps_and_clashes_are_all_told(make_archive: MakeArchive) -> None:
    root = make_archive(layout=LAYOUT.replace("furniture:\n- slogan: 1\n", "").replace("byline: 6:3", "byline: 6:0"))
    make_archive(text=OTHER_TEXT, issue_id="2024-after-0820")
    make_archive(text=OTHER_TEXT, layout=LAYOUT.replace("id: datong", "id: third"), issue_id="2024-after-0821")
    assert brief(root, find_problems(root)) == [
        "sources/2024-after-0819/D1.txt:1 error",
        "sources/2024-after-0819/D1.txt:6 error",
        "sources/2024-after-0821/issue.yml:6 error",
    ]
    change(root, "sources/2024-after-0819/D1.yml", "page: D1\n", "page: D1\nfurniture:\n- slogan: 1\n")
    change(root, "sources/2024-after-0819/D1.yml", "byline: 6:0", "byline: 6:3")
    assert brief(root, find_problems(root)) == ["sources/2024-after-0820/D1.yml:5 error", "sources/2024-after-0821/issue.yml:6 error"]


def test_a_doubt_is_listed_and_fails_nothing(make_archive: MakeArchive) -> None:
    root = make_archive(layout=LAYOUT.replace("  title: 3", "  # 待核 行 3：像标题\n  title: 3"))
    [finding] = find_all_problems(root)
    assert (finding.line, finding.severity, finding.message_zh) == (7, "doubt", "行 3：像标题")
    result = CliRunner().invoke(main, ["check", "--root", str(root)])
    assert result.exit_code == 0
    assert "D1.yml:7: doubt: an editor has to settle this: 行 3：像标题\n    待核：行 3：像标题" in result.stdout
    assert "places that wait for an editor: 1;" in CliRunner().invoke(main, ["build", "--root", str(root)]).stdout


def test_what_the_command_prints(make_archive: MakeArchive) -> None:
    root = make_archive(layout=LAYOUT.replace("type: brief", "type: poem").replace("slogan: 1", "slogan: 99"))
    result = CliRunner().invoke(main, ["check", "--root", str(root)])
    assert result.exit_code == 1
    place = f"{root}/content/sources/2024-after-0819/D1.yml"
    assert result.stdout.splitlines() == [
        f"{place}:3: error: slogan names line 99; expected a line from 1 to 7",
        "    错误：slogan 写了第 99 行；应为：从 1 到 7 的行号",
        f"{place}:6: error: type is 'poem'; expected one of brief, news, feature, editors_note, caption",
        "    错误：type 写的是 'poem'；应为：以下之一：brief, news, feature, editors_note, caption",
        "archive: 2 errors, 0 warnings, 0 doubts to settle",
        "    错误 2 处，注意 0 处，待核 0 处",
    ]
    build = CliRunner().invoke(main, ["build", "--root", str(root)])
    assert build.exit_code == 2
    assert build.stderr.endswith("(and 1 more: archive check lists them)\n")
    assert build.stderr.count("\n") == 1


# ---- the last commit --------------------------------------------------------------------------------------------------------------


def test_what_is_as_committed_is_well(committed: Path) -> None:
    assert find_all_problems(committed) == ()


def test_an_id_that_changes_is_told_until_a_redirect_settles_it(committed: Path) -> None:
    change(committed, "sources/2024-after-0819/D1.yml", "id: datong", "id: datong-2024")
    [finding] = find_all_problems(committed)
    assert finding.line == 5
    assert "articles: {2024-after-0819/datong: …}" in finding.message_en
    assert "articles: {2024-after-0819/datong: …}" in finding.message_zh
    with pytest.raises(LayoutError, match="the id 'datong' of the last commit is gone"):
        build_archive(committed)
    (committed / "content/redirects.yml").write_text("articles: {2024-after-0819/datong: 2024-after-0819/datong-2024}")
    assert find_all_problems(committed) == ()
    build_archive(committed)
    assert leads_to(committed / "content/issues/2024-after-0819/datong.md") == "issues/2024-after-0819/datong-2024/"
    commit(committed)
    (committed / "content/redirects.yml").unlink()
    assert brief(committed, find_all_problems(committed)) == ["issues/2024-after-0819/datong.md:0 error"]


def test_an_issue_that_gets_another_id_keeps_its_addresses(committed: Path) -> None:
    sources = committed / "content/sources"
    (sources / "2024-after-0819").rename(sources / "2024-26")
    change(committed, "sources/2024-26/issue.yml", "id: 2024-after-0819", "id: 2024-26\nnumber: 26")
    assert brief(committed, find_all_problems(committed)) == [
        "sources/2024-after-0819/D1.txt:0 error",
        "sources/2024-after-0819/D1.yml:5 error",
    ]
    (committed / "content/redirects.yml").write_text("issues: {2024-after-0819: 2024-26}")
    assert find_all_problems(committed) == ()
    page = committed / "content/sources/2024-26/D1.txt"
    page.write_bytes(page.read_bytes().replace(b"\n", b"\r\n"))
    page.rename(page.with_name("D2.txt"))
    assert "sources/2024-after-0819/D1.txt:0 error" in brief(committed, find_problems(committed))  # its old address leads nowhere now
    page.with_name("D2.txt").rename(page)
    build_archive(committed)
    assert {path.name for path in (committed / "content/issues/2024-after-0819").iterdir()} == {"index.md", "D1.md", "datong.md"}


def test_a_page_that_moves_to_another_issue_takes_its_articles_along(committed: Path) -> None:
    sources = committed / "content/sources"
    for ending in ("txt", "yml"):
        (sources / f"2024-after-0820/D1.{ending}").rename(sources / f"2024-after-0819/D2.{ending}")
    change(committed, "sources/2024-after-0819/D2.yml", "page: D1", "page: D2")
    change(committed, "sources/2024-after-0819/issue.yml", "pages: [D1]", "pages: [D1, D2]")
    shutil.rmtree(sources / "2024-after-0820")
    assert brief(committed, find_all_problems(committed)) == [
        "sources/2024-after-0820/D1.txt:0 error",
        "sources/2024-after-0820/D1.yml:5 error",
    ]
    redirects = "issues: {2024-after-0820: 2024-after-0819}\npages: {2024-after-0820/D1: 2024-after-0819/D2}"
    (committed / "content/redirects.yml").write_text(redirects)
    assert find_all_problems(committed) == ()
    build_archive(committed)
    assert leads_to(committed / "content/issues/2024-after-0820/yangquan.md") == "issues/2024-after-0819/yangquan/"
    assert leads_to(committed / "content/issues/2024-after-0820/D1.md") == "issues/2024-after-0819/D2/"


def test_a_raw_page_is_never_edited(committed: Path) -> None:
    change(committed, "sources/2024-after-0819/D1.txt", "99.754", "99.755")
    assert brief(committed, find_all_problems(committed)) == ["sources/2024-after-0819/D1.txt:0 error"]
    change(committed, "sources/2024-after-0819/D1.txt", "99.755", "99.754")
    path = committed / "content/sources/2024-after-0819/D1.txt"
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))  # as git itself may do it
    assert find_all_problems(committed) == ()


def test_a_paragraph_that_begins_elsewhere_is_a_warning(committed: Path) -> None:
    change(committed, "sources/2024-after-0819/D1.yml", "  credit: 4:0-4:5\n", "")
    change(committed, "sources/2024-after-0819/D1.yml", "- 4:5-6:3", "- 5:0-6:3\n  - '4'")
    change(committed, "sources/2024-after-0819/D1.yml", "  - '4'", "  - 4:0-4:9\n  - 4:9")
    findings = find_all_problems(committed)
    assert findings == ()  # line 4 begins one still
    change(committed, "sources/2024-after-0819/D1.yml", "  - 4:0-4:9\n  - 4:9\n", "")
    change(committed, "sources/2024-after-0819/D1.yml", "title: 3", "title: [3, 4]")
    [finding] = find_all_problems(committed)
    assert (finding.severity, "#l4 " in finding.message_en) == ("warning", True)


def test_an_archive_without_a_commit_has_nothing_to_compare_with(make_archive: MakeArchive) -> None:
    root = make_archive()
    git(root, "init", "--quiet")
    assert find_all_problems(root) == ()


def test_a_layout_that_cannot_be_read_hides_no_ids(committed: Path) -> None:
    (committed / "content/sources/2024-after-0819/D1.yml").write_text("page: D1\narticles: [")
    assert brief(committed, find_all_problems(committed)) == ["sources/2024-after-0819/D1.yml:3 error"]


def test_names_that_clash_are_told(
    make_archive: MakeArchive, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path_factory.mktemp("lexicon")
    for path in FOLDER.glob("*.csv"):
        shutil.copy(path, folder)
    rows = (folder / "zones.csv").read_text("utf-8").splitlines()
    cells = rows[2].split(",")
    (folder / "zones.csv").write_text(
        "\n".join([*rows, ",".join(["新开发区", cells[1], *cells[2:5], "开发区", "new", *cells[7:]])]) + "\n", "utf-8"
    )
    monkeypatch.setattr("build_scripts.check._TABLES", (lambda: load_lexicon(folder),))
    [finding] = find_problems(make_archive())
    assert (Path(finding.path).name, finding.line) == ("zones.csv", len(rows) + 1)
    assert cells[1] in finding.message_zh
