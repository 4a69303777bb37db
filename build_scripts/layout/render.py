"""A layout → its YAML file, as an editor would write it: places as short as they go, reasons as comments."""

import re
from collections import defaultdict
from collections.abc import Iterable
from typing import Protocol

from build_scripts.layout.layoutfile import Layout
from build_scripts.layout.tree import Item, Tree, layout_tree, lines_of, write_block, write_entry
from build_scripts.source import Page

REMARK = re.compile(r"\s*# (待核 )?行 (\d{1,7})：(.*)")
"""A remark as a comment: whether it is a doubt, its line of the page, its words."""


class Remark(Protocol):
    """What a comment is made of, such as a :class:`~build_scripts.layout.draft.Note`."""

    @property
    def line(self) -> int: ...
    @property
    def text(self) -> str: ...
    @property
    def doubt(self) -> bool: ...


def render_layout(layout: Layout, page: Page, reasons: Iterable[Remark] | None = None) -> str:
    """The layout file's text; it reads back as the same layout.

    Each of ``reasons`` becomes a comment above the part that stands on its line: ``# 行 8：…``, and ``# 待核 …`` for a doubt.
    """
    return _Renderer(reasons or ()).render(layout_tree(layout, page))


class _Renderer:
    def __init__(self, reasons: Iterable[Remark]) -> None:
        self.out: list[str] = []
        self.remarks: dict[int, list[Remark]] = defaultdict(list)
        for remark in reasons:
            self.remarks[remark.line].append(remark)

    def render(self, tree: Item) -> str:
        for key, value in tree.items():
            if isinstance(value, list):
                self.out.append(f"{key}:" if value else f"{key}: []")
                for item in value:
                    assert isinstance(item, dict)  # each section lists mappings
                    self._item(item)
            else:
                self.out += write_entry(key, value, "")
        left = [remark for line in sorted(self.remarks) for remark in self.remarks[line]]
        self.out += [write_remark(remark) for remark in left]
        return "\n".join(self.out) + "\n"

    def _item(self, item: Item) -> None:
        """One member of a section, below the comments on its lines; those of a body's first paragraph stand above the article."""
        body = item.get("body", [])
        blocks = body if isinstance(body, list) else []
        jump = item.get("continuation", [])
        self._comment({key: value for key, value in item.items() if key != "continuation"}, "")
        if blocks:
            self._comment(blocks[0], "")
        self._comment(jump, "")
        dash = "- "
        for key, value in item.items():
            if key == "body" and blocks:
                self.out.append("  body:")
                for block in blocks:
                    self._comment(block, "  ")
                    self.out.append(f"  - {write_block(block)}")
            else:
                self.out += write_entry(key, value, dash)
            dash = "  "

    def _comment(self, part: Tree, indent: str) -> None:
        for first, last in lines_of(part):
            for line in range(first, last + 1):
                if line in self.remarks:
                    self.out += [indent + write_remark(remark) for remark in self.remarks.pop(line)]


def write_remark(remark: Remark) -> str:
    """The comment that a remark becomes; :data:`REMARK` reads it back."""
    text = "".join(char if char.isprintable() else "·" for char in remark.text)
    return f"# {'待核 ' if remark.doubt else ''}行 {remark.line}：{text}"
