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
_YEAR: Final = r"(?:19[89]|20\d)\d"
_ALONE: Final = re.compile(
    rf"(?<![\w./,-])({_YEAR})(?:(?![\w/-]|[.,]\d)|(?=\s?年))|({_YEAR})(?=\s?年)"
)
# The years of the Republic of China count from 1912.
_REPUBLIC: Final = re.compile(r"(?:民國|民国)\s?(\d{2,3})\s?年")
# What a line begins with that gives the date of the document itself.
_DONE: Final = (
    "published|updated|revised|released|issued|presented|received|accepted|submitted|"
    "publicado|publicada|presentado|apresentado|actualizado|atualizado|"
    "publié|présenté|mis à jour|опубликован[оа]?|обновлен[оа]?|подписано в печать|نشر|نُشر|صدر"
)
_DATE_OF: Final = "date|fecha|data|дата|تاريخ|التاريخ"
_DONE_IN_CHINESE: Final = "发布|發布|出版|披露|发表|發表|公布|印发|更新"
_LABEL: Final = re.compile(
    r"(?i)\W*(?:©|\(c\)|copyright\b|版权|版權|حقوق|publication date\b|"
    rf"(?:last |first )?(?:{_DONE})\b|"
    rf"(?:{_DATE_OF})\b[^:]{{0,25}}:|(?:{_DONE_IN_CHINESE})?(?:日期|时间|時間)\s*[:：]|"
    rf"(?:{_DONE_IN_CHINESE})[于於:：])"
)
_ITEM: Final = re.compile(r"\s*(?:[•‣▪▫●○◦–—*-]|\d{1,2}[.)])\s")
_SENTENCE_END: Final = re.compile(r"[.!?。！？؟…][\"'”’»)\]」』]*$")
_WORD: Final = re.compile(r"[\u3400-\u9fff]|[^\W\d_\u3400-\u9fff]+")
# A number beside the date is what was counted then; 'ICANN64' is a name.
_COUNT: Final = re.compile(r"(?<![A-Za-z-])\b\d{2,}")
_WIDEST: Final = 70
_TOP: Final = 6
_WORDS_BESIDE_DATE: Final = 5


def find_year(file_text: FileText, title: str = "") -> Guess | None:
    """The year of writing or publication with the reason, or None where nothing tells it.

    Years in running text are what the document tells about, so only these count, best first: a
    line of the first page that calls its date one of publication; a line near the top of it that
    is hardly more than a date; the metadata's year; a year in the title; the only year in the
    first lines; a line of publication on the last page. A year in the title that is later than
    the metadata's goes before it.

    Parameters
    ----------
    file_text : pages and metadata as the reader gives them.
    title : the document's title, or ``.
    """
    pages = [page for page in file_text.pages if page.text.strip() or page.heading]
    first = list(_lines(pages[0])) if pages else []
    last = list(_lines(pages[-1])) if len(pages) > 1 else []
    candidates = (
        _labelled(first, "first"),
        _dated(first[:_TOP], title),
        _by_metadata(file_text.metadata_year, title, first),
        _in_title(title),
        _in_first_lines(first[:_TOP]),
        _labelled(last, "last"),
    )
    return next(filter(None, candidates), None)


def _latest() -> int:
    return date.today().year + 1


def _lines(page: Page) -> Iterator[str]:
    """Lines that may give a date: not those of a list, nor sentences."""
    for line in _with_plain_digits(f"{page.heading}\n{page.text}").split("\n"):
        line = line.strip()
        if line and _width(line) <= _WIDEST and not _ITEM.match(line):
            yield line


def _width(line: str) -> int:
    """Columns that a line takes: Han takes two."""
    return len(line) + sum(unicodedata.east_asian_width(c) in "WF" for c in line)


def _with_plain_digits(text: str) -> str:
    """Arabic-Indic and full-width digits as 0 to 9."""
    return "".join(
        str(unicodedata.digit(c)) if c.isdecimal() and not c.isascii() else c for c in text
    )


def _years(line: str) -> list[int]:
    found = [int(match[1] or match[2]) for match in _ALONE.finditer(line)]
    found += [
        int(match[-4:]) for match in re.findall(rf"\b\d{{1,2}}[-./]\d{{1,2}}[-./]{_YEAR}\b", line)
    ]
    found += [
        int(match[:4]) for match in re.findall(rf"\b{_YEAR}[-./]\d{{1,2}}[-./]\d{{1,2}}\b", line)
    ]
    found += [1911 + int(years) for years in _REPUBLIC.findall(line)]
    return [year for year in found if EARLIEST <= year <= _latest()]


def _labelled(lines: list[str], page: str) -> Guess | None:
    for line in lines:
        if _LABEL.match(line) and (years := _years(line)):
            return Guess(str(max(years)), f"The {page} page says: “{line}”.")
    return None


def _dated(lines: list[str], title: str) -> Guess | None:
    for line in lines:
        rest, dates = _date().subn(" ", line)
        if dates and line not in title and _says_little(rest) and (years := _years(line)):
            return Guess(str(max(years)), f"The first page gives a date: “{line}”.")
    return None


def _says_little(rest: str) -> bool:
    """Whether what a line has beside its date is a place or an event, not a statement."""
    if len(_WORD.findall(rest)) > _WORDS_BESIDE_DATE or _COUNT.search(rest):
        return False
    return not _SENTENCE_END.search(rest.rstrip())


def _by_metadata(stated: int | None, title: str, first: list[str]) -> Guess | None:
    if not stated or not EARLIEST <= stated <= _latest():
        return None
    if any(year > stated for year in _years(_with_plain_digits(title))):
        return None
    if any(stated in _years(line) for line in first):
        return Guess(str(stated), "The file's date and its first page agree.")
    return Guess(str(stated), "The file states it as the year it was made in.")


def _in_title(title: str) -> Guess | None:
    years = set(_years(_with_plain_digits(title)))
    # Two years are a span that the document tells about.
    return Guess(str(years.pop()), "The title gives this year.") if len(years) == 1 else None


def _in_first_lines(lines: list[str]) -> Guess | None:
    years = {year for line in lines if _says_little(_ALONE.sub(" ", line)) for year in _years(line)}
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
    day = r"\d{1,2}(?:st|nd|rd|th|er|º|-?го)?"
    of = r"(?:\s+(?:de|del|do|of))?"
    return re.compile(
        rf"(?i)(?:\b{day}{of}\s+)?\b(?:{names})\b\.?{of}\s*(?:{day},?\s+)?,?\s*{_YEAR}(?:\s*г\.|\s*года)?"
        rf"|\b{_YEAR}[-./]\d{{1,2}}(?:[-./]\d{{1,2}})?\b|\b\d{{1,2}}[-./]\d{{1,2}}[-./]{_YEAR}\b"
        rf"|(?:{_YEAR}|(?:民國|民国)\s?\d{{2,3}})\s?年(?:\s?\d{{1,2}}\s?月)?(?:\s?\d{{1,2}}\s?日)?"
    )
