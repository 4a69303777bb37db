"""Markdown pages → HTML, by MkDocs, on every core, and only those that are not on the old site already.

MkDocs' own build reads every page before it writes the first. Here each page is read, rendered, written and forgotten, so that memory
does not grow with the archive and pages can be shared among processes; what comes out is what MkDocs makes. A page that the program has
made looks at no other page: its HTML hangs on its Markdown, the templates and the settings alone, and where these are as they were, its
file stands in the tree already (:mod:`build_scripts.spare`), or the old site's gets a second name there; so it is with the data files.
Hand-written pages may link to any other and are always made.
"""

import hashlib
import logging
import os
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Any

from jinja2 import Environment
from mkdocs import utils
from mkdocs.commands.build import _build_theme_template, _populate_page, get_context
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort
from mkdocs.structure.files import File, Files
from mkdocs.structure.nav import Navigation, get_navigation
from mkdocs.structure.pages import Page

from build_scripts.cores import map_on_cores
from build_scripts.mkdocs_files import Pages, Places, find_files, set_inclusions, sources_of
from build_scripts.mkdocs_page import ArchivePage
from build_scripts.plan import Missing, Plan, make_plan
from build_scripts.progress import Progress, silent
from build_scripts.spare import Tree
from build_scripts.takeover import Kept, Memory, Record, copy_file, take_over, write_file

CHUNK = 50
"""Pages that a process takes at a time."""


@dataclass(frozen=True)
class _Site:
    """What rendering a page needs besides the page."""

    config: MkDocsConfig
    files: Files
    pages: Pages
    nav: Navigation
    env: Environment
    context: Mapping[str, Any]
    """What MkDocs tells every template, whatever the page."""
    warnings: utils.CountHandler
    places: Places
    """What MkDocs says of each path, for the next build."""


_sites: list[_Site] = []
"""The site that is being built. Forked processes find it here: it cannot be sent to them."""


@dataclass(frozen=True)
class Published:
    """What a build has made."""

    memory: Memory
    """For the next build; files that stood in the tree have their stamps already."""
    made: Sequence[str]
    """Paths that are on the old site otherwise, or not at all."""
    gone: Sequence[str]
    """Paths that are on the old site alone, as far as it was recorded."""


def publish(config: MkDocsConfig, tree: Tree, old: Path, memory: Memory, progress: Progress = silent) -> Published:
    """Builds the whole site into ``tree``, which is ``config.site_dir``.

    ``memory`` is what the build of the site in ``old`` left, with the stamps of its files; it must have been built with the same program,
    theme and settings, or be empty. ``tree`` must have been looked through with it. Raises ``mkdocs.exceptions.Abort`` where
    MkDocs warns.
    """
    warnings = utils.CountHandler()
    warnings.setLevel(logging.WARNING)
    logger = logging.getLogger("mkdocs")
    logger.addHandler(warnings)
    try:
        site = _prepare(config, warnings, memory.places)
        record = memory.record
        _sites.append(site)
        plan = make_plan(site.files, site.pages, tree, record)
        wanted = {one.dest_uri for one in sources_of(site.files) if one.included} | _templates(config)
        tree.clear(plan.staying, wanted)
        copied, taken = _copy_files(site.files, plan, old, record)
        for template in sorted(config.theme.static_templates):
            _build_theme_template(template, site.env, site.files, config, site.nav)
        pages, taken_pages = _render_pages(site, plan, old, record, progress)
        _keep_equal(site, old, [path for path in (site.pages[number].dest_uri for number, _, _ in plan.pages) if path not in pages])
        config.plugins.on_post_build(config=config)
        if counts := warnings.get_counts():
            raise Abort(f"Aborted with {', '.join(f'{count} {level.lower()}s' for level, count in counts)} in strict mode!")
        found = {**plan.staying, **copied, **pages}
        found |= {path: Kept("") for path in wanted.difference(found) if os.path.lexists(f"{tree.folder}/{path}")}
        made = found.keys() - plan.staying.keys() - taken - taken_pages
        return Published(Memory(found, site.places), sorted(made), sorted(record.keys() - found.keys()))
    finally:
        logger.removeHandler(warnings)
        _sites.clear()


def _prepare(config: MkDocsConfig, warnings: utils.CountHandler, places: Places) -> _Site:
    """The steps of ``mkdocs.commands.build.build`` before the first page."""
    config = config.plugins.on_config(config)
    config.plugins.on_pre_build(config=config)
    files, said = find_files(config, places)
    env = config.theme.get_env()
    files.add_files_from_theme(env, config)
    files = config.plugins.on_files(files, config=config)
    set_inclusions(files, config)
    # on_files has given every page its Page: of all files, the navigation needs those that it names.
    named = Files([files.src_uris[uri] for uri in _named_in(config.nav) if uri in files.src_uris]) if config.nav else files
    nav = config.plugins.on_nav(get_navigation(named, config), config=config, files=files)
    env = config.plugins.on_env(env, config=config, files=files)
    pages = Pages(files)
    return _Site(config, files, pages, nav, env, dict(get_context(nav, pages, config)), warnings, said)


def _named_in(nav: object) -> Iterator[str]:
    """Whatever may be a path in ``nav`` of the settings."""
    if isinstance(nav, str):
        yield nav
    elif isinstance(nav, Mapping | list):
        for one in nav.values() if isinstance(nav, Mapping) else nav:
            yield from _named_in(one)


def _templates(config: MkDocsConfig) -> set[str]:
    """What comes of the templates that belong to no page: MkDocs packs the sitemap, too."""
    names = set(config.theme.static_templates)
    return names | {f"{name}.gz" for name in names if name == "sitemap.xml"}


def _copy_files(files: Files, plan: Plan, old: Path, record: Record) -> tuple[Record, set[str]]:
    """``Files.copy_static_files``, but what is on the old site already is not copied again.

    Returns what it copied, and the paths of those that have got their name from the old site.
    """
    found: dict[str, Kept] = {}
    taken: set[str] = set()
    folders: set[str] = set()
    for one, source, same in plan.copies:
        file = files.src_uris[one.uri]
        if same and take_over(f"{old}/{file.dest_uri}", file.abs_dest_path, record[file.dest_uri]):
            taken.add(file.dest_uri)
        elif file.abs_src_path:
            copy_file(file.abs_src_path, file.abs_dest_path, folders)
        else:
            file.copy_file()
        if source:
            found[file.dest_uri] = Kept(source)
    return found, taken


def _render_pages(site: _Site, plan: Plan, old: Path, record: Record, progress: Progress) -> tuple[Record, set[str]]:
    """Makes the pages that do not stand; returns all but those of another hand, and the paths of those taken over from the old site."""
    made: dict[str, Kept] = {}
    missing: list[Missing] = []
    for number, source, content in plan.pages:
        file = site.pages[number]
        kept = record.get(file.dest_uri)
        if kept and kept.content == content and take_over(f"{old}/{file.dest_uri}", file.abs_dest_path, kept):
            made[file.dest_uri] = Kept(source, content, kept.digest)
        else:
            missing.append((number, source, content))
    taken = set(made)
    missing, first = _each_kind_first(site, missing)
    chunks = [[number for number, _, _ in missing[at : at + CHUNK]] for at in range(first, len(missing), CHUNK)]
    digests: list[str | None] = []
    with progress("MkDocs builds the site", len(missing)) as advance:
        here = map(_render_chunk, [[number for number, _, _ in missing[:first]]])  # its templates are compiled once for all processes
        for found, warnings in chain(here, map_on_cores(_render_chunk, chunks, alone=2)):
            digests += found
            advance(len(found))
            if warnings:
                site.warnings.counts[logging.WARNING] += warnings
    by_hand: list[Page] = []
    for (number, source, content), digest in zip(missing, digests, strict=True):
        file = site.pages[number]
        if digest is None:
            by_hand.append(_render(file, site)[0])
        else:
            made[file.dest_uri] = Kept(source, content, digest)
    for page in by_hand:
        _validate_anchors(page, site)
    return made, taken


def _keep_equal(site: _Site, old: Path, by_hand: Iterable[str]) -> None:
    """Templates and hand-written pages are made every time; where one is as it was, the old site's file stays."""
    for name in (*site.config.theme.static_templates, *by_hand):
        before, now = old / name, Path(site.config.site_dir) / name
        with suppress(OSError):  # it was not there, or the file system knows no links
            if not before.is_symlink() and before.read_bytes() == now.read_bytes():
                beside = now.with_name(f".{now.name}")
                beside.hardlink_to(before)
                beside.replace(now)


def _each_kind_first(site: _Site, missing: list[Missing]) -> tuple[list[Missing], int]:
    """``missing`` with one page of each folder and depth in front, and how many these are: pages of one kind lie in one place."""
    kinds: dict[tuple[str, int], Missing] = {}
    for one in missing:
        path = site.pages[one[0]].src_uri
        kinds.setdefault((path.partition("/")[0] if "/" in path else path, path.count("/")), one)
    first = set(kinds.values())
    return [*kinds.values(), *(one for one in missing if one not in first)], len(first)


def _render_chunk(numbers: Sequence[int]) -> tuple[list[str | None], int]:
    """Builds pages by their numbers; returns the hash of each one's HTML, and how many warnings there were.

    ``None`` for a page that is written by hand. It is left to the process that asks: its links are checked when all other pages are there.
    """
    site = _sites[-1]
    before = dict(site.warnings.counts)
    found: list[str | None] = []
    for number in numbers:
        file = site.pages[number]
        page, digest = _render(file, site)
        found.append(digest if isinstance(page, ArchivePage) and page.own else None)
        page.markdown, page.content, page.meta, page.present_anchor_ids = None, None, {}, None  # lets go of what was read and rendered
    warnings = sum(site.warnings.counts.values()) - sum(before.values())
    site.warnings.counts.clear()
    site.warnings.counts.update(before)
    return found, warnings


def _render(file: File, site: _Site) -> tuple[Page, str]:
    """Writes a page; returns it with the hash of its HTML.

    ``mkdocs.commands.build._build_page`` does the same, but works out for each page what is the same for all.
    """
    page, config = file.page, site.config
    assert page is not None  # on_files and get_navigation have given every file one
    _populate_page(page, config, site.files)
    config._current_page = page
    try:
        template = site.env.get_template(page.meta.get("template", "main.html"))
        context = {**site.context, "page": page, "base_url": utils.get_relative_url(".", page.url)}
        context = config.plugins.on_page_context(context, page=page, config=config, nav=site.nav)  # type: ignore[arg-type, assignment]
        output = config.plugins.on_post_page(template.render(context), page=page, config=config)
    finally:
        config._current_page = None
    html = output.encode("utf-8", errors="xmlcharrefreplace")
    write_file(file.abs_dest_path, html)
    return page, hashlib.sha256(html).hexdigest()


_ID = re.compile(r'\sid="?([^\s">]+)')


def _validate_anchors(page: Page, site: _Site) -> None:
    """Warns of links to anchors that are not there; the anchors of pages that were not read in this run are read off their HTML."""
    for target in page.links_to_anchors or ():
        if target.page is not None and target.page.present_anchor_ids is None:
            target.page.present_anchor_ids = set(_ID.findall(Path(target.abs_dest_path).read_text("utf-8")))
    page.validate_anchor_links(files=site.files, log_level=site.config.validation.links.anchors)
