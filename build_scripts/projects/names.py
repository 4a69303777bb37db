"""Names of projects in clean text, by the grammar of names.

A name ends in 项目, in 工程, or – where the text shows that a project is meant – in the word for what is built (生产线, 基地, 产业园);
``phrases.py`` tells where it begins and ``judging.py`` whether it is one. The members of a list that 等项目 closes are names too.
"""

import re
from bisect import bisect_left, insort
from collections.abc import Sequence
from dataclasses import dataclass

from build_scripts.lexicon.finder import Mention
from build_scripts.projects.companies import Firm
from build_scripts.projects.judging import BUILT, HOUSES, LONG_KIND, WORKS, ends_built, is_built, is_name, may_be_listed, strength
from build_scripts.projects.phrases import MAX_NAME, Phrase, Phrases
from build_scripts.projects.words import STOPS, own_words
from build_scripts.sieve import Sieve

MAX_MEMBERS = 40
"""Members of a list; the longest on the pages has seven."""

_HEAD = Sieve(
    re.compile(
        r"项目(?!总数|总量|数[^据字智]|个数|库|册|制|化|年|部|组|法|办|名[称单]|资[金源]|谋划|储备|招引|推进|攻坚|包联|手续|责任|审批|信息|意向|线索|观摩|调度|申报|评审|"
        r"培训|管理|服务|专班|经理|之一|之间|的(?:申报|谋划|储备|审批|管理)|和企业|[及、和与](?:企业|园区|资金))"
        r"|工程(?!师|总监|机械|车辆|装备|技术|起重|研[发究]|建设项目|项目|量|质量|进度|款|学院|院|造价|咨询|监理|承包|设计|施工|定位|中心|实验|公司|[及、和与](?:项目|企业))"
        rf"|(?:{BUILT}|{HOUSES})(?!项目|工程|建设项目|[一二三四五]?期?(?:建设)?项目|管委会|党工委|内|里|间|服务|各|一角|区)"
    )
)
"""What ends a name, and the words behind it with which it is something else (项目库, 工程师)."""
_ANY = re.compile(rf"项目|工程|{BUILT}")
_SUFFIX = re.compile(
    r"(?:（[一二三四五六七八九十]+期(?:工程)?）|（[A-Za-z一二三四]+(?:区|标段|地块)）|[一二三四五六七八九十]+期(?:工程|项目)?)?"
)
_GOES_ON = re.compile(r"[^，。；：！？、的等]{0,14}?(?:项目|工程)")
_LIST_END = Sieve(
    re.compile(r"等(?:(?:一批|[\d一二两三四五六七八九十]+[余多]?[个项])?[^，。；：！？等]{0,18}?)(?:项目|工程)(?!化|制|库|册)")
)
_LIST_COUNT = re.compile(r"(?<=[一-鿿A-Za-z）])([2-9]|1\d|[两三四五六七八九十])个(?:代表|重点|签约|合作)?项目")
"""A、B、C3个项目: a list that its number closes, where it has so many members."""
_DIGITS = {sign: number for number, sign in enumerate("两三四五六七八九十", 2)}
_NOT_LIST = re.compile(r"(?:的(?:申报|谋划|储备)|申报|建设(?![现正已进施加全顺])|储备|谋划|策划|前期|\d)")
_LIST_STATE = re.compile(
    r"(?:正|正在)?(?:有序|稳步|顺利|加快|加紧|全力|快速)?(?:推进|进展|建设|施工)|，[^，。；]{0,12}(?:签约|开工|投产|复工)|"
    r"[^，。；]{0,12}?(?:签约|开工|投产|复工|竣工|建成|投运|投用|落地|落户|完工)"
)
"""What is said of the projects of a list: 等项目正有序推进, 等项目陆续开工建设."""
_JOINT = re.compile(r"(?<=[一-鿿）]{3})(?:以及|和|及|与)(?=[一-鿿“]{3})")
_NEW_MEMBER = re.compile(r"(?:总投资|投资|年产|\d)")


@dataclass(frozen=True, slots=True, order=True)
class Found:
    """A project's name at ``text[start:end]``."""

    start: int
    end: int
    head: int
    """Offset behind the word that ends the name before its phase: behind 项目 in 产业园项目（二期）."""
    name: str
    zone: Mention | None = None
    """The zone that stands before the name in its phrase."""


def find_projects(text: str, places: Sequence[Mention] = (), firms: Sequence[Firm] = ()) -> tuple[Found, ...]:
    """Every named project of ``text``, in order, without overlaps.

    ``places`` are :func:`~build_scripts.names.find_places` and ``firms`` :func:`~build_scripts.projects.companies.find_firms` of it.

    >>> [found.name for found in find_projects("总投资3亿元的瑞光检测设备项目开工，全年实施省级重点工程项目9个。")]
    ['瑞光检测设备项目']
    """
    if not _ANY.search(text):
        return ()
    reader = _Reader(Phrases(text, places, firms))
    reader.heads()
    reader.lists()
    return tuple(reader.found)


def tidy(name: str) -> str:
    """``name`` without quotation marks and brackets that it does not close."""
    for first, last in ("“”", "‘’", "（）"):
        if name.count(first) != name.count(last):
            name = name.replace(first, "").replace(last, "")
    return name.strip("、 ")


class _Reader:
    def __init__(self, phrases: Phrases) -> None:
        self.phrases = phrases
        self.text = phrases.text
        self.found: list[Found] = []

    def heads(self) -> None:
        """Names that end in 项目, 工程 or, where it is shown, in what is built."""
        text, phrases = self.text, self.phrases
        taken = 0
        for match in _HEAD.finditer(text):
            head = match.end()
            if match.start() < taken or phrases.in_book(match.start()):
                continue
            if match.group() not in ("项目", "工程") and self._goes_on(head):
                continue
            limit = max(taken, match.start() - MAX_NAME)
            low = phrases.left(head, limit)
            if low == taken and taken and text[taken - 1] not in STOPS + "、”）" and text[taken] not in "和与及以、":
                continue  # 赤泥堆场项目|1号库变电工程: a part of the project before it
            phrase = phrases.begin(self._over_comma(low, match.start(), limit), head)
            suffix = _SUFFIX.match(text, head)
            end = suffix.end() if suffix else head
            if text.startswith("”", head) and phrases.closes(head, limit):
                end = head + 1
            if phrase.start < match.start() and is_name(phrases, phrase, head, end):
                self._add(phrase, head, end)
                taken = end

    def _goes_on(self, offset: int) -> bool:
        """Whether 项目 follows soon, so that a word for what is built is only a part of the name: 新能源电站|开发项目."""
        return _GOES_ON.match(self.text, offset, offset + 18) is not None and not is_built(self.text, offset)

    def _over_comma(self, low: int, offset: int, limit: int) -> int:
        """A 、 inside a name: 某公司幕墙建材研发、生产基地项目, 年产5000台风力发电、船用发电机结构件项目."""
        text = self.text
        if not low or text[low - 1] != "、" or low - 1 <= limit:
            return low
        before = self.phrases.left(low - 1, limit)
        piece = text[before : low - 1]
        if (
            _HEAD.search(piece)
            or re.search(rf"(?:{BUILT}|改造|扩产)(?:[（一二三四].{{0,4}})?$", piece)
            or _NEW_MEMBER.match(text, low, offset)
        ):
            return low
        begins = self.phrases.firms_in(before, low - 1) or re.search(r"年产[\d.]", piece) or self._is_one_of_zones(before, low, offset)
        return before if begins else low

    def _is_one_of_zones(self, before: int, low: int, offset: int) -> bool:
        """Whether each zone of a list has one project: ，侯马经济开发区高频变压器、电感元器件项目，洪洞经济技术开发区…项目."""
        zones = {zone.start for zone in self.phrases.zones}
        begins = before in zones and (not before or self.text[before - 1] in "，；")
        return begins and not any(low <= zone < offset for zone in zones) and self.text[offset + 2 : offset + 3] in ("，", "；", "等")

    def lists(self) -> None:
        """Names without 项目 in a list that 等项目 closes, and beside a member of the list that has it."""
        text = self.text
        for match in _LIST_END.finditer(text):
            if not _NOT_LIST.match(text, match.end()):
                self._list(self._members(match.start()), match.end())
        for match in _LIST_COUNT.finditer(text):
            members = self._members(match.start())
            if len(members) == (_DIGITS.get(match[1]) or int(match[1])):
                self._list(members, match.end(), counted=True)
        for name in tuple(self.found):  # 金宇科林新材料智能化生产线、原平经开区|同德科创可降解塑料建设项目三季度实现投产
            comma = (name.zone.start if name.zone and name.zone.end == name.start else name.start) - 1
            if comma > 0 and text[comma] == "、":
                low = self.phrases.left(comma, max(0, comma - MAX_NAME))
                phrase = self.phrases.begin(low, comma)
                if phrase.linked and ends_built(text[low:comma]) and may_be_listed(self.phrases, phrase, comma):
                    self._add(phrase, comma, comma)

    def _members(self, end: int) -> list[tuple[int, int]]:
        """The spans of the list that ends at ``end``, in order."""
        text, at = self.text, end
        spans: list[tuple[int, int]] = []
        while len(spans) < MAX_MEMBERS:
            low = self.phrases.left(at, max(0, at - MAX_NAME))
            spans.append((low, at))
            if low == 0 or text[low - 1] != "、":
                break
            at = low - 1
        first, last = spans[0]
        joint = _JOINT.search(text, first, last) if len(spans) > 1 else None
        if joint and min(joint.start() - first, last - joint.end()) >= 4:
            spans[0:1] = [(joint.end(), last), (first, joint.start())]
        return spans[::-1]

    def _list(self, members: Sequence[tuple[int, int]], end: int, *, counted: bool = False) -> None:
        """The members are names if half of them show it, or if one does and the list says how many they are or what is done with them."""
        text = self.text
        made: list[tuple[Phrase, int]] = []
        kinds: list[tuple[Phrase, int]] = []
        strong = 0
        for low, high in members:
            phrase = self.phrases.begin(low, high)
            body = text[phrase.start : high]
            if may_be_listed(self.phrases, phrase, high):
                own = len(own_words(body, "general", "trade"))
                works = own >= 3 and (ends_built(body) or WORKS.search(body) is not None)
                strong += strength(phrase, body) or body.endswith(("项目", "工程")) or works
                made.append((phrase, high))
            elif made and len(members) > 2 and len(body) >= LONG_KIND and ends_built(body):
                kinds.append((phrase, high))  # 新能源数字化仓储物流园, beside names
        if made and (2 * strong >= len(members) or (strong and (counted or _LIST_STATE.match(text, end, end + 40)))):
            for phrase, high in (*made, *kinds):
                self._add(phrase, high, high)

    def _add(self, phrase: Phrase, head: int, end: int) -> None:
        found = Found(phrase.start, end, head, tidy(self.text[phrase.start : end]), phrase.zone)
        at = bisect_left(self.found, found.start, key=lambda other: other.start)
        before = at and self.found[at - 1].end > found.start
        behind = at < len(self.found) and self.found[at].start < found.end
        if not before and not behind:
            insort(self.found, found, key=lambda other: other.start)
