"""The sieve finds what the pattern finds, wherever the text is cut."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from build_scripts import dates
from build_scripts.figures import naming, numerals, subjects
from build_scripts.figures import words as figure_words
from build_scripts.projects import companies, names, progress, words
from build_scripts.sieve import Sieve, Sieves, first_signs, gated

SIEVES = [
    dates._ANY, *(Sieve(pattern) for pattern, _ in figure_words.TOKENS),
    subjects._FIND_DEICTIC, *(form for _, form, _ in numerals._FORMS),
    words.CUT, names._HEAD, names._LIST_END, companies._EDGE, progress._STAGE, progress._AIM,
]  # fmt: skip
SENTENCES = (
    "2024年8月19日，全省开发区2024年第三次“三个一批”活动举行，大同市签约一批项目12个，总投资99.754亿元，已开工8个。"
    "预计今年年底前全部投产达效，力争全年完成投资30亿元；目前该项目一期已建成，二期正在建设。其中新开工项目5个，包括上半年累计签约的4项。"
)


@given(st.data(), st.sampled_from(SIEVES))
def test_the_sieve_finds_what_the_pattern_finds(data: st.DataObject, sieve: Sieve) -> None:
    text = "".join(data.draw(st.lists(st.sampled_from(re.split("(?<=[，。；、])", SENTENCES)) | st.from_regex(sieve.pattern), max_size=4)))
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    found = [match.span() for match in sieve.finditer(text, start, end)]
    assert found == [match.span() for match in sieve.pattern.finditer(text, start, end)]
    first = sieve.search(text)
    assert (first and first.group()) == (next((match.group() for match in sieve.pattern.finditer(text)), None))


TOKENS = [pattern for pattern, _ in figure_words.TOKENS]
WORDINGS = [row.wording for row in naming._rows_of("money")]


@given(st.data(), st.sampled_from((TOKENS, WORDINGS)))
def test_many_are_found_together(data: st.DataObject, patterns: list[re.Pattern[str]]) -> None:
    pieces = st.sampled_from(re.split("(?<=[，。；、])", SENTENCES)) | st.sampled_from(patterns).flatmap(st.from_regex)
    text = "".join(data.draw(st.lists(pieces, max_size=4)))
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    found = [(match.start(), index, match.end()) for index, match in Sieves(patterns).finditer(text, start, end)]
    each = [(match.start(), index, match.end()) for index, pattern in enumerate(patterns) for match in pattern.finditer(text, start, end)]
    assert found == sorted(each)


@given(st.data(), st.sampled_from([pattern.pattern for pattern in (*TOKENS, *WORDINGS)]))
def test_a_gate_changes_nothing(data: st.DataObject, pattern: str) -> None:
    text = "".join(data.draw(st.lists(st.sampled_from(re.split("(?<=[，。；、])", SENTENCES)) | st.from_regex(pattern), max_size=4)))
    assert [match.span() for match in gated(pattern).finditer(text)] == [match.span() for match in re.finditer(pattern, text)]


def test_a_pattern_that_begins_with_anything_is_refused() -> None:
    with pytest.raises(ValueError, match="甲"):
        Sieves([re.compile(".甲")])


@pytest.mark.parametrize(
    ("pattern", "signs"),
    [("甲|乙丙", "乙甲"), ("(?:甲)?乙", "乙甲"), ("甲*", None), (".甲", None), ("[^甲]", None), ("(?=甲)乙", "乙"), (r"\d{2}", r"\d")],
)
def test_the_signs_a_match_begins_with(pattern: str, signs: str | None) -> None:
    assert first_signs(re.compile(pattern)) == signs


def test_every_sieve_knows_its_signs() -> None:
    assert [sieve.pattern.pattern for sieve in SIEVES if first_signs(sieve.pattern) is None] == []
