"""How much a function does, counted and not timed: the same on every machine, however busy."""

import sys
from collections.abc import Callable
from types import FrameType


def calls(function: Callable[..., object], *arguments: object, **options: object) -> int:
    """Calls of Python and C functions that ``function`` makes. Work that grows with the square of the input shows here; a pattern that
    backtracks without end shows in that the test does not end."""
    count = 0

    def profile(frame: FrameType, event: str, argument: object) -> None:
        nonlocal count
        if event in ("call", "c_call"):
            count += 1

    sys.setprofile(profile)
    try:
        function(*arguments, **options)
    finally:
        sys.setprofile(None)
    return count
