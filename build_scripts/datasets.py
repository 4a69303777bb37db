"""Archive → the data files below ``data/``: JSON, CSV that opens right in a spreadsheet, and packages of both."""

import json
from collections.abc import Iterator, Sequence
from typing import Any

from build_scripts.cache import Cache
from build_scripts.dictionary import TABLES
from build_scripts.entities import entity_rows
from build_scripts.ledger_rows import flat_project, project_rows
from build_scripts.packages import city_scopes, issue_scopes, render_packages
from build_scripts.pages.issue import masthead_fields
from build_scripts.pages.view import View
from build_scripts.records import Issue
from build_scripts.rows import Row, article_row, check_row, figure_row, number_row
from build_scripts.tabular import Rows, joined


def render_datasets(view: View, cache: Cache | None = None) -> Iterator[tuple[str, bytes]]:
    """File names with their contents, one after the other: together they are several times as large as the archive.

    Rows are in order of issue, page and place, so that the same archive gives the same bytes. What ``cache`` keeps is
    not packed again.
    """
    entities = render_json(entity_rows(view))
    tables = read_tables(view)
    scopes = (*issue_scopes(view, tables), *city_scopes(view, tables))
    lines = [tables.pop(0).lines() for _ in TABLES]  # a table's rows are forgotten when its lines are there
    for table in lines:
        yield f"{table.name}.json", table.to_json()
        yield f"{table.name}.csv", table.to_csv()
    yield "entities.json", entities
    yield from render_packages(view, lines, scopes, entities, cache)


def read_tables(view: View) -> list[Rows]:
    """The tables of the data dictionary with their rows, in its order."""
    archive = view.archive
    pages = [archive.figures[record.page.source] for issue in archive.issues for record in issue.pages]
    rows: dict[str, Sequence[Row]] = {
        "issues": [issue_row(issue) for issue in archive.issues],
        "articles": [article_row(article, archive, full_text=view.full_text) for article in archive.articles],
        "figures": figure_rows(view),
        "numbers": [number_row(number, full_text=view.full_text) for page in pages for number in page.numbers],
        "checks": [check_row(check, view.articles[check.article].issue) for check in archive.checks],
        "projects": project_rows(view),
    }
    cells = {"issues": _flat_issue, "articles": _flat_article, "checks": _flat, "projects": flat_project}
    return [
        Rows(table.name, table.columns, rows[table.name], [cells.get(table.name, _same)(row) for row in rows[table.name]])
        for table in TABLES
    ]


def figure_rows(view: View) -> list[Row]:
    """The rows of ``figures.json``, in order of issue, page and place."""
    pages = (view.archive.figures[record.page.source] for issue in view.archive.issues for record in issue.pages)
    return [figure_row(figure, view.articles[figure.article].url, full_text=view.full_text) for page in pages for figure in page.figures]


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


def render_json(value: Any) -> bytes:
    """Readable JSON: one key a line, Han characters as they are."""
    return (json.dumps(value, ensure_ascii=False, indent=1) + "\n").encode()


def _same(row: Row) -> Row:
    return row


def _flat(row: Row) -> Row:
    """The row as cells."""
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
