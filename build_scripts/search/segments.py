"""Segments: the pieces of the index for all whole blocks, and those for the newest articles, which a new issue changes.

A query asks both and puts the lists of documents together; scores are lunr's over all documents, for what they need to know of the whole
(numbers of documents and of words) is kept for the whole.
"""

import itertools
import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from build_scripts.search.answers import render_answers
from build_scripts.search.blocks import Terms
from build_scripts.search.postings import merge_rooms
from build_scripts.search.shards import SHARD_BYTES, SHORT_SHARD_BYTES, render_shards

SHORT = 1_500
"""Documents of a short segment."""


@dataclass(frozen=True, slots=True)
class Segment:
    """The pieces of the index of consecutive blocks. Documents are numbered from 0 in it."""

    about: dict[str, Any]
    """How many ``documents`` it has, the first term of each piece ``terms/N.bin`` (``shards``) and the first key of each piece
    ``answers/N.bin`` (``answers``)."""
    files: dict[str, bytes]

    def entry(self) -> dict[str, bytes]:
        """What is kept of it."""
        return {"about": json.dumps(self.about, ensure_ascii=False).encode(), **self.files}

    @classmethod
    def of_entry(cls, entry: dict[str, bytes]) -> "Segment":
        """The reverse of :meth:`entry`."""
        return cls(json.loads(entry.pop("about")), entry)


def make_segment(blocks: Sequence[Terms], documents: Sequence[int]) -> Segment:
    """The segment of blocks, in the order of their documents, of which each has so many."""
    *starts, size = itertools.accumulate(documents, initial=0)
    entries = ((start + number, entry) for block, start in zip(blocks, starts, strict=True) for number, entry in json.loads(block.answers))
    answers, pieces = render_answers(entries)
    rooms = merge_rooms([block.postings for block in blocks], starts)
    shards = render_shards(rooms, size, SHORT_SHARD_BYTES if size < SHORT else SHARD_BYTES)
    files = {f"terms/{number}.bin": shard.data for number, shard in enumerate(shards)}
    files |= {f"answers/{number}.bin": piece for number, piece in enumerate(pieces)}
    return Segment({"documents": size, "shards": [shard.first for shard in shards], "answers": answers}, files)
