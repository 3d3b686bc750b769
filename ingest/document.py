"""What passes between the packages: documents, their pages and their passages."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Page:
    """One page, slide or section, numbered from 1 as a reader would number it."""

    number: int
    text: str
    heading: str = ""
    read_by_ocr: bool = False


@dataclass(frozen=True, slots=True)
class FileText:
    """What a file says, read and cleaned, before anything is concluded from it.

    Attributes
    ----------
    media_type : such as `application/pdf`, decided by content, not by the name.
    pages : every page, slide or section, those without text too, so that the numbers hold.
        A blank line stands between paragraphs, a line break between list items and table rows.
    metadata_title, metadata_date, authors : as the file's own metadata states them; `` and ()
        where they do not, or state nothing sane. The date is ISO 8601: `2019`, `2019-05` or
        `2019-05-27`.
    hidden : text that a reader of the file does not see, kept out of the pages.
    damaged : numbers of the pages that could not be read.
    pictures : numbers of the pages that hold a picture and no text, and still need OCR.
    """

    media_type: str
    pages: tuple[Page, ...]
    metadata_title: str = ""
    metadata_date: str = ""
    authors: tuple[str, ...] = ()
    hidden: tuple[str, ...] = ()
    damaged: tuple[int, ...] = ()
    pictures: tuple[int, ...] = ()

    @property
    def metadata_year(self) -> int | None:
        """The year of the metadata's date."""
        return int(self.metadata_date[:4]) if self.metadata_date else None


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of about 100 to 200 tokens of one page.

    Attributes
    ----------
    page : number of the page it stands on; a passage never crosses a page.
    text : its text, cleaned, whole sentences where the page has sentences.
    language : `ar`, `en`, `es`, `fr`, `pt`, `ru`, `zh`, or `` where it cannot be told.
    """

    page: int
    text: str
    language: str
    read_by_ocr: bool = False


@dataclass(frozen=True, slots=True)
class Guess:
    """A value that was found, not stated, with the reason a librarian can judge it by."""

    value: str
    reason: str


@dataclass(frozen=True, slots=True)
class Quote:
    """A sentence of a document, word for word, and the page that it stands on."""

    page: int
    text: str


@dataclass(frozen=True, slots=True)
class Document:
    """A deposited file, read: what is known of it, its pages and its passages.

    Attributes
    ----------
    sha256 : hexadecimal digest of the file's bytes; the document's identity.
    filename : name it was deposited under, without folders and control characters.
    media_type : such as `application/pdf`, decided by content, not by the name.
    title, year : as found in the document; `` and None where they cannot be found.
    registries : ccTLDs without the dot (`tw`, `рф`), most mentioned first.
    languages : languages of its passages, most frequent first; the first is the document's own.
    guesses : by field name (`title`, `year`, `registries`, …), the reason of each value found.
    authors : as printed, in the order of printing.
    kind : `paper`, `presentation`, `report`, `policy` or `page`.
    topics : entries of data/topics, the nearest first; by meaning, so found in `index`.
    summary : its most central sentences in the order of the document; found in `index`.
    pictures : numbers of the pages that are pictures and wait for OCR.
    """

    sha256: str
    filename: str
    media_type: str
    title: str
    year: int | None
    registries: tuple[str, ...]
    languages: tuple[str, ...]
    pages: tuple[Page, ...]
    passages: tuple[Passage, ...]
    guesses: dict[str, Guess] = field(default_factory=dict)
    authors: tuple[str, ...] = ()
    kind: str = ""
    topics: tuple[str, ...] = ()
    summary: tuple[Quote, ...] = ()
    pictures: tuple[int, ...] = ()

    @property
    def language(self) -> str:
        """The document's own language: that of most of its passages."""
        return self.languages[0] if self.languages else ""
