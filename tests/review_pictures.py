"""Draws the pictures of the guide to the review page, ``docs/review/``: ``make pictures``.

They show a real page whose draft was spoilt as in :mod:`tests.browser.test_review_trial`, at the steps that the guide explains.
"""

import os
import shutil
import tempfile
from pathlib import Path
from typing import Any

from playwright.sync_api import sync_playwright

from build_scripts.layout.draft import draft_layout
from build_scripts.layout.render import render_layout
from tests.browser.desk import reviewing
from tests.browser.test_review_trial import Editor, joined, read, swallowed, swapped
from tests.conftest import PROJECT

FOLDER = PROJECT / "docs/review"
ISSUE, NAME = "2024-after-0819", "D1"


def draw() -> None:
    """Writes the pictures."""
    chromium = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
    with tempfile.TemporaryDirectory() as name, sync_playwright() as playwright:
        root = Path(name)
        folder = root / "content/sources" / ISSUE
        shutil.copytree(PROJECT / "content/sources", folder.parent)
        page, layout = read(folder, NAME)
        layout = swapped(layout, "datong-2024-3rd", "xinzhou-2024-3rd")
        layout = swallowed(page, layout, "tiandi-coal-machinery-photo", "shanxi-2024-3rd")
        layout = joined(layout, "lvliang-2024-3rd", "changzhi-2024-3rd")
        (folder / f"{NAME}.yml").write_text(render_layout(layout, page, draft_layout(page).reasons), encoding="utf-8")
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        with reviewing(root, ISSUE, NAME) as address:
            editor = Editor(browser.new_context(viewport={"width": 1280, "height": 720}), address)

            def picture(name: str, **options: Any) -> None:
                editor.page.screenshot(path=str(FOLDER / f"{name}.jpg"), type="jpeg", quality=60, **options)

            editor.click("大同：项目总数47个")
            picture("swapped")
            editor.press("w", "Enter")
            editor.over_lines(482, 483)
            editor.press("Delete", "ArrowUp")
            picture("loose")
            editor.page.locator('[data-article="linfen-2024-3rd"] .correction button').click()
            picture("correct", clip=editor.page.locator("dialog").bounding_box())
        browser.close()


if __name__ == "__main__":
    draw()
