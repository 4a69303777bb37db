"""Sources → Markdown pages under ``content/`` and data files in the build folder."""

import json
from pathlib import Path
from typing import Any

from build_scripts.archive import read_archive
from build_scripts.datasets import render_datasets
from build_scripts.pages.document import render_document
from build_scripts.pages.site import render_documents
from build_scripts.pages.view import View
from build_scripts.write import differences, write_files

BUILD_FOLDER = ".build"
"""What a build leaves for MkDocs, beside ``content/``; never committed."""


def render_archive(root: Path, *, full_text: bool) -> tuple[dict[str, bytes], dict[str, bytes]]:
    """Everything that a build writes: files below ``content/`` and files below the build folder. Nothing is written here."""
    archive = read_archive(root)
    view = View(archive, full_text)
    pages = {document.path: render_document(document).encode() for document in render_documents(view)}
    info = {"full_text": full_text, "newest_day": archive.newest_day}
    data = {f"data/{name}": content for name, content in render_datasets(view).items()}
    data["build.json"] = (json.dumps(info) + "\n").encode()
    return pages, data


def build_archive(root: Path, *, full_text: bool = True) -> int:
    """Builds the archive below ``root``; returns how many files changed."""
    pages, data = render_archive(root, full_text=full_text)
    return write_files(root / "content", pages) + write_files(root / BUILD_FOLDER, data, owned=("data",))


def check_archive(root: Path, *, full_text: bool = True) -> list[str]:
    """What a build would change below ``content/``; empty when the committed pages are current."""
    pages, _ = render_archive(root, full_text=full_text)
    return differences(root / "content", pages)


def read_build_info(root: Path) -> dict[str, Any]:
    """What the last build left about itself; empty where there was none."""
    path = root / BUILD_FOLDER / "build.json"
    return dict(json.loads(path.read_text("utf-8"))) if path.is_file() else {}
