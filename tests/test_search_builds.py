"""The search index in blocks and segments: asked like one index, and built anew only as far as the archive has changed."""

import itertools
import json
import random
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, cast

import jieba
import pytest

from build_scripts.archive import read_archive
from build_scripts.build import render_index
from build_scripts.cache import Cache
from build_scripts.figures.records import Figure
from build_scripts.origins import Origins
from build_scripts.packed import Later
from build_scripts.pages.view import View
from build_scripts.passage import Passage
from build_scripts.reads import read_ahead, recall_issues
from build_scripts.records import Article, Issue
from build_scripts.search import blocks, postings, render, segments, words
from build_scripts.search.blocks import Block, split_issues
from build_scripts.search.normalise import normalise, runs
from build_scripts.search.render import render_search
from tests.bench.queries import make_queries, read_texts
from tests.conftest import PROJECT
from tests.data_files import data_files
from tests.search_engine import ask_engine, search_documents, write_index

pytestmark = pytest.mark.xdist_group("search")


@pytest.fixture(scope="module")
def view() -> View:
    return View(read_archive(PROJECT))


@pytest.fixture
def small_blocks(monkeypatch: pytest.MonkeyPatch) -> None:
    """Blocks of a few articles, so that the real archive has several and both kinds of segment."""
    monkeypatch.setattr(blocks, "LEAST", 2)
    monkeypatch.setattr(blocks, "ONE_IN", 2)
    monkeypatch.setattr(segments, "SHORT", 8)
    monkeypatch.setattr(postings, "COMMON", 1)
    monkeypatch.setattr(render, "COMMON", 1)


@pytest.fixture(autouse=True)
def words_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    """jieba's words are kept too, by whichever build is the first of a process: tests of what is kept of blocks leave them out."""
    monkeypatch.setattr(render, "recall_words", lambda cache: None)


class Counting(Cache):
    """A cache that counts what it could not answer."""

    missed = 0

    def get(self, key: bytes) -> bytes | None:
        found = super().get(key)
        self.missed += found is None
        return found


# ---- Archives made of the real one: its issues again under other ids, with articles changed or taken away ----


def copied(issue: Issue, number: int) -> Issue:
    """The issue as one of so many years earlier, with ids of its own."""
    id_, year = f"{issue.id}-{number}", issue.year - number

    def article(one: Article) -> Article:
        return replace(one, id=f"{one.id}-{number}", issue=id_)

    pages = tuple(replace(page, articles=tuple(map(article, page.articles))) for page in issue.pages)
    return replace(issue, id=id_, year=year, not_before=f"{year}{issue.not_before[4:]}", date=None, pages=pages)


def changed(issue: Issue, rng: random.Random) -> Issue:
    """The issue with one article less, or with one that is shorter or says other places."""
    at = rng.randrange(len(issue.pages))
    articles = list(issue.pages[at].articles)
    number = rng.randrange(len(articles))
    one = articles[number]
    if (what := rng.randrange(3)) == 0 and len(articles) > 1:
        del articles[number]
    elif what == 1 and len(one.body) > 1:
        articles[number] = replace(one, body=one.body[: rng.randrange(1, len(one.body))])
    else:
        articles[number] = replace(one, cities=("晋城市",), title=None)
    pages = tuple(replace(page, articles=tuple(articles)) if place == at else page for place, page in enumerate(issue.pages))
    return replace(issue, pages=pages)


def titled(issue: Issue, title: str) -> Issue:
    """The issue with another title of its first article."""
    first, *rest = issue.pages[0].articles
    article = replace(first, title=Passage(title, Origins.of(range(len(title)))))
    return replace(issue, pages=(replace(issue.pages[0], articles=(article, *rest)), *issue.pages[1:]))


def archive_view(view: View, issues: Iterable[Issue]) -> View:
    return View(replace(view.archive, issues=tuple(sorted(issues, key=lambda issue: issue.sort_key))))


def figures_of(view: View) -> Callable[[Article], Sequence[Figure]]:
    """The figures of copied articles; those whose paragraph has been cut off are gone with it."""

    def own(article: Article) -> Sequence[Figure]:
        found = view.archive.figures[article.source].figures
        original = next(one for one in view.archive.articles if article.id.startswith(one.id) and one.source == article.source)
        held = [figure for figure in found if figure.article == original.id and (figure.part != "body" or figure.block < len(article.body))]
        return [figure for figure in held if figure.part != "title" or article.title]

    return own


def newest(view: View) -> Issue:
    """An issue that ends no block."""
    issues = (copied(view.archive.issues[0], -number) for number in itertools.count(1))
    return next(issue for issue in issues if not split_issues([issue])[0].whole)


# ---- Asked like one index ----


QUERIES = ("开发区", "项 目", "大同 签约 总投资", "阳泉高新区蓝宝石", "開發區", "99.754", "区", "大同超导磁体", "山西转型综改示范区", "qq")


@pytest.mark.usefixtures("small_blocks")
def test_segments_are_asked_like_one_index(view: View, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # Beyond U+FFFF a character is two in JavaScript, and comes before some that have smaller numbers.
    rare = titled(copied(view.archive.issues[0], 0), "\U00020bb7林\U00020bb6\U00020bb7公司\uff9e")
    several = archive_view(view, [*view.archive.issues[1:], *(copied(issue, 1) for issue in view.archive.issues), rare, newest(view)])
    split = write_index(tmp_path / "split", render_search(several, figures_of(view)))
    monkeypatch.setattr(blocks, "LEAST", 10_000)
    monkeypatch.setattr(blocks, "MOST", 10_000)
    monkeypatch.setattr(postings, "COMMON", 10_000)
    monkeypatch.setattr(render, "COMMON", 10_000)
    one = write_index(tmp_path / "one", render_search(several, figures_of(view)))
    drawn = [query.text for query in make_queries(read_texts(json.loads(data_files(view)["articles.json"])))]
    requests: list[dict[str, Any]] = [{"text": text, "options": {"limit": 100}} for text in drawn]
    requests += [{"text": text, "options": {"limit": 30, "facets": True, **more}} for text in QUERIES for more in ({}, {"sort": "date"})]

    def answered(folder: Path) -> list[Any]:
        found = [reply["answered"] for reply in ask_engine(folder, requests)]
        for reply in found:
            del reply["elapsed_ms"]
        return found

    assert len(list(split.glob("*/terms"))) == 2
    assert len(list(split.glob("*/texts"))) > 4
    assert len(list(one.glob("*/terms"))) == 1
    assert answered(split) == answered(one)
    for text in ("\U00020bb7林", "林\U00020bb6", "\U00020bb6", "\U00020bb7公司"):
        found = ask_engine(split, [text])[0]["answered"]
        assert [result["id"] for result in found["results"]] == [rare.articles[0].id], text


def test_a_string_with_punctuation_is_not_looked_for_in_every_text(view: View, tmp_path: Path) -> None:
    article = next(article for article in view.archive.articles if article.type == "caption")
    many = tuple(replace(article, id=f"{article.id}-{number}") for number in range(4000))
    page = replace(view.issues[article.issue].pages[0], articles=many)
    index = write_index(tmp_path, render_search(archive_view(view, [replace(view.issues[article.issue], pages=(page,))])))
    text = article.paragraphs[0].passage.text
    start = next(at for at in range(len(text)) if len(runs(text[at : at + 4])[0]) == 4)
    string = f"{text[start : start + 2]}；{text[start + 2 : start + 4]}"
    pieces = len(list(index.rglob("texts/*.bin")))
    reply = ask_engine(index, [{"text": string, "fresh": True}])[0]
    assert reply["answered"]["tier"] == "cut"
    assert reply["answered"]["total"] == 4000
    assert reply["files"] < pieces / 2


def test_an_issue_put_in_among_older_ones_moves_few_blocks(view: View, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(blocks, "LEAST", 15)
    issues = sorted((copied(issue, number) for issue in view.archive.issues for number in range(40)), key=lambda issue: issue.sort_key)

    def ids(found: Iterable[Block]) -> set[tuple[str, ...]]:
        return {tuple(issue.id for issue in block.issues) for block in found}

    before = split_issues(issues)
    assert [issue for block in before for issue in block.issues] == issues
    assert all(block.whole for block in before[:-1])
    assert all(sum(len(issue.articles) for issue in block.issues) >= blocks.LEAST for block in before[:-1])
    assert len(before) > 30
    moved = [len(ids(before) - ids(split_issues([*issues[:at], *issues[at + 1 :]]))) for at in range(0, len(issues), 7)]
    assert sum(moved) / len(moved) < 3


# ---- Built anew as far as it has changed ----


@pytest.mark.usefixtures("small_blocks")
@pytest.mark.parametrize("seed", range(2))
def test_any_sequence_of_changes_gives_the_same_bytes_as_a_clean_build(view: View, seed: int, tmp_path: Path) -> None:
    rng = random.Random(seed)
    spare = [copied(issue, number) for issue in view.archive.issues for number in range(4)]
    rng.shuffle(spare)
    issues = [spare.pop() for _ in range(6)]
    cache = Cache(tmp_path)
    for _ in range(7):
        what = rng.choice(("add", "change", "change", "remove")) if len(issues) > 2 else "add"
        if what == "add" and spare:
            issues.append(spare.pop())
        elif what == "remove":
            issues.remove(rng.choice(issues))
        else:
            at = rng.randrange(len(issues))
            issues[at] = changed(issues[at], rng)
        state = archive_view(view, issues)
        assert render_search(state, figures_of(view), cache) == render_search(state, figures_of(view)), what


@pytest.mark.usefixtures("small_blocks")
def test_only_the_changed_block_and_its_segment_are_made_anew(view: View, tmp_path: Path) -> None:
    issues = [copied(issue, number) for issue in view.archive.issues for number in range(3)]
    cache = Counting(tmp_path)
    before = render_search(archive_view(view, issues), figures_of(view), cache)
    assert cache.missed > 6
    cache.missed = 0
    render_search(archive_view(view, issues), figures_of(view), cache)
    assert cache.missed == 0
    after = render_search(archive_view(view, [*issues, newest(view)]), figures_of(view), cache)
    assert cache.missed == 2, "the last block, and the segment that is made of it"
    same = [name for name in before if after.get(name) == before[name]]
    assert len(same) > len(before) / 2


@pytest.mark.usefixtures("small_blocks")
def test_with_the_keys_of_its_issues_a_kept_block_is_not_looked_into(view: View, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    issues = [copied(issue, number) for issue in view.archive.issues for number in range(3)]
    keys = {issue.id: issue.id.encode() for issue in issues}
    looked: list[Block] = []
    source = blocks.block_source

    def look(block: Block, *rest: Any) -> bytes:
        looked.append(block)
        return source(block, *rest)

    monkeypatch.setattr(render, "block_source", look)

    def build(found: Sequence[Issue]) -> tuple[dict[str, bytes], int]:
        looked.clear()
        state = archive_view(view, found)
        with Cache(tmp_path) as cache:
            files = render_search(state, figures_of(view), cache, keys)
        again = len(looked)
        assert files == render_search(state, figures_of(view))
        return files, again

    assert build(issues)[1] > 5
    for _ in range(5):  # longer than the cache keeps what nobody asks for
        assert build(issues)[1] == 0
    added = newest(view)
    keys[added.id] = b"new"
    assert build([*issues, added])[1] == 1
    keys[issues[0].id] = b"changed"
    assert build([*issues, added])[1] == 1


@pytest.mark.usefixtures("small_blocks")
def test_broken_entries_are_made_anew(view: View, tmp_path: Path) -> None:
    clean = render_search(view, view.figures_of, Cache(tmp_path))
    paths = [path for path in tmp_path.rglob("*") if path.is_file()]
    whole = {path: path.read_bytes() for path in paths}
    for path, data in whole.items():
        path.write_bytes(data[:-1])
    assert render_search(view, view.figures_of, Cache(tmp_path)) == clean
    assert {path: path.read_bytes() for path in paths} == whole, "what was broken is put right"


def test_the_index_keeps_nothing_of_what_it_looks_into(tmp_path: Path) -> None:
    with Cache(tmp_path) as cache:
        ahead = read_ahead(PROJECT, cache)
        read_archive(PROJECT, ahead.read)
        archive = recall_issues(PROJECT, cache, ahead.keys)
    assert archive is not None
    files = render_index(View(archive), None, ahead.keys)
    assert json.loads(files["manifest.json"])["answers"]
    assert not any(page._of_articles or cast(Later[Figure], page.figures)._items for page in archive.figures.values())


# ---- jieba ----


def test_words_are_jiebas(view: View) -> None:
    """Our faster search for the best cut gives the same words as jieba's own, on every run of the archive."""
    plain = jieba.Tokenizer()
    plain.FREQ, plain.total = plain.gen_pfdict(plain.get_dict_file())
    plain.initialized = True
    for name in words.lexicon_names():
        plain.add_word(name)
    found = {run for document in search_documents(view) for segment in document.segments for run in runs(normalise(segment.text))}
    rng = random.Random(1)
    known = sorted(plain.FREQ)
    found |= {"".join(rng.choice(known) for _ in range(rng.randrange(1, 6))) for _ in range(3000)}
    for run in sorted(found):
        expected = [word for segment in runs(normalise(run)) for word in plain.cut_for_search(segment, HMM=False)]
        assert words.cut_words([normalise(run)]) == [word for word in expected if len(word) <= words.LONGEST], run


def test_words_that_were_kept_are_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """They are read from jieba's dictionary once; what is damaged is read again."""
    known, cache = words._tokenizer(), Cache(tmp_path)
    for damage in (False, True, False):
        monkeypatch.setattr(words, "_made", [])
        words.recall_words(cache)
        assert (words._tokenizer().FREQ, words._tokenizer().rare) == (known.FREQ, known.rare)
        if damage:
            (path,) = (path for path in tmp_path.rglob("*") if path.is_file())
            path.write_bytes(path.read_bytes()[:-1])
