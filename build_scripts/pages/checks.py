"""The pages of 核对: every check in words, with its numbers linked to print; by issue, and counted by year.

An issue's page holds all its checks, so that no page grows with the archive; the overview and the years hold the counts and what is
not 相符. A check belongs to the issue of the article that it is about: of a fact printed twice, the later one.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from functools import partial

from build_scripts.checks import Check
from build_scripts.checks.records import STATES, plain
from build_scripts.figures.records import Figure
from build_scripts.pages.document import Document, Meta
from build_scripts.pages.labels import page_label, quantity_label
from build_scripts.pages.later import later
from build_scripts.pages.view import View
from build_scripts.records import Issue
from build_scripts.rows import check_url, figure_anchor

KINDS = {
    "sum": "合计", "rate": "比率", "share": "占比", "target": "完成进度", "province": "各市与全省",
    "cross_page": "同数异处", "cross_article": "同数异处",
}  # fmt: skip
"""What a reader calls the kinds; the same fact in two places is one kind, wherever the places are."""

ORDER = ("fails", "truncated", "incomplete", "holds")
"""Of the states on a page: what asks for a look comes first."""

MOST = 50
"""Entries of one state that the overview and a year show: 150 are some 100 KB. The others stand on the pages of their issues."""

OWN = 3
"""How many checks an article's table names for one figure: a fact that many pages print would make its page grow with the archive."""


def checks_documents(view: View) -> list[Document]:
    """``checks/index.md``, ``checks/<year>.md`` and ``checks/<issue>.md`` for each issue that has a check."""
    by_issue = view.checks_by_issue
    issues = [issue for issue in reversed(view.archive.issues) if issue.id in by_issue]
    years: dict[int, list[Issue]] = defaultdict(list)
    for issue in issues:
        years[issue.year].append(issue)
    newest = max(years, default=None)
    overview: Meta = {
        "template": "checks.html",
        "title": "核对",
        "description": "原刊自身可以验算之处：分项与合计、比率、占比、完成进度、同数异处、各市与全省，逐条写明算式与出处。",
        "url": "checks/",
        "counts": _counts(view.archive.checks),
        "kinds": _kinds(view.archive.checks),
        "years": [
            {
                "label": f"{year}年",
                "url": f"checks/{year}/",
                "issues": len(own),
                "counts": _counts([check for issue in own for check in by_issue[issue.id]]),
            }
            for year, own in sorted(years.items(), reverse=True)
        ],
        "newest": _open_sections(years[newest], by_issue, view) if newest else [],
        "newest_label": f"{newest}年" if newest else None,
    }
    documents = [Document("checks/index.md", overview)]
    documents += [_year_document(year, own, by_issue, view) for year, own in years.items()]
    for issue in issues:
        own = tuple(by_issue[issue.id])
        documents.append(later(view, f"checks/{issue.id}.md", (issue, own), partial(_issue_document, issue, own, view)))
    return documents


def _year_document(year: int, issues: Sequence[Issue], by_issue: Mapping[str, Sequence[Check]], view: View) -> Document:
    checks = [check for issue in issues for check in by_issue[issue.id]]
    meta: Meta = {
        "template": "checks.html",
        "title": f"{year}年的核对",
        "description": f"{year}年所收各期可以验算之处，共{len(checks)}处，按期列出；不符、截尾、不全的逐条写明。",
        "url": f"checks/{year}/",
        "counts": _counts(checks),
        "kinds": _kinds(checks),
        "issues": [{"label": issue.label, "url": f"checks/{issue.id}/", "counts": _counts(by_issue[issue.id])} for issue in issues],
        "newest": _open_sections(issues, by_issue, view),
        "newest_label": f"{year}年",
    }
    return Document(f"checks/{year}.md", meta)


def _issue_document(issue: Issue, checks: Sequence[Check], view: View) -> Document:
    meta: Meta = {
        "template": "checks_issue.html",
        "title": f"{issue.label}的核对",
        "description": f"{issue.newspaper}·{issue.supplement}{issue.label}可以验算之处，共{len(checks)}处，逐条写明算式与出处。",
        "url": f"checks/{issue.id}/",
        "issue": {"label": issue.label, "url": issue.url},
        "year": {"label": f"{issue.year}年", "url": f"checks/{issue.year}/"},
        "counts": _counts(checks),
        "sections": [
            {"state": state, "label": STATES[state], "count": sum(len(entry["checks"]) for entry in entries), "entries": entries}
            for state in ORDER
            if (entries := _entries([check for check in checks if check.state == state], issue, view))
        ],
    }
    return Document(f"checks/{issue.id}.md", meta)


def _counts(checks: Sequence[Check]) -> list[Meta]:
    """How many there are of each state, those with none among them."""
    counted = Counter(check.state for check in checks)
    return [{"state": state, "label": STATES[state], "count": counted[state]} for state in ORDER]


def _kinds(checks: Sequence[Check]) -> list[Meta]:
    """Counts of each state, kind by kind."""
    kinds = dict.fromkeys(KINDS.values())
    return [{"label": kind, "counts": _counts(own)} for kind in kinds if (own := [check for check in checks if KINDS[check.kind] == kind])]


def _open_sections(issues: Sequence[Issue], by_issue: Mapping[str, Sequence[Check]], view: View) -> list[Meta]:
    """What is not 相符, state by state, the newest issue first: :data:`MOST` of a state, and how many there are in all."""
    found: list[Meta] = []
    for state in ORDER[:-1]:
        entries: list[Meta] = []
        for issue in issues:
            own = [check for check in by_issue[issue.id] if check.state == state] if len(entries) < MOST else []
            entries += [{**entry, "url": f"checks/{issue.id}/", "issue": issue.label} for entry in _entries(own, issue, view)]
        if entries:
            count = sum(check.state == state for issue in issues for check in by_issue[issue.id])
            found.append({"state": state, "label": STATES[state], "count": count, "entries": entries[:MOST]})
    return found


def _entries(checks: Sequence[Check], issue: Issue, view: View) -> list[Meta]:
    """One entry a statement; the pairs of one fact that several places print are one entry."""
    groups: dict[str, list[Check]] = {}
    for check in checks:
        key = check.parts[0] if check.kind in ("cross_page", "cross_article") else check.id
        groups.setdefault(key, []).append(check)
    order = list(dict.fromkeys(KINDS.values()))
    return [_entry(own, issue, view) for own in sorted(groups.values(), key=lambda own: order.index(KINDS[own[0].kind]))]


def _entry(checks: Sequence[Check], issue: Issue, view: View) -> Meta:
    first = checks[0]
    figures = [view.figures_by_id[part] for part in dict.fromkeys(part for check in checks for part in check.parts)]
    names = (tuple(getattr(figure, field) or "" for figure in figures) for field in ("subject", "batch", "scope", "indicator"))
    told_apart = next((values for values in names if len(set(values)) > 1), ("",) * len(figures))
    return {
        "kind": KINDS[first.kind],
        "checks": [{"id": check.id, "statement": check.statement} for check in checks],
        "missing": list(first.missing) if first.state == "incomplete" else [],
        "note": "；".join(note for note in (first.note, _tolerance(first)) if note),
        "parts": [_part(figure, name, issue, view) for figure, name in zip(figures, told_apart, strict=True)],
    }


def _tolerance(check: Check) -> str:
    return f"容差{plain(check.tolerance)}，即所刊末位的一半" if check.tolerance else ""


def _part(figure: Figure, name: str, issue: Issue, view: View) -> Meta:
    """A number that a check uses, and where it is printed; ``name`` is what tells it from the others, empty for the whole."""
    article = view.articles[figure.article]
    home = view.issues[figure.issue]
    return {
        "name": view.cities[name].short if name in view.cities else name or figure.indicator,
        "text": quantity_label(figure),
        "url": f"{article.url}#{figure_anchor(figure)}",
        "place": ("" if home.id == issue.id else home.label) + f"{page_label(article.page)}第{figure.line}行",
    }


def own_checks(figure: Figure, view: View) -> list[Meta]:
    """The first :data:`OWN` checks in which a figure takes part, those that are not 相符 before the others."""
    known = view.checks_of_figures.get(figure.article, {}).get(figure.id, ())
    checks = sorted(known, key=lambda check: ORDER.index(check.state))
    return [
        {"label": f"{KINDS[check.kind]}：{STATES[check.state]}", "url": check_url(check, view.articles[check.article].issue)}
        for check in checks[:OWN]
    ]
