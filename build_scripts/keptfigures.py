"""Figures that were read before: what lists and indexes ask of one is at hand, the rest is unpacked when somebody looks into it.

Ten thousand articles have 170,000 figures. After one issue was added a build looks for them all by city, indicator, round and subject, but
shows a few thousand.
"""

from collections.abc import Sequence
from dataclasses import fields
from functools import lru_cache
from itertools import repeat
from typing import Any, get_type_hints

import msgspec

from build_scripts.figures.records import Figure
from build_scripts.packed import Piece, words

_AT_HAND = ("unit", "indicator", "subject", "subject_type", "scope", "batch", "event")
"""Texts by which figures are told apart, besides ``id`` and ``article``."""
_OF_PAGE = ("issue", "source")
_REST = tuple(field.name for field in fields(Figure) if field.name not in (*_AT_HAND, *_OF_PAGE, "id", "article", "core"))


class _Heads(msgspec.Struct, array_like=True, frozen=True):
    """The figures of one page, as far as they are at hand."""

    issue: str
    texts: tuple[str | None, ...]
    """Each once."""
    ids: tuple[str, ...]
    cores: tuple[bool, ...]
    columns: tuple[tuple[int, ...], ...]
    """``article`` and :data:`_AT_HAND`: of each figure the number of its text."""


_heads = msgspec.msgpack.Decoder(_Heads)
_each = msgspec.msgpack.Decoder(tuple[msgspec.Raw, ...])
_rest = msgspec.msgpack.Decoder(tuple[tuple(get_type_hints(Figure)[name] for name in _REST)])  # type: ignore[misc]

OPEN = 400
"""Pages whose figures stay unpacked, each 40 KB: a list of a city's goes through some hundred of them, and so does the next one."""

_Opened = tuple[Sequence[msgspec.Raw], dict[str, str]]
"""The rest of a page's figures, one by one, and the clauses that have been read of it: several figures stand in one."""


@lru_cache(maxsize=OPEN)
def _open(piece: Piece[_Opened]) -> _Opened:
    return piece.read()


def pack_heads(figures: Sequence[Figure]) -> bytes:
    """What is at hand of the figures of one page."""
    numbers: dict[str | None, int] = {}
    columns = tuple(tuple(numbers.setdefault(getattr(figure, name), len(numbers)) for figure in figures) for name in ("article", *_AT_HAND))
    issue = figures[0].issue if figures else ""
    heads = _Heads(issue, tuple(numbers), tuple(figure.id for figure in figures), tuple(figure.core for figure in figures), columns)
    return msgspec.msgpack.encode(heads)


def encode_rest(figures: Sequence[Figure]) -> bytes:
    """What is not at hand of the figures of one page."""
    return msgspec.msgpack.encode([[getattr(figure, name) for name in _REST] for figure in figures])


def open_figures(data: bytes) -> _Opened:
    """What :func:`encode_rest` gave, none of it read yet."""
    return _each.decode(data), {}


def take_figures(source: str, heads: bytes, whole: Piece[_Opened]) -> Sequence[Figure]:
    """The figures of the page ``source``; ``heads`` is what :func:`pack_heads` gave, ``whole`` has all of each."""
    kept = _heads.decode(heads)
    texts = [text and words.setdefault(text, text) for text in kept.texts]
    columns = ([texts[number] for number in column] for column in kept.columns)
    found = []
    for at, values in enumerate(zip(kept.ids, *columns, kept.cores, repeat(kept.issue), repeat(source))):
        figure = object.__new__(_KeptFigure)
        for put, value in zip(_PUT_HEAD, values, strict=False):
            put(figure, value)
        _put_page(figure, whole)
        _put_at(figure, at)
        found.append(figure)
    return tuple(found)


class _KeptFigure(Figure):
    """A figure of which only the head has been read."""

    __slots__ = ("_at", "_page")
    _page: Piece[_Opened]
    _at: int

    def __getattr__(self, name: str) -> Any:
        """A field that is not at hand: all of them are read now."""
        if name not in _PUT:
            raise AttributeError(name)
        figures, clauses = _open(self._page)
        for field, value in zip(_REST, _rest.decode(figures[self._at]), strict=True):
            known = clauses if field == "quote" else words
            shared = value.__class__ is str and field != "run"  # 个 is held once, and not 40,000 times
            _PUT[field](self, known.setdefault(value, value) if shared else value)
        return getattr(self, name)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Figure):
            return NotImplemented
        return all(getattr(self, field.name) == getattr(other, field.name) for field in fields(Figure))

    __hash__ = Figure.__hash__


_PUT = {field.name: getattr(Figure, field.name).__set__ for field in fields(Figure)}
"""What sets a field of a record that is frozen."""
_PUT_HEAD = [_PUT[name] for name in ("id", "article", *_AT_HAND, "core", *_OF_PAGE)]
_put_page, _put_at = (_KeptFigure.__dict__[name].__set__ for name in ("_page", "_at"))
