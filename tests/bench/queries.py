"""Queries of ten kinds, drawn from an archive by rule and a fixed seed, with the articles that rightly answer them.

What is right is found by plain looking: the string stands in the article, white space aside. Nothing of the search is used here.

word 词 · name 名称 · phrase 词组 · concat two terms typed together · xsub a string that cuts words · figure 数字 · two terms ·
char 单字 · trad traditional characters · abbr 简称
"""

import random
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import jieba

from build_scripts.lexicon.places import load_lexicon
from build_scripts.search.traditional import load_table

COUNTS = {"word": 34, "name": 28, "phrase": 26, "concat": 14, "xsub": 36, "figure": 24, "two": 24, "char": 16, "trad": 18, "abbr": 12}
"""How many of each kind: 232 in all."""

_HAN_RUN = re.compile("[\u4e00-\u9fff]{2,}")
_FIGURE = re.compile("[0-9]+(?:\\.[0-9]+)?(?:亿元|万元|万吨|公里|个|家|亩|平方米)?")
_SPACE = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Query:
    """What is typed, and the strings that an article must hold to be right."""

    kind: str
    text: str
    needs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Text:
    """An article as plain text: its parts, without white space, in small letters."""

    id: str
    parts: tuple[str, ...]

    def holds(self, needs: Sequence[str]) -> bool:
        """Whether every string stands in one of the parts."""
        return all(any(need in part for part in self.parts) for need in needs)


def read_texts(articles: list[dict[str, Any]]) -> list[Text]:
    """Rows of ``articles.json`` → texts: headline, byline, body."""
    found = []
    for row in articles:
        parts = [row["title"], row["kicker"], row["subtitle"], row["credit"], *(author["name"] for author in row["authors"])]
        parts += [block["text"] for block in (*row["section_heads"], *row["paragraphs"])]
        found.append(Text(row["id"], tuple(_SPACE.sub("", part).lower() for part in parts if part)))
    return found


def right_answers(query: Query, texts: Sequence[Text]) -> frozenset[str]:
    """Ids of the articles that hold what the query needs."""
    return frozenset(text.id for text in texts if text.holds(query.needs))


@cache
def _tokenizer() -> jieba.Tokenizer:
    tokenizer = jieba.Tokenizer()
    tokenizer.FREQ, tokenizer.total = tokenizer.gen_pfdict(tokenizer.get_dict_file())
    tokenizer.initialized = True
    return tokenizer


def make_queries(texts: Sequence[Text], seed: int = 7) -> list[Query]:
    """The queries for an archive; the same texts give the same queries."""
    rng = random.Random(seed)
    makers: dict[str, Callable[[Text, random.Random], Query | None]] = {
        "word": _word, "name": _name, "phrase": _phrase, "concat": _concat, "xsub": _xsub,
        "figure": _figure, "two": _two, "char": _char, "trad": _trad, "abbr": _abbr,
    }  # fmt: skip
    found: list[Query] = []
    for kind, wanted in COUNTS.items():
        seen: dict[str, Query] = {}
        for _ in range(4000):
            if len(seen) == wanted:
                break
            query = makers[kind](rng.choice(texts), rng)
            if query and (kind != "concat" or not any(text.holds([query.text]) for text in texts)):
                seen.setdefault(query.text, query)
        found += seen.values()
    return found


def _words(text: Text, rng: random.Random) -> tuple[str, list[str]]:
    """One run of Han characters of the body and its words."""
    found = [run for part in text.parts for run in _HAN_RUN.findall(part)]
    run = rng.choice(found) if found else ""
    return run, list(_tokenizer().cut(run, HMM=False))


def _pick_word(text: Text, rng: random.Random) -> str | None:
    words = [word for word in _words(text, rng)[1] if len(word) > 1]
    return rng.choice(words) if words else None


def _word(text: Text, rng: random.Random) -> Query | None:
    word = _pick_word(text, rng)
    return Query("word", word, (word,)) if word else None


def _names() -> list[str]:
    lexicon = load_lexicon()
    places = [form for city in lexicon.cities for form in (city.name, city.short)]
    places += [form for county in lexicon.counties for form in (county.name, county.short) if form]
    return places + [form for zone in lexicon.zones for form in (zone.name, *zone.aliases)]


def _name(text: Text, rng: random.Random) -> Query | None:
    held = [name for name in _names() if text.holds([name])]
    name = rng.choice(held) if held else None
    return Query("name", name, (name,)) if name else None


def _phrase(text: Text, rng: random.Random) -> Query | None:
    words = _words(text, rng)[1]
    if len(words) < 3:
        return None
    at = rng.randrange(len(words) - 2)
    phrase = "".join(words[at : at + rng.choice((2, 3))])
    return Query("phrase", phrase, (phrase,)) if len(phrase) > 3 else None


def _concat(text: Text, rng: random.Random) -> Query | None:
    one, two = _pick_word(text, rng), _pick_word(text, rng)
    if not one or not two or one == two or len(one + two) < 5:
        return None
    return Query("concat", one + two, (one, two))


def _xsub(text: Text, rng: random.Random) -> Query | None:
    run, words = _words(text, rng)
    edges = {sum(len(word) for word in words[:number]) for number in range(len(words) + 1)}
    size = rng.choice((2, 3, 4))
    starts = [at for at in range(len(run) - size + 1) if at not in edges or at + size not in edges]
    if not starts:
        return None
    at = rng.choice(starts)
    return Query("xsub", run[at : at + size], (run[at : at + size],))


def _figure(text: Text, rng: random.Random) -> Query | None:
    found = [match for part in text.parts for match in _FIGURE.findall(part) if len(match) > 2]
    figure = rng.choice(found) if found else None
    return Query("figure", figure, (figure,)) if figure else None


def _two(text: Text, rng: random.Random) -> Query | None:
    one, two = _pick_word(text, rng), _pick_word(text, rng)
    return Query("two", f"{one} {two}", (one, two)) if one and two and one != two else None


def _char(text: Text, rng: random.Random) -> Query | None:
    run, _ = _words(text, rng)
    char = rng.choice(run) if run else None
    return Query("char", char, (char,)) if char else None


@cache
def _to_traditional() -> dict[str, str]:
    table: dict[str, str] = {}
    for traditional, simplified in load_table().items():
        # The commonest form stands in the basic block; 后 and 里 stay, for they have two readings.
        if "\u4e00" <= traditional <= "\u9fff":
            table.setdefault(simplified, traditional)
    return table


def _trad(text: Text, rng: random.Random) -> Query | None:
    word = _pick_word(text, rng)
    if not word:
        return None
    traditional = "".join(_to_traditional().get(char, char) for char in word)
    return Query("trad", traditional, (word,)) if traditional != word else None


def _abbr(text: Text, rng: random.Random) -> Query | None:
    short = (
        "经开区",
        "高新区",
        "综改区",
        "战新",
        "综改示范区",
        "管委会",
        "三个一批",
        "承诺制",
        "标准地",
        "全代办",
        "规上",
        "技改",
        "省委",
        "文旅",
    )
    held = [name for name in short if text.holds([name])]
    held += [alias for zone in load_lexicon().zones for alias in zone.aliases if len(alias) < len(zone.name) and text.holds([alias])]
    name = rng.choice(held) if held else None
    return Query("abbr", name, (name,)) if name else None
