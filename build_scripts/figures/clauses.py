"""Sentences, parts and clauses of a passage: the frame that a figure's context is carried in.

A sentence ends in 。！？, a part in ；, a clause in ， or ：. Inside one sentence the subject holds, inside one part the batch;
、 separates nothing.
Brackets make a clause of their own, because what stands in them speaks of something else (全省18个) or of parts
(包括5个产业类项目).
"""

import re
from dataclasses import dataclass
from functools import lru_cache

_SENTENCE = "。！？"
_PART = "；"
_CLAUSE = "，："
_SIGN = re.compile(f"[（）…{_SENTENCE}{_PART}{_CLAUSE}]")


@dataclass(frozen=True, slots=True)
class Clause:
    """A clause at ``text[start:end]`` without its closing sign."""

    start: int
    end: int
    sentence: int
    """Counts from 0 within the passage."""
    part: int
    """Counts from 0 within the passage."""
    bracket: bool = False


@lru_cache(maxsize=4)  # the same passage is asked for its ledger and for its context
def cut_clauses(text: str) -> tuple[Clause, ...]:
    """The clauses of ``text`` in order; every character but the signs between clauses belongs to at least one.

    >>> [text[c.start:c.end] for text in ["共10个（含5个产业类），总投资3亿元；新开工4个。"] for c in cut_clauses(text)]
    ['共10个（含5个产业类）', '含5个产业类', '总投资3亿元', '新开工4个']
    """
    found: list[Clause] = []
    start = sentence = part = 0
    opened: list[int] = []
    for match in _SIGN.finditer(text):
        offset, char = match.start(), match[0]
        if char == "（":
            opened.append(offset)
        elif char == "）" and opened:
            first = opened.pop()
            if not opened and any(sign.isdigit() for sign in text[first:offset]):
                found.append(Clause(first + 1, offset, sentence, part, bracket=True))
        elif char in _SENTENCE or char in _PART or (char in _CLAUSE and not opened):
            if offset > start:
                found.append(Clause(start, offset, sentence, part))
            start = offset + 1
            opened.clear()
            sentence += char in _SENTENCE
            part += char not in _CLAUSE
        elif char == "…" and text[offset - 1 : offset] == "…":
            if offset - 1 > start:
                found.append(Clause(start, offset - 1, sentence, part))
            start, sentence, part = offset + 1, sentence + 1, part + 1
    if start < len(text):
        found.append(Clause(start, len(text), sentence, part))
    return tuple(sorted(found, key=lambda clause: (clause.start, -clause.end)))
