"""Pages that are kept from the last build: few are made again, and none is kept that is not what it was."""

import gc
import shutil
from pathlib import Path

import pytest

from build_scripts import build
from build_scripts.archive import read_archive
from build_scripts.build import build_archive
from build_scripts.cache import Cache
from build_scripts.pages import kept
from build_scripts.pages.asked import UnknownError, ask
from build_scripts.pages.document import Document, render_document
from build_scripts.pages.later import LaterDocument
from build_scripts.pages.site import render_documents
from build_scripts.pages.view import View
from build_scripts.synth.pages import write_synthetic
from tests.bench.build import ADDED
from tests.conftest import PROJECT

SIZE = 75


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("kept")
    write_synthetic(PROJECT, SIZE, root)
    build_archive(root)
    return root


@pytest.fixture
def root(built: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(built, tmp_path / "archive"))


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Paths of the pages that are made."""
    paths: list[str] = []

    def note(document: Document) -> str:
        paths.append(document.path)
        return render_document(document)

    monkeypatch.setattr(build, "render_document", note)
    return paths


def pages_of_issues(paths: list[str]) -> list[str]:
    return [path for path in paths if path.startswith("issues/") and path.count("/") == 2]


def test_nothing_new_makes_no_page_of_an_issue_and_none_of_the_ledger(root: Path, made: list[str]) -> None:
    assert build_archive(root) == 0
    assert pages_of_issues(made) == []
    assert not [path for path in made if path.startswith(("projects/2", "companies/2")) and path.count(".") > 1]


def test_a_new_issue_makes_its_own_pages_and_few_others(root: Path, made: list[str]) -> None:
    before = {path: path.read_bytes() for path in (root / "content/issues").rglob("*.md")}
    write_synthetic(PROJECT, SIZE + ADDED, root)
    build_archive(root)
    new = [path for path in pages_of_issues(made) if root / "content" / path not in before]
    again = [path for path in pages_of_issues(made) if root / "content" / path in before]
    assert len(new) == ADDED + 5  # the issue, and its four printed pages
    assert len(again) <= SIZE / 5


def test_a_page_that_somebody_changed_is_made_again(root: Path, made: list[str]) -> None:
    page = next(iter(sorted((root / "content/issues").glob("*/a*.md"))))
    right = page.read_bytes()
    page.write_bytes(right + b"x")
    assert build_archive(root) == 1
    assert page.read_bytes() == right
    assert pages_of_issues(made) == [page.relative_to(root / "content").as_posix()]


def test_a_damaged_memory_is_none(root: Path, made: list[str]) -> None:
    for entry in (root / ".build/cache/pages").rglob("*"):
        if entry.is_file():
            entry.write_bytes(entry.read_bytes()[:-9])
    assert build_archive(root) == 0
    assert len(pages_of_issues(made)) > SIZE


def test_full_text_and_figures_only_are_not_taken_for_each_other(root: Path, tmp_path: Path) -> None:
    build_archive(root, full_text=False)
    fresh = tmp_path / "fresh"
    for name in ("sources", "redirects.yml", "projects/register.csv", "companies/register.csv"):
        (fresh / "content" / name).parent.mkdir(parents=True, exist_ok=True)
        (shutil.copytree if name == "sources" else shutil.copy)(root / "content" / name, fresh / "content" / name)
    build_archive(fresh, full_text=False)
    texts = [{path.relative_to(one): path.read_bytes() for path in (one / "content").rglob("*.md")} for one in (root, fresh)]
    assert texts[0] == texts[1]


def test_pages_that_are_asked_for_are_the_pages(built: Path) -> None:
    """A view that notes its questions answers them as the plain one does."""
    archive = read_archive(built)
    keys = {issue.id: issue.id.encode() for issue in archive.issues}
    asking, _ = ask(View(archive), keys)
    plain, noted = ({one.path: render_document(one) for one in render_documents(view)} for view in (View(archive), asking))
    assert plain == noted


def test_a_page_is_let_go_of_with_the_next_one(built: Path) -> None:
    archive = read_archive(built)
    asking, _ = ask(View(archive), {issue.id: issue.id.encode() for issue in archive.issues})
    for number, document in enumerate(render_documents(asking)):
        assert render_document(document)
        if number % 100 == 0:
            assert sum(isinstance(one, LaterDocument) and one._made is not None for one in gc.get_objects()) <= 2, document.path


def test_what_cannot_be_told_apart_is_never_kept(built: Path) -> None:
    archive = read_archive(built)
    _, asked = ask(View(archive), {issue.id: issue.id.encode() for issue in archive.issues})
    assert asked.digest([1, "1", None, archive.articles[0]]) != asked.digest(["1", 1, None, archive.articles[0]])
    assert asked.digest(archive.ledger.projects[:1]) != asked.digest(archive.ledger.projects[1:2])
    with pytest.raises(UnknownError):
        asked.digest({1: object()})


def test_a_page_that_nobody_touched_is_not_read(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    build_archive(root)  # the first build's last pages were too fresh for their times to tell

    def refuse(path: str) -> bytes:
        raise AssertionError(path)

    monkeypatch.setattr(kept, "_sha256", refuse)
    assert build_archive(root) == 0


def test_questions_that_nobody_asks_any_more_are_forgotten(root: Path, made: list[str]) -> None:
    for folder in sorted((root / "content/sources").iterdir())[1:]:
        shutil.rmtree(folder)
    build_archive(root)
    made.clear()
    assert build_archive(root) == 0
    assert pages_of_issues(made) == []
    _, asked = ask(View(read_archive(root)), {})
    last = kept.KeptPages(Cache(root / ".build/cache/pages"), asked, root / "content", full_text=True)._last
    used = {number for page in last.pages.values() for number in kept._numbers(page.questions)}
    assert used <= set(range(len(last.questions)))
    assert 0 < len(last.questions) <= 1.5 * len(used)


def test_lists_of_articles_are_told_apart(built: Path) -> None:
    archive = read_archive(built)
    _, asked = ask(View(archive), {issue.id: issue.id.encode() for issue in archive.issues})
    one, two, three = archive.articles[0], archive.articles[1], archive.articles[-1]
    figures = archive.figures[one.source].figures
    values = [
        (),
        (one,),
        (one, two),
        (two, one),
        (one, three),
        (one.id, two.id),
        (one, figures[0]),
        (figures[0], one),
        (one, None),
        "",
        ("",),
    ]
    assert len({asked.digest(value) for value in values}) == len(values)
    _, again = ask(View(archive), {issue.id: b"another" if issue.id == three.issue else issue.id.encode() for issue in archive.issues})
    assert [asked.digest(value) == again.digest(value) for value in ((one, two), (one, three))] == [True, False]
