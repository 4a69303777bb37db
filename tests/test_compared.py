"""The ledger that goes on from the last build's is the one that is gathered from nothing; so are related articles."""

import shutil
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest

from build_scripts import compared
from build_scripts.archive import SOURCES, read_archive
from build_scripts.cache import Cache
from build_scripts.compared import Compared
from build_scripts.pages.asked import Derived, ask
from build_scripts.pages.ledger import as_listed
from build_scripts.pages.view import View
from build_scripts.projects import continued
from build_scripts.projects.continued import Marks
from build_scripts.projects.ledger import gather as plain_gather
from build_scripts.projects.ledger import make_project
from build_scripts.projects.records import Company, Project
from build_scripts.reads import read_ahead
from build_scripts.records import Archive
from build_scripts.related import Related, find_related
from build_scripts.synth.pages import write_synthetic
from tests.conftest import PROJECT

MakeArchive = Callable[..., Path]

SIZE = 100


def going_on(root: Path) -> tuple[Archive, Compared]:
    cache = Cache(root / ".build/cache/reads")
    ahead = read_ahead(root, cache)
    found = Compared(root, cache, ahead.keys)
    return read_archive(root, ahead.read, found), found


def settle(root: Path) -> Archive:
    """What a build leaves for the next one's ledger."""
    archive, found = going_on(root)
    for path, data in archive.ledger.registers.items():
        (root / "content" / path).parent.mkdir(exist_ok=True)
        (root / "content" / path).write_bytes(data)
    found.keep()
    return archive


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("compared")
    write_synthetic(PROJECT, SIZE, root)
    settle(root)
    return root


@pytest.fixture
def root(built: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(built, tmp_path / "archive"))


@pytest.fixture
def gathered(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Grows with every ledger that is gathered from nothing."""
    times: list[str] = []

    def gather(*arguments: object) -> object:
        times.append("gathered")
        return plain_gather(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(compared, "gather", gather)
    return times


def same(root: Path, gathered: list[str]) -> bool:
    """Whether the ledger goes on from the last one; in either case it must be the one that is gathered from nothing."""
    gathered.clear()
    archive, _ = going_on(root)
    goes_on = not gathered
    fresh = read_archive(root)
    assert archive.related == fresh.related
    assert archive.ledger == fresh.ledger
    assert list(archive.ledger.named) == list(fresh.ledger.named)
    assert archive.ledger.registers == fresh.ledger.registers
    return goes_on


def test_issue_after_issue_the_ledger_is_the_one_from_nothing(root: Path, gathered: list[str]) -> None:
    before = {project.id: project for project in going_on(root)[0].ledger.projects}
    for more in (25, 50, 125):
        write_synthetic(PROJECT, SIZE + more, root)
        assert same(root, gathered)
        after = {project.id: project for project in settle(root).ledger.projects}
    grown = [identity for identity, project in before.items() if len(after[identity].articles) > len(project.articles)]
    assert grown, "an added issue names projects of earlier ones, or this tests nothing"
    assert any(before[identity].promoted != after[identity].promoted for identity in grown)
    assert any(before[identity].possible != after[identity].possible for identity in before)


def test_nothing_new_is_gathered_from_nothing_no_more(root: Path, gathered: list[str]) -> None:
    assert same(root, gathered)


def test_only_what_a_new_issue_names_is_made_again(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[str] = []

    def make(identity: str, *arguments: object, **options: object) -> object:
        made.append(identity)
        return make_project(identity, *arguments, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(continued, "make_project", make)
    write_synthetic(PROJECT, SIZE + 25, root)
    archive, _ = going_on(root)
    assert 0 < len(made) < len(archive.ledger.projects) / 2
    new = {article.id for article in archive.issues[-1].articles}
    assert {project.id for project in archive.ledger.projects if new & set(project.articles)} <= set(made)


def test_related_articles_of_issues_that_are_known_are_not_looked_for(root: Path) -> None:
    issues = read_archive(root).issues
    known: list[Related] = [{article.id: ("known",) for article in issue.articles} for issue in issues[:-1]]
    found, fresh = find_related(issues, known), find_related(issues)
    for issue in issues[:-1]:
        assert all(found[article.id] == ("known",) for article in issue.articles)
    for article in issues[-1].articles:
        assert found[article.id] == fresh[article.id]


@pytest.mark.parametrize("what", ["older", "removed", "changed", "returned", "register", "redirect", "entry"])
def test_what_is_no_growth_at_the_end_is_gathered_from_nothing(root: Path, gathered: list[str], what: str) -> None:
    sources = root / SOURCES
    issues = sorted(sources.iterdir())
    last = next(path for path in issues if path.name == going_on(root)[0].issues[-1].id)
    match what:
        case "older":
            aside = root / "aside"
            issues[1].rename(aside)
            settle(root)
            for register in root.glob("content/*/register.csv"):
                register.unlink()  # it does not know the issue, but the issue is no new one
            settle(root)
            aside.rename(issues[1])
        case "removed":
            shutil.rmtree(last)
        case "changed":
            page = next(iter(sorted(issues[0].glob("*.txt"))))
            page.write_text(page.read_text("utf-8").replace("的", "之", 1), "utf-8")
        case "returned":
            last.rename(root / "aside")
            settle(root)
            (root / "aside").rename(last)
        case "register":
            register = root / "content/projects/register.csv"
            register.write_text("\n".join(register.read_text("utf-8").split("\n")[:-3]) + "\n", "utf-8")
        case "redirect":
            (root / "content/redirects.yml").write_text(f"issues: {{old-1: {last.name}}}\n", "utf-8")
        case "entry":
            for path in (root / ".build/cache/reads").rglob("*"):
                if path.is_file():
                    path.write_bytes(path.read_bytes()[:-3])
    assert not same(root, gathered)


def test_what_an_editor_holds_to_be_one_stays_so(root: Path, gathered: list[str]) -> None:
    """Unless a new issue names one of the two: then all is gathered from nothing."""
    write_synthetic(PROJECT, SIZE + 25, root)
    archive = read_archive(root)
    new = {article.id for article in archive.issues[-1].articles}
    issue = root / SOURCES / archive.issues[-1].id
    for kind, items in (("projects", archive.ledger.projects), ("companies", archive.ledger.companies)):
        named = [item for item in items if new & set(item.articles) and not new.issuperset(item.articles)]
        others = [item for item in items if not new & set(item.articles)]
        for one, other, goes_on in ((others[0], others[5], True), (others[0], named[0], False)):
            issue.rename(root / "aside")
            shutil.rmtree(root / ".build")
            for register in root.glob("content/*/register.csv"):
                register.unlink()
            (root / "content/projects.yml").write_text(f"{kind}:\n  same:\n  - {{ids: [{one.id}, {other.id}], note: 试}}\n", "utf-8")
            settle(root)
            (root / "aside").rename(issue)
            assert same(root, gathered) == goes_on, (kind, one.id, other.id)


def test_a_mark_holds_until_its_project_changes(root: Path) -> None:
    """Of what has not changed, the mark is the one that would be made now."""

    def marked(archive: Archive, marks: Marks) -> Marks:
        _, asked = ask(View(archive), {issue.id: issue.id.encode() for issue in archive.issues}, marks)
        items: list[Project | Company] = [*archive.ledger.projects, *archive.ledger.companies]
        for item in items:
            asked.digest((item, Derived(item, as_listed)))
        return marks

    archive, found = going_on(root)
    marked(archive, found.marks)
    for path, data in archive.ledger.registers.items():
        (root / "content" / path).write_bytes(data)
    found.keep()
    write_synthetic(PROJECT, SIZE + 25, root)
    archive, found = going_on(root)
    held = msgspec.structs.asdict(found.marks)
    fresh = msgspec.structs.asdict(marked(archive, Marks()))
    for kind, marks in held.items():
        assert 0 < len(marks) < len(fresh[kind]), kind
        assert marks.items() <= fresh[kind].items(), kind
