"""The guides are true: their commands run, every command and option is documented, and what they quote is there."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from build_scripts.archive import read_archive
from build_scripts.cli import main
from build_scripts.projects.aliasfile import check_ids, read_alias_file
from tests.conftest import PROJECT

DOCS = PROJECT / "docs"
GUIDES = ("editing.md", "editing.zh-CN.md")


def blocks(name: str, language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```", (DOCS / name).read_text("utf-8"), re.MULTILINE | re.DOTALL)


def commands(group: click.Group, path: str = "archive") -> Iterator[tuple[str, click.Command]]:
    for name, command in sorted(group.commands.items()):
        if isinstance(command, click.Group):
            yield from commands(command, f"{path} {name}")
        else:
            yield f"{path} {name}", command


def test_both_guides_have_the_same_commands() -> None:
    english, chinese = ({language: blocks(name, language) for language in ("sh", "console", "yaml")} for name in GUIDES)
    assert english == chinese


@pytest.fixture(scope="module")
def workplace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the project's content (one issue of it) and guides, under git, with ``archive`` on the path."""
    folder = tmp_path_factory.mktemp("guide") / "project"
    shutil.copytree(PROJECT / "docs", folder / "docs")
    sources = folder / "content/sources"
    shutil.copytree(PROJECT / "content/sources/2024-14", sources / "2024-14")
    (folder / ".gitignore").write_text("/.build/\n/content/.pending/\n/site*/\n/review.html\n")
    for words in (["init", "--quiet"], ["add", "--all"], ["commit", "--quiet", "--message", "x"]):
        subprocess.run(["git", *words], cwd=folder, env=environment(), check=True)
    return folder


def environment() -> dict[str, str]:
    who = {f"GIT_{role}_{key}": "x@example.org" for role in ("AUTHOR", "COMMITTER") for key in ("NAME", "EMAIL")}
    return {**os.environ, **who, "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}", "GIT_CONFIG_GLOBAL": os.devnull}


@pytest.mark.xdist_group("guide")
def test_the_guide_from_a_page_to_its_articles(workplace: Path) -> None:
    before, after, redirects, judged = blocks("editing.md", "yaml")
    layout = workplace / "content/sources/2024-15/D1.yml"
    shown = {}
    for number, block in enumerate(blocks("editing.md", "sh")):
        done = subprocess.run(["sh", "-ec", block], cwd=workplace, env=environment(), capture_output=True, text=True, check=False)
        assert done.returncode == 0, f"{block}\n{done.stdout}{done.stderr}"
        shown[block.split("\n")[0]] = done.stdout
        if number == 1:  # the layout is corrected as the guide shows it, below its comments
            text = layout.read_text("utf-8")
            assert before in text
            layout.write_text(text.replace(before, after), "utf-8")
    assert "1 doubts to settle" in shown["archive check"]
    assert "【84.9亿元】" in next(output for command, output in shown.items() if command.startswith("archive correct add"))
    page = (workplace / "site/issues/2024-15/yangquan-2024-2nd/index.html").read_text("utf-8")
    assert "阳泉：项目总数33个" in page.replace(" ", "")
    assert (workplace / "review.html").read_text("utf-8").count("<article") == 3
    assert re.fullmatch(r"issues: .*\npages: .*\narticles: .*\n", redirects)
    (workplace / "content/projects.yml").write_text(judged, "utf-8")
    check_ids(read_alias_file(workplace).projects, {project.id for project in read_archive(PROJECT).ledger.projects}, "project")


def test_every_command_and_option_is_documented() -> None:
    text = (DOCS / "commands.md").read_text("utf-8")
    missing = []
    for path, command in commands(main):
        section = next((part for part in text.split("\n### ") if path.startswith(part.split("\n")[0])), "")
        if not section or (f"`{path}" not in section and len(path.split()) > 2):
            missing.append(path)
        options = [option for parameter in command.params if isinstance(parameter, click.Option) for option in parameter.opts]
        missing += [f"{path} {option}" for option in options if f"`{option}" not in section]
    assert missing == [], "docs/commands.md"


def test_no_command_is_documented_that_is_not_there() -> None:
    known = {path for path, _ in commands(main)}
    known |= {path.rpartition(" ")[0] for path in known if path.count(" ") > 1}
    headings = re.findall(r"^### (archive .*)$", (DOCS / "commands.md").read_text("utf-8"), re.MULTILINE)
    assert set(headings) <= known
    options = {option for _, command in commands(main) for parameter in command.params for option in parameter.opts}
    assert set(re.findall(r"`(--[a-z-]+)", (DOCS / "commands.md").read_text("utf-8"))) <= options | {"--help", "--version"}


def test_readme_names_every_command() -> None:
    for name in ("README.md", "README.zh-CN.md"):
        text = (PROJECT / name).read_text("utf-8")
        assert [path for path, _ in commands(main) if f"`{' '.join(path.split()[:2])}" not in text] == [], name


def test_make_targets_and_files_that_the_guides_name_are_there() -> None:
    makefile = (PROJECT / "Makefile").read_text("utf-8")
    for path in sorted(DOCS.glob("*.md")):
        text = path.read_text("utf-8")
        for target in re.findall(r"`make ([a-z-]+)|^make ([a-z-]+)|/ make ([a-z-]+)", text, re.MULTILINE):
            assert re.search(rf"^{''.join(target)}:", makefile, re.MULTILINE), f"{path.name}: make {''.join(target)}"
        for name in re.findall(r"`((?:tests|docs|content|theme|\.github)/[\w./-]+\.\w+)`", text):
            if "2024-15" not in name:
                assert (PROJECT / name).exists(), f"{path.name}: {name}"
        for link in re.findall(r"\]\(([\w.-]+\.md)(?:#[\w-]+)?\)", text):
            assert (DOCS / link).exists(), f"{path.name}: {link}"


def test_messages_that_the_guide_explains_are_the_programs() -> None:
    said = (PROJECT / "build_scripts/messages.csv").read_text("utf-8") + (PROJECT / "build_scripts/check.py").read_text("utf-8")
    table = (DOCS / "editing.md").read_text("utf-8").partition("## When something is refused")[2]
    for message in re.findall(r"^\| `([^`]+)`", table, re.MULTILINE):
        words = re.split(r"…|\d[\d-]*", message)[0].strip()
        assert words in said or words.startswith("process"), message
