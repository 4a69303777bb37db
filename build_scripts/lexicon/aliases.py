"""Short names that an editor adds to ``zones.csv``, and takes back: only the rows of their zones change."""

import csv
import shutil
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from io import StringIO
from pathlib import Path

from build_scripts.errors import ArchiveError
from build_scripts.lexicon.places import ZONE_COLUMNS, Lexicon, load_lexicon

FILE = "zones.csv"
_NAME, _ALIASES, _SOURCE = (ZONE_COLUMNS.index(column) for column in ("name", "aliases", "source"))


@dataclass(frozen=True, slots=True)
class Alias:
    """A form of a zone's name, and where it was found."""

    zone: str
    """The zone's name in the file."""
    alias: str
    source: str


def change_aliases(text: str, *, added: Iterable[Alias] = (), removed: Iterable[Alias] = ()) -> str:
    """``text``, a ``zones.csv``, with some aliases more and others less; what was added and is removed leaves no trace.

    Raises :class:`ArchiveError` where a zone has no row, or an alias cannot stand in a cell.
    """
    lines = text.split("\n")
    rows = {cells[_NAME]: (number, cells) for number, line in enumerate(lines) if len(cells := next(csv.reader([line]), [])) > _SOURCE}
    changes = [*((item, False) for item in removed), *((item, True) for item in added)]
    for item, adds in changes:
        if item.zone not in rows:
            raise ArchiveError(FILE, 0, f"has no row for {item.zone!r}", "the name of a zone")
        if not all(part and part.isprintable() and part == part.strip() for part in (item.alias, item.source)) or "|" in item.alias:
            raise ArchiveError(FILE, 0, f"cannot hold the alias {item.alias!r} from {item.source!r}", "a name and where it was found")
        number, cells = rows[item.zone]
        aliases = [alias for alias in cells[_ALIASES].split("|") if alias]
        note = f"; {item.alias}：{item.source}"
        if adds:
            aliases.append(item.alias)
            cells[_SOURCE] += note
        elif item.alias in aliases:
            aliases.remove(item.alias)
            cells[_SOURCE] = cells[_SOURCE].replace(note, "", 1)
        cells[_ALIASES] = "|".join(aliases)
        out = StringIO()
        csv.writer(out, lineterminator="").writerow(cells)
        lines[number] = out.getvalue()
    return "\n".join(lines)


def read_lexicon_with(folder: Path, text: str) -> Lexicon:
    """The lexicon in ``folder`` with ``text`` as its ``zones.csv``, checked as :func:`load_lexicon` checks it."""
    with tempfile.TemporaryDirectory() as other:
        for name in ("divisions.csv", "lookalikes.csv"):
            shutil.copy(folder / name, other)
        Path(other, FILE).write_text(text, encoding="utf-8", newline="")
        try:
            return load_lexicon.__wrapped__(Path(other))
        except ArchiveError as error:
            raise ArchiveError(folder / FILE, error.line, str(error).partition(": ")[2]) from error
