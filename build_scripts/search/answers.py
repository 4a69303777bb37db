"""一句话答: figures under exact keys, so that 大同 签约 总投资 is answered with the figure as printed, its place and its link.

A key is subject, indicator, batch and event. A query is taken apart by ``answers.js`` with the words of :func:`render_answers`; where a
part is left over, nothing is answered. Nothing is computed: each answer is one printed figure, with the other places that print the
same one.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from build_scripts.lexicon.places import load_lexicon
from build_scripts.search.names import zone_names
from build_scripts.search.normalise import normalise
from build_scripts.search.shards import render_compact
from build_scripts.search.terms import utf16_key

Row = Mapping[str, Any]
"""One row of ``figures.json``."""

PIECE = 300
"""Rows in a piece of the answers."""

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
    "合计": ("合计", "总计", "共", "一共", "三批"),
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
    "?",
)
"""Words that ask without changing what is asked for."""


def answer_rows(figures: Iterable[Row]) -> list[Row]:
    """The figures that may answer: those that stand under a full key and belong to all of their subject.

    A rate always belongs to some of the projects (of those started, so many run); its scope is told with it.
    """
    return [
        row
        for row in figures
        if row.get("subject") and row["indicator"] in INDICATORS and row.get("core") and not row.get("in_name")
        if not row.get("scope") or row["indicator"].endswith("率")
    ]


def render_answers(figures: Sequence[Row], places: Mapping[str, str]) -> dict[str, bytes]:
    """The files of answers: ``answers/words.bin`` and pieces by subject; nothing where there are no figures.

    ``places`` tells for an article's id where it is printed, in words.
    """
    rows = answer_rows(figures)
    if not rows:
        return {}
    by_subject: dict[str, list[list[Any]]] = {}
    for row in rows:
        by_subject.setdefault(normalise(str(row["subject"])), []).append(_entry(row, places))
    keys: dict[str, str] = {}
    for subject in by_subject:
        for name in subject_names(subject):
            keys.setdefault(name, subject)
    pieces: list[list[Any]] = []
    firsts: list[str] = []
    count = PIECE
    for name in sorted(keys, key=utf16_key):
        entries = by_subject[name] if keys[name] == name else []
        if count >= PIECE:
            pieces.append([])
            firsts.append(name)
            count = 0
        pieces[-1].append([name, keys[name], entries])
        count += 1 + len(entries)
    words = {"indicators": INDICATORS, "batches": BATCHES, "fillers": FILLERS, "firsts": firsts}
    files = {f"answers/{number}.bin": render_compact(piece) for number, piece in enumerate(pieces)}
    return {"answers/words.bin": render_compact(words), **files}


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


def _entry(row: Row, places: Mapping[str, str]) -> list[Any]:
    """What the browser needs of a row, in the order that ``answers.js`` reads."""
    return [
        row["id"],
        row["indicator"],
        row.get("batch"),
        row.get("event"),
        row.get("approx"),
        row["run"],
        row.get("unit") or "",
        str(row["value_base"]),
        row.get("period"),
        row.get("status"),
        row["url"],
        row["article"],
        f"{places.get(str(row['article']), '')}第{row['line']}行",
        row.get("quote") or "",
        row.get("scope"),
    ]
