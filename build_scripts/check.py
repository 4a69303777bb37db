"""Everything that is wrong with an archive, told at once: files that break their rules, corrections that no longer match, names that clash,
and addresses that readers may have linked to and that are gone since the last commit.

:func:`find_problems` reads the sources and writes nothing; a build runs it first and stops where anything fails.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from build_scripts.archive import SOURCES, read_sources
from build_scripts.errors import ArchiveError, Gathered, LayoutError
from build_scripts.figures.tables import events, hedges, indicators, units
from build_scripts.history import Ids, find_ids, list_committed, read_changed
from build_scripts.lexicon.places import load_lexicon
from build_scripts.messages import chinese_message
from build_scripts.write import OWNED
from build_scripts.yamlfile import Entry, read_yaml

Severity = Literal["error", "warning", "doubt"]

_TABLES: tuple[Callable[[], object], ...] = (load_lexicon, units, hedges, indicators, events)
"""What the program knows before it reads; each file is tested when it is loaded."""

DOUBT = re.compile(r"\s*# 待核 (.*)")
"""The comment that a draft leaves where it is unsure; the editor removes it when the place is settled."""


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """One thing that an editor has to look at."""

    path: str
    line: int
    """From 1; 0 for the file as a whole."""
    severity: Severity
    """``error``: the archive cannot be built. ``warning``: it can, but something may be lost. ``doubt``: a draft's question is open."""
    message_en: str
    message_zh: str

    @property
    def place(self) -> str:
        """``path:line``."""
        return f"{self.path}:{self.line}" if self.line else self.path


def find_problems(root: Path) -> tuple[Finding, ...]:
    """Everything that is wrong with the archive's sources below ``root``, by file and line. Nothing is written."""
    gathered = Gathered()
    for table in _TABLES:
        with gathered:
            table()
    if not gathered.errors:
        with gathered:
            read_sources(root)
    findings = [_of_error(error) for error in gathered.errors]
    findings += _find_lost(root)
    findings += find_doubts(root)
    return tuple(sorted(set(findings)))


def check_history(root: Path) -> None:
    """Raises where ids or pages of the last commit are gone, or a raw page was edited: reading the sources does not tell that."""
    gathered = Gathered()
    for finding in _find_lost(root):
        with gathered:
            if finding.severity == "error":
                raise LayoutError(finding.path, finding.line, finding.message_en)
    gathered.raise_all()


def _of_error(error: ArchiveError) -> Finding:
    message = f"{error.found}; expected {error.expected}" if error.expected else error.found
    return Finding(error.path, error.line, "error", message, chinese_message(error))


def find_doubts(root: Path) -> list[Finding]:
    """The places where a drafted layout or ``issue.yml`` is unsure and no editor has settled it yet."""
    found = []
    for path in sorted((root / SOURCES).glob("*/*.yml")):
        for number, line in enumerate(path.read_text("utf-8", errors="replace").split("\n"), 1):
            if match := DOUBT.fullmatch(line):
                found.append(Finding(str(path), number, "doubt", f"an editor has to settle this: {match[1]}", match[1]))
    return found


@dataclass(frozen=True, slots=True)
class _Redirected:
    issues: Mapping[str, str]
    pages: Mapping[str, str]
    articles: Mapping[str, str]


def _read_redirected(root: Path) -> _Redirected:
    """The redirects as far as they can be read; what is wrong with them is told elsewhere."""
    tables: dict[str, dict[str, str]] = {"issues": {}, "pages": {}, "articles": {}}
    try:
        top = read_yaml(root / "content/redirects.yml").value
    except LayoutError:
        top = None
    for key, table in tables.items():
        entry = top.get(key) if isinstance(top, dict) else None
        if isinstance(entry, Entry) and isinstance(entry.value, dict):
            table |= {old: new.value for old, new in entry.value.items() if isinstance(new.value, str)}
    return _Redirected(**tables)


def _find_lost(root: Path) -> list[Finding]:
    """Ids, pages and anchors of the last commit that are gone, and raw pages that were edited."""
    changed = read_changed(root, SOURCES.as_posix())
    if not changed:
        return []
    redirected = _read_redirected(root)
    now = _read_ids(root, changed)
    found: list[Finding] = []
    for path, data in sorted(changed.items()):
        issue, _, name = path.removeprefix(f"{SOURCES.as_posix()}/").partition("/")
        file = root / path
        page = f"{issue}/{name.rpartition('.')[0]}"
        if name.endswith(".txt"):
            found += _lost_page(root, page, redirected)
        elif name.endswith(".yml") and name != "issue.yml":
            unreadable = file.exists() and now.get(page) is None  # told elsewhere; its ids may be as they were
            if not unreadable and (then := find_ids(data, file)):
                found += _lost_ids(file, page, then, now, redirected)
    return found


def _read_ids(root: Path, changed: Iterable[str]) -> dict[str, Ids | None]:
    """``<issue>/<page>`` → the ids that its layout has now; of all pages, for an article may have moved to another."""
    if not any(path.endswith(".yml") for path in changed):
        return {}
    paths = [path for path in (root / SOURCES).glob("*/*.yml") if path.name != "issue.yml"]
    return {f"{path.parent.name}/{path.stem}": find_ids(path.read_bytes(), path) for path in paths}


def _lost_page(root: Path, page: str, redirected: _Redirected) -> list[Finding]:
    issue, _, name = page.partition("/")
    file = root / SOURCES / issue / f"{name}.txt"
    if file.exists():
        en = "differs from the last commit; a raw page is never edited: lines of it are cited"
        zh = "与上次提交的不同；原始版面不得改动：它的行号已被引用"
        return [Finding(str(file), 0, "error", en, zh)]
    renamed = redirected.issues.get(issue)
    if page in redirected.pages or (renamed and (root / SOURCES / renamed / f"{name}.txt").exists()):
        return []
    en = f"the page {page} of the last commit is gone; restore it, or say in content/redirects.yml where it is now (pages: {{{page}: …}})"
    zh = f"上次提交中的 {page} 版不见了；请恢复，或在 content/redirects.yml 写明它现在何处（pages: {{{page}: …}}）"
    return [Finding(str(file), 0, "error", en, zh)]


def _lost_ids(file: Path, page: str, then: Ids, now: Mapping[str, Ids | None], redirected: _Redirected) -> list[Finding]:
    issue = page.partition("/")[0]
    here = {article for key, ids in now.items() if key.startswith(f"{issue}/") and ids for article in ids.items}
    moved_to = redirected.pages.get(page, "")
    moved = {*(ids.items if (ids := now.get(moved_to)) else ())}
    if new := redirected.issues.get(issue):
        moved |= {article for key, ids in now.items() if key.startswith(f"{new}/") and ids for article in ids.items}
    found: list[Finding] = []
    for name, line in then.items.items():
        if name not in here | moved and name in then.anchors and f"{issue}/{name}" not in redirected.articles:
            old = f"{issue}/{name}"
            en = f"the id {name!r} of the last commit is gone; restore it, or redirect it in content/redirects.yml (articles: {{{old}: …}})"
            zh = f"上次提交中的编号 {name!r} 不见了；请恢复，或在 content/redirects.yml 中转址（articles: {{{old}: …}}）"
            found.append(Finding(str(file), line, "error", en, zh))
    current = now.get(page)
    for name, starts in then.anchors.items():
        kept = current.anchors.get(name, {}) if current else {}
        for start in starts.keys() - kept.keys() if kept else ():
            en = f"no paragraph of {name!r} begins on line {start} any more: links to #l{start} now lead to the article's top"
            zh = f"稿件 {name!r} 没有从第 {start} 行起的段落了：到 #l{start} 的链接现在只到稿件开头"
            found.append(Finding(str(file), min(kept.values()), "warning", en, zh))
    return found


def find_lost_addresses(root: Path, pages: Iterable[str]) -> tuple[Finding, ...]:
    """Pages of the site that the last commit had and that would not be made any more, neither as themselves nor as a redirect.

    ``pages`` are the paths below ``content/`` that a build writes.
    """
    committed = list_committed(root, "content")
    if committed is None:
        return ()
    generated = {path for path in committed if path.endswith(".md") and path.split("/")[1] in OWNED}
    lost = generated - {f"content/{path}" for path in pages}
    return tuple(
        Finding(str(root / path), 0, "error", "this page of the last commit would not be built any more", "上次提交中的这个页面不会再生成")
        for path in sorted(lost)
    )
