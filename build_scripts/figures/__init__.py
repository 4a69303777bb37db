"""Figures of a page: digit runs → labels → quantities → what, whose, which.

``runs`` (which digit runs) → ``labels`` (quantity, date, ordinal, name) → ``quantities`` (value, unit, hedge) → ``clauses``,
``projects``,
``subjects``, ``context`` (indicator, subject, batch, status) → ``ledger`` (one row a run, one record a figure) → ``proposals``
(misprints).
"""

from build_scripts.figures.ledger import explain, read_figures
from build_scripts.figures.records import Figure, Number, PageFigures, Proposal

__all__ = ["Figure", "Number", "PageFigures", "Proposal", "explain", "read_figures"]
