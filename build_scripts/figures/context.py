"""What, whose, which: the state that is carried from clause to clause of one article, and how a figure takes its fields from it.

Reading goes from left to right. A place, project or company with which a clause begins becomes the holder of what follows; a batch
word (“签约一批”项目, 开工21个项目) sets the batch until the part of the sentence ends; 其中战新项目 makes the next bare 总投资
战新总投资; 达产后, 力争, 将 make the rest of the sentence a plan. Then a figure looks right for what its clause says only later:
总投资3亿元的Y项目, 12个项目集中签约.
"""

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from operator import itemgetter

from build_scripts.dates import DateMention
from build_scripts.figures.batches import read_batch, verb_after
from build_scripts.figures.clauses import Clause, cut_clauses
from build_scripts.figures.filling import fill, name_reading
from build_scripts.figures.lookahead import find_attributive, find_shares
from build_scripts.figures.naming import name_indicator
from build_scripts.figures.projects import Name, find_companies, find_projects, settle_companies, settle_names
from build_scripts.figures.quantities import Quantity
from build_scripts.figures.sight import Sight
from build_scripts.figures.speech import find_own_places
from build_scripts.figures.state import Reading, State, begin_part, begin_sentence
from build_scripts.figures.subjects import PROVINCE, PlaceMention, Region, find_regions, region_of
from build_scripts.figures.times import take_date
from build_scripts.figures.words import (
    DIGITS,
    FINISHED,
    HAN,
    OF_ALL,
    PLAN_OF_YEAR,
    PLAN_WEAK,
    PLANS,
    TAKEN_AS,
    TOKENS,
    WHOLE,
    event_id,
    find_events,
    season_of,
)
from build_scripts.projects.texts import find_names
from build_scripts.sieve import Sieves

_DRIVES = re.compile(r"等?[一-鿿]{0,4}的?(?:强力|有力|强劲)?(?:带动|拉动|支撑|牵引|引领|驱动)")
WINDOW = 60
"""Characters that a rule sees on either side of a number: longer than the longest noun group of the pages."""
QUOTE = 100
"""Characters of a clause that are quoted on either side of a number."""

_FIND_TOKENS = Sieves([pattern for pattern, _ in TOKENS])


_ORDER = itemgetter(0, 1)


def _inside(brackets: Sequence[Clause], opens: Sequence[int], offset: int) -> bool:
    """Whether the place lies in one of the brackets, which begin at ``opens``."""
    at = bisect_right(opens, offset) - 1
    return at >= 0 and offset < brackets[at].end


class ContextReader:
    """Reads the passages of one article in reading order."""

    def __init__(
        self, default: Region, event: str | None, zones: Sequence[str] = (), cities: Sequence[str] = (), year: int | None = None
    ) -> None:
        self.event = event
        self.year = year
        self.headline = False
        self.topics: Counter[str] = Counter()
        """How often a clause began with a place."""
        self.state = State(default, default, event=event, event_counts=event is not None)
        self.zones = tuple(zones)
        self.cities = tuple(cities)
        self.zone: Region | None = default if default.type == "zone" else None
        self.county: Region | None = default if default.type == "county" else None

    def read(self, text: str, quantities: Sequence[Quantity], dates: Sequence[DateMention], role: str = "body") -> Iterator[Reading]:
        """The reading of each quantity of one passage, in order. ``role`` is the part's, see :class:`~build_scripts.figures.runs.Part`."""
        headline = role in ("kicker", "title", "subtitle", "head")
        state = self.state
        if not headline:
            state.holder, state.previous_batch, state.batches_seen = "region", None, False
        if PLANS.match(text) or (role == "head" and self.topics[state.region.name] < 2):
            state.region = state.default  # the plans are the whole article's; a new section does not go on with a place named once
        self.headline = headline
        self.quantities = quantities
        self.attributive = find_attributive(text, quantities)
        self._find_names(text)
        places = self.places
        self.events = events = [match.span() for match in find_events(text)]
        self.masked = sorted([*((self._with_place(text, name.start), name.end) for name in (*self.projects, *self.companies)), *events])
        self.masked_starts = [start for start, _ in self.masked]
        self.place_starts = [place.start for place in places]
        own_places = list(find_own_places(text, places))
        clauses = cut_clauses(text)
        sentence = part = -1
        starts = [quantity.number[0] for quantity in quantities]
        date_at = 0
        for number, clause in enumerate(clauses):
            if clause.sentence != sentence:
                begin_sentence(state, text, clause)
                sentence = clause.sentence
            elif clause.part != part:
                begin_part(state, text, clause)
            part = clause.part
            while own_places and own_places[0][0] < clause.end:
                place = own_places.pop(0)[1]
                self._place(PlaceMention(place.start, place.end, region_of(place), "", True))
            following = number + 1
            while not clause.bracket and following < len(clauses) and clauses[following].end <= clause.end:
                following += 1
            brackets = clauses[number + 1 : following]
            own = quantities[bisect_left(starts, clause.start) : bisect_left(starts, clause.end)]
            if own and brackets:
                opens = [bracket.start for bracket in brackets]
                own = [one for one in own if not _inside(brackets, opens, one.number[0])]
            saved = replace(state) if clause.bracket else None
            while date_at < len(dates) and dates[date_at].start < clause.start:
                date_at += 1
            yield from self._clause(text, clause, own, dates, date_at)
            if saved is not None:
                self.state = state = saved

    def _find_names(self, text: str) -> None:
        """The places, projects and companies of the passage."""
        found = find_names(text)
        self.places = places = found.places
        printed = sorted({text[place.start : place.end] for place in places}, key=len, reverse=True)
        noted = find_projects(text, {start: end for start, end in self.attributive.values() if start < end}, printed)
        self.projects = settle_names(noted, found.projects, text)
        self.companies = settle_companies(find_companies(text), found.firms)
        self.project_starts = [name.start for name in self.projects]
        self.company_starts = [name.start for name in self.companies]
        self.before_names = {place.end: place.start for place in places}

    def _clause(  # noqa: PLR0912 (one branch a kind of token)
        self,
        text: str,
        clause: Clause,
        own: Sequence[Quantity],
        dates: Sequence[DateMention],
        date_at: int,
    ) -> Iterator[Reading]:
        state = self.state
        tokens: list[tuple[int, int, str, object]] = []
        places = self.places[bisect_left(self.place_starts, clause.start) : bisect_left(self.place_starts, clause.end)]
        first = max(0, bisect_left(self.masked_starts, clause.start) - 2)
        masked = self.masked[first : bisect_left(self.masked_starts, clause.end)]
        regions = find_regions(text, clause.start, clause.end, places, masked)
        tokens += [(place.start, 1, "place", place) for place in regions]
        joined: list[Region] = []
        for one, other in pairwise([place for place in regions if place.region is not None] if len(regions) > 1 else ()):
            if text[one.end : other.start] in ("、", "和", "以及") and one.region and other.region:
                joined = joined or [one.region]
                joined.append(other.region)
        if joined:
            state.places = joined
            state.above = state.above or state.region  # 吕梁、文水、兴县等经开区: a list holds for its sentence only
        for name in self.projects[bisect_left(self.project_starts, clause.start) : bisect_left(self.project_starts, clause.end)]:
            tokens.append((name.start, 0, "project", name))
        for name in self.companies[bisect_left(self.company_starts, clause.start) : bisect_left(self.company_starts, clause.end)]:
            if not self._inside_project(name.start):
                tokens.append((name.start, 0, "company", name))
        if HAN.search(text, clause.start, clause.end):
            for index, match in _FIND_TOKENS.finditer(text, clause.start, clause.end):
                kind = TOKENS[index][1]
                if kind in ("event", "many_events", "this_event", "among") or not self._inside_project(match.start()):
                    tokens.append((match.start(), 2, kind, match))
        while date_at < len(dates) and dates[date_at].start < clause.end:
            if dates[date_at].iso and dates[date_at].kind != "clock" and not self._names_round(dates[date_at].start):
                tokens.append((dates[date_at].start, 0, "date", dates[date_at]))
            date_at += 1
        for quantity in own:
            tokens.append((quantity.start, 3, "quantity", quantity))
        self.topic_ends = [place.end for place in regions]
        if clause.bracket:
            self._bracket_region(text, clause)
        before = clause.start
        counts_before = len(state.counted_batches)
        self.respective = find_shares(self.state, text, clause, own)
        if len(tokens) > 1:
            tokens.sort(key=_ORDER)
        for _, _, kind, item in tokens:
            if kind == "quantity":
                assert isinstance(item, Quantity)
                yield self._reading(text, clause, item, before)
                before = item.end
            else:
                self._step(text, clause, kind, item)
        given = {share.batch for share in self.respective.values() if share.batch}
        counted = state.counted_batches[counts_before:]
        if not (given or counted):
            return
        if len(given) > 1 or (len(set(counted)) > 1 and not any(quantity.kind == "money" for quantity in own)):
            # 签约16个、开工24个、投产20个，总投资…: of all
            state.batch = "合计" if len(given) == 3 or {"签约", "开工", "投产"} <= set(counted) else None

    def _step(self, text: str, clause: Clause, kind: str, item: object) -> None:  # noqa: PLR0912 (one branch a kind of token)
        state = self.state
        if kind == "place":
            assert isinstance(item, PlaceMention)
            self._place(item)
        elif kind == "project":
            assert isinstance(item, Name)
            self._project(text, clause, item)
        elif kind == "company":
            assert isinstance(item, Name)
            self._company(text, clause, item)
        elif kind == "date":
            assert isinstance(item, DateMention)
            take_date(state, text, item, self.year)
        else:
            assert isinstance(item, re.Match)
            if kind == "batch":
                read_batch(state, text, item)
            elif kind == "plan":
                if not (PLAN_WEAK.match(text, item.start()) or TAKEN_AS.match(text, item.start())):
                    state.planned = True
                    state.steps.append(f"计划 {item.group()}")
                    state.aim = state.aim or bool(item["aim"] and not PLAN_OF_YEAR.match(text, item.start()))
            elif kind == "season":
                state.period = season_of(item, self.year) or state.period
            elif kind == "fact":
                state.planned = state.aim = False
            elif kind == "ref":
                if state.project and item.start() - clause.start <= 6:
                    state.holder = "project"
            elif kind == "phase":
                if state.project:
                    state.holder, state.stage = "project", item["phase"]
            elif kind == "finished":
                if state.holder == "project" and state.project and not state.planned:
                    state.finished.add(state.project)
            elif kind == "company_ref":
                if state.company and item.start() - clause.start <= 6:
                    state.holder = "company"
            elif kind == "event":
                self._event(text, item)
            elif kind == "round":
                at = bisect_right(self.masked_starts, item.start()) - 1
                if self.year and (at < 0 or item.start() >= self.masked[at][1]):
                    state.event = f"{self.year}-{DIGITS.index(item[1]) + 1}"
            elif kind == "this_event":
                state.event = state.round or self.event
            elif kind == "many_events":
                state.event = None
            elif kind == "among" and item.group() == "其中" and state.above is None:
                state.above = state.region

    def _event(self, text: str, item: re.Match[str]) -> None:
        state = self.state
        state.event = state.round = event_id(item)
        state.steps.append(f"活动 {state.event}")
        if item.group().startswith(("全省", PROVINCE)) and OF_ALL.match(text, item.end()):
            state.lent = state.region
            self._place(PlaceMention(item.start(), item.end(), Region(PROVINCE, "province"), "", True))

    def _bracket_region(self, text: str, clause: Clause) -> None:
        """A bracket behind a place speaks of it: 占全省（889个、3024亿元）的3.5%."""
        at = bisect_left(self.place_starts, clause.start) - 1
        behind = self.places[at] if at >= 0 else None
        if behind is not None and behind.end == clause.start - 1:
            self._place(PlaceMention(behind.start, behind.end, Region(behind.name, behind.kind, behind.city), "", True))
        elif whole := WHOLE.search(text, max(0, clause.start - 12), clause.start - 1):
            province = whole[1] == "省"
            self._place(PlaceMention(*whole.span(), Region(PROVINCE, "province") if province else None, "" if province else "city", True))

    def _project_at(self, offset: int) -> Name | None:
        """The project whose name the place lies in."""
        at = bisect_right(self.project_starts, offset) - 1
        return self.projects[at] if at >= 0 and offset < self.projects[at].end else None

    def _names_round(self, offset: int) -> bool:
        """Whether the place lies in the name of a round: the 2023年 of 2023年第四次“三个一批” dates no figure."""
        return any(start <= offset < end for start, end in self.events)

    def _with_place(self, text: str, start: int) -> int:
        """Where the place begins that stands before the name at ``start``: 兴县经开区|元泰高导材料（山西）有限公司, 忻州经开区与|A公司."""
        joined = start - 1 if text[start - 1 : start] in ("与", "和") else start
        return self.before_names.get(start, self.before_names.get(joined, start))

    def _company(self, text: str, clause: Clause, name: Name) -> None:
        """A company that the clause begins with, behind its place too, holds what follows."""
        start = self._with_place(text, name.start)
        if text[clause.start : start] in ("", "目前", "位于", "日前", "近日") or start - clause.start <= 2:
            self.state.holder, self.state.company = "company", name.name

    def _inside_project(self, offset: int) -> bool:
        return self._project_at(offset) is not None

    def _place(self, place: PlaceMention) -> None:
        state = self.state
        region = place.region
        if region is None:
            region = self._deictic(place.word)
            if region is None:
                return
        if self.headline and region.type == "county" and state.default.type == "zone":
            return  # 左云：绿电入园: the zone's report, headed by its county
        if region.type == "county" and region.name[-1] in "县市区" and place.region is not None:
            region = self._zone_of(region, place) or region
        if place.topical:
            if region.type == "other" and state.above is None:
                state.above = state.region  # 其余11个县（市、区）设分会场。: of the rest no more is said in the next sentence
            if state.above is None and state.goes_through_parts(region):
                state.above = state.opening
            state.region = region
            state.holder = "region"
            state.steps.append(f"主体 {region.name}")
            self.topics[region.name] += 1
            if region.type == "zone":
                self.zone = region
            elif region.type == "county":
                self.county = region

    def _zone_of(self, county: Region, place: PlaceMention) -> Region | None:
        """稷山 for 稷山经济技术开发区, where the article names the one zone of that name and the county without 县."""
        short = county.name[:-1]
        if place.end - place.start != len(short):
            return None
        zones = [zone for zone in self.zones if zone.startswith(short)]
        return Region(zones[0], "zone", county.city) if len(zones) == 1 and self.state.default.type != "zone" else None

    def _deictic(self, word: str) -> Region | None:  # noqa: PLR0911 (one return a kind of place)
        state = self.state
        if word == "city":
            for region in (state.region, state.default):
                if region.type == "city":
                    return region
                if region.city:
                    return Region(region.city, "city", region.city)
            return Region(self.cities[0], "city", self.cities[0]) if self.cities else None
        if word == "county":
            return self.county
        if state.default.type == "zone" and state.region.type != "zone":
            return state.default
        if state.region.type == "zone":
            return state.region
        return self.zone if self.zone and state.default.type == "zone" else None

    def _project(self, text: str, clause: Clause, name: Name) -> None:
        state = self.state
        if name.listed:
            return
        state.project = name.name
        if FINISHED.match(text, name.end) or FINISHED.search(text, name.end, min(clause.end, name.end + 14)):
            state.finished.add(name.name)
        state.project_batch = verb_after(text, name.end)
        company = re.match(r"[一-鿿（）]+?(?:有限公司|有限责任公司|公司|集团)", name.name)
        if company:
            state.company = company[0]
        lead = text[clause.start : name.start]
        if _DRIVES.match(text, name.end):
            return  # 在矿井工程等项目的带动下，采矿业投资增长: the project is no subject
        rest = text[name.end : name.end + 1]
        if rest == "、" or lead.endswith("、"):
            return
        if re.search(r"(?:最[大高多]|首个|规模)[^，。；]*(?:是|为)", lead):
            state.holder = "project"
        elif re.search(r"^由.*的$", lead) or (len(lead) <= 16 and not re.search(r"(?:推动|引进|储备|谋划|争取|包括|涉及|等)$", lead)):
            state.holder, state.group = "project", False
            state.steps.append(f"主体 {name.name}")

    def _reading(self, text: str, clause: Clause, quantity: Quantity, before: int) -> Reading:
        start, end = quantity.start, quantity.end
        begin = max(before, start - WINDOW, clause.start)
        sight = Sight(
            self.state,
            text,
            clause,
            quantity,
            left=text[begin:start],
            whole_left=text[max(clause.start, start - WINDOW) : start],
            behind_topic=text[max([begin, *(at for at in self.topic_ends if at <= start)]) : start],
            right=text[end : min(clause.end, end + WINDOW)],
            shares=self.respective,
        )
        quote = text[max(clause.start, start - QUOTE) : min(clause.end, end + QUOTE)].strip()
        after = self.attributive.get(quantity.number[0])
        inside = self._project_at(quantity.number[0])
        if inside is not None and after is None:
            return name_reading(sight, inside, quote)
        indicator, rule = name_indicator(sight)
        return fill(sight, indicator, rule, after, self._project_at(after[0]) if after and after[1] else None, quote)
