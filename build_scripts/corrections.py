"""The editor's corrections as a list: add one, list them, explain one.

They stand in the layout files (:mod:`build_scripts.layout.layoutfile`); :mod:`build_scripts.repair` applies them when articles are read.
"""

from dataclasses import dataclass, replace
from pathlib import Path

from build_scripts.archive import SOURCES, read_issue
from build_scripts.articles import read_articles
from build_scripts.errors import ArchiveError, LayoutError
from build_scripts.issuefile import read_issue_file
from build_scripts.layout.layoutfile import ID, MAX_ID, Layout, parse_layout
from build_scripts.layout.layoutfile import Correction as Entered
from build_scripts.layout.rewrite import rewrite_layout
from build_scripts.pages.labels import KINDS
from build_scripts.passage import Passage
from build_scripts.records import Article, Correction, PageRecord
from build_scripts.rows import correction_anchor
from build_scripts.transaction import commit
from build_scripts.yamlfile import Entry

_AROUND = 20
"""Characters of running text shown on either side of a correction."""


@dataclass(frozen=True, slots=True)
class Known:
    """A correction with all that an editor wants to know of it."""

    correction: Correction
    page: PageRecord
    article: Article | None
    """``None``: in a headline over several articles, or in the masthead."""
    path: Path
    """The layout file."""
    line: int
    """Where it stands in that file."""

    @property
    def place(self) -> str:
        """``2024-14/D1:138``, as ``explain`` takes it."""
        return f"{self.page.page.issue}/{self.page.name}:{self.correction.place.line}"


def list_corrections(root: Path, where: str | None = None) -> tuple[Known, ...]:
    """The corrections of the archive, of an issue (``2024-14``) or of a page (``2024-14/D1``), in the order of their places.

    Raises :class:`~build_scripts.errors.ArchiveError` for an issue or page that is not there, and for whatever is wrong with its files.
    """
    if where is not None:
        issue, slash, name = where.partition("/")
        records = [record for record in _read_issue(root, issue) if not slash or record.name == name]
        if not records:
            raise ArchiveError(where, 0, f"the issue {issue} has no page {name}", "a page such as 2024-14/D1")
        return tuple(known for record in records for known in _of_page(root, record))
    folders = sorted(path.parent.name for path in (root / SOURCES).glob("*/issue.yml"))
    return tuple(known for issue in folders for record in _read_issue(root, issue) for known in _of_page(root, record))


def _read_issue(root: Path, issue: str) -> tuple[PageRecord, ...]:
    path = root / SOURCES / issue / "issue.yml"
    if not ID.fullmatch(issue) or len(issue) > MAX_ID or not path.is_file():
        raise ArchiveError(issue, 0, "there is no such issue", "the id of an issue, such as 2024-14")
    return read_issue(root, read_issue_file(path)).pages


def _of_page(root: Path, record: PageRecord) -> list[Known]:
    path = root / record.page.source.replace(".txt", ".yml")
    owners: list[tuple[Article | None, Correction]] = [(article, one) for article in record.articles for one in article.corrections]
    owners += [(None, one) for one in record.corrections]
    lines = {(item.line, item.printed, item.column): item.entry.line for item in record.layout.corrections}
    return [
        Known(
            one,
            record,
            article,
            path,
            lines.get((one.place.line, one.printed, one.place.column)) or lines[one.place.line, one.printed, None],
        )
        for article, one in sorted(owners, key=lambda owner: owner[1].place)
    ]


def add_correction(
    root: Path,
    where: str,
    *,
    line: int,
    printed: str,
    corrected: str | None,
    kind: str,
    note: str,
    column: int | None = None,
    date: str | None = None,
) -> Known:
    """Puts a correction into the layout file of the page ``where`` (``2024-14/D1``); nothing else in that file changes.

    Raises :class:`~build_scripts.errors.ArchiveError` where the page does not print ``printed`` there, or prints it more than once and no
    column tells which is meant; nothing is written then. The caller holds the archive's lock.
    """
    issue, _, name = where.partition("/")
    record = next((record for record in _read_issue(root, issue) if record.name == name), None)
    if record is None:
        raise ArchiveError(where, 0, f"the issue {issue} has no page {name}", "a page such as 2024-14/D1")
    path = root / record.page.source.replace(".txt", ".yml")
    entered = Entered(line, column, printed, corrected, kind, note, Entry(path, 0, None), date)
    layout = _with(record.layout, entered)
    text = rewrite_layout(path.read_bytes().decode(), record.page, layout)
    try:
        read = read_articles(record.page, parse_layout(text.encode(), path, record.page), year=None)
    except LayoutError as error:
        raise ArchiveError(root / record.page.source, line, error.found, error.expected) from error
    commit(root / "content", {f"sources/{issue}/{name}.yml": text.encode()}, lasting=True)
    found = [known for known in _of_page(root, read) if known.correction.place.line == line and known.correction.printed == printed]
    return next(known for known in found if column in (None, known.correction.place.column))


def _with(layout: Layout, entered: Entered) -> Layout:
    """``layout`` with one more correction, in the order of the page."""
    at = sum((item.line, item.column or 0) <= (entered.line, entered.column or 0) for item in layout.corrections)
    return replace(layout, corrections=(*layout.corrections[:at], entered, *layout.corrections[at:]))


def explain_correction(known: Known) -> list[str]:
    """The printed line with its neighbours, both readings in their sentence, kind, reason, date, and where readers see it."""
    item, page = known.correction, known.page.page
    printed = [number for number in range(1, page.line_count + 1) if page.line_text(number).strip()]
    at = printed.index(item.place.line)
    rows = [f"{known.place}  {KINDS[item.kind]} ({item.kind})  {known.path}:{known.line}"]
    for number in printed[max(0, at - 1) : at + 2]:
        rows.append(f"{'>' if number == item.place.line else ' '} {number:>4}  {page.line_text(number).rstrip()}")
    rows += ["", *_readings(known), f"依据 reason：{item.note}"]
    if item.date:
        rows.append(f"日期 date：{item.date}")
    if known.article:
        rows.append(f"稿件 article：{known.article.label}  {known.article.url}#{correction_anchor(item.place)}")
    return rows


def _readings(known: Known) -> list[str]:
    for passage in _passages(known):
        for repair in passage.repairs:
            if repair.place == known.correction.place and repair.printed == known.correction.printed:
                before = passage.text[max(0, repair.start - _AROUND) : repair.start]
                after = passage.text[repair.end : repair.end + _AROUND]
                new = passage.text[repair.start : repair.end]
                read = "存疑，未改 doubtful, left as printed" if known.correction.corrected is None else f"{before}【{new}】{after}"
                return [f"原刊 printed：  {before}【{repair.printed}】{after}", f"订正 corrected：{read}"]
    return [f"原刊 printed：  【{known.correction.printed}】", f"订正 corrected：【{known.correction.corrected or '存疑，未改'}】"]


def _passages(known: Known) -> list[Passage]:
    article = known.article
    if article is None:
        return []
    return [*filter(None, (article.kicker, article.title, article.subtitle)), *(block.passage for block in article.body)]
