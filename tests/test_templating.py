"""The short ways through MkDocs' and Jinja's code lead where the long ones do."""

from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jinja2 import Environment
from mkdocs.utils import normalize_url

from build_scripts.templating import quicken

PLAIN, QUICK = Environment(), Environment()
quicken(QUICK)

PARTS = st.sampled_from(["issues", "2024-1", "a", "ab", "D1", "cities", "taiyuan.json", "..", ".", "%E8", "x#l4", "a?b=1", "乙"])
PAGES = st.lists(st.sampled_from(["issues", "2024-1", "a", "ab", "D1"]), max_size=4).map(
    lambda parts: "".join(f"{part}/" for part in parts)
)
TARGETS = st.builds(lambda parts, end: "/".join(parts) + end, st.lists(PARTS, max_size=5), st.sampled_from(["", "/"])) | st.sampled_from(
    ["", ".", "#l4", "/x", "https://example.org/a", "mailto:a@b.cn", "//x", "a//b", "a\\b", "./a", "../a", "a/../../b"]
)


@given(TARGETS, PAGES)
def test_addresses_are_those_of_mkdocs(target: str, page: str) -> None:
    shown = QUICK.from_string("{{ target | url }}").render(target=target, page=SimpleNamespace(url=page), base_url="")
    assert shown == normalize_url(target, SimpleNamespace(url=page), "")  # type: ignore[arg-type]


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
