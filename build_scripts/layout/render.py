"""A layout → its YAML file, as an editor would write it: places as short as they go, reasons as comments."""

import json
import re
from collections import defaultdict
from collections.abc import Iterable
from typing import Protocol

from build_scripts.layout.layoutfile import ArticleLayout, Layout, Spans
from build_scripts.layout.places import write_place
from build_scripts.source import Page

_PLAIN = re.compile(r"[A-Za-z][A-Za-z0-9_-]*")


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
    return _Renderer(page, reasons or ()).render(layout)


class _Renderer:
    def __init__(self, page: Page, reasons: Iterable[Remark]) -> None:
        self.page = page
        self.out: list[str] = []
        self.remarks: dict[int, list[Remark]] = defaultdict(list)
        for remark in reasons:
            self.remarks[remark.line].append(remark)

    def render(self, layout: Layout) -> str:
        self.out.append(f"page: {_scalar(self.page.name)}")
        if layout.furniture:
            self.out.append("furniture:")
        for furniture in layout.furniture:
            self._comment(furniture.spans, "")
            self.out.append(f"- {furniture.role}: {self._places(furniture.spans)}")
        if layout.packages:
            self.out.append("packages:")
        for package in layout.packages:
            self._comment(package.title, "")
            self.out += [f"- id: {package.id}", f"  title: {self._places(package.title)}"]
        self.out.append("articles:" if layout.articles else "articles: []")
        for article in layout.articles:
            self._article(article)
        if layout.corrections:
            self.out.append("corrections:")
        for item in layout.corrections:
            keys = {
                "line": str(item.line),
                "column": None if item.column is None else str(item.column),
                "printed": _scalar(item.printed),
                "corrected": None if item.corrected is None else _scalar(item.corrected),
                "kind": item.kind,
                "note": _scalar(item.note),
            }
            written = [f"{key}: {value}" for key, value in keys.items() if value is not None]
            self.out += [f"- {written[0]}", *(f"  {row}" for row in written[1:])]
        left = [remark for line in sorted(self.remarks) for remark in self.remarks[line]]
        self.out += [_remark(remark) for remark in left]
        return "\n".join(self.out) + "\n"

    def _article(self, article: ArticleLayout) -> None:
        first = article.body[0].spans
        for spans in (article.kicker, article.title, article.subtitle, article.credit, article.bylines, first, article.continuation):
            self._comment(spans, "")
        self.out += [f"- id: {article.id}", f"  type: {article.type}"]
        named = {"package": article.package, "parent": article.parent}
        self.out += [f"  {key}: {value}" for key, value in named.items() if value]
        parts = {"kicker": article.kicker, "title": article.title, "subtitle": article.subtitle, "credit": article.credit}
        parts |= {"byline": article.bylines, "continuation": article.continuation}
        self.out += [f"  {key}: {self._places(spans)}" for key, spans in parts.items() if spans]
        self.out.append("  body:")
        for block in article.body:
            self._comment(block.spans, "  ")
            self.out.append(f"  - {'head: ' if block.head else ''}{self._places(block.spans)}")

    def _places(self, spans: Spans) -> str:
        places = [write_place(self.page, span) for span in spans]
        if len(places) == 1:
            return places[0]
        return "[" + ", ".join(json.dumps(place) if ":" in place else place for place in places) + "]"

    def _comment(self, spans: Spans, indent: str) -> None:
        for span in spans:
            first, last = self.page.place(span.start).line, self.page.place(max(span.start, span.end - 1)).line
            for line in range(first, last + 1):
                if line in self.remarks:
                    self.out += [indent + _remark(remark) for remark in self.remarks.pop(line)]


def _remark(remark: Remark) -> str:
    text = "".join(char if char.isprintable() else "·" for char in remark.text)
    return f"# {'待核 ' if remark.doubt else ''}行 {remark.line}：{text}"


def _scalar(text: str) -> str:
    """A text as a YAML scalar: plain where nothing can be mistaken, else in double quotes, with everything unusual escaped."""
    if _PLAIN.fullmatch(text):
        return text
    printable = all(char.isprintable() and ord(char) < 0x10000 for char in text)
    return json.dumps(text, ensure_ascii=not printable)
