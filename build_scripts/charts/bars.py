"""Horizontal bars: a label, a bar from one line on, and the value behind it. What is not known has a word in the bar's place.

A bar's length is to the panel's longest value as its value is; with ``full`` (shares) it is to the whole, whose outline is drawn.
"""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from build_scripts.charts.scene import WIDTH, Box, Cell, Group, Scene, Word, rounded, text_width

PITCH = 22
"""From row to row: a letter and the air around it."""
BAR = 13
GAP = 6
UNKNOWN = "未见"


def draw_bars(rows: Sequence[Mapping[str, Any]], panel: Mapping[str, Any]) -> Scene:
    """``rows``: ``{label, group?}``, one for each of the panel's ``cells``; ``panel``: ``{cells, most?, full?}``.

    ``most`` is the value of the longest bar where several panels share a scale. A row whose ``label`` is ``None`` is a group without
    any value: a round that the archive has nothing of.
    """
    cells: Sequence[Cell | None] = panel["cells"]
    values = [Decimal(str(cell["value"])) for cell in cells if cell]
    most = Decimal(str(panel.get("full") or panel.get("most") or max(values, default=Decimal(0))))
    left = max((text_width(row["label"]) for row in rows if row["label"]), default=Decimal(0)) + GAP
    room = WIDTH - left - max((text_width(cell["text"]) for cell in cells if cell), default=Decimal(0)) - GAP
    groups: list[Group] = []
    y, group = 0, None
    for row, cell in zip(rows, cells, strict=True):
        if row.get("group") != group:
            group = row.get("group")
            gap = "" if row["label"] else f" {UNKNOWN}"
            groups.append(Group(words=(Word("head", Decimal(0), Decimal(y + 17), f"{group}{gap}"),)))
            y += PITCH
        if row["label"] is None:
            continue
        label = Word("label", rounded(left - GAP), Decimal(y + 15), row["label"], "end")
        if cell is None:
            groups.append(Group(words=(label, Word("unknown", rounded(left + 4), Decimal(y + 15), UNKNOWN))))
        else:
            length = rounded(Decimal(str(cell["value"])) * room / most) if most else Decimal(0)
            bar = Box(f"bar {cell['kind']}" if cell.get("kind") else "bar", rounded(left), Decimal(y + 4), length, Decimal(BAR))
            whole = (Box("whole", rounded(left), Decimal(y + 4), rounded(room), Decimal(BAR)),) if panel.get("full") else ()
            end = room if panel.get("full") else length
            value = Word("value", rounded(left + end + 4), Decimal(y + 15), cell["text"])
            groups.append(Group((*whole, bar), (label, value), cell.get("url")))
        y += PITCH
    return Scene(y + 2, tuple(groups))
