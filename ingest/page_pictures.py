"""What is seen of a page that has no text: the page rendered, or the pictures on a slide.

Runs inside the sandbox: pictures are as untrusted as the files that they come from.
"""

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pypdfium2
from PIL import Image

from ingest import formats
from ingest.errors import N_, UnreadableFile
from ingest.formats import media_type
from ingest.limits import Reading, Source
from ingest.pptx import slide_pictures
from ingest.protected_office import decrypted

# Measured: Arabic and Chinese lose most at 150 dpi, nothing gains beyond 300.
RENDERED_DPI = 200
# A page of A4 at 400 dpi, so that a poster costs no more than a page.
LONGEST_SIDE = 4600
# Slides are often saved at the size of a screen, whose small print needs to be larger for OCR.
SHORTEST_SIDE = 1400
MOST_ENLARGED = 3.0
# Smaller ones are logos and bullets.
LEAST_PIXELS = 20_000
MOST_PIXELS = 100_000_000
PICTURE_FORMATS = ("PNG", "JPEG", "GIF", "TIFF", "BMP", "WEBP")


def page_pictures(path: Path, number: int, reading: Reading) -> Iterator[Image.Image]:
    """Give the pictures of a page, grey, of a size that OCR reads well.

    Parameters
    ----------
    path : a PDF, or a PowerPoint file.
    number : of the page, from 1.

    Raises
    ------
    UnreadableFile : it is of another kind, protected, or the page cannot be shown.
    """
    kind = media_type(path, reading.filename, reading.limits)
    if kind == formats.PDF:
        yield _rendered(path, number, reading.password)
        return
    source: Source = path
    if kind == formats.PROTECTED_OFFICE:
        source = decrypted(path, reading)
    elif kind != formats.PPTX:
        raise _not_shown()
    for content in slide_pictures(source, number):
        picture = _opened(content)
        if picture is not None:
            yield picture


def _rendered(path: Path, number: int, password: str | None) -> Image.Image:
    """Render a page of a PDF, its longer side bounded."""
    try:
        with pypdfium2.PdfDocument(path, password=password) as document:
            page = document[number - 1]
            width, height = page.get_size()
            scale = min(RENDERED_DPI / 72, LONGEST_SIDE / max(width, height, 1))
            picture: Image.Image = page.render(scale=scale, grayscale=True).to_pil()
            # A copy: the bitmap goes with the document.
            return picture.convert("L").copy()
    except (pypdfium2.PdfiumError, IndexError, ValueError) as error:
        raise _not_shown() from error


def _opened(content: bytes) -> Image.Image | None:
    """Open a picture; None where it is none, or too small to hold text, or too large."""
    try:
        with Image.open(BytesIO(content), formats=PICTURE_FORMATS) as picture:
            if not LEAST_PIXELS <= picture.width * picture.height <= MOST_PIXELS:
                return None
            return _resized(_on_white(picture))
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        # Pillow lets errors of several kinds through on damaged pictures.
        return None


def _on_white(picture: Image.Image) -> Image.Image:
    """Give a picture in grey; what is transparent is as white as the slide."""
    if "A" not in picture.getbands() and "transparency" not in picture.info:
        return picture.convert("L")
    coloured = picture.convert("RGBA")
    ground = Image.new("RGBA", coloured.size, "white")
    return Image.alpha_composite(ground, coloured).convert("L")


def _resized(picture: Image.Image) -> Image.Image:
    longer, shorter = max(picture.size), min(picture.size)
    factor = min(max(1.0, min(SHORTEST_SIDE / shorter, MOST_ENLARGED)), LONGEST_SIDE / longer)
    if factor == 1:
        return picture
    size = (round(picture.width * factor), round(picture.height * factor))
    return picture.resize(size, Image.Resampling.LANCZOS)


def _not_shown() -> UnreadableFile:
    return UnreadableFile(N_("This page cannot be shown, so that OCR cannot read it."))
