"""Every name of one text: places, firms, projects. Figures and the ledger ask for the same paragraphs one after the other."""

from dataclasses import dataclass
from functools import lru_cache

from build_scripts import names
from build_scripts.lexicon.finder import Mention
from build_scripts.projects.companies import Firm, find_firms
from build_scripts.projects.names import Found, find_projects

KEPT = 1024
"""Texts whose names are kept: more than one page has paragraphs, forty articles on it or more."""


@dataclass(frozen=True, slots=True)
class TextNames:
    """What a text names, each in order and without overlaps among its kind."""

    places: tuple[Mention, ...]
    firms: tuple[Firm, ...]
    projects: tuple[Found, ...]


@lru_cache(maxsize=KEPT)
def find_names(text: str) -> TextNames:
    """The places, firms and projects that ``text`` names.

    >>> [firm.name for firm in find_names("与大运集团、北方铜业开展联合招商。").firms]
    ['大运集团', '北方铜业']
    """
    places = names.find_places(text)
    firms = find_firms(text, places)
    return TextNames(places, firms, find_projects(text, places, firms))
