"""Compressed pieces → a zip file, written from front to back without a look back (APPNOTE.TXT of PKWARE, 4.3).

Python's own ``zipfile`` compresses what it writes; here that has been done, piece by piece and once for several zips. Nothing in a zip
depends on the day it is made: entries carry the day that they are given.
"""

import struct
import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256

from build_scripts.blocks import DEFLATED_END, deflate

_LOCAL = struct.Struct("<4s5H3L2H")
_CENTRAL = struct.Struct("<4s6H3L5H2L")
_END = struct.Struct("<4s4H2LH")

_VERSION = 20
"""2.0: what a reader must know to unpack deflated files."""
_UNIX = 3 << 8
_DEFLATED = 8
_PLAIN_FILE = 0o100644 << 16
_EARLIEST = (1980, 1, 1)
"""A zip cannot tell of an earlier day."""


@dataclass(frozen=True, slots=True)
class Sums:
    """What a zip and a data package say of a file."""

    size: int
    crc: int
    sha256: str


def sum_up(pieces: Iterable[bytes], note: Callable[[Sums], None], before: Iterable[bytes] = ()) -> Iterator[bytes]:
    """``pieces``; when all have passed, ``note`` is given the sums of ``before`` and of them."""
    size, crc, digest = 0, 0, sha256()
    for piece in before:
        size, crc = size + len(piece), zlib.crc32(piece, crc)
        digest.update(piece)
    for piece in pieces:
        size, crc = size + len(piece), zlib.crc32(piece, crc)
        digest.update(piece)
        yield piece
    note(Sums(size, crc, digest.hexdigest()))


@dataclass(frozen=True, slots=True)
class Entry:
    """One file of a zip; its name is plain ASCII."""

    name: str
    sums: Sums
    deflated: Callable[[], Iterable[bytes]]
    """Its compressed pieces, without the end."""


def entry_of(name: str, data: bytes) -> Entry:
    """An entry for a file that is there as a whole."""
    return Entry(name, Sums(len(data), zlib.crc32(data), sha256(data).hexdigest()), lambda: [deflate(data)])


def render_zip(entries: Iterable[Entry], day: str) -> Iterator[bytes]:
    """The zip of ``entries``, sorted, each with the day ``day`` (ISO), piece by piece; what is compressed of one entry is held at a time.

    Raises ``struct.error`` above 4 GB.
    """
    stamp = _stamp(day)
    central: list[bytes] = []
    place = 0
    for entry in sorted(entries, key=lambda entry: entry.name):
        name = entry.name.encode("ascii")
        pieces: Sequence[bytes] = [*entry.deflated(), DEFLATED_END]
        packed = sum(map(len, pieces))
        about = (0, _DEFLATED, *stamp, entry.sums.crc, packed, entry.sums.size, len(name), 0)
        central.append(_CENTRAL.pack(b"PK\1\2", _UNIX | _VERSION, _VERSION, *about, 0, 0, 0, _PLAIN_FILE, place) + name)
        yield _LOCAL.pack(b"PK\3\4", _VERSION, *about) + name
        yield from pieces
        place += _LOCAL.size + len(name) + packed
    listing = b"".join(central)
    yield listing + _END.pack(b"PK\5\6", 0, 0, len(central), len(central), len(listing), place, 0)


def _stamp(day: str) -> tuple[int, int]:
    """Midnight of an ISO day as MS-DOS tells it: time and date."""
    year, month, date = (int(part) for part in day.split("-"))
    year, month, date = max((year, month, date), _EARLIEST)
    return 0, (year - _EARLIEST[0]) << 9 | month << 5 | date
