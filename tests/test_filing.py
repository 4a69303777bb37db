"""``archive add``: a page into the archive whole or not at all, with what is known of its issue, and nothing twice."""

import random
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

import pytest
from click.testing import CliRunner

from build_scripts.archive import read_archive
from build_scripts.cli import main
from build_scripts.issuefile import read_issue_file
from build_scripts.write import archive_lock
from tests.conftest import LAYOUT, PROJECT
from tests.crash import Point, run_archive
from tests.test_transaction import files_of

MakeArchive = Callable[..., Path]

HEAD = " 科学导报\n 开发区建设\n 2024年第15期\n 2024年4月18日 星期四\n\n"
BODY = """\
大同：项目总数 47 个
总投资 99.754 亿元

科学导报讯 4 月 16 日，全省开发区
2024 年第二次“三个一批”活动举行，大同市
在新荣经济技术开发区设立分会场，与全省
同步举行相关活动。

此次“三个一批”活动，大同市共有项目
47 个，总投资 99.754 亿元，6月30日前建成投产。 翁剑
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """An archive without an issue."""
    (tmp_path / "archive/content/sources").mkdir(parents=True)
    return tmp_path / "archive"


def add(root: Path, data: str | bytes, *options: str, issue: str = "2024-15", page: str = "D1") -> tuple[int, str, str]:
    path = root.parent / "page.txt"
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    result = CliRunner().invoke(main, ["add", str(path), "--root", str(root), "--issue", issue, "--page", page, *options])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result.exit_code, result.stdout, result.stderr


def sources(root: Path) -> dict[str, bytes]:
    return files_of(root / "content/sources")


def test_a_page_and_what_it_prints_of_its_issue(root: Path) -> None:
    code, out, err = add(root, HEAD + BODY)
    assert (code, err) == (0, "")
    folder = root / "content/sources/2024-15"
    assert (folder / "D1.txt").read_bytes() == (HEAD + BODY).encode()
    file = read_issue_file(folder / "issue.yml")
    assert (file.id, file.year, file.date, file.not_before, file.pages, file.originals) == (
        "2024-15",
        2024,
        None,
        "2024-04-16",
        ("D1",),
        (),
    )
    assert [(item.claim, item.line, item.quote) for item, _ in file.evidence] == [
        ("year", 3, "2024年第15期"),
        ("number", 3, "2024年第15期"),
        ("date", 4, "2024年4月18日"),
        ("not_before", 9, "4 月 16 日，全省开发区"),
    ]
    [issue] = read_archive(root).issues
    assert (issue.number, issue.date) == (15, "2024-04-18")
    assert [article.title.text for article in issue.articles if article.title] == ["大同：项目总数47个 总投资99.754亿元"]
    for path in ("D1.txt", "D1.yml", "issue.yml"):
        assert f"{folder / path}\n" in out
    assert "issue.yml:5: not_before：" in out
    assert CliRunner().invoke(main, ["check", "--root", str(root)]).exit_code == 0


def test_a_page_that_prints_nothing_of_its_issue_takes_the_editors_word(root: Path) -> None:
    code, out, _ = add(root, BODY, "--date", "2024-04-18")
    assert code == 0
    file = read_issue_file(root / "content/sources/2024-15/issue.yml")
    assert (file.number, file.date, file.not_before) == (15, "2024-04-18", "2024-04-16")
    assert "number：各版没有印出期号" in out
    assert read_archive(root).issues[0].label == "2024年第15期"


def test_the_second_page_leaves_the_editors_file_as_it_is(root: Path) -> None:
    add(root, HEAD + BODY)
    path = root / "content/sources/2024-15/issue.yml"
    path.write_text(path.read_text("utf-8").replace("pages: [D1]", "pages: [D1]  # 二版未见") + "# 完\n", "utf-8")
    before = path.read_text("utf-8")
    other = BODY.replace("大同", "阳泉").replace("16 日", "17 日")
    assert add(root, other, page="D2")[0] == 0
    after = path.read_text("utf-8")
    assert "pages: [D1, D2]  # 二版未见\n" in after
    assert "not_before: 2024-04-17\n" in after
    gone = set(before.splitlines()) - set(after.splitlines())
    assert gone == {"pages: [D1]  # 二版未见", "not_before: 2024-04-16"}
    assert [page.name for page in read_archive(root).issues[0].pages] == ["D1", "D2"]


@pytest.mark.parametrize("encoding", ["gb18030", "utf-16", "utf-8-sig"])
def test_another_encoding_is_converted_and_the_original_recorded(root: Path, encoding: str) -> None:
    data = (HEAD + BODY).encode(encoding)
    code, out, _ = add(root, data)
    assert code == 0
    assert "converted from" in out
    [original] = read_issue_file(root / "content/sources/2024-15/issue.yml").originals
    assert (original.page, original.encoding, original.sha256) == (
        "D1",
        {"utf-16": "utf-16-le"}.get(encoding, encoding),
        sha256(data).hexdigest(),
    )
    assert (root / "content/sources/2024-15/D1.txt").read_bytes() == (HEAD + BODY).encode()


@pytest.mark.parametrize(
    ("data", "place", "options", "words"),
    [
        (HEAD + BODY, ("2024-15", "D2"), (), "is the same text as"),
        (HEAD + BODY, ("2024-16", "D1"), (), "is the same text as"),
        ((HEAD + BODY).replace("\n", "\r\n").encode("gb18030"), ("2024-16", "D1"), (), "is the same text as"),
        (BODY, ("2024-15", "D1"), (), "has a page D1 already"),
        (HEAD + BODY.replace("大同", "阳泉"), ("2024-16", "D1"), (), "the masthead prints the number 15; expected --issue 2024-15"),
        (BODY, ("2023-16", "D1"), ("--date", "2024-05-01"), "is of another year"),
        (BODY, ("2024-16", "D1"), ("--date", "2024-04-15"), "the page reports on 2024-04-16"),
        (BODY, ("2024-15", "D2"), ("--date", "2024-04-19"), "expected 2024-04-18"),
        (BODY, ("../x", "D1"), (), "is no id of an issue"),
        (BODY, ("2024-16", "../D1"), (), "is no name of a page"),
        ("", ("2024-16", "D1"), (), "is empty"),
        (b"%PDF-1.7", ("2024-16", "D1"), (), "is a PDF"),
    ],
)
def test_what_is_refused(root: Path, data: str | bytes, place: tuple[str, str], options: tuple[str, ...], words: str) -> None:
    assert add(root, HEAD + BODY, "--date", "2024-04-18")[0] == 0
    before = files_of(root)
    code, out, err = add(root, data, *options, issue=place[0], page=place[1])
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert words in err
    assert " / " in err  # and the same in Chinese
    assert files_of(root) == before


def test_an_issue_that_is_wrong_already_is_mended_first(make_archive: MakeArchive) -> None:
    root = make_archive(layout=LAYOUT.replace("slogan: 1", "slogan: 2"))
    before = sources(root)
    code, _, err = add(root, BODY, issue="2024-after-0819", page="D2")
    assert code == 2
    assert f"{root}/content/sources/2024-after-0819/D1.yml:3: slogan is '2'" in err
    assert sources(root) == before


def test_a_folder_that_is_no_archive(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    code, _, err = add(tmp_path / "empty", BODY)
    assert code == 2
    assert "content/sources: is not there" in err
    assert list((tmp_path / "empty").iterdir()) == []


def test_the_real_pages_can_be_filed(root: Path) -> None:
    """As an editor would, without their reviewed layouts; every number and latest day as the editors had found them, but one."""
    found = {}
    for path in sorted((PROJECT / "content/sources").glob("*/*.txt")):
        known = read_issue_file(path.parent / "issue.yml")
        assert add(root, path.read_bytes(), issue=known.id, page=path.stem)[0] == 0
        file = read_issue_file(root / f"content/sources/{known.id}/issue.yml")
        found[known.id] = (file.not_before, known.not_before)
    assert {name for name, (drafted, reviewed) in found.items() if drafted != reviewed} == {"2024-10"}  # 14 March stands within a report
    text = (root / "content/sources/2024-10/issue.yml").read_text("utf-8")
    assert "文中还提到2024-03-14" in text
    assert len(read_archive(root).issues) == 5


@pytest.mark.parametrize("options", [("D2", "--issue", "2024-after-0819"), ("D1", "--issue", "2024-after-0820")], ids=["more", "new"])
def test_killed_or_without_space_nothing_is_half_filed(make_archive: MakeArchive, options: tuple[str, ...]) -> None:
    root = make_archive()
    (root / "page.txt").write_text(BODY.replace("4 月 16 日", "8 月 20 日"), "utf-8")
    arguments = ("add", "ROOT/page.txt", "--root", "ROOT", "--page", *options)
    before = sources(root)
    [complete] = run_archive(arguments, root)
    after = sources(complete.folder)
    assert len(after) == len(before) + (2 if "D2" in options else 3)
    points = [Point("kill", number) for number in random.Random(9).sample(range(complete.count), 5)]
    points.append(Point("full", complete.count // 2))
    for point, run in zip(points, run_archive(arguments, root, points), strict=True):
        if point.how == "kill":
            assert run.code == -9
            with archive_lock(run.folder):  # as any command begins
                assert sources(run.folder) in (before, after)
        else:
            assert (run.code, run.said.count("\n"), sources(run.folder)) == (2, 1, before), run.said
        assert not (run.folder / "content/.pending").exists()
