"""The catalogues are whole: every text of ours, in every language, with every plural form."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir, extract_from_file
from babel.messages.pofile import read_po

from ingest.errors import UnreadableFile
from pages import texts

ROOT = Path(texts.__file__).resolve().parent.parent
KEYWORDS = {"_": None, "N_": None, "n_": (1, 2)}
TRANSLATED = [code for code in texts.LANGUAGES if code != "en"]
_VALUES = re.compile(r"\{(\w+)\}")


@cache
def _texts() -> dict[str, tuple[str, ...]]:
    """Every text to be translated, with its plural where it has one."""
    found: dict[str, tuple[str, ...]] = {}
    extracted = [
        message
        for package in ("pages", "ingest", "index", "search", "desk", "caselib")
        for _file, _line, message, _comments, _context in extract_from_dir(
            str(ROOT / package), [("**.py", "python")], keywords=KEYWORDS
        )
    ]
    for _line, message, _comments, _context in extract_from_file(
        "python", str(ROOT / "app.py"), keywords=KEYWORDS
    ):
        extracted.append(message)
    for message in extracted:
        forms = message if isinstance(message, tuple) else (message,)
        found[forms[0]] = forms
    return found


def _catalogue(language: str) -> Catalog:
    path = texts.LOCALES / language / "LC_MESSAGES" / f"{texts.DOMAIN}.po"
    with path.open("rb") as file:
        return read_po(file, locale=language)


def _forms(text: object) -> tuple[str, ...]:
    return tuple(text) if isinstance(text, list | tuple) else (str(text or ""),)


def test_texts_are_found_in_the_code() -> None:
    assert len(_texts()) > 150
    assert "This file is empty (0 bytes)." in _texts()


@pytest.mark.parametrize("language", TRANSLATED)
def test_no_text_is_missing_or_fuzzy(language: str) -> None:
    catalogue = _catalogue(language)
    missing = [
        text
        for text in _texts()
        if not (entry := catalogue.get(text)) or not all(_forms(entry.string))
    ]
    assert not missing, f"{language}: translate {missing} (make texts)"
    assert not [message.id for message in catalogue if message.id and message.fuzzy]


@pytest.mark.parametrize("language", TRANSLATED)
def test_every_translation_has_the_values_of_its_text(language: str) -> None:
    for message in _catalogue(language):
        if not message.id:
            continue
        stated = set(_VALUES.findall(_forms(message.id)[-1]))
        forms = _forms(message.string)
        for form in filter(None, forms):
            used = set(_VALUES.findall(form))
            # One, two and none need no number where the language has a form of its own for them.
            spare = {"count", "found"} if len(forms) > 1 else set()
            assert used <= stated and stated - used <= spare, (language, form)


@pytest.mark.parametrize("language", TRANSLATED)
def test_every_plural_form_is_there(language: str) -> None:
    catalogue = _catalogue(language)
    for message in catalogue:
        if isinstance(message.id, list | tuple):
            assert len(_forms(message.string)) == catalogue.num_plurals


@pytest.mark.parametrize(
    ("language", "count", "said"),
    [
        ("ar", 0, "لا صفحات"),
        ("ar", 1, "صفحة واحدة"),
        ("ar", 2, "صفحتان"),
        ("ar", 3, "3 صفحات"),
        ("ar", 10, "10 صفحات"),
        ("ar", 11, "11 صفحة"),
        ("ar", 100, "100 صفحة"),
        ("ar", 103, "103 صفحات"),
        ("ru", 1, "1 страница"),
        ("ru", 2, "2 страницы"),
        ("ru", 5, "5 страниц"),
        ("ru", 11, "11 страниц"),
        ("ru", 21, "21 страница"),
        ("ru", 112, "112 страниц"),
        ("fr", 0, "0 page"),
        ("fr", 1, "1 page"),
        ("fr", 2, "2 pages"),
        ("pt", 1, "1 página"),
        ("pt", 2, "2 páginas"),
        ("es", 1, "1 página"),
        ("es", 0, "0 páginas"),
        ("zh", 1, "1 页"),
        ("zh", 12, "12 页"),
        ("en", 1, "1 page"),
        ("en", 1200, "1,200 pages"),
    ],
)
def test_numbers_take_the_plural_form_that_the_language_asks_for(
    language: str, count: int, said: str
) -> None:
    texts.use(language)
    try:
        assert texts.n_("{count} page", "{count} pages", count) == said
    finally:
        texts.use("en")


@pytest.mark.parametrize(
    ("accepted", "language"),
    [
        ("zh-TW,zh;q=0.9,en-US;q=0.8", "zh"),
        ("ar-EG,ar;q=0.9", "ar"),
        ("de-DE,de;q=0.9,pt-BR;q=0.8,en;q=0.7", "pt"),
        ("en;q=0.2, fr;q=0.9", "fr"),
        ("ru;q=0, es", "es"),
        ("de", "en"),
        ("", "en"),
        ("*;q=oops,,;;", "en"),
        ("x" * 100_000, "en"),
    ],
)
def test_the_browser_chooses_the_language(accepted: str, language: str) -> None:
    assert texts.from_browser(accepted) == language


@pytest.mark.parametrize("language", TRANSLATED)
def test_an_error_speaks_the_readers_language(language: str) -> None:
    error = UnreadableFile(
        "This file has {pages} pages; at most {limit} are read. Deposit it in parts.",
        pages=2001,
        limit=2000,
    )
    texts.use(language)
    try:
        said = texts.sentence(error)
    finally:
        texts.use("en")
    assert said != str(error) and "2001" in said and "2000" in said


def test_a_value_that_looks_like_a_template_is_left_as_it_is() -> None:
    error = UnreadableFile("There is no file {name}.", name="{limit} {0} {name}")
    assert texts.sentence(error) == "There is no file {limit} {0} {name}."
