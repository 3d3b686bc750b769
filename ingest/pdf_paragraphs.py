"""Where paragraphs begin on a printed page: at a wider gap, or where the letters' size changes.

The text comes from one library and the places from another; they are matched by how lines begin.
"""

import unicodedata
from collections.abc import Callable, Sequence
from itertools import pairwise
from statistics import median

from ingest.pdf_layout import Segment

# A gap between lines of this many times the usual one parts paragraphs.
WIDER = 1.3
LARGER = 1.12
# Shorter segments, such as a footnote's mark, tell nothing of their line's size.
LEAST_WIDTH = 12.0
KEY_CHARACTERS = 12
# A line of the text is looked for among this many lines after the last one that was found.
REACH = 60


def paragraph_starts(segments: Sequence[Segment]) -> list[Segment]:
    """Find the segments that begin a paragraph or heading, in the order of the page."""
    telling = [segment for segment in segments if segment.width >= LEAST_WIDTH]
    steps = [(before, after) for before, after in pairwise(telling) if not before.same_line(after)]
    gaps = [
        (before.baseline - after.baseline) / after.size
        for before, after in steps
        if 0 < before.baseline - after.baseline < 3 * after.size and _same_size(before, after)
    ]
    if not gaps:
        return []
    usual = median(gaps)
    return [
        after
        for before, after in steps
        if not _same_size(before, after)
        or before.baseline - after.baseline > WIDER * usual * after.size
    ]


def _same_size(before: Segment, after: Segment) -> bool:
    return max(before.size, after.size) <= LARGER * min(before.size, after.size)


def mark_paragraphs(text: str, starts: Sequence[Segment], text_of: Callable[[Segment], str]) -> str:
    """Put a blank line before each line of the text with which a paragraph begins.

    Parameters
    ----------
    text : a line of print on each line, in the order of the segments.
    starts : the segments that begin a paragraph.
    text_of : gives the text of a segment.
    """
    lines = text.split("\n")
    keys = [_key(line) for line in lines]
    blank: set[int] = set()
    place = 0
    for segment in starts:
        wanted = _key(text_of(segment))
        if not wanted:
            continue
        for index in range(place, min(place + REACH, len(lines))):
            if keys[index] and (keys[index].startswith(wanted) or wanted.startswith(keys[index])):
                blank.add(index)
                place = index + 1
                break
    return "\n".join(f"\n{line}" if index in blank else line for index, line in enumerate(lines))


def _key(line: str) -> str:
    return "".join(unicodedata.normalize("NFKC", line).split())[:KEY_CHARACTERS]
