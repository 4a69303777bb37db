"""Body lines → stories: runs of text that are one article, with paragraphs and section heads, and the headline blocks between them.

A story begins with a credit 讯头 or after a headline, and ends with a byline, a jump line, or the next beginning. A picture and its
line may stand inside a sentence: the sentence goes on below.
"""

from build_scripts.layout import formulas
from build_scripts.layout.labelled import Label, Labelled
from build_scripts.layout.lines import INDENT, SHORT, Lines, begins_midway, ends_final, is_unindented, unbalanced
from build_scripts.layout.storyparts import HeadBlock, Paragraph, Range, Stories, Story

MAX_CAPTION = 150
"""The longest text under a picture on the five pages has 88 characters."""
SHORT_STORY = 350
"""A report with a credit has no section heads before this many characters: on the five pages none has any."""


def find_stories(lines: Lines, items: list[Labelled]) -> Stories:
    """The stories of a page whose lines are labelled."""
    return _Gatherer(lines, items).run()


class _Gatherer:
    def __init__(self, lines: Lines, items: list[Labelled]) -> None:
        self.lines = lines
        self.items = items
        self.chain: list[Story | HeadBlock] = []
        self.captions: list[Story] = []
        self.loose: list[Range] = []
        self.story: Story | None = None
        self.block: HeadBlock | None = None
        self.waiting: list[Range] = []
        """Bylines and 上接 lines of the story that has yet to begin."""
        self.waiting_jumps: list[Range] = []
        self.unfinished: list[Story] = []
        """Stories whose last sentence broke off; the rest of none of them has been met."""
        self.last = -1
        """Index of the last line added to the running story."""

    def run(self) -> Stories:
        for i, item in enumerate(self.items):
            match item.label:
                case Label.HEADLINE | Label.HEAD:
                    self.block = self.block or HeadBlock()
                    self.block.items.append(item)
                case Label.CAPTION:
                    self._caption_line(i, item)
                case Label.BYLINE:
                    self._byline(i, item)
                case Label.JUMP:
                    self._jump(item)
                case Label.BODY:
                    self._body(i, item)
                case Label.FURNITURE:
                    pass
        if self.block:
            self.chain.append(self.block)
            (self.story.bylines if self.story else self.loose).extend(self.block.bylines)
        self.loose += self.waiting + self.waiting_jumps
        return Stories(self.chain, self.captions, self.loose)

    # Lines that are no running text.

    def _caption_line(self, i: int, item: Labelled) -> None:
        glued = i and self.items[i - 1].label is Label.CAPTION and not self.items[i - 1].closed
        if not glued:
            self.captions.append(Story(caption=True, ended=True, host=self._open_host()))
            self.captions[-1].body.append(Paragraph())
        caption = self.captions[-1]
        end = item.line.start + (len(item.line.text) if item.tail is None else item.tail)
        caption.body[0].lines.append(i)
        caption.body[0].ranges.append((item.line.start, end))
        if item.tail is not None:
            caption.bylines.append((item.line.start + item.tail, item.line.end))

    def _byline(self, i: int, item: Labelled) -> None:
        place = (item.line.start, item.line.end)
        before = self.items[i - 1] if i else None
        broken = self._byline_ending(i - 1) if item.glued else None
        if broken:
            broken[-1] = (broken[-1][0], place[1])
        elif before and (before.label is Label.CAPTION or (self.captions and self.captions[-1].body[0].lines[-1] == i - 1)):
            self.captions[-1].bylines.append(place)
        elif item.picture and before and before.label is Label.BODY and self._cut_caption(i - 1):
            self.captions[-1].bylines.append(place)
            item.note("caption", "摄影者署名：上面一段是图片说明")
        elif self.block:
            self.block.bylines.append(place)
            item.note("byline", "署名在标题之下、正文之前")
        elif self.story and (not self.story.ended or (before and before.label is Label.BYLINE)):
            self.story.bylines.append(place)
            self.story.ended = True
        else:
            self.waiting.append(place)

    def _byline_ending(self, i: int) -> list[Range] | None:
        """The bylines of whichever story has one that ends where line ``i`` does."""
        end = self.items[i].line.end
        stories = [*self.captions[-1:], *([self.story] if self.story else [])]
        return next((story.bylines for story in stories if story.bylines and story.bylines[-1][1] == end), None)

    def _jump(self, item: Labelled) -> None:
        place = (item.line.start, item.line.end)
        if self.story and not self.block and "接" not in item.line.text:
            self.story.jumps.append(place)
            self.story.ended = True
        elif "接" in item.line.text:
            self.waiting_jumps.append(place)
        else:
            self.loose.append(place)
            item.note("jump", "没有可以归属的文章", doubt=True)

    def _open_host(self) -> Story | None:
        return self.story if self.story and self.story.open and not self.block else None

    # Running text.

    def _body(self, i: int, item: Labelled) -> None:
        if self.block:
            self._settle_block(i, item)
        if self.story is None or self.story.ended or item.opens or self._resumes_another(i):
            self._begin(i, item)
        story = self.story
        assert story is not None  # _begin made one
        text_start, text_end = item.line.start, item.line.end
        if item.jump_from:
            story.jumps.append((text_start, text_start + item.jump_from))
            text_start += item.jump_from
        elif item.opens:
            story.credit.append((text_start, text_start + item.credit))
            carried = self.items[i + 1] if i + 1 < len(self.items) and self.items[i + 1].skip else None
            if item.opening > item.credit or carried:
                byline_end = carried.line.start + carried.skip if carried else text_start + item.opening
                story.bylines.append((text_start + item.credit, byline_end))
            text_start += item.opening
        text_start += item.skip
        if item.tail is not None:
            text_end = item.line.start + item.tail
        if self._starts_paragraph(i, item, story):
            story.body.append(Paragraph())
        if text_start < text_end:
            story.body[-1].ranges.append((text_start, text_end))
        story.body[-1].lines.append(i)
        story.body[-1].open = not item.closed
        self.last = i
        if formulas.is_picture_line(item.line.text) or (item.picture and item.tail is not None):
            self._cut_caption(i)
        elif item.tail is not None:
            (story.jumps if item.tail_jump else story.bylines).append((item.line.start + item.tail, item.line.end))
            story.ended = True

    def _begin(self, i: int, item: Labelled) -> None:
        if self.story and self.story.open:
            item.note("unfinished", "上一篇的末句没有写完就断了：下文可能在别处", doubt=True)
            self.unfinished.append(self.story)
        elif self.unfinished and not item.opens and (is_unindented(self.lines, i) or begins_midway(item.line.text)):
            self.unfinished.pop()
        self.story = Story(bylines=self.waiting, jumps=self.waiting_jumps)
        self.waiting, self.waiting_jumps = [], []
        self.chain.append(self.story)

    def _resumes_another(self, i: int) -> bool:
        """Whether line ``i`` goes on with a sentence that broke off further up: the paragraph above has ended, and no other begins here."""
        story = self.story
        if not self.unfinished or not story or not story.body or story.open:
            return False
        short = self.lines.column_before(self.last) - self.items[self.last].line.width >= SHORT
        return short and is_unindented(self.lines, i)

    def _starts_paragraph(self, i: int, item: Labelled, story: Story) -> bool:  # noqa: PLR0911  # one return a rule
        if not story.body or story.body[-1].head:
            return True
        before = self.items[self.last]
        if story.body[-1].open:
            if before.line.text[-1:] not in "：:；—" or begins_midway(item.line.text) or unbalanced(before.line.text):
                return False
            narrow = not self.lines.wrapped or before.line.width < self.lines.column_before(self.last) - SHORT
            return narrow and not (self.lines.wrapped and before.line.text[-1:] == "；")
        if not self.lines.wrapped or item.line.margin >= 4:
            return not begins_midway(item.line.text)
        short = self.lines.column_before(self.last) - before.line.width
        narrow_by = self.lines.column_after(i) - item.line.width
        if short >= self.lines.short:
            return True
        if not self.lines.spaced and item.line.gap:
            return True
        return self.lines.indented and narrow_by >= INDENT and not ends_final(item.line.text) and item.tail is None

    def _settle_block(self, i: int, item: Labelled) -> None:
        """Decides whether the headline lines above line ``i`` head a section, interrupt a sentence or part two articles."""
        block, story = self.block, self.story
        assert block is not None  # the caller looked
        self.block = None
        if story and not story.ended and not item.opens:
            why = self._heads_section(block, story, i)
            if why:
                self._add_head(block, story, why)
                return
            if story.open and (begins_midway(item.line.text) or self.lines.bridge(self.lines[self.last], item.line)):
                item.note("continues", "标题之后接着写完上文没写完的句子：仍是同一篇")
                self.chain.append(block)
                return
        if story and story.open:
            item.note("unfinished", "标题之前的句子没有写完：下文可能在别处", doubt=True)
            block.interrupts = True
            self.unfinished.append(story)
        self.chain.append(block)
        self.story = None
        self.waiting += block.bylines
        block.bylines = []

    def _heads_section(self, block: HeadBlock, story: Story, i: int) -> str:  # noqa: PLR0911  # one return a rule
        first, last = block.items[0].line, block.items[-1].line
        whole = "".join(item.line.plain for item in block.items)
        if first.plain.startswith("【") and last.plain.endswith("】"):
            return "方括号【】内：小标题"
        if block.bylines or len(whole) > 30 or any(formulas.NOTE.fullmatch(item.line.plain) for item in block.items):
            return ""
        if any(formulas.is_subtitle(item.line.text) or formulas.is_kicker(item.line.text) for item in block.items):
            return ""
        glued = self.lines.spaced and self.lines[i].gap == 0
        if len(block.items) > 1 and not (len(block.items) == 2 and last.gap == 0 and glued):
            return ""
        if glued:
            return "与下文紧排（中间没有其他各行之间的空行）的短行：小标题"
        if story.open and not story.opens:
            return ""
        written = sum(end - start for paragraph in story.body for start, end in paragraph.ranges)
        if story.opens and written < SHORT_STORY:
            return ""
        if self.lines.wrapped and abs(self.lines.column_before(self.last) - self.lines.column_after(i)) > 2:
            return ""
        return "上文没有署名、下文没有讯头，栏宽不变：小标题"

    def _add_head(self, block: HeadBlock, story: Story, why: str) -> None:
        for item in block.items:
            item.label = Label.HEAD
            starts_new = not (story.body and story.body[-1].head and not item.line.plain.startswith("【")) or item is block.items[0]
            if starts_new:
                story.body.append(Paragraph(head=True))
                item.note("head", why)
            story.body[-1].ranges.append((item.line.start, item.line.end))
            story.body[-1].lines.append(item.index)

    # Pictures inside the text.

    def _cut_caption(self, i: int) -> bool:
        """Takes the last lines of the running story, up to ``i``, out as a picture's line. False where they are too long for one."""
        story = self.story
        if story is None or not story.body or story.body[-1].head or i != self.last:
            return False
        paragraph = story.body[-1]
        at = self._caption_start(paragraph.lines, i)
        cut = paragraph.lines[at:]
        item = self.items[i]
        ranges = [(self.items[k].line.start + (self.items[k].opening if self.items[k].opens else 0), self.items[k].line.end) for k in cut]
        length = sum(end - start for start, end in ranges)
        if length > MAX_CAPTION or self.items[cut[0]].opens:
            return self._plain_byline(story, item)
        caption = Story(caption=True, ended=True, host=story)
        if item.tail is not None:
            ranges[-1] = (ranges[-1][0], item.line.start + item.tail)
            caption.bylines.append((item.line.start + item.tail, item.line.end))
        caption.body.append(Paragraph([span for span in ranges if span[0] < span[1]], cut))
        self.captions.append(caption)
        self.items[cut[0]].note("caption", "以图片出处（摄影者、资料图片）收尾的短段：图片说明")
        gone = set(ranges) | {(start, item.line.start + (item.tail or 0)) for start, _ in ranges[-1:]}
        paragraph.lines = paragraph.lines[:at]
        paragraph.ranges = [span for span in paragraph.ranges if span not in gone]
        if not paragraph.lines:
            story.body.pop()
            if not story.body:
                if self.chain[-1] is story:
                    self.chain.pop()
                caption.host = None
                self.story = None
                self.waiting += story.bylines
        else:
            paragraph.open = not self.items[paragraph.lines[-1]].closed
        if self.story and story.body and story.body[-1].lines:
            self.last = story.body[-1].lines[-1]
        return True

    def _caption_start(self, numbers: list[int], i: int) -> int:
        """Where in the paragraph of lines ``numbers`` the text under a picture begins, which ends with line ``i``.

        It begins where a line ended its sentence or stopped short; else where the line above goes on below the picture: the two
        make a word, and the line above makes none with the line that follows it.
        """
        at = len(numbers) - 1
        while at and not self._breaks_before(numbers[at], numbers[at - 1]):
            at -= 1
        below = next((k for k in range(i + 1, min(i + 4, len(self.items))) if self.items[k].label is Label.BODY), None)
        if below is None:
            return at
        after = self.lines[below]
        best = at, 0
        for k in range(max(1, len(numbers) - 8), len(numbers)):
            above, begins = self.lines[numbers[k - 1]], self.lines[numbers[k]]
            if self.lines.bridge(above, begins) == 0 and not begins_midway(begins.text):
                fit = self.lines.bridge(above, after) + 2 * begins_midway(after.text)
                best = max(best, (k, fit), key=lambda pair: pair[1])
        return best[0]

    def _breaks_before(self, i: int, before: int) -> bool:
        """Whether a text under a picture may begin with line ``i``: the line above ended its sentence, or its column."""
        if self.items[before].closed or i - before > 1:
            return True
        if not self.lines.wrapped:
            return not begins_midway(self.lines[i].text) and self.lines.bridge(self.lines[before], self.lines[i]) == 0
        return self.lines[before].width < self.lines.column_before(before) - SHORT - 1

    def _plain_byline(self, story: Story, item: Labelled) -> bool:
        if item.tail is not None:
            story.bylines.append((item.line.start + item.tail, item.line.end))
            story.ended = not item.picture
            item.note("byline", "段落太长，不像图片说明：按文末署名处理", doubt=True)
        return False
