"""The one way in: a panel of a chart, as the front matter of a page holds it → its drawing."""

from collections.abc import Mapping
from typing import Any

from build_scripts.charts.bars import draw_bars
from build_scripts.charts.scene import Scene
from build_scripts.charts.tiles import draw_tiles
from build_scripts.charts.timeline import draw_year


def draw(panel: Mapping[str, Any], chart: Mapping[str, Any], kind: str = "") -> Scene:
    """The drawing of one panel; ``kind`` is ``bars``, ``tiles`` or ``year``, or else the chart's own."""
    kind = kind or chart["kind"]
    if kind == "year":
        return draw_year(panel)
    return (draw_tiles if kind == "tiles" else draw_bars)(chart["rows"], panel)
