"""The one style sheet."""

from pathlib import Path

import pytest
from mkdocs.config import load_config
from mkdocs.structure.files import File, Files

from build_scripts.mkdocs_hooks import PROJECT
from build_scripts.styles import SHEET, join_styles

CONFIG = load_config(str(PROJECT / "mkdocs.yml"))
CONFIG.plugins._current_plugin = "hooks"  # who makes a file: MkDocs says it in a build
MATERIAL = "assets/stylesheets/main.0a1b2c3d.min.css"


def found(**own: str) -> Files:
    texts = {MATERIAL: 'b{c:url("data:image/svg+xml;x")}\n/*# sourceMappingURL=main.0a1b2c3d.min.css.map */'}
    texts |= {f"assets/css/{name}.css": text for name, text in own.items()}
    return Files([File.generated(CONFIG, path, content=text) for path, text in texts.items()])


def test_the_theme_s_sheets_come_behind_material_s_in_the_settings_order() -> None:
    sheet = join_styles(found(charts="d{}", archive="a{}", search="s{}"), CONFIG)
    assert sheet.src_uri == SHEET
    assert sheet.content_string.split() == ['b{c:url("data:image/svg+xml;x")}', "a{}", "s{}", "d{}"]


@pytest.mark.parametrize("text", ['a{background:url("../fonts/a.svg")}', "a{background:url(a.png)}", '@import "b.css";'])
def test_a_sheet_that_leads_to_another_file_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"assets/css/search.css: .* leads out"):
        join_styles(found(archive="a{}", search=text, charts=""), CONFIG)


def test_a_page_asks_for_this_sheet_only(real_site: Path) -> None:
    sheet = (real_site / SHEET).read_text("utf-8")
    for path in CONFIG.extra_css:
        assert (PROJECT / "theme" / path).read_text("utf-8") in sheet
    assert sorted(path.name for path in real_site.rglob("*.css")) == ["site.css"]
