"""Texts and addresses as HTML has them."""

import html
import re
from collections.abc import Callable
from functools import lru_cache
from types import SimpleNamespace

from mkdocs.utils import normalize_url

To = Callable[[str], str]
"""Address below the site's base (``issues/2024-14/#page-D1``) → as one page links to it (``../../issues/2024-14/#page-D1``)."""

_SPECIAL = re.compile("[&<>\"']")
_BARE = re.compile(r"[^\s\"'=<>`&]+")
"""What may stand as an attribute's value without quotes."""


def escape(text: object) -> str:
    """``text`` as the content of an element or between quotes.

    >>> escape("5 < 6 & “七”"), escape(3)
    ('5 &lt; 6 &amp; “七”', '3')
    """
    text = str(text)
    return html.escape(text) if _SPECIAL.search(text) else text


@lru_cache(maxsize=4096)
def attribute(value: str) -> str:
    """``value`` as what stands behind an attribute's ``=``.

    >>> attribute("../D1/#l4"), attribute("../D1/"), attribute("a b"), attribute("")
    ('../D1/#l4', '../D1/', '"a b"', '""')
    """
    return value if _BARE.fullmatch(value) else f'"{html.escape(value)}"'


def link(to: To, url: str, label: object) -> str:
    """A link to a place of the site."""
    return f"<a href={attribute(to(url))}>{escape(label)}</a>"


_ODD = ("..", "//", "/.", ":", "\\")
"""What in an address has to be worked out part by part."""


@lru_cache(maxsize=64)
def addresses_from(own: str) -> To:
    """The addresses as the page at ``own`` sees them: what MkDocs' own ``url`` filter gives, without taking each one apart.

    >>> to = addresses_from("issues/2024-14/a/")
    >>> to("issues/2024-14/D1/#l4"), to("issues/2024-14/"), to("cities/")
    ('../D1/#l4', '../', '../../../cities/')
    """
    page = SimpleNamespace(url=own)
    ends = [0, *(at + 1 for at, sign in enumerate(own) if sign == "/")]
    *ways, (_, base) = [(own[:end], "../" * level) for level, end in enumerate(reversed(ends))]
    plain, first = not own or own.endswith("/"), own[: ends[1]] if len(ends) > 1 else own
    known: dict[str, str] = {}

    def find(target: str) -> str:
        if plain and target[:1].isalnum() and (target[-1] == "/" or not own.startswith(target)):
            for sign in _ODD:
                if sign in target:
                    break
            else:
                if target.startswith(first):  # else nothing but the site's base is above both
                    for folder, way in ways:
                        if target.startswith(folder):
                            return way + target[len(folder) :] or "./"
                return base + target
        return normalize_url(target, page)  # type: ignore[arg-type]

    def to(target: str) -> str:
        found = known.get(target)
        if found is None:
            found = known[target] = find(target)
        return found

    return to
