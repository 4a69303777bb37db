"""What a build knows of the pages that the last one made: which of them stand as they would be made again."""

import hashlib
from array import array
from pathlib import Path

import msgspec

from build_scripts.cache import Cache
from build_scripts.fingerprint import content_key
from build_scripts.pages.asked import DIGEST, AskedView, Question, UnknownError
from build_scripts.pages.document import Document
from build_scripts.pages.later import LaterDocument
from build_scripts.takeover import stamp_of


class _Page(msgspec.Struct, array_like=True):
    """One page of the last build."""

    given: bytes
    questions: bytes
    """Their numbers, four bytes each."""
    sha256: bytes
    stamp: str = ""
    """Of the file, see :func:`build_scripts.takeover.stamp_of`: where it is what it was, nobody reads the file."""


class _Pages(msgspec.Struct, array_like=True):
    """All of them; their questions are numbered, for most are asked by many pages."""

    questions: list[tuple[str, ...]]
    answers: bytes
    """Of each question, in their order."""
    pages: dict[str, _Page]


class KeptPages:
    """The pages below one ``content/``, from build to build."""

    def __init__(self, cache: Cache, view: AskedView, content: Path, *, full_text: bool) -> None:
        self._cache, self._view, self._folder = cache, view, str(content)
        self._key = content_key(b"pages", bytes([full_text]))
        self._last = self._recall()
        self._answers: list[bytes] = []
        """What each question is answered now; none, and of no length, where that cannot be told."""
        self._changed: set[int] | None = None
        """The questions of the last build that are answered otherwise now; ``None`` until they have been asked again."""
        self._numbers: dict[Question, int] = {question: number for number, question in enumerate(self._last.questions)}
        self._pages: dict[str, _Page] = {}
        self._untouched: set[str] = set()
        """Pages that nobody had looked into when they were asked for: nobody can have added anything to them."""

    def _recall(self) -> _Pages:
        try:
            last = msgspec.msgpack.decode(self._cache.get(self._key) or b"", type=_Pages)
        except msgspec.MsgspecError:
            return _Pages([], b"", {})
        return last if len(last.answers) == DIGEST * len(last.questions) else _Pages([], b"", {})

    def _ask_again(self) -> set[int]:
        """Answers all questions of the last build; returns the numbers of those whose answers are others now."""
        if self._changed is None:
            self._answers = self._view.answer_all(self._last.questions)
            last = memoryview(self._last.answers)
            self._changed = {
                number for number, answer in enumerate(self._answers) if answer != last[DIGEST * number : DIGEST * (number + 1)]
            }
        return self._changed

    def stands(self, document: Document) -> bool:
        """Whether the page was made by the last build, would be made the same now, and still is what was written."""
        if not isinstance(document, LaterDocument) or document.questions is not None:
            return False
        self._untouched.add(document.path)
        page = self._last.pages.get(document.path)
        if page is None:
            return False
        try:
            current = self._ask_again().isdisjoint(_numbers(page.questions)) and page.given == self._view.digest(document.given)
        except (UnknownError, ValueError):
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
        self._ask_again()
        try:
            given = self._view.digest(document.given)
            numbers = array(_FOUR, [self._number(question) for question in document.questions])
        except UnknownError:
            return
        self._pages[document.path] = _Page(given, numbers.tobytes(), hashlib.sha256(data).digest())

    def _number(self, question: Question) -> int:
        """The number of a question whose answer is known. Raises :class:`UnknownError`."""
        number = self._numbers.get(question)
        if number is None:
            self._answers.append(self._view.answer(question))
            number = self._numbers[question] = len(self._answers) - 1
        elif not self._answers[number]:
            raise UnknownError(question)
        return number

    def keep(self) -> None:
        """Keeps all that for the next build. The pages are in their places."""
        used: set[int] = set()
        for path, page in self._pages.items():
            used.update(_numbers(page.questions))
            if not page.stamp:
                page.stamp = stamp_of(f"{self._folder}/{path}")
        self._ask_again()
        questions, answers = list(self._numbers), self._answers
        if len(questions) > _SPARE * len(used):  # what nobody asks any more is forgotten now and then
            again = {number: at for at, number in enumerate(sorted(used))}
            questions, answers = [questions[number] for number in again], [answers[number] for number in again]
            for page in self._pages.values():
                page.questions = array(_FOUR, [again[number] for number in _numbers(page.questions)]).tobytes()
        kept = _Pages(questions, b"".join(answer or bytes(DIGEST) for answer in answers), self._pages)
        self._cache.put(self._key, msgspec.msgpack.encode(kept))


_SPARE = 1.5
"""Questions that are kept, of one that is still asked."""

_FOUR = "I" if array("I").itemsize == 4 else "L"


def _numbers(data: bytes) -> "array[int]":
    numbers = array(_FOUR)
    numbers.frombytes(data)
    return numbers


def _sha256(path: str) -> bytes | None:
    place = Path(path)
    try:
        return None if place.is_symlink() else hashlib.sha256(place.read_bytes()).digest()
    except OSError:
        return None
