"""Several files changed as one: all of them or none, whatever happens to the process or the disk.

Everything new is written to ``.pending/`` inside the folder first, and what it replaces gets a second name there. Then a journal says what
is about to change, the files are renamed into their places, and the journal goes: that is the moment at which the change holds.

- A run that fails (a full disk, Ctrl-C) takes back what it did before it ends.
- A run that is killed before the journal stands has changed nothing; one that is killed after it is taken back by the next command, before
  that reads or writes anything (:func:`recover`). Between the two the folder may hold files of both states, each of them whole.
- Undoing needs no space: every file it puts back is still there under its second name.
"""

import json
import os
import shutil
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

from build_scripts.errors import OutputError

PENDING = ".pending"
"""The staging folder. Its name begins with a dot, so neither MkDocs nor the reader of sources sees it."""

_JOURNAL = "journal.json"
_DRAFT = "journal.writing"
_CHUNK = 1 << 20


@dataclass(frozen=True, slots=True)
class Grown:
    """What a file is to hold that begins as the one in its place does."""

    path: str
    """Of that file."""
    same: int
    """So many bytes of it stay; 0 where there is none."""
    rest: Iterator[bytes]
    """What follows them, piece by piece."""

    def first(self) -> Iterator[bytes]:
        """The bytes that stay."""
        return _first(Path(self.path), self.same)


Content = bytes | Iterable[bytes] | Grown
"""What a file is to hold: whole, or piece by piece where it is too large to be held at once."""


@dataclass(frozen=True, slots=True)
class Staged:
    """Changes that lie beside their places, ready to be made."""

    folder: Path
    changes: tuple[tuple[str, bool, bool], ...]
    """Path, whether a file stands there, whether it goes."""
    lasting: bool

    def apply(self) -> None:
        """Makes all changes, or none and raises :class:`~build_scripts.errors.OutputError`."""
        if not self.changes:
            return
        pending = self.folder / PENDING
        try:
            (pending / _DRAFT).rename(pending / _JOURNAL)
            _sync_folder(pending)
            _apply(self)
            (pending / _JOURNAL).unlink()
        except BaseException as error:
            recover(self.folder)
            if isinstance(error, OSError):
                raise _refusal(self.folder, error) from error
            raise
        shutil.rmtree(pending, ignore_errors=True)

    def drop(self) -> None:
        """Forgets the changes."""
        shutil.rmtree(self.folder / PENDING, ignore_errors=True)


def commit(folder: Path, changes: Mapping[str, bytes | None], *, lasting: bool = False) -> None:
    """Makes every change below ``folder`` (path → new bytes, ``None`` to remove the file), or none and raises.

    ``lasting`` also survives a power cut: what an editor wrote, which no build can make again. Folders that are emptied go too.
    Raises :class:`~build_scripts.errors.OutputError`. The caller holds the archive's lock.
    """
    stage(folder, sorted(changes.items()), lasting=lasting).apply()


def stage(folder: Path, changes: Iterable[tuple[str, Content | None]], *, lasting: bool = False) -> Staged:
    """Writes the new files of ``changes`` one after the other, as they come, each beside its place: :meth:`Staged.apply` makes the change.

    A file that holds its new bytes already is no change. Where anything fails, here or in ``changes``, nothing is left behind. What is
    never applied is cleared away by the next :func:`recover`.
    """
    try:
        recover(folder)
        return _stage(folder, changes, lasting=lasting)
    except OSError as error:
        shutil.rmtree(folder / PENDING, ignore_errors=True)
        raise _refusal(folder, error) from error
    except BaseException:
        shutil.rmtree(folder / PENDING, ignore_errors=True)
        raise


def write_file(path: Path, data: bytes) -> None:
    """Writes one file that is in no archive, whole or not at all. Raises :class:`~build_scripts.errors.OutputError`."""
    try:
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=".writing-")
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(data)
            Path(name).chmod(0o644)
            Path(name).replace(path)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise
    except OSError as error:
        raise _refusal(path, error) from error


def is_pending(folder: Path) -> bool:
    """Whether a killed run left a change half made."""
    return (folder / PENDING / _JOURNAL).exists()


def recover(folder: Path) -> None:
    """Takes back what a killed run left half made below ``folder``. The caller holds the archive's lock.

    It may be killed itself, any number of times: each step is the same when it is done again.
    """
    pending = folder / PENDING
    try:
        if is_pending(folder):
            for number, (path, existed) in reversed(list(enumerate(_read_journal(pending)))):
                _undo(folder, path, pending / f"new-{number}", pending / f"old-{number}", existed=existed)
            (pending / _JOURNAL).unlink()
        if pending.exists():
            shutil.rmtree(pending)
    except OSError as error:
        raise _refusal(folder, error) from error


def _refusal(folder: Path, error: OSError) -> OutputError:
    return OutputError(error.filename or folder, 0, f"cannot be written ({error.strerror or error})")


def _read_journal(pending: Path) -> list[tuple[str, bool]]:
    try:
        return [(str(path), bool(existed)) for path, existed in json.loads((pending / _JOURNAL).read_text("utf-8"))]
    except ValueError as error:
        raise OutputError(pending / _JOURNAL, 0, "is damaged", "a journal; restore the folder from git and remove this file") from error


def _stage(folder: Path, changes: Iterable[tuple[str, Content | None]], *, lasting: bool) -> Staged:
    pending = folder / PENDING
    staged: list[tuple[str, bool, bool]] = []
    for path, content in changes:
        target, new = folder / path, pending / f"new-{len(staged)}"
        existed = target.is_file()
        if isinstance(content, bytes) and existed and target.stat().st_size == len(content) and target.read_bytes() == content:
            continue
        if not staged:
            pending.mkdir(parents=True, exist_ok=True)
        if isinstance(content, bytes):
            _write(new, (content,), lasting=lasting)
        elif content is not None:
            known, pieces = (content.same, content.rest) if isinstance(content, Grown) else (0, iter(content))
            same, rest = _compare(target, pieces, known) if existed else (0, b"")
            if rest is None:
                continue
            _write(new, chain(_first(target, same), (rest,), pieces), lasting=lasting)
        if existed:
            _second_name(target, pending / f"old-{len(staged)}")
        staged.append((path, existed, content is None))
    if staged:
        journal = [(path, existed) for path, existed, _ in staged]
        _write(pending / _DRAFT, (json.dumps(journal, ensure_ascii=False).encode(),), lasting=True)
        if lasting:
            _sync_folder(pending)
    elif pending.exists():
        pending.rmdir()
    return Staged(folder, tuple(staged), lasting)


def _compare(path: Path, pieces: Iterator[bytes], same: int) -> tuple[int, bytes | None]:
    """How far the file is what comes in ``pieces`` behind the first ``same`` bytes, and the piece in which the two part; ``None`` where
    they do not. Most of a large file is as it was: it is not written to be compared."""
    with path.open("rb") as file:
        file.seek(same)
        for piece in pieces:
            if file.read(len(piece)) != piece:
                return same, piece
            same += len(piece)
        return same, None if not file.read(1) else b""


def _first(path: Path, length: int) -> Iterator[bytes]:
    """The first ``length`` bytes of a file."""
    if length:
        with path.open("rb") as file:
            while length and (data := file.read(min(length, _CHUNK))):
                length -= len(data)
                yield data


def _write(path: Path, pieces: Iterable[bytes], *, lasting: bool) -> None:
    with path.open("wb") as file:
        for piece in pieces:
            file.write(piece)
        if lasting:
            file.flush()
            os.fsync(file.fileno())
    path.chmod(0o644)


def _second_name(path: Path, other: Path) -> None:
    try:
        other.hardlink_to(path)
    except OSError:  # a file system without links
        shutil.copy2(path, other)


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        with suppress(OSError):  # some file systems sync no folders
            os.fsync(handle)
    finally:
        os.close(handle)


def _apply(staged: Staged) -> None:
    folder = staged.folder
    for number, (path, _, goes) in enumerate(staged.changes):
        target = folder / path
        if goes:
            target.unlink()
            _remove_empty(target.parent, folder)
        else:
            target.parent.mkdir(parents=True, exist_ok=True)
            (folder / PENDING / f"new-{number}").replace(target)
        if staged.lasting:
            _sync_folder(target.parent if target.parent.exists() else folder)


def _undo(folder: Path, path: str, new: Path, old: Path, *, existed: bool) -> None:
    target = folder / path
    if existed and old.exists() and not (target.exists() and old.samefile(target)):
        target.parent.mkdir(parents=True, exist_ok=True)
        old.replace(target)
    elif not existed and not new.exists():  # it was renamed into its place
        target.unlink(missing_ok=True)
    if not existed and target.parent.exists():
        _remove_empty(target.parent, folder)


def _remove_empty(parent: Path, folder: Path) -> None:
    while parent != folder and not any(parent.iterdir()):
        parent.rmdir()
        parent = parent.parent
