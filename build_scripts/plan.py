"""What is to be done with each file of the site: which stand in the tree that it is made in, which are copied, which pages are rendered."""

from collections.abc import Sequence
from dataclasses import dataclass

import msgspec
from mkdocs.structure.files import Files

from build_scripts.mkdocs_files import Pages, Source, sources_of
from build_scripts.spare import Tree
from build_scripts.takeover import Kept, Record, Stamp, hash_parts, stamp_of

Copy = tuple[Source, Stamp, bool]
"""A file that has to be copied, the stamp of what it is copied from, and whether the old site's will do."""

Missing = tuple[int, Stamp, str]
"""A page that has to be made: its number, the stamp of its Markdown, and the hash of what it is made of."""


@dataclass(frozen=True)
class Plan:
    """All files but those that come of templates, which are made every time. So are pages of another hand, which no record stands for."""

    staying: Record
    """Those that stand in the tree."""
    copies: Sequence[Copy]
    pages: Sequence[Missing]


def make_plan(files: Files, pages: Pages, tree: Tree, record: Record) -> Plan:
    """A file stays if it stands in ``tree`` and would be made of the same as ``record`` says. Only Markdown with a new stamp is read."""
    staying: dict[str, Kept] = {}
    copies: list[Copy] = []
    places: set[str] = set()
    for one in sources_of(files):
        if one.is_page or not one.included:
            continue
        places.add(one.dest_uri)
        stamp = stamp_of(one.path) if one.path else ""
        kept = record.get(one.dest_uri)
        same = kept is not None and bool(stamp) and kept.source == stamp
        if kept is not None and same and one.dest_uri in tree.standing:
            staying[one.dest_uri] = kept
        else:
            copies.append((one, stamp, same))
    missing: list[Missing] = []
    for number, one in enumerate(pages.sources):
        stamp = stamp_of(one.path) if one.path else ""
        kept = record.get(one.dest_uri)
        known = kept is not None and bool(stamp) and kept.source == stamp
        content = kept.content if kept and known else hash_parts((one.uri.encode(), pages[number].content_bytes))
        # A page that comes to lie where a file does takes its place, as with MkDocs.
        if kept and kept.content == content and one.dest_uri in tree.standing and one.dest_uri not in places:
            staying[one.dest_uri] = kept if kept.source == stamp else msgspec.structs.replace(kept, source=stamp)
        else:
            missing.append((number, stamp, content))
    return Plan(staying, copies, missing)
