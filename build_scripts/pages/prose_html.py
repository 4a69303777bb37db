"""The HTML of a generated article's text, without asking a Markdown engine.

:mod:`build_scripts.pages.prose` writes a small part of Markdown: paragraphs and section heads of one line with their attributes below or
behind them, escaped signs, character references and inline tags. Python-Markdown needs 1.6 ms for such a text, this 0.05 ms; what it
gives is the same character by character (``tests/test_prose_html.py``), and whatever is written otherwise is left to Python-Markdown.
"""

import re

_TEXT = re.compile(
    r"""(?:
        [^\\`*_{}\[\]#+!<>&\x00-\x1f\x7f-\x9f\u2028\u2029]++        # text that no engine reads anything into
      | \\[\\`*_{}\[\]#+!]                                          # an escaped sign
      | &(?:\#[0-9]{2,7}|[a-z]{2,6});                               # a character reference
      | </?(?:data|span|a|i|b|cite)(?:\ [a-z][a-z-]*="[^"<>\\`*_{}\[\]@\x00-\x1f\x7f-\x9f\u2028\u2029]*+")*+>   # an inline tag
    )++""",
    re.VERBOSE,
)
_MARK = re.compile(r"[-:=~^$|@.\s]|[0-9]+[.)]")
"""How a list, a rule or a block of code could begin."""
_ATTRIBUTES = re.compile(r'\{: #([a-z0-9-]+) data-lines="([0-9]+-[0-9]+(?: [0-9]+-[0-9]+)*)" \}')
_ESCAPED = re.compile(r"\\([\\`*_{}\[\]#+!])")


def read_prose(markdown: str) -> str | None:
    """The HTML of ``markdown``, or ``None`` where it holds anything that :func:`~build_scripts.pages.prose.render_body` does not write.

    >>> read_prose('1\\\\+11\\n{: #l8 data-lines="8-9" }\\n')
    '<p data-lines="8-9" id="l8">1+11</p>'
    >>> read_prose("1+11\\n") is None
    True
    """
    found: list[str] = []
    for block in markdown.removesuffix("\n").split("\n\n"):
        head = block.startswith("## ")
        text, _, attributes = (block[3:] if head else block).rpartition(" {:" if head else "\n{:")
        match = _ATTRIBUTES.fullmatch(f"{{:{attributes}")
        if match is None or _TEXT.fullmatch(text) is None or _MARK.match(text) or text[-1].isspace():
            return None
        tag, shown = "h2" if head else "p", _ESCAPED.sub(r"\1", text)
        found.append(f'<{tag} data-lines="{match[2]}" id="{match[1]}">{shown}</{tag}>')
    return "\n".join(found)
