"""Sums: the batches against the printed total, and the parts of 已开工 or of a bracket against theirs."""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from build_scripts.checks.records import BATCHES, STATES, Check, identity, plain, text_of
from build_scripts.figures.records import Figure
from build_scripts.records import Article

SUMMED = ("项目数", "总投资", "预计年产值", "战新项目数", "战新总投资", "亿元以上项目数")


def find_sums(article: Article, figures: Sequence[Figure]) -> Iterator[Check]:
    """The batches 签约, 开工, 投产 against the printed total 合计 of one subject, indicator by indicator; headline totals too."""
    groups: dict[tuple[str, str, str], dict[str, list[Figure]]] = {}
    for figure in figures:
        if figure.indicator in SUMMED and figure.subject and figure.scope is None and figure.status in ("actual", "planned"):
            key = (figure.subject, figure.indicator, figure.event or f"{figure.part} {figure.block}")
            groups.setdefault(key, {}).setdefault(figure.batch or "", []).append(figure)
    for (subject, indicator, _), batches in groups.items():
        totals = batches.get("合计", [])
        parts = [batches[batch][0] for batch in BATCHES if batches.get(batch)]
        if not totals or len(parts) < 2:
            continue  # 已开工44个 is the sum of 复工 and 新开工, see find_parts
        seen: set[tuple[Decimal, str]] = set()
        for total in totals:
            if (total.value, total.unit) in seen:
                continue
            seen.add((total.value, total.unit))
            yield _sum(article, subject, indicator, total, parts)


def _sum(article: Article, subject: str, indicator: str, total: Figure, parts: list[Figure]) -> Check:
    missing = tuple(batch for batch in BATCHES if batch not in {part.batch for part in parts})
    same_unit = all(part.unit == total.unit for part in parts)
    expected = sum((part.value if same_unit else part.value_base for part in parts), Decimal(0))
    printed = total.value if same_unit else total.value_base
    terms = "＋".join(plain(part.value) for part in parts)
    if missing:
        state, verdict = "incomplete", f"缺{'、'.join(missing)}一项，不能相加核对"
    else:
        state = "holds" if expected == printed else "fails"
        verdict = f"所刊合计为{plain(total.value)}{total.unit}，{STATES[state]}"
    if total.approx and state == "fails":
        state, verdict = (
            ("holds", f"所刊合计为{total.approx}{plain(total.value)}{total.unit}，相符")
            if _bounded(total, expected, printed)
            else (state, verdict)
        )
    unit = total.unit if same_unit else total.unit_base
    return Check(
        identity("sum", total),
        article.id,
        "sum",
        f"{subject}{indicator}：本站按所刊分项相加，{terms}＝{plain(expected)}{unit}；{verdict}",
        (*(part.id for part in parts), total.id),
        expected,
        printed,
        state,
        missing,
        Decimal(0),
        "",
    )


def _bounded(total: Figure, expected: Decimal, printed: Decimal) -> bool:
    """Whether a hedged total (超200亿元, 近280亿元) agrees with its parts: on the right side, and within a tenth."""
    above = total.approx in ("超", "超过", "余", "多", "逾", "突破", "以上")
    below = total.approx in ("近", "将近", "接近")
    side = expected >= printed if above else expected <= printed if below else True
    return side and abs(expected - printed) * 10 <= printed


_TELLS_PARTS = re.compile("其中|包括|包含|分别")


def find_parts(article: Article, figures: Sequence[Figure]) -> Iterator[Check]:
    """Parts named after a total in the next figures: 已开工44个，其中复工21个、新开工23个; 10个（5个产业类、5个基础设施）; 11 =
    5 + 6.

    Kinds of projects overlap or leave some out (其中产业类8个、10亿元以上3个), so outside a bracket they are parts only where they add up.
    """
    counts = [figure for figure in figures if figure.indicator == "项目数"]
    for index, total in enumerate(counts):
        following = [
            figure
            for figure in counts[index + 1 : index + 3]
            if figure.part == total.part and figure.block == total.block and figure.subject == total.subject
        ]
        if total.batch != "合计" or len(following) != 2:
            continue
        batches = {figure.batch for figure in following}
        resumed = batches & {"复工", "续建"} and "开工" in batches
        split = all(figure.batch == "合计" and figure.scope and figure.scope != total.scope for figure in following)
        if not (resumed or split):
            continue
        expected = sum((figure.value for figure in following), Decimal(0))
        between = text_of(article, total)[total.quantity_span[1] : following[0].quantity_span[0]]
        if not resumed and not (between.startswith("（") or (_TELLS_PARTS.search(between) and expected == total.value)):
            continue
        state = "holds" if expected == total.value else "fails"
        terms = "＋".join(plain(figure.value) for figure in following)
        yield Check(
            identity("sum", total, "parts"),
            article.id,
            "sum",
            f"{total.subject}{total.scope or ''}项目数：本站按所刊分项相加，{terms}＝{plain(expected)}{total.unit}；"
            f"所刊合计为{plain(total.value)}{total.unit}，{STATES[state]}",
            (*(figure.id for figure in following), total.id),
            expected,
            total.value,
            state,
            (),
            Decimal(0),
            "",
        )
