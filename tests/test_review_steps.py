"""The steps of the review page, run in node as the browser runs them: each by itself, and many in any order."""

import json
import re
import subprocess
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from build_scripts.layout.layoutfile import Layout, find_gaps, find_overlaps, layout_of
from build_scripts.layout.tree import layout_tree
from build_scripts.review.wire import read_tree
from build_scripts.source import Page, Span
from build_scripts.yamlfile import parse_yaml
from tests.conftest import PROJECT, page_of
from tests.test_rewrite import pages

PATH = Path("D1.yml")
CASES = (Path(__file__).parent / "cases/review-steps.md").read_text("utf-8")
_TEXT, LAYOUT = re.findall(r"^```(?:yaml)?\n(.+?)^```$", CASES.split("\n### ")[0], flags=re.DOTALL | re.MULTILINE)
PAGE = page_of(_TEXT)


def run(jobs: list[dict[str, Any]]) -> list[dict[str, Any]]:
    result = subprocess.run(
        ["node", str(PROJECT / "tests/review_steps.mjs")], input=json.dumps(jobs), capture_output=True, text=True, check=False
    )
    assert not result.returncode, result.stderr
    return list(json.loads(result.stdout))


def job(page: Page, layout: str, /, **options: Any) -> dict[str, Any]:
    tree = layout_tree(layout_of(parse_yaml(layout.encode(), PATH), page), page)
    return {"lines": page.lines(), "wrapped": True, "published": [], "tree": tree, **options}


def spans(*places: str) -> list[list[int]]:
    """Offsets of places, for a step."""
    return [[_span(PAGE, place).start, _span(PAGE, place).end] for place in places]


def after(*steps: dict[str, Any], **options: Any) -> Any:
    """The layout after the steps, with short places."""
    (result,) = run([job(PAGE, LAYOUT, steps=list(steps), **options)])
    return layout_tree(read_tree(result["trees"][-1], PATH, PAGE), PAGE)


def article(tree: dict[str, Any], name: str) -> dict[str, Any]:
    return next(dict(item) for item in tree["articles"] if item["id"] == name)


def read_cases() -> list[tuple[str, dict[str, Any], str]]:
    found = re.findall(r"^### (\S+)\n\n.+?\n\n```json\n(.+?)\n```\n\n```yaml\n(.+?)\n```$", CASES, flags=re.DOTALL | re.MULTILINE)
    assert len(found) == CASES.count("### ")
    return [(name, json.loads(step), expected) for name, step, expected in found]


@pytest.fixture(scope="module")
def case_results() -> dict[str, dict[str, Any]]:
    cases = read_cases()
    results = run([job(PAGE, LAYOUT, steps=[placed(step)]) for _, step, _ in cases])
    return {name: result["trees"][0] for (name, _, _), result in zip(cases, results, strict=True)}


def placed(step: dict[str, Any]) -> dict[str, Any]:
    """A step of the case file with offsets for its places."""
    found = dict(step)
    if "spans" in step:
        found["spans"] = spans(*step["spans"])
    if "offset" in step:
        found["offset"] = _span(PAGE, step["offset"]).start
    return found


@pytest.mark.parametrize(("name", "expected"), [(name, expected) for name, _, expected in read_cases()])
def test_a_step(case_results: dict[str, dict[str, Any]], name: str, expected: str) -> None:
    wanted = layout_of(parse_yaml(f"page: D1\narticles:\n{expected}\n".encode(), PATH), PAGE)
    got = layout_tree(read_tree(case_results[name], PATH, PAGE), PAGE)
    assert got["articles"] == layout_tree(wanted, PAGE)["articles"]


def test_a_series_and_its_end() -> None:
    tree = after({"op": "series", "id": "s", "spans": spans("8"), "articles": ["a", "c"]})
    assert tree["packages"] == [{"id": "s", "title": "8"}]
    assert [item.get("package") for item in tree["articles"]] == ["s", None, "s"]
    assert after({"op": "series", "id": "s", "spans": spans("8"), "articles": ["b"]}, {"op": "unseries", "id": "s"})["articles"][1] == {
        "id": "b",
        "type": "brief",
        "body": ["7"],
    }


def test_furniture_and_text_without_a_part() -> None:
    tree = after({"op": "give", "spans": spans("7"), "to": {"role": "slogan"}}, {"op": "give", "spans": spans("1"), "to": {}})
    assert tree["furniture"] == [{"slogan": "7"}]
    assert [item["id"] for item in tree["articles"]] == ["a", "c"]
    assert "title" not in tree["articles"][0]


def test_lines_that_are_paragraphs_stay_apart() -> None:
    freed = {"op": "give", "spans": spans("8-10"), "to": {}}
    given = {"op": "give", "spans": spans("8-10"), "to": {"article": "a", "part": "body"}}
    assert article(after(freed, given, wrapped=False), "a")["body"][-3:] == ["8", "9", "10"]
    assert article(after(freed, given, wrapped=True), "a")["body"][-1] == "8-10"


def test_published_ids_stay() -> None:
    assert [item["id"] for item in after({"op": "rename", "id": "a", "to": "z"}, published=["a"])["articles"]] == ["a", "b", "c"]
    merged = after({"op": "merge", "article": "a", "into": "c"}, published=["a"])
    assert [(item["id"], item.get("parent")) for item in merged["articles"]] == [("b", "a"), ("a", None)]


def test_corrections_stand_in_the_order_of_their_lines() -> None:
    item = {"column": None, "printed": "五", "corrected": "伍", "kind": "typo", "note": "x"}
    steps = [{"op": "correct", "correction": {**item, "line": line}} for line in (5, 2, 9)]
    assert [one["line"] for one in after(*steps)["corrections"]] == ["2", "5", "9"]
    changed = after(*steps, {"op": "correct", "index": 0, "correction": {**item, "line": 2, "note": "y"}}, {"op": "uncorrect", "index": 1})
    assert [(one["line"], one["note"]) for one in changed["corrections"]] == [("2", "y"), ("9", "x")]


def test_any_steps_lose_no_text_and_can_be_undone() -> None:
    sources = pages()
    jobs = [job(*sources[seed % len(sources)], wrapped=seed % 2 == 0, seed=seed, count=25, published=[]) for seed in range(240)]
    taken: Counter[str] = Counter()
    for seed, (given, result) in enumerate(zip(jobs, run(jobs), strict=True)):
        page, text = sources[seed % len(sources)]
        layout = read_tree(result["tree"], PATH, page)
        start: Layout = layout_of(parse_yaml(text.encode(), PATH), page)
        assert find_overlaps(start, page) or find_overlaps(layout, page) == (), given["seed"]
        # The browser's own account of what has no part is the program's.
        assert [_span(page, place) for place in result["loose"]] == list(find_gaps(layout, page))
        assert result["replayed"]
        assert result["undone"]
        ids = [item.id for item in layout.articles] + [item.id for item in layout.packages]
        assert len(ids) == len(set(ids))
        taken.update(result["taken"])
    assert set(taken) >= {
        "give",
        "new",
        "split",
        "merge",
        "join",
        "cut",
        "move",
        "head",
        "order",
        "swap",
        "set",
        "series",
        "rename",
        "correct",
    }


def _span(page: Page, place: str) -> Span:
    tree = {"page": page.name, "articles": [{"id": "a", "type": "news", "body": [place]}]}
    span: Span = read_tree(tree, PATH, page).articles[0].body[0].spans[0]
    return span
