"""jieba's words, which rank what the pairs find. They exist in the index only: the browser takes from a query what is a word here."""

import math
import re
import string
from collections.abc import Iterable
from functools import lru_cache

import jieba
import msgspec

from build_scripts.cache import Cache
from build_scripts.fingerprint import content_key
from build_scripts.lexicon.places import load_lexicon
from build_scripts.search.names import read_abbreviations
from build_scripts.search.normalise import normalise, runs

LONGEST = 12
"""Characters of the longest word that is indexed: a query tries every part of itself up to this length."""


_BLOCK = re.compile(r"([\u4e00-\u9fd5a-zA-Z0-9+#&._%-]+)")
"""What jieba looks for words in; any other sign is a word to it."""

_LATIN = frozenset(string.ascii_letters + string.digits)


class _Tokenizer(jieba.Tokenizer):  # type: ignore[misc]
    """jieba's dictionary, and its likeliest cut in half of the time: no logarithm of a word's frequency is taken whenever the word is met,
    no table of all words in a run is built first, and what a long word holds is looked for once. The cut is the same, of equally likely
    ones the same one."""

    def take_logarithms(self) -> None:
        """After the last ``add_word``. Beginnings of words stay 0, which is what jieba tells them by."""
        self.rare = -math.log(self.total)
        self.parts: dict[str, tuple[str, ...]] = {}
        for word, frequency in self.FREQ.items():
            self.FREQ[word] = math.log(frequency) + self.rare if frequency else 0

    def words(self, run: str) -> list[str]:
        """``cut_for_search(run, HMM=False)``. HMM would guess words that are in no dictionary, at a third of the speed; pairs find them
        anyway."""
        found: list[str] = []
        for number, block in enumerate(_BLOCK.split(run)):
            if number % 2:
                self._cut(block, found)
            else:
                found += block
        return found

    def _cut(self, block: str, found: list[str]) -> None:
        ends = self._ends(block)
        latin = start = 0  # where letters and digits begin that are no part of a word: they make one together
        while start < len(block):
            end = ends[start]
            if end - start > 1 or block[start] not in _LATIN:
                if latin < start:
                    found += self._parts(block[latin:start])
                if end - start > 2:
                    found += self._parts(block[start:end])
                else:
                    found.append(block[start:end])
                latin = end
            start = end
        if latin < start:
            found += self._parts(block[latin:start])

    def _ends(self, block: str) -> list[int]:
        """For each place where the first word of the best cut from there on ends."""
        find, length, rare = self.FREQ.get, len(block), self.rare
        values = [0.0] * (length + 1)
        ends = list(range(1, length + 1))
        for start in range(length - 1, -1, -1):
            best, end = None, start + 1
            word = find(block[start])
            while word is not None:
                if word and (best is None or word + values[end] >= best):
                    best, ends[start] = word + values[end], end
                if end == length:
                    break
                end += 1
                word = find(block[start:end])
            values[start] = rare + values[start + 1] if best is None else best
        return ends

    def _parts(self, word: str) -> tuple[str, ...]:
        """The words of two and of three characters in a word, and the word itself."""
        parts = self.parts.get(word)
        if parts is None:
            grams = [word[at : at + size] for size in (2, 3) if len(word) > size for at in range(len(word) - size + 1)]
            parts = (*filter(self.FREQ.get, grams), word)
            if word in self.FREQ:  # what is in no dictionary does not come again
                self.parts[word] = parts
        return parts


_made: list[_Tokenizer] = []


def _tokenizer() -> _Tokenizer:
    """jieba with the lexicon's names, read without the cache file that it would leave in a folder shared by all users of a machine."""
    if not _made:
        tokenizer = _Tokenizer()
        tokenizer.FREQ, tokenizer.total = tokenizer.gen_pfdict(tokenizer.get_dict_file())
        tokenizer.initialized = True
        for name in lexicon_names():
            tokenizer.add_word(name)
        tokenizer.take_logarithms()
        _made.append(tokenizer)
    return _made[0]


def recall_words(cache: Cache | None) -> None:
    """Takes jieba's words from an earlier build, or keeps them for a later one: to read its dictionary takes as long as 200 articles."""
    if _made or cache is None:
        return
    key = content_key(b"words")
    try:
        rare, words = msgspec.msgpack.decode(cache.get(key) or b"", type=tuple[float, dict[str, float]])
    except msgspec.MsgspecError:
        cache.put(key, msgspec.msgpack.encode((_tokenizer().rare, _tokenizer().FREQ)))
        return
    tokenizer = _Tokenizer()
    tokenizer.rare, tokenizer.FREQ, tokenizer.parts, tokenizer.initialized = rare, words, {}, True
    _made.append(tokenizer)


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


def _cut(run: str) -> list[str]:
    words = _tokenizer().words(run)
    return words if max(map(len, words), default=0) <= LONGEST else [word for word in words if len(word) <= LONGEST]


_cut_cached = lru_cache(maxsize=1 << 15)(_cut)


def forget_words() -> None:
    """Lets go of jieba and its words, 90 MB: who has indexed all has no more use for them."""
    _cut_cached.cache_clear()
    _made.clear()


def name_words(names: Iterable[str]) -> list[str]:
    """Names of places and headlines of series as words: each name whole, and what jieba makes of it."""
    normal = [normalise(name) for name in names]
    return [word for name in normal for word in dict.fromkeys([*([name] if len(name) <= LONGEST else []), *cut_words([name])])]
