"""What a librarian may say of a document: each value is checked before it is kept."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from index.errors import WrongValue
from index.library import FIELDS, Record
from index.topics import topic_id, topics
from ingest.document import Quote
from ingest.errors import N_
from ingest.kinds import KINDS
from ingest.languages import LANGUAGES
from ingest.registry_names import registry_code
from ingest.years import EARLIEST

if TYPE_CHECKING:
    from index.library import Library

REGIONS: Final = ("AF", "AP", "EU", "LAC", "NA")
_LONGEST: Final = 500
_LONGEST_SUMMARY: Final = 2000


def checked_field(field: str) -> str:
    """The field, where it can be corrected.

    Raises
    ------
    WrongValue : it cannot.
    """
    if field not in FIELDS:
        raise WrongValue(
            N_("There is no field {field} to correct: use one of {fields}."),
            field=field,
            fields=", ".join(FIELDS),
        )
    return field


def checked(library: Library, record: Record, field: str, value: Any) -> Any:
    """A value as it is kept: names of registries and topics become codes, white space is one space.

    Raises
    ------
    WrongValue : the field cannot have it.
    """
    one: dict[str, Callable[[Any], Any]] = {"title": _text, "year": _year, "kind": _kind}
    each: dict[str, Callable[[str], str]] = {
        "authors": _text,
        "registries": registry_named,
        "regions": lambda name: one_of(name.upper(), "region", REGIONS),
        "topics": topic_named,
        "languages": lambda name: one_of(name, "language", LANGUAGES),
    }
    if checked_field(field) in one:
        return one[field](value)
    if field == "summary":
        return _quotes(library, record, value)
    if isinstance(value, str):
        raise WrongValue(N_("{field} holds several values: give a list."), field=field)
    return list(dict.fromkeys(each[field](item) for item in value))


def registry_named(name: str) -> str:
    """The ccTLD that a name stands for.

    Raises
    ------
    WrongValue : it stands for none.
    """
    if code := registry_code(name):
        return code
    raise WrongValue(
        N_("There is no registry {name}: give its ccTLD such as .tw, its name or its country."),
        name=f"“{name}”",
    )


def topic_named(name: str) -> str:
    """The topic of that id or name; errors as for `registry_named`."""
    return topic_id(name) or one_of(name, "topic", topics())


def one_of(name: str, what: str, known: Iterable[str]) -> str:
    """The name, where it is known; errors as for `registry_named`."""
    if name in (among := list(known)):
        return name
    raise WrongValue(
        N_("There is no {what} {name}: use one of {known}."),
        what=what,
        name=f"“{name}”",
        known=", ".join(among),
    )


def checked_translation(language: str, title: str, summary: str) -> tuple[str, str]:
    """A title and a summary in another language as they are kept; errors as for `checked`."""
    one_of(language, "language", LANGUAGES)
    return _text(title), _text(summary, _LONGEST_SUMMARY)


def _text(value: Any, longest: int = _LONGEST) -> str:
    text = " ".join(str(value).split())
    if len(text) > longest or not text.isprintable():
        raise WrongValue(
            N_("“{text}” is too long or no plain text: use at most {most} letters."),
            text="".join(filter(str.isprintable, text[:40])),
            most=longest,
        )
    return text


def _year(value: Any) -> int | None:
    if value is None:
        return None
    if not isinstance(value, int) or not EARLIEST <= value <= date.today().year + 1:
        raise WrongValue(
            N_("{value} is no year of a document: use one from {first} on."),
            value=f"“{value}”",
            first=EARLIEST,
        )
    return value


def _kind(value: Any) -> str:
    return one_of(str(value), "kind", KINDS) if value else ""


def _quotes(library: Library, record: Record, value: Any) -> list[tuple[int, str]]:
    """Sentences for a summary; each must stand on its page, since it is quoted."""
    pages = {page.number: _plain(page.text) for page in library.pages(record.document)}
    quotes = [
        (quote.page, _text(quote.text)) if isinstance(quote, Quote) else (quote[0], _text(quote[1]))
        for quote in value
    ]
    for page, text in quotes:
        if not _plain(text) or _plain(text) not in pages.get(page, ""):
            raise WrongValue(
                N_("“{text}” does not stand on page {page}: quote a sentence of it."),
                text=text,
                page=page,
            )
    return quotes


def _plain(text: str) -> str:
    return "".join(text.split())
