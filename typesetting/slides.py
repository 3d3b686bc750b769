"""What stands on which slide: a case's blocks, measured and cut so that no slide overflows."""

import math
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field

from typesetting.body import (
    Block,
    Chart,
    Heading,
    Inline,
    Items,
    Notes,
    Paragraph,
    Span,
    Table,
    plain,
)

# The part of a 13.33 by 7.5 inch slide below its title, in inches.
BODY_WIDTH, BODY_HEIGHT = 11.7, 5.0
TEXT_SIZES = (26, 24, 22, 20, 18)
TABLE_SIZES = (18, 16, 14, 13, 12)
_LINE = 1.2
_GAP = 0.55
_CHART_HEIGHT = 3.6


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph of a slide; `level` None where it has no bullet."""

    content: Inline
    level: int | None
    number: int | None = None


@dataclass(slots=True)
class Slide:
    """One slide: its title, text, at most one table or chart, and what the speaker says."""

    title: Inline
    lines: list[Line] = field(default_factory=list)
    figure: Table | Chart | None = None
    notes: list[Inline] = field(default_factory=list)
    text_size: int = TEXT_SIZES[0]
    table_size: int = TABLE_SIZES[0]

    @property
    def empty(self) -> bool:
        """Whether nothing stands below the title."""
        return not self.lines and self.figure is None

    @property
    def text_height(self) -> float:
        """Height of its text, in inches."""
        return sum(line_height(line, self.text_size) for line in self.lines)


def plan(blocks: tuple[Block, ...], title: str) -> list[Slide]:
    """Lay the blocks out on slides: one a section, more where it does not fit on one.

    Parameters
    ----------
    blocks : the body of a case.
    title : of the case, for what stands before its first heading.
    """
    slides: list[Slide] = []
    for heading, section in _sections(blocks, title):
        slides.extend(_lay_out(heading, section))
    return slides


def _sections(blocks: tuple[Block, ...], title: str) -> Iterator[tuple[Inline, list[Block]]]:
    heading: Inline = (Span(title),)
    section: list[Block] = []
    for block in blocks:
        if isinstance(block, Heading) and block.level <= 2:
            if section:
                yield heading, section
            heading, section = block.content, []
        else:
            section.append(block)
    if section:
        yield heading, section


def _lay_out(title: Inline, section: list[Block]) -> Iterator[Slide]:
    """Give the slides of one section; its notes go to the first, on which they are spoken."""
    lines: list[Line] = []
    figures: list[Table | Chart] = []
    notes: list[Inline] = []
    for block in section:
        match block:
            case Heading():
                bold = tuple(Span(one.text, True, one.italic, one.code) for one in block.content)
                lines.append(Line(bold, None))
            case Paragraph():
                lines.append(Line(block.content, None))
            case Items():
                for place, (level, content) in enumerate(block.entries, 1):
                    lines.append(Line(content, level, place if block.ordered else None))
            case Table() | Chart():
                figures.append(block)
            case Notes():
                notes.extend(block.paragraphs)
    slides = list(_with_figures(title, lines, figures))
    slides[0].notes = notes
    yield from slides


def _with_figures(
    title: Inline, lines: list[Line], figures: list[Table | Chart]
) -> Iterator[Slide]:
    if not figures:
        yield from _text_slides(title, lines)
        return
    together = _together(title, lines, figures[0])
    if together:
        yield together
        figures = figures[1:]
    elif lines:
        yield from _text_slides(title, lines)
    for figure in figures:
        yield from _figure_slides(title, figure)


def _together(title: Inline, lines: list[Line], figure: Table | Chart) -> Slide | None:
    for text_size in TEXT_SIZES[1:]:
        for table_size in TABLE_SIZES[:4]:
            slide = Slide(title, lines, figure, text_size=text_size, table_size=table_size)
            if slide.text_height + 0.2 + figure_height(figure, table_size) <= BODY_HEIGHT:
                return slide
    return None


def _text_slides(title: Inline, lines: list[Line]) -> Iterator[Slide]:
    for size in TEXT_SIZES:
        if sum(line_height(line, size) for line in lines) <= BODY_HEIGHT:
            yield Slide(title, lines, text_size=size)
            return
    size = TEXT_SIZES[-1]
    total = sum(line_height(line, size) for line in lines)
    share = total / math.ceil(total / BODY_HEIGHT)
    held: list[Line] = []
    height = 0.0
    for line in lines:
        needed = line_height(line, size)
        if held and (height + needed > BODY_HEIGHT or height + needed / 2 > share):
            yield Slide(title, held, text_size=size)
            held, height = [], 0.0
        held.append(line)
        height += needed
    yield Slide(title, held, text_size=size)


def _figure_slides(title: Inline, figure: Table | Chart) -> Iterator[Slide]:
    for size in TABLE_SIZES:
        if figure_height(figure, size) <= BODY_HEIGHT:
            yield Slide(title, figure=figure, table_size=size)
            return
    if isinstance(figure, Chart):
        return
    size = TABLE_SIZES[-1]
    rows: list[tuple[Inline, ...]] = []
    for row in figure.rows:
        if rows and figure_height(Table(figure.head, (*rows, row)), size) > BODY_HEIGHT:
            yield Slide(title, figure=Table(figure.head, tuple(rows)), table_size=size)
            rows = []
        rows.append(row)
    yield Slide(title, figure=Table(figure.head, tuple(rows)), table_size=size)


def line_height(line: Line, size: int) -> float:
    """Return the height of a paragraph of a slide, in inches, with the gap below it."""
    width = BODY_WIDTH - 0.35 * ((line.level or 0) + (line.level is not None))
    return (_rows(plain(line.content), width, size) * _LINE + _GAP) * size / 72


def figure_height(figure: Table | Chart, size: int) -> float:
    """Return the height of a table or chart, in inches."""
    if isinstance(figure, Chart):
        return _CHART_HEIGHT
    widths = table_widths(figure)
    heights = (row_height(row, widths, size) for row in (figure.head, *figure.rows))
    return sum(heights)


def row_height(row: tuple[Inline, ...], widths: list[float], size: int) -> float:
    """Return the height of a row of a table whose columns have these widths, in inches."""
    cells = zip(row, widths, strict=False)
    most = max(_rows(plain(cell), width - 0.25, size) for cell, width in cells)
    return most * _LINE * size / 72 + 0.16


def table_widths(table: Table) -> list[float]:
    """Return the widths of a table's columns, in inches: by their text, none too narrow."""
    columns = zip(table.head, *table.rows, strict=False)
    needs = [max(6.0, max(_em(plain(cell)) for cell in column)) ** 0.6 for column in columns]
    return [BODY_WIDTH * need / sum(needs) for need in needs]


def _rows(text: str, width: float, size: int) -> int:
    # A line is seldom filled to its end: the next word goes below.
    return max(1, math.ceil(_em(text) * size / 72 / (width * 0.94)))


def _em(text: str) -> float:
    """Return the width of a text in ems, a little too wide rather than too narrow."""
    return sum(1.0 if unicodedata.east_asian_width(one) in "WF" else 0.53 for one in text)
