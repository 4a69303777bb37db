"""Precision and recall of the figures on made-up reports whose rules had not been seen by those who wrote and annotated them.

They stand in ``tests/gold/fragments/``: a text, and what a reader finds in it. No layout was reviewed; the annotation says what is title
and what is text.
"""

import json
from collections.abc import Sequence
from pathlib import Path

from build_scripts.articles import read_articles
from build_scripts.figures import read_figures
from build_scripts.layout.layoutfile import parse_layout
from build_scripts.rows import Row, figure_row, number_row
from build_scripts.score import Scorer, Tally
from build_scripts.score_figures import score_numbers
from build_scripts.source import Page, make_page


def score_fragments(gold_files: Sequence[Path]) -> tuple[dict[str, Tally], list[str]]:
    """Measure → tally, and in words what was missed; each file's text lies beside it (``061.json``, ``061.txt``)."""
    scorer = Scorer()
    for path in gold_files:
        gold = json.loads(path.read_text("utf-8"))
        page = make_page(path.with_suffix(".txt").read_bytes(), path=path, issue="fragment", name="D1", source=path.name)
        record = read_articles(page, parse_layout(_layout_of(page, gold).encode(), path, page), year=gold["year"])
        read = read_figures(record, year=gold["year"])
        score_numbers(scorer, gold, [number_row(number) for number in read.numbers], [figure_row(figure, "") for figure in read.figures])
    return dict(scorer.table), scorer.misses


def _layout_of(page: Page, gold: Row) -> str:
    """The fragment as one article: title, paragraphs, and what is neither as a label."""
    paragraphs: list[list[int]] = []
    for line in gold["body_lines"]:
        if line in gold["paragraph_starts"] or not paragraphs:
            paragraphs.append([line, line])
        else:
            paragraphs[-1][1] = line
    title = gold["title"] or []
    others = [n for n in range(1, page.line_count + 1) if page.line_text(n).strip() and n not in {*gold["body_lines"], *title}]
    return "\n".join(
        [
            "page: D1",
            f"furniture: [{{label: {others}}}]" if others else "furniture: []",
            "articles:",
            "- id: fragment",
            "  type: news",
            *([f"  title: {title}"] if title else []),
            "  body:",
            *(f"  - {first}-{last}" for first, last in paragraphs),
        ]
    )
