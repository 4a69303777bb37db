"""Blank lines go the short way, and what is left is what a pattern over the whole page leaves."""

import re

from hypothesis import given
from hypothesis import strategies as st

from build_scripts.mkdocs_hooks import without_blank_lines


@given(st.text(st.sampled_from("a< \n\t\r\u3000\u00a0>"), max_size=40))
def test_the_short_way_leaves_what_the_pattern_leaves(text: str) -> None:
    assert without_blank_lines(text) == re.sub(r"\n\s*\n", "\n", text)


def test_preformatted_text_stays() -> None:
    assert without_blank_lines("a\n\n<pre>x\n\ny</pre>\n \nb") == "a\n<pre>x\n\ny</pre>\nb"
