"""Whose a project is and where it lies: its firms, its zone, its city, its figures, as the text round its name says."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from build_scripts.figures.records import Figure
from build_scripts.figures.subjects import default_region
from build_scripts.lexicon.finder import Mention
from build_scripts.projects.companies import Firm
from build_scripts.projects.names import Found
from build_scripts.projects.records import Investment, ProjectMention
from build_scripts.records import Article

LOOK = 400
"""Characters on either side of a name in which its firm or zone is looked for: longer than any sentence of the pages."""

MOST = 20
"""Zones on either side of a name that are asked."""

_BUILDS = re.compile(
    r"^(?:计划|拟|将|共|总|已|现)*(?:投资|新建|建设|实施|打造|兴建|承建|开发|签订|签署|签约|签下)[^。；]{0,30}$|^的$|^就$|^[^。；，]{0,6}投资[^。；，]{0,20}$"
)
"""What stands between a firm and the project that it builds: 投资12亿元新建, 签订."""
_THIS_FIRM = re.compile(r"该(?:公司|企业|集团)[^，。；]{0,24}$")
_BY = re.compile(r"由([^，。；]{4,60}?)(?:共同|联合|合作|合资|全额|独家|计划|拟|总)*(?:投资|建设|实施|承建|合作|合资|出资)")
_OF_PROJECT = re.compile(r"(?:^|[，。；：“])(?:该|本|此|这一|整个)?(?:项目|工程)?(?:是|总投资[^，。；]{0,12}，)?$")
_JOINTS = ("与", "和", "、", "及")
_YI = Decimal(10**8)


@dataclass(slots=True)
class Text:
    """One part of an article and what was found in it."""

    part: str
    block: int
    text: str
    origins: Sequence[int]
    places: tuple[Mention, ...]
    firms: list[Firm] = field(default_factory=list)
    """In order, without overlaps."""
    projects: list[Found] = field(default_factory=list)
    """In order, without overlaps."""

    def firms_between(self, start: int, end: int) -> list[Firm]:
        """The firms whose names lie in ``text[start:end]``."""
        first = bisect_left(self.firms, start, key=lambda firm: firm.start)
        last = bisect_left(self.firms, end, key=lambda firm: firm.start)
        return [firm for firm in self.firms[first:last] if firm.end <= end]

    def sentence(self, offset: int, signs: str = "。！？") -> int:
        """Where the sentence begins that ``offset`` lies in, looked for over a bounded distance."""
        first = max(0, offset - LOOK)
        return max(first, *(self.text.rfind(sign, first, offset) + 1 for sign in signs))


def firms_of(project: Found, found: Text, last_firm: str | None) -> tuple[str, ...]:
    """The firms that build, run or invest in a project, as its own sentence and the ones behind it say. ``last_firm`` is the one that the
    article has named in full before this part: 该公司 means it where this part names none before.
    """
    text = found.text
    at = bisect_left(found.projects, project.start, key=lambda other: other.start)
    behind = found.projects[at - 1].end if at else 0
    following = found.projects[at + 1].start if at + 1 < len(found.projects) else len(text)
    told = [firm.name for firm in found.firms_between(project.start, project.end)]
    stop = found.sentence(project.start, "。！？；")
    before = found.firms_between(max(stop, behind), project.start)
    for number, firm in enumerate(before):
        joined = number + 1 < len(before) and text[firm.end : before[number + 1].start] in _JOINTS
        between = text[(before[number + 1] if joined else firm).end : project.start]
        if not between or _BUILDS.match(between):
            told.append(firm.name)
    if _THIS_FIRM.search(text, stop, project.start):
        earlier = [firm.name for firm in found.firms[: bisect_right(found.firms, project.start, key=lambda firm: firm.end)] if firm.full]
        told += earlier[-1:] or ([last_firm] if last_firm else [])
    for match in _BY.finditer(text, project.end, min(following, project.end + LOOK)):
        if _OF_PROJECT.search(text, project.end, match.start()) or "，" not in text[project.end : match.start()]:
            told += [firm.name for firm in found.firms_between(match.start(1), match.end(1))]
    for match in _BY.finditer(text, stop, project.start):
        if text.endswith("的", match.end(), project.start) and "，" not in text[match.end() : project.start]:
            told += [firm.name for firm in found.firms_between(match.start(1), match.end(1))]
    return tuple(dict.fromkeys(told))


class Where:
    """Zone and city of an article's projects."""

    def __init__(self, article: Article, texts: Sequence[Text]) -> None:
        self.article = article
        region = default_region(article, None)
        self.zone = region.name if region.type == "zone" else None
        self.cities = {place.name: place.city for found in texts for place in found.places if place.kind == "zone"}
        if region.type == "zone":
            self.cities.setdefault(region.name, region.city)
        self.free: dict[int, list[Mention]] = {}
        for index, found in enumerate(texts):
            names = {project.start for project in found.projects} | {firm.start for firm in found.firms}
            self.free[index] = [place for place in found.places if place.kind == "zone" and place.end not in names]

    def zone_of(self, project: Found, found: Text, index: int) -> tuple[str | None, bool]:
        """Official name of the zone, and whether it is printed directly before the name. ``index`` is the text's.

        In this order: the zone before the name; one named earlier in its sentence, or later in it; the one that an earlier sentence of
        the paragraph is about; the one that the headline names. A zone at the head of another name says where that one is.
        """
        text = found.text
        if project.zone is not None:
            return project.zone.name, text[project.zone.end : project.start] in ("", "的", "内", "内的")
        zones = self.free[index]
        at = bisect_right(zones, project.start, key=lambda place: place.end)
        before = [place for place in zones[max(0, at - MOST) : at] if place.start > project.start - 2 * LOOK]
        sentence = found.sentence(project.start)
        if own := [place for place in before if place.start >= sentence]:
            return own[-1].name, False
        stop = min((at for sign in "。！？；" if (at := text.find(sign, project.end, project.end + LOOK)) >= 0), default=len(text))
        behind = (place for place in zones[at : at + MOST] if project.end <= place.start < stop and text[place.start - 1] not in "、和与及")
        topics = [place for place in before if not place.start or text[place.start - 1] in "。！？；，："]
        chosen = next(behind, topics[-1] if topics else None)
        return (chosen.name if chosen else self.zone), False

    def city_of(self, zone: str | None) -> str | None:
        """The city of the zone, else the only one that the article reports on."""
        if zone is not None:
            return self.cities.get(zone)
        return self.article.cities[0] if len(self.article.cities) == 1 else None


def with_figures(mentions: Sequence[ProjectMention], figures: Sequence[Figure]) -> Iterator[ProjectMention]:
    """``mentions`` with the figures whose subject each is: those of its own paragraph, else the first mention has them."""
    by_name: dict[str, list[int]] = {}
    for index, mention in enumerate(mentions):
        for form in {mention.name, mention.printed}:
            by_name.setdefault(form, []).append(index)
    own: dict[int, list[Figure]] = {}
    for figure in figures:
        if figure.subject_type == "project" and (named := by_name.get(figure.subject or "")):
            here = [index for index in named if (mentions[index].part, mentions[index].block) == (figure.part, figure.block)]
            own.setdefault((here or named)[0], []).append(figure)
    for index, mention in enumerate(mentions):
        figures_ = own.get(index, ())
        sums = (figure for figure in figures_ if figure.indicator == "总投资" and figure.unit_base == "元" and figure.scope is None)
        yield replace(
            mention,
            figures=tuple(figure.id for figure in figures_),
            investments=tuple(Investment(figure.value_base / _YI, figure.line, figure.id) for figure in sums),
        )
