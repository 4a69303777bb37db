"""One raw page, read without touching the archive: what ``archive extract`` prints."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from build_scripts.articles import read_articles
from build_scripts.chars import squeeze
from build_scripts.checks import Check, find_checks
from build_scripts.figures import explain, read_figures
from build_scripts.figures.records import PageFigures
from build_scripts.issuefile import PAGE_NAME
from build_scripts.layout.draft import draft_layout
from build_scripts.layout.layoutfile import LAYOUT_KEYS, Layout, read_layout
from build_scripts.masthead import read_masthead
from build_scripts.projects.reader import read_names
from build_scripts.projects.records import PageNames
from build_scripts.records import Archive, PageRecord
from build_scripts.rows import article_row, check_row, figure_row, number_row
from build_scripts.source import Page, read_page
from build_scripts.yamlfile import read_yaml

_ROUND = re.compile(r"(20\d\d)\s*年\s*第[一二三四五六七八九十]\s*[次批季]")
_YEAR = re.compile(r"(20\d\d)年(?!\s*[底末前])")
_DEADLINE = re.compile(
    r"计划|预计|力争|争取|确保|将|拟|规划|目标|有望|届时|到20\d\d年|至20\d\d年|[-—–~～至]20\d\d年|20\d\d年[^，。；]{0,8}(?:投产|投运|投用|建成|完工|竣工|交付|达产|启用)"
)
_GROWN = re.compile(r"增长|增加|增至|提高|提升|上升|扩大|发展|降|截")
_HERE = re.compile(r"(?<![到至])(?<!计划)(?<!预计)(20\d\d)年(?!\s*[底末前])")
_CLAUSES = re.compile(r"[，。；：！？、]")
_BOOK = re.compile(r"《[^》]*》")


@dataclass(frozen=True, slots=True)
class Extract:
    """One page with all that was read of it."""

    record: PageRecord
    figures: PageFigures
    names: PageNames
    checks: tuple[Check, ...]
    year: int | None
    issued: str | None


def extract_page(path: Path, *, layout_path: Path | None = None, issued: date | None = None) -> Extract:
    """Reads ``path``; without a layout the page is segmented automatically.

    ``issued`` is the day the issue appeared, where it is known; otherwise the year is the one that the masthead prints, or that the
    text itself gives (:func:`find_year`). Raises :class:`~build_scripts.errors.ArchiveError`.
    """
    name = "unpaged-1"
    if layout_path:
        keys = read_yaml(layout_path).mapping("the layout", optional=LAYOUT_KEYS)
        if "page" in keys and PAGE_NAME.fullmatch(keys["page"].text("page")):
            name = keys["page"].text("page")
    page = read_page(path, issue="", name=name, source=path.as_posix())
    page = Page(f"x-{page.sha256[:8]}", name, page.source, page.text, page.sha256, page.starts)
    layout = read_layout(layout_path, page) if layout_path else draft_layout(page).layout
    year = issued.year if issued else find_year(page, layout)
    record = read_articles(page, layout, year=year)
    figures = read_figures(record, year=year, not_before=issued.isoformat() if issued else None)
    names = read_names(record, figures, year=year, not_before=issued.isoformat() if issued else None)
    return Extract(record, figures, names, find_checks([(record, figures)]), year, issued.isoformat() if issued else None)


def find_year(page: Page, layout: Layout) -> int | None:
    """The year that days without one belong to: the masthead's, else that of a round (2024年第三次), else the latest that the page tells
    of as having come, else the one it names most.

    A deadline (2025年底, 计划2026年投运) and the title of a document date nothing. ``None`` where the page names no year.
    """
    masthead = read_masthead(page, layout)
    if masthead.year:
        return masthead.year
    text = squeeze(_BOOK.sub("", page.text))
    if rounds := _ROUND.findall(text):
        return _most_named(rounds)
    told = [clause for clause in _CLAUSES.split(text) if not _DEADLINE.search(clause) or _GROWN.search(clause)]
    years = [year for clause in told for year in _YEAR.findall(clause)]
    return max(map(int, years)) if years else _most_named(_HERE.findall(text))


def _most_named(years: Sequence[str]) -> int | None:
    counted = Counter(map(int, years))
    return max(counted, key=lambda year: (counted[year], year), default=None)


def extract_rows(extract: Extract) -> dict[str, Any]:
    """The page in the shapes of the data files."""
    record, figures = extract.record, extract.figures
    source = record.page.source
    nothing_else = Archive((), {}, {source: figures}, extract.checks, names={source: extract.names})
    urls = {article.id: article.url for article in record.articles}
    return {
        "issue": _issue_row(extract),
        "articles": [article_row(article, nothing_else) for article in record.articles],
        "figures": [figure_row(figure, urls[figure.article]) for figure in figures.figures],
        "numbers": [number_row(number) for number in figures.numbers],
        "checks": [check_row(check, record.page.issue) for check in extract.checks],
        "proposals": [
            {
                "article": proposal.article,
                "figure": proposal.figure,
                "line": proposal.place.line,
                "column": proposal.place.column,
                "printed": proposal.printed,
                "corrected": proposal.corrected,
                "kind": proposal.kind,
                "note": proposal.note,
            }
            for proposal in figures.proposals
        ],
    }


def _issue_row(extract: Extract) -> dict[str, Any]:
    """The shape of ``issues.json``; what the page does not print is ``None``."""
    record = extract.record
    masthead = record.masthead
    return {
        "id": record.page.issue,
        "url": f"issues/{record.page.issue}/",
        "title": None,
        "year": extract.year,
        "number": masthead.number,
        "date": extract.issued or masthead.date,
        "not_before": None,
        "newspaper": None,
        "supplement": None,
        "postal_code": masthead.postal_code,
        "email": masthead.email,
        "supervisor": masthead.supervisor,
        "pages": [{"page": record.name, "source": record.page.source, "articles": [article.id for article in record.articles]}],
    }


def explain_page(extract: Extract) -> list[str]:
    """The steps by which the page's figures were read, in reading order."""
    return list(explain(extract.record, year=extract.year, not_before=extract.issued))
