"""Markdown pages → the site: MkDocs builds beside the old site, which is replaced when the new one is whole."""

import os
import shutil
from pathlib import Path

import msgspec
from mkdocs.commands.serve import serve
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig

from build_scripts.cache import Cache
from build_scripts.errors import OutputError
from build_scripts.fingerprint import content_key, files_below
from build_scripts.mkdocs_hooks import PROJECT
from build_scripts.progress import Progress, silent
from build_scripts.publish import Rendered, publish
from build_scripts.write import BUILD_FOLDER, check_site_folder, fresh_folder, swap_folder


def build_site(root: Path, target: Path, progress: Progress = silent) -> int:
    """Builds the pages below ``root`` into ``target``; returns how many files the site has.

    MkDocs empties its target first, so it gets a fresh folder: a failed or interrupted build leaves the old site as it was.
    Raises ``mkdocs.exceptions.Abort`` where MkDocs warns (``--strict``), :class:`~build_scripts.errors.OutputError` where the disk is full.
    The caller holds the archive's lock.
    """
    target = Path(os.path.abspath(target))  # noqa: PTH100 (resolve() would follow a link that has to be refused)
    try:
        check_site_folder(root, target)
        fresh = fresh_folder(target)
        _build_into(root, fresh, target, progress)
        swap_folder(fresh, target)
        return sum(1 for path in target.rglob("*") if path.is_file())
    except OSError as error:
        raise OutputError(error.filename or target, 0, f"cannot be written ({error.strerror or error})") from error


def _build_into(root: Path, fresh: Path, target: Path, progress: Progress) -> None:
    config = load_config(
        str(PROJECT / "mkdocs.yml"), docs_dir=str((root / "content").resolve()), site_dir=str(fresh.resolve()), strict=True
    )
    config.plugins.on_startup(command="build", dirty=False)
    try:
        with Cache(root / BUILD_FOLDER / "cache" / "site") as cache:
            made = publish(config, _frame(config), target, _read_rendered(cache, target), progress)
            cache.put(_rendered_key(target), msgspec.json.encode(made))
    except BaseException:
        shutil.rmtree(fresh, ignore_errors=True)
        raise
    finally:
        config.plugins.on_shutdown()


def _frame(config: MkDocsConfig) -> bytes:
    """The key of what all pages share: the theme with its styles and scripts, the settings, the address; the program is in every key."""
    theme = [part for name, data in files_below(PROJECT / "theme", ("",)) for part in (name.encode(), data)]
    return content_key(b"frame", (PROJECT / "mkdocs.yml").read_bytes(), (config.site_url or "").encode(), *theme)


def _rendered_key(target: Path) -> bytes:
    return content_key(b"rendered", str(target).encode())


def _read_rendered(cache: Cache, target: Path) -> Rendered:
    """What the last build of the site in ``target`` rendered."""
    try:
        return msgspec.json.decode(cache.get(_rendered_key(target)) or b"{}", type=dict[str, tuple[str, str]])
    except msgspec.MsgspecError:
        return {}


def serve_site(root: Path, address: str) -> None:
    """Serves the pages below ``root`` and builds them anew whenever a source, a layout or a template changes."""
    serve(
        str(PROJECT / "mkdocs.yml"),
        livereload=True,
        watch_theme=True,
        docs_dir=str((root / "content").resolve()),
        dev_addr=address,
        watch=[str(root / "content" / "sources")],
    )
