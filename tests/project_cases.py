"""Reads ``tests/cases/projects.md``, ``projects-unseen.md`` and ``projects-more.md``: what readers found."""

import re
from dataclasses import dataclass, field
from pathlib import Path

CASES = Path(__file__).parent / "cases"
FAILS = " [known failure]"


@dataclass
class Row:
    """One project of a table."""

    names: tuple[str, ...]
    lines: tuple[int, ...] = ()
    companies: tuple[str, ...] = ()
    zone: str = ""
    city: str = ""
    investment: str = ""
    stages: tuple[str, ...] = ()
    deadlines: tuple[str, ...] = ()
    doubtful: bool = False


@dataclass
class Case:
    """One article, or one sentence with its text."""

    id: str
    rows: list[Row] = field(default_factory=list)
    text: str = ""
    companies: tuple[str, ...] = ()
    known_failure: bool = False


def _cells(line: str) -> list[str]:
    return [cell.strip() for cell in line.strip().strip("|").split("|")]


def _many(cell: str) -> tuple[str, ...]:
    return tuple(part.strip().strip("（）") if part.strip().startswith("（") else part.strip() for part in cell.split("；") if part.strip())


def read_cases(name: str) -> tuple[dict[str, Case], dict[str, list[list[str]]]]:
    """The cases by id, and the plain tables (不是项目, 企业, 不是企业) by heading."""
    cases: dict[str, Case] = {}
    tables: dict[str, list[list[str]]] = {}
    head = ""
    columns: list[str] = []
    for line in (CASES / name).read_text("utf-8").splitlines():
        if line.startswith("## "):
            head = line[3:]
        elif line.startswith("| ---"):
            continue
        elif line.startswith("| 行 |") or line.startswith("| 项目 |"):
            columns = _cells(line)
            cases.setdefault(head, Case(head))
        elif line.startswith("| 页 |"):
            columns = _cells(line)
            tables[head] = []
        elif line.startswith("|") and head in tables:
            tables[head].append(_cells(line))
        elif line.startswith("|"):
            cell = dict(zip(columns, _cells(line), strict=False))
            lines = cell.get("行", "")
            cases[head].rows.append(
                Row(
                    _many(cell["项目"]),
                    tuple(int(n) for n in lines.strip("?").split()),
                    _many(cell["企业"]),
                    cell["开发区"],
                    cell.get("市", ""),
                    cell["投资"],
                    _many(cell["阶段"]),
                    _many(cell["期限"]),
                    lines.startswith("?"),
                )
            )
        elif line.startswith("项目："):
            names = line.removeprefix("项目：")
            case = cases.setdefault(head.removesuffix(FAILS), Case(head.removesuffix(FAILS), known_failure=head.endswith(FAILS)))
            case.rows = [] if names == "（无）" else [Row((name,)) for name in names.split("；")]
        elif line.startswith("企业："):
            names = line.removeprefix("企业：")
            cases.setdefault(head, Case(head)).companies = () if names == "（无）" else _many(names)
    for match in re.finditer(r"^## (\S+)(?: \[known failure\])?\n\n```\n(.*?)\n```", (CASES / name).read_text("utf-8"), re.M | re.S):
        cases.setdefault(match[1], Case(match[1])).text = match[2]
    return cases, tables
