"""Text joined from printed lines, each character with its printed origin.

The paper's lines are broken wherever the column ends, and extraction puts spaces round digits (``总投资 49.96⏎亿元``).
A :class:`Passage` is the sentence as a reader knows it (``总投资49.96亿元``) with one page offset for every character, so that
whatever is found in it can be shown on the print. Of 80 figures with a unit on one page, 7 cross a line break.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from build_scripts.chars import is_ascii_word, is_cjk, is_han
from build_scripts.origins import Joined, Origins
from build_scripts.source import Page, Place, Span

_FULL_WIDTH = {",": "，", ":": "：", ";": "；", "(": "（", ")": "）", "?": "？", "!": "！"}


@dataclass(frozen=True, slots=True)
class Repair:
    """A place where the text departs from the print: ``text[start:end]`` stands for ``printed``."""

    start: int
    end: int
    printed: str
    place: Place
    """Where the correction's printed reading begins: it tells the corrections of a page apart."""


@dataclass(frozen=True, slots=True)
class Passage:
    """Clean text and, character by character, the page offset it was printed at.

    Where a correction added characters, they carry the offset of the printed character that the correction replaced;
    offsets therefore never decrease within one printed range, but may repeat.
    """

    text: str
    origins: Origins = field(repr=False)
    repairs: tuple[Repair, ...] = ()

    def __len__(self) -> int:
        return len(self.text)

    def origin(self, start: int, end: int) -> Span:
        """The printed range behind ``text[start:end]`` (not empty). It may cross lines."""
        return Span(self.origins[start], self.origins[end - 1] + 1)


EMPTY = Passage("", Origins.of(()))


def join_passage(page: Page, spans: Iterable[Span], *, gaps: bool = False) -> Passage:
    """The running text of ``spans``, in the order given.

    Lines are joined with nothing between them (a space between two Latin words or two numbers). White space next to a Han
    character or full-width punctuation is dropped: extraction put it there. Half-width ``, : ; ( ) ? !`` between such characters
    become full-width, and a dash of more than two squares becomes ``——``.

    With ``gaps`` a space between two Han characters stays: in a headline it separates clauses, unless all its characters are spaced
    (``编 前 语``).

    >>> from build_scripts.source import make_page
    >>> page = make_page("总投资 49.96\\n亿元,涉及".encode(), path="p", issue="i", name="D1", source="p")
    >>> join_passage(page, [Span(0, len(page.text))]).text
    '总投资49.96亿元，涉及'
    """
    kept = Joined()
    for number, span in enumerate(spans):
        before, line_ended = span.start, number > 0
        for match in _PRINTED.finditer(page.text, span.start, span.end):
            start, chunk = match.start(), match[0]
            if kept.pieces and (start > before or line_ended):
                line_ended = line_ended or "\n" in page.text[before:start]
                if _needs_space(kept.pieces[-1][-1], chunk[0], line_ended=line_ended, gaps=gaps):
                    kept.add(" ", before)
            before, line_ended = match.end(), False
            if "—" not in chunk:
                kept.add(chunk, start)
                continue
            for offset, char in enumerate(chunk, start):
                if char != "—" or not kept.ends_with("——"):  # a dash is two squares wide; extraction sometimes gives three
                    kept.add(char, offset)
    text, origins = _full_width(kept.text()), kept.origins()
    return _close_letter_spacing(text, origins) if gaps else Passage(text, origins)


_PRINTED = re.compile(r"\S+")


def _needs_space(left: str, right: str, *, line_ended: bool, gaps: bool) -> bool:
    if is_ascii_word(left) and is_ascii_word(right):
        return True
    if is_cjk(left) or is_cjk(right):
        return gaps and not line_ended and is_cjk(left) and is_cjk(right)
    return not line_ended


def _full_width(text: str) -> str:
    """``text`` with full-width stops beside Han characters, from left to right: what was changed before counts for what follows."""
    found = [match.start() for match in _HALF_WIDTH.finditer(text)]
    if not found:
        return text
    chars = list(text)
    for at in found:
        before = chars[at - 1] if at else ""
        after = chars[at + 1] if at + 1 < len(chars) else ""
        if (is_cjk(before) or not before) and (is_cjk(after) or after in _FULL_WIDTH or not after) and before + after:
            chars[at] = _FULL_WIDTH[chars[at]]
    return "".join(chars)


_HALF_WIDTH = re.compile(f"[{''.join(_FULL_WIDTH)}]")


def _close_letter_spacing(text: str, origins: Origins) -> Passage:
    words = text.split(" ")
    if len(words) > 2 and all(len(word) == 1 and is_han(word) for word in words):
        offsets = [offset for char, offset in zip(text, origins, strict=True) if char != " "]
        return Passage(text.replace(" ", ""), Origins.of(offsets))
    return Passage(text, origins)


def concat(passages: Sequence[Passage], separator: str = "") -> Passage:
    """One passage out of several; ``separator`` takes the origin of the character before it."""
    text = ""
    origins: list[int] = []
    repairs: list[Repair] = []
    for passage in passages:
        if text and passage.text and separator:
            text += separator
            origins += [origins[-1]] * len(separator)
        shift = len(text)
        text += passage.text
        origins += passage.origins
        repairs += [Repair(r.start + shift, r.end + shift, r.printed, r.place) for r in passage.repairs]
    return Passage(text, Origins.of(origins), tuple(repairs))
