"""What a rule sees of one quantity, and what a naming rule is."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from build_scripts.figures.clauses import Clause
from build_scripts.figures.quantities import Quantity
from build_scripts.figures.state import Share, State


@dataclass(slots=True)
class Sight:
    """One quantity with its clause and the state that has been carried to it."""

    state: State
    text: str
    clause: Clause
    q: Quantity
    left: str
    """From the quantity before (or the clause's beginning) to this one, at most 60 characters."""
    whole_left: str
    """From the clause's beginning, at most 60 characters."""
    behind_topic: str
    """From the last place named in ``left`` to this quantity; ``left`` where none is named."""
    right: str
    """To the clause's end, at most 60 characters."""
    shares: Mapping[int, Share]
    """What 分别 gives the numbers of this clause."""
    detail: str = ""
    """How the rule that decided came to it; becomes a part of the rule's name."""

    @property
    def share(self) -> Share | None:
        """What 分别 gives this number."""
        return self.shares.get(self.q.number[0])


@dataclass(frozen=True, slots=True)
class NamingRule:
    """A named rule that gives a quantity its indicator, or ``None`` where it does not decide."""

    name: str
    reason: str
    read: Callable[[Sight], str | None]
    kinds: frozenset[str] | None = None
    """Kinds of unit that it is asked for; ``None``: all."""
