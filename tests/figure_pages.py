"""Pages made on the spot from a title and paragraphs, for the tests of figures."""

from pathlib import Path

from build_scripts.articles import read_articles
from build_scripts.layout.layoutfile import ArticleLayout, Block, Layout
from build_scripts.records import PageRecord
from build_scripts.source import make_page
from build_scripts.yamlfile import Entry

NOWHERE = Entry(Path("made-up.yml"), 0, None)


def record_of(text: str, *, year: int | None = 2024, titled: bool = True) -> PageRecord:
    """One article: the first line is its title, every further line a paragraph. Without ``titled`` every line is a paragraph."""
    page = make_page(text.encode(), path="made-up.txt", issue="made-up", name="D1", source="made-up.txt")
    lines = [number for number in range(1, page.line_count + 1) if page.line_text(number).strip()]
    title, body = (lines[:1], lines[1:]) if titled and len(lines) > 1 else ([], lines)
    article = ArticleLayout(
        id="article",
        type="news",
        kicker=(),
        title=tuple(page.line_span(number) for number in title),
        subtitle=(),
        credit=(),
        bylines=(),
        body=tuple(Block((page.line_span(number),)) for number in body),
        continuation=(),
        parent=None,
        package=None,
        entry=NOWHERE,
    )
    return read_articles(page, Layout(NOWHERE.path, (), (), (article,), ()), year=year or 2024)
