"""A page of a PDF as a picture, and where on it a passage stands; runs inside the sandbox.

A passage was cleaned when it was read: lines were joined, divided words mended, ligatures and
Arabic presentation forms folded, Arabic put into reading order. So it is looked for by its letters
and digits alone, in the longest stretches that it shares with the page, wherever these stand
(greedy string tiling, Wise 1993).
"""

from __future__ import annotations

import ctypes
import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

import pypdfium2
import pypdfium2.raw as pdfium

from ingest.errors import N_, UnreadableFile
from ingest.limits import Reading

WIDTHS = (800, 1600)
"""Pixels across of the pictures there are: for a phone, and for a desk or a fine screen."""
LONGEST_SIDE = 3200
QUALITY = 72
"""Of WebP, from 0 to 100: small print stays sharp, a page of text takes about 80 kB."""

LONG_TILE, SHORT_TILE = 12, 4
"""Letters in common from which a stretch tells something: by itself, and among others near it or
where it is Han or Arabic, of which each letter says more."""
NEAR = 1.3
"""Of a passage's length: the stretch of a page in which its short stretches must stand."""
LEAST_FOUND = 0.6
"""Share of a passage's letters that must stand on the page for it to be shown there."""
MOST_CHARACTERS = 40_000
MOST_BOXES = 400
_DEVICE = 1_000_000
_NOTHING_BETWEEN = 8
"""Characters between two stretches that are bridged: blanks, punctuation, a divided word."""
_BY_CHANCE = 3

Box = tuple[float, float, float, float]
Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class AskedView:
    """What is to be seen of a page.

    Attributes
    ----------
    number : of the page, from 1.
    passage : the text that is looked for on it; `` for none.
    width : of the picture in pixels, one of `WIDTHS`; 0 for none.
    """

    number: int
    passage: str = ""
    width: int = 0


@dataclass(frozen=True, slots=True)
class PageView:
    """A page as it is seen.

    Attributes
    ----------
    width, height : in points, turned as a reader sees it.
    boxes : of the passage's lines, each left, top, right, bottom as parts of width and height,
        from the top left corner; none where it was not found.
    picture : WebP; empty where none was asked for.
    """

    width: float
    height: float
    boxes: tuple[Box, ...] = ()
    picture: bytes = b""


def view_page(path: Path, asked: AskedView, reading: Reading) -> PageView:
    """Look at one page; only that page of the file is read.

    Raises
    ------
    UnreadableFile : it is not a PDF, is protected, has no such page, or cannot be drawn.
    """
    try:
        with pypdfium2.PdfDocument(path, password=reading.password) as document:
            page = document[asked.number - 1]
            width, height = page.get_size()
            if min(width, height) < 1:
                raise _not_shown()
            boxes = _boxes(page, asked.passage) if asked.passage else ()
            picture = _picture(page, asked.width) if asked.width else b""
            return PageView(width, height, boxes, picture)
    except (pypdfium2.PdfiumError, ctypes.ArgumentError, IndexError, ValueError, OSError) as error:
        raise _not_shown() from error


def _picture(page: pypdfium2.PdfPage, width: int) -> bytes:
    across, down = page.get_size()
    scale = min(width / across, LONGEST_SIDE / down)
    content = BytesIO()
    page.render(scale=scale).to_pil().save(content, "WEBP", quality=QUALITY, method=2)
    return content.getvalue()


def _boxes(page: pypdfium2.PdfPage, passage: str) -> tuple[Box, ...]:
    textpage = page.get_textpage()
    count = min(textpage.count_chars(), MOST_CHARACTERS)
    drawn = [chr(pdfium.FPDFText_GetUnicode(textpage.raw, place)) for place in range(count)]
    rectangles: list[Box] = []
    for start, end in where_on_page(passage, drawn):
        for number in range(pdfium.FPDFText_CountRects(textpage.raw, start, end - start)):
            rectangles.append(_seen(page, textpage.get_rect(number)))
    textpage.close()
    return tuple(_in_lines(rectangles))[:MOST_BOXES]


def where_on_page(passage: str, drawn: Sequence[str]) -> list[Span]:
    """The stretches of a page's characters in which a passage stands, in the page's order.

    Parameters
    ----------
    drawn : the characters of the page as its file gives them, in any order of lines.

    Returns
    -------
    (start, end) places in `drawn`; none where too little of the passage stands there.
    """
    wanted = "".join(map(_letters, passage))
    places: list[int] = []
    letters: list[str] = []
    for place, character in enumerate(drawn):
        for letter in _letters(character):
            places.append(place)
            letters.append(letter)
    if not wanted or not letters:
        return []
    tiles = _stand(wanted, "".join(letters))
    if len(tiles) > 1:
        tiles = [_in_words(tile, places) for tile in tiles]
    return _bridged([(places[start], places[end - 1] + 1) for start, end in tiles if start < end])


def _in_words(tile: Span, places: Sequence[int]) -> Span:
    """A stretch without the last letters of the word before it and the first of the one after.

    They agree by chance where lines of two columns are drawn in turn.
    """
    start, end = tile
    if start and places[start] - places[start - 1] <= 1:
        gap = next((at for at in range(start + 1, end) if places[at] - places[at - 1] > 1), start)
        start = gap if gap - start <= _BY_CHANCE else start
    if end < len(places) and places[end] - places[end - 1] <= 1:
        gap = next((at for at in range(end - 1, start, -1) if places[at] - places[at - 1] > 1), end)
        end = gap if end - gap <= _BY_CHANCE else end
    return start, end


def _stand(wanted: str, whole: str) -> list[Span]:
    """Where letters stand among a page's, in its order."""
    if (at := whole.find(wanted)) >= 0:
        return [(at, at + len(wanted))]
    dense = sum(letter > "\u0600" for letter in wanted) > len(wanted) / 2
    tiles = _tiles(wanted, whole, SHORT_TILE if dense else LONG_TILE)
    if _length(tiles) < LEAST_FOUND * len(wanted):
        # Some files hold Arabic as it is drawn, from left to right; and on a page of Arabic pdfium
        # gives the words of a line in Latin letters from right to left.
        turned = _tiles(wanted[::-1], whole, SHORT_TILE)
        words = _near(_tiles(wanted, whole, SHORT_TILE), len(wanted))
        tiles = max(tiles, turned, words, key=_length)
    return sorted(tiles) if _length(tiles) >= LEAST_FOUND * len(wanted) else []


def _near(tiles: Sequence[Span], length: int) -> list[Span]:
    """Those stretches that stand nearest together, the most letters that there are."""
    ordered = sorted(tiles)
    windows = (
        [tile for tile in ordered[first:] if tile[1] - ordered[first][0] <= NEAR * length]
        for first in range(len(ordered))
    )
    return max(windows, key=_length, default=[])


def _letters(character: str) -> str:
    """The letters and digits that a character draws, without case, marks and form."""
    if character.isascii():
        return character.lower() if character.isalnum() else ""
    folded = unicodedata.normalize("NFKD", character).casefold()
    return "".join(one for one in folded.replace("\u0131", "i") if one.isalnum())


def _tiles(wanted: str, whole: str, shortest: int) -> list[Span]:
    """Stretches of `whole` that stand in `wanted` too, the longest first, none overlapping."""
    shortest = min(shortest, len(wanted))
    seeds: dict[str, list[int]] = defaultdict(list)
    for at in range(len(whole) - shortest + 1):
        seeds[whole[at : at + shortest]].append(at)
    common = sorted(_common(wanted, whole, seeds, shortest), reverse=True)
    taken_here, taken_there = bytearray(len(wanted)), bytearray(len(whole))
    tiles = []
    for length, here, there in common:
        free = [
            not taken_here[here + step] and not taken_there[there + step] for step in range(length)
        ]
        if not any(free):
            continue
        # Its ends may be another's already, by chance.
        first, last = free.index(True), length - free[::-1].index(True)
        if last - first < shortest or not all(free[first:last]):
            continue
        taken_here[here + first : here + last] = b"\1" * (last - first)
        taken_there[there + first : there + last] = b"\1" * (last - first)
        tiles.append((there + first, there + last))
    return tiles


def _common(
    wanted: str, whole: str, seeds: dict[str, list[int]], shortest: int
) -> Iterator[tuple[int, int, int]]:
    """Length and both places of each stretch that cannot be made longer."""
    for here in range(len(wanted) - shortest + 1):
        for there in seeds.get(wanted[here : here + shortest], ()):
            if here and there and wanted[here - 1] == whole[there - 1]:
                continue
            length = shortest
            most = min(len(wanted) - here, len(whole) - there)
            while length < most and wanted[here + length] == whole[there + length]:
                length += 1
            yield length, here, there


def _length(tiles: Sequence[Span]) -> int:
    return sum(end - start for start, end in tiles)


def _bridged(spans: Sequence[Span]) -> list[Span]:
    joined: list[Span] = []
    for start, end in spans:
        if joined and start - joined[-1][1] <= _NOTHING_BETWEEN:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined


def _seen(page: pypdfium2.PdfPage, rectangle: Box) -> Box:
    """A rectangle of the page's own points as parts of the page that is seen."""
    left, bottom, right, top = rectangle
    corners = [_on_device(page, left, top), _on_device(page, right, bottom)]
    across = sorted(min(max(x, 0.0), 1.0) for x, _ in corners)
    down = sorted(min(max(y, 0.0), 1.0) for _, y in corners)
    return across[0], down[0], across[1], down[1]


def _on_device(page: pypdfium2.PdfPage, x: float, y: float) -> tuple[float, float]:
    across, down = ctypes.c_int(), ctypes.c_int()
    pdfium.FPDF_PageToDevice(page.raw, 0, 0, _DEVICE, _DEVICE, 0, x, y, across, down)
    return across.value / _DEVICE, down.value / _DEVICE


def _in_lines(boxes: Sequence[Box]) -> Iterator[Box]:
    """Boxes that stand side by side on a line joined into one; empty ones are left out."""
    before: Box | None = None
    for box in boxes:
        if box[2] - box[0] <= 0 or box[3] - box[1] <= 0:
            continue
        if before is not None and _side_by_side(before, box):
            before = (
                min(before[0], box[0]),
                min(before[1], box[1]),
                max(before[2], box[2]),
                max(before[3], box[3]),
            )
            continue
        if before is not None:
            yield before
        before = box
    if before is not None:
        yield before


def _side_by_side(one: Box, other: Box) -> bool:
    height = min(one[3] - one[1], other[3] - other[1])
    shared = min(one[3], other[3]) - max(one[1], other[1])
    gap = max(one[0], other[0]) - min(one[2], other[2])
    return shared > 0.5 * height and gap < 2 * height


def _not_shown() -> UnreadableFile:
    return UnreadableFile(N_("This page cannot be shown as a picture."))
