"""What a build tells of its steps: each reaches its end, none goes beyond it."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from build_scripts.build import build_archive
from build_scripts.progress import Advance
from build_scripts.synth.pages import write_synthetic
from tests.conftest import PROJECT


def test_every_step_reaches_its_end(tmp_path: Path) -> None:
    steps: dict[str, list[int]] = {}

    @contextmanager
    def note(step: str, total: int) -> Iterator[Advance]:
        steps[step] = [0, total]

        def advance(count: int) -> None:
            steps[step][0] += count

        yield advance

    write_synthetic(PROJECT, 40, tmp_path)
    build_archive(tmp_path, progress=note)
    assert steps["making the pages"] == [40, 40]
    assert all(done == total > 0 for done, total in steps.values())
    first = dict(steps)
    steps.clear()
    build_archive(tmp_path, progress=note)
    assert steps == {step: counts for step, counts in first.items() if step != "reading the issues"}
