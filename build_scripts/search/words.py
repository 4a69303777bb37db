"""jieba's words, which rank what the pairs find. They exist in the index only: the browser takes from a query what is a word here."""

import math
from collections.abc import Iterable
from functools import cache, lru_cache
from typing import Any

import jieba

from build_scripts.lexicon.places import load_lexicon
from build_scripts.search.names import read_abbreviations
from build_scripts.search.normalise import normalise, runs

LONGEST = 12
"""Characters of the longest word that is indexed: a query tries every part of itself up to this length."""


class _Tokenizer(jieba.Tokenizer):  # type: ignore[misc]
    """jieba, which finds the likeliest cut in two thirds of the time: it takes no logarithm of a word's frequency whenever it meets it, and
    builds no table of all words in a run first. The cut is the same, of equally likely ones the same one."""

    def take_logarithms(self) -> None:
        """After the last ``add_word``. Beginnings of words stay 0, which is what jieba tells them by."""
        self.rare = -math.log(self.total)
        for word, frequency in self.FREQ.items():
            self.FREQ[word] = math.log(frequency) + self.rare if frequency else 0

    def get_DAG(self, sentence: str) -> None:
        """jieba's table of words; not needed."""

    def calc(self, sentence: str, DAG: None, route: dict[int, Any]) -> None:
        """For each place the likelihood of the best cut from there on, and where its first word ends."""
        find, length = self.FREQ.get, len(sentence)
        values = [0.0] * (length + 1)
        for start in range(length - 1, -1, -1):
            best, last, end = None, start, start + 1
            word = find(sentence[start])
            while word is not None:
                if word and (best is None or word + values[end] >= best):
                    best, last = word + values[end], end - 1
                if end == length:
                    break
                end += 1
                word = find(sentence[start:end])
            values[start] = self.rare + values[start + 1] if best is None else best
            route[start] = (values[start], last)


@cache
def _tokenizer() -> jieba.Tokenizer:
    """jieba with the lexicon's names, read without the cache file that it would leave in a folder shared by all users of a machine."""
    tokenizer = _Tokenizer()
    tokenizer.FREQ, tokenizer.total = tokenizer.gen_pfdict(tokenizer.get_dict_file())
    tokenizer.initialized = True
    for name in lexicon_names():
        tokenizer.add_word(name)
    tokenizer.take_logarithms()
    return tokenizer


def lexicon_names() -> list[str]:
    """Names that jieba is to know."""
    lexicon = load_lexicon()
    names = [form for city in lexicon.cities for form in (city.name, city.short)]
    names += [form for county in lexicon.counties for form in (county.name, county.short) if form]
    names += [form for zone in lexicon.zones for form in (zone.name, *zone.aliases)]
    names += [form for pair in read_abbreviations() for form in pair]
    return [name for name in names if len(name) > 1]


def cut_words(segments: Iterable[str]) -> list[str]:
    """The words of ``segments`` (in normal form), in order. A long word counts as itself and as the shorter words in it, for readers
    search for either: 经济技术开发区 is also 经济, 技术 and 开发区.

    Words are cut from runs, so that none holds a sign that a query's parts cannot hold.
    """
    found: list[str] = []
    for segment in segments:
        for run in runs(segment):
            found += _cut_cached(run) if len(run) <= _CACHED else _cut(run)
    return found


_CACHED = 12
"""Runs up to this length come again and again (科学导报讯, 开工一批)."""


def _cut(run: str) -> tuple[str, ...]:
    # HMM would guess words that are in no dictionary, at a third of the speed; pairs find them anyway.
    return tuple(word for word in _tokenizer().cut_for_search(run, HMM=False) if len(word) <= LONGEST)


_cut_cached = lru_cache(maxsize=1 << 15)(_cut)


def forget_words() -> None:
    """Lets go of jieba and its words, 90 MB: who has indexed all has no more use for them."""
    _cut_cached.cache_clear()
    _tokenizer.cache_clear()


def name_words(names: Iterable[str]) -> list[str]:
    """Names of places and headlines of series as words: each name whole, and what jieba makes of it."""
    normal = [normalise(name) for name in names]
    return [word for name in normal for word in dict.fromkeys([*([name] if len(name) <= LONGEST else []), *cut_words([name])])]
