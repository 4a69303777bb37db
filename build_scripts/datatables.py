"""Archive → the tables of the data dictionary: their rows, and these in blocks that are made once.

What a block's rows hang on is in its key, all of it: of articles, figures and numbers the files of their issue, and what is related to an
article; of projects what the ledger knows of them; of checks what they say. Issues are few, and made every time.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, groupby, pairwise
from typing import Any
from zlib import crc32

from build_scripts.blocks import Block
from build_scripts.checks import Check
from build_scripts.dictionary import TABLES, Table
from build_scripts.fingerprint import content_key
from build_scripts.ledger_rows import flat_project, project_row
from build_scripts.pages.issue import masthead_fields
from build_scripts.pages.view import View
from build_scripts.projects.followup import last_day
from build_scripts.projects.records import Project
from build_scripts.records import Issue
from build_scripts.rows import Row, article_row, check_row, figure_row, number_row
from build_scripts.tabular import Lines, encode_json, joined, render_lines


@dataclass(frozen=True, slots=True)
class DataTable:
    """One table: all its blocks in order, and those with the rows that come from an issue, by its id."""

    table: Table
    blocks: tuple[Block, ...]
    of_issue: Mapping[str, Sequence[Block]]

    @property
    def rows(self) -> int:
        """How many rows it has."""
        return sum(block.rows for block in self.blocks)


def data_tables(view: View, keys: Mapping[str, bytes]) -> dict[str, DataTable]:
    """The tables by name, in the dictionary's order.

    ``keys`` are those of :func:`build_scripts.reads.read_ahead`: issue id → the key of all that the issue was read from.
    """
    return {table.name: _data_table(table, view, keys) for table in TABLES}


def _data_table(table: Table, view: View, keys: Mapping[str, bytes]) -> DataTable:
    archive = view.archive
    blocks: list[tuple[str, Block]] = []
    last: list[Block] = []
    behind: Mapping[str, Sequence[Check]] = {}
    match table.name:
        case "projects":
            for home, run in groupby(archive.ledger.projects, key=lambda project: project.home):
                projects = tuple(run)
                blocks.append((home, _block(table, view, projects, _ledger_key(projects, view))))
        case "checks":
            runs, between = split_checks(view)
            blocks = [(home, _checks_block(table, view, checks)) for home, checks in runs]
            last = [_checks_block(table, view, checks) for checks in between]
            behind = _by_issue(chain.from_iterable(between), view)
        case "issues":
            blocks = [(issue.id, _loose(table, _block(table, view, (issue,), b"").make())) for issue in archive.issues]
        case _:
            for issue in archive.issues:
                related = [archive.related.get(article.id, ()) for article in issue.articles] if table.name == "articles" else []
                key = content_key(table.name.encode(), keys[issue.id], bytes([view.full_text]), encode_json(related))
                blocks.append((issue.id, _issue_block(table, view, issue, key)))
    of_issue = defaultdict(list)
    for home, block in blocks:
        of_issue[home].append(block)
    for home, own in behind.items():
        of_issue[home].append(_checks_block(table, view, own))
    return DataTable(table, (*(block for _, block in blocks), *last), of_issue)


def _block(table: Table, view: View, records: Sequence[Any], key: bytes) -> Block:
    row, cells = _ROWS[table.name], CELLS[table.name]
    return Block(key, len(records), lambda: render_lines(table.columns, [row(record, view) for record in records], cells))


def _issue_block(table: Table, view: View, issue: Issue, key: bytes) -> Block:
    """What an issue gives to a table. Its records are looked into only where the block is made: all together they are half an archive."""
    row, cells = _ROWS[table.name], CELLS[table.name]

    def make() -> Lines:
        return render_lines(table.columns, [row(record, view) for record in _records(table.name, issue, view)], cells)

    return Block(key, sum(map(len, _parts(table.name, issue, view))), make)


def _checks_block(table: Table, view: View, checks: Sequence[Check]) -> Block:
    issues = dict.fromkeys(view.articles[check.article].issue for check in checks)
    return _block(table, view, checks, content_key(b"checks", encode_json([*issues]), encode_json(checks)))


def _loose(table: Table, lines: Lines) -> Block:
    """A block that is known by its lines."""
    return Block(content_key(table.name.encode(), *lines.json, *lines.csv), len(lines.json), lambda: lines, kept=False)


ONE_IN = 256
"""Of the checks between articles so many stand in one block, more or less."""


def split_checks(view: View) -> tuple[list[tuple[str, Sequence[Check]]], list[Sequence[Check]]]:
    """The checks of the archive in order: those of each issue's articles by themselves with its id, and behind them, where an issue comes a
    second time, those between articles.

    A part of these ends with a check whose own id says so: one that is put in among them changes its own part.
    """
    runs: list[tuple[str, Sequence[Check]]] = []
    checks, seen, at = view.archive.checks, set[str](), 0
    for home, run in groupby(checks, key=lambda check: view.articles[check.article].issue):
        if home in seen:
            break
        seen.add(home)
        runs.append((home, tuple(run)))
        at += len(runs[-1][1])
    between = checks[at:]
    ends = [end for end, check in enumerate(between, 1) if crc32(check.id.encode()) % ONE_IN == 0 or end == len(between)]
    return runs, [between[start:end] for start, end in pairwise([0, *ends])]


def _by_issue(checks: Iterable[Check], view: View) -> Mapping[str, Sequence[Check]]:
    """Issue id → the checks of its articles."""
    found = defaultdict(list)
    for check in checks:
        found[view.articles[check.article].issue].append(check)
    return found


def _ledger_key(projects: Sequence[Project], view: View) -> bytes:
    """All that the rows of ``projects`` say: besides what the ledger knows, when articles appeared and which deadlines have passed."""
    articles = dict.fromkeys(article for project in projects for article in project.articles)
    told = [(view.articles[article].issue, view.articles[article].page, view.time_of(article)) for article in articles]
    days = {last_day(deadline.due) for project in projects for mention in project.mentions for deadline in mention.deadlines}
    passed = sorted((day, view.passed[day]) for day in days if day is not None)
    return content_key(b"projects", encode_json(projects), encode_json(told), encode_json(passed))


def read_rows(name: str, view: View) -> Iterator[Row]:
    """The rows of one table as JSON has them, one after the other, in order of issue, page and place."""
    archive = view.archive
    whole: Mapping[str, Sequence[Any]] = {"issues": archive.issues, "checks": archive.checks, "projects": archive.ledger.projects}
    parts: Iterable[Iterable[Any]] = [whole[name]] if name in whole else (_records(name, issue, view) for issue in archive.issues)
    return (_ROWS[name](record, view) for records in parts for record in records)


def _records(name: str, issue: Issue, view: View) -> Iterator[Any]:
    """What is read on an issue's pages for one table."""
    return chain.from_iterable(_parts(name, issue, view))


def _parts(name: str, issue: Issue, view: View) -> list[Sequence[Any]]:
    """The same, page by page."""
    if name == "articles":
        return [issue.articles]
    pages = [view.archive.figures[record.page.source] for record in issue.pages]
    return [page.figures if name == "figures" else page.numbers for page in pages]


def issue_row(issue: Issue) -> Row:
    """One row of ``issues.json``."""
    return {
        "id": issue.id,
        "url": issue.url,
        "title": f"{issue.newspaper}·{issue.supplement} {issue.label}",
        "year": issue.year,
        "number": issue.number,
        "date": issue.date,
        "not_before": issue.not_before,
        "newspaper": issue.newspaper,
        "supplement": issue.supplement,
        **masthead_fields(issue),
        "rights": issue.rights,
        "possibly_same": [{"issue": same.issue, "reason": same.reason} for same in issue.possibly_same],
        "pages": [
            {
                "page": page.name,
                "url": page.url,
                "source": page.page.source,
                "sha256": page.page.sha256,
                "articles": [article.id for article in page.articles],
                "packages": [{"id": package.id, "title": package.title, "articles": list(package.articles)} for package in page.packages],
            }
            for page in issue.pages
        ],
    }


def _same(row: Row) -> Row:
    return row


def _flat(row: Row) -> Row:
    return {key: joined(value) for key, value in row.items()}


def _flat_issue(row: Row) -> Row:
    return row | {
        "possibly_same": joined([same["issue"] for same in row["possibly_same"]]),
        "pages": joined([page["page"] for page in row["pages"]]),
    }


def _flat_article(row: Row) -> Row:
    return _flat(row) | {
        "authors": joined([author["name"] for author in row["authors"]]),
        "author_roles": joined([author["role"] for author in row["authors"]]),
        "mentioned_cities": joined(row["mentions"]["cities"]),
        "mentioned_zones": joined(row["mentions"]["zones"]),
        "text": "\n".join(paragraph.get("text", "") for paragraph in row["paragraphs"]),
        "corrections": len(row["corrections"]),
    }


_ROWS: Mapping[str, Callable[[Any, View], Row]] = {
    "issues": lambda issue, view: issue_row(issue),
    "articles": lambda article, view: article_row(article, view.archive, full_text=view.full_text),
    "figures": lambda figure, view: figure_row(figure, view.articles[figure.article].url, full_text=view.full_text),
    "numbers": lambda number, view: number_row(number, full_text=view.full_text),
    "checks": lambda check, view: check_row(check, view.articles[check.article].issue),
    "projects": project_row,
}

CELLS: Mapping[str, Callable[[Row], Row]] = {
    "issues": _flat_issue,
    "articles": _flat_article,
    "figures": _same,
    "numbers": _same,
    "checks": _flat,
    "projects": flat_project,
}
"""Table → what a row of it holds as cells."""
