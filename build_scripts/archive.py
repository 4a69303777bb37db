"""The stages in order: sources → issues → archive. The only module that knows them all.

``content/sources/<issue>/issue.yml`` names the issue's pages; each page is a raw text and its layout.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from build_scripts.articles import read_articles
from build_scripts.checks import Check, all_checks, find_own_checks, of_round
from build_scripts.compared import Compared
from build_scripts.errors import Gathered, LayoutError
from build_scripts.figures import Figure, PageFigures, read_figures
from build_scripts.issuefile import IssueFile, check_evidence, check_number, find_stated, read_issue_file, read_redirects
from build_scripts.layout.layoutfile import ArticleLayout, Package, read_layout
from build_scripts.projects.reader import read_names
from build_scripts.projects.records import PageNames
from build_scripts.records import Archive, Article, Issue, PackageRecord, PageRecord, Redirects
from build_scripts.source import Page, read_page
from build_scripts.yamlfile import Entry

SOURCES = Path("content/sources")


@dataclass(frozen=True, slots=True)
class IssueRead:
    """All that is read of an issue without a look at any other."""

    issue: Issue
    figures: dict[str, PageFigures]
    """Path of a raw page → what was read of its numbers."""
    names: dict[str, PageNames]
    """Path of a raw page → the projects and firms that it names."""
    checks: dict[str, tuple[Check, ...]]
    """Path of a raw page → the checks of its articles, each by itself."""
    rounds: tuple[Figure, ...]
    """The figures that are compared with those of other issues."""


def read_archive(root: Path, read: Callable[[Path, IssueFile], IssueRead] | None = None, compared: Compared | None = None) -> Archive:
    """The whole archive below ``root``. Raises :class:`~build_scripts.errors.ArchiveError` for what is wrong, the first thing in front.

    ``read`` gives what is read of an issue where that is known already, see :mod:`build_scripts.reads`; ``compared`` what is found by
    comparing them.
    """
    reads: dict[str, IssueRead] = {}

    def keep(root: Path, file: IssueFile) -> Issue:
        reads[file.id] = (read or read_whole_issue)(root, file)
        return reads[file.id].issue

    issues, redirects = read_sources(root, keep)
    figures = {source: found for issue in issues for source, found in reads[issue.id].figures.items()}
    names = {source: found for issue in issues for source, found in reads[issue.id].names.items()}
    own = (check for issue in issues for checks in reads[issue.id].checks.values() for check in checks)
    checks = all_checks(own, [figure for issue in issues for figure in reads[issue.id].rounds])
    related, ledger = (compared or Compared(root)).find(issues, names, redirects)
    return Archive(issues, related, figures, checks, redirects, names, ledger)


def read_sources(root: Path, read: Callable[[Path, IssueFile], Issue] | None = None) -> tuple[tuple[Issue, ...], Redirects]:
    """All issues in order of time, without their figures, and the redirects. Raises all that is wrong at once, as :func:`read_archive`.

    ``read`` reads one issue.
    """
    folder = root / SOURCES
    if not folder.is_dir():
        raise LayoutError(folder, 0, "is not there", "a folder with one folder for each issue")
    folders = [path for path in sorted(folder.iterdir()) if not path.name.startswith(".")]
    gathered = Gathered()
    for stray in folders:
        with gathered:
            if not stray.is_dir():
                raise LayoutError(stray, 0, "belongs to no issue", "only folders of issues here")
    folders = [path for path in folders if path.is_dir()]
    files = gathered.each(lambda path: read_issue_file(path / "issue.yml"), folders)
    issues = tuple(sorted(gathered.each(lambda file: (read or read_issue)(root, file), files), key=lambda issue: issue.sort_key))
    _check_unique(files, issues, gathered)
    ids = frozenset(path.name for path in folders)
    for file in files:
        for same, entry in file.possibly_same:
            with gathered:
                if same.issue == file.id or same.issue not in ids:
                    raise entry.error(f"possibly_same names {same.issue!r}", "the id of another issue")
    pages = frozenset(f"{path.name}/{page.stem}" for path in folders for page in path.glob("*.txt"))
    articles = frozenset(f"{issue.id}/{article.id}" for issue in issues for article in issue.articles)
    redirects = Redirects()
    with gathered:
        redirects = read_redirects(root / "content/redirects.yml", ids, pages, articles if not gathered.errors else None)
    gathered.raise_all()
    return issues, redirects


def read_whole_issue(root: Path, file: IssueFile) -> IssueRead:
    """One issue with all its pages, their figures and names. Raises for all that is wrong with them."""
    issue = read_issue(root, file)
    latest = issue.date or issue.not_before
    figures = {record.page.source: read_figures(record, year=issue.year, not_before=latest) for record in issue.pages}
    names = {
        record.page.source: read_names(record, figures[record.page.source], year=issue.year, not_before=latest) for record in issue.pages
    }
    return IssueRead(
        issue,
        figures,
        names,
        checks={record.page.source: find_own_checks(record, figures[record.page.source]) for record in issue.pages},
        rounds=tuple(figure for page in figures.values() for figure in page.figures if of_round(figure)),
    )


def read_issue(root: Path, file: IssueFile) -> Issue:
    """One issue with all its pages. Raises for all that is wrong with them."""
    folder = root / SOURCES / file.id
    gathered = Gathered()
    with gathered:
        _check_folder(folder, file)
    pages: dict[str, Page] = {}
    records: list[PageRecord] = []
    for name in file.pages:
        source = (SOURCES / file.id / f"{name}.txt").as_posix()
        with gathered:
            pages[name] = read_page(folder / f"{name}.txt", issue=file.id, name=name, source=source)
            layout = read_layout(folder / f"{name}.yml", pages[name])
            first_order = 1 + sum(len(record.articles) for record in records)
            records.append(read_articles(pages[name], layout, year=file.year, first_order=first_order))
    with gathered:
        check_evidence(file, pages)
    gathered.raise_all()
    number = check_number(file, tuple(records))
    return Issue(
        id=file.id,
        newspaper=file.newspaper,
        supplement=file.supplement,
        year=file.year,
        number=number,
        date=file.date or next((record.masthead.date for record in records if record.masthead.date), None),
        not_before=file.not_before,
        evidence=tuple(evidence for evidence, _ in file.evidence),
        possibly_same=tuple(same for same, _ in file.possibly_same),
        rights=file.rights,
        pages=tuple(records),
        originals=file.originals,
        stated=find_stated(file, number, tuple(records)),
    )


def _check_folder(folder: Path, file: IssueFile) -> None:
    """Every file of an issue's folder is accounted for: a page that ``issue.yml`` forgets would be lost without a word."""
    expected = {"issue.yml"} | {f"{name}.{ending}" for name in file.pages for ending in ("txt", "yml")}
    found = {path.name for path in folder.iterdir() if not path.name.startswith(".")}
    gathered = Gathered()
    for name in file.pages:
        for ending, what in (("txt", "its raw text"), ("yml", "its layout")):
            with gathered:
                if f"{name}.{ending}" not in found:
                    raise file.page_entries[name].error(f"the page {name} lacks {what}", f"the file {folder / name}.{ending}")
    for name in sorted(found - expected):
        with gathered:
            raise file.root.error(f"{folder / name} belongs to no page of this issue", f"pages: [{', '.join(file.pages)}, …]")
    gathered.raise_all()


def _check_unique(files: Sequence[IssueFile], issues: tuple[Issue, ...], gathered: Gathered) -> None:
    """Article and package ids are unique over the archive, pages are filed once: addresses and citations depend on it."""
    seen: dict[str, str] = {}
    hashes: dict[str, str] = {}
    for issue in issues:
        names = {page.name.lower() for page in issue.pages}
        for record in issue.pages:
            items: list[PackageRecord | Article] = [*record.packages, *record.articles]
            for item in items:
                with gathered:
                    if item.id in seen:
                        raise _entry(record, item.id).error(
                            f"the id {item.id!r} is taken by an item of {seen[item.id]}", "an id of its own"
                        )
                    seen[item.id] = record.page.source
                    if item.id in names:
                        raise _entry(record, item.id).error(f"the id {item.id!r} is the name of a page of its issue", "another id")
            with gathered:
                if record.page.sha256 in hashes:
                    entry = next(file for file in files if file.id == issue.id).page_entries[record.name]
                    raise entry.error(f"{record.page.source} is the same text as {hashes[record.page.sha256]}", "each page once")
                hashes[record.page.sha256] = record.page.source


def _entry(record: PageRecord, identity: str) -> Entry:
    """Where the layout file gives an item its id."""
    items: list[Package | ArticleLayout] = [*record.layout.packages, *record.layout.articles]
    return next(item.entry for item in items if item.id == identity)
