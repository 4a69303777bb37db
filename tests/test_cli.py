"""Commands: what they print and how they end."""

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from build_scripts.cli import main
from tests.conftest import LAYOUT, PROJECT, TEXT

MakeArchive = Callable[..., Path]


def run(*arguments: str) -> tuple[int, str, str]:
    result = CliRunner().invoke(main, arguments)
    return result.exit_code, result.stdout, result.stderr


def tree(root: Path) -> dict[str, bytes]:
    """Path → bytes, without what a build keeps for the next one, which knows a file by its times as soon as it has some age."""
    files = {path.relative_to(root).as_posix(): path for path in root.rglob("*") if path.is_file()}
    return {path: file.read_bytes() for path, file in files.items() if not path.startswith(".build/cache/")}


def test_build_and_check(make_archive: MakeArchive) -> None:
    root = make_archive()
    code, out, _ = run("build", "--check", "--root", str(root))
    assert code == 1
    assert "missing issues/2024-after-0819/datong.md" in out
    assert run("build", "--root", str(root))[0] == 0
    assert run("build", "--check", "--root", str(root))[:2] == (0, "content/ is current\n")
    (root / "content/issues/2024-after-0819/datong.md").write_text("other")
    assert "changed issues/2024-after-0819/datong.md" in run("build", "--check", "--root", str(root))[1]


def test_a_second_build_gives_the_same_bytes(make_archive: MakeArchive) -> None:
    root = make_archive()
    run("build", "--root", str(root))
    before = tree(root)
    run("build", "--root", str(root))
    assert tree(root) == before


@pytest.mark.parametrize(
    ("text", "layout", "expected"),
    [
        (TEXT.encode("gb18030"), LAYOUT, "D1.txt:1: byte 0xb4 is not UTF-8; expected UTF-8 text"),
        (b"\x00\x01\x02", LAYOUT, "D1.txt:1: holds the control character U+0000; expected plain text"),
        (b"", LAYOUT, "D1.txt: is empty; expected the text of a page"),
        (TEXT, LAYOUT.replace("byline: 6:3", "byline: 6:0"), "D1.txt:6: belongs to both"),
        (TEXT, LAYOUT.replace("- slogan: 1", "- slogan: 3"), "D1.txt:3: belongs to both"),
        (TEXT, LAYOUT.replace("type", "tipe"), "D1.yml:6: the article has the unknown key 'tipe'"),
        (TEXT, LAYOUT.replace("id: datong", "id: ../x"), "D1.yml:5: id is '../x'"),
        (TEXT, "", "D1.yml: is empty"),
    ],
)
def test_bad_input_ends_with_2_and_one_line(make_archive: MakeArchive, text: str | bytes, layout: str, expected: str) -> None:
    root = make_archive()
    run("build", "--root", str(root))
    make_archive(text=text, layout=layout)
    before = tree(root)
    for command in (("build",), ("build", "--check"), ("site",)):
        code, _, err = run(*command, "--root", str(root))
        assert code == 2
        assert expected in err
        assert err.count("\n") == 1
        assert "Traceback" not in err
    assert tree(root) == before


def test_score_of_the_real_archive() -> None:
    gold = sorted(str(path) for path in (PROJECT / "tests/gold").glob("*.json"))
    code, out, _ = run("score", "--root", str(PROJECT), *gold)
    assert code == 0
    table = {name.strip(): float(share) / 100 for share, name in (line[12:].split("%") for line in out.splitlines())}
    floors = {
        "articles: exactly the right lines": 1,
        "articles: title": 1,
        "articles: kicker": 1,
        "articles: subtitle": 1,
        "articles: authors": 1,
        "articles: paragraph starts (recall)": 0.99,
        "articles: paragraph starts (precision)": 0.99,
        "articles: cities (recall)": 0.95,
        "articles: cities (precision)": 0.95,
        "articles: zones (recall)": 0.95,
        "articles: zones (precision)": 0.95,
        "errata noted": 1,
        "corrections that an annotator made too": 0.8,
        "digit runs accounted for": 1,
        "digit runs: label": 0.98,
        "not taken for a quantity": 0.99,
        "dates": 0.97,
        "quantities: value and unit": 0.99,
        "quantities: hedge": 0.98,
        "quantities: status": 0.93,
        "quantities: indicator": 0.93,
        "core figures: recall": 0.97,
        "core figures: precision": 0.97,
        "core figures: event": 0.97,
    }
    assert {name: share for name, share in table.items() if share < floors[name]} == {}


def test_a_gold_page_that_is_not_in_the_archive(make_archive: MakeArchive) -> None:
    gold = next((PROJECT / "tests/gold").glob("*.json"))
    code, _, err = run("score", "--root", str(make_archive()), str(gold))
    assert code == 2
    assert "not in the archive" in err


def test_a_file_that_is_no_gold_page(make_archive: MakeArchive, tmp_path: Path) -> None:
    (tmp_path / "x.json").write_text("[]")
    assert run("score", "--root", str(make_archive()), str(tmp_path / "x.json"))[0] == 2


def test_the_committed_pages_are_current() -> None:
    assert run("build", "--check", "--root", str(PROJECT))[:2] == (0, "content/ is current\n")


@pytest.mark.parametrize("command", ["build", "site", "serve", "score"])
def test_help_is_there(command: str) -> None:
    code, out, _ = run(command, "--help")
    assert code == 0
    assert "--root" in out


def test_a_site_never_replaces_what_is_not_a_site(make_archive: MakeArchive, tmp_path: Path) -> None:
    root = make_archive()
    other = tmp_path / "papers"
    other.mkdir()
    (other / "thesis.doc").write_text("mine")
    for target, words in (
        (other, "not of an earlier site"),
        (root, "cannot hold the site"),
        (root / "content", "cannot hold the site"),
        (root / "content/sources", "cannot hold the site"),
        (root.parent, "cannot hold the site"),
        (other / "thesis.doc", "is no folder"),
    ):
        before = (other / "thesis.doc").read_text(), tree(root / "content/sources")
        code, _, err = run("site", "--root", str(root), "--out", str(target))
        assert (code, err.count("\n")) == (2, 1), target
        assert words in err
        assert ((other / "thesis.doc").read_text(), tree(root / "content/sources")) == before
    (root / "site").symlink_to(other)
    assert run("site", "--root", str(root))[0] == 2
    assert (other / "thesis.doc").is_file()


def test_a_site_is_replaced_by_the_next_one(make_archive: MakeArchive, tmp_path: Path) -> None:
    root = make_archive()
    for _ in range(2):
        assert run("site", "--root", str(root), "--out", str(tmp_path / "new"))[0] == 0
    assert not list(tmp_path.glob("new.*"))


@pytest.mark.parametrize("blocker", ["content/issues", "content/issues/2024-after-0819/datong.md", ".build"])
def test_what_stands_in_the_way_is_named_before_anything_is_written(make_archive: MakeArchive, blocker: str) -> None:
    root = make_archive()
    if blocker.endswith(".md"):
        (root / blocker / "x").mkdir(parents=True)
    else:
        (root / blocker).write_text("x")
    code, _, err = run("build", "--root", str(root))
    assert (code, err.count("\n")) == (2, 1)
    assert blocker in err
    assert not (root / "content/index.md").exists()


def test_a_linked_folder_is_not_written_through(make_archive: MakeArchive, tmp_path: Path) -> None:
    root, outside = make_archive(), tmp_path / "outside"
    outside.mkdir()
    (root / "content/issues").symlink_to(outside)
    code, _, err = run("build", "--root", str(root))
    assert code == 2
    assert "is a link" in err
    assert list(outside.iterdir()) == []
