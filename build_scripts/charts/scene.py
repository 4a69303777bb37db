"""What a drawing is made of: rectangles and words with their places. Lengths are in units of the view box, 13 to a letter's height."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

WIDTH = 300
"""Of every panel: the width that a 360-pixel phone leaves a page, so that a unit is about a pixel there."""
LETTER = 13
SMALL = 11

Cell = Mapping[str, Any]
"""``value`` (what the shape is drawn to), ``text`` (what is printed), ``url`` of the figure's place; ``kind`` ``planned`` or
``computed`` where it is no plain figure."""


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle; ``kind`` is its class in the style sheet."""

    kind: str
    x: Decimal
    y: Decimal
    width: Decimal
    height: Decimal


@dataclass(frozen=True, slots=True)
class Word:
    """A text whose baseline begins, is centred or ends at ``x`` (``anchor`` ``start``, ``middle``, ``end``)."""

    kind: str
    x: Decimal
    y: Decimal
    text: str
    anchor: str = "start"
    size: int = LETTER


@dataclass(frozen=True, slots=True)
class Group:
    """Shapes and words of one value, with the address that they lead to."""

    boxes: tuple[Box, ...] = ()
    words: tuple[Word, ...] = ()
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Scene:
    """One panel."""

    height: int
    groups: tuple[Group, ...]
    width: int = WIDTH


def text_width(text: str, size: int = LETTER) -> Decimal:
    """An upper bound of how wide a text is drawn: Han characters and full-width signs are square, others at most 0.62 of that.

    Measured on the digits and signs of PingFang SC, Microsoft YaHei and Noto Sans CJK SC, whose widest digit is 0.58.
    """
    return sum((Decimal(size) if ord(char) > 0x2000 else Decimal(size) * Decimal("0.62") for char in text), Decimal(0))


def rounded(value: Decimal | int) -> Decimal:
    """A coordinate, to a tenth of a unit: finer than a screen shows."""
    return Decimal(value).quantize(Decimal("0.1"))
