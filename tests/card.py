"""Draws ``theme/assets/card.png``, the picture that messengers and search engines show beside a link: ``make card``.

The picture is committed, because the site's build has no browser and fonts differ from machine to machine.
"""

import os
import shutil
from pathlib import Path

from playwright.sync_api import sync_playwright

TARGET = Path(__file__).resolve().parent.parent / "theme/assets/card.png"
SIZE = {"width": 1200, "height": 630}

CARD = """<!doctype html><html lang="zh-CN"><meta charset="utf-8"><style>
body { margin: 0; width: 1200px; height: 630px; box-sizing: border-box; padding: 70px 84px; background: #fbf9f4; color: #1f1d1a;
  font-family: "Noto Sans CJK SC", sans-serif; border: 14px solid #fbf9f4; outline: 3px solid #1f1d1a; outline-offset: -26px; }
p { margin: 0; font-size: 34px; color: #5b564e; }
h1 { margin: 26px 0 30px; padding: 30px 0 34px; border-top: 10px double #1f1d1a; border-bottom: 3px solid #d8d1c3;
  font: bold 96px/1.25 "Noto Serif CJK SC", serif; }
b { color: #96291a; font-weight: bold; }
.tag { display: inline-block; margin-top: 34px; padding: 4px 18px; border: 2px solid #d8d1c3; font-size: 30px; }
</style><p>科学导报·开发区建设专刊</p><h1>开发区专刊档案</h1>
<p>按期、按市可读，全文可检索，<b>每个数都能回到原版所印的行</b></p><p class="tag">非官方整理</p></html>"""


def draw() -> None:
    """Writes the picture."""
    chromium = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        page = browser.new_page(viewport={"width": SIZE["width"], "height": SIZE["height"]})
        page.set_content(CARD)
        page.screenshot(path=str(TARGET))
        browser.close()


if __name__ == "__main__":
    draw()
