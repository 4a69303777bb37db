"""Origins are a sequence of offsets, kept as runs."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from build_scripts.origins import Joined, Origins

OFFSETS = st.lists(st.integers(0, 12), max_size=20)


@given(OFFSETS, st.slices(20))
def test_they_read_like_a_tuple(offsets: list[int], part: slice) -> None:
    origins = Origins.of(offsets)
    assert (tuple(origins), len(origins), origins[part]) == (tuple(offsets), len(offsets), tuple(offsets[part]))
    assert [origins[at] for at in range(-len(offsets), len(offsets))] == [*offsets, *offsets]
    assert origins == Origins.of(iter(offsets))
    assert hash(origins) == hash(Origins.of(offsets))


@given(OFFSETS, OFFSETS)
def test_they_are_equal_where_their_offsets_are(one: list[int], other: list[int]) -> None:
    assert (Origins.of(one) == Origins.of(other)) == (one == other)


def test_nothing_lies_beyond_the_end() -> None:
    for at in (2, -3):
        with pytest.raises(IndexError):
            Origins.of([7, 8])[at]


def test_a_line_is_one_run() -> None:
    joined = Joined()
    for piece, offset in (("总投资", 0), ("49", 4), (".96", 6), ("亿元", 10)):
        joined.add(piece, offset)
    assert joined.text() == "总投资49.96亿元"
    assert joined.origins().runs == ((0, 0), (3, 4), (8, 10))
