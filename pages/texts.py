"""The interface's texts in seven languages, from the gettext catalogues in `locales/`.

English stands in the code; the catalogues are compiled in memory when they are first needed.
"""

from __future__ import annotations

import gettext
import io
from contextvars import ContextVar
from functools import cache
from pathlib import Path
from typing import Final

from babel import Locale, negotiate_locale
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.numbers import format_decimal

from ingest.errors import CaselibError

LANGUAGES: Final = {
    "ar": "العربية",
    "zh": "中文",
    "en": "English",
    "fr": "Français",
    "pt": "Português",
    "ru": "Русский",
    "es": "Español",
}
"""Codes of the interface's languages, each with the name that its speakers give it."""

LOCALES: Final = Path(__file__).resolve().parent.parent / "locales"
DOMAIN: Final = "caselib"
DEFAULT: Final = "en"
RIGHT_TO_LEFT: Final = frozenset({"ar"})

_language: ContextVar[str] = ContextVar("language", default=DEFAULT)


def use(language: str) -> None:
    """Choose the language of this run of the script; anything unknown is English."""
    _language.set(language if language in LANGUAGES else DEFAULT)


def language() -> str:
    """The language in use."""
    return _language.get()


def direction() -> str:
    """`rtl` or `ltr`, as HTML names it."""
    return "rtl" if language() in RIGHT_TO_LEFT else "ltr"


def locale() -> Locale:
    """The CLDR locale of the language in use."""
    return Locale.parse(language())


def from_browser(accepted: str) -> str:
    """The language that a browser asks for, from its Accept-Language header (RFC 9110, 12.5.4)."""
    wanted: list[tuple[float, str]] = []
    for part in accepted[:1000].split(","):
        tag, _, quality = part.strip().partition(";q=")
        try:
            weight = float(quality or 1)
        except ValueError:
            continue
        if tag and weight > 0:
            wanted.append((-weight, tag.split("-")[0].lower()))
    preferred = [tag for _, tag in sorted(wanted, key=lambda item: item[0])]
    return negotiate_locale(preferred, list(LANGUAGES)) or DEFAULT


def _(text: str) -> str:
    """A text in the language in use."""
    return catalogue(language()).gettext(text) if text else ""


def n_(singular: str, plural: str, count: int, **values: str) -> str:
    """A text with the plural form that a number takes; `{count}` and other values are filled in."""
    found = catalogue(language()).ngettext(singular, plural, count)
    return found.format(count=format_decimal(count, locale=locale()), **values)


def sentence(error: CaselibError) -> str:
    """What an error says, in the language in use; values that are texts of ours likewise."""
    values = {
        name: _(value) if isinstance(value, str) else value for name, value in error.values.items()
    }
    return _(error.template).format(**values)


@cache
def catalogue(code: str) -> gettext.NullTranslations:
    """The compiled catalogue of a language; English needs none."""
    path = LOCALES / code / "LC_MESSAGES" / f"{DOMAIN}.po"
    if code == DEFAULT or not path.is_file():
        return gettext.NullTranslations()
    with path.open("rb") as file:
        messages = read_po(file, locale=code, domain=DOMAIN)
    compiled = io.BytesIO()
    write_mo(compiled, messages)
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)
