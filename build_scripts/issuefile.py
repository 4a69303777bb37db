"""``issue.yml`` and ``redirects.yml``: what an editor knows about an issue, with the evidence.

What the paper does not print stays unknown. The quotations that a claim rests on are looked up on the page at every build.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from build_scripts.chars import squeeze
from build_scripts.errors import Gathered
from build_scripts.layout.layoutfile import ID, read_id
from build_scripts.records import Evidence, Original, PageRecord, PossiblySame, Redirects
from build_scripts.source import Page
from build_scripts.yamlfile import Entry, read_yaml

PAGE_NAME = re.compile(r"[A-Z]{0,2}[0-9]{1,3}|unpaged-[0-9]{1,2}")
"""``D1``, ``3``, or ``unpaged-1`` where the page prints no name."""

FIRST_YEAR, LAST_YEAR = 1980, 2100
"""Before and after, a year is a slip of the pen."""

_CLAIMS = ("year", "number", "date", "page", "not_before", "supplement")
_REQUIRED = frozenset({"id", "newspaper", "supplement", "year", "not_before", "pages", "evidence", "rights"})
_OPTIONAL = frozenset({"number", "date", "possibly_same", "originals"})
ENCODINGS = ("utf-8-sig", "utf-16-le", "utf-16-be", "gb18030")
"""Encodings, by Python's names, from which a raw page was converted when it was filed; other pages are kept byte for byte."""
_SHA256 = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class IssueFile:
    """The content of an ``issue.yml``."""

    id: str
    newspaper: str
    supplement: str
    year: int
    number: int | None
    """As an editor states it, where no page prints it."""
    date: str | None
    not_before: str
    pages: tuple[str, ...]
    evidence: tuple[tuple[Evidence, Entry], ...]
    possibly_same: tuple[tuple[PossiblySame, Entry], ...]
    originals: tuple[Original, ...]
    rights: str
    root: Entry
    page_entries: Mapping[str, Entry]


def read_issue_file(path: Path) -> IssueFile:
    """The issue described in ``path``, whose folder bears its id. Raises :class:`~build_scripts.errors.LayoutError`."""
    root = read_yaml(path)
    keys = root.mapping("the issue", required=_REQUIRED, optional=_OPTIONAL)
    gathered = Gathered()
    with gathered:
        if read_id(keys["id"], "id") != path.parent.name:
            raise keys["id"].error(f"id is {keys['id'].value!r}", f"{path.parent.name!r}, the name of the folder")
        if path.parent.name.isdigit():
            raise keys["id"].error(f"id is {path.parent.name!r}, the address of a year's list of issues", "an id such as 2024-10")
    texts = gathered.each(lambda key: keys[key].text(key), ("newspaper", "supplement", "rights"))
    page_entries = _pages(keys, gathered)
    year, not_before, printed = _days(keys, gathered)
    number = None
    with gathered:
        number = keys["number"].integer("number") if "number" in keys else None
    evidence = gathered.each(lambda entry: (_evidence(entry, page_entries), entry), _list(keys, "evidence", gathered))
    same = gathered.each(lambda entry: (_possibly_same(entry), entry), _list(keys, "possibly_same", gathered))
    originals = gathered.each(lambda entry: _original(entry, page_entries), _list(keys, "originals", gathered))
    gathered.raise_all()
    newspaper, supplement, rights = texts
    return IssueFile(
        id=path.parent.name,
        newspaper=newspaper,
        supplement=supplement,
        year=year,
        number=number,
        date=printed,
        not_before=not_before,
        pages=tuple(page_entries),
        evidence=evidence,
        possibly_same=same,
        originals=originals,
        rights=rights,
        root=root,
        page_entries=page_entries,
    )


def _list(keys: Mapping[str, Entry], key: str, gathered: Gathered) -> list[Entry]:
    with gathered:
        return keys[key].items(key) if key in keys else []
    return []


def _pages(keys: Mapping[str, Entry], gathered: Gathered) -> dict[str, Entry]:
    found: dict[str, Entry] = {}
    for entry in _list(keys, "pages", gathered):
        with gathered:
            name = entry.text("a page")
            if not PAGE_NAME.fullmatch(name):
                raise entry.error(f"a page is named {name[:40]!r}", "a printed name such as D1, or unpaged-1")
            if name in found:
                raise entry.error(f"the page {name} stands twice", "each page once")
            found[name] = entry
    with gathered:
        if keys["pages"].value == []:
            raise keys["pages"].error("pages is empty", "at least one page")
    return found


def _days(keys: Mapping[str, Entry], gathered: Gathered) -> tuple[int, str, str | None]:
    """Year, ``not_before`` and date; they are tested against each other, so the first that is wrong hides what depends on it."""
    year, not_before, printed = 0, "", None
    with gathered:
        year = keys["year"].integer("year")
        if not FIRST_YEAR <= year <= LAST_YEAR:
            raise keys["year"].error(f"year is {year}", f"a year from {FIRST_YEAR} to {LAST_YEAR}")
        not_before = keys["not_before"].day("not_before")
        if int(not_before[:4]) not in (year - 1, year):
            raise keys["not_before"].error(f"not_before is {not_before} in an issue of {year}", "a day of that year or the one before")
        printed = keys["date"].day("date") if "date" in keys else None
        if printed and (printed < not_before or int(printed[:4]) != year):
            raise keys["date"].error(f"date is {printed}", f"a day of {year} that is not before {not_before}")
    return year, not_before, printed


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


def _original(entry: Entry, pages: Mapping[str, Entry]) -> Original:
    keys = entry.mapping("the original", required=frozenset({"page", "encoding", "sha256"}), optional=frozenset())
    page, encoding, digest = (keys[key].text(key) for key in ("page", "encoding", "sha256"))
    if page not in pages:
        raise keys["page"].error(f"page is {page!r}", f"one of {', '.join(pages)}")
    if encoding not in ENCODINGS:
        raise keys["encoding"].error(f"encoding is {encoding!r}", f"one of {', '.join(ENCODINGS)}")
    if not _SHA256.fullmatch(digest):
        raise keys["sha256"].error(f"sha256 is {digest!r}", "64 hexadecimal digits")
    return Original(page, encoding, digest)


def check_evidence(file: IssueFile, pages: Mapping[str, Page]) -> None:
    """Raises for quotations that do not stand on the line they name; white space does not count, the next line does."""
    gathered = Gathered()
    gathered.each(lambda item: _check_quotation(*item, pages), file.evidence)
    gathered.raise_all()


def _check_quotation(evidence: Evidence, entry: Entry, pages: Mapping[str, Page]) -> None:
    if page := pages.get(evidence.page):
        if not 1 <= evidence.line <= page.line_count:
            raise entry.error(f"line is {evidence.line}", f"a line of {page.source}, from 1 to {page.line_count}")
        following = page.text[page.line_span(evidence.line).start :]
        if not squeeze(following[: 40 * len(evidence.quote) + 200]).startswith(squeeze(evidence.quote)) and squeeze(
            evidence.quote
        ) not in squeeze(page.line_text(evidence.line)):
            raise entry.error(f"the quotation {evidence.quote!r} is not on line {evidence.line} of {page.source}", "what is printed")


def check_number(file: IssueFile, pages: tuple[PageRecord, ...]) -> int | None:
    """The number that the mastheads print, else the one that the editor states, or ``None``.

    Raises where they contradict each other, the id, the year or the date.
    """
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
    if file.number is not None:
        if number not in (None, file.number):
            raise file.root.error(f"number is {file.number}", f"{number}, as its pages print")
        number = file.number
    printed_id = re.fullmatch(r"(\d{4})-(\d{1,3})", file.id)
    if printed_id and (int(printed_id[1]), int(printed_id[2])) != (file.year, number):
        raise file.root.error(
            f"id is {file.id!r}, but its pages print the number {number}", "the number on a masthead, or a key number where none is printed"
        )
    return number


def find_stated(file: IssueFile, number: int | None, pages: tuple[PageRecord, ...]) -> tuple[str, ...]:
    """What is known by the editor's word alone: ``number``, ``date`` or both."""
    mastheads = [page.masthead for page in pages]
    stated = []
    if number is not None and all(masthead.number is None for masthead in mastheads):
        stated.append("number")
    if file.date is not None and all(masthead.date is None for masthead in mastheads):
        stated.append("date")
    return tuple(stated)


def read_redirects(path: Path, issues: frozenset[str], pages: frozenset[str], articles: frozenset[str] | None) -> Redirects:
    """Old ids → those of today, chains followed to their end; nothing where there is no such file.

    ``issues``, ``pages`` (``<issue>/<page>``) and ``articles`` (``<issue>/<article>``; ``None``: not known) are what exists. Raises for
    targets that do not exist, for old ids that exist still, and for circles.
    """
    if not path.exists():
        return Redirects()
    keys = read_yaml(path).mapping("redirects", optional=frozenset({"issues", "pages", "articles"}))
    gathered = Gathered()
    found = Redirects(
        _followed(keys.get("issues"), issues, read_id, "an issue that exists", gathered),
        _followed(keys.get("pages"), pages, _read_page_id, "a page that exists", gathered),
        _followed(keys.get("articles"), articles, _read_article_id, "an article that exists", gathered),
    )
    gathered.raise_all()
    return found


def _read_page_id(entry: Entry, what: str) -> str:
    text = entry.text(what)
    issue, slash, page = text.partition("/")
    if not (slash and ID.fullmatch(issue) and PAGE_NAME.fullmatch(page)):
        raise entry.error(f"{what} is {text[:100]!r}", "an issue and a page, such as 2024-14/D1")
    return text


def _read_article_id(entry: Entry, what: str) -> str:
    text = entry.text(what)
    issue, slash, article = text.partition("/")
    if not (slash and ID.fullmatch(issue) and ID.fullmatch(article)):
        raise entry.error(f"{what} is {text[:100]!r}", "an issue and an article, such as 2024-14/datong-signing")
    return text


def _followed(
    root: Entry | None, existing: frozenset[str] | None, read: Callable[[Entry, str], str], expected: str, gathered: Gathered
) -> dict[str, str]:
    if root is None or root.value is None:
        return {}
    entries: dict[str, Entry] = {}
    with gathered:
        for key, entry in root.pairs():
            with gathered:
                entries[read(Entry(entry.path, root.key_lines[key], key), "the old id")] = entry
    found: dict[str, str] = {}
    for old in entries:
        with gathered:
            found[old] = _end_of_chain(old, entries, existing, read, expected)
    return found


def _end_of_chain(
    old: str, entries: Mapping[str, Entry], existing: frozenset[str] | None, read: Callable[[Entry, str], str], expected: str
) -> str:
    entry = entries[old]
    if existing is not None and old in existing:
        raise entry.error(f"{old!r} is redirected, but exists", "one or the other")
    target, seen = read(entry, "the new id"), {old}
    while target in entries:
        if target in seen:
            raise entry.error(f"the redirect of {old!r} comes back to itself", expected)
        seen.add(target)
        target = read(entries[target], "the new id")
    if existing is not None and target not in existing:
        raise entry.error(f"{old!r} is redirected to {target!r}", expected)
    return target
