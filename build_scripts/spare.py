"""The site's second tree: every file under a second name, in folders of its own. The next site is made in it.

A new tree for each build would mean a name for every file and a folder for every page, and as many to remove: of 40,000 files, most of
what a small change costs. So the tree that a new site has pushed out of its place stays, is brought up to date, and is the next new site.
It shares the data with the site and costs folders only.

It is never trusted. Before a site is made in it, whatever is not, by its stamp, the very file that the last build recorded under that name
is taken out: what a killed build has left, strangers' files, links, trees from elsewhere. So nothing in it is ever written over either,
which would change the site that stands: a name is free, or its file stays.
"""

# ruff: noqa: PTH101, PTH102, PTH106, PTH108

# Of 40,000 files pathlib would cost more than the work.

import os
import stat
import tempfile
from collections.abc import Collection, Iterable
from pathlib import Path

from build_scripts.takeover import Record, make_folder, stamp_in
from build_scripts.write import SITE_MARK


class Tree:
    """A folder in which a site is made, and what of it stands there already."""

    def __init__(self, folder: str, record: Record) -> None:
        """Takes every file out that is not as ``record`` says. Raises ``OSError`` where that cannot be."""
        self.folder = folder
        self.standing: set[str] = set()
        """Paths of the files that are what the last build made."""
        self._folders: list[str] = []
        self._look(record)

    def _look(self, record: Record) -> None:
        mode = self._usual_mode()
        ahead = [""]
        while ahead:
            before = ahead.pop()
            with os.scandir(f"{self.folder}/{before}") as entries:
                found = list(entries)
            for entry in found:
                path = before + entry.name
                state = entry.stat(follow_symlinks=False)
                if stat.S_ISDIR(state.st_mode):
                    if state.st_mode != mode:
                        os.chmod(entry.path, stat.S_IMODE(mode))
                    self._folders.append(path)
                    ahead.append(f"{path}/")
                elif (kept := record.get(path)) is not None and kept.stamp == stamp_in(state):
                    self.standing.add(path)
                elif path != SITE_MARK or not stat.S_ISREG(state.st_mode) or state.st_size:
                    os.unlink(entry.path)
        Path(self.folder, SITE_MARK).touch()

    def _usual_mode(self) -> int:
        """That of a folder that is made here now."""
        probe = tempfile.mkdtemp(dir=self.folder, prefix=".")
        os.rmdir(probe)
        os.mkdir(probe)
        mode = os.lstat(probe).st_mode
        os.rmdir(probe)
        return mode

    def clear(self, staying: Collection[str], wanted: Iterable[str]) -> None:
        """Takes out what stands and is not ``staying``, and every folder that none of the ``wanted`` files will lie in."""
        for path in self.standing.difference(staying):
            os.unlink(f"{self.folder}/{path}")
        needed: set[str] = set()
        for path in wanted:
            folder = path.rpartition("/")[0]
            while folder and folder not in needed:
                needed.add(folder)
                folder = folder.rpartition("/")[0]
        for folder in sorted(set(self._folders).difference(needed), reverse=True):
            os.rmdir(f"{self.folder}/{folder}")


def follow(spare: str, site: str, made: Iterable[str], gone: Iterable[str]) -> None:
    """Gives ``spare``, the tree that was the site before, the files of ``site``: ``made`` are those that it has not, or has otherwise, and
    ``gone`` those that it has alone.

    Raises ``OSError`` where that cannot be, and where a folder of it is none: a stranger's link may lead anywhere.
    """
    real: set[str] = {""}
    for path in gone:
        if _lies_in(spare, path, real) and os.path.lexists(f"{spare}/{path}"):
            os.unlink(f"{spare}/{path}")
    for path in made:
        one, other = f"{site}/{path}", f"{spare}/{path}"
        if _lies_in(spare, path, real):
            try:
                if os.path.samestat(os.lstat(one), os.lstat(other)):
                    continue
                os.unlink(other)
            except FileNotFoundError:
                pass
        else:
            make_folder(other)
        os.link(one, other, follow_symlinks=False)


def _lies_in(tree: str, path: str, real: set[str]) -> bool:
    """Whether the folder of ``path`` is there; ``real`` are those that are known to be folders."""
    folder = path.rpartition("/")[0]
    if folder in real:
        return True
    if not _lies_in(tree, folder, real):
        return False
    try:
        state = os.lstat(f"{tree}/{folder}")
    except FileNotFoundError:
        return False
    if not stat.S_ISDIR(state.st_mode):
        raise NotADirectoryError(f"{tree}/{folder}")
    real.add(folder)
    return True
