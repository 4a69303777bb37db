"""The cache gives back what was put in or nothing, and forgets what no build asks for."""

import json
from pathlib import Path

import pytest

from build_scripts.cache import RUNS, Cache
from build_scripts.fingerprint import content_key

ONE, OTHER = content_key(b"one"), content_key(b"other")


def entries(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file() and path.name != "runs.json")


def test_it_gives_back_what_was_put_in(tmp_path: Path) -> None:
    cache = Cache(tmp_path / "cache")
    assert cache.get(ONE) is None
    cache.put(ONE, b"value")
    assert Cache(tmp_path / "cache").get(ONE) == b"value"
    assert cache.get(OTHER) is None


@pytest.mark.parametrize("damage", [b"", b"x", b"value", b"\0" * 40])
def test_a_damaged_entry_is_none(tmp_path: Path, damage: bytes) -> None:
    cache = Cache(tmp_path)
    cache.put(ONE, b"value")
    (path,) = entries(tmp_path)
    path.write_bytes(damage)
    assert cache.get(ONE) is None


def test_every_changed_byte_is_seen(tmp_path: Path) -> None:
    cache = Cache(tmp_path)
    cache.put(ONE, b"value")
    (path,) = entries(tmp_path)
    whole = path.read_bytes()
    for at in range(len(whole)):
        path.write_bytes(whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :])
        assert cache.get(ONE) is None


def test_an_entry_under_another_key_is_none(tmp_path: Path) -> None:
    cache = Cache(tmp_path)
    cache.put(ONE, b"value")
    cache.put(OTHER, b"other")
    one, other = (tmp_path / key.hex()[:2] / key.hex() for key in (ONE, OTHER))
    other.write_bytes(one.read_bytes())
    assert cache.get(OTHER) is None


def test_what_no_build_asks_for_is_forgotten(tmp_path: Path) -> None:
    with Cache(tmp_path) as cache:
        cache.put(ONE, b"value")
    (tmp_path / "foreign").write_bytes(b"")
    for run in range(RUNS):
        with Cache(tmp_path) as cache:
            cache.put(content_key(f"run {run}".encode()), b"value")
    assert Cache(tmp_path).get(ONE) is None
    assert len(entries(tmp_path)) == RUNS


def test_a_build_that_changes_nothing_pushes_nothing_out(tmp_path: Path) -> None:
    with Cache(tmp_path) as cache:
        cache.put(ONE, b"value")
    for _ in range(2 * RUNS):
        with Cache(tmp_path) as cache:
            cache.put(OTHER, b"other")
    assert Cache(tmp_path).get(ONE) == b"value"


def test_a_build_that_fails_forgets_nothing(tmp_path: Path) -> None:
    with Cache(tmp_path) as cache:
        cache.put(ONE, b"value")
    for _ in range(2 * RUNS):
        with pytest.raises(RuntimeError), Cache(tmp_path):
            raise RuntimeError
    assert Cache(tmp_path).get(ONE) == b"value"


@pytest.mark.parametrize("runs", ["", "{", "[1]", '["xx"]', "[[1]]", '[["../../../etc"]]', "null"])
def test_a_foreign_list_of_runs_is_none(tmp_path: Path, runs: str) -> None:
    (tmp_path / "runs.json").write_text(runs)
    with Cache(tmp_path) as cache:
        cache.put(ONE, b"value")
    assert json.loads((tmp_path / "runs.json").read_text()) == [[ONE.hex()]]


def test_a_place_that_cannot_be_written_ends_no_build(tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("")
    with Cache(tmp_path / "cache") as cache:
        cache.put(ONE, b"value")
        assert cache.get(ONE) is None
