"""PDF files of our own, each with one trouble of printed text, and the text that a reader sees."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

from tests.ingest import hard_files

Line = tuple[float, float, str]
"""Where a line begins, in points from the bottom left, and its characters as drawn."""


@dataclass(frozen=True, slots=True)
class Troubled:
    """A file that is made, and the text that must be read from it.

    Attributes
    ----------
    text : in the order of reading, without running heads and page numbers.
    """

    trouble: str
    make: Callable[[Path], Path]
    text: str


def drawn_pdf(path: Path, pages: Sequence[Sequence[Line]]) -> Path:
    """Write a PDF whose font says by ToUnicode which characters its shapes are, any at all."""
    characters = sorted(set(chain.from_iterable(text for page in pages for _, _, text in page)))
    codes = {character: number for number, character in enumerate(characters, 1)}
    mapping = "".join(
        f"<{code:04x}> <{character.encode('utf-16-be').hex()}>\n"
        for character, code in codes.items()
    )
    # At most a hundred lines stand in one section of a mapping.
    rows = mapping.splitlines(keepends=True)
    sections = "".join(
        f"{len(part)} beginbfchar\n{''.join(part)}endbfchar\n"
        for part in (rows[start : start + 100] for start in range(0, len(rows), 100))
    )
    cmap = (
        "/CIDInit /ProcSet findresource begin begincmap /CMapName /X def /CMapType 2 def\n"
        f"1 begincodespacerange <0000> <ffff> endcodespacerange\n{sections}endcmap end"
    ).encode()
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"",
        b"<</Type/Font/Subtype/Type0/BaseFont/X/Encoding/Identity-H/DescendantFonts[4 0 R]"
        b"/ToUnicode 5 0 R>>",
        b"<</Type/Font/Subtype/CIDFontType2/BaseFont/X/CIDSystemInfo<</Registry(Adobe)"
        b"/Ordering(Identity)/Supplement 0>>/DW 500/FontDescriptor 6 0 R>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(cmap), cmap),
        b"<</Type/FontDescriptor/FontName/X/Flags 4/FontBBox[0 -200 1000 900]/ItalicAngle 0"
        b"/Ascent 900/Descent -200/CapHeight 700/StemV 80>>",
    ]
    kids = []
    for page in pages:
        content = "".join(
            f"BT /F1 10 Tf {x} {y} Td <{''.join(f'{codes[one]:04x}' for one in text)}> Tj ET\n"
            for x, y, text in page
        ).encode()
        objects.append(b"<</Length %d>>stream\n%s\nendstream" % (len(content), content))
        objects.append(
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents %d 0 R"
            b"/Resources<</Font<</F1 3 0 R>>>>>>" % len(objects)
        )
        kids.append(b"%d 0 R" % len(objects))
    objects[1] = b"<</Type/Pages/Count %d/Kids[%s]>>" % (len(kids), b" ".join(kids))
    return hard_files.write_objects(path, objects)


def _lines(*texts: str, top: float = 760) -> list[Line]:
    return [(72, top - 14 * row, text) for row, text in enumerate(texts)]


def _file(trouble: str, text: str, *lines: str) -> Troubled:
    return Troubled(trouble, lambda path: drawn_pdf(path, [_lines(*lines)]), text)


def _two_columns(path: Path) -> Path:
    return hard_files.two_column_pdf(path, row_by_row=True)


BODIES = (
    "The first spring brought many names to the registry.",
    "A second summer saw the renewals of most of them.",
    "In the third autumn a storm cut the only cable.",
    "During winter the zone was served from abroad.",
    "Since then copies stand on four islands.",
)


def _with_heads(path: Path) -> Path:
    pages = [
        [
            (72.0, 800.0, "Annual report of the registry"),
            (72.0, 700.0, body),
            (72.0, 40.0, "Printed for the board"),
            (500.0, 40.0, f"Page {number} of 5"),
        ]
        for number, body in enumerate(BODIES, 1)
    ]
    return drawn_pdf(path, pages)


ARABIC = "أطلقت الهيئة برنامجا للتدريب في المدينة وارتفعت الأسماء العربية كلها في السنة الثانية"
# The same in presentation forms, as shaped for print; lam-alef is one shape.
SHAPED = "ﺃﻃﻠﻘﺖ ﺍﻟﻬﻴﺌﺔ ﺑﺮﻧﺎﻣﺠﺎ ﻟﻠﺘﺪﺭﻳﺐ ﻓﻲ ﺍﻟﻤﺪﻳﻨﺔ ﻭﺍﺭﺗﻔﻌﺖ ﺍﻷﺳﻤﺎﺀ ﺍﻟﻌﺮﺑﻴﺔ ﻛﻠﻬﺎ ﻓﻲ ﺍﻟﺴﻨﺔ ﺍﻟﺜﺎﻧﻴﺔ"
CHINESE = "注册局在两年里为四百所学校提供了域名，滥用投诉却下降了三分之一。"

TROUBLED = (
    _file(
        "hyphenation",
        "The registry counted its registrations and announced the administration of the zone.",
        "The registry counted its regis-",
        "trations and announced the admini\u00ad",
        "stration of the zone.",
    ),
    _file(
        "ligatures",
        "The first office found sufficient traffic flowing to five affiliates.",
        "The ﬁrst oﬃce found suﬃcient traﬃc",
        "ﬂowing to ﬁve aﬃliates.",
    ),
    Troubled("heads, feet, page numbers", _with_heads, " ".join(BODIES)),
    Troubled(
        "two columns, row by row",
        _two_columns,
        " ".join(
            (
                "What an open second level did for the islands and their names",
                *hard_files.LEFT,
                *hard_files.RIGHT,
            )
        ),
    ),
    _file("Arabic in visual order", ARABIC, ARABIC),
    _file("Arabic presentation forms", ARABIC, SHAPED[::-1]),
    _file(
        "full-width and drawn letters",
        "TWNIC runs .tw with 2048 bit keys",
        "ＴＷＮＩＣ runs .ｔｗ with ２０４８ 𝐛𝐢𝐭 𝐤𝐞𝐲𝐬",
    ),
    _file("Chinese with stray spaces", CHINESE, *(" ".join(CHINESE[i : i + 16]) for i in (0, 16))),
    _file(
        "bullet debris",
        "Three keys in two cities and one rollover each year",
        "\uf0b7 Three keys",
        "\uf0a7 in two cities",
        "\uf097 and one rollover each year",
    ),
)
