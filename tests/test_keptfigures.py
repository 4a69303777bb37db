"""Figures out of the cache are the figures that were read; what lists ask of them is there before any is unpacked."""

from dataclasses import fields, replace

import pytest

from build_scripts import packed
from build_scripts.archive import read_archive
from build_scripts.figures.records import Figure, PageFigures
from build_scripts.keptfigures import encode_rest, open_figures, pack_heads, take_figures
from build_scripts.packed import Piece, pack
from build_scripts.pages.view import View
from build_scripts.records import Archive
from tests.conftest import PROJECT

ASKED = ("id", "article", "issue", "source", "unit", "indicator", "subject", "subject_type", "scope", "batch", "event", "core")
"""What the indexes of a view and the lists of all pages ask, of every figure of the archive."""


@pytest.fixture(scope="module")
def archive() -> Archive:
    return read_archive(PROJECT)


def kept(page: PageFigures) -> tuple[Figure, ...]:
    return tuple(take_figures(page.source, pack_heads(page.figures), Piece(pack(encode_rest(page.figures)), open_figures)))


def test_they_are_equal_in_every_field_and_both_ways(archive: Archive) -> None:
    for page in archive.figures.values():
        for fresh, other in zip(page.figures, kept(page), strict=True):
            assert {field.name: getattr(other, field.name) for field in fields(Figure)} == {
                field.name: getattr(fresh, field.name) for field in fields(Figure)
            }
            assert (fresh == other, other == fresh, hash(fresh) == hash(other)) == (True, True, True)
            assert str(other.value) == str(fresh.value), "89.40 was printed more exactly than 89.4"
            assert replace(fresh, line=0) != other
            assert isinstance(replace(other, core=True), Figure)


def test_nothing_else_passes_for_a_field(archive: Archive) -> None:
    figure = kept(next(iter(archive.figures.values())))[0]
    with pytest.raises(AttributeError):
        figure.colour  # type: ignore[attr-defined]  # noqa: B018


def test_a_page_without_figures_has_none() -> None:
    assert kept(PageFigures("content/sources/x/D1.txt", (), (), ())) == ()


def test_indexes_are_made_without_unpacking_any(archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    figures = {source: PageFigures(source, (), kept(page), ()) for source, page in archive.figures.items()}

    def refuse(self: packed.Piece[object]) -> None:
        raise AssertionError(self)

    monkeypatch.setattr(packed.Piece, "read", refuse)
    view = View(replace(archive, figures=figures))
    assert view.by_subject
    assert view.by_event
    assert view.by_indicator
    assert view.checks_of_figures
    assert all([getattr(figure, name) for name in ASKED] for figure in view.all_figures)
    with pytest.raises(AssertionError):
        _ = view.all_figures[0].quote
