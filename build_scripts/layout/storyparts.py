"""Stories as they are gathered from a page: ranges of text by part, before headlines are given to them."""

from dataclasses import dataclass, field

from build_scripts.layout.labelled import Labelled

Range = tuple[int, int]
"""Offsets into the page's text, half-open."""


@dataclass(slots=True)
class Paragraph:
    """A paragraph or section head: the ranges it is printed at, and the lines they stand on."""

    ranges: list[Range] = field(default_factory=list)
    lines: list[int] = field(default_factory=list)
    """Indexes of lines."""
    head: bool = False
    open: bool = False
    """Whether its last line leaves the sentence unfinished."""


@dataclass(slots=True)
class Story:
    """The text of one article, without its headline."""

    body: list[Paragraph] = field(default_factory=list)
    credit: list[Range] = field(default_factory=list)
    bylines: list[Range] = field(default_factory=list)
    jumps: list[Range] = field(default_factory=list)
    caption: bool = False
    ended: bool = False
    host: "Story | None" = None
    """The story whose text a picture interrupts."""

    @property
    def first(self) -> int:
        """Index of the line on which its text begins."""
        return min(self.body[0].lines)

    @property
    def opens(self) -> bool:
        """Whether a credit begins it."""
        return bool(self.credit)

    @property
    def open(self) -> bool:
        """Whether its last sentence is unfinished."""
        return not self.ended and bool(self.body) and self.body[-1].open


@dataclass(slots=True)
class HeadBlock:
    """Headline lines that stand together, with a byline among them."""

    items: list[Labelled] = field(default_factory=list)
    bylines: list[Range] = field(default_factory=list)
    interrupts: bool = False
    """Whether the sentence above it breaks off."""


@dataclass(slots=True)
class Stories:
    """A page's stories and headline blocks in the order printed."""

    chain: list[Story | HeadBlock]
    captions: list[Story]
    loose: list[Range]
    """Bylines and jump lines that stand by no story."""
