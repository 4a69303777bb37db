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
from tests.work import calls

BASES = {"": "", "本次活动": "event", "累计": "cumulative", "截至": "as_of", "时段": "period"}
ALPHABET = "“”‘’，。：；！？0129个亿元目前截至累计以来其中项目负责人王表示说介绍据他月底年次三一批活动"


@pytest.mark.parametrize("case", params("figures-basis.md"))
def test_basis(case: Case) -> None:
    figures = read_figures(record_of(case.text), year=2024).figures
    found = [
        [format(f.value, "f"), f.unit, f.basis or "", f.as_of or "", f.basis_printed or "", f.said_by or ""]
        for f in figures
    ]  # fmt: skip
    assert found == [[*row[:2], BASES[row[2]], *row[3:]] for row in case.rows]


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


@pytest.mark.parametrize(
    "unit", ["“已完成。”项目负责人王说，", "项目负责人王表示，", "“", "累计", "其中累计5个；", "。其中累计", "今年以来，", "截至7月"]
)
def test_work_grows_with_the_text_alone(unit: str) -> None:
    """Twice the text is about twice the work, however hostile."""
    dates = DateReader(2024)

    def work(times: int) -> int:
        text = unit * times
        return calls(find_frames, text, dates.find(text)) + calls(find_speech, text)

    assert work(800) < 3 * work(400) + 1000
