"""Text as the search compares it: what a reader cannot tell apart, or does not care to, is made the same.

The browser does the same in ``normalise.js``, code point by code point, so that every place in the result can be traced back to the
text. ``tests/cases/search-normalise.json`` is run by both.
"""

import re
import unicodedata
from functools import cache

BREAK = "\n"
"""Parts two segments of an article, such as title and text; no match reaches across it, and no query can hold it."""

SPACES = frozenset("\t\n\v\f\r \x85\xa0\u1680\u2028\u2029\u202f\u205f\u3000") | {chr(code) for code in range(0x2000, 0x200B)}
_DROPPED = frozenset("\xad\u061c\u200b\u200c\u200d\u200e\u200f\u2060\ufe0e\ufe0f\ufeff") | {
    chr(code) for code in (*range(0x202A, 0x202F), *range(0x2061, 0x2070))
}
"""Characters without width, and signs of direction, that copying from a web page brings along."""

_SAME = {
    **dict.fromkeys("‘’‛′＇", "'"),
    **dict.fromkeys("“”‟″＂", '"'),
    **dict.fromkeys("‐‑‒–—―−－", "-"),
    **dict.fromkeys("·•‧・･", "·"),
    "○": "〇",
    "～": "~",
    "〜": "~",
}
"""Signs that input methods and the paper use for one another."""


def normalise(text: str) -> str:
    """``text`` in the form that is searched.

    Full-width and half-width forms, capitals and small letters are one (ＧＷｈ is gwh, ㎡ is m2). White space is dropped, for the raw
    pages set it at random between Han characters and digits; one space stays between two Latin letters or two digits, where it parts
    words. Punctuation stays: searching is exact. Nothing is said here of traditional characters, see :mod:`.traditional`.

    >>> normalise("总投资 99.754 亿元，ＧＷｈ　New  Energy")
    '总投资99.754亿元,gwh new energy'
    """
    normal = text.translate(_FORMS)
    return _SPACES.sub(_space, normal) if " " in normal else normal


@cache
def normalise_char(char: str) -> str:
    """One character's form: a space for white space, nothing for what has no width."""
    if char in SPACES:
        return " "
    if char in _DROPPED:
        return ""
    if char in _SAME:
        return _SAME[char]
    if "\ud800" <= char <= "\udfff":
        return "\ufffd"
    if "\u4e00" <= char <= "\u9fff":
        return char
    form = unicodedata.normalize("NFKC", char).lower()
    return "".join(_SAME.get(part, part) for part in form if part not in SPACES)


class _Forms(dict[int, str]):
    """Code point → form, each found out once: ``str.translate`` is thirty times as fast as a loop."""

    def __missing__(self, code: int) -> str:
        form = self[code] = normalise_char(chr(code))
        return form


_FORMS = _Forms()
_SPACES = re.compile("(?<=([a-z])) +(?=[a-z])|(?<=([0-9])) +(?=[0-9])| +")


def _space(match: re.Match[str]) -> str:
    return " " if match[1] or match[2] else ""


_SEPARATOR = re.compile(
    r"[\x00-\x24\x26-\x2d/:-@\[-`{-\x7f\x80-\xb6\xb8-\xbf\xd7\xf7\u2000-\u206f\u2190-\u2bff\u3000-\u3004\u3008-\u3020\u3030"
    r"\u303d-\u303f\ufe10-\ufe6f\uff00-\uff65\ufffd]+"
)
"""What parts runs of characters: punctuation and signs, but not ``.`` and ``%``, which belong to figures, and not ``·``, which
belongs to names. Given by ranges, for Unicode's own classes differ from one Python and one browser to the next."""


def runs(normal: str) -> list[str]:
    """The stretches of ``normal`` without punctuation, from which terms are taken.

    >>> runs("签约16个,总投资19.31亿元。")
    ['签约16个', '总投资19.31亿元']
    """
    return [run for run in _SEPARATOR.split(normal) if run]
