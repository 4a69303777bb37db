"""How a number counts, up to when, and who says it: the cases of ``cases/figures-basis.md``, and what no text can break."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from build_scripts.casefiles import Case
from build_scripts.dates import DateReader
from build_scripts.figures import read_figures
from build_scripts.figures.basis import find_frames
from build_scripts.figures.speech import find_speech
from tests.figure_pages import record_of
from tests.test_figures_cases import params

ALPHABET = "“”‘’，。：；！？0129个亿元目前截至累计以来其中项目负责人王表示说介绍据他月底年次三一批活动"


@pytest.mark.parametrize("case", params("figures-basis.md"))
def test_basis(case: Case) -> None:
    figures = read_figures(record_of(case.text), year=2024).figures
    found = [
        [format(f.value, "f"), f.unit, f.basis or "", f.as_of or "", f.basis_printed or "", f.said_by or ""]
        for f in figures
    ]  # fmt: skip
    assert found == case.rows


@given(st.text(alphabet=ALPHABET, max_size=80))
def test_frames_and_speeches_lie_in_the_text_and_quote_it(text: str) -> None:
    for frame in find_frames(text, DateReader(2024).find(text)):
        assert 0 <= frame.start <= frame.end <= len(text)
        assert frame.printed in text
        assert not any(sign in text[frame.start : frame.end - 1] for sign in "。！？")
    for speech in find_speech(text):
        assert 0 <= speech.start < speech.end <= len(text)
        assert speech.speaker in text
        assert not any(mark in speech.speaker for mark in "“”，。")
