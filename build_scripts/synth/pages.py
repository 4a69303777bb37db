"""Articles → issues, raw pages and layouts on disk."""

import datetime
import random
import re
from collections.abc import Iterator
from pathlib import Path

from build_scripts.archive import read_archive
from build_scripts.synth.writer import Draft, read_material, write_article
from build_scripts.write import write_files

SEED = 20260101
ARTICLES_A_PAGE = 10
PAGES_AN_ISSUE = 4
WIDTH = 23
"""Characters of a printed line, as on the real pages."""

ISSUE = """\
id: {id}
newspaper: 科学导报
supplement: 开发区建设专刊
year: {year}
not_before: {day}
pages: [{pages}]
evidence: []
rights: 合成文本，用于测量，与任何实际报道无关。
"""


def render_synthetic(root: Path, articles: int) -> Iterator[tuple[str, bytes]]:
    """Path below the new archive → content, from the sentences of the archive below ``root``."""
    material = read_material(read_archive(root))
    rng = random.Random(SEED)
    day = datetime.date(2012, 1, 5)
    number = 0
    while number < articles:
        issue = f"{day.year}-after-{day:%m%d}"
        pages = []
        for page in range(1, PAGES_AN_ISSUE + 1):
            count = min(ARTICLES_A_PAGE, articles - number)
            if not count:
                break
            drafts = [write_article(material, rng) for _ in range(count)]
            text, layout = set_page(f"D{page}", number, drafts)
            number += count
            pages.append(f"D{page}")
            folder = f"content/sources/{issue}"
            yield f"{folder}/D{page}.txt", text.encode()
            yield f"{folder}/D{page}.yml", layout.encode()
        content = ISSUE.format(id=issue, year=day.year, day=day, pages=", ".join(pages))
        yield f"content/sources/{issue}/issue.yml", content.encode()
        day += datetime.timedelta(days=7)


def set_page(name: str, first: int, drafts: list[Draft]) -> tuple[str, str]:
    """Raw text and layout of one page; its articles are numbered from ``first``."""
    lines = ["打造开发区建设升级版"]
    layout = [f"page: {name}", "furniture:", "- slogan: 1", "articles:"]
    for number, draft in enumerate(drafts, first):
        layout.append(f"- id: a{number:05d}")
        layout.append("  type: news")
        if draft.kicker:
            lines.append(draft.kicker)
            layout.append(f"  kicker: {len(lines)}")
        lines.append(draft.title)
        layout.append(f"  title: {len(lines)}")
        body = []
        for paragraph in draft.paragraphs:
            start = len(lines) + 1
            lines += wrap(paragraph)
            body.append(f"  - {start}-{len(lines)}" if len(lines) > start else f"  - {start}")
        lines.append(draft.byline)
        layout.append(f"  byline: {len(lines)}")
        layout += ["  body:", *body]
    return "\n".join(lines) + "\n", "\n".join(layout) + "\n"


_UNIT = re.compile("[0-9A-Za-z.%]+|.")
"""What a line never breaks: a figure, a Latin word."""


def wrap(text: str) -> list[str]:
    """``text`` in printed lines.

    >>> wrap("共" * 21 + "3000亿元")[0][-2:]
    '共共'
    """
    lines = [""]
    for unit in _UNIT.findall(text):
        if len(lines[-1]) + len(unit) > WIDTH and lines[-1]:
            lines.append("")
        lines[-1] += unit
    return lines


def write_synthetic(root: Path, articles: int, out: Path) -> int:
    """Writes an archive of ``articles`` articles below ``out``; returns the number of files."""
    files = dict(render_synthetic(root, articles))
    redirects = {"content/redirects.yml": b"issues: {}\npages: {}\n"}
    write_files(out, (files | redirects).items(), owned=("content/sources",))
    return len(files)
