"""What a text says became of its projects: stages that were reached, and deadlines that were announced.

A stage word (签约, 开工, 投产 …) belongs to the names before it in its part of the sentence (A、B等12个项目分两批进行了现场签约), to the
name right behind it (正式开工建设X项目), to all names of a list that it heads (新开工的6个项目中，…), or, where the sentence speaks of
该项目, to the last name. Behind 预计, 计划, 推动 and the like nothing has happened: with a day it is a deadline, without one it is nothing.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from build_scripts.dates import DateMention
from build_scripts.sieve import Sieve

LOOK = 160
"""Characters between a name and what is said of it: longer than any such stretch on the pages."""
NEAR = 14
"""Characters between a stage word and the name behind it."""
QUOTE = 60
"""Characters of the clause that are kept as a quotation."""

_STAGE = Sieve(
    re.compile(
        r"(?P<签约>签约(?:落地)?|签(?:订|署|下)(?=[^，。；]{0,60}?(?:协议|合同))|落地签约)"
        r"|(?P<投产>(?:建成|竣工|完工)?(?:投产|投运|投用)|投入(?:运营|使用|生产|运行))"
        r"|(?P<试生产>试生产|试运行|试运营)"
        r"|(?P<复工>复工)|(?P<开工>(?:落地)?开工(?:建设)?|动工|开建|(?:培土)?奠基|破土)"
        r"|(?P<达产>达产|达效)|(?P<建成>建成通车|通车|竣工|完工|建成(?![投后]))|(?P<落地>落地)"
    )
)
_NOT_STAGE = re.compile(
    r"率|后|前(?!期)|条件|手续|以来|建设以来|生根|达效|见效|一批|[、和及](?:开工|投产|签约|复工)|时|情况|任务|目标|仪式[前后]|大会|"
    r"(?:的)?(?:各类|重点|省级|产业)?项目(?!之一)|(?:的)?(?:约|近|超)?\d|额|金额|总|面|达\d|建设[“”《]"
)
_SINCE = re.compile(r"(?:建设)?以来")
_ROUND = Sieve(re.compile(r"(?:是|为|作为|列为)[^，。；“]{0,6}“(?P<of>签约|开工|投产)一批”|“(?P<at>签约|开工|投产)一批”活动在"))
_AIM = Sieve(
    re.compile(
        r"预计|计划|拟(?![合建])|(?<![一即])将(?!军)|力争|有望|争取|确保|尽早|尽快|早日|届时|目标|即将|促进?|鼓励|抓好|抓|(?<![主重必需首摘纪紧])要(?!求|素|道|闻)|应[当该于]|可实现|(?:早|快)(?=签约|落地|开工|投产|建成|达产)|"
        r"(?:推动|推进|加快|助力|支持)(?![^。；]{0,140}(?:相继|纷纷|先后|已经?|成功)(?:签约|落地|开工|投产|建成))"
    )
)
_FACT = Sieve(re.compile(r"目前|截至|现已|已经?(?!经)|近日|日前|正在|正式|当[日天]"))
_CEREMONY = Sieve(re.compile(r"仪式|现场|活动|当[日天]|此次|本次|集中|会场|一批”|分[^，。；]{1,6}批|签字"))
_PART_OF_IT = re.compile(r"厂房|主体|结构|车间|楼|基础|平台|桩基|道路|设备|变电|手续|封顶|接近|临近|尚未|[^已]未")
"""What is finished where only a part is: 联合厂房钢结构主体完工."""
_OTHER_SUBJECT = re.compile(r"企业|公司|客商|机构|人才|院校|政策|产品|生产线|村|群众")
_HEADING = re.compile(
    r"(?P<of>续建|新开工|开工|复工|签约|新签约|投产|新投产)的?[\d两三四五六七八九十]*[个项]?项目中，|项目(?:已|均|全部|均已)*(?P<all>复工|开工|投产|签约)，其中"
)
_GAP = re.compile(r"(?:建设)?(?:了|的(?:还有|有|是|包括))?[^，。；、仪现]{0,14}")
"""What may stand between a stage word and the name behind it: 同步投产的还有高平经开区|康硕智能精密铸造项目."""
_REFERENCE = re.compile(r"(?:^|[，：“])(?:目前|同时)?(?:本|整个)?(?:项目|工程)(?![部管方团组]|负责|建设过程|专班)")
_THIS = re.compile(r"(?:该|此|这一|这个)(?:重大|重点)?(?:项目|工程)")
_PHASE = re.compile(r"(?<!分)[一二三四五六]期(?!建设规模|规模)")
_NO_SUBJECT = re.compile(r"(?:目前|同时|并)?，?(?:预计|计划|力争|有望|争取|将(?!军)|确保)")
_WHAT_CUT = re.compile(r"^(?:之?前|底|初|末|份|中旬|上旬|下旬|可|将|能|全部|全面|正式|实现|就|有望|力争|前后|左右|，)+")
_FUZZY = re.compile(r"(?P<year>20\d\d年|今年|明年|本年)?(?P<part>年底|年末|年内|[一二三四]季度|上半年|下半年)(?:前|之前|末|底)?")
"""Days without digits, which :mod:`build_scripts.dates` does not read."""
_SENTENCE = re.compile("[。！？]+[”’]?")
_PART = re.compile("；")
_CLAUSE = re.compile("[，：]")
_PARTS = {"一季度": (1, 3), "二季度": (4, 6), "三季度": (7, 9), "四季度": (10, 12), "上半年": (1, 6), "下半年": (7, 12)}
MOST_DAYS = 20
"""Days of a sentence that are asked: the nearest."""
MOST_WHAT = 24
"""Characters of the paper's own words for what is to be done by a day."""


@dataclass(frozen=True, slots=True)
class NameSpan:
    """A project's name at ``text[start:end]``."""

    start: int
    end: int
    key: int
    """Which project of the article it is."""


@dataclass(frozen=True, slots=True)
class Said:
    """What one place says of a project."""

    batch: str
    date: str | None
    phase: str | None
    at: int
    """Offset of the word."""
    quote: str
    planned: bool = False
    """A deadline: ``date`` is the day, ``batch`` what is to be done."""


@dataclass(slots=True)
class Progress:
    """Reads the passages of one article in order; remembers which projects were spoken of last."""

    year: int | None
    event_date: str | None
    last: list[int] = field(default_factory=list)
    """Keys of the projects spoken of last, in this paragraph or the one before it."""
    fresh: bool = False
    """``last`` is of this paragraph."""

    def read(self, text: str, spans: Sequence[NameSpan], dates: Sequence[DateMention]) -> dict[int, list[Said]]:
        """Key of a project → what the passage says of it. ``spans`` are the names, in order."""
        found: dict[int, list[Said]] = {}
        if not self.fresh:
            self.last = []
        self.fresh = False
        days = [date for date in dates if date.kind != "clock" and date.iso]
        for start, end in _cut(text, 0, len(text), _SENTENCE):
            own = spans[bisect_left(spans, start, key=_start) : bisect_left(spans, end, key=_start)]
            if not own and not self.last:
                continue
            told = days[bisect_left(days, start, key=_start) : bisect_left(days, end, key=_start)]
            heading = _HEADING.search(text, start, end)
            for low, high in _cut(text, start, end, _PART):
                inside = own[bisect_left(own, low, key=_start) : bisect_left(own, high, key=_start)]
                _Part(self, text, start, low, high, inside, told, found).read()
                if heading and inside:
                    self._listed(text, heading, inside, found)
                if inside:
                    self.last = [span.key for span in _chain(text, inside, len(inside) - 1)]
                    self.fresh = True
        return found

    def _listed(self, text: str, heading: re.Match[str], inside: Sequence[NameSpan], found: dict[int, list[Said]]) -> None:
        """What the head of a list says of all its names: 新开工的6个项目中，…"""
        batch = (heading["of"] or heading["all"]).removeprefix("新")
        for span in inside:
            if span.start >= heading.end() - 1 and (heading["of"] or span.start - heading.end() < LOOK):
                say(found, span.key, Said(batch, None, None, heading.start(), text[heading.start() : heading.end()].strip("，")))


def _start(item: NameSpan | DateMention) -> int:
    return item.start


def say(found: dict[int, list[Said]], key: int, said: Said) -> None:
    """Adds ``said`` where the passage has not said it before."""
    own = found.setdefault(key, [])
    if not any((one.batch, one.date, one.phase, one.planned) == (said.batch, said.date, said.phase, said.planned) for one in own):
        own.append(said)


@dataclass(slots=True)
class _Part:
    """One part of a sentence, up to ；."""

    progress: Progress
    text: str
    sentence: int
    low: int
    high: int
    inside: Sequence[NameSpan]
    days: Sequence[DateMention]
    """Those of the sentence."""
    found: dict[int, list[Said]]
    aim: bool = False
    """A plan is spoken of: it holds from clause to clause until a fact is told."""
    aimed: list[int] = field(default_factory=list)
    """The projects that the plan is for."""

    def read(self) -> None:
        if not self.inside and not self.progress.last:
            return
        for first, last in _cut(self.text, self.low, self.high, _CLAUSE):
            self._clause(first, last)

    def _clause(self, first: int, last: int) -> None:
        text = self.text
        if _FACT.search(text, first, last):
            self.aim = False
        marker = next((match for match in _AIM.finditer(text, first, last) if not self._in_name(match.start())), None)
        self.aim = self.aim or marker is not None
        words = [match for pattern in (_ROUND, _STAGE) for match in pattern.finditer(text, first, last) if not self._in_name(match.start())]
        said = [self._word(match, first, last, marker) for match in words]
        if self.aim and not any(said) and not words:
            self._own_words(first, last)

    def _word(self, match: re.Match[str], first: int, last: int, marker: re.Match[str] | None) -> bool:
        """Reads one stage word; whether it said anything of a project."""
        text, at = self.text, match.start()
        groups = match.groupdict()
        round_ = match.re is _ROUND.pattern
        since = not round_ and _SINCE.match(text, match.end()) is not None
        day = self._day(at, first)
        if not round_ and ((since and day is None) or (not since and _NOT_STAGE.match(text, match.end()))):
            return False
        targets = self._targets(first, match, since=since) or (self.aimed if self.aim and marker is None else [])
        if not targets:
            return False
        batch = groups.get("of") or groups.get("at") or match.lastgroup or ""
        phase = self._phase(at)
        quote = text[first:last].strip("“”")[:QUOTE]
        if self.aim and not since and not round_ and not (marker and marker.start() > at):
            due = self._due(first, at)
            if due is None:
                return False
            what = match.group() if match.group() in ("完工", "竣工", "通车") else batch
            for key in targets:
                say(self.found, key, Said(what, due[0], phase, at, quote, planned=True))
            self.aimed = targets
            return True
        if not since and day is None and _CEREMONY.search(text, self.low, self.high):
            day = self.progress.event_date
        for key in targets:
            say(self.found, key, Said(batch, day, phase, at, quote))
        return True

    def _phase(self, at: int) -> str | None:
        """The phase that is spoken of at ``at``: the last one named since the project's name."""
        number = self._before_of(at)
        named = max(self.low, at - LOOK, self.inside[number - 1].end if number else 0)
        phases = _PHASE.findall(self.text, named, at)
        return phases[-1] if phases else None

    def _own_words(self, first: int, last: int) -> None:
        """A deadline for something that is no stage: 预计10月完成B1数据中心机电设备安装调试."""
        due = self._due(first, last)
        if due is None:
            return
        what = _WHAT_CUT.sub("", self.text[due[1] : last])[:MOST_WHAT].strip("“”")
        before = bisect_left(self.inside, first + 4, key=lambda span: span.start)
        bare = self.progress.fresh and (_NO_SUBJECT.match(self.text, first) or _REFERENCE.match(self.text[first : first + 12]))
        targets = [span.key for span in _chain(self.text, self.inside, before - 1)] if before else list(self.progress.last) if bare else []
        if len(what) >= 3 and targets:
            for key in targets:
                say(
                    self.found, key, Said(what, due[0], self._phase(due[1]), first, self.text[first:last].strip("“”")[:QUOTE], planned=True)
                )
            self.aimed = targets

    # ---- of which projects ---------------------------------------------------------------------------------------------------

    def _before_of(self, at: int) -> int:
        """How many names of the part end before ``at``."""
        return bisect_right(self.inside, at, key=lambda span: span.end)

    def _in_name(self, at: int) -> bool:
        number = self._before_of(at)
        return number < len(self.inside) and self.inside[number].start <= at

    def _targets(self, clause: int, match: re.Match[str], *, since: bool) -> list[int]:
        """The projects that the word at ``match`` is said of."""
        at = match.start()
        if behind := self._behind(match):
            return behind
        if before := self._before_of(at):
            return self._before(before - 1, clause, match)
        if self.inside and not since:
            return []
        said = self.text[self.low : match.end() + (LOOK if since else 0)]
        bare = self.progress.fresh and (_REFERENCE.search(said) or _NO_SUBJECT.match(self.text, clause))
        part = match.lastgroup != "开工" and _PART_OF_IT.search(self.text, clause, at)
        return list(self.progress.last) if (bare or _THIS.search(said)) and not part else []

    def _behind(self, match: re.Match[str]) -> list[int]:
        """正式开工建设|X项目, “开工一批”活动在|X项目现场举行: the names right behind the word."""
        at, text = match.start(), self.text
        round_ = bool(match.groupdict().get("at"))
        number = bisect_left(self.inside, match.end(), key=lambda span: span.start)
        if number == len(self.inside) or self.inside[number].start - match.end() > NEAR or match.groupdict().get("of"):
            return []
        gap = text[match.end() : self.inside[number].start]
        if re.search(r"[，。；、]", gap) or not (round_ or _GAP.fullmatch(gap)):
            return []
        taken = number and not round_ and "，" not in text[self.inside[number - 1].end : at]
        return [] if taken else [span.key for span in _chain(text, self.inside, number, forward=True)]

    def _before(self, number: int, clause: int, match: re.Match[str]) -> list[int]:
        """A、B等12个项目分两批进行了现场|签约: the names before the word, where it is said of them and not of a part or somebody else."""
        at, end = match.start(), self.inside[number].end
        elsewhere = clause > end and _OTHER_SUBJECT.search(self.text, clause, at)
        part = match.lastgroup in ("建成", "投产", "试生产", "达产") and _PART_OF_IT.search(self.text, max(clause, end), at)
        if at - end > LOOK or elsewhere or part:
            return []
        return [span.key for span in _chain(self.text, self.inside, number)]

    # ---- days ----------------------------------------------------------------------------------------------------------------

    def _day(self, at: int, clause: int) -> str | None:
        """The day of what is said at ``at``: of its clause, else of the sentence before it."""
        last = bisect_right(self.days, at, key=lambda date: date.end)
        before = self.days[max(0, last - MOST_DAYS) : last]
        own = [date for date in before if date.start >= clause]
        early = [date for date in before if not _AIM.search(self.text, max(self.sentence, date.start - 4), date.start)]
        told = own or early
        return told[-1].iso if told else None

    def _due(self, first: int, last: int) -> tuple[str, int] | None:
        """The day that stands in ``text[first:last]`` and where it ends."""
        at = bisect_left(self.days, first, key=lambda date: date.start)
        found = [(date.iso or "", date.end) for date in self.days[at : at + MOST_DAYS] if date.end <= last]
        for match in _FUZZY.finditer(self.text, first, last):
            year = self.progress.year
            if (match["year"] or "").startswith("20"):
                year = int(match["year"][:4])
            elif year is not None and match["year"] == "明年":
                year += 1
            if year is not None:
                low, high = _PARTS.get(match["part"], (12, 12))
                found.append((f"{year}-{high:02}" if low == high else f"{year}-{low:02}/{year}-{high:02}", match.end()))
        return max(found, key=lambda due: due[1]) if found else None


def _chain(text: str, spans: Sequence[NameSpan], number: int, *, forward: bool = False) -> list[NameSpan]:
    """The names of the list that ``spans[number]`` ends, or begins: A项目、C公司投资3亿元的B项目."""
    chain = [spans[number]]
    step = 1 if forward else -1
    at = number
    while 0 <= at + step < len(spans):
        one, other = sorted((spans[at], spans[at + step]), key=lambda span: span.start)
        if not _joined(text[one.end : other.start]):
            break
        at += step
        chain.append(spans[at])
    return chain if forward else chain[::-1]


def _joined(gap: str) -> bool:
    return re.match(r"[”’]?(?:、|和|与|及|以及)", gap) is not None and not re.search(r"[，。；：！？]", gap)


def _cut(text: str, start: int, end: int, signs: re.Pattern[str]) -> Iterator[tuple[int, int]]:
    for match in signs.finditer(text, start, end):
        yield start, match.start()
        start = match.end()
    yield start, end
