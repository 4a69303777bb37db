"""Whose figure it is: province, city, zone, county, and the words that stand for them (全市, 该区, 我省).

A place is the subject where a clause begins with it. 与全省同步, a venue (在兴县经开区举行), a ranking (位居全省前列) and a
neighbour are none.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from build_scripts import names
from build_scripts.figures.projects import is_class
from build_scripts.records import Article
from build_scripts.sieve import Sieve

PROVINCE = "山西省"
ZONE_WORDS = r"(?:经济技术开发区|经济开发区|高新技术产业开发区|经开区|高新区|开发区|示范区|综改区|产业集聚区)"

_BLOCKED_LEFT = re.compile(
    r"(?:与|同|和|跟|在|于|赴|到|来|往|入驻|落户|落地|进驻|向|由|从|被|比|较|占|占到|占据|占了|距|位居|居|列|排|走进|来到|深入|对接|联合|携手|邻近|毗邻|作为|是|成为|被评为|"
    r"为|给|对|将|把|让|使|符合|立足|服务|融入|按|按照|认真落实|获得|列入|纳入|入选|报送|离)$"
)
_BLOCKED_RIGHT = re.compile(
    r"(?:同步|前列|第[一二三四五六七八九十\d]|首[个家批条]|唯一|领先|最大|平均|总数|总量|上下|统一|人民|[^，。；]{0,3}会议|范围内|各地|重点(?:工程|项目)(?:之一|名单)|"
    r"转型发展|有名|闻名|前茅|的(?:主战场|缩影|窗口))"
)
_LEAD_IN = re.compile(
    r"^(?:[“‘（【]|其中|目前|当前|眼下|同时|此外|另外|今年以来|今年|去年以来|去年|近年来|截至[^，]{0,10}|据悉|据了解|据统计|近日|日前|当日|当天|全年|上半年|下半年|"
    r"20\d\d年(?:以来)?|\d{1,2}月(?:\d{1,2}日)?(?:[至到—-]\d{1,2}[月日])?份?|(?:此次|本次|这次|该次)[^，]{0,16}?(?:中|上|活动|仪式)?|一是|二是|三是|四是|首先|其次|再次|"
    r"——+|\s|现|现在|预计|并|而|随着|推动|为|助力|确保|加上|累计|全国|山西省|[一-鿿]{2,3}市)*$"
)
_LEAD = re.compile(_LEAD_IN.pattern.removesuffix("$"))
_SCENE = re.compile(r"(?:走进|来到|在)?(?:位于|地处|坐落[于在])")
"""位于阳泉高新区东区的A公司车间内，: a sentence that begins with where its scene is, and goes on there."""
_LISTED_AS = re.compile(r"(?:分别|位的?(?:[一-鿿]{2,4})?|最[高低快慢大多]的)(?:是|为)$")
_NUMBER = re.compile(r"[约近超达]?-?\d")
_NEXT_ITEM = re.compile(r"\d(?:[十百千万亿]*[一-鿿]{0,2}|[%％])、$")
_ITEM = re.compile(r"(?:同比)?(?:增长|下降|完成|签约|开工|投产|达到?|为)?[约近超]?-?\d")
"""忻州41.2%、|定襄37.9%, 祁县下降12.6%、|寿阳增长0.3%: the next place of a list, each with its number."""
_BARE_NAME = re.compile(r"[一-鿿A-Za-z、“”（）·]{4,40}项目")
_PREDICATE = re.compile(r"达到?|为|完成|实现|增长|下降")
_DEICTIC = re.compile(
    r"(?P<province>全省|我省|省内(?!外)|山西省(?![域内]?外)|山西(?!省|转型|综改|[一-鿿]{2,20}公司))"
    r"|(?P<rest>(?:其余|其他|另外)[\d两三四五六七八九十]{0,2}个?[市县区](?![场内域]))"
    r"|(?P<city>全市|我市|该市|本市|市内)|(?P<county>全县|我县|该县)"
    r"|(?P<zone>全区|我区|该区|本区|区内|(?:该|全|本|我)?(?:经开区|开发区|高新区|示范区|综改区|园区|产业园区))"
)
_FIND_DEICTIC = Sieve(_DEICTIC)
_ALL_OF = re.compile(r"(?:[全我该本][省市县]|山西省?)各?$")
"""全省|开发区, 我市各|开发区: all zones of a larger place, whose figures are its own."""


@dataclass(frozen=True, slots=True)
class Region:
    """A place that figures can belong to."""

    name: str
    type: str
    """``province``, ``city``, ``zone``, ``county``; ``other`` for 其余8市."""
    city: str | None = None


@dataclass(frozen=True, slots=True)
class PlaceMention:
    """A place, or a word for one, at ``text[start:end]``."""

    start: int
    end: int
    region: Region | None
    """``None`` for a word whose place the article must give: ``word`` says of which type."""
    word: str
    topical: bool
    """The clause begins with it: what follows is about it."""


def region_of(mention: "names.Mention") -> Region:
    """The region that a found name stands for; 运城市开发区 are all zones of the city, not one."""
    if mention.kind == "zone" and mention.printed.endswith("市开发区") and mention.city:
        return Region(mention.city, "city", mention.city)
    return Region(mention.name, mention.kind, mention.city)


def default_region(article: Article, above: Region | None) -> Region:  # noqa: PLR0911 (the first place that settles it)
    """What the article as a whole reports on: the place of its kicker, title or subtitle, else the one that it names, else the
    province.

    ``above`` is the region of the article that a caption belongs to.
    """
    for headline in (article.kicker, article.title, article.subtitle):
        if headline is None:
            continue
        text = headline.text
        found = [mention for mention in names.find_places(text) if not mention.weak]
        zones = [mention for mention in found if mention.kind == "zone"]
        if zones:
            return region_of(zones[0])
        if found:
            only = _only_zone(article)
            if found[0].kind == "county" and only is not None:
                return only  # 左云：绿电入园风光无限 reports on 左云经济技术开发区
            return region_of(found[0])
        if unlisted := _unlisted(text, 0, len(text), []):
            return unlisted[0][2] or Region(PROVINCE, "province")  # 太忻一体化经济区重大项目集中开工
        if re.search(r"全省|我省|山西|省(?:商务|工信|委|政府|发改)", text):
            return Region(PROVINCE, "province")
    if above is not None:
        return above
    if len(article.zones) == 1:
        mention = next((m for m in names.find_places(article.body[0].passage.text) if m.kind == "zone"), None) if article.body else None
        city = mention.city if mention else None
        if len(article.cities) != 1 or mention is not None:
            return Region(article.zones[0], "zone", city)
    if len(article.cities) == 1:
        return Region(article.cities[0], "city", article.cities[0])
    return Region(PROVINCE, "province")


def _only_zone(article: Article) -> Region | None:
    """The one zone that the article names, or ``None``."""
    if len(article.zones) != 1:
        return None
    city = article.cities[0] if len(article.cities) == 1 else None
    return Region(article.zones[0], "zone", city)


_UNLISTED = re.compile(
    r"[一-鿿]{2,12}?(?:经济区[一-鿿]{2,4}片区|片区|一体化经济区(?![一-鿿]{2,4}片区)|经济技术开发区|经济开发区|高新技术产业开发区|经开区|高新区|产业集聚区|产业示范区|旅游示范区)"
)
_NO_NAME = re.compile(
    r"举行|召开|印发|发布|公布|^(?:推动|推进|助力|确保|支持|围绕|依托|加快|聚焦)|[与在的和对为由等各个家是及省]|全[市区县国]|我[市区县]|该|其中|目前|一批|建设|[两三四五六七八九十]"
)


def _unlisted(
    text: str, start: int, end: int, spans: list[tuple[int, int, Region | None, str]]
) -> list[tuple[int, int, Region | None, str]]:
    """A zone that the lexicon does not know, by the form of its name, where a clause begins with it."""
    if text.find("区", start, end) < 0:
        return spans
    lead = _LEAD.match(text[start : start + 30])
    for at in (start, start + (lead.end() if lead else 0)):
        match = _UNLISTED.match(text, at, end)
        if match is None or _NO_NAME.search(match.group()):
            continue
        zones = [span for span in spans if span[2] is not None and span[2].type == "zone" and span[0] < match.end() and at < span[1]]
        if zones:
            continue
        city = next((span[2].city for span in spans if span[2] is not None and at <= span[0] < match.end()), None)
        rest = [span for span in spans if not (at <= span[0] < match.end())]
        return [*rest, (at, match.end(), Region(match.group(), "zone", city), "")]
    return spans


def _only_names(rest: str) -> bool:
    """Whether a clause says no more than a place and a project's name: an item of a list, which tells nothing of the place."""
    name = _BARE_NAME.fullmatch(rest)
    return name is not None and not is_class(rest)


def find_regions(text: str, start: int, end: int, places: Sequence[names.Mention], masked: list[tuple[int, int]]) -> list[PlaceMention]:
    """The places of the clause ``text[start:end]``, each with whether the clause is about it. ``masked`` spans are parts of
    other names.
    """
    found: list[PlaceMention] = []
    spans: list[tuple[int, int, Region | None, str]] = [
        (mention.start, mention.end, region_of(mention), "")
        for mention in places
        if start <= mention.start and mention.end <= end and not mention.weak
    ]
    spans = _unlisted(text, start, end, spans)
    taken: list[tuple[int, int]] = []
    for match in _FIND_DEICTIC.finditer(text, start, end):
        taken = taken or [(first, last) for first, last, _, _ in spans] + masked
        if any(first < match.end() and match.start() < last for first, last in taken):
            continue
        word = match.lastgroup or ""
        if word == "zone" and _ALL_OF.search(text, start, match.start()):
            continue
        region = {"province": Region(PROVINCE, "province"), "rest": Region(match.group(), "other")}.get(word)
        spans.append((match.start(), match.end(), region, word))
    if not spans:
        return found
    previous_end = -1
    previous_topical = False
    for first, last, region, word in sorted(spans, key=lambda span: span[0]):
        if any(a <= first < b for a, b in masked):
            continue
        left, right = text[start:first][-30:], text[last : last + 12]
        blocked = _BLOCKED_LEFT.search(left) is not None or _BLOCKED_RIGHT.match(right) is not None
        adjacent = first == previous_end and previous_topical
        blocked = blocked or _only_names(text[last:end])
        closes = text[first - 1 : first] == "的" and (last == end or _PREDICATE.match(text, last))  # 增速最快的是…，与之毗邻的介休经开区，
        scene = _SCENE.fullmatch(text, start, first) is not None and "的" in text[last:end]
        item = _NEXT_ITEM.search(left) is not None and _ITEM.match(right) is not None
        topical = (
            scene
            or (item and not blocked and bool(found) and found[-1].topical)
            or (_LISTED_AS.search(left) is not None and (last == end or _NUMBER.match(right) is not None))
            or (not blocked and (adjacent or bool(closes) or _LEAD_IN.match(left) is not None))
        )
        found.append(PlaceMention(first, last, region, word, topical))
        previous_end, previous_topical = last, topical
    return found
