"""What each printed line is: furniture, body, headline, section head, byline, picture line or jump line."""

import re
from itertools import pairwise, takewhile

from build_scripts.layout import formulas
from build_scripts.layout.edges import Edges
from build_scripts.layout.furniture import find_furniture
from build_scripts.layout.labelled import MAX_TITLE, Label, Labelled, closes_article
from build_scripts.layout.lines import FLOW_MIN, INDENT, SHORT, Line, Lines, begins_midway, ends_final, unbalanced

MOST_LINES = 4
"""Lines of a headline that stands in the middle of a sentence."""
CLEAR = 3.2
"""A line within an article that is this much narrower than its column, and ends no sentence, is a headline."""
MAX_RUN = 8
"""Lines of one headline block; the five pages have at most four."""


def label_lines(lines: Lines) -> list[Labelled]:
    """The lines of a page, each with its label. Section heads are still headlines here: that takes knowing both sides."""
    items = [Labelled(line, i) for i, line in enumerate(lines)]
    for i, (role, why) in find_furniture(lines).items():
        items[i].label, items[i].role = Label.FURNITURE, role
        items[i].note("furniture", why)
    _Labeller(lines, items).run()
    return items


def _opens_quotation(text: str) -> bool:
    """Whether a quotation is left open at the line's end: 第四次“三个⏎一批”活动."""
    return text.rfind("“") > text.rfind("”")


class _Labeller:
    def __init__(self, lines: Lines, items: list[Labelled]) -> None:
        self.lines = lines
        self.items = items

    def run(self) -> None:
        edges = Edges(self.lines, self.items)
        for i, item in enumerate(self.items):
            if item.label is not Label.FURNITURE:
                edges.read(i, item)
        if self.lines.wrapped:
            self._wide_captions()
        i = 0
        while i < len(self.items):
            i = self._headlines(i)
        for above, item in pairwise(self.items):
            if above.label is Label.HEADLINE and item.label is Label.HEADLINE:
                counted = _is_counted(above.line.plain, item.line.plain)
                item.runs_on = counted or self.lines.bridge(above.line, item.line) > 0 or _opens_quotation(above.line.text)

    # Pictures.

    def _wide_captions(self) -> None:
        """Lines much wider than the columns that end a sentence: text under a picture is set across columns."""
        i = 0
        while i < len(self.items):
            j = i
            while j < len(self.items) and self._wide(j):
                j += 1
            if j > i:
                last = self.items[j - 1]
                if j - i <= 4 and last.closed and not any(item.opens for item in self.items[i:j]):
                    for item in self.items[i:j]:
                        item.label = Label.CAPTION
                    self.items[i].note("caption", "比正文栏宽得多的完整句子：图片说明横跨数栏")
            i = max(j, i + 1)

    def _wide(self, i: int) -> bool:
        item = self.items[i]
        if item.label is not Label.BODY or formulas.is_subtitle(item.line.text):
            return False
        return item.line.width > 1.4 * max(self.lines.column_before(i), self.lines.column_after(i), FLOW_MIN) + 1

    # Headlines.

    def _headlines(self, i: int) -> int:
        """Labels what begins at ``i`` and returns the index after it."""
        item = self.items[i]
        if item.label is not Label.BODY or item.opens or self._goes_on(i):
            return i + 1
        j = i
        while j < len(self.items) and j - i < MAX_RUN and self._could_be_headline(j):
            j += 1
        if j == i:
            return i + 1
        i = self._unfinished_to(i, j)
        stop = self.items[j] if j < len(self.items) else None
        bounded = stop is None or stop.opens or stop.label is not Label.BODY
        if bounded and not self._flows(i, j):
            why = "其后是讯头" if stop and stop.opens else "其后不是正文"
            self._mark(i, j, f"没有句末标点的短行，{why}：标题")
            return j
        j = self._column_from(i, j)
        end = i
        for k in range(i, j):
            if self._headline_form(k, i):
                end = k + 1
        if end > i:
            return end
        return i + 1

    def _could_be_headline(self, i: int) -> bool:
        item = self.items[i]
        text = item.line.text
        if item.label is not Label.BODY or item.opens or item.tail is not None:
            return False
        if "。" in text or "；" in text or text.strip()[-1:] in "，、":
            return False
        if ends_final(text):  # a headline may ask or exclaim
            closes = text.count("”") > text.count("“")  # what a speech ends with that began on a line above
            return text.strip().rstrip("”’」』")[-1:] in "？！?!" and len(item.line.plain) <= 30 and not closes
        return True

    def _goes_on(self, i: int) -> bool:
        """Whether line ``i`` continues the sentence of the line above it."""
        line = self.lines[i]
        if begins_midway(line.text) and not line.text.startswith("—"):
            return True
        if i == 0:
            return False
        before = self.items[i - 1]
        if before.label is not Label.BODY or before.closed:
            return False
        if self.lines.bridge(before.line, line) > 0:
            return True
        if self.lines.wrapped:
            return not self._interrupts(i) and (
                before.line.width > self.lines.column_before(i) - SHORT - 1 or not formulas.is_subtitle(line.text)
            )
        return not (formulas.is_subtitle(line.text) or formulas.is_kicker(line.text))

    def _unfinished_to(self, i: int, j: int) -> int:
        """Where among lines ``i`` to ``j`` a paragraph breaks off that began at ``i`` and fills its column; ``i`` where none does."""
        if not self.lines.indented:
            return i
        column = self.lines.column_before(i)
        k = i + 1
        while k < j and abs(self.lines[k].width - column) < INDENT:
            k += 1
        if not i + 1 < k < j or not INDENT <= column - self.lines[i].width < CLEAR:
            return i
        text = any("，" in line.text for line in self.lines.between(i, k)) or self.lines.bridge(self.lines[i], self.lines[i + 1])
        return k if text else i

    def _interrupts(self, i: int) -> bool:
        """Whether a headline begins with line ``i`` although the sentence above it is unfinished: the column ended there.

        All lines of a paragraph but its last fill their column, and its last ends the sentence. Lines that do neither are no part of it,
        unless the next line begins with a number or a Latin word that found no room. One line alone may be a sentence that a picture
        cuts off, and counts only above a credit.
        """
        clear = False
        for k in range(i, min(i + MOST_LINES, len(self.lines) - 1)):
            line, after = self.lines[k], self.lines[k + 1]
            column = min(self.lines.column_before(i), self.lines.column_after(k + 1))
            room = column - line.width - _unbroken(after)
            if not self._could_be_headline(k) or room < SHORT or line.text[-1] in "—：:":
                return False
            clear |= room > CLEAR and not begins_midway(after.text) and not self.lines.bridge(line, after)
            if clear and (k > i or self.items[k + 1].opens):
                return True
        return False

    def _flows(self, i: int, j: int) -> bool:
        """Whether lines ``i`` to ``j`` are an unfinished paragraph rather than a headline: they fill their column or run on."""
        if any(unbalanced(item.line.text) for item in self.items[i:j]) and j - i == 1:
            return not formulas.is_subtitle(self.items[i].line.text) and not self.lines.wrapped
        if not self.lines.wrapped:
            return j - i == 1 and len(self.lines[i].plain) > MAX_TITLE * 3
        if j - i < 3:
            return False
        column = self.lines.column_before(i)
        return sum(abs(line.width - column) < INDENT for line in self.lines.between(i + 1, j)) >= j - i - 2 and j - i >= 4

    def _column_from(self, i: int, j: int) -> int:
        """Where from ``i`` on text in a column begins: lines as wide as each other that make words across their breaks; else ``j``."""
        if not self.lines.wrapped:
            return j
        for first in range(self._below_subtitle(i, j), j - 3):
            inner = self.lines.between(first + 1, j)
            words = sum(self.lines.bridge(left, right) > 0 for left, right in pairwise(inner))
            widths = sorted(line.width for line in inner)
            column = widths[len(widths) // 2]
            begins = column - 3.2 < self.lines[first].width < column + 1.5
            if begins and words and widths[-1] - widths[len(widths) // 3] < 2.5:
                return first
        return j

    def _below_subtitle(self, i: int, j: int) -> int:
        """Behind the subtitle that stands among the first lines from ``i`` on, ``i`` where there is none: no text begins above it."""
        return next((k + 1 for k in range(i + 1, min(i + 4, j)) if formulas.is_subtitle(self.lines[k].text)), i)

    def _headline_form(self, i: int, first: int) -> bool:
        """Whether line ``i`` is a headline by itself; where it is, all from ``first`` on are."""
        line = self.lines[i]
        after = self.lines[i + 1] if i + 1 < len(self.lines) else None
        if formulas.NOTE.fullmatch(line.plain):
            return self._mark(first, i + 1, "编者按一类的题目")
        if line.plain.startswith("【"):
            end = next((k + 1 for k in range(i, min(i + 3, len(self.lines))) if self.lines[k].plain.endswith("】")), None)
            return end is not None and self._mark(first, end, "方括号【】内的小标题")
        if formulas.is_subtitle(line.text) and i > first:
            return self._mark(first, i + 1, "其后一行以破折号起：副题，此行为题")
        if i > first and re.search("—{3,}$", line.plain):
            return self._mark(first, i + 1, "以长破折号收尾：引题")
        if self.lines.wrapped:
            return self._narrow_or_wide(i, first, after)
        return self._short_paragraph(i, first, after)

    def _narrow_or_wide(self, i: int, first: int, after: Line | None) -> bool:
        line = self.lines[i]
        column = self.lines.column_after(i + 1)
        if after is None or begins_midway(after.text) or (self.lines.bridge(line, after) > 2 and line.width > column - 3.2):
            return False
        glued = self._glued(i)
        above = self.lines[i - 1].text if i else ""
        named = i > first and formulas.is_kicker(above) and above[-1] not in "—：:"  # who is named over a headline
        begins = i == first and i > 0 and (closes_article(self.items[i - 1]) or self.items[i - 1].label in (Label.JUMP, Label.BYLINE))
        if begins and self.lines.indented and column - 0.8 < line.width and not self.lines.bridge(line, after):
            return self._mark(first, i + 1, "上一篇已完，此行没有缩进、又无句末标点：题", doubt=True)
        room = 1.0 if named else 2.4 if glued else 2.8 if begins else CLEAR
        same = column if begins or i > first else min(column, self.lines.column_before(i))  # within an article, its own column
        if line.width + _unbroken(after) < same - room and not (unbalanced(line.text) and begins_midway(after.text)):
            return self._mark(first, i + 1, f"行宽约{line.width:g}字，远不满栏（约{column:g}字），又无句末标点：题")
        if line.width > column + 3 and line.width > self.lines.column_before(i) + 3:
            return self._mark(first, i + 1, f"行宽约{line.width:g}字，超出栏宽（约{column:g}字），又无句末标点：题")
        fresh = (
            self.lines.indented
            and after.width < column - INDENT - 0.4
            and not ends_final(after.text)
            and not self.lines.bridge(line, after)
        )
        narrow = self._could_be_headline(i + 1)
        if fresh and not narrow and line.width < column - INDENT:
            return self._mark(first, i + 1, "下一行缩进，另起一段，而此行没有句末标点：题", doubt=True)
        return False

    def _glued(self, i: int) -> bool:
        """Whether line ``i`` alone stands tight on the next: a section head. Extraction also leaves the blank line out after digits."""
        line, after, then = (self.lines[k] if k < len(self.lines) else None for k in (i, i + 1, i + 2))
        tight = after is not None and then is not None and after.gap == 0 and then.gap > 0
        return self.lines.spaced and tight and line is not None and line.gap > 0 and not line.text[-1:].isascii()

    def _short_paragraph(self, i: int, first: int, after: Line | None) -> bool:
        line = self.lines[i]
        if after is None or len(line.plain) > MAX_TITLE or unbalanced(line.text) or begins_midway(after.text):
            return False
        if self.lines.bridge(line, after) > 1 and len(line.plain) > 12:
            return False
        if "，" in line.text and len(line.plain) > 12 and not (self._could_be_headline(i + 1) or self.items[i + 1].opens):
            return False
        if line.text.strip()[-1:] in "：:—" and ends_final(after.text) and not formulas.is_kicker(line.text):
            return False
        return self._mark(first, i + 1, "单独成段、没有句末标点的短行：题")

    def _mark(self, first: int, end: int, why: str, *, doubt: bool = False) -> bool:
        for item in self.items[first:end]:
            if item.label is Label.BODY:
                item.label = Label.HEADLINE
                item.note("headline", why, doubt=doubt)
        return True


def _unbroken(line: Line) -> float:
    """The width of the number or Latin word that a line begins with: it may have found no room on the line above."""
    return len(list(takewhile(str.isascii, line.plain))) / 2


_COUNTED = re.compile("[个家项次户名亿万元吨亩％%]")


def _is_counted(above: str, below: str) -> bool:
    """Whether a number stands on one line and what it counts on the next: 项目总数35|个."""
    return above[-1:].isdigit() and _COUNTED.match(below) is not None
