"""RSS 2.0 of what is new: for the site, for each city, and of the corrections.

A feed's links must be absolute, so feeds exist only where the site's address is known. The paper rarely prints its day; an entry without
a known one has no ``pubDate``.
"""

import datetime
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from email.utils import format_datetime
from itertools import islice
from typing import Any
from urllib.parse import urljoin
from xml.etree import ElementTree

from build_scripts.citations import reference_title
from build_scripts.pages.article import quotation
from build_scripts.pages.labels import KINDS, TYPES, page_label
from build_scripts.pages.view import View
from build_scripts.records import Article
from build_scripts.rows import correction_anchor

MOST = 50
"""Entries of a feed: a reader looks in more often than so many articles appear."""

CHINA = datetime.timezone(datetime.timedelta(hours=8))

_ATOM = "http://www.w3.org/2005/Atom"
_DC = "http://purl.org/dc/elements/1.1/"


@dataclass(frozen=True, slots=True)
class Entry:
    """One article or correction; ``url`` below the site's base, ``date`` an ISO day or ``None``."""

    title: str
    url: str
    text: str
    date: str | None
    authors: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Feed:
    """One feed; ``path`` and ``url`` (of the page that it follows) below the site's base."""

    path: str
    title: str
    description: str
    url: str
    entries: tuple[Entry, ...]


def list_feeds(view: View, name: str) -> list[Feed]:
    """All feeds of an archive whose site is called ``name``, the newest entries first."""
    feeds = [Feed("feed.xml", name, "《科学导报·开发区建设专刊》新收的稿件", "", _articles(view, view.newest_first))]
    for city in view.cities.values():
        about = _articles(view, view.by_city.get(city.name, ()))
        url = f"cities/{city.slug}/"
        feeds.append(Feed(f"{url}feed.xml", f"{name}：{city.name}", f"报道{city.name}开发区的稿件", url, about))
    feeds.append(Feed("corrections/feed.xml", f"{name}：勘误", "对原刊文字的订正", "corrections/", _corrections(view)))
    return feeds


def _articles(view: View, articles: Sequence[Article]) -> tuple[Entry, ...]:
    shown = islice((article for article in articles if article.type != "caption"), MOST)
    return tuple(
        Entry(
            title=_title(article),
            url=article.url,
            text=f"{quotation(article)}（{view.issues[article.issue].label}{page_label(article.page)}）",
            date=view.issues[article.issue].date,
            authors=tuple(author.name for author in article.authors),
            categories=(TYPES[article.type], *article.cities),
        )
        for article in shown
    )


def _title(article: Article) -> str:
    if article.title is None:
        return article.label
    return reference_title(article.kicker.text if article.kicker else None, article.title.text, None, "")


def _corrections(view: View) -> tuple[Entry, ...]:
    return tuple(islice(_corrected(view), MOST))


def _corrected(view: View) -> Iterator[Entry]:
    for issue in reversed(view.archive.issues):
        for page in issue.pages:
            rows = [(correction, article.url) for article in page.articles for correction in article.corrections]
            rows += [(correction, page.url) for correction in page.corrections]
            for correction, url in sorted(rows, key=lambda row: row[0].place):
                anchor = correction_anchor(correction.place) if url != page.url else f"l{correction.place.line}"
                place = f"{issue.label}{page_label(page.name)}第{correction.place.line}行"
                change = "存疑，未改" if correction.corrected is None else f"应作“{correction.corrected}”"
                yield Entry(
                    title=f"原刊“{correction.printed}”，{change}",
                    url=f"{url}#{anchor}",
                    text=f"{place}，{KINDS[correction.kind]}。{correction.note}",
                    date=issue.date,
                )


def read_feeds(text: str) -> list[Feed]:
    """Feeds from JSON, as :func:`dataclasses.asdict` gives them: the archive is read in one step and its site built in another."""
    return [Feed(**{**feed, "entries": tuple(_entry(entry) for entry in feed["entries"])}) for feed in json.loads(text)]


def _entry(fields: dict[str, Any]) -> Entry:
    return Entry(**{**fields, "authors": tuple(fields["authors"]), "categories": tuple(fields["categories"])})


def render_feed(feed: Feed, base: str) -> bytes:
    """RSS 2.0; ``base`` is the site's address, with a slash at its end."""
    ElementTree.register_namespace("atom", _ATOM)
    ElementTree.register_namespace("dc", _DC)
    rss = ElementTree.Element("rss", version="2.0")
    channel = ElementTree.SubElement(rss, "channel")
    _add(channel, [("title", feed.title), ("link", urljoin(base, feed.url)), ("description", feed.description), ("language", "zh-cn")])
    own = {"href": urljoin(base, feed.path), "rel": "self", "type": "application/rss+xml"}
    ElementTree.SubElement(channel, f"{{{_ATOM}}}link", own)
    for entry in feed.entries:
        item = ElementTree.SubElement(channel, "item")
        link = urljoin(base, entry.url)
        _add(item, [("title", entry.title), ("link", link), ("description", entry.text)])
        ElementTree.SubElement(item, "guid", isPermaLink="true").text = link
        if entry.date:
            day = datetime.datetime.combine(datetime.date.fromisoformat(entry.date), datetime.time(), CHINA)
            _add(item, [("pubDate", format_datetime(day))])
        _add(item, ((f"{{{_DC}}}creator", author) for author in entry.authors))
        _add(item, (("category", category) for category in entry.categories))
    ElementTree.indent(rss)
    text = ElementTree.tostring(rss, encoding="unicode")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{text}\n'.encode()


def _add(parent: ElementTree.Element, texts: Iterable[tuple[str, str]]) -> None:
    for name, text in texts:
        ElementTree.SubElement(parent, name).text = text
