"""A synthetic paper, issue by issue → raw pages, layouts and truth on disk."""

import datetime
import itertools
import json
import random
from collections.abc import Iterator, Sequence
from pathlib import Path

from build_scripts.archive import read_archive
from build_scripts.records import Archive
from build_scripts.synth.paragraphs import Occasion
from build_scripts.synth.setting import SetPage, set_page
from build_scripts.synth.world import World, make_world
from build_scripts.synth.writer import Draft, write_briefs, write_caption, write_feature, write_news, write_note
from build_scripts.write import write_files

SEED = 20260101
FIRST_DAY = datetime.date(2017, 1, 19)
NARROW = 2
"""Pages of an issue that are set in narrow columns; the others have a paragraph a line."""

TRUTH = "truth"
"""The folder of what the pages say, beside ``content``: one file a page, which ``archive score`` takes."""

FRESH = datetime.timedelta(days=21)
HALF = 14
"""Until this day of a month, figures go up to the month before."""

ROUNDS = ((1, 9), (4, 16), (8, 19), (11, 6))
"""Month and day of a year's rounds."""

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


def occasion(day: datetime.date) -> Occasion:
    """What an issue of ``day`` looks back on; the year's first round is held before its first issue."""
    at = max(at for at, (month, first) in enumerate(ROUNDS) if not at or (month, first) <= (day.month, day.day))
    held = datetime.date(day.year, *ROUNDS[at])
    month = day.month if day.day > HALF or day.month == 1 else day.month - 1
    return Occasion(day.year, month, *ROUNDS[at], at + 1, day - held <= FRESH)


def write_page(world: World, when: Occasion, kind: int) -> list[Draft]:
    """The articles of an issue's page, by its place: briefs of the round, then features and news; 25 on four pages."""
    if not kind:
        return [write_note(world), *write_briefs(world, when, 8), write_caption(world, child=False)]
    features = [write_feature(world, when) for _ in range(1 if kind == 1 else 2)]
    children = [write_caption(world, child=True)] if kind > 1 else []
    return [*features, *children, *(write_news(world, when) for _ in range(2 if kind == 2 else 3))]


def write_issues(archive: Archive) -> Iterator[tuple[datetime.date, list[list[Draft]]]]:
    """Issue after issue without end: its day, and the articles of its four pages, the same ones however many follow."""
    world = make_world(archive, random.Random(SEED))
    for week in itertools.count():
        day = FIRST_DAY + datetime.timedelta(days=7 * week)
        yield day, [write_page(world, occasion(day), kind) for kind in range(4)]


def render_issue(day: datetime.date, pages: Sequence[SetPage]) -> Iterator[tuple[str, bytes]]:
    """Path below the archive → content."""
    issue = f"{day:%Y-after-%m%d}"
    folder = f"content/sources/{issue}"
    for at, page in enumerate(pages, 1):
        yield f"{folder}/D{at}.txt", page.text.encode()
        yield f"{folder}/D{at}.yml", page.layout.encode()
        yield f"{TRUTH}/{issue}-D{at}.json", json.dumps(page.truth, ensure_ascii=False, indent=0).encode()
    names = ", ".join(f"D{at}" for at in range(1, len(pages) + 1))
    yield f"{folder}/issue.yml", ISSUE.format(id=issue, year=day.year, day=day, pages=names).encode()


def render_synthetic(root: Path, articles: int) -> Iterator[tuple[str, bytes]]:
    """Path below the new archive → content, from the sentences of the archive below ``root``."""
    number = 0
    for day, drafts in write_issues(read_archive(root)):
        pages = []
        for kind, page in enumerate(drafts):
            kept = page[: articles - number]
            if kept:
                pages.append(set_page(f"D{kind + 1}", number, kept, narrow=kind < NARROW))
                number += len(kept)
        yield from render_issue(day, pages)
        if number == articles:
            return


def write_synthetic(root: Path, articles: int, out: Path) -> int:
    """Writes an archive of ``articles`` articles below ``out``; returns the number of files."""
    files = dict(render_synthetic(root, articles))
    redirects = {"content/redirects.yml": b"issues: {}\npages: {}\n"}
    write_files(out, (files | redirects).items(), owned=("content/sources", TRUTH))
    return len(files)
