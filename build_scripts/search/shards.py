"""Postings and texts → pieces of a few kilobytes, compressed, each loaded by the queries that need it.

``store.js`` and ``shard.js`` read what is written here; :data:`VERSION` changes whenever the form does. Everything is compressed here
with zlib, for hosts differ in what they compress; browsers unpack it themselves.
"""

import json
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from build_scripts.search.index import Index, Posting
from build_scripts.search.terms import utf16_key

VERSION = 1

SHARD_BYTES = 9_000
"""Of a piece of the index before compression. A query of four characters reads three to five pieces; smaller ones would cost more in
requests than they save in bytes (measured in docs/search-benchmark.md)."""

OCCURRENCES, HEADLINES, WORDS, BITS = 1, 2, 4, 8
"""What a term's entry has: the documents it stands in (as bits where that is shorter), those in whose headlines it stands, counts."""


def compress(data: bytes) -> bytes:
    """zlib's own format, whose checksum tells an interrupted download from a whole one."""
    return zlib.compress(data, 9)


def render_compact(value: Any) -> bytes:
    """JSON without spaces, compressed."""
    return compress(json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode())


def put_number(out: bytearray, number: int) -> None:
    """Seven bits a byte, the lowest first; the high bit says that more follow."""
    while number > 0x7F:
        out.append(number & 0x7F | 0x80)
        number >>= 7
    out.append(number)


@dataclass(frozen=True, slots=True)
class Shard:
    """One piece of the index."""

    first: str
    data: bytes


def render_shards(index: Index) -> list[Shard]:
    """The index in pieces, terms in the order in which JavaScript compares strings."""
    shards: list[Shard] = []
    terms: list[str] = []
    body = bytearray()
    for term in sorted(index.postings, key=utf16_key):
        entry = render_posting(index.postings[term], index.size)
        if terms and len(body) + len(entry) > SHARD_BYTES:
            shards.append(Shard(terms[0], compress(_table(terms) + body)))
            terms, body = [], bytearray()
        terms.append(term)
        put_number(body, len(entry))
        body += entry
    if terms:
        shards.append(Shard(terms[0], compress(_table(terms) + body)))
    return shards


def _table(terms: Sequence[str]) -> bytes:
    """The terms of a piece: how many bytes of text follow, then the terms, one a line."""
    text = "\n".join(terms).encode()
    out = bytearray()
    put_number(out, len(text))
    return bytes(out + text)


def render_posting(posting: Posting, size: int) -> bytes:
    """One term's entry.

    A byte of what it has; the documents as gaps or bits; the headlines as gaps; then for each of these documents twice the count in
    the body, plus one where counts of the other fields follow; at last, with gaps, the documents that only their word belongs to
    (longer words, and names that the text itself does not hold).
    """
    out = bytearray()
    documents = posting.documents
    gaps = _gaps(documents)
    bits = len(gaps) > (size + 7) // 8
    out.append(
        (OCCURRENCES if documents else 0)
        | (HEADLINES if posting.headlines else 0)
        | (WORDS if posting.word_documents else 0)
        | (BITS if bits else 0)
    )
    if documents:
        put_number(out, len(documents))
        out += _bits(documents, size) if bits else gaps
    if posting.headlines:
        put_number(out, len(posting.headlines))
        out += _gaps(posting.headlines)
    if posting.word_documents:
        in_body = dict(zip(posting.word_documents, posting.in_body, strict=True))
        elsewhere = posting.elsewhere or {}
        for document in documents:
            _put_counts(out, in_body.pop(document, 0), elsewhere.get(document))
        rest = list(in_body)
        put_number(out, len(rest))
        out += _gaps(rest)
        for document in rest:
            _put_counts(out, in_body[document], elsewhere.get(document))
    return bytes(out)


def _put_counts(out: bytearray, in_body: int, elsewhere: Sequence[int] | None) -> None:
    put_number(out, in_body * 2 + (elsewhere is not None))
    for count in elsewhere or ():
        put_number(out, count)


def _gaps(documents: Iterable[int]) -> bytes:
    out = bytearray()
    last = -1
    for document in documents:
        gap = document - last - 1
        if gap < 0x80:
            out.append(gap)
        else:
            put_number(out, gap)
        last = document
    return bytes(out)


def _bits(documents: Iterable[int], size: int) -> bytes:
    out = bytearray((size + 7) // 8)
    for document in documents:
        out[document >> 3] |= 1 << (document & 7)
    return bytes(out)


TEXT_BYTES = 4_000
"""Of a piece of texts before compression: one article, or a few short ones."""

DETAILS = 500
"""Documents in a piece of the table of titles."""


@dataclass(frozen=True, slots=True)
class TextPiece:
    """The texts of consecutive documents."""

    first: int
    data: bytes


def render_texts(documents: Iterable[dict[str, Any]]) -> list[TextPiece]:
    """What results show, in pieces; ``documents`` in the order of their numbers."""
    pieces: list[TextPiece] = []
    part: list[str] = []
    room, first = 0, 0
    for number, document in enumerate(documents):
        row = json.dumps(document, ensure_ascii=False, separators=(",", ":"))
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
