"""The page of one article: its record as front matter, its text as prose with the corrections marked."""

from build_scripts.pages.document import Document, Meta, escape_attribute, escape_inline, guard_start
from build_scripts.pages.labels import TYPES, author_url, lines_label, page_label, page_link
from build_scripts.pages.view import View
from build_scripts.records import Archive, Article, Correction, Issue, Lines, Paragraph
from build_scripts.source import Place

QUOTE_LENGTH = 60
"""Characters of text that a site without full text quotes from an article: a short quotation, not the report."""


def article_document(article: Article, view: View) -> Document:
    """``issues/<issue>/<article>.md``."""
    issue = view.issues[article.issue]
    meta: Meta = {"template": "article.html", **article_fields(article, view.archive), "description": describe(article, issue)}
    if not view.full_text:
        meta |= {"section_heads": [], "quote": quotation(article)}
    meta["context"] = _context(article, issue, view)
    return Document(f"issues/{article.issue}/{article.id}.md", meta, render_body(article) if view.full_text else "")


def article_fields(article: Article, archive: Archive) -> Meta:
    """The keys of ``articles.json`` without ``paragraphs``: what an article is, independent of where it is shown."""
    return {
        "id": article.id,
        "url": article.url,
        "issue": article.issue,
        "page": article.page,
        "order": article.order,
        "type": article.type,
        "title": article.title.text if article.title else None,
        "kicker": article.kicker.text if article.kicker else None,
        "subtitle": article.subtitle.text if article.subtitle else None,
        "package": article.package,
        "parent": article.parent,
        "authors": [{"name": author.name, "role": author.role} for author in article.authors],
        "credit": article.credit,
        "event_date": article.event_date,
        "continued_on": article.continued_on,
        "cities": list(article.cities),
        "zones": list(article.zones),
        "mentions": {"cities": list(article.mentions.cities), "zones": list(article.mentions.zones)},
        "section_heads": _section_heads(article),
        "corrections": [correction_fields(correction) for correction in article.corrections],
        "source": article.source,
        "related": list(archive.related[article.id]),
    }


def line_ranges(lines: Lines) -> list[list[int]]:
    """Inclusive line ranges as lists, the form of the data files."""
    return [list(pair) for pair in lines]


def _section_heads(article: Article) -> list[Meta]:
    heads, count = [], 0
    for block in article.body:
        if block.head:
            heads.append({"text": block.passage.text, "lines": line_ranges(block.lines), "before_paragraph": count})
        else:
            count += 1
    return heads


def correction_fields(correction: Correction) -> Meta:
    """A correction as the data files have it."""
    return {
        "anchor": correction_anchor(correction.place),
        "line": correction.place.line,
        "column": correction.place.column,
        "printed": correction.printed,
        "corrected": correction.corrected,
        "kind": correction.kind,
        "note": correction.note,
    }


def quotation(article: Article) -> str:
    """The beginning of the text, short enough to be a quotation."""
    text = article.paragraphs[0].passage.text
    return text if len(text) <= QUOTE_LENGTH else text[:QUOTE_LENGTH] + "…"


def describe(article: Article, issue: Issue) -> str:
    """One sentence that tells in a list of search results what the page is."""
    headline = " ".join(passage.text for passage in (article.kicker, article.title, article.subtitle) if passage)
    return f"{headline or TYPES[article.type]}：{quotation(article)}（{issue.newspaper}·{issue.supplement}{issue.label}）"


def _context(article: Article, issue: Issue, view: View) -> Meta:
    """What the page links to, with the words to name it: the template looks nothing up."""
    record = next(page for page in issue.pages if page.name == article.page)
    package = next((package for package in record.packages if package.id == article.package), None)
    readable = [other for other in issue.articles if other.type != "caption" or other.id == article.id]
    at = readable.index(article)
    continued = next((page for page in issue.pages if page.name == article.continued_on), None)
    return {
        "label": article.label,
        "type": TYPES[article.type],
        "issue": {"label": issue.label, "url": issue.url, "newspaper": issue.newspaper, "supplement": issue.supplement},
        "rights": issue.rights,
        "page": page_link(record),
        "lines": lines_label(tuple(pair for block in article.body for pair in block.lines)),
        "authors": [{"name": author.name, "role": author.role, "url": author_url(author.name)} for author in article.authors],
        "cities": [view.city_link(city) for city in article.cities],
        "package": {"title": package.title, "url": f"{issue.url}#{package.id}"} if package else None,
        "parent": view.link(view.articles[article.parent]) if article.parent else None,
        "captions": view.links(view.captions.get(article.id, ())),
        "previous": view.link(readable[at - 1]) if at else None,
        "next": view.link(readable[at + 1]) if at + 1 < len(readable) else None,
        "related": [view.link(view.articles[other]) for other in view.archive.related[article.id]],
        "continued": {"label": page_label(article.continued_on), "url": continued.url if continued else None}
        if article.continued_on
        else None,
    }


def render_body(article: Article) -> str:
    """The running text in Markdown: explicit ids made of printed lines, corrections marked, everything else escaped."""
    return "\n\n".join(_render_block(block) for block in article.body) + "\n"


def _render_block(block: Paragraph) -> str:
    lines = " ".join(f"{first}-{last}" for first, last in block.lines)
    attributes = f'{{: #{block.anchor} data-lines="{lines}" }}'
    return f"## {_marked(block)} {attributes}" if block.head else f"{guard_start(_marked(block))}\n{attributes}"


def _marked(block: Paragraph) -> str:
    passage, done, parts = block.passage, 0, []
    for repair in passage.repairs:
        parts.append(escape_inline(passage.text[done : repair.start]))
        anchor = correction_anchor(repair.place)
        parts.append(
            f'<span class="corr" id="{anchor}" data-printed="{escape_attribute(repair.printed)}">'
            f'<a href="#note-{anchor}">{escape_inline(passage.text[repair.start : repair.end])}</a></span>'
        )
        done = repair.end
    parts.append(escape_inline(passage.text[done:]))
    return "".join(parts)


def correction_anchor(place: Place) -> str:
    """``c165-20``: made of line and column, so that a new correction never moves another one's link."""
    return f"c{place.line}-{place.column}"
