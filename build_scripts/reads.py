"""What is read of each issue, on every core and only once: an issue that has not changed since the last build is not read again.

An issue is one piece of work, because its pages date one another. The key under which it is kept is made of all its files and of the whole
program, so that whatever could make a difference makes another key.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from build_scripts.archive import SOURCES, IssueRead, read_whole_issue
from build_scripts.cache import Cache
from build_scripts.cores import map_on_cores
from build_scripts.errors import ArchiveError
from build_scripts.figures.records import PageFigures
from build_scripts.fingerprint import content_key
from build_scripts.issuefile import IssueFile, read_issue_file
from build_scripts.keptissue import decode_issue, encode_issue
from build_scripts.progress import Progress, silent
from build_scripts.records import Archive, Issue

ALONE = 100_000
"""Bytes of raw text that one process reads in the time that starting others takes."""


@dataclass(frozen=True)
class Reads:
    """What has been read of an archive's issues, or can be."""

    keys: dict[str, bytes]
    """Issue id → the key of everything that its reading hangs on."""
    read: Callable[[Path, IssueFile], IssueRead]
    """:func:`~build_scripts.archive.read_whole_issue`, which looks first whether it has been done."""
    many: bool
    """Whether many issues were read for the first time, as in a build from nothing."""


def read_ahead(root: Path, cache: Cache, progress: Progress = silent) -> Reads:
    """Reads what it can of all issues below ``root`` at once. An issue with anything wrong in it is left to ``read``, which says so."""
    keys: dict[str, bytes] = {}
    found: dict[str, IssueRead] = {}
    work = 0
    for folder in sorted((root / SOURCES).glob("[!.]*")):
        try:
            files = [(path.name, path.read_bytes()) for path in sorted(folder.glob("[!.]*"))]
        except OSError:  # no folder, or a folder in it: the archive will be refused
            continue
        keys[folder.name] = content_key(b"issue", folder.name.encode(), *(part for name, data in files for part in (name.encode(), data)))
        data = cache.get(keys[folder.name])
        kept = None if data is None else decode_issue(root, data)
        if kept is not None:
            found[folder.name] = kept
        else:
            work += sum(len(data) for name, data in files if name.endswith(".txt"))
    missing = [name for name in keys if name not in found]
    if work > ALONE:
        with progress("reading the issues", len(missing)) as advance:
            for name, data in zip(missing, map_on_cores(partial(_read_encoded, root), missing), strict=True):
                fresh = None if data is None else decode_issue(root, data)
                if data is not None and fresh is not None:
                    cache.put(keys[name], data)
                    found[name] = fresh
                advance(1)

    def read(root: Path, file: IssueFile) -> IssueRead:
        if file.id in found:
            return found.pop(file.id)
        whole = read_whole_issue(root, file)
        if file.id in keys:
            cache.put(keys[file.id], encode_issue(root, whole))
        return whole

    return Reads(keys, read, work > ALONE)


def recall_issues(root: Path, cache: Cache, keys: Mapping[str, bytes]) -> Archive | None:
    """What issues say by themselves, nothing of what is found by comparing them: the archive of those that ``cache`` keeps under ``keys``.
    ``None`` where it does not keep one of them.
    """
    issues: list[Issue] = []
    figures: dict[str, PageFigures] = {}
    for key in keys.values():
        data = cache.get(key)
        kept = None if data is None else decode_issue(root, data)
        if kept is None:
            return None
        issues.append(kept.issue)
        figures |= kept.figures
    return Archive(tuple(sorted(issues, key=lambda issue: issue.sort_key)), {}, figures, ())


def _read_encoded(root: Path, name: str) -> bytes | None:
    """One issue as bytes, which go from process to process and into the cache; ``None`` where it is refused."""
    try:
        return encode_issue(root, read_whole_issue(root, read_issue_file(root / SOURCES / name / "issue.yml")))
    except ArchiveError:
        return None
