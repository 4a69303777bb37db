"""Archive → ``entities.json``: cities, zones, firms and rounds, each with the articles on it, those that only name it, and its figures."""

from collections.abc import Iterator
from urllib.parse import quote

from build_scripts.figures.tables import event_label
from build_scripts.ledger_rows import company_rows
from build_scripts.lexicon.places import load_lexicon
from build_scripts.pages.events import articles_on, events_of
from build_scripts.pages.view import View
from build_scripts.records import Article
from build_scripts.rows import Row


def entity_rows(view: View) -> dict[str, Iterator[Row]]:
    """The rows of each kind of entity, in the order of the lexicon; rounds and firms in order of time."""
    return {
        "cities": _cities(view),
        "zones": _zones(view),
        "companies": company_rows(view),
        "events": (_event(event, view) for event in reversed(events_of(view))),
    }


def _cities(view: View) -> Iterator[Row]:
    """All eleven, those without an article too."""
    return (
        {
            "id": city.slug,
            "url": f"cities/{city.slug}/",
            "name": city.name,
            "aliases": [city.short],
            "articles": _ids(view.by_city.get(city.name, ())),
            "mentions": _ids(view.mentioning_city.get(city.name, ())),
            "figures": [figure.id for figure in view.by_subject.get(city.name, ())],
        }
        for city in view.cities.values()
    )


def _zones(view: View) -> Iterator[Row]:
    """The zones that the archive names; behind those of the lexicon the others, under the name that the paper prints."""
    for zone in view.zones.values():
        yield {
            "id": zone.slug,
            "url": f"zones/{zone.slug}/",
            "name": zone.name,
            "aliases": list(zone.aliases),
            "city": zone.city,
            "county": zone.county,
            "level": zone.level,
            "confidence": zone.confidence,
            "source": zone.source,
            **_zone_fields(zone.name, view),
        }
    known = {zone.name for zone in load_lexicon().zones}
    for name in sorted({*view.by_zone, *view.mentioning_zone} - known):
        about_it = {"city": None, "county": None, "level": "unknown", "confidence": "low", "source": "articles"}
        yield {"id": name, "url": f"zones/#{quote(name)}", "name": name, "aliases": [], **about_it, **_zone_fields(name, view)}


def _zone_fields(name: str, view: View) -> Row:
    return {
        "articles": _ids(view.by_zone.get(name, ())),
        "mentions": _ids(view.mentioning_zone.get(name, ())),
        "figures": [figure.id for figure in view.by_subject.get(name, ())],
    }


def _event(event: str, view: View) -> Row:
    about, mentioning = articles_on(event, view)
    return {
        "id": event,
        "url": f"events/{event}/",
        "name": event_label(event),
        "aliases": [f"全省开发区{event_label(event)}活动"],
        "articles": _ids(about),
        "mentions": _ids(mentioning),
        "figures": [figure.id for figure in view.by_event.get(event, ())],
    }


def _ids(articles: tuple[Article, ...] | list[Article]) -> list[str]:
    return [article.id for article in articles]
