"""The ledger: ids that stay whatever comes, names that are one, deadlines and what became of them."""

import csv
import io
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from build_scripts.archive import read_archive
from build_scripts.build import build_archive
from build_scripts.errors import LayoutError
from build_scripts.projects.aliasfile import read_alias_file
from build_scripts.projects.followup import PENDING, REPORTED, SILENT, followed, last_day, passed_days, stages_of
from build_scripts.projects.ledger import gather
from build_scripts.projects.possible import firm_stem
from build_scripts.projects.records import Project
from build_scripts.projects.register import Assigned, Register, assign_ids, home_of, read_register, render_register
from build_scripts.records import Archive, Redirects
from tests.work import calls

ROOT = Path(__file__).parents[1]

MakeArchive = Callable[..., Path]

ISSUE = """\
id: {issue}
newspaper: 科学导报
supplement: 开发区建设专刊
year: 2024
not_before: %s
pages: [D1]
evidence: []
rights: 测试用
"""
LAYOUT = "page: D1\nfurniture: []\narticles:\n- {id: %s, type: news, title: 1, body: [2]}\n"


def add(make: MakeArchive, issue: str, day: str, text: str) -> Path:
    """An issue of one article; its first line is the title."""
    return make(f"{text}\n", LAYOUT % f"article-{issue}", ISSUE % day, issue)


def project_named(archive: Archive, part: str) -> Project:
    (found,) = [project for project in archive.ledger.projects if part in project.name]
    return found


BEGUN = "新荣经开区项目开工\n3月1日，总投资6亿元的瑞光检测设备研发制造项目在新荣经济技术开发区开工，预计今年6月投产。"
LATER = "新荣经开区加快建设\n新荣经济技术开发区瑞光检测设备研发制造项目正在进行设备安装。"
SIGNED = "新荣经开区签约\n1月9日，新荣经济技术开发区瑞光检测设备研发制造项目签约，总投资5亿元。"


# ---- ids -------------------------------------------------------------------------------------------------------------------------


def test_an_older_page_that_is_added_later_moves_no_id(make_archive: MakeArchive) -> None:
    root = add(make_archive, "2024-after-0301", "2024-03-01", BEGUN)
    build_archive(root)
    before = project_named(read_archive(root), "瑞光").id
    assert before == "2024-after-0301.D1.l2c23"  # where 目 is printed
    add(make_archive, "2024-after-0109", "2024-01-09", SIGNED)
    build_archive(root)
    project = project_named(read_archive(root), "瑞光")
    assert project.id == before
    assert project.articles == ("article-2024-after-0109", "article-2024-after-0301")
    assert [str(one.value) for _, one in project.investments] == ["5", "6"]
    assert str(project.total_investment) == "6"


def test_a_rule_that_reads_a_name_differently_moves_no_id(make_archive: MakeArchive) -> None:
    """Where a name begins and what it is called are matters of rules; the place of its end is not."""
    root = add(make_archive, "2024-after-0301", "2024-03-01", BEGUN)
    build_archive(root)
    archive = read_archive(root)
    project = project_named(archive, "瑞光")
    registers = {kind: read_register(root / f"content/{kind}/register.csv", Redirects()) for kind in ("projects", "companies")}
    names = {
        source: replace(page, projects=tuple(replace(one, start=one.start + 2, name="检测设备项目") for one in page.projects))
        for source, page in archive.names.items()
    }
    (again,) = gather(archive.issues, names, registers, Redirects()).ledger.projects
    assert (again.id, again.name) == (project.id, "检测设备项目")


def test_a_project_is_promoted_by_its_second_article_and_stays_so(make_archive: MakeArchive) -> None:
    root = add(make_archive, "2024-after-0301", "2024-03-01", BEGUN)
    build_archive(root)
    project = project_named(read_archive(root), "瑞光")
    assert project.url == f"projects/2024-after-0301/#{project.id}"
    assert not (root / f"content/projects/{project.id}.md").exists()
    later = add(make_archive, "2024-after-0501", "2024-05-01", LATER)
    build_archive(root)
    assert project_named(read_archive(root), "瑞光").url == f"projects/{project.id}/"
    assert (root / f"content/projects/{project.id}.md").exists()
    (later / "content/sources/2024-after-0501/D1.txt").write_text("新荣经开区\n全区召开工作会议，部署重点工作。\n", "utf-8")
    build_archive(root)
    assert project_named(read_archive(root), "瑞光").url == f"projects/{project.id}/"


def test_an_id_whose_name_is_read_no_more_leads_to_its_line(make_archive: MakeArchive) -> None:
    root = add(make_archive, "2024-after-0301", "2024-03-01", BEGUN)
    build_archive(root)
    identity = project_named(read_archive(root), "瑞光").id
    (root / "content/sources/2024-after-0301/D1.txt").write_text("新荣经开区\n全区召开工作会议，部署重点工作。\n", "utf-8")
    build_archive(root)
    assert read_archive(root).ledger.retired["projects"] == (identity,)
    assert f'"{identity}"' in (root / "content/projects/2024-after-0301.md").read_text("utf-8")
    assert 'target: "issues/2024-after-0301/D1/#l2"' in (root / f"content/projects/{identity}.md").read_text("utf-8")


def test_two_builds_leave_the_same_register(make_archive: MakeArchive) -> None:
    root = add(make_archive, "2024-after-0301", "2024-03-01", BEGUN)
    build_archive(root)
    first = (root / "content/projects/register.csv").read_bytes()
    assert build_archive(root) == 0
    assert (
        (root / "content/projects/register.csv").read_bytes()
        == first
        == b"place,id,page\n2024-after-0301.D1.l2c23,2024-after-0301.D1.l2c23,\n"
    )


def test_groups_that_part_and_groups_that_meet() -> None:
    register = Register({"i.D1.l1c1": "i.D1.l1c1", "i.D1.l2c2": "i.D1.l1c1", "i.D1.l3c3": "i.D1.l3c3"})
    parted = assign_ids([["i.D1.l2c2"], ["i.D1.l1c1"]], register)
    assert parted == Assigned(("i.D1.l2c2", "i.D1.l1c1"), {}, ("i.D1.l3c3",))
    met = assign_ids([["i.D1.l1c1", "i.D1.l2c2", "i.D1.l3c3"]], register)
    assert met == Assigned(("i.D1.l1c1",), {"i.D1.l3c3": 0}, ())


def test_places_of_an_issue_that_was_identified_later_are_found_again(tmp_path: Path) -> None:
    path = tmp_path / "register.csv"
    path.write_text("place,id,page\n2024-after-0819.D1.l4c3,2024-after-0819.D1.l4c3,1\n", "utf-8")
    redirects = Redirects({"2024-after-0819": "2024-26"}, {"2024-26/D1": "2024-26/D2"})
    register = read_register(path, redirects)
    assert register == Register({"2024-26.D2.l4c3": "2024-after-0819.D1.l4c3"}, frozenset({"2024-after-0819.D1.l4c3"}))
    assert home_of("2024-after-0819.D1.l4c3", redirects) == "2024-26"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("place,id\n", "register.csv:1: the columns are place, id"),
        ("place,id,page\nhere,there,\n", "register.csv:2: the row is here,there,"),
        ("place,id,page\ni.p.l1c1,i.p.l1c1,\ni.p.l1c1,i.p.l2c1,\n", "register.csv:3: the place i.p.l1c1 stands twice"),
        ("place,id,page\ni.p.l1c1,i.p.l1c1,yes\n", "register.csv:2: the row is"),
    ],
)
def test_a_register_that_no_build_has_written(text: str, message: str, tmp_path: Path) -> None:
    path = tmp_path / "register.csv"
    path.write_text(text, "utf-8")
    with pytest.raises(LayoutError) as error:
        read_register(path, Redirects())
    assert message in str(error.value)


PLACES = st.builds(lambda line, column: f"i.D1.l{line}c{column}", st.integers(1, 9), st.integers(0, 3))


@given(
    st.lists(st.lists(PLACES, min_size=1, max_size=4, unique=True), max_size=6),
    st.lists(st.lists(PLACES, min_size=1, max_size=4, unique=True), max_size=6),
)
def test_ids_are_unique_and_none_is_lost(before: list[list[str]], after: list[list[str]]) -> None:
    """Whatever groups two builds find: every id of the first is an id, has moved or is retired in the second."""
    first = _disjoint(before)
    assigned = assign_ids(first, Register())
    assert len(set(assigned.ids)) == len(first)
    rows = list(csv.reader(io.StringIO(render_register(assigned, first, Register(), ()).decode())))[1:]
    register = Register({place: identity for place, identity, _ in rows})
    second = _disjoint(after)
    again = assign_ids(second, register)
    assert len(set(again.ids)) == len(second)
    assert set(assigned.ids) <= {*again.ids, *again.moved, *again.retired}
    assert assign_ids(first, register) == assigned


def _disjoint(groups: list[list[str]]) -> list[list[str]]:
    seen: set[str] = set()
    found = []
    for group in groups:
        if own := [place for place in group if place not in seen]:
            seen.update(own)
            found.append(own)
    return found


# ---- what is one -----------------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def archive() -> Archive:
    return read_archive(ROOT)


def test_pairs_that_may_be_one(archive: Archive) -> None:
    names = {project.id: project.name for project in archive.ledger.projects}
    pairs = {frozenset((names[one.id], names[other.id])): other.reason for one in archive.ledger.projects for other in one.possible}
    assert pairs == {
        frozenset(
            {"创曦新材光伏边框智能制造项目", "江苏创曦新材料科技发展有限公司新材料光伏高端智能制造基地项目"}
        ): "企业同为“创曦”，都在忻州经济开发区",
        frozenset({"江西沐邦硅晶拉棒项目", "沐邦高科单晶硅拉棒"}): "名称相近，都在忻州市",
        frozenset({"同德科创BDO和PBAT可降解塑料项目", "同德科创可降解塑料建设项目"}): "名称相近，都在原平经济技术开发区",
    }
    phases = {(project.name, names[other]) for project in archive.ledger.projects for other in project.phases}
    assert phases == {
        ("阳泉东区智慧物流产业园（一期）项目", "阳泉东区智慧物流产业园（二期）项目"),
        ("阳泉东区智慧物流产业园（二期）项目", "阳泉东区智慧物流产业园（一期）项目"),
    }


def test_the_same_words_in_two_cities_are_two_projects(make_archive: MakeArchive) -> None:
    root = add(make_archive, "2024-after-0102", "2024-01-02", "新荣经开区\n新荣经济技术开发区年产5万吨负极材料项目开工。")
    add(make_archive, "2024-after-0103", "2024-01-03", "交城经开区\n交城经济开发区年产5万吨负极材料项目开工。")
    assert [project.city for project in read_archive(root).ledger.projects] == ["大同市", "吕梁市"]


def test_stems_of_firms() -> None:
    assert {firm_stem(name) for name in ("江苏创曦新材料科技发展有限公司", "江苏创曦新材", "创曦新材")} == {"创曦"}
    assert firm_stem("山西能源集团") == ""


def judged(root: Path, text: str) -> Path:
    (root / "content/projects.yml").write_text(text, "utf-8")
    return root


def test_an_editor_joins_two_and_the_other_id_leads_on(make_archive: MakeArchive) -> None:
    root = add(make_archive, "2024-after-0301", "2024-03-01", BEGUN)
    add(make_archive, "2024-after-0401", "2024-04-01", "新荣经开区\n新荣经济技术开发区瑞光半导体检测装备基地项目主体封顶。")
    build_archive(root)
    first, other = (project_named(read_archive(root), name).id for name in ("检测设备", "检测装备"))
    judged(root, f"projects:\n  same:\n  - {{ids: [{first}, {other}], note: 企业来函说明是同一项目}}\n")
    build_archive(root)
    archive = read_archive(root)
    project = project_named(archive, "瑞光")
    assert (project.id, len(project.mentions), project.promoted) == (first, 2, True)
    assert set(project.aliases) >= {"瑞光检测设备研发制造项目"} or project.name == "瑞光检测设备研发制造项目"
    assert archive.ledger.moved == {other: first}
    assert f'target: "projects/{first}/"' in (root / f"content/projects/{other}.md").read_text("utf-8")
    assert other in (root / "content/projects/2024-after-0401.md").read_text("utf-8")
    (root / "content/projects.yml").unlink()
    assert {project.id for project in read_archive(root).ledger.projects} == {first, other}


def test_an_editor_keeps_two_apart(make_archive: MakeArchive) -> None:
    root = add(
        make_archive,
        "2024-after-0301",
        "2024-03-01",
        "新荣经开区\n瑞光科技有限公司投资3亿元建设的检测设备制造项目在新荣经济技术开发区开工。",
    )
    add(
        make_archive,
        "2024-after-0401",
        "2024-04-01",
        "新荣经开区\n瑞光科技有限公司投资2亿元建设的智能仪器仪表产业基地项目在新荣经济技术开发区签约。",
    )
    one, other = read_archive(root).ledger.projects
    assert [possible.id for possible in one.possible] == [other.id]
    judged(root, f"projects:\n  different:\n  - {{ids: [{one.id}, {other.id}], note: 两次签约}}\n")
    assert [project.possible for project in read_archive(root).ledger.projects] == [(), ()]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("projects:\n  same:\n  - {ids: [a], note: x}\n", "projects.yml:3: ids names 1 different; expected two ids or more"),
        ("projects:\n  same:\n  - {ids: [a, b]}\n", "projects.yml:3: the entry lacks the key 'note'"),
        (
            "projects:\n  same:\n  - {ids: [a, b], note: x}\n  - {ids: [c, a], note: x}\n",
            "projects.yml:4: a stands in two entries of same (first on line 3)",
        ),
        (
            "projects:\n  same:\n  - {ids: [a, b], note: x}\n  different:\n  - {ids: [b, a], note: x}\n",
            "projects.yml:5: line 3 says that two of these are the same",
        ),
        ("people: []\n", "projects.yml:1: the file of names has the unknown key 'people'"),
        ("projects:\n  same:\n  - {ids: [a, b], note: x}\n", "projects.yml:3: the id a belongs to no project"),
    ],
)
def test_a_file_of_names_that_is_wrong(text: str, message: str, make_archive: MakeArchive) -> None:
    root = judged(add(make_archive, "2024-after-0301", "2024-03-01", BEGUN), text)
    with pytest.raises(LayoutError) as error:
        read_archive(root)
    assert message in str(error.value)


def test_no_file_of_names_judges_nothing(tmp_path: Path) -> None:
    assert read_alias_file(tmp_path).projects.kept() == {}


# ---- deadlines -------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("others", "state"),
    [
        ([], PENDING),
        ([("2024-after-0701", "2024-07-01", "新荣经开区\n全区召开工作会议。")], SILENT),
        ([("2024-after-0501", "2024-05-01", LATER)], REPORTED),
    ],
)
def test_what_became_of_a_deadline(others: list[tuple[str, str, str]], state: str, make_archive: MakeArchive) -> None:
    root = add(make_archive, "2024-after-0301", "2024-03-01", BEGUN)
    for issue in others:
        add(make_archive, *issue)
    archive = read_archive(root)
    times = {article.id: issue.sort_key for issue in archive.issues for article in issue.articles}
    (one,) = followed(project_named(archive, "瑞光"), passed_days(archive.ledger.projects, archive.newest_day), times.__getitem__)
    assert (one.deadline.due, one.deadline.what, one.state) == ("2024-06", "投产", state)


def test_last_days() -> None:
    assert [last_day(due) for due in ("2024-02", "2024-02-10", "2024", "2024-01/2024-03", "--06-01")] == [
        "2024-02-29", "2024-02-10", "2024-12-31", "2024-03-31", None,
    ]  # fmt: skip


def test_stages_stand_in_order_of_time(archive: Archive) -> None:
    times = {article.id: issue.sort_key for issue in archive.issues for article in issue.articles}
    project = project_named(archive, "锂电产业园")
    assert [(stage.batch, stage.date) for _, stage in stages_of(project, times.__getitem__)] == [("签约", "2023"), ("开工", "2024-01-01")]


# ---- size ------------------------------------------------------------------------------------------------------------------------


def test_the_ledger_s_work_grows_with_the_archive(archive: Archive) -> None:
    """Eight times the issues, each with the same names in other zones: about eight times the work."""
    registers = {"projects": Register(), "companies": Register()}

    def many(times: int) -> int:
        issues, names = [], {}
        for number in range(times):
            for issue in archive.issues:
                articles = {article.id: f"{article.id}-{number}" for article in issue.articles}
                pages = []
                for record in issue.pages:
                    page = replace(record.page, source=f"{record.page.source}-{number}")
                    own = tuple(replace(article, id=articles[article.id], issue=f"{issue.id}-{number}") for article in record.articles)
                    pages.append(replace(record, page=page, articles=own))
                    read = archive.names[record.page.source]
                    names[page.source] = replace(
                        read,
                        source=page.source,
                        projects=tuple(replace(m, article=articles[m.article], zone=f"{m.zone}{number}") for m in read.projects),
                        companies=tuple(replace(m, article=articles[m.article], name=f"{m.name}{number}") for m in read.companies),
                    )
                issues.append(replace(issue, id=f"{issue.id}-{number}", pages=tuple(pages)))
        return calls(gather, issues, names, registers, Redirects())

    assert many(16) < 10 * many(2)
