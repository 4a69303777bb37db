"""Text whose digits are known for what they are: what a synthetic page is set from, and what its truth is told by."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Run:
    """A run of Arabic digits and what it means, with the keys of an annotated page (``tests/gold``): lists hold the answers that count."""

    text: str
    truth: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Misprint:
    """A few characters that the page prints wrongly."""

    printed: str
    corrected: str
    kind: str
    note: str


Text = tuple[str | Run | Misprint, ...]


def say(template: str, *parts: "str | Run | Misprint | Text") -> Text:
    """``template`` with each ``{}`` replaced by the next of ``parts``.

    >>> say("共{}个。", say("近{}", "十"))
    ('共', '近', '十', '个。')
    """
    said: list[str | Run | Misprint] = []
    between = template.split("{}")
    if len(between) != len(parts) + 1:
        raise ValueError(f"{template!r} has {len(between) - 1} places for {len(parts)} parts")
    for words, part in zip(between, (*parts, ""), strict=True):
        said.append(words)
        said += part if isinstance(part, tuple) else (part,)
    return tuple(piece for piece in said if piece != "")


def join(texts: Sequence[Text]) -> Text:
    """One after the other."""
    return tuple(piece for text in texts for piece in text)


def printed(text: Text) -> str:
    """As the page prints it."""
    return "".join(piece if isinstance(piece, str) else piece.text if isinstance(piece, Run) else piece.printed for piece in text)


def corrected(text: Text) -> str:
    """As it should be."""
    return "".join(piece if isinstance(piece, str) else piece.text if isinstance(piece, Run) else piece.corrected for piece in text)


def runs(text: Text) -> Iterator[Run]:
    """Its digits, in order."""
    return (piece for piece in text if isinstance(piece, Run))


def quantity(value: str, unit: str, indicator: str | list[str], subject: str | list[str], **more: Any) -> Run:
    """``value`` as printed, of ``subject``. ``more``: batch, scope, event, approx (each ``None`` unless told), status (``actual``), core,
    in_name. A list holds several right answers.
    """
    number = float(value) if "." in value else int(value)
    truth: dict[str, Any] = {"label": ["quantity"], "value": [number], "core": more.pop("core", False)}
    said = {"unit": unit, "indicator": indicator, "subject": subject, "status": "actual", "in_name": False, **more}
    for name in ("batch", "scope", "event", "approx"):
        said.setdefault(name, None)
    truth |= {name: answers if isinstance(answers, list) else [answers] for name, answers in said.items()}
    return Run(value, truth)


def dated(value: str | int, iso: str) -> Run:
    """One run of a date; ``iso`` is the whole date's."""
    return Run(str(value), {"label": ["date"], "iso": [iso]})


def ordinal(value: int) -> Run:
    """2号厂房."""
    return Run(str(value), {"label": ["ordinal"]})


def named(value: str | int) -> Run:
    """Digits of a name: “1336”招商工作体系."""
    return Run(str(value), {"label": ["name"]})
