"""A page and its layout side by side as one HTML file, for an editor to look at: no script, no other file, nothing from another host.

Whatever comes from the page or the layout is escaped by the template engine; the one style sheet is named by its hash in the file's own
Content-Security-Policy, so that nothing else could run or load.
"""

import base64
from collections import defaultdict
from collections.abc import Iterable
from hashlib import sha256
from itertools import groupby
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from build_scripts.errors import OutputError
from build_scripts.layout.draft import Note, draft_layout
from build_scripts.layout.filetext import find_comments
from build_scripts.layout.layoutfile import LAYOUT_KEYS, ArticleLayout, Layout, Spans, find_gaps, layout_of
from build_scripts.layout.places import write_place
from build_scripts.layout.render import REMARK, Remark
from build_scripts.passage import join_passage
from build_scripts.source import Page, Span, read_page
from build_scripts.transaction import write_file
from build_scripts.yamlfile import read_yaml

GENERATOR = "archive draft"
"""Marks the files that this wrote and may write again."""

_PARTS = {
    "kicker": "引题",
    "title": "主标题",
    "subtitle": "副题",
    "credit": "讯头",
    "bylines": "署名",
    "paragraph": "正文",
    "head": "小标题",
    "continuation": "转版",
    "masthead": "报头",
    "slogan": "口号",
    "label": "标签",
    "package": "总题",
}
_TYPES = {"brief": "简讯", "news": "消息", "feature": "通讯", "editors_note": "编前语", "caption": "图片说明"}
_HEAD = 1000
"""Bytes of a file in which its generator is looked for."""
_COLOURS = 6
_LABEL = 24
"""Characters of an untitled article's text that stand for its title."""


def read_remarks(text: str) -> tuple[Note, ...]:
    """The remarks that stand as comments in a layout file."""
    found = (REMARK.fullmatch(comment) for _, comment in sorted(find_comments(text).items()))
    return tuple(Note(int(match[2]), "", match[3], doubt=bool(match[1])) for match in found if match)


def render_sheet(page: Page, layout: Layout, remarks: Iterable[Remark], title: str) -> str:
    """The HTML file. ``layout`` may leave text out or use it twice: that is what the editor looks for; it is shown in red."""
    return _Sheet(page, layout, remarks).render(title)


def write_sheet(path: Path, layout_path: Path | None, target: Path) -> int:
    """Writes the sheet of the raw page in ``path`` to ``target``, with the layout in ``layout_path`` or else a new draft.

    Returns how many places are to be settled. Raises :class:`~build_scripts.errors.ArchiveError` for bad input, and where ``target``
    holds anything but an earlier sheet: nothing that is not ours is overwritten.
    """
    if target.is_dir():
        raise OutputError(target, 0, "is a folder", "a file, or nothing, here")
    if target.exists() and f'content="{GENERATOR}"' not in target.read_bytes()[:_HEAD].decode("utf-8", "replace"):
        raise OutputError(target, 0, "is not a sheet that was written before", "a new file")
    remarks: tuple[Note, ...]
    if layout_path:
        root = read_yaml(layout_path)
        name = root.mapping("the layout", required=frozenset({"page", "articles"}), optional=LAYOUT_KEYS)["page"].text("page")
        page = read_page(path, issue="", name=name, source=path.as_posix())
        layout, remarks = layout_of(root, page), read_remarks(layout_path.read_bytes().decode())
    else:
        page = read_page(path, issue="", name="unpaged-1", source=path.as_posix())
        draft = draft_layout(page)
        layout, remarks = draft.layout, draft.reasons
    sheet = _Sheet(page, layout, remarks)
    write_file(target, sheet.render(path.name).encode())
    return len(sheet.settle())


class _Sheet:
    """Who owns each character of the page."""

    def __init__(self, page: Page, layout: Layout, remarks: Iterable[Remark]) -> None:
        self.page = page
        self.layout = layout
        self.gaps = find_gaps(layout, page)
        self.remarks: dict[int, list[Remark]] = defaultdict(list)
        for remark in remarks:
            self.remarks[remark.line].append(remark)
        self.owner: list[tuple[int, str] | None] = [None] * len(page.text)
        self.again = bytearray(len(page.text))
        for furniture in layout.furniture:
            self._own(furniture.spans, 0, furniture.role)
        for package in layout.packages:
            self._own(package.title, 0, "package")
        for number, article in enumerate(layout.articles, 1):
            for part, spans in self._parts(article):
                self._own(spans, number, part)

    def render(self, title: str) -> str:
        """The sheet as HTML."""
        folder = Path(__file__).parent
        style = (folder / "sheet.css").read_text("utf-8")
        environment = Environment(loader=FileSystemLoader(folder), autoescape=True, undefined=StrictUndefined)
        return environment.get_template("sheet.html").render(
            generator=GENERATOR,
            title=title,
            style=Markup(style),
            style_hash=base64.b64encode(sha256(style.encode()).digest()).decode(),
            gaps=len(self.gaps),
            twice=len(list(self.twice())),
            doubts=sum(remark.doubt for remarks in self.remarks.values() for remark in remarks),
            settle=self.settle(),
            lines=[self.line(number) for number in range(1, self.page.line_count + 1)],
            articles=[self.article(number, article) for number, article in enumerate(self.layout.articles, 1)],
            others=self.others(),
        )

    def _parts(self, article: ArticleLayout) -> Iterable[tuple[str, Spans]]:
        for part in ("kicker", "title", "subtitle", "credit", "bylines"):
            if spans := getattr(article, part):
                yield part, spans
        for block in article.body:
            yield ("head" if block.head else "paragraph"), block.spans
        if article.continuation:
            yield "continuation", article.continuation

    def _own(self, spans: Spans, number: int, part: str) -> None:
        for span in spans:
            for offset in range(span.start, span.end):
                self.again[offset] |= self.owner[offset] is not None and not self.page.text[offset].isspace()
                self.owner[offset] = (number, part)

    def twice(self) -> Iterable[int]:
        """Offsets at which text begins that has two parts."""
        return (offset for offset in range(len(self.again)) if self.again[offset] and not (offset and self.again[offset - 1]))

    def settle(self) -> list[dict[str, Any]]:
        """What the editor has to do, in the page's order."""
        found = [(self.page.place(gap.start).line, f"没有归属：{self.page.text[gap.start : gap.end][:_LABEL]}") for gap in self.gaps]
        found += [(self.page.place(offset).line, "划进了两个部分") for offset in self.twice()]
        found += [(line, remark.text) for line, remarks in self.remarks.items() for remark in remarks if remark.doubt]
        return [{"line": min(max(line, 1), self.page.line_count), "text": text} for line, text in sorted(found)]

    def line(self, number: int) -> dict[str, Any]:
        """One printed line in pieces of one owner each."""
        span = self.page.line_span(number)
        pieces = []
        for (owner, again), offsets in groupby(range(span.start, span.end), key=lambda offset: (self.owner[offset], self.again[offset])):
            places = list(offsets)
            pieces.append(self._piece(owner, Span(places[0], places[-1] + 1), twice=bool(again)))
        notes = [{"text": remark.text, "doubt": remark.doubt} for remark in self.remarks.get(number, ())]
        return {"number": number, "pieces": pieces, "notes": notes}

    def _piece(self, owner: tuple[int, str] | None, span: Span, *, twice: bool) -> dict[str, Any]:
        text = self.page.text[span.start : span.end]
        piece: dict[str, Any] = {"text": text, "style": "blank", "label": "", "tag": "", "target": ""}
        if owner is None:
            return piece | ({"style": "gap", "label": "没有归属"} if text.strip() else {})
        number, part = owner
        begins = span.start == 0 or (self.owner[span.start - 1] != owner and bool(text.strip()))
        label = f"第{number}篇 {_PARTS[part]}" if number else _PARTS[part]
        style = f"{_colour(number)} part-{part}{' twice' if twice else ''}"
        if begins and number and part != "paragraph":
            piece |= {"tag": f"{number} {_PARTS[part]}", "target": f"a{number}"}
        return piece | {"style": style, "label": label}

    def article(self, number: int, article: ArticleLayout) -> dict[str, Any]:
        """One article as it would read."""
        spans = article.title or article.body[0].spans
        heading = join_passage(self.page, spans, gaps=True).text
        under = f"属 {article.parent or article.package}" if article.parent or article.package else ""
        return {
            "number": number,
            "id": article.id,
            "style": _colour(number),
            "type": _TYPES[article.type],
            "heading": heading if article.title else f"（无题）{heading[:_LABEL]}",
            "under": under,
            "parts": [self._part(part, spans) for part, spans in self._parts(article)],
        }

    def others(self) -> list[dict[str, Any]]:
        """What belongs to no article."""
        rows = [self._part(furniture.role, furniture.spans) for furniture in self.layout.furniture]
        rows += [self._part("package", package.title) for package in self.layout.packages]
        return sorted(rows, key=lambda row: int(row["line"]))

    def _part(self, part: str, spans: Spans) -> dict[str, Any]:
        gaps = part not in ("paragraph", "head")
        return {
            "name": _PARTS[part],
            "place": "、".join(write_place(self.page, span) for span in spans),
            "line": self.page.place(spans[0].start).line,
            "text": join_passage(self.page, spans, gaps=gaps).text,
            "head": part in ("head", "title"),
        }


def _colour(number: int) -> str:
    return f"a{number % _COLOURS}" if number else "none"
