"""Sources → Markdown pages under ``content/`` and data files in the build folder."""

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

from build_scripts.archive import read_archive
from build_scripts.cache import Cache
from build_scripts.check import Finding, check_history, find_lost_addresses, find_problems
from build_scripts.datasets import render_datasets
from build_scripts.errors import OutputError
from build_scripts.feeds import list_feeds
from build_scripts.pages.document import render_document
from build_scripts.pages.lists import SITE
from build_scripts.pages.method import accuracy_document
from build_scripts.pages.site import render_documents
from build_scripts.pages.view import View
from build_scripts.reads import read_ahead
from build_scripts.search.render import render_search
from build_scripts.write import BUILD_FOLDER, OWNED, archive_lock, check_targets, differences, write_files

OWNED_DATA = ("data", "search")
"""Folders of the build folder that hold nothing but what a build writes."""


def render_pages(view: View) -> dict[str, bytes]:
    """The files below ``content/``. Nothing is written here.

    Raises :class:`~build_scripts.errors.OutputError` where two pages would have one address, which only ids or redirects can cause.
    """
    pages: dict[str, bytes] = {}
    addresses: dict[str, str] = {}
    for document in render_documents(view):
        other = addresses.setdefault(document.path.casefold(), document.path)
        if document.path in pages or other != document.path:
            raise OutputError(Path("content") / document.path, 0, "two pages have this address", "an id or a redirect of its own")
        pages[document.path] = render_document(document).encode()
    return {**pages, **view.archive.ledger.registers}


def render_data(view: View, search_cache: Cache | None = None) -> dict[str, bytes]:
    """The files below the build folder: data and search index. Nothing is written here but what ``search_cache`` keeps."""
    info = {"full_text": view.full_text, "newest_day": view.archive.newest_day}
    files = {f"data/{name}": content for name, content in render_datasets(view).items()}
    files |= {f"search/{name}": content for name, content in render_search(view, view.figures_of, search_cache).items()}
    files["feeds.json"] = (json.dumps([asdict(feed) for feed in list_feeds(view, SITE)], ensure_ascii=False) + "\n").encode()
    files["build.json"] = (json.dumps(info) + "\n").encode()
    return files


def build_archive(root: Path, *, full_text: bool = True) -> int:
    """Builds the archive below ``root``; returns how many files changed. Two builds at once run one after the other.

    Reading tests everything that ``archive check`` does but the addresses of pages; the first thing that is wrong ends the build.
    """
    with archive_lock(root), _cache(root, "reads") as reads, _cache(root, "search") as search:
        check_history(root)
        view = View(read_archive(root, read_ahead(root, reads)), full_text)
        pages, data = _with_accuracy(render_pages(view), root), render_data(view, search)
        check_targets(root / "content", pages, OWNED)
        check_targets(root / BUILD_FOLDER, data, OWNED_DATA)
        return write_files(root / "content", pages, OWNED) + write_files(root / BUILD_FOLDER, data, OWNED_DATA)


def _cache(root: Path, name: str) -> Cache:
    return Cache(root / BUILD_FOLDER / "cache" / name)


def find_all_problems(root: Path, *, full_text: bool = True) -> tuple[Finding, ...]:
    """Everything that is wrong with the archive below ``root``; where nothing is, the addresses of its pages are compared with the last
    commit's, for which all of them are made. Nothing is written."""
    found = find_problems(root)
    if any(finding.severity == "error" for finding in found):
        return found
    return (*found, *find_lost_addresses(root, render_pages(View(read_archive(root), full_text))))


def check_archive(root: Path, *, full_text: bool = True) -> list[str]:
    """What a build would change below ``content/``; empty when the committed pages are current."""
    with _cache(root, "reads") as reads:
        archive = read_archive(root, read_ahead(root, reads))
    return differences(root / "content", _with_accuracy(render_pages(View(archive, full_text)), root))


def _with_accuracy(pages: dict[str, bytes], root: Path) -> dict[str, bytes]:
    """With the page that says how right the figures are, where there are annotated pages beside the archive to measure them on."""
    document = accuracy_document(root)
    return pages | {document.path: render_document(document).encode()} if document else pages


def read_build_info(root: Path) -> dict[str, Any]:
    """What the last build left about itself; empty where there was none."""
    path = root / BUILD_FOLDER / "build.json"
    return dict(json.loads(path.read_text("utf-8"))) if path.is_file() else {}
