"""The raw page, printed line by printed line. Nothing is mended here; a boundary names the article that begins or goes on."""

from collections.abc import Mapping, Sequence
from typing import Any

from build_scripts.html.days import open_day
from build_scripts.html.lists import tools
from build_scripts.html.text import To, attribute, escape

Meta = Mapping[str, Any]
"""The front matter of a page, see :func:`build_scripts.pages.issue.render_raw_page`."""

NONE = -1
"""The number of the article that furniture belongs to."""

ROLES = {
    "kicker": "引题",
    "title": "主标题",
    "subtitle": "副题",
    "credit": "讯头",
    "bylines": "署名",
    "continuation": "转版",
    "head": "小标题",
    "masthead": "报头",
    "slogan": "口号",
    "label": "栏标",
    "package": "总题",
}


def lines(to: To, meta: Meta) -> str:
    """Every line with its number, in runs of one article or one piece of furniture."""
    own = [attribute(to(one["url"])) for one in meta["articles"]]
    addresses = [to(one["url"]) for one in meta["articles"]]
    labels = [escape(one["label"]) for one in meta["articles"]]
    parts: list[str] = []
    article, role, ends = NONE - 1, "", ""
    seen: set[int] = set()
    for number, line in enumerate(meta["lines"], 1):
        if line:
            first, its_role = line[0][:2]
            if first != article or (first == NONE and its_role != role):
                parts.append(ends)
                ends = "</div>"
                if first == NONE:
                    parts.append(f'<div class="run run--none"><p class=mark>{escape(ROLES.get(its_role, its_role))}')
                else:
                    again = "<small>续</small>" if first in seen else ""
                    opens = '<div class="run run--odd">' if first % 2 else "<div class=run>"
                    kind = escape(meta["articles"][first]["type"])
                    parts.append(f"{opens}<p class=mark><a href={own[first]}><span class=tag>{kind}</span>{labels[first]}</a>{again}")
        parts.append(f"<p id=l{number}><a href=#l{number}>{number}</a>")
        for at, part in enumerate(line):
            if at and part[0] != article and part[0] != NONE:
                parts.append(f"<a class=mark-inline href={own[part[0]]}>{labels[part[0]]}</a>")
            article, role = part[:2]
            seen.add(article)
            text = _pieces(part[2:], addresses[article] if article != NONE else "")
            plain = role == "text" or article == NONE
            parts.append(text if plain else f"<span class=part data-role={escape(ROLES.get(role, role))}>{text}</span>")
    return "".join([*parts, ends])


def _pieces(pieces: Sequence[Any], article: str) -> str:
    """The texts of a part; ``[text, anchor]`` leads to the figure in the article."""
    return "".join(
        [
            escape(piece)
            if isinstance(piece, str)
            else f"<a id={piece[1]} href={attribute(f'{article}#{piece[1]}')}>{escape(piece[0])}</a>"
            for piece in pieces
        ]
    )


def others_table(rows: Sequence[Meta]) -> str:
    """The numbers of the page that are no indicators."""
    parts = [
        tools(len(rows)),
        "<table class=plain><caption class=sr-only>本版不是指标的数字</caption>",
        "<thead><tr><th scope=col>行<th scope=col>数字<th scope=col>类别<th scope=col>所指日期<tbody>",
    ]
    for row in rows:
        date = open_day(row["iso"]) if row.get("iso") else ""
        parts.append(
            f"<tr><td><a href=#l{row['line']}>{row['line']}</a><th scope=row>{escape(row['run'])}<td>{escape(row['label'])}<td>{date}"
        )
    return "".join([*parts, "</table>"])
