"""Places and zones of an article: what it names, and what it reports on.

:func:`find_places` finds every name; :func:`zones_named`, :func:`article_cities` and :func:`article_zones` read an article's fields off it.
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import pairwise

from build_scripts.lexicon.finder import Mention, find_places
from build_scripts.lexicon.places import load_lexicon

__all__ = ["Mention", "article_cities", "article_zones", "find_places", "zones_named"]

_ORGAN = "省(?![级校内外市会份])(?:委|政府|政协|人大|领导|长|[\u4e00-\u9fff]{1,8}?(?:厅|局|委员会|办公室))"
_PROVINCE = re.compile(
    rf"山西[：:]|山西(?:各|全省|开发区)|我省|山西省(?![\u4e00-\u9fff]{{0,12}}公司)|(?<![本外跨全]){_ORGAN}|"
    "(?<![居在列获于为成入])全省(?!首|第|前|唯一|最|领先|率先|重点|排名|排行|同步|标杆|示范|一流|先进)"
)
"""Words of a headline that say the province reports. 全省首个 praises one zone, 融入全省 looks up to the province."""

_PROVINCE_ACTS = re.compile(rf"(?:^|[日午，。：讯])(?:(?:全省|我省|山西省)(?!重点|首|第)|{_ORGAN})")
"""The province as subject of the first sentence. 按照省委部署 and 作为全省重点项目 are phrases about somebody else."""

_VISITED = re.compile("(?:在|赴|到|来到|前往|奔赴|莅临|考察|学习|对标|借鉴|比照)$")
"""What stands before the place where somebody from elsewhere acts."""

_CAPITAL = "太原市"
_PROVINCE_ZONE = ""
"""Stands for 山西转型综合改革示范区 where cities are counted: it can be what an article is about, and is no city."""

_JOINTS = ("、", "和", "与", "及")
_STOP = re.compile("[。！？]")

# On the five pages all strong mentions of a city's article fall to that city (20 articles of 20); the foremost place of
# a province-wide article has half of them at most. The thresholds leave room on either side.
_AHEAD = 0.45
"""The share of an article's places that bears out the city named first."""
_ALONE = 0.6
"""The share that makes a city the article's own although the text opens with a scene or with the province."""
_PLAIN_SHARE, _PLAIN_COUNT = 0.8, 3
"""What outweighs an opening with the province that does not name the city at all."""
_JOINT = 0.2
"""The share of each of two cities that open a text side by side: 在太原、忻州两地同步举行."""


def zones_named(text: str) -> tuple[str, ...]:
    """The development zones that ``text`` names, each once, in order of first mention.

    Official names where the lexicon has them, else as printed. A zone without its place (高新区, 开发区, 该示范区)
    refers back to one that is named already and is not counted.

    >>> zones_named("运城经济技术开发区（以下简称运城经开区）与长治高新区结对，两个开发区签约。")
    ('运城经济技术开发区', '长治高新技术产业开发区')
    """
    return tuple(dict.fromkeys(mention.name for mention in find_places(text) if mention.kind == "zone"))


def article_cities(kicker: str | None, title: str | None, subtitle: str | None, paragraphs: Sequence[str]) -> tuple[str, ...]:
    """The prefecture-level cities that the article as a whole reports on, official names; none if it is province-wide.

    In this order, the first that answers counts, for so a reader of this paper takes it in:

    1. The headline with kicker and subtitle: 大同：项目总数47个; 阳泉高新区 over a headline is 阳泉市; 侯马 is 临汾市.
       A place that is only visited (吕梁市在太原举办推介会) does not count beside the visitor.
       山西转型综合改革示范区 is no city's.
    2. The sentence that first names a place in the first paragraph, if the rest of the text bears it out.
    3. The city that most names belong to, where the text opens with a scene.
    4. Where no place is named at all, the city in the name of a firm or an institute, as in a caption on
       中国煤炭科工集团太原研究院.

    A text that the province opens (山西：…, 省商务厅, 全省开发区…活动举行，大同市在…) needs more to be a city's; 太原 as
    the place of a provincial meeting never is. Cities that stand side by side as examples are none: 武乡, 临汾, 阳泉 and
    临猗 under 山西：开发区项目建设“跑起来”. Whatever else is named is a mention, see :func:`find_places`.

    >>> article_cities("古县经济技术开发区", "10个重点项目集中开复工", None, [])
    ('临汾市',)
    """
    headline = "\n".join(part for part in (kicker, title, subtitle) if part)
    provincial = _PROVINCE.search(headline) is not None
    named = find_places(headline)
    if reported := _reported(headline, _without_venue(headline, named) if provincial else named):
        cities = tuple(key for key in reported if key != _PROVINCE_ZONE)
        return () if provincial and len(cities) > 1 else cities
    texts = [text for text in paragraphs if text]
    found = [find_places(text) for text in texts]
    if provincial or (texts and _PROVINCE_ACTS.search(_first_sentence(texts[0]))):
        return _cities_under_the_province(texts, found, at_least=2 if provincial else 1)
    if any(not mention.weak for mentions in found for mention in mentions):
        return _cities_of_body(texts, found)
    return _one_city(named) or _one_city(found[0] if found else ())


def article_zones(headline: str, body: str) -> tuple[str, ...]:
    """The development zones that the article as a whole reports on; those that it names besides are mentions.

    ``headline`` is kicker, title and subtitle, ``body`` the rest, each clause and paragraph on a line of its own.

    1. The zones of the headline: 古县经济技术开发区 over a title. One that is only visited does not count beside the visitor.
    2. Where the headline names no place, the zone that most of the text's names fall to: a report on a company's new works in a zone, a
       caption. Where it names a county (侯马), the one zone that the text names, if it lies there.

    A city's report that tells of one zone at length is the city's, and a report on the whole province is no zone's.

    >>> article_zones("长治高新区 项目建设为何跑出『加速度』？", "襄垣经开区来学习。")
    ('长治高新技术产业开发区',)
    """
    found = [mention for mention in find_places(f"{headline}\n{body}") if not mention.weak]
    named = [mention for mention in found if mention.start < len(headline)]
    if any(mention.kind == "zone" for mention in named):
        return tuple(dict.fromkeys(mention.name for mention in _acting(headline, named) if mention.kind == "zone"))
    zones = Counter(mention.name for mention in found if mention.kind == "zone")
    if not zones or _PROVINCE.search(headline) or _PROVINCE_ACTS.search(_first_sentence(body)):
        return ()
    zone, count = zones.most_common(1)[0]
    if named:
        lies_in = {(known.city, known.county) for known in load_lexicon().zones if known.name == zone}
        return (zone,) if len(zones) == 1 and {(mention.city, mention.name) for mention in named} == lies_in else ()
    return (zone,) if count >= _ALONE * len(found) else ()


def _key(mention: Mention) -> str:
    return mention.city or _PROVINCE_ZONE


def _first_sentence(text: str) -> str:
    return _STOP.split(text, maxsplit=1)[0]


def _without_venue(text: str, mentions: Iterable[Mention]) -> list[Mention]:
    """``mentions`` without 太原 where the province meets: 省商务厅在太原召开座谈会."""
    return [mention for mention in mentions if not (mention.city == _CAPITAL and text.endswith("在", 0, mention.start))]


def _reported(text: str, mentions: Iterable[Mention]) -> tuple[str, ...]:
    """The cities of ``mentions`` that act, in order; where all are only visited, those."""
    return tuple(dict.fromkeys(_key(mention) for mention in _acting(text, mentions)))


def _acting(text: str, mentions: Iterable[Mention]) -> list[Mention]:
    """The strong ones of ``mentions`` that act; where all are only visited, those."""
    strong = [mention for mention in mentions if not mention.weak]
    acting: list[Mention] = []
    end, visited = 0, False
    for mention in strong:
        if text[end : mention.start] not in _JOINTS:  # 在太原、忻州两地: both are visited
            visited = _VISITED.search(text, max(0, mention.start - 2), mention.start) is not None
        end = mention.end
        if not visited:
            acting.append(mention)
    return acting or strong


def _opening(text: str, mentions: Iterable[Mention]) -> list[Mention]:
    """The strong mentions of the first sentence of ``text`` that has any."""
    strong = [mention for mention in mentions if not mention.weak]
    stop = _STOP.search(text, strong[0].end) if strong else None
    return [mention for mention in strong if not stop or mention.start < stop.start()]


def _cities_of_body(texts: Sequence[str], found: Sequence[Sequence[Mention]]) -> tuple[str, ...]:
    counts = Counter(_key(mention) for mentions in found for mention in mentions if not mention.weak)
    share = {key: count / counts.total() for key, count in counts.items()}
    opening = _opening(texts[0], found[0])
    for left, right in pairwise(opening):
        pair = {mention.city: share[mention.city] for mention in (left, right) if mention.city}
        joined = texts[0][left.end : right.start] in _JOINTS
        if joined and len(pair) == 2 and min(pair.values()) >= _JOINT and sum(pair.values()) >= _PLAIN_SHARE:
            return tuple(pair)
    opened = _reported(texts[0], opening)
    ahead = [key for key in opened if share[key] >= _AHEAD] + [key for key in share if share[key] >= _ALONE]
    return tuple(key for key in ahead[:1] if key != _PROVINCE_ZONE)


def _cities_under_the_province(texts: Sequence[str], found: Sequence[Sequence[Mention]], *, at_least: int) -> tuple[str, ...]:
    """The one city that the text is about although the province opens it.

    ``at_least``: how often a city that stands in the first sentence must be named.
    """
    told = [[m for m in _without_venue(text, mentions) if not m.weak] for text, mentions in zip(texts, found, strict=True)]
    counts = Counter(_key(mention) for mentions in told for mention in mentions)
    if not counts:
        return ()
    key, count = counts.most_common(1)[0]
    share = count / counts.total()
    opening = len(_first_sentence(texts[0]))
    opened = {_key(mention) for mention in told[0] if mention.start < opening}
    needed, times = (_ALONE, at_least) if key in opened else (_PLAIN_SHARE, _PLAIN_COUNT)
    enough = share >= needed and count >= times
    return (key,) if enough and key != _PROVINCE_ZONE else ()


def _one_city(mentions: Iterable[Mention]) -> tuple[str, ...]:
    """The only city among ``mentions``, weak ones too."""
    cities = {mention.city for mention in mentions if mention.city}
    return tuple(cities) if len(cities) == 1 else ()
