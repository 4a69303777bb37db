"""All mentions of the archive → projects and firms, each once, with an id that stays.

Two mentions are one project where they print the same name without regard to the firm before it, quotation marks and 建设项目 behind it,
are of the same phase, and nothing parts them: another zone, or another city. Everything else that looks alike is only proposed
(可能同一项目) until the editor's file of names says so.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Generic, TypeVar

from build_scripts.projects.aliasfile import AliasFile, Reviewed, check_ids
from build_scripts.projects.naming import core_of, firm_core
from build_scripts.projects.possible import Traits, firm_stem, possible_companies, possible_projects, proposals, traits_of
from build_scripts.projects.records import Company, CompanyMention, Ledger, Named, PageNames, Project, ProjectMention
from build_scripts.projects.register import Assigned, Register, assign_ids, home_of, places_of, render_register
from build_scripts.projects.words import own_words

if TYPE_CHECKING:
    from build_scripts.records import Article, Issue, Redirects

SURE = 4
"""Characters of its own that a name must have to be the same project where no place says so: 标准厂房建设项目 is many."""

_Mention = TypeVar("_Mention", ProjectMention, CompanyMention)


@dataclass(frozen=True, slots=True)
class _Groups(Generic[_Mention]):
    """Mentions by id, and what became of other ids."""

    mentions: Mapping[str, Sequence[_Mention]]
    moved: Mapping[str, str]
    assigned: Assigned
    places: Sequence[Sequence[str]]
    """The printed places of each group, before any are joined."""


@dataclass(frozen=True, slots=True)
class Gathered:
    """The ledger, and what the next one goes on from."""

    ledger: Ledger
    traits: Sequence[Traits]
    """Of its projects."""
    stems: Sequence[str]
    """Of its firms, see :func:`~build_scripts.projects.possible.firm_stem`."""


def gather(
    issues: Sequence[Issue],
    names: Mapping[str, PageNames],
    registers: Mapping[str, Register],
    redirects: Redirects,
    reviewed: AliasFile | None = None,
) -> Gathered:
    """The ledger of ``issues``, which are in order of time; ``names`` are the readings of their pages by source.

    Raises :class:`~build_scripts.errors.LayoutError` where the editor's file names an id that does not exist.
    """
    reviewed = reviewed or AliasFile()
    pages = [names[page.page.source] for issue in issues for page in issue.pages if page.page.source in names]
    articles = {article.id: article for issue in issues for article in issue.articles}
    of_projects = _identified(
        list(group_projects([mention for page in pages for mention in page.projects])),
        articles,
        registers["projects"],
        reviewed.projects,
        "project",
    )
    of_companies = _identified(
        list(group_companies([mention for page in pages for mention in page.companies])),
        articles,
        registers["companies"],
        reviewed.companies,
        "company",
    )

    def home(identity: str, first: ProjectMention | CompanyMention) -> str:
        issue = home_of(identity, redirects)
        return issue if issue in known else articles[first.article].issue

    known = {issue.id for issue in issues}
    projects = [
        make_project(identity, mentions, home(identity, mentions[0]), paged=identity in registers["projects"].pages)
        for identity, mentions in of_projects.mentions.items()
    ]
    traits = [traits_of(project) for project in projects]
    builds: dict[str, list[str]] = {}
    for project, own in zip(projects, traits, strict=True):
        for firm in own.firms:
            builds.setdefault(firm, []).append(project.id)
    companies = [
        make_company(identity, mentions, home(identity, mentions[0]), builds, paged=identity in registers["companies"].pages)
        for identity, mentions in of_companies.mentions.items()
    ]
    stems = [firm_stem(company.name) for company in companies]
    projects, companies = relate(projects, companies, traits, stems, reviewed)
    registered = {
        f"{kind}/register.csv": render_register(
            groups.assigned, groups.places, registers[kind], {item.id for item in items if item.promoted}
        )
        for kind, groups, items in (("projects", of_projects, projects), ("companies", of_companies, companies))
    }
    ledger = Ledger(
        projects=tuple(projects),
        companies=tuple(companies),
        named=name_places(projects, companies),
        moved={**of_projects.moved, **of_companies.moved},
        retired={"projects": of_projects.assigned.retired, "companies": of_companies.assigned.retired},
        registers=registered,
    )
    return Gathered(ledger, traits, stems)


def relate(
    projects: Sequence[Project], companies: Sequence[Company], traits: Sequence[Traits], stems: Sequence[str], reviewed: AliasFile
) -> tuple[list[Project], list[Company]]:
    """``projects`` and ``companies`` with what of them may be one, and with the other phases of each project."""
    maybe = proposals(possible_projects(projects, traits), reviewed.projects.apart())
    perhaps = proposals(possible_companies(companies, stems), reviewed.companies.apart())
    related = [
        project
        if project.possible == (possible := maybe.get(project.id, ())) and project.phases == phases
        else replace(project, possible=possible, phases=phases)
        for project, phases in zip(projects, _phases(projects, traits), strict=True)
    ]
    firms = [
        company if company.possible == (possible := perhaps.get(company.id, ())) else replace(company, possible=possible)
        for company in companies
    ]
    return related, firms


def _identified(
    groups: Sequence[Sequence[_Mention]], articles: Mapping[str, Article], register: Register, reviewed: Reviewed, what: str
) -> _Groups[_Mention]:
    """The groups under their ids, those that an editor holds to be one joined. Ids are registered before any are joined: what is
    judged otherwise later has its id back."""
    places = [
        places_of((articles[m.article].issue, articles[m.article].page, m.place.line, m.place.column) for m in mentions)
        for mentions in groups
    ]
    assigned: Assigned = assign_ids(places, register)
    check_ids(reviewed, {*assigned.ids, *assigned.moved}, what)
    current = {**{identity: identity for identity in assigned.ids}, **{old: assigned.ids[index] for old, index in assigned.moved.items()}}
    kept = {current[other]: current[first] for other, first in reviewed.kept().items()}
    found: dict[str, list[_Mention]] = {}
    for identity, mentions in zip(assigned.ids, groups, strict=True):
        found.setdefault(kept.get(identity, identity), []).extend(mentions)
    order = {article: number for number, article in enumerate(articles)}
    joined = {identity: sorted(mentions, key=lambda m: order[m.article]) for identity, mentions in found.items()}
    moved = {old: kept.get(new, new) for old, new in current.items() if old not in found}
    return _Groups(joined, moved, assigned, places)


# ---- projects --------------------------------------------------------------------------------------------------------------------


def make_project(identity: str, mentions: Sequence[ProjectMention], home: str, *, paged: bool) -> Project:
    """A project of all its mentions, in order of time; ``paged``: it has had a page of its own."""
    name = max(dict.fromkeys(mention.name for mention in mentions), key=len)
    forms = dict.fromkeys(form for mention in mentions for form in (mention.name, mention.printed))
    articles = tuple(dict.fromkeys(mention.article for mention in mentions))
    stages = {(stage.batch, stage.phase) for mention in mentions for stage in mention.stages}
    promoted = paged or len(articles) > 1 or len(stages) > 1
    return Project(
        id=identity,
        url=_address("projects", identity, home, promoted=promoted),
        home=home,
        name=name,
        aliases=tuple(form for form in forms if form != name),
        city=next((mention.city for mention in mentions if mention.city), None),
        zone=next((mention.zone for mention in mentions if mention.zone), None),
        companies=tuple(dict.fromkeys(company for mention in mentions for company in mention.companies)),
        mentions=tuple(mentions),
        articles=articles,
        promoted=promoted,
    )


def group_projects(mentions: Sequence[ProjectMention]) -> Iterator[list[ProjectMention]]:
    """The mentions of each project, in order of time; projects in order of their first mention."""
    by_core: dict[tuple[str, str], list[list[ProjectMention]]] = {}
    order: list[list[ProjectMention]] = []
    for mention in mentions:
        core, phase = core_of(mention.name)
        same = by_core.setdefault((core, phase), [])
        sure = len(own_words(core, "general", "trade")) >= SURE
        group = next((group for group in same if _one(mention, group, sure=sure)), None)
        if group is None:
            group = []
            order.append(group)
            same.append(group)
        group.append(mention)
    yield from order


def _one(mention: ProjectMention, group: Sequence[ProjectMention], *, sure: bool) -> bool:
    """Whether a mention belongs to the group that prints the same name: nothing parts them, and something holds them together."""
    first, last = group[0], group[-1]
    zone, city = first.zone or last.zone, first.city or last.city
    if mention.article == last.article:
        return not (mention.zone and zone) or mention.zone == zone
    if mention.zone and zone:
        return mention.zone == zone
    if mention.city and city:
        return mention.city == city and sure
    return sure


def _phases(projects: Sequence[Project], traits: Sequence[Traits]) -> Iterator[tuple[str, ...]]:
    """For each project the ids of its other phases: the same name in the same place, with 一期 or 二期 of its own."""
    by_core: dict[tuple[str, str], list[tuple[str, str]]] = {}
    for project, own in zip(projects, traits, strict=True):
        by_core.setdefault((own.core, project.zone or project.city or ""), []).append((own.phase, project.id))
    for project, own in zip(projects, traits, strict=True):
        same = by_core[own.core, project.zone or project.city or ""]
        yield tuple(other for phase, other in same if phase != own.phase and other != project.id) if len(same) > 1 else ()


# ---- firms -----------------------------------------------------------------------------------------------------------------------


def group_companies(mentions: Sequence[CompanyMention]) -> Iterator[list[CompanyMention]]:
    """The mentions of each firm, in order of time; firms in order of their first mention."""
    groups: dict[str, list[CompanyMention]] = {}
    for mention in mentions:
        groups.setdefault(firm_core(mention.name), []).append(mention)
    yield from groups.values()


def make_company(
    identity: str, mentions: Sequence[CompanyMention], home: str, builds: Mapping[str, Sequence[str]], *, paged: bool
) -> Company:
    """A firm of all its mentions, in order of time; ``builds``: :func:`firm_core` → ids of the projects that name it."""
    forms = dict.fromkeys(mention.name for mention in mentions)
    name = max(forms, key=len)
    articles = tuple(dict.fromkeys(mention.article for mention in mentions))
    projects = tuple(dict.fromkeys(project for form in forms for project in builds.get(firm_core(form), ())))
    promoted = paged or len(articles) > 1 or len(projects) > 1
    return Company(
        id=identity,
        url=_address("companies", identity, home, promoted=promoted),
        home=home,
        name=name,
        aliases=tuple(form for form in forms if form != name),
        mentions=tuple(mentions),
        articles=articles,
        projects=projects,
        promoted=promoted,
    )


def _address(folder: str, identity: str, home: str, *, promoted: bool) -> str:
    return f"{folder}/{identity}/" if promoted else f"{folder}/{home}/#{identity}"


# ---- where names stand -----------------------------------------------------------------------------------------------------------


def name_places(projects: Sequence[Project], companies: Sequence[Company]) -> dict[str, dict[tuple[str, int], tuple[Named, ...]]]:
    """Article → part and block → the names in it, see :class:`Ledger`."""
    found: dict[str, dict[tuple[str, int], list[Named]]] = {}
    items: list[tuple[str, Project | Company]] = [("project", project) for project in projects]
    items += [("company", company) for company in companies]
    for kind, item in items:
        for mention in item.mentions:
            named = Named(mention.start, mention.end, kind, item.id, item.name, item.url)
            found.setdefault(mention.article, {}).setdefault((mention.part, mention.block), []).append(named)
    return {article: {place: _apart(names) for place, names in parts.items()} for article, parts in found.items()}


def _apart(names: Iterable[Named]) -> tuple[Named, ...]:
    """``names`` in order; of those that overlap the one that begins first, and of two that begin together the longer."""
    kept: list[Named] = []
    for named in sorted(names, key=lambda named: (named.start, -named.end)):
        if not kept or named.start >= kept[-1].end:
            kept.append(named)
    return tuple(kept)
