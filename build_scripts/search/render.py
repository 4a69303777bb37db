"""The archive → the files below ``search/``.

``manifest.json`` is the only name that lasts: it says which folder holds the head, and the head which folders hold the pieces. Folders
are named by their content: a browser that has the older manifest in its cache never reads pieces of two indexes together, and what a new
issue does not change keeps its address.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from typing import Any

from build_scripts.cache import Cache
from build_scripts.cores import map_on_cores
from build_scripts.fingerprint import content_key
from build_scripts.pages.view import View
from build_scripts.search.answers import WORDS
from build_scripts.search.blocks import Block, Figures, Made, Terms, block_source, make_block, split_issues
from build_scripts.search.documents import FIELDS
from build_scripts.search.facets import render_facets
from build_scripts.search.names import render_names
from build_scripts.search.packing import read_entry, write_entry
from build_scripts.search.postings import COMMON, put_number
from build_scripts.search.segments import Segment, make_segment
from build_scripts.search.shards import VERSION, compress, render_compact
from build_scripts.search.traditional import table_for
from build_scripts.search.words import LONGEST, forget_words, recall_words

B = 0.75
K1 = 1.2
"""lunr's own constants."""

MANY = 4
"""Blocks behind which the memory that their words took is worth more than the second in which they are read again."""


def render_search(
    view: View, figures: Figures | None = None, cache: Cache | None = None, keys: Mapping[str, bytes] | None = None
) -> dict[str, bytes]:
    """File name → content.

    ``figures`` gives an article's figures; without it there are no answers and no counts by batch and indicator. With a ``cache`` only
    what has changed is made anew; the files are the same with it and without. ``keys`` are those of
    :func:`build_scripts.reads.read_ahead`: with them nobody looks at the articles of a block that is kept.
    """
    split = split_issues(view.archive.issues)
    blocks = [_Kept(block, view, figures, cache, keys) for block in split]
    missing = [block for block in blocks if not block.find()]
    if missing:
        recall_words(cache)
    for block, (made, terms) in zip(missing, map_on_cores(make_block, (block.source() for block in missing), others=1), strict=True):
        block.put(made, terms)
    if len(missing) > MANY:
        forget_words()
    files: dict[str, bytes] = {}
    segments = []
    whole = sum(block.whole for block in split)
    for part in (blocks[:whole], blocks[whole:]):
        if part:
            segment = _make_segment(part, cache)
            segments.append({"folder": _add(files, segment.files), **segment.about})
    abouts = [block.made.about() for block in blocks]
    folders = [_add(files, block.made.files) for block in blocks]
    head = {
        **_files_of_all(abouts, view),
        "head.bin": render_compact(
            {
                "b": B,
                "k1": K1,
                "longest": LONGEST,
                "common": COMMON,
                "fields": [{"name": name, "boost": boost, "average": _average(abouts, name)} for name, boost in FIELDS.items()],
                "segments": segments,
                "blocks": [
                    {"folder": folder, "documents": about["documents"], "texts": about["texts"]}
                    for folder, about in zip(folders, abouts, strict=True)
                ],
            }
        ),
    }
    manifest = {
        "version": VERSION,
        "folder": _add(files, head),
        "documents": sum(about["documents"] for about in abouts),
        "full_text": view.full_text,
        "answers": any(segment["answers"] for segment in segments),
    }
    return {"manifest.json": json.dumps(manifest).encode() + b"\n", **files}


class _Kept:
    """A block, what it makes, and its terms: these are read only where the segment has to be made."""

    def __init__(self, block: Block, view: View, figures: Figures | None, cache: Cache | None, keys: Mapping[str, bytes] | None) -> None:
        self._cache, self._block, self._view, self._figures = cache, block, view, figures
        if keys is None:
            self.key = content_key(b"block", self.source())
        else:
            # A block's articles are all that it is made of, and an article hangs on its own issue alone.
            options = bytes([view.full_text, figures is not None])
            self.key = content_key(b"issues", options, *(part for issue in block.issues for part in (issue.id.encode(), keys[issue.id])))
        self.made: Made
        self._terms: Terms | None = None

    def source(self) -> bytes:
        """What :func:`make_block` makes it of."""
        return block_source(self._block, self._view, self._figures)

    def find(self) -> bool:
        """Whether the block is kept from an earlier build."""
        entry = read_entry(self._cache, self.key)
        if entry:
            self.made = Made.of_entry(entry)
        return bool(entry)

    def put(self, made: Made, terms: Terms) -> None:
        """What has been made of it; the terms are held only where they cannot be kept."""
        self.made, self._terms = made, terms
        write_entry(self._cache, self.key, made.entry())
        write_entry(self._cache, self._terms_key, terms.entry())
        if self._cache is not None and self._cache.has(self._terms_key):
            self._terms = None

    @property
    def _terms_key(self) -> bytes:
        return content_key(b"terms", self.key)

    def take_terms(self) -> Terms:
        """The block's terms; they are let go of here."""
        if self._terms is None and (entry := read_entry(self._cache, self._terms_key)):
            return Terms.of_entry(entry)
        terms, self._terms = self._terms, None
        return terms or make_block(self.source())[1]

    def keep(self) -> None:
        """Nobody has asked for the terms, but a later build may."""
        if self._cache:
            self._cache.keep(self._terms_key)


def _make_segment(blocks: Sequence[_Kept], cache: Cache | None) -> Segment:
    key = content_key(b"segment", *(block.key for block in blocks))
    entry = read_entry(cache, key)
    if entry:
        for block in blocks:
            block.keep()
        return Segment.of_entry(entry)
    segment = make_segment([block.take_terms() for block in blocks], [block.made.about()["documents"] for block in blocks])
    write_entry(cache, key, segment.entry())
    return segment


def _add(files: dict[str, bytes], more: Mapping[str, bytes]) -> str:
    """Puts files into a folder of their own, which is named by their content; returns its name."""
    digest = hashlib.sha256()
    for name, content in sorted(more.items()):
        digest.update(f"{name}\0{len(content)}\0".encode() + content)
    folder = digest.hexdigest()[:12]
    files |= {f"{folder}/{name}": content for name, content in more.items()}
    return folder


def _average(abouts: Sequence[Mapping[str, Any]], field: str) -> float:
    """Mean number of words of a field."""
    documents = sum(about["documents"] for about in abouts)
    return sum(sum(about["lengths"][field]) for about in abouts) / documents if documents else 0.0


def _files_of_all(abouts: Sequence[Mapping[str, Any]], view: View) -> dict[str, bytes]:
    """The small files that tell of all documents together."""
    lengths = bytearray()
    for name in FIELDS:
        for about in abouts:
            for length in about["lengths"][name]:
                put_number(lengths, length)
    names, zones, characters = (set().union(*(about[key] for about in abouts)) for key in ("names", "zones", "characters"))
    return {
        "lengths.bin": compress(bytes(lengths)),
        "facets.bin": render_compact(render_facets((document for about in abouts for document in about["facets"]), view)),
        "names.bin": render_compact(render_names(names, zones)),
        "traditional.bin": compress(table_for(characters).encode()),
        "answers.bin": render_compact(WORDS),
    }
