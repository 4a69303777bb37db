"""Pages made from the archive's own: re-wrapped, without blank lines, in another order, mixed, each with its right answer.

A reviewed page is taken apart into pieces of text whose part is known, and set anew. What a draft of the new page should find follows.
"""

import random
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from build_scripts.layout.layoutfile import ArticleLayout
from build_scripts.records import PageRecord
from build_scripts.source import Page
from tests.conftest import page_of


@dataclass
class Piece:
    """A run of printed lines that stands together: one headline line, or a paragraph between two columns' ends."""

    lines: list[str]
    article: str | None
    paragraph: int | None = None
    """Number of the paragraph in its article; ``None``: not body text."""
    head: bool = False
    begins: bool = False
    """Whether the paragraph begins here."""
    glued: bool = False
    """Whether no blank line stands above it."""


@dataclass
class Source:
    """A page in pieces, with what is known of its articles."""

    pieces: list[Piece] = field(default_factory=list)
    known: dict[str, dict[str, Any]] = field(default_factory=dict)


def take_apart(record: PageRecord, name: str) -> Source:
    """The pieces of a reviewed page; ``name`` keeps its articles apart from another page's."""
    page = record.page
    owner: dict[int, tuple[str | None, int | None, bool]] = {}
    for layout in record.layout.articles:
        for line in _lines_of(page, layout):
            owner[line] = (f"{name}-{layout.id}", None, False)
    for layout in record.layout.articles:
        for number, block in enumerate(layout.body):
            for span in block.spans:
                for line in range(page.place(span.start).line, page.place(span.end - 1).line + 1):
                    owner[line] = (f"{name}-{layout.id}", number, block.head)
    source = Source()
    seen: set[tuple[str | None, int]] = set()
    previous: tuple[str | None, int | None, bool] | None = None
    for line, text in enumerate(page.lines(), 1):
        if not text.strip():
            continue
        owned = owner.get(line, (None, None, False))
        article, paragraph, head = owned
        marked = _mark_byline(record, line, text).strip()
        if owned == previous and paragraph is not None:
            source.pieces[-1].lines.append(marked)
        else:
            begins = paragraph is not None and (article, paragraph) not in seen
            glued = line > 1 and bool(page.line_text(line - 1).strip())
            source.pieces.append(Piece([marked], article, paragraph, head, begins, glued))
        if paragraph is not None:
            seen.add((article, paragraph))
        previous = owned
    for article_record in record.articles:
        source.known[f"{name}-{article_record.id}"] = {
            "title": [article_record.title.text if article_record.title else None],
            "kicker": [article_record.kicker.text if article_record.kicker else None],
            "subtitle": [article_record.subtitle.text if article_record.subtitle else None],
            "authors": [author.name for author in article_record.authors],
        }
    return source


BYLINE = "\ue000"
"""Stands where a byline behind the text begins, until the page is set."""


def _mark_byline(record: PageRecord, line: int, text: str) -> str:
    start = record.page.line_span(line).start
    for layout in record.layout.articles:
        for span in (*layout.bylines, *layout.continuation):
            if record.page.place(span.start).line == line and text[: span.start - start].strip() and start + len(text) - span.end < 2:
                return text[: span.start - start] + BYLINE + text[span.start - start :]
    return text


def _lines_of(page: Page, layout: ArticleLayout) -> Iterable[int]:
    for spans in (layout.kicker, layout.title, layout.subtitle, layout.credit, layout.bylines, layout.continuation):
        for span in spans:
            yield from range(page.place(span.start).line, page.place(span.end - 1).line + 1)


def reorder(source: Source, order: Callable[[list[str]], list[str]]) -> Source:
    """The same articles in another order, each with its headline where it stood; a picture inside a sentence stays there."""
    furniture = [piece for piece in source.pieces if piece.article is None]
    places: dict[str, list[int]] = defaultdict(list)
    for i, piece in enumerate(source.pieces):
        if piece.article is not None and piece.paragraph is not None:
            places[piece.article].append(i)
    host = {}
    for article, at in places.items():
        around = [other for other, places_of in places.items() if other != article and places_of[0] < at[0] and at[-1] < places_of[-1]]
        host[article] = around[0] if around else article
    groups: dict[str, list[Piece]] = defaultdict(list)
    for piece in source.pieces:
        if piece.article is not None:
            groups[host.get(piece.article, piece.article)].append(piece)
    return Source([*furniture, *(piece for name in order(list(groups)) for piece in groups[name])], source.known)


def mix(first: Source, second: Source, seed: int) -> Source:
    """The articles of two pages on one."""
    both = Source([*first.pieces, *second.pieces], first.known | second.known)
    shuffle = random.Random(seed)
    return reorder(both, lambda names: shuffle.sample(names, len(names)))


def width_of(text: str) -> float:
    """Squares that a text takes: a mark that ends a line is squeezed, extraction's spaces take none."""
    return sum(0.0 if char.isspace() or char == BYLINE else 0.5 if char.isascii() else 1.0 for char in text)


def wrap(text: str, width: float, indent: float, measure: Callable[[str], float]) -> list[str]:
    """``text`` in lines of ``width``; a mark that cannot begin a line hangs in the margin, as the paper sets it."""
    lines: list[str] = []
    line = ""
    room = width - indent
    for char in text:
        if line and measure(line + char) > room and char not in "，。、；：！？”’）》】%":
            lines.append(line)
            line, room = "", width
        if line or not char.isspace():
            line += char
    return [*lines, line] if line else lines


def set_anew(
    source: Source,
    width: float | None = None,
    *,
    indent: float = 2,
    blanks: bool | None = None,
    measure: Callable[[str], float] = width_of,
) -> tuple[Page, list[dict[str, Any]]]:
    """The page of ``source``, and what a draft of it should find.

    ``width``: squares of a column; ``None`` keeps the printed lines, 0 puts each paragraph on one line. ``blanks``: a blank line
    after every line, or none at all; ``None``: as printed.
    """
    printed: list[str] = []
    rows = {name: _empty_row(known) for name, known in source.known.items()}
    pieces = _rewrapped(source.pieces, width, indent, measure)
    for piece in pieces:
        if printed and (blanks or (blanks is None and not piece.glued)):
            printed.append("")
        first = len(printed) + 1
        for i, line in enumerate(piece.lines):
            if i and blanks is not False:
                printed.append("")
            printed.append(line.replace(BYLINE, "").rstrip())
        before_byline = "\n".join(piece.lines).partition(BYLINE)[0].strip().count("\n") + 1
        numbers = [n for n in range(first, len(printed) + 1) if printed[n - 1]][:before_byline]
        if piece.article is None or piece.paragraph is None:
            continue
        row = rows[piece.article]
        if piece.head:
            if piece.begins:
                row["section_heads"].append({"line": numbers[0]})
            continue
        row["body_lines"] += numbers
        if piece.begins:
            row["paragraph_starts"].append(numbers[0])
    return page_of("\n".join(printed) + "\n"), [row for row in rows.values() if row["body_lines"]]


def _empty_row(known: dict[str, Any]) -> dict[str, Any]:
    return known | {
        "body_lines": [],
        "body_lines_optional": [],
        "paragraph_starts": [],
        "paragraph_starts_optional": [],
        "section_heads": [],
    }


def _rewrapped(pieces: Sequence[Piece], width: float | None, indent: float, measure: Callable[[str], float]) -> list[Piece]:
    if width is None:
        return list(pieces)
    anew = []
    for piece in pieces:
        if piece.paragraph is None or piece.head:
            anew.append(piece)
            continue
        text = ""
        for line in piece.lines:
            text += (" " if text and text[-1].isascii() and line[0].isascii() else "") + line
        lines = wrap(text, width, indent if piece.begins else 0, measure) if width else [text]
        anew.append(Piece(lines, piece.article, piece.paragraph, piece.head, piece.begins, piece.glued))
    return anew


def interrupt(source: Source, seed: int) -> Source:
    """The same articles, one of them, headline first, printed where a sentence of another breaks off at the end of a column."""
    shuffle = random.Random(seed)
    groups: dict[str, list[Piece]] = defaultdict(list)
    for piece in source.pieces:
        if piece.article is not None:
            groups[piece.article].append(piece)
    breaks = [
        (name, at, line)
        for name, pieces in groups.items()
        for at, piece in enumerate(pieces)
        if piece.paragraph is not None and not piece.head
        for line in range(2, len(piece.lines) - 1)
        if BYLINE not in piece.lines[line - 1] and piece.lines[line - 1].strip()[-1] not in "。！？!?…”’」』）)："
    ]
    host, at, line = shuffle.choice(breaks)
    guests = [name for name, pieces in groups.items() if name != host and any(piece.paragraph is None for piece in pieces)]
    if not guests:
        return source
    guest = sorted(groups[shuffle.choice(guests)], key=lambda piece: piece.paragraph is not None)
    piece = groups[host][at]
    before = replace(piece, lines=piece.lines[:line])
    after = replace(piece, lines=piece.lines[line:], begins=False)
    pieces: list[Piece] = []
    for one in source.pieces:
        if one is piece:
            pieces += [before, *guest, after]
        elif one not in guest:
            pieces.append(one)
    return Source(pieces, source.known)
