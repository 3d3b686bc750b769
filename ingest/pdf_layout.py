"""Where the text of a PDF page stands, as pdfium sees it: columns, and what nobody can see."""

import ctypes
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median_low

import pypdfium2
import pypdfium2.raw as pdfium

# Pages drawn by hand from many thousand pieces are left as they are.
MOST_RECTANGLES = 4000
INTERLEAVED_ROWS = 8
# Of a column's width: prose fills it, the cells of a table do not.
PROSE_FILLS = 0.8
ALIGNED_POINTS = 3.0
# Of the page's width.
LEAST_COLUMN = 0.2
INVISIBLE_MODES = (pdfium.FPDF_TEXTRENDERMODE_INVISIBLE, pdfium.FPDF_TEXTRENDERMODE_CLIP)
WHITE = 250
TINY_POINTS = 2.0
# Of 256 shades of grey.
LEAST_CONTRAST = 16
# A picture over this part of the page is a scan, and the invisible text on it was read from it.
SCAN_COVERS = 0.5


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of one line of print; lengths in points, the origin at the bottom left.

    Attributes
    ----------
    baseline, size : of its letters, where they stand and how high their font is.
    suspect : drawn invisibly, in white, tiny or beside the page.
    """

    left: float
    bottom: float
    right: float
    top: float
    baseline: float
    size: float
    suspect: bool = False

    @property
    def width(self) -> float:
        """Its length in points."""
        return self.right - self.left

    def same_line(self, other: "Segment") -> bool:
        """True where two segments stand on one line: they share half of their heights."""
        shared = min(self.top, other.top) - max(self.bottom, other.bottom)
        return shared > 0.5 * min(self.top - self.bottom, other.top - other.bottom)


@dataclass(frozen=True, slots=True)
class Layout:
    """The segments of a page in the order in which its file draws them."""

    width: float
    height: float
    segments: tuple[Segment, ...]


def page_layout(page: pypdfium2.PdfPage, textpage: pypdfium2.PdfTextPage) -> Layout:
    """Find the segments of a page; none where there are too many to be lines of print."""
    box = page.get_bbox()
    segments: list[Segment] = []
    count = textpage.count_rects()
    for index in range(count if count <= MOST_RECTANGLES else 0):
        segment = _segment(textpage, textpage.get_rect(index), box)
        if segments and _goes_on(segments[-1], segment):
            before = segments[-1]
            segments[-1] = replace(
                before,
                bottom=min(before.bottom, segment.bottom),
                right=segment.right,
                top=max(before.top, segment.top),
            )
        else:
            segments.append(segment)
    return Layout(box[2] - box[0], box[3] - box[1], tuple(segments))


def _goes_on(before: Segment, segment: Segment) -> bool:
    """True where a segment is the next word of the line of the one before."""
    gap = segment.left - before.right
    height = max(before.top - before.bottom, segment.top - segment.bottom)
    return (
        before.suspect == segment.suspect
        and before.same_line(segment)
        and -0.5 * height <= gap <= height
    )


def _segment(
    textpage: pypdfium2.PdfTextPage,
    rectangle: tuple[float, float, float, float],
    box: tuple[float, float, float, float],
) -> Segment:
    """Measure what stands in a rectangle by the letter in its middle."""
    left, bottom, right, top = rectangle
    height = top - bottom
    index = pdfium.FPDFText_GetCharIndexAtPos(
        textpage.raw, (left + right) / 2, (bottom + top) / 2, max(right - left, 1.0), height
    )
    beside = right < box[0] or top < box[1] or left > box[2] or bottom > box[3]
    if index < 0:
        return Segment(left, bottom, right, top, bottom, height, beside)
    x, baseline = ctypes.c_double(), ctypes.c_double(bottom)
    pdfium.FPDFText_GetCharOrigin(textpage.raw, index, x, baseline)
    loose = pdfium.FS_RECTF()
    pdfium.FPDFText_GetLooseCharBox(textpage.raw, index, loose)
    size = abs(loose.top - loose.bottom) or height
    suspect = beside or size < TINY_POINTS or _is_invisible(textpage, index)
    return Segment(left, bottom, right, top, baseline.value, size, suspect)


def _is_invisible(textpage: pypdfium2.PdfTextPage, index: int) -> bool:
    """True for a letter drawn without ink, or in a white that its ground may or may not show."""
    drawn = pdfium.FPDFText_GetTextObject(textpage.raw, index)
    if drawn and pdfium.FPDFTextObj_GetTextRenderMode(drawn) in INVISIBLE_MODES:
        return True
    red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
    if not pdfium.FPDFText_GetFillColor(textpage.raw, index, red, green, blue, alpha):
        return False
    return alpha.value < 10 or min(red.value, green.value, blue.value) >= WHITE


def unseen(page: pypdfium2.PdfPage, layout: Layout) -> tuple[Segment, ...]:
    """Give the suspect segments that really cannot be seen: where they stand, nothing is drawn."""
    suspects = [segment for segment in layout.segments if segment.suspect]
    if not suspects:
        return ()
    bitmap = page.render(scale=1, grayscale=True)
    position = bitmap.get_posconv(page)
    image = bitmap.to_pil()
    hidden = []
    for segment in suspects:
        first = position.to_bitmap(segment.left, segment.top)
        last = position.to_bitmap(segment.right, segment.bottom)
        columns, rows = sorted((first[0], last[0])), sorted((first[1], last[1]))
        area = (
            max(columns[0], 0),
            max(rows[0], 0),
            min(columns[1] + 1, image.width),
            min(rows[1] + 1, image.height),
        )
        if area[0] >= area[2] or area[1] >= area[3]:
            hidden.append(segment)
            continue
        darkest, lightest = image.crop(area).getextrema()
        if lightest - darkest < LEAST_CONTRAST:
            hidden.append(segment)
    return tuple(hidden)


def is_scan(page: pypdfium2.PdfPage, layout: Layout) -> bool:
    """True where one picture covers half of the page or more."""
    for picture in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_IMAGE], max_depth=2):
        left, bottom, right, top = picture.get_bounds()
        if (right - left) * (top - bottom) > SCAN_COVERS * layout.width * layout.height:
            return True
    return False


def interleaved_columns(layout: Layout) -> float | None:
    """Find two columns of prose whose lines the file draws row by row, left, right, left, right.

    Returns
    -------
    Where the columns part, in points from the left; None where the order is as it should be.
    """
    rows = [
        (first, second)
        for first, second in pairwise(layout.segments)
        if first.same_line(second)
        and second.left - first.right > first.top - first.bottom
        and min(first.width, second.width) > LEAST_COLUMN * layout.width
    ]
    if len(rows) < INTERLEAVED_ROWS:
        return None
    if not all(map(_is_column, zip(*rows, strict=True))):
        return None
    left_end = max(first.right for first, _ in rows)
    right_start = min(second.left for _, second in rows)
    return (left_end + right_start) / 2 if left_end < right_start else None


def _is_column(segments: Sequence[Segment]) -> bool:
    """True where most lines begin at one place and most are as long as the column is wide."""
    widths = sorted(segment.width for segment in segments)
    full = widths[int(len(widths) * 0.9)]
    edge = median_low(segment.left for segment in segments)
    most = 0.7 * len(segments)
    return (
        sum(width >= PROSE_FILLS * full for width in widths) >= most
        and sum(abs(segment.left - edge) <= ALIGNED_POINTS for segment in segments) >= most
    )


def text_of_segments(textpage: pypdfium2.PdfTextPage, segments: Sequence[Segment]) -> str:
    """Give the text of segments in their order, a line of print on each line."""
    parts: list[str] = []
    before: Segment | None = None
    for segment in segments:
        if before is not None:
            parts.append(" " if before.same_line(segment) else "\n")
        text = textpage.get_text_bounded(
            segment.left - 0.5,
            segment.bottom - 0.5,
            segment.right + 0.5,
            segment.top + 0.5,
            errors="ignore",
        )
        parts.append(" ".join(text.split()))
        before = segment
    return "".join(parts)


def column_order(segments: Sequence[Segment], middle: float) -> list[Segment]:
    """Put segments into reading order: down the left column, then the right, between whole lines.

    Parameters
    ----------
    middle : where the columns part, as `interleaved_columns` found it.
    """
    ordered: list[Segment] = []
    left: list[Segment] = []
    right: list[Segment] = []
    for segment in sorted(segments, key=lambda segment: -segment.top):
        if segment.right <= middle:
            left.append(segment)
        elif segment.left >= middle:
            right.append(segment)
        else:
            ordered += [*left, *right, segment]
            left, right = [], []
    return [*ordered, *left, *right]
