"""Other names of the same thing, and names by pinyin: 综改区 also asks for 山西转型综合改革示范区, and ``dt`` suggests 大同市."""

import csv
import re
from collections.abc import Container, Iterable
from functools import cache
from typing import Any

from build_scripts.lexicon.places import FOLDER, ZONE_TYPES, City, Zone, load_lexicon
from build_scripts.search.normalise import normalise

_SYLLABLE = re.compile(
    "(?:zh|ch|sh|[bpmfdtnlgkhjqxrzcsyw])?(?:iang|iong|uang|ang|eng|ing|ong|iao|ian|uai|uan|ai|ei|ao|ou|an|en|in|un|ia|ie|iu|ua|uo|ui|ue|ve|er"
    "|a|o|e|i|u|v)"
)
_KINDS = {
    "jingkai": ("经开区", ("jing", "kai", "qu")),
    "gaoxin": ("高新区", ("gao", "xin", "qu")),
    "nonggao": ("农高区", ("nong", "gao", "qu")),
    "zongbao": ("综保区", ("zong", "bao", "qu")),
    "zonggai": ("综改区", ("zong", "gai", "qu")),
    "nongye": ("现代农业示范区", ("nong", "ye", "shi", "fan", "qu")),
    "wenlv": ("文旅示范区", ("wen", "lv", "shi", "fan", "qu")),
}
"""The end of a zone's slug: the short name that it stands for, and how that is read."""
_ZONE = ("kai", "fa", "qu")


@cache
def _groups() -> tuple[tuple[str, ...], ...]:
    """Names of one thing, in normal form. A zone's row of low confidence has no aliases here: nobody has seen its name in print."""
    zones = [zone for zone in load_lexicon().zones if zone.confidence != "low"]
    taken = {normalise(name): zone for zone in zones for name in (zone.name, *zone.aliases)}
    groups = [[name for name in zone_names(zone) if taken.get(normalise(name), zone) is zone] for zone in zones]
    groups += _abbreviations()
    return tuple(tuple(dict.fromkeys(normalise(name) for name in group)) for group in groups)


def known_names() -> list[str]:
    """Every name that may stand for another one."""
    return list(dict.fromkeys(name for group in _groups() for name in group))


def alias_groups(occurring: Container[str]) -> list[list[list[str]]]:
    """Names of one thing: first those of ``occurring``, which may be found, then those that can only be asked for."""
    found = []
    for names in _groups():
        there = [name for name in names if name in occurring]
        if there and len(names) > 1:
            found.append([there, [name for name in names if name not in there]])
    return found


def zone_names(zone: Zone) -> list[str]:
    """Every name of a zone: its own, its listed aliases, and its place with the other words for its kind, as the press shortens freely."""
    places = dict.fromkeys((zone.anchor, zone.anchor.removesuffix("县") if len(zone.anchor) > 2 else zone.anchor))
    kinds = [words for words, kind in ZONE_TYPES.items() if kind == zone.kind and kind not in ("开发", "示范", "综改")]
    return list(dict.fromkeys([zone.name, *zone.aliases, *(place + words for place in places for words in kinds)]))


@cache
def read_abbreviations() -> tuple[tuple[str, str], ...]:
    """Short form and full form, in the order of ``lexicon/abbreviations.csv``."""
    with (FOLDER / "abbreviations.csv").open(encoding="utf-8", newline="") as file:
        return tuple((row["short"], row["full"]) for row in csv.DictReader(file))


def _abbreviations() -> list[list[str]]:
    full: dict[str, list[str]] = {}
    for short, name in read_abbreviations():
        full.setdefault(name, [name]).append(short)
    return list(full.values())


def syllables(pinyin: str, count: int) -> tuple[str, ...] | None:
    """``pinyin`` cut into ``count`` syllables, ``None`` where that cannot be done.

    >>> syllables("taiyuan", 2), syllables("xian", 2), syllables("xian", 1)
    (('tai', 'yuan'), ('xi', 'an'), ('xian',))
    """
    if not count:
        return () if not pinyin else None
    for end in range(min(6, len(pinyin)), 0, -1):
        if _SYLLABLE.fullmatch(pinyin, 0, end):
            rest = syllables(pinyin[end:], count - 1)
            if rest is not None:
                return (pinyin[:end], *rest)
    return None


def suggestions(named: Container[str]) -> list[list[str]]:
    """``[name, pinyin, initials, url]`` of every city and of the zones among ``named``, for typing without an input method; several
    readings stand side by side.

    The readings are those of the slugs, which an editor wrote: 长治 is changzhi, whatever a table of readings says.
    """
    rows = [_city(city) for city in load_lexicon().cities]
    rows += [row for zone in load_lexicon().zones if zone.name in named for row in _zone(zone)]
    return rows


def _city(city: City) -> list[str]:
    parts = syllables(city.slug, len(city.short))
    return [city.name, f"{city.slug}shi", f"{_initials(parts or (city.slug,))}s", f"cities/{city.slug}/"]


def _zone(zone: Zone) -> Iterable[list[str]]:
    anchor, _, kind = zone.slug.rpartition("-")
    place = zone.anchor.removeprefix("山西")
    # The slug may leave the beginning of the place out (武宿 of 太原武宿), and all of 山西.
    cuts = (syllables(anchor.replace("-", ""), count) for count in range(len(place), 0, -1))
    parts = next((parts for parts in cuts if parts), None) if place else ()
    if kind in _KINDS and parts is not None:
        short, end = _KINDS[kind]
        # People say 忻州开发区 of a zone of any kind.
        readings = tuple(dict.fromkeys([(*parts, *end), (*parts, *_ZONE)] if parts else [end]))
        yield [
            min((alias for alias in zone.aliases if alias.endswith(short)), key=len, default=zone.name),
            " ".join("".join(reading) for reading in readings),
            " ".join(_initials(reading) for reading in readings),
            f"zones/{zone.slug}/",
        ]


def _initials(parts: Iterable[str]) -> str:
    return "".join(part[0] for part in parts)


def render_names(occurring: Container[str], named: Container[str]) -> dict[str, Any]:
    """The file of names: ``occurring`` are those of :func:`known_names` that some article may hold, ``named`` the zones that one names."""
    return {"aliases": alias_groups(occurring), "suggestions": suggestions(named)}
