"""Rows of the data files: the records field by field, as plain numbers, texts and lists."""

from decimal import Decimal
from typing import Any

from build_scripts.checks import Check
from build_scripts.figures.records import Figure, Number
from build_scripts.records import Archive, Article, Correction, Lines
from build_scripts.source import Place

Row = dict[str, Any]

QUOTE_LENGTH = 60
QUOTE_SHARE = 3
"""Where full text is not published, an article is quoted with at most so many characters and one part in so many of its text: a short
quotation, not the report. Clauses round figures are left out there, for together they would make up a brief again."""


def plain_number(value: Decimal) -> int | float:
    """A decimal as a JSON number. Its shortest decimal form is the printed one: 99.754, never 99.75400000000001."""
    return int(value) if value == value.to_integral_value() else float(value)


def line_ranges(lines: Lines) -> list[list[int]]:
    """Inclusive line ranges as lists."""
    return [list(pair) for pair in lines]


def correction_anchor(place: Place) -> str:
    """``c165-20``: made of line and column, so that a new correction never moves another one's link."""
    return f"c{place.line}-{place.column}"


def figure_anchor(figure: Figure | Number) -> str:
    """``l48c12``: the same on the article's page and on the raw page."""
    return f"l{figure.line}c{figure.column}"


def article_fields(article: Article, archive: Archive) -> Row:
    """The keys of ``articles.json`` without ``paragraphs``: what an article is, independent of where it is shown."""
    names = archive.names[article.source]
    return {
        "id": article.id,
        "url": article.url,
        "issue": article.issue,
        "page": article.page,
        "order": article.order,
        "type": article.type,
        "title": article.title.text if article.title else None,
        "kicker": article.kicker.text if article.kicker else None,
        "subtitle": article.subtitle.text if article.subtitle else None,
        "package": article.package,
        "parent": article.parent,
        "authors": [{"name": author.name, "role": author.role} for author in article.authors],
        "credit": article.credit,
        "event_date": article.event_date,
        "continued_on": article.continued_on,
        "cities": list(article.cities),
        "zones": list(article.zones),
        "mentions": {
            "cities": list(article.mentions.cities),
            "zones": list(article.mentions.zones),
            "events": list(article.mentions.events),
            "companies": list(dict.fromkeys(mention.name for mention in names.companies if mention.article == article.id)),
            "projects": list(dict.fromkeys(mention.name for mention in names.projects if mention.article == article.id)),
        },
        "section_heads": _section_heads(article),
        "corrections": [correction_row(correction) for correction in article.corrections],
        "source": article.source,
        "related": list(archive.related.get(article.id, ())),
    }


def article_row(article: Article, archive: Archive, *, full_text: bool = True) -> Row:
    """One row of ``articles.json``; without full text its paragraphs have their lines only."""
    row = article_fields(article, archive)
    if not full_text:
        row["section_heads"] = []
    row["paragraphs"] = [
        {**({"text": block.passage.text} if full_text else {}), "lines": line_ranges(block.lines)} for block in article.paragraphs
    ]
    return row


def _section_heads(article: Article) -> list[Row]:
    heads, count = [], 0
    for block in article.body:
        if block.head:
            heads.append({"text": block.passage.text, "lines": line_ranges(block.lines), "before_paragraph": count})
        else:
            count += 1
    return heads


def correction_row(correction: Correction) -> Row:
    """A correction with its anchor on the article's page."""
    return {
        "anchor": correction_anchor(correction.place),
        "line": correction.place.line,
        "column": correction.place.column,
        "printed": correction.printed,
        "corrected": correction.corrected,
        "kind": correction.kind,
        "note": correction.note,
        "date": correction.date,
    }


def figure_row(figure: Figure, url: str, *, full_text: bool = True) -> Row:
    """One row of ``figures.json``; ``url`` is its article's address."""
    return {
        "id": figure.id,
        "article": figure.article,
        "url": f"{url}#{figure_anchor(figure)}",
        "issue": figure.issue,
        "source": figure.source,
        "line": figure.line,
        "column": figure.column,
        "run": figure.run,
        "value": plain_number(figure.value),
        "unit": figure.unit,
        "unit_printed": figure.unit_printed,
        "approx": figure.approx,
        "indicator": figure.indicator,
        "subject": figure.subject,
        "subject_type": figure.subject_type,
        "scope": figure.scope,
        "batch": figure.batch,
        "status": figure.status,
        "event": figure.event,
        "period": figure.period,
        "basis": figure.basis,
        "as_of": figure.as_of,
        "basis_printed": figure.basis_printed,
        "said_by": figure.said_by,
        "core": figure.core,
        "in_name": figure.in_name,
        "quote": figure.quote if full_text else f"{figure.run}{figure.unit}",
        "value_base": plain_number(figure.value_base),
        "unit_base": figure.unit_base,
        "rule": figure.rule,
    }


def number_row(number: Number, *, full_text: bool = True) -> Row:
    """One row of ``numbers.json``."""
    return {
        "source": number.source,
        "line": number.line,
        "column": number.column,
        "run": number.run,
        "label": number.label,
        "rule": number.rule,
        "iso": number.iso,
        "figure": number.figure,
        "text": number.text if full_text else number.run,
    }


def check_url(check: Check, issue: str) -> str:
    """Address of a check's row: ``checks/2024-14/#sum.2024-14.unpaged-1.l20c46.parts``. ``issue`` is its article's."""
    return f"checks/{issue}/#{check.id}"


def check_row(check: Check, issue: str) -> Row:
    """One row of ``checks.json``; ``issue`` is its article's."""
    return {
        "id": check.id,
        "article": check.article,
        "url": check_url(check, issue),
        "kind": check.kind,
        "statement": check.statement,
        "parts": list(check.parts),
        "expected": None if check.expected is None else plain_number(check.expected),
        "printed": None if check.printed is None else plain_number(check.printed),
        "state": check.state,
        "missing": list(check.missing),
        "tolerance": plain_number(check.tolerance),
        "note": check.note,
    }
