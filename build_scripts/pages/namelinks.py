"""Links in running text: the names of cities, zones, rounds, projects and firms lead to their pages.

In a paragraph the first mention of each is linked. Of names that overlap the longest wins: 山西综改示范区晋中开发区 is one zone, not two.
A link never lies in another link: a name that a figure or a correction cuts (年产30万吨硝酸项目) is linked in its longest whole piece.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from build_scripts.names import find_places
from build_scripts.pages.view import View
from build_scripts.records import Article
from build_scripts.rounds import find_rounds

Span = tuple[int, int]

SHORTEST_PIECE = 4
"""Characters of a piece that still tell what it leads to: 硝酸项目."""


@dataclass(frozen=True, slots=True)
class Name:
    """A name at ``text[start:end]``, and the page that it leads to."""

    start: int
    end: int
    url: str
    """Below the site's base."""
    whole: bool = True
    """Whether it is linked as a whole or not at all; a long name may be linked in a piece."""


def find_names(article: Article, block: int, view: View) -> list[Name]:
    """Every name in a block of the article's body that has a page, overlaps among them."""
    text = article.body[block].passage.text
    names: list[Name] = []
    for place in find_places(text):
        if place.kind == "city" and not place.weak:
            names.append(Name(place.start, place.end, f"cities/{view.cities[place.name].slug}/"))
        elif place.kind == "zone" and place.name in view.zones:
            names.append(Name(place.start, place.end, f"zones/{view.zones[place.name].slug}/"))
    names += [Name(found.start, found.end, f"events/{found.id}/") for found in find_rounds(text)]
    named = view.archive.ledger.names_in(article.id, "body", block)
    return names + [Name(*_bare(text, found.start, found.end), found.url, whole=False) for found in named]


def _bare(text: str, start: int, end: int) -> Span:
    """A name without the half of a pair of quotation marks that it begins behind or ends before: …的保温材料。”日昌新材料公司."""
    inner = text[start:end]
    if inner.count("“") != inner.count("”"):
        start += len(inner) - len(inner.lstrip("“”"))
        end -= len(inner) - len(inner.rstrip("“”"))
    return start, end


def choose_links(names: Iterable[Name], taken: Sequence[Span] = ()) -> list[Name]:
    """The links of one paragraph, in order. ``taken`` are the stretches of its figures and corrections, empty ones among them.

    >>> [(name.start, name.end) for name in choose_links([Name(0, 3, "a"), Name(0, 7, "b"), Name(9, 12, "b")])]
    [(0, 7)]
    """
    cuts = _joined(taken)
    chosen: list[Name] = []
    for name in sorted(names, key=lambda name: (name.start - name.end, name.start, name.url)):
        at = bisect_right(chosen, name.start, key=lambda other: other.start)
        if (at == 0 or chosen[at - 1].end <= name.start) and (at == len(chosen) or name.end <= chosen[at].start):
            chosen.insert(at, name)
    links: dict[str, Name] = {}
    for name in chosen:
        piece = _piece(name, cuts)
        if piece is not None and name.url not in links:
            links[name.url] = Name(*piece, name.url)
    return list(links.values())


def _joined(spans: Iterable[Span]) -> list[Span]:
    """``spans`` in order, those that overlap as one."""
    joined: list[Span] = []
    for start, end in sorted(spans):
        if joined and start < joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined


def _piece(name: Name, cuts: Sequence[Span]) -> Span | None:
    """The longest stretch of a name that nothing else marks; ``None`` where that is too short to be a link."""
    first = bisect_right(cuts, name.start, key=lambda cut: cut[1])
    last = bisect_left(cuts, name.end, key=lambda cut: cut[0])
    if first >= last:
        return name.start, name.end
    if name.whole:
        return None
    starts = [name.start, *(end for _, end in cuts[first:last])]
    ends = [*(start for start, _ in cuts[first:last]), name.end]
    piece = max(zip(starts, ends, strict=True), key=lambda span: span[1] - span[0])
    return piece if piece[1] - piece[0] >= SHORTEST_PIECE else None
