"""Running text as Markdown: paragraphs with explicit ids, corrections and figures marked, everything else escaped."""

import html
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from build_scripts.figures.records import Figure
from build_scripts.pages.document import escape_attribute, escape_inline, guard_start
from build_scripts.pages.namelinks import Name, choose_links
from build_scripts.passage import Passage
from build_scripts.records import Article, Paragraph
from build_scripts.rows import correction_anchor, figure_anchor, plain_number


@dataclass(frozen=True, slots=True)
class Mark:
    """A stretch of a passage with the HTML that opens and closes it."""

    start: int
    end: int
    opens: str
    closes: str


ROOT = "../../../"
"""From an article's page to the site's base."""


def render_body(article: Article, figures: Sequence[Figure], names: Mapping[int, Sequence[Name]] | None = None) -> str:
    """The article's text; ``figures`` are its own, ``names`` those that lead to a page, by index of the block."""
    blocks = []
    taken: set[str] = set()
    for index, block in enumerate(article.body):
        own = [figure for figure in figures if figure.part == "body" and figure.block == index]
        anchor = block.second_anchor if block.anchor in taken else block.anchor
        taken.add(anchor)
        blocks.append(_render_block(block, anchor, own, (names or {}).get(index, ())))
    return "\n\n".join(blocks) + "\n"


def _render_block(block: Paragraph, anchor: str, figures: Sequence[Figure], names: Sequence[Name]) -> str:
    lines = " ".join(f"{first}-{last}" for first, last in block.lines)
    attributes = f'{{: #{anchor} data-lines="{lines}" }}'
    text = render_marked(block.passage, figures, names)
    return f"## {text} {attributes}" if block.head else f"{guard_start(text)}\n{attributes}"


def render_marked(passage: Passage, figures: Sequence[Figure], names: Sequence[Name] = ()) -> str:
    """``passage`` with its corrections and figures marked, and its names linked."""
    marks = find_marks(passage, figures)
    links = choose_links(names, [(mark.start, mark.end) for mark in marks])
    marks += [Mark(link.start, link.end, f'<a href="{html.escape(ROOT + link.url)}">', "</a>") for link in links]
    marks.sort(key=lambda mark: mark.start)  # a link shares no character with another mark
    return _render(passage.text, 0, len(passage.text), marks)


def find_marks(passage: Passage, figures: Sequence[Figure]) -> list[Mark]:
    """Corrections and figures as marks that lie one in the other or apart, in order, the outer one first.

    A figure's mark holds hedge, number and unit. Where that would cut a correction in two, it holds the number alone, and where
    even the number is cut, it is empty and stands before it: the figure keeps its address.
    """
    marks = []
    for repair in passage.repairs:
        anchor = correction_anchor(repair.place)
        opens = f'<span class="corr" id="{anchor}" data-printed="{escape_attribute(repair.printed)}"><a href="#note-{anchor}">'
        marks.append(Mark(repair.start, repair.end, opens, "</a></span>"))
    taken = list(marks)
    for figure in figures:
        spans = [figure.quantity_span, figure.number_span, (figure.number_span[0], figure.number_span[0])]
        start, end = next(span for span in spans if not any(_crosses(span, other) for other in taken))
        mark = Mark(start, end, f'<data id="{figure_anchor(figure)}" value="{plain_number(figure.value)}">', "</data>")
        taken.append(mark)
        marks.append(mark)
    # Of two marks over the same stretch the figure's is the outer one: links must not lie in links.
    return sorted(marks, key=lambda mark: (mark.start, -mark.end, mark.closes != "</data>"))


def _crosses(span: tuple[int, int], mark: Mark) -> bool:
    start, end = span
    return start < mark.start < end < mark.end or mark.start < start < mark.end < end or (start == end and mark.start < start < mark.end)


def _render(text: str, start: int, end: int, marks: Sequence[Mark]) -> str:
    parts, done, index = [], start, 0
    while index < len(marks):
        mark = marks[index]
        inner = [other for other in marks[index + 1 :] if other.start < mark.end and other.end <= mark.end]
        parts += [escape_inline(text[done : mark.start]), mark.opens, _render(text, mark.start, mark.end, inner), mark.closes]
        done = mark.end
        index += 1 + len(inner)
    return "".join([*parts, escape_inline(text[done:end])])
