"""What the tests share: the project's folder, and small archives made on the spot."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import settings

from build_scripts.build import build_archive
from build_scripts.site import build_site
from build_scripts.source import Page, make_page
from tests.site import Element, pages_of

settings.register_profile("archive", deadline=None, derandomize=True, max_examples=100)
settings.load_profile("archive")

PROJECT = Path(__file__).resolve().parent.parent

ISSUE = """\
id: {issue}
newspaper: 科学导报
supplement: 开发区建设专刊
year: 2024
not_before: 2024-08-19
pages: [D1]
evidence: []
rights: 测试用
"""

TEXT = """\
 打造开发区建设升级版

大同：项目总数 47 个
科学导报讯 8 月 19 日，大同市举行活
动，总投资 99.754 亿
元。 翁剑
"""

LAYOUT = """\
page: D1
furniture:
- slogan: 1
articles:
- id: datong
  type: brief
  title: 3
  credit: 4:0-4:5
  byline: 6:3
  body:
  - 4:5-6:3
"""


def page_of(text: str, name: str = "D1") -> Page:
    """A page that is in no archive."""
    return make_page(text.encode(), path=f"{name}.txt", issue="2024-1", name=name, source=f"content/sources/2024-1/{name}.txt")


@pytest.fixture
def make_archive(tmp_path: Path) -> Callable[..., Path]:
    """Writes an archive of one page; call it again to add an issue."""

    def make(text: str | bytes = TEXT, layout: str | bytes = LAYOUT, issue: str = ISSUE, issue_id: str = "2024-after-0819") -> Path:
        folder = tmp_path / "content" / "sources" / issue_id
        folder.mkdir(parents=True, exist_ok=True)
        for name, content in (("D1.txt", text), ("D1.yml", layout), ("issue.yml", issue.format(issue=issue_id))):
            (folder / name).write_bytes(content if isinstance(content, bytes) else content.encode())
        return tmp_path

    return make


@pytest.fixture(scope="session")
def real_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of the real archive, built once for each worker that needs it."""
    root = tmp_path_factory.mktemp("real")
    shutil.copytree(PROJECT / "content", root / "content")
    build_archive(root)
    build_site(root, root / "site")
    return root / "site"


@pytest.fixture(scope="session")
def pages(real_site: Path) -> dict[str, Element]:
    """Its pages by address, read once. Tests only look at them."""
    return pages_of(real_site)


SITE_URL = "https://example.org/kfq/"


@pytest.fixture(scope="session")
def public_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same with its address known, as it is released."""
    root = tmp_path_factory.mktemp("public")
    shutil.copytree(PROJECT / "content", root / "content")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SITE_URL", SITE_URL)
        build_archive(root)
        build_site(root, root / "site")
    return root / "site"
