"""What a build knows of the pages that the last one made: which of them stand as they would be made again."""

import hashlib
from pathlib import Path

import msgspec

from build_scripts.cache import Cache
from build_scripts.fingerprint import content_key
from build_scripts.pages.asked import AskedView, LaterDocument, Question, UnknownError
from build_scripts.pages.document import Document


class _Page(msgspec.Struct, array_like=True):
    """One page of the last build."""

    given: bytes
    questions: list[int]
    answers: bytes
    sha256: bytes


class _Pages(msgspec.Struct, array_like=True):
    """All of them; their questions are numbered, for most are asked by many pages."""

    questions: list[list[str]]
    pages: dict[str, _Page]


class KeptPages:
    """The pages below one ``content/``, from build to build."""

    def __init__(self, cache: Cache, view: AskedView, content: Path, *, full_text: bool) -> None:
        self._cache, self._view, self._content = cache, view, content
        self._key = content_key(b"pages", bytes([full_text]))
        self._last = self._recall()
        self._numbers: dict[Question, int] = {}
        self._pages: dict[str, _Page] = {}
        self._untouched: set[str] = set()
        """Pages that nobody had looked into when they were asked for: nobody can have added anything to them."""

    def _recall(self) -> _Pages:
        try:
            return msgspec.json.decode(self._cache.get(self._key) or b"[[],{}]", type=_Pages)
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
            questions: list[Question] = [tuple(self._last.questions[number]) for number in page.questions]
            current = page.given == self._view.digest(document.given) and page.answers == self._answers(questions)
        except (UnknownError, LookupError, AttributeError):
            return False
        if not current or _sha256(self._content / document.path) != page.sha256:
            return False
        self._pages[document.path] = self._numbered(page, questions)
        return True

    def note(self, document: Document, data: bytes) -> None:
        """Keeps in mind how the page was made that is written as ``data``."""
        if not isinstance(document, LaterDocument) or document.questions is None or document.path not in self._untouched:
            return
        try:
            page = _Page(self._view.digest(document.given), [], self._answers(document.questions), hashlib.sha256(data).digest())
        except UnknownError:
            return
        self._pages[document.path] = self._numbered(page, document.questions)

    def keep(self) -> None:
        """Keeps all that for the next build."""
        pages = _Pages([list(question) for question in self._numbers], self._pages)
        self._cache.put(self._key, msgspec.json.encode(pages))

    def _answers(self, questions: tuple[Question, ...] | list[Question]) -> bytes:
        return hashlib.blake2b(b"".join(self._view.answer(question) for question in questions), digest_size=16).digest()

    def _numbered(self, page: _Page, questions: tuple[Question, ...] | list[Question]) -> _Page:
        numbers = [self._numbers.setdefault(question, len(self._numbers)) for question in questions]
        return _Page(page.given, numbers, page.answers, page.sha256)


def _sha256(path: Path) -> bytes | None:
    try:
        return None if path.is_symlink() else hashlib.sha256(path.read_bytes()).digest()
    except OSError:
        return None
