"""What a headline leaves out, its text says: the full name of a project, and whose a bare amount is.

A headline is set before the text and shorter than it: 高纯气体项目 is the …年产1.5万吨电子级高纯气体项目 of the text,
5.6亿元技改 is
the 总投资 5.6亿元 of the text's one project with that amount. Deliberately not joined: an amount that the text gives to two
subjects.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from build_scripts.figures.records import Figure

_HEADLINES = ("kicker", "title", "subtitle")
_SHARED = 4  # signs of the short name that the full one must hold: 气体项目 alone would join any two gas projects


def settle_headlines(figures: Sequence[Figure]) -> list[Figure]:
    """The figures with what the text of each article adds to those of its headlines."""
    of_text: dict[str, list[Figure]] = {}
    for figure in figures:
        if figure.part == "body":
            of_text.setdefault(figure.article, []).append(figure)
    return [_settled(figure, of_text.get(figure.article, [])) if figure.part in _HEADLINES else figure for figure in figures]


def _settled(figure: Figure, text: Sequence[Figure]) -> Figure:
    if "own-noun" in figure.rule:
        same = [other for other in text if (other.value, other.unit) == (figure.value, figure.unit) and other.part == "body"]
        if len({(other.indicator, other.subject) for other in same}) == 1:
            one = same[0]
            return replace(
                figure, indicator=one.indicator, subject=one.subject, subject_type=one.subject_type, scope=one.scope, batch=one.batch,
                status=one.status, event=one.event, period=one.period, core=one.core, in_name=one.in_name, rule="restated+" + one.rule,
            )  # fmt: skip
    if figure.subject_type == "project" and figure.subject:
        stem = re.sub(r"(?:项目|工程)$", "", figure.subject)
        names = [other.subject for other in text if other.subject_type == "project" and other.subject]
        longer = [name for name in names if len(name) > len(figure.subject) and stem[-_SHARED:] in name]
        if longer and len(stem) >= _SHARED:
            return replace(figure, subject=longer[0])
    return figure
