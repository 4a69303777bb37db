"""The first page: search, the newest issue, the ways in, the latest figures, what is there and what is missing."""

from build_scripts.figures.tables import event_label
from build_scripts.pages.document import Document, Meta
from build_scripts.pages.events import events_of
from build_scripts.pages.facts import fact_rows
from build_scripts.pages.lists import SITE, counts, issue_entry
from build_scripts.pages.places import city_entry
from build_scripts.pages.view import View

LATEST = 8
"""Figures that the page shows: about as many lines as the column beside them is long."""

MAIN = ("项目数", "总投资", "预计年产值", "签约率", "开工率", "投产率", "完成投资")
"""Indicators that say something alone, of a province or a city as a whole."""


def home_document(view: View) -> Document:
    """``index.md``."""
    archive = view.archive
    newest = archive.issues[-1] if archive.issues else None
    meta: Meta = {
        "template": "home.html",
        "title": SITE,
        "description": "《科学导报·开发区建设专刊》数字档案：按期、按市阅读和检索山西开发区报道，每处都可回到原版所印的行。",
        "newest": issue_entry(newest, view) if newest else None,
        "issues": [issue_entry(issue, view) for issue in archive.issues[:-9:-1]],
        "cities": [city_entry(city, view) for city in view.cities.values()],
        "counts": {**counts(view), "figures": sum(len(page.figures) for page in archive.figures.values())},
        "latest": latest_facts(view),
        "gaps": find_gaps(view),
        "event": next(({"label": event_label(event), "url": f"events/{event}/"} for event in events_of(view)), None),
    }
    return Document("index.md", meta)


def latest_facts(view: View) -> list[Meta]:
    """The newest main figures of the province and its cities, whole subjects only: one for each subject and indicator."""
    found: dict[tuple[str | None, str | None], Meta] = {}
    for issue in reversed(view.archive.issues):
        figures = [
            figure
            for article in issue.articles
            for figure in view.figures_of(article)
            if figure.core and figure.scope is None and figure.subject_type in ("province", "city") and figure.indicator in MAIN
        ]
        for row in fact_rows(figures, view):
            # A round's total stands before its parts; the parts are a tap away.
            found.setdefault((row["subject"], row["indicator"]), row)
        if len(found) >= LATEST:
            break
    return list(found.values())[:LATEST]


def find_gaps(view: View) -> list[Meta]:
    """For each year the numbers below its highest known one that the archive has not received; it cannot know of later ones.

    ``unnumbered`` counts the year's issues without a number, which may be among them.
    """
    gaps: list[Meta] = []
    for year in sorted({issue.year for issue in view.archive.issues}, reverse=True):
        own = [issue for issue in view.archive.issues if issue.year == year]
        numbers = {issue.number for issue in own if issue.number is not None}
        missing = sorted(set(range(1, max(numbers, default=0))) - numbers)
        if missing:
            unnumbered = sum(issue.number is None for issue in own)
            gaps.append({"year": year, "newest": max(numbers), "missing": _ranges(missing), "unnumbered": unnumbered})
    return gaps


def _ranges(numbers: list[int]) -> str:
    """``1–9、11–13``."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and runs[-1][-1] == number - 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return "、".join(str(run[0]) if len(run) == 1 else f"{run[0]}–{run[-1]}" for run in runs)
