"""The cases of ``cases/figures-*.md``: what each rule takes, and what stands beside it that it must leave."""

import re
from pathlib import Path

import pytest

from build_scripts.casefiles import Case, read_case_file
from build_scripts.chars import squeeze
from build_scripts.figures import read_figures
from build_scripts.figures.labels import ALL_RULES
from build_scripts.figures.naming import NAMING_RULES
from build_scripts.figures.tables import units
from tests.figure_pages import record_of

CASES = Path(__file__).parent / "cases"
SOURCES = Path(__file__).parent.parent / "content/sources"
FULL_WIDTH = str.maketrans(",:;()", "，：；（）")
LABELS = {"数量": "quantity", "日期": "date", "序数": "ordinal", "名称": "name", "未归类": None}
STATUS = {"计划": "planned", "实际": "actual"}


def read_cases(name: str) -> tuple[Case, ...]:
    """The cases of one file. A heading that ends in [known failure] is expected to fail."""
    return read_case_file(CASES / name)[1]


def params(name: str) -> list[object]:
    marks = pytest.mark.xfail(strict=True)
    return [pytest.param(case, id=case.id, marks=marks if case.known_failure else ()) for case in read_cases(name)]


@pytest.mark.parametrize("case", params("figures-labels.md"))
def test_labels(case: Case) -> None:
    numbers = read_figures(record_of(case.text), year=2024).numbers
    assert [[n.run, n.label, n.iso or "", n.rule or ""] for n in numbers] == [
        [run, LABELS[label], iso, rule] for run, label, iso, rule in case.rows
    ]


@pytest.mark.parametrize("case", [*params("figures-indicators.md"), *params("figures-context.md")])
def test_figures(case: Case) -> None:
    figures = read_figures(record_of(case.text), year=2024).figures
    found = [
        [
            f.approx or "", format(f.value, "f"), f.unit, f.indicator, f.subject or "", f.batch or "", f.status, f.event or "",
            "核心" if f.core else "", f.rule,
        ]
        for f in figures
    ]  # fmt: skip
    assert found == [[*row[:6], STATUS[row[6]], *row[7:]] for row in case.rows]


def test_every_rule_of_the_ledger_has_a_case_for_it_and_one_against_it() -> None:
    """For: a row that names it. Against: its case also holds a number that it leaves to another rule."""
    cases = read_cases("figures-labels.md")
    seen = {row[3] for case in cases for row in case.rows}
    families = {"date": {"date-day", "date-month", "date-year", "date-clock"}}
    for rule in ALL_RULES:
        names = families.get(rule, {rule})
        assert names & seen, f"the rule {rule} decides no case"
        assert any({row[3] for row in case.rows} - names for case in cases), rule


def kind_of(unit: str) -> str:
    """The kind of a printed unit: 亿元 is money."""
    plain = unit.partition("/")[0]
    while plain and plain not in units() and plain[0] in "十百千万亿":
        plain = plain[1:]
    return units()[plain].kind if plain in units() else "bare"


def test_every_naming_rule_has_a_case_for_it_and_one_against_it() -> None:
    """For: a row that names it. Against: a number beside it, of a kind that it is asked for, which another rule takes."""
    cases = [*read_cases("figures-indicators.md"), *read_cases("figures-context.md")]
    for rule in NAMING_RULES:
        taken = re.compile(rf"(?:restated\+|han\+)?{rule.name}(?:-[a-z-]+)?(?:\+|$)")
        own = [case for case in cases if any(taken.match(row[9]) for row in case.rows)]
        assert own, f"the rule {rule.name} decides no case"
        kinds = rule.kinds if rule.name != "temperature" else None  # no other rule is asked for degrees
        beside = [row for case in own for row in case.rows if not taken.match(row[9]) and (kinds is None or kind_of(row[2]) in kinds)]
        assert beside, f"the rule {rule.name} leaves nothing to another"


@pytest.mark.parametrize("name", ["figures-labels.md", "figures-indicators.md", "figures-context.md"])
def test_printed_texts_stand_where_they_are_cited(name: str) -> None:
    """A case is marked 拟, or its paragraphs begin on the line that it names."""
    for case in read_cases(name):
        cited = re.search(r"(\S+) (\S+) 第(\d+)行。$", case.reason.rpartition("。")[0].rpartition("。")[2] + "。")
        if cited is None:
            assert case.reason.endswith("拟。"), case.id
            continue
        lines = (SOURCES / cited[1] / f"{cited[2]}.txt").read_text(encoding="utf-8").split("\n")
        printed = squeeze("\n".join(lines[int(cited[3]) - 1 :])).translate(FULL_WIDTH)
        for number, paragraph in enumerate(case.text.split("\n")[1:]):
            at = printed.find(squeeze(paragraph))
            assert at >= 0, (case.id, paragraph)
            assert number or at < len(lines[int(cited[3]) - 1]), case.id


def test_case_ids_stand_once() -> None:
    for name in ("figures-labels.md", "figures-indicators.md", "figures-context.md"):
        ids = [case.id for case in read_cases(name)]
        assert len(ids) == len(set(ids))
