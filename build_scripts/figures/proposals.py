"""Misprinted units that the page's own arithmetic shows: 总投资353.71元 beside parts of 87.16, 145.12 and 121.43亿元.

A unit is mended only where the same article proves it: by the sum of its parts, or by its headline. The text is not changed; the
figure gets the unit that is meant and keeps the printed one, and the correction is proposed to the editor.
"""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from build_scripts.figures.records import Figure, Proposal
from build_scripts.figures.tables import SCALES, units
from build_scripts.source import Place

PARTS = ("签约", "开工", "投产")


def mend_units(figures: Sequence[Figure]) -> tuple[list[Figure], list[Proposal]]:
    """The figures with proven units, and the corrections to propose."""
    mended: list[Figure] = []
    proposals: list[Proposal] = []
    for figure in figures:
        known = units().get(figure.unit)
        if known is None or known.kind != "money" or figure.unit_printed or figure.indicator != "总投资":
            mended.append(figure)
            continue
        unit, reason = _proof(figure, figures)
        if unit is None:
            mended.append(figure)
            continue
        factor = Decimal(SCALES[unit.removesuffix(figure.unit)])
        mended.append(
            replace(figure, unit=unit, unit_printed=figure.unit, value_base=figure.value * factor, rule=figure.rule + "+sum-unit")
        )
        proposals.append(
            Proposal(
                figure.article, figure.id, Place(figure.line, figure.column), figure.run + figure.unit, figure.run + unit, "number", reason
            )
        )
    return mended, proposals


def _proof(figure: Figure, figures: Sequence[Figure]) -> tuple[str | None, str]:
    """The unit that headline and parts give the number, and the arithmetic."""
    same = [
        f for f in figures if f.article == figure.article and f.indicator == "总投资" and f.subject == figure.subject and f.id != figure.id
    ]
    for other in same:
        if other.value == figure.value and other.unit != figure.unit and other.unit.endswith(figure.unit):
            parts = _parts(same, other.unit)
            total = (
                f"分项之和{'＋'.join(str(p.value) for p in parts)}＝{figure.value}{other.unit}，"
                if sum(p.value for p in parts) == figure.value
                else ""
            )
            return other.unit, f"{total}标题印作{other.value}{other.unit}"
    for unit in sorted({f.unit for f in same if f.unit != figure.unit and f.unit.endswith(figure.unit)}):
        parts = _parts(same, unit)
        if len(parts) == len(PARTS) and sum(part.value for part in parts) == figure.value:
            return unit, f"分项之和{'＋'.join(str(part.value) for part in parts)}＝{figure.value}{unit}"
    return None, ""


def _parts(figures: Sequence[Figure], unit: str) -> list[Figure]:
    found: dict[str, Figure] = {}
    for figure in figures:
        if figure.batch in PARTS and figure.unit == unit:
            found.setdefault(figure.batch, figure)
    return list(found.values())
