"""The running text of an article, with its links to the raw page."""

import re

from build_scripts.html.text import attribute

_BLOCK = re.compile(r'<(p|h2) data-lines="([0-9 -]+)" id="(l(\d+)[0-9-]*)">(.*?)</\1>', re.DOTALL)
_FIGURE = re.compile(
    r"""<a\b.*?</a>                                        # a link, with what it holds: stays as it is
    |   <data\ id="(l\d+c\d+)"\ value="([^"]*)">           # a figure that holds neither a link nor another figure
        ((?:[^<]++|<(?!a\b|data\b|/data>))++)</data>
    """,
    re.DOTALL | re.VERBOSE,
)


def line_links(content: str, raw_page_url: str) -> str:
    """Rendered text with links to the raw page: each figure's to its number, and behind each paragraph one to its printed lines and
    one to itself.

    Links never nest: a figure inside a correction's link, or with one inside it, gets none.
    """
    raw = attribute(f"{raw_page_url}#l").removesuffix('"')
    ends = '"' if raw.startswith('"') else ""

    def figure(match: re.Match[str]) -> str:
        anchor, value, inner = match.groups()
        if not anchor:
            return match[0]
        return f"<data id={anchor} value={attribute(value)}><a href={raw}{anchor[1:]}{ends}>{inner}</a></data>"

    def linked(match: re.Match[str]) -> str:
        tag, lines, anchor, line, inner = match.groups()
        ranges = [pair.split("-") for pair in lines.split()]
        label = "、".join(first if first == last else f"{first}–{last}" for first, last in ranges)
        printed = f"<a href={raw}{line}{ends} aria-label=原版第{label}行 data-lines={label}></a>"
        own = f"<a href=#{anchor} aria-label=本段链接></a>"
        return f"<{tag} id={anchor}>{inner}{printed}{own}</{tag}>"

    return _BLOCK.sub(linked, _FIGURE.sub(figure, content))
