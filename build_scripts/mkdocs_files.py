"""The files of a site as MkDocs keeps them, each of which becomes MkDocs' own ``File`` only when somebody asks for it.

MkDocs makes 43,000 objects of 10,000 articles, asks each a dozen times what it is, and each page for the date; a build that makes 300 pages
looks at few of them. What MkDocs says of a file by its path and the settings alone (where it comes to lie, whether it is published) is kept
from build to build; a file that is new is asked again. Whoever asks for a file gets what MkDocs itself would have made.
"""

import os
from collections.abc import Callable, Iterator, Mapping, MutableMapping, Sequence
from typing import NamedTuple, overload

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files, InclusionLevel, _file_sort_key, get_files, set_exclusions
from mkdocs.structure.pages import Page
from mkdocs.utils import is_markdown_file

Places = dict[str, tuple[str, int]]
"""Path of a source below ``content/`` → the path that MkDocs gives it on the site, and the number of its ``InclusionLevel``."""


class Source(NamedTuple):
    """What has to be known of a file to see whether it is on the site already."""

    uri: str
    path: str
    """Where it lies; empty where it is made in memory."""
    dest_uri: str
    inclusion: InclusionLevel
    generated: bool
    """Whether it lies outside ``content/``."""

    @property
    def included(self) -> bool:
        """Whether it is published."""
        return self.inclusion not in (InclusionLevel.EXCLUDED, InclusionLevel.DRAFT)

    @property
    def is_page(self) -> bool:
        """Whether it is Markdown, which comes to lie under another name."""
        return self.dest_uri != self.uri


class SparingFiles(Files):
    """MkDocs' collection of files, made one by one as they are asked for."""

    def __init__(self, config: MkDocsConfig, sources: Mapping[str, Source | File]) -> None:
        self._files_made = _Made(config, dict(sources))
        self._src_uris = self._files_made  # type: ignore[assignment]

    def sources(self) -> Iterator[Source]:
        """All of them, in MkDocs' order; none is made for it."""
        return (_source_of(one) if isinstance(one, File) else one for one in self._files_made.there.values())

    def made(self) -> list[File]:
        """Those that somebody has asked for."""
        return [one for one in self._files_made.there.values() if isinstance(one, File)]

    def documentation_pages(self, *, inclusion: Callable[[InclusionLevel], bool] = InclusionLevel.is_included) -> Sequence[File]:
        """The pages, none of which is made for it."""
        return Pages(self) if inclusion is InclusionLevel.is_included else super().documentation_pages(inclusion=inclusion)

    def add(self, uri: str, path: str) -> None:
        """Adds what is copied from ``path``, which is no page."""
        self._files_made.there[uri] = Source(uri, path, uri, InclusionLevel.INCLUDED, generated=True)

    def set_page(self, page_of: Callable[[File], Page]) -> None:
        """Lets ``page_of`` make the page of every file that is one."""
        self._files_made.page_of = page_of
        for file in self.made():
            self._files_made.give_page(file)


class _Made(MutableMapping[str, File]):
    """``Files._src_uris``: every file under its path, made at the first look."""

    def __init__(self, config: MkDocsConfig, there: dict[str, Source | File]) -> None:
        self.there = there
        self.page_of: Callable[[File], Page] | None = None
        self._config = config

    def give_page(self, file: File) -> None:
        if self.page_of is not None and file.is_documentation_page() and file.inclusion.is_included():  # type: ignore[no-untyped-call]
            file.page = self.page_of(file)

    def __getitem__(self, uri: str) -> File:
        found = self.there[uri]
        if isinstance(found, Source):
            config = self._config
            if found.generated:
                made = File.generated(config, uri, abs_src_path=found.path, inclusion=found.inclusion)
            else:
                made = File(
                    uri,
                    config.docs_dir,
                    config.site_dir,
                    config.use_directory_urls,
                    dest_uri=found.dest_uri,
                    inclusion=found.inclusion,
                )
            self.there[uri] = found = made
            self.give_page(made)
        return found

    def __setitem__(self, uri: str, file: File) -> None:
        self.there[uri] = file

    def __delitem__(self, uri: str) -> None:
        del self.there[uri]

    def __contains__(self, uri: object) -> bool:
        return uri in self.there

    def __iter__(self) -> Iterator[str]:
        return iter(self.there)

    def __len__(self) -> int:
        return len(self.there)


class Pages(Sequence[File]):
    """The pages among ``files``, in order."""

    def __init__(self, files: Files) -> None:
        self._files = files.src_uris
        self.sources = [one for one in sources_of(files) if one.is_page and one.included]

    @overload
    def __getitem__(self, number: int) -> File: ...

    @overload
    def __getitem__(self, number: slice) -> list[File]: ...

    def __getitem__(self, number: int | slice) -> File | list[File]:
        if isinstance(number, slice):
            return [self._files[one.uri] for one in self.sources[number]]
        return self._files[self.sources[number].uri]

    def __len__(self) -> int:
        return len(self.sources)


def find_files(config: MkDocsConfig, places: Places) -> tuple[Files, Places]:
    """``mkdocs.structure.files.get_files``, and what it says of each file; ``places`` is what it said last time, with the same settings."""
    there: dict[str, Source | File] = {}
    fresh: list[File] = []
    for folder, names, files in os.walk(config.docs_dir, followlinks=True):
        names.sort()
        files.sort(key=_file_sort_key)
        before = f"{folder[len(config.docs_dir) :].lstrip('/')}/".lstrip("/")
        for name in files:
            uri = before + name
            if place := places.get(uri):
                there[uri] = Source(uri, f"{folder}/{name}", place[0], InclusionLevel(place[1]), generated=False)
            else:
                file = there[uri] = File(uri, config.docs_dir, config.site_dir, config.use_directory_urls)
                fresh.append(file)
    set_exclusions(fresh, config)
    found = SparingFiles(config, there)
    said = {one.uri: (one.dest_uri, one.inclusion.value) for one in found.sources()}
    if len({place for place, _ in said.values()}) < len(said):  # two for one place: MkDocs has a rule which goes, and tells of it
        return get_files(config), {}
    return found, said


def sources_of(files: Files) -> Iterator[Source]:
    """What has to be known of each file, in order."""
    return files.sources() if isinstance(files, SparingFiles) else map(_source_of, files)


def _source_of(file: File) -> Source:
    return Source(file.src_uri, file.abs_src_path or "", file.dest_uri, file.inclusion, file.generated_by is not None)


def set_inclusions(files: Files, config: MkDocsConfig) -> None:
    """``mkdocs.structure.files.set_exclusions``, which has nothing to say of what has not been made."""
    set_exclusions(files.made() if isinstance(files, SparingFiles) else files, config)


def add_file(files: Files, config: MkDocsConfig, uri: str, path: str) -> None:
    """Adds a file that lies outside ``content/``."""
    if isinstance(files, SparingFiles) and uri not in files.src_uris and not is_markdown_file(uri):
        files.add(uri, path)
    else:
        files.append(File.generated(config, uri, abs_src_path=path, inclusion=InclusionLevel.INCLUDED))


def set_page(files: Files, page_of: Callable[[File], Page]) -> None:
    """Lets ``page_of`` make the page of every file that is one."""
    if isinstance(files, SparingFiles):
        files.set_page(page_of)
    else:
        for file in files.documentation_pages():
            file.page = page_of(file)
