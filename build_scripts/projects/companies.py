"""Names of firms in clean text: in full (…有限公司, …集团), and short where the text itself shows that a firm is meant.

A name in full ends in 公司 or 集团 and begins behind a sign, a verb, a preposition, a zone or a word for what it is (龙头企业).
A short name (晶科能源) is read in a list that 等企业, 等行业龙头 closes; beside a name in full; as who invests (其龙新材料投资2.5亿元);
and before 年产 at the beginning of a project's name. Not read: banks, institutes, and firms that only the reader knows to be firms.
"""

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache

from build_scripts.lexicon.finder import Mention
from build_scripts.projects.words import STOPS, own_words, words_of
from build_scripts.sieve import Sieve, gated

MAX_FIRM = 36
"""Characters of a firm's name; the longest on the pages has 18."""


@dataclass(frozen=True, slots=True)
class Firm:
    """A firm's name at ``text[start:end]``."""

    start: int
    end: int
    name: str
    full: bool = True
    """It says itself that it is a firm."""


_FULL = Sieve(re.compile(r"(?:股份)?有限(?:责任)?公司|集团(?:总公司|公司|有限公司)?|(?:总|分|子)?公司"))
_MORE = re.compile(r"(?:[一-鿿]{0,6}(?:分公司|子公司)|[一-鿿]{2,4}(?:研究院|设计院))")
"""What goes on with a firm's name: 中国煤炭科工集团太原研究院."""
_OF_GROUP = re.compile(r"(?!先后|旗下|所属|下属|投资|董事|总|党|与|和|在)[一-鿿（）]{2,12}?(?:股份)?有限(?:责任)?公司")
"""山西建邦集团|铸造有限公司 is one firm."""
_NOT_FIRM = re.compile(r"化(?![工肥])|制(?![造药剂衣])|们|债|法(?!兰)|治理|招商")
_INSIDE = re.compile(r"[0-9A-Za-z一-鿿（）·“”]")
_EDGE = Sieve(
    re.compile(
        r"引进|引入|入驻|走进|走访|来到|深入|对接|考察|依托|围绕|支持|推动|联合|携手|会同|组织|带动|促成|瞄准|聚焦|探索|了解|听取|拜访|牵手|签约|落户|位于|以及|其中|还有|包括|例如|"
        r"比如|诸如|出席|邀请|吸引|洽谈|服务(?=[一-鿿]{4})|培育|打造|通过|据|企业|客商|业主|股东|投资方|单位|负责人|董事长|总经理|代表团|(?<=[一-鿿])了(?!解)|还|指导|帮扶|加大|"
        r"\d[余多]?[家个户]|[一二两三四五六七八九十]家|公司(?=[一-鿿（）]{2})|"
        r"[在与跟由将把被让为是](?!线)|(?<![方转定])向|(?<![参相])对|(?<![区市县局院学])[从赴如]|之一|内(?!蒙)|\d[百千万亿]*元的?|的|(?<=[构家位])[及和]"
    )
)
_JOINT = re.compile(r"[和同及]")
_WHOLE_LEFT = re.compile(r"(?:公司|集团|区|市|县|省|会|局|厅|府|院|大学|银行|分行|企业|[家户个])$")
"""What 和 or 同 joins a firm to; elsewhere they belong to its name (祥和, 同德)."""

_LIST_END = gated(
    r"(?P<etc>等)?(?P<count>[\d一二两三四五六七八九十百]+[余多]?[家户个名])?"
    r"(?P<kind>(?:一批|多家|众多|国内外?|国际|省外|世界|知名|著名|领军|龙头|优质|骨干|头部|重点|优秀|大型|标杆|领航|实力|行业|产业|“?链主”?|“?链核”?|“?专精特新”?|\d+强|上下游|投融资|配套|[、的和])*)"
    r"(?P<head>企业(?!家|化|类|数|投资)|公司|客商|厂商|龙头|集团|巨头)"
)
_MEMBER = re.compile(r"[0-9A-Za-z一-鿿（）·“”]{2,18}")
_INVESTS = re.compile(
    r"(?:^|[，。；：、])([一-鿿（）]{3,12}?)(?:计划|拟|总|共|累计)?投资(?:约|近|超)?[\d.]+[余多]?[百千万亿]*(?:美|欧)?元(?=从|新建|建设|引进|实施|打造|扩建|兴建|在)"
)
_ZONE_WORD = re.compile("经开区|开发区|高新区|示范区")
_NOT_MEMBER = re.compile(
    r"(?:银行|分行|支行|大学|学院|研究院|研究所|协会|商会|医院|政府|管委会|开发区|经开区|高新区|示范区|项目|产业|行业|领域|地区|国家|省|市|县)$|[了的是在]|^(?:该|本|我|各)"
)


def _tail() -> str:
    return words_of("firm", "maker")


def find_firms(text: str, places: Sequence[Mention] = ()) -> tuple[Firm, ...]:
    """Every firm that ``text`` names, in order, without overlaps; ``places`` are :func:`~build_scripts.names.find_places` of it.

    >>> [firm.name for firm in find_firms("引进360、浪潮等国内领军企业，与大运集团开展联合招商。")]
    ['360', '浪潮', '大运集团']
    """
    found: list[Firm] = []
    if "公司" in text or "集团" in text:
        found += _full_names(text, places)
    if "企业" in text or "公司" in text or "客商" in text or "龙头" in text:
        found += _listed(text, found)
    if "投资" in text:
        found += _investing(text)
    found += _beside(text, [firm for firm in found if firm.full])
    return without_overlaps(found)


def without_overlaps(firms: Iterable[Firm]) -> tuple[Firm, ...]:
    """``firms`` in order; of two that overlap the longer one."""
    kept: list[Firm] = []
    for firm in sorted(firms, key=lambda firm: (firm.start, -firm.end)):
        if kept and firm.start < kept[-1].end:
            if firm.end - firm.start > kept[-1].end - kept[-1].start:
                kept[-1] = firm
            continue
        kept.append(firm)
    return tuple(kept)


def _full_names(text: str, places: Sequence[Mention]) -> list[Firm]:
    found: list[Firm] = []
    zone_ends = [place.end for place in places if place.kind == "zone"]
    taken = 0
    for match in _FULL.finditer(text):
        if match.start() < taken or _NOT_FIRM.match(text, match.end()):
            continue
        start = _left(text, match.start(), max(taken, match.start() - MAX_FIRM))
        zone = bisect_left(zone_ends, match.start()) - 1
        start = max(start, zone_ends[zone]) if zone >= 0 else start
        start = _after_edges(text, start, match.start())
        core = text[start : match.start()]
        if (len(own_words(core, "plain")) < 2 or _is_count(core)) and not re.fullmatch(r"\d{2,}", core):
            continue
        end = match.end()
        if (more := _MORE.match(text, end)) or (match[0].startswith("集团") and (more := _OF_GROUP.match(text, end))):
            end = more.end()
        found.append(Firm(start, end, text[start:end].strip("“”")))
        taken = end
    return found


def _is_count(core: str) -> bool:
    return re.fullmatch(r"[\d一二两三四五六七八九十几多余]+[家个户]?.{0,4}", core) is not None and not re.fullmatch(r"\d{2,}", core)


def _left(text: str, offset: int, limit: int) -> int:
    """Where the run of characters that a firm's name is made of begins; brackets only in pairs."""
    depth = 0
    for at in range(offset - 1, limit - 1, -1):
        char = text[at]
        if char in "）”":
            depth += 1
        elif char in "（“":
            if not depth:
                return at + 1
            depth -= 1
        elif not _INSIDE.match(char):
            return at + 1
    return limit


def _after_edges(text: str, start: int, end: int) -> int:
    for match in _EDGE.finditer(text, start, end):
        if match.end() <= end:
            start = max(start, match.end())
    for match in _JOINT.finditer(text, start, end):
        if _WHOLE_LEFT.search(text, max(0, match.start() - 4), match.start()) and match.end() < end:
            start = match.end()
    while start < end and text[start] in "、“）和与及还":
        start += 1
    return start


def _listed(text: str, full: Sequence[Firm]) -> list[Firm]:
    """江西沐邦高科、江苏创曦新材、徐工集团等行业龙头企业: the members of a list that says what they are."""
    found: list[Firm] = []
    for match in _LIST_END.finditer(text):
        if not match["etc"] and not match["count"]:
            continue
        members = _members(text, match.start())
        counted = re.match(r"\d+", match["count"] or "")
        if not match["etc"] and (counted is None or int(counted[0]) != len(members)):
            continue  # 晋能光伏、多尔晋泽、基因印刷、华彩包装4户企业: all of them, or it is no list
        if any(_ZONE_WORD.search(text[slice(*span)]) for span in members):
            continue  # 定襄经开区风电装备、法兰和原平经开区煤机等企业: what zones make
        shown = bool(match["count"] or re.sub("[、的和行产业]", "", match["kind"] or "")) or match["head"] != "企业"
        firms = [span for span in members if _may_be_firm(text[slice(*span)])]
        known = {firm.end for firm in full}
        if not shown and not any(_ends_as_firm(text[slice(*span)]) or span[1] in known for span in firms):
            continue
        found += [Firm(start, end, text[start:end].strip("“”"), full=False) for start, end in firms if end not in known]
    return found


def _members(text: str, end: int) -> list[tuple[int, int]]:
    """The spans of the list that ends at ``end``, in order."""
    first = max(0, end - 160)
    start = max((text.rfind(sign, first, end) + 1 for sign in STOPS), default=0)
    start = max(start, first)
    spans: list[tuple[int, int]] = []
    at = end
    while at > start:
        comma = text.rfind("、", start, at)
        if comma < 0:
            break
        spans.append((comma + 1, at))
        at = comma
    spans.append((_after_edges(text, start, at), at))
    split: list[tuple[int, int]] = []
    for first, last in reversed(spans):
        joint = re.search(r"(?<=[一-鿿]{2})(?:和|与|及|以及)(?=[一-鿿]{2})", text[first:last])
        if joint and last == end:
            split += [(first, first + joint.start()), (first + joint.end(), last)]
        else:
            split.append((first, last))
    return [(a, b) for a, b in split if b > a]


def _may_be_firm(name: str) -> bool:
    bare = name.strip("“”")
    return (
        _MEMBER.fullmatch(name) is not None
        and 2 <= len(bare) <= 14
        and _NOT_MEMBER.search(bare) is None
        and (bare.isascii() or len(own_words(bare, "plain", "trade", "general")) >= 2 or _ends_as_firm(bare))
    )


def _ends_as_firm(name: str) -> bool:
    """凯赛生物: a word that firms' names end in, with words of its own before it."""
    match = _ends().search(name.strip("“”"))
    return match is not None and len(own_words(name[: match.start()], "trade", "general")) >= 2


def _investing(text: str) -> list[Firm]:
    found = []
    for match in _INVESTS.finditer(text):
        name = match[1]
        if not name.endswith(("公司", "集团")) and _may_be_firm(name) and _ends_as_firm(name):
            found.append(Firm(match.start(1), match.end(1), name, full=False))
    return found


def _beside(text: str, full: Sequence[Firm]) -> list[Firm]:
    """与大运集团、北方铜业开展联合招商; 会同综改燃气、综改水务公司: a short name that is joined to a name in full."""
    found: list[Firm] = []
    if not full:
        return found
    for firm in full:
        after = _short_after().match(text, firm.end)
        if after and _ends_as_firm(after[1]):
            found.append(Firm(after.start(1), after.end(1), after[1], full=False))
        if firm.start and text[firm.start - 1] in "、":
            end = firm.start - 1
            start = _after_edges(text, _left(text, end, max(0, end - 12)), end)
            if _may_be_firm(text[start:end]) and _ends_as_firm(text[start:end]):
                found.append(Firm(start, end, text[start:end], full=False))
    return found


@cache
def _short_after() -> re.Pattern[str]:
    return re.compile(rf"[、和与]([一-鿿]{{2,6}}?(?:{_tail()}))(?![一-鿿]{{0,8}}(?:公司|集团))")


@cache
def _ends() -> re.Pattern[str]:
    return re.compile(rf"(?:{_tail()})$")


@cache
def _begins() -> re.Pattern[str]:
    return re.compile(rf"[一-鿿]{{2,6}}?(?:(?:{words_of('maker')})(?!产业|园|基地|料)|(?:{words_of('firm')})(?=[\dA-Z“]))")


_MAKES = re.compile(r"([一-鿿（）A-Za-z]{2,12}?)年(?:产|处理|加工|回收)(?:[\d.]|[一二三四五六七八九十百千万])")


def maker_of(name: str) -> str | None:
    """The short name of the firm at the head of a project's name, or ``None``.

    >>> maker_of("多氟多年产2万吨高纯六氟磷酸锂项目"), maker_of("冀东水泥分布式光伏发电"), maker_of("晶科能源“年产56GW”项目")
    ('多氟多', '冀东水泥', '晶科能源')
    """
    if match := _MAKES.match(name):
        maker = match[1]
        if len(own_words(maker, "general", "trade")) >= 2 and not re.search(r"(?:项目|基地|园|中心|厂房|[）区县市期])$", maker):
            return maker
    match = _begins().match(name)
    return match[0] if match and _ends_as_firm(match[0]) else None
