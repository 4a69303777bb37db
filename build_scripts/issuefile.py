"""``issue.yml`` and ``redirects.yml``: what an editor knows about an issue, with the evidence.

What the paper does not print stays unknown. The quotations that a claim rests on are looked up on the page at every build.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from build_scripts.chars import squeeze
from build_scripts.layout.layoutfile import ID, read_id
from build_scripts.records import Evidence, PageRecord, PossiblySame, Redirects
from build_scripts.source import Page
from build_scripts.yamlfile import Entry, read_yaml

PAGE_NAME = re.compile(r"[A-Z]{0,2}[0-9]{1,3}|unpaged-[0-9]{1,2}")
"""``D1``, ``3``, or ``unpaged-1`` where the page prints no name."""

FIRST_YEAR, LAST_YEAR = 1980, 2100
"""Before and after, a year is a slip of the pen."""

_CLAIMS = ("year", "number", "date", "page", "not_before", "supplement")
_REQUIRED = frozenset({"id", "newspaper", "supplement", "year", "not_before", "pages", "evidence", "rights"})
_OPTIONAL = frozenset({"date", "possibly_same"})


@dataclass(frozen=True, slots=True)
class IssueFile:
    """The content of an ``issue.yml``."""

    id: str
    newspaper: str
    supplement: str
    year: int
    date: str | None
    not_before: str
    pages: tuple[str, ...]
    evidence: tuple[tuple[Evidence, Entry], ...]
    possibly_same: tuple[tuple[PossiblySame, Entry], ...]
    rights: str
    root: Entry
    page_entries: Mapping[str, Entry]


def read_issue_file(path: Path) -> IssueFile:
    """The issue described in ``path``, whose folder bears its id. Raises :class:`~build_scripts.errors.LayoutError`."""
    root = read_yaml(path)
    keys = root.mapping("the issue", required=_REQUIRED, optional=_OPTIONAL)
    issue_id = read_id(keys["id"], "id")
    if issue_id != path.parent.name:
        raise keys["id"].error(f"id is {issue_id!r}", f"{path.parent.name!r}, the name of the folder")
    page_entries: dict[str, Entry] = {}
    for entry in keys["pages"].items("pages"):
        name = entry.text("a page")
        if not PAGE_NAME.fullmatch(name):
            raise entry.error(f"a page is named {name[:40]!r}", "a printed name such as D1, or unpaged-1")
        if name in page_entries:
            raise entry.error(f"the page {name} stands twice", "each page once")
        page_entries[name] = entry
    if not page_entries:
        raise keys["pages"].error("pages is empty", "at least one page")
    year = keys["year"].integer("year")
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise keys["year"].error(f"year is {year}", f"a year from {FIRST_YEAR} to {LAST_YEAR}")
    not_before = _day(keys["not_before"], "not_before")
    if int(not_before[:4]) not in (year - 1, year):
        raise keys["not_before"].error(f"not_before is {not_before} in an issue of {year}", "a day of that year or the one before")
    printed = _day(keys["date"], "date") if "date" in keys else None
    if printed and (printed < not_before or int(printed[:4]) != year):
        raise keys["date"].error(f"date is {printed}", f"a day of {year} that is not before {not_before}")
    evidence = [(_evidence(entry, page_entries), entry) for entry in keys["evidence"].items("evidence")]
    same = keys["possibly_same"].items("possibly_same") if "possibly_same" in keys else []
    return IssueFile(
        id=issue_id,
        newspaper=keys["newspaper"].text("newspaper"),
        supplement=keys["supplement"].text("supplement"),
        year=year,
        date=printed,
        not_before=not_before,
        pages=tuple(page_entries),
        evidence=tuple(evidence),
        possibly_same=tuple((_possibly_same(entry), entry) for entry in same),
        rights=keys["rights"].text("rights"),
        root=root,
        page_entries=page_entries,
    )


def _day(entry: Entry, what: str) -> str:
    text = entry.text(what)
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        raise entry.error(f"{what} is {text!r}", "a day such as 2024-08-19") from None


def _evidence(entry: Entry, pages: Mapping[str, Entry]) -> Evidence:
    keys = entry.mapping("the evidence", required=frozenset({"claim", "page", "line", "quote", "note"}), optional=frozenset())
    claim, page = keys["claim"].text("claim"), keys["page"].text("page")
    if claim not in _CLAIMS:
        raise keys["claim"].error(f"claim is {claim!r}", f"one of {', '.join(_CLAIMS)}")
    if page not in pages:
        raise keys["page"].error(f"page is {page!r}", f"one of {', '.join(pages)}")
    return Evidence(claim, page, keys["line"].integer("line"), keys["quote"].text("quote"), keys["note"].text("note"))


def _possibly_same(entry: Entry) -> PossiblySame:
    keys = entry.mapping("possibly_same", required=frozenset({"issue", "reason"}), optional=frozenset())
    return PossiblySame(read_id(keys["issue"], "issue"), keys["reason"].text("reason"))


def check_evidence(file: IssueFile, pages: Mapping[str, Page]) -> None:
    """Raises for a quotation that does not stand on the line it names; white space does not count, the next line does."""
    for evidence, entry in file.evidence:
        page = pages[evidence.page]
        if not 1 <= evidence.line <= page.line_count:
            raise entry.error(f"line is {evidence.line}", f"a line of {page.source}, from 1 to {page.line_count}")
        following = page.text[page.line_span(evidence.line).start :]
        if not squeeze(following[: 40 * len(evidence.quote) + 200]).startswith(squeeze(evidence.quote)) and squeeze(
            evidence.quote
        ) not in squeeze(page.line_text(evidence.line)):
            raise entry.error(f"the quotation {evidence.quote!r} is not on line {evidence.line} of {page.source}", "what is printed")


def check_number(file: IssueFile, pages: tuple[PageRecord, ...]) -> int | None:
    """The number that the mastheads print, or ``None``. Raises where they contradict each other, the id, the year or the date."""
    number: int | None = None
    for record in pages:
        masthead = record.masthead
        if file.date and masthead.date not in (None, file.date):
            raise file.root.error(f"date is {file.date}", f"{masthead.date}, as the masthead of {record.page.source} prints")
        if masthead.year not in (None, file.year):
            raise file.root.error(f"year is {file.year}", f"{masthead.year}, as the masthead of {record.page.source} prints")
        if masthead.number is None:
            continue
        if number not in (None, masthead.number):
            raise file.root.error(f"its pages print the numbers {number} and {masthead.number}", "pages of one issue")
        number = masthead.number
    printed_id = re.fullmatch(r"(\d{4})-(\d{1,3})", file.id)
    if printed_id and (int(printed_id[1]), int(printed_id[2])) != (file.year, number):
        raise file.root.error(f"id is {file.id!r}, but its pages print the number {number}", "the number on a masthead")
    return number


def read_redirects(path: Path, issues: frozenset[str], pages: frozenset[str]) -> Redirects:
    """Old ids → those of today, chains followed to their end; nothing where there is no such file.

    ``issues`` and ``pages`` (``<issue>/<page>``) are what exists. Raises for a target that does not exist, for an old id that exists
    still, and for a circle.
    """
    if not path.exists():
        return Redirects({}, {})
    keys = read_yaml(path).mapping("redirects", optional=frozenset({"issues", "pages"}))
    return Redirects(
        _followed(keys.get("issues"), issues, read_id, "an issue that exists"),
        _followed(keys.get("pages"), pages, _read_page_id, "a page that exists"),
    )


def _read_page_id(entry: Entry, what: str) -> str:
    text = entry.text(what)
    issue, slash, page = text.partition("/")
    if not (slash and ID.fullmatch(issue) and PAGE_NAME.fullmatch(page)):
        raise entry.error(f"{what} is {text[:100]!r}", "an issue and a page, such as 2024-14/D1")
    return text


def _followed(root: Entry | None, existing: frozenset[str], read: Callable[[Entry, str], str], expected: str) -> dict[str, str]:
    if root is None or root.value is None:
        return {}
    entries = {read(Entry(entry.path, root.key_lines[key], key), "the old id"): entry for key, entry in root.pairs()}
    found: dict[str, str] = {}
    for old, entry in entries.items():
        if old in existing:
            raise entry.error(f"{old!r} is redirected, but exists", "one or the other")
        target, seen = read(entry, "the new id"), {old}
        while target in entries:
            if target in seen:
                raise entry.error(f"the redirect of {old!r} comes back to itself", expected)
            seen.add(target)
            target = read(entries[target], "the new id")
        if target not in existing:
            raise entry.error(f"{old!r} is redirected to {target!r}", expected)
        found[old] = target
    return found
