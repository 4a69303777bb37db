"""The browsers that pages are tested in: one of each for all tests of a process, for Playwright runs only once in one."""

import os
import shutil
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Playwright, sync_playwright

from tests.browser.firefox import find_firefox, write_launcher


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    with sync_playwright() as playwright:
        yield playwright


@pytest.fixture(scope="session")
def browser(playwright: Playwright) -> Iterator[Browser]:
    path = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
    browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"])
    yield browser
    browser.close()


@pytest.fixture(scope="session")
def firefox(playwright: Playwright, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    """The Firefox that is installed."""
    if not find_firefox():
        pytest.skip("no Firefox is installed")
    browser = playwright.firefox.launch(channel="moz-firefox", executable_path=write_launcher(tmp_path_factory.mktemp("firefox")))
    yield browser
    browser.close()


@pytest.fixture(scope="session", params=["browser", "firefox"])
def each_browser(request: pytest.FixtureRequest) -> Browser:
    found: Browser = request.getfixturevalue(request.param)
    return found
