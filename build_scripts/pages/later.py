"""Pages that are made when somebody looks into them: most stand as they were, and nobody does."""

from collections.abc import Callable
from typing import Any

from build_scripts.pages.asked import AskedView, Question
from build_scripts.pages.document import Document, Meta
from build_scripts.pages.view import View


class LaterDocument(Document):
    """A page that is made when somebody looks into it."""

    __slots__ = ("_made", "_make", "given", "questions", "view")

    def __init__(self, path: str, view: AskedView, given: object, make: Callable[[], Document]) -> None:
        set_field = object.__setattr__  # a Document is frozen: it does not change, but this one is not there yet
        set_field(self, "path", path)
        set_field(self, "view", view)
        set_field(self, "given", given)
        set_field(self, "questions", None)
        set_field(self, "_make", make)
        set_field(self, "_made", None)

    view: AskedView
    given: object
    """What it is made of besides the answers to its questions."""
    questions: tuple[Question, ...] | None
    """What was asked when it was made; ``None`` until then."""
    _make: Callable[[], Document]
    _made: Document | None

    def _document(self) -> Document:
        if self._made is None:
            made, questions = self.view.listen(self._make)
            if made.path != self.path:
                raise AssertionError(f"{made.path} was announced as {self.path}")
            object.__setattr__(self, "_made", made)
            object.__setattr__(self, "questions", questions)
        assert self._made is not None
        return self._made

    @property
    def meta(self) -> Meta:
        """See :class:`Document`."""
        return self._document().meta

    @property
    def body(self) -> str:
        """See :class:`Document`."""
        return self._document().body


def later(view: View, path: str, given: object, make: Callable[[], Document]) -> Document:
    """The document that ``make`` gives: made at once, or, of an :class:`AskedView`, when it is needed.

    ``given`` is everything that ``make`` knows besides what it asks ``view`` for.
    """
    asked: Any = view
    return LaterDocument(path, asked, given, make) if isinstance(asked, AskedView) else make()
