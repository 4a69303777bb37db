"""Lists of articles, and the ways from page to page."""

from collections.abc import Mapping, Sequence
from typing import Any

from build_scripts.html.days import day
from build_scripts.html.text import To, attribute, escape, link

Item = Mapping[str, Any]
"""What front matter says of an article or a page that is led to."""

_SHORT = 14
"""A kicker of so many characters often holds the subject of the sentence: 省商务厅 召开国家级经开区考核调度会."""


def article(to: To, item: Item, *, issue: bool = True, page: bool = True) -> str:
    """An article in a list: its headline with kicker and subtitle, then its kind and place."""
    kicker, subtitle, untitled = item.get("kicker"), item.get("subtitle"), item.get("untitled")
    said = [item["type"], untitled, item["issue"] if issue else None, item["page"] if page else None]
    if item.get("event_date"):
        said.append(f"报道{day(item['event_date'])}")
    parts = [
        f"<li><a href={attribute(to(item['url']))}>",
        f"<span>{escape(kicker)}</span>" if kicker else "",
        f"<b{' class=untitled' if untitled else ''}>{escape(item['label'])}</b>",
        f"<span>{escape(subtitle)}</span>" if subtitle else "",
        "</a><p>",
        escape(" · ".join([text for text in said if text])),
    ]
    if item.get("captions"):
        parts.append("</p><ul>")
        for caption in item["captions"]:
            parts.append(f"<li><a href={attribute(to(caption['url']))}><span class=tag>{escape(caption['type'])}</span>")
            parts.append(f"{escape(caption['label'])}</a>")
        parts.append("</ul>")
    return "".join(parts)


def articles(to: To, items: Sequence[Item], id: str, title: str, total: int | None, empty: str = "暂无", *, small: bool = False) -> str:  # noqa: PLR0917 (as templates call it)
    """Articles under their rubric. ``total`` counts those of the other pages too; ``empty`` is said where there are none."""
    names = '"items items--small"' if small else "items"
    rows = "".join([article(to, item) for item in items])
    held = f"<ul class={names}>{rows}</ul>" if items else f"<p class=empty>{escape(empty)}"
    more = f"，这里是最近的{len(items)}篇" if total and total > len(items) else ""
    count = f"<small>{total}篇{more}</small>" if total else ""
    return f"<section aria-labelledby={id}><h2 class=rubric id={id}>{escape(title)}{count}</h2>{held}</section>"


def name(item: Item) -> str:
    """An article's name in one line."""
    kicker = item.get("kicker")
    before = f"<span class=name__kicker>{escape(kicker)}</span> " if kicker and len(kicker) <= _SHORT else ""
    return f"<span>{before}{escape(item['label'])}</span>"


def neighbours(to: To, previous: Item | None, following: Item | None, back: str, forth: str, label: str) -> str:  # noqa: PLR0917 (both ends)
    """Older and newer, or the page before and after: both ends keep their place where one is missing."""
    ends = [
        f"<a rel={rel} href={attribute(to(item['url']))}><small>{said}</small>{name(item)}</a>"
        for rel, item, said in (("prev", previous, back), ("next", following, forth))
        if item
    ]
    return f"<nav class=neighbours aria-label={label}>{''.join(ends)}</nav>" if ends else ""


def breadcrumb(to: To, steps: Sequence[tuple[str, str]]) -> str:
    """The way back up; the page itself is not among ``steps``."""
    return f"<nav class=crumbs aria-label=当前位置><ol>{''.join([f'<li>{link(to, url, label)}' for label, url in steps])}</ol></nav>"


def tools(rows: int) -> str:
    """The place of a table's tools, right before the table: table.js fills it. Of few rows nobody needs to sort or filter."""
    return "<div class=table-tools data-component=table></div>" if rows > 5 else ""
