"""``content/projects.yml``: which projects or firms an editor holds to be one, and which are not, each with the reason.

.. code-block:: yaml

    projects:
      same:
      - {ids: [2024-after-0731.unpaged-1.l514c2, 2024-after-0819.D1.l69c12], note: 忻州市2024年重点工程名单作一个项目。}
      different:
      - {ids: [2024-14.unpaged-1.l46c3, 2024-14.unpaged-1.l48c60], note: 一期与二期分列。}
    companies:
      same: []

An id is the one that the ledger shows. Of those that are one, the first is kept, and the others lead to it.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from build_scripts.yamlfile import read_yaml

if TYPE_CHECKING:
    from build_scripts.yamlfile import Entry

NAME = "content/projects.yml"
KINDS = ("projects", "companies")


@dataclass(frozen=True, slots=True)
class Judgement:
    """One entry of the file."""

    ids: tuple[str, ...]
    note: str
    entry: Entry


@dataclass(frozen=True, slots=True)
class Reviewed:
    """What the editor has judged of the projects, or of the firms."""

    same: tuple[Judgement, ...] = ()
    different: tuple[Judgement, ...] = ()

    def kept(self) -> dict[str, str]:
        """Id → the one that is kept for it."""
        return {other: judgement.ids[0] for judgement in self.same for other in judgement.ids[1:]}

    def apart(self) -> frozenset[frozenset[str]]:
        """Pairs that are not the same."""
        return frozenset(
            frozenset((one, other)) for judgement in self.different for one in judgement.ids for other in judgement.ids if one != other
        )


@dataclass(frozen=True, slots=True)
class AliasFile:
    """The whole file."""

    projects: Reviewed = field(default_factory=Reviewed)
    companies: Reviewed = field(default_factory=Reviewed)


def read_alias_file(root: Path) -> AliasFile:
    """The file below ``root``; nothing is judged where there is none.

    Raises :class:`~build_scripts.errors.LayoutError` with the line for an entry without two ids or a note, an id that is in two
    entries of ``same``, and a pair that is judged both ways.
    """
    path = root / NAME
    if not path.exists():
        return AliasFile()
    keys = read_yaml(path).mapping("the file of names", optional=frozenset(KINDS))
    read = {kind: _reviewed(keys[kind], kind) if kind in keys else Reviewed() for kind in KINDS}
    return AliasFile(read["projects"], read["companies"])


def _reviewed(entry: Entry, kind: str) -> Reviewed:
    if entry.value is None:
        return Reviewed()
    keys = entry.mapping(kind, optional=frozenset({"same", "different"}))
    same = tuple(_judgement(item) for item in _items(keys, "same"))
    different = tuple(_judgement(item) for item in _items(keys, "different"))
    seen: dict[str, Judgement] = {}
    for judgement in same:
        for identity in judgement.ids:
            if identity in seen:
                raise judgement.entry.error(
                    f"{identity} stands in two entries of same (first on line {seen[identity].entry.line})",
                    "one entry for all that are one",
                )
            seen[identity] = judgement
    for judgement in different:
        for identity in judgement.ids:
            other = seen.get(identity)
            if other is not None and len(set(judgement.ids) & set(other.ids)) > 1:
                raise judgement.entry.error(f"line {other.entry.line} says that two of these are the same", "one or the other")
    return Reviewed(same, different)


def _items(keys: Mapping[str, Entry], key: str) -> list[Entry]:
    return keys[key].items(key) if key in keys and keys[key].value is not None else []


def _judgement(entry: Entry) -> Judgement:
    keys = entry.mapping("the entry", required=frozenset({"ids", "note"}))
    ids = tuple(item.text("an id") for item in keys["ids"].items("ids"))
    if len(set(ids)) < 2 or len(set(ids)) != len(ids):
        raise keys["ids"].error(f"ids names {len(set(ids))} different", "two ids or more, each once")
    keys["note"].text("note")
    return Judgement(ids, keys["note"].text("note"), entry)


def check_ids(reviewed: Reviewed, known: Collection[str], what: str) -> None:
    """Raises for an id that the ledger does not have."""
    for judgement in (*reviewed.same, *reviewed.different):
        for identity in judgement.ids:
            if identity not in known:
                raise judgement.entry.error(f"the id {identity} belongs to no {what}", f"an id of the list of {what}s")
