"""Text joined from printed lines, each character with its printed origin.

The paper's lines are broken wherever the column ends, and extraction puts spaces round digits (``总投资 49.96⏎亿元``).
A :class:`Passage` is the sentence as a reader knows it (``总投资49.96亿元``) with one page offset for every character, so that
whatever is found in it can be shown on the print. Of 80 figures with a unit on one page, 7 cross a line break.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from build_scripts.chars import is_ascii_word, is_cjk, is_han
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
    origins: tuple[int, ...] = field(repr=False)
    repairs: tuple[Repair, ...] = ()

    def __len__(self) -> int:
        return len(self.text)

    def origin(self, start: int, end: int) -> Span:
        """The printed range behind ``text[start:end]`` (not empty). It may cross lines."""
        return Span(self.origins[start], self.origins[end - 1] + 1)


EMPTY = Passage("", ())


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
    kept: list[tuple[str, int]] = []
    pending: tuple[int, bool] | None = None  # a gap seen since the last kept character: its offset, and whether a line ended in it
    for number, span in enumerate(spans):
        if number and kept:
            pending = (span.start, True)
        for offset in range(span.start, span.end):
            char = page.text[offset]
            if char.isspace():
                pending = (pending[0] if pending else offset, (pending[1] if pending else False) or char == "\n")
                continue
            if pending and kept and _needs_space(kept[-1][0], char, line_ended=pending[1], gaps=gaps):
                kept.append((" ", pending[0]))
            pending = None
            if char == "—" and [before for before, _ in kept[-2:]] == ["—", "—"]:
                continue  # a dash is two squares wide; extraction sometimes gives three
            kept.append((char, offset))
    text = _full_width("".join(char for char, _ in kept))
    if gaps:
        text, kept = _close_letter_spacing(text, kept)
    return Passage(text, tuple(offset for _, offset in kept))


def _needs_space(left: str, right: str, *, line_ended: bool, gaps: bool) -> bool:
    if is_ascii_word(left) and is_ascii_word(right):
        return True
    if is_cjk(left) or is_cjk(right):
        return gaps and not line_ended and is_cjk(left) and is_cjk(right)
    return not line_ended


def _full_width(text: str) -> str:
    if not any(char in _FULL_WIDTH for char in text):
        return text
    chars = list(text)
    for i, char in enumerate(chars):
        if char in _FULL_WIDTH:
            before = chars[i - 1] if i else ""
            after = chars[i + 1] if i + 1 < len(chars) else ""
            if (is_cjk(before) or not before) and (is_cjk(after) or after in _FULL_WIDTH or not after) and before + after:
                chars[i] = _FULL_WIDTH[char]
    return "".join(chars)


def _close_letter_spacing(text: str, kept: list[tuple[str, int]]) -> tuple[str, list[tuple[str, int]]]:
    words = text.split(" ")
    if len(words) > 2 and all(len(word) == 1 and is_han(word) for word in words):
        kept = [pair for pair in kept if pair[0] != " "]
        return text.replace(" ", ""), kept
    return text, kept


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
    return Passage(text, tuple(origins), tuple(repairs))
