"""A printed line with what is known of it: the part it belongs to, what stands at its edges, and why."""

from dataclasses import dataclass, field
from enum import Enum

from build_scripts.layout.lines import Line, ends_final

MAX_TITLE = 45
"""The longest headline line of the five pages has 32 characters, the longest summary under one 43 and, once, 105."""


class Label(Enum):
    """The part that a line belongs to."""

    FURNITURE = "furniture"
    BODY = "body"
    HEADLINE = "headline"
    HEAD = "section head"
    BYLINE = "byline"
    CAPTION = "caption"
    JUMP = "jump"


@dataclass(slots=True)
class Labelled:
    """A line with its label and what stands at its edges. Offsets count within the line's text."""

    line: Line
    index: int = 0
    """Its place among the page's printed lines."""
    label: Label = Label.BODY
    role: str = ""
    """Of furniture."""
    credit: int = 0
    """Where the credit ends."""
    opening: int = 0
    """Where credit and byline before the text end."""
    tail: int | None = None
    """Where the byline or jump line behind the text begins."""
    tail_jump: bool = False
    picture: bool = False
    """Whether the byline names a photographer."""
    jump_from: int = 0
    """Where 上接 at its start ends."""
    skip: int = 0
    """Signs at its start that belong to the byline begun on the line above."""
    glued: bool = False
    """Whether this line only ends the byline that the line above begins."""
    runs_on: bool = False
    """Of a headline's line: it goes on with the line above, whose last word or quotation it ends."""
    why: list[tuple[str, str, bool]] = field(default_factory=list)
    """Rule, reason, and whether it is doubtful."""

    @property
    def opens(self) -> bool:
        """Whether a report begins here."""
        return self.credit > 0 or self.jump_from > 0

    @property
    def closed(self) -> bool:
        """Whether nothing goes on after this line: a full stop or a byline stands at its end."""
        return self.tail is not None or ends_final(self.line.text)

    def note(self, rule: str, text: str, *, doubt: bool = False) -> None:
        """Records why the line was labelled so."""
        self.why.append((rule, text, doubt))


def closes_article(item: Labelled) -> bool:
    """Whether an article ends with this line: a byline or a jump line behind its text."""
    return item.tail is not None and not item.picture
