"""Blocks: a few hundred articles that stand together in time, worked through together, and kept from build to build.

What a block makes depends on its articles alone, so a block that is kept need not be made again: a pure function of bytes makes it.
"""

import hashlib
import itertools
import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from build_scripts.figures.records import Figure
from build_scripts.pages.view import View
from build_scripts.records import Article, Issue
from build_scripts.search.answers import answer_entries
from build_scripts.search.documents import SearchDocument, issue_documents
from build_scripts.search.facets import facet_values, steps
from build_scripts.search.names import known_names
from build_scripts.search.postings import Fields, index_documents, pack_postings
from build_scripts.search.shards import render_compact, render_texts

Figures = Callable[[Article], Sequence[Figure]]
"""An article's figures, in reading order."""

LEAST = 192
ONE_IN = 4
MOST = 768
"""Articles of a block. The last block of an archive, which is made anew for every new issue, has a few hundred at most: 1 s of work."""


@dataclass(frozen=True, slots=True)
class Block:
    """Consecutive issues. ``whole`` where a newer issue goes into another block."""

    issues: tuple[Issue, ...]
    whole: bool


def split_issues(issues: Iterable[Issue]) -> list[Block]:
    """The issues, which are in order of time, in blocks.

    A block of :data:`LEAST` articles ends with the first issue whose own id says so, as one in :data:`ONE_IN` does, and not by counting
    from the archive's beginning: an issue that is put in among older ones changes its own block and perhaps the next.
    """
    blocks: list[Block] = []
    part: list[Issue] = []
    count = 0
    for issue in issues:
        part.append(issue)
        count += len(issue.articles)
        ends = hashlib.sha256(issue.id.encode()).digest()[0] % ONE_IN == 0
        if count >= MOST or (count >= LEAST and ends):
            blocks.append(Block(tuple(part), whole=True))
            part, count = [], 0
    return [*blocks, *([Block(tuple(part), whole=False)] if part else [])]


def block_source(block: Block, view: View, figures: Figures | None) -> bytes:
    """All that the search knows of a block's articles."""
    return _json([_source(document, view, figures) for issue in block.issues for document in issue_documents(view, issue)])


def _source(document: SearchDocument, view: View, figures: Figures | None) -> dict[str, Any]:
    article = document.article
    own = figures(article) if figures else ()
    return {
        "shown": document.shown(),
        "names": document.names,
        "zones": sorted({*article.zones, *article.mentions.zones}),
        "facets": facet_values(article, own),
        "answers": answer_entries(document, own, view.full_text),
    }


@dataclass(frozen=True, slots=True)
class Terms:
    """What a block gives to the index of its segment."""

    postings: dict[str, bytes]
    answers: bytes

    def entry(self) -> dict[str, bytes]:
        """What is kept of it."""
        return {"answers": self.answers, **self.postings}

    @classmethod
    def of_entry(cls, entry: dict[str, bytes]) -> "Terms":
        """The reverse of :meth:`entry`."""
        return cls(entry, entry.pop("answers"))


@dataclass(frozen=True, slots=True)
class Made:
    """What a block makes besides its terms."""

    packed: bytes
    """:meth:`about` as JSON: as objects, those of all blocks would hold on to all the memory that the blocks took one by one."""
    files: dict[str, bytes]
    """The texts and titles of its documents, as the browser loads them."""

    def about(self) -> dict[str, Any]:
        """What the whole needs to know of it: number of ``documents``, first documents of the ``texts``, and what else
        :func:`make_block` says."""
        return dict(json.loads(self.packed))

    def entry(self) -> dict[str, bytes]:
        """What is kept of it."""
        return {"about": self.packed, **self.files}

    @classmethod
    def of_entry(cls, entry: dict[str, bytes]) -> "Made":
        """The reverse of :meth:`entry`."""
        return cls(entry.pop("about"), entry)


def make_block(source: bytes) -> tuple[Made, Terms]:
    """The work on a block, of which ``source`` is :func:`block_source`."""
    rows = json.loads(source)
    postings = index_documents([Fields.of(row["shown"]["segments"], row["names"]) for row in rows])
    texts = render_texts(_json(row["shown"]).decode() for row in rows)
    files = {f"texts/{number}.bin": piece.data for number, piece in enumerate(texts)}
    files["details.bin"] = render_compact([[row["shown"][key] for key in ("id", "url", "title", "issue")] for row in rows])
    about = {
        "documents": len(rows),
        "texts": steps(piece.first for piece in texts),
        "lengths": postings.lengths,
        "facets": [row["facets"] for row in rows],
        "zones": sorted({zone for row in rows for zone in row["zones"]}),
        "names": [name for name in known_names() if postings.may_hold(name)],
        "characters": "".join(sorted(term for term in postings.documents if len(term) == 1)),
    }
    answers = [[number, entry] for number in _reading_order(rows) for entry in rows[number]["answers"]]
    return Made(_json(about), files), Terms(pack_postings(postings), _json(answers))


def _reading_order(rows: Sequence[dict[str, Any]]) -> list[int]:
    """The numbers of the documents as the issues print them: of equal figures the one that a reader meets first is the answer."""
    issues = itertools.groupby(range(len(rows)), key=lambda number: rows[number]["shown"]["issue"])
    return [number for _, numbers in issues for number in reversed(list(numbers))]


def _json(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
