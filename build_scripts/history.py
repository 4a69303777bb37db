"""What the last commit held, for telling which addresses have gone since: readers' links must live on.

Where there is no repository, no git or no commit yet, there is nothing to compare with.
"""

import re
import subprocess
from dataclasses import dataclass
from hashlib import sha1
from pathlib import Path

from build_scripts.errors import LayoutError
from build_scripts.yamlfile import Entry, parse_yaml

_LINE = re.compile(r"\d{1,7}")


@dataclass(frozen=True, slots=True)
class Ids:
    """What readers' links are made of on one page."""

    items: dict[str, int]
    """Id of an article or package → the layout's line on which it stands."""
    anchors: dict[str, dict[int, int]]
    """Article → the raw line on which each of its paragraphs begins (its anchor) → the layout's line."""


def find_ids(data: bytes, path: Path) -> Ids | None:
    """The ids of a layout file, read as leniently as can be; ``None`` where it is no YAML."""
    try:
        root = parse_yaml(data, path)
    except LayoutError:
        return None
    ids = Ids({}, {})
    for key in ("packages", "articles"):
        for entry in _members(root, key):
            name = _member(entry, "id")
            if isinstance(name, Entry) and isinstance(name.value, str):
                ids.items[name.value] = name.line
                if key == "articles":
                    ids.anchors[name.value] = {int(found): line for found, line in _starts(entry)}
    return ids


def _member(entry: Entry, key: str) -> Entry | None:
    return entry.value.get(key) if isinstance(entry.value, dict) else None


def _members(entry: Entry, key: str) -> list[Entry]:
    found = _member(entry, key)
    return found.value if found and isinstance(found.value, list) else []


def _starts(article: Entry) -> list[tuple[str, int]]:
    starts = []
    for block in _members(article, "body"):
        place = _member(block, "head") or block
        first = place.value[0] if isinstance(place.value, list) and place.value else place
        if isinstance(first.value, str) and (number := _LINE.match(first.value)):
            starts.append((number.group(), first.line))
    return starts


def read_changed(root: Path, folder: str) -> dict[str, bytes] | None:
    """Files below ``folder`` of the last commit that are gone or different now: path relative to ``root`` → their content then.

    ``None`` where there is nothing to compare with.
    """
    if not any((parent / ".git").exists() for parent in (root.resolve(), *root.resolve().parents)):
        return None
    listing = _git(root, "ls-tree", "-r", "-z", "HEAD", "--", folder)
    if listing is None:
        return None
    changed: dict[str, str] = {}
    for row in listing.split(b"\0"):
        meta, tab, name = row.partition(b"\t")
        if tab and meta.split()[1] == b"blob":
            path, blob = name.decode("utf-8", "surrogateescape"), meta.split()[2].decode()
            if _blob(root / path) != blob:
                changed[path] = blob
    found: dict[str, bytes] = {}
    for path, blob in changed.items():
        content = _git(root, "cat-file", "blob", blob)
        if content is not None and not _is_same(root / path, content):
            found[path] = content
    return found


def list_committed(root: Path, folder: str) -> frozenset[str] | None:
    """Paths below ``folder`` in the last commit, relative to ``root``; ``None`` where there is nothing to compare with."""
    if not any((parent / ".git").exists() for parent in (root.resolve(), *root.resolve().parents)):
        return None
    listing = _git(root, "ls-tree", "-r", "-z", "--name-only", "HEAD", "--", folder)
    return None if listing is None else frozenset(name.decode("utf-8", "surrogateescape") for name in listing.split(b"\0") if name)


def _is_same(path: Path, content: bytes) -> bool:
    """Whether the file differs in its line ends at most, which git may change on its way; and repositories may name blobs otherwise."""
    return path.is_file() and path.read_bytes().replace(b"\r\n", b"\n") == content.replace(b"\r\n", b"\n")


def _blob(path: Path) -> str | None:
    """The name that git gives the file's content."""
    if not path.is_file():
        return None
    data = path.read_bytes()
    return sha1(b"blob %d\0" % len(data) + data, usedforsecurity=False).hexdigest()


def _git(root: Path, *arguments: str) -> bytes | None:
    try:
        result = subprocess.run(["git", "-C", str(root), *arguments], capture_output=True, check=False)
    except OSError:  # git is not installed
        return None
    return result.stdout if result.returncode == 0 else None
