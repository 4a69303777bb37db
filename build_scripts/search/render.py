"""The archive → the files below ``search/``.

``manifest.json`` is the only name that lasts: it says which folder holds the index. The folder is named by its content, so that a
browser that has the older manifest in its cache never reads pieces of two indexes together.
"""

import hashlib
import json
from collections.abc import Iterable, Sequence
from typing import Any

from build_scripts.pages.labels import TYPES, page_label
from build_scripts.pages.view import View
from build_scripts.search.answers import Row, render_answers
from build_scripts.search.documents import FIELDS, SearchDocument, search_documents
from build_scripts.search.index import K1, B, Index, build_index
from build_scripts.search.names import render_names
from build_scripts.search.normalise import normalise
from build_scripts.search.shards import (
    DETAILS,
    VERSION,
    Shard,
    TextPiece,
    compress,
    put_number,
    render_compact,
    render_shards,
    render_texts,
)
from build_scripts.search.terms import query_terms
from build_scripts.search.traditional import table_for
from build_scripts.search.words import LONGEST


def render_search(view: View, figures: Sequence[Row] = ()) -> dict[str, bytes]:
    """File name → content. ``figures`` are rows of ``figures.json``; without any there are no answers."""
    documents = search_documents(view)
    index = build_index(documents)
    shards = render_shards(index)
    texts = render_texts(document.shown() for document in documents)
    files = {f"terms/{number}.bin": shard.data for number, shard in enumerate(shards)}
    files |= {f"texts/{number}.bin": piece.data for number, piece in enumerate(texts)}
    files |= _details(documents)
    files["head.bin"] = render_compact(_head(index, shards, texts))
    files["lengths.bin"] = compress(_lengths(index))
    files["facets.bin"] = render_compact(render_facets(documents, view, figures))
    files["names.bin"] = render_compact(render_names(view, lambda name: _may_occur(index, name)))
    files["traditional.bin"] = compress(table_for({term for term in index.postings if len(term) == 1}).encode())
    files |= render_answers(figures, {doc.article.id: f"{doc.issue_label}{page_label(doc.article.page)}" for doc in documents})
    folder = _content_hash(files)
    manifest = {
        "version": VERSION,
        "folder": folder,
        "documents": len(documents),
        "full_text": view.full_text,
        "answers": "answers/words.bin" in files,
    }
    return {"manifest.json": json.dumps(manifest).encode() + b"\n", **{f"{folder}/{name}": data for name, data in files.items()}}


def _content_hash(files: dict[str, bytes]) -> str:
    digest = hashlib.sha256()
    for name, data in sorted(files.items()):
        digest.update(f"{name}\0{len(data)}\0".encode() + data)
    return digest.hexdigest()[:12]


def _may_occur(index: Index, name: str) -> bool:
    """Whether some document has all terms of ``name``."""
    found: set[int] | None = None
    for term in query_terms(name):
        documents = set(index.postings[term].documents) if term in index.postings else set()
        found = documents if found is None else found & documents
    return bool(found)


def _head(index: Index, shards: list[Shard], texts: list[TextPiece]) -> dict[str, Any]:
    """What every query needs: where the pieces begin, and lunr's numbers."""
    return {
        "documents": index.size,
        "b": B,
        "k1": K1,
        "longest": LONGEST,
        "details": DETAILS,
        "fields": [{"name": name, "boost": boost, "average": index.average(name)} for name, boost in FIELDS.items()],
        "shards": [shard.first for shard in shards],
        "texts": _steps(piece.first for piece in texts),
    }


def _lengths(index: Index) -> bytes:
    """Each document's number of words, field after field."""
    out = bytearray()
    for name in FIELDS:
        for length in index.lengths[name]:
            put_number(out, length)
    return bytes(out)


def _steps(numbers: Iterable[int]) -> list[int]:
    """Ascending numbers as differences, which compress better."""
    steps, last = [], 0
    for number in numbers:
        steps.append(number - last)
        last = number
    return steps


def _details(documents: Sequence[SearchDocument]) -> dict[str, bytes]:
    rows = [[doc.article.id, doc.article.url, doc.article.label, doc.article.issue] for doc in documents]
    return {f"details/{at // DETAILS}.bin": render_compact(rows[at : at + DETAILS]) for at in range(0, len(rows), DETAILS)}


def render_facets(documents: Sequence[SearchDocument], view: View, figures: Sequence[Row]) -> dict[str, Any]:
    """What ``/search/`` filters by: for each facet its values with their names, and for each value the
    documents that have it."""
    batches: dict[str, dict[str, None]] = {}
    indicators: dict[str, dict[str, None]] = {}
    for row in figures:
        if row.get("batch"):
            batches.setdefault(row["article"], {})[row["batch"]] = None
        if row.get("core"):
            indicators.setdefault(row["article"], {})[row["indicator"]] = None
    articles = [document.article for document in documents]
    values: dict[str, list[list[str]]] = {
        "issue": [[article.issue] for article in articles],
        "city": [list(article.cities) for article in articles],
        "zone": [list(article.zones) for article in articles],
        "page": [[page_label(article.page)] for article in articles],
        "type": [[TYPES[article.type]] for article in articles],
        "author": [list(dict.fromkeys(author.name for author in article.authors)) for article in articles],
        "batch": [list(batches.get(article.id, ())) for article in articles],
        "indicator": [list(indicators.get(article.id, ())) for article in articles],
    }
    labels = {issue.id: issue.label for issue in view.archive.issues}
    slugs = {city.name: city.slug for city in view.cities.values()}
    facets = {}
    for name, lists in values.items():
        holders: dict[str, list[int]] = {}
        for number, one in enumerate(lists):
            for value in one:
                holders.setdefault(value, []).append(number)
        facets[name] = {
            "values": [
                {"value": value, "label": labels.get(value, value), "also": [normalise(key) for key in _keys(name, value, slugs)]}
                for value in holders
            ],
            "documents": [_steps(numbers) for numbers in holders.values()],
        }
    return facets


def _keys(name: str, value: str, slugs: dict[str, str]) -> list[str]:
    """Other ways to say a value: 大同 and datong for 大同市, feature for 通讯."""
    if name == "city":
        return [slugs[value], value.removesuffix("市")]
    if name == "type":
        return [code for code, label in TYPES.items() if label == value]
    return []
