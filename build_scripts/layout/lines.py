"""Printed lines of a raw page with what their form tells: width, ending, beginning.

Two kinds of raw pages are known. Text taken from a PDF keeps the column: every printed line is a line of 13 to 50 squares, mostly
with a blank line after it, and the two squares of a paragraph's indent are lost, so that its first line is narrower. OCR gives one
line for a paragraph, broken only where the column ends.
"""

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from build_scripts.chars import is_han, squeeze
from build_scripts.source import Page

FINAL = "。！？!?…"
CLOSERS = "”’」』）)"
_BEGINS_MIDWAY = "，。、；：！？”’」』）》…,;:!?)%％"
_OPENERS, _SHUTTERS = "“‘（《『【(", "”’）》』】)"

FLOW_MIN, FLOW_MAX = 6.0, 60.0
"""Widths that a line of a set column may have, in squares: the five pages' columns have 13 to 21."""
WINDOW = 6
"""How many lines before and after tell a column's width: enough to outvote first lines and a headline of two lines."""
INDENT = 1.1
"""A first line is two squares narrower; marks that are squeezed at the line's end take up to one back."""
SHORT = 1.6
"""A line this much narrower than its column was ended by its paragraph, not by the column."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line that is not blank, without its margins."""

    number: int
    start: int
    end: int
    text: str
    gap: int
    """How many blank lines stand above it."""
    margin: int
    """Squares of white space before it, for pages that keep the indent."""
    width: float

    @property
    def plain(self) -> str:
        """Its text without white space."""
        return squeeze(self.text)


_Measure = tuple[float, float, float]
_SET: tuple[_Measure, ...] = ((0.5, 1.0, 0.0), (0.5, 0.75, 0.0), (0.5, 0.5, 0.0), (0.5, 1.0, 0.25), (0.5, 0.75, 0.25))
"""Widths of a half-width sign, a full-width mark and a space, against a Han character, as a paper sets them."""
_COUNTED: tuple[_Measure, ...] = ((1.0, 1.0, 1.0), (1.0, 1.0, 0.0))
"""The same for a program that breaks text by counting characters."""
_CLEARLY = 0.5
"""Lines that were counted are by their own measure less than a tenth as uneven as by a paper's; in set lines chance may favour counting a
little, where few have digits."""
_HALF = re.compile(r"[!-~]")


def _width(text: str, measure: _Measure) -> float:
    half, mark, space = measure
    total = 0.0
    for char in text:
        total += space if char.isspace() else half if char.isascii() else 1.0 if char.isalnum() else mark
    return total


def ends_final(text: str) -> bool:
    """Whether a sentence ends with this line: 。！？… and what closes a quotation after it.

    A colon or a dash ends none here: ``一个好消息传来——`` may go on or not.

    >>> ends_final("建设。”"), ends_final("项目建设，")
    (True, False)
    """
    return text.rstrip().rstrip(CLOSERS)[-1:] in FINAL and bool(text.rstrip().rstrip(CLOSERS))


def begins_midway(text: str) -> bool:
    """Whether the line cannot begin a sentence: it opens with a mark that never stands first, or with one character and such a mark.

    >>> begins_midway("业。成立于2022年8月"), begins_midway("日前，")
    (True, False)
    """
    plain = text.strip()
    if not plain.strip("…"):
        return False  # a line of dots is a paragraph of its own
    return plain[:1] in _BEGINS_MIDWAY or (is_han(plain[:1]) and plain[1:2] in "，。、；”" and plain[1:2] != "") if plain else False


def unbalanced(text: str) -> bool:
    """Whether a quotation or a bracket is opened and not closed on the line, or the reverse."""
    return any(text.count(left) != text.count(right) for left, right in zip(_OPENERS, _SHUTTERS, strict=True))


class Lines:
    """The lines of a page, and what they say together: kind of page, widths of columns, words across a break."""

    def __init__(self, page: Page) -> None:
        raw: list[tuple[int, int, int, str, int, int]] = []
        above = 0
        for number, start in enumerate(page.starts, 1):
            text = page.line_text(number)
            body = text.strip()
            if not body:
                above += 1
                continue
            left = len(text) - len(text.lstrip())
            margin = sum(2 if char == "\u3000" else 1 for char in text[:left])
            raw.append((number, start + left, start + left + len(body), body, above, margin))
            above = 0
        measure, self.noise = _even_measure([row[3] for row in raw])
        self._items = [Line(*row, _width(row[3], measure)) for row in raw]
        self.wrapped = self._keeps_columns()
        """Whether the page keeps its columns: most lines then end within a sentence."""
        self._flow = [
            i for i, line in enumerate(self._items) if FLOW_MIN <= line.width <= FLOW_MAX and not ends_final(line.text)
        ]  # fmt: skip
        self._pairs = Counter(pair for line in self._items for pair in pairwise(line.plain))
        gaps = [line.gap > 0 for line in self._items]
        self.spaced = sum(gaps) * 2 > len(gaps)
        """Whether blank lines stand between most printed lines, so that one between two lines says nothing."""
        self.indented = self.wrapped and self._first_lines_are_narrow()
        """Whether first lines of paragraphs are narrower than their column."""
        self.short = max(0.6, min(SHORT, 4 * self.noise))
        """How much narrower than its column a line is that ended its paragraph, on this page."""

    def __len__(self) -> int:
        return len(self._items)

    def __getitem__(self, index: int) -> Line:
        return self._items[index]

    def __iter__(self) -> Iterator[Line]:
        return iter(self._items)

    def between(self, start: int, end: int) -> list[Line]:
        """The lines from index ``start`` up to ``end``."""
        return self._items[start:end]

    def column_before(self, index: int) -> float:
        """The width of the column in the lines above ``index``; of those below at the top of a page; 0 on a page without columns."""
        at = bisect_left(self._flow, index)
        return self._upper(self._flow[max(0, at - WINDOW) : at] or self._flow[at : at + WINDOW])

    def column_after(self, index: int) -> float:
        """The same for the lines below ``index``."""
        at = bisect_right(self._flow, index)
        return self._upper(self._flow[at : at + WINDOW] or self._flow[max(0, at - WINDOW) : at])

    def _upper(self, indexes: list[int]) -> float:
        widths = sorted(self._items[i].width for i in indexes)
        return widths[len(widths) // 2] if widths else 0.0

    def bridge(self, left: Line, right: Line) -> int:
        """How often the page prints the two characters that ``right`` would bring together after ``left``: 项⏎目 is a word."""
        pair = (left.plain[-1], right.plain[0])
        return self._pairs[pair] if all(map(is_han, pair)) else 0

    def _keeps_columns(self) -> bool:
        """Measured by characters: on an OCR page most stand in long lines, whatever the number of short headlines."""
        total = sum(line.end - line.start for line in self._items)
        in_columns = [line for line in self._items if line.width <= FLOW_MAX]
        flowing = [line for line in in_columns if len(line.plain) >= 8 and not ends_final(line.text)]
        return len(flowing) >= 6 and 2 * sum(line.end - line.start for line in flowing) > total

    def _first_lines_are_narrow(self) -> bool:
        lost = []
        for i, (left, right) in enumerate(pairwise(self._items)):
            if not ends_final(left.text) or ends_final(right.text):
                continue
            if left.width < self.column_before(i) - 4 and right.width > FLOW_MIN + 2:
                lost.append(self.column_after(i + 1) - right.width)
        return len(lost) < 3 or median(lost) > 0.8


def is_unindented(lines: Lines, index: int) -> bool:
    """Whether line ``index`` fills its column where first lines of paragraphs do not, so that no paragraph begins with it."""
    line = lines[index]
    return lines.indented and not ends_final(line.text) and lines.column_after(index) - line.width < INDENT / 2


def _even_measure(texts: Sequence[str]) -> tuple[_Measure, float]:
    """The measure by which lines within a sentence are most even, and by how much neighbours then differ: a column has one width.

    Whether characters were counted is told by the lines that have half-width signs alone: without them both are even.
    """
    long = [(left, right) for left, right in pairwise(texts) if len(left) > 7 and len(right) > 7]
    inner = [(left, right) for left, right in long if not ends_final(left) and not ends_final(right)][:4000]
    if len(inner) < 6:
        return _SET[0], SHORT
    telling = [(left, right) for left, right in inner if _HALF.search(left) or _HALF.search(right)]
    best = min(_SET, key=lambda measure: _unevenness(inner, measure))
    counted = min(_COUNTED, key=lambda measure: _unevenness(inner, measure))
    if telling and _unevenness(telling, counted)[0] < _CLEARLY * _unevenness(telling, best)[0]:
        best = counted
    return best, _unevenness(inner, best)[1]


def _unevenness(pairs: Sequence[tuple[str, str]], measure: _Measure) -> tuple[float, float]:
    """By how much neighbours differ, against their width and in squares; the fifth that differs most is left out."""
    widths = [(_width(left, measure), _width(right, measure)) for left, right in pairs]
    steps = sorted(abs(left - right) for left, right in widths)
    kept = steps[: max(1, len(steps) * 4 // 5)]
    step = sum(kept) / len(kept)
    return step / max(1.0, median(left for left, _ in widths)), step
