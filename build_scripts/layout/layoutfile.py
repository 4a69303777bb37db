"""The reviewed layout of one page: ``content/sources/<issue>/<page>.yml`` → :class:`Layout`.

Segmentation is proposed by a program and settled by an editor; from then on this file is the truth. Every non-blank character of
the page belongs to exactly one part. Ids stand here and never change: readers' links are made of them.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from build_scripts.errors import Gathered, LayoutError
from build_scripts.layout.places import read_place
from build_scripts.source import Page, Span
from build_scripts.yamlfile import Entry, parse_yaml, read_yaml

ARTICLE_TYPES = ("brief", "news", "feature", "editors_note", "caption")
FURNITURE_ROLES = ("masthead", "slogan", "label")
CORRECTION_KINDS = ("glyph", "typo", "ocr", "duplicate", "number")
ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
"""What an id may look like. It becomes a folder of the site, so nothing else is let through."""
MAX_ID = 80

Spans = tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Correction:
    """An editor's reading of a place that paper, fonts or extraction got wrong: ``sic``/``corr`` of scholarly editions."""

    line: int
    column: int | None
    """Where ``printed`` begins on that line; needed only where it stands there more than once."""
    printed: str
    """As the page prints it, without white space and line breaks."""
    corrected: str | None
    """``None``: certainly wrong, but what was meant cannot be known."""
    kind: str
    note: str
    entry: Entry
    """Where the correction stands, for messages."""
    date: str | None = None
    """ISO day on which the editor made it, where that is noted."""


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph or a section head: its printed ranges in reading order."""

    spans: Spans
    head: bool = False


@dataclass(frozen=True, slots=True)
class ArticleLayout:
    """The printed ranges of one article 稿件 and its parts."""

    id: str
    type: str
    kicker: Spans
    title: Spans
    subtitle: Spans
    credit: Spans
    """讯头: 科学导报讯."""
    bylines: Spans
    body: tuple[Block, ...]
    continuation: Spans
    """The printed line 下转…版."""
    parent: str | None
    package: str | None
    entry: Entry


@dataclass(frozen=True, slots=True)
class Package:
    """A series headline over several articles."""

    id: str
    title: Spans
    entry: Entry


@dataclass(frozen=True, slots=True)
class Furniture:
    """Masthead 报头, slogan or label: printed, but no article's."""

    role: str
    spans: Spans


@dataclass(frozen=True, slots=True)
class Layout:
    """All parts of one page, in the order of the layout file, which is the reading order."""

    path: Path
    furniture: Sequence[Furniture]
    packages: Sequence[Package]
    articles: Sequence[ArticleLayout]
    corrections: Sequence[Correction]


LAYOUT_KEYS = frozenset({"page", "furniture", "packages", "articles", "corrections"})
_ARTICLE = frozenset({"kicker", "title", "subtitle", "credit", "byline", "continuation", "parent", "package"})
_CORRECTION = frozenset({"line", "printed", "kind", "note"})


def read_layout(path: Path, page: Page) -> Layout:
    """The layout of ``page`` in ``path``. Raises :class:`LayoutError` with file and line for whatever breaks its rules."""
    return _layout(read_yaml(path), page)


def parse_layout(data: bytes, path: Path, page: Page) -> Layout:
    """As :func:`read_layout`, from bytes."""
    return _layout(parse_yaml(data, path), page)


def _layout(root: Entry, page: Page) -> Layout:
    layout = layout_of(root, page)
    check_layout(layout, page)
    return layout


def check_layout(layout: Layout, page: Page) -> None:
    """Raises :class:`LayoutError` where ids clash or lead nowhere, and where characters have no part or two."""
    gathered = Gathered()
    _check_ids(layout, gathered)
    _check_cover(layout, page, gathered)
    gathered.raise_all()


def layout_of(root: Entry, page: Page) -> Layout:
    """The layout that ``root`` writes, each part read by itself: it may leave text out or use it twice, as one does that is being made."""
    gathered = Gathered()
    top = root.mapping("the layout", required=frozenset({"page", "articles"}), optional=LAYOUT_KEYS)
    with gathered:
        if top["page"].text("page") != page.name:
            raise top["page"].error(f"page is {top['page'].value!r}", f"{page.name!r}, the page that the file lies beside")
    layout = Layout(
        root.path,
        gathered.each(lambda entry: _furniture(entry, page), _list(top, "furniture", gathered)),
        gathered.each(lambda entry: _package(entry, page), _list(top, "packages", gathered)),
        gathered.each(lambda entry: _article(entry, page), _list(top, "articles", gathered)),
        gathered.each(_correction, _list(top, "corrections", gathered)),
    )
    gathered.raise_all()
    return layout


def _list(mapping: dict[str, Entry], key: str, gathered: Gathered) -> list[Entry]:
    with gathered:
        return mapping[key].items(key) if key in mapping else []
    return []


def _spans(mapping: dict[str, Entry], key: str, page: Page) -> Spans:
    return tuple(read_place(entry, page, key) for entry in mapping[key].one_or_many()) if key in mapping else ()


def read_id(entry: Entry, what: str) -> str:
    """An id that can stand in an address. Raises for anything else, ``../x`` among it."""
    text = entry.text(what)
    if not ID.fullmatch(text) or len(text) > MAX_ID:
        raise entry.error(f"{what} is {text[:100]!r}", f"lower-case letters, digits and single hyphens, at most {MAX_ID}")
    if text in _TAKEN:
        raise entry.error(f"{what} is {text!r}", "another id: the site needs this name for a page of its own")
    return text


_TAKEN = frozenset({"index", "readme"})
"""Names under which MkDocs puts a folder's own page."""


def _furniture(entry: Entry, page: Page) -> Furniture:
    pairs = list(entry.pairs())
    if len(pairs) != 1 or pairs[0][0] not in FURNITURE_ROLES:
        raise entry.error("this furniture has no known role", f"one of {', '.join(FURNITURE_ROLES)}, and its place")
    role, place = pairs[0]
    return Furniture(role, tuple(read_place(one, page, role) for one in place.one_or_many()))


def _package(entry: Entry, page: Page) -> Package:
    keys = entry.mapping("the package", required=frozenset({"id", "title"}), optional=frozenset())
    return Package(read_id(keys["id"], "id"), _spans(keys, "title", page), entry.without_value())


def _article(entry: Entry, page: Page) -> ArticleLayout:
    keys = entry.mapping("the article", required=frozenset({"id", "type", "body"}), optional=_ARTICLE)
    kind = keys["type"].text("type")
    if kind not in ARTICLE_TYPES:
        raise keys["type"].error(f"type is {kind!r}", f"one of {', '.join(ARTICLE_TYPES)}")
    return ArticleLayout(
        id=read_id(keys["id"], "id"),
        type=kind,
        kicker=_spans(keys, "kicker", page),
        title=_spans(keys, "title", page),
        subtitle=_spans(keys, "subtitle", page),
        credit=_spans(keys, "credit", page),
        bylines=_spans(keys, "byline", page),
        body=tuple(_block(block, page) for block in keys["body"].items("body")),
        continuation=_spans(keys, "continuation", page),
        parent=read_id(keys["parent"], "parent") if "parent" in keys else None,
        package=read_id(keys["package"], "package") if "package" in keys else None,
        entry=entry.without_value(),
    )


def _block(entry: Entry, page: Page) -> Block:
    if isinstance(entry.value, dict):
        keys = entry.mapping("a part of the body", required=frozenset({"head"}), optional=frozenset())
        return Block(_spans(keys, "head", page), head=True)
    return Block(tuple(read_place(one, page, "a paragraph") for one in entry.one_or_many()))


def _correction(entry: Entry) -> Correction:
    keys = entry.mapping("the correction", required=_CORRECTION, optional=frozenset({"column", "corrected", "date"}))
    kind = keys["kind"].text("kind")
    if kind not in CORRECTION_KINDS:
        raise keys["kind"].error(f"kind is {kind!r}", f"one of {', '.join(CORRECTION_KINDS)}")
    printed = keys["printed"].text("printed")
    corrected = keys["corrected"].text("corrected") if "corrected" in keys else None
    for name, text in (("printed", printed), ("corrected", corrected or "")):
        if any(char.isspace() for char in text):
            raise keys[name].error(f"{name} is {text!r}", "text without white space and line breaks, as the running text joins it")
    if printed == corrected:
        raise entry.error(f"printed and corrected are both {printed!r}", "two readings")
    return Correction(
        line=keys["line"].integer("line"),
        column=keys["column"].integer("column") if "column" in keys else None,
        printed=printed,
        corrected=corrected,
        kind=kind,
        note=keys["note"].text("note"),
        entry=entry.without_value(),
        date=keys["date"].day("date") if "date" in keys else None,
    )


def _check_ids(layout: Layout, gathered: Gathered) -> None:
    seen: dict[str, Entry] = {}
    items: list[Package | ArticleLayout] = [*layout.packages, *layout.articles]
    for item in items:
        with gathered:
            if item.id in seen:
                raise item.entry.error(f"the id {item.id!r} is taken", f"an id of its own (first on line {seen[item.id].line})")
            seen[item.id] = item.entry
    articles = {article.id: article for article in layout.articles}
    packages = {package.id for package in layout.packages}
    gathered.each(lambda article: _check_article(article, articles, packages), layout.articles)
    members = {article.package for article in layout.articles}
    for package in layout.packages:
        with gathered:
            if package.id not in members:
                raise package.entry.error(f"no article belongs to the package {package.id!r}", "at least one")


def _check_article(article: ArticleLayout, articles: dict[str, ArticleLayout], packages: set[str]) -> None:
    if article.parent is not None and (article.parent == article.id or article.parent not in articles):
        raise article.entry.error(f"parent is {article.parent!r}", "the id of another article of this page")
    if article.package is not None and article.package not in packages:
        raise article.entry.error(f"package is {article.package!r}", "the id of a package of this page")
    if article.parent is not None and articles[article.parent].parent is not None:
        raise article.entry.error(f"parent is {article.parent!r}, which has a parent itself", "an article that stands alone")
    if article.parent is not None and article.package is not None:
        raise article.entry.error(f"the article {article.id!r} has a parent and a package", "one or the other")
    if all(block.head for block in article.body):
        raise article.entry.error(f"the article {article.id!r} has no body", "at least one paragraph")


def parts(layout: Layout) -> list[tuple[str, Span]]:
    """Every span of the layout with the name of the part it is, such as ``datong title``; in the order of the file."""
    found: list[tuple[str, Span]] = []
    for furniture in layout.furniture:
        found += [(furniture.role, span) for span in furniture.spans]
    for package in layout.packages:
        found += [(f"{package.id} title", span) for span in package.title]
    for article in layout.articles:
        for name in ("kicker", "title", "subtitle", "credit", "bylines", "continuation"):
            found += [(f"{article.id} {name}", span) for span in getattr(article, name)]
        for block in article.body:
            name = "section head" if block.head else "paragraph"
            found += [(f"{article.id} {name}", span) for span in block.spans]
    return found


def find_overlaps(layout: Layout, page: Page) -> tuple[tuple[int, str, str], ...]:
    """Where text belongs to two parts: the page's offset at which the second begins, and the names of both."""
    found: list[tuple[int, str, str]] = []
    widest: tuple[str, Span] | None = None
    for name, span in sorted(parts(layout), key=lambda part: part[1]):
        if widest and span.start < widest[1].end and page.text[span.start : min(widest[1].end, span.end)].strip():
            found.append((span.start, widest[0], name))
        if widest is None or span.end > widest[1].end:
            widest = name, span
    return tuple(found)


def find_gaps(layout: Layout, page: Page) -> tuple[Span, ...]:
    """The printed text that belongs to no part, in the page's order, without blank margins."""
    gaps: list[Span] = []
    covered = 0
    ends = [*sorted(span for _, span in parts(layout)), Span(len(page.text), len(page.text))]
    for span in ends:
        text = page.text[covered : span.start]
        if text.strip():
            gaps.append(Span(covered + len(text) - len(text.lstrip()), covered + len(text.rstrip())))
        covered = max(covered, span.end)
    return tuple(gaps)


def _check_cover(layout: Layout, page: Page, gathered: Gathered) -> None:
    """Each non-blank character in exactly one part; the message names the raw page and its line."""
    raw = layout.path.with_suffix(".txt")
    expected = f"each character in exactly one part of {layout.path.name}"
    for start, name, other in find_overlaps(layout, page):
        with gathered:
            raise LayoutError(raw, page.place(start).line, f"belongs to both {name!r} and {other!r}", expected)
    for gap in find_gaps(layout, page):
        with gathered:
            place = page.place(gap.start)
            rest = page.text[gap.start : gap.end].split("\n")[0]
            raise LayoutError(raw, place.line, f"column {place.column} belongs to no part: {rest[:30]!r}", expected)
