"""Rates, targets and shares, recomputed from the counts and amounts that the text names before them."""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import combinations, pairwise

from build_scripts.checks.records import STATES, Check, compare, half_digit, identity, percent, plain, text_of
from build_scripts.figures.records import Figure
from build_scripts.records import Article

_RATE_WORDS = {"开工率": "开工", "投产率": "投产", "签约率": "签约", "复工率": "复工", "达效率": "投产"}


_REACH = 8  # figures: a rate stands behind its numerator and denominator, in the same paragraph


def find_rates(article: Article, figures: Sequence[Figure]) -> Iterator[Check]:
    """Each 开工率, 投产率 … against the counts and the amounts named before it; the basis that agrees is noted.

    吕梁's 开工率 89.93 % is by investment (319.23 of 354.97), not by count (108 of 120): the paper prints no basis, so both are
    tried. A rate for which
    no pair of earlier numbers comes within one point is not a check: nothing shows what it was computed from.
    """
    for index, rate in enumerate(figures):
        if rate.indicator not in _RATE_WORDS or rate.unit != "%" or rate.status == "planned":
            continue
        before = [
            figure
            for figure in figures[max(0, index - _REACH) : index]
            if figure.part == rate.part and figure.block == rate.block and figure.subject == rate.subject
        ]
        yield from _rate(article, rate, before)
    for index, rate in enumerate(figures):  # an aim: 新开工项目达到26个，开工率达到59%
        if rate.indicator == "开工率" and rate.status == "planned":
            yield from _aimed(article, rate, figures[:index])


def _rate(article: Article, rate: Figure, before: Sequence[Figure]) -> Iterator[Check]:
    best: tuple[Decimal, Decimal, str, tuple[Figure, ...], str] | None = None
    tolerance = half_digit(rate.value)
    for basis, kinds in (("项目数", ("项目数", "已开工项目数", "已投产项目数")), ("投资额", ("总投资", "完成投资"))):
        pool = [figure for figure in before if figure.indicator in kinds]
        for first, second in combinations(pool, 2):
            part, whole = (second, first) if second.value_base <= first.value_base else (first, second)
            if (part.batch in ("复工", "续建")) != (rate.indicator == "复工率"):
                continue
            if not whole.value_base:
                continue
            options: list[tuple[Decimal, Decimal, tuple[Figure, ...], str]] = [
                (part.value_base, whole.value_base, (part, whole), f"{plain(part.value)}÷{plain(whole.value)}")
            ]
            for third in pool:  # 23 ÷ (65 − 21): the new ones of those that are not resumed
                if third not in (first, second) and whole.value_base > third.value_base and third.batch in ("复工", "续建"):
                    rest = whole.value_base - third.value_base
                    if part is not third and rest >= part.value_base:
                        options.append(
                            (
                                part.value_base,
                                rest,
                                (part, whole, third),
                                f"{plain(part.value)}÷（{plain(whole.value)}－{plain(third.value)}）",
                            )
                        )
            for numerator, denominator, members, terms in options:
                value = percent(numerator, denominator)
                distance = abs(value - rate.value)
                if best is None or distance < best[0]:
                    best = (distance, value, basis, members, terms)
    if best is None or best[0] > max(Decimal(1), tolerance):
        return
    distance, value, basis, used, terms = best
    state = compare(value, rate.value, tolerance)
    yield Check(
        identity("rate", rate),
        article.id,
        "rate",
        f"{rate.subject}{rate.indicator}：{terms}＝{plain(value.quantize(Decimal('0.01')))}%；所刊{plain(rate.value)}%，{STATES[state]}",
        (*(figure.id for figure in used), rate.id),
        value,
        rate.value,
        state,
        (),
        tolerance,
        f"按{basis}计算" + ("，末位相差1" if state == "fails" and distance <= 3 * tolerance else ""),
    )


def _aimed(article: Article, rate: Figure, before: Sequence[Figure]) -> Iterator[Check]:
    aims = [
        figure
        for figure in before
        if figure.indicator == "项目数" and figure.status == "planned" and figure.block == rate.block and figure.batch == "开工"
    ]
    resumed = [figure for figure in before if figure.indicator == "项目数" and figure.batch in ("续建", "复工") and figure.scope is None]
    wholes = [figure for figure in before if figure.indicator == "项目数" and figure.batch is None and figure.scope is None]
    if not (aims and resumed and wholes):
        return
    aim, whole, rest = aims[-1], wholes[0], resumed[-1]
    if whole.value <= rest.value:
        return
    value = percent(aim.value, whole.value - rest.value)
    tolerance = half_digit(rate.value)
    if abs(value - rate.value) > 1:
        return
    state = compare(value, rate.value, tolerance)
    yield Check(
        identity("rate", rate),
        article.id,
        "rate",
        f"{rate.subject}{rate.indicator}（目标）：{plain(aim.value)}÷（{plain(whole.value)}－{plain(rest.value)}）＝{plain(value.quantize(Decimal('0.01')))}%；"
        f"所刊{plain(rate.value)}%，{STATES[state]}",
        (aim.id, whole.id, rest.id, rate.id),
        value,
        rate.value,
        state,
        (),
        tolerance,
        "按项目数计算",
    )


def find_targets(article: Article, figures: Sequence[Figure]) -> Iterator[Check]:
    """完成市定目标任务246亿元的50.26% against the amount reached; 占全部投资的48% against the investments named before it."""
    for index, share in enumerate(figures):
        if share.unit != "%" or share.indicator not in ("完成率", "占比", "战新投资占比"):
            continue
        if of_a_wider_whole(article, share):
            continue
        before = [f for f in figures[:index] if f.block == share.block and f.part == share.part and f.unit_base == "元"]
        near = before[-_REACH:]
        pairs: list[tuple[Figure, tuple[Figure, ...]]]
        if share.indicator == "完成率":
            targets = [f for f in near if f.indicator in ("目标任务", "年度计划投资")]
            reached = [f for f in near if f.indicator in ("总投资", "完成投资", "到位资金", "固定资产投资", "工业投资")]
            pairs = [(a, (b,)) for b in targets[-1:] for a in reversed(reached)]
            kind = "target"
        elif share.indicator == "战新投资占比":  # its own batch's amounts or none: among all others some pair fits by chance
            parts = [f for f in near if f.indicator == "战新总投资" and f.batch == share.batch]
            wholes_of = [f for f in near if f.indicator == "总投资" and f.batch == share.batch]
            pairs = [(a, (b,)) for a in reversed(parts) for b in reversed(wholes_of)]
            kind = "share"
        else:
            pairs = [
                (a, wholes) for a in reversed(near) for size in (1, 2) for wholes in combinations([f for f in near if f is not a], size)
            ]
            kind = "share"
        tolerance = half_digit(share.value)
        best: tuple[Decimal, Figure, tuple[Figure, ...], Decimal] | None = None
        for part, wholes in pairs:
            whole = sum((f.value_base for f in wholes), Decimal(0))
            if not whole or part.value_base > whole:
                continue
            value = percent(part.value_base, whole)
            distance = abs(value - share.value)
            if best is None or distance < best[0]:
                best = (distance, part, wholes, value)
        limit = tolerance * 2 if kind == "share" else Decimal(1)
        if best is None or best[0] > limit:
            continue
        _, part, base, value = best
        state = compare(value, share.value, tolerance)
        terms = "＋".join(plain(f.value) for f in base)
        if len(base) > 1:
            terms = f"（{terms}）"
        yield Check(
            identity(kind, share),
            article.id,
            kind,
            f"{share.subject}{share.indicator}：{plain(part.value)}÷{terms}＝{plain(value.quantize(Decimal('0.01')))}%；所刊{plain(share.value)}%，{STATES[state]}",
            (part.id, *(f.id for f in base), share.id),
            value,
            share.value,
            state,
            (),
            tolerance,
            "",
        )


_OF_WHOLE = re.compile(r"占(?:到|了|据)?[全我][国省市县][^，。；]{0,12}$")


def of_a_wider_whole(article: Article, share: Figure) -> bool:
    """Whether a share is of all the province or city: zones' amounts（占全省的14%，占全市的36%）do not tell what that whole is."""
    return _OF_WHOLE.search(text_of(article, share)[: share.number_span[0]]) is not None


def find_counted_shares(article: Article, figures: Sequence[Figure]) -> Iterator[Check]:
    """6户…占全市总数的54.5%: the whole is not printed, but a whole number of firms must give it."""
    for first, share in pairwise(figures):
        if share.indicator != "占比" or share.unit != "%" or first.indicator != "企业数" or not share.value or first.block != share.block:
            continue
        whole = (first.value * 100 / share.value).quantize(Decimal(1))
        tolerance = half_digit(share.value)
        if not whole or whole > 500 or first.value > whole:
            continue  # with more than 500 firms nearly every share is near some whole number
        value = percent(first.value, whole)
        state = compare(value, share.value, tolerance)
        if state == "fails":
            state = "incomplete"
        yield Check(
            identity("share", share),
            article.id,
            "share",
            f"{plain(first.value)}{first.unit}占{plain(share.value)}%，推得总数约{plain(whole)}{first.unit}："
            f"{plain(first.value)}÷{plain(whole)}＝{plain(value.quantize(Decimal('0.01')))}%，{STATES[state]}",
            (first.id, share.id),
            value,
            share.value,
            state,
            ("总数",),
            tolerance,
            "总数未刊，由占比推得",
        )
