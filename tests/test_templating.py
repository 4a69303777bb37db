"""The short ways through MkDocs' and Jinja's code lead where the long ones do."""

from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jinja2 import DictLoader, Environment
from lxml import html
from mkdocs.utils import normalize_url

from build_scripts.templating import lean, quicken

CONFIG: Any = SimpleNamespace(_current_page=None)
PLAIN, QUICK = Environment(), Environment()
quicken(QUICK, CONFIG)

PARTS = st.sampled_from(["issues", "2024-1", "a", "ab", "D1", "cities", "taiyuan.json", "..", ".", "%E8", "x#l4", "a?b=1", "乙"])
PAGES = st.lists(st.sampled_from(["issues", "2024-1", "a", "ab", "D1"]), max_size=4).map(
    lambda parts: "".join(f"{part}/" for part in parts)
)
TARGETS = st.builds(lambda parts, end: "/".join(parts) + end, st.lists(PARTS, max_size=5), st.sampled_from(["", "/"])) | st.sampled_from(
    ["", ".", "#l4", "/x", "https://example.org/a", "mailto:a@b.cn", "//x", "a//b", "a\\b", "./a", "../a", "a/../../b"]
)


@given(TARGETS, PAGES)
def test_addresses_are_those_of_mkdocs(target: str, page: str) -> None:
    CONFIG._current_page = SimpleNamespace(url=page)
    shown = QUICK.from_string("{{ target | url }}").render(target=target)
    assert shown == normalize_url(target, SimpleNamespace(url=page), "")  # type: ignore[arg-type]


@given(TARGETS)
def test_templates_that_are_no_page_have_addresses_too(target: str) -> None:
    CONFIG._current_page = None
    shown = QUICK.from_string("{{ target | url }}").render(target=target, page=None, base_url="/base/")
    assert shown == normalize_url(target, None, "/base/")


@pytest.mark.parametrize(
    "template",
    ["{{ x.unit }}", "{{ x.none }}", "{{ x.items() | list }}", "{{ x.none.more is defined }}", "{{ x.get('unit') }}", "{{ x.keys }}"],
)
@pytest.mark.parametrize("value", [{"unit": "亿元"}, {"items": 1, "keys": "k"}, {}, SimpleNamespace(unit="个"), "text", 3, None])
def test_attributes_are_those_of_jinja(template: str, value: Any) -> None:
    def shown(env: Environment) -> str:
        try:
            return env.from_string(template).render(x=value).split(" at 0x")[0]
        except Exception as error:  # noqa: BLE001 (whatever Jinja raises)
            return repr(error)

    assert shown(QUICK) == shown(PLAIN)


def nodes(text: str) -> list[tuple[object, ...]]:
    """Elements with their attributes and their text, whose white space no page shows."""
    tree = html.fragment_fromstring(text, create_parent="div")
    return [(element.tag, dict(element.attrib), "".join(element.text_content().split())) for element in tree.iter()]


TABLE = """
<ul class="rows">
  <li id="a">甲</li>
  <li><a href="b/">乙</a> 丙</li>
</ul>
<table class="plain">
  <thead><tr><th scope="col">一</th></tr></thead>
  <tbody>
    <tr><td class="a b">1</td><td></td></tr>
  </tbody>
</table>
<dl><div><dt>名</dt><dd>值</dd></div></dl>
"""


def test_a_lean_template_makes_the_same_elements() -> None:
    assert "</li>" not in lean(TABLE)
    assert nodes(lean(TABLE)) == nodes(TABLE)
    assert len(lean(TABLE)) < len(TABLE) * 0.7


def test_only_pages_are_made_lean() -> None:
    env = Environment(loader=DictLoader({"a.html": TABLE, "a.xml": TABLE}))
    quicken(env, CONFIG)
    assert env.get_template("a.xml").render() == TABLE.rstrip("\n")
    assert nodes(env.get_template("a.html").render()) == nodes(TABLE)


def test_what_all_pages_of_a_folder_have_alike_is_rendered_once() -> None:
    env = Environment(loader=DictLoader({"part.html": "{{ 'about/' | url }} {{ page.url }}", "page.html": "{{ shared('part.html') }}"}))
    quicken(env, CONFIG)

    def shown(url: str) -> str:
        CONFIG._current_page = SimpleNamespace(url=url)
        return env.get_template("page.html").render(page=CONFIG._current_page)

    assert shown("issues/2024-1/a/") == "../../../about/ issues/2024-1/a/"
    assert shown("issues/2024-1/b/") == "../../../about/ issues/2024-1/a/", "kept from the first"
    assert shown("issues/2024-1/") == "../../about/ issues/2024-1/"
    assert shown("cities/a/b/") == "../../../about/ cities/a/b/"
