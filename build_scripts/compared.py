"""What is found by comparing issues with each other, kept from build to build: related articles, and the ledger of projects and firms.

What an issue is compared with are those before it. So what the last build found holds as far as the issues, in order of time, are what
they were.
"""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from itertools import takewhile
from pathlib import Path

import msgspec

from build_scripts.cache import Cache
from build_scripts.fingerprint import content_key
from build_scripts.projects.aliasfile import NAME, read_alias_file
from build_scripts.projects.continued import KeptLedger, Marks, OtherwiseError, continue_ledger, keep_ledger
from build_scripts.projects.ledger import gather
from build_scripts.projects.records import Ledger, PageNames
from build_scripts.projects.register import read_register
from build_scripts.records import Issue, Redirects
from build_scripts.related import Related, find_related

REGISTERS = {"projects": "projects/register.csv", "companies": "companies/register.csv"}
"""Files below ``content/``, see :mod:`build_scripts.projects.register`."""

JUDGED = ("content/redirects.yml", NAME)
"""What bears on the ledger besides issues and registers."""


class _Found(msgspec.Struct, array_like=True):
    """What a build found."""

    issues: tuple[bytes, ...]
    """Their keys, in order of time."""
    judged: bytes
    """Hash of the files :data:`JUDGED`."""
    related: tuple[Related, ...]
    """Of each issue."""
    ledger: KeptLedger


class Compared:
    """The issues of the archive below one root, compared."""

    def __init__(self, root: Path, cache: Cache | None = None, keys: Mapping[str, bytes] | None = None) -> None:
        """``cache`` keeps what is found; ``keys`` are those of :func:`build_scripts.reads.read_ahead`."""
        self._root, self._cache, self._keys = root, cache, keys or {}
        self._key = content_key(b"compared")
        self.marks = Marks()
        self._found: Callable[[], _Found] | None = None

    def find(self, issues: Sequence[Issue], names: Mapping[str, PageNames], redirects: Redirects) -> tuple[Related, Ledger]:
        """Related articles and the ledger of ``issues``, which are in order of time.

        Raises :class:`~build_scripts.errors.LayoutError` for a register or a judgement that is none.
        """
        keys = tuple([self._keys.get(issue.id, b"") for issue in issues])
        last = self._recall() if all(keys) else None
        same = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(keys, last.issues, strict=False))) if last else 0
        related = find_related(issues, last.related[:same] if last else ())
        judged = self._hash_judged()
        each = tuple([{article.id: related[article.id] for article in issue.articles} for issue in issues])
        if last and same == len(last.issues) and judged == last.judged:
            with suppress(OtherwiseError):
                ledger, kept = continue_ledger(
                    last.ledger,
                    issues,
                    len(issues) - same,
                    names,
                    registers={path: _read(self._root / "content" / path) for path in REGISTERS.values()},
                    redirects=redirects,
                    reviewed=read_alias_file(self._root),
                )
                self.marks = kept.marks
                self._found = lambda: _Found(keys, judged, each, kept)
                return related, ledger
        registers = {kind: read_register(self._root / "content" / path, redirects) for kind, path in REGISTERS.items()}
        gathered = gather(issues, names, registers, redirects, read_alias_file(self._root))
        pages = [names[page.page.source] for issue in issues for page in issue.pages if page.page.source in names]
        self._found = lambda: _Found(keys, judged, each, keep_ledger(gathered, pages, self.marks))
        return related, gathered.ledger

    def keep(self) -> None:
        """Keeps what was found for the next build. The registers are in their places."""
        if self._cache and self._found:
            self._cache.put(self._key, msgspec.msgpack.encode(self._found()))

    def _recall(self) -> _Found | None:
        data = self._cache.get(self._key) if self._cache else None
        try:
            return msgspec.msgpack.decode(data or b"", type=_Found)
        except msgspec.MsgspecError:
            return None

    def _hash_judged(self) -> bytes:
        return hashlib.sha256(b"".join(hashlib.sha256(_read(self._root / path)).digest() for path in JUDGED)).digest()


def _read(path: Path) -> bytes:
    """The file's bytes; none where it cannot be read, as what reads it says."""
    try:
        return path.read_bytes()
    except OSError:
        return b""
