"""What stands as it stood is taken over unread; whatever differs is looked at, and made again where its bytes differ."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from mkdocs.structure.files import File

from build_scripts import cores, takeover
from build_scripts.build import build_archive
from build_scripts.site import build_site
from build_scripts.takeover import Kept, hash_parts, stamp_of, stamped, take_over

MakeArchive = Callable[..., Path]


@pytest.fixture
def settled(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every file counts as written long ago."""
    monkeypatch.setattr(takeover, "RACY", 0)


@pytest.fixture
def page(tmp_path: Path) -> Path:
    path = tmp_path / "old/a/index.html"
    path.parent.mkdir(parents=True)
    path.write_text("甲", "utf-8")
    return path


def kept(page: Path, digest: str = "") -> Kept:
    return Kept("", "", digest, stamp_of(str(page)))


@pytest.mark.usefixtures("settled")
def test_a_file_that_stands_as_it_stood_is_not_read(page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(takeover, "_digest", pytest.fail)
    new = tmp_path / "new/a/index.html"
    assert take_over(str(page), str(new), kept(page))
    assert new.samefile(page)


@pytest.mark.usefixtures("settled")
@pytest.mark.parametrize("change", ["bytes", "times", "another", "link", "gone"])
def test_a_file_that_does_not_is_read(page: Path, tmp_path: Path, change: str) -> None:
    digest = takeover._digest(str(page))
    before, new = kept(page, digest), tmp_path / "new/a/index.html"
    times = page.stat()
    if change == "bytes":
        page.write_text("乙", "utf-8")  # of the same length, and with its times put back
        os.utime(page, ns=(times.st_atime_ns, times.st_mtime_ns))
    elif change == "times":
        os.utime(page)
    else:
        page.unlink()
        if change == "another":
            page.write_text("甲", "utf-8")
        elif change == "link":
            (tmp_path / "elsewhere").write_text("甲", "utf-8")
            page.symlink_to(tmp_path / "elsewhere")
    assert take_over(str(page), str(new), before) == (change in ("times", "another"))
    assert not take_over(str(page), str(new), Kept("", stamp=before.stamp)), "what is known by its stamp alone is copied again"


def test_what_has_just_changed_has_no_stamp(page: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(takeover, "RACY", 10**18 * 9)
    assert stamp_of(str(page)) == ""
    monkeypatch.setattr(takeover, "RACY", 0)
    assert stamp_of(str(page))
    assert stamp_of(str(page.parent)) == stamp_of("nowhere") == ""
    assert stamped({"a/index.html": Kept("x")}, str(page.parents[1])) == {"a/index.html": Kept("x", "", "", stamp_of(str(page)))}


def test_parts_do_not_run_into_each_other() -> None:
    assert len({hash_parts(parts) for parts in ((b"ab", b"c"), (b"a", b"bc"), (b"abc",), (b"abc", b""))}) == 4


@pytest.mark.usefixtures("settled")
def test_a_build_reads_only_what_has_changed(make_archive: MakeArchive, monkeypatch: pytest.MonkeyPatch) -> None:
    root = make_archive()
    build_archive(root)
    build_site(root, root / "site")
    monkeypatch.setattr(cores, "count_cores", lambda: 1)
    read: list[str] = []
    copied: list[str] = []
    hashed: list[str] = []

    def noted(function: Callable[..., Any], seen: list[str]) -> Callable[..., Any]:
        def call(thing: Any, *rest: Any) -> Any:
            seen.append(getattr(thing, "src_uri", thing))
            return function(thing, *rest)

        return call

    monkeypatch.setattr(File, "content_bytes", property(noted(File.content_bytes.fget, read)))  # type: ignore[attr-defined]
    monkeypatch.setattr("build_scripts.publish.copy_file", noted(takeover.copy_file, copied))
    monkeypatch.setattr(takeover, "_digest", noted(takeover._digest, hashed))
    page, data = root / "content/issues/2024-after-0819/datong.md", root / ".build/data/figures.csv"
    page.write_text(page.read_text("utf-8") + "\n", "utf-8")
    data.write_bytes(data.read_bytes() + b"\n")
    build_site(root, root / "site")
    generated = [name for name in read if (root / "content" / name).is_file()]
    assert set(generated) == {"issues/2024-after-0819/datong.md", "data.md"}, "the second shows the sizes of files"
    assert (copied, hashed) == ([str(data)], [])
