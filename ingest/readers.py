"""One reader for each kind of file, and the choice between them; runs inside the sandbox."""

from collections.abc import Callable
from pathlib import Path

from ingest import formats
from ingest.document import FileText
from ingest.docx import read_docx
from ingest.epub import read_epub
from ingest.errors import N_, UnreadableFile
from ingest.formats import CONVERSIONS, media_type, needs_conversion
from ingest.limits import Reading
from ingest.markdown import read_markdown
from ingest.opendocument import read_odp, read_odt
from ingest.pdf import read_pdf
from ingest.plain_text import read_plain_text
from ingest.pptx import read_pptx
from ingest.protected_office import read_protected_office
from ingest.web_page import read_web_page

Reader = Callable[[Path, Reading], FileText]

READERS: dict[str, Reader] = {
    formats.PDF: read_pdf,
    formats.PPTX: read_pptx,
    formats.DOCX: read_docx,
    formats.PROTECTED_OFFICE: read_protected_office,
    formats.ODT: read_odt,
    formats.ODP: read_odp,
    formats.EPUB: read_epub,
    formats.HTML: read_web_page,
    formats.MARKDOWN: read_markdown,
    formats.TEXT: read_plain_text,
}


def read_untrusted(path: Path, reading: Reading) -> FileText:
    """Read a file of any kind in this process, without its limits on time and memory.

    Raises
    ------
    NeedsConversion : it is of an old format that is not read as it is.
    UnreadableFile : it cannot become a document; its sentence says why.
    """
    kind = media_type(path, reading.filename, reading.limits)
    if kind in CONVERSIONS:
        raise needs_conversion(kind)
    if kind == formats.ZIP:
        raise UnreadableFile(
            N_("This is an archive of files, not a document. Deposit its files one by one.")
        )
    return READERS[kind](path, reading)
