"""Markdown pages → HTML, by MkDocs, on every core, and only those that are not on the old site already.

MkDocs' own build reads every page before it writes the first. Here each page is read, rendered, written and forgotten, so that memory
does not grow with the archive and pages can be shared among processes; every step of it is MkDocs' own. A page that the program has made
looks at no other page: its HTML hangs on its Markdown, the templates and the settings alone, and where these are as they were, the old
site's file gets a second name in the new one. Hand-written pages may link to any other and are always made.
"""

import hashlib
import logging
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from jinja2 import Environment
from mkdocs import utils
from mkdocs.commands.build import _build_page, _build_theme_template, _populate_page
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort
from mkdocs.structure.files import File, Files, get_files, set_exclusions
from mkdocs.structure.nav import Navigation, get_navigation
from mkdocs.structure.pages import Page

from build_scripts.cores import map_on_cores
from build_scripts.fingerprint import content_key
from build_scripts.mkdocs_page import ArchivePage
from build_scripts.progress import Progress, silent

Rendered = Mapping[str, tuple[str, str]]
"""Path below the site → key of what its page is made of, and SHA-256 of the HTML."""

CHUNK = 50
"""Pages that a process takes at a time."""


@dataclass(frozen=True)
class _Site:
    """What rendering a page needs besides the page."""

    config: MkDocsConfig
    files: Files
    pages: Sequence[File]
    nav: Navigation
    env: Environment
    warnings: utils.CountHandler


_sites: list[_Site] = []
"""The site that is being built. Forked processes find it here: it cannot be sent to them."""


def publish(config: MkDocsConfig, frame: bytes, old: Path, rendered: Rendered, progress: Progress = silent) -> Rendered:
    """Builds the whole site into ``config.site_dir``; returns what it rendered, for the next build.

    ``frame`` is the key of everything that all pages share; ``rendered`` is what the build of the site in ``old`` returned.
    Raises ``mkdocs.exceptions.Abort`` where MkDocs warns.
    """
    warnings = utils.CountHandler()
    warnings.setLevel(logging.WARNING)
    logger = logging.getLogger("mkdocs")
    logger.addHandler(warnings)
    try:
        site = _prepare(config, warnings)
        _sites.append(site)
        site.files.copy_static_files()
        for template in sorted(config.theme.static_templates):
            _build_theme_template(template, site.env, site.files, config, site.nav)
        made = _render_pages(site, frame, old, rendered, progress)
        config.plugins.on_post_build(config=config)
        if counts := warnings.get_counts():
            raise Abort(f"Aborted with {', '.join(f'{count} {level.lower()}s' for level, count in counts)} in strict mode!")
        return made
    finally:
        logger.removeHandler(warnings)
        _sites.clear()


def _prepare(config: MkDocsConfig, warnings: utils.CountHandler) -> _Site:
    """The steps of ``mkdocs.commands.build.build`` before the first page."""
    config = config.plugins.on_config(config)
    config.plugins.on_pre_build(config=config)
    files = get_files(config)
    env = config.theme.get_env()
    files.add_files_from_theme(env, config)
    files = config.plugins.on_files(files, config=config)
    set_exclusions(files, config)
    nav = config.plugins.on_nav(get_navigation(files, config), config=config, files=files)
    env = config.plugins.on_env(env, config=config, files=files)
    return _Site(config, files, files.documentation_pages(), nav, env, warnings)


def _render_pages(site: _Site, frame: bytes, old: Path, rendered: Rendered, progress: Progress) -> Rendered:
    made: dict[str, tuple[str, str]] = {}
    missing: list[tuple[int, str]] = []
    for number, file in enumerate(site.pages):
        key = content_key(frame, file.src_uri.encode(), file.content_bytes).hex()
        kept = rendered.get(file.dest_uri)
        if kept is not None and kept[0] == key and _take_over(old / file.dest_uri, Path(file.abs_dest_path), kept[1]):
            made[file.dest_uri] = kept
        else:
            missing.append((number, key))
    chunks = [[number for number, _ in missing[at : at + CHUNK]] for at in range(0, len(missing), CHUNK)]
    digests: list[str | None] = []
    with progress("MkDocs builds the site", len(missing)) as advance:
        for found, warnings in map_on_cores(_render_chunk, chunks, alone=2):
            digests += found
            advance(len(found))
            if warnings:
                site.warnings.counts[logging.WARNING] += warnings
    by_hand: list[Page] = []
    for (number, key), digest in zip(missing, digests, strict=True):
        file = site.pages[number]
        if digest is None:
            by_hand.append(_render(file, site))
        else:
            made[file.dest_uri] = (key, digest)
    for page in by_hand:
        _validate_anchors(page, site)
    return made


def _render_chunk(numbers: Sequence[int]) -> tuple[list[str | None], int]:
    """Builds pages by their numbers; returns the hash of each one's HTML, and how many warnings there were.

    ``None`` for a page that is written by hand. It is left to the process that asks: its links are checked when all other pages are there.
    """
    site = _sites[-1]
    before = dict(site.warnings.counts)
    found: list[str | None] = []
    for number in numbers:
        file = site.pages[number]
        page = _render(file, site)
        own = isinstance(page, ArchivePage) and page.own
        found.append(hashlib.sha256(Path(file.abs_dest_path).read_bytes()).hexdigest() if own else None)
        file.page = ArchivePage(None, file, site.config)  # lets go of what was read and rendered
    warnings = sum(site.warnings.counts.values()) - sum(before.values())
    site.warnings.counts.clear()
    site.warnings.counts.update(before)
    return found, warnings


def _render(file: File, site: _Site) -> Page:
    page = file.page
    assert page is not None  # on_files and get_navigation have given every file one
    _populate_page(page, site.config, site.files)
    _build_page(page, site.config, site.pages, site.nav, site.env)
    return page


_ID = re.compile(r'\sid="?([^\s">]+)')


def _validate_anchors(page: Page, site: _Site) -> None:
    """Warns of links to anchors that are not there; the anchors of pages that were not read in this run are read off their HTML."""
    for target in page.links_to_anchors or ():
        if target.page is not None and target.page.present_anchor_ids is None:
            target.page.present_anchor_ids = set(_ID.findall(Path(target.abs_dest_path).read_text("utf-8")))
    page.validate_anchor_links(files=site.files, log_level=site.config.validation.links.anchors)


def _take_over(old: Path, new: Path, digest: str) -> bool:
    """Gives the old site's file a second name in the new site, if it still is what was rendered."""
    try:
        if old.is_symlink() or hashlib.sha256(old.read_bytes()).hexdigest() != digest:
            return False
        new.parent.mkdir(parents=True, exist_ok=True)
        new.hardlink_to(old)
    except OSError:  # it is gone, or the file system knows no links
        return False
    return True
