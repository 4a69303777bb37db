"""The data dictionary: every field of every data file, from ``dictionary.csv``.

The page 数据, ``datapackage.json`` and the README of each download say what a field means in the words of that one file, and a test holds
it against the rows themselves.
"""

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from build_scripts.errors import ArchiveError

TYPES = ("string", "integer", "number", "boolean", "date", "list", "object")
PLACES = ("both", "json", "csv")


@dataclass(frozen=True, slots=True)
class Field:
    """One field. A name with dots (``pages.sha256``) lies inside another field, and only in JSON."""

    name: str
    place: str
    """``both``, or only ``json`` or ``csv``: a table of cells cannot hold what JSON nests."""
    type: str
    """Of the value in JSON. A list is one cell in CSV, its items joined with ``；``."""
    values: tuple[tuple[str, str], ...]
    """What the value can be, each with its meaning; empty where it can be anything."""
    zh: str
    en: str


@dataclass(frozen=True, slots=True)
class Table:
    """One table. ``key`` names its rows; ``foreign`` says which column names rows of which other table."""

    name: str
    title: str
    english: str
    about: str
    key: tuple[str, ...] = ("id",)
    foreign: tuple[tuple[str, str], ...] = ()

    @property
    def fields(self) -> tuple[Field, ...]:
        """All its fields, in order."""
        return _read_fields()[self.name]

    @property
    def columns(self) -> tuple[str, ...]:
        """Names of the CSV file's columns."""
        return tuple(field.name for field in self.fields if field.place != "json")


TABLES = (
    Table("issues", "期", "issues", "所收各期与各版。"),
    Table("articles", "稿件", "articles", "所收稿件，题录与全文。行号从 1 起，空行也算。", foreign=(("issue", "issues"),)),
    Table(
        "figures",
        "数",
        "figures",
        "一行是原刊的一个量：所有用阿拉伯数字写的，和用汉字写而确是数据的（六项重点任务、两条生产线）。"
        "event、period 都为空的，是原刊没有写明，不要当作同一时段相加。",
        foreign=(("article", "articles"), ("issue", "issues")),
    ),
    Table(
        "numbers",
        "数字账",
        "every number",
        "各版的每一处阿拉伯数字，标题、报头也不例外，一处一行。",
        key=("source", "line", "column"),
    ),
    Table(
        "checks",
        "核对",
        "checks",
        "原刊自身可以验算的地方：分项与合计、比率、占比、完成进度，同一数印在两处，各市与全省。",
        foreign=(("article", "articles"),),
    ),
    Table("projects", "项目", "projects", "项目台账：正文写出名称的每个项目，先见报的在前。名称由程序按构词的规矩读出，没有名单。"),
)
"""Those that are published as JSON and as CSV."""

PARTS = (
    Table("entities.cities", "市", "cities", "十一个设区市，没有稿件的也在内。"),
    Table("entities.zones", "开发区", "development zones", "文中说到的开发区；名录没有收的排在最后。"),
    Table("entities.companies", "企业", "firms", "正文写出名称的企业，先见报的在前。"),
    Table("entities.events", "活动", "rounds of 三个一批", "文中说到的各次“三个一批”活动。"),
)
"""Those that are lists inside ``entities.json``."""


@cache
def _read_fields() -> dict[str, tuple[Field, ...]]:
    path = Path(__file__).with_suffix(".csv")
    found: dict[str, list[Field]] = {}
    with path.open(encoding="utf-8", newline="") as file:
        for number, row in enumerate(csv.DictReader(file), 2):
            if row["type"] not in TYPES or row["in"] not in PLACES or not (row["zh"] and row["en"]):
                raise ArchiveError(path, number, f"describes {row['field']} as {row}", "a type, a place and both descriptions")
            pairs = (value.partition("=") for value in row["values"].split("|") if value)
            values = tuple((value, meaning) for value, _, meaning in pairs)
            found.setdefault(row["table"], []).append(Field(row["field"], row["in"], row["type"], values, row["zh"], row["en"]))
    return {table: tuple(fields) for table, fields in found.items()}
