"""The list of files is MkDocs' own, in every word that anybody asks of it; only that its files are made later, or never."""

import warnings
from collections.abc import Callable
from pathlib import Path

import pytest
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files, InclusionLevel, get_files, set_exclusions
from mkdocs.structure.pages import Page

from build_scripts import cores
from build_scripts.build import build_archive
from build_scripts.mkdocs_files import Pages, SparingFiles, add_file, find_files, set_inclusions, set_page
from build_scripts.site import build_site
from tests.conftest import PROJECT

MakeArchive = Callable[..., Path]

NAMES = (
    "index.md",
    "about.md",
    "issues/2024-1/index.md",
    "issues/2024-1/一 b.md",
    "issues/2024-1.json",
    "sources/2024-1/D1.txt",
    "sources/2024-1/D1.yml",
    "redirects.yml",
    "projects/register.csv",
    "notes/README.md",
    "notes/a.markdown",
    "notes/.hidden.md",
    ".hidden/a.md",
    "templates/a.md",
    "z/b/c/d.html",
    "z/a.md",
)


@pytest.fixture
def config(tmp_path: Path) -> MkDocsConfig:
    for name in NAMES:
        (tmp_path / "content" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "content" / name).write_text(name, "utf-8")
    (tmp_path / "linked").mkdir()
    (tmp_path / "linked/e.md").write_text("e", "utf-8")
    (tmp_path / "content/y").symlink_to(tmp_path / "linked")
    config = load_config(str(PROJECT / "mkdocs.yml"), docs_dir=str(tmp_path / "content"), site_dir=str(tmp_path / "site"))
    config.plugins._current_plugin = None  # as after the first event
    return config


def told(files: Files) -> list[tuple[object, ...]]:
    return [
        (
            file.src_uri,
            file.dest_uri,
            file.url,
            file.name,
            file.abs_src_path,
            file.abs_dest_path,
            file.inclusion,
            file.content_bytes,
            file.edit_uri,
            file.page and (file.page.title, file.page.url, file.page.update_date),
        )
        for file in files
    ]


def made(files: Files) -> int:
    assert isinstance(files, SparingFiles)
    return len(files.made())


def test_each_file_is_what_mkdocs_makes(config: MkDocsConfig) -> None:
    expected = told(get_files(config))
    first, places = find_files(config, {})
    assert told(first) == expected
    again, same = find_files(config, places)
    assert (made(again), same) == (0, places)
    assert again.src_uris.keys() == {row[0] for row in expected}
    assert again.get_file_from_path("notes/../z/a.md") is None
    found = again.get_file_from_path("./z/a.md")
    assert found is not None
    assert found is again.src_uris["z/a.md"]
    assert made(again) == 1
    assert told(again) == expected


def test_a_new_file_is_asked_for_and_one_that_is_gone_is_forgotten(config: MkDocsConfig, tmp_path: Path) -> None:
    _, places = find_files(config, {})
    (tmp_path / "content/sources/2024-1/D2.yml").write_text("x", "utf-8")
    (tmp_path / "content/z/0.md").write_text("x", "utf-8")
    (tmp_path / "content/z/a.md").unlink()
    found, said = find_files(config, places)
    assert made(found) == 2
    assert (said["z/0.md"], said["sources/2024-1/D2.yml"][1]) == (("z/0/index.html", -1), InclusionLevel.EXCLUDED.value)
    assert "z/a.md" not in said
    assert told(found) == told(get_files(config))


def test_where_two_want_one_place_mkdocs_decides(config: MkDocsConfig, tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    _, places = find_files(config, {})
    (tmp_path / "content/issues/2024-1/README.md").write_text("x", "utf-8")
    found, said = find_files(config, places)
    assert "Excluding 'issues/2024-1/README.md'" in caplog.text or "Excluding 'issues/2024-1/index.md'" in caplog.text
    assert said == {}
    assert told(found) == told(get_files(config))


def test_what_is_added_and_taken_away(config: MkDocsConfig, tmp_path: Path) -> None:
    """As a hook does it, to MkDocs' list and to this one."""
    (tmp_path / "x").write_text("x", "utf-8")
    lists: list[Files] = [get_files(config), find_files(config, find_files(config, {})[1])[0]]
    for files in lists:
        add_file(files, config, "data/x.json", str(tmp_path / "x"))
        add_file(files, config, "data/x.md", str(tmp_path / "x"))
        with warnings.catch_warnings(record=True) as warned:
            warnings.simplefilter("always")
            add_file(files, config, "issues/2024-1.json", str(tmp_path / "x"))
        assert "To replace an existing file" in str(warned[0].message)
        files.append(File.generated(config, "cases.md", content="x"))
        files.remove(files.src_uris["z/b/c/d.html"])
        set_page(files, lambda file: Page(None, file, config))
        set_inclusions(files, config)
        set_exclusions(files.made() if isinstance(files, SparingFiles) else files, config)
    plain, sparing = lists
    assert made(sparing) < 8
    pages = Pages(sparing)
    assert (len(pages), made(sparing)) == (len(plain.documentation_pages()), made(sparing))
    assert [file.src_uri for file in pages] == [file.src_uri for file in plain.documentation_pages()]
    assert [file.src_uri for file in sparing.documentation_pages()[1:3]] == [file.src_uri for file in plain.documentation_pages()[1:3]]
    assert told(sparing) == told(plain)
    both = [files.documentation_pages(inclusion=InclusionLevel.all) for files in lists]
    assert [file.src_uri for file in both[0]] == [file.src_uri for file in both[1]]


@pytest.mark.xdist_group("site")
def test_a_build_makes_few_of_them(make_archive: MakeArchive, monkeypatch: pytest.MonkeyPatch) -> None:
    root = make_archive()
    build_archive(root)
    for _ in range(2):
        build_site(root, root / "site")
    monkeypatch.setattr(cores, "count_cores", lambda: 1)
    seen: list[str] = []
    original = Page.__init__

    def note(self: Page, title: str | None, file: File, config: MkDocsConfig) -> None:
        seen.append(file.src_uri)
        original(self, title, file, config)

    monkeypatch.setattr(Page, "__init__", note)
    build_site(root, root / "site")
    generated = {path.relative_to(root / "content").as_posix() for path in (root / "content").rglob("*.md")}
    looked_at = {name for name in generated & set(seen) if "/" in name and not name.endswith("/index.md")}
    assert (looked_at, len(generated) > 20) == (set(), True), "the first pages of each kind are linked from pages of another hand"
