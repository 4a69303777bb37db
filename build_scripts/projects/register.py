"""登记簿: which id each printed place of a project or firm belongs to, so that an id once published stays.

An id is the printed place of the first mention, as it was known when the project was first registered. Where later an older page is
added or a rule finds an earlier mention, the first mention is another one; where a rule reads the name differently or an editor says
that two are one, mentions move together or apart. The register keeps the id with the places all the same: a project has the id of the
earliest of its mentions that is registered. ``content/projects/register.csv`` and ``content/companies/register.csv`` are written by a
build and read by the next; without them the ids are derived anew.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from build_scripts.errors import LayoutError

if TYPE_CHECKING:
    from build_scripts.records import Redirects

FIELDS = ["place", "id", "page"]


@dataclass(frozen=True, slots=True)
class Register:
    """What earlier builds have given out."""

    ids: Mapping[str, str] = field(default_factory=dict)
    """Printed place → id."""
    pages: frozenset[str] = frozenset()
    """Ids that have had a page of their own: they keep it."""


@dataclass(frozen=True, slots=True)
class Assigned:
    """The ids of a build."""

    ids: tuple[str, ...]
    """One for each group of mentions, in their order."""
    moved: Mapping[str, int]
    """An id that was given up → the index of the group that has its mentions now."""
    retired: tuple[str, ...]
    """Ids none of whose mentions is read as a name any more."""


def read_register(path: Path, redirects: Redirects) -> Register:
    """The register in ``path``; empty where there is none. Places in issues and pages that were identified later are found again.

    Raises :class:`~build_scripts.errors.LayoutError` for what a build has not written.
    """
    if not path.exists():
        return Register()
    try:
        text = path.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise LayoutError(path, 0, "cannot be read as UTF-8 text", "the register as a build wrote it") from error
    ids: dict[str, str] = {}
    pages: set[str] = set()
    for line, row in enumerate(csv.reader(io.StringIO(text)), 1):
        if line == 1:
            if row != FIELDS:
                raise LayoutError(path, 1, f"the columns are {', '.join(row)}", ", ".join(FIELDS))
            continue
        if len(row) != 3 or any(part.count(".") < 2 for part in row[:2]) or row[2] not in ("", "1"):
            raise LayoutError(
                path, line, f"the row is {','.join(row)}", "a printed place such as 2024-14.D1.l58c40, an id, and 1 or nothing"
            )
        if row[0] in ids:
            raise LayoutError(path, line, f"the place {row[0]} stands twice", "each place once")
        ids[row[0]] = row[1]
        if row[2]:
            pages.add(row[1])
    return Register({_today(place, redirects): ids[place] for place in ids}, frozenset(pages))


def _today(place: str, redirects: Redirects) -> str:
    """The place under its issue's and page's present names."""
    issue, page, spot = place.split(".", 2)
    issue = redirects.issues.get(issue, issue)
    moved = redirects.pages.get(f"{issue}/{page}")
    issue, page = moved.split("/") if moved else (issue, page)
    return f"{issue}.{page}.{spot}"


def render_register(assigned: Assigned, groups: Sequence[Sequence[str]], register: Register, pages: Collection[str]) -> bytes:
    """The register after a build: every place of today's groups with its id, and what was registered before and is none of these.

    ``pages`` are the ids that have a page of their own now.
    """
    ids = dict(register.ids)
    for identity, places in zip(assigned.ids, groups, strict=True):
        ids.update(dict.fromkeys(places, identity))
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(FIELDS)
    writer.writerows(
        (place, identity, "1" if identity in pages or identity in register.pages else "") for place, identity in sorted(ids.items())
    )
    return text.getvalue().encode()


def grow_register(data: bytes, places: Mapping[str, str], pages: Collection[str]) -> bytes:
    """The register ``data`` as :func:`render_register` gave it, with printed places that it lacks (place → id); ``pages`` are the ids that
    have a page of their own now, and may not have had one."""
    header, *rows = data.decode().split("\n")[:-1]
    cells = [row.split(",") for row in rows] + [[place, identity, ""] for place, identity in places.items()]
    told = [",".join((place, identity, "1" if identity in pages else page)) for place, identity, page in cells]
    return "\n".join([header, *sorted(told, key=lambda row: row.partition(",")[0]), ""]).encode()


def assign_ids(groups: Sequence[Sequence[str]], register: Register) -> Assigned:
    """An id for each group of printed places; a group's places are in order of time.

    A group takes the id that its earliest registered place has. Where two groups claim one id (a name that was read as one is two
    now), the one that holds the id's own place has it, else the first.
    """
    claims: dict[str, list[int]] = {}
    for index, places in enumerate(groups):
        for identity in dict.fromkeys(register.ids[place] for place in places if place in register.ids):
            claims.setdefault(identity, []).append(index)
    owner = {identity: next((index for index in indexes if identity in groups[index]), indexes[0]) for identity, indexes in claims.items()}
    taken = set(register.ids.values())
    chosen: dict[int, str] = {}
    moved: dict[str, int] = {}
    for index, places in enumerate(groups):
        for identity in dict.fromkeys(register.ids[place] for place in places if place in register.ids):
            if owner[identity] != index:
                continue
            if index in chosen:
                moved[identity] = index
            else:
                chosen[index] = identity
    for index, places in enumerate(groups):
        if index not in chosen:
            identity = next((place for place in places if place not in taken), f"{places[0]}b")
            chosen[index] = identity
            taken.add(identity)
    current = set(chosen.values())
    retired = sorted(identity for identity in set(register.ids.values()) if identity not in current and identity not in moved)
    return Assigned(tuple(chosen[index] for index in range(len(groups))), moved, tuple(retired))


def home_of(identity: str, redirects: Redirects) -> str:
    """The issue on whose list an id has its anchor: that of its own printed place, under its present name."""
    return _today(identity, redirects).split(".", 1)[0]


def places_of(mentions: Iterable[tuple[str, str, int, int]]) -> list[str]:
    """``<issue>.<page>.l<line>c<column>`` of each (issue, page, line, column), each once."""
    return list(dict.fromkeys(f"{issue}.{page}.l{line}c{column}" for issue, page, line, column in mentions))
