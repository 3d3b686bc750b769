"""What is printed on every page and belongs to none: running heads, feet and page numbers."""

import re
from collections import Counter, defaultdict
from collections.abc import Sequence

EDGE_LINES = 3
# A line at the edge of as many pages, and of this part of all pages, is a running head.
AT_LEAST_PAGES = 3
AT_LEAST_PART = 0.15
# On slides, a first line that several share is their title, unless nearly all share it.
TITLE_AT_MOST_PART = 0.6

Edges = tuple[list[int], list[int]]

_digits = re.compile(r"\d+")
_spaces = re.compile(r"\s+")
_number_line = re.compile(
    r"(?:(?:p|pp|page|página|pagina|pág|стр|страница|صفحة|slide|第)[. ]*)?[-–—|\[( ]*(\d{1,4})"
    r"[-–—|\]) ]*(?:页|頁)?(?: *(?:/|of|de|sur|из|من|共) *\d{1,4} *(?:页|頁)?)?",
    re.IGNORECASE,
)
_number_at_end = re.compile(r"(?:(?<=\s)|(?<=\D\s))(\d{1,4})$")


def remove_running_heads(pages: Sequence[str], slides: bool = False) -> list[str]:
    """Take away lines repeated at the edges of pages, and page numbers.

    The first page on which a running head stands keeps it: it may be the title. Page numbers go
    where they rise with the pages.

    Parameters
    ----------
    pages : the text of each page, a line of print on each line.
    slides : the pages are slides, whose first lines are titles.

    Returns
    -------
    The pages, in the same number and order.
    """
    split = [page.split("\n") for page in pages]
    edges = [_edges(lines) for lines in split]
    repeated = _repeated(split, edges, AT_LEAST_PART)
    heads = _repeated(split, edges, TITLE_AT_MOST_PART) if slides else repeated
    numbers = _page_numbers(split, edges)
    seen: set[str] = set()
    cleaned = []
    for index, lines in enumerate(split):
        kept = list(lines)
        for first, edge in zip((True, False), edges[index], strict=True):
            for place in edge:
                key = _key(lines[place])
                if (index, place) in numbers:
                    kept[place] = numbers[index, place]
                elif key not in (heads if first and place == edge[0] else repeated):
                    # What stands further in belongs to the page.
                    break
                elif key in seen:
                    kept[place] = ""
                else:
                    seen.add(key)
        # A page of nothing but such lines is one of a kind with its neighbours: all are kept.
        cleaned.append("\n".join(kept if any(kept) else lines).strip("\n"))
    return cleaned


def _edges(lines: Sequence[str]) -> tuple[list[int], list[int]]:
    """Places of the first and the last lines that are not blank, from the edge inwards."""
    filled = [place for place, line in enumerate(lines) if line.strip()]
    count = min(EDGE_LINES, max(1, len(filled) // 3))
    return filled[:count], filled[max(count, len(filled) - count) :][::-1]


def _key(line: str) -> str:
    return _spaces.sub(" ", _digits.sub("#", line)).strip().lower()


def _repeated(split: Sequence[Sequence[str]], edges: Sequence[Edges], part: float) -> set[str]:
    counts: Counter[str] = Counter()
    for lines, (top, bottom) in zip(split, edges, strict=True):
        counts.update({_key(lines[place]) for place in (*top, *bottom)})
    filled = sum(1 for top, _ in edges if top)
    least = max(AT_LEAST_PAGES, part * filled)
    return {key for key, count in counts.items() if count >= least and any(map(str.isalpha, key))}


def _page_numbers(
    split: Sequence[Sequence[str]], edges: Sequence[Edges]
) -> dict[tuple[int, int], str]:
    """Lines that are a page number, or end in one, by page and place: what to put instead."""
    found: dict[int, list[tuple[int, int, str]]] = defaultdict(list)
    for index, (lines, (top, bottom)) in enumerate(zip(split, edges, strict=True)):
        for place in (*top[:1], *bottom[:1]):
            line = lines[place].strip()
            if whole := _number_line.fullmatch(line):
                found[int(whole[1]) - index].append((index, place, ""))
            elif place not in top and (end := _number_at_end.search(line)):
                found[int(end[1]) - index].append((index, place, line[: end.start()].rstrip()))
    filled = sum(1 for top, _ in edges if top)
    numbers: dict[tuple[int, int], str] = {}
    for matches in found.values():
        if len(matches) >= max(2, min(AT_LEAST_PAGES, filled), AT_LEAST_PART * filled):
            numbers |= {(index, place): rest for index, place, rest in matches}
    return numbers
