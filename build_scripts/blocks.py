"""The lines of the data files in blocks: what one issue, or a city in half a year, gives to one table. Made once, kept on disk, joined.

However large the archive, few blocks at a time are held. A block is kept under the hash of everything that its rows are made of, so one on
which nothing new bears is never made again; its CSV is kept a second time as the zips need it. What stands compressed in a zip may be made
in pieces that know nothing of each other (RFC 1951: each ends at the boundary of a byte, behind the last stands an empty one), so the zips
of the archive and of an issue are joined from the same compressed blocks.
"""

import zlib
from array import array
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial

from build_scripts.cache import Cache
from build_scripts.fingerprint import content_key
from build_scripts.tabular import JSON_CLOSES, JSON_JOINS, JSON_OPENS, Lines

LEVEL = 6
"""Of compression. 9 saves less than 1 % and takes 40 % longer."""

DEFLATED_END = b"\x03\x00"
"""The empty last block of a compressed file."""

_RECENT = 40
"""Blocks whose records are remembered: those of one table in half a year, of which every city takes some."""

_JSON, _CSV, _DEFLATED = b"json", b"csv", b"deflated"


@dataclass(frozen=True, slots=True)
class Block:
    """Rows of one table that are made, kept and compressed together."""

    key: bytes
    """Of everything that the rows are made of."""
    rows: int
    """How many."""
    make: Callable[[], Lines]
    kept: bool = True
    """``False`` where making it is as quick as reading it."""
    group: str = ""
    """Blocks that are made of the same others have one group."""


class Blocks:
    """Blocks as bytes, taken from ``cache`` where it has them."""

    def __init__(self, cache: Cache) -> None:
        self._cache = cache
        self.records = lru_cache(_RECENT)(self._records)

    def json(self, block: Block) -> bytes:
        """The block's lines of JSON, a comma and a line break between them."""
        return self._get(block, _JSON)

    def csv(self, block: Block) -> bytes:
        """The block's records of CSV."""
        return _cut(self._get(block, _CSV))[1]

    def _records(self, block: Block) -> list[bytes]:
        """The block's records of CSV, one by one."""
        lengths, data = _cut(self._get(block, _CSV))
        found, start = [], 0
        for length in lengths:
            found.append(data[start : start + length])
            start += length
        return found

    def deflated(self, block: Block) -> bytes:
        """The block's records of CSV, compressed: :func:`deflate`."""
        return self._get(block, _DEFLATED)

    def prepare(self, block: Block) -> None:
        """Makes and keeps the block where that has not been done."""
        if not all(self._cache.has(content_key(kind, block.key)) for kind in (_CSV, _DEFLATED)):
            self._get(block, None)

    def keep(self, blocks: Iterable[Block]) -> None:
        """Asks for blocks without looking into them: a later build may."""
        for block in blocks:
            if block.kept:
                for kind in (_JSON, _CSV, _DEFLATED):
                    self._cache.keep(content_key(kind, block.key))

    def _get(self, block: Block, wanted: bytes | None) -> bytes:
        if block.kept and wanted and (found := self._cache.get(content_key(wanted, block.key))) is not None:
            return found
        lines = block.make()
        made = {
            kind: render(lines)
            for kind, render in _RENDERED.items()
            if kind == wanted or (block.kept and (kind != _JSON or lines.json or not lines.csv))
        }
        if block.kept:
            for kind, data in made.items():
                self._cache.put(content_key(kind, block.key), data)
        return made[wanted] if wanted else b""


def _pack(records: Sequence[bytes]) -> bytes:
    """The records with their lengths before them: an article's text has line breaks of its own."""
    lengths = array("I", map(len, records))
    return len(records).to_bytes(4, "little") + lengths.tobytes() + b"".join(records)


def _cut(data: bytes) -> tuple[Sequence[int], bytes]:
    lengths = array("I")
    start = 4 + int.from_bytes(data[:4], "little") * lengths.itemsize
    lengths.frombytes(data[4:start])
    return lengths, data[start:]


def deflate(data: bytes) -> bytes:
    """``data`` compressed so that more may follow, and :data:`DEFLATED_END` has to."""
    press = zlib.compressobj(LEVEL, zlib.DEFLATED, -zlib.MAX_WBITS)
    return press.compress(data) + press.flush(zlib.Z_FULL_FLUSH)


_RENDERED: dict[bytes, Callable[[Lines], bytes]] = {
    _JSON: lambda lines: JSON_JOINS.join(lines.json),
    _CSV: lambda lines: _pack(lines.csv),
    _DEFLATED: lambda lines: deflate(b"".join(lines.csv)),
}


def json_parts(blocks: Sequence[Block], store: Blocks) -> list[tuple[bytes, Callable[[], bytes]]]:
    """A JSON array of all rows, one a line, part by part, each with the key of all that it is made of."""
    found: list[tuple[bytes, Callable[[], bytes]]] = []
    for block in blocks:
        if block.rows:
            found.append((block.key, partial(_json_part, JSON_JOINS if found else JSON_OPENS, block, store)))
    ends = JSON_CLOSES if found else JSON_OPENS + JSON_CLOSES[1:]
    return [*found, (ends, lambda: ends)]


def _json_part(before: bytes, block: Block, store: Blocks) -> bytes:
    return before + store.json(block)


def pick(sources: Sequence[tuple[Block, Sequence[int]]], store: Blocks, group: str) -> Block:
    """A block of CSV alone: of each source block the rows with these indexes."""

    def make() -> Lines:
        return Lines((), [records[at] for source, indexes in sources for records in (store.records(source),) for at in indexes])

    key = content_key(b"picked", *(part for source, indexes in sources for part in (source.key, array("I", indexes).tobytes())))
    return Block(key, sum(len(indexes) for _, indexes in sources), make, group=group)
