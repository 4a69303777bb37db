"""One page under review: its files, what is kept while an editor works, and what saving writes."""

from collections.abc import Iterator
from dataclasses import asdict
from hashlib import sha256
from pathlib import Path
from threading import Lock

from build_scripts.archive import SOURCES
from build_scripts.articles import read_articles
from build_scripts.build import find_all_problems
from build_scripts.check import Finding
from build_scripts.errors import ArchiveError, LayoutError, OutputError, SourceError
from build_scripts.history import find_ids, list_committed, read_changed
from build_scripts.issuefile import PAGE_NAME, read_issue_file
from build_scripts.layout.draft import draft_layout
from build_scripts.layout.filetext import find_comments
from build_scripts.layout.layoutfile import ID, Layout, check_layout, layout_of, parse_layout
from build_scripts.layout.lines import Lines
from build_scripts.layout.render import REMARK
from build_scripts.layout.rewrite import rewrite_layout
from build_scripts.layout.tree import layout_tree
from build_scripts.lexicon.aliases import FILE, Alias, change_aliases, read_lexicon_with
from build_scripts.lexicon.finder import forget_lexicon, names_by
from build_scripts.lexicon.places import FOLDER, Lexicon, load_lexicon
from build_scripts.review.elsewhere import Elsewhere
from build_scripts.review.journal import Changed, Journal, read_journal
from build_scripts.review.reading import Reader, Row, problem_row
from build_scripts.review.wire import read_tree
from build_scripts.source import read_page
from build_scripts.transaction import commit
from build_scripts.write import BUILD_FOLDER, archive_lock
from build_scripts.yamlfile import parse_yaml

JOURNALS = Path(BUILD_FOLDER, "review")
EVENTS = ("do", "undo", "redo")


class Session:
    """The review of one page. Its methods may be called from several threads; what they are given comes from a browser and is not trusted.

    Raises :class:`ArchiveError` where there is no such page, or where its files cannot be read.
    """

    def __init__(self, root: Path, issue: str, name: str, *, lexicon: Path = FOLDER) -> None:
        self.root = root
        self.lexicon = lexicon
        self.lock = Lock()
        self.known_zones = (FOLDER / FILE).read_bytes().decode()
        """The table of zones that the program has in memory."""
        self.tried: tuple[str, Lexicon] | None = None
        folder = root / SOURCES / issue
        self.raw, self.file = folder / f"{name}.txt", folder / f"{name}.yml"
        if not (ID.fullmatch(issue) and PAGE_NAME.fullmatch(name)):
            raise SourceError(f"{issue}/{name}"[:100], 0, "is no name of a page", "an issue and a page, such as 2024-14/D1")
        for path in (root / SOURCES, folder, self.raw, self.file):
            if path.is_symlink():
                raise SourceError(path, 0, "is a link", "a file of the archive itself")
        self.issue = read_issue_file(folder / "issue.yml")
        if name not in self.issue.pages:
            raise SourceError(self.raw, 0, "is no page of this issue", f"one of {', '.join(self.issue.pages)}")
        self.page = read_page(self.raw, issue=issue, name=name, source=(SOURCES / issue / f"{name}.txt").as_posix())
        self.reader = Reader(self.page, year=self.issue.year, not_before=self.issue.date or self.issue.not_before)
        self.elsewhere = Elsewhere(root / SOURCES, self.file)
        self.set_aside = False
        """Whether steps that were not saved had to be put aside: they belong to another state of the file."""
        self._open()

    def _open(self, *, fresh: bool = False) -> None:
        """Takes up the work where it was left, where page and file are as they were then; else begins with the file as it is now."""
        data = self._read_file()
        self.disk = _hash(data)
        path = self.root / JOURNALS / self.issue.id / f"{self.page.name}.jsonl"
        old = read_journal(path)
        left = (old.saved or _hash(old.base.encode())) if old else None
        if old and not fresh and not old.is_settled and old.page == self.page.sha256 and self.disk == left:
            self.journal = old
            return
        self.set_aside = old is not None and not old.is_settled
        layout_of(parse_yaml(data, self.file), self.page)  # the file can be read
        self.journal = Journal(path, self.page.sha256, data.decode())
        self.journal.begin()

    def _read_file(self) -> bytes:
        try:
            return self.file.read_bytes()
        except OSError as error:
            raise LayoutError(
                self.file, 0, f"cannot be read ({error.strerror})", "the page's layout; `archive draft` proposes one"
            ) from error

    # ---- what the browser asks -------------------------------------------------------------------------------------------------

    def state(self) -> Row:
        """All that the browser needs to begin: the page, the layout as the session began, the steps since, the draft's reasons."""
        with self.lock:
            base = layout_of(parse_yaml(self.journal.base.encode(), self.file), self.page)
            notes = draft_layout(self.page).reasons
            return {
                "issue": self.issue.id,
                "page": self.page.name,
                "file": self.file.relative_to(self.root).as_posix(),
                "hash": self.page.sha256[:8],
                "lines": self.page.lines(),
                "wrapped": Lines(self.page).wrapped,
                "layout": layout_tree(base, self.page),
                "events": self.journal.events,
                "set_aside": self.set_aside,
                "remarks": list(self._remarks()),
                "notes": [{"line": note.line, "text": note.text, "doubt": note.doubt} for note in notes],
                "published": sorted(self._published()),
                "zones": [{"name": zone.name, "aliases": list(zone.aliases)} for zone in load_lexicon().zones],
            }

    def restart(self) -> None:
        """Forgets the steps and begins with the file as it is now; steps that were not saved are kept beside the journal."""
        with self.lock:
            self._open(fresh=True)

    def add_events(self, start: object, events: object) -> None:
        """Keeps steps that the browser has taken. Raises :class:`Changed` where it knows of more or fewer before them than ``start``."""
        if not isinstance(events, list) or not all(isinstance(one, dict) and len(one) == 1 and next(iter(one)) in EVENTS for one in events):
            raise LayoutError(self.file, 0, "a step of another form was sent", " or ".join(EVENTS))
        with self.lock:
            kept = self.journal.events[start:] if isinstance(start, int) and 0 <= start <= len(self.journal.events) else None
            if kept is None or kept != events[: len(kept)]:
                raise Changed(f"{len(self.journal.events)} steps are kept, other ones than the browser knows of")
            self.journal.add(events[len(kept) :])  # those before it arrived, although the answer did not

    def read(self, layout: object, have: object, aliases: object) -> Row:
        """What readers will see of ``layout``, see :meth:`Reader.read`."""
        known = {str(key): str(value) for key, value in have.items()} if isinstance(have, dict) else {}
        wanted = read_aliases(aliases)
        with self.lock:
            new = read_tree(layout, self.file, self.page)
            answer = self._read_by(self._zones(wanted)[1], new, known)
            answer["problems"] += [problem_row(problem) for problem in self.elsewhere.find_clashes(new, self.page)]
            return answer

    def _read_by(self, zones: str, layout: Layout, known: dict[str, str]) -> Row:
        """The reading with ``zones`` as the table of zones."""
        if zones == self.known_zones:
            return self.reader.read(layout, known)
        if self.tried is None or self.tried[0] != zones:
            self.tried = zones, read_lexicon_with(self.lexicon, zones)
        with names_by(self.tried[1]):
            return self.reader.read(layout, known, salt=_hash(zones.encode()))

    def save(self, layout: object, settled: object, aliases: object) -> Row:
        """Writes the layout file, and the table of zones where aliases were added; both or neither.

        Raises :class:`LayoutError` where the layout breaks a rule and :class:`Changed` where the file is no longer as this session knows
        it; nothing is written then.
        """
        numbers = settled if isinstance(settled, list) and all(isinstance(one, int) for one in settled) else []
        wanted = read_aliases(aliases)
        with self.lock:
            new = read_tree(layout, self.file, self.page)
            check_layout(new, self.page)
            for problem in self.elsewhere.find_clashes(new, self.page):
                raise LayoutError(self.file, 0, problem.text)
            read_articles(self.page, new, year=self.issue.year)
            text = rewrite_layout(self.journal.base, self.page, new, settled=numbers)
            parse_layout(text.encode(), self.file, self.page)
            table, zones = self._zones(wanted)
            if zones != table:
                if not self.lexicon.resolve().is_relative_to(self.root.resolve()):
                    raise ArchiveError(self.lexicon / FILE, 0, "lies outside this archive", "an archive with the program's own lexicon")
                read_lexicon_with(self.lexicon, zones)
            with archive_lock(self.root):
                if _hash(self._read_file()) != self.disk:
                    raise Changed(f"{self.file} was changed by somebody else")
                self._write(text, zones, table)
            self.disk = _hash(text.encode())
            self.journal.add([{"saved": self.disk, "aliases": [asdict(one) for one in wanted]}])
            return {"steps": len(self.journal.events)}

    def check(self) -> list[Row]:
        """What ``archive check`` says of the whole archive. It may take long, and hinders nothing else."""
        return [_finding_row(finding) for finding in find_all_problems(self.root)]

    def _write(self, text: str, zones: str, table: str) -> None:
        """Both files, or neither."""
        if zones != table:
            commit(self.lexicon, {FILE: zones.encode()}, lasting=True)
        try:
            commit(self.root / "content", {self.file.relative_to(self.root / "content").as_posix(): text.encode()}, lasting=True)
        except OutputError:
            if zones != table:
                commit(self.lexicon, {FILE: table.encode()}, lasting=True)
            raise
        if zones != table and self.lexicon == FOLDER:
            forget_lexicon()
            self.reader.known.clear()
            self.known_zones = zones

    def _zones(self, wanted: tuple[Alias, ...]) -> tuple[str, str]:
        """The table of zones as it stands, and as it is to stand: with ``wanted`` instead of what this session has saved before."""
        table = (self.lexicon / FILE).read_bytes().decode()
        saved = tuple(Alias(**row) for row in self.journal.aliases)
        removed, added = [one for one in saved if one not in wanted], [one for one in wanted if one not in saved]
        return table, change_aliases(table, added=added, removed=removed)

    def _published(self) -> set[str]:
        """Ids that readers may have links to: of the last commit; where there is no repository, of the pages that were built."""
        name = self.file.relative_to(self.root).as_posix()
        committed = list_committed(self.root, name)
        if committed is None:
            return {path.stem for path in (self.root / "content/issues" / self.issue.id).glob("*.md")}
        then = (read_changed(self.root, name) or {}).get(name) or self._read_file()
        ids = find_ids(then, self.file) if name in committed else None
        return set(ids.items) if ids else set()

    def _remarks(self) -> Iterator[Row]:
        for index, comment in sorted(find_comments(self.journal.base).items()):
            if match := REMARK.fullmatch(comment):
                yield {"number": index + 1, "doubt": bool(match[1]), "line": int(match[2]), "text": match[3]}


def read_aliases(data: object) -> tuple[Alias, ...]:
    """The aliases that a browser sends. Raises :class:`ArchiveError` for anything of another form."""
    found = []
    for row in data if isinstance(data, list) else []:
        if not isinstance(row, dict) or row.keys() != {"zone", "alias", "source"} or not all(isinstance(one, str) for one in row.values()):
            raise ArchiveError(FILE, 0, "an alias of another form was sent", "zone, alias and source")
        found.append(Alias(**row))
    return tuple(found)


def _hash(data: bytes) -> str:
    return sha256(data).hexdigest()


def _finding_row(finding: Finding) -> Row:
    return {"place": finding.place, "severity": finding.severity, "text": finding.message_zh}
