"""Page types through axe-core: at both widths and in both schemes where they draw, else in one of them by turns."""

import pytest
from playwright.sync_api import Browser

from tests.browser.axe import violations
from tests.browser.test_reading import Visit, address, browser

__all__ = ["address", "browser"]

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("site")]

PHONE, DESK = ("phone", "light"), ("desk", "dark")
PAGES = [
    ("", PHONE),
    ("issues/", DESK),
    ("issues/2024-after-0819/", PHONE),
    ("issues/2024-after-0819/linfen-2024-3rd/", DESK),
    ("issues/2024-14/yangquan-project-drive/", PHONE),
    ("issues/2024-after-0819/D1/", PHONE),
    *((path, how) for path in ("events/", "events/2024-3/") for how in (PHONE, DESK)),
    *((path, how) for path in ("cities/", "cities/lvliang/") for how in (PHONE, DESK)),
    *((path, how) for path in ("zones/", "zones/yangquan-gaoxin/") for how in (PHONE, DESK)),
    *((path, how) for path in ("indicators/", "indicators/zong-touzi/") for how in (PHONE, DESK)),
    *((path, how) for path in ("authors/", "authors/738b-6ce2/") for how in (PHONE, DESK)),
    ("corrections/", PHONE),
    ("checks/", DESK),
    ("checks/2024-after-0819/", PHONE),
    ("data/", DESK),
    ("search/?q=%E5%A4%A7%E5%90%8C", PHONE),
]


@pytest.mark.parametrize(("path", "how"), PAGES)
def test_axe_finds_nothing(browser: Browser, address: str, path: str, how: tuple[str, str]) -> None:
    size, scheme = how
    with Visit(browser, address, size, color_scheme=scheme) as visit:
        assert violations(visit.open(path)) == []
