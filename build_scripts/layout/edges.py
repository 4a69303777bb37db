"""What stands at the edges of a line: credit 讯头 and byline before the text, byline or jump line behind it."""

from build_scripts.layout import formulas
from build_scripts.layout.labelled import MAX_TITLE, Label, Labelled
from build_scripts.layout.lines import SHORT, Lines, begins_midway, ends_final


class Edges:
    """Reads the edges of a page's lines, in order: what a line is depends on the lines above it."""

    def __init__(self, lines: Lines, items: list[Labelled]) -> None:
        self.lines = lines
        self.items = items

    def read(self, i: int, item: Labelled) -> None:
        text = item.line.text
        jump = formulas.JUMP.search(text)
        if jump and not text[: jump.start()].strip():
            item.label = Label.JUMP
            item.note("jump", "整行是下转（上接）")
            return
        if jump:
            item.tail, item.tail_jump = jump.start(), True
            item.note("jump", "行末是下转（上接）")
            return
        if (start := formulas.JUMP_FROM.match(text)) and start.end() < len(text):
            item.jump_from = item.opening = start.end()
            item.note("jump", "行首是上接：另一版文章的下半，由此开始")
        elif formulas.CREDIT.match(text):
            self._credit(i, item)
        if self._ends_broken_byline(i, item):
            return
        whole = formulas.read_byline_line(text)
        if whole and not item.credit and self._stands_alone(i, sure=whole.sure):
            item.label, item.picture = Label.BYLINE, whole.picture
            item.note("byline", "整行是署名（供稿）" if whole.sure else "整行只有两三个字，像署名", doubt=not whole.sure)
            return
        tail = formulas.find_tail_byline(text)
        if tail and tail.start >= max(item.opening, item.skip) and (tail.picture or self._ends_here(i, tail)):
            item.tail, item.picture = tail.start, tail.picture
            item.note("byline", f"句号之后、行末的署名“{text[tail.start :].strip()}”", doubt=not tail.sure)

    def _credit(self, i: int, item: Labelled) -> None:
        """Credit and byline at the start; a byline that the column breaks goes on in the next line: 记者王⏎波."""
        text = item.line.text
        after = self.items[i + 1] if i + 1 < len(self.items) else None
        item.credit, item.opening = formulas.opening(text)
        if after and after.label is Label.BODY:
            for gap in ("", "\n"):  # a role or a name is cut (通讯⏎员), or the line ends with it
                end = formulas.opening(f"{text}{gap}{after.line.text}")[1]
                if item.credit < len(text) < end - len(gap) < len(text) + len(after.line.text):
                    item.opening, after.skip = len(text), end - len(text) - len(gap)
                    break
        item.note("credit", f"讯头“{text[: item.credit].strip()}”：新的一篇由此开始")

    def _ends_broken_byline(self, i: int, item: Labelled) -> bool:
        """Whether the column broke a byline behind a full stop: ``…工作。吴珊⏎珊 刘梦琪``."""
        if not i or not self.lines.wrapped or len(item.line.plain) > 12 or ends_final(item.line.text):
            return False
        before = self.items[i - 1]
        full = before.line.width > self.lines.column_before(i) - SHORT
        if before.label is not Label.BODY or (before.tail is not None and not full and len(item.line.plain) > 3):
            return False
        tails = ((gap, formulas.find_tail_byline(before.line.text + gap + item.line.text)) for gap in ("", " "))
        gap, joined = next(((gap, tail) for gap, tail in tails if tail and tail.sure), ("", None))
        if not joined or joined.start >= len(before.line.text) or joined.start < before.opening:
            return False
        last = i + 1 >= len(self.lines) or not begins_midway(self.lines[i + 1].text)
        if not last or item.line.width > self.lines.column_before(i) - 3:
            return False
        before.tail, before.picture = joined.start, joined.picture
        item.label, item.glued, item.picture = Label.BYLINE, not gap, joined.picture
        item.note("byline", "署名被折行隔开：与上一行行末合为一个署名")
        return True

    def _stands_alone(self, i: int, *, sure: bool) -> bool:
        """A bare name on its own line: the line before ended its sentence or is a headline, and the next does not go on."""
        before = self.items[i - 1] if i else None
        after = self.lines[i + 1] if i + 1 < len(self.lines) else None
        if after and begins_midway(after.text):
            return False
        if before is None or before.label is not Label.BODY or before.closed:
            return True
        if self.lines.wrapped:  # a line that fills its column goes on; one that does not is a headline or a paragraph's end
            off = abs(before.line.width - self.lines.column_before(i)) > SHORT
            return sure and (off or formulas.is_subtitle(before.line.text))
        return sure and len(before.line.plain) <= MAX_TITLE and "。" not in before.line.text

    def _ends_here(self, i: int, tail: formulas.Byline) -> bool:
        """A bare name behind a full stop ends the article only where the line does not go on: 等领域。与会⏎领导 is no name."""
        if i + 1 >= len(self.lines):
            return True
        item, after = self.lines[i], self.lines[i + 1]
        if begins_midway(after.text):
            return False
        if formulas.CREDIT.match(after.text) or self.items[i + 1].label is Label.FURNITURE:
            return True
        spaced = item.text[tail.start - 1 : tail.start].isspace()
        if self.lines.wrapped:  # a first line is two squares narrower and may still go on
            column = self.lines.column_before(i)
            narrow = column - item.width
            several = len(item.text[tail.start :].split()) > 1
            apart = after.width > column + 3 or (after.width < column - 3.2 and not ends_final(after.text))
            if tail.sure and (several or apart) and self.lines.bridge(item, after) == 0:
                return True
            return tail.sure and (narrow > 3.2 or (spaced and narrow > -1)) and (spaced or self.lines.bridge(item, after) == 0)
        title = len(after.plain) <= MAX_TITLE and not ends_final(after.text)
        return tail.sure and (spaced or title or self.lines.bridge(item, after) == 0)
