"""What is packed is decoded when it is looked into, and no sooner."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from build_scripts.packed import OPEN, Later, Piece, pack


class Counted:
    """A decoder that counts what it is asked for."""

    def __init__(self) -> None:
        self.calls = 0

    def __call__(self, data: bytes) -> str:
        self.calls += 1
        return data.decode()


@given(st.text())
def test_what_was_packed_comes_out(text: str) -> None:
    assert Piece(pack(text.encode()), Counted()).open() == text


def test_a_piece_stays_open_until_many_others_were_opened() -> None:
    decode = Counted()
    pieces = [Piece(pack(str(number).encode()), decode) for number in range(OPEN + 1)]
    assert decode.calls == 0
    assert [pieces[0].open(), pieces[0].open(), decode.calls] == ["0", "0", 1]
    for piece in pieces[1:]:
        piece.open()
    assert [pieces[0].open(), decode.calls] == ["0", OPEN + 2]


@pytest.mark.parametrize("keep", [False, True])
def test_a_sequence_is_read_for_its_items_and_not_for_its_length(keep: bool) -> None:
    reads: list[int] = []

    def read() -> tuple[str, ...]:
        reads.append(1)
        return ("甲", "乙")

    items = Later(2, read, keep=keep)
    assert (len(items), reads) == (2, [])
    assert (items[1], items[:1], list(items)) == ("乙", ("甲",), ["甲", "乙"])
    assert len(reads) == (1 if keep else 3)


@given(st.lists(st.integers()).map(tuple), st.lists(st.integers()).map(tuple))
def test_a_sequence_equals_the_tuple_that_it_stands_for(one: tuple[int, ...], other: tuple[int, ...]) -> None:
    later = Later(len(one), lambda: one)
    assert later == one
    assert one == later
    assert hash(later) == hash(one)
    assert (later == other) == (one == other)
    assert later == Later(len(one), lambda: one)
    assert later != list(one)
