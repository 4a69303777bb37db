"""What was read of an issue, as bytes and back: for the cache, for another process, and for the memory of the one that needs it.

What every build looks at (ids, headlines, places, names) is decoded at once. The rest of each page stays packed until somebody makes
something of it, see :mod:`build_scripts.packed`: its raw text, its layout, the running text of its articles, its figures, its digit runs.
"""

from dataclasses import dataclass, fields, replace
from functools import lru_cache, partial
from pathlib import Path
from typing import Any, TypeVar

import msgspec

from build_scripts.archive import IssueRead
from build_scripts.checks import Check
from build_scripts.figures.records import Figure, Number, PageFigures, Proposal
from build_scripts.keptfigures import encode_rest, open_figures, pack_heads, take_figures
from build_scripts.layout.layoutfile import ArticleLayout, Correction, Furniture, Layout, Package
from build_scripts.origins import Origins
from build_scripts.packed import Later, Piece, pack, words
from build_scripts.projects.records import PageNames
from build_scripts.records import Issue, PageRecord, Paragraph
from build_scripts.source import Page, line_starts

_Record = TypeVar("_Record")

_Figures = tuple[Figure, ...]
_Numbers = tuple[Number, ...]
_Bodies = tuple[tuple[Paragraph, ...], ...]
_LayoutParts = tuple[tuple[Furniture, ...], tuple[Package, ...], tuple[ArticleLayout, ...], tuple[Correction, ...]]


class _Packed(msgspec.Struct, array_like=True, frozen=True):
    """The pieces of one page, and how many items each holds."""

    text: bytes
    layout: bytes
    in_layout: tuple[int, int, int, int]
    bodies: bytes
    blocks: tuple[int, ...]
    """How many each article has."""
    figures: bytes
    heads: bytes
    """Of the figures, see :mod:`build_scripts.keptfigures`."""
    figure_count: int
    numbers: bytes
    number_count: int
    proposals: tuple[Proposal, ...]
    names: PageNames
    checks: tuple[Check, ...]


class _Kept(msgspec.Struct, array_like=True, frozen=True):
    """An issue whose pages lack what is packed beside it."""

    issue: Issue
    pages: tuple[_Packed, ...]
    rounds: _Figures


def encode_issue(root: Path, read: IssueRead) -> bytes:
    """``read`` as bytes; paths are kept relative to ``root``."""

    def encoded(value: object) -> bytes:
        return pack(msgspec.json.encode(value, enc_hook=plain))

    def plain(value: object) -> Any:
        if isinstance(value, Path):
            return value.relative_to(root).as_posix()
        if isinstance(value, Origins):
            return (len(value), value.runs)
        raise TypeError(type(value))

    pages: list[_Packed] = []
    for record in read.issue.pages:
        source, layout = record.page.source, record.layout
        figures = read.figures[source]
        parts = (tuple(layout.furniture), tuple(layout.packages), tuple(layout.articles), tuple(layout.corrections))
        pages.append(
            _Packed(
                text=pack(record.page.text.encode()),
                layout=encoded(parts),
                in_layout=(len(parts[0]), len(parts[1]), len(parts[2]), len(parts[3])),
                bodies=encoded(tuple(tuple(article.body) for article in record.articles)),
                blocks=tuple(len(article.body) for article in record.articles),
                figures=pack(encode_rest(figures.figures)),
                heads=pack_heads(figures.figures),
                figure_count=len(figures.figures),
                numbers=encoded(tuple(figures.numbers)),
                number_count=len(figures.numbers),
                proposals=figures.proposals,
                names=read.names[source],
                checks=read.checks[source],
            )
        )
    issue = replace(read.issue, pages=tuple(map(_bare, read.issue.pages)))
    return msgspec.msgpack.encode(_Kept(issue, tuple(pages), read.rounds), enc_hook=plain)


def _bare(record: PageRecord) -> PageRecord:
    """The record without what is packed beside it."""
    page, path = record.page, record.layout.path
    return replace(
        record,
        page=Page(page.issue, page.name, page.source, "", page.sha256, ()),
        layout=Layout(path, (), (), (), ()),
        articles=tuple(replace(article, body=()) for article in record.articles),
    )


def decode_issue(root: Path, data: bytes) -> IssueRead | None:
    """The issue that was kept, every field of the type that it must have; ``None`` where it is none."""
    try:
        kept = _decoders(root).issue.decode(data)
        if len(kept.pages) != len(kept.issue.pages):
            return None
        pages = tuple(_record(root, bare, packed) for bare, packed in zip(kept.issue.pages, kept.pages, strict=True))
    except (msgspec.MsgspecError, ValueError, TypeError):
        return None
    sources = [page.page.source for page in pages]
    object.__setattr__(kept.issue, "pages", pages)  # nobody has seen it yet
    return IssueRead(
        issue=kept.issue,
        figures={source: _figures(root, source, packed) for source, packed in zip(sources, kept.pages, strict=True)},
        names={source: _names(packed.names) for source, packed in zip(sources, kept.pages, strict=True)},
        checks={source: packed.checks for source, packed in zip(sources, kept.pages, strict=True)},
        rounds=kept.rounds,
    )


def _record(root: Path, bare: PageRecord, packed: _Packed) -> PageRecord:
    decoders = _decoders(root)
    if len(packed.blocks) != len(bare.articles):
        raise ValueError(packed.blocks)
    bodies = Piece(packed.bodies, decoders.bodies.decode)
    for at, (article, blocks) in enumerate(zip(bare.articles, packed.blocks, strict=True)):
        object.__setattr__(article, "body", Later(blocks, partial(_item, bodies, at)))
    parts = Piece(packed.layout, decoders.layout.decode)
    of_layout = [Later[Any](count, partial(_item, parts, at)) for at, count in enumerate(packed.in_layout)]
    page = _KeptPage(bare.page, Piece(packed.text, _text))
    return replace(bare, page=page, layout=Layout(bare.layout.path, *of_layout))


def _figures(root: Path, source: str, packed: _Packed) -> PageFigures:
    decoders = _decoders(root)
    figures = Piece(packed.figures, open_figures)
    numbers = Piece(packed.numbers, decoders.numbers.decode)  # which nobody holds for long
    return PageFigures(
        source,
        Later(packed.number_count, numbers.open),
        # Every page of a city or an indicator looks for them again.
        Later(packed.figure_count, partial(take_figures, source, packed.heads, figures), keep=True),
        packed.proposals,
    )


def _names(names: PageNames) -> PageNames:
    _shared(names.projects, ("article", "part", "zone", "city", "name", "printed"))
    _shared(names.companies, ("article", "part", "name"))
    return names


def _item(piece: Piece[Any], at: int) -> Any:
    return piece.open()[at]


def _text(data: bytes) -> tuple[str, tuple[int, ...]]:
    text = data.decode()
    return text, line_starts(text)


class _KeptPage(Page):
    """A raw page whose text is unpacked when it is needed."""

    __slots__ = ("_lines",)
    _lines: Piece[tuple[str, tuple[int, ...]]]

    def __init__(self, page: Page, lines: Piece[tuple[str, tuple[int, ...]]]) -> None:
        for name in ("issue", "name", "source", "sha256"):
            object.__setattr__(self, name, getattr(page, name))
        object.__setattr__(self, "_lines", lines)

    @property
    def text(self) -> str:
        """See :class:`Page`."""
        return self._lines.open()[0]

    @property
    def starts(self) -> tuple[int, ...]:
        """See :class:`Page`."""
        return self._lines.open()[1]

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Page):
            return NotImplemented
        return all(getattr(self, field.name) == getattr(other, field.name) for field in fields(Page))

    def __hash__(self) -> int:
        return hash((self.source, self.sha256))


@dataclass(frozen=True)
class _Decoders:
    """What reads each kind of piece."""

    issue: msgspec.msgpack.Decoder[_Kept]
    layout: msgspec.json.Decoder[_LayoutParts]
    bodies: msgspec.json.Decoder[_Bodies]
    numbers: msgspec.json.Decoder[_Numbers]


@lru_cache(maxsize=4)  # a root each
def _decoders(root: Path) -> _Decoders:
    def record(kind: type, value: Any) -> Any:
        if issubclass(kind, Path):
            return root / str(value)
        if kind is Origins:
            length, runs = value
            return Origins([first for first, _ in runs], [offset for _, offset in runs], length)
        raise TypeError(kind)

    return _Decoders(
        issue=msgspec.msgpack.Decoder(_Kept, dec_hook=record),
        layout=msgspec.json.Decoder(_LayoutParts, dec_hook=record),
        bodies=msgspec.json.Decoder(_Bodies, dec_hook=record),
        numbers=msgspec.json.Decoder(_Numbers),
    )


def _shared(records: tuple[_Record, ...], names: tuple[str, ...]) -> tuple[_Record, ...]:
    """Makes one object of equal texts, which a fresh reading has anyway: a city's name is held once."""
    for name in names:
        for record in records:
            value = getattr(record, name)
            if value.__class__ is str:
                object.__setattr__(record, name, words.setdefault(value, value))
    return records
