"""PDF files: pypdf page by page, pdfium for the pages that pypdf reads wrongly."""

import ctypes
import logging
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import NoReturn

import pypdf
import pypdfium2
from pypdf.errors import LimitReachedError

from ingest.clean import clean_printed_pages, clean_text
from ingest.document import FileText, Page
from ingest.errors import N_, UnreadableFile
from ingest.formats import PDF
from ingest.limits import Reading, check_pages, too_many_characters
from ingest.metadata import sane_authors, sane_date, sane_title
from ingest.misread import misread, undecoded
from ingest.mixed_lines import order_mixed_lines
from ingest.patience import OutOfPatience, at_most
from ingest.pdf_annotations import typed_text
from ingest.pdf_layout import (
    Layout,
    Segment,
    column_order,
    interleaved_columns,
    is_scan,
    page_layout,
    text_of_segments,
    unseen,
)
from ingest.pdf_paragraphs import mark_paragraphs, paragraph_starts

logging.getLogger("pypdf").setLevel(logging.CRITICAL)

SECONDS_BY_PYPDF = 10.0
LONGEST_SLIDE_TITLE = 120
BOMB_MESSAGES = (
    "Limit reached while decompressing",
    "Stream decoding exceeded",
    "Array-based stream has at least",
)

_word = re.compile(r"[^\W\d_]{3}")
_arabic = re.compile("[\u0600-\u06ff\ufb50-\ufdff\ufe70-\ufefc]")
# pdfium is not safe for threads.
_pdfium_lock = threading.Lock()


@dataclass(slots=True)
class _Found:
    """What the pages gave so far, by page."""

    texts: list[str] = field(default_factory=list)
    hidden: list[str] = field(default_factory=list)
    damaged: list[int] = field(default_factory=list)
    pictures: list[int] = field(default_factory=list)
    read_by_ocr: set[int] = field(default_factory=set)
    landscape: int = 0
    bombs: int = 0


def read_pdf(path: Path, reading: Reading) -> FileText:
    """Read a PDF file.

    Raises
    ------
    UnreadableFile : damaged, protected with a password, without pages, with neither text nor
        pictures on them, or over the limits.
    """
    reader = _open_pypdf(path, reading)
    with _open_pdfium(path, reading, reader is None) as document:
        if reader is None and document is None:
            raise UnreadableFile(
                N_(
                    "This PDF is damaged or incomplete and cannot be opened. "
                    "Deposit a whole copy of it."
                )
            )
        count = _count_pages(reader, document)
        if not count:
            raise UnreadableFile(N_("This PDF has no pages."))
        check_pages(count, reading.limits)
        found = _read_pages(reader, document, count, reading)
    if not found.pictures and not any(text.strip() for text in found.texts):
        _refuse_without_text(reader, found)
    title, date, authors = _metadata(reader)
    slides = found.landscape > count / 2
    cleaned = clean_printed_pages(found.texts, slides)
    return FileText(
        media_type=PDF,
        pages=tuple(
            Page(number, text, _slide_title(text) if slides else "", number in found.read_by_ocr)
            for number, text in enumerate(cleaned, 1)
        ),
        metadata_title=title,
        metadata_date=date,
        authors=authors,
        hidden=tuple(filter(None, map(clean_text, found.hidden))),
        damaged=tuple(found.damaged),
        pictures=tuple(found.pictures),
    )


def _open_pypdf(path: Path, reading: Reading) -> pypdf.PdfReader | None:
    """Open with pypdf; None where it cannot and pdfium may."""
    try:
        reader = pypdf.PdfReader(path)
        if not reader.is_encrypted or reader.decrypt(reading.password or ""):
            return reader
    except MemoryError:
        raise
    except Exception as error:
        if _is_bomb(error):
            raise _too_much_unpacked() from error
        # pypdf lets errors of every kind through on damaged files.
        return None
    raise _protected(reading)


@contextmanager
def _open_pdfium(
    path: Path, reading: Reading, alone: bool
) -> Iterator[pypdfium2.PdfDocument | None]:
    """Open with pdfium; None where it cannot.

    Parameters
    ----------
    alone : pypdf could not open the file, so that it is for pdfium to say if a password is needed.
    """
    with _pdfium_lock:
        try:
            document = pypdfium2.PdfDocument(path, password=reading.password)
        except pypdfium2.PdfiumError as error:
            if alone and "password" in str(error).lower():
                raise _protected(reading) from error
            yield None
            return
        try:
            yield document
        finally:
            document.close()


def _count_pages(reader: pypdf.PdfReader | None, document: pypdfium2.PdfDocument | None) -> int:
    counts = [len(document)] if document is not None else []
    if reader is not None:
        try:
            counts.append(len(reader.pages))
        except MemoryError:
            raise
        except Exception as error:
            if _is_bomb(error):
                raise _too_much_unpacked() from error
    return max(counts, default=0)


def _read_pages(
    reader: pypdf.PdfReader | None,
    document: pypdfium2.PdfDocument | None,
    count: int,
    reading: Reading,
) -> _Found:
    found = _Found()
    characters = 0
    for number in range(1, count + 1):
        reading.on_page(number, count)
        text = None
        try:
            text = _page_by_pypdf(reader, number)
            # Where pdfium cannot load the page, pypdf's text stands if there is one.
            with suppress(pypdfium2.PdfiumError, ctypes.ArgumentError, ValueError):
                text = _check_by_pdfium(document, number, text, found)
            if typed := _typed_onto(reader, number):
                text = f"{text or ''}\n\n{typed}"
        except LimitReachedError:
            # A bomb, which pdfium would unpack; the other pages may be fine.
            found.bombs += 1
        if text is None:
            found.damaged.append(number)
        found.texts.append(text or "")
        characters += len(found.texts[-1])
        if characters > reading.limits.characters:
            raise too_many_characters(reading.limits)
    return found


def _page_by_pypdf(reader: pypdf.PdfReader | None, number: int) -> str | None:
    if reader is None:
        return None
    try:
        with at_most(SECONDS_BY_PYPDF):
            return reader.pages[number - 1].extract_text()
    except MemoryError:
        raise
    except (Exception, OutOfPatience) as error:
        if _is_bomb(error):
            raise
        # pypdf lets errors of every kind through on damaged pages; the others may be fine.
        return None


def _typed_onto(reader: pypdf.PdfReader | None, number: int) -> str:
    """What was typed into the forms of a page; `` where they are damaged."""
    try:
        return typed_text(reader.pages[number - 1]) if reader is not None else ""
    except MemoryError:
        raise
    except Exception as error:
        if _is_bomb(error):
            raise
        return ""


def _check_by_pdfium(
    document: pypdfium2.PdfDocument | None, number: int, text: str | None, found: _Found
) -> str | None:
    """Put pdfium's text in place of pypdf's where that is misread, and leave out the unseen."""
    if document is None or number > len(document):
        return text
    page = document[number - 1]
    textpage = page.get_textpage()
    layout = page_layout(page, textpage)
    found.landscape += layout.width > layout.height
    bad = text is None or misread(text)
    if text is None or bad or _arabic.search(text):
        other = textpage.get_text_range(errors="ignore").replace("\r\n", "\n")
        if text is None or bad:
            text = other if other.strip() or not text else text
            # Letters that no reader can tell are as good as a picture of them.
            text = "" if undecoded(text) else text
        else:
            text = order_mixed_lines(text, other)
    middle = interleaved_columns(layout)
    if middle is not None and not _arabic.search(text):
        text = text_of_segments(textpage, column_order(layout.segments, middle))
    if any(segment.suspect for segment in layout.segments):
        if is_scan(page, layout):
            found.read_by_ocr.add(number)
        elif hidden := _hidden_words(page, textpage, layout):
            found.hidden.append(text_of_segments(textpage, hidden))
            seen = [segment for segment in layout.segments if segment not in hidden]
            text = text_of_segments(textpage, seen)
    starts = paragraph_starts(layout.segments)
    text = mark_paragraphs(text, starts, lambda start: text_of_segments(textpage, [start]))
    if not text.strip() and next(page.get_objects(max_depth=2), None) is not None:
        # A scan, or letters drawn as curves.
        found.pictures.append(number)
    textpage.close()
    page.close()
    return text


def _hidden_words(
    page: pypdfium2.PdfPage, textpage: pypdfium2.PdfTextPage, layout: Layout
) -> list[Segment]:
    """The unseen segments that hold words: a dash is flat and a full stop tiny by nature."""
    return [
        segment
        for segment in unseen(page, layout)
        if _word.search(text_of_segments(textpage, [segment]))
    ]


def _slide_title(text: str) -> str:
    """The first line of a slide, if it may be its title."""
    first, _, rest = text.partition("\n")
    return first if rest and len(first) <= LONGEST_SLIDE_TITLE and _word.search(first) else ""


def _refuse_without_text(reader: pypdf.PdfReader | None, found: _Found) -> NoReturn:
    if found.bombs:
        raise _too_much_unpacked()
    if found.damaged or reader is None:
        raise UnreadableFile(
            N_("This PDF is damaged: none of its pages can be read. Deposit a whole copy of it.")
        )
    raise UnreadableFile(
        N_("There is no text in this PDF: its pages are blank or hold only form fields.")
    )


def _protected(reading: Reading) -> UnreadableFile:
    if reading.password:
        return UnreadableFile(N_("The password does not open this PDF."))
    return UnreadableFile(
        N_("This PDF is protected with a password. Give the password, or a copy without one.")
    )


def _is_bomb(error: BaseException) -> bool:
    """True where pypdf stopped because a stream unpacks to too much, not for another limit."""
    return isinstance(error, LimitReachedError) and str(error).startswith(BOMB_MESSAGES)


def _too_much_unpacked() -> UnreadableFile:
    return UnreadableFile(
        N_("This PDF unpacks to far more than its size; it was not read, for it may be an attack.")
    )


def _metadata(reader: pypdf.PdfReader | None) -> tuple[str, str, tuple[str, ...]]:
    """Title, date and authors of the file's information dictionary."""
    if reader is None:
        return "", "", ()
    try:
        information = reader.metadata
        stated = (
            {}
            if information is None
            else {
                name: str(information[name])
                for name in ("/Title", "/CreationDate", "/ModDate", "/Author")
                if information.get(name) is not None
            }
        )
    except MemoryError:
        raise
    except Exception:
        # Damaged metadata is no reason to refuse a document whose pages were read.
        return "", "", ()
    return (
        sane_title(stated.get("/Title")),
        sane_date(stated.get("/CreationDate")) or sane_date(stated.get("/ModDate")),
        sane_authors(stated.get("/Author")),
    )
