"""Finds cities, counties and development zones in clean text.

At each place the longest reading wins, from left to right: a zone's name or alias; a place with a zone's type behind
it; a word that only looks like a place; a place. One dictionary by the first two characters keeps the time linear.
"""

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from typing import Literal

from build_scripts.chars import is_han
from build_scripts.lexicon.places import ZONE_TYPES, City, County, Lexicon, Zone, load_lexicon

Kind = Literal["city", "county", "zone"]


@dataclass(frozen=True, slots=True)
class Mention:
    """A name in a text: ``text[start:end] == printed``."""

    start: int
    end: int
    kind: Kind
    name: str
    """The official name; for a zone that the lexicon lacks, the fullest form that the text prints."""
    city: str | None
    """The prefecture-level city, official name; ``None`` for 山西转型综合改革示范区."""
    printed: str
    weak: bool = False
    """It stands in the name of a firm, bank, school or institute: it says where that sits, not what is reported."""


@dataclass(frozen=True, slots=True)
class _Form:
    """One spelling to look for."""

    text: str
    place: City | County | Zone | None
    """``None``: a word to step over."""
    short: bool = False
    """Without 市, 县 or 区."""


@dataclass(frozen=True, slots=True)
class _Found:
    """A mention while the text is still being read."""

    mention: Mention
    place: str = ""
    """The city or county at the head of a zone's name."""
    kind: str = ""
    """Of a zone, see :data:`ZONE_TYPES`."""
    known: bool = True
    """Whether the lexicon has it."""


_RANK = "(?:国家级|国家|省级)?"
_TYPES = "|".join(sorted((printed for printed, kind in ZONE_TYPES.items() if kind != "综改"), key=len, reverse=True))
_TYPE = re.compile(f"{_RANK}({_TYPES})")
_AREA = re.compile("域(?![内外])")
"""开发区域 is an area; 开发区域内企业 are firms inside the zone."""

_AT_LARGE = re.compile("建设|工作|系统|改革|条例|总数|高质量发展|“?三个一批|[0-9]{4}年")
"""What follows 吕梁开发区 where all zones of the city are meant. Otherwise it is one zone: 忻州开发区围绕“链主”企业…"""

_RANKED = frozenset(("经济", "高新", "农高", "保税", "开发"))
"""The kinds of zone that 国家级 may stand before. 国家级示范区 and 国家现代农业示范区 are titles that a whole county may win."""

_COUNT = "[一二两三四五六七八九十0-9]{1,3}[个家大]"
_LIST = re.compile(f"(?:等(?:{_COUNT})?|{_COUNT}){_RANK}({_TYPES})(?!域)")
"""What ends a list of zones: 吕梁、文水、兴县等经开区, 忻州、原平两个开发区. 等市开发区 ends a list of cities."""

_LESSER = re.compile("路(?![径网由线演桥段况灯])|大?街(?![头道区巷办])|大道(?!理)|巷|[镇乡村](?![镇乡村])")
"""What makes a street, a town or a village of a bare name: 长治路 in 太原, 交口镇 in 陕西."""

_DISTRICT_WORD = re.compile("[域级]|长(?![城期])")
"""What parts a county of one character: 振兴|县域经济, 相应|县级部门, 任代|县长."""

_LOOSE = {"开发": ("经济", "高新"), "示范": ("农业", "文旅", "农高")}
"""The kinds that 开发区 and 示范区 may stand for."""

_NAME_PART = (
    "(?!举行|召开|引进|引入|推[进动介]|组织|携手|牵手|联手|依托|支持|深入|聚焦|围绕|坚持|项目|企业|园区|对接|瞄准|"
    "拥有|成立|走进|走访|实施|开发区|新区|所属|知名|多家|[一两三四五六七八九十0-9]+[个家所]|"
    "[的在与将是从由向把被让给了着过等各共已再还其这该我市县区局委厅府签赴迎驻])"
)
_INSTITUTE = re.compile(
    f"(?:{_NAME_PART}[\u4e00-\u9fffA-Za-z0-9·]){{0,16}}?"
    "(?:公司|集团|大学|学院|学校|中学|医院|银行|分行|支行|联社|研究院|研究所|设计院|实验室|工厂|重工|煤业|煤机|煤矿|"
    "分局|分院|分校|钢铁(?![产行企工])|海关|铁路局|卫星发射中心|交易中心|监管局|论坛|盆地)"
)
"""From a place to the end of an institute's name. A verb, a preposition or an organ of the city between them breaks
the name: 大同引进…公司 is the city's own act."""

_EDGE = frozenset("在于与及至到赴进往从")
"""Words of one character that a place may follow at once: 位于高平, 走进阳城. 和, 向, 由 are left out: 和平|城区, 向上|党委."""


KEPT = 1024
"""Texts whose places are kept: an article's are asked for by its headline, its paragraphs, its figures and its names."""

_tried: list[Lexicon] = []


@contextmanager
def names_by(lexicon: Lexicon) -> Iterator[None]:
    """Within ``with``, names are found by ``lexicon`` and not by the program's own: an editor tries a new alias before it is kept."""
    _tried.append(lexicon)
    _forget()
    try:
        yield
    finally:
        _tried.pop()
        _forget()


def forget_lexicon() -> None:
    """Reads the lexicon's files anew when it is next asked: they have changed while the program runs."""
    load_lexicon.cache_clear()
    _forget()


def _forget() -> None:
    for made in (_index, _anchors, _zones_at, find_places):
        made.cache_clear()


def _lexicon() -> Lexicon:
    return _tried[-1] if _tried else load_lexicon()


@cache
def _index() -> tuple[re.Pattern[str], dict[str, tuple[_Form, ...]]]:
    """A pattern for the first two characters of names, and the forms by these, longest first."""
    lexicon = _lexicon()
    forms = [_Form(text, None) for text in lexicon.lookalikes]
    for place in lexicon.places:
        if place.short or place.name.endswith("县"):  # 城区 and 矿区 are common nouns
            forms.append(_Form(place.name, place))
        if place.short:
            forms.append(_Form(place.short, place, short=True))
    for zone in lexicon.zones:
        forms.append(_Form(zone.name, zone))
        if zone.confidence != "low":  # nobody has seen a low row's name in print: a short form does not prove it
            forms += [_Form(alias, zone) for alias in zone.aliases]
    by_head: dict[str, list[_Form]] = {}
    for form in forms:
        by_head.setdefault(form.text[:2], []).append(form)
    seconds: dict[str, str] = {}
    for head in sorted(by_head):
        seconds[head[0]] = seconds.get(head[0], "") + head[1]
    for group in by_head.values():
        group.sort(key=lambda form: (-len(form.text), form.text))
    heads = "|".join(f"{first}[{second}]" for first, second in seconds.items())
    return re.compile(heads), {head: tuple(group) for head, group in by_head.items()}


@cache
def _anchors() -> dict[str, str]:
    """City and county by both their forms."""
    return {form: place.name for place in _lexicon().places for form in (place.name, place.short) if form}


@cache
def _zones_at() -> dict[tuple[str, str], Zone]:
    """Place and kind → the one zone that both together name."""
    found: dict[tuple[str, str], list[Zone]] = {}
    for zone in _lexicon().zones:
        if zone.confidence != "low" and zone.anchor in _anchors():
            found.setdefault((_anchors()[zone.anchor], zone.kind), []).append(zone)
    for place in sorted({place for place, _ in found}):
        for loose, kinds in _LOOSE.items():
            found[place, loose] = [zone for kind in kinds for zone in found.get((place, kind), [])]
    only = {key: zones[0] for key, zones in found.items() if len(zones) == 1}
    # A bare 开发区 is no 高新区: 阳泉开发区 was another zone before there was 阳泉高新区.
    return {(place, kind): zone for (place, kind), zone in only.items() if (kind, zone.kind) != ("开发", "高新")}


@lru_cache(maxsize=KEPT)
def find_places(text: str) -> tuple[Mention, ...]:
    """Every city, county and development zone that ``text`` names, in order, without overlaps.

    大同市在新荣经济技术开发区 names a city and a zone; 忻州经济开发区 is a zone and no city besides. A zone that the
    lexicon lacks is found by a place of Shanxi with a zone's type behind it, and keeps its printed name.

    Not read: zones without a place (我省开发区, 该示范区, a bare 经开区 that refers back), zones of other provinces, all
    zones of a city (吕梁市开发区, 吕梁各开发区), parks inside zones (工业园区, 产业园, 科技园), streets, county names that
    are also words (和顺, 平定) where nothing shows the place, and the words of ``lookalikes.csv``.

    >>> [(mention.printed, mention.name) for mention in find_places("大同市在新荣经开区设立分会场")]
    [('大同市', '大同市'), ('新荣经开区', '新荣经济技术开发区')]
    """
    found = list(_scan(text))
    _read_lists(found, text)
    _settle_names(found)
    return tuple(item.mention for item in found)


def _scan(text: str) -> Iterator[_Found]:
    starts, _ = _index()
    last: Mention | None = None
    position = 0
    while match := starts.search(text, position):
        hit = _read(text, match.start(), last)
        if isinstance(hit, _Found):
            last = hit.mention
            position = last.end
            yield hit
        else:
            position = hit or match.start() + 1


def _read(text: str, at: int, last: Mention | None, *, ahead: bool = False) -> _Found | int | None:
    """What begins at ``at``: a name, the end of a word to step over, or nothing.

    ``ahead``: the caller only looks ahead, and a place is not asked whether it is part of a longer word.
    """
    for form in _index()[1].get(text[at : at + 2], ()):
        if not text.startswith(form.text, at):
            continue
        place = form.place
        end = at + len(form.text)
        if place is None:
            return end
        if isinstance(place, Zone):
            of_city = place.city is not None and form.text == place.city[:-1] + "开发区"
            if not _AREA.match(text, end) and not (of_city and _AT_LARGE.match(text, end)):
                mention = Mention(at, end, "zone", place.name, place.city, form.text)
                return _Found(mention, _anchors().get(place.anchor, ""), place.kind)
        elif zone := _read_zone(text, at, end, form, place):
            return zone
        elif ahead or (_is_whole(text, at, end, form) and (not form.short or _is_clear(text, at, end, place, last))):
            kind: Kind = "city" if isinstance(place, City) else "county"
            return _Found(Mention(at, end, kind, place.name, _city_of(place), form.text, _is_weak(text, at, end)))
    return None


def _city_of(place: City | County) -> str:
    return place.name if isinstance(place, City) else place.city


def _read_zone(text: str, at: int, end: int, form: _Form, place: City | County) -> _Found | None:
    """The zone whose name is the place ``text[at:end]`` and a zone's type behind it."""
    match = _TYPE.match(text, end)
    if match is None or _AREA.match(text, match.end()):
        return None
    kind, ranked = ZONE_TYPES[match[1]], match[0] != match[1]
    if ranked and kind not in _RANKED:
        return None
    if isinstance(place, City):
        # 忻州开发区 may be one zone; 忻州市开发区 and 忻州国家级开发区 are all zones of the city.
        many = kind == "开发" and (ranked or not form.short or _AT_LARGE.match(text, match.end()))
        if many or kind == "示范":
            return None
    zone = _zones_at().get((place.name, kind))
    printed = text[at : match.end()]
    name, city = (zone.name, zone.city) if zone else (printed, _city_of(place))
    return _Found(Mention(at, match.end(), "zone", name, city, printed), place.name, kind, known=zone is not None)


def _is_whole(text: str, at: int, end: int, form: _Form) -> bool:
    """Whether the characters are no part of a longer word or name."""
    if not form.short:
        if form.text.endswith("市"):
            return not text.startswith("场", end)  # 太原市场
        return end - at > len("应县") or not _DISTRICT_WORD.match(text, end)
    inner = _read(text, at + 1, None, ahead=True)
    longer = isinstance(inner, _Found) and inner.mention.end - at - 1 > end - at  # 规定|襄垣县, not 定襄
    return not longer and not _LESSER.match(text, end)


def _is_clear(text: str, at: int, end: int, place: City | County, last: Mention | None) -> bool:
    """Whether a short form that is also a word, or part of one, is the county here."""
    if isinstance(place, City) or not place.bare:
        return True
    before, after = text[at - 1] if at else "\n", text[end : end + 1]
    if place.bare == "edge" and (not is_han(before) or before in _EDGE):
        return True
    if last and last.kind != "zone" and last.city == place.city and text[last.end : at] in ("", "、", "和", "及"):
        return True  # 晋城高平; 襄垣、平顺
    following = _read(text, end + 1, None, ahead=True) if after == "、" else None
    if isinstance(following, _Found):
        return following.mention.city == place.city
    return after == "：" and before.isspace()


def _is_weak(text: str, at: int, end: int) -> bool:
    bracketed = at > 1 and text[at - 1] == "（" and text[end : end + 1] == "）" and is_han(text[at - 2])
    return bracketed or _INSTITUTE.match(text, end) is not None


def _read_lists(found: list[_Found], text: str) -> None:
    """Turns the places of a list into zones where their type stands only once, at the end: 吕梁、文水、兴县等经开区."""
    run: list[int] = []
    for i, item in enumerate(found):
        gap = text[found[i - 1].mention.end : item.mention.start] if run else ""
        if gap not in ("、", "和", "及"):
            run = []
        if item.kind:
            # 大同、阳泉高新区 is a city and a zone. Where every place has such a zone and stands short, zones are meant.
            members = [found[j].mention for j in run]
            short = all(m.printed != m.name or len(m.printed) == len("兴县") for m in members)
            if gap == "、" and short and all((m.name, item.kind) in _zones_at() for m in members):
                _make_zones(found, run, item.kind)
            run = []
            continue
        run.append(i)
        if len(run) > 1 and (match := _LIST.match(text, item.mention.end)):
            _make_zones(found, run, ZONE_TYPES[match[1]])
            run = []


def _make_zones(found: list[_Found], run: Sequence[int], kind: str) -> None:
    for i in run:
        old = found[i].mention
        if zone := _zones_at().get((old.name, kind)):
            mention = replace(old, kind="zone", name=zone.name, city=zone.city, weak=False)
            found[i] = _Found(mention, old.name, zone.kind)


def _settle_names(found: list[_Found]) -> None:
    """Gives each zone that the lexicon lacks one name, the fullest that the text prints.

    静乐经济技术开发区（以下简称静乐经开区） is one zone; so is 静乐开发区, if the text names no other zone of 静乐.
    """
    names: dict[tuple[str, str], str] = {}
    for item in sorted(found, key=lambda item: (item.known, len(item.mention.printed))):
        if item.place:
            names[item.place, item.kind] = item.mention.name
    for i, item in enumerate(found):
        if not item.known:
            fuller = {names[item.place, kind] for kind in _LOOSE.get(item.kind, ()) if (item.place, kind) in names}
            name = fuller.pop() if len(fuller) == 1 else names[item.place, item.kind]
            found[i] = replace(item, mention=replace(item.mention, name=name))
