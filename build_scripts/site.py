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
from build_scripts.publish import publish
from build_scripts.takeover import Kept, Record, stamped
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
        config = load_config(
            str(PROJECT / "mkdocs.yml"), docs_dir=str((root / "content").resolve()), site_dir=str(fresh.resolve()), strict=True
        )
        with Cache(root / BUILD_FOLDER / "cache" / "site") as cache:
            key = _record_key(config, target)
            made = _build_into(fresh, config, target, _read_record(cache, key), progress)
            swap_folder(fresh, target)
            cache.put(key, msgspec.json.encode(stamped(made, str(target))))
        return _count_files(str(target))
    except OSError as error:
        raise OutputError(error.filename or target, 0, f"cannot be written ({error.strerror or error})") from error


def _build_into(fresh: Path, config: MkDocsConfig, old: Path, record: Record, progress: Progress) -> Record:
    config.plugins.on_startup(command="build", dirty=False)
    try:
        return publish(config, old, record, progress)
    except BaseException:
        shutil.rmtree(fresh, ignore_errors=True)
        raise
    finally:
        config.plugins.on_shutdown()


def _record_key(config: MkDocsConfig, target: Path) -> bytes:
    """The key of what is known of the site in ``target``, as long as all that its pages share stays: the theme with its styles and
    scripts, the settings, the address; the program is in every key."""
    theme = [part for name, data in files_below(PROJECT / "theme", ("",)) for part in (name.encode(), data)]
    settings = (PROJECT / "mkdocs.yml").read_bytes()
    return content_key(b"site", str(target).encode(), settings, (config.site_url or "").encode(), *theme)


def _read_record(cache: Cache, key: bytes) -> Record:
    """What the last build of this site made."""
    try:
        return msgspec.json.decode(cache.get(key) or b"{}", type=dict[str, Kept])
    except msgspec.MsgspecError:
        return {}


def _count_files(folder: str) -> int:
    with os.scandir(folder) as entries:
        return sum(_count_files(entry.path) if entry.is_dir(follow_symlinks=False) else entry.is_file() for entry in entries)


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
