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
from build_scripts.fingerprint import content_key
from build_scripts.pages.view import View
from build_scripts.search.answers import WORDS
from build_scripts.search.blocks import Block, Figures, Made, block_source, make_block, split_issues
from build_scripts.search.documents import FIELDS
from build_scripts.search.facets import render_facets
from build_scripts.search.names import render_names
from build_scripts.search.packing import read_entry, write_entry
from build_scripts.search.postings import COMMON, put_number
from build_scripts.search.segments import Segment, make_segment
from build_scripts.search.shards import VERSION, compress, render_compact
from build_scripts.search.traditional import table_for
from build_scripts.search.words import LONGEST

B = 0.75
K1 = 1.2
"""lunr's own constants."""


def render_search(view: View, figures: Figures | None = None, cache: Cache | None = None) -> dict[str, bytes]:
    """File name → content.

    ``figures`` gives an article's figures; without it there are no answers and no counts by batch and indicator. With a ``cache`` only
    what has changed is made anew; the files are the same with it and without. One process does the work: each one more would take 350 MB.
    """
    blocks = split_issues(view.archive.issues)
    made = [_make_block(block, view, figures, cache) for block in blocks]
    files: dict[str, bytes] = {}
    segments = []
    whole = sum(block.whole for block in blocks)
    for part in (made[:whole], made[whole:]):
        if part:
            segment = _make_segment(part, cache)
            segments.append({"folder": _add(files, segment.files), **segment.about})
    abouts = [block.about for _, block in made]
    folders = [_add(files, block.files) for _, block in made]
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


def _make_block(block: Block, view: View, figures: Figures | None, cache: Cache | None) -> tuple[bytes, Made]:
    """What a block makes, with its key."""
    source = block_source(block, view, figures)
    key = content_key(b"block", source)
    if entry := read_entry(cache, key):
        return key, Made.of_entry(entry)
    made = make_block(source)
    write_entry(cache, key, made.entry())
    return key, made


def _make_segment(blocks: Sequence[tuple[bytes, Made]], cache: Cache | None) -> Segment:
    key = content_key(b"segment", *(key for key, _ in blocks))
    entry = read_entry(cache, key)
    if entry:
        return Segment.of_entry(entry)
    segment = make_segment([block for _, block in blocks])
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
