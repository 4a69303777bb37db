"""What an editor has done since the file was opened, kept on disk step by step: nothing is lost by a reload, a crash or a power cut.

One JSON value a line below ``.build/review/``: first what the session began with, then one event for each step as the browser tells it
(``{"do": …}``, ``{"undo": true}``, ``{"redo": true}``) and ``{"saved": sha256, "aliases": […]}`` after each saving. A line that was cut
off is no step.
"""

import json
import os
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

Event = dict[str, Any]


class Changed(Exception):
    """A file is no longer as this session knows it: somebody else has written it."""


@dataclass(slots=True)
class Journal:
    """The steps of one page, in order."""

    path: Path
    page: str
    """sha256 of the raw page."""
    base: str
    """The layout file's text when the session began: what saving puts the changes into, and what undoing everything returns to."""
    events: list[Event] = field(default_factory=list)
    size: int = 0
    """Of the file, as this session left it."""

    @property
    def saved(self) -> str | None:
        """sha256 of the file that was saved last; ``None`` before the first saving."""
        return next((event["saved"] for event in reversed(self.events) if "saved" in event), None)

    @property
    def aliases(self) -> list[dict[str, str]]:
        """The aliases that the last saving wrote."""
        return next((event.get("aliases", []) for event in reversed(self.events) if "saved" in event), [])

    @property
    def is_settled(self) -> bool:
        """Whether nothing was done after the last saving."""
        return not self.events or "saved" in self.events[-1]

    def begin(self) -> None:
        """Puts a new journal in the place of the old one, which is kept beside it as ``.old`` where it holds steps that were not saved."""
        old = read_journal(self.path)
        if old and not old.is_settled:
            self.path.replace(self.path.with_suffix(".old"))
        self.path.unlink(missing_ok=True)
        self.events, self.size = [], 0

    def add(self, events: list[Event]) -> None:
        """Adds steps; they are on the disk when this returns. Raises :class:`Changed` where another program adds steps of its own."""
        if not events:
            return
        if (self.path.stat().st_size if self.path.exists() else 0) != self.size:
            raise Changed(f"{self.path} was changed by somebody else")
        rows = [json.dumps(row, ensure_ascii=False) for row in events]
        if not self.size:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            rows.insert(0, json.dumps({"page": self.page, "base": self.base}, ensure_ascii=False))
        data = "".join(f"\n{row}" for row in rows).encode()  # a line that a power cut left unfinished ends here
        with self.path.open("ab") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        self.size += len(data)
        self.events += events


def read_journal(path: Path) -> Journal | None:
    """The journal in ``path``; ``None`` where there is none, or where its beginning is damaged."""
    if not path.is_file():
        return None
    data = path.read_bytes()
    rows = [row for line in data.split(b"\n") if isinstance(row := _value(line), dict)]
    if not rows or not isinstance(rows[0].get("page"), str) or not isinstance(rows[0].get("base"), str):
        return None
    return Journal(path, rows[0]["page"], rows[0]["base"], rows[1:], len(data))


def _value(line: bytes) -> object:
    try:
        return json.loads(line)
    except ValueError:
        return None
