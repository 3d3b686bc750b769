"""The year a document was written or published in, by what it says of itself."""

import re
import unicodedata
from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from typing import Final

from babel import Locale

from ingest.document import FileText, Guess, Page

EARLIEST: Final = 1985
_LOCALES: Final = ("en", "es", "fr", "pt", "ru", "ar")
_YEAR: Final = r"(?P<year>(?:19[89]|20\d)\d)"
_ALONE: Final = re.compile(
    rf"(?<![\w./,-]){_YEAR}(?![\w/-]|[.,]\d)|(?<=[\s（(]){_YEAR.replace('year', 'han')}(?=\s?年)"
)
# The years of the Republic of China count from 1912.
_REPUBLIC: Final = re.compile(r"(?:民國|民国|中華民國)\s?(\d{2,3})\s?年")
_SAID: Final = re.compile(
    r"(?i)©|\(c\)|copyright|publi|posted|updated|version|released|issued|presented|received|accepted|"
    r"\bdate\b|\bfecha\b|\bdata\b|presentad|actualizad|atualizad|mis à jour|présenté|"
    r"опубликован|дата|издан|подписано|г\.\s*$|发布|發布|出版|披露|发表|發表|日期|公布|印发|"
    r"تاريخ|نشر|صدر|حقوق"
)
_SHORT_LINE: Final = 90
_TOP: Final = 12


def find_year(file_text: FileText, title: str = "") -> Guess | None:
    """The year of writing or publication with the reason, or None where nothing tells it.

    Years in running text are what the document tells about, so only these count, best first: a
    date that a short line of the first page calls one of publication; another date in a short
    line near its top; the metadata's year where the first page shows it too; a year in title or
    heading; the metadata's year alone; such a line on the last page.

    Parameters
    ----------
    file_text : pages and metadata as the reader gives them.
    title : the document's title, or ``.
    """
    pages = [page for page in file_text.pages if page.text.strip() or page.heading]
    first = list(_lines(pages[0])) if pages else []
    last = list(_lines(pages[-1])) if len(pages) > 1 else []
    stated = file_text.metadata_year
    stated = stated if stated and EARLIEST <= stated <= _latest() else None
    shown = [year for line in first for year in _years(line)]
    for guess in (
        _said(first, "first"),
        _dated(first[:_TOP]),
        stated in shown and Guess(str(stated), "The file's date and its first page agree."),
        _in_heading(title, pages[0] if pages else None),
        _in_short_lines(first[:_TOP]),
        stated and Guess(str(stated), "The file states it as the year it was made in."),
        _said(last, "last"),
        _dated(last[-_TOP:], "last"),
    ):
        if guess:
            return guess
    return None


def _latest() -> int:
    return date.today().year + 1


def _lines(page: Page) -> Iterator[str]:
    for line in _with_plain_digits(f"{page.heading}\n{page.text}").split("\n"):
        if line.strip():
            yield line.strip()


def _with_plain_digits(text: str) -> str:
    """Arabic-Indic and full-width digits as 0 to 9."""
    return "".join(
        str(unicodedata.digit(c)) if c.isdigit() and not c.isascii() and c.isdecimal() else c
        for c in text
    )


def _years(line: str) -> list[int]:
    found = [int(match["year"] or match["han"]) for match in _ALONE.finditer(line)]
    found += [1911 + int(match[1]) for match in _REPUBLIC.finditer(line)]
    return [year for year in found if EARLIEST <= year <= _latest()]


def _short(lines: list[str]) -> list[str]:
    return [line for line in lines if len(line) <= _SHORT_LINE]


def _said(lines: list[str], page: str) -> Guess | None:
    for line in _short(lines):
        years = _years(line)
        if years and _SAID.search(line):
            return Guess(str(max(years)), f"The {page} page says: “{line}”.")
    return None


def _dated(lines: list[str], page: str = "first") -> Guess | None:
    for line in _short(lines):
        years = _years(line)
        if years and _date().search(line):
            return Guess(str(max(years)), f"A date on the {page} page: “{line}”.")
    return None


def _in_heading(title: str, page: Page | None) -> Guess | None:
    years = _years(_with_plain_digits(f"{title}\n{page.heading if page else ''}"))
    # Two years are a span that the document tells about.
    if len(set(years)) == 1:
        return Guess(str(years[0]), "The title gives this year.")
    return None


def _in_short_lines(lines: list[str]) -> Guess | None:
    years = {year for line in _short(lines) for year in _years(line)}
    if len(years) == 1:
        return Guess(str(years.pop()), "It is the only year in the first lines.")
    return None


@lru_cache(maxsize=1)
def _date() -> re.Pattern[str]:
    """A day or a month with a year, in the seven languages."""
    months = {
        name.rstrip(".")
        for locale in _LOCALES
        for context in Locale.parse(locale).months.values()
        for width in ("wide", "abbreviated")
        for name in context[width].values()
        if len(name) > 2
    }
    names = "|".join(sorted(map(re.escape, months), key=len, reverse=True))
    return re.compile(
        rf"(?i)\b(?:{names})\b\.?,?(?:\s+(?:de|d[oe]l)\b)?\s*(?:\d{{1,2}}(?:st|nd|rd|th)?,?\s+)?"
        rf"{_YEAR}|{_YEAR.replace('year', 'iso')}[-./]\d{{1,2}}(?:[-./]\d{{1,2}})?\b"
        rf"|\b\d{{1,2}}[-./]\d{{1,2}}[-./]{_YEAR.replace('year', 'last')}\b"
        rf"|{_YEAR.replace('year', 'han')}\s?年|(?:民國|民国)\s?\d{{2,3}}\s?年"
    )
