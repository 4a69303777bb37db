"""What is wrong with a layout that is being made, all of it and in Chinese: an editor works until nothing is left.

The rules are those of :func:`build_scripts.layout.layoutfile.check_layout`, which stops at the first.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from build_scripts.layout.layoutfile import ArticleLayout, Layout, find_gaps, find_overlaps
from build_scripts.source import Page, Span


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing to put right."""

    kind: str
    """``gap``, ``overlap``, ``article``, ``package``, ``correction``."""
    line: int
    """Of the page, from 1; 0 where it concerns no line."""
    text: str
    article: str | None = None
    """Id of the article it concerns."""


def find_problems(layout: Layout, page: Page) -> tuple[Problem, ...]:
    """Text without a part or with two, articles without text, ids that clash or lead nowhere; in this order."""
    found = [*_gaps(layout, page), *_overlaps(layout, page), *_articles(layout, page)]
    members = {article.package for article in layout.articles}
    found += [
        Problem("package", _line(page, package.title), f"系列 {package.id} 没有稿件")
        for package in layout.packages
        if package.id not in members
    ]
    found += [Problem("package", 0, f"系列 {package.id} 没有总题") for package in layout.packages if not package.title]
    return tuple(found)


def _gaps(layout: Layout, page: Page) -> Iterator[Problem]:
    """Neighbouring lines without a part are one problem."""
    run: list[Span] = []
    for gap in [*find_gaps(layout, page), None]:
        if run and (gap is None or page.text[run[-1].end : gap.start].strip()):
            first, last = page.place(run[0].start).line, page.place(run[-1].end - 1).line
            words = "".join(page.text[run[0].start : run[-1].end].split())[:20]
            where = f"第{first}行" if first == last else f"第{first}–{last}行"
            yield Problem("gap", first, f"{where}有文字没有归属：{words}")
            run = []
        if gap is not None:
            run.append(gap)


def _overlaps(layout: Layout, page: Page) -> Iterator[Problem]:
    for place, _, _ in find_overlaps(layout, page):
        line = page.place(place).line
        yield Problem("overlap", line, f"第{line}行有文字归了两处")


def _articles(layout: Layout, page: Page) -> Iterator[Problem]:
    known = {article.id: article for article in layout.articles}
    packages = {package.id for package in layout.packages}
    counts = Counter([*(article.id for article in layout.articles), *(package.id for package in layout.packages)])
    for article in layout.articles:
        line = _line(page, _spans(article))
        if counts[article.id] > 1:
            yield Problem("article", line, f"编号 {article.id} 用了不止一次", article.id)
        if all(block.head for block in article.body):
            yield Problem("article", line, "没有正文", article.id)
        if article.parent is not None:
            host = known.get(article.parent)
            if host is None or host is article:
                yield Problem("article", line, f"所属稿件 {article.parent} 不在本版", article.id)
            elif host.parent is not None:
                yield Problem("article", line, "所属稿件自己也附属于别的稿件", article.id)
            if article.package is not None:
                yield Problem("article", line, "附属于别的稿件，就不能再属于系列", article.id)
        if article.package is not None and article.package not in packages:
            yield Problem("article", line, f"系列 {article.package} 不在本版", article.id)


def _spans(article: ArticleLayout) -> tuple[Span, ...]:
    return (*article.title, *(span for block in article.body for span in block.spans), *article.kicker, *article.subtitle)


def _line(page: Page, spans: tuple[Span, ...]) -> int:
    return page.place(spans[0].start).line if spans else 0
