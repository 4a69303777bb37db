"""The published site is what MkDocs itself makes, whatever is taken over from the old one and however many processes build it."""

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.exceptions import Abort
from mkdocs.structure.files import File
from mkdocs.structure.pages import Page

from build_scripts import cores, publish, site
from build_scripts.build import build_archive
from build_scripts.site import build_site
from build_scripts.write import SITE_MARK
from tests.conftest import LAYOUT, PROJECT

MakeArchive = Callable[..., Path]

pytestmark = pytest.mark.xdist_group("site")


def tree(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file() and path.name != SITE_MARK
    }


def plain_site(root: Path) -> dict[str, bytes]:
    """What ``mkdocs build`` makes of the same pages."""
    out = root / "plain"
    config = load_config(str(PROJECT / "mkdocs.yml"), docs_dir=str(root / "content"), site_dir=str(out), strict=True)
    config.plugins.on_startup(command="build", dirty=False)
    build(config)
    config.plugins.on_shutdown()
    return tree(out)


@pytest.fixture
def rendered(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The pages that are rendered, in this process."""
    monkeypatch.setattr(cores, "count_cores", lambda: 1)
    found: list[str] = []
    original = publish._render

    def note(file: File, site: publish._Site) -> tuple[Page, str]:
        found.append(file.src_uri)
        return original(file, site)

    monkeypatch.setattr(publish, "_render", note)
    return found


@pytest.fixture
def small(make_archive: MakeArchive) -> Path:
    make_archive()
    root = make_archive(
        issue_id="2024-after-0820",
        text="另一版\n\n忻州：项目 3 个\n科学导报讯 忻州市\n投资 3 亿\n元。 翁剑\n",
        layout=LAYOUT.replace("datong", "xinzhou"),
    )
    build_archive(root)
    return root


def test_the_real_site_is_what_mkdocs_makes(real_site: Path) -> None:
    assert plain_site(real_site.parent) == tree(real_site)


def test_processes_build_the_same(small: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cores, "count_cores", lambda: 2)
    monkeypatch.setattr(publish, "CHUNK", 2)
    build_site(small, small / "site")
    assert tree(small / "site") == plain_site(small)


def test_nothing_of_the_programs_own_is_rendered_twice(small: Path, rendered: list[str]) -> None:
    build_site(small, small / "site")
    first, files = tree(small / "site"), len(rendered)
    places = {path: path.stat().st_ino for path in (small / "site/issues").rglob("*.html")}
    rendered.clear()
    build_site(small, small / "site")
    assert tree(small / "site") == first
    assert {path: path.stat().st_ino for path in (small / "site/issues").rglob("*.html")} == places
    assert set(rendered) == {"about.md", "accessibility.md", "data.md", "help.md", "search.md"}, (
        "written by hand, or showing the sizes of files"
    )
    assert files > len(rendered)


@pytest.mark.parametrize("damage", ["change", "remove", "link", "cache", "foreign"])
def test_a_file_that_is_not_what_was_rendered_is_made_again(small: Path, damage: str) -> None:
    build_site(small, small / "site")
    first = tree(small / "site")
    page = small / "site/issues/2024-after-0819/datong/index.html"
    kept = [path for path in (small / ".build/cache/site").rglob("*") if path.is_file() and path.name != "runs.json"]
    if damage == "change":
        times = page.stat()
        page.write_bytes(page.read_bytes().replace("大同".encode(), "太原".encode(), 1))
        os.utime(page, ns=(times.st_atime_ns, times.st_mtime_ns))
    elif damage == "remove":
        page.unlink()
    elif damage == "link":
        page.unlink()
        page.symlink_to(small / "site/index.html")
    else:
        for path in kept:
            path.write_bytes(path.read_bytes()[:-9] if damage == "cache" else b"\0" * 99)
    build_site(small, small / "site")
    assert tree(small / "site") == first
    assert not page.is_symlink()


def test_another_address_is_another_site(small: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    build_site(small, small / "site")
    monkeypatch.setenv("SITE_URL", "https://example.org/base/")
    build_site(small, small / "site")
    assert b"https://example.org/base/issues/" in (small / "site/issues/index.html").read_bytes()
    assert tree(small / "site") == plain_site(small)


def test_links_from_hand_written_pages_are_checked_every_time(small: Path) -> None:
    page = small / "content/notes.md"
    page.write_text("# 手记\n\n[一篇](issues/2024-after-0819/datong.md#l4)\n", "utf-8")
    for _ in range(2):
        build_site(small, small / "site")
    page.write_text("# 手记\n\n[一篇](issues/2024-after-0819/datong.md#l999)\n", "utf-8")
    old = tree(small / "site")
    with pytest.raises(Abort):
        build_site(small, small / "site")
    page.write_text("# 手记\n\n[一篇](issues/2024-after-0819/other.md)\n", "utf-8")
    with pytest.raises(Abort):
        build_site(small, small / "site")
    assert tree(small / "site") == old


def test_a_site_elsewhere_is_built_whole(small: Path, tmp_path: Path) -> None:
    build_site(small, small / "site")
    shutil.rmtree(small / "site/issues")
    build_site(small, tmp_path / "elsewhere")
    assert tree(tmp_path / "elsewhere") == plain_site(small)


def test_served_pages_are_built_once_and_only_where_they_change(small: Path, monkeypatch: pytest.MonkeyPatch, rendered: list[str]) -> None:
    """An editor who settles a layout waits for what it touches, not for the whole site."""
    seen: list[list[str]] = []

    class Server:
        def __init__(self, builder: Callable[[], None], host: str, port: int, root: str) -> None:
            self.builder, self.root, self.watched = builder, Path(root), set[str]()
            assert (host, port) == ("127.0.0.1", 8123)

        def watch(self, path: str, *, recursive: bool = True) -> None:
            self.watched |= {str(one) for one in (Path(path).rglob if recursive else Path(path).glob)("*")}

        def serve(self) -> None:
            layout = small / "content/sources/2024-after-0819/D1.yml"
            page = self.root / "issues/2024-after-0819/datong/index.html"
            assert str(layout) in self.watched
            assert not any("/content/issues/" in path for path in self.watched), "what a build writes is not watched"
            assert "消息" in page.read_text("utf-8")
            rendered.clear()
            layout.write_text(layout.read_text("utf-8").replace("type: brief", "type: feature"), "utf-8")
            self.builder()
            assert "通讯" in page.read_text("utf-8")
            seen.append([name for name in rendered if name.startswith("issues/")])
            layout.write_text("page: D1\n", "utf-8")
            with pytest.raises(Abort):
                self.builder()
            assert "通讯" in page.read_text("utf-8"), "what was there stays until the layout is right again"

        def shutdown(self) -> None:
            seen.append([])

    monkeypatch.setattr(site, "LiveReloadServer", Server)
    monkeypatch.setenv("SITE_URL", "https://example.org/")
    site.serve_site(small, "127.0.0.1:8123", lambda: build_archive(small))
    (touched, _) = seen
    assert "issues/2024-after-0819/datong.md" in touched
    assert "issues/2024-after-0820/xinzhou.md" not in touched


def test_what_is_made_every_time_and_is_as_it_was_stays_the_same_file(small: Path) -> None:
    build_site(small, small / "site")
    before = {path: path.stat().st_ino for path in (small / "site").rglob("*.html")}
    about = small / "content/about.md"
    about.write_text((PROJECT / "content/about.md").read_text("utf-8") + "\n另一段。\n", "utf-8")
    build_site(small, small / "site")
    after = {path: path.stat().st_ino for path in (small / "site").rglob("*.html")}
    assert {path.relative_to(small / "site").as_posix() for path in after if before.get(path) != after[path]} == {"about/index.html"}
    assert tree(small / "site") == plain_site(small)
