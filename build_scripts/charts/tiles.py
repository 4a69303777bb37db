"""The eleven cities as tiles in rough order of place. A schematic, no map: it has no border, no shape and no scale.

A tile is the darker the larger its value; the value is printed on it. What is not known has a broken outline and says so.
"""

from collections.abc import Mapping, Sequence
from decimal import ROUND_CEILING, Decimal
from typing import Any

from build_scripts.charts.bars import UNKNOWN
from build_scripts.charts.scene import SMALL, WIDTH, Box, Cell, Group, Scene, Word

PLACES = {
    "shuozhou": (0, 1), "datong": (0, 3),
    "xinzhou": (1, 2),
    "lvliang": (2, 0), "taiyuan": (2, 2), "yangquan": (2, 4),
    "jinzhong": (3, 3),
    "linfen": (4, 1), "changzhi": (4, 3),
    "yuncheng": (5, 0), "jincheng": (5, 2),
}  # fmt: skip
"""Slug → row and half column, the same as those of the tiles that lead to the cities."""

LEVELS = 4
HALF = WIDTH // 6
ROW = 46
AIR = 4


def level(value: Decimal, most: Decimal) -> int:
    """1 to 4: which quarter of the largest value a value lies in; 0 for none.

    >>> [level(Decimal(value), Decimal(20)) for value in (0, 1, 5, 6, 20)]
    [0, 1, 1, 2, 4]
    """
    return int((value * LEVELS / most).to_integral_value(ROUND_CEILING)) if most > 0 else 0


def draw_tiles(rows: Sequence[Mapping[str, Any]], panel: Mapping[str, Any]) -> Scene:
    """``rows``: ``{label, slug}`` of the cities; ``panel``: ``{cells, most?}``, the cells in the order of the rows."""
    cells: Sequence[Cell | None] = panel["cells"]
    most = Decimal(str(panel.get("most") or max((cell["value"] for cell in cells if cell), default=0)))
    groups = []
    for row, cell in zip(rows, cells, strict=True):
        down, across = PLACES[row["slug"]]
        x, y, width = across * HALF + AIR // 2, down * ROW + AIR // 2, 2 * HALF - AIR
        kind = f"tile level{level(Decimal(str(cell['value'])), most)}" if cell else "tile none"
        middle = Decimal(x + width // 2)
        groups.append(
            Group(
                (Box(kind, Decimal(x), Decimal(y), Decimal(width), Decimal(ROW - AIR)),),
                (
                    Word("name", middle, Decimal(y + 17), row["label"], "middle"),
                    Word("value" if cell else "unknown", middle, Decimal(y + 34), cell["text"] if cell else UNKNOWN, "middle", SMALL),
                ),
                cell.get("url") if cell else None,
            )
        )
    return Scene((1 + max(down for down, _ in PLACES.values())) * ROW, tuple(groups))
