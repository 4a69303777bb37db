"""Cities, counties and zones of Shanxi: ``divisions.csv``, ``zones.csv``, ``lookalikes.csv`` → :class:`Lexicon`.

The files are edited by hand, so everything that the finder relies on is tested when they are loaded, and a fault is
named with its file and line. What each column means stands in ``README.md`` beside them.
"""

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from build_scripts.lexicon.table import SLUG, Table

FOLDER = Path(__file__).parent

DIVISION_COLUMNS = ("code", "name", "city", "short", "slug", "bare", "clash")
ZONE_COLUMNS = ("name", "aliases", "city", "county", "level", "type", "slug", "confidence", "source")
LOOKALIKE_COLUMNS = ("text", "reason")
BARE = ("", "edge", "never")
LEVELS = ("national", "provincial", "unknown")
CONFIDENCES = ("high", "medium", "low")

ZONE_TYPES = {
    "经济技术开发区": "经济",
    "经济技术产业开发区": "经济",
    "经济开发区": "经济",
    "经开区": "经济",
    "高新技术产业开发区": "高新",
    "高新技术开发区": "高新",
    "高新产业开发区": "高新",
    "高新开发区": "高新",
    "高新区": "高新",
    "现代农业产业示范区": "农业",
    "现代农业示范区": "农业",
    "农业产业示范区": "农业",
    "农业示范区": "农业",
    "农业高新技术产业示范区": "农高",
    "农高区": "农高",
    "生态文化旅游示范区": "文旅",
    "生态文化旅游开发区": "文旅",
    "文化旅游示范区": "文旅",
    "生态文旅示范区": "文旅",
    "文旅示范区": "文旅",
    "产业集聚区": "集聚",
    "综合保税区": "保税",
    "综保区": "保税",
    "转型综合改革示范区": "综改",
    "开发区": "开发",
    "示范区": "示范",
}
"""The words that end a zone's name, and the kind they stand for. The press shortens freely: 太谷经济开发区,
太谷经济技术开发区 and 太谷经开区 stand on one page for one zone, while 长治高新区 and 长治经开区 are two.
Parks (工业园区, 产业园, 科技园) are no zones."""

_CODE = re.compile(r"14\d{4}")
_MIN_FORM = 3  # 综改区, the shortest name that can be told from common nouns


@dataclass(frozen=True, slots=True)
class City:
    """A prefecture-level city 地级市."""

    name: str
    """With its suffix: 太原市."""
    short: str
    slug: str
    """Its folder on the site; never changes."""
    code: str
    """Six digits of the National Bureau of Statistics."""


@dataclass(frozen=True, slots=True)
class County:
    """A county, county-level city or district 县、县级市、市辖区."""

    name: str
    short: str
    """Without its suffix; empty where the press does not shorten it (盂县, 城区)."""
    city: str
    code: str
    bare: str
    """Where the short form may be read as the county: ``""`` anywhere, ``edge`` where a clause begins or after 在 or
    与, ``never`` only with its suffix, its city or a zone's type."""


@dataclass(frozen=True, slots=True)
class Zone:
    """A development zone 开发区 of provincial or national rank."""

    name: str
    """The official name as far as it is known; ``confidence`` says how far."""
    aliases: tuple[str, ...]
    city: str | None
    """``None`` for 山西转型综合改革示范区, which the province runs: a report on it is no city's."""
    county: str | None
    """``None`` where it belongs to the city or lies in several counties."""
    level: str
    type: str
    slug: str
    confidence: str
    source: str

    @property
    def kind(self) -> str:
        """What sort of zone it is, see :data:`ZONE_TYPES`."""
        return ZONE_TYPES[self.type]

    @property
    def anchor(self) -> str:
        """The name without its type: 长治, 浮山县, 风陵渡."""
        return self.name.removesuffix(self.type)


@dataclass(frozen=True, slots=True)
class Lexicon:
    """All places, each tuple in its file's order."""

    cities: tuple[City, ...]
    counties: tuple[County, ...]
    zones: tuple[Zone, ...]
    lookalikes: tuple[str, ...]
    """Words that hold a place's characters and are not the place: 长治久安, 重大同步."""

    @property
    def places(self) -> tuple[City | County, ...]:
        """Cities, then counties."""
        return (*self.cities, *self.counties)


@cache
def load_lexicon(folder: Path = FOLDER) -> Lexicon:
    """The lexicon in ``folder``, read and checked once.

    Raises :class:`~build_scripts.errors.ArchiveError` with file and line for a wrong or missing column, an empty or unknown
    value, and for a name, alias, code or slug that stands twice: a text could not tell which of two zones it means.
    """
    cities, counties = _read_divisions(folder / "divisions.csv")
    zones = _read_zones(folder / "zones.csv", cities, counties)
    return Lexicon(cities, counties, zones, _read_lookalikes(folder / "lookalikes.csv"))


def _read_divisions(path: Path) -> tuple[tuple[City, ...], tuple[County, ...]]:
    cities: list[City] = []
    counties: list[County] = []
    rows = Table(path, DIVISION_COLUMNS)
    for row in rows:
        name, city, short, slug, bare = (row[key] for key in ("name", "city", "short", "slug", "bare"))
        rows.need(_CODE.fullmatch(row["code"]) is not None, f"the code is {row['code']!r}", "six digits that begin with 14")
        rows.once("code", row["code"])
        rows.need(name[-1:] in ("市", "县", "区"), f"the name is {name!r}", "a name in 市, 县 or 区")
        rows.need(short in ("", name[:-1]), f"the short form of {name} is {short!r}", f"{name[:-1]!r} or nothing")
        rows.need(bare in BARE, f"bare is {bare!r}", "nothing, edge or never")
        rows.need(bool(bare) == bool(row["clash"]), f"{name} has bare {bare!r} and clash {row['clash']!r}", "both or neither")
        if short:
            rows.once("short form", short)
        if name == city:
            rows.need(bool(short) and not bare, f"the city {name} has short {short!r} and bare {bare!r}", "a short form that is read")
            rows.need(SLUG.fullmatch(slug) is not None, f"the slug of {name} is {slug!r}", "lower-case letters and digits")
            rows.once("slug", slug)
            rows.once("name", name)
            cities.append(City(name, short, slug, row["code"]))
        else:
            rows.need(city in {known.name for known in cities}, f"{name} lies in {city!r}", "a city that stands above it")
            rows.need(not slug, f"the county {name} has the slug {slug!r}", "none, counties have no pages")
            rows.once("name", f"{city}{name}")  # 城区 is a district of two cities
            counties.append(County(name, short, city, row["code"], bare))
    return tuple(cities), tuple(counties)


def _read_zones(path: Path, cities: tuple[City, ...], counties: tuple[County, ...]) -> tuple[Zone, ...]:
    zones: list[Zone] = []
    rows = Table(path, ZONE_COLUMNS)
    divisions = {(county.city, county.name) for county in counties}
    known: tuple[City | County, ...] = (*cities, *counties)
    places = {form for place in known for form in (place.name, place.short)}
    for row in rows:
        zone = Zone(
            name=row["name"],
            aliases=tuple(row["aliases"].split("|")) if row["aliases"] else (),
            city=row["city"] or None,
            county=row["county"] or None,
            level=row["level"],
            type=row["type"],
            slug=row["slug"],
            confidence=row["confidence"],
            source=row["source"],
        )
        of_city = zone.city is None or zone.city in {city.name for city in cities}
        rows.need(of_city, f"the city is {zone.city!r}", "a city of divisions.csv")
        of_county = zone.county is None or (zone.city or "", zone.county) in divisions
        rows.need(of_county, f"the county is {zone.county!r}", f"a county of {zone.city} in divisions.csv")
        rows.need(zone.type in ZONE_TYPES, f"the type is {zone.type!r}", " ".join(ZONE_TYPES))
        rows.need(zone.name.endswith(zone.type), f"{zone.name} has the type {zone.type}", "the type that ends its name")
        rows.need(zone.level in LEVELS, f"the level is {zone.level!r}", " ".join(LEVELS))
        rows.need(zone.confidence in CONFIDENCES, f"the confidence is {zone.confidence!r}", " ".join(CONFIDENCES))
        rows.need(SLUG.fullmatch(zone.slug) is not None, f"the slug is {zone.slug!r}", "lower-case words joined by hyphens")
        rows.need(bool(zone.source), f"{zone.name} has no source", "where the name was found")
        rows.once("slug", zone.slug)
        for form in (zone.name, *zone.aliases):
            rows.need(len(form) >= _MIN_FORM, f"{form!r} is short", f"at least {_MIN_FORM} characters")
            # 转型综合改革示范区 is a type and a name: there is but one.
            common = form in places or (form in ZONE_TYPES and form != zone.type)
            rows.need(not common, f"{form!r} is a place or a common noun", "a zone's own name")
            rows.once("name or alias", form)
        rows.need(len(set(zone.aliases)) == len(zone.aliases), f"{zone.name} has an alias twice", "each once")
        rows.need(zone.name not in zone.aliases, f"{zone.name} is its own alias", "other forms only")
        zones.append(zone)
    return tuple(zones)


def _read_lookalikes(path: Path) -> tuple[str, ...]:
    texts: list[str] = []
    rows = Table(path, LOOKALIKE_COLUMNS)
    for row in rows:
        rows.need(
            len(row["text"]) > 1 and bool(row["reason"]),
            f"{row['text']!r} has the reason {row['reason']!r}",
            "a word and a reason",
        )
        rows.once("text", row["text"])
        texts.append(row["text"])
    return tuple(texts)
