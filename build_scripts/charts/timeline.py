"""A year of the archive: by month what is there, and of the numbered issues which are there and which are missing.

An issue whose date the paper prints stands in its month. Of one without a date only the latest day that it reports on is known: it
stands in a row of its own, in the month of that day, with an arrow, for it may have come out then or later. It is never put at a date.
Numbers run up to the highest that has been seen; how many came after it, nobody here knows.
"""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from build_scripts.charts.scene import SMALL, Box, Group, Scene, Word

COLUMNS = 12
CELL = 24
LEFT = 6
HIGH = 20


def draw_year(year: Mapping[str, Any]) -> Scene:
    """``year``: ``dated`` and ``undated`` (month → ``{count, url?}``), ``numbers`` (``{number, url?}`` from 1 on; no ``url``: missing)."""
    groups: list[Group] = []
    y = 0
    groups += [_word(f"{month + 1}月" if month % 3 == 0 else f"{month + 1}", month, y, "month") for month in range(COLUMNS)]
    y += HIGH
    for name, label, arrow in (("dated", "出版日期已印", ""), ("undated", "日期待考，不早于所在月", "→")):
        if not year[name]:
            continue
        groups.append(Group(words=(Word("head", Decimal(LEFT), Decimal(y + 14), label, size=SMALL),)))
        y += HIGH
        for month in range(COLUMNS):
            own = year[name].get(str(month + 1))
            kind = "month none" if own is None else f"month {name}"
            groups.append(_cell(kind, f"{own['count']}{arrow}" if own else "", month, y, own.get("url") if own else None))
        y += CELL + 4
    if year["numbers"]:
        groups.append(Group(words=(Word("head", Decimal(LEFT), Decimal(y + 14), "期号", size=SMALL),)))
        y += HIGH
        groups += _numbers(year["numbers"], y)
        y += -(-len(year["numbers"]) // COLUMNS) * (CELL + 2)
    return Scene(y + 4, tuple(groups))


def _numbers(numbers: Sequence[Mapping[str, Any]], y: int) -> list[Group]:
    found = []
    for at, one in enumerate(numbers):
        url = one.get("url")
        down, across = divmod(at, COLUMNS)
        found.append(_cell("number held" if url else "number none", str(one["number"]), across, y + down * (CELL + 2), url))
    return found


def _cell(kind: str, text: str, column: int, y: int, url: str | None) -> Group:
    x = LEFT + column * CELL
    box = Box(kind, Decimal(x + 1), Decimal(y), Decimal(CELL - 2), Decimal(CELL - 2))
    word = Word("unknown" if kind.endswith("none") else "value", Decimal(x + CELL // 2), Decimal(y + 15), text, "middle", SMALL)
    return Group((box,), (word,) if text else (), url)


def _word(text: str, column: int, y: int, kind: str) -> Group:
    return Group(words=(Word(kind, Decimal(LEFT + column * CELL + CELL // 2), Decimal(y + 14), text, "middle", SMALL),))
