"""The pages of a case, one at a time: as a picture with the found passage marked, or as text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal

import streamlit as st

from index.library import Library, Record, StoredPassage
from ingest.document import Page
from ingest.page_view import WIDTHS, PageView
from pages import names, page_pictures, show, state, style, texts
from pages.texts import _
from search.marks import marked_words

_SECONDS_BETWEEN_LOOKS = 2.0
_PICTURE, _TEXT = "picture", "text"
_VIEWS = {_PICTURE: lambda: _("Picture"), _TEXT: lambda: _("Text")}


def draw(library: Library, record: Record) -> None:
    """Draw the page that the link names, with the ways to turn to others."""
    pages = library.pages(record.document)
    if not pages:
        return
    number = min(max(state.whole_number("page", 1), 1), len(pages))
    page = pages[number - 1]
    found = _found_passage(library, record)
    here = found if found and found.page == page.number else None
    # What stands in the container sticks to its top while the page is read.
    with st.container(key="reading", gap="small"):
        as_text = state.value("view") == _TEXT
        waits = not as_text and page_pictures.waits(library, record)
        view = None
        if not as_text and not waits:
            view = page_pictures.view(library, record, page.number, here.text if here else "")
        offered = page_pictures.has_pictures(record) and (as_text or waits or view is not None)
        _bar(pages, number, offered)
        if found and not here:
            _way_back(record, found)
        if waits:
            st.fragment(_look_again, run_every=_SECONDS_BETWEEN_LOOKS)(library, record)
        if view is not None:
            _picture(record, page, view, here)
        else:
            _text(page, here, record.language, f"page-{page.number}")
    if state.value("page") and (number > 1 or here):
        _scroll(number, here, view)


def _scroll(number: int, here: StoredPassage | None, view: PageView | None) -> None:
    """Bring the passage into view, or the page where nothing on it is marked."""
    if here and (view is None or view.boxes):
        style.scroll_to("found" if view is None else "marked")
    else:
        style.scroll_to(f"page-{number}", "start")


def _look_again(library: Library, record: Record) -> None:
    """Say that pictures are being made, until they are."""
    # A fragment runs by itself, without the frame that chose the language.
    texts.use(state.chosen_language())
    if not page_pictures.waits(library, record):
        st.rerun()
    show.note(_("Pictures of the pages are being made; here is the text."), role="status")


def _found_passage(library: Library, record: Record) -> StoredPassage | None:
    number = state.whole_number("passage")
    passage = library.passages([number]).get(number) if number else None
    return passage if passage and passage.document == record.document else None


def _bar(pages: Sequence[Page], number: int, has_picture: bool) -> None:
    """Turn the pages, go to one, switch between picture and text."""
    state.follow_one("view", _VIEWS)
    if st.session_state["view"] is None:
        st.session_state["view"] = _PICTURE
    if len(pages) == 1 and not has_picture:
        return
    with st.container(
        horizontal=True, vertical_alignment="center", gap="small", key="turn", wrap=True
    ):
        if len(pages) > 1:
            _turn_button(_("Previous page"), number - 1, number > 1, "previous", "left")
            _go_to(number, len(pages))
            _turn_button(_("Next page"), number + 1, number < len(pages), "next", "right")
        if has_picture:
            st.segmented_control(
                _("Show the page as"),
                list(_VIEWS),
                format_func=lambda view: _VIEWS[view](),
                key="view",
                label_visibility="collapsed",
                required=True,
                on_change=state.keep,
                args=("view",),
                width="content",
            )


def _turn_button(
    label: str, page: int, possible: bool, key: str, side: Literal["left", "right"]
) -> None:
    st.button(
        label,
        key=key,
        icon=f":material/chevron_{side}:",
        icon_position=side,
        disabled=not possible,
        on_click=state.change,
        kwargs={"page": str(page)},
    )


def _go_to(number: int, count: int) -> None:
    st.session_state["go-to"] = number
    st.number_input(
        _("Page"),
        min_value=1,
        max_value=count,
        key="go-to",
        label_visibility="collapsed",
        on_change=_went,
        width=88,
    )
    show.note(_("of {count}").format(count=names.number(count)))


def _went() -> None:
    state.change(page=str(st.session_state["go-to"]))


def _way_back(record: Record, found: StoredPassage) -> None:
    st.page_link(
        "pages/document.py",
        label=_("The passage that was found is on page {number}").format(
            number=names.number(found.page)
        ),
        icon=":material/format_ink_highlighter:",
        query_params=state.link(
            search=True, document=record.document, page=found.page, passage=found.passage
        ),
    )


def _picture(record: Record, page: Page, view: PageView, here: StoredPassage | None) -> None:
    sources = [(page_pictures.address(record, page.number, width), width) for width in WIDTHS]
    said = _("Page {number} as a picture; its text stands below.").format(
        number=names.number(page.number)
    )
    show.sheet(page.number, sources, (view.width, view.height), view.boxes, said)
    marked = here is None or bool(view.boxes)
    if not marked:
        show.note(_("The passage cannot be marked on this picture; it is marked in the text."))
    with st.expander(_("Text of this page"), expanded=not marked, key="page-text"):
        _text(page, here, record.language, f"text-{page.number}")


def _text(page: Page, found: StoredPassage | None, language: str, anchor: str) -> None:
    span = where(found.text, page.text) if found else None
    spoken = found.language if found else language
    words = [
        (start, end)
        for start, end in (marked_words(page.text, state.value("q"), spoken) if span else ())
        if span and span[0] <= start and end <= span[1]
    ]
    body = show.paragraphs(page.text, spoken, words, span, page.heading)
    if not body:
        body = show.paragraphs(_("There is no text on this page."), "", (), None)
    remark = _("Read by text recognition; there may be errors.") if page.read_by_ocr else ""
    show.page(anchor, _("Page {number}").format(number=names.number(page.number)), remark, body)


def where(passage: str, page: str) -> show.Span | None:
    """Where a passage stands on its page, whatever white space there is between its words."""
    words = passage.split()
    if not words:
        return None
    found = re.search(r"\s*".join(map(re.escape, words)), page)
    return found.span() if found else None
