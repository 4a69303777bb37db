"""Regular expressions that look only where they can match.

Python's engine tries a pattern of many alternatives at every character. Most rules of this archive can begin with a few signs only
(``今``, ``去``, a digit); a class of these signs is found many times faster, and the pattern is tried there alone. What is found is the
same (``tests/test_sieve.py``). The signs are read off the pattern itself: a rule that is changed cannot be forgotten here.
"""

import importlib
import re
import sys
from collections.abc import Iterator, Sequence
from typing import Any

_CATEGORIES = {"CATEGORY_DIGIT": r"\d", "CATEGORY_SPACE": r"\s", "CATEGORY_WORD": r"\w"}


class Sieve:
    """A pattern, searched for like a compiled one."""

    __slots__ = ("_first", "pattern")

    def __init__(self, pattern: re.Pattern[str]) -> None:
        self.pattern = pattern
        signs = first_signs(pattern)
        self._first = re.compile(f"[{signs}]") if signs else None

    def finditer(self, text: str, start: int = 0, end: int = sys.maxsize) -> Iterator[re.Match[str]]:
        """``pattern.finditer(text, start, end)``."""
        if self._first is None:
            return self.pattern.finditer(text, start, end)
        candidate = self._first.search(text, start, end)  # most texts have none
        return iter(()) if candidate is None else self._matches(text, candidate.start(), end)

    def _matches(self, text: str, start: int, end: int) -> Iterator[re.Match[str]]:
        while match := self.search(text, start, end):
            yield match
            start = match.end()

    def search(self, text: str, start: int = 0, end: int = sys.maxsize) -> re.Match[str] | None:
        """``pattern.search(text, start, end)``."""
        first = self._first
        if first is None:
            return self.pattern.search(text, start, end)
        while candidate := first.search(text, start, end):
            start = candidate.start()
            match = self.pattern.match(text, start, end)
            if match is not None:
                return match
            start += 1
        return None


def gated(pattern: str) -> re.Pattern[str]:
    """``pattern`` compiled so that at every character one look tells whether a match can begin there; it finds the same.

    For patterns that are substituted or searched for in short texts, where a :class:`Sieve` costs more than it saves.

    >>> gated("重点|重大|[0-9]+个").pattern
    '(?=[0-9重])(?:重点|重大|[0-9]+个)'
    """
    signs = first_signs(re.compile(pattern))
    return re.compile(f"(?=[{signs}])(?:{pattern})" if signs else pattern)


class Sieves:
    """Several patterns, looked for together: at each place of a text those are tried that can begin with the two signs there."""

    __slots__ = ("_any", "_at", "_begins", "_patterns")

    def __init__(self, patterns: Sequence[re.Pattern[str]]) -> None:
        """Raises ``ValueError`` for a pattern that can begin with any sign."""
        signs = [first_signs(pattern) for pattern in patterns]
        if None in signs:
            raise ValueError(patterns[signs.index(None)].pattern)
        self._patterns = [pattern.match for pattern in patterns]
        self._begins = [re.compile(begin, re.DOTALL) for begin in map(_first_two, patterns)]
        self._any = re.compile(f"[{''.join(own for own in signs if own)}]" if signs else "(?!)")
        self._at: dict[str, tuple[int, ...]] = {}
        """Two signs, or the last one of a text → the patterns that can begin with them."""

    def finditer(self, text: str, start: int, end: int) -> Iterator[tuple[int, re.Match[str]]]:
        """Each match of ``patterns[index].finditer(text, start, end)`` as ``(index, match)``, in order of place."""
        free: dict[int, int] = {}
        """From where on each pattern that has matched may match again."""
        known = self._at
        for candidate in self._any.finditer(text, start, end):
            at = candidate.start()
            signs = text[at : at + 2] if at + 2 <= end else text[at]
            own = known.get(signs)
            if own is None:
                own = known[signs] = tuple(index for index, begin in enumerate(self._begins) if begin.match(signs))
            for index in own:
                if at >= free.get(index, start) and (match := self._patterns[index](text, at, end)):
                    free[index] = match.end()
                    yield index, match


def first_signs(pattern: re.Pattern[str]) -> str | None:
    """The inside of a class of all signs that a match can begin with, ``None`` where that cannot be told.

    >>> first_signs(re.compile("(?<!第)(?:今年|[0-9]月?)?底"))
    '0-9今底'
    """
    try:
        tree = importlib.import_module("re._parser").parse(pattern.pattern, pattern.flags)
    except (ImportError, AttributeError):  # the inside of Python's engine has moved: everything works, but slower
        return None
    signs, may_be_empty = _of_sequence(tree)
    return None if signs is None or may_be_empty else "".join(sorted(signs))


def _first_two(pattern: re.Pattern[str]) -> str:
    """A pattern of what the first two signs of a match can be, which may be one only; it finds the beginning of every match."""
    try:
        tree = importlib.import_module("re._parser").parse(pattern.pattern, pattern.flags)
    except (ImportError, AttributeError):
        return ""
    return "|".join(sorted("".join(begin) for begin, _ in _begins_of_sequence(tree)))


_Begins = frozenset[tuple[tuple[str, ...], bool]]
"""Beginnings of at most two classes of signs, each with whether nothing is known of what follows it."""

_NOTHING: _Begins = frozenset({((), False)})
_UNKNOWN: _Begins = frozenset({((), True)})


def _begins_of_sequence(items: Any) -> _Begins:
    begins = _NOTHING
    for operation, argument in items:
        if all(ended or len(begin) == 2 for begin, ended in begins):
            break
        begins = _joined(begins, _begins_of_item(str(operation), argument))
    return begins


def _joined(begins: _Begins, more: _Begins) -> _Begins:
    joined = set()
    for begin, ended in begins:
        if ended or len(begin) == 2:
            joined.add((begin, ended))
        else:
            joined |= {((*begin, *other)[:2], unknown) for other, unknown in more}
    return frozenset(joined)


def _begins_of_item(operation: str, argument: Any) -> _Begins:  # noqa: PLR0911 (one return a kind of node)
    match operation:
        case "LITERAL":
            return frozenset({((re.escape(chr(argument)),), False)})
        case "IN":
            signs = _of_class(argument)
            return _UNKNOWN if signs is None else frozenset({((f"[{''.join(sorted(signs))}]",), False)})
        case "BRANCH":
            return frozenset().union(*map(_begins_of_sequence, argument[1]))
        case "SUBPATTERN":
            return _begins_of_sequence(argument[3])
        case "ATOMIC_GROUP":
            return _begins_of_sequence(argument)
        case "MAX_REPEAT" | "MIN_REPEAT" | "POSSESSIVE_REPEAT":
            least, most, repeated = argument
            once = _begins_of_sequence(repeated)
            twice = _joined(once, once | _NOTHING) if most > 1 else once
            return twice if least else twice | _NOTHING
        case "ASSERT" | "ASSERT_NOT" | "AT":
            return _NOTHING
        case _:
            return _UNKNOWN


_Signs = tuple[frozenset[str] | None, bool]
"""Members of a class, ``None`` where any sign may stand; and whether nothing may stand there at all."""


def _of_sequence(items: Any) -> _Signs:
    signs: frozenset[str] = frozenset()
    for operation, argument in items:
        found, may_be_empty = _of_item(str(operation), argument)
        if found is None:
            return None, False
        signs |= found
        if not may_be_empty:
            return signs, False
    return signs, True


def _of_item(operation: str, argument: Any) -> _Signs:  # noqa: PLR0911 (one return a kind of node)
    match operation:
        case "LITERAL":
            return frozenset({re.escape(chr(argument))}), False
        case "IN":
            return _of_class(argument), False
        case "BRANCH":
            parts = [_of_sequence(part) for part in argument[1]]
            if any(signs is None for signs, _ in parts):
                return None, False
            return frozenset().union(*(signs for signs, _ in parts if signs)), any(empty for _, empty in parts)
        case "SUBPATTERN":
            return _of_sequence(argument[3])
        case "ATOMIC_GROUP":
            return _of_sequence(argument)
        case "MAX_REPEAT" | "MIN_REPEAT" | "POSSESSIVE_REPEAT":
            signs, may_be_empty = _of_sequence(argument[2])
            return signs, may_be_empty or not argument[0]
        case "ASSERT" | "ASSERT_NOT" | "AT":
            return frozenset(), True
        case _:
            return None, False


def _of_class(members: Any) -> frozenset[str] | None:
    found = set()
    for operation, argument in members:
        match str(operation):
            case "LITERAL":
                found.add(re.escape(chr(argument)))
            case "RANGE":
                found.add(f"{re.escape(chr(argument[0]))}-{re.escape(chr(argument[1]))}")
            case "CATEGORY" if str(argument) in _CATEGORIES:
                found.add(_CATEGORIES[str(argument)])
            case _:
                return None
    return frozenset(found)
