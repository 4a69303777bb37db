"""Places on a page as an editor writes them.

``8`` is line 8; ``8-14`` lines 8 to 14; ``37:11`` line 37 from column 11 to its end; ``8:7-14`` from there to the end of line 14;
``8:0-8:6`` a part of one line. Lines count from 1 and both are included; columns count from 0 in characters and the last is excluded.
"""

import re

from build_scripts.source import Page, Place, Span
from build_scripts.yamlfile import Entry

_PLACE = re.compile(r"(\d{1,7})(?::(\d{1,7}))?(?:-(\d{1,7})(?::(\d{1,7}))?)?")
FORM = "a place such as 8, 8-14, 37:11, 8:7-14 or 8:0-8:6"


def read_place(entry: Entry, page: Page, what: str) -> Span:
    """The span that ``entry`` writes. Raises where it has another form, lies outside the page, ends before it begins or is blank."""
    text = entry.text(what)
    match = _PLACE.fullmatch(text)
    if not match:
        raise entry.error(f"{what} is {text!r}", FORM)
    first, first_column, last, last_column = (int(part) if part else None for part in match.groups())
    assert first is not None  # the pattern's first group is not optional
    start = _offset(entry, page, what, first, first_column or 0)
    end_line = first if last is None else last
    full = page.line_span(end_line).end if 1 <= end_line <= page.line_count else None
    if full is None:
        raise entry.error(f"{what} names line {end_line}", f"a line from 1 to {page.line_count}")
    end = full if last_column is None else _offset(entry, page, what, end_line, last_column)
    if end < start:
        raise entry.error(f"{what} is {text!r} and holds nothing", "a place that begins before it ends")
    if not page.text[start:end].strip():
        raise entry.error(f"{what} is {text!r}, where the page is blank", "printed text")
    return Span(start, end)


def _offset(entry: Entry, page: Page, what: str, line: int, column: int) -> int:
    if not 1 <= line <= page.line_count:
        raise entry.error(f"{what} names line {line}", f"a line from 1 to {page.line_count}")
    span = page.line_span(line)
    if column > span.end - span.start:
        raise entry.error(f"{what} names column {column} of line {line}", f"a column up to {span.end - span.start}")
    return span.start + column


def write_place(page: Page, span: Span) -> str:
    """``span`` in an editor's notation, as short as it goes.

    Blank margins do not count: a span that leaves out only white space of its lines is written as whole lines.
    """
    first, last = page.place(span.start), page.place(span.end - 1)
    last = Place(last.line, last.column + 1)
    head = page.line_text(first.line)[: first.column].strip()
    tail = page.line_text(last.line)[last.column :].strip()
    start = f"{first.line}:{first.column}" if head else f"{first.line}"
    if not tail:
        return start if first.line == last.line else f"{start}-{last.line}"
    return f"{start if head else f'{first.line}:0'}-{last.line}:{last.column}"
