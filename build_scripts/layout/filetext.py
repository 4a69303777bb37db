"""The text of a layout file in pieces: which lines each key and each member of a list stand on, with the comments above them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

import yaml

_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_DASH = re.compile(r"( *)-( +)")
_COMMENT = re.compile(r"(?:^|\s)(#.*)")


@dataclass(slots=True)
class Key:
    """``key: value`` of a block mapping. Lines are indexes into the file's lines, both ends included."""

    name: str
    above: int
    """The first of the comment and blank lines above it; ``first`` where there are none."""
    first: int
    last: int
    inline: tuple[int, int] | None
    """Columns of a value that stands wholly on the key's line."""
    members: "list[Member] | None" = None
    """Of a value that is a block list, one member a dash."""


@dataclass(slots=True)
class Member:
    """One member of a block list."""

    above: int
    first: int
    last: int
    indent: str
    """White space before the dash."""
    inner: str
    """The same for the keys of the mapping behind the dash."""
    keys: list[Key] | None
    """``None`` where it is no block mapping."""
    inline: tuple[int, int] | None
    """Columns of a text or flow list on the dash's line."""


@dataclass(slots=True)
class FileText:
    """A layout file's lines and its top-level keys."""

    lines: list[str]
    keys: list[Key]
    comments: dict[int, str]
    """Index of a line → the comment on it, from its ``#``."""
    ending: str
    """``\\r`` where its lines end with one."""


class UnusualText(Exception):
    """A style of YAML whose pieces cannot be replaced one by one: the whole is one flow mapping, or a key is marked with ``?``."""


def read_file_text(text: str) -> FileText:
    """The pieces of ``text``, which is YAML that :mod:`build_scripts.yamlfile` has read. Raises :class:`UnusualText`."""
    lines = text.split("\n")
    node = yaml.compose(text, Loader=_Loader)
    if not isinstance(node, yaml.MappingNode) or node.flow_style:
        raise UnusualText
    keys = list(_keys(node, lines, 0))
    return FileText(lines, keys, find_comments(text), "\r" if lines[0].endswith("\r") and len(lines) > 1 else "")


def find_comments(text: str) -> dict[int, str]:
    """The comments of a YAML file by the index of their line. A ``#`` within a text begins none, so the texts are stepped over."""
    outside, done = "", 0
    for token in yaml.scan(text, Loader=_Loader):
        if isinstance(token, yaml.ScalarToken):
            start, end = token.start_mark.index, token.end_mark.index
            outside += text[done:start] + re.sub(".", "x", text[start:end])
            done = end
    outside += text[done:]
    lines = text.split("\n")
    found = [(i, _COMMENT.search(line)) for i, line in enumerate(outside.split("\n"))]
    return {i: lines[i][match.start(1) :].rstrip() for i, match in found if match}


def _keys(node: yaml.MappingNode, lines: list[str], above: int) -> Iterator[Key]:
    for name, value in node.value:
        first, column = name.start_mark.line, name.start_mark.column
        before = lines[first][:column]
        if before.strip(" ") and not _DASH.fullmatch(before):
            raise UnusualText
        last = max(first, _last(value))
        inline = (value.start_mark.column, value.end_mark.column) if value.start_mark.line == value.end_mark.line == first else None
        if value.start_mark.index == value.end_mark.index:
            inline = None
        members = list(_members(value, lines, first + 1)) if isinstance(value, yaml.SequenceNode) and not value.flow_style else None
        yield Key(name.value, above, first, last, inline, members)
        above = last + 1


def _members(node: yaml.SequenceNode, lines: list[str], above: int) -> Iterator[Member]:
    for item in node.value:
        first, column = item.start_mark.line, item.start_mark.column
        dash = _DASH.fullmatch(lines[first][:column])
        if not dash:
            raise UnusualText
        keys = list(_keys(item, lines, first)) if isinstance(item, yaml.MappingNode) and not item.flow_style else None
        last = max(first, _last(item))
        block = keys is not None or (isinstance(item, yaml.SequenceNode) and not item.flow_style)
        inline = (column, item.end_mark.column) if not block and item.end_mark.line == first else None
        yield Member(above, first, last, dash[1], " " * column, keys, inline)
        above = last + 1


def _last(node: yaml.Node) -> int:
    """The last line of what ``node`` writes, without the comments and blank lines that follow it."""
    if isinstance(node, yaml.CollectionNode) and not node.flow_style:
        children = [child for pair in node.value for child in pair] if isinstance(node, yaml.MappingNode) else node.value
        return max((_last(child) for child in children), default=node.start_mark.line)
    if isinstance(node, yaml.ScalarNode) and node.style in ("|", ">"):
        return max(int(node.start_mark.line), int(node.end_mark.line) - (node.end_mark.column == 0))
    return int(node.end_mark.line)
