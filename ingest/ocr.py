"""Pages that are pictures become text by OCR, one after another, each in its likely language.

The language of a page is not known before it is read: Tesseract tells the script, the pages
beside it tell the language, and a text that turns out to be in another one is read once more.
"""

import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from ingest.clean import clean_printed_pages
from ingest.document import FileText, Page
from ingest.errors import N_, NeedsOCR, UnreadableFile
from ingest.formats import ODP, PPT, PPTX
from ingest.languages import chinese_variant, detect_language
from ingest.limits import Limits, OnPage
from ingest.sandbox import read_scan_in_sandbox
from ingest.tesseract import (
    LANGUAGES_OF_SCRIPT,
    Recognised,
    ScannedPage,
    find_program,
    installed_languages,
)

# Training data by what `detect_language` and `chinese_variant` tell, and its script.
_OF_LANGUAGE = {
    "ar": ("Arabic", "ara"),
    "en": ("Latin", "eng"),
    "es": ("Latin", "spa"),
    "fr": ("Latin", "fra"),
    "pt": ("Latin", "por"),
    "ru": ("Cyrillic", "rus"),
    "zh-Hans": ("Han", "chi_sim"),
    "zh-Hant": ("Han", "chi_tra"),
}
# Letters from which a text read in the wrong language tells the right one.
_ENOUGH_LETTERS = 60
# Pages that must agree before one of the two ways to write Chinese is taken without trying both.
_AGREEING = 2
# Pages that fail one after another before the rest is left for another time.
_MOST_FAILURES = 3


def can_read_scans() -> bool:
    """Whether Tesseract is installed with training data for at least one of our languages."""
    return bool(_installed())


def needs_ocr() -> NeedsOCR:
    """Give the error for pages that cannot be read for want of Tesseract."""
    return NeedsOCR(
        N_(
            "Pages that are pictures are read by Tesseract, which is not installed here: install "
            "tesseract-ocr with its languages, then run `caselib ocr`."
        )
    )


def without_text() -> UnreadableFile:
    """Give the error for a file whose pictures were looked at and hold no text."""
    return UnreadableFile(N_("The pages of this file are pictures, and OCR found no text in them."))


def read_scans(
    path: Path,
    filename: str,
    text: FileText,
    limits: Limits,
    password: str | None = None,
    on_page: OnPage | None = None,
) -> FileText:
    """Read the pages that are pictures; without Tesseract nothing changes.

    Parameters
    ----------
    path, filename, password : of the file that `text` was read from.
    text : its `pictures` are the pages to read.
    on_page : called with the number of each page as it is read by OCR, and the number of pages.

    Returns
    -------
    The text with these pages in it, marked as read by OCR. What could not be read stays in
    `pictures`; a picture without text is no longer there.
    """
    installed = _installed()
    if not installed or not text.pictures:
        return text
    neighbours = _Neighbours.of(text.pages, installed)
    found: dict[int, str] = {}
    failures = 0
    deadline = time.monotonic() + limits.seconds_of_scans
    for number in text.pictures:
        if failures == _MOST_FAILURES or time.monotonic() > deadline:
            break
        if on_page is not None:
            on_page(number, len(text.pages))
        try:
            found[number] = _read_page(path, filename, number, limits, password, neighbours)
            failures = 0
        except UnreadableFile:
            failures += 1
    return _with_scans(text, found)


def _installed() -> frozenset[str]:
    program = find_program()
    ours = {name for names in LANGUAGES_OF_SCRIPT.values() for name in names}
    return installed_languages(program) & ours if program is not None else frozenset()


@dataclass(slots=True)
class _Neighbours:
    """The languages of the pages that are known so far, as scripts and training data.

    Attributes
    ----------
    known : by page, from its text layer or from what OCR read there.
    sure : pages whose language does not rest on OCR alone.
    """

    installed: frozenset[str]
    known: dict[int, tuple[str, str]] = field(default_factory=dict)
    sure: set[int] = field(default_factory=set)

    @classmethod
    def of(cls, pages: Sequence[Page], installed: frozenset[str]) -> "_Neighbours":
        """Learn from the pages that have text."""
        neighbours = cls(installed)
        for page in pages:
            told = _language_of(page.text)
            if told is not None:
                neighbours.known[page.number] = told
                neighbours.sure.add(page.number)
        return neighbours

    def languages(self, number: int) -> dict[str, list[str]]:
        """By script the training data to try for a page."""
        return {
            script: chosen
            for script in LANGUAGES_OF_SCRIPT
            if (chosen := self._of_script(script, number))
        }

    def otherwise(self, number: int) -> list[str]:
        """The training data for a page whose script cannot be told: that of the nearest page."""
        nearest = self._nearest(number, list(self.known))
        if nearest is not None and self.known[nearest][1] in self.installed:
            return [self.known[nearest][1]]
        return ["eng"] if "eng" in self.installed else sorted(self.installed)[:1]

    def _of_script(self, script: str, number: int) -> list[str]:
        available = [name for name in LANGUAGES_OF_SCRIPT[script] if name in self.installed]
        pages = [page for page, (known, _) in self.known.items() if known == script]
        nearest = self._nearest(number, pages)
        if nearest is None or self.known[nearest][1] not in available:
            return available if script == "Han" else available[:1]
        language = self.known[nearest][1]
        agreeing = Counter(self.known[page][1] for page in pages)[language]
        if script == "Han" and nearest not in self.sure and agreeing < _AGREEING:
            return available
        return [language]

    @staticmethod
    def _nearest(number: int, pages: Sequence[int]) -> int | None:
        """The page nearest to a page, of two equally near the one before it."""
        return min(pages, key=lambda page: (abs(page - number), page > number), default=None)


def _language_of(text: str) -> tuple[str, str] | None:
    """Script and training data for a text; None where its language cannot be told."""
    language = detect_language(text)
    return _OF_LANGUAGE.get(chinese_variant(text) if language == "zh" else language)


def _read_page(
    path: Path,
    filename: str,
    number: int,
    limits: Limits,
    password: str | None,
    neighbours: _Neighbours,
) -> str:
    """Read a page, and once more where its text is in another language than it was read in."""

    def read(languages: dict[str, list[str]], otherwise: list[str]) -> Recognised:
        program = find_program()
        if program is None:
            raise needs_ocr()
        scan = ScannedPage(number, program, languages, otherwise)
        return read_scan_in_sandbox(path, filename, limits, scan, password)

    found = read(neighbours.languages(number), neighbours.otherwise(number))
    if not found.text:
        return ""
    told = _language_of(found.text)
    enough = sum(map(str.isalpha, found.text)) >= _ENOUGH_LETTERS
    if told is not None and told[0] == "Latin" and enough and told[1] != found.language:
        script, language = told
        if found.script in (script, "") and language in neighbours.installed:
            again = read({script: [language]}, [language])
            found = again if again.confidence > found.confidence else found
    if found.script and enough:
        neighbours.known[number] = (found.script, found.language)
    return found.text


def _with_scans(text: FileText, found: dict[int, str]) -> FileText:
    """Put what OCR read into the pages, cleaned as printed pages are."""
    numbers = [number for number in text.pictures if number in found]
    slides = text.media_type in (PPTX, PPT, ODP)
    cleaned = clean_printed_pages([found[number] for number in numbers], slides)
    by_number = {number: page for number, page in zip(numbers, cleaned, strict=True) if page}
    return replace(
        text,
        pages=tuple(
            replace(page, text=by_number[page.number], read_by_ocr=True)
            if page.number in by_number
            else page
            for page in text.pages
        ),
        pictures=tuple(number for number in text.pictures if number not in found),
    )
