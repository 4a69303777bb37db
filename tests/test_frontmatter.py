"""Front matter: every YAML reader has what was put in, and the quick way back has the same."""

import string
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from build_scripts.pages.frontmatter import read_front_matter, render_front_matter
from tests.conftest import PROJECT

TEXTS = st.text() | st.sampled_from(
    [
        "2024-08-19",
        "1:30",
        "no",
        "~",
        "0x1",
        "1e5",
        "---",
        "- x",
        "a: b",
        "# 标题",
        "甲\u2028乙\u0085丙\x7f\ufeff",
        "𠮷",
        "\t",
        "约3e-7吨",
        "\\",
    ]
)
NUMBERS = st.integers() | st.floats(allow_nan=False, allow_infinity=False)
VALUES = st.recursive(
    st.none() | st.booleans() | NUMBERS | TEXTS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXTS, inner, max_size=3),
    max_leaves=8,
)
KEYS = st.text(string.ascii_lowercase + "_0", min_size=1, max_size=6) | st.sampled_from(["yes", "null", "og:title", "指标", "n", "_"])


@given(st.dictionaries(KEYS, VALUES, min_size=1, max_size=4))
def test_both_ways_back_give_what_was_put_in(meta: dict[str, Any]) -> None:
    text = render_front_matter(meta)
    assert yaml.safe_load(text) == meta
    quick = read_front_matter(text)
    assert quick is None or quick == meta
    assert quick is not None or "e" in text  # a number that only JSON writes with an e and no point goes the long way


@given(st.text("ab:- \n[]{}\"'1.e", max_size=30))
def test_yaml_of_another_hand_is_left_to_yaml(text: str) -> None:
    quick = read_front_matter(text)
    if quick:
        assert yaml.safe_load(text) == quick


@pytest.mark.parametrize(
    "text",
    [
        "title: 数据\n",
        "a: 1e5\n",
        "a: NaN\n",
        "a: 1\na: 2\n",
        "  a: 1\n",
        "a:\n",
        "a:\n b: 1\n",
        "- 1\n",
        "a: [1,\n 2]\n",
        "yes: 1\n",
        "a: 1 # x\n",
    ],
)
def test_what_the_program_does_not_write_is_not_read_quickly(text: str) -> None:
    assert read_front_matter(text) is None


def test_a_figure_is_a_line() -> None:
    text = render_front_matter({"figures": [{"run": "53"}, {"run": "54"}]})
    assert text.splitlines() == ["figures:", '- {"run": "53"}', '- {"run": "54"}']


def test_every_generated_page_of_the_real_archive_is_read_quickly() -> None:
    paths = sorted(path for folder in ("issues", "cities", "events") for path in Path(PROJECT / "content" / folder).rglob("*.md"))
    for path in paths:
        front = path.read_text("utf-8").split("---\n")[1]
        quick = read_front_matter(front)
        assert quick == yaml.load(front, getattr(yaml, "CSafeLoader", yaml.SafeLoader)), path
        assert quick, path
