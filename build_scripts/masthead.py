"""The masthead 报头 of a page: number, date, postal code, mailbox and supervising body, where they are printed."""

import datetime
import re

from build_scripts.layout.layoutfile import Layout
from build_scripts.passage import join_passage
from build_scripts.records import Masthead
from build_scripts.source import Page

_NUMBER = re.compile(r"(20\d\d)年第(\d{1,3})期")
_DATE = re.compile(r"(20\d\d)年(\d{1,2})月(\d{1,2})日")
_POSTAL = re.compile(r"邮发代号[：:]?(\d{1,3}-\d{1,4})")
_EMAIL = re.compile(r"[A-Za-z0-9._+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+")
_SUPERVISOR = re.compile(r"([\u4e00-\u9fff]{2,20}?)\s*指导")


def read_masthead(page: Page, layout: Layout) -> Masthead:
    """What the page's furniture prints; nothing is taken from anywhere else."""
    spans = [span for furniture in layout.furniture if furniture.role == "masthead" for span in furniture.spans]
    text = "\n".join(join_passage(page, [span], gaps=True).text for span in spans)
    number, date, postal, email, supervisor = (pattern.search(text) for pattern in (_NUMBER, _DATE, _POSTAL, _EMAIL, _SUPERVISOR))
    return Masthead(
        year=int(number[1]) if number else int(date[1]) if date else None,
        number=int(number[2]) if number else None,
        date=_day(*(int(part) for part in date.groups())) if date else None,
        postal_code=postal[1] if postal else None,
        email=email.group() if email else None,
        supervisor=supervisor[1] if supervisor else None,
    )


def _day(year: int, month: int, day: int) -> str | None:
    """``None`` for a day that the calendar does not have: a misprint tells nothing."""
    try:
        return datetime.date(year, month, day).isoformat()
    except ValueError:
        return None
