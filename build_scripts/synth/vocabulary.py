"""Words to put in the place of others: jieba's dictionary by part of speech; names of people and firms."""

import itertools
import random
import re
from bisect import bisect
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import jieba
from jieba import posseg

REPLACED = {"nr": 0.7, "nt": 0.7, "nz": 0.7, "n": 0.15, "v": 0.15, "vn": 0.15, "a": 0.1}
"""Part of speech → the share of its words that are replaced: names mostly, for they differ from report to report."""

STAFF = 400

SURNAMES = (
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎"
    "余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文"
)
GIVEN = (
    "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华玉兰红梅建国志飞鹏波宇航浩然思琪雨欣晨曦子涵嘉怡文博"
    "雅婷俊峰晓东海燕春生永亮立新云龙慧玲淑珍国栋世昌"
)
BRANDS = (
    "恒瑞昌晋达华盛泰兴隆源宏信诚德立凯鑫辉远航腾飞博创智汇融通嘉禾润康美佳益民安顺利丰裕天元科金亿众联合"
    "力同方正东西南北新时代光明星宇太阳月朗云峰岭海江川泉洁净绿蓝青"
)

_WORD = re.compile("[\u4e00-\u9fff]{2,4}")


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
            if tag in REPLACED and int(count) > 2 and _WORD.fullmatch(word):
                groups.setdefault(tag, []).append((word, float(count) ** 0.6))
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
def _tagged(words: str) -> tuple[tuple[str, str], ...]:
    return tuple((pair.word, pair.flag) for pair in _tagger().cut(words))


def vary(words: str, rng: random.Random) -> str:
    """``words`` with other names, and other words here and there."""
    return "".join(_vary_word(word, tag, rng) for word, tag in _tagged(words))


def _vary_word(word: str, tag: str, rng: random.Random) -> str:
    share = REPLACED.get(tag, 0)
    if share and len(word) > 1 and rng.random() < share:
        return _dictionary()[tag].pick(rng)
    return word


def person(rng: random.Random) -> str:
    """A name of two or three characters."""
    return rng.choice(SURNAMES) + "".join(rng.sample(GIVEN, rng.choice((1, 2, 2))))


@cache
def _staff() -> tuple[str, ...]:
    rng = random.Random(STAFF)
    return tuple(person(rng) for _ in range(STAFF))


def byline(rng: random.Random) -> str:
    """A name out of the few hundred that a paper has in twenty years."""
    return rng.choice(_staff())


def brand(rng: random.Random) -> str:
    """What a firm calls itself."""
    return "".join(rng.sample(BRANDS, 2))
