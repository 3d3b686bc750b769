"""What a librarian looks at beside the text that was read: the file itself, and what it hides."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from desk.people import Person, Role, require
from index.library import Library, Record
from ingest import formats
from ingest.encodings import decode
from ingest.errors import CaselibError
from ingest.limits import DEFAULT_LIMITS, MEGABYTE
from ingest.page_view import AskedView
from ingest.sandbox import read_in_sandbox, view_in_sandbox

SHOWN_AS_TEXT: Final = (formats.HTML, formats.MARKDOWN, formats.TEXT)
"""Formats whose file is text itself."""
_MOST_BYTES: Final = 100_000
_WIDTH: Final = 800
_LIMITS: Final = replace(DEFAULT_LIMITS, seconds=20.0, memory_bytes=1024 * MEGABYTE)


def picture(library: Library, person: Person, record: Record, number: int) -> bytes:
    """A page of a PDF as a WebP picture; b"" where it cannot be shown.

    Raises
    ------
    NotAllowed : `person` is no librarian.
    """
    require(person, Role.LIBRARIAN)
    if record.media_type != formats.PDF:
        return b""
    try:
        with library.file_path(record.document) as path:
            asked = AskedView(number, "", _WIDTH)
            return view_in_sandbox(path, record.filename, _LIMITS, asked).picture
    except CaselibError:
        return b""


def file_as_text(library: Library, person: Person, record: Record) -> str:
    """The beginning of a file that is text itself, as it came; `` for other files.

    Raises
    ------
    NotAllowed : `person` is no librarian.
    """
    require(person, Role.LIBRARIAN)
    if record.media_type not in SHOWN_AS_TEXT:
        return ""
    return decode(library.file(record.document)[:_MOST_BYTES])


def hidden_text(library: Library, person: Person, record: Record) -> tuple[str, ...]:
    """Text that a reader of the file does not see; it was kept out of the pages.

    Raises
    ------
    NotAllowed : `person` is no librarian.
    """
    require(person, Role.LIBRARIAN)
    try:
        with library.file_path(record.document) as path:
            return read_in_sandbox(path, record.filename, DEFAULT_LIMITS).hidden
    except CaselibError:
        return ()
