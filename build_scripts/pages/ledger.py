"""What the pages of 项目台账 and 企业 share: one entry as data for the templates, and the lists by year and issue.

The list of an issue holds the entries of all projects (or firms) that were first registered in it, each with its anchor. An entry keeps
its place there for ever; when it has a page of its own, it leads to it. No list grows with the archive: an issue's by the issue, a
city's by the year.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import TypeVar

from build_scripts.pages.asked import Derived
from build_scripts.pages.document import Document, Meta
from build_scripts.pages.labels import page_label, quantity_label
from build_scripts.pages.later import later
from build_scripts.pages.parts import Lists as PartLists
from build_scripts.pages.parts import short_document, split_documents
from build_scripts.pages.view import View
from build_scripts.projects.followup import followed, stages_of
from build_scripts.projects.records import Company, CompanyMention, Possible, Project, ProjectMention
from build_scripts.records import Issue

Item = Project | Company
_Item = TypeVar("_Item", bound=Item)
_Mention = TypeVar("_Mention", ProjectMention, CompanyMention)

MOST_TOLD = 12
"""Articles, stages, sums and whatever else of one kind that the overview tells of an entry with a page of its own, which tells all."""

MOST = {"links": 60, "named": 60, "figures": 120}
"""Articles and figures on one page of a project or firm."""

MOST_PLACES = 24
"""Printed places of one form of a name; the articles are all listed."""

KINDS = {
    "projects": ("项目台账", "项目", "个"),
    "companies": ("企业", "企业", "家"),
}
"""Folder → title, what one entry is, and its classifier."""


def place_of(article: str, line: int, view: View) -> Meta:
    """Name and address of a printed line."""
    one = view.articles[article]
    issue = view.issues[one.issue]
    return {"label": f"{issue.label}{page_label(one.page)}第{line}行", "url": f"issues/{one.issue}/{one.page}/#l{line}"}


def project_entry(project: Project, view: View) -> Meta:
    """What a list tells of one project."""
    figures = view.figures_by_id
    return {
        "id": project.id,
        "name": project.name,
        "own": project.url if project.promoted else None,
        "anchor": f"projects/{project.home}/#{project.id}",
        "city": view.city_link(project.city) if project.city else None,
        "zone": view.zone_link(project.zone) if project.zone else None,
        "companies": [company_link(name, view) for name in project.companies],
        "investments": [
            {"text": quantity_label(figures[one.figure]), "place": place_of(mention.article, one.line, view)}
            for mention, one in project.investments
        ],
        "stages": [
            {"batch": stage.batch, "date": stage.date, "phase": stage.phase, "place": place_of(mention.article, stage.line, view)}
            for mention, stage in stages_of(project, view.time_of)
        ],
        "deadlines": [
            {
                "due": one.deadline.due,
                "what": one.deadline.what,
                "phase": one.deadline.phase,
                "state": one.state,
                "place": place_of(one.mention.article, one.deadline.line, view),
            }
            for one in followed(project, view.passed, view.time_of)
        ],
        "articles": _articles(project.articles, project.mentions, view),
        "possible": _others(project.possible, view.project_names),
        "phases": [_named(view.project_names[other]) for other in project.phases],
    }


def company_entry(company: Company, view: View) -> Meta:
    """What a list tells of one firm."""
    return {
        "id": company.id,
        "name": company.name,
        "own": company.url if company.promoted else None,
        "aliases": list(company.aliases),
        "projects": [_named(view.project_names[one]) for one in company.projects],
        "articles": _articles(company.articles, company.mentions, view),
        "possible": _others(company.possible, view.company_names),
    }


def as_listed(item: _Item, view: View) -> _Item:
    """What the lists of an issue and of a city know of a project or firm, and nothing else. Of one with a page of its own they tell how it
    was first reported, and that page tells what came later; what may be the same is told on the list of the later one: so no list changes
    with what comes later."""
    if not item.promoted:
        earlier = tuple(_earlier(item, view.projects if isinstance(item, Project) else view.companies, view))
        return item if earlier == item.possible else replace(item, possible=earlier)
    if isinstance(item, Company):
        named = _first_told(item.mentions, view)
        own = tuple(one for one in item.projects if view.projects[one].home == item.home)
        return replace(item, mentions=named, aliases=(), projects=own, articles=_articles_of(named), possible=())
    told = _first_told(item.mentions, view)
    undated = tuple(replace(mention, investments=(), deadlines=()) for mention in told)
    firms = tuple(dict.fromkeys(company for mention in told for company in mention.companies))
    return replace(item, mentions=undated, aliases=(), companies=firms, articles=_articles_of(told), possible=(), phases=())


def _articles_of(mentions: Sequence[ProjectMention | CompanyMention]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(mention.article for mention in mentions))


def _first_told(mentions: Sequence[_Mention], view: View) -> tuple[_Mention, ...]:
    """The mentions in the issue that names the entry first."""
    first = view.articles[mentions[0].article].issue
    return tuple(mention for mention in mentions if view.articles[mention.article].issue == first)


def _earlier(item: Item, items: Mapping[str, Item], view: View) -> Iterator[Possible]:
    """Those that may be the same and were reported no later: a later one says so on its own list."""
    told = view.issues[item.home].sort_key
    return (one for one in item.possible if view.issues[items[one.id].home].sort_key <= told)


def company_link(name: str, view: View) -> Meta:
    """A firm under the name that is printed."""
    return {"name": name, "url": view.company_urls.get(name)}


def _named(known: tuple[str, str]) -> Meta:
    name, url = known
    return {"name": name, "url": url}


def _articles(articles: Iterable[str], mentions: Sequence[ProjectMention | CompanyMention], view: View) -> list[Meta]:
    """Each article with the line where it names the entry first."""
    lines: dict[str, int] = {}
    for mention in mentions:
        lines.setdefault(mention.article, mention.place.line)
    return [
        {"label": view.articles[one].label, "url": view.articles[one].url, "place": place_of(one, lines[one], view)} for one in articles
    ]


def printed_forms(mentions: Iterable[tuple[str, ProjectMention | CompanyMention]], view: View) -> list[Meta]:
    """Each form that is printed, with every place that prints it."""
    places: dict[str, list[Meta]] = {}
    for form, mention in mentions:
        place = place_of(mention.article, mention.place.line, view)
        if place not in places.setdefault(form, []):
            places[form].append(place)
    return [{"printed": form, "places": own[:MOST_PLACES], "count": len(own)} for form, own in places.items()]


def shorten(entry: Meta) -> Meta:
    """An entry as the overview shows it: of one that has a page of its own only the beginning."""
    if not entry["own"]:
        return entry
    return {**entry, **{key: value[:MOST_TOLD] for key, value in entry.items() if isinstance(value, list)}}


@dataclass(frozen=True, slots=True)
class Told:
    """What the page of one project or firm tells."""

    whole: Document
    lists: PartLists
    """In order of time."""
    description: str
    render: Callable[[PartLists], Meta]
    first: Callable[[], Meta]


def entry_documents(item: Item, path: str, figures: int, tell: Callable[[], Told], view: View) -> list[Document]:
    """The page of one project or firm, and those of its years where many articles tell of it; ``figures``: it has no more than these.

    Of most all stands on one page: then ``tell``, which looks at nothing but ``item`` and what ``view`` answers, is asked when it is made.
    """
    if len(item.articles) <= MOST["links"] and figures <= MOST["figures"]:
        return [later(view, path, item, lambda: _on_one_page(tell()))]
    told = tell()
    return split_documents(
        told.whole,
        {name: tuple(reversed(items)) for name, items in told.lists.items()},
        MOST,
        view,
        year_of=view.year_of,
        render=lambda shown: told.render({name: tuple(reversed(items)) for name, items in shown.items()}),
        describe=lambda shown: told.description,
        first=told.first,
        of=item,
    )


def _on_one_page(told: Told) -> Document:
    return short_document(told.whole, told.lists, render=told.render, describe=lambda shown: told.description, first=told.first)


def _others(possible: Iterable[Possible], names: Mapping[str, tuple[str, str]]) -> list[Meta]:
    return [{**_named(names[one.id]), "reason": one.reason} for one in possible]


@dataclass(frozen=True, slots=True)
class Lists:
    """What the lists of projects, or of firms, are made of."""

    kind: str
    items: Sequence[Item]
    entry: Callable[[Item], Meta]
    """What an issue's list shows of one, which is :func:`as_listed`."""
    overview: Meta
    year: Callable[[int, Sequence[Item]], Meta]
    """What a year's page has beside its issues."""


def list_documents(lists: Lists, view: View) -> list[Document]:
    """``<kind>/index.md``, ``<kind>/<year>.md`` and ``<kind>/<issue>.md``."""
    kind, items = lists.kind, lists.items
    title, what, classifier = KINDS[kind]
    homes: dict[str, list[Item]] = defaultdict(list)
    for item in items:
        homes[item.home].append(item)
    gone = _gone(kind, view)
    issues = [issue for issue in reversed(view.archive.issues) if issue.id in homes or issue.id in gone]
    years: dict[int, list[Issue]] = defaultdict(list)
    for issue in issues:
        years[issue.year].append(issue)
    base: Meta = {"kind": kind, "what": what, "classifier": classifier}
    counts = Counter({year: sum(len(homes[issue.id]) for issue in own) for year, own in years.items()})
    overview: Meta = {
        "template": f"{kind}.html",
        "title": title,
        **base,
        "url": f"{kind}/",
        "count": len(items),
        "promoted": sum(item.promoted for item in items),
        "years": [{"label": f"{year}年", "url": f"{kind}/{year}/", "count": counts[year]} for year in sorted(years, reverse=True)],
        **lists.overview,
    }
    documents = [Document(f"{kind}/index.md", overview)]
    for year, own in years.items():
        meta: Meta = {
            "template": "ledger_year.html",
            "title": f"{year}年的{title}",
            "description": f"{year}年所收各期首次报道的{what}，共{counts[year]}{classifier}，按期、按市列出。",
            **base,
            "url": f"{kind}/{year}/",
            "up": {"label": title, "url": f"{kind}/"},
            "issues": [{"label": issue.label, "url": f"{kind}/{issue.id}/", "count": len(homes[issue.id])} for issue in own],
            **lists.year(year, [item for issue in own for item in homes[issue.id]]),
        }
        documents.append(Document(f"{kind}/{year}.md", meta))
    for issue in issues:
        given = (tuple(Derived(item, as_listed) for item in homes[issue.id]), gone.get(issue.id, []))
        documents.append(later(view, f"{kind}/{issue.id}.md", (issue, *given), partial(_issue_document, lists, view, issue, *given)))
    return documents


def _issue_document(lists: Lists, view: View, issue: Issue, items: Sequence[Derived], gone: Sequence[Meta]) -> Document:
    kind = lists.kind
    title, what, classifier = KINDS[kind]
    entries = [lists.entry(item.of(view)) for item in items]
    meta: Meta = {
        "template": "ledger_issue.html",
        "title": f"{issue.label}的{what}",
        "description": f"{issue.newspaper}{issue.label}首次报道的{what}，共{len(entries)}{classifier}，逐{classifier}注明出处。",
        "kind": kind,
        "what": what,
        "classifier": classifier,
        "url": f"{kind}/{issue.id}/",
        "up": [{"label": title, "url": f"{kind}/"}, {"label": f"{issue.year}年", "url": f"{kind}/{issue.year}/"}],
        "issue": {"label": issue.label, "url": issue.url},
        "entries": entries,
        "gone": list(gone),
    }
    return Document(f"{kind}/{issue.id}.md", meta)


def _gone(kind: str, view: View) -> dict[str, list[Meta]]:
    """Issue → ids that stood on its list and belong to another entry now, or to none: readers' links to them lead on."""
    ledger = view.archive.ledger
    items: Mapping[str, Item] = view.projects if kind == "projects" else view.companies
    found: dict[str, list[Meta]] = defaultdict(list)
    for old, new in sorted(ledger.moved.items()):
        if new in items:
            found[_issue_of(old, items[new].home, view)].append({"id": old, "name": items[new].name, "url": items[new].url})
    for old in ledger.retired.get(kind, ()):
        issue, page, spot = old.split(".", 2)
        if issue in view.issues and any(record.name == page for record in view.issues[issue].pages):
            line = spot.split("c")[0].removeprefix("l")
            found[issue].append({"id": old, "name": None, "url": f"issues/{issue}/{page}/#l{line}"})
    return found


def _issue_of(identity: str, otherwise: str, view: View) -> str:
    issue = identity.split(".", 1)[0]
    issue = view.archive.redirects.issues.get(issue, issue)
    return issue if issue in view.issues else otherwise


def moved_documents(kind: str, view: View) -> list[Document]:
    """A page at the address of an id that has been given up."""
    return [
        Document(
            f"{kind}/{gone['id']}.md",
            {
                "template": "redirect.html",
                "title": f"{gone['name'] or '原列名称'}（地址已变更）",
                "label": gone["name"] or "所印之处",
                "target": gone["url"],
            },
        )
        for entries in _gone(kind, view).values()
        for gone in entries
    ]
