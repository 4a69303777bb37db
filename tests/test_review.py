"""The review of a page: what is kept, what is written, what is wrong with a layout, and that it is read as the archive reads it."""

import random
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from build_scripts.articles import read_articles
from build_scripts.check import find_problems
from build_scripts.errors import ArchiveError, LayoutError
from build_scripts.figures import read_figures
from build_scripts.layout.draft import draft_layout
from build_scripts.layout.layoutfile import Layout, check_layout, layout_of, parse_layout, read_layout
from build_scripts.layout.tree import layout_tree
from build_scripts.lexicon.aliases import FILE, Alias, change_aliases, read_lexicon_with
from build_scripts.lexicon.finder import find_places, names_by
from build_scripts.lexicon.places import FOLDER
from build_scripts.review.journal import Changed, Journal, read_journal
from build_scripts.review.problems import find_problems as find_layout_problems
from build_scripts.review.reading import Reader
from build_scripts.review.session import Session
from build_scripts.review.wire import read_tree
from build_scripts.source import Page, read_page
from build_scripts.yamlfile import parse_yaml
from tests.conftest import LAYOUT, PROJECT, TEXT, page_of
from tests.test_rewrite import mutate, pages
from tests.work import calls

ISSUE = "2024-after-0819"
FILE_NAME = f"content/sources/{ISSUE}/D1.yml"
PAGES = sorted((PROJECT / "content/sources").rglob("*.txt"))


@pytest.fixture
def root(make_archive: Callable[..., Path], tmp_path: Path) -> Path:
    shutil.copytree(FOLDER, tmp_path / "lexicon", ignore=shutil.ignore_patterns("*.py", "__pycache__"))
    return make_archive()


@pytest.fixture
def session(root: Path) -> Session:
    return Session(root, ISSUE, "D1", lexicon=root / "lexicon")


def tree(layout: str = LAYOUT, text: str = TEXT) -> dict[str, Any]:
    page = page_of(text)
    return layout_tree(parse_layout(layout.encode(), Path("D1.yml"), page), page)


def state_of(folder: Path) -> dict[str, bytes]:
    return {path.as_posix(): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


@settings(max_examples=60)
@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(max_size=12) | st.sampled_from(["3", "4:0-4:5", "D1", "brief", "datong"]),
        lambda inner: (
            st.lists(inner, max_size=4)
            | st.dictionaries(
                st.sampled_from(["page", "articles", "id", "type", "body", "title", "head", "line"]) | st.text(max_size=6),
                inner,
                max_size=5,
            )
        ),
        max_leaves=14,
    )
)
def test_any_json_is_read_or_refused_in_one_line(data: object) -> None:
    page = page_of(TEXT)
    reader = Reader(page, year=2024, not_before=None)
    told = ""
    try:
        answer = reader.read(read_tree(data, Path("D1.yml"), page), {})
        assert set(answer) == {"articles", "packages", "problems"}
    except ArchiveError as error:
        told = str(error)
    assert "\n" not in told


# ---- the session ----------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "place", [("..", "D1"), (ISSUE, "../D1"), (ISSUE, "issue"), ("2024-99", "D1"), (ISSUE, "D9"), ("", ""), ("/etc", "D1")]
)
def test_only_pages_of_the_archive_are_reviewed(root: Path, place: tuple[str, str]) -> None:
    with pytest.raises(ArchiveError):
        Session(root, *place)


def test_links_are_not_followed(root: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    elsewhere = tmp_path_factory.mktemp("elsewhere") / "D1.yml"
    shutil.move(root / FILE_NAME, elsewhere)
    (root / FILE_NAME).symlink_to(elsewhere)
    with pytest.raises(ArchiveError, match="is a link"):
        Session(root, ISSUE, "D1")


def test_saving_writes_only_what_changed(session: Session, root: Path) -> None:
    text = "# 先看过\n" + LAYOUT.replace("type: brief", "type: brief   # 短")
    (root / FILE_NAME).write_text(text)
    session = Session(root, ISSUE, "D1", lexicon=root / "lexicon")
    layout = session.state()["layout"]
    session.save(layout, [], [])
    assert (root / FILE_NAME).read_text() == text
    layout["articles"][0]["type"] = "news"
    session.save(layout, [], [])
    assert (root / FILE_NAME).read_text() == text.replace("brief", "news")
    layout["articles"][0]["type"] = "brief"
    session.save(layout, [], [])
    assert (root / FILE_NAME).read_text() == text
    assert find_problems(root) == ()


def test_a_layout_that_is_not_whole_is_not_saved(session: Session, root: Path) -> None:
    layout = session.state()["layout"]
    del layout["furniture"]
    with pytest.raises(LayoutError, match="belongs to no part"):
        session.save(layout, [], [])
    assert (root / FILE_NAME).read_text() == LAYOUT


def test_a_file_that_changed_underneath_is_not_overwritten(session: Session, root: Path) -> None:
    layout = session.state()["layout"]
    (root / FILE_NAME).write_text(LAYOUT + "# 别人改的\n")
    with pytest.raises(Changed):
        session.save(layout, [], [])
    assert (root / FILE_NAME).read_text() == LAYOUT + "# 别人改的\n"
    session.add_events(0, [{"do": {"op": "x"}}])
    session.restart()
    assert session.state()["events"] == []
    assert list((root / ".build/review").rglob("*.old"))
    session.save(session.state()["layout"], [], [])
    assert (root / FILE_NAME).read_text() == LAYOUT + "# 别人改的\n"


def test_steps_survive_the_program(session: Session, root: Path) -> None:
    steps = [{"do": {"op": "set", "value": "新"}}, {"undo": True}]
    session.add_events(0, steps)
    assert Session(root, ISSUE, "D1").state()["events"] == steps
    path = next((root / ".build/review").rglob("*.jsonl"))
    path.write_bytes(path.read_bytes() + b'\n{"do": {"op": "cut sho')  # a power cut
    again = Session(root, ISSUE, "D1")
    assert again.state()["events"] == steps
    again.add_events(2, [{"redo": True}])
    assert Session(root, ISSUE, "D1").state()["events"] == [*steps, {"redo": True}]


def test_steps_that_arrived_without_an_answer_are_not_doubled(session: Session) -> None:
    session.add_events(0, [{"do": {"op": "a"}}, {"do": {"op": "b"}}])
    session.add_events(1, [{"do": {"op": "b"}}, {"do": {"op": "c"}}])
    assert [event["do"]["op"] for event in session.state()["events"]] == ["a", "b", "c"]


@pytest.mark.parametrize(("start", "steps"), [(1, [{"undo": True}]), (-1, [{"undo": True}]), ("0", []), (None, [{"redo": True}])])
def test_steps_of_another_window_are_not_mixed_in(session: Session, start: object, steps: object) -> None:
    session.add_events(0, [{"do": {"op": "a"}}, {"do": {"op": "b"}}, {"do": {"op": "c"}}])
    with pytest.raises(Changed):
        session.add_events(start, steps)
    assert len(session.state()["events"]) == 3


def test_steps_of_another_program_are_not_mixed_in(session: Session, root: Path) -> None:
    session.add_events(0, [{"do": {"op": "a"}}])
    other = Session(root, ISSUE, "D1")
    other.add_events(1, [{"do": {"op": "b"}}])
    with pytest.raises(Changed):
        session.add_events(1, [{"do": {"op": "c"}}])
    assert [event["do"]["op"] for event in Session(root, ISSUE, "D1").state()["events"]] == ["a", "b"]


def test_published_ids_are_those_of_the_last_commit(session: Session, root: Path) -> None:
    assert session.state()["published"] == []
    (root / f"content/issues/{ISSUE}").mkdir(parents=True)
    (root / f"content/issues/{ISSUE}/datong.md").write_text("")
    assert session.state()["published"] == ["datong"]
    git = ["git", "-C", str(root), "-c", "user.name=x", "-c", "user.email=x@example.org"]
    subprocess.run([*git, "init", "-q"], check=True)
    assert session.state()["published"] == ["datong"]  # no commit yet
    subprocess.run([*git, "commit", "-q", "--allow-empty", "-m", "x"], check=True)
    assert session.state()["published"] == []
    subprocess.run([*git, "add", FILE_NAME], check=True)
    subprocess.run([*git, "commit", "-q", "-m", "x"], check=True)
    assert session.state()["published"] == ["datong"]
    layout = session.state()["layout"]
    layout["articles"][0]["id"] = "other"
    session.save(layout, [], [])
    assert session.state()["published"] == ["datong"]


@pytest.mark.parametrize("steps", [None, [1], [{}], [{"saved": "x"}], [{"do": {}, "undo": True}], "x"])
def test_steps_of_another_form_are_refused(session: Session, steps: object) -> None:
    with pytest.raises(LayoutError):
        session.add_events(0, steps)
    assert session.state()["events"] == []


def test_steps_that_do_not_fit_the_file_are_put_aside(session: Session, root: Path) -> None:
    session.add_events(0, [{"do": {"op": "a"}}])
    (root / FILE_NAME).write_text(LAYOUT + "# 别人改的\n")
    again = Session(root, ISSUE, "D1")
    assert (again.state()["events"], again.state()["set_aside"]) == ([], True)
    kept = read_journal(next((root / ".build/review").rglob("*.old")))
    assert kept is not None
    assert kept.events == [{"do": {"op": "a"}}]


def test_work_that_was_saved_is_over(session: Session, root: Path) -> None:
    layout = session.state()["layout"]
    layout["articles"][0]["type"] = "news"
    session.add_events(0, [{"do": {"op": "a"}}])
    session.save(layout, [], [])
    assert [next(iter(event)) for event in session.state()["events"]] == ["do", "saved"]
    assert Session(root, ISSUE, "D1").state()["events"] == []


def test_a_damaged_journal_is_no_journal(tmp_path: Path) -> None:
    path = tmp_path / "x.jsonl"
    assert read_journal(path) is None
    for data in (b"", b"\x00\xff", b"[]\n", b'{"page": 1}\n', b'{"page": "a"}'):
        path.write_bytes(data)
        assert read_journal(path) is None
    Journal(path, "a", "b").add([])
    assert not path.with_suffix(".old").exists()


def test_an_id_of_another_page_is_told_and_not_saved(make_archive: Callable[..., Path], session: Session, root: Path) -> None:
    make_archive(
        text=TEXT.replace("大同", "阳泉"), layout=LAYOUT.replace("id: datong", 'id: "yangquan"  # id: datong'), issue_id="2024-after-0820"
    )
    layout = session.state()["layout"]
    assert session.read(layout, {}, [])["problems"] == []  # a comment is no id
    layout["articles"][0]["id"] = "yangquan"
    before = state_of(root)
    (problem,) = session.read(layout, {}, [])["problems"]
    assert (problem["line"], problem["article"]) == (3, "yangquan")
    assert problem["text"] == "编号 yangquan 已用在 2024-after-0820/D1，请另起一个"
    with pytest.raises(LayoutError, match="已用在"):
        session.save(layout, [], [])
    assert state_of(root) == before


def test_remarks_are_settled_one_by_one(root: Path) -> None:
    text = LAYOUT.replace("- id: datong", "# 待核 行 3：没有找到讯头\n# 行 4：有讯头\n- id: datong")
    (root / FILE_NAME).write_text(text)
    session = Session(root, ISSUE, "D1")
    remarks = session.state()["remarks"]
    assert [(one["line"], one["doubt"], one["text"]) for one in remarks] == [(3, True, "没有找到讯头"), (4, False, "有讯头")]
    session.save(session.state()["layout"], [remarks[0]["number"]], [])
    assert (root / FILE_NAME).read_text() == text.replace("# 待核 行 3：没有找到讯头\n", "")


# ---- names of zones -------------------------------------------------------------------------------------------------------------

NEW = Alias("太原经济技术开发区", "太原经济区", "专刊 2024-14 D1 第3行")


def test_an_alias_is_tried_kept_and_taken_back(session: Session, root: Path) -> None:
    table = root / "lexicon" / FILE
    before = table.read_bytes()
    wanted = [{"zone": NEW.zone, "alias": NEW.alias, "source": NEW.source}]
    session.read(session.state()["layout"], {}, wanted)
    assert table.read_bytes() == before
    session.save(session.state()["layout"], [], wanted)
    changed = [row for row in table.read_text("utf-8").split("\n") if NEW.alias in row]
    assert len(changed) == 1
    assert changed[0].endswith(f"; {NEW.alias}：{NEW.source}")
    with names_by(read_lexicon_with(root / "lexicon", table.read_text("utf-8"))):
        assert [(one.kind, one.name) for one in find_places("太原经济区签约")] == [("zone", NEW.zone)]
    assert [one.kind for one in find_places("太原经济区签约")] == ["city"]
    session.save(session.state()["layout"], [], [])
    assert table.read_bytes() == before


@pytest.mark.parametrize(
    "alias",
    [
        Alias("太原经济技术开发区", "太原高新区", "x"),  # another zone's
        Alias("没有的开发区", "某某开发区", "x"),
        Alias("太原经济技术开发区", "a|b区", "x"),
        Alias("太原经济技术开发区", "新\n行区", "x"),
        Alias("太原经济技术开发区", "太原", "x"),
        Alias("太原经济技术开发区", "太原经济区", ""),
    ],
)
def test_aliases_that_would_mislead_are_refused(session: Session, root: Path, alias: Alias) -> None:
    before = state_of(root)
    wanted = [{"zone": alias.zone, "alias": alias.alias, "source": alias.source}]
    with pytest.raises(ArchiveError):
        session.read(tree(), {}, wanted)
    with pytest.raises(ArchiveError):
        session.save(tree(), [], wanted)
    assert state_of(root) == before


def test_a_lexicon_outside_the_archive_is_not_written(root: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    elsewhere = tmp_path_factory.mktemp("elsewhere") / "lexicon"
    shutil.copytree(root / "lexicon", elsewhere)
    before = (elsewhere / FILE).read_bytes()
    session = Session(root, ISSUE, "D1", lexicon=elsewhere)
    with pytest.raises(ArchiveError, match="outside"):
        session.save(tree(), [], [{"zone": NEW.zone, "alias": NEW.alias, "source": NEW.source}])
    assert (elsewhere / FILE).read_bytes() == before


def test_every_row_of_the_table_is_written_as_it_stands() -> None:
    text = (FOLDER / FILE).read_text("utf-8")
    for line in text.split("\n")[1:-1]:
        name = line.split(",")[0]
        item = Alias(name, "某个新简称", 'x, "y"')
        assert change_aliases(change_aliases(text, added=[item]), removed=[item]) == text


# ---- what readers will see ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", PAGES, ids=[path.parent.name for path in PAGES])
def test_articles_are_read_as_the_archive_reads_them(path: Path) -> None:
    page = read_page(path, issue=path.parent.name, name=path.stem, source="x")
    layout = read_layout(path.with_suffix(".yml"), page)
    record = read_articles(page, layout, year=2024)
    figures = read_figures(record, year=2024)
    answer = Reader(page, year=2024, not_before=None).read(read_tree(layout_tree(layout, page), layout.path, page), {})
    assert answer["problems"] == []
    assert list(answer["articles"]) == [article.id for article in record.articles]
    assert answer["packages"] == {package.id: package.title for package in record.packages}
    for article in record.articles:
        row = answer["articles"][article.id]
        assert [passage["text"] for passage in row["body"]] == [block.passage.text for block in article.body]
        assert (row["title"] or {}).get("text") == (article.title.text if article.title else None)
        assert row["zones"] == list(article.zones)
        shown = [one for part in ("kicker", "title", "subtitle") for one in (row[part] or {}).get("figures", [])]
        shown += [one for passage in row["body"] for one in passage["figures"]]
        expected = [
            (figure.indicator, figure.subject, figure.batch, figure.quantity_span[0], figure.core, figure.rule)
            for figure in figures.of_article(article.id)
        ]
        read = [(one["indicator"], one["subject"], one["batch"], one["start"], one["core"], one["rule"]) for one in shown]
        assert sorted(map(repr, read)) == sorted(map(repr, expected))
        zones = [name for part in ("kicker", "title", "subtitle") for *_, name in (row[part] or {}).get("zones", [])]
        zones += [name for passage in row["body"] for *_, name in passage["zones"]]
        assert list(dict.fromkeys(zones)) == list(article.zones)
        origins = [offset for at, offset, count in row["body"][0]["runs"] for offset in range(offset, offset + count)]
        assert origins == list(article.body[0].passage.origins)


def drafted(count: int) -> tuple[Page, Layout]:
    """A page of so many small reports, and its layout."""
    text = "".join(
        f"第{n}县：签约项目{n}个\n科学导报讯 今年，第{n}县签约项目{n}个，总投资{n}.5亿元。 张三{'丰' if n % 2 else ''}\n"
        for n in range(1, count + 1)
    )
    page = page_of(text)
    return page, draft_layout(page).layout


def test_one_change_costs_the_reading_of_one_article() -> None:
    def work(count: int) -> int:
        page, layout = drafted(count)
        reader = Reader(page, year=2024, not_before=None)
        reader.read(layout, {})
        one, *others = layout.articles
        return calls(reader.read, replace(layout, articles=(replace(one, type="feature", title=()), *others)), {})

    # What is left is to see that nothing else has changed: it grows with the page, and is small beside reading it.
    page, layout = drafted(80)
    assert work(80) < calls(Reader(page, year=2024, not_before=None).read, layout, {}) / 5
    assert work(80) < 2.3 * work(40)


def test_what_the_browser_has_is_not_sent_again() -> None:
    page, layout = drafted(4)
    reader = Reader(page, year=2024, not_before=None)
    have = {name: row["digest"] for name, row in reader.read(layout, {})["articles"].items()}
    one, *others = layout.articles
    again = reader.read(replace(layout, articles=(replace(one, title=()), *others)), have)["articles"]
    assert [name for name, row in again.items() if row] == [one.id]


@settings(max_examples=80)
@given(st.sampled_from(pages()), st.integers(0, 2**32))
def test_there_are_problems_where_the_layout_breaks_a_rule_and_nowhere_else(source: tuple[Page, str], seed: int) -> None:
    page, text = source
    rng = random.Random(seed)
    layout = parse_layout(text.encode(), Path("D1.yml"), page)
    for _ in range(rng.randrange(3)):
        layout = mutate(layout, rng)
    found = find_layout_problems(layout, page)
    try:
        check_layout(layout, page)
        assert found == ()
    except LayoutError:
        assert found
        assert all(problem.text and "\n" not in problem.text for problem in found)


@pytest.mark.parametrize(
    ("line", "printed", "words"),
    [(5, "99.754", None), (5, "亿吨", "没有"), (4, "签约", "没有"), (4, "科学导报讯", None), (3, "4", "不止一处"), (99, "元", "没有")],
)
def test_a_correction_without_a_clear_place_is_told_and_the_rest_is_read(line: int, printed: str, words: str | None) -> None:
    page = page_of(TEXT.replace("47 个", "44 个"))
    text = f'{LAYOUT}corrections:\n- {{line: {line}, printed: "{printed}", corrected: 改, kind: typo, note: x}}\n'
    layout = layout_of(parse_yaml(text.encode(), Path("D1.yml")), page)
    answer = Reader(page, year=2024, not_before=None).read(layout, {})
    told = [problem["text"] for problem in answer["problems"] if problem["kind"] == "correction"]
    assert len(told) == (0 if words is None else 1)
    assert words is None or words in told[0]
    assert answer["articles"]["datong"]["body"][0]["text"].startswith("8月19日，大同市举行活动")
