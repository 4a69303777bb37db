"""The quick way from a generated text to HTML gives what Python-Markdown gives, or nothing."""

import markdown
import pytest
from hypothesis import given
from hypothesis import strategies as st

from build_scripts.archive import read_archive
from build_scripts.pages.document import escape_attribute, escape_inline, guard_start
from build_scripts.pages.prose import render_body
from build_scripts.pages.prose_html import read_prose
from tests.conftest import PROJECT
from tests.test_pages import HOSTILE


def engine(text: str) -> str:
    """What MkDocs makes of it, with the extensions of mkdocs.yml and those that MkDocs adds."""
    extensions = ["toc", "tables", "fenced_code", "attr_list"]
    return str(markdown.markdown(text, extensions=extensions, extension_configs={"toc": {"toc_depth": 0}}))


SIGNS = "甲乙。“” ab1.-+#=*_[](){}<>&|~`:!\"'\\$^@%/;&#\u2028\u0085\t\u3000"
TEXTS = st.text(SIGNS, min_size=1, max_size=40) | st.sampled_from(HOSTILE)


@st.composite
def pieces(draw: st.DrawFn) -> str:
    """A run of text as the program writes it: plain, in a figure's mark, or corrected."""
    text = escape_inline(draw(TEXTS))
    match draw(st.integers(0, 3)):
        case 0:
            return f'<data id="l1c2" value="99.754">{text}</data>'
        case 1:
            printed = escape_attribute(draw(TEXTS))
            return f'<span class="corr" id="c1-2" data-printed="{printed}"><a href="#note-c1-2">{text}</a></span>'
        case _:
            return text


@st.composite
def blocks(draw: st.DrawFn) -> str:
    text = "".join(draw(st.lists(pieces(), min_size=1, max_size=4)))
    attributes = '{: #l1-20 data-lines="1-2 4-4" }'
    return f"## {text} {attributes}" if draw(st.booleans()) else f"{guard_start(text)}\n{attributes}"


@given(st.lists(blocks(), min_size=1, max_size=3).map("\n\n".join))
def test_it_is_what_python_markdown_makes(text: str) -> None:
    quick = read_prose(f"{text}\n")
    assert quick is None or quick == engine(text)


@given(st.text("甲1. -+#*_[](){}<>&|~`:!\"'\\=\nad/;" + "l", max_size=40))
def test_other_markdown_is_the_same_or_refused(text: str) -> None:
    quick = read_prose(text)
    assert quick is None or quick == engine(text)


@pytest.mark.parametrize(
    "text", ["甲*乙*丙", "甲\n乙", "- 甲", "# 甲", "    甲", "1. 甲", "<div>甲</div>", "甲  ", "[甲](乙)", "甲 <http://x.cn>", ""]
)
def test_markdown_of_a_writer_is_left_to_the_engine(text: str) -> None:
    assert read_prose(f'{text}\n{{: #l1 data-lines="1-1" }}\n') is None


def test_every_article_of_the_real_archive_goes_the_quick_way() -> None:
    archive = read_archive(PROJECT)
    for article in archive.articles:
        text = render_body(article, archive.figures[article.source].of_article(article.id))
        assert read_prose(text) == engine(text), article.id
