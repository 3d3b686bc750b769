"""What was typed onto a PDF page: filled form fields and free text, which pages' streams lack."""

from typing import Any

import pypdf
import regex

_WORDS = regex.compile(r"\p{L}{2}")
MOST_ANNOTATIONS = 500
"""Of a page; those after are left unread."""
HIDDEN_FLAGS = 0x02 | 0x20
"""Hidden, or not to be shown on a screen (ISO 32000-2, table 167)."""


def typed_text(page: pypdf.PageObject) -> str:
    """The values of a page's filled text and choice fields, and its free text, as paragraphs.

    Buttons, empty fields and reviewers' notes are left out: they are no text of the page.
    """
    found = []
    for reference in list(page.get("/Annots") or ())[:MOST_ANNOTATIONS]:
        annotation = reference.get_object()
        if annotation is None or int(annotation.get("/F", 0)) & HIDDEN_FLAGS:
            continue
        text = _text(annotation)
        if _WORDS.search(text):
            found.append(text)
    return "\n\n".join(dict.fromkeys(found))


def _text(annotation: Any) -> str:
    kind = annotation.get("/Subtype")
    if kind == "/FreeText":
        return _string(annotation.get("/Contents"))
    if kind == "/Widget" and _inherited(annotation, "/FT") in ("/Tx", "/Ch"):
        return _string(_inherited(annotation, "/V"))
    return ""


def _inherited(field: Any, name: str) -> Any:
    """An entry of a field, its own or its parent's."""
    if name in field or "/Parent" not in field:
        return field.get(name)
    return field["/Parent"].get_object().get(name)


def _string(value: Any) -> str:
    return str(value) if isinstance(value, str) and not value.startswith("/") else ""
