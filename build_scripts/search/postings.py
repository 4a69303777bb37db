"""The postings of a block of documents, and those of several blocks put together.

For each term the documents that hold it, those that hold it in a headline, and, where it is a word, how often in which field. Terms are
kept by rooms, the first byte of their first character: blocks are put together room by room, so that never more than one room's terms
are in memory as objects.
"""

import itertools
import json
import zlib
from array import array
from collections import Counter, defaultdict, deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from build_scripts.search.documents import FIELDS
from build_scripts.search.normalise import normalise
from build_scripts.search.terms import common_triples, document_terms, query_terms, utf16_key
from build_scripts.search.words import cut_words, name_words

Counts = tuple[int, ...]
"""How often a word stands in the body, then in each of the other :data:`~.documents.FIELDS`."""

PLAIN = 256
COMMON = 80
"""Documents of a block that hold a common pair. Of three characters that no article holds, hundreds of texts would have to be read with
twice as many, and a thousand with none."""
_OTHERS = tuple(name for name in FIELDS if name != "body")


@dataclass(frozen=True, slots=True)
class Fields:
    """What of a document is indexed, in normal form."""

    segments: Mapping[str, Sequence[str]]
    """Kind of segment (title, head, body, printed) → texts."""
    names: Sequence[str]

    @classmethod
    def of(cls, segments: Iterable[Sequence[str]], names: Sequence[str]) -> "Fields":
        """Of segments as ``SearchDocument.shown`` has them: kind, anchor, text."""
        found: dict[str, list[str]] = defaultdict(list)
        for kind, _, text in segments:
            found[kind].append(normalise(text))
        return cls(found, names)

    def words(self) -> dict[str, list[str]]:
        """Field → its words in order. What lunr would be given, word for word."""
        return {
            "title": cut_words(self.segments.get("title", ())),
            "head": cut_words(self.segments.get("head", ())),
            "place": name_words(self.names),
            "body": cut_words(self.segments.get("body", ())),
        }


@dataclass(slots=True)
class Postings:
    """Of one block; documents are numbered from 0 in it, all lists are ascending."""

    documents: dict[str, list[int]]
    """Term → where the string stands."""
    headlines: dict[str, list[int]]
    """Term → those that have it in title, kicker or subtitle."""
    words: dict[str, list[int]]
    """Word → document and number of its counts, as ``document << 16 | number``."""
    counts: list[Counts]
    """The counts that there are; the first :data:`PLAIN` are so many times in the body, and nowhere else."""
    lengths: dict[str, list[int]]
    """Field → number of words, document by document."""

    def may_hold(self, name: str) -> bool:
        """Whether some document has all terms of ``name``."""
        found: set[int] | None = None
        for term in query_terms(name):
            documents = self.documents.get(term, ())
            found = set(documents) if found is None else found.intersection(documents)
            if not found:
                return False
        return bool(found)


def index_documents(documents: Sequence[Fields]) -> Postings:
    """The postings of ``documents``, which are numbered in the order given."""
    holders: dict[str, list[int]] = defaultdict(list)
    headlines: dict[str, list[int]] = defaultdict(list)
    for number, document in enumerate(documents):
        above = document_terms(itertools.chain(document.segments.get("title", ()), document.segments.get("head", ())))
        terms = document_terms(itertools.chain(document.segments.get("body", ()), document.segments.get("printed", ())))
        _append_to_each(headlines, above, itertools.repeat(number))
        _append_to_each(holders, terms | above, itertools.repeat(number))
    common = {term for term, found in holders.items() if len(found) > COMMON and len(term) == 2}
    for number, document in enumerate(documents):
        for term in common_triples(itertools.chain.from_iterable(document.segments.values()), common):
            # A figure's triple is there already.
            if not (found := holders[term]) or found[-1] < number:
                found.append(number)
    words, counts, lengths = _index_words(document.words() for document in documents)
    return Postings(dict(holders), dict(headlines), words, counts, lengths)


def _append_to_each(lists: Mapping[str, list[int]], names: Iterable[str], numbers: Iterable[int]) -> None:
    """To each list of those that are named its number: some ten million times for 10,000 articles, so without a step of Python's own."""
    deque(map(list.append, map(lists.__getitem__, names), numbers), maxlen=0)


def _index_words(documents: Iterable[Mapping[str, Sequence[str]]]) -> tuple[dict[str, list[int]], list[Counts], dict[str, list[int]]]:
    words: dict[str, list[int]] = defaultdict(list)
    none = (0,) * len(_OTHERS)
    numbers: dict[Counts, int] = {(count, *none): count for count in range(PLAIN)}
    lengths: dict[str, list[int]] = {name: [] for name in FIELDS}
    for number, document in enumerate(documents):
        for name, found in document.items():
            lengths[name].append(len(found))
        body = Counter(document["body"])
        others = [Counter(document[name]) for name in _OTHERS]
        elsewhere = set().union(*others)
        place = number << 16
        elsewhere |= {word for word, count in body.items() if count >= PLAIN}
        for word in sorted(elsewhere):
            counts = (body.pop(word, 0), *(counter[word] for counter in others))
            words[word].append(place | numbers.setdefault(counts, len(numbers)))
        _append_to_each(words, body, map(place.__or__, body.values()))
    return dict(words), list(numbers), lengths


def _room(term: str) -> int:
    """By the first byte of UTF-16, which is how terms are sorted.

    >>> [hex(_room(term)) for term in ("开", "9", "\U00020bb7")]
    ['0x5f', '0x0', '0xd8']
    """
    code = ord(term[0])
    return code >> 8 if code < 0x10000 else 0xD8


def pack_postings(postings: Postings) -> dict[str, bytes]:
    """Room → its terms and lists, compressed; under ``counts`` the counts. For one machine: numbers are in its own byte order."""
    rooms: dict[int, list[str]] = defaultdict(list)
    for term in sorted(postings.documents.keys() | postings.words.keys()):
        rooms[_room(term)].append(term)
    files = {f"{room:02x}": zlib.compress(_pack_room(postings, terms), 1) for room, terms in sorted(rooms.items())}
    return {"counts": json.dumps(postings.counts).encode(), **files}


def _pack_room(postings: Postings, terms: Sequence[str]) -> bytes:
    lists: list[array[int]] = []
    for kind, holders in (("H", postings.documents), ("H", postings.headlines), ("I", postings.words)):
        held: list[Sequence[int]] = [holders.get(term, ()) for term in terms]
        lists += array("H", map(len, held)), array(kind, itertools.chain.from_iterable(held))
    lists.insert(0, array("I", map(len, lists)))
    return b"".join([*(part.tobytes() for part in lists), "\n".join(terms).encode()])


_LISTS = 6


def _unpack_room(data: bytes) -> tuple[list[str], list["array[int]"]]:
    """Terms, and three times how long each one's list is and the lists one behind the other."""
    lengths = array("I", data[: 4 * _LISTS])
    at = 4 * _LISTS
    lists = []
    for kind, length in zip("HHHHHI", lengths, strict=True):
        lists.append(array(kind, data[at : at + array(kind).itemsize * length]))
        at += lists[-1].itemsize * length
    return data[at:].decode().split("\n"), lists


def put_number(out: bytearray, number: int) -> None:
    """Seven bits a byte, the lowest first; the high bit says that more follow."""
    while number > 0x7F:
        out.append(number & 0x7F | 0x80)
        number >>= 7
    out.append(number)


def packed_number(number: int) -> bytes:
    """One number, as :func:`put_number` writes it."""
    out = bytearray()
    put_number(out, number)
    return bytes(out)


def render_counts(counts: Sequence[int]) -> bytes:
    """Twice the count in the body, plus one where the counts of the other fields follow."""
    body, *others = counts
    out = bytearray()
    put_number(out, body * 2 + any(others))
    if any(others):
        for count in others:
            put_number(out, count)
    return bytes(out)


@dataclass(slots=True)
class Merged:
    """The postings of one room of all blocks."""

    documents: dict[str, list[int]]
    headlines: dict[str, list[int]]
    words: dict[str, dict[int, bytes]]
    """Word → document → its counts, as :func:`render_counts` writes them."""

    def terms(self) -> list[str]:
        """In the order in which JavaScript compares strings."""
        return sorted(self.documents.keys() | self.words.keys(), key=utf16_key)


def merge_rooms(blocks: Sequence[Mapping[str, bytes]], starts: Sequence[int]) -> Iterator[Merged]:
    """The postings of ``blocks``, as :func:`pack_postings` packs them, room by room in order of terms."""
    counts = [[render_counts(one) for one in json.loads(block["counts"])] for block in blocks]
    for name in sorted({name for block in blocks for name in block if name != "counts"}):
        merged = Merged({}, {}, {})
        for block, start, known in zip(blocks, starts, counts, strict=True):
            if name in block:
                _add(merged, zlib.decompress(block[name]), start, known)
        yield merged


def _add(merged: Merged, room: bytes, start: int, known: Sequence[bytes]) -> None:
    terms, (holding, documents, above, headlines, counted, words) = _unpack_room(room)
    _append(merged.documents, terms, holding, [start + number for number in documents])
    _append(merged.headlines, terms, above, [start + number for number in headlines])
    at = 0
    for term, count in zip(terms, counted, strict=True):
        if count:
            part = {start + (one >> 16): known[one & 0xFFFF] for one in words[at : at + count]}
            at += count
            if term in merged.words:
                merged.words[term] |= part
            else:
                merged.words[term] = part


def _append(holders: dict[str, list[int]], terms: Sequence[str], counts: Iterable[int], numbers: list[int]) -> None:
    at = 0
    for term, count in zip(terms, counts, strict=True):
        if count:
            part = numbers[at : at + count]
            at += count
            if term in holders:
                holders[term] += part
            else:
                holders[term] = part
