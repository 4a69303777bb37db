"""The text of an ``issue.yml``: a new one, and an existing one with a page more in it, every other character as the editor left it."""

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass

from build_scripts.errors import LayoutError
from build_scripts.layout.filetext import FileText, Key, UnusualText, read_file_text
from build_scripts.records import Evidence
from build_scripts.yamlfile import Entry

_ORDER = (
    "id",
    "newspaper",
    "supplement",
    "year",
    "number",
    "date",
    "not_before",
    "pages",
    "evidence",
    "possibly_same",
    "originals",
    "rights",
)
_PLAIN = re.compile(r"[0-9A-Za-z\u4e00-\u9fff][0-9A-Za-z\u4e00-\u9fff，。、；（）《》“”·-]*")
"""A text that no reader of YAML takes for anything else, unless it looks like a number."""
_NUMBER = re.compile(r"[0-9.eE_+-]+")


@dataclass(frozen=True, slots=True)
class PageEntry:
    """What a newly filed page adds to its issue."""

    page: str
    values: dict[str, str]
    """Top-level keys that the issue does not have yet, or has with another value: ``date``, ``not_before``, ``number`` …"""
    evidence: tuple[Evidence, ...]
    original: tuple[str, str] | None
    """Encoding and SHA-256 of the file it was converted from."""
    doubts: dict[str, str]
    """Key → what the editor should look at; a comment above it."""


def render_issue(entry: PageEntry) -> str:
    """A new ``issue.yml``."""
    rows: list[str] = []
    for key in _ORDER:
        if doubt := entry.doubts.get(key):
            rows.append(f"# 待核 {key}：{doubt}")
        if key == "pages":
            rows.append(f"pages: [{entry.page}]")
        elif key == "evidence":
            rows += ["evidence:", *_evidence(entry.evidence)] if entry.evidence else ["evidence: []"]
        elif key == "originals" and entry.original:
            rows += ["originals:", *_original(entry)]
        elif key in entry.values:
            rows.append(f"{key}: {_scalar(entry.values[key])}")
    return "\n".join(rows) + "\n"


def extend_issue(text: str, root: Entry, entry: PageEntry) -> str:
    """``text``, an ``issue.yml`` that read as ``root``, with ``entry`` in it; comments, order and all other lines stay as they are.

    Raises :class:`~build_scripts.errors.LayoutError` where it is written in a style of YAML that cannot be added to line by line.
    """
    try:
        edits = _Edits(read_file_text(text))
        for key, value in entry.values.items():
            edits.set(key, _scalar(value), entry.doubts.get(key))
        edits.append("pages", [f"- {entry.page}"], in_brackets=entry.page)
        if entry.evidence:
            edits.append("evidence", _evidence(entry.evidence))
        if entry.original:
            edits.append("originals", _original(entry))
    except UnusualText as error:
        raise LayoutError(root.path, 1, "is not written one key a line", "keys and lists as other issues have them") from error
    return edits.text()


class _Edits:
    """Lines to put in and to change, by the index of the line they belong to."""

    def __init__(self, file: FileText) -> None:
        self.lines = list(file.lines)
        self.keys = {key.name: key for key in file.keys}
        self.ending = file.ending
        self.after: dict[int, list[str]] = {}

    def text(self) -> str:
        rows = [row + self.ending for row in self.after.get(-1, ())]
        for number, line in enumerate(self.lines):
            rows += [line, *(row + self.ending for row in self.after.get(number, ()))]
        return "\n".join(rows)

    def set(self, key: str, value: str, doubt: str | None) -> None:
        comment = [f"# 待核 {key}：{doubt}"] if doubt else []
        known = self.keys.get(key)
        if known is None:
            self._insert(key, [*comment, f"{key}: {value}"])
        elif known.inline:
            start, end = known.inline
            self.lines[known.first] = self.lines[known.first][:start] + value + self.lines[known.first][end:]
            self.after.setdefault(known.first - 1, []).extend(comment)
        else:
            raise UnusualText

    def append(self, key: str, rows: list[str], *, in_brackets: str = "") -> None:
        """Adds to a list: behind its last member, in the brackets of a flow list, or as a list of its own."""
        known = self.keys.get(key)
        if known is None:
            self._insert(key, [f"{key}:", *rows])
        elif known.members:
            last = known.members[-1]
            self.after.setdefault(last.last, []).extend(last.indent + row for row in rows)
        elif known.inline and self._is_empty(known):
            self.lines[known.first] = f"{key}:" + self.lines[known.first][known.inline[1] :]
            self.after.setdefault(known.first, []).extend(rows)
        elif known.inline and in_brackets:
            line, end = self.lines[known.first], known.inline[1]
            self.lines[known.first] = f"{line[: end - 1].rstrip(' ,')}, {in_brackets}{line[end - 1 :]}"
        else:
            raise UnusualText

    def _is_empty(self, key: Key) -> bool:
        start, end = key.inline or (0, 0)
        return not self.lines[key.first][start:end].strip("[] ")

    def _insert(self, key: str, rows: list[str]) -> None:
        """A new key behind the last of those that usually stand before it."""
        before = [self.keys[name] for name in _ORDER[: _ORDER.index(key)] if name in self.keys]
        at = max((known.last for known in before), default=-1)
        self.after.setdefault(at, []).extend(rows)


def _evidence(items: Sequence[Evidence]) -> list[str]:
    rows = []
    for item in items:
        rows += [f"- claim: {item.claim}", f"  page: {item.page}", f"  line: {item.line}"]
        rows += [f"  quote: {_scalar(item.quote)}", f"  note: {_scalar(item.note)}"]
    return rows


def _original(entry: PageEntry) -> list[str]:
    encoding, digest = entry.original or ("", "")
    return [f"- page: {entry.page}", f"  encoding: {encoding}", f"  sha256: {_scalar(digest)}"]


def _scalar(text: str) -> str:
    if _PLAIN.fullmatch(text) and not _NUMBER.fullmatch(text):
        return text
    if re.fullmatch(r"[1-9]\d{0,8}|\d{4}-\d{1,3}|\d{4}-\d\d-\d\d", text):  # years, numbers, ids and days: read as they are written
        return text
    return json.dumps(text, ensure_ascii=False)
