"""Sources → Markdown pages under ``content/`` and data files in the build folder."""

import json
from pathlib import Path
from typing import Any

from build_scripts.archive import read_archive
from build_scripts.datasets import render_datasets
from build_scripts.errors import OutputError
from build_scripts.pages.document import render_document
from build_scripts.pages.site import render_documents
from build_scripts.pages.view import View
from build_scripts.write import OWNED, check_targets, differences, write_files

BUILD_FOLDER = ".build"
"""What a build leaves for MkDocs, beside ``content/``; never committed."""

OWNED_DATA = ("data",)
"""Folders of the build folder that hold nothing but what a build writes."""


def render_archive(root: Path, *, full_text: bool) -> tuple[dict[str, bytes], dict[str, bytes]]:
    """Everything that a build writes: files below ``content/`` and files below the build folder. Nothing is written here."""
    archive = read_archive(root)
    view = View(archive, full_text)
    pages: dict[str, bytes] = {}
    addresses: dict[str, str] = {}
    for document in render_documents(view):
        other = addresses.setdefault(document.path.casefold(), document.path)
        if document.path in pages or other != document.path:
            raise OutputError(root / "content" / document.path, 0, "two pages have this address", "an id or a redirect of its own")
        pages[document.path] = render_document(document).encode()
    info = {"full_text": full_text, "newest_day": archive.newest_day}
    data = {f"data/{name}": content for name, content in render_datasets(view).items()}
    data["build.json"] = (json.dumps(info) + "\n").encode()
    return pages, data


def build_archive(root: Path, *, full_text: bool = True) -> int:
    """Builds the archive below ``root``; returns how many files changed."""
    pages, data = render_archive(root, full_text=full_text)
    check_targets(root / "content", pages, OWNED)
    check_targets(root / BUILD_FOLDER, data, OWNED_DATA)
    return write_files(root / "content", pages, OWNED) + write_files(root / BUILD_FOLDER, data, OWNED_DATA)


def check_archive(root: Path, *, full_text: bool = True) -> list[str]:
    """What a build would change below ``content/``; empty when the committed pages are current."""
    pages, _ = render_archive(root, full_text=full_text)
    return differences(root / "content", pages)


def read_build_info(root: Path) -> dict[str, Any]:
    """What the last build left about itself; empty where there was none."""
    path = root / BUILD_FOLDER / "build.json"
    return dict(json.loads(path.read_text("utf-8"))) if path.is_file() else {}
