"""A document's file and the text that was read of it, side by side, one page at a time."""

from __future__ import annotations

import streamlit as st

from desk import inspecting
from desk.people import Person
from index.library import Library, Record
from ingest.document import Page
from pages import names, show, show_desk, state
from pages.texts import _


def draw(library: Library, person: Person, record: Record) -> None:
    """Draw one page of both sides, and what the file hides."""
    pages = library.pages(record.document)
    if not pages:
        return
    number = min(max(state.whole_number("page", 1), 1), len(pages))
    _hidden(library, person, record)
    _turn(number, len(pages))
    left, right = st.columns(2, gap="medium")
    with left, st.container(key="side-file"):
        show.subheading(_("The file"))
        _file(library, person, record, pages[number - 1])
    with right, st.container(key="side-text"):
        show.subheading(_("The text that was read"))
        _text(pages[number - 1], record.language)


def _file(library: Library, person: Person, record: Record, page: Page) -> None:
    picture = inspecting.picture(library, person, record, page.number)
    if picture:
        name = _("Page {number}").format(number=names.number(page.number))
        show_desk.picture(picture, "image/webp", name)
    elif text := inspecting.file_as_text(library, person, record):
        show_desk.source(text)
    else:
        show.note(_("This kind of file cannot be shown here: download it to look at it."))
    st.download_button(
        _("Download the file"),
        data=lambda: library.file(record.document),
        file_name=record.filename,
        mime="application/octet-stream",
        icon=":material/download:",
        on_click="ignore",
        key="download",
    )


def _text(page: Page, language: str) -> None:
    remark = _("Read by text recognition; there may be errors.") if page.read_by_ocr else ""
    body = show.paragraphs(page.text, language, (), None, page.heading)
    if not body:
        body = show.paragraphs(_("There is no text on this page."), "", (), None)
    name = _("Page {number}").format(number=names.number(page.number))
    show.page(f"text-{page.number}", name, remark, body)


def _hidden(library: Library, person: Person, record: Record) -> None:
    known: dict[str, tuple[str, ...]] = st.session_state.setdefault("hidden", {})
    if record.sha256 not in known:
        with st.spinner(_("Looking for invisible text…")):
            known[record.sha256] = inspecting.hidden_text(library, person, record)
    if not (found := known[record.sha256]):
        return
    st.warning(
        _("The file holds text that its reader does not see. It was kept out of the library.")
    )
    with st.expander(_("Invisible text")):
        for text in found:
            show_desk.quoted(text)


def _turn(number: int, count: int) -> None:
    if count < 2:
        return
    with st.container(horizontal=True, vertical_alignment="center", key="turn-sides"):
        _turn_button(_("Page before"), number - 1, number > 1, "before")
        show.note(
            _("Page {number} of {count}").format(
                number=names.number(number), count=names.number(count)
            )
        )
        _turn_button(_("Page after"), number + 1, number < count, "after")


def _turn_button(label: str, page: int, possible: bool, key: str) -> None:
    st.button(
        label,
        key=f"page-{key}",
        disabled=not possible,
        on_click=state.change,
        kwargs={"page": str(page)},
    )
