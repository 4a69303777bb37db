"""Long lists in parts: on one page while they are short, then by year, a long year in pieces, so that no page grows with the archive.

The first page keeps its address and shows the newest; every year has pages of its own below it: ``cities/datong/2023/``, and
``cities/datong/2023/2/`` for the second piece. Pieces are cut from the oldest on, so that what is added later only touches the last
piece of its year.
"""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from build_scripts.pages.document import Document, Meta

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
    *,
    year_of: Callable[[Any], int],
    render: Callable[[Lists], Meta],
) -> list[Document]:
    """The page ``whole`` with ``render``'s fields added, and where the lists are too long for it, the pages of the years.

    ``whole.meta`` has ``title``, ``description`` and ``url``, the page's address. The first page gets ``years``: every part with its
    address, and ``counts``: how many items each list has in all. A year's page gets ``part``: its label and the way back, and
    ``previous`` and ``next``: the older and the newer part.
    """
    counts = {name: len(items) for name, items in lists.items()}
    parts = split_lists(lists, most, year_of)
    shown = {name: items[: most[name]] for name, items in lists.items()}
    base, title = str(whole.meta["url"]), str(whole.meta["title"])
    links = [{"label": part.label, "year": part.year, "number": part.number, "url": f"{base}{part.address}/"} for part in parts]
    documents = [Document(whole.path, {**whole.meta, "counts": counts, "years": links, **render(shown)}, whole.body)]
    folder = whole.path.removesuffix(".md").removesuffix("/index")
    for at, part in enumerate(parts):
        meta: Meta = {
            **whole.meta,
            "title": f"{title}：{part.label}",
            "description": f"{whole.meta['description']}{part.label}各期。",
            "url": links[at]["url"],
            "part": {"label": part.label, "name": title, "url": base},
            "previous": links[at + 1] if at + 1 < len(parts) else None,
            "next": links[at - 1] if at else None,
            "counts": {name: len(items) for name, items in part.lists.items()},
            **render(part.lists),
        }
        documents.append(Document(f"{folder}/{part.address}.md", meta))
    return documents
