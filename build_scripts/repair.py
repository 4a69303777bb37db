"""The editor's corrections, put into the running text; the printed reading stays with it.

A correction names a line and what is printed there. One whose printed reading is no longer there, or stands there twice, is an
error: a correction must never drift to another place, and never disappear in silence.
"""

from collections.abc import Sequence

from build_scripts.errors import Gathered
from build_scripts.layout.layoutfile import Correction
from build_scripts.origins import Origins
from build_scripts.passage import Passage, Repair
from build_scripts.source import Page, Place


def find_place(page: Page, passage: Passage, correction: Correction) -> int | None:
    """Where in ``passage`` the correction's printed reading begins, or ``None``.

    Raises where it begins more than once on the correction's line and no column tells which is meant.
    """
    hits = []
    start = passage.text.find(correction.printed)
    while start >= 0:
        place = page.place(passage.origins[start])
        if place.line == correction.line and correction.column in (None, place.column):
            hits.append(start)
        start = passage.text.find(correction.printed, start + 1)
    if len(hits) > 1:
        columns = ", ".join(str(page.place(passage.origins[hit]).column) for hit in hits)
        raise correction.entry.error(
            f"{correction.printed!r} begins more than once on line {correction.line}", f"a column: one of {columns}"
        )
    return hits[0] if hits else None


def repair_passage(page: Page, passage: Passage, corrections: Sequence[Correction], used: dict[int, Place]) -> Passage:
    """``passage`` with the corrections that belong to it; ``used`` gains the index and printed place of each.

    A correction without a corrected reading leaves the text alone and marks it. Those that are refused count as used: their error is told.
    """
    found: list[tuple[int, int, Correction]] = []
    gathered = Gathered()
    for index, correction in enumerate(corrections):
        start: int | None = 0
        with gathered:
            start = find_place(page, passage, correction)
            if start is not None and index in used:
                raise correction.entry.error(
                    f"{correction.printed!r} stands in two parts of line {correction.line}", "a column, to tell which is meant"
                )
        if start is not None:
            used[index] = page.place(passage.origins[start])
            found.append((start, index, correction))
    gathered.raise_all()
    if not found:
        return passage
    text, done = "", 0
    origins: list[int] = []
    repairs: list[Repair] = []
    for start, index, correction in sorted(found, key=lambda item: item[0]):
        end = start + len(correction.printed)
        if start < done:
            raise correction.entry.error(f"{correction.printed!r} overlaps another correction", "one correction a place")
        text += passage.text[done:start]
        origins += passage.origins[done:start]
        new = correction.printed if correction.corrected is None else correction.corrected
        repairs.append(Repair(len(text), len(text) + len(new), correction.printed, used[index]))
        text += new
        origins += _aligned(correction.printed, new, passage.origins[start:end])
        done = end
    return Passage(text + passage.text[done:], Origins.of([*origins, *passage.origins[done:]]), tuple(repairs))


def _aligned(printed: str, new: str, origins: tuple[int, ...]) -> list[int]:
    """One origin for each character of ``new``: its own where the two readings agree from either end, else the nearest printed one."""
    head = 0
    while head < min(len(printed), len(new)) and printed[head] == new[head]:
        head += 1
    tail = 0
    while tail < min(len(printed), len(new)) - head and printed[-1 - tail] == new[-1 - tail]:
        tail += 1
    middle = len(new) - head - tail
    inner = origins[head : len(printed) - tail]
    filler = [inner[min(i, len(inner) - 1)] for i in range(middle)] if inner else [origins[max(head - 1, 0)]] * middle
    return [*origins[:head], *filler, *(origins[len(origins) - tail :] if tail else ())]


def check_all_used(corrections: Sequence[Correction], used: dict[int, Place]) -> None:
    """Raises for corrections whose printed reading was found nowhere on their line."""
    gathered = Gathered()
    for index, correction in enumerate(corrections):
        with gathered:
            if index not in used:
                raise correction.entry.error(
                    f"the printed reading {correction.printed!r} is not on line {correction.line}", "what the page prints there"
                )
    gathered.raise_all()
