"""The layout as the browser sends it: JSON in the shape of the layout file, read by the same rules as the file."""

from pathlib import Path

from build_scripts.errors import LayoutError
from build_scripts.layout.layoutfile import Layout, layout_of
from build_scripts.source import Page
from build_scripts.yamlfile import MAX_DEPTH, Entry, check_text


def read_tree(data: object, path: Path, page: Page) -> Layout:
    """The layout that ``data`` writes, parsed JSON with texts, lists and mappings only. It may leave text out or use it twice.

    Raises :class:`LayoutError` for any other value, for text that no file may hold, and for whatever the layout file refuses.
    """
    return layout_of(_entry(data, path, 0), page)


def _entry(data: object, path: Path, depth: int) -> Entry:
    if depth > MAX_DEPTH:
        raise LayoutError(path, 0, f"is nested more than {MAX_DEPTH} deep")
    if isinstance(data, str):
        check_text(data, path, 0)
        return Entry(path, 0, data)
    if isinstance(data, list):
        return Entry(path, 0, [_entry(item, path, depth + 1) for item in data])
    if isinstance(data, dict):
        for key in data:
            check_text(key, path, 0)
        return Entry(path, 0, {key: _entry(value, path, depth + 1) for key, value in data.items()}, dict.fromkeys(data, 0))
    raise LayoutError(path, 0, f"holds {str(data)[:40]!r}", "texts, lists and mappings only")
