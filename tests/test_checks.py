"""核对: sums, rates, shares and agreement, on the pages and on made-up texts."""

from decimal import Decimal
from pathlib import Path

import pytest

from build_scripts.archive import read_archive
from build_scripts.checks import Check, compare, find_checks, half_digit
from build_scripts.figures import read_figures
from tests.figure_pages import record_of

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="module")
def checks() -> tuple[Check, ...]:
    archive = read_archive(ROOT)
    return find_checks(
        [(page, read_figures(page, year=issue.year, not_before=issue.not_before)) for issue in archive.issues for page in issue.pages]
    )


def of(checks: tuple[Check, ...], kind: str, *words: str) -> list[Check]:
    return [check for check in checks if check.kind == kind and all(word in check.statement for word in words)]


@pytest.mark.parametrize(
    "words",
    [
        ("大同市项目数", "16＋14＋17＝47个"),
        ("大同市总投资", "19.31＋55.247＋25.197＝99.754亿元"),
        ("大同市预计年产值", "13.83＋19.67＋16.46＝49.96亿元"),
        ("忻州市项目数", "＝62个"),
        ("忻州市总投资", "50.59＋32.6＋16.59＝99.78亿元"),
        ("吕梁市项目数", "＝43个"),
        ("吕梁市总投资", "＝92.75亿元"),
        ("长治市项目数", "＝60个"),
        ("临汾市项目数", "＝58个"),
        ("临汾市总投资", "87.16＋145.12＋121.43＝353.71亿元"),
        ("晋中市项目数", "47＋62＋56＝165个"),
        ("晋中市总投资", "239.66＋163.29＋145.42＝548.37亿元"),
        ("阳泉高新技术产业开发区项目数", "21＋23＝44个"),
        ("阳泉高新技术产业开发区省级", "5＋4＝9个"),
        ("阳泉高新技术产业开发区市级", "5＋6＝11个"),
        ("古县经济技术开发区", "5＋5＝10个"),
    ],
)
def test_the_sums_of_the_pages_hold(checks: tuple[Check, ...], words: tuple[str, str]) -> None:
    (check,) = of(checks, "sum", *words)
    assert check.state == "holds"
    assert check.expected == check.printed
    assert "相符" in check.statement


def test_no_sum_of_the_pages_fails(checks: tuple[Check, ...]) -> None:
    assert [check.statement for check in checks if check.kind == "sum" and check.state != "holds"] == []


def test_a_rate_by_amount_is_told_from_one_by_count(checks: tuple[Check, ...]) -> None:
    (check,) = of(checks, "rate", "吕梁市开工率")
    assert (check.state, check.note) == ("holds", "按投资额计算")
    (check,) = of(checks, "rate", "吕梁市投产率")
    assert (check.state, check.note) == ("fails", "按投资额计算，末位相差1")
    assert "162.54÷376.91＝43.12%" in check.statement


def test_a_rate_that_is_cut_off_is_truncated(checks: tuple[Check, ...]) -> None:
    (check,) = of(checks, "rate", "阳泉高新技术产业开发区开工率：")
    assert (check.state, check.tolerance) == ("truncated", Decimal("0.05"))
    assert "23÷（65－21）＝52.27%" in check.statement


def test_targets_and_shares(checks: tuple[Check, ...]) -> None:
    assert of(checks, "target", "123.65÷246＝50.26%")[0].state == "holds"
    assert of(checks, "share", "23.83÷（42.77＋6.88）＝48%")[0].state == "holds"
    assert of(checks, "share", "6户占54.5%")[0].state == "holds"


def test_the_same_facts_on_two_pages_agree(checks: tuple[Check, ...]) -> None:
    pairs = of(checks, "cross_page", "忻州市", "2024年第三次")
    assert len(pairs) == 12
    assert {check.state for check in pairs} == {"holds"}


def test_the_province_is_incomplete_and_says_what_is_missing(checks: tuple[Check, ...]) -> None:
    (check,) = of(checks, "province", "签约总投资（2024年第三次“三个一批”）")
    assert check.state == "incomplete"
    assert "朔州市" in check.missing
    assert "大同市" not in check.missing


def test_ids_stand_once(checks: tuple[Check, ...]) -> None:
    assert len({check.id for check in checks}) == len(checks)


TEXT = (
    "阳城：项目总数{total}个\n8月19日，晋城市举行2024年第三次“三个一批”活动，晋城市共有项目{total}个，"
    "“签约一批”项目13个；“开工一批”项目15个{last}。"
)


@pytest.mark.parametrize(
    ("total", "last", "state", "missing"),
    [(38, "；“投产一批”项目10个", "holds", ()), (39, "；“投产一批”项目10个", "fails", ()), (38, "", "incomplete", ("投产",))],
)
def test_a_sum_holds_fails_or_is_incomplete(total: int, last: str, state: str, missing: tuple[str, ...]) -> None:
    record = record_of(TEXT.format(total=total, last=last))
    found = [check for check in find_checks([(record, read_figures(record, year=2024))]) if check.kind == "sum"]
    assert [(check.state, check.missing) for check in found] == [(state, missing)]
    assert {"holds": "相符", "fails": "不符", "incomplete": "缺投产"}[state] in found[0].statement


@pytest.mark.parametrize(
    ("expected", "printed", "state"),
    [("52.2727", "52.3", "holds"), ("52.2727", "52.2", "truncated"), ("43.1243", "43.13", "fails"), ("50.2642", "50.26", "holds")],
)
def test_tolerance_is_half_the_last_digit(expected: str, printed: str, state: str) -> None:
    assert compare(Decimal(expected), Decimal(printed), half_digit(Decimal(printed))) == state


@pytest.mark.parametrize(
    "text",
    [
        # kinds of projects overlap or leave some out: outside a bracket they are parts only where they add up
        "晋中：项目\n此次签约、开工、投产项目共190个。其中，产业类项目76个，基础设施类项目24个，社会民生类项目90个。",
        "晋城：签约\n此次签约、开工、投产项目共43个，其中产业类项目8个、基础设施类项目3个。",
        # a share of the province's whole cannot be had from the zone's own amounts
        "中北高新区：项目\n中北高新区签约项目132个，总投资1084亿元；开工项目101个，计划总投资561亿元；投产项目43个，总投资123亿元（占全省的8%）。",
        "晋中：通报\n全市开发区完成固定资产投资30亿元；完成工业投资20.2亿元；转型项目完成投资18.5亿元，占全市的36%。",
    ],
)
def test_what_is_no_sum_and_no_share_of_the_subject_is_not_checked(text: str) -> None:
    record = record_of(text)
    assert [check.statement for check in find_checks([(record, read_figures(record, year=2024))]) if check.state != "holds"] == []


def test_a_subset_is_named_by_its_own_noun() -> None:
    """Each kind has its own name; 分别 gives the kinds that it lists to the numbers in order."""
    text = "运城：招商\n其中，传统产业项目12个，总投资6.03亿元；现代服务业项目16个。农业、新材料等产业分别签约项目137个、31个。"
    scopes = [(figure.run, figure.scope) for figure in read_figures(record_of(text), year=2024).figures]
    assert scopes == [("12", "传统产业项目"), ("6.03", "传统产业项目"), ("16", "现代服务业项目"), ("137", "农业项目"), ("31", "新材料项目")]


@pytest.mark.parametrize(
    ("strategic", "statements"),
    [("", []), ("其中战新项目6个，总投资75.69亿元，", ["太原市战新投资占比：75.69÷132.92＝56.94%；所刊56.94%，相符"])],
)
def test_a_share_of_strategic_projects_is_of_its_own_batch(strategic: str, statements: list[str]) -> None:
    """Of all amounts of a brief some pair fits by chance: 132.92÷（216.73＋16.67） is 56.95 %."""
    text = (
        "太原：项目总数35个 总投资216.73亿元\n太原市共有项目35个，总投资216.73亿元。"
        "其中，“签约一批”项目5个，总投资31.47亿元，预计年产值57.37亿元；"
        f"“开工一批”项目13个，总投资132.92亿元，{strategic}预计年产值16.67亿元，战略性新兴产业项目投资占比56.94%。"
    )
    record = record_of(text)
    found = find_checks([(record, read_figures(record, year=2024))])
    assert [check.statement for check in found if check.kind == "share"] == statements
