"""Sources → Markdown pages under ``content/`` and data files in the build folder."""

import json
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, replace
from functools import lru_cache, partial
from itertools import chain
from pathlib import Path
from typing import Any

from build_scripts.archive import read_archive
from build_scripts.cache import Cache
from build_scripts.check import Finding, check_history, find_lost_addresses, find_problems
from build_scripts.compared import Compared
from build_scripts.cores import Beside, sparing_garbage
from build_scripts.datasets import render_datasets
from build_scripts.errors import OutputError
from build_scripts.feeds import list_feeds
from build_scripts.figures.records import Figure, PageFigures
from build_scripts.keptfiles import KeptFiles
from build_scripts.packed import in_passing
from build_scripts.pages.asked import ask
from build_scripts.pages.document import Document, render_document
from build_scripts.pages.kept import KeptPages
from build_scripts.pages.lists import SITE
from build_scripts.pages.method import accuracy_document
from build_scripts.pages.site import render_documents
from build_scripts.pages.view import View
from build_scripts.progress import Advance, Progress, silent
from build_scripts.reads import read_ahead, recall_issues
from build_scripts.records import Article
from build_scripts.search.render import render_search
from build_scripts.transaction import Content
from build_scripts.write import BUILD_FOLDER, archive_lock, differences, stage_files

MUCH = 1_000_000
"""Bytes of raw text that are new from which on the index is made in a process of its own, which has to read back what is kept first."""

OWNED_DATA = ("data", "search")
"""Folders of the build folder that hold nothing but what a build writes."""


def render_pages(view: View, extra: Iterable[Document] = (), kept: KeptPages | None = None) -> Iterator[tuple[str, bytes | None]]:
    """The files below ``content/``, one after the other: path and content, ``None`` for one that stands there as it would be made.

    ``extra`` are pages that are not made of the archive alone. Raises :class:`~build_scripts.errors.OutputError` where two pages would have
    one address, which only ids or redirects can cause.
    """
    taken: set[str] = set()
    for document in chain(render_documents(view), extra):
        if document.path.casefold() in taken:
            raise OutputError(Path("content") / document.path, 0, "two pages have this address", "an id or a redirect of its own")
        taken.add(document.path.casefold())
        if kept is not None and kept.stands(document):
            yield document.path, None
            continue
        data = render_document(document).encode()
        if kept is not None:
            kept.note(document, data)
        yield document.path, data
    yield from sorted(view.archive.ledger.registers.items())


def render_data(
    view: View,
    index: Callable[[], Mapping[str, bytes]],
    data_cache: Cache | None = None,
    keys: Mapping[str, bytes] | None = None,
    kept: KeptFiles | None = None,
) -> Iterator[tuple[str, Content | None]]:
    """The files below the build folder, one after the other: data, and the search index, which ``index`` gives. Nothing is written here
    but what the cache keeps.

    ``keys`` and ``kept``: see :func:`build_scripts.datasets.render_datasets`.
    """
    info = {"full_text": view.full_text, "newest_day": view.archive.newest_day}
    for name, data in render_datasets(view, keys, data_cache, kept):
        yield f"data/{name}", data
    yield "feeds.json", (json.dumps([asdict(feed) for feed in list_feeds(view, SITE)], ensure_ascii=False) + "\n").encode()
    yield "build.json", (json.dumps(info) + "\n").encode()
    for name, content in index().items():
        yield f"search/{name}", content


def render_index(view: View, cache: Cache | None = None, keys: Mapping[str, bytes] | None = None) -> dict[str, bytes]:
    """The search index. It goes through the archive once, and keeps nothing of what it looks into."""

    @lru_cache(maxsize=1)
    def page(source: str) -> PageFigures:
        return replace(view.archive.figures[source])  # a copy, which alone remembers what it has been asked

    def figures(article: Article) -> Sequence[Figure]:
        return page(article.source).of_article(article.id)

    with in_passing():
        return render_search(view, figures, cache, keys)


def build_archive(root: Path, *, full_text: bool = True, progress: Progress = silent) -> int:
    """Builds the archive below ``root``; returns how many files changed. Two builds at once run one after the other.

    Reading tests everything that ``archive check`` does but the addresses of pages; the first thing that is wrong ends the build.
    """
    with (
        archive_lock(root),
        sparing_garbage(),
        _cache(root, "reads") as reads,
        _cache(root, "data") as packed,
        _cache(root, "pages") as pages,
    ):
        check_history(root)
        with Beside(partial(_index, root, full_text)) as beside:
            ahead = read_ahead(root, reads, progress)
            compared = Compared(root, reads, ahead.keys)
            view = View(read_archive(root, ahead.read, compared), full_text)
            if ahead.work > MUCH:
                beside.begin(ahead.keys)  # it needs as long as all the rest, and nothing of it
            asking, asked = ask(view, ahead.keys, compared.marks)
            kept = KeptPages(pages, asked, root / "content", full_text=full_text)
            with progress("making the pages", len(view.archive.articles)) as advance:
                articles = {f"{article.url.rstrip('/')}.md" for article in view.archive.articles}
                content = stage_files(root / "content", _counted(render_pages(asking, _accuracy(root), kept), articles, advance))
            try:
                with progress("making data and search index", 1) as advance:
                    files, index = KeptFiles(packed, root / BUILD_FOLDER / "data"), KeptFiles(packed, root / BUILD_FOLDER)
                    made = render_data(view, lambda: beside.result() or _index_of(view, root, ahead.keys), packed, ahead.keys, files)
                    built = stage_files(root / BUILD_FOLDER, _but_standing(made, index), OWNED_DATA)
                    advance(1)
            except BaseException:
                content.drop()
                raise
        content.apply()
        built.apply()
        compared.keep()
        kept.keep()
        files.keep()
        index.keep()
        return len(content.changes) + len(built.changes)


def _but_standing(files: Iterable[tuple[str, Content | None]], kept: KeptFiles) -> Iterator[tuple[str, Content | None]]:
    """``files``; of the search index those that stand already are not compared: a folder in it is named by all that it holds."""
    for path, content in files:
        named = path.startswith("search/") and path.count("/") > 1
        yield path, None if named and kept.stands(path, path.encode()) else content


def _index(root: Path, full_text: bool, keys: Mapping[str, bytes]) -> dict[str, bytes] | None:
    """The search index of the issues that are kept under ``keys``; ``None`` where one is not, as on a full disk."""
    archive = recall_issues(root, _cache(root, "reads"), keys)
    return None if archive is None else _index_of(View(archive, full_text), root, keys)


def _index_of(view: View, root: Path, keys: Mapping[str, bytes]) -> dict[str, bytes]:
    with _cache(root, "search") as cache:
        return render_index(view, cache, keys)


def _counted(files: Iterable[tuple[str, bytes | None]], articles: Collection[str], advance: Advance) -> Iterator[tuple[str, bytes | None]]:
    """``files``; tells of those that are ``articles``, which are most of them."""
    for path, data in files:
        yield path, data
        if path in articles:
            advance(1)


def _cache(root: Path, name: str) -> Cache:
    return Cache(root / BUILD_FOLDER / "cache" / name)


def find_all_problems(root: Path, *, full_text: bool = True) -> tuple[Finding, ...]:
    """Everything that is wrong with the archive below ``root``; where nothing is, the addresses of its pages are compared with the last
    commit's, for which all of them are made. Nothing is written."""
    found = find_problems(root)
    if any(finding.severity == "error" for finding in found):
        return found
    return (*found, *find_lost_addresses(root, (path for path, _ in render_pages(View(read_archive(root), full_text)))))


def check_archive(root: Path, *, full_text: bool = True) -> list[str]:
    """What a build would change below ``content/``; empty when the committed pages are current. Every page is made and compared."""
    return differences(root / "content", render_pages(read_view(root, full_text=full_text), _accuracy(root)))


def read_view(root: Path, *, full_text: bool = True, progress: Progress = silent) -> View:
    """The archive below ``root``, what has been read before not read again. Raises :class:`~build_scripts.errors.ArchiveError`."""
    with _cache(root, "reads") as reads:
        return View(read_archive(root, read_ahead(root, reads, progress).read), full_text)


def _accuracy(root: Path) -> Iterator[Document]:
    """The page that says how right the figures are, where there are annotated pages beside the archive to measure them on."""
    if accuracy := accuracy_document(root):
        yield accuracy


def read_build_info(root: Path) -> dict[str, Any]:
    """What the last build left about itself; empty where there was none."""
    path = root / BUILD_FOLDER / "build.json"
    return dict(json.loads(path.read_text("utf-8"))) if path.is_file() else {}
