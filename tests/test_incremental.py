"""A build that goes on from the last one gives byte for byte what a build from nothing gives, over random changes of an archive."""

import random
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from build_scripts.archive import SOURCES, read_archive
from build_scripts.build import build_archive
from build_scripts.site import build_site
from build_scripts.synth.pages import ISSUE
from build_scripts.synth.paragraphs import Occasion
from build_scripts.synth.setting import set_page
from build_scripts.synth.world import World, make_world
from build_scripts.synth.writer import write_briefs, write_feature, write_news
from build_scripts.write import OWNED
from tests.conftest import PROJECT

pytestmark = pytest.mark.xdist_group("site")

STEPS = 9
WHEN = Occasion(2024, 8, 8, 19, 3, fresh=True)


class Editor:
    """Does to an archive what editors do, at random."""

    def __init__(self, root: Path, world: World) -> None:
        self.root, self.world, self.rng = root, world, world.rng
        self.articles = 0
        self.done: list[str] = []

    @property
    def issues(self) -> list[Path]:
        return sorted((self.root / SOURCES).iterdir())

    def act(self) -> None:
        actions: list[Callable[[], None]] = [
            self.add_issue,
            self.change_text,
            self.change_layout,
            self.add_page,
            self.correct,
        ]
        if len(self.issues) > 2:
            actions += [self.remove_issue, self.remove_page, self.edit_by_hand]
        action = self.rng.choice(actions)
        self.done.append(action.__name__)
        action()

    def write_page(self, folder: Path, name: str) -> None:
        drafts = write_briefs(self.world, WHEN, self.rng.randint(0, 2))
        drafts += [write(self.world, WHEN) for write in (write_news, write_feature) if not drafts or self.rng.random() < 0.3]
        page = set_page(name, self.articles, drafts, narrow=self.rng.random() < 0.5)
        self.articles += len(drafts)
        (folder / f"{name}.txt").write_text(page.text, "utf-8")
        (folder / f"{name}.yml").write_text(page.layout, "utf-8")

    def write_issue(self, folder: Path) -> None:
        pages = ", ".join(sorted(path.stem for path in folder.glob("*.txt")))
        day = f"2024-{folder.name[-4:-2]}-{folder.name[-2:]}"
        (folder / "issue.yml").write_text(ISSUE.format(id=folder.name, year=2024, day=day, pages=pages), "utf-8")

    def add_issue(self) -> None:
        days = {f"2024-after-{month:02}{day:02}" for month in range(1, 13) for day in (3, 17)} - {folder.name for folder in self.issues}
        folder = self.root / SOURCES / self.rng.choice(sorted(days))
        folder.mkdir()
        for number in range(1, self.rng.randint(2, 3)):
            self.write_page(folder, f"D{number}")
        self.write_issue(folder)

    def remove_issue(self) -> None:
        shutil.rmtree(self.rng.choice(self.issues))

    def add_page(self) -> None:
        folder = self.rng.choice(self.issues)
        self.write_page(folder, f"D{9 - len(list(folder.glob('*.txt')))}")
        self.write_issue(folder)

    def remove_page(self) -> None:
        folder = max(self.issues, key=lambda folder: len(list(folder.glob("*.txt"))))
        pages = sorted(folder.glob("*.txt"))
        if len(pages) > 1:
            page = self.rng.choice(pages)
            page.unlink()
            page.with_suffix(".yml").unlink()
            self.write_issue(folder)

    def page(self) -> Path:
        return self.rng.choice(sorted((self.root / SOURCES).glob("*/*.txt")))

    def change_text(self) -> None:
        page = self.page()
        page.write_text(page.read_text("utf-8").replace(self.rng.choice("的了一是在"), "又", 3).replace("1", "7", 2), "utf-8")

    def change_layout(self) -> None:
        layout = self.page().with_suffix(".yml")
        layout.write_text(layout.read_text("utf-8").replace("type: news", "type: feature", self.rng.randint(1, 2)), "utf-8")

    def correct(self) -> None:
        page = self.page()
        line = page.read_text("utf-8").split("\n")[2]
        layout = page.with_suffix(".yml")
        if "corrections" not in layout.read_text("utf-8"):
            entry = f"- {{line: 3, column: 0, printed: {line[:2]}, corrected: 勘误, kind: typo, note: 随机}}"
            layout.write_text(f"{layout.read_text('utf-8')}corrections:\n{entry}\n", "utf-8")

    def settle(self) -> None:
        """Judges anew what leads where and what is one: what stood there may name an issue, an article or a project that is gone."""
        redirects, judged = self.root / "content/redirects.yml", self.root / "content/projects.yml"
        redirects.unlink(missing_ok=True)
        judged.unlink(missing_ok=True)
        archive = read_archive(self.root)
        lines = []
        if self.rng.random() < 0.5:
            lines.append(f"issues: {{old-{self.rng.randint(1, 3)}: {self.rng.choice(self.issues).name}}}")
        if self.rng.random() < 0.5:
            article = self.rng.choice(archive.articles)
            lines.append(f"articles: {{{article.issue}/was-{self.rng.randint(1, 3)}: {article.issue}/{article.id}}}")
        redirects.write_text("\n".join([*lines, ""]) if lines else "issues: {}\n", "utf-8")
        said = []
        for kind, items in (("projects", archive.ledger.projects), ("companies", archive.ledger.companies)):
            ids = [item.id for item in items]
            if len(ids) >= 4 and self.rng.random() < 0.6:
                one, two, three, four = self.rng.sample(ids, 4)
                said.append(
                    f"{kind}:\n  same:\n  - {{ids: [{one}, {two}], note: 随机}}\n  different:\n  - {{ids: [{three}, {four}], note: 随机}}"
                )
        if said:
            judged.write_text("\n".join([*said, ""]), "utf-8")

    def edit_by_hand(self) -> None:
        (self.root / "content/about.md").write_text((PROJECT / "content/about.md").read_text("utf-8") + f"\n{self.rng.random()}\n", "utf-8")
        self.page().with_suffix(".yml").touch()


def tree(folder: Path) -> dict[str, bytes]:
    """Path → bytes, without what a build keeps for the next one."""
    files = {path.relative_to(folder).as_posix(): path for path in sorted(folder.rglob("*")) if path.is_file()}
    return {path: file.read_bytes() for path, file in files.items() if not path.startswith(("cache/", "lock"))}


def from_nothing(root: Path, fresh: Path, *, full_text: bool) -> Path:
    """The same sources and hand-written pages, built where nothing has been built before."""
    shutil.rmtree(fresh, ignore_errors=True)
    made = [*OWNED, "index.md", "corrections.md"]
    shutil.copytree(root / "content", fresh / "content", ignore=lambda folder, names: made if folder == str(root / "content") else [])
    for register in root.glob("content/*/register.csv"):  # what the archive remembers: ids that were given once
        kept = fresh / register.relative_to(root)
        kept.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(register, kept)
    build_archive(fresh, full_text=full_text)
    build_site(fresh, fresh / "site")
    return fresh


@pytest.mark.parametrize("seed", [1, 2])
def test_going_on_gives_what_starting_anew_gives(tmp_path: Path, seed: int) -> None:
    root = tmp_path / "archive"
    (root / SOURCES).mkdir(parents=True)
    editor = Editor(root, make_world(read_archive(PROJECT), random.Random(seed)))
    editor.add_issue()
    for step in range(STEPS):
        full_text = editor.rng.random() < 0.8
        for _ in range(editor.rng.randint(1, 3)):
            editor.act()
        editor.settle()
        build_archive(root, full_text=full_text)
        build_site(root, root / "site")
        fresh = from_nothing(root, tmp_path / "fresh", full_text=full_text)
        for folder in ("content", ".build", "site"):
            assert tree(root / folder) == tree(fresh / folder), (step, folder, editor.done)
