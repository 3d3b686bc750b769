"""What goes over the pipe between the sandbox and its worker: a line of JSON for each message.

JSON, not pickle: what comes back from the process that read an untrusted file is not trusted
either, so it can only be text and numbers.
"""

import base64
import json
from dataclasses import asdict
from typing import Any

from ingest.document import FileText, Page
from ingest.errors import CaselibError, NeedsConversion, NeedsOCR, UnreadableFile
from ingest.limits import Limits
from ingest.page_view import AskedView, PageView
from ingest.tesseract import Recognised, ScannedPage

ERRORS: dict[str, type[CaselibError]] = {
    "unreadable": UnreadableFile,
    "needs_ocr": NeedsOCR,
    "needs_conversion": NeedsConversion,
}


def encode(message: dict[str, Any]) -> bytes:
    """Give a message as one line."""
    return json.dumps(message, ensure_ascii=False).encode("utf-8") + b"\n"


def request(
    path: str,
    filename: str,
    limits: Limits,
    password: str | None,
    scan: ScannedPage | None = None,
    view: AskedView | None = None,
) -> bytes:
    """Give the line that asks for a file, or for one page by OCR or as it is seen, to be read."""
    asked = {"path": path, "filename": filename, "password": password, "limits": asdict(limits)}
    one_page = {"scan": scan, "view": view}
    return encode(asked | {name: asdict(page) for name, page in one_page.items() if page})


def file_text_message(text: FileText) -> dict[str, Any]:
    """Give the message for a file that was read."""
    return {"file": asdict(text)}


def recognised_message(found: Recognised) -> dict[str, Any]:
    """Give the message for a page that was read by OCR."""
    return {"recognised": asdict(found)}


def recognised_of(message: dict[str, Any]) -> Recognised:
    """Build what was recognised of a message; see `file_text_of` for what it raises."""
    stated = message["recognised"]
    return Recognised(
        str(stated["text"]),
        str(stated["script"]),
        str(stated["language"]),
        float(stated["confidence"]),
    )


def view_message(view: PageView) -> dict[str, Any]:
    """Give the message for a page as it is seen."""
    return {"view": asdict(view) | {"picture": base64.b64encode(view.picture).decode("ascii")}}


def view_of(message: dict[str, Any]) -> PageView:
    """Build the view of a message; see `file_text_of` for what it raises."""
    stated = message["view"]
    boxes = tuple(
        (float(left), float(top), float(right), float(bottom))
        for left, top, right, bottom in stated["boxes"]
    )
    picture = base64.b64decode(stated["picture"], validate=True)
    return PageView(float(stated["width"]), float(stated["height"]), boxes, picture)


def error_message(error: CaselibError) -> dict[str, Any]:
    """Give the message for a file that cannot be read."""
    kind = next((name for name, known in ERRORS.items() if type(error) is known), "unreadable")
    return {"error": kind, "template": error.template, "values": error.values}


def file_text_of(message: dict[str, Any]) -> FileText:
    """Build the FileText of a message.

    Raises
    ------
    KeyError, TypeError, ValueError : the message is not of the form that `file_text_message` gives.
    """
    stated = message["file"]
    return FileText(
        media_type=str(stated["media_type"]),
        pages=tuple(
            Page(
                int(page["number"]),
                str(page["text"]),
                str(page["heading"]),
                bool(page["read_by_ocr"]),
            )
            for page in stated["pages"]
        ),
        metadata_title=str(stated["metadata_title"]),
        metadata_date=str(stated["metadata_date"]),
        authors=tuple(map(str, stated["authors"])),
        hidden=tuple(map(str, stated["hidden"])),
        damaged=tuple(map(int, stated["damaged"])),
        pictures=tuple(map(int, stated["pictures"])),
    )


def error_of(message: dict[str, Any]) -> CaselibError:
    """Build the error of a message; see `file_text_of` for what it raises."""
    values = {
        str(name): value if isinstance(value, int) else str(value)
        for name, value in message["values"].items()
    }
    return ERRORS[message["error"]](str(message["template"]), **values)
