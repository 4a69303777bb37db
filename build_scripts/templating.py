"""How the theme's templates are read: what they may ask for besides Jinja's and MkDocs' own, and what is made short.

* ``{{ row.unit }}`` asks Jinja first for an attribute, which front matter never has: the exception costs more than the row.
* ``{{ link.url | url }}`` asks which page is rendered, so that partials need no context of their own: they are compiled and run once.
  ``href={{ link.url | href }}`` is the same as an attribute's value, in quotes only where it needs them.
* ``{{ shared("partials/header.html") }}``: a part that all pages of a folder have alike is rendered once.
* What repeats in a page is written by functions (:mod:`build_scripts.html`): ``lists``, ``figures``, ``ledger``, ``rawpage``.
* Templates are indented and closed as people read them; a page has neither indents nor end tags and quotes that HTML does without.
"""

import re
from collections.abc import Callable, Iterator
from types import SimpleNamespace
from typing import Any

from jinja2 import Environment, pass_context
from jinja2.ext import Extension
from jinja2.lexer import Token, TokenStream
from jinja2.runtime import Context
from markupsafe import Markup
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.utils.templates import url_filter

from build_scripts.html import days, figures, ledger, lists, prose, rawpage, values
from build_scripts.html.text import To, addresses_from, attribute

_METHODS = frozenset(dir(dict))

BOUND: dict[str, dict[str, Callable[..., str]]] = {
    "lists": {name: getattr(lists, name) for name in ("article", "articles", "neighbours", "breadcrumb")},
    "figures": {
        "article_table": figures.article_table,
        "rounds": figures.rounds,
        "facts_table": values.facts_table,
        "values_table": values.values_table,
    },
    "ledger": {name: getattr(ledger, name) for name in ("source", "where", "facts", "others", "brief", "entry", "names")},
    "rawpage": {"lines": rawpage.lines},
}
"""What templates call without its first argument, ``to``: it is the page's own."""

FREE: dict[str, dict[str, Callable[..., str]]] = {
    "lists": {"name": lists.name, "tools": lists.tools, "day": days.day},
    "figures": {"headline": figures.headline, "value": values.value, "unit": values.unit, "room": values.room},
    "ledger": {"stage": ledger.stage},
    "rawpage": {"others_table": rawpage.others_table},
}
"""What looks at no address."""

PLAIN: dict[str, dict[str, Callable[..., Any]]] = {"figures": {"main_and_rest": figures.main_and_rest, "anchors": figures.anchors}}
"""What gives data and no HTML."""


def quicken(env: Environment, config: MkDocsConfig) -> None:
    """Gives ``env`` all of this. No template may have been read before."""
    env.trim_blocks = env.lstrip_blocks = True
    env.add_extension(LeanMarkup)
    slow = env.getattr

    def find_attribute(obj: Any, attribute: str) -> Any:
        if type(obj) is dict and attribute not in _METHODS:
            try:
                return obj[attribute]
            except KeyError:
                return env.undefined(obj=obj, name=attribute)
        return slow(obj, attribute)

    last: list[Any] = [None, None]

    def here() -> To:
        """The addresses as the page that is rendered sees them. Only pages are written with these."""
        page = config._current_page
        if page is not last[0]:
            assert page is not None
            last[:] = page, addresses_from(page.url)
        return last[1]  # type: ignore[no-any-return]

    def bound(function: Callable[..., str]) -> Callable[..., Markup]:
        return lambda *arguments, **options: Markup(function(here(), *arguments, **options))

    def free(function: Callable[..., str]) -> Callable[..., Markup]:
        return lambda *arguments, **options: Markup(function(*arguments, **options))

    @pass_context
    def url(context: Context, value: object) -> str:
        return here()(str(value)) if config._current_page else str(url_filter(context, value))  # type: ignore[arg-type]

    @pass_context  # which it does not look at: else Jinja would work out constant addresses once for all pages
    def href(_: Context, target: object) -> Markup:
        return Markup(attribute(here()(str(target))))

    rendered: dict[tuple[str, int, str], Markup] = {}

    @pass_context
    def shared(context: Context, name: str) -> Markup:
        """The partial ``name``, which looks at nothing of a page but how deep it lies and in which folder of the site."""
        page = config._current_page
        assert page is not None
        key = (name, page.url.count("/"), page.url.partition("/")[0])
        if key not in rendered:
            rendered[key] = Markup(lean(env.get_template(name).render(context.get_all()).strip()))
        return rendered[key]

    env.auto_reload = False  # a build reads its templates once
    # Jinja's own looks names up in two mappings, and makes one of both for every part of every page.
    env.make_globals = lambda own: {**env.globals, **(own or {})}  # type: ignore[method-assign, assignment]
    env.getattr = find_attribute  # type: ignore[method-assign]
    env.filters["url"], env.filters["href"] = url, href
    env.filters["line_links"] = free(prose.line_links)
    env.globals["shared"], env.globals["config"] = shared, config
    for name, functions in BOUND.items():
        own = {key: bound(function) for key, function in functions.items()}
        env.globals[name] = SimpleNamespace(**own, **{key: free(function) for key, function in FREE[name].items()}, **PLAIN.get(name, {}))


class LeanMarkup(Extension):
    """The texts of templates without what HTML does without. Line numbers stay: errors name the template's own."""

    def filter_stream(self, stream: TokenStream) -> Iterator[Token]:
        html = (stream.filename or "").endswith(".html")
        for token in stream:
            yield Token(token.lineno, "data", lean(token.value)) if html and token.type == "data" else token


_INDENT = re.compile(r"\s*\n\s*")
_REST_OF_INDENT = re.compile(r"^ {2,}")
"""Where the line began with a block, whose line break Jinja has taken away."""
_END_TAG = re.compile(r"</(?:li|td|th|tr|thead|tbody|tfoot|dt|dd)>\n?")
_QUOTED = re.compile(r"(\s[a-z-]+)=\"([^\s\"'=<>`&]+)\"(?=[\s>])")


def lean(text: str) -> str:
    """A piece of a template without indents, end tags that the next tag or the parent's end stands for, and quotes around a word.

    >>> lean('<ul class="rows">\\n    <li id="a"><a class="b c" href="')
    '<ul class=rows>\\n<li id=a><a class="b c" href="'
    >>> lean('</a></li>\\n  </ul>\\n')
    '</a></ul>\\n'
    """
    return _QUOTED.sub(r"\1=\2", _END_TAG.sub("", _INDENT.sub("\n", _REST_OF_INDENT.sub("", text))))
