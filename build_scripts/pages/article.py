"""The page of one article: its record and figures as front matter, its text as prose."""

from collections.abc import Sequence
from typing import Any

from build_scripts.figures.records import Figure
from build_scripts.pages.checks import own_checks
from build_scripts.pages.document import Document, Meta
from build_scripts.pages.labels import TYPES, author_url, lines_label, page_label, page_link
from build_scripts.pages.namelinks import choose_links, find_names
from build_scripts.pages.prose import render_body
from build_scripts.pages.view import View
from build_scripts.passage import Passage
from build_scripts.records import Article, Issue
from build_scripts.rows import QUOTE_LENGTH, QUOTE_SHARE, article_fields, figure_anchor, figure_row, plain_number

_FIGURE_FIELDS = (
    "id", "line", "column", "run", "value", "unit", "unit_printed", "approx", "indicator", "subject", "scope", "batch", "status",
    "event", "period", "basis", "as_of", "basis_printed", "said_by", "core", "in_name",
)  # fmt: skip
"""What the article's page shows of a figure; the rest is found by its id in the data files."""


def article_document(article: Article, view: View) -> Document:
    """``issues/<issue>/<article>.md``."""
    issue = view.issues[article.issue]
    figures = view.figures_of(article)
    meta: Meta = {"template": "article.html", **article_fields(article, view.archive), "description": describe(article, issue)}
    if not view.full_text:
        meta |= {"section_heads": [], "quote": quotation(article)}
    rows = [figure_row(figure, article.url) for figure in figures]
    meta["figures"] = [{key: row[key] for key in _FIGURE_FIELDS} for row in rows]
    for shown, figure in zip(meta["figures"], figures, strict=True):
        if checks := own_checks(figure, view):
            shown["checks"] = checks
    meta["context"] = _context(article, issue, view)
    meta["context"]["headline"] = _headline(article, figures)
    if not view.full_text:
        meta["context"]["quote"] = _linked_quotation(article, view)
        return Document(f"issues/{article.issue}/{article.id}.md", meta)
    names = {index: find_names(article, index, view) for index, block in enumerate(article.body) if not block.head}
    body = render_body(article, figures, names)
    return Document(f"issues/{article.issue}/{article.id}.md", meta, body)


def _headline(article: Article, figures: Sequence[Figure]) -> Meta:
    """Kicker, title and subtitle in pieces: texts, and figures as ``{text, anchor, value}``, so that each has its place."""
    found: Meta = {}
    for part in ("kicker", "title", "subtitle"):
        passage: Passage | None = getattr(article, part)
        own = sorted((figure for figure in figures if figure.part == part), key=lambda figure: figure.quantity_span)
        if passage is None or not own:
            continue
        pieces: list[Any] = []
        done = 0
        for figure in own:
            start, end = figure.quantity_span
            pieces.append(passage.text[done:start])
            pieces.append({"text": passage.text[start:end], "anchor": figure_anchor(figure), "value": plain_number(figure.value)})
            done = end
        found[part] = [*pieces, passage.text[done:]]
    return found


def quotation(article: Article) -> str:
    """The beginning of the text, short enough to be a quotation."""
    text = article.paragraphs[0].passage.text
    most = min(QUOTE_LENGTH, sum(len(block.passage) for block in article.paragraphs) // QUOTE_SHARE)
    return text if len(text) <= most else text[:most] + "…"


def _linked_quotation(article: Article, view: View) -> list[Any]:
    """The quotation in pieces: texts, and names that lead to a page as ``{text, url}``."""
    text = quotation(article)
    first = next(index for index, block in enumerate(article.body) if not block.head)
    pieces: list[Any] = []
    done = 0
    for link in choose_links(name for name in find_names(article, first, view) if name.end < len(text)):
        pieces += [text[done : link.start], {"text": text[link.start : link.end], "url": link.url}]
        done = link.end
    return [*pieces, text[done:]]


def describe(article: Article, issue: Issue) -> str:
    """One sentence that tells in a list of search results what the page is."""
    headline = " ".join(passage.text for passage in (article.kicker, article.title, article.subtitle) if passage)
    return f"{headline or TYPES[article.type]}：{quotation(article)}（{issue.newspaper}·{issue.supplement}{issue.label}）"


def _context(article: Article, issue: Issue, view: View) -> Meta:
    """What the page links to, with the words to name it: the template looks nothing up."""
    record = next(page for page in issue.pages if page.name == article.page)
    package = next((package for package in record.packages if package.id == article.package), None)
    readable = [other for other in issue.articles if other.type != "caption" or other.id == article.id]
    at = next(at for at, other in enumerate(readable) if other.id == article.id)
    continued = next((page for page in issue.pages if page.name == article.continued_on), None)
    return {
        "label": article.label,
        "type": TYPES[article.type],
        "issue": {
            "label": issue.label,
            "url": issue.url,
            "newspaper": issue.newspaper,
            "supplement": issue.supplement,
            "year": issue.year,
            "number": issue.number,
            "date": issue.date,
        },
        "rights": issue.rights,
        "page": page_link(record),
        "lines": lines_label(tuple(pair for block in article.body for pair in block.lines)),
        "authors": [{"name": author.name, "role": author.role, "url": author_url(author.name)} for author in article.authors],
        "cities": [view.city_link(city) for city in article.cities],
        "zones": [view.zone_link(zone) for zone in article.zones],
        "package": {"title": package.title, "url": f"{issue.url}#package-{package.id}"} if package else None,
        "parent": view.link(view.articles[article.parent]) if article.parent else None,
        "captions": view.links(view.captions.get(article.id, ())),
        "previous": view.link(readable[at - 1]) if at else None,
        "next": view.link(readable[at + 1]) if at + 1 < len(readable) else None,
        "related": [view.link(view.articles[other]) for other in view.archive.related[article.id]],
        "continued": {"label": page_label(article.continued_on), "url": continued.url if continued else None}
        if article.continued_on
        else None,
    }
