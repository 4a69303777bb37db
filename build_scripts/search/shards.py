"""Postings → pieces of a few kilobytes, compressed, each loaded by the queries that need it.

``shard.js`` reads what is written here; :data:`VERSION` changes whenever the form does. Everything is compressed here with zlib, for
hosts differ in what they compress; browsers unpack it themselves.
"""

import functools
import itertools
import json
import zlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from operator import sub
from typing import Any

from build_scripts.search.postings import Merged, packed_number, put_number

VERSION = 3

SHARD_BYTES = 6_000
"""Of a piece of a long index before compression. A query of four characters reads three to five pieces. With 9,000 bytes a first query
among 10,000 articles took 10 KB more, a further one 2 KB; smaller pieces make the head longer, which every reader loads."""

SHORT_SHARD_BYTES = 1_500
"""Of a short index, which is asked beside a long one."""

HEADLINES, WORDS, BITS = 1, 2, 4
"""What an entry has besides its documents; whether these are written as bits, where that is shorter."""

_NONE = b"\0"


def compress(data: bytes) -> bytes:
    """zlib's own format, whose checksum tells an interrupted download from a whole one. Level 9 would take 0.3 % off, at twice the time."""
    return zlib.compress(data, 6)


def render_compact(value: Any) -> bytes:
    """JSON without spaces, compressed."""
    return compress(json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode())


@dataclass(frozen=True, slots=True)
class Shard:
    """One piece of the index."""

    first: str
    data: bytes


def render_shards(rooms: Iterable[Merged], size: int, most: int) -> list[Shard]:
    """The postings of ``size`` documents in pieces of at most ``most`` bytes, terms in the order in which JavaScript compares strings."""
    shards: list[Shard] = []
    terms: list[str] = []
    body = bytearray()
    for room in rooms:
        for term in room.terms():
            entry = render_posting(room.documents.get(term, ()), room.headlines.get(term, ()), room.words.get(term, {}), size)
            if terms and len(body) + len(entry) > most:
                shards.append(Shard(terms[0], compress(_table(terms) + body)))
                terms, body = [], bytearray()
            terms.append(term)
            body += entry
    if terms:
        shards.append(Shard(terms[0], compress(_table(terms) + body)))
    return shards


def _table(terms: Sequence[str]) -> bytes:
    """The terms of a piece: how many bytes of text follow, then for each term a sign of 1 plus the number of characters that it shares
    with the one before it, and the rest of it."""
    last = ""
    rest: list[str] = []
    for term in terms:
        shared = 0
        # Beyond U+FFFF a character is two in JavaScript.
        while shared < len(term) - 1 and term[shared : shared + 1] == last[shared : shared + 1] and term[shared] < "\U00010000":
            shared += 1
        rest.append(chr(1 + shared) + term[shared:])
        last = term
    text = "".join(rest).encode()
    out = bytearray()
    put_number(out, len(text))
    return bytes(out + text)


def render_posting(documents: Sequence[int], headlines: Sequence[int], words: Mapping[int, bytes], size: int) -> bytes:
    """One term's entry.

    How many documents it stands in, with three bits of what follows; the steps between the documents, or bits; those between the
    headlines; for each of the documents its counts; at last, in steps too, the documents that only the word belongs to (longer words, and
    names that the text itself does not hold).
    """
    steps = render_steps(documents)
    bits = len(steps) > (size + 7) // 8
    out = bytearray()
    put_number(out, len(documents) << 3 | (HEADLINES if headlines else 0) | (WORDS if words else 0) | (BITS if bits else 0))
    out += _bits(documents, size) if bits else steps
    if headlines:
        put_number(out, len(headlines))
        out += render_steps(headlines)
    if words:
        counts = [words.get(document, _NONE) for document in documents]
        out += b"".join(counts)
        rest: list[int] = []
        if len(counts) - counts.count(_NONE) < len(words):
            held = set(documents)
            rest = [document for document in words if document not in held]
        put_number(out, len(rest))
        out += render_steps(rest)
        out += b"".join([words[document] for document in rest])
    return bytes(out)


def render_steps(documents: Sequence[int]) -> bytes:
    """Ascending numbers as the steps between them; the first is a step from -1."""
    if not documents:
        return b""
    steps = list(map(sub, documents, itertools.chain((-1,), documents)))
    if documents[-1] < 0x7F * len(documents) and max(steps) <= 0x7F:
        return bytes(steps)
    packed = _packed()
    return b"".join([packed[step] if step < len(packed) else packed_number(step) for step in steps])


@functools.cache
def _packed() -> list[bytes]:
    """The numbers that most steps are, packed once."""
    return [packed_number(number) for number in range(1 << 14)]


def _bits(documents: Sequence[int], size: int) -> bytes:
    """Eight documents a byte, the lowest bit first."""
    steps = map(sub, documents, itertools.chain((-1,), documents))
    digits = "".join(["0" * (step - 1) + "1" for step in steps])
    return int(digits[::-1], 2).to_bytes((size + 7) // 8, "little")


TEXT_BYTES = 4_000
"""Of a piece of texts before compression: one article, or a few short ones."""


@dataclass(frozen=True, slots=True)
class TextPiece:
    """The texts of consecutive documents."""

    first: int
    data: bytes


def render_texts(rows: Iterable[str]) -> list[TextPiece]:
    """What results show, in pieces; ``rows`` are JSON, in the order of the documents' numbers."""
    pieces: list[TextPiece] = []
    part: list[str] = []
    room, first = 0, 0
    for number, row in enumerate(rows):
        size = len(row.encode())
        if part and room + size > TEXT_BYTES:
            pieces.append(TextPiece(first, _list(part)))
            part, room, first = [], 0, number
        part.append(row)
        room += size
    if part:
        pieces.append(TextPiece(first, _list(part)))
    return pieces


def _list(rows: Iterable[str]) -> bytes:
    return compress(f"[{','.join(rows)}]".encode())
