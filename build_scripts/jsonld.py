"""A page as schema.org data: what search engines and reference managers read, as JSON-LD blocks.

Addresses in JSON-LD must be absolute, so what needs one is left out where the site's address is not known. What the paper does not
print (a day, a number, an author) is left out too.
"""

import json
from collections.abc import Sequence
from typing import Any
from urllib.parse import urljoin

from markupsafe import Markup

from build_scripts.citations import reference_title

Data = dict[str, Any]

BODY_LENGTH = 5
"""A supplying body 供稿 has a name of so many characters or more; a person has two to four."""

_ESCAPES = {"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"}


_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def render_block(data: Data) -> Markup:
    """A block of data, which no browser runs; no text in it can end it.

    >>> print(render_block({"name": "</script>"}))
    <script type="application/ld+json">{"name":"\\u003c/script\\u003e"}</script>
    """
    text = _encode(data)
    for char, escape in _ESCAPES.items():
        text = text.replace(char, escape)
    return Markup(f'<script type="application/ld+json">{text}</script>')


def describe_page(meta: Data, url: str | None, base: str | None) -> Data | None:
    """What the page is: ``NewsArticle``, ``PublicationIssue``, ``Dataset`` or ``WebSite``; ``None`` where it is a mere list.

    ``meta`` is its front matter, ``url`` its canonical address and ``base`` the site's, each ``None`` where unknown.
    """
    describe = {"article.html": _article, "issue.html": _issue_page, "data.html": _dataset, "home.html": _site}.get(
        meta.get("template", "")
    )
    return _known({"@context": "https://schema.org", **describe(meta, url, base)}) if describe else None


def describe_path(steps: Sequence[tuple[str, str]], here: str, url: str, base: str) -> Data:
    """The way to the page as a ``BreadcrumbList``: ``steps`` are labels with addresses below the base, ``here`` is the page's own name."""
    path = [(label, urljoin(base, "" if target == "." else target)) for label, target in steps] + [(here, url)]
    items = [{"@type": "ListItem", "position": at, "name": label, "item": target} for at, (label, target) in enumerate(path, 1)]
    return {"@context": "https://schema.org", "@type": "BreadcrumbList", "itemListElement": items}


def _known(data: Data) -> Data:
    return {key: value for key, value in data.items() if value not in (None, "", [], {})}


def _article(meta: Data, url: str | None, base: str | None) -> Data:
    context = meta["context"]
    issue = context["issue"]
    printed = " ".join(text for text in (meta["kicker"], meta["subtitle"]) if text)
    return {
        "@type": "NewsArticle",
        "headline": reference_title(meta["kicker"], meta.get("title"), None, context["label"]),
        "alternativeHeadline": printed,
        "inLanguage": "zh-CN",
        "url": url,
        "identifier": meta["id"],
        "datePublished": issue["date"],
        "author": [_author(author) for author in context["authors"]],
        "printPage": None if meta["page"].startswith("unpaged-") else meta["page"],
        "contentLocation": [{"@type": "City", "name": city["name"]} for city in context["cities"]],
        "isAccessibleForFree": True,
        "publisher": {"@type": "Organization", "name": issue["newspaper"]},
        "isPartOf": _issue(issue, base),
    }


def _author(author: Data) -> Data:
    body = author["role"] == "供稿" and len(author["name"]) >= BODY_LENGTH
    return {"@type": "Organization" if body else "Person", "name": author["name"]}


def _issue(issue: Data, base: str | None) -> Data:
    return _known(
        {
            "@type": "PublicationIssue",
            "name": issue["label"],
            "issueNumber": issue["number"],
            "datePublished": issue["date"],
            "url": urljoin(base, issue["url"]) if base else None,
            "isPartOf": {"@type": "Periodical", "name": f"{issue['newspaper']}·{issue['supplement']}"},
        }
    )


def _issue_page(meta: Data, url: str | None, base: str | None) -> Data:
    return {**_issue(meta, base), "description": meta["description"], "inLanguage": "zh-CN", "url": url}


FORMATS = {"csv": "text/csv", "json": "application/json", "zip": "application/zip"}


def _dataset(meta: Data, url: str | None, base: str | None) -> Data:
    names = ["kfq-archive.zip", "datapackage.json"] + [f"{table}.{kind}" for table in meta["counts"] for kind in ("csv", "json")]
    return {
        "@type": "Dataset",
        "name": "开发区专刊档案：《科学导报·开发区建设专刊》的题录、数据与核对",
        "description": f"{meta['description']}每个数注明所印的期、版、行和读出它的规则；非官方整理。",
        "inLanguage": "zh-CN",
        "url": url,
        "isAccessibleForFree": True,
        "spatialCoverage": {"@type": "Place", "name": "山西省"},
        "keywords": ["山西", "开发区", "三个一批", "招商引资", "报纸"],
        "creator": {"@type": "Organization", "name": "开发区专刊档案"},
        "license": urljoin(base, "about/#rights") if base else None,
        "distribution": [
            {"@type": "DataDownload", "encodingFormat": FORMATS[name.rpartition(".")[2]], "contentUrl": urljoin(base, f"data/{name}")}
            for name in names
        ]
        if base
        else None,
    }


def _site(meta: Data, url: str | None, base: str | None) -> Data:
    return {
        "@type": "WebSite",
        "name": meta["title"],
        "description": meta["description"],
        "inLanguage": "zh-CN",
        "url": url,
    }
