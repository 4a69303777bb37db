"""The data files of an archive, for tests that look into several of them."""

from build_scripts.datasets import render_datasets
from build_scripts.pages.view import View
from build_scripts.transaction import Grown


def data_files(view: View) -> dict[str, bytes]:
    """Name below ``data/`` → bytes, of every file."""
    found = {}
    for name, content in render_datasets(view):
        assert content is not None, name
        assert not isinstance(content, Grown), name  # nothing is kept of an earlier build
        found[name] = content if isinstance(content, bytes) else b"".join(content)
    return found
