"""A view that knows what it was asked: the pages that a new issue leaves as they are need not be made again to see that.

While a page is made, every question to the view is noted: ``articles`` of ``datong-2024-3rd``, ``by_zone`` of 忻州经济开发区. In the next
build the same questions are asked again; where all answers are the same, the page is the same, and nothing of it is made. A page cannot
look past its questions, so none can be forgotten: whatever it reads of the archive it reads through the view.

An answer is compared by what it was read from: an article by the files of its issue, see :mod:`build_scripts.reads`.
"""

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from functools import cached_property, reduce
from itertools import chain
from operator import attrgetter
from types import MethodType
from typing import Any, TypeVar, cast

from build_scripts.checks import Check
from build_scripts.figures.records import Figure, PageFigures
from build_scripts.lexicon.places import City, County, Zone
from build_scripts.pages.view import View
from build_scripts.projects.continued import Marks
from build_scripts.projects.records import Company, Ledger, Named, PageNames, Project
from build_scripts.records import Archive, Article, Issue, Redirects
from build_scripts.tabular import encode_json

Question = tuple[str, ...]
"""``("articles", "datong-2024-3rd")``; of one part: the whole of it, ``("archive.issues",)``."""

DIGEST = 16
"""Bytes of an answer."""

_Value = TypeVar("_Value")


class UnknownError(Exception):
    """A value that cannot be told apart from another: what hangs on it is made every time."""


class AskedView:
    """A :class:`View`, and the questions to it."""

    def __init__(self, view: View, keys: Mapping[str, bytes], marks: Marks) -> None:
        """``keys`` are those of :func:`build_scripts.reads.read_ahead`: issue id → what the issue was read from; to ``marks`` those are
        added that it lacks."""
        self._view = view
        self._keys = keys
        self._noted: dict[Question, None] | None = None
        self.listens = False
        """Whether somebody makes a page."""
        self._marks = marks
        self._holders: dict[str, Any] = {}
        self.archive = _AskedArchive(view.archive, self)

    @property
    def unasked(self) -> View:
        """The view itself."""
        return self._view

    def __getattr__(self, name: str) -> Any:
        member = getattr(View, name, None)
        if isinstance(member, cached_property):
            return self._part(name, getattr(self._view, name), self)
        if callable(member) and not name.startswith("__"):
            method = MethodType(member, self)  # what it asks is asked of this view
            self.__dict__[name] = method
            return method
        value = getattr(self._view, name)
        self.note((name,))
        return value

    def _part(self, name: str, value: object, owner: object) -> object:
        if isinstance(value, Ledger):
            return _AskedLedger(value, self)
        if isinstance(value, dict):
            mapping = _AskedMapping(name, value, self)
            owner.__dict__[name.rpartition(".")[2]] = mapping
            return mapping
        self.note((name,))
        return value

    def note(self, question: Question) -> None:
        """Notes a question while a page is made."""
        if self._noted is not None:
            self._noted[question] = None

    def listen(self, make: Callable[[], _Value]) -> tuple[_Value, tuple[Question, ...]]:
        """What ``make`` gives, and the questions that it asked."""
        outer, self._noted, self.listens = self._noted, {}, True
        try:
            value = make()
            return value, tuple(self._noted)
        finally:
            self._noted, self.listens = outer, outer is not None

    def answer(self, question: Question) -> bytes:
        """What the answer to ``question`` is read from, as :data:`DIGEST` bytes. Raises :class:`UnknownError`."""
        holder = self._holder(question[0])
        if len(question) == 1:
            return self.digest(holder)
        return self._answer(question[1], holder.get(question[1], _NOTHING), plain=question[0] in _OF_PLAIN)

    def answer_all(self, questions: Sequence[Question]) -> list[bytes]:
        """:meth:`answer` to each; no bytes for one that has none."""
        found = [b""] * len(questions)
        asked: dict[str, list[int]] = {}
        for number, question in enumerate(questions):
            asked.setdefault(question[0], []).append(number)
        for name, numbers in asked.items():
            plain = name in _OF_PLAIN
            for number in numbers:
                try:
                    holder, keys = self._holder(name), questions[number][1:]
                    found[number] = self._answer(keys[0], holder.get(keys[0], _NOTHING), plain=plain) if keys else self.digest(holder)
                except (UnknownError, LookupError, AttributeError):
                    continue
        return found

    def _answer(self, key: str, value: Any, *, plain: bool) -> bytes:
        """What ``value`` is read from, which a mapping has under ``key``. There are many: of most a word says all."""
        if value is _NOTHING:
            return _NO_ANSWER
        if plain:
            return _hash(encode_json([*value.items()] if isinstance(value, dict) else value))
        if isinstance(value, Figure | Article | Issue) and value.id == key:  # which its mapping has nothing else under
            return self._keys[value.id if isinstance(value, Issue) else value.issue][:DIGEST]
        return self.digest(value)

    def _holder(self, name: str) -> Any:
        """What is asked: ``archive.related`` of the view."""
        holder = self._holders.get(name)
        if holder is None:
            holder = self._holders[name] = reduce(getattr, name.split("."), cast(Any, self._view))
        return holder

    def digest(self, value: object) -> bytes:
        """:data:`DIGEST` bytes that are equal for equal values only. Raises :class:`UnknownError`."""
        parts: list[bytes] = []
        self._add(value, parts)
        return _hash(b"".join(parts))

    def _entry(self, value: Project | Company) -> bytes:
        """A project or firm by all that is known of it; many questions are answered with the same one.

        A mention is what its issue says at its place.
        """
        whole = self._is_whole(value)  # and not what a list knows of it, which has the same id
        marks = self._marks.of(value)
        if whole and value.id in marks:
            return marks[value.id]
        articles = self._view.articles
        told = [*map(_PLACE, value.mentions)]
        parts = [encode_json((told, _OF_ENTRIES[value.__class__](value)))]
        parts += [self._keys[articles[article].issue] for article in value.articles]
        digest = _hash(b"".join(parts))
        if whole:
            marks[value.id] = digest
        return digest

    def _is_whole(self, value: Project | Company) -> bool:
        known: Mapping[str, Project | Company] = self._view.projects if isinstance(value, Project) else self._view.companies
        return known.get(value.id) is value

    def _derived(self, value: "Derived") -> bytes:
        """What is made of a project or firm, by all that is known of it."""
        item = value.item
        marks = self._marks.of(item, listed=True)
        known = marks.get(item.id)
        if known is None or not self._is_whole(item):
            known = self._entry(value.of(self._view))
            if self._is_whole(item):
                marks[item.id] = known
        return known

    def _add(self, value: object, parts: list[bytes]) -> None:
        """Adds ``value`` as bytes of known lengths, one behind the other."""
        match value:
            case str():
                parts.append(b"text" + _text(value))
            case Figure():
                parts += b"Figure", self._keys[value.issue], _text(value.id)
            case Article():
                parts += b"Article", self._keys[value.issue], _text(value.id)
            case tuple() | list():
                parts.append(b"list %d:" % len(value))
                self._add_each(value, parts)
            case dict():
                parts.append(b"dict %d:" % len(value))
                self._add_each(tuple(chain.from_iterable(value.items())), parts)
            case Issue():
                parts += b"Issue", self._keys[value.id]
            case PageFigures() | PageNames():
                parts += type(value).__name__.encode(), self._keys[value.source.split("/")[2]], _text(value.source)
            case Project() | Company():
                parts += b"entry", self._entry(value)
            case Derived():
                parts += b"derived", self._derived(value)
            case None | bool() | int() | float() | City() | County() | Zone() | Check() | Redirects() | Named():
                parts.append(_record(value))
            case _:
                raise UnknownError(type(value))

    def _add_each(self, values: Sequence[object], parts: list[bytes]) -> None:
        kinds = set(map(type, values))
        if values and all(issubclass(kind, Article | Figure) for kind in kinds):
            # Most lists are of these, and long. An id belongs to one issue, and where the issues are what they were, to the same one.
            printed = cast(Sequence[Article | Figure], values)
            parts += b"printed", _text("\0".join([one.id for one in printed]))
            parts += [self._keys[issue] for issue in dict.fromkeys([one.issue for one in printed])]
        elif kinds <= _PLAIN:
            data = encode_json(values)
            parts += b"plain%d:" % len(data), data
        else:
            for value in values:
                self._add(value, parts)


_PLAIN = frozenset({str, int, bool, float, type(None), Named, Check})
"""What JSON tells apart, all of it."""

_OF_PLAIN = frozenset(
    {
        "archive.ledger.named",
        "archive.related",
        "checks_of_figures",
        "company_names",
        "company_urls",
        "project_names",
        "_project_urls",
    }
)
"""Mappings whose values are made of these alone, each of its mapping's own kind."""

_PLACE = attrgetter("article", "part", "block", "start")
"""Of a mention."""

_OF_ENTRIES = {kind: attrgetter(*(field.name for field in fields(kind) if field.name != "mentions")) for kind in (Project, Company)}
"""What is known of a project or firm besides its mentions."""


class _Nothing:
    """No answer: the mapping lacks the key."""

    def __repr__(self) -> str:
        return "nothing"


_NOTHING = _Nothing()


def _hash(data: bytes) -> bytes:
    return hashlib.blake2b(data, digest_size=DIGEST).digest()


_NO_ANSWER = _hash(b"nothing")


def _record(value: object) -> bytes:
    """Of the many only, a way that is shorter than theirs to be shown."""
    if isinstance(value, Check | Named):
        data = encode_json(value)
        return type(value).__name__.encode() + b"%d:" % len(data) + data
    return b"record" + _text(repr(value))


def _text(text: str) -> bytes:
    data = text.encode("utf-8", "surrogatepass")
    return b"%d:" % len(data) + data


class _AskedArchive:
    """An archive as :class:`AskedView` shows it."""

    def __init__(self, archive: Archive, view: AskedView) -> None:
        self._archive, self._view = archive, view

    def __getattr__(self, name: str) -> Any:
        return self._view._part(f"archive.{name}", getattr(self._archive, name), self)


class _AskedLedger:
    """The ledger as :class:`AskedView` shows it."""

    def __init__(self, ledger: Ledger, view: AskedView) -> None:
        self._ledger, self._view = ledger, view

    def names_in(self, article: str, part: str = "body", block: int = 0) -> tuple[Named, ...]:
        """See :meth:`Ledger.names_in`."""
        self._view.note(("archive.ledger.named", article))
        return self._ledger.names_in(article, part, block)

    def __getattr__(self, name: str) -> Any:
        return self._view._part(f"archive.ledger.{name}", getattr(self._ledger, name), self)


class _AskedMapping(Mapping[str, Any]):
    """A mapping that notes which keys it is asked for; to count or to list it asks for all of it."""

    def __init__(self, name: str, values: dict[str, Any], view: AskedView) -> None:
        self._name, self._values, self._view = name, values, view

    def _note(self, key: object) -> None:
        self._view.note((self._name, key) if isinstance(key, str) else (self._name,))

    def __getitem__(self, key: str) -> Any:
        if self._view.listens:
            self._note(key)
        return self._values[key]

    def get(self, key: str, default: Any = None) -> Any:
        """The value of ``key``, or ``default``."""
        if self._view.listens:
            self._note(key)
        return self._values.get(key, default)

    def __contains__(self, key: object) -> bool:
        if self._view.listens:
            self._note(key)
        return key in self._values

    def __iter__(self) -> Iterator[str]:
        self._view.note((self._name,))
        return iter(self._values)

    def __len__(self) -> int:
        self._view.note((self._name,))
        return len(self._values)


@dataclass(frozen=True, slots=True)
class Derived:
    """What a list knows of a project or firm, made when somebody needs it.

    ``make`` looks at the item, and at what of others stays while they are in the ledger: their issues.
    """

    item: Project | Company
    make: Callable[[Any, View], Any]

    def of(self, view: View) -> Any:
        """What the list knows. A page that is made of it has it given, and asks nothing for it."""
        asked: Any = view
        return self.make(self.item, asked.unasked if isinstance(asked, AskedView) else view)


def ask(view: View, keys: Mapping[str, bytes], marks: Marks | None = None) -> tuple[View, AskedView]:
    """``view`` for making pages, and the same as what notes the questions. See :class:`AskedView`."""
    asked = AskedView(view, keys, marks or Marks())
    return cast(View, asked), asked
