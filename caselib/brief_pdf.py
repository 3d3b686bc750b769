"""A briefing as a PDF of one page, set by Typst; needs the package `typst`."""

from __future__ import annotations

import functools
import json
import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

import regex

from caselib.brief_page import Page, Section, Translate, one_line
from caselib.briefs import QUOTES
from ingest.errors import N_, CaselibError
from search.briefings import Briefing
from search.translating import Translation

if TYPE_CHECKING:
    import typst

TEMPLATE: Final = Path(__file__).with_name("briefing.typ")
FONTS_VARIABLE: Final = "CASELIB_FONTS"
SIZES: Final = (9.0, 8.6, 8.2, 7.8, 7.4, 7.0)
"""Type sizes that are tried, in points, until the page holds everything."""
_SCRIPTS: Final = {
    "Noto Naskh Arabic": regex.compile(r"\p{Arabic}"),
    "Noto Sans CJK SC": regex.compile(r"\p{Han}"),
    "Noto Sans": regex.compile(r"\p{Cyrillic}"),
}
"""A family for each script that the fonts within Typst lack."""
_OTHERS: Final = ("Noto Sans Armenian", "Noto Sans Bengali", "Noto Sans Devanagari",
    "Noto Sans Georgian", "Noto Sans Sinhala", "Noto Sans Tamil", "Noto Sans Thai",
)  # fmt: skip


class PDFUnavailable(CaselibError):
    """The PDF cannot be made on this machine; the briefing can be had as Markdown."""


def as_pdf(
    briefing: Briefing,
    translate: Translate = str,
    translations: Mapping[str, Translation] = MappingProxyType({}),
) -> bytes:
    """A briefing as a PDF: one page A4 where it fits, at the largest of `SIZES` at which it does.

    Parameters
    ----------
    translate : gettext for the briefing's language; as it comes, the frame is in English.
    translations : by the text of a quotation, its translation by machine.

    Raises
    ------
    PDFUnavailable : the package `typst` or a font is missing.
    """
    described = _described(Page(briefing, translate, translations))
    fonts = check_available(json.dumps(described, ensure_ascii=False))
    import typst

    for size in SIZES:
        made: bytes = typst.compile(
            TEMPLATE,
            font_paths=fonts,
            format="pdf",
            sys_inputs={"briefing": json.dumps({**described, "size": size}, ensure_ascii=False)},
        )
        if _pages(made) == 1:
            break
    return made


def check_available(text: str = "\u0628\u4e00\u0416") -> typst.Fonts:
    """The fonts of a PDF, where this machine can set a text; by default, in all our scripts.

    Raises
    ------
    PDFUnavailable : the package `typst` or a font is missing.
    """
    try:
        import typst  # noqa: F401
    except ImportError as error:
        raise PDFUnavailable(
            N_(
                "A PDF needs the Python package typst: install it with `pip install typst`, or "
                "take the briefing as Markdown."
            )
        ) from error
    fonts = _fonts(os.environ.get(FONTS_VARIABLE, ""))
    _check_fonts(fonts.families(), text)
    return fonts


def _described(page: Page) -> dict[str, Any]:
    language = page.briefing.language
    first = "Noto Naskh Arabic" if language == "ar" else "Noto Sans"
    stack = [first, "Noto Sans", "Libertinus Serif", "Noto Sans CJK SC", "Noto Naskh Arabic"]
    return {
        "title": page.title,
        "lead": page.lead,
        "lang": language,
        "rtl": language == "ar",
        "fonts": list(dict.fromkeys((*stack, *_OTHERS))),
        "marks": list(QUOTES.get(language, QUOTES["en"])),
        "sections": [_section(page, section) for section in page.sections()],
    }


def _section(page: Page, section: Section) -> dict[str, Any]:
    return {
        "heading": section.heading,
        "numbered": section.numbered,
        "lines": [
            {
                "label": line.label,
                "quotations": [
                    {
                        "text": one_line(quotation.text),
                        "lang": quotation.passage.language or "en",
                        "rtl": quotation.passage.language == "ar",
                        "cited": " – ".join(filter(None, (cited, page.translation(quotation)))),
                    }
                    for quotation, cited in line.quotations
                ],
                "remark": line.remark,
            }
            for line in section.lines
        ],
    }


@functools.lru_cache(maxsize=2)
def _fonts(folders: str) -> typst.Fonts:
    """The machine's fonts and those in the folders of `CASELIB_FONTS`."""
    import typst

    return typst.Fonts(
        include_system_fonts=True,
        include_embedded_fonts=True,
        font_paths=[Path(folder) for folder in folders.split(os.pathsep) if folder],
    )


def _check_fonts(families: Sequence[str], text: str) -> None:
    missing = [
        family
        for family, script in _SCRIPTS.items()
        if family not in families and script.search(text)
    ]
    if missing:
        raise PDFUnavailable(
            N_(
                "The fonts {fonts} were not found: install fonts-noto-core and fonts-noto-cjk "
                "(Debian), name their folders in {variable}, or take the briefing as Markdown."
            ),
            fonts=", ".join(missing),
            variable=FONTS_VARIABLE,
        )


def _pages(made: bytes) -> int:
    import io

    from pypdf import PdfReader

    return len(PdfReader(io.BytesIO(made)).pages)
