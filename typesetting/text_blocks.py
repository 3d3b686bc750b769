"""The text of a Typst page, read from its content stream: blocks of glyphs with their places."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from pypdf.generic import DictionaryObject

Operation = tuple[Any, bytes]

_IN_A_BLOCK = frozenset(b"cm cs scn CS SCN gs BT ET Tr Tf Tm Tj TJ BMC BDC EMC".split())


@dataclass(frozen=True, slots=True)
class PageFont:
    """What a font resource of the page says of its glyphs, by code."""

    resource: DictionaryObject
    names: dict[bytes, str]
    advances: dict[int, float]


@dataclass(slots=True)
class Glyph:
    """One glyph: its code, place in its block, advance (points), font and what it stands for."""

    code: bytes
    x: float
    y: float
    advance: float
    font: str
    size: float
    text: str


@dataclass(slots=True)
class TextBlock:
    """Operations from `q` to `Q` that show a stretch of text; `start` and `end` in points."""

    operations: list[Operation]
    start: float
    end: float
    baseline: float
    glyphs: list[Glyph] = field(default_factory=list)

    @property
    def size(self) -> float:
        """Font size, in points."""
        return self.glyphs[0].size

    def has(self, *kinds: str) -> bool:
        """Say whether a letter of one of these bidirectional kinds (UAX #9) is in it."""
        text = "".join(glyph.text for glyph in self.glyphs)
        return any(unicodedata.bidirectional(letter) in kinds for letter in text)


def has_unnamed_glyphs(font: PageFont) -> bool:
    """Say whether glyphs have no name of their own, as in Indic scripts: clusters have."""
    return any(code.to_bytes(2) not in font.names for code in font.advances if code)


def page_font(resource: DictionaryObject) -> PageFont:
    """Read names and advances of a composite font as Typst writes it (two-byte codes)."""
    mapped = resource["/ToUnicode"].get_data().decode("ascii")  # type: ignore[attr-defined]
    section = "".join(re.findall(r"beginbfchar(.*?)endbfchar", mapped, re.DOTALL))
    names = {
        bytes.fromhex(code): bytes.fromhex(text).decode("utf-16-be")
        for code, text in re.findall(r"<([0-9A-F]{4})> <([0-9A-F]*)>", section)
    }
    descendant: Any = resource["/DescendantFonts"][0].get_object()  # type: ignore[index]
    advances: dict[int, float] = {}
    widths = list(descendant.get("/W", []))
    while widths:
        first, second = int(widths.pop(0)), widths.pop(0)
        if isinstance(second, list):
            advances.update(enumerate(map(float, second), first))
        else:
            advances.update(dict.fromkeys(range(first, int(second) + 1), float(widths.pop(0))))
    return PageFont(resource, names, advances)


def text_blocks(
    operations: list[Operation], fonts: dict[str, PageFont]
) -> Iterator[Operation | TextBlock]:
    """Give the operations of a page in their order, those that show text gathered in blocks."""
    position = 0
    while position < len(operations):
        end = _block_end(operations, position)
        block = _read_block(operations[position : end + 1], fonts) if end else None
        if block is None:
            yield operations[position]
            position += 1
        else:
            yield block
            position = end + 1


def _block_end(operations: list[Operation], start: int) -> int:
    """Return where a block of text that starts here ends; 0 where none does."""
    if operations[start][1] != b"q":
        return 0
    for position in range(start + 1, len(operations)):
        if operations[position][1] == b"Q":
            return position
        if operations[position][1] not in _IN_A_BLOCK:
            return 0
    return 0


def _read_block(operations: list[Operation], fonts: dict[str, PageFont]) -> TextBlock | None:
    place = next((operands for operands, name in operations if name == b"cm"), None)
    if place is None or [float(number) for number in place[:4]] != [1, 0, 0, -1]:
        return None
    block = TextBlock(operations, float(place[4]), float(place[4]), float(place[5]))
    pen = _Pen(fonts)
    for operands, name in operations:
        pen.follow(operands, name)
    if not pen.glyphs:
        return None
    block.glyphs = pen.glyphs
    block.start += pen.first
    # A mark is shown at an offset, but the pen has not moved on.
    block.end += pen.x if any(glyph.advance for glyph in pen.glyphs) else pen.first
    return block


class _Pen:
    """The state of the text operators (ISO 32000-1, 9.4) inside one block."""

    def __init__(self, fonts: dict[str, PageFont]) -> None:
        self.fonts = fonts
        self.glyphs: list[Glyph] = []
        self.font, self.size = "", 0.0
        self.x = self.y = self.first = 0.0
        self.marked: list[str | None] = []
        self.named: list[Glyph] = []

    def follow(self, operands: Any, name: bytes) -> None:
        match name:
            case b"Tf":
                self.font, self.size = str(operands[0]), float(operands[1])
            case b"Tm":
                self.x, self.y = float(operands[4]), float(operands[5])
                if not self.glyphs:
                    self.first = self.x
            case b"Tj":
                self._show(operands[0])
            case b"TJ":
                for part in operands[0]:
                    if isinstance(part, (int, float)):
                        self.x -= float(part) * self.size / 1000
                    else:
                        self._show(part)
            case b"BMC":
                self.marked.append(None)
            case b"BDC":
                properties = operands[1] if isinstance(operands[1], dict) else {}
                self.marked.append(properties.get("/ActualText"))
                self.named = []
            case b"EMC" if self.marked:
                self._name(self.marked.pop())

    def _show(self, codes: Any) -> None:
        data = bytes(getattr(codes, "original_bytes", codes))
        font = self.fonts[self.font]
        for code in (data[at : at + 2] for at in range(0, len(data), 2)):
            advance = font.advances.get(int.from_bytes(code), 0.0) * self.size / 1000
            glyph = Glyph(
                code, self.x, self.y, advance, self.font, self.size, font.names.get(code, "")
            )
            self.glyphs.append(glyph)
            self.named.append(glyph)
            self.x += advance

    def _name(self, text: str | None) -> None:
        """Give the text of a marked span to the one of its glyphs that is read first."""
        if text is None or not self.named:
            return
        for glyph in self.named:
            glyph.text = ""
        reverse = any(unicodedata.bidirectional(letter) in ("R", "AL") for letter in text)
        self.named[-1 if reverse else 0].text = str(text)
