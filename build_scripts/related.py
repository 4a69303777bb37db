"""Which articles a reader of one article may want next."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from heapq import nsmallest

from build_scripts.records import Article, Issue

Related = dict[str, tuple[str, ...]]
"""Article id → ids of related articles, best first."""

MOST = 5
"""How many are shown."""

_RECENT = 40
"""How many earlier articles of one place are looked at. It bounds the work: comparing all with all would cost n²."""


def find_related(issues: Iterable[Issue], known: Sequence[Related] = ()) -> Related:
    """Article id → ids of related articles, best first.

    ``issues`` come in order of time, and an article is related only to those of its own issue or an earlier one, so that a new
    issue never changes an old article's page. What counts: the same zone (3), the same city (2); captions are no reading of their
    own and are left out. Equal scores: the later article first, then the order of the page. ``known`` is what has been found of the first
    of them before.
    """
    by_place: dict[tuple[str, str], list[str]] = defaultdict(list)
    place: dict[str, tuple[int, int, str]] = {}
    """Where an article stands among those of equal score."""
    related: dict[str, tuple[str, ...]] = {}
    for number, issue in enumerate(issues):
        readable = [article for article in issue.articles if article.type != "caption"]
        for article in readable:
            place[article.id] = (-number, article.order, article.id)
            for key, _ in _places(article):
                by_place[key].append(article.id)
        if number < len(known):
            related |= known[number]
            continue
        recent = {key: others[-_RECENT:] for key, others in by_place.items()}
        for article in issue.articles:
            score: dict[str, int] = defaultdict(int)
            for key, weight in _places(article):
                for other in recent.get(key, ()):
                    score[other] += weight
            for one in (article.id, article.parent):
                score.pop(one or "", None)
            best = nsmallest(MOST, ((-points, place[other]) for other, points in score.items()))
            related[article.id] = tuple(other for _, (_, _, other) in best)
    return related


def _places(article: Article) -> list[tuple[tuple[str, str], int]]:
    return [*((("zone", zone), 3) for zone in article.zones), *((("city", city), 2) for city in article.cities)]
