"""How far a long step is: told to whoever wants to show it, and to nobody by default."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Protocol

Advance = Callable[[int], None]
"""Says that so many more items are done."""


class Progress(Protocol):
    """Shows steps."""

    def __call__(self, step: str, total: int) -> AbstractContextManager[Advance]:
        """Begins a step over ``total`` items, called ``step`` (``reading issues``); the context's end is the step's."""


@contextmanager
def silent(step: str, total: int) -> Iterator[Advance]:
    """A :class:`Progress` that shows nothing."""
    yield lambda count: None
