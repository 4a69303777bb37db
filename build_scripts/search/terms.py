"""The strings under which an article is found: single characters, pairs, and triples where pairs tell too little.

A document that holds a string holds all its terms; the reverse is tested on the text. Pairs alone would do that too, but half of all
pages hold the pairs 35, 53, 3. and .7, and very few hold 353.71: three characters of which two are of a figure are a term everywhere.
Of nearly all pages that hold 企业 and 业园, none may hold 企业园: a triple of two pairs that are common in a block is a term there.
``terms.js`` does the same for a query.
"""

import re
from collections.abc import Container, Iterable
from operator import add

from build_scripts.search.normalise import runs

_FIGURE = frozenset("0123456789.")
_FIGURE_TRIPLES = re.compile(r"(?=([0-9.]{2}.))", re.DOTALL)


def document_terms(segments: Iterable[str]) -> set[str]:
    """Every term of a document, whose ``segments`` are in normal form.

    >>> sorted(document_terms(["投19.3亿"]))
    ['.', '.3', '.3亿', '1', '19', '19.', '3', '3亿', '9', '9.', '9.3', '亿', '投', '投1']
    """
    found: set[str] = set()
    for segment in segments:
        for run in runs(segment):
            found.update(run)
            found.update(map(add, run, run[1:]))
            found.update(_FIGURE_TRIPLES.findall(run))
    return found


def common_triples(segments: Iterable[str], common: Container[str]) -> set[str]:
    """The triples of two pairs that are both ``common``.

    >>> common_triples(["全省开发区"], {"开发", "发区", "全省"})
    {'开发区'}
    """
    found: set[str] = set()
    for segment in segments:
        for run in runs(segment):
            pairs = [pair in common for pair in map(add, run, run[1:])]
            found.update(run[at : at + 3] for at in range(len(pairs) - 1) if pairs[at] and pairs[at + 1])
    return found


def query_terms(normal: str) -> list[str]:
    """The fewest terms that a document with ``normal`` in it must have: pairs, triples in place of the pairs in them, lone characters.

    >>> query_terms("开发区"), query_terms("353.71亿"), query_terms("区,x")
    (['开发', '发区'], ['353', '53.', '3.7', '.71', '71亿'], ['区', 'x'])
    """
    found: dict[str, None] = {}
    for run in runs(normal):
        if len(run) == 1:
            found[run] = None
        covered = -1
        for at in range(len(run) - 1):
            if at + 2 < len(run) and run[at] in _FIGURE and run[at + 1] in _FIGURE:
                found[run[at : at + 3]] = None
                covered = at + 1
            elif at > covered:
                found[run[at : at + 2]] = None
    return list(found)


def utf16_key(term: str) -> bytes:
    """Sorts as JavaScript compares strings; Python's own order differs beyond U+FFFF."""
    return term.encode("utf-16-be", "surrogatepass")
