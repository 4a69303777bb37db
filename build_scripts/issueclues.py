"""What a page tells of the issue it belongs to: year, number, date and the latest day it reports on, each with the place that says so.

What the page prints is evidence; what an editor says beside it must not contradict it; what is only likely is marked 待核.
"""

import calendar
import datetime
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from build_scripts.chars import squeeze
from build_scripts.dates import DateReader
from build_scripts.errors import ArchiveError, SourceError
from build_scripts.extract import find_year
from build_scripts.issuefile import IssueFile
from build_scripts.issuetext import PageEntry
from build_scripts.layout.layoutfile import Layout
from build_scripts.masthead import read_masthead
from build_scripts.records import Article, Evidence, Issue, PageRecord
from build_scripts.source import Page

_NUMBERED = re.compile(r"(\d{4})-(\d{1,3})")
_OF_YEAR = re.compile(r"((?:19|20)\d\d)-")
_LATEST = "请改为所报道的最晚一天，依据写进 evidence，再删去这行"
_PRINTED_NUMBER = re.compile(r"20\d\d\s*年\s*第\s*\d{1,3}\s*期")
_PRINTED_DATE = re.compile(r"20\d\d\s*年\s*\d{1,2}\s*月\s*\d{1,2}\s*日")
_PLAN = re.compile(r"(?:预计|计划|力争|将|拟|确保|目标|争取)[^，。；]*$")
_BEFORE = re.compile(r"底?[之以]?前")
_CLAUSE = 12
"""Characters before a day in which a word of planning belongs to it."""
_QUOTE = 20
"""Characters of a line that are quoted as evidence."""
_MOST_DAYS = 5
"""Later days that a doubt names."""


@dataclass(frozen=True, slots=True)
class Request:
    """What the editor says of a page that is to be filed."""

    issue: str
    page: str
    date: datetime.date | None = None
    not_before: datetime.date | None = None


def find_issue_year(path: Path, page: Page, layout: Layout, request: Request, known: IssueFile | None) -> int:
    """The year of the issue. Raises where the page tells none, and where the id or the date is of another year than the page."""
    if known:
        return known.year
    said = {int(match[1])} if (match := _OF_YEAR.match(request.issue)) else set()
    said |= {request.date.year} if request.date else set()
    year = read_masthead(page, layout).year or next(iter(sorted(said)), None) or find_year(page, layout)
    if year is None:
        raise SourceError(path, 0, "names no year", "--date DAY, or an --issue that begins with its year")
    if said - {year}:
        raise ArchiveError("--issue", 0, f"{request.issue} or the date is of another year than the page ({year})", f"both of {year}")
    return year


def find_entry(record: PageRecord, year: int, request: Request, known: tuple[IssueFile, Issue] | None) -> PageEntry:
    """What the page adds to its issue: without ``newspaper``, ``supplement`` and ``rights``, which no page tells reliably.

    Raises :class:`~build_scripts.errors.ArchiveError` where the editor's words contradict the page or the issue.
    """
    file, issue = known or (None, None)
    values: dict[str, str] = {} if known else {"id": request.issue, "year": str(year)}
    doubts: dict[str, str] = {}
    evidence = list(_masthead_evidence(record))
    if request.date and file and file.date not in (None, request.date.isoformat()):
        raise ArchiveError("--date", 0, f"is {request.date}", f"{file.date}, as {file.root.path} says")
    if request.date and not (file and file.date):
        values["date"] = request.date.isoformat()
    numbered = _NUMBERED.fullmatch(request.issue)
    printed = record.masthead.number
    if numbered and printed not in (None, int(numbered[2])):
        raise ArchiveError("--issue", 0, f"{request.issue}, but the masthead prints the number {printed}", f"--issue {year}-{printed}")
    if not numbered and printed is not None and known is None:
        doubts["id"] = f"报头印有期号，编号宜作{year}-{printed}"
    if numbered and printed is None and (issue is None or issue.number is None):
        values["number"] = numbered[2]
        doubts["number"] = "各版没有印出期号，照编者所给；核定后删去这行，有依据的写进 evidence"
    day, found, doubt = _not_before(record, year, request)
    if file is None or day > file.not_before:
        values["not_before"] = day
        evidence += found
        if doubt:
            doubts["not_before"] = doubt
    return PageEntry(request.page, values, tuple(evidence), None, doubts)


def _masthead_evidence(record: PageRecord) -> Iterator[Evidence]:
    """Number and date where the masthead prints them."""
    masthead, page = record.masthead, record.page
    wanted = ((masthead.number, _PRINTED_NUMBER, ("year", "number")), (masthead.date, _PRINTED_DATE, ("date",)))
    for value, pattern, claims in wanted:
        match = pattern.search(page.text) if value is not None else None
        for claim in claims if match else ():
            assert match is not None  # claims are empty otherwise
            yield Evidence(claim, page.name, page.place(match.start()).line, squeeze(match.group()), "报头印出。")


def _not_before(record: PageRecord, year: int, request: Request) -> tuple[str, list[Evidence], str]:
    """The latest day that the page reports on, its evidence, and what an editor should look at."""
    if request.not_before:
        return request.not_before.isoformat(), [], ""
    events = sorted(_event_days(record, year), key=lambda item: item[0])
    if not events:
        issued = request.date.isoformat() if request.date else None
        if day := max((one for one in _named_days(record, year, months=True) if issued is None or one <= issued), default=None):
            return day, [], f"各稿首句都没有记日期，这是文中已过的日期里最晚的；{_LATEST}"
        return issued or f"{year:04}-01-01", [], f"文中没有日期，暂以出版日期或当年元旦代替；{_LATEST}"
    day, article = events[-1]
    if request.date and day > request.date.isoformat():
        found = f"is {request.date}, but the page reports on {day}"
        raise ArchiveError("--date", 0, found, "a later day, or --not-before DAY for the latest day it reports on")
    doubt = "按各稿首句所记日期中最晚的一天"
    if later := sorted({other for other in _named_days(record, year, months=False) if other > day}):
        doubt += f"；文中还提到{'、'.join(later[:_MOST_DAYS])}，若是已发生的事，请改"
    return day, [_day_evidence(record.page, article, day)], doubt


def _event_days(record: PageRecord, year: int) -> Iterator[tuple[str, Article]]:
    for article in record.articles:
        if article.event_date and article.event_date.startswith(f"{year:04}"):
            yield article.event_date.rpartition("/")[2], article


def _named_days(record: PageRecord, year: int, *, months: bool) -> Iterator[str]:
    """Every day of that year in the running text, with ``months`` the last one of every month too (7月底), but no deadline and no plan."""
    for article in record.articles:
        reader = DateReader(year)
        for block in article.body:
            text = block.passage.text
            for mention in reader.find(text):
                plan = _PLAN.search(text[max(0, mention.start - _CLAUSE) : mention.start]) or _BEFORE.match(text, mention.end)
                if mention.iso and not plan and mention.iso.startswith(f"{year:04}"):
                    last = mention.iso.rpartition("/")[2]
                    if mention.kind == "day":
                        yield last
                    elif months and mention.kind == "month":
                        yield f"{last}-{calendar.monthrange(int(last[:4]), int(last[5:7]))[1]}"


def _day_evidence(page: Page, article: Article, day: str) -> Evidence:
    """The clause in which the article's first sentence names the day, as its line prints it."""
    passage = article.paragraphs[0].passage
    mention = next(one for one in DateReader(int(day[:4])).find(passage.text) if one.iso == article.event_date)
    offset = passage.origins[mention.start]
    line = page.place(offset).line
    quote = page.text[offset : page.line_span(line).end][:_QUOTE].strip()
    return Evidence("not_before", page.name, line, quote, "本版所报道的最晚一天。")
