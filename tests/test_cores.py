"""Work shared among processes comes back in order, and so do its errors."""

import gc
import multiprocessing
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest

from build_scripts import cores
from build_scripts.cores import Beside, apart, count_cores, map_on_cores, sparing_garbage
from build_scripts.errors import ArchiveError, LayoutError, OutputError
from tests.conftest import PROJECT

linux = pytest.mark.skipif(sys.platform != "linux", reason="no process is forked")


def square(number: int) -> int:
    if number < 0:
        raise ValueError(number)
    return number * number


def process(number: int) -> int:
    return os.getpid()


@pytest.mark.parametrize("wanted", [1, 2, 3])
def test_results_come_in_the_order_of_the_items(monkeypatch: pytest.MonkeyPatch, wanted: int) -> None:
    monkeypatch.setattr(cores, "count_cores", lambda: wanted)
    assert list(map_on_cores(square, range(40))) == [number * number for number in range(40)]


def test_other_processes_do_the_work(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cores, "count_cores", lambda: 2)
    assert os.getpid() not in list(map_on_cores(process, range(4)))
    assert list(map_on_cores(process, range(4), alone=4)) == [os.getpid()] * 4


def test_an_error_comes_where_its_result_would(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cores, "count_cores", lambda: 2)
    found = map_on_cores(square, [1, 2, -3, 4])
    assert [next(found), next(found)] == [1, 4]
    with pytest.raises(ValueError, match="-3"):
        next(found)


def test_the_number_of_processes_can_be_set(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ARCHIVE_CORES", "7")
    assert count_cores() == 7
    monkeypatch.setenv("ARCHIVE_CORES", "many")
    assert count_cores() >= 1


def test_a_process_of_its_own() -> None:
    assert apart(partial(square, 5)) == 25
    assert (apart(os.getpid) == os.getpid()) == (sys.platform != "linux")


def refuse() -> None:
    error = OutputError(Path("content/a.md"), 7, "is wrong", "another")
    error.also = (LayoutError("b.yml", 0, "is wrong too"),)
    raise error


def test_what_it_raises_is_raised() -> None:
    with pytest.raises(OutputError, match="another") as raised:
        apart(refuse)
    error: ArchiveError = raised.value
    assert (str(error), error.line) == ("content/a.md:7: is wrong; expected another", 7)
    assert [str(other) for other in error.also] == ["b.yml: is wrong too"]


def kill_oneself() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def kill_oneself_for(number: int) -> None:
    kill_oneself()


@linux
def test_a_killed_process_is_told_of() -> None:
    with pytest.raises(RuntimeError, match="was killed"):
        apart(kill_oneself)


ORPHAN = """
import os, time
from build_scripts.cores import apart
def work():
    print(os.getpid(), flush=True)
    time.sleep(600)
apart(work)
"""


@linux
def test_it_ends_with_the_process_that_began_it() -> None:
    with subprocess.Popen([sys.executable, "-c", ORPHAN], cwd=PROJECT, stdout=subprocess.PIPE, text=True) as parent:
        assert parent.stdout is not None
        child = int(parent.stdout.readline())
        assert is_alive(child)
        parent.kill()
    for _ in range(500):
        if not is_alive(child):
            return
        time.sleep(0.01)
    pytest.fail("it goes on")


def is_alive(process: int) -> bool:
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] not in "ZX"
    except OSError:
        return False


def test_no_item_is_taken_before_it_is_needed(monkeypatch: pytest.MonkeyPatch) -> None:
    taken: list[int] = []

    def items() -> Iterator[int]:
        for number in range(100):
            taken.append(number)
            yield number

    monkeypatch.setattr(cores, "count_cores", lambda: 2)
    assert next(map_on_cores(square, items(), others=1)) == 0
    assert len(taken) <= 2, "the other core has other work"
    taken.clear()
    found = map_on_cores(square, items())
    assert next(found) == 0
    assert len(taken) <= 9


@linux
def test_work_beside(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cores, "count_cores", lambda: 2)
    with Beside(square) as beside:
        beside.begin(6)
        assert beside.result() == 36
    with Beside(process) as beside:
        beside.begin(0)
        assert beside.result() not in (None, os.getpid())


@linux
def test_what_fails_beside_is_raised_where_it_is_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cores, "count_cores", lambda: 2)
    with Beside(square) as beside:
        beside.begin(-1)
        with pytest.raises(ValueError, match="-1"):
            beside.result()
    with Beside(kill_oneself_for) as killed:
        killed.begin(0)
        with pytest.raises(RuntimeError, match="killed"):
            killed.result()


@linux
def test_nobody_waits_for_what_is_not_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither for one that has never been begun, nor for one that would take an hour."""
    monkeypatch.setattr(cores, "count_cores", lambda: 2)
    start = time.monotonic()
    with Beside(square) as idle:
        assert idle.result() is None
    with Beside(time.sleep) as beside:
        beside.begin(3600)
    assert time.monotonic() - start < 60
    assert not multiprocessing.active_children()


def test_on_one_core_nothing_is_done_beside(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cores, "count_cores", lambda: 1)
    with Beside(square) as beside:
        beside.begin(6)
        assert beside.result() is None


def test_garbage_is_looked_for_as_before_when_a_build_has_ended() -> None:
    before = gc.get_threshold()
    with sparing_garbage():
        assert gc.get_threshold() != before
    assert gc.get_threshold() == before
