"""Where each character of a text was printed, kept as runs: a line of print is one run, whatever its length.

A text of 900 characters stands on some forty lines. Kept character by character, the origins of 10,000 articles take 300 MB.
"""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from typing import overload


class Origins(Sequence[int]):
    """One page offset for every character of a text.

    >>> origins = Origins.of([4, 5, 6, 9, 10])
    >>> origins[3], origins[2:], len(origins), origins.runs
    (9, (6, 9, 10), 5, ((0, 4), (3, 9)))
    """

    __slots__ = ("_firsts", "_length", "_offsets")

    def __init__(self, firsts: Sequence[int], offsets: Sequence[int], length: int) -> None:
        """Run after run: the index of its first character (ascending, from 0), and the page offset of that one."""
        self._firsts = tuple(firsts)
        self._offsets = tuple(offsets)
        self._length = length

    @classmethod
    def of(cls, offsets: Iterable[int]) -> "Origins":
        """The runs of ``offsets``."""
        firsts: list[int] = []
        starts: list[int] = []
        length, following = 0, -1
        for length, offset in enumerate(offsets, 1):
            if offset != following:
                firsts.append(length - 1)
                starts.append(offset)
            following = offset + 1
        return cls(firsts, starts, length)

    @property
    def runs(self) -> tuple[tuple[int, int], ...]:
        """``(index, page offset)`` where a run begins."""
        return tuple(zip(self._firsts, self._offsets, strict=True))

    def __len__(self) -> int:
        return self._length

    def __iter__(self) -> Iterator[int]:
        for number, (first, offset) in enumerate(self.runs, 1):
            end = self._firsts[number] if number < len(self._firsts) else self._length
            yield from range(offset, offset + end - first)

    @overload
    def __getitem__(self, index: int) -> int: ...

    @overload
    def __getitem__(self, index: slice) -> tuple[int, ...]: ...

    def __getitem__(self, index: int | slice) -> int | tuple[int, ...]:
        if isinstance(index, slice):
            return tuple(self._at(at) for at in range(*index.indices(self._length)))
        at = index + self._length if index < 0 else index
        if not 0 <= at < self._length:
            raise IndexError(index)
        return self._at(at)

    def _at(self, index: int) -> int:
        run = bisect_right(self._firsts, index) - 1
        return self._offsets[run] + index - self._firsts[run]

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Origins):
            return NotImplemented
        return (self._length, self._firsts, self._offsets) == (other._length, other._firsts, other._offsets)

    def __hash__(self) -> int:
        return hash((self._length, self._firsts, self._offsets))

    def __repr__(self) -> str:
        return f"Origins({self.runs!r}, length {self._length})"


class Joined:
    """A text in the making, with the origin of each of its characters."""

    def __init__(self) -> None:
        self.pieces: list[str] = []
        self._firsts: list[int] = []
        self._offsets: list[int] = []
        self._length = 0

    def add(self, piece: str, offset: int) -> None:
        """Puts ``piece``, printed from ``offset`` on without a break, behind what is there."""
        if not self._offsets or offset != self._offsets[-1] + self._length - self._firsts[-1]:
            self._firsts.append(self._length)
            self._offsets.append(offset)
        self.pieces.append(piece)
        self._length += len(piece)

    def ends_with(self, sign: str) -> bool:
        """Whether ``sign`` is what stands last."""
        return "".join(self.pieces[-len(sign) :]).endswith(sign)

    def text(self) -> str:
        """All pieces."""
        return "".join(self.pieces)

    def origins(self) -> Origins:
        """Those of :meth:`text`."""
        return Origins(self._firsts, self._offsets, self._length)
