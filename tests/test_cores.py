"""Work shared among processes comes back in order, and so do its errors."""

import os

import pytest

from build_scripts import cores
from build_scripts.cores import count_cores, map_on_cores


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
