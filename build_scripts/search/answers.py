"""一句话答: figures under exact keys, so that 大同 签约 总投资 is answered with the figure as printed, its place and its link.

A key is subject, indicator, batch and event. A query is taken apart by ``answers.js`` with :data:`WORDS`; where a part is left over,
nothing is answered. Nothing is computed: each answer is one printed figure, with the other places that print the same one. What the text
of the article tells (its address, the clause that the figure stands in) is read there, and not kept twice.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from build_scripts.figures.records import Figure
from build_scripts.lexicon.places import load_lexicon
from build_scripts.search.documents import SearchDocument
from build_scripts.search.names import zone_names
from build_scripts.search.normalise import normalise
from build_scripts.search.shards import compress
from build_scripts.search.terms import utf16_key

Entry = Sequence[Any]
"""A figure that may answer: subject as printed, key, quantity, run, line, column, clause. The key is indicator, batch, event, period,
status, scope; the quantity what is printed with the run, and what one of the unit is in the unit that figures are compared in."""

PIECE = 300
"""Figures in a piece of the answers."""

INDICATORS = {
    "项目数": ("项目数", "项目总数", "项目个数", "多少个项目", "几个项目", "项目"),
    "总投资": ("总投资", "总投资额", "投资总额", "投资额", "投资"),
    "预计年产值": ("预计年产值", "年产值", "产值"),
    "战新项目数": ("战新项目数", "战略性新兴产业项目数", "战新项目"),
    "战新总投资": ("战新总投资", "战新投资", "战略性新兴产业总投资"),
    "战新投资占比": ("战新投资占比", "战新占比", "战略性新兴产业投资占比", "战略性新兴产业项目投资占比"),
    "亿元以上项目数": ("亿元以上项目数", "亿元以上项目"),
    "签约率": ("签约率",),
    "开工率": ("开工率",),
    "投产率": ("投产率",),
    "达效率": ("达效率",),
    "年度计划投资": ("年度计划投资", "计划投资"),
    "完成投资": ("完成投资", "已完成投资"),
    "完成率": ("完成率", "投资完成率"),
    "工业增加值": ("工业增加值", "增加值"),
    "工业投资": ("工业投资",),
}
"""Indicators that are answered, and the words that readers ask for them with; where a word could be two, the commoner one has it."""

BATCHES = {
    "签约": ("签约一批", "签约", "签约项目"),
    "开工": ("开工一批", "开工", "开工项目"),
    "投产": ("投产一批", "投产", "投产项目"),
    "合计": ("合计", "总计", "总共", "共", "一共", "三批"),
}

FILLERS = (
    "有",
    "共有",
    "多少",
    "是多少",
    "有多少",
    "几个",
    "的",
    "是",
    "市",
    "开发区",
    "三个一批",
    "活动",
    "全市",
    "亿元",
    "个",
    "为",
    "了",
    "?",
)
"""Words that ask without changing what is asked for."""

WORDS = {"indicators": INDICATORS, "batches": BATCHES, "fillers": FILLERS}
"""What a query is taken apart with."""


def may_answer(figure: Figure) -> bool:
    """Whether the figure stands under a full key and belongs to all of its subject.

    A rate always belongs to some of the projects (of those started, so many run); its scope is told with it.
    """
    if not (figure.subject and figure.core and figure.indicator in INDICATORS) or figure.in_name:
        return False
    return not figure.scope or figure.indicator.endswith("率")


def answer_entries(document: SearchDocument, figures: Iterable[Figure], full_text: bool) -> list[Entry]:
    """The figures of an article that may answer, in its order."""
    return [
        [
            figure.subject,
            [figure.indicator, figure.batch, figure.event, figure.period, figure.status, figure.scope],
            [figure.approx, figure.unit, str((figure.value_base / figure.value).normalize()) if figure.value else "1"],
            figure.run,
            figure.line,
            figure.column,
            _clause(document, figure) if full_text else f"{figure.run}{figure.unit}",
        ]
        for figure in figures
        if may_answer(figure)
    ]


def _clause(document: SearchDocument, figure: Figure) -> list[int] | str:
    """Where the browser finds the clause: number of the segment, offset and length in it, as JavaScript counts. Else the clause."""
    number = document.segment_of(figure.part, figure.block)
    text = document.segments[number].text if number is not None else ""
    start = text.rfind(figure.quote, 0, figure.number_span[0] + len(figure.quote))
    if number is None or not start <= figure.number_span[0] < start + len(figure.quote):
        return figure.quote
    return [number, len(text[:start].encode("utf-16-le")) // 2, len(figure.quote.encode("utf-16-le")) // 2]


def render_answers(entries: Iterable[tuple[int, Entry]]) -> tuple[list[str], list[bytes]]:
    """Pieces by subject and indicator, and with what each begins. ``entries`` come with the number of their document.

    A key ``大同市\t总投资`` has figures and the subject as it is printed, ``大同\t`` the subject's full name.
    """
    found: dict[str, list[tuple[int, Entry]]] = {}
    subjects: dict[str, str] = {}
    for number, entry in entries:
        subject = normalise(entry[0])
        subjects.setdefault(subject, entry[0])
        found.setdefault(f"{subject}\t{entry[1][0]}", []).append((number, entry))
    names: dict[str, str] = {}
    for subject, printed in subjects.items():
        for name in subject_names(printed):
            if name not in subjects:
                names.setdefault(f"{name}\t", subject)
    firsts: list[str] = []
    pieces: list[bytes] = []
    part: list[str] = []
    count = 0
    for key in sorted([*found, *names], key=utf16_key):
        if part and count >= PIECE:
            pieces.append(_piece(part, names, found))
            part, count = [], 0
        if not part:
            firsts.append(key)
        part.append(key)
        count += 1 + len(found.get(key, ()))
    if part:
        pieces.append(_piece(part, names, found))
    return firsts, pieces


def _piece(part: Sequence[str], names: Mapping[str, str], found: Mapping[str, Sequence[tuple[int, Entry]]]) -> bytes:
    """Keys and quantities once each; the figures column by column, which compresses better."""
    keys: dict[str, int] = {}
    quantities: dict[str, int] = {}
    rows: list[list[Any]] = []
    for name in part:
        if name not in found:
            rows.append([name, names[name]])
            continue
        columns: list[list[Any]] = [[], [], [], [], [], [], []]
        last = 0
        for document, (_, key, quantity, run, line, column, clause) in found[name]:
            known = keys.setdefault(_json(key), len(keys))
            amount = quantities.setdefault(_json(quantity), len(quantities))
            for values, value in zip(columns, (known, amount, run, document - last, line, column, clause), strict=True):
                values.append(value)
            last = document
        rows.append([name, found[name][0][1][0], *columns])
    return compress(f'{{"keys":[{",".join(keys)}],"quantities":[{",".join(quantities)}],"rows":{_json(rows)}}}'.encode())


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def subject_names(subject: str) -> tuple[str, ...]:
    """The names under which ``subject`` is asked for: itself, and the lexicon's other ones.

    >>> subject_names("大同市")
    ('大同市', '大同')
    """
    lexicon = load_lexicon()
    names = [subject]
    names += [city.short for city in lexicon.cities if city.name == subject]
    names += [name for zone in lexicon.zones if zone.name == subject and zone.confidence != "low" for name in zone_names(zone)]
    if subject in ("山西省", "全省"):
        names += ["山西省", "全省", "山西"]
    return tuple(dict.fromkeys(normalise(name) for name in names))
