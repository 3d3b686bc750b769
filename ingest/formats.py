"""What a file is: decided by its content, and by its name only among kinds of text."""

import re
import zipfile
from pathlib import Path

from ingest.errors import N_, NeedsConversion, UnreadableFile
from ingest.limits import MEGABYTE, Limits, check_zip

PDF = "application/pdf"
PPTX = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
ODT = "application/vnd.oasis.opendocument.text"
ODP = "application/vnd.oasis.opendocument.presentation"
EPUB = "application/epub+zip"
DOC = "application/msword"
PPT = "application/vnd.ms-powerpoint"
PROTECTED_OFFICE = "application/x-ole-encrypted"
RTF = "application/rtf"
HTML = "text/html"
MARKDOWN = "text/markdown"
TEXT = "text/plain"
ZIP = "application/zip"

# Suffix by which LibreOffice knows the old format, and the format to convert it to.
CONVERSIONS = {
    DOC: ("doc", "docx"),
    RTF: ("rtf", "docx"),
    PPT: ("ppt", "pptx"),
}

HEAD_BYTES = 4096
OLE_MAGIC = bytes.fromhex("d0cf11e0a1b11ae1")
PICTURES = (
    (b"\xff\xd8\xff", "JPEG"),
    (b"\x89PNG\r\n\x1a\n", "PNG"),
    (b"GIF8", "GIF"),
    (b"II*\x00", "TIFF"),
    (b"MM\x00*", "TIFF"),
    (b"BM", "BMP"),
)
OTHERS = (
    (b"\x7fELF", N_("This is a program, not a document.")),
    (b"MZ", N_("This is a program, not a document.")),
    (b"Rar!", N_("This is a RAR archive. Unpack it and deposit the documents in it.")),
    (b"7z\xbc\xaf\x27\x1c", N_("This is a 7-Zip archive. Unpack it and deposit its documents.")),
    (b"\x1f\x8b", N_("This is a gzip archive. Unpack it and deposit the documents in it.")),
    (b"ID3", N_("This is a sound recording, not a document.")),
    (b"\x1aE\xdf\xa3", N_("This is a film, not a document.")),
    (b"SQLite format 3", N_("This is a database, not a document.")),
)
MARKDOWN_SUFFIXES = (".md", ".markdown", ".mdown")
HTML_SUFFIXES = (".html", ".htm", ".xhtml")
HTML_START = re.compile(
    rb"\s*(?:<\?xml[^>]{0,200}>\s*)?(?:<!--.{0,2000}?-->\s*)*<(?:!doctype\s+html|html|head|body)\b",
    re.IGNORECASE | re.DOTALL,
)
# The names of an OLE container's streams are written in its directory as UTF-16.
OLE_STREAMS = (
    ("EncryptedPackage", PROTECTED_OFFICE),
    ("PowerPoint Document", PPT),
    ("WordDocument", DOC),
)
UTF16_OR_32_MARKS = (b"\xff\xfe", b"\xfe\xff", b"\x00\x00\xfe\xff")
UTF8_MARK = b"\xef\xbb\xbf"


def check_size(size: int, limits: Limits) -> None:
    """Refuse an empty file and one that is too large, before it is opened.

    Parameters
    ----------
    size : bytes.
    """
    if size == 0:
        raise UnreadableFile(N_("This file is empty (0 bytes)."))
    if size > limits.file_bytes:
        raise UnreadableFile(
            N_("This file has {size} MB; at most {limit} MB are read."),
            size=-(-size // MEGABYTE),
            limit=limits.file_bytes // MEGABYTE,
        )


def media_type(path: Path, filename: str, limits: Limits) -> str:
    """Tell the kind of a file.

    Parameters
    ----------
    path : the file.
    filename : name it was deposited under; only its suffix is used, and only for text.

    Returns
    -------
    A media type, one of this module's constants.

    Raises
    ------
    UnreadableFile : empty, too large, or of a kind that is not read.
    """
    check_size(path.stat().st_size, limits)
    with path.open("rb") as file:
        head = file.read(HEAD_BYTES)
    suffix = Path(filename).suffix.lower()
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _kind_of_zip(path, limits)
    if head.startswith(OLE_MAGIC):
        return _kind_of_ole(path)
    if b"%PDF-" in head[:1024]:
        return PDF
    if head.startswith(b"{\\rtf"):
        return RTF
    _refuse_known_binaries(head, suffix)
    return _kind_of_text(head, suffix)


def _kind_of_text(head: bytes, suffix: str) -> str:
    if not looks_like_text(head):
        raise UnreadableFile(
            N_(
                "It cannot be told what kind of file this is. What can be read: PDF, PowerPoint, "
                "Word, OpenDocument, EPUB, HTML, Markdown and plain text."
            )
        )
    if HTML_START.match(head.removeprefix(UTF8_MARK)) or suffix in HTML_SUFFIXES:
        return HTML
    if suffix == ".pdf":
        raise UnreadableFile(
            N_("The name of this file ends in .pdf, but it holds plain text, not a PDF.")
        )
    return MARKDOWN if suffix in MARKDOWN_SUFFIXES else TEXT


def needs_conversion(kind: str) -> NeedsConversion:
    """Give the error for a file of an old format, by its media type."""
    return NeedsConversion(
        N_(
            "Old .{suffix} files are read through LibreOffice, which is not installed here. "
            "Save the file as .{modern} or PDF and deposit that."
        ),
        suffix=CONVERSIONS[kind][0],
        modern=CONVERSIONS[kind][1],
        kind=kind,
    )


def looks_like_text(head: bytes) -> bool:
    """True where bytes can be text in some encoding: hardly any control characters."""
    if head.startswith(UTF16_OR_32_MARKS):
        return True
    zeros = head.count(0)
    if zeros:
        # UTF-16 without its mark: zeros stand at even places only, or at odd places only.
        even, odd = head[0::2].count(0), head[1::2].count(0)
        return max(even, odd) > 0.01 * len(head) and min(even, odd) == 0
    controls = sum(head.count(code) for code in range(32) if code not in b"\t\n\v\f\r\x1b")
    return controls <= 0.01 * len(head)


def _kind_of_zip(path: Path, limits: Limits) -> str:
    names = {member.filename for member in check_zip(path, limits)}
    if "[Content_Types].xml" in names:
        if any(name.startswith("ppt/") for name in names):
            return PPTX
        if any(name.startswith("word/") for name in names):
            return DOCX
        raise UnreadableFile(
            N_("This is an Office file of a kind that is not read, such as a spreadsheet.")
        )
    if "mimetype" in names:
        with zipfile.ZipFile(path) as archive, archive.open("mimetype") as file:
            stated = file.read(200).decode("ascii", "replace").strip()
        for kind in (ODT, ODP, EPUB):
            if stated.removesuffix("-template") == kind:
                return kind
        if stated.startswith("application/vnd.oasis"):
            raise UnreadableFile(
                N_("This is an OpenDocument file of a kind that is not read ({kind})."),
                kind=stated[:80],
            )
    return ZIP


def _kind_of_ole(path: Path) -> str:
    content = path.read_bytes()
    for stream, kind in OLE_STREAMS:
        if stream.encode("utf-16-le") in content:
            return kind
    raise UnreadableFile(
        N_("This is an old Office file of a kind that is not read, such as a spreadsheet.")
    )


def _refuse_known_binaries(head: bytes, suffix: str) -> None:
    for magic, name in PICTURES:
        if not head.startswith(magic) or (magic == b"BM" and looks_like_text(head)):
            continue
        if suffix and suffix not in (".jpg", ".jpeg", ".png", ".gif", ".tif", ".tiff", ".bmp"):
            raise UnreadableFile(
                N_("The name of this file ends in {suffix}, but it is a {kind} picture."),
                suffix=suffix[:20],
                kind=name,
            )
        raise UnreadableFile(
            N_("This is a {kind} picture, not a document. Deposit it as a PDF with text."),
            kind=name,
        )
    for magic, sentence in OTHERS:
        if head.startswith(magic) and not looks_like_text(head):
            raise UnreadableFile(sentence)
