"""One article of the newspaper as a reference: GB/T 7714—2025 and —2015, BibTeX, RIS.

What is not known is left out, never guessed: an issue whose day is not printed is cited by its year and number, a page without a number
by none. The standards' own example of a newspaper:

>>> print(gb7714_2025(Reference("数字革命与竞争国际化", "中国青年报", ("丁文详",), date="2000-11-20", page="15")))
丁文详. 数字革命与竞争国际化[N]. 中国青年报，2000-11-20（15）.
"""

from dataclasses import dataclass
from typing import Any

ACCESSED = "引用日期"
"""Stands where GB/T 7714—2015 asks for the day on which the reader saw the page: only the reader knows it."""

MOST_AUTHORS = 3
"""From the fourth author on both editions of GB/T 7714 write 等."""

KICKER_LENGTH = 14
"""A short kicker often holds the subject of the headline's sentence (省商务厅 召开国家级经开区考核调度会); a longer one is a motto."""

SUBTITLE_LENGTH = 40
"""Both editions leave it to the citing person whether a subtitle is given. One of five clauses would bury the title."""


@dataclass(frozen=True, slots=True)
class Reference:
    """What a citation tells. ``date`` is an ISO day, ``page`` as printed (``D1``), ``url`` absolute; each ``None`` where unknown."""

    title: str
    container: str
    authors: tuple[str, ...] = ()
    year: int | None = None
    number: int | None = None
    date: str | None = None
    page: str | None = None
    url: str | None = None
    key: str = ""
    """The article's id, which names the entry in BibTeX and RIS."""


def read_reference(meta: dict[str, Any], url: str | None) -> Reference:
    """The reference of an article's page, from its front matter."""
    issue = meta["context"]["issue"]
    return Reference(
        title=reference_title(meta["kicker"], meta.get("title"), meta["subtitle"], meta["context"]["label"]),
        container=f"{issue['newspaper']}·{issue['supplement']}",
        authors=tuple(dict.fromkeys(author["name"] for author in meta["authors"])),
        year=issue["year"],
        number=issue["number"],
        date=issue["date"],
        page=None if meta["page"].startswith("unpaged-") else meta["page"],
        url=url,
        key=meta["id"],
    )


def reference_title(kicker: str | None, title: str | None, subtitle: str | None, label: str) -> str:
    """The headline in one line; a text without one is named by its beginning, in brackets as both standards ask.

    >>> reference_title(None, "项目建设满弓劲发强力推进", "——阳泉高新区见闻", "")
    '项目建设满弓劲发强力推进：阳泉高新区见闻'
    """
    if title is None:
        return f"[{label}]"
    before = f"{kicker} " if kicker and len(kicker) <= KICKER_LENGTH else ""
    below = (subtitle or "").strip("—－ ")
    return f"{before}{title}" + (f"：{below}" if below and len(below) <= SUBTITLE_LENGTH else "")


def gb7714_2025(reference: Reference) -> str:
    """GB/T 7714—2025, in force since 1 July 2026: full-width signs in references in Chinese, no day of access for a dated publication."""
    return _gb7714(reference, comma="，", brackets="（）", accessed="")


def gb7714_2015(reference: Reference) -> str:
    """GB/T 7714—2015: half-width signs; what was read online has its day of access, here :data:`ACCESSED`."""
    return _gb7714(reference, comma=", ", brackets="()", accessed=f"[{ACCESSED}]" if reference.url else "")


def _gb7714(reference: Reference, *, comma: str, brackets: str, accessed: str) -> str:
    names = reference.authors
    shown = comma.join((*names[:MOST_AUTHORS], "等") if len(names) > MOST_AUTHORS else names)
    issued = reference.date or issue_name(reference)
    page = f"{brackets[0]}{reference.page}{brackets[1]}" if reference.page else ""
    source = comma.join(part for part in (reference.container, issued) if part)
    parts = [shown, f"{reference.title}[{'N/OL' if reference.url else 'N'}]", f"{source}{page}{accessed}", reference.url]
    return ". ".join(part for part in parts if part) + "."


def issue_name(reference: Reference) -> str:
    """The year and number of an issue whose day is unknown, in words: in figures, 2024(14) would name page 14."""
    if reference.year is None:
        return ""
    return f"{reference.year}年第{reference.number}期" if reference.number else str(reference.year)


_BIBTEX = str.maketrans(
    {
        **{char: f"\\{char}" for char in "&%$#_"},
        **{"\\": "\\textbackslash{}", "~": "\\textasciitilde{}", "^": "\\^{}"},
        # BibTeX counts braces even behind a backslash.
        **{"{": "\\textbraceleft{}", "}": "\\textbraceright{}"},
    }
)


def bibtex(reference: Reference) -> str:
    """An ``@article``: BibTeX has no type for newspapers. Braces keep each name in Han characters whole."""
    fields = {
        "author": " and ".join(f"{{{_tex(name)}}}" for name in reference.authors),
        "title": f"{{{_tex(reference.title)}}}",
        "journal": _tex(reference.container),
        "year": (reference.date or "")[:4] or (str(reference.year) if reference.year else ""),
        "date": reference.date or "",
        "number": str(reference.number or ""),
        "pages": _tex(reference.page or ""),
        "url": reference.url or "",
        "langid": "chinese",
    }
    lines = [f"  {name} = {{{value}}}," for name, value in fields.items() if value]
    return "\n".join([f"@article{{{reference.key},", *lines, "}"])


def _tex(text: str) -> str:
    return text.translate(_BIBTEX)


def ris(reference: Reference) -> str:
    """RIS, type NEWS; one tag a line."""
    year = (reference.date or "")[:4] or (str(reference.year) if reference.year else "")
    tags = [
        ("TY", "NEWS"),
        ("ID", reference.key),
        *(("AU", name) for name in reference.authors),
        ("TI", reference.title),
        ("T2", reference.container),
        ("PY", year),
        ("DA", (reference.date or "").replace("-", "/")),
        ("IS", str(reference.number or "")),
        ("SP", reference.page),
        ("UR", reference.url),
        ("LA", "zh-CN"),
    ]
    return "\n".join([*(f"{tag}  - {_one_line(value)}" for tag, value in tags if value), "ER  - "])


def _one_line(value: str) -> str:
    """RIS ends a field at a line break."""
    return " ".join(value.split())


FORMATS = (
    ("GB/T 7714—2025", gb7714_2025),
    ("GB/T 7714—2015", gb7714_2015),
    ("BibTeX", bibtex),
    ("RIS", ris),
)
"""What an article's page offers, the standard in force first."""


def render_citations(meta: dict[str, Any], url: str | None) -> list[dict[str, str]]:
    """Name and text of each format, for an article's page with this front matter; ``url`` where the site's address is known."""
    reference = read_reference(meta, url)
    return [{"name": name, "text": render(reference)} for name, render in FORMATS]
