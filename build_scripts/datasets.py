"""Archive → the data files below ``data/``: JSON, and CSV that opens right in a spreadsheet."""

import csv
import io
import json
from collections.abc import Iterable, Sequence
from typing import Any

from build_scripts.entities import entity_rows
from build_scripts.pages.issue import masthead_fields
from build_scripts.pages.view import View
from build_scripts.records import Issue
from build_scripts.rows import Row, article_row, check_row, figure_row, number_row

FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
"""A cell that begins with one of these is run as a formula by spreadsheet programs, the full-width forms included."""


def render_datasets(view: View, figures: Sequence[Row] | None = None) -> dict[str, bytes]:
    """File name → content; ``figures`` are :func:`figure_rows`, where they are at hand.

    Rows are in order of issue, page and place, so that the same archive gives the same bytes.
    """
    archive = view.archive
    figures = figure_rows(view) if figures is None else figures
    articles = [article_row(article, archive, full_text=view.full_text) for article in archive.articles]
    pages = [archive.figures[record.page.source] for issue in archive.issues for record in issue.pages]
    numbers = [number_row(number, full_text=view.full_text) for page in pages for number in page.numbers]
    return {
        "issues.json": render_json([issue_row(issue) for issue in archive.issues]),
        "articles.json": render_json(articles),
        "articles.csv": render_csv(_flat_article(row) for row in articles),
        "figures.json": render_json(figures),
        "figures.csv": render_csv(figures),
        "numbers.json": render_json(numbers),
        "checks.json": render_json([check_row(check, view.articles[check.article].issue) for check in archive.checks]),
        "entities.json": render_json(entity_rows(view)),
    }


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


def render_csv(rows: Iterable[Row]) -> bytes:
    """A table with a header, UTF-8 with a byte order mark (spreadsheet programs need it), CRLF as RFC 4180 says."""
    table = list(rows)
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, fieldnames=list(table[0]) if table else [], lineterminator="\r\n")
    writer.writeheader()
    for row in table:
        writer.writerow({key: defuse(value) for key, value in row.items()})
    return b"\xef\xbb\xbf" + text.getvalue().encode()


def defuse(value: Any) -> Any:
    """A text that a spreadsheet program would run, with an apostrophe before it; anything else as it is.

    >>> defuse("=1+1"), defuse(-5)
    ("'=1+1", -5)
    """
    return f"'{value}" if isinstance(value, str) and value.lstrip(" ").startswith(FORMULA_SIGNS) else value


def _flat_article(row: Row) -> Row:
    """The article's row as cells: lists joined with ``；``."""
    return {
        **{key: row[key] for key in ("id", "url", "issue", "page", "order", "type", "title", "kicker", "subtitle")},
        **{key: row[key] for key in ("package", "parent")},
        "authors": "；".join(author["name"] for author in row["authors"]),
        "author_roles": "；".join(author["role"] for author in row["authors"]),
        **{key: row[key] for key in ("credit", "event_date", "continued_on")},
        "cities": "；".join(row["cities"]),
        "zones": "；".join(row["zones"]),
        "mentioned_cities": "；".join(row["mentions"]["cities"]),
        "mentioned_zones": "；".join(row["mentions"]["zones"]),
        "text": "\n".join(paragraph.get("text", "") for paragraph in row["paragraphs"]),
        "corrections": len(row["corrections"]),
        "source": row["source"],
        "related": "；".join(row["related"]),
    }
