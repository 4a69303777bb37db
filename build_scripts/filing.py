"""A new page into the archive: its text, a drafted layout and its place in ``issue.yml``, all of them or nothing.

Everything is read back by the archive's own reader before anything is written.
"""

import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from build_scripts.archive import SOURCES, read_issue
from build_scripts.articles import read_articles
from build_scripts.chars import squeeze
from build_scripts.check import DOUBT
from build_scripts.encoding import Filed, find_doubtful_lines, read_original
from build_scripts.errors import ArchiveError, LayoutError, SourceError
from build_scripts.issueclues import Request, find_entry, find_issue_year
from build_scripts.issuefile import PAGE_NAME, IssueFile, read_issue_file
from build_scripts.issuetext import PageEntry, extend_issue, render_issue
from build_scripts.layout.draft import draft_layout
from build_scripts.layout.layoutfile import ID, MAX_ID
from build_scripts.layout.render import render_layout
from build_scripts.records import PageRecord
from build_scripts.source import Page
from build_scripts.transaction import commit

NEWSPAPER, SUPPLEMENT = "科学导报", "开发区建设专刊"
RIGHTS = "本期文字、标题与图片的权利属原刊及作者；本站为研究与查阅而整理，并非原刊的官方网站。"
"""For the first issue of an archive; a later one says what the issue before it says."""


@dataclass(frozen=True, slots=True)
class Filing:
    """What filing a page writes, and what an editor should look at then."""

    files: dict[str, bytes]
    """Path below ``content/`` → bytes."""
    record: PageRecord
    original: Filed
    doubts: tuple[tuple[str, int, str], ...]
    """File below the archive's root, line, and what is to be settled there."""


def file_page(root: Path, path: Path, request: Request) -> Filing:
    """Files the page in ``path`` and returns what was written. The caller holds the archive's lock.

    Raises :class:`~build_scripts.errors.ArchiveError` for a file that is no page or is filed already, and for what contradicts the page or
    its issue; nothing is written then.
    """
    filing = plan_filing(root, path, request)
    commit(root / "content", filing.files, lasting=True)
    return filing


def plan_filing(root: Path, path: Path, request: Request) -> Filing:
    """As :func:`file_page`, but nothing is written."""
    _check_request(root, request)
    folder = root / SOURCES / request.issue
    source = (SOURCES / request.issue / f"{request.page}.txt").as_posix()
    original = read_original(path, issue=request.issue, name=request.page, source=source)
    page = original.page
    _check_new(root, path, page)
    file = read_issue_file(folder / "issue.yml") if folder.exists() else None
    draft = draft_layout(page)
    year = find_issue_year(path, page, draft.layout, request, file)
    record = read_articles(page, draft.layout, year=year)
    entry = find_entry(record, year, request, (file, read_issue(root, file)) if file else None)
    if original.encoding:
        entry = replace(entry, original=(original.encoding, original.sha256))
    place = f"sources/{request.issue}"
    files = {
        f"{place}/{page.name}.txt": original.data,
        f"{place}/{page.name}.yml": render_layout(draft.layout, page, draft.reasons).encode(),
        f"{place}/issue.yml": _issue_text(root, file, entry).encode(),
    }
    _read_back(root, request, files, file)
    return Filing(files, record, original, tuple(_find_doubts(request, files, page)))


def _check_request(root: Path, request: Request) -> None:
    if not (root / SOURCES).is_dir():
        raise LayoutError(root / SOURCES, 0, "is not there", "the folder of an archive; make it to begin a new one")
    if not ID.fullmatch(request.issue) or len(request.issue) > MAX_ID:
        raise ArchiveError("--issue", 0, f"{request.issue!r} is no id of an issue", "one such as 2024-15, or 2024-after-0819")
    if not PAGE_NAME.fullmatch(request.page):
        raise ArchiveError("--page", 0, f"{request.page!r} is no name of a page", "one such as D1, or unpaged-1")


def _check_new(root: Path, path: Path, page: Page) -> None:
    """Raises where the page is in the archive already: under its name, or its text under any."""
    place = root / page.source
    if place.exists() or place.with_suffix(".yml").exists():
        raise SourceError(place, 0, f"the issue {page.issue} has a page {page.name} already", "another --page")
    text = squeeze(page.text)
    for other in sorted((root / SOURCES).glob("*/*.txt")):
        if squeeze(other.read_bytes().decode("utf-8", "replace")) == text:
            raise SourceError(path, 0, f"is the same text as {other}", "a page that is not in the archive yet")


def _issue_text(root: Path, file: IssueFile | None, entry: PageEntry) -> str:
    if file:
        return extend_issue(file.root.path.read_bytes().decode(), file.root, entry)
    others = [read_issue_file(path) for path in sorted((root / SOURCES).glob("*/issue.yml"))]
    latest = max(others, key=lambda other: (other.date or other.not_before, other.id), default=None)
    common = {"newspaper": NEWSPAPER, "supplement": SUPPLEMENT, "rights": RIGHTS}
    if latest:
        common = {"newspaper": latest.newspaper, "supplement": latest.supplement, "rights": latest.rights}
    return render_issue(replace(entry, values=entry.values | common))


def _read_back(root: Path, request: Request, files: dict[str, bytes], file: IssueFile | None) -> None:
    """Reads the issue as it will be. Whatever is wrong is told with the path it will have."""
    with tempfile.TemporaryDirectory() as name:
        trial = Path(name)
        folder = trial / SOURCES / request.issue
        folder.mkdir(parents=True)
        for known in (root / SOURCES / request.issue).glob("*.*") if file else ():
            (folder / known.name).write_bytes(known.read_bytes())
        for path, data in files.items():
            (trial / "content" / path).write_bytes(data)
        try:
            read_issue(trial, read_issue_file(folder / "issue.yml"))
        except ArchiveError as error:
            path, found, expected = (text.replace(str(trial), str(root)) for text in (error.path, error.found, error.expected))
            raise ArchiveError(path, error.line, found, expected) from error


def _find_doubts(request: Request, files: dict[str, bytes], page: Page) -> Iterator[tuple[str, int, str]]:
    """Lines of the page that an earlier conversion may have spoilt, and what the drafted files mark 待核."""
    folder = (SOURCES / request.issue).as_posix()
    for line, reason in find_doubtful_lines(page):
        yield f"{folder}/{page.name}.txt", line, reason
    for name in (f"{page.name}.yml", "issue.yml"):
        for number, text in enumerate(files[f"sources/{request.issue}/{name}"].decode().split("\n"), 1):
            if match := DOUBT.fullmatch(text):
                yield f"{folder}/{name}", number, match[1]


def explain_filing(filing: Filing, root: Path, path: Path) -> list[str]:
    """What was filed, where it lies now, and what an editor has to settle, by file and line."""
    page = filing.original.page
    kept = f"converted from {filing.original.encoding}" if filing.original.encoding else "kept byte for byte"
    rows = [f"archive: {path} is page {page.name} of issue {page.issue}, {kept}; {len(filing.record.articles)} articles drafted:"]
    rows += [f"  {root / 'content' / name}" for name in filing.files]
    if filing.doubts:
        rows.append(f"archive: settle what is unsure, and remove its comment ({len(filing.doubts)}) / 请逐处核定，核定后删去注释：")
    return rows + [f"  {root / place}:{line}: {reason}" for place, line, reason in filing.doubts]


def next_steps(filing: Filing, root: Path, me: str) -> list[str]:
    """The commands that follow, ready to be copied; ``me`` is how the program was called."""
    raw = root / filing.original.page.source
    layout = raw.with_suffix(".yml")
    there = "" if root == Path() else f" --root {root}"
    return [
        f"{me} review {filing.original.page.issue}/{filing.original.page.name}{there}",
        "    in the browser, beside the page / 在浏览器里对照原文核定；或不用浏览器程序：",
        f"{me} draft {raw} --layout {layout} --html review.html",
        "    page and articles side by side / 原文与稿件对照，在浏览器里打开 review.html",
        f"edit / 修改 {layout}",
        "    an article's id becomes its address and never changes once published / 编号即网址，发布后不再改",
        f"{me} check{there}  &&  {me} site{there}",
    ]
