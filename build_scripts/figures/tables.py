"""The lexicon's tables that figures are read with: units, hedges, indicators, events. Each row names its source.

The tables are data: a new unit or synonym is a new row, not new code.
"""

import csv
import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from functools import cache
from pathlib import Path

from build_scripts.errors import ArchiveError

FOLDER = Path(__file__).parent.parent / "lexicon"

SCALES = {"十": 10, "百": 100, "千": 1000, "万": 10**4, "十万": 10**5, "百万": 10**6, "千万": 10**7, "亿": 10**8,
          "十亿": 10**9, "百亿": 10**10, "千亿": 10**11, "万亿": 10**12}  # fmt: skip
"""Words of scale between a number and its unit: 30余**万**平方米."""


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit as printed and what it stands for: 公里 is 1000 米."""

    printed: str
    base: str
    factor: Decimal
    kind: str
    """``money``, ``area``, ``count``, ``duration`` …: what sort of thing it measures."""


@dataclass(frozen=True, slots=True)
class Hedge:
    """A word that makes a number approximate, and the neighbours that give it another meaning (签约, 最近3年)."""

    printed: str
    place: str
    not_after: re.Pattern[str] | None
    not_before: re.Pattern[str] | None


@dataclass(frozen=True, slots=True)
class Indicator:
    """A wording and the indicator 指标 that it stands for, for numbers of the given kinds of unit."""

    wording: re.Pattern[str]
    name: str
    kinds: frozenset[str]
    planned: bool
    """The wording itself says that the number is a plan (预计年产值, 年度计划投资)."""


@dataclass(frozen=True, slots=True)
class Event:
    """One round of 全省开发区“三个一批”活动 with the province's totals as far as they are known."""

    id: str
    date: str | None
    totals: dict[str, tuple[Decimal | None, Decimal | None]]
    """Batch → number of projects, investment in 亿元."""
    confidence: str
    """high: a source names round and day; medium: the round only, or a part of the province; low: it follows from the rounds around it."""
    source: str


def _rows(name: str, columns: tuple[str, ...]) -> Iterable[tuple[int, dict[str, str]]]:
    path = FOLDER / name
    try:
        with path.open(encoding="utf-8", newline="") as file:
            reader = csv.DictReader(file, strict=True)
            if tuple(reader.fieldnames or ()) != columns:
                raise ArchiveError(path, 1, f"has the columns {reader.fieldnames}", ",".join(columns))
            for row in reader:
                if None in row or any(value is None for value in row.values()):
                    raise ArchiveError(path, reader.line_num, "has too many or too few cells", f"{len(columns)}")
                yield reader.line_num, row
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise ArchiveError(path, 0, f"cannot be read ({error})", "a table as UTF-8 text") from error


def _decimal(name: str, line: int, text: str) -> Decimal:
    try:
        return Decimal(text)
    except InvalidOperation as error:
        raise ArchiveError(FOLDER / name, line, f"{text!r} is no number", "a decimal number") from error


def _pattern(name: str, line: int, text: str, form: str) -> re.Pattern[str] | None:
    if not text:
        return None
    try:
        return re.compile(form.format(text))
    except re.error as error:
        raise ArchiveError(FOLDER / name, line, f"{text!r} is no pattern ({error})", "words separated by |") from error


@cache
def units() -> dict[str, Unit]:
    """Every unit by its printed form."""
    found: dict[str, Unit] = {}
    for line, row in _rows("units.csv", ("unit", "base", "factor", "kind", "source")):
        if row["unit"] in found:
            raise ArchiveError(FOLDER / "units.csv", line, f"the unit {row['unit']!r} stands twice", "it once")
        found[row["unit"]] = Unit(row["unit"], row["base"], _decimal("units.csv", line, row["factor"]), row["kind"])
    return found


@cache
def hedges() -> tuple[Hedge, ...]:
    """Every hedge, in the file's order: longer words stand before the words they contain."""
    name = "hedges.csv"
    return tuple(
        Hedge(
            row["printed"],
            row["place"],
            _pattern(name, line, row["not_after"], "(?:{})$"),
            _pattern(name, line, row["not_before"], "(?:{})"),
        )
        for line, row in _rows(name, ("printed", "place", "not_after", "not_before", "source"))
    )


@cache
def indicators() -> tuple[Indicator, ...]:
    """Every wording, in the file's order: the first that fits the kind of unit and stands last before the number is taken."""
    name = "indicators.csv"
    found = []
    for line, row in _rows(name, ("wording", "indicator", "kinds", "planned", "source")):
        wording = _pattern(name, line, row["wording"], "{}")
        if wording is None:
            raise ArchiveError(FOLDER / name, line, "has no wording", "the words that stand for the indicator")
        found.append(Indicator(wording, row["indicator"], frozenset(row["kinds"].split("|")), row["planned"] == "1"))
    return tuple(found)


@cache
def planned_indicators() -> frozenset[str]:
    """Indicators whose wording itself names a plan: 预计年产值, 年度计划投资."""
    return frozenset(row.name for row in indicators() if row.planned)


@cache
def events() -> dict[str, Event]:
    """Every round that is known, by id (``2024-3``)."""
    name = "events.csv"
    columns = ("id", "name", "date", "signed_projects", "signed_investment", "started_projects", "started_investment",
               "commissioned_projects", "commissioned_investment", "source", "confidence")  # fmt: skip
    found = {}
    for line, row in _rows(name, columns):

        def number(key: str, line: int = line, row: dict[str, str] = row) -> Decimal | None:
            return _decimal(name, line, row[key]) if row[key] else None

        totals = {
            batch: (number(f"{key}_projects"), number(f"{key}_investment"))
            for batch, key in (("签约", "signed"), ("开工", "started"), ("投产", "commissioned"))
        }
        found[row["id"]] = Event(row["id"], row["date"] or None, totals, row["confidence"], row["source"])
    return found


def event_label(event: str) -> str:
    """``2024-3`` → ``2024年第三次“三个一批”``."""
    year, number = event.split("-")
    return f"{year}年第{'零一二三四五六七八九十'[int(number)]}次“三个一批”"
