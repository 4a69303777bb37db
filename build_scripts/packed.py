"""What stays packed until somebody looks into it: most of an archive, in a build after which most of it is as it was.

A :class:`Piece` is a value as bytes; :class:`Later` is a sequence that takes its items out of one. Ten thousand articles with all their
passages and numbers, each an object of its own, are half a gigabyte; packed they are a tenth of it.
"""

import zlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import lru_cache
from typing import Any, Generic, TypeVar, overload

_Value = TypeVar("_Value")
_Item = TypeVar("_Item")

OPEN = 16
"""Pieces that stay open: whoever goes through an archive page by page opens each once, and each page has a few."""

_LEVEL = 1
"""Of compression: a quarter of the size, in a fortieth of the time that reading the pages took; higher levels gain little."""


class Piece(Generic[_Value]):
    """A value that is decoded when it is looked into, and again when it is looked into long after."""

    __slots__ = ("_data", "_decode")

    def __init__(self, data: bytes, decode: Callable[[bytes], _Value]) -> None:
        """``data`` as :func:`pack` gives it; ``decode`` takes what was packed."""
        self._data = data
        self._decode = decode

    def open(self) -> _Value:
        """The value."""
        value: _Value = _open(self)
        return value

    def read(self) -> _Value:
        """The value, for somebody who keeps it."""
        return self._decode(zlib.decompress(self._data))


@lru_cache(maxsize=OPEN)
def _open(piece: Piece[Any]) -> Any:
    return piece.read()


words: dict[str, str] = {}
"""Every text that is shared by all that is unpacked, once: names, units, rules."""


def pack(data: bytes) -> bytes:
    """``data`` as :class:`Piece` holds it."""
    return zlib.compress(data, _LEVEL)


@contextmanager
def in_passing() -> Iterator[None]:
    """Nothing that is unpacked in this context is kept: for work that goes through an archive once."""
    _passing.append(True)
    try:
        yield
    finally:
        _passing.pop()


_passing: list[bool] = []


class Later(Sequence[_Item]):
    """A sequence that is read when somebody looks into it, equal to the tuple that it stands for.

    >>> items = Later(2, lambda: (4, 5))
    >>> len(items), items[1], items == (4, 5), (4, 5) == items, list(items)
    (2, 5, True, True, [4, 5])
    """

    __slots__ = ("_items", "_keep", "_length", "_read")

    def __init__(self, length: int, read: Callable[[], Sequence[_Item]], *, keep: bool = False) -> None:
        """``read`` gives the ``length`` items. ``keep``: it is asked once only, but :func:`in_passing`."""
        self._length = length
        self._read = read
        self._keep = keep
        self._items: Sequence[_Item] | None = None

    def _all(self) -> Sequence[_Item]:
        items = self._items if self._items is not None else self._read()
        if self._keep and not _passing:
            self._items = items
        return items

    def __len__(self) -> int:
        return self._length

    def __iter__(self) -> Iterator[_Item]:
        return iter(self._all())

    @overload
    def __getitem__(self, index: int) -> _Item: ...

    @overload
    def __getitem__(self, index: slice) -> Sequence[_Item]: ...

    def __getitem__(self, index: int | slice) -> _Item | Sequence[_Item]:
        return self._all()[index]

    def __eq__(self, other: object) -> bool:
        return tuple(self) == tuple(other) if isinstance(other, (tuple, Later)) else NotImplemented

    def __hash__(self) -> int:
        return hash(tuple(self))

    def __repr__(self) -> str:
        return repr(tuple(self))
