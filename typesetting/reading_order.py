"""Right-to-left text of a Typst PDF, put in the order that it is read in.

Typst writes the glyphs of a right-to-left run from left to right, cut at spaces, marks and changes
of font, and names a letter with its vowel sign as one. Extractors that follow the file's own order,
pypdf among them, then return words backwards and letters doubled. Here each such run is written
anew: glyph by glyph from right to left, at the same places, through a copy of the font resource
whose ToUnicode map (ISO 32000-1, 9.10.3) names every glyph by its own characters. The page looks
as it did.
"""

import io
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterator
from typing import Any

from pypdf import PageObject, PdfReader, PdfWriter
from pypdf.generic import (
    ByteStringObject,
    ContentStream,
    DecodedStreamObject,
    DictionaryObject,
    FloatObject,
    NameObject,
)

from typesetting.text_blocks import (
    Glyph,
    Operation,
    TextBlock,
    has_unnamed_glyphs,
    page_font,
    text_blocks,
)

# Blocks that follow each other without a gap are one run; or an operation without text.
Run = list[TextBlock] | Operation
# Marks, embeddings and isolates that set direction: of no use once the order is right.
_CONTROLS = dict.fromkeys((0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A)))
# By the name of the font's copy and the glyph's code, what the glyph was seen to stand for.
Names = defaultdict[str, defaultdict[bytes, Counter[str]]]


def in_reading_order(pdf: bytes, *, right_to_left: bool) -> bytes:
    """Return the same PDF with its right-to-left runs in reading order.

    Parameters
    ----------
    pdf : as Typst wrote it.
    right_to_left : whether the document itself runs that way. A document without a
        right-to-left letter comes back as it is.
    """
    reader = PdfReader(io.BytesIO(pdf))
    fonts = (page_font(font) for page in reader.pages for font in _fonts(page).values())
    if not any(
        holds_right_to_left("".join(font.names.values())) or has_unnamed_glyphs(font)
        for font in fonts
    ):
        return pdf
    writer = PdfWriter(clone_from=reader)
    for page in writer.pages:
        page_fonts = {name: page_font(resource) for name, resource in _fonts(page).items()}
        stream = ContentStream(page.get_contents(), writer)
        runs = list(_runs(list(text_blocks(stream.operations, page_fonts))))
        names = _glyph_names(runs, right_to_left)
        stream.operations = list(_written(runs, names, right_to_left))
        page.replace_contents(stream)
        page.compress_content_streams()
        _add_fonts(page, writer, names)
    writer.compress_identical_objects()
    writer.pdf_header = reader.pdf_header
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def _fonts(page: PageObject) -> dict[str, Any]:
    resources: Any = page["/Resources"]
    return {name: font.get_object() for name, font in resources.get("/Font", {}).items()}


def holds_right_to_left(text: str) -> bool:
    """Say whether a letter that is written right to left is in a text."""
    return any(unicodedata.bidirectional(letter) in ("R", "AL") for letter in text)


def _runs(items: list[Operation | TextBlock]) -> Iterator[Run]:
    run: list[TextBlock] = []
    for item in items:
        if run and not (isinstance(item, TextBlock) and _continues(run, item)):
            yield run
            run = []
        if isinstance(item, TextBlock):
            run.append(item)
        else:
            yield item
    if run:
        yield run


def _continues(run: list[TextBlock], block: TextBlock) -> bool:
    """Say whether a block goes on where the run ends, as the next part of it to the right."""
    if _is_left_to_right(run[-1]) != _is_left_to_right(block):
        return False
    # The space of a justified line may be wider than its glyph; what is read next is to the left.
    gap = block.start - run[-1].end
    same_line = abs(block.baseline - run[-1].baseline) < 0.8 * block.size
    return same_line and -0.08 * block.size < gap < 0.9 * block.size


def _is_left_to_right(block: TextBlock) -> bool:
    return block.has("L", "EN") and not block.has("R", "AL")


def _is_reversed(run: list[TextBlock], right_to_left: bool) -> bool:
    if any(block.has("R", "AL") for block in run):
        return True
    return right_to_left and not _is_left_to_right(run[0])


def _named_glyphs(run: list[TextBlock], reverse: bool) -> Iterator[tuple[Glyph, str]]:
    """Give each glyph of a run, as read, with the characters that it alone stands for.

    A letter and its marks were all named by their whole cluster. The first glyph of a cluster is
    the letter's, even where it has no advance, as the alef of a lam-alef has none.
    """
    glyphs = [glyph for block in run for glyph in block.glyphs]
    before = ""
    for glyph in reversed(glyphs) if reverse else glyphs:
        text = glyph.text.translate(_CONTROLS)
        marks = "".join(letter for letter in text if unicodedata.combining(letter))
        letters = "".join(letter for letter in text if not unicodedata.combining(letter))
        if not reverse or not marks or not letters:
            yield glyph, text
        elif text == before and not glyph.advance:
            yield glyph, marks
        else:
            yield glyph, letters
        before = text


def _glyph_names(runs: list[Run], right_to_left: bool) -> Names:
    names: Names = defaultdict(lambda: defaultdict(Counter))
    for run in runs:
        if isinstance(run, list):
            reverse = _is_reversed(run, right_to_left)
            for glyph, text in _named_glyphs(run, reverse):
                names[glyph.font + _copy_name(reverse)][glyph.code][text] += 1
    return names


def _copy_name(right_to_left: bool) -> str:
    """A bracket's glyph stands for one bracket in one direction, for its pair in the other."""
    return "r" if right_to_left else "l"


def _written(runs: list[Run], names: Names, right_to_left: bool) -> Iterator[Operation]:
    before: list[TextBlock] = []
    for run in runs:
        if not isinstance(run, list):
            yield run
            continue
        if right_to_left and before and _gap_to_the_left(before, run):
            yield from _space(run, names)
        if _is_reversed(run, right_to_left):
            for block in reversed(run):
                yield from _right_to_left(block)
        else:
            for block in run:
                yield from _left_to_right(block)
        before = run


def _gap_to_the_left(before: list[TextBlock], run: list[TextBlock]) -> bool:
    """Say whether a run stands apart on the same line: another cell, or text after a bullet."""
    same_line = abs(before[0].baseline - run[0].baseline) < 0.7 * run[0].size
    if " " in (before[0].glyphs[0].text, run[-1].glyphs[-1].text):
        return False
    return same_line and run[-1].end < before[0].start - 0.25 * run[0].size


def _space(run: list[TextBlock], names: Names) -> Iterator[Operation]:
    """Show a space where two cells meet: extractors see gaps to the right only."""
    spaces = (
        (name, code) for name, codes in names.items() for code, seen in codes.items() if seen[" "]
    )
    name, code = next(spaces, ("", b""))
    if name:
        place = [1, 0, 0, -1, run[-1].end, run[0].baseline]
        yield [], b"q"
        yield [FloatObject(number) for number in place], b"cm"
        yield from _shown(Glyph(code, 0, 0, 0, name, run[0].size, " "), name)
        yield [], b"Q"


def _left_to_right(block: TextBlock) -> Iterator[Operation]:
    marked: list[bool] = []
    for operands, name in block.operations:
        if name in (b"BMC", b"BDC"):
            marked.append(name == b"BDC" and _has_controls(operands[1]))
        # The copy's names say what the text is, without the controls.
        if name == b"EMC" and marked.pop():
            continue
        if name == b"BDC" and marked[-1]:
            continue
        if name == b"Tf":
            operands = [NameObject(f"{operands[0]}{_copy_name(False)}"), operands[1]]
        yield operands, name


def _has_controls(properties: Any) -> bool:
    text = properties.get("/ActualText", "") if isinstance(properties, dict) else ""
    return any(ord(letter) in _CONTROLS for letter in text)


def _right_to_left(block: TextBlock) -> Iterator[Operation]:
    start = next(at for at, (_, name) in enumerate(block.operations) if name == b"BT")
    yield from block.operations[:start]
    for glyph in reversed(block.glyphs):
        yield from _shown(glyph, glyph.font + _copy_name(True))
    yield [], b"Q"


def _shown(glyph: Glyph, font: str) -> Iterator[Operation]:
    yield [], b"BT"
    yield [NameObject(font), FloatObject(glyph.size)], b"Tf"
    place = [1, 0, 0, -1, round(glyph.x, 4), round(glyph.y, 4)]
    yield [FloatObject(number) for number in place], b"Tm"
    yield [ByteStringObject(glyph.code)], b"Tj"
    yield [], b"ET"


def _add_fonts(page: PageObject, writer: PdfWriter, names: Names) -> None:
    """Add to the page's resources, a copy of each font for each direction that it is seen in."""
    resources: Any = page["/Resources"]
    resources[NameObject("/Font")] = fonts = DictionaryObject(resources["/Font"])
    for name, codes in names.items():
        original: Any = fonts[name[:-1]].get_object()
        copy = DictionaryObject(original)
        mapped = DecodedStreamObject()
        mapped.set_data(_to_unicode(codes))
        copy[NameObject("/ToUnicode")] = writer._add_object(mapped.flate_encode())
        fonts[NameObject(name)] = writer._add_object(copy)


def _to_unicode(codes: dict[bytes, Counter[str]]) -> bytes:
    entries = [
        f"<{code.hex().upper()}> <{text.encode('utf-16-be').hex().upper()}>"
        for code, seen in sorted(codes.items())
        for text in (seen.most_common(1)[0][0],)
    ]
    parts = [entries[at : at + 100] for at in range(0, len(entries), 100)]
    sections = "\n".join(
        f"{len(part)} beginbfchar\n" + "\n".join(part) + "\nendbfchar" for part in parts
    )
    return (
        "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
        "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def\n"
        "/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n"
        "1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n"
        f"{sections}\nendcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n"
    ).encode("ascii")
