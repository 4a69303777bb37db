"""A small share of ``make fuzz``: the same cases every time."""

from pathlib import Path

import pytest

from tests.fuzz import make_case, run_case


@pytest.mark.parametrize("start", range(0, 60, 10))
def test_mutated_input_ends_in_one_message_and_changes_nothing(tmp_path: Path, start: int) -> None:
    faults = [fault for seed in range(start, start + 10) for fault in run_case(seed, tmp_path / str(seed))]
    assert faults == []


def test_the_cases_reach_every_command_and_are_the_same_every_time() -> None:
    cases = [make_case(seed) for seed in range(60)]
    assert {case.arguments[0] for case in cases} == {"extract", "add", "build", "check", "correct", "draft"}
    assert cases == [make_case(seed) for seed in range(60)]
