"""The index: for each term the articles that hold it, and for each word how often, in which field.

Weights are lunr's (BM25 with a boost for each field, rounded to three decimals), but they are not stored: counts are, from which
``score.js`` computes the very same weights. They take a third of the room, and one list serves recall and ranking.
"""

from __future__ import annotations  # array[int] cannot be evaluated before Python 3.12

from array import array
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from build_scripts.search.documents import FIELDS, SearchDocument
from build_scripts.search.normalise import normalise
from build_scripts.search.terms import document_terms
from build_scripts.search.words import cut_words, name_words

B = 0.75
K1 = 1.2
"""lunr's own constants."""

Counts = tuple[int, ...]
"""How often a word stands in each of :data:`FIELDS` but the body."""

Numbers: TypeAlias = "array[int] | tuple[()]"
"""Ascending numbers; the empty tuple for the many terms that have no such list, which would cost memory."""


@dataclass(slots=True)
class Posting:
    """One term. Documents are numbered from 0, the newest first; all lists are ascending."""

    documents: Numbers = ()
    """Where the string stands: every one of them, for single characters, pairs and figures' triples."""
    headlines: Numbers = ()
    """Those of ``documents`` that have it in title, kicker or subtitle."""
    word_documents: Numbers = ()
    """Where it is a word."""
    in_body: Numbers = ()
    """How often it is a word of the body, for each of ``word_documents``."""
    elsewhere: dict[int, Counts] | None = None
    """Document → how often it is a word in the other fields."""


@dataclass(frozen=True, slots=True)
class Index:
    """All terms, and what lunr's weights need to know of the documents."""

    postings: dict[str, Posting]
    lengths: dict[str, array[int]]
    """Field → number of words, document by document."""

    @property
    def size(self) -> int:
        """Number of documents."""
        return len(self.lengths["body"])

    def average(self, name: str) -> float:
        """Mean number of words of a field."""
        return sum(self.lengths[name]) / self.size if self.size else 0.0


def document_fields(document: SearchDocument) -> dict[str, list[str]]:
    """Field → its words in order. What lunr would be given, word for word."""
    return {
        "title": cut_words(map(normalise, document.texts("title"))),
        "head": cut_words(map(normalise, document.texts("head"))),
        "place": name_words(document.names),
        "body": cut_words(map(normalise, document.texts("body"))),
    }


def build_index(documents: Sequence[SearchDocument]) -> Index:
    """The index of ``documents``, which are numbered in the order given."""
    postings: dict[str, Posting] = {}
    lengths = {name: array("I") for name in FIELDS}
    for number, document in enumerate(documents):
        headline = [normalise(text) for text in (*document.texts("title"), *document.texts("head"))]
        rest = [normalise(segment.text) for segment in (*document.segments, *document.printed) if segment.kind not in ("title", "head")]
        in_headline = document_terms(headline)
        _add(postings, number, in_headline | document_terms(rest), in_headline)
        words = document_fields(document)
        for name in FIELDS:
            lengths[name].append(len(words[name]))
        _add_words(postings, number, words)
    return Index(postings, lengths)


def _add(postings: dict[str, Posting], number: int, terms: Iterable[str], in_headline: Iterable[str]) -> None:
    for term in terms:
        if (posting := postings.get(term)) is None:
            posting = postings[term] = Posting()
        if isinstance(posting.documents, tuple):
            posting.documents = array("I")
        posting.documents.append(number)
    for term in in_headline:
        posting = postings[term]
        if isinstance(posting.headlines, tuple):
            posting.headlines = array("I")
        posting.headlines.append(number)


def _add_words(postings: dict[str, Posting], number: int, words: dict[str, list[str]]) -> None:
    body = Counter(words["body"])
    others = [Counter(words[name]) for name in FIELDS if name != "body"]
    elsewhere = set().union(*others)
    for word in body.keys() | elsewhere:
        if (posting := postings.get(word)) is None:
            posting = postings[word] = Posting()
        if isinstance(posting.word_documents, tuple) or isinstance(posting.in_body, tuple):
            posting.word_documents, posting.in_body = array("I"), array("I")
        posting.word_documents.append(number)
        posting.in_body.append(body[word])
        if word in elsewhere:
            if posting.elsewhere is None:
                posting.elsewhere = {}
            posting.elsewhere[number] = tuple(counter[word] for counter in others)
