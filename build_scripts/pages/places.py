"""Pages of cities and development zones: what is reported on them, and apart from it what only mentions them."""

from build_scripts.lexicon.places import City, Zone, load_lexicon
from build_scripts.pages.document import Document, Meta
from build_scripts.pages.facts import fact_rows, group_by_time
from build_scripts.pages.parts import Lists, split_documents
from build_scripts.pages.pictures import cities_chart, city_charts
from build_scripts.pages.projects import city_years, zone_projects
from build_scripts.pages.view import View

MOST = {"articles": 50, "mentions": 50, "figures": 120}
"""How many a page of a year shows: about 60 KB in all. The first page shows less than twice as many."""

LEVELS = {"national": "国家级", "provincial": "省级", "unknown": "级别待考"}
CONFIDENCES = {
    "high": "名称见于本刊、行政区划代码或公开报道",
    "medium": "名称见于简称、筹建报道或转引，全称待核",
    "low": "名称只见于本刊，尚无其他出处",
}

PROVINCE_ZONE = "山西转型综合改革示范区"
"""The zone that the province runs: no city's, and told apart wherever cities are listed."""


def city_entry(city: City, view: View) -> Meta:
    """One city in a list: name, address, how many articles."""
    return {
        "name": city.name,
        "short": city.short,
        "url": f"cities/{city.slug}/",
        "slug": city.slug,
        "articles": len(view.by_city.get(city.name, ())),
        "mentions": len(view.mentioning_city.get(city.name, ())),
    }


def cities_document(view: View) -> Document:
    """``cities/index.md``: all eleven, those without articles too, and apart from them the zone that is no city's."""
    meta: Meta = {
        "template": "cities.html",
        "title": "按市浏览",
        "description": "山西省十一个设区市在《科学导报·开发区建设专刊》中的报道。",
        "cities": [city_entry(city, view) for city in view.cities.values()],
        "province_zone": zone_entry(view.zones[PROVINCE_ZONE], view) if PROVINCE_ZONE in view.zones else None,
        "chart": cities_chart(view),
    }
    return Document("cities/index.md", meta)


def city_documents(city: City, view: View) -> list[Document]:
    """``cities/<slug>.md``, and the pages of its years where it is long."""
    lists = {
        "articles": view.by_city.get(city.name, ()),
        "mentions": view.mentioning_city.get(city.name, ()),
        "figures": view.newest(figure for figure in view.by_subject.get(city.name, ()) if figure.core),
    }
    meta: Meta = {
        "template": "city.html",
        "title": city.name,
        "id": city.slug,
        "url": f"cities/{city.slug}/",
        "name": city.name,
    }

    def first() -> Meta:
        return {
            "zones": [zone_entry(zone, view) for zone in view.zones.values() if zone.city == city.name],
            "projects": city_years(city.name, view),
            "charts": city_charts(city.name, view),
        }

    return split_documents(
        Document(f"cities/{city.slug}.md", meta),
        lists,
        MOST,
        view,
        year_of=view.year_of,
        render=lambda shown: _shown(shown, view, f"#{city.slug}"),
        describe=lambda shown: _describe(f"{city.name}开发区", shown),
        first=first,
    )


def _describe(name: str, lists: Lists) -> str:
    return f"《科学导报·开发区建设专刊》关于{name}的报道{len(lists['articles'])}篇，另有{len(lists['mentions'])}篇提及。"


def _shown(shown: Lists, view: View, anchor: str = "") -> Meta:
    return {
        "articles": view.links(shown["articles"]),
        "mentions": view.links(shown["mentions"]),
        "facts": group_by_time(fact_rows(shown["figures"], view), anchor),
    }


def zone_entry(zone: Zone, view: View) -> Meta:
    """One zone in a list; ``url`` is empty where the archive has not named it yet."""
    return {
        "name": zone.name,
        "url": f"zones/{zone.slug}/" if zone.name in view.zones else None,
        "aliases": list(zone.aliases),
        "level": LEVELS[zone.level],
        "articles": len(view.by_zone.get(zone.name, ())),
        "mentions": len(view.mentioning_zone.get(zone.name, ())),
    }


def zones_document(view: View) -> Document:
    """``zones/index.md``: every zone of the lexicon by city, and the names that it lacks.

    A row that nobody has seen in print is shown only once the archive names it.
    """
    lexicon = load_lexicon()
    rows = [zone for zone in lexicon.zones if zone.confidence != "low" or zone.name in view.zones]
    groups = [{"name": PROVINCE_ZONE, "url": None, "zones": [zone_entry(zone, view) for zone in rows if zone.city is None]}]
    for city in lexicon.cities:
        own = [zone_entry(zone, view) for zone in rows if zone.city == city.name]
        groups.append({"name": city.name, "url": f"cities/{city.slug}/", "zones": own})
    known = {zone.name for zone in lexicon.zones}
    meta: Meta = {
        "template": "zones.html",
        "title": "开发区",
        "description": "山西省各开发区在《科学导报·开发区建设专刊》中的报道，按市排列。",
        "groups": [group for group in groups if group["zones"]],
        "others": [_unlisted(name, view) for name in sorted({*view.by_zone, *view.mentioning_zone} - known)],
        "count": len(view.zones),
    }
    return Document("zones/index.md", meta)


_UNLISTED_MOST = 5


def _unlisted(name: str, view: View) -> Meta:
    articles = (*view.by_zone.get(name, ()), *view.mentioning_zone.get(name, ()))
    return {"name": name, "count": len(articles), "articles": view.links(articles[:_UNLISTED_MOST])}


def zone_documents(zone: Zone, view: View) -> list[Document]:
    """``zones/<slug>.md`` of a zone that the archive names, and the pages of its years where it is long."""
    lists = {
        "articles": view.by_zone.get(zone.name, ()),
        "mentions": view.mentioning_zone.get(zone.name, ()),
        "figures": view.newest(view.by_subject.get(zone.name, ())),
    }
    meta: Meta = {
        "template": "zone.html",
        "title": zone.name,
        "id": zone.slug,
        "url": f"zones/{zone.slug}/",
        "name": zone.name,
        "aliases": list(zone.aliases),
        "city": view.city_link(zone.city) if zone.city else None,
        "county": zone.county,
        "level": LEVELS[zone.level],
        "basis": CONFIDENCES[zone.confidence],
    }
    return split_documents(
        Document(f"zones/{zone.slug}.md", meta),
        lists,
        MOST,
        view,
        year_of=view.year_of,
        render=lambda shown: _shown(shown, view),
        describe=lambda shown: _describe(zone.name, shown),
        first=lambda: {"projects": zone_projects(zone.name, view)},
    )
