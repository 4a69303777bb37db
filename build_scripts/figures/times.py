"""When: what a date makes of the figures behind it."""

from build_scripts.dates import DateMention
from build_scripts.figures.state import State


def take_date(state: State, text: str, date: DateMention, year: int | None) -> None:
    """A date gives what follows its time; 2027年工业总产值突破900亿元, in a report of 2024, is a plan: it has not been yet.

    ``year`` is that of the report, where it is known.
    """
    if text.endswith(("比", "较"), 0, date.start):
        return  # 较2021年翻了1番: what is told is of another time
    state.period = _period(state, text, date, year)
    ahead = year is not None and date.iso is not None and date.iso[:4].isdigit() and int(date.iso[:4]) > year
    if ahead and not text.endswith(("截至", "截止", "排到", "排至"), 0, date.start):
        state.planned = True
        state.steps.append(f"计划 {date.iso}")


def _period(state: State, text: str, date: DateMention, year: int | None) -> str | None:
    """2022年以来 begins a span and is not the year 2022: it ends with the day that 截至… named before it; without one it is known only
    where it began in the year that is reported on."""
    if not text.startswith("以来", date.end) or date.iso is None:
        return date.iso
    if state.period and state.period >= date.iso:
        return f"{date.iso}/{state.period}"
    return date.iso if year is not None and date.iso.startswith(str(year)) else None
