"""Articles made of a real archive's sentences."""

import random
import re
from dataclasses import dataclass

from build_scripts.lexicon.places import Zone, load_lexicon
from build_scripts.records import Archive
from build_scripts.synth.vocabulary import byline, vary

_SENTENCE = re.compile("[^。！？]+[。！？]?”?")
_UNSAFE = re.compile("[\x00-\x20_]")


@dataclass(frozen=True, slots=True)
class Draft:
    """One article before it is set."""

    kicker: str | None
    title: str
    paragraphs: tuple[str, ...]
    byline: str


@dataclass(frozen=True, slots=True)
class Material:
    """What the articles are made of."""

    sentences: tuple[str, ...]
    titles: tuple[str, ...]


def read_material(archive: Archive) -> Material:
    """Sentences and titles of a real archive, in order."""
    sentences: dict[str, None] = {}
    titles: dict[str, None] = {}
    for article in archive.articles:
        if article.title:
            titles[_UNSAFE.sub("", article.title.text)] = None
        for paragraph in article.paragraphs:
            for match in _SENTENCE.finditer(_UNSAFE.sub("", paragraph.passage.text)):
                if len(match[0]) >= 12:
                    sentences[match[0]] = None
    return Material(tuple(sentences), tuple(titles))


def write_article(material: Material, rng: random.Random) -> Draft:
    """One article: now and then under a zone's name, three to seven paragraphs of two to four sentences."""
    zone: Zone = rng.choice(load_lexicon().zones)
    title = vary(rng.choice(material.titles), rng)
    paragraphs = tuple(
        "".join(vary(rng.choice(material.sentences), rng) for _ in range(rng.randint(2, 4))) for _ in range(rng.randint(3, 7))
    )
    return Draft(zone.name if rng.random() < 0.4 else None, title, paragraphs, byline(rng))
