"""Rounds of 全省开发区“三个一批”活动: where a text names one, and what each is called."""

from dataclasses import dataclass

from build_scripts.figures.words import event_id, find_events


@dataclass(frozen=True, slots=True)
class RoundMention:
    """A round's name in a text, with its year: 全省开发区2024年第三次“三个一批”活动."""

    start: int
    end: int
    id: str
    """``2024-3``."""


def find_rounds(text: str) -> tuple[RoundMention, ...]:
    """Every round that ``text`` names with its year, in order. 此次“三个一批”活动 and 三次“三个一批”活动 name none.

    >>> [(found.id, found.end) for found in find_rounds("开发区2024年第三次“三个一批”活动举行")]
    [('2024-3', 19)]
    """
    return tuple(RoundMention(match.start(), match.end(), event_id(match)) for match in find_events(text))
