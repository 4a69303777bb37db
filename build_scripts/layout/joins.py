"""Sentences that break off in one place of the page and go on in another: the columns came out of order."""

from build_scripts.layout.labelled import Labelled
from build_scripts.layout.lines import Lines, begins_midway, is_unindented
from build_scripts.layout.storyparts import Stories, Story

REACH = 12
"""How many stories away the rest of a sentence is looked for."""


def join_broken(lines: Lines, items: list[Labelled], found: Stories) -> None:
    """Puts a story without credit that begins in mid-sentence behind the story whose last sentence is unfinished.

    Only a beginning that cannot be one counts (，, 业。, a line without the indent that others have, or a character that makes a word
    with the last one of the other story): an unfinished sentence alone may simply lack its full stop.
    """
    stories = [part for part in found.chain if isinstance(part, Story)]
    gone: set[int] = set()
    for at, story in enumerate(stories):
        if id(story) in gone or not story.open:
            continue
        near = [*stories[at + 1 : at + 1 + REACH], *reversed(stories[max(0, at - REACH) : at])]
        rest = max(
            (other for other in near if id(other) not in gone and other is not story and _is_rest(lines, story, other)),
            key=lambda other: _fit(lines, story, other),
            default=None,
        )
        if rest is None:
            continue
        items[rest.first].note("joined", f"从句子中间开始，接第{lines[_last(story)].number}行没有写完的句子", doubt=True)
        first, *others = rest.body
        story.body[-1].ranges += first.ranges
        story.body[-1].lines += first.lines
        story.body[-1].open = first.open
        story.body += others
        story.bylines += rest.bylines
        story.jumps += rest.jumps
        story.ended = rest.ended
        gone.add(id(rest))
    found.chain[:] = [part for part in found.chain if id(part) not in gone]
    for caption in found.captions:
        if caption.host is not None and id(caption.host) in gone:
            caption.host = None


def _last(story: Story) -> int:
    return story.body[-1].lines[-1]


def _is_rest(lines: Lines, story: Story, other: Story) -> bool:
    if other.opens or other.body[0].head:
        return False
    first = lines[other.first]
    return is_unindented(lines, other.first) or begins_midway(first.text) or lines.bridge(lines[_last(story)], first) > 1


def _fit(lines: Lines, story: Story, other: Story) -> tuple[int, int]:
    return lines.bridge(lines[_last(story)], lines[other.first]), int(begins_midway(lines[other.first].text))
