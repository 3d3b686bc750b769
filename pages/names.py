"""Names and numbers as the reader's language writes them, by CLDR."""

from __future__ import annotations

from datetime import datetime

from babel.dates import format_date, format_datetime
from babel.numbers import format_decimal
from babel.units import format_unit

from index.library import Record
from index.topics import topics
from ingest import formats
from ingest.errors import N_
from ingest.registry_list import registries
from pages.texts import _, language, locale, n_

REGIONS = {
    "AF": N_("Africa"),
    "AP": N_("Asia-Pacific"),
    "EU": N_("Europe"),
    "LAC": N_("Latin America"),
    "NA": N_("North America"),
}
"""ICANN's regions in few letters; `caselib.brief_page.REGION_NAMES` has them in full."""

FORMATS = {
    formats.PDF: N_("PDF"),
    formats.PPTX: N_("PowerPoint"),
    formats.PPT: N_("PowerPoint (old)"),
    formats.DOCX: N_("Word"),
    formats.DOC: N_("Word (old)"),
    formats.RTF: N_("RTF"),
    formats.ODT: N_("OpenDocument text"),
    formats.ODP: N_("OpenDocument presentation"),
    formats.EPUB: N_("EPUB book"),
    formats.HTML: N_("Web page"),
    formats.MARKDOWN: N_("Markdown"),
    formats.TEXT: N_("Plain text"),
}


def number(value: int) -> str:
    """A number with the language's separators."""
    return format_decimal(value, locale=locale())


def waiting(pages: int) -> str:
    """That pages of a document wait for text recognition; `` where none does."""
    if not pages:
        return ""
    return n_(
        "{count} page is a picture and waits for text recognition.",
        "{count} pages are pictures and wait for text recognition.",
        pages,
    )


def language_name(code: str) -> str:
    """A language's name, with a capital where a label begins with one."""
    name = locale().languages.get(code)
    return name[:1].upper() + name[1:] if name else _("Language not known")


def format_name(media_type: str) -> str:
    """The kind of a file, by its media type."""
    return _(FORMATS[media_type]) if media_type in FORMATS else media_type


def topic_name(code: str) -> str:
    """A topic's name."""
    known = topics().get(code)
    return known.names.get(language(), known.names["en"]) if known else code


def region_name(code: str) -> str:
    """An ICANN region's name, short."""
    return _(REGIONS[code]) if code in REGIONS else code


def years(first: int, last: int) -> str:
    """A year, or from which to which; marks keep the earlier one first on an Arabic line."""
    return str(first) if first == last else f"\u200e{first}\u2013{last}\u200e"


def country(code: str) -> str:
    """The territory of a ccTLD, `` where it has none or CLDR does not name it."""
    registry = registries().get(code)
    return locale().territories.get(registry.territory, "") if registry else ""


def registry_name(code: str) -> str:
    """A ccTLD with its territory, such as `.tw (Taiwan)`; left-to-right mark before the dot."""
    name = country(code)
    shown = f"\u200e.{code}\u200e"
    return f"{shown} ({name})" if name else shown


def listed(items: list[str]) -> str:
    """Items with the language's comma between them."""
    return {"ar": "، ", "zh": "、"}.get(language(), ", ").join(items)


def date(timestamp: str) -> str:
    """A day, from an ISO 8601 timestamp."""
    return format_date(datetime.fromisoformat(timestamp), "long", locale=locale())


def moment(timestamp: str) -> str:
    """A day and the minute, from an ISO 8601 timestamp, in UTC."""
    return format_datetime(datetime.fromisoformat(timestamp), "short", locale=locale())


def size(count: int) -> str:
    """A file's size, from its bytes."""
    if count < 1_000_000:
        return format_unit(max(1, round(count / 1000)), "kilobyte", "short", locale=locale())
    return format_unit(round(count / 1_000_000, 1), "megabyte", "short", locale=locale())


def title(record: Record) -> str:
    """A document's title, or its file's name where none was found."""
    return record.title or record.filename


_KINDS = {
    "paper": N_("Paper"),
    "presentation": N_("Presentation"),
    "report": N_("Report"),
    "policy": N_("Policy"),
    "page": N_("Web page"),
}


def kind_name(kind: str) -> str:
    """What kind of document it is, `` where that is not known."""
    return _(_KINDS[kind]) if kind in _KINDS else ""
