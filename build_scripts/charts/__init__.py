"""图: data → shapes in a small coordinate system, which the theme writes out as SVG. Nothing is looked up here, and nothing is guessed.

A chart is rows × panels, as its table is rows × columns: each panel draws one column. A panel is as wide as a phone's page and stands
beside others on a wider one, so that its letters are the page's own size on both. Every value is printed beside its shape: colour and
length only help. A value that the archive does not know has no shape, and says so.
"""

from build_scripts.charts.draw import draw

__all__ = ["draw"]
