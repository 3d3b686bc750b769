"""One page that is a picture, read by OCR; runs inside the sandbox, with Tesseract as its child."""

from pathlib import Path

from PIL import Image

from ingest.limits import Reading
from ingest.page_pictures import page_pictures
from ingest.tesseract import Recognised, ScannedPage, read_picture, script_of_picture


def read_scanned_page(path: Path, scan: ScannedPage, reading: Reading) -> Recognised:
    """Read a page by OCR; a page without text gives an empty text.

    Raises
    ------
    UnreadableFile : the page cannot be shown, or the program failed on it.
    """
    found = [_read(picture, scan) for picture in page_pictures(path, scan.number, reading)]
    found = [one for one in found if one.text]
    if not found:
        return Recognised()
    most = max(found, key=lambda one: len(one.text))
    return Recognised(
        "\n\n".join(one.text for one in found), most.script, most.language, most.confidence
    )


def _read(picture: Image.Image, scan: ScannedPage) -> Recognised:
    script, turn = script_of_picture(scan.program, picture)
    if turn:
        picture = picture.rotate(-turn, expand=True, fillcolor="white")
    known = script in scan.languages
    best = Recognised()
    for language in scan.languages[script] if known else scan.otherwise:
        text, confidence = read_picture(scan.program, picture, language)
        if confidence > best.confidence:
            best = Recognised(text, script if known else "", language, confidence)
    return best
