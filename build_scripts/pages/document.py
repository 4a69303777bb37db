"""A generated page: front matter and Markdown, as text that MkDocs reads back to exactly what was put in."""

import re
from dataclasses import dataclass

from build_scripts.pages.frontmatter import Meta, render_front_matter

__all__ = ["Document", "Meta", "escape_attribute", "escape_inline", "guard_start", "render_document"]


@dataclass(frozen=True, slots=True)
class Document:
    """One file below ``content/``: ``path`` relative to it, ``meta`` for the template, ``body`` in Markdown."""

    path: str
    meta: Meta
    body: str = ""


def render_document(document: Document) -> str:
    """The file's text. A page's text is data: YAML quotes it, whatever it holds."""
    return f"---\n{render_front_matter(document.meta)}---\n" + (f"\n{document.body}" if document.body else "")


_ESCAPED = str.maketrans(
    {
        **{char: f"\\{char}" for char in "\\`*_{}[]#+!"},
        **{char: f"&#{ord(char)};" for char in "|~=^$@:"},
        "&": "&amp;",
        "<": "&lt;",
        ">": "&gt;",
        '"': "&quot;",
        "\t": " ",
    }
)


def escape_inline(text: str) -> str:
    """``text`` as Markdown that shows just these characters inside a paragraph.

    Python-Markdown escapes with a backslash only some signs; the others are written as character references, which any Markdown
    engine understands.

    >>> escape_inline("[x](javascript:1) <b> 1+11")
    '\\\\[x\\\\](javascript&#58;1) &lt;b&gt; 1\\\\+11'
    """
    return text.translate(_ESCAPED)


_LIST_MARK = re.compile(r"(\d+)([.)])")


def guard_start(markdown: str) -> str:
    """A paragraph's Markdown, kept from beginning a list or a rule: text that begins with ``1.`` or a hyphen is still text."""
    if markdown.startswith("-"):
        return "&#45;" + markdown[1:]
    if match := _LIST_MARK.match(markdown):
        return f"{match[1]}&#{ord(match[2])};{markdown[match.end() :]}"
    return markdown


def escape_attribute(text: str) -> str:
    """``text`` for a double-quoted HTML attribute inside Markdown."""
    return "".join(char if char.isalnum() or char in " ，。、；：“”‘’（）—－…·《》%℃" else f"&#{ord(char)};" for char in text)
