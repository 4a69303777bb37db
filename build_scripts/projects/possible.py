"""可能同一项目, 可能同一企业: pairs that may be one, each with the reason. Nothing is joined here.

江苏创曦新材料科技发展有限公司新材料光伏高端智能制造基地项目 and 创曦新材光伏边框智能制造项目 stand in two articles: the firms' own part
(创曦) is one, the zone is one. 江西沐邦硅晶拉棒项目 and 沐邦高科单晶硅拉棒 stand in one article: their names are nearly equal.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from difflib import SequenceMatcher
from itertools import combinations

import msgspec

from build_scripts.projects.companies import maker_of
from build_scripts.projects.naming import core_of, firm_core
from build_scripts.projects.records import Company, Possible, Project
from build_scripts.projects.words import own_words

NEAR = 0.6
"""Share of characters that two names must have in common, in order. On the pages: 0.67 and 0.64 for the two pairs that are one project,
at most 0.56 for others of one firm."""
MOST = 12
"""A word that so many projects of a place share tells none of them."""

_REGION = re.compile(
    r"^(?:北京|天津|上海|重庆|河北|山西|内蒙古|辽宁|吉林|黑龙江|江苏|浙江|安徽|福建|江西|山东|河南|湖北|湖南|广东|广西|海南|四川|贵州|云南|西藏|陕西|甘肃|青海|宁夏|新疆|"
    r"香港|台湾|中国|深圳|广州|杭州|南京|苏州|青岛|武汉|成都|[一-鿿]{2}[省市县])(?:[省市])?"
)
_TRADE_OF_FIRM = ("发展", "实业", "控股", "有限", "责任", "公司", "集团", "股份", "国际")


def firm_stem(name: str) -> str:
    """What only this firm is called by: 江苏创曦新材料科技发展有限公司 and 创曦新材 are both 创曦; empty where nothing is left.

    >>> firm_stem("江苏创曦新材料科技发展有限公司"), firm_stem("创曦新材"), firm_stem("太重液压")
    ('创曦', '创曦', '太重')
    """
    stem = _REGION.sub("", firm_core(re.sub(r"（[^）]*）", "", name)))
    stem = own_words(stem, "plain", "general", "trade", "firm", "maker")
    for word in _TRADE_OF_FIRM:
        stem = stem.replace(word, "")
    return stem if len(stem) >= 2 else ""


class Traits(msgspec.Struct, array_like=True, frozen=True):
    """What a project is told from others by, all of it read from its name and those of its firms."""

    core: str
    phase: str
    own: str
    """The words of its core that not every project has."""
    stem: str
    """Its core without the region."""
    makers: tuple[str, ...]
    """:func:`firm_stem` of its firms."""
    firms: tuple[str, ...]
    """:func:`~build_scripts.projects.naming.firm_core` of those that build it."""


def traits_of(project: Project) -> Traits:
    """The traits of a project."""
    core, phase = core_of(project.name)
    stems = (firm_stem(name) for name in (*project.companies, maker_of(project.name) or ""))
    return Traits(
        core,
        phase,
        own_words(core, "general"),
        _REGION.sub("", core),
        tuple(dict.fromkeys(filter(None, stems))),
        tuple(dict.fromkeys(map(firm_core, project.companies))),
    )


def possible_projects(projects: Sequence[Project], traits: Sequence[Traits]) -> Iterator[tuple[str, str, str]]:
    """(id, other id, reason) of each pair, once; ``traits`` are those of ``projects``. The cost grows with the number of pairs that share a
    place and a word."""
    seen: set[tuple[int, int]] = set()
    by_firm: dict[tuple[str, str], list[int]] = defaultdict(list)
    by_word: dict[tuple[str, str], list[int]] = defaultdict(list)
    for index, (project, own) in enumerate(zip(projects, traits, strict=True)):
        place = project.zone or project.city or ""
        for stem in own.makers:
            by_firm[stem, place].append(index)
        words, where = own.own, project.city or place
        for at in range(len(words) - 1):
            by_word[words[at : at + 2], where].append(index)
    for (stem, place), indexes in by_firm.items():
        for one, other in _pairs(indexes):
            if (
                (one, other) not in seen
                and place
                and _may_be_one(projects[one], projects[other])
                and not set(projects[one].articles) & set(projects[other].articles)
            ):
                seen.add((one, other))
                yield projects[one].id, projects[other].id, f"企业同为“{stem}”，都在{place}"
    shared: dict[tuple[int, int], int] = defaultdict(int)
    for indexes in by_word.values():
        for pair in _pairs(indexes):
            shared[pair] += 1
    for (one, other), count in shared.items():
        if count < 2 or (one, other) in seen or not _may_be_one(projects[one], projects[other]):
            continue
        if SequenceMatcher(None, traits[one].stem, traits[other].stem, autojunk=False).ratio() >= NEAR:
            seen.add((one, other))
            yield (
                projects[one].id,
                projects[other].id,
                "名称相近" + (_shared_place(projects[one], projects[other])),
            )


def _pairs(indexes: Iterable[int]) -> Iterator[tuple[int, int]]:
    own = sorted(set(indexes))
    return combinations(own, 2) if 1 < len(own) <= MOST else iter(())


def _shared_place(one: Project, other: Project) -> str:
    if one.zone and one.zone == other.zone:
        return f"，都在{one.zone}"
    return f"，都在{one.city}" if one.city and one.city == other.city else ""


def _may_be_one(one: Project, other: Project) -> bool:
    """Nothing parts them: no other zone, no other phase, and not the same sum of money printed for each of two in one list."""
    if one.zone and other.zone and one.zone != other.zone:
        return False
    phases = {core_of(project.name)[1] for project in (one, other)}
    return len(phases - {""}) <= 1 and (len(phases) == 1 or not set(one.articles) & set(other.articles))


def possible_companies(companies: Sequence[Company], stems: Sequence[str]) -> Iterator[tuple[str, str, str]]:
    """(id, other id, reason): firms whose names have one own part, where one of them is the short name of the other. ``stems`` are
    :func:`firm_stem` of ``companies``."""
    by_stem: dict[str, list[int]] = defaultdict(list)
    for index, stem in enumerate(stems):
        if stem:
            by_stem[stem].append(index)
    for stem, indexes in by_stem.items():
        for one, other in _pairs(indexes):
            short, long = sorted((companies[one].name, companies[other].name), key=len)
            if _is_short_for(short, long):
                yield companies[one].id, companies[other].id, f"名称同有“{stem}”，“{short}”可能是简称"


def _is_short_for(short: str, long: str) -> bool:
    """Every character of the short name stands in the long one, in order: 江苏创曦新材 and 江苏创曦新材料科技发展有限公司."""
    rest = iter(long)
    return all(char in rest for char in firm_core(short))


def proposals(pairs: Iterable[tuple[str, str, str]], apart: frozenset[frozenset[str]]) -> dict[str, tuple[Possible, ...]]:
    """Id → the others that may be the same, without those that an editor has judged."""
    found: dict[str, list[Possible]] = defaultdict(list)
    for one, other, reason in pairs:
        if frozenset((one, other)) not in apart:
            found[one].append(Possible(other, reason))
            found[other].append(Possible(one, reason))
    return {identity: tuple(sorted(own, key=lambda possible: possible.id)) for identity, own in found.items()}
