"""A raw page → a proposed layout, with a reason for every decision and the doubts that an editor has to settle.

The stages, in order: printed lines with their widths (:mod:`lines`); furniture, bylines, credits, headlines by form (:mod:`labels`);
stories with their paragraphs (:mod:`stories`); headlines to stories (:mod:`headlines`); here, the layout made of all that.
Whatever the text, each of its characters ends in exactly one part.
"""

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from build_scripts.layout.headlines import Headline, Headlines, assign_headlines, is_short_text
from build_scripts.layout.joins import join_broken
from build_scripts.layout.labelled import Label, Labelled
from build_scripts.layout.labels import label_lines
from build_scripts.layout.layoutfile import ArticleLayout, Block, Furniture, Layout, Package, Spans, parts
from build_scripts.layout.lines import Lines
from build_scripts.layout.stories import find_stories
from build_scripts.layout.storyparts import Paragraph, Range, Stories, Story
from build_scripts.source import Page, Span
from build_scripts.yamlfile import Entry

BRIEF = 400
"""Reports up to this many characters are 简讯 briefs: on the five pages briefs outside a series have at most 326, news at least 408."""
NEAR = 30
"""How many articles before and after a picture may be its own: more than a page has."""
_CAPTION_LIKENESS = 0.35
"""How like its article a picture's text is: 0.49 where the article is on the page, 0.18 where none is (two pictures measured)."""


@dataclass(frozen=True, slots=True)
class Note:
    """Why something was decided, or what an editor must look at."""

    line: int
    rule: str
    """The rule's name, for tests and statistics."""
    text: str
    """The reason in words."""
    doubt: bool = False


@dataclass(frozen=True, slots=True)
class Draft:
    """A proposed layout."""

    layout: Layout
    reasons: tuple[Note, ...]
    """Every decision, in the page's order."""
    doubts: tuple[Note, ...]
    """Those among them that are unsure."""


def draft_layout(page: Page) -> Draft:
    """The layout that the page's text itself suggests.

    Ids are ``<8 hex digits of the page's hash>-l<line on which the text begins>``: they depend on nothing else on the page.
    """
    lines = Lines(page)
    items = label_lines(lines)
    found = find_stories(lines, items)
    join_broken(lines, items, found)
    headlines = assign_headlines(found, page.text)
    return _Builder(page, lines, items, found, headlines).build()


class _Builder:
    def __init__(self, page: Page, lines: Lines, items: list[Labelled], found: Stories, headlines: Headlines) -> None:
        self.page = page
        self.lines = lines
        self.items = items
        self.found = found
        self.headlines = headlines
        self.path = Path(page.source).with_suffix(".yml") if Path(page.source).name else Path("page.yml")
        self.stories = [part for part in found.chain if isinstance(part, Story)]
        self.firsts = [story.first for story in self.stories]
        self.like = headlines.like

    def build(self) -> Draft:
        furniture = self._furniture()
        packages, member = self._packages()
        articles = [self._article(story, member.get(id(story))) for story in sorted([*self.stories, *self.found.captions], key=_place)]
        layout = Layout(self.path, tuple(furniture), tuple(packages), tuple(articles), ())
        left = self._left_out(layout)
        if left:
            layout = replace(layout, furniture=(*layout.furniture, *(Furniture("label", (span,)) for span in left)))
        notes = sorted(
            (Note(item.line.number, rule, text, doubt) for item in self.items for rule, text, doubt in item.why),
            key=lambda note: note.line,
        )
        return Draft(layout, tuple(notes), tuple(note for note in notes if note.doubt))

    def _left_out(self, layout: Layout) -> list[Span]:
        """Text that no rule gave a part: nothing is ever dropped, an editor decides."""
        covered = 0
        left: list[Span] = []
        ends = [*sorted(span for _, span in parts(layout)), Span(len(self.page.text), len(self.page.text))]
        for span in ends:
            left += self._spans([(covered, span.start)]) if covered < span.start else ()
            covered = max(covered, span.end)
        starts = [item.line.start for item in self.items]
        for span in left:
            self.items[max(0, bisect_right(starts, span.start) - 1)].note("left-out", "没有规则能归类的文字", doubt=True)
        return left

    def _id(self, line: int, kind: str = "l") -> str:
        return f"{self.page.sha256[:8]}-{kind}{line}"

    def _entry(self) -> Entry:
        return Entry(self.path, 0, None)

    def _spans(self, ranges: Iterable[Range], *, merge: bool = False) -> Spans:
        """Ranges without their blank margins; with ``merge`` those that only white space parts are one."""
        spans: list[Span] = []
        for start, end in ranges:
            text = self.page.text[start:end]
            if not text.strip():
                continue
            span = Span(start + len(text) - len(text.lstrip()), start + len(text.rstrip()))
            if merge and spans and not self.page.text[spans[-1].end : span.start].strip() and spans[-1].end <= span.start:
                span = Span(spans.pop().start, span.end)
            spans.append(span)
        return tuple(spans)

    def _furniture(self) -> list[Furniture]:
        rows: list[tuple[str, list[Range]]] = []
        loose = {id(item) for item in self.headlines.loose}
        last = -2
        for i, item in enumerate(self.items):
            if item.label is not Label.FURNITURE and id(item) not in loose:
                continue
            role = item.role or "label"
            place = (item.line.start, item.line.end)
            if rows and rows[-1][0] == role and last == i - 1:
                rows[-1][1].append(place)
            else:
                rows.append((role, [place]))
            last = i
        rows += [("label", [place]) for place in self.found.loose]
        return [Furniture(role, self._spans(ranges)) for role, ranges in rows]

    def _packages(self) -> tuple[list[Package], dict[int, str]]:
        packages = []
        member: dict[int, str] = {}
        for items, stories in self.headlines.packages:
            name = self._id(items[0].line.number, "p")
            packages.append(Package(name, self._title(items), self._entry()))
            member |= {id(story): name for story in stories}
        return packages, member

    def _title(self, items: list[Labelled]) -> Spans:
        """A part for each line; lines that a word runs across are one."""
        ranges: list[Range] = []
        for item in items:
            if ranges and item.runs_on and not self.page.text[ranges[-1][1] : item.line.start].strip():
                ranges[-1] = (ranges[-1][0], item.line.end)
            else:
                ranges.append((item.line.start, item.line.end))
        return self._spans(ranges)

    def _article(self, story: Story, package: str | None) -> ArticleLayout:
        headline = self.headlines.of.get(id(story)) or Headline()
        credit, bylines, jumps = (self._spans(ranges) for ranges in (story.credit, story.bylines, story.jumps))
        body = [block for block in (self._block(paragraph) for paragraph in story.body) if block.spans]
        if not any(not block.head for block in body):  # a credit or a byline with no text: it is all the text there is
            body.append(Block(self._spans(sorted([*story.credit, *story.bylines, *story.jumps]), merge=True)))
            credit = bylines = jumps = ()
            if not body[-1].spans:
                body = [Block(block.spans) for block in body[:-1]]
            self.items[story.first].note("empty", "只有讯头或署名，没有正文", doubt=True)
        return ArticleLayout(
            id=self._id(self.items[story.first].line.number),
            type=self._type(story, headline, package),
            kicker=self._title(headline.kicker),
            title=self._title(headline.title),
            subtitle=self._title(headline.subtitle),
            credit=credit,
            bylines=bylines,
            body=tuple(body),
            continuation=jumps,
            parent=self._parent(story) if story.caption else None,
            package=package,
            entry=self._entry(),
        )

    def _block(self, paragraph: Paragraph) -> Block:
        return Block(self._spans(paragraph.ranges, merge=True), paragraph.head)

    def _type(self, story: Story, headline: Headline, package: str | None) -> str:
        first = self.items[story.first]
        if story.caption:
            return "caption"
        if any(formula in "".join(item.line.plain for item in headline.title) for formula in ("编前", "编后", "编者")):
            return "editors_note"
        if not headline.title:
            if is_short_text(story):
                story.caption = True
                first.note("caption", "没有标题、没有讯头的单独一段：像图片说明", doubt=True)
                return "caption"
            first.note("untitled", "没有找到标题", doubt=True)
        if not story.opens:
            return "feature"
        if package:
            return "brief"
        length = sum(end - start for paragraph in story.body for start, end in paragraph.ranges)
        return "brief" if length <= BRIEF else "news"

    def _parent(self, story: Story) -> str | None:
        """The article whose sentence the picture interrupts, else the one that shares its words, if one does."""
        at = [self.items[i] for i in story.body[0].lines]
        if story.host in self.stories:
            return self._id(self.items[story.host.first].line.number)
        like = self.like
        middle = bisect_right(self.firsts, story.first)
        near = self.stories[max(0, middle - NEAR) : middle + NEAR]
        others = [other for other in near if not other.caption and other is not story]
        best = max(others, key=lambda other: like(at, other), default=None)
        if best is None or like(at, best) < _CAPTION_LIKENESS:
            at[0].note("caption", "不知图片属于哪一篇", doubt=True)
            return None
        at[0].note("caption", f"用词与第{self.items[best.first].line.number}行起的一篇相合：是它的图片")
        return self._id(self.items[best.first].line.number)


def _place(story: Story) -> int:
    return story.first
