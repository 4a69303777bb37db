"""What ``/search/`` filters by: issue, city, zone, page, type, author, batch and indicator."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from build_scripts.figures.records import Figure
from build_scripts.pages.labels import TYPES, page_label
from build_scripts.pages.view import View
from build_scripts.records import Article
from build_scripts.search.normalise import normalise

Values = Mapping[str, Sequence[str]]
"""Facet → the values that one article has."""


def facet_values(article: Article, figures: Sequence[Figure]) -> Values:
    """The values of an article, of which ``figures`` are the figures."""
    return {
        "issue": [article.issue],
        "city": list(article.cities),
        "zone": list(article.zones),
        "page": [page_label(article.page)],
        "type": [TYPES[article.type]],
        "author": list(dict.fromkeys(author.name for author in article.authors)),
        "batch": list(dict.fromkeys(figure.batch for figure in figures if figure.batch)),
        "indicator": list(dict.fromkeys(figure.indicator for figure in figures if figure.core)),
    }


def render_facets(documents: Iterable[Values], view: View) -> dict[str, Any]:
    """For each facet its values with their names, those of the newest articles first, and for each value the documents that have it."""
    labels = {issue.id: issue.label for issue in view.archive.issues}
    slugs = {city.name: city.slug for city in view.cities.values()}
    holders: dict[str, dict[str, list[int]]] = {}
    for number, document in enumerate(documents):
        for name, values in document.items():
            facet = holders.setdefault(name, {})
            for value in values:
                facet.setdefault(value, []).append(number)
    facets = {}
    for name, facet in holders.items():
        newest = sorted(facet, key=lambda value: -facet[value][-1])
        facets[name] = {
            "values": [
                {"value": value, "label": labels.get(value, value), "also": [normalise(key) for key in _keys(name, value, slugs)]}
                for value in newest
            ],
            "documents": [steps(facet[value]) for value in newest],
        }
    return facets


def _keys(name: str, value: str, slugs: dict[str, str]) -> list[str]:
    """Other ways to say a value: 大同 and datong for 大同市, feature for 通讯."""
    if name == "city":
        return [slugs[value], value.removesuffix("市")]
    if name == "type":
        return [code for code, label in TYPES.items() if label == value]
    return []


def steps(numbers: Iterable[int]) -> list[int]:
    """Ascending numbers as differences, which compress better.

    >>> steps([3, 4, 9])
    [3, 1, 5]
    """
    found, last = [], 0
    for number in numbers:
        found.append(number - last)
        last = number
    return found
