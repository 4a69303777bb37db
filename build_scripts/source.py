"""Raw files → :class:`Page`. The only reader of raw pages.

A raw page is kept byte for byte. Lines are split at ``\\n`` only and count from 1; columns are code points and count from 0.
"""

import re
from bisect import bisect_right
from dataclasses import dataclass, field
from hashlib import sha256
from itertools import accumulate, pairwise
from pathlib import Path

from build_scripts.errors import SourceError

MAX_BYTES = 4_000_000
"""A printed page holds about 15 KB; anything this much larger is not a page of a newspaper."""

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f\ufffe\uffff]")
"""All but tab, line feed, form feed and carriage return, which text out of a PDF may hold."""


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A half-open range ``[start, end)`` of offsets into a page's text, in code points."""

    start: int
    end: int


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """A printed place: ``line`` from 1, ``column`` from 0."""

    line: int
    column: int


@dataclass(frozen=True, slots=True)
class Page:
    """One raw page 版 as the paper's PDF or OCR gave it, unchanged."""

    issue: str
    name: str
    """The page's printed name (``D1``), or ``unpaged-1`` where none is printed."""
    source: str
    """The file's path relative to the archive's root, with forward slashes: what every record cites."""
    text: str
    sha256: str
    """Of the file's bytes."""
    starts: tuple[int, ...] = field(repr=False)
    """The offset at which each line begins."""

    @property
    def line_count(self) -> int:
        """How many lines there are; text after the last ``\\n`` is a line, even when it is empty."""
        return len(self.starts)

    def place(self, offset: int) -> Place:
        """Where the character at ``offset`` is printed."""
        line = bisect_right(self.starts, offset)
        return Place(line, offset - self.starts[line - 1])

    def line_span(self, line: int) -> Span:
        """The line without its ``\\n``. ``IndexError`` when the page has no such line."""
        if not 1 <= line <= self.line_count:
            raise IndexError(line)
        end = self.starts[line] - 1 if line < self.line_count else len(self.text)
        return Span(self.starts[line - 1], end)

    def line_spans(self) -> list[Span]:
        """:meth:`line_span` of every line."""
        return [Span(start, end - 1) for start, end in pairwise((*self.starts, len(self.text) + 1))]

    def line_text(self, line: int) -> str:
        """The line as printed, without its ``\\n``."""
        span = self.line_span(line)
        return self.text[span.start : span.end]

    def lines(self) -> list[str]:
        """All lines as printed."""
        return self.text.split("\n")


def read_page(path: Path, *, issue: str, name: str, source: str) -> Page:
    """The raw page in ``path``.

    Raises :class:`SourceError` for a file that is missing, empty, too large, not UTF-8, or that holds control characters:
    they are signs of a binary file, and some of them (U+0002, U+0003) are private marks of the Markdown renderer.
    """
    if path.exists() and not path.is_file():
        raise SourceError(path, 0, "is no file", "a raw page as UTF-8 text")
    try:
        data = path.read_bytes()
    except OSError as error:
        raise SourceError(path, 0, f"cannot be read ({error.strerror})", "a raw page as UTF-8 text") from error
    return make_page(data, path=path, issue=issue, name=name, source=source)


def make_page(data: bytes, *, path: Path | str, issue: str, name: str, source: str) -> Page:
    """A page from the bytes of its file; ``path`` is for messages. Raises as :func:`read_page` does."""
    if len(data) > MAX_BYTES:
        raise SourceError(path, 0, f"has {len(data)} bytes", f"a page of at most {MAX_BYTES} bytes")
    if data.startswith((b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")):
        raise SourceError(path, 1, "begins with a byte order mark", "UTF-8 without one")
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise SourceError(path, line, f"byte 0x{data[error.start]:02x} is not UTF-8", "UTF-8 text") from error
    if control := _CONTROL.search(text):
        line = text.count("\n", 0, control.start()) + 1
        raise SourceError(path, line, f"holds the control character U+{ord(control.group()):04X}", "plain text")
    if not text.strip():
        raise SourceError(path, 0, "is empty", "the text of a page")
    return Page(issue, name, source, text, sha256(data).hexdigest(), line_starts(text))


def line_starts(text: str) -> tuple[int, ...]:
    """The offset at which each line of ``text`` begins."""
    lines = text.split("\n")
    return (0, *accumulate(len(line) + 1 for line in lines[:-1]))
