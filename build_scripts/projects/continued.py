"""The ledger of an archive that has grown at its end, from the one of the build before.

Names are joined from the oldest issue to the newest, so what the older issues alone give is the beginning of what all give: a new issue
adds mentions to projects and firms, and new ones behind all others. Only those whose names it prints are made again. What may be one is
looked for among all, because one more name may be one too many; but what names are told apart by is known.

Where anything else has changed (an older issue, the editor's judgement, a redirect, a register), and where a register knows the new issue
from earlier, there is nothing to go on from.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from operator import attrgetter
from typing import TYPE_CHECKING, Any, Generic, TypeVar

import msgspec

from build_scripts.projects.ledger import Gathered, group_companies, group_projects, make_company, make_project, name_places, relate
from build_scripts.projects.naming import core_of, firm_core
from build_scripts.projects.possible import Traits, firm_stem, traits_of
from build_scripts.projects.records import Company, CompanyMention, Ledger, PageNames, Possible, Project, ProjectMention
from build_scripts.projects.register import Register, assign_ids, grow_register, home_of, places_of

if TYPE_CHECKING:
    from build_scripts.projects.aliasfile import AliasFile
    from build_scripts.records import Article, Issue, Redirects

_Texts = tuple[str, ...]
_Numbers = tuple[int, ...]
"""Of mentions, in the order of the archive."""

_ProjectRow = tuple[_Numbers, str, str, str, str, _Texts, str | None, str | None, _Texts, _Texts, tuple[Possible, ...], _Texts, bool]
_CompanyRow = tuple[_Numbers, str, str, str, str, _Texts, _Texts, _Texts, tuple[Possible, ...], bool]
"""The mentions of a :class:`Project` or :class:`Company` by their numbers, and its other fields."""

_Value = TypeVar("_Value")
_Item = TypeVar("_Item", Project, Company)
_Mention = TypeVar("_Mention", ProjectMention, CompanyMention)


class Marks(msgspec.Struct, array_like=True):
    """Id → a hash of all that is known of a project or firm, as far as somebody has made one: each holds until the item changes."""

    projects: dict[str, bytes] = {}
    companies: dict[str, bytes] = {}
    listed_projects: dict[str, bytes] = {}
    """Of what lists know of it, see :func:`build_scripts.pages.ledger.as_listed`."""
    listed_companies: dict[str, bytes] = {}

    def of(self, item: Project | Company, *, listed: bool = False) -> dict[str, bytes]:
        """Those of the item's kind."""
        if isinstance(item, Project):
            return self.listed_projects if listed else self.projects
        return self.listed_companies if listed else self.companies


class KeptLedger(msgspec.Struct, array_like=True, frozen=True):
    """What a build leaves of its ledger."""

    mentions: tuple[int, int]
    """How many of projects and of firms the issues have."""
    projects: tuple[_ProjectRow, ...]
    traits: tuple[Traits, ...]
    companies: tuple[_CompanyRow, ...]
    cores: _Texts
    """What each firm is known by, see :func:`~build_scripts.projects.naming.firm_core`."""
    stems: _Texts
    marks: Marks
    moved: dict[str, str]
    retired: dict[str, _Texts]
    registers: dict[str, bytes]
    """SHA-256 of each, as it was written."""


def keep_ledger(gathered: Gathered, names: Iterable[PageNames], marks: Marks) -> KeptLedger:
    """What the next build may go on from; ``names`` are the readings of all pages, in order of time."""
    ledger, (told, named) = gathered.ledger, _mentions(names)
    of_projects = {id(mention): number for number, mention in enumerate(told)}
    of_companies = {id(mention): number for number, mention in enumerate(named)}
    return KeptLedger(
        (len(told), len(named)),
        tuple((tuple([of_projects[id(mention)] for mention in one.mentions]), *_OF_PROJECT(one)) for one in ledger.projects),
        tuple(gathered.traits),
        tuple((tuple([of_companies[id(mention)] for mention in one.mentions]), *_OF_COMPANY(one)) for one in ledger.companies),
        tuple(firm_core(one.name) for one in ledger.companies),
        tuple(gathered.stems),
        marks,
        dict(ledger.moved),
        dict(ledger.retired),
        _seals(ledger.registers),
    )


class OtherwiseError(Exception):
    """What the last build left is no beginning of what there is."""


def continue_ledger(
    last: KeptLedger,
    issues: Sequence[Issue],
    added: int,
    names: Mapping[str, PageNames],
    *,
    registers: Mapping[str, bytes],
    redirects: Redirects,
    reviewed: AliasFile,
) -> tuple[Ledger, KeptLedger]:
    """The ledger of ``issues``, which are in order of time, the last ``added`` of them new, and what the next build may go on from.

    ``registers`` are the files as they are; redirects and judgements are those of the last build. Raises :class:`OtherwiseError` where all
    has to be gathered anew.
    """
    new = issues[len(issues) - added :]
    told, named = _mentions(names[page.page.source] for issue in issues for page in issue.pages if page.page.source in names)
    new_told, new_named = _mentions(names[page.page.source] for issue in new for page in issue.pages if page.page.source in names)
    before = len(told) - len(new_told), len(named) - len(new_named)
    if before != last.mentions or _seals(registers) != last.registers or not _are_new(new, registers, redirects):
        raise OtherwiseError
    places = _Places(issues, new, redirects)
    projects: _Grown[Project, ProjectMention] = _Grown(
        [Project(*row[1:9], tuple([told[number] for number in row[0]]), *row[9:]) for row in last.projects],
        [row[0] for row in last.projects],
        told,
        places,
    )
    companies: _Grown[Company, CompanyMention] = _Grown(
        [Company(*row[1:6], tuple([named[number] for number in row[0]]), *row[6:]) for row in last.companies],
        [row[0] for row in last.companies],
        named,
        places,
    )
    before_projects, before_companies = list(projects.items), list(companies.items)
    cores = {core_of(mention.name) for mention in new_told}
    projects.refuse_joined(reviewed.projects.kept(), last.moved, lambda mention: core_of(mention.name) in cores)
    same = [at for at, own in enumerate(last.traits) if (own.core, own.phase) in cores]
    projects.grow(same, last.mentions[0], group_projects, make_project)
    traits = _filled(last.traits, {at: traits_of(projects.items[at]) for at in projects.made}, len(projects.items))

    firms = {firm_core(mention.name) for mention in new_named}.union(*(traits[at].firms for at in projects.made))
    companies.refuse_joined(reviewed.companies.kept(), last.moved, lambda mention: firm_core(mention.name) in firms)
    builds: dict[str, list[str]] = {firm: [] for firm in firms}
    for project, own in zip(projects.items, traits, strict=True):
        for firm in own.firms:
            if firm in builds:
                builds[firm].append(project.id)
    same = [at for at, core in enumerate(last.cores) if core in firms]
    companies.grow(same, last.mentions[1], group_companies, partial(make_company, builds=builds))
    made = {at: companies.items[at].name for at in companies.made}
    known_by = _filled(last.cores, {at: firm_core(name) for at, name in made.items()}, len(companies.items))
    stems = _filled(last.stems, {at: firm_stem(name) for at, name in made.items()}, len(companies.items))

    of_projects, of_companies = relate(projects.items, companies.items, traits, stems, reviewed)
    registered = {
        path: grow_register(registers[path], places, pages)
        for path, places, pages in (
            ("projects/register.csv", projects.places, projects.paged()),
            ("companies/register.csv", companies.places, companies.paged()),
        )
    }
    ledger = Ledger(
        projects=tuple(of_projects),
        companies=tuple(of_companies),
        named=name_places(of_projects, of_companies),
        moved=last.moved,
        retired=last.retired,
        registers=registered,
    )
    kept = KeptLedger(
        (len(told), len(named)),
        tuple((numbers, *_OF_PROJECT(one)) for numbers, one in zip(projects.numbers, of_projects, strict=True)),
        tuple(traits),
        tuple((numbers, *_OF_COMPANY(one)) for numbers, one in zip(companies.numbers, of_companies, strict=True)),
        tuple(known_by),
        tuple(stems),
        Marks(
            _standing(last.marks.projects, before_projects, of_projects),
            _standing(last.marks.companies, before_companies, of_companies),
            _standing(last.marks.listed_projects, before_projects, of_projects),
            _standing(last.marks.listed_companies, before_companies, of_companies),
        ),
        last.moved,
        last.retired,
        _seals(registered),
    )
    return ledger, kept


_OF_PROJECT = attrgetter(
    "id", "url", "home", "name", "aliases", "city", "zone", "companies", "articles", "possible", "phases", "promoted"
)  # fmt: skip
_OF_COMPANY = attrgetter("id", "url", "home", "name", "aliases", "articles", "projects", "possible", "promoted")


class _Places:
    """Where the mentions of the new issues stand."""

    def __init__(self, issues: Sequence[Issue], new: Sequence[Issue], redirects: Redirects) -> None:
        self._known = {issue.id for issue in issues}
        self._articles: dict[str, Article] = {article.id: article for issue in new for article in issue.articles}
        self._redirects = redirects

    def of(self, mentions: Iterable[ProjectMention | CompanyMention]) -> list[str]:
        """The printed places of ``mentions``."""
        articles = self._articles
        return places_of((articles[m.article].issue, articles[m.article].page, m.place.line, m.place.column) for m in mentions)

    def home(self, identity: str, first: ProjectMention | CompanyMention) -> str:
        """The issue on whose list a new project or firm has its anchor."""
        issue = home_of(identity, self._redirects)
        return issue if issue in self._known else self._articles[first.article].issue


class _Grown(Generic[_Item, _Mention]):
    """The projects, or the firms, to which the last of ``mentions`` are added."""

    def __init__(self, items: list[_Item], numbers: list[_Numbers], mentions: Sequence[_Mention], places: _Places) -> None:
        """``numbers`` are those of the mentions of ``items``."""
        self.items: list[_Item] = items
        self.numbers = numbers
        self._mentions: Sequence[_Mention] = mentions
        self._places = places
        self.made: list[int] = []
        """Indexes of those that have been made again, or are new."""
        self.places: dict[str, str] = {}
        """Printed place in a new issue → id."""

    def refuse_joined(self, judged: Mapping[str, str], moved: Mapping[str, str], is_meant: Callable[[Any], bool]) -> None:
        """Raises where an editor holds one of those ``is_meant`` to be one with another: its mentions are of several names."""
        joined = {moved.get(identity, identity) for pair in judged.items() for identity in pair}
        if any(is_meant(mention) for item in self.items if item.id in joined for mention in item.mentions):
            raise OtherwiseError

    def grow(
        self,
        same: Sequence[int],
        before: int,
        group: Callable[[Sequence[_Mention]], Iterator[list[_Mention]]],
        make: Callable[..., _Item],
    ) -> None:
        """Groups the mentions of the items ``same`` and those from number ``before`` on, and makes the items of them again."""
        chosen = [*sorted(number for at in same for number in self.numbers[at]), *range(before, len(self._mentions))]
        number_of = {id(self._mentions[number]): number for number in chosen}
        groups = [tuple([number_of[id(mention)] for mention in own]) for own in group([self._mentions[number] for number in chosen])]
        old = [tuple([number for number in own if number < before]) for own in groups if own[0] < before]
        if old != sorted(self.numbers[at] for at in same):
            raise OtherwiseError
        index_of = {self.numbers[at][0]: at for at in same}
        fresh = [own for own in groups if own[0] >= before]
        ids = iter(assign_ids([self._places.of(self._mentions[number] for number in own) for own in fresh], Register()).ids)
        for own in groups:
            mentions = [self._mentions[number] for number in own]
            at = index_of.get(own[0], len(self.items))
            if at < len(self.items):
                item = self.items[at]
                self.items[at] = make(item.id, mentions, item.home, paged=item.promoted)
                self.numbers[at] = own
            else:
                identity = next(ids)
                self.items.append(make(identity, mentions, self._places.home(identity, mentions[0]), paged=False))
                self.numbers.append(own)
            self.made.append(at)
            added = self._places.of(self._mentions[number] for number in own if number >= before)
            self.places.update(dict.fromkeys(added, self.items[at].id))

    def paged(self) -> set[str]:
        """Those of the items made that have a page of their own."""
        return {self.items[at].id for at in self.made if self.items[at].promoted}


def _are_new(issues: Iterable[Issue], registers: Mapping[str, bytes], redirects: Redirects) -> bool:
    """Whether no register and no redirect knows anything of ``issues``."""
    targets = {*redirects.issues, *redirects.issues.values(), *(page.split("/")[0] for page in redirects.pages.values())}
    return not any(
        issue.id in targets or f"{before}{issue.id}.".encode() in data
        for issue in issues
        for data in registers.values()
        for before in ("\n", ",")
    )


def _mentions(pages: Iterable[PageNames]) -> tuple[list[ProjectMention], list[CompanyMention]]:
    """Those of projects and those of firms, in order."""
    own = list(pages)
    return [mention for page in own for mention in page.projects], [mention for page in own for mention in page.companies]


def _filled(before: Sequence[_Value], made: Mapping[int, _Value], length: int) -> list[_Value]:
    """``before`` with what was made again or is new in its place."""
    return [made[at] if at in made else before[at] for at in range(length)]


def _standing(marks: Mapping[str, bytes], before: Iterable[_Item], after: Iterable[_Item]) -> dict[str, bytes]:
    """The marks of what is still as it was."""
    return {now.id: marks[now.id] for one, now in zip(before, after, strict=False) if one is now and now.id in marks}


def _seals(registers: Mapping[str, bytes]) -> dict[str, bytes]:
    return {path: hashlib.sha256(data).digest() for path, data in registers.items()}
