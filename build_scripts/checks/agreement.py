"""Agreement: the same fact in two articles or on two pages, and the cities against the province."""

from collections.abc import Iterable, Iterator
from decimal import Decimal

from build_scripts.checks.records import BATCHES, STATES, Check, identity, plain
from build_scripts.figures.records import Figure
from build_scripts.figures.tables import event_label
from build_scripts.lexicon.places import load_lexicon


def of_round(figure: Figure) -> bool:
    """Whether the figure can be compared with those of other articles: what is printed of a round of “三个一批”."""
    return figure.core and figure.event is not None


def _fact(figure: Figure) -> tuple[str, str, str, str, str] | None:
    """What makes two figures the same fact: subject, indicator, batch, event, scope."""
    if figure.subject_type == "project" or not figure.event or not figure.batch or figure.status not in ("actual", "planned"):
        return None
    return (figure.subject or "", figure.indicator, figure.batch, figure.event, figure.scope or "")


def find_agreements(rounds: Iterable[Figure]) -> Iterator[Check]:
    """The same fact in two articles: on one page (``cross_article``, headline and body of one article among it) or on two
    (``cross_page``).
    """
    facts: dict[tuple[str, str, str, str, str], list[Figure]] = {}
    for figure in rounds:
        if key := _fact(figure):
            facts.setdefault(key, []).append(figure)
    for (subject, indicator, batch, event, _), same in facts.items():
        first = same[0]
        for other in same[1:]:
            if other.article == first.article and other.part == first.part:
                continue
            kind = "cross_page" if other.source != first.source else "cross_article"
            equal = other.value_base == first.value_base and other.unit_base == first.unit_base
            hedged = bool(other.approx or first.approx) and not equal
            state = "holds" if equal else "incomplete" if hedged else "fails"
            where = "两个版面" if kind == "cross_page" else "标题与正文" if other.article == first.article else "两篇稿件"
            yield Check(
                identity(kind, other, "with." + first.id),
                other.article,
                kind,
                f"{subject}{batch}{indicator}（{event_label(event)}）：{where}所刊为{plain(first.value)}{first.unit}与{plain(other.value)}{other.unit}，{STATES[state]}",
                (first.id, other.id),
                first.value_base,
                other.value_base,
                state,
                ("确数",) if hedged else (),
                Decimal(0),
                "",
            )


def find_province(rounds: Iterable[Figure]) -> Iterator[Check]:
    """The eleven cities against the province's total of one round, batch by batch; with the cities that no page names missing,
    不全.
    """
    names = tuple(city.name for city in load_lexicon().cities)
    cities: dict[tuple[str, str, str], dict[str, Figure]] = {}
    totals: dict[tuple[str, str, str], Figure] = {}
    for figure in rounds:
        if figure.event and figure.indicator in ("项目数", "总投资") and figure.batch in BATCHES and figure.scope is None:
            key = (figure.event, figure.indicator, figure.batch)
            if figure.subject_type == "province":
                totals.setdefault(key, figure)
            elif figure.subject in names:
                cities.setdefault(key, {}).setdefault(figure.subject or "", figure)
    for key, total in sorted(totals.items()):
        known = cities.get(key, {})
        if not known:
            continue
        event, indicator, batch = key
        missing = tuple(city for city in names if city not in known)
        members = [known[city] for city in names if city in known]
        expected = sum((figure.value_base for figure in members), Decimal(0))
        same = all(figure.unit == total.unit for figure in members)
        shown = sum((figure.value for figure in members), Decimal(0)) if same else expected
        unit = total.unit if same else total.unit_base
        if missing:
            state = "fails" if expected > total.value_base else "incomplete"
        else:
            state = "holds" if expected == total.value_base else "fails"
        verdict = (
            f"{f'已见{len(members)}个市' if missing else '11个市'}相加为{plain(shown)}{unit}，"
            f"所刊全省为{plain(total.value)}{total.unit}，{STATES[state]}"
        )
        yield Check(
            identity("province", total),
            total.article,
            "province",
            f"山西省{batch}{indicator}（{event_label(event)}）：{verdict}",
            (*(figure.id for figure in members), total.id),
            expected,
            total.value_base,
            state,
            missing,
            Decimal(0),
            "",
        )
