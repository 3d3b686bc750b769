"""How much of an untrusted file is read, and the check of a zip before it is unpacked."""

import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from ingest.errors import N_, UnreadableFile

MEGABYTE = 1024 * 1024
# Smaller files may be as compressible as they like: XML of a thousand equal rows is no attack.
RATIO_COUNTS_FROM = 20 * MEGABYTE

OnPage = Callable[[int, int], None]
# A file as deposited, or what was decrypted of it.
Source = Path | BytesIO


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds on the reading of one file; each overrun is one clear sentence.

    Attributes
    ----------
    file_bytes : size of the file as deposited.
    pages : pages, slides or sections.
    characters : characters of text over all pages.
    unpacked_bytes, unpacked_ratio, members : of a zip (Office, ODF and EPUB files are zips).
    memory_bytes : address space of the reading process.
    seconds : time for a file, wall clock and processor; more is given by the page.
    seconds_per_page : added to `seconds` once the number of pages is known.
    seconds_per_scan : for one page that is read by OCR.
    seconds_of_scans : for all pages of a file that are read by OCR; the rest then waits.
    """

    file_bytes: int = 100 * MEGABYTE
    pages: int = 2000
    characters: int = 20_000_000
    unpacked_bytes: int = 500 * MEGABYTE
    unpacked_ratio: int = 200
    members: int = 20_000
    memory_bytes: int = 2048 * MEGABYTE
    seconds: float = 120.0
    seconds_per_page: float = 0.2
    seconds_per_scan: float = 60.0
    seconds_of_scans: float = 4 * 3600.0


DEFAULT_LIMITS = Limits()


@dataclass(frozen=True, slots=True)
class Reading:
    """What a reader is told beside the path: bounds, password and whom to tell of progress."""

    filename: str
    limits: Limits
    password: str | None = None
    on_page: OnPage = lambda page, of: None


def check_pages(count: int, limits: Limits) -> None:
    """Refuse a file of more pages than are read."""
    if count > limits.pages:
        raise UnreadableFile(
            N_("This file has {pages} pages; at most {limit} are read. Deposit it in parts."),
            pages=count,
            limit=limits.pages,
        )


def too_many_characters(limits: Limits) -> UnreadableFile:
    """Give the error for a file of too much text."""
    return UnreadableFile(
        N_("This file holds more than {limit} million characters of text."),
        limit=limits.characters // 1_000_000,
    )


def check_zip(source: Source, limits: Limits) -> list[zipfile.ZipInfo]:
    """List a zip's members, refusing it before anything is unpacked if it unpacks to too much.

    Raises
    ------
    UnreadableFile : damaged, encrypted, or over `unpacked_bytes`, `unpacked_ratio`, `members`.
    """
    try:
        with zipfile.ZipFile(source) as archive:
            members = archive.infolist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise UnreadableFile(
            N_("This file is damaged or incomplete: its zip container cannot be opened.")
        ) from error
    unpacked = sum(member.file_size for member in members)
    packed = max(_size(source), 1)
    if (
        len(members) > limits.members
        or unpacked > limits.unpacked_bytes
        or (unpacked > RATIO_COUNTS_FROM and unpacked > packed * limits.unpacked_ratio)
    ):
        raise UnreadableFile(
            N_(
                "This file unpacks to {unpacked} MB in {members} parts, more than is allowed; "
                "it was not opened."
            ),
            unpacked=unpacked // MEGABYTE,
            members=len(members),
        )
    if any(member.flag_bits & 0x1 for member in members):
        raise UnreadableFile(
            N_("This file is protected with a password. Deposit a copy without a password.")
        )
    return members


def _size(source: Source) -> int:
    return source.getbuffer().nbytes if isinstance(source, BytesIO) else source.stat().st_size


def out_of_time(limits: Limits) -> UnreadableFile:
    """Give the error for a file that takes longer than it may."""
    return UnreadableFile(
        N_("Reading this file took longer than {seconds} seconds and was stopped."),
        seconds=int(limits.seconds),
    )


def out_of_time_for_scan(limits: Limits) -> UnreadableFile:
    """Give the error for a page that takes longer to be read by OCR than it may."""
    return UnreadableFile(
        N_("Reading a page by OCR took longer than {seconds} seconds and was stopped."),
        seconds=int(limits.seconds_per_scan),
    )


def out_of_memory(limits: Limits) -> UnreadableFile:
    """Give the error for a file that needs more memory than its process may have."""
    return UnreadableFile(
        N_("This file needs more than {limit} MB of memory to be read; deposit it in parts."),
        limit=limits.memory_bytes // MEGABYTE,
    )


def broke_its_reader() -> UnreadableFile:
    """Give the error for a file that took the process down that read it."""
    return UnreadableFile(
        N_("This file could not be read: it is damaged, or needs more memory than is allowed.")
    )
