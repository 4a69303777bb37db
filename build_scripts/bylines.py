"""Bylines 署名: the printed words → names with their roles.

The paper prints ``记者王波 通讯员范彦荣`` after the credit, a bare name or two at an article's end (``吴珊珊 刘梦琪``),
``供稿：晋中市商务局`` for a supplying body, ``■ 吴珊珊`` or ``刘亮亮摄`` under a picture.
"""

import re

from build_scripts.chars import is_han
from build_scripts.records import Author

PLAIN_ROLE = "署名"

_ROLES = (
    "本报记者", "本刊记者", "特约记者", "见习记者", "实习记者", "实习生", "记者", "特约通讯员", "通讯员", "撰稿", "撰文",
    "摄影报道", "摄影", "图/文", "文/图", "供图", "供稿", "编辑", "责编",
)  # fmt: skip
_SHORT_ROLES = ("文", "图", "摄")
"""They are surnames or parts of names too, so they are roles only before a colon or between spaces."""

_PREFIX = re.compile(rf"^(?:({'|'.join(_ROLES)})[：:]?|({'|'.join(_SHORT_ROLES)})[：:])(?=.)")
_SUFFIX = re.compile(r"(摄影报道|摄影|摄|供图|供稿|文/图)$")
_BRACKETS = "（）()【】[]■●◆□▲★"
_LONE = re.compile(rf"^({'|'.join((*_ROLES, *_SHORT_ROLES))})[：:]?$")


def read_byline(text: str) -> tuple[Author, ...]:
    """The names in one printed byline, in order.

    A role holds for the names after it until the next role; a role behind a name (``刘亮亮摄``) is that name's. The two
    characters of a spaced name (``翁 剑``) are one name.

    >>> read_byline("记者王波 通讯员范彦荣")
    (Author(name='王波', role='记者'), Author(name='范彦荣', role='通讯员'))
    """
    role = PLAIN_ROLE
    authors: list[Author] = []
    for word in _words(text):
        rest = word
        while match := _LONE.match(rest) or _PREFIX.match(rest):
            role, rest = next(filter(None, match.groups())), rest[match.end() :]
        if not rest:
            continue
        own = _SUFFIX.search(rest)
        if own and len(rest) > len(own.group()) + 1:
            authors.append(Author(rest[: own.start()], own.group()))
        else:
            authors.append(Author(rest, role))
    return tuple(authors)


def _words(text: str) -> list[str]:
    """Names and roles of ``text``, spaced single characters put together two by two."""
    spread = text.translate(dict.fromkeys(map(ord, _BRACKETS), " ")).replace("、", " ").replace("，", " ")
    words: list[str] = []
    open_single = False
    for word in spread.split():
        single = len(word) == 1 and is_han(word) and word not in _SHORT_ROLES
        if single and open_single:
            words[-1] += word
            open_single = False
        else:
            words.append(word)
            open_single = single
    return words
