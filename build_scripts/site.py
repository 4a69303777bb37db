"""Markdown pages → the site: MkDocs builds beside the old site, which is replaced when the new one is whole."""

import os
import shutil
import tempfile
import time
from collections.abc import Callable
from contextlib import suppress
from http import HTTPStatus
from pathlib import Path
from urllib.parse import quote, unquote

import msgspec
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort
from mkdocs.livereload import LiveReloadServer

from build_scripts.cache import Cache
from build_scripts.cores import sparing_garbage
from build_scripts.errors import ArchiveError, OutputError
from build_scripts.fingerprint import content_key, files_below
from build_scripts.mkdocs_hooks import PROJECT
from build_scripts.progress import Progress, silent
from build_scripts.publish import Published, publish
from build_scripts.spare import Tree, follow
from build_scripts.takeover import RACY, Memory, Record, stamped
from build_scripts.write import BUILD_FOLDER, OWNED, check_site_folder, fresh_folder, put_away, swap_folder


def build_site(root: Path, target: Path, progress: Progress = silent, *, site_url: str | None = None, spare: Path | None = None) -> int:
    """Builds the pages below ``root`` into ``target``; returns how many files the site has.

    ``site_url`` stands for what the settings say, which is the environment's ``SITE_URL``; ``spare`` is where the tree is kept in which the
    next site will be made, below ``.build/`` if nothing is said.

    MkDocs empties its target first, so it gets a fresh folder: a failed or interrupted build leaves the old site as it was.
    Raises ``mkdocs.exceptions.Abort`` where MkDocs warns (``--strict``), :class:`~build_scripts.errors.OutputError` where the disk is full.
    The caller holds the archive's lock.
    """
    target = Path(os.path.abspath(target))  # noqa: PTH100 (resolve() would follow a link that has to be refused)
    try:
        check_site_folder(root, target)
        spare = spare or _spare_of(root, target)
        fresh = fresh_folder(target, spare)
        own = {} if site_url is None else {"site_url": site_url}
        config = load_config(
            str(PROJECT / "mkdocs.yml"), docs_dir=str((root / "content").resolve()), site_dir=str(fresh.resolve()), strict=True, **own
        )
        with sparing_garbage(), Cache(root / BUILD_FOLDER / "cache" / "site") as cache:
            key = _memory_key(config, target)
            memory = _read_memory(cache, key)
            tree = _look_into(fresh, target, memory.record)
            try:
                built = _build_into(tree, config, target, memory, progress)
            except BaseException:
                _take_back(fresh, spare, memory.record)
                raise
            kept = swap_folder(fresh, target, spare) and _keep_spare(spare, target, built)
            time.sleep(RACY / 1e9)  # what has changed up to now has a stamp then
            record = stamped(built.memory.record, str(target), every=not kept)
            cache.put(key, msgspec.msgpack.encode(msgspec.structs.replace(built.memory, record=record)))
        return len(record) + 1  # and the mark
    except OSError as error:
        raise OutputError(error.filename or target, 0, f"cannot be written ({error.strerror or error})") from error


def _look_into(fresh: Path, target: Path, record: Record) -> Tree:
    """What stands in the folder in which the site is made; an empty one where it cannot be used."""
    try:
        return Tree(str(fresh), record)
    except OSError:
        return Tree(str(fresh_folder(target)), record)


def _build_into(tree: Tree, config: MkDocsConfig, old: Path, memory: Memory, progress: Progress) -> Published:
    config.plugins.on_startup(command="build", dirty=False)
    try:
        return publish(config, tree, old, memory, progress)
    finally:
        config.plugins.on_shutdown()


def _take_back(fresh: Path, spare: Path, record: Record) -> None:
    """Leaves of a tree in which no site could be made what it shares with the site that stands."""
    with suppress(OSError):
        if Tree(str(fresh), record).standing and put_away(fresh, spare):
            return
    shutil.rmtree(fresh, ignore_errors=True)


def _keep_spare(spare: Path, target: Path, built: Published) -> bool:
    """Gives the tree that was replaced what the new one has; returns whether that is possible."""
    try:
        follow(str(spare), str(target), built.made, built.gone)
    except OSError:  # the disk is full, or something of a stranger's stands there
        shutil.rmtree(spare, ignore_errors=True)
        return False
    return True


def _spare_of(root: Path, target: Path) -> Path:
    """Where the second tree of the site in ``target`` is kept. That of a site that is gone goes: nobody shares its data."""
    folder = root / BUILD_FOLDER / "cache" / "spare"
    for other in folder.iterdir() if folder.is_dir() else ():
        if not (root / unquote(other.name)).is_dir():
            shutil.rmtree(other, ignore_errors=True)
    return folder / quote(os.path.relpath(target, root), safe="")


def _memory_key(config: MkDocsConfig, target: Path) -> bytes:
    """The key of what is known of the site in ``target``, as long as all that its pages share stays: the theme with its styles and
    scripts, the settings, the address; the program is in every key."""
    theme = [part for name, data in files_below(PROJECT / "theme", ("",)) for part in (name.encode(), data)]
    settings = (PROJECT / "mkdocs.yml").read_bytes()
    return content_key(b"site", str(target).encode(), settings, (config.site_url or "").encode(), *theme)


def _read_memory(cache: Cache, key: bytes) -> Memory:
    """What the last build of this site left."""
    try:
        return msgspec.msgpack.decode(cache.get(key) or b"", type=Memory)
    except msgspec.MsgspecError:
        return Memory()


def serve_site(root: Path, address: str, rebuild: Callable[[], object]) -> None:
    """Serves the pages below ``root``, and makes anew what a change of a source, a layout, a text or a template touches.

    ``rebuild`` builds the archive's pages after a change; before the first, they are built. MkDocs' own ``serve`` would build every page,
    and again because of the generated ones that a build writes. Runs until it is interrupted.
    """
    host, _, port = address.rpartition(":")
    with tempfile.TemporaryDirectory(prefix="archive-serve-") as folder:
        target = Path(folder) / "site"

        def publish_changes() -> None:
            try:
                rebuild()
                build_site(root, target, site_url="", spare=target.with_name("spare"))
            except ArchiveError as error:
                raise Abort(str(error)) from error  # the server says it, and waits for the next change

        build_site(root, target, site_url="", spare=target.with_name("spare"))
        server = LiveReloadServer(builder=publish_changes, host=host, port=int(port), root=str(target))
        server.error_handler = lambda code: (target / "404.html").read_bytes() if code == HTTPStatus.NOT_FOUND else None
        content = root / "content"
        server.watch(str(content), recursive=False)
        for place in (*(one for one in sorted(content.iterdir()) if one.is_dir() and one.name not in OWNED), PROJECT / "theme"):
            server.watch(str(place))
        try:
            server.serve()  # type: ignore[no-untyped-call]
        except KeyboardInterrupt:
            pass
        finally:
            server.shutdown()
