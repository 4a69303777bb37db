"""Words to put in the place of others: jieba's dictionary by part of speech, the lexicon's places."""

import itertools
import random
import re
from bisect import bisect
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import jieba
from jieba import posseg

from build_scripts.lexicon.places import load_lexicon

REPLACED = {"ns": 0.7, "nr": 0.7, "nt": 0.7, "nz": 0.7, "n": 0.15, "v": 0.15, "vn": 0.15, "a": 0.1}
"""Part of speech → the share of its words that are replaced: names mostly, for they differ from report to report."""

DIGITS_REPLACED = 0.9
STAFF = 400

_WORD = re.compile("[\u4e00-\u9fff]{2,4}")
_DIGITS = re.compile("[0-9]+")


@dataclass(frozen=True, slots=True)
class Choice:
    """Words with running sums of their weights."""

    words: Sequence[str]
    sums: Sequence[float]

    def pick(self, rng: random.Random) -> str:
        """One word, the frequent ones more often."""
        return self.words[bisect(self.sums, rng.random() * self.sums[-1])]


@cache
def _dictionary() -> dict[str, Choice]:
    """Part of speech → words by frequency to the power of 0.6, which keeps rare words in sight."""
    groups: dict[str, list[tuple[str, float]]] = {}
    with jieba.get_dict_file() as file:
        for line in file:
            word, count, tag = line.decode("utf-8").split()
            if tag in REPLACED and tag != "ns" and int(count) > 2 and _WORD.fullmatch(word):
                groups.setdefault(tag, []).append((word, float(count) ** 0.6))
    lexicon = load_lexicon()
    groups["ns"] = [(place.short, 30.0) for place in lexicon.cities] + [(county.short, 6.0) for county in lexicon.counties if county.short]
    return {
        tag: Choice([word for word, _ in pairs], list(itertools.accumulate(weight for _, weight in pairs))) for tag, pairs in groups.items()
    }


@cache
def _tagger() -> posseg.POSTokenizer:
    """jieba's tagger, read without the cache file that it would leave in a folder shared by all users of a machine."""
    tokenizer = jieba.Tokenizer()
    tokenizer.FREQ, tokenizer.total = tokenizer.gen_pfdict(tokenizer.get_dict_file())
    tokenizer.initialized = True
    return posseg.POSTokenizer(tokenizer)


@cache
def _tagged(sentence: str) -> tuple[tuple[str, str], ...]:
    return tuple((pair.word, pair.flag) for pair in _tagger().cut(sentence))


def vary(sentence: str, rng: random.Random) -> str:
    """``sentence`` with other names, other words here and there, and other figures of the same length."""
    return "".join(_vary_word(word, tag, rng) for word, tag in _tagged(sentence))


def _vary_word(word: str, tag: str, rng: random.Random) -> str:
    if _DIGITS.search(word):
        return _DIGITS.sub(lambda match: _number(match[0], rng), word)
    share = REPLACED.get(tag, 0)
    if share and len(word) > 1 and rng.random() < share:
        return _dictionary()[tag].pick(rng)
    return word


def _number(digits: str, rng: random.Random) -> str:
    if len(digits) == 4 and digits.startswith("20"):
        return digits
    if rng.random() > DIGITS_REPLACED:
        return digits
    return str(rng.randint(1, 9)) + "".join(str(rng.randint(0, 9)) for _ in digits[1:])


@cache
def _staff() -> tuple[str, ...]:
    rng = random.Random(STAFF)
    return tuple(_dictionary()["nr"].pick(rng)[:3] for _ in range(STAFF))


def byline(rng: random.Random) -> str:
    """A name out of the few hundred that a paper has in twenty years."""
    return rng.choice(_staff())
