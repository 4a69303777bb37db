"""Figures of made-up reports, written and annotated by one who had not seen the rules: how the rules do on what they were not made for.

They stand in ``gold/fragments/``. Rules are not to be fitted to them: a miss is mended by its cause, on other text.
"""

import json
from pathlib import Path

from build_scripts.articles import read_articles
from build_scripts.figures import read_figures
from build_scripts.layout.layoutfile import parse_layout
from build_scripts.rows import figure_row, number_row
from build_scripts.score import Row, Scorer
from build_scripts.score_figures import score_numbers
from build_scripts.source import Page, make_page

FRAGMENTS = sorted((Path(__file__).parent / "gold/fragments").glob("*.json"))

FLOORS = {
    "digit runs accounted for": 1,
    "digit runs: label": 0.98,
    "not taken for a quantity": 0.99,
    "dates": 0.97,
    "quantities: value and unit": 0.99,
    "quantities: hedge": 0.98,
    "quantities: status": 0.97,
    "quantities: indicator": 0.97,
    "core figures: recall": 0.92,
    "core figures: precision": 0.92,
    "core figures: event": 0.92,
}


def layout_of(page: Page, gold: Row) -> str:
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


def test_fragments_that_the_rules_were_not_made_for() -> None:
    scorer = Scorer()
    for path in FRAGMENTS:
        gold = json.loads(path.read_text("utf-8"))
        page = make_page(path.with_suffix(".txt").read_bytes(), path=path, issue="fragment", name="D1", source=path.name)
        record = read_articles(page, parse_layout(layout_of(page, gold).encode(), path, page), year=gold["year"])
        read = read_figures(record, year=gold["year"])
        score_numbers(scorer, gold, [number_row(number) for number in read.numbers], [figure_row(figure, "") for figure in read.figures])
    assert len(FRAGMENTS) == 40
    shares = {name: tally.share for name, tally in scorer.table.items()}
    assert {name: round(shares[name], 4) for name, floor in FLOORS.items() if shares[name] < floor} == {}
