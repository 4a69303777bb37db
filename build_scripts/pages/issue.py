"""The pages of one issue and of one raw page."""

from bisect import bisect_left
from collections.abc import Sequence
from itertools import islice
from typing import Any

from build_scripts.figures.records import Figure, Number
from build_scripts.pages.document import Document, Meta
from build_scripts.pages.facts import fact_rows, group_by_subject
from build_scripts.pages.labels import CLAIMS, page_label, page_link
from build_scripts.pages.view import View
from build_scripts.records import Article, Issue, PageRecord
from build_scripts.rows import figure_anchor
from build_scripts.source import Span


def issue_document(issue: Issue, view: View) -> Document:
    """``issues/<issue>/index.md``: page by page, headlines in order, what is known of the issue and what is not."""
    previous, following = view.neighbours[issue.id]
    meta: Meta = {
        "template": "issue.html",
        "title": f"{issue.newspaper}·{issue.supplement} {issue.label}",
        "description": f"{issue.newspaper}·{issue.supplement}{issue.label}目录，共{len(issue.pages)}版{len(issue.articles)}篇。",
        "id": issue.id,
        "url": issue.url,
        "label": issue.label,
        "year": issue.year,
        "number": issue.number,
        "date": issue.date,
        "stated": list(issue.stated),
        "not_before": issue.not_before,
        "newspaper": issue.newspaper,
        "supplement": issue.supplement,
        **masthead_fields(issue),
        "rights": issue.rights,
        "evidence": [
            {
                "claim": CLAIMS[evidence.claim],
                "page": page_label(evidence.page),
                "line": evidence.line,
                "url": f"{issue.url}{evidence.page}/#l{evidence.line}",
                "quote": evidence.quote,
                "note": evidence.note,
            }
            for evidence in issue.evidence
        ],
        "possibly_same": [
            {"label": view.issues[same.issue].label, "url": view.issues[same.issue].url, "reason": same.reason}
            for same in issue.possibly_same
        ],
        "pages": [_page_contents(record, view) for record in issue.pages],
        "cities": [view.city_link(city) for city in view.cities if any(city in article.cities for article in issue.articles)],
        "corrections": sum(len(page.corrections) + sum(len(article.corrections) for article in page.articles) for page in issue.pages),
        "facts": group_by_subject(fact_rows(_main_figures(issue, view), view)),
        "previous": _neighbour(previous) if previous else None,
        "next": _neighbour(following) if following else None,
    }
    return Document(f"issues/{issue.id}/index.md", meta)


def _main_figures(issue: Issue, view: View) -> list[Figure]:
    """What an issue says of the province and of cities as a whole; projects and zones have their articles for it."""
    return [
        figure
        for article in issue.articles
        for figure in view.figures_of(article)
        if figure.core and figure.scope is None and figure.subject_type in ("province", "city")
    ]


def masthead_fields(issue: Issue) -> Meta:
    """``postal_code``, ``email`` and ``supervisor`` as the mastheads print them; the first page that prints a thing is believed."""
    found: Meta = {}
    for key in ("postal_code", "email", "supervisor"):
        found[key] = next((getattr(page.masthead, key) for page in issue.pages if getattr(page.masthead, key)), None)
    return found


def _neighbour(issue: Issue) -> Meta:
    return {"label": issue.label, "url": issue.url}


def _page_contents(record: PageRecord, view: View) -> Meta:
    """One page's headlines in order: packages hold their members, articles hold their captions."""
    entries: list[Meta] = []
    shown: set[str] = set()
    packages = {package.id: package for package in record.packages}
    for article in record.articles:
        if article.package and article.package not in shown:
            shown.add(article.package)
            package = packages[article.package]
            members = tuple(other for other in record.articles if other.package == package.id)
            entries.append({"package": package.title, "id": package.id, "articles": [_entry(member, view) for member in members]})
        elif not article.package and not article.parent:
            entries.append(_entry(article, view))
    return {**page_link(record), "entries": entries, "count": len(record.articles), "source": record.page.source}


def _entry(article: Article, view: View) -> Meta:
    return {**view.link(article), "captions": view.links(view.captions.get(article.id, ()))}


def page_document(record: PageRecord, issue: Issue, view: View) -> Document:
    """``issues/<issue>/<page>.md``: the raw page, line by line, with the article that each part of a line belongs to.

    ``lines`` holds one list for each printed line: its parts as ``[article number or -1, role, texts and figures …]``, a figure being
    ``[number, anchor]``. In figures-only mode the parts have no text.
    """
    names = [pages.name for pages in issue.pages]
    at = names.index(record.name)
    parts = _parts(record)
    figures = _figures_by_offset(record, view)
    meta: Meta = {
        "template": "page.html",
        "title": f"{issue.label} {page_label(record.name)} 原始版面",
        "description": f"{issue.newspaper}·{issue.supplement}{issue.label}{page_label(record.name)}的原始文本，逐行编号，并标出稿件边界。",
        "id": f"{issue.id}/{record.name}",
        "url": record.url,
        "label": page_label(record.name),
        "source": record.page.source,
        "raw_url": record.page.source.removeprefix("content/") if view.full_text else None,
        "sha256": record.page.sha256,
        "original": next(({"encoding": one.encoding, "sha256": one.sha256} for one in issue.originals if one.page == record.name), None),
        "issue": {"label": issue.label, "url": issue.url, "newspaper": issue.newspaper, "supplement": issue.supplement},
        "rights": issue.rights,
        "articles": [view.link(article) for article in record.articles],
        "line_count": record.page.line_count,
        "lines": _lines(record, parts, figures, full_text=view.full_text),
        "ledger": _ledger(view.archive.figures[record.page.source].numbers),
        "previous": page_link(issue.pages[at - 1]) if at else None,
        "next": page_link(issue.pages[at + 1]) if at + 1 < len(names) else None,
    }
    return Document(f"issues/{issue.id}/{record.name}.md", meta)


def _figures_by_offset(record: PageRecord, view: View) -> dict[int, Figure]:
    """Offset of a printed number → its figure."""
    starts = record.page.starts
    return {starts[figure.line - 1] + figure.column: figure for figure in view.archive.figures[record.page.source].figures}


_ROLES = ("kicker", "title", "subtitle", "credit", "bylines", "continuation")


def _parts(record: PageRecord) -> list[tuple[Span, int, str]]:
    """Every part of the page in printed order, with the index of its article (-1: none) and its role."""
    found: list[tuple[Span, int, str]] = []
    for furniture in record.layout.furniture:
        found += [(span, -1, furniture.role) for span in furniture.spans]
    for package in record.layout.packages:
        found += [(span, -1, "package") for span in package.title]
    for index, article in enumerate(record.layout.articles):
        for role in _ROLES:
            found += [(span, index, role) for span in getattr(article, role)]
        for block in article.body:
            found += [(span, index, "head" if block.head else "text") for span in block.spans]
    return sorted(found)


def _lines(record: PageRecord, parts: list[tuple[Span, int, str]], figures: dict[int, Figure], *, full_text: bool) -> list[list[list[Any]]]:
    """Each line's parts; a part's text is a list of texts and of figures as ``[number, anchor]``. ``parts`` are in printed order."""
    found: list[list[list[Any]]] = []
    text, offsets = record.page.text, sorted(figures)
    first = 0
    for line in record.page.line_spans():
        while first < len(parts) and parts[first][0].end <= line.start:
            first += 1
        row: list[list[Any]] = []
        for span, index, role in islice(parts, first, None):
            if span.start >= line.end:
                break
            start, end = max(span.start, line.start), min(span.end, line.end)
            if text[start:end].strip():
                own = offsets[bisect_left(offsets, start) : bisect_left(offsets, end)] if full_text else []
                row.append([index, role, *(_pieces(text, start, end, own, figures) if full_text else [])])
        found.append(row)
    return found


def _pieces(text: str, start: int, end: int, offsets: Sequence[int], figures: dict[int, Figure]) -> list[Any]:
    """``text[start:end]`` in pieces, with the figures at ``offsets``."""
    pieces: list[Any] = []
    done = start
    for offset in offsets:
        figure = figures[offset]
        pieces += [text[done:offset], [figure.run, figure_anchor(figure)]]
        done = offset + len(figure.run)
    return [piece for piece in (*pieces, text[done:end]) if piece]


LABELS = {"quantity": "指标", "date": "日期", "ordinal": "序号", "name": "名称代码", None: "未归类"}


def _ledger(numbers: Sequence[Number]) -> Meta:
    """数字账: how many digit runs the page prints and what they are; what is no quantity is listed, so that nothing is hidden."""
    return {
        "count": len(numbers),
        "labels": [{"label": name, "count": sum(number.label == label for number in numbers)} for label, name in LABELS.items()],
        "others": [
            {"line": number.line, "run": number.run, "label": LABELS[number.label], "iso": number.iso}
            for number in numbers
            if number.label != "quantity"
        ],
    }
