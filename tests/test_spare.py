"""The site's second tree: brought up to date and never trusted, whatever was done to it."""

import errno
import os
import random
import shutil
import signal
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from mkdocs.exceptions import Abort

from build_scripts import site, takeover, write
from build_scripts.build import build_archive
from build_scripts.site import build_site
from build_scripts.spare import Tree, follow
from build_scripts.takeover import Kept, stamp_of
from build_scripts.write import SITE_MARK
from tests import crash

MakeArchive = Callable[..., Path]


def tree(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def folders(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_dir()}


def places(folder: Path) -> dict[str, int]:
    """Which file on the disk each is; the mark is each tree's own."""
    return {
        path.relative_to(folder).as_posix(): path.stat().st_ino for path in folder.rglob("*") if path.is_file() and path.name != SITE_MARK
    }


@pytest.fixture
def settled(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every file counts as written long ago."""
    monkeypatch.setattr(takeover, "RACY", 0)


@pytest.fixture
def root(make_archive: MakeArchive) -> Path:
    """An archive whose site has been built twice, so that it has its second tree."""
    root = make_archive()
    build_archive(root)
    for _ in range(2):
        build_site(root, root / "site")
    return root


@pytest.fixture
def second(root: Path) -> Path:
    return root / ".build/cache/spare/site"


def change(root: Path, name: str = "issues/2024-after-0819/datong.md") -> Path:
    """Another word in a page's text, as a build writes it: a new file in the old one's place."""
    page = root / "content" / name
    new = page.with_name(".new")
    new.write_text(page.read_text("utf-8") + "又及\n", "utf-8")
    new.replace(page)
    return page


def anew(root: Path) -> dict[str, bytes]:
    """What the same pages give where nothing has been built before."""
    out = root / "anew"
    if (out / "content").is_dir() and tree(out / "content") == tree(root / "content"):
        return tree(out / "site")
    shutil.rmtree(out, ignore_errors=True)
    shutil.copytree(root / "content", out / "content")
    shutil.copytree(root / ".build", out / ".build", ignore=lambda folder, names: ["cache"])
    build_site(out, out / "site")
    return tree(out / "site")


def test_it_shares_every_file_with_the_site(root: Path, second: Path) -> None:
    assert places(second) == places(root / "site")
    change(root)
    (root / "content/notes.md").write_text("# 手记\n", "utf-8")
    build_site(root, root / "site")
    assert places(second) == places(root / "site")
    (root / "content/notes.md").unlink()
    build_site(root, root / "site")
    assert places(second) == places(root / "site")
    assert sorted(path.name for path in root.glob("site*")) == ["site"]


def test_a_change_touches_only_what_it_changes(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    files = len(tree(root / "site"))
    steps: list[str] = []
    for name in ("link", "unlink", "mkdir", "rmdir"):
        function = getattr(os, name)

        def noted(*arguments: object, _name: str = name, _function: Callable[..., object] = function, **options: object) -> object:
            steps.append(_name)
            return _function(*arguments, **options)

        monkeypatch.setattr(os, name, noted)
    for _ in range(2):
        steps.clear()
        change(root)
        build_site(root, root / "site")
        assert 0 < len(steps) < files / 2, "the changed page, and the few that are made every time, as often as they are linked"


def test_the_site_stands_as_it_was_until_it_is_replaced(root: Path, second: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before, swap = tree(root / "site"), write.swap_folder
    seen: list[bool] = []

    def look(*arguments: Path) -> bool:
        seen.append(tree(root / "site") == before)
        return swap(*arguments)

    monkeypatch.setattr(site, "swap_folder", look)
    change(root)
    (second / "issues/index.html").write_bytes(b"damaged")  # the site's own file, under its second name
    before["issues/index.html"] = b"damaged"
    build_site(root, root / "site")
    assert seen == [True]
    assert tree(root / "site") == anew(root)


def damage_nothing(place: Path, rng: random.Random) -> None:
    """Leaves all as it is."""


def damage_file(place: Path, rng: random.Random) -> None:
    """Other bytes of the same length, the times put back."""
    file = pick(place, rng)
    times = file.stat()
    data = file.read_bytes()
    file.write_bytes(data[:-1] + b"~")
    os.utime(file, ns=(times.st_atime_ns, times.st_mtime_ns))


def damage_another(place: Path, rng: random.Random) -> None:
    """Another file under the name."""
    file = pick(place, rng)
    file.unlink()
    file.write_bytes(b"foreign")


def damage_missing(place: Path, rng: random.Random) -> None:
    pick(place, rng).unlink()


def damage_exchanged(place: Path, rng: random.Random) -> None:
    """Two files have changed names."""
    one, other = pick(place, rng), pick(place, rng)
    one.rename(place / "aside")
    if other.exists():
        other.rename(one)
    (place / "aside").rename(other)


def damage_link(place: Path, rng: random.Random) -> None:
    file = pick(place, rng)
    file.unlink()
    file.symlink_to(outside(place) / "kept/index.html")


def damage_linked_folder(place: Path, rng: random.Random) -> None:
    """A folder of the tree is a link to one elsewhere that holds the same."""
    folder = rng.choice([place / "issues", place / "data", pick(place, rng).parent])
    if folder not in (place, place / "search"):
        elsewhere = outside(place) / "folder"
        shutil.rmtree(elsewhere, ignore_errors=True)
        shutil.copytree(folder, elsewhere, copy_function=os.link)
        shutil.rmtree(folder)
        folder.symlink_to(elsewhere)


def damage_more(place: Path, rng: random.Random) -> None:
    (place / f"foreign-{rng.randint(1, 9)}/deep").mkdir(parents=True, exist_ok=True)
    (place / "issues/foreign.html").write_bytes(b"foreign")
    (place / "foreign").mkdir(exist_ok=True)


def damage_kind(place: Path, rng: random.Random) -> None:
    """A folder in the place of a file, and a file in that of a folder."""
    file = pick(place, rng)
    file.unlink()
    file.mkdir()
    shutil.rmtree(place / "cities")
    (place / "cities").write_bytes(b"foreign")


def damage_modes(place: Path, rng: random.Random) -> None:
    (place / "issues").chmod(0o700)


DAMAGES = [function for name, function in sorted(globals().items()) if name.startswith("damage_")]


def pick(place: Path, rng: random.Random) -> Path:
    return rng.choice([path for path in sorted(place.rglob("*")) if path.is_file() and not path.is_symlink() and path.name != SITE_MARK])


def outside(place: Path) -> Path:
    root = next(parent for parent in place.parents if (parent / "content").is_dir())
    return root / "outside"


def test_random_changes_and_damages(root: Path, second: Path) -> None:
    """Of site, second tree and record, whatever is damaged or gone: the site is what it would be from nothing, and the rest stays."""
    rng = random.Random(3)
    (root / "outside/kept").mkdir(parents=True)
    (root / "outside/kept/index.html").write_bytes(b"kept")
    rng.shuffle(DAMAGES)
    for damage in DAMAGES:
        for place in rng.choice([(second,), (root / "site",), (second, root / "site")]):
            if place.is_dir():
                damage(place, rng)
        if rng.random() < 0.4:
            change(root, rng.choice(["issues/2024-after-0819/datong.md", "index.md"]))
        match rng.randint(1, 9):
            case 1:
                shutil.rmtree(second, ignore_errors=True)
            case 2:
                shutil.rmtree(root / "site")
            case 3:
                shutil.rmtree(root / ".build/cache/site")
            case 4:
                (root / f"content/notes-{rng.randint(1, 3)}.md").write_text("# 手记\n", "utf-8")
            case 5:
                for path in root.glob("content/notes-*.md"):
                    path.unlink()
        held = tree(root / "outside")
        build_site(root, root / "site")
        fresh = anew(root)
        assert tree(root / "site") == fresh, damage
        assert folders(root / "site") == folders(root / "anew/site"), damage
        assert not [path for path in (root / "site").rglob("*") if path.is_symlink()], damage
        assert {path.stat().st_mode for path in (root / "site").rglob("*") if path.is_dir()} == {(root / "outside").stat().st_mode}
        assert tree(root / "outside") == held, damage


def build_until(root: Path, number: int) -> int:
    """Builds the site in a process of its own that is killed before it takes step ``number``; returns how it ended."""
    child = os.fork()
    if not child:
        crash._command = os.getpid()
        watch = crash._Watch(number, crash._kill)
        sys.addaudithook(watch)
        build_site(root, root / "site")
        (root / "count").write_text(str(watch.count), "utf-8")
        os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def test_a_kill_at_any_step_leaves_one_site_or_the_other(root: Path, second: Path) -> None:
    """One after the other, each on what the last has left of the second tree."""
    change(root)
    assert build_until(root, crash._NO_POINT) == 0
    steps = int((root / "count").read_text())
    before = tree(root / "site")
    assert before == anew(root)
    change(root)
    after, replaced = anew(root), 0
    for number in random.Random(4).choices(range(steps), k=9):
        assert build_until(root, number) in (0, -signal.SIGKILL)
        assert tree(root / "site") in (before, after), number
        if tree(root / "site") == after:
            replaced += 1
            change(root)
            before, after = after, anew(root)
    assert replaced
    build_site(root, root / "site")
    assert tree(root / "site") == after
    assert places(second) == places(root / "site")
    assert sorted(path.name for path in root.glob("site*")) == ["site"]


@pytest.mark.parametrize("other", ["file", "link", "foreign", "empty"])
def test_what_is_no_tree_of_ours_is_not_used(root: Path, second: Path, other: str) -> None:
    shutil.rmtree(second)
    elsewhere = root / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / SITE_MARK).touch()
    (elsewhere / "thesis").write_bytes(b"x")
    if other == "file":
        second.write_bytes(b"x")
    elif other == "link":
        second.symlink_to(elsewhere)
    else:
        second.mkdir()
        if other == "foreign":
            (second / "thesis").write_bytes(b"x")
    change(root)
    build_site(root, root / "site")
    assert tree(root / "site") == anew(root)
    assert tree(elsewhere) == {SITE_MARK: b"", "thesis": b"x"}
    assert places(second) == places(root / "site")


def test_an_archive_that_was_copied_elsewhere(root: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    copy = tmp_path_factory.mktemp("copy") / "archive"
    shutil.copytree(root, copy, symlinks=True)
    change(copy)
    build_site(copy, copy / "site")
    assert tree(copy / "site") == anew(copy)


@pytest.mark.usefixtures("settled")
def test_each_site_of_an_archive_has_its_own(root: Path, second: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    others = [root / "site.audit", tmp_path.with_name(f"{tmp_path.name}-elsewhere") / "a b"]
    spares = [second, second.with_name("site.audit"), second.with_name(f"..%2F{tmp_path.name}-elsewhere%2Fa%20b")]
    for other in (*others, *others):
        build_site(root, other)
    monkeypatch.setattr(takeover, "_digest", pytest.fail)  # what stands is known by its stamps
    for place, spare in zip((root / "site", *others), spares, strict=True):
        build_site(root, place)
        assert places(spare) == places(place)
    assert sorted(second.parent.iterdir()) == sorted(spares)
    shutil.rmtree(others[0])
    build_site(root, root / "site")
    assert sorted(second.parent.iterdir()) == sorted([spares[0], spares[2]]), "it would hold data that no site has"
    shutil.rmtree(others[1])


@pytest.mark.usefixtures("settled")
def test_where_it_cannot_be_kept_the_site_is_known_all_the_same(root: Path, second: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*arguments: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with monkeypatch.context() as patch:
        patch.setattr(site, "follow", refuse)
        build_site(root, root / "site")
    assert not second.exists()
    monkeypatch.setattr(takeover, "_digest", pytest.fail)
    build_site(root, root / "site")
    assert places(second) == places(root / "site")


@pytest.fixture
def apart(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """``.build/`` lies on another disk than the site."""
    rename = Path.rename

    def refuse(self: Path, target: Path) -> Path:
        if ".build" in {*self.parts} ^ {*target.parts}:
            raise OSError(errno.EXDEV, os.strerror(errno.EXDEV))
        return rename(self, target)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "rename", refuse)
        yield


@pytest.mark.usefixtures("apart")
def test_on_another_disk_there_is_none(make_archive: MakeArchive) -> None:
    root = make_archive()
    build_archive(root)
    for _ in range(2):
        change(root)
        build_site(root, root / "site")
        assert not (root / ".build/cache/spare/site").exists()
        assert sorted(path.name for path in root.glob("site*")) == ["site"]
    assert tree(root / "site") == anew(root)


def test_without_second_names_all_is_made_again(root: Path, second: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*arguments: object, **options: object) -> None:
        raise OSError(errno.EPERM, os.strerror(errno.EPERM))

    shutil.rmtree(second)
    monkeypatch.setattr(os, "link", refuse)
    change(root)
    build_site(root, root / "site")
    assert tree(root / "site") == anew(root)
    assert not second.exists()


@pytest.mark.usefixtures("settled")
def test_a_failed_build_leaves_the_site_and_what_its_tree_shares_with_it(root: Path, second: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = tree(root / "site")
    shared = places(root / "site")
    notes = root / "content/notes.md"
    notes.write_text("# 手记\n\n[x](nowhere.md)\n", "utf-8")
    for _ in range(2):
        with pytest.raises(Abort):
            build_site(root, root / "site")
        assert tree(root / "site") == before
        assert not (root / "site.new").exists()
        assert 0 < len(places(second)) == len(places(second).items() & shared.items())
    notes.unlink()
    monkeypatch.setattr(takeover, "_digest", pytest.fail)  # nothing has to be read to see that it is what it was
    build_site(root, root / "site")
    assert tree(root / "site") == before


def test_a_build_from_nothing_that_fails_leaves_nothing(make_archive: MakeArchive) -> None:
    root = make_archive()
    build_archive(root)
    (root / "content/notes.md").write_text("# 手记\n\n[x](nowhere.md)\n", "utf-8")
    with pytest.raises(Abort):
        build_site(root, root / "site")
    assert not list(root.glob("site*"))
    assert not (root / ".build/cache/spare/site").exists()


def test_a_tree_is_cleared_without_following_links(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(takeover, "RACY", 0)
    (tmp_path / "outside/deep").mkdir(parents=True)
    (tmp_path / "outside/index.html").write_bytes(b"x")
    place = tmp_path / "tree"
    (place / "a/b").mkdir(parents=True)
    for name in (SITE_MARK, "a/index.html", "a/b/index.html", "a/other"):
        (place / name).write_bytes(b"x")
    (place / "a/linked").symlink_to(tmp_path / "outside")
    (place / "gone").symlink_to(tmp_path / "nowhere")
    record = {name: Kept("", stamp=stamp_of(str(place / name))) for name in ("a/index.html", "a/b/index.html")}
    found = Tree(str(place), record)
    assert found.standing == {"a/index.html", "a/b/index.html"}
    assert tree(place).keys() == {SITE_MARK, *found.standing}
    found.clear({"a/index.html"}, ["a/index.html", "new/index.html"])
    assert tree(place).keys() == {SITE_MARK, "a/index.html"}
    assert folders(place) == {"a"}
    assert tree(tmp_path / "outside") == {"index.html": b"x"}


def test_an_old_site_with_a_linked_folder_is_not_followed(tmp_path: Path) -> None:
    for name in ("new/a", "outside"):
        (tmp_path / name).mkdir(parents=True)
        (tmp_path / name / "index.html").write_bytes(name.encode())
    (tmp_path / "old").mkdir()
    (tmp_path / "old/a").symlink_to(tmp_path / "outside")
    for made, gone in ((["a/index.html"], []), ([], ["a/index.html"])):
        with pytest.raises(NotADirectoryError):
            follow(str(tmp_path / "old"), str(tmp_path / "new"), made, gone)
    assert tree(tmp_path / "outside") == {"index.html": b"outside"}
