"""Long lists in parts: on one page while they are short, then by year, a long year in pieces, so that no page grows with the archive.

The first page keeps its address and shows the newest; what it has no room for stands on pages of the years below it:
``cities/datong/2023/``, and ``cities/datong/2023/2/`` for the second piece. Pieces are cut from the oldest on, so that what is added later
only touches the last piece of its year. The first page shows whole pieces, each until as much as a page holds is newer; then it gets a page
of its own, which nothing added later touches. So everything stands once, and what is added mostly changes the first page and no other.
"""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from build_scripts.pages.document import Document, Meta
from build_scripts.pages.later import later
from build_scripts.pages.view import View
from build_scripts.tabular import encode_json

Lists = Mapping[str, Sequence[Any]]
"""Name of a list → its items, the newest first."""


@dataclass(frozen=True, slots=True)
class Part:
    """What one page of a year holds."""

    year: int
    number: int
    """From 1, the oldest first; there is only one where the year fits on a page."""
    lists: dict[str, Sequence[Any]]
    """Every list of the whole, each with its items of this part, the newest first."""

    @property
    def address(self) -> str:
        """``2023``, or ``2023/2`` for the second piece."""
        return f"{self.year}" if self.number == 1 else f"{self.year}/{self.number}"

    @property
    def label(self) -> str:
        """``2023年``, or ``2023年（2）``."""
        return f"{self.year}年" if self.number == 1 else f"{self.year}年（{self.number}）"


def split_lists(lists: Lists, most: Mapping[str, int], year_of: Callable[[Any], int]) -> tuple[Part, ...]:
    """The parts of ``lists``, the newest first; none where each list has at most ``most[name]`` items.

    Items of one year stand together, whatever their order within it.

    >>> parts = split_lists({"rows": [2023, 2023, 2023, 2022]}, {"rows": 2}, lambda row: row)
    >>> [(part.address, len(part.lists["rows"])) for part in parts]
    [('2023/2', 1), ('2023', 2), ('2022', 1)]
    """
    if all(len(items) <= most[name] for name, items in lists.items()):
        return ()
    years: dict[int, dict[str, list[Any]]] = defaultdict(lambda: {name: [] for name in lists})
    for name, items in lists.items():
        for item in items:
            years[year_of(item)][name].append(item)
    parts = []
    for year, own in sorted(years.items(), reverse=True):
        pieces = max(-(-len(items) // most[name]) for name, items in own.items())
        for number in range(pieces, 0, -1):
            parts.append(Part(year, number, {name: _piece(items, number, most[name]) for name, items in own.items()}))
    return tuple(parts)


def _piece(items: Sequence[Any], number: int, most: int) -> Sequence[Any]:
    """The ``number``-th piece from the end, where the oldest stand."""
    end = len(items) - (number - 1) * most
    return items[max(0, end - most) : max(0, end)]


def split_documents(
    whole: Document,
    lists: Lists,
    most: Mapping[str, int],
    view: View,
    *,
    year_of: Callable[[Any], int],
    render: Callable[[Lists], Meta],
    describe: Callable[[Lists], str],
    first: Callable[[], Meta] = dict,
    of: object = None,
) -> list[Document]:
    """The page ``whole`` with ``render``'s fields added, and where the lists are too long for it, the pages of the years.

    ``render`` asks for nothing but its lists and what ``view`` answers: a page whose lists and answers are those of the last build stays.
    ``whole.meta`` has what all of them share, ``title`` and ``url``, the page's address, among it; ``describe`` gives each its
    ``description`` from its lists. The first page gets what ``first`` gives, which is made of ``of`` and of ``view``'s answers,
    ``years``: every other part with its address, and ``counts``: how many items each list has in all. A year's page gets ``part``: its
    label and the way back, and ``previous`` and ``next``: the older part and the newer one of its year. Nothing on it tells of the other
    years, so that what is added to one leaves the others as they are.
    """
    counts = {name: len(items) for name, items in lists.items()}
    parts = _beyond_the_first(split_lists(lists, most, year_of), most)
    shown = {name: items[: len(items) - sum(len(part.lists[name]) for part in parts)] for name, items in lists.items()}
    base, title = str(whole.meta["url"]), str(whole.meta["title"])
    links = [{"label": part.label, "year": part.year, "number": part.number, "url": f"{base}{part.address}/"} for part in parts]
    head, tail = {**whole.meta, "description": describe(lists)}, {"counts": counts, "years": links}
    documents = [
        later(
            view,
            whole.path,
            (encode_json((head, tail, whole.body)).decode(), shown, of),
            lambda: Document(whole.path, {**head, **first(), **tail, **render(shown)}, whole.body),
        )
    ]
    folder = whole.path.removesuffix(".md").removesuffix("/index")
    for at, part in enumerate(parts):
        meta: Meta = {
            **whole.meta,
            "title": f"{title}：{part.label}",
            "description": f"{describe(part.lists)}{part.label}各期。",
            "url": links[at]["url"],
            "part": {"label": part.label, "name": title, "url": base},
            "previous": links[at + 1] if at + 1 < len(parts) else None,
            "next": links[at - 1] if at and parts[at - 1].year == part.year else None,  # the whole leads to newer years
            "counts": {name: len(items) for name, items in part.lists.items()},
        }
        documents.append(_document(Document(f"{folder}/{part.address}.md", meta), part.lists, view, render))
    return documents


def short_document(
    whole: Document, lists: Lists, *, render: Callable[[Lists], Meta], describe: Callable[[Lists], str], first: Callable[[], Meta]
) -> Document:
    """What :func:`split_documents` gives where each list fits on one page, made at once."""
    counts = {name: len(items) for name, items in lists.items()}
    meta = {**whole.meta, "description": describe(lists), **first(), "counts": counts, "years": [], **render(lists)}
    return Document(whole.path, meta, whole.body)


def _beyond_the_first(parts: tuple[Part, ...], most: Mapping[str, int]) -> tuple[Part, ...]:
    """What does not stand on the first page: of each list the pieces than which ``most[name]`` items are newer."""
    newer = dict.fromkeys(most, 0)
    found: list[Part] = []
    for part in parts:
        beyond = {name: items if newer[name] >= most[name] else () for name, items in part.lists.items()}
        if any(beyond.values()):
            found.append(replace(part, lists=beyond))
        for name, items in part.lists.items():
            newer[name] += len(items)
    return tuple(found)


def _document(frame: Document, shown: Lists, view: View, render: Callable[[Lists], Meta]) -> Document:
    """``frame`` with what ``render`` makes of its lists, when it is needed."""
    given = (encode_json((frame.meta, frame.body)).decode(), dict(shown))
    return later(view, frame.path, given, lambda: Document(frame.path, {**frame.meta, **render(shown)}, frame.body))
