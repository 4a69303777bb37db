"""The policy of released pages: what stands inline is named by its hash, everything else comes from the site itself."""

import base64
import hashlib
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from build_scripts.csp import policy_of, with_policy
from tests.site import pages_of

pytestmark = pytest.mark.xdist_group("site")


def sha(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def test_inline_scripts_and_styles_are_named_and_data_is_not() -> None:
    html = (
        '<style>p{}</style><script>a()</script><script type="module" src="x.js"></script>'
        '<script type="application/ld+json">{"a":1}</script><SCRIPT>甲()</SCRIPT>'
    )
    directives = dict(part.split(" ", 1) for part in policy_of(html).split("; "))
    assert directives["script-src"] == f"'self' {sha('a()')} {sha('甲()')}"
    assert directives["style-src"] == f"'self' {sha('p{}')}"
    assert directives["default-src"] == "'none'"
    assert "unsafe" not in policy_of(html)


@given(st.text(alphabet="ab<>\"'=/ \n甲"))
def test_a_policy_is_an_attribute_whatever_the_page_holds(text: str) -> None:
    assert re.fullmatch(r"[A-Za-z0-9+/=:;' -]+", policy_of(text))


def test_the_policy_comes_before_all_that_it_governs() -> None:
    html = with_policy('<head>\n<meta charset="utf-8">\n<script>a()</script>')
    assert html.index("Content-Security-Policy") < html.index("<script>")
    assert html.index("charset") < html.index("Content-Security-Policy")


def test_every_released_page_has_one_and_nothing_inline_but_404(public_site: Path) -> None:
    for address, page in pages_of(public_site).items():
        (policy,) = page.xpath("//meta[@http-equiv='Content-Security-Policy']/@content") or [""]
        if page.xpath("//meta[@http-equiv='refresh']"):
            continue
        assert policy.startswith("default-src 'none'; script-src 'self'"), address
        assert ("sha256" in policy) == (address == "404.html"), address


def test_a_page_that_is_opened_as_a_file_has_none(real_site: Path) -> None:
    assert not [path for path in real_site.rglob("*.html") if "Content-Security-Policy" in path.read_text("utf-8")]


def test_nothing_of_material_s_is_published_that_no_page_loads(real_site: Path) -> None:
    assert not (real_site / "assets/javascripts").exists()
    assert not (real_site / "assets/stylesheets").exists()
    text = (real_site / "issues/2024-14/guxian-ten-projects/index.html").read_text("utf-8")
    for gone in ("md-toggle", "md-overlay", "md-dialog", "__config", "__md_scope", "palette."):
        assert gone not in text, gone
