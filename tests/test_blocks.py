"""Data files that go on from the last build: what has not changed is not made again, and whatever bears on a row changes it."""

import json
import shutil
from collections.abc import Callable
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from build_scripts.archive import read_archive
from build_scripts.blocks import Block, Blocks, json_parts, pick
from build_scripts.cache import Cache
from build_scripts.datasets import render_datasets
from build_scripts.keptfiles import KeptFiles
from build_scripts.pages.view import View
from build_scripts.reads import read_ahead
from build_scripts.rows import Row, figure_row
from build_scripts.tabular import Lines
from build_scripts.transaction import Content, Grown, stage
from tests.conftest import ISSUE, LAYOUT, TEXT
from tests.data_files import data_files

MakeArchive = Callable[..., Path]

ONE_ARTICLE = "page: D1\nfurniture: []\narticles:\n- {id: %s, type: news, title: 1, body: [2]}\n"
BEGUN = "新荣经开区项目开工\n3月1日，总投资6亿元的瑞光检测设备研发制造项目在新荣经济技术开发区开工，预计今年6月投产。\n"
LATER = "新荣经开区加快建设\n新荣经济技术开发区瑞光检测设备研发制造项目正在进行设备安装，由瑞光检测设备有限公司投资。\n"
OTHER = "新荣经开区开工\n3月2日，总投资6亿元的新瑞光检测设备研发制造项目在新荣经济技术开发区开工。\n"
FACT = "大同市举行签约活动\n在2024年第三次“三个一批”活动中，大同市签约项目{count}个。\n"


class Files:
    """The data files of an archive below one folder, from build to build."""

    def __init__(self, root: Path) -> None:
        self.root, self.folder = root, root / "files"
        self.full_text = True

    def build(self) -> set[str]:
        """Builds on; returns the names of the files that were made."""
        with Cache(self.folder / "cache") as cache:
            ahead = read_ahead(self.root, cache)
            view = View(read_archive(self.root, ahead.read), self.full_text)
            kept = KeptFiles(cache, self.folder / "data")
            made = set()

            def note(name: str) -> str:
                made.add(name)
                return f"data/{name}"

            contents = render_datasets(view, ahead.keys, cache, kept)
            stage(self.folder, ((note(name), content) for name, content in contents if content is not None)).apply()
            kept.keep()
        fresh = data_files(view)
        assert {name: (self.folder / "data" / name).read_bytes() for name in fresh} == fresh
        return made

    def rows(self, name: str) -> list[dict[str, Any]]:
        return list(json.loads((self.folder / f"data/{name}.json").read_bytes()))

    def row(self, name: str, identity: str) -> dict[str, Any]:
        return next(row for row in self.rows(name) if row["id"] == identity)


def add(make: MakeArchive, day: str, text: str) -> Path:
    """An issue of one article, ``article-<day>``."""
    return make(text, ONE_ARTICLE % f"article-{day}", ISSUE.replace("2024-08-19", f"2024-{day[:2]}-{day[2:]}"), f"2024-after-{day}")


@pytest.fixture
def files(make_archive: MakeArchive) -> Files:
    files = Files(add(make_archive, "0301", BEGUN))
    files.build()
    return files


# ---- what bears on a row from elsewhere ------------------------------------------------------------------------------------------


def test_nothing_new_makes_nothing(files: Files) -> None:
    assert files.build() == set()


def test_an_older_issue_becomes_related_to_a_later_one(files: Files, make_archive: MakeArchive) -> None:
    assert files.row("articles", "article-0301")["related"] == []
    add(make_archive, "0109", OTHER)
    made = files.build()
    assert files.row("articles", "article-0301")["related"] == ["article-0109"]
    assert "issues/2024-after-0301/kfq-2024-after-0301.zip" in made


def test_a_later_issue_adds_to_a_project_of_an_older_one(files: Files, make_archive: MakeArchive) -> None:
    (before,) = files.rows("projects")
    assert before["deadlines"][0]["state"] == "未到期"
    add(make_archive, "0501", LATER)
    made = files.build()
    after = files.row("projects", before["id"])
    assert after["articles"] == ["article-0301", "article-0501"]
    assert after["companies"] == ["瑞光检测设备有限公司"]
    assert after["url"] != before["url"]
    assert after["deadlines"][0]["state"] == "有后续报道"
    assert {"issues/2024-after-0301/kfq-2024-after-0301.zip", "cities/datong/kfq-datong.zip"} <= made


def test_a_day_passes_and_with_it_a_deadline_of_an_older_issue(files: Files, make_archive: MakeArchive) -> None:
    add(make_archive, "0801", "阳泉市召开会议\n阳泉市部署重点工作。\n")
    files.build()
    assert files.rows("projects")[0]["deadlines"][0]["state"] == "未见后续报道"


def test_a_project_of_another_issue_may_be_the_same(files: Files, make_archive: MakeArchive) -> None:
    add(make_archive, "0302", OTHER)
    files.build()
    one, other = files.rows("projects")
    assert [same["id"] for same in one["possibly_same"]] == [other["id"]]
    said = f"projects:\n  same:\n  - {{ids: [{one['id']}, {other['id']}], note: 编者查实}}\n"
    (files.root / "content/projects.yml").write_text(said, "utf-8")
    made = files.build()
    (joined,) = files.rows("projects")
    assert joined["aliases"] != one["aliases"]
    assert "issues/2024-after-0302/kfq-2024-after-0302.zip" in made


def test_a_later_issue_adds_to_a_firm(files: Files, make_archive: MakeArchive) -> None:
    add(make_archive, "0302", "瑞光检测公司\n瑞光检测设备有限公司在大同市投资2亿元。\n")
    files.build()
    before = {row["id"]: row["articles"] for row in json.loads((files.folder / "data/entities.json").read_bytes())["companies"]}
    add(make_archive, "0501", LATER)
    files.build()
    after = {row["id"]: row["articles"] for row in json.loads((files.folder / "data/entities.json").read_bytes())["companies"]}
    assert [articles for firm, articles in after.items() if articles != before.get(firm)] != []


def test_a_fact_is_checked_against_an_older_issue_that_was_added_later(make_archive: MakeArchive) -> None:
    files = Files(add(make_archive, "0901", FACT.format(count=40)))
    files.build()
    assert files.rows("checks") == []
    add(make_archive, "0831", FACT.format(count=41))
    made = files.build()
    (check,) = files.rows("checks")
    assert (check["article"], check["state"]) == ("article-0901", "fails")
    assert {"checks.csv", "issues/2024-after-0901/kfq-2024-after-0901.zip", "cities/datong/kfq-datong.zip"} <= made


def test_a_changed_page_changes_its_rows_and_no_other_issue_s_files(files: Files, make_archive: MakeArchive) -> None:
    add(make_archive, "0402", "阳泉市召开会议\n阳泉市部署重点工作30项。\n")
    files.build()
    add(make_archive, "0402", "阳泉市召开会议\n阳泉市部署重点工作40项。\n")
    made = files.build()
    assert "0301" not in "".join(made)
    assert not [name for name in made if "datong" in name]
    assert {"figures.csv", "figures.json", "issues/2024-after-0402/figures.csv", "kfq-archive.zip"} <= made


def test_a_removed_issue_leaves_nothing(files: Files, make_archive: MakeArchive) -> None:
    add(make_archive, "0501", LATER)
    files.build()
    shutil.rmtree(files.root / "content/sources/2024-after-0501")
    files.build()
    assert [row["id"] for row in files.rows("articles")] == ["article-0301"]
    assert files.rows("projects")[0]["articles"] == ["article-0301"]


def test_without_full_text_and_with_it(files: Files) -> None:
    files.full_text = False
    files.build()
    assert "text" not in files.row("articles", "article-0301")["paragraphs"][0]
    files.full_text = True
    files.build()
    assert files.row("articles", "article-0301")["paragraphs"][0]["text"]


# ---- what is kept, and what is not trusted ---------------------------------------------------------------------------------------


def test_only_rows_of_what_is_new_are_made(make_archive: MakeArchive, monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[str] = []

    def noting(figure: Any, url: str, *, full_text: bool) -> Row:
        made.append(figure.article)
        return figure_row(figure, url, full_text=full_text)

    root = make_archive()
    for number in range(4):
        add(make_archive, f"020{number + 1}", BEGUN.replace("6亿", f"{number + 2}亿"))
    files = Files(root)
    files.build()
    monkeypatch.setattr("build_scripts.datatables.figure_row", noting)
    monkeypatch.setattr("tests.test_blocks.data_files", lambda view: {})
    add(make_archive, "0209", BEGUN.replace("6亿", "9亿"))
    files.build()
    assert set(made) == {"article-0209"}


def test_no_file_of_the_whole_archive_is_held(make_archive: MakeArchive) -> None:
    """Twice the issues are twice the pieces, none of them larger."""
    sizes = []
    for number in range(1, 9):
        root = add(make_archive, f"020{number}", BEGUN.replace("6亿", f"{number}亿"))
        if number in (4, 8):
            view = View(read_archive(root))
            contents = ((name, content) for name, content in render_datasets(view) if not isinstance(content, Grown))
            files = {name: [content] if isinstance(content, bytes) else list(content or ()) for name, content in contents}
            sizes.append(
                {name: (len(files[name]), max(map(len, files[name]))) for name in ("figures.json", "articles.csv", "numbers.json")}
            )
    four, eight = sizes
    for name, (pieces, largest) in four.items():
        assert eight[name][0] == pieces + 4
        assert eight[name][1] <= largest + 100


@pytest.mark.parametrize("name", ["figures.csv", "articles.json", "kfq-archive.zip", "cities/datong/figures.csv"])
def test_a_file_that_somebody_touched_is_made_again(files: Files, name: str) -> None:
    path = files.folder / "data" / name
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)
    assert files.build() == {name}
    path.unlink()
    assert files.build() == {name}


def test_what_was_written_elsewhere_is_not_taken_for_this(files: Files, tmp_path: Path) -> None:
    shutil.move(files.folder / "data/figures.csv", files.folder / "data/numbers.csv")
    assert files.build() == {"figures.csv", "numbers.csv"}


def test_a_damaged_memory_is_none(files: Files, make_archive: MakeArchive) -> None:
    for entry in (files.folder / "cache").rglob("*"):
        if entry.is_file():
            entry.write_bytes(entry.read_bytes()[:-3])
    add(make_archive, "0501", LATER)
    files.build()
    assert len(files.rows("articles")) == 2


def test_a_cache_that_keeps_nothing_costs_time_only(files: Files, make_archive: MakeArchive, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Cache, "put", lambda self, key, value: None)  # a full disk
    make_archive(TEXT, LAYOUT, ISSUE)
    files.build()
    assert len(files.rows("articles")) == 2


# ---- blocks ----------------------------------------------------------------------------------------------------------------------


def block(name: str, lines: Lines) -> Block:
    return Block(name.encode() * 8, len(lines.json), lambda: lines)


def test_records_keep_their_line_breaks(tmp_path: Path) -> None:
    store = Blocks(Cache(tmp_path))
    one = block("1", Lines([b'"a"', b'"b"'], [b'"a\r\nb",1\r\n', b"c,2\r\n"]))
    empty, other = block("2", Lines([], [])), block("3", Lines([b'"d"'], [b"d,3\r\n"]))
    assert store.records(one) == [b'"a\r\nb",1\r\n', b"c,2\r\n"]
    assert b"".join(make() for _, make in json_parts([empty, one, empty, other], store)) == b'[\n"a",\n"b",\n"d"\n]\n'
    for none in ([empty], []):
        assert b"".join(make() for _, make in json_parts(none, store)) == b"[\n]\n"
    picked = pick([(one, [1]), (empty, []), (other, [0])], store, "group")
    assert (picked.rows, store.csv(picked)) == (2, b"c,2\r\nd,3\r\n")
    assert picked.key != pick([(one, [0]), (empty, []), (other, [0])], store, "group").key


class Growing:
    """A file that is joined of parts, from build to build."""

    def __init__(self, root: Path) -> None:
        self.root, self.made = root, list[str]()

    def build(self, parts: str) -> int:
        """Joins a part for each letter; notes those that are made, and returns how many files changed."""
        self.made.clear()

        def part(letter: str) -> bytes:
            self.made.append(letter)
            return letter.encode() * 3

        with Cache(self.root / "cache") as cache:
            kept = KeptFiles(cache, self.root)
            contents: list[tuple[str, Content]] = []
            if not kept.stands("x", parts.encode()):
                contents = [("x", kept.join("x", [(letter.encode(), partial(part, letter)) for letter in parts]))]
            staged = stage(self.root, contents)
            staged.apply()
            kept.keep()
        assert (self.root / "x").read_text("ascii") == "".join(letter * 3 for letter in parts)
        return len(staged.changes)


def test_of_a_file_that_grows_what_it_begins_with_is_not_made_again(tmp_path: Path) -> None:
    files = Growing(tmp_path)
    assert (files.build("abc"), files.made) == (1, ["a", "b", "c"])
    assert (files.build("abc"), files.made) == (0, [])
    assert (files.build("abcd"), files.made) == (1, ["d"])
    assert (files.build("abxd"), files.made) == (1, ["x", "d"])
    assert (files.build("ab"), files.made) == (1, [])
    assert (files.build("ba"), files.made) == (1, ["b", "a"])


def test_a_file_that_somebody_changed_is_joined_anew(tmp_path: Path) -> None:
    files = Growing(tmp_path)
    files.build("abc")
    (tmp_path / "x").write_text("aaabbbccx", "ascii")
    assert (files.build("abcd"), files.made) == (1, ["a", "b", "c", "d"])
    (tmp_path / "x").unlink()
    assert (files.build("abcd"), files.made) == (1, ["a", "b", "c", "d"])


@given(st.lists(st.text("abcd", max_size=5), max_size=6))
def test_a_joined_file_is_always_the_join_of_its_parts(steps: list[str]) -> None:
    with TemporaryDirectory() as folder:
        files = Growing(Path(folder))
        for parts in steps:
            files.build(parts)
