"""Figures in headlines, and in the table under an article."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from build_scripts.html.days import day
from build_scripts.html.lists import tools
from build_scripts.html.text import To, attribute, escape, link
from build_scripts.html.values import room, unit, value

Figure = Mapping[str, Any]
"""A figure as an article's front matter has it."""

_HEADS = (
    "<thead><tr><th scope=col>指标<th scope=col class=n>数值<th scope=col>单位"
    "<th scope=col>主体<th scope=col>批次<th scope=col>口径<th scope=col>出处行"
)

_BASES = {"event": "本次活动", "cumulative": "累计", "as_of": "到某时为止，起点未写明", "period": "该时段"}
"""Over what a number counts. Not said of plans: what is to be has not been counted."""

_DIGITS = "零一二三四五六七八九十"


def headline(pieces: Sequence[Any], raw: str, full_text: bool) -> str:
    """A headline whose figures are marked: texts, and ``{text, anchor, value}``. ``raw`` is the raw page's relative address."""
    parts = []
    for piece in pieces:
        if isinstance(piece, str):
            parts.append(escape(piece))
            continue
        anchor = piece["anchor"]
        printed = attribute(f"{raw}#{_printed(anchor, full_text)}")
        parts.append(f"<data id={anchor} value={attribute(str(piece['value']))}><a href={printed}>{escape(piece['text'])}</a></data>")
    return "".join(parts)


def _printed(anchor: str, full_text: bool) -> str:
    """Where a figure stands on the raw page: a page without full text has anchors for its lines only."""
    return anchor if full_text else anchor.partition("c")[0]


def round_name(event: str) -> str:
    """
    >>> round_name("2024-3")
    '2024年第三次'
    """
    year, number = event.split("-")[:2]
    return f"{year}年第{_DIGITS[int(number)]}次"


def rounds(to: To, figures: Sequence[Figure]) -> str:
    """The rounds that ``figures`` belong to, each once; their rows say only which. Nothing where there are none."""
    events = sorted({figure["event"] for figure in figures if figure["event"]})
    links = [link(to, f"events/{event}/", f"{round_name(event)}“三个一批”") for event in events]
    return f"所属活动：{'、'.join(links)}。" if links else ""


def main_and_rest(figures: Sequence[Figure]) -> tuple[list[Figure], list[Figure]]:
    """The main figures of an article, and all others."""
    main = [figure for figure in figures if figure["core"] and not figure["in_name"]]
    return main, [figure for figure in figures if not figure["core"] or figure["in_name"]]


def anchors(headline: Mapping[str, Sequence[Any]]) -> set[str]:
    """The anchors that kicker, title and subtitle have."""
    return {piece["anchor"] for pieces in headline.values() for piece in pieces if not isinstance(piece, str)}


def article_table(to: To, figures: Sequence[Figure], caption: str, raw: str, full_text: bool, *, taken: Collection[str] = ()) -> str:
    """The table under an article. ``taken`` are the anchors that its headline has."""
    parts = [
        tools(len(figures)),
        f'<table class="figures figures--article {room(figures)}" data-component=figures>',
        f"<caption class=sr-only>{escape(caption)}</caption>{_HEADS}<tbody>",
    ]
    for row in figures:
        anchor = f"l{row['line']}c{row['column']}"
        inside = full_text or anchor in taken
        shown = value(row)
        parts += [
            "<tr>" if inside else f"<tr id={anchor}>",
            f"<th scope=row>{escape(row['indicator'])}<td>",
            f"<a href=#{anchor}>{shown}</a>" if inside else shown,
            f"<td>{unit(row)}<td>{escape(row['subject'] or '未写明')}<td>{escape(row['batch'] or '')}<td>",
            _details(row),
            *(f"<a href={attribute(to(check['url']))}>{escape(check['label'])}</a>" for check in row.get("checks") or ()),
            f"<td><a href={attribute(f'{raw}#{_printed(anchor, full_text)}')}>第{row['line']}行</a>",
        ]
    parts.append("</table>")
    return "".join(parts)


def _details(row: Figure) -> str:
    """What a number counts, in a line; what else the text says of it behind it. What is not said there is in no other place either."""
    said = f"{'计划' if row['status'] == 'planned' else '实际'} · {_counted(row)}"
    if row["scope"]:
        said += f" · 只指{escape(row['scope'])}"
    more = _more(row)
    if not more:
        return f"<span>{said}</span>"
    terms = "".join([f"<dt>{term}<dd>{meaning}" for term, meaning in more])
    return f"<details><summary>{said}</summary><dl>{terms}</dl></details>"


def _counted(row: Figure) -> str:
    """The time, in the words that are always in sight."""
    basis, as_of, period = row["basis"], row["as_of"], row["period"]
    if row["event"]:
        return round_name(row["event"])
    if basis == "cumulative":
        return f"累计{f'至{day(as_of)}' if as_of else f'，{day(period)}' if period else ''}"
    if basis == "as_of":
        return f"截至{day(as_of)}" if as_of else escape(row["basis_printed"] or "")
    return day(period) if period else "时段未写明"


def _more(row: Figure) -> list[tuple[str, str]]:
    """What the line does not say: term and meaning, as HTML."""
    event, basis, as_of, period, printed = (row[name] for name in ("event", "basis", "as_of", "period", "basis_printed"))
    found = []
    if period and (event or basis == "as_of" or (basis == "cumulative" and as_of)):
        found.append(("时段", day(period)))
    if row["status"] == "actual" and basis and (printed or basis != "cumulative" or event):
        found.append(("统计", _BASES[basis] + (f"（原文“{escape(printed)}”）" if printed else "")))
    if event and as_of and basis in ("as_of", "cumulative"):
        found.append(("截至", day(as_of)))
    if row["said_by"]:
        found.append(("谁说的", f"{escape(row['said_by'])}（文中所引）"))
    if row["run"][0] not in "0123456789":
        found.append(("原刊作", f"“{escape(row['run'])}”"))
    return found
