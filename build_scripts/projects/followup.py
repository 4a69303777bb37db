"""What became of a deadline by the archive's newest day: silence is 未见后续报道, not failure."""

import calendar
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from build_scripts.projects.records import Deadline, Project, ProjectMention, Stage

PENDING, REPORTED, SILENT = "未到期", "有后续报道", "未见后续报道"


@dataclass(frozen=True, slots=True)
class Followed:
    """A deadline, where it is announced, and what is known of it."""

    mention: ProjectMention
    deadline: Deadline
    state: str
    """未到期; 有后续报道: a later issue names the project; 未见后续报道: the day is past and none does."""


def last_day(due: str) -> str | None:
    """The ISO day on which a deadline ends; ``None`` where its year is not known.

    >>> last_day("2024-10"), last_day("2024-07/2024-09"), last_day("2024"), last_day("--10")
    ('2024-10-31', '2024-09-30', '2024-12-31', None)
    """
    parts = due.rpartition("/")[2].split("-")
    if not parts[0]:
        return None
    year = int(parts[0])
    month = int(parts[1]) if len(parts) > 1 else 12
    day = int(parts[2]) if len(parts) > 2 else calendar.monthrange(year, month)[1]
    return f"{year}-{month:02}-{day:02}"


def passed_days(projects: Iterable[Project], newest_day: str) -> dict[str, bool]:
    """The last day of every deadline → whether it is before ``newest_day``."""
    days = (last_day(deadline.due) for project in projects for mention in project.mentions for deadline in mention.deadlines)
    return {day: day < newest_day for day in days if day is not None}


def followed(project: Project, passed: Mapping[str, bool], time_of: Callable[[str], tuple[str, int, str]]) -> Iterator[Followed]:
    """The project's deadlines in order of print.

    ``passed`` says of the last day of each whether the archive knows of later ones, see :func:`passed_days`; ``time_of`` gives an article's
    place in time, see ``Issue.sort_key``.
    """
    seen: set[tuple[str, str, str | None, str]] = set()
    for mention in project.mentions:
        for deadline in mention.deadlines:
            key = (deadline.due, deadline.what, deadline.phase, mention.article)
            if key in seen:
                continue
            seen.add(key)
            end = last_day(deadline.due)
            told = time_of(mention.article)
            later = any(time_of(article) > told for article in project.articles)
            state = REPORTED if later else SILENT if end is not None and passed[end] else PENDING
            yield Followed(mention, deadline, state)


def stages_of(project: Project, time_of: Callable[[str], tuple[str, int, str]]) -> list[tuple[ProjectMention, Stage]]:
    """What is said to have happened, each once an article, in order of time: what has no date stands with its article."""
    found: dict[tuple[str, str | None, str | None, str], tuple[ProjectMention, Stage]] = {}
    for mention in project.mentions:
        for stage in mention.stages:
            found.setdefault((stage.batch, stage.date, stage.phase, mention.article), (mention, stage))
    return sorted(
        found.values(), key=lambda item: ((item[1].date or "").lstrip("-") or time_of(item[0].article)[0], time_of(item[0].article))
    )
