"""A small share of ``make fuzz``: the same cases every time."""

import random
import shutil
from pathlib import Path

import pytest

from build_scripts.errors import ArchiveError
from build_scripts.lexicon.places import FOLDER, load_lexicon
from tests.fuzz import NASTY, make_case, mutate, run_case


@pytest.mark.parametrize("start", range(0, 60, 10))
def test_mutated_input_ends_in_one_message_and_changes_nothing(tmp_path: Path, start: int) -> None:
    faults = [fault for seed in range(start, start + 10) for fault in run_case(seed, tmp_path / str(seed))]
    assert faults == []


@pytest.mark.parametrize("seed", range(30))
def test_a_mutated_lexicon_is_read_or_refused_with_its_line(tmp_path: Path, seed: int) -> None:
    rng = random.Random(seed)
    for path in FOLDER.glob("*.csv"):
        shutil.copy(path, tmp_path)
    victim = tmp_path / rng.choice(("zones.csv", "divisions.csv", "lookalikes.csv"))
    victim.write_bytes(mutate(rng, victim.read_bytes(), NASTY))
    said = ""
    try:
        load_lexicon(tmp_path)
    except ArchiveError as error:
        said = str(error)
    assert "\n" not in said
    assert said == "" or ".csv" in said


def test_the_cases_reach_every_command_and_are_the_same_every_time() -> None:
    cases = [make_case(seed) for seed in range(60)]
    assert {case.arguments[0] for case in cases} >= {"extract", "add", "build", "check", "correct", "draft"}
    assert cases == [make_case(seed) for seed in range(60)]
