"""A raw page's bytes → UTF-8, for filing: what is UTF-8 is kept byte for byte, three other encodings are converted, the rest is refused.

A page that is filed in a wrong encoding would be wrong for ever, so this asks for certainty where a guess would usually do: the bytes must
decode without a fault, and the text must be Chinese as it is printed. The pages have at least 97.7 % of their characters in ASCII or
in the common half of GB 2312; read in a wrong encoding they have at most 10 %, and other text taken for GB 18030 (Big5) at most 69 %.
"""

import re
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from build_scripts.chars import is_han
from build_scripts.errors import SourceError
from build_scripts.source import MAX_BYTES, Page, make_page

_MARKS = {b"\xef\xbb\xbf": "utf-8-sig", b"\xff\xfe": "utf-16-le", b"\xfe\xff": "utf-16-be"}
_UNMARKED = ("gb18030", "utf-16-le", "utf-16-be")
_NAMES = {"utf-8-sig": "UTF-8", "utf-16-le": "UTF-16", "utf-16-be": "UTF-16", "gb18030": "GB 18030"}
_KNOWN_FILES = {
    b"%PDF-": "a PDF; take the text out first, with pdftotext for one",
    b"PK\x03\x04": "an archive or a Word file; save its text as .txt",
    b"\xd0\xcf\x11\xe0": "a Word file; save its text as .txt",
    b"\xff\xd8\xff": "a picture; it needs OCR first",
    b"\x89PNG": "a picture; it needs OCR first",
    b"{\\rtf": "an RTF file; save its text as .txt",
}
_HTML = re.compile(rb"\s*<(?:!doctype|html|\?xml)", re.IGNORECASE)
_LAST_COMMON = 0xD7
"""Lead byte of the last row of common characters in GB 2312; punctuation, letters and figures stand before them."""
_CERTAIN = 0.9
_LIKELY = 0.75
"""For text that is UTF-8 already: a page of rare names is no mistake."""
_LONG = 8
"""Characters of a line that say anything about it."""
_LEAST_HAN = 0.2
"""Share of Han characters that makes a text Chinese; a table of figures on the pages has 0.5."""


@dataclass(frozen=True, slots=True)
class Filed:
    """A raw page as it will be kept, and what it was made of."""

    page: Page
    data: bytes
    encoding: str | None
    """The original's encoding by Python's name; ``None`` where it is kept byte for byte."""
    sha256: str
    """Of the original's bytes."""


def read_original(path: Path, *, issue: str, name: str, source: str) -> Filed:
    """The page in ``path``, whatever of the known encodings it is in. Raises :class:`SourceError` with the reason for anything else."""
    if not path.exists():
        raise SourceError(path, 0, "is not there", "a raw page as text")
    if not path.is_file():
        raise SourceError(path, 0, "is no file", "a raw page as text")
    try:
        with path.open("rb") as file:
            original = file.read(MAX_BYTES + 1)
    except OSError as error:
        raise SourceError(path, 0, f"cannot be read ({error.strerror})", "a raw page as text") from error
    if len(original) > MAX_BYTES:
        raise SourceError(path, 0, f"has more than {MAX_BYTES} bytes", "a page of a newspaper")
    for start, what in _KNOWN_FILES.items():
        if original.startswith(start):
            raise SourceError(path, 0, f"is {what}", "a raw page as text")
    if _HTML.match(original):
        raise SourceError(path, 1, "is a web page; save its text as .txt", "a raw page as text")
    text, encoding = _decode(original, path)
    data = text.encode() if encoding else original
    page = make_page(data, path=path, issue=issue, name=name, source=source)
    _check_text(page, path)
    return Filed(page, data, encoding, sha256(original).hexdigest())


def _decode(data: bytes, path: Path) -> tuple[str, str | None]:
    """The text, and the encoding it was converted from (``None``: it is UTF-8 as it stands)."""
    if data.startswith((b"\xff\xfe\0\0", b"\0\0\xfe\xff")):
        raise SourceError(path, 1, "is UTF-32", "UTF-8, GB 18030 or UTF-16")
    for mark, encoding in _MARKS.items():
        if data.startswith(mark):
            try:
                return data.removeprefix(mark).decode(encoding.removesuffix("-sig")), encoding
            except UnicodeDecodeError as error:
                raise SourceError(
                    path, 0, f"begins as {_NAMES[encoding]} and goes on otherwise", f"{_NAMES[encoding]} to its end"
                ) from error
    try:
        text = data.decode()
    except UnicodeDecodeError as error:
        fault = error
    else:
        if "\0" not in text:  # UTF-16 of mostly ASCII would pass for UTF-8
            return text, None
        fault = UnicodeDecodeError("utf-8", data, data.index(b"\0"), data.index(b"\0") + 1, "a zero byte")
    fitting = []
    for encoding in _UNMARKED:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if common_share(text) >= _CERTAIN and _han_share(text) >= _LEAST_HAN:
            fitting.append((text, encoding))
    if len(fitting) == 1:
        return fitting[0]
    line = data.count(b"\n", 0, fault.start) + 1
    found = f"byte 0x{data[fault.start]:02x} is not UTF-8, and the file reads as no Chinese text in GB 18030 or UTF-16"
    raise SourceError(path, line, found, "UTF-8, GB 18030 or UTF-16")


def _printed(text: str) -> list[str]:
    return [char for char in text if not char.isspace()]


def common_share(text: str) -> float:
    """The share of printed characters that Chinese pages are made of: ASCII, and the common half of GB 2312."""
    chars = _printed(text)
    common = 0
    for char in chars:
        encoded = char.encode("gb2312", "ignore")
        common += (len(encoded) == 1 and char.isprintable()) or (len(encoded) == 2 and encoded[0] <= _LAST_COMMON)
    return common / len(chars) if chars else 0.0


def _han_share(text: str) -> float:
    chars = _printed(text)
    return sum(is_han(char) for char in chars) / len(chars) if chars else 0.0


def _check_text(page: Page, path: Path) -> None:
    """Raises for text that is UTF-8 and yet no page: mojibake, text of another language, lines that end in the old Macintosh way."""
    if "\r" in page.text and "\n" not in page.text:
        raise SourceError(path, 1, "ends its lines with CR alone", "lines that end with LF or CR LF")
    worst = max(range(1, page.line_count + 1), key=lambda number: _strange(page.line_text(number)))
    if common_share(page.text) < _LIKELY:
        sample = page.line_text(worst).strip()[:20]
        raise SourceError(path, worst, f"reads like text in a wrong encoding (mojibake): {sample!r}", "Chinese text")
    if _han_share(page.text) < _LEAST_HAN:
        raise SourceError(path, 0, "holds hardly any Chinese", "a page of the newspaper")


def _strange(line: str) -> int:
    """How many of the line's characters are not common ones."""
    chars = _printed(line)
    return round(len(chars) * (1 - common_share(line)))


def find_doubtful_lines(page: Page) -> tuple[tuple[int, str], ...]:
    """Lines that an earlier conversion may have spoilt, each with the reason; an editor has to look at the print."""
    found = []
    for number, line in enumerate(page.lines(), 1):
        if lost := [char for char in line if char == "\ufffd" or "\ue000" <= char <= "\uf8ff" or char >= "\U000f0000"]:
            found.append((number, f"有无法显示的字符 U+{ord(lost[0]):04X}"))
        elif len(_printed(line)) >= _LONG and common_share(line) < _LIKELY:
            found.append((number, "生僻字过多，像是乱码"))
    return tuple(found)
