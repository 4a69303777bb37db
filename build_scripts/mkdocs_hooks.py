"""What MkDocs asks of the archive during its build.

MkDocs finds the generated pages in ``content/`` and the data files in the build folder; this module brings the second to the first,
and keeps the clock out of the build.
"""

import calendar
import datetime
import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any, Literal

from jinja2 import Environment
from markupsafe import Markup
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page

from build_scripts import citations, csp, dictionary, jsonld
from build_scripts.build import build_archive, read_build_info
from build_scripts.charts import draw
from build_scripts.errors import ArchiveError
from build_scripts.feeds import read_feeds, render_feed
from build_scripts.html import lists
from build_scripts.html.text import addresses_from
from build_scripts.mkdocs_files import add_file, set_page
from build_scripts.mkdocs_page import ArchivePage
from build_scripts.pages.document import render_document
from build_scripts.pages.method import case_documents
from build_scripts.styles import SHEET, join_styles
from build_scripts.templating import quicken
from build_scripts.write import BUILD_FOLDER, files_in

PROJECT = Path(__file__).resolve().parent.parent
"""Where mkdocs.yml, theme/ and the real archive are."""

TEXT_PAGES = ("about.md", "about/accuracy.md", "accessibility.md", "help.md", "search.md")
"""Pages that tell of the program and not of one archive. An archive folder without its own gets the project's."""

_SITEMAP = "sitemap.xml"
_NOT_OURS = ("assets/javascripts/", "assets/images/", "assets/stylesheets/", "assets/css/")
"""Material's scripts and its favicon, which no page loads, and the style sheets that are joined to one."""

_state: dict[str, Any] = {"command": "build"}


def on_startup(command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:
    """Remembers whether pages are served while an editor changes them."""
    _state["command"] = command


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Builds the archive where that has not been done, and sets the clock to the archive's newest day."""
    root = Path(config.docs_dir).parent
    if _state["command"] == "serve" or not read_build_info(root):
        try:
            build_archive(root, full_text=read_build_info(root).get("full_text", True))
        except ArchiveError as error:
            raise PluginError(str(error)) from error
    info = read_build_info(root)
    day = datetime.date.fromisoformat(info["newest_day"])
    os.environ["SOURCE_DATE_EPOCH"] = str(calendar.timegm(day.timetuple()))
    if not config.site_url:
        config.theme.static_templates.discard(_SITEMAP)
    return config


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Adds the data files and the search index; in a build without full text, takes the raw pages away."""
    root = Path(config.docs_dir).parent
    built = root / BUILD_FOLDER
    for folder in ("data", "search"):
        for path in files_in(built / folder):
            add_file(files, config, f"{folder}/{path}", f"{built}/{folder}/{path}")
    for name in TEXT_PAGES:
        if files.get_file_from_path(name) is None:
            files.append(File.generated(config, name, abs_src_path=str(PROJECT / "content" / name)))
    for document in case_documents(PROJECT / "tests/cases"):
        files.append(File.generated(config, document.path, content=render_document(document)))
    unwanted = set() if read_build_info(root)["full_text"] else {uri for uri in files.src_uris if uri.startswith("sources/")}
    if not config.site_url:
        # No longer a template, it would be copied as it stands.
        unwanted |= {uri for uri in files.src_uris if uri == _SITEMAP}
    files.append(join_styles(files, config))
    unwanted |= {uri for uri in files.src_uris if uri.startswith(_NOT_OURS)}
    if config.site_url:
        for feed in read_feeds((built / "feeds.json").read_text("utf-8")):
            files.append(File.generated(config, feed.path, content=render_feed(feed, config.site_url)))
    for uri in unwanted:
        files.remove(files.src_uris[uri])
    set_page(files, lambda file: ArchivePage(None, file, config))
    return files


def on_env(env: Environment, config: MkDocsConfig, files: Files) -> Environment:
    """Gives the templates what they may ask for: the citations and structured data, which need the site's address, and the data files'
    dictionary and sizes."""
    quicken(env, config)
    env.filters["draw"] = draw
    env.globals["style_sheet"] = SHEET
    env.globals["citations"] = citations.render_citations
    env.globals["reference_title"] = citations.reference_title
    env.globals["structured_data"] = lambda page: _structured(page, config)
    env.globals["breadcrumb"] = lambda steps: _breadcrumb(steps, config)
    data = Path(config.docs_dir).parent / BUILD_FOLDER / "data"
    env.globals["data_tables"], env.globals["data_parts"] = dictionary.TABLES, dictionary.PARTS
    env.globals["data_size"] = _outside(lambda path: (data / path).stat().st_size, config)
    env.globals["data_version"] = _outside(lambda: json.loads((data / "datapackage.json").read_bytes())["version"], config)
    return env


def _outside(look: Callable[..., object], config: MkDocsConfig) -> Callable[..., object]:
    """``look`` for templates, where it gives what is not in the page's own Markdown: a page that asks for it is built every time."""

    def asked(*arguments: object) -> object:
        if isinstance(config._current_page, ArchivePage):
            config._current_page.own = False
        return look(*arguments)

    return asked


def _structured(page: Page, config: MkDocsConfig) -> Markup:
    data = jsonld.describe_page(dict(page.meta), page.canonical_url or None, config.site_url or None)
    return jsonld.render_block(data) if data else Markup("")


def _breadcrumb(steps: list[tuple[str, str]], config: MkDocsConfig) -> Markup:
    """The way back up, for readers and, where the site's address is known, as data."""
    page = config._current_page
    assert page is not None  # only pages have one
    shown = Markup(lists.breadcrumb(addresses_from(page.url), steps))
    if not config.site_url or not page.canonical_url:
        return shown
    return shown + jsonld.render_block(jsonld.describe_path(steps, str(page.title), page.canonical_url, config.site_url))


def on_page_markdown(markdown: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """An untitled article is called by the beginning of its text; MkDocs would leave it without a name."""
    if page.meta.get("title") is None and "context" in page.meta:
        page.title = page.meta["context"]["label"]
        page.meta.pop("title", None)
    return markdown


def on_post_page(output: str, page: Page, config: MkDocsConfig) -> str:
    """Adds the policy that a released page obeys."""
    return csp.with_policy(output) if _is_release(config) else output


def on_post_template(output_content: str, template_name: str, config: MkDocsConfig) -> str:
    """404.html is no page of MkDocs', and has its script and style inline."""
    return csp.with_policy(output_content) if template_name == "404.html" and _is_release(config) else output_content


def _is_release(config: MkDocsConfig) -> bool:
    """Opened as a file, no page may load anything under a policy: so only where the site has an address, or where it is asked for."""
    return bool(config.site_url or config.extra.get("csp"))
