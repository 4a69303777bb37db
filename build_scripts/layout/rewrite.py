"""A changed layout put into the text of its file: what reads the same keeps every character.

An editor's comments, key order, quotes and blank lines are theirs. Libraries that keep comments hang each on the value before it,
so that a paragraph moved to another article would leave its comment behind and take its neighbour's along (ruamel.yaml 0.19); here a
comment belongs to what stands below it, as the draft writes it and as people read it.
"""

import json
from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from build_scripts.layout.filetext import FileText, Key, Member, UnusualText, find_comments, read_file_text
from build_scripts.layout.layoutfile import Layout, layout_of
from build_scripts.layout.render import REMARK, render_layout
from build_scripts.layout.tree import KEY_ORDER, SECTIONS, Item, Tree, layout_tree, lines_of, write_block, write_entry, write_value
from build_scripts.source import Page
from build_scripts.yamlfile import parse_yaml

_LISTS = frozenset((*SECTIONS, "body"))
"""Keys whose value is a list with a dash for each member."""


def rewrite_layout(text: str, page: Page, layout: Layout, *, settled: Collection[int] = ()) -> str:
    """``text``, the layout file of ``page``, with ``layout`` in it; the same text where it holds that layout already.

    ``settled``: numbers of lines of the file (from 1), comments that an editor has dealt with; they are left out. Every other comment
    stays: with its article, paragraph or key; where that is gone, above the part that now holds the page's line that a draft's remark
    names, else above what followed. An article is known again by its id, a paragraph by its place, in whichever article it stands.

    Raises :class:`~build_scripts.errors.LayoutError` where ``text`` is no layout file of ``page``.
    """
    old, new = _tree_of(text, layout.path, page), layout_tree(layout, page)
    if old == new and not settled:
        return text
    try:
        written = _Rewriter(read_file_text(text), settled).rewrite(old, new)
        if _tree_of(written, layout.path, page) == new:
            return written
    except UnusualText:
        pass
    comments = [comment for i, comment in sorted(find_comments(text).items()) if i + 1 not in settled]
    return "\n".join([*comments, render_layout(layout, page)])


def _tree_of(text: str, path: Path, page: Page) -> Item:
    return layout_tree(layout_of(parse_yaml(text.encode(), path), page), page)


@dataclass(slots=True)
class _Row:
    """One line of the new text; ``places`` are the page's lines of the part that begins here."""

    text: str
    places: list[tuple[int, int]] = field(default_factory=list)


class _Rewriter:
    def __init__(self, file: FileText, settled: Collection[int]) -> None:
        self.file = file
        self.settled = settled
        self.travelling: dict[str, list[Member]] = {}
        """Paragraphs that go from one article to another, by what they write."""
        self.carried: set[int] = set()
        """Lines of the file that go with them."""
        self.loose: list[tuple[int, str]] = []
        """Remarks whose part is gone: the page's line, the comment."""

    def rewrite(self, old: Item, new: Item) -> str:
        keys = self.file.keys
        self._find_travelling(old, new)
        rows = self._mapping(keys, old, new, "")
        tail = self._rows(keys[-1].last + 1, len(self.file.lines) - 1)
        for line, comment in self.loose:
            holding = [i for i, row in enumerate(rows) if any(first <= line <= last for first, last in row.places)]
            at = min(holding, key=lambda i: sum(last - first + 1 for first, last in rows[i].places), default=len(rows))
            indent = _indent(rows[at].text) if at < len(rows) else ""
            rows.insert(at, _Row(indent + comment))
        return "\n".join(row.text for row in [*rows, *tail])

    def _find_travelling(self, old: Item, new: Item) -> None:
        """Pairs what one article lost with what another gained, each paragraph once."""
        gained: dict[str, int] = defaultdict(int)
        kept = {item["id"]: _bodies(item) for item in _items(new, "articles")}
        before = {item["id"]: _bodies(item) for item in _items(old, "articles")}
        for name, body in kept.items():
            for block in _without(body, before.get(name, [])):
                gained[block] += 1
        section = next((key for key in self.file.keys if key.name == "articles"), None)
        for member, item in zip((section and section.members) or (), _items(old, "articles"), strict=False):
            body_key = next((key for key in member.keys or () if key.name == "body"), None)
            lost = _without(_bodies(item), kept.get(item["id"], []))
            for block, piece in zip(_bodies(item), (body_key and body_key.members) or (), strict=False):
                if block in lost and gained[block]:
                    lost.remove(block)
                    gained[block] -= 1
                    self.travelling.setdefault(block, []).append(piece)
                    self.carried |= set(range(piece.above, piece.last + 1))

    # ---- lines of the file ---------------------------------------------------------------------------------------------------

    def _rows(self, first: int, last: int) -> list[_Row]:
        return [_Row(self.file.lines[i]) for i in range(first, last + 1) if i + 1 not in self.settled]

    def _above(self, piece: Key | Member) -> list[_Row]:
        return self._rows(piece.above, piece.first - 1)

    def _fresh(self, lines: Sequence[str]) -> list[_Row]:
        return [_Row(line + self.file.ending) for line in lines]

    def _orphans(self, piece: Key | Member) -> list[_Row]:
        """The comments in and above a piece that is gone. Those of a draft look for their line's new part; the others are returned."""
        left = []
        for i in range(piece.above, piece.last + 1):
            comment = self.file.comments.get(i)
            if comment is None or i in self.carried or i + 1 in self.settled:
                continue
            if remark := REMARK.fullmatch(comment):
                self.loose.append((int(remark[2]), comment + self.file.ending))
            else:
                left.append(_Row(_indent(self.file.lines[i]) + comment + self.file.ending))
        return left

    # ---- mappings ------------------------------------------------------------------------------------------------------------

    def _mapping(self, keys: Sequence[Key], old: Item, new: Item, indent: str) -> list[_Row]:
        """The lines of a block mapping: keys in the order in which they stand, new ones where they usually go."""
        standing = {key.name for key in keys}
        added = sorted((name for name in new if name not in standing), key=_rank)
        rows: list[_Row] = []
        for key in keys:
            while added and _rank(added[0]) < _rank(key.name):
                rows += self._added(added[0], new[added.pop(0)], indent)
            if key.name in new and old.get(key.name) != new[key.name]:
                rows += [*self._above(key), *self._changed(key, old.get(key.name), new[key.name], indent)]
            elif key.name in old and key.name not in new:
                rows += self._orphans(key)
            else:
                own = self._rows(key.first, key.last)
                own[0].text = indent + own[0].text[len(indent) :]  # its dash, if it had one, goes to whichever key is first now
                rows += [*self._above(key), *own]
        return [*rows, *(row for name in added for row in self._added(name, new[name], indent))]

    def _added(self, key: str, value: Tree, indent: str) -> list[_Row]:
        if key in _LISTS and isinstance(value, list) and value:
            return [*self._fresh([f"{indent}{key}:"]), *self._list((), [], value, indent)]
        return self._fresh([f"{indent}{key}: []"] if value == [] else write_entry(key, value, indent))

    def _changed(self, key: Key, old: Tree | None, new: Tree, indent: str) -> list[_Row]:
        line = indent + self.file.lines[key.first][len(indent) :]
        if key.members and isinstance(old, list) and isinstance(new, list) and new and key.name in _LISTS:
            return [_Row(line), *self._list(key.members, old, new, indent)]
        if key.inline and key.name not in _LISTS:
            start, end = key.inline
            return [_Row(line[:start] + write_value(key.name, new) + line[end:])]
        return [*self._orphans(key), *self._added(key.name, new, indent)]

    # ---- lists ---------------------------------------------------------------------------------------------------------------

    def _list(self, members: Sequence[Member], old: Sequence[Tree], new: Sequence[Tree], indent: str) -> list[_Row]:
        """The lines of a block list: members that stay, in their new order, and new ones; comments of lost ones above what followed."""
        match = _match(old, new)
        indent = members[0].indent if members else indent
        staying = sorted(i for i in match if i is not None)
        left: dict[int | None, list[_Row]] = defaultdict(list)
        for i, member in enumerate(members):
            if i not in staying:
                left[next((k for k in staying if k > i), None)] += self._orphans(member)
        rows: list[_Row] = []
        for known, tree in zip(match, new, strict=True):
            if known is not None:
                rows += [*left[known], *self._member(members[known], old[known], tree)]
            elif travelling := self.travelling.get(_written(tree)):
                rows += self._arrived(travelling.pop(), indent, tree)
            else:
                rows += self._new(tree, indent)
        return [*rows, *left[None]]

    def _member(self, member: Member, old: Tree, new: Tree) -> list[_Row]:
        above, line = self._above(member), self.file.lines[member.first]
        if old == new:
            own = self._rows(member.first, member.last)
        elif isinstance(old, dict) and isinstance(new, dict) and member.keys is not None:
            own = _dashed(self._mapping(member.keys, old, new, member.inner), line[: len(member.inner)])
        elif member.inline and not isinstance(new, dict):
            start, end = member.inline
            own = [_Row(line[:start] + write_block(new) + line[end:])]
        else:
            return [*self._orphans(member), *self._new(new, member.indent)]
        return [*above, *_placed(own, new)]

    def _new(self, tree: Tree, indent: str) -> list[_Row]:
        if isinstance(tree, dict) and "head" not in tree:
            return _placed(_dashed(self._mapping((), {}, tree, indent + "  "), indent + "- "), tree)
        return _placed(self._fresh([f"{indent}- {write_block(tree)}"]), tree)

    def _arrived(self, member: Member, indent: str, tree: Tree) -> list[_Row]:
        """A paragraph out of another article, with its comments, as deep as its new neighbours stand."""
        own = _placed(self._rows(member.first, member.last), tree)
        rows = [*self._above(member), *own]
        for row in rows:
            row.text = indent + row.text[min(len(member.indent), len(_indent(row.text))) :]
        return rows


def _rank(key: str) -> int:
    return KEY_ORDER.get(key, len(KEY_ORDER))


def _indent(text: str) -> str:
    return text[: len(text) - len(text.lstrip(" "))]


def _dashed(rows: list[_Row], dash: str) -> list[_Row]:
    """Puts the dash before the first key; what stands above that stands above the whole."""
    first = next(row for row in rows if row.text.strip() and not row.text.lstrip().startswith("#"))
    for row in rows[: rows.index(first)]:
        row.text = _indent(dash) + row.text.lstrip(" ")
    first.text = dash + first.text[len(dash) :]
    return rows


def _placed(rows: list[_Row], tree: Tree) -> list[_Row]:
    """Notes on the first line of a part which lines of the page it holds."""
    first = next(row for row in rows if row.text.strip() and not row.text.lstrip().startswith("#"))
    first.places = lines_of(tree) + (lines_of(tree.get("body", [])) if isinstance(tree, dict) else [])
    return rows


def _items(tree: Item, section: str) -> Iterator[Item]:
    value = tree.get(section, [])
    yield from (item for item in value if isinstance(item, dict))


def _written(tree: Tree) -> str:
    return json.dumps(tree, ensure_ascii=False)


def _bodies(article: Item) -> list[str]:
    body = article.get("body", [])
    return [_written(block) for block in body]


def _without(blocks: Sequence[str], others: Sequence[str]) -> list[str]:
    left = list(blocks)
    for block in others:
        if block in left:
            left.remove(block)
    return left


def _identity(tree: Tree) -> tuple[str, ...] | None:
    """What an editor's change leaves alone: an article's id, a correction's line and printed reading."""
    if not isinstance(tree, dict):
        return None
    names = [tree.get("id")] if "id" in tree else [tree.get("line"), tree.get("printed")]
    return tuple(name for name in names if isinstance(name, str)) or None


def _match(old: Sequence[Tree], new: Sequence[Tree]) -> list[int | None]:
    """For each new member the old one that it was: what is equal, else of one identity, else what shares most lines of the page."""
    found: list[int | None] = [None] * len(new)
    free = set(range(len(old)))
    for name in (_written, _identity):
        known: dict[object, list[int]] = defaultdict(list)
        for i in sorted(free, reverse=True):
            known[name(old[i])].append(i)
        for j, tree in enumerate(new):
            if found[j] is None and name(tree) is not None and known[name(tree)]:
                found[j] = known[name(tree)].pop()
        free -= set(found)
    for j, tree in enumerate(new):
        alike = [i for i in free if type(old[i]) is type(tree)] if found[j] is None and _identity(tree) is None else []
        best = max(sorted(alike), key=lambda i: _shared(old[i], tree), default=None)
        if best is not None and _shared(old[best], tree):
            found[j] = best
            free.discard(best)
    return found


def _shared(one: Tree, other: Tree) -> int:
    return sum(max(0, min(b, d) - max(a, c) + 1) for a, b in lines_of(one) for c, d in lines_of(other))
