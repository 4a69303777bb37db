"""The browsers that the review page is tested in."""

import os
import shutil
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.browser.firefox import find_firefox, write_launcher


@pytest.fixture(scope="session", params=["chromium", "firefox"])
def each_browser(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    """Chromium, then the Firefox that is installed."""
    with sync_playwright() as playwright:
        if request.param == "chromium":
            path = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
            browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox", "--disable-gpu"])
        elif find_firefox():
            launcher = write_launcher(tmp_path_factory.mktemp("firefox"))
            browser = playwright.firefox.launch(channel="moz-firefox", executable_path=launcher)
        else:
            pytest.skip("no Firefox is installed")
        yield browser
        browser.close()
