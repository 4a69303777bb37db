"""What the indicators 指标 mean: ``definitions.csv``, one row for each that has a page of its own."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from build_scripts.lexicon.places import FOLDER
from build_scripts.lexicon.table import SLUG, Table

COLUMNS = ("indicator", "slug", "unit", "definition", "basis")
BASES = ("本刊用法", "统计通行含义")
"""本刊用法: how the paper uses the word, written down from its pages. 统计通行含义: what official statistics mean by it."""

OTHER = "other"
"""The address of the page for nouns of the paper's own: no slug."""


@dataclass(frozen=True, slots=True)
class Definition:
    """One indicator, as a reader is told of it."""

    name: str
    slug: str
    """Its folder on the site; never changes."""
    unit: str
    """The unit that it is mostly printed with; empty where that depends on the thing."""
    text: str
    basis: str


@cache
def load_definitions(path: Path = FOLDER / "definitions.csv") -> dict[str, Definition]:
    """Every indicator by name, in the file's order: the main ones first. Raises :class:`~build_scripts.errors.ArchiveError`."""
    found: dict[str, Definition] = {}
    rows = Table(path, COLUMNS)
    for row in rows:
        rows.need(bool(row["indicator"]), "has no indicator", "its name")
        rows.need(SLUG.fullmatch(row["slug"]) is not None, f"the slug is {row['slug']!r}", "lower-case words joined by hyphens")
        rows.need(row["slug"] != OTHER and not row["slug"].isdigit(), f"the slug is {row['slug']!r}", "one that is no other page's address")
        rows.need(bool(row["definition"]), f"{row['indicator']} has no definition", "what it means")
        rows.need(row["basis"] in BASES, f"the basis is {row['basis']!r}", " ".join(BASES))
        rows.once("indicator", row["indicator"])
        rows.once("slug", row["slug"])
        found[row["indicator"]] = Definition(row["indicator"], row["slug"], row["unit"], row["definition"], row["basis"])
    return found
