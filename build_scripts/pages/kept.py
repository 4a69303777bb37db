"""What a build knows of the pages that the last one made: which of them stand as they would be made again."""

import hashlib
from array import array
from collections.abc import Iterable
from pathlib import Path

import msgspec

from build_scripts.cache import Cache
from build_scripts.fingerprint import content_key
from build_scripts.pages.asked import AskedView, LaterDocument, Question, UnknownError
from build_scripts.pages.document import Document
from build_scripts.takeover import stamp_of


class _Page(msgspec.Struct, array_like=True):
    """One page of the last build."""

    given: bytes
    questions: bytes
    """Their numbers, four bytes each."""
    answers: bytes
    sha256: bytes
    stamp: str = ""
    """Of the file, see :func:`build_scripts.takeover.stamp_of`: where it is what it was, nobody reads the file."""


class _Pages(msgspec.Struct, array_like=True):
    """All of them; their questions are numbered, for most are asked by many pages."""

    questions: list[tuple[str, ...]]
    pages: dict[str, _Page]


class KeptPages:
    """The pages below one ``content/``, from build to build."""

    def __init__(self, cache: Cache, view: AskedView, content: Path, *, full_text: bool) -> None:
        self._cache, self._view, self._folder = cache, view, str(content)
        self._key = content_key(b"pages", bytes([full_text]))
        self._last = self._recall()
        self._answers: list[bytes | None] = [None] * len(self._last.questions)
        """What the questions of the last build are answered now, as far as anybody has asked."""
        self._numbers: dict[Question, int] = {question: number for number, question in enumerate(self._last.questions)}
        self._pages: dict[str, _Page] = {}
        self._untouched: set[str] = set()
        """Pages that nobody had looked into when they were asked for: nobody can have added anything to them."""

    def _recall(self) -> _Pages:
        try:
            return msgspec.msgpack.decode(self._cache.get(self._key) or b"\x92\x90\x80", type=_Pages)
        except msgspec.MsgspecError:
            return _Pages([], {})

    def stands(self, document: Document) -> bool:
        """Whether the page was made by the last build, would be made the same now, and still is what was written."""
        if not isinstance(document, LaterDocument) or document.questions is not None:
            return False
        self._untouched.add(document.path)
        page = self._last.pages.get(document.path)
        if page is None:
            return False
        try:
            answers = _digest([self._answers[number] or self._answer_again(number) for number in _numbers(page.questions)])
            current = page.answers == answers and page.given == self._view.digest(document.given)
        except (UnknownError, LookupError, AttributeError, ValueError):
            return False
        if not current:
            return False
        path = f"{self._folder}/{document.path}"
        stamp = stamp_of(path)
        if not (stamp and stamp == page.stamp):
            if _sha256(path) != page.sha256:
                return False
            page.stamp = stamp
        self._pages[document.path] = page
        return True

    def note(self, document: Document, data: bytes) -> None:
        """Keeps in mind how the page was made that is written as ``data``."""
        if not isinstance(document, LaterDocument) or document.questions is None or document.path not in self._untouched:
            return
        try:
            given = self._view.digest(document.given)
            answers = _digest(map(self._view.answer, document.questions))
        except UnknownError:
            return
        numbers = array(_FOUR, [self._numbers.setdefault(question, len(self._numbers)) for question in document.questions])
        self._pages[document.path] = _Page(given, numbers.tobytes(), answers, hashlib.sha256(data).digest())

    def keep(self) -> None:
        """Keeps all that for the next build. The pages are in their places."""
        used: set[int] = set()
        for path, page in self._pages.items():
            used.update(_numbers(page.questions))
            if not page.stamp:
                page.stamp = stamp_of(f"{self._folder}/{path}")
        questions = list(self._numbers)
        if len(questions) > _SPARE * len(used):  # what nobody asks any more is forgotten now and then
            again = {number: at for at, number in enumerate(sorted(used))}
            questions = [questions[number] for number in again]
            for page in self._pages.values():
                page.questions = array(_FOUR, [again[number] for number in _numbers(page.questions)]).tobytes()
        self._cache.put(self._key, msgspec.msgpack.encode(_Pages(questions, self._pages)))

    def _answer_again(self, number: int) -> bytes:
        answer = self._answers[number] = self._view.answer(self._last.questions[number])
        return answer


_SPARE = 1.5
"""Questions that are kept, of one that is still asked."""

_FOUR = "I" if array("I").itemsize == 4 else "L"


def _numbers(data: bytes) -> "array[int]":
    numbers = array(_FOUR)
    numbers.frombytes(data)
    return numbers


def _digest(answers: Iterable[bytes]) -> bytes:
    return hashlib.blake2b(b"".join(answers), digest_size=16).digest()


def _sha256(path: str) -> bytes | None:
    place = Path(path)
    try:
        return None if place.is_symlink() else hashlib.sha256(place.read_bytes()).digest()
    except OSError:
        return None
