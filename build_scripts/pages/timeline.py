"""The archive in time, year by year: which months it reaches, which numbers it has, and which it lacks."""

from collections import defaultdict
from collections.abc import Sequence

from build_scripts.pages.document import Meta
from build_scripts.records import Issue

NUMBERS = 60
"""Numbers that are drawn, the highest: five rows. A weekly paper has 52 in a year."""


def year_chart(year: int, issues: Sequence[Issue]) -> Meta:
    """The picture of one year; ``issues`` are all of that year that the archive has.

    A month's key is its number as text, as front matter keeps it. An undated issue counts in the month of the latest day that it
    reports on; one that reports only on days of the year before has no month here.
    """
    months: dict[bool, dict[int, list[Issue]]] = {True: defaultdict(list), False: defaultdict(list)}
    for issue in issues:
        day = issue.date or issue.not_before
        if day.startswith(f"{year}-"):
            months[issue.date is not None][int(day[5:7])].append(issue)
    held = {issue.number: issue for issue in issues if issue.number is not None}
    last = max(held, default=0)
    drawn = range(max(1, last - NUMBERS + 1), last + 1)
    return {
        "id": f"time-{year}",
        "year": year,
        "dated": _months(months[True]),
        "undated": _months(months[False]),
        "numbers": [{"number": number, "url": held[number].url if number in held else None} for number in drawn],
        "held": ranges_label(sorted(held)),
        "missing": ranges_label([number for number in drawn if number not in held]),
        "unnumbered": sum(issue.number is None for issue in issues),
        "as_of": max(issue.date or issue.not_before for issue in issues),
        "earlier": sum(not (issue.date or issue.not_before).startswith(f"{year}-") for issue in issues),
    }


def ranges_label(numbers: Sequence[int]) -> str:
    """``1–9、11–13、15`` for numbers in order.

    >>> ranges_label([1, 2, 3, 7, 8, 10])
    '1–3、7、8、10'
    """
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return "、".join(f"{run[0]}–{run[-1]}" if len(run) > 2 else "、".join(map(str, run)) for run in runs)


def _months(months: dict[int, list[Issue]]) -> Meta:
    return {str(month): {"count": len(own), "url": own[0].url if len(own) == 1 else None} for month, own in sorted(months.items())}
