"""Two of MkDocs' and Jinja's ways that every page goes a hundred times, made short; what comes out is the same.

``{{ row.unit }}`` asks Jinja first for an attribute, which front matter never has: the exception costs more than the row.
``{{ link.url | url }}`` works out a relative address from its parts, mostly the same one for all pages of a folder.
"""

from functools import lru_cache
from typing import Any

from jinja2 import Environment, pass_context
from jinja2.runtime import Context
from mkdocs.utils import get_relative_url
from mkdocs.utils.templates import url_filter

_METHODS = frozenset(dir(dict))


def quicken(env: Environment) -> None:
    """Gives ``env`` the short ways."""
    slow = env.getattr

    def find_attribute(obj: Any, attribute: str) -> Any:
        if type(obj) is dict and attribute not in _METHODS:
            try:
                return obj[attribute]
            except KeyError:
                return env.undefined(obj=obj, name=attribute)
        return slow(obj, attribute)

    env.getattr = find_attribute  # type: ignore[method-assign]
    env.filters["url"] = relative_url


@pass_context
def relative_url(context: Context, value: object) -> str:
    """MkDocs' ``url`` filter: an address below the site's base, relative to the page that is rendered."""
    page, target = context["page"], str(value)
    if page is None or not target[:1].isalnum() or any(sign in target for sign in ("..", "//", ":", "\\")):
        return str(url_filter(context, target))  # type: ignore[arg-type]
    own = page.url
    folder = own[: own.rfind("/", 0, -1) + 1]
    if target.startswith(folder) and target.startswith(own[len(folder) :].split("/")[0], len(folder)):
        return get_relative_url(target, own)  # into the page's own folder
    return _from_folder(target, folder)


@lru_cache(maxsize=4096)
def _from_folder(target: str, folder: str) -> str:
    """The address from any page in ``folder`` (a page is a folder of its own) that ``target`` does not lie below."""
    return get_relative_url(target, f"{folder}\0/")
