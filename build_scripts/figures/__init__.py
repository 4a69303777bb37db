"""Figures of a page: digit runs → labels → quantities → what, whose, which.

``runs`` (which digit runs) → ``labels`` (quantity, date, ordinal, name) → ``quantities``, ``numerals`` (value, unit, hedge) →
``clauses``, ``projects``, ``subjects`` (the frame, the names, the places) → ``context`` with ``state``, ``batches``,
``lookahead`` (what is carried) → ``naming``, ``counting``, ``nouns`` (which indicator) → ``filling`` (the whole reading) →
``ledger`` (one row a run, one record a figure) → ``headlines``, ``proposals`` (what the text adds to the headline, misprints).
``words`` and ``tables`` hold the vocabulary.
"""

from build_scripts.figures.ledger import explain, read_figures
from build_scripts.figures.records import Figure, Number, PageFigures, Proposal

__all__ = ["Figure", "Number", "PageFigures", "Proposal", "explain", "read_figures"]
