"""What a librarian may say of a document: each value is checked before it is kept."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from index.errors import WrongValue
from index.library import FIELDS, Record
from index.topics import topic_id, topics
from ingest.errors import N_
from ingest.kinds import KINDS
from ingest.languages import LANGUAGES
from ingest.registry_names import registry_code
from ingest.years import EARLIEST

if TYPE_CHECKING:
    from index.library import Library

REGIONS: Final = ("AF", "AP", "EU", "LAC", "NA")
_LONGEST: Final = 500


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
        "registries": _registry,
        "regions": _region,
        "topics": _topic,
        "languages": _language,
    }
    if checked_field(field) in one:
        return one[field](value)
    if field == "summary":
        return _quotes(library, record, value)
    if isinstance(value, str):
        raise _wrong(value, field, N_("give a list"))
    return list(dict.fromkeys(each[field](item) for item in value))


def _wrong(value: object, field: str, instead: str) -> WrongValue:
    return WrongValue(
        N_("{value} cannot be a value of {field}: {instead}."),
        value=f"“{value}”",
        field=field,
        instead=instead,
    )


def _one_of(value: str, field: str, known: Iterable[str]) -> WrongValue:
    return _wrong(value, field, N_("use one of") + " " + ", ".join(known))


def _text(value: Any) -> str:
    text = " ".join(str(value).split())
    if len(text) > _LONGEST or not text.isprintable():
        raise _wrong(text[:40] + "…", "text", f"use at most {_LONGEST} characters")
    return text


def _year(value: Any) -> int | None:
    if value is None:
        return None
    if not isinstance(value, int) or not EARLIEST <= value <= date.today().year + 1:
        raise _wrong(value, "year", f"use a year from {EARLIEST} on")
    return value


def _kind(value: Any) -> str:
    if value and value not in KINDS:
        raise _one_of(str(value), "kind", KINDS)
    return str(value or "")


def _registry(value: str) -> str:
    if code := registry_code(value):
        return code
    raise _wrong(value, "registries", N_("give a ccTLD such as .tw, a registry or its country"))


def _region(value: str) -> str:
    if value.upper() in REGIONS:
        return value.upper()
    raise _one_of(value, "regions", REGIONS)


def _topic(value: str) -> str:
    if topic := topic_id(value):
        return topic
    raise _one_of(value, "topics", topics())


def _language(value: str) -> str:
    if value in LANGUAGES:
        return value
    raise _one_of(value, "languages", LANGUAGES)


def _quotes(library: Library, record: Record, value: Any) -> list[tuple[int, str]]:
    """Sentences for a summary; each must stand on its page, since it is quoted."""
    pages = {page.number: _plain(page.text) for page in library.pages(record.document)}
    quotes = [
        (quote.page, _text(quote.text)) if hasattr(quote, "page") else (quote[0], _text(quote[1]))
        for quote in value
    ]
    for page, text in quotes:
        if not _plain(text) or _plain(text) not in pages.get(page, ""):
            raise _wrong(text, "summary", f"quote a sentence of page {page}, letter by letter")
    return quotes


def _plain(text: str) -> str:
    return "".join(text.split())
