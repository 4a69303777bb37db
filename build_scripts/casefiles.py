"""Case files (``tests/cases/*.md``): what each rule takes and what it must leave, for the tests to run and the site to show.

A case is a heading, one sentence of reason, the printed text and the expected table; （无）stands where nothing is expected.
"""

import re
from dataclasses import dataclass
from pathlib import Path

from build_scripts.errors import ArchiveError

_CASE = re.compile(r"(.+?)\n\n```\n(.+?)\n```\n\n(.+?)\n*", re.DOTALL)
_FAILS = " [known failure]"
NOTHING = "（无）"


@dataclass(frozen=True, slots=True)
class Case:
    """One heading of a case file. ``rows`` are cells as written; there are none where nothing is expected."""

    id: str
    reason: str
    text: str
    columns: tuple[str, ...]
    rows: list[list[str]]
    known_failure: bool


def read_case_file(path: Path) -> tuple[str, tuple[Case, ...]]:
    """The title of the file and its cases, in order."""
    front, *chunks = re.split(r"^### ", path.read_text(encoding="utf-8"), flags=re.MULTILINE)
    return front.partition("\n")[0].lstrip("# "), tuple(_read_case(path, chunk) for chunk in chunks)


def _read_case(path: Path, chunk: str) -> Case:
    heading, _, rest = chunk.partition("\n")
    match = _CASE.fullmatch(rest)
    if not match:
        raise ArchiveError(path, 0, f"the case {heading} is written otherwise", "a reason, a text and a table")
    reason, text, table = match.groups()
    lines = [] if table == NOTHING else table.split("\n")
    cells = [[cell.strip() for cell in line.strip()[1:-1].split("|")] for line in lines]
    return Case(heading.removesuffix(_FAILS), reason, text, tuple(cells[0]) if cells else (), cells[2:], heading.endswith(_FAILS))
