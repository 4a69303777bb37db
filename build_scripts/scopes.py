"""What each data package holds: the whole archive, an issue, a city."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from build_scripts.blocks import Block, Blocks, pick
from build_scripts.datatables import DataTable, split_checks
from build_scripts.pages.view import View
from build_scripts.records import Issue

WHOLE = "kfq-archive"
"""Name of the package of everything."""


@dataclass(frozen=True, slots=True)
class Scope:
    """What one package holds: its name (``kfq-2024-14``), its folder below ``data/``, and the blocks of each table.

    A table that is not among ``tables`` has no file in the package.
    """

    name: str
    title: str
    folder: str
    day: str
    """ISO: the newest day that it tells of."""
    tables: Mapping[str, Sequence[Block]]


def whole_scope(view: View, tables: Mapping[str, DataTable]) -> Scope:
    """The package of everything."""
    blocks = {name: table.blocks for name, table in tables.items()}
    return Scope(WHOLE, "《科学导报·开发区建设专刊》题录与数据", "", view.archive.newest_day, blocks)


def issue_scopes(view: View, tables: Mapping[str, DataTable]) -> list[Scope]:
    """One package for each issue: every row that comes from its pages."""
    return [
        Scope(
            f"kfq-{issue.id}",
            f"{issue.newspaper}·{issue.supplement} {issue.label}",
            f"issues/{issue.id}",
            issue.date or issue.not_before,
            {name: table.of_issue.get(issue.id, ()) for name, table in tables.items()},
        )
        for issue in view.archive.issues
    ]


@dataclass(frozen=True, slots=True)
class _Taken:
    """Rows of one block that a city's package takes, by index."""

    half: str
    """The half of a year that they are of."""
    block: Block
    rows: Sequence[int]


_OF_CITY = ("issues", "articles", "figures", "checks", "projects")
"""Digits and pages belong to issues: a city's package has no ledger of numbers."""


def city_scopes(view: View, tables: Mapping[str, DataTable], store: Blocks) -> list[Scope]:
    """One package for each city with articles or figures: the articles that report on it with all their figures and checks, and from other
    articles the figures about it."""
    taken: dict[tuple[str, str], list[_Taken]] = defaultdict(list)
    days: dict[str, str] = defaultdict(str)
    for issue in view.archive.issues:
        for (city, name), rows in _rows_by_city(issue, view).items():
            (block,) = tables[name].of_issue[issue.id]
            taken[city, name].append(_Taken(_half(issue), block, rows))
            days[city] = max(days[city], issue.date or issue.not_before)
    own, between = split_checks(view)
    halves = [(_half(view.issues[issue]), checks) for issue, checks in own] + [("", checks) for checks in between]
    for block, (half, checks) in zip(tables["checks"].blocks, halves, strict=True):
        for city, rows in _grouped((at, view.articles[check.article].cities) for at, check in enumerate(checks)):
            taken[city, "checks"].append(_Taken(half, block, rows))
    runs = groupby(view.archive.ledger.projects, key=lambda project: project.home)
    for block, (home, run) in zip(tables["projects"].blocks, runs, strict=True):
        for city, rows in _grouped((at, [project.city] if project.city else ()) for at, project in enumerate(run)):
            taken[city, "projects"].append(_Taken(_half(view.issues[home]), block, rows))
    return [
        Scope(
            f"kfq-{city.slug}",
            f"开发区专刊档案 {city.name}",
            f"cities/{city.slug}",
            days[city.name],
            {name: _in_halves(name, taken[city.name, name], store) for name in _OF_CITY},
        )
        for city in view.cities.values()
        if city.name in days
    ]


def _rows_by_city(issue: Issue, view: View) -> dict[tuple[str, str], Sequence[int]]:
    """City and table → indexes of the rows that its package takes from one issue."""
    articles = {article.id: (at, article.cities) for at, article in enumerate(issue.articles)}
    found: dict[tuple[str, str], dict[int, None]] = defaultdict(dict)
    for at, cities in articles.values():
        for city in cities:
            found[city, "articles"][at] = None
    figures = (figure for record in issue.pages for figure in view.archive.figures[record.page.source].figures)
    for at, figure in enumerate(figures):
        place, cities = articles[figure.article]
        if figure.subject_type == "city" and figure.subject and figure.subject not in cities:
            cities = (*cities, figure.subject)
        for city in cities:
            found[city, "figures"][at] = None
            found[city, "articles"][place] = None
    for city in {city for city, _ in found}:
        found[city, "issues"] = {0: None}
    return {key: sorted(rows) for key, rows in found.items()}


def _grouped(items: Iterable[tuple[int, Iterable[str]]]) -> Iterable[tuple[str, Sequence[int]]]:
    """Indexes with their cities → each city with its indexes."""
    found: dict[str, list[int]] = defaultdict(list)
    for at, cities in items:
        for city in cities:
            found[city].append(at)
    return found.items()


def _half(issue: Issue) -> str:
    day = issue.date or issue.not_before
    return f"{day[:4]} {'first' if day[5:7] < '07' else 'second'}"


def _in_halves(name: str, taken: Sequence[_Taken], store: Blocks) -> Sequence[Block]:
    """A city's rows in blocks of half a year. Those of a whole year save 1 % of a zip, and an issue has twice as much made again."""
    return [
        pick([(one.block, one.rows) for one in run], store, group=f"{name} {half}")
        for half, run in groupby(taken, key=lambda one: one.half)
    ]


def in_groups(scopes: Iterable[Scope]) -> Iterator[Block]:
    """All blocks that are made of others, those together that are made of the same."""
    blocks = {block.key: block for scope in scopes for blocks in scope.tables.values() for block in blocks if block.group}
    yield from sorted(blocks.values(), key=lambda block: block.group)
