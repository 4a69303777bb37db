"""项目台账 and 企业: one entry, its progress, its deadlines."""

from collections.abc import Mapping
from typing import Any

from build_scripts.html.days import day
from build_scripts.html.text import To, attribute, escape, link

Entry = Mapping[str, Any]
"""A project or firm as front matter has it."""


def due(date: str) -> str:
    """2024年8月, 2024年7月至9月: a deadline or the day of a stage.

    >>> due("2024-08"), due("--08")
    ('2024年8月', '8月')
    """
    if not date.startswith("--"):
        return day(date)
    return "".join(f"{int(number)}{sign}" for number, sign in zip(date[2:].split("/", maxsplit=1)[0].split("-"), "月日", strict=False))


def source(to: To, place: Entry, here: str = "") -> str:
    """The printed place. ``here``: the label of the issue that the page is about; it is left out."""
    label = place["label"].replace(here, "") if here else place["label"]
    return f"<a href={attribute(to(place['url']))}>{escape(label.replace('（期号待考）', ' '))}</a>"


def where(to: To, entry: Entry, *, city: bool = True) -> str:
    """City, zone and firms in one line."""
    named = [entry.get("city") if city else None, entry.get("zone"), *(entry.get("companies") or ())]
    shown = [link(to, one["url"], one["name"]) if one.get("url") else f"<span>{escape(one['name'])}</span>" for one in named if one]
    return f"<p class=where>{''.join(shown)}</p>" if shown else ""


def facts(to: To, entry: Entry, *, placed: bool = True, here: str = "") -> str:
    """What is said of a project, as rows of a definition list. ``placed``: with the printed places."""

    def row(words: str, one: Entry) -> str:
        return f"<p>{words} {source(to, one['place'], here)}" if placed else f"<p>{words}"

    rows = []
    if entry.get("investments"):
        rows.append(("总投资", [row(f"<b>{escape(one['text'])}</b>", one) for one in entry["investments"]]))
    if entry.get("stages"):
        rows.append(("进展", [row(stage(one), one) for one in entry["stages"]]))
    if entry.get("deadlines"):
        rows.append(("期限", [row(_deadline(one), one) for one in entry["deadlines"]]))
    shown = "".join([f"<div><dt>{term}<dd>{''.join(held)}</div>" for term, held in rows])
    return f"<dl class=told>{shown}</dl>" if shown else ""


def stage(one: Entry) -> str:
    """A stage and its day."""
    date = due(one["date"]) if one.get("date") else "<small>日期未写明</small>"
    return f"<b>{escape(one.get('phase') or '')}{escape(one['batch'])}</b> {date}"


def _deadline(one: Entry) -> str:
    names = '"tag tag--open"' if one["state"] == "未见后续报道" else "tag"
    said = f"{escape(one.get('phase') or '')}{escape(one['what'])}"
    return f"{due(one['due'])} <b>{said}</b> <span class={names}>{escape(one['state'])}</span>"


def others(to: To, entry: Entry, what: str) -> str:
    """What may be the same, and other phases."""
    possible = [
        f"<p class=other><span class=tag>可能同一{what}</span>{link(to, one['url'], one['name'])}"
        f"<small>{escape(one['reason'])}；待确认</small></p>"
        for one in entry.get("possible") or ()
    ]
    phases = [f"<p class=other><span class=tag>另一期</span>{link(to, one['url'], one['name'])}</p>" for one in entry.get("phases") or ()]
    return "".join(possible + phases)


def entry(to: To, one: Entry, what: str, here: str) -> str:
    """A project or firm on the list of the issue that first reported it. Its address is its id, which is a printed place."""
    own = one.get("own")
    name = link(to, own, one["name"]) if own else escape(one["name"])
    articles = [f"<li>{link(to, item['url'], item['label'])} {source(to, item['place'], here)}" for item in one["articles"]]
    return "".join(
        [
            f"<li id={attribute(one['id'])}><h2>{name}</h2>",
            _firm(to, one) if what == "企业" else where(to, one) + facts(to, one, here=here),
            others(to, one, what),
            f"<ul aria-label=稿件>{''.join(articles)}</ul>",
            f"<p class=more><a href={attribute(to(own))}>历次报道</a>" if own else "",
        ]
    )


def _firm(to: To, one: Entry) -> str:
    other = f"<p class=where><span>又作{escape('、'.join(one['aliases']))}</span></p>" if one.get("aliases") else ""
    projects = "".join([f"<p>{link(to, project['url'], project['name'])}" for project in one.get("projects") or ()])
    return other + (f"<dl class=told><div><dt>项目<dd>{projects}</div></dl>" if projects else "")


def brief(to: To, entry: Entry, *, city: bool = True) -> str:
    """One project on a list that leads to it."""
    return f"<li>{link(to, entry['url'], entry['name'])}{where(to, entry, city=city)}{facts(to, entry, placed=False)}"


def names(to: To, meta: Entry) -> str:
    """Every form in which the name is printed, with its places, and the way to the list that it is on."""
    rows = []
    for one in meta["mentions"]:
        places = "".join([f" {source(to, place)}" for place in one["places"]])
        more = f" 等{one['count']}处" if one["count"] > len(one["places"]) else ""
        rows.append(f"<li>{escape(one['printed'])}{places}{more}")
    count = sum(one["count"] for one in meta["mentions"])
    return (
        f"<section aria-labelledby=names><h2 class=rubric id=names>所刊名称<small>{count}处</small></h2>"
        f"<ul class=forms>{''.join(rows)}</ul>"
        f"<p class=more>{link(to, meta['anchor']['url'], meta['anchor']['label'])}</section>"
    )
