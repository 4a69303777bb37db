"""Articles → one raw page with its layout and its truth: narrow columns as from a PDF, or a paragraph a line as from OCR."""

import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from build_scripts.lexicon.places import load_lexicon
from build_scripts.synth.text import Misprint, Run, Text, corrected, printed
from build_scripts.synth.writer import Draft

WIDTH = 18
"""Characters of a printed line of a narrow column."""

SLOGAN = ("打造开发区建设升级版", "决胜高质量发展新战场")
CREDIT = "科学导报讯"
PLACELESS = ("caption", "editors_note")
"""Types of articles that need not report on any city."""
PACKAGE = ("以深化改革激发新活力 以项目建设壮大新动能", "——全省开发区“三个一批”活动巡礼")

_UNIT = re.compile("[0-9A-Za-z.%]+|.")
"""What a line never breaks: a Latin word."""
_CLOSING = frozenset("，。、；：！？”’）》")
_HAN = re.compile("[\u4e00-\u9fff]")
_LATIN = re.compile("[0-9A-Za-z]")


@dataclass(frozen=True, slots=True)
class SetPage:
    """One page as its files hold it."""

    text: str
    layout: str
    truth: Mapping[str, Any]
    """As an annotated page (``tests/gold``)."""


@dataclass(frozen=True, slots=True)
class _Span:
    """Where something stands: lines from 1, columns from 0; the end column is behind it."""

    first: int
    last: int
    start: int = 0
    end: int | None = None

    def __str__(self) -> str:
        """As a layout has it."""
        if not self.start and self.end is None:
            return f"{self.first}" if self.first == self.last else f"{self.first}-{self.last}"
        tail = f"{self.last}" if self.end is None else f"{self.last}:{self.end}"
        if self.first == self.last and self.end is None:
            return f"{self.first}:{self.start}"
        return f"{self.first}:{self.start}-{tail}"


@dataclass(frozen=True, slots=True)
class _Places:
    """Where an article's part stands, and what was set on its first and its last line with it."""

    before: _Span | None
    body: _Span
    after: _Span | None


@dataclass(slots=True)
class _Setter:
    """The page so far: every printed line has an empty one behind it."""

    narrow: bool
    lines: list[str] = field(default_factory=list)
    numbers: list[dict[str, Any]] = field(default_factory=list)
    errata: list[dict[str, Any]] = field(default_factory=list)

    def add(self, text: Text, *, before: str = "", after: str = "") -> _Places:
        """Sets ``text``; ``before`` opens its first line and ``after`` closes its last, each apart by a space."""
        first, start = len(self.lines) + 1, len(before) + bool(before)
        rows = [f"{before} " if before else ""]
        for unit in _units(text):
            shown = "".join(printed((piece,)) for piece in unit)
            gap = " " if self.narrow and _apart(rows[-1][-1:], shown[0]) else ""
            if self.narrow and rows[-1] and _width(rows[-1] + gap + shown) > WIDTH and shown not in _CLOSING:
                rows.append("")
                gap = ""
            rows[-1] += gap
            for piece in unit:
                self._note(piece, first + 2 * (len(rows) - 1), len(rows[-1]))
                rows[-1] += printed((piece,))
        last, end, closing = first + 2 * (len(rows) - 1), None, None
        if after and self.narrow and _width(f"{rows[-1]} {after}") > WIDTH:
            rows.append(after)
            closing = _Span(last + 2, last + 2)
        elif after:
            end = len(rows[-1])
            rows[-1] += f" {after}"
            closing = _Span(last, last, end + 1)
        self.lines += [line for row in rows for line in (row, "")]
        return _Places(_Span(first, first, 0, len(before)) if before else None, _Span(first, last, start, end), closing)

    def _note(self, piece: str | Run | Misprint, line: int, column: int) -> None:
        if isinstance(piece, Run):
            self.numbers.append({"line": line, "column": column, "run": piece.text, "context": piece.text, **piece.truth})
        elif isinstance(piece, Misprint):
            erratum = {"line": line, "column": column, "printed": piece.printed, "should": piece.corrected, "kind": piece.kind}
            self.errata.append({**erratum, "why": piece.note, "agreed": True})


def set_page(name: str, number: int, drafts: Sequence[Draft], *, narrow: bool) -> SetPage:
    """``drafts`` as the page ``name``; its articles are numbered from ``number``."""
    setter = _Setter(narrow)
    for words in SLOGAN:
        setter.add((words,))
    layout = [f"page: {name}", "furniture:", "- slogan: [1, 3]"]
    if any(draft.packaged for draft in drafts):
        places = [setter.add((words,)).body for words in PACKAGE]
        layout += ["packages:", f"- id: round-{number:05d}", f"  title: [{', '.join(map(str, places))}]"]
    layout.append("articles:")
    articles = []
    parent = ""
    for at, draft in enumerate(drafts, number):
        key = f"a{at:05d}"
        lines, truth = _set_article(setter, draft)
        layout += [f"- id: {key}", f"  type: {draft.type}"]
        if draft.packaged:
            layout.append(f"  package: round-{number:05d}")
        if draft.child:
            layout.append(f"  parent: {parent}")
        else:
            parent = key
        layout += lines
        articles.append(truth)
    if setter.errata:
        layout.append("corrections:")
    for erratum in setter.errata:
        place = f"line: {erratum['line']}, column: {erratum['column']}, printed: {erratum['printed']}, corrected: {erratum['should']}"
        layout.append(f"- {{{place}, kind: {erratum['kind']}, note: {erratum['why']}}}")
    text = "\n".join(setter.lines)
    blank = [line for line, row in enumerate(setter.lines, 1) if not row]
    truth = {
        "sha256": hashlib.sha256(text.encode()).hexdigest(),
        "blank_lines": [*blank, len(setter.lines) + 1] if text.endswith("\n") else blank,
        "articles": articles,
        "numbers": setter.numbers,
        "errata": setter.errata,
    }
    return SetPage(text, "\n".join(layout) + "\n", truth)


def _set_article(setter: _Setter, draft: Draft) -> tuple[list[str], dict[str, Any]]:
    """The lines of its layout, and its truth."""
    layout = [] if setter.narrow and draft.late else _set_headline(setter, draft)
    body: list[str] = []
    spans: list[_Span] = []
    heads: list[_Span] = []
    for at, block in enumerate(draft.body):
        last = at == len(draft.body) - 1
        places = setter.add(
            block.text,
            before=CREDIT if draft.credit and not at else "",
            after=" ".join((*(("■",) if draft.type == "caption" and draft.authors else ()), *draft.authors)) if last else "",
        )
        if places.before:
            layout.append(f"  credit: {places.before}")
        if places.after:
            layout.append(f"  byline: {places.after}")
        body.append(f"  - head: {places.body}" if block.head else f"  - {places.body}")
        (heads if block.head else spans).append(places.body)
    if setter.narrow and draft.late:
        layout = [*_set_headline(setter, draft), *layout]
    words = "".join(corrected(text) for text in (draft.kicker, *draft.titles, draft.subtitle, *(block.text for block in draft.body)))
    zones = [zone.name for zone in load_lexicon().zones]
    said = {
        "type": [draft.type],
        "title": [corrected(_title(draft)) or None],
        "kicker": [corrected(draft.kicker) or None],
        "subtitle": [corrected(draft.subtitle) or None],
        "authors": list(draft.authors),
        "body_lines": sorted(line for span in spans for line in range(span.first, span.last + 1, 2)),
        "paragraph_starts": [span.first for span in spans],
        "section_heads": [{"line": span.first} for span in heads],
        "cities": [] if draft.type in PLACELESS else [draft.zone.city],
        "zones": [zone for zone in zones if zone in words],
        **{f"{key}_optional": [] for key in ("body_lines", "paragraph_starts", "zones")},
        "cities_optional": [draft.zone.city],
    }
    return [*layout, "  body:", *body], said


def _set_headline(setter: _Setter, draft: Draft) -> list[str]:
    layout = []
    if draft.kicker:
        layout.append(f"  kicker: {setter.add(draft.kicker).body}")
    if setter.narrow and draft.titles:
        layout.append(f"  title: [{', '.join(str(setter.add(clause).body) for clause in draft.titles)}]")
    elif draft.titles:
        layout.append(f"  title: {setter.add(_title(draft)).body}")
    if draft.subtitle:
        layout.append(f"  subtitle: {setter.add(draft.subtitle).body}")
    return layout


def _title(draft: Draft) -> Text:
    """Its clauses, a space between them."""
    return tuple(piece for at, clause in enumerate(draft.titles) for piece in ((" ", *clause) if at else clause))


def _units(text: Text) -> Iterator[tuple[str | Run | Misprint, ...]]:
    """What no line breaks: a figure with its % or Latin unit, a misprint, a Latin word, any other character."""
    unit: list[str | Run | Misprint] = []
    for piece in text:
        for part in _UNIT.findall(piece) if isinstance(piece, str) else (piece,):
            whole = bool(unit) and _joined(unit[-1], part)
            if unit and not whole:
                yield tuple(unit)
                unit = []
            unit.append(part)
    if unit:
        yield tuple(unit)


def _joined(one: str | Run | Misprint, other: str | Run | Misprint) -> bool:
    return isinstance(one, Run) and isinstance(other, str) and _UNIT.fullmatch(other) is not None and other[0].isascii() and other != "-"


def _width(row: str) -> float:
    """Han characters that take the same room."""
    return sum(0.5 if character.isascii() else 1 for character in row)


def _apart(one: str, other: str) -> bool:
    """Whether a narrow column has a space between two characters: beside figures and Latin words."""
    return bool(_HAN.match(one) and _LATIN.match(other)) or bool(_HAN.match(other) and (_LATIN.match(one) or one == "%"))
