"""A layout as the tree of texts that its YAML file writes: what :mod:`render` prints and :mod:`rewrite` compares.

Places stand as an editor writes them, as short as they go and without blank margins: layouts with one tree are the same layout.
"""

import json
import re
from typing import TypeAlias

from build_scripts.layout.layoutfile import ArticleLayout, Block, Correction, Layout, Spans
from build_scripts.layout.places import write_place
from build_scripts.source import Page, Span

Tree: TypeAlias = str | list["Tree"] | dict[str, "Tree"]
Item: TypeAlias = dict[str, Tree]

SECTIONS = ("furniture", "packages", "articles", "corrections")
ARTICLE_KEYS = ("id", "type", "package", "parent", "kicker", "title", "subtitle", "credit", "byline", "continuation", "body")
CORRECTION_KEYS = ("line", "column", "printed", "corrected", "kind", "note")
KEY_ORDER = {key: number for number, key in enumerate(("page", *SECTIONS, *ARTICLE_KEYS, *CORRECTION_KEYS))}
"""Where a new key goes among those that stand already."""

_TEXTS = frozenset(("printed", "corrected", "note", "page"))
"""Keys whose text stands in quotes even where it looks like a number."""
_NO_PLACES = frozenset(("id", "type", "package", "parent", "body", *CORRECTION_KEYS))
_PLAIN = re.compile(r"[A-Za-z0-9]*[A-Za-z][A-Za-z0-9_-]*")
_WORDS = frozenset(("y", "n", "yes", "no", "on", "off", "true", "false", "null"))
"""Plain words that other readers of YAML take for something else than text."""
_PLACE = re.compile(r"(\d+)(?::\d+)?(?:-(\d+)(?::\d+)?)?")


def layout_tree(layout: Layout, page: Page) -> Item:
    """``layout`` as its file writes it, keys in their usual order, empty ones left out; ``articles`` is always there."""

    def places(spans: Spans) -> Tree:
        written: list[Tree] = [write_place(page, _trimmed(page, span)) for span in spans]
        return written[0] if len(written) == 1 else written

    def block(item: Block) -> Tree:
        return {"head": places(item.spans)} if item.head else places(item.spans)

    def article(item: ArticleLayout) -> Tree:
        tree: Item = {"id": item.id, "type": item.type}
        tree |= {key: name for key, name in (("package", item.package), ("parent", item.parent)) if name}
        parts = {"kicker": item.kicker, "title": item.title, "subtitle": item.subtitle, "credit": item.credit}
        parts |= {"byline": item.bylines, "continuation": item.continuation}
        tree |= {key: places(spans) for key, spans in parts.items() if spans}
        return tree | {"body": [block(one) for one in item.body]}

    tree: Item = {"page": page.name}
    if layout.furniture:
        tree["furniture"] = [{item.role: places(item.spans)} for item in layout.furniture]
    if layout.packages:
        tree["packages"] = [{"id": item.id, "title": places(item.title)} for item in layout.packages]
    tree["articles"] = [article(item) for item in layout.articles]
    if layout.corrections:
        tree["corrections"] = [_correction(item) for item in layout.corrections]
    return tree


def _trimmed(page: Page, span: Span) -> Span:
    text = page.text[span.start : span.end]
    return Span(span.start + len(text) - len(text.lstrip()), span.start + len(text.rstrip()))


def _correction(item: Correction) -> Tree:
    values = {
        "line": str(item.line),
        "column": None if item.column is None else str(item.column),
        "printed": item.printed,
        "corrected": item.corrected,
        "kind": item.kind,
        "note": item.note,
    }
    return {key: value for key, value in values.items() if value is not None}


def lines_of(tree: Tree) -> list[tuple[int, int]]:
    """First and last page line of every place in the tree of a part, in its order; ids and a body's blocks are left out."""
    if isinstance(tree, str):
        match = _PLACE.fullmatch(tree)
        return [(int(match[1]), int(match[2] or match[1]))] if match else []
    if isinstance(tree, dict):
        return [pair for key, value in tree.items() if key not in _NO_PLACES for pair in lines_of(value)]
    return [pair for value in tree for pair in lines_of(value)]


def write_value(key: str, value: Tree) -> str:
    """A text, or a list of places, as it stands behind ``key: ``."""
    if isinstance(value, list):
        return "[" + ", ".join(json.dumps(one) if ":" in one else one for one in value if isinstance(one, str)) + "]"
    assert isinstance(value, str)  # mappings stand on lines of their own
    return value if key not in _TEXTS and _PLACE.fullmatch(value) else _scalar(value)


def write_block(block: Tree) -> str:
    """A paragraph or a section head as it stands behind its dash."""
    return f"head: {write_value('head', block['head'])}" if isinstance(block, dict) else write_value("body", block)


def write_entry(key: str, value: Tree, indent: str) -> list[str]:
    """The lines of one key of an article, package, correction or piece of furniture."""
    if key == "body" and isinstance(value, list):
        return [f"{indent}body:", *(f"{indent}- {write_block(block)}" for block in value)] if value else [f"{indent}body: []"]
    return [f"{indent}{key}: {write_value(key, value)}"]


def _scalar(text: str) -> str:
    """A text as a YAML scalar: plain where nothing can be mistaken, else in double quotes, with everything unusual escaped."""
    if _PLAIN.fullmatch(text) and text.lower() not in _WORDS:
        return text
    return "".join(char if char.isprintable() else _escaped(char) for char in json.dumps(text, ensure_ascii=False))


def _escaped(char: str) -> str:
    """YAML's own escape: JSON's pairs of surrogates are none."""
    return f"\\U{ord(char):08x}" if ord(char) > 0xFFFF else f"\\u{ord(char):04x}"
