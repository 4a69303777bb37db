"""YAML files that editors write, read with the line of every key and value.

``yaml.safe_load`` would turn ``8:30`` into 510, ``D1: no`` into false and forget where anything stood. Here every scalar is the text
that was written, a key twice in one mapping is an error, and each value knows its line.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import yaml

from build_scripts.errors import LayoutError

MAX_BYTES = 2_000_000
MAX_DEPTH = 12

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
"""An escape can put them where plain text cannot; some are private marks of the Markdown renderer, others cannot be written at all."""

_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True, slots=True)
class Entry:
    """One value of a YAML file: a scalar, a list or a mapping, with the ``line`` it begins on (from 1)."""

    path: Path
    line: int
    value: "str | list[Entry] | dict[str, Entry] | None"
    key_lines: dict[str, int] = field(default_factory=dict)

    def error(self, found: str, expected: str = "") -> LayoutError:
        """The error that names this entry's file and line."""
        return LayoutError(self.path, self.line, found, expected)

    def text(self, what: str) -> str:
        """This scalar. Raises where it is something else or empty."""
        if not isinstance(self.value, str) or not self.value.strip():
            raise self.error(f"{what} is {_kind(self)}", "a text")
        return self.value

    def integer(self, what: str) -> int:
        """This scalar as a whole number of at most nine digits."""
        text = self.text(what)
        if not (text.isascii() and text.isdigit() and len(text) <= 9):
            raise self.error(f"{what} is {text!r}", "a whole number")
        return int(text)

    def items(self, what: str) -> list["Entry"]:
        """The members of this list."""
        if not isinstance(self.value, list):
            raise self.error(f"{what} is {_kind(self)}", "a list")
        return self.value

    def one_or_many(self) -> list["Entry"]:
        """The members of this list, or the one entry that it is: ``title: 4`` and ``title: [4, 6]``."""
        return self.value if isinstance(self.value, list) else [self]

    def mapping(self, what: str, *, required: frozenset[str] = frozenset(), optional: frozenset[str] = frozenset()) -> dict[str, "Entry"]:
        """The keys of this mapping. Raises for a key that is neither ``required`` nor ``optional`` and for one that is missing."""
        if not isinstance(self.value, dict):
            raise self.error(f"{what} is {_kind(self)}", f"keys and values: {', '.join(sorted(required | optional))}")
        for key in self.value:
            if key not in required | optional:
                line = self.key_lines[key]
                raise LayoutError(
                    self.path, line, f"{what} has the unknown key {key!r}", f"one of {', '.join(sorted(required | optional))}"
                )
        for key in sorted(required - self.value.keys()):
            raise self.error(f"{what} lacks the key {key!r}", f"{', '.join(sorted(required))}")
        return self.value

    def pairs(self) -> Iterator[tuple[str, "Entry"]]:
        """Key and value of a mapping whose keys are data."""
        if not isinstance(self.value, dict):
            raise self.error(f"this is {_kind(self)}", "keys and values")
        yield from self.value.items()


def _kind(entry: Entry) -> str:
    if entry.value is None:
        return "empty"
    return {str: f"the text {entry.value!r}", list: "a list", dict: "a mapping"}[type(entry.value)]


def read_yaml(path: Path) -> Entry:
    """The one document in ``path``. Raises :class:`LayoutError` with the line for anything that is not plain YAML."""
    try:
        data = path.read_bytes()
    except OSError as error:
        raise LayoutError(path, 0, f"cannot be read ({error.strerror})", "a YAML file") from error
    return parse_yaml(data, path)


def parse_yaml(data: bytes, path: Path) -> Entry:
    """As :func:`read_yaml`, from bytes; ``path`` is for messages."""
    if len(data) > MAX_BYTES:
        raise LayoutError(path, 0, f"has {len(data)} bytes", f"at most {MAX_BYTES}")
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise LayoutError(path, line, "is not UTF-8", "UTF-8 text") from error
    try:
        loader = _Loader(text)
        try:
            depth = 0
            while not loader.check_event(yaml.StreamEndEvent):
                event = loader.get_event()
                if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
                    raise LayoutError(path, event.start_mark.line + 1, "uses a YAML anchor or alias", "each value written out")
                depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
                if depth > MAX_DEPTH:
                    raise LayoutError(path, event.start_mark.line + 1, f"is nested more than {MAX_DEPTH} deep")
        finally:
            loader.dispose()
        node = yaml.compose(text, Loader=_Loader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        raise LayoutError(path, mark.line + 1 if mark else 0, f"is not YAML: {error.problem or error.context}") from error
    except yaml.YAMLError as error:
        raise LayoutError(path, 0, f"is not YAML: {error}") from error
    if node is None:
        raise LayoutError(path, 0, "is empty", "keys and values")
    return _entry(path, node)


def check_text(text: str, path: Path, line: int) -> None:
    """Raises :class:`LayoutError` where ``text`` holds a character that no value may hold."""
    if char := _CONTROL.search(text):
        raise LayoutError(path, line, f"holds the control character U+{ord(char.group()):04X}", "plain text")


def _entry(path: Path, node: yaml.Node) -> Entry:
    line = node.start_mark.line + 1
    if isinstance(node, yaml.MappingNode):
        values: dict[str, Entry] = {}
        lines: dict[str, int] = {}
        for key_node, value_node in node.value:
            if not isinstance(key_node, yaml.ScalarNode):
                raise LayoutError(path, key_node.start_mark.line + 1, "a key is a list or a mapping", "a text")
            key = key_node.value
            if key in values:
                raise LayoutError(
                    path, key_node.start_mark.line + 1, f"the key {key!r} stands twice", f"it once (first on line {lines[key]})"
                )
            values[key] = _entry(path, value_node)
            lines[key] = key_node.start_mark.line + 1
        return Entry(path, line, values, lines)
    if isinstance(node, yaml.SequenceNode):
        return Entry(path, line, [_entry(path, child) for child in node.value])
    check_text(node.value, path, line)
    empty = isinstance(node, yaml.ScalarNode) and node.tag == "tag:yaml.org,2002:null" and not node.style
    return Entry(path, line, None if empty else node.value)
