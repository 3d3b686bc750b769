"""Document: what is known of it, and its pages, opened at the passage that was found."""

from __future__ import annotations

import re

import streamlit as st

from index.errors import NotInLibrary
from index.library import Library, Record, StoredPassage
from ingest.document import Page
from pages import editions, library_access, names, show, state, style
from pages.reasons import reason
from pages.texts import _, n_
from search.marks import marked_words

PAGES_AT_ONCE = 20


def draw() -> None:
    """Draw the page."""
    library, record = _asked_for()
    if library is None or record is None:
        show.heading(_("Document"))
        st.info(
            _("This document is not in the library: look for it in the list.")
            if state.value("document")
            else _("No document is chosen: choose one from the list.")
        )
        st.page_link("pages/library.py", label=_("All documents"), query_params=state.link())
        return
    title = names.title(record)
    st.set_page_config(page_title=show.one_line(title))
    if state.value("q"):
        with st.container(key="back"):
            st.page_link(
                "pages/ask.py",
                label=_("Back to the results"),
                icon=":material/arrow_back:",
                query_params=state.link(search=True),
            )
    show.heading(title, record.language)
    show.facts(
        [
            *(names.registry_name(code) for code in record.registries),
            str(record.year or ""),
            names.language_name(record.language),
            n_("{count} page", "{count} pages", record.pages),
        ]
    )
    if waiting := names.waiting(len(record.pictures)):
        st.info(waiting)
    editions.draw(library, record)
    _actions(library, record)
    _pages(library, record)


def _asked_for() -> tuple[Library | None, Record | None]:
    library = library_access.catalogue()
    asked = state.value("document")
    if library is None or not asked:
        return library, None
    try:
        return library, library.record(asked)
    except NotInLibrary:
        return library, None


def _actions(library: Library, record: Record) -> None:
    with st.container(horizontal=True, gap="small"):
        st.download_button(
            _("Download the file"),
            data=lambda: library.file(record.document),
            file_name=record.filename,
            mime=record.media_type,
            icon=":material/download:",
            on_click="ignore",
            key="download",
        )
    with st.expander(_("About this document")):
        _facts(record)
    with st.expander(_("Cite this document")):
        st.code(citation(record, st.context.url or ""), language=None, wrap_lines=True)


def _facts(record: Record) -> None:
    reasons = {name: _guessed(text) for name, text in record.reasons.items()}
    show.definitions(
        [
            (_("Title"), show.isolated(record.title), reasons.get("title", "")),
            (
                _("Registry"),
                show.escape(names.listed([names.registry_name(c) for c in record.registries])),
                reasons.get("registries", ""),
            ),
            (_("Year"), show.escape(str(record.year or "")), reasons.get("year", "")),
            (
                _("Language"),
                show.escape(names.listed([names.language_name(c) for c in record.languages])),
                reasons.get("languages", ""),
            ),
            (_("Format"), show.escape(names.format_name(record.media_type)), ""),
            (_("File"), show.isolated(record.filename), ""),
            (_("Size"), show.escape(names.size(record.size)), ""),
            (_("Deposited"), show.escape(names.date(record.added)), ""),
            (_("Checksum (SHA-256)"), show.isolated(record.sha256), ""),
        ]
    )


def _guessed(english: str) -> str:
    return _("Guessed. {reason}").format(reason=reason(english))


def citation(record: Record, address: str) -> str:
    """How to cite a document: title, year, ccTLD, file, link, and the digest of its bytes.

    Parameters
    ----------
    address : of this page, `` where it is not known.
    """
    registries = ", ".join(f".{code}" for code in record.registries)
    parts = [
        names.title(record) + (f" ({record.year})" if record.year else ""),
        registries,
        record.filename if record.title else "",
        f"SHA-256 {record.sha256}",
    ]
    cited = ". ".join(part.rstrip(".") for part in parts if part) + "."
    link = f" {address.partition('?')[0]}?document={record.document}" if address else ""
    return show.one_line(cited + link)


def _pages(library: Library, record: Record) -> None:
    pages = library.pages(record.document)
    asked = min(max(state.whole_number("page", 1), 1), len(pages))
    found = _found_passage(library, record)
    first = (asked - 1) // PAGES_AT_ONCE * PAGES_AT_ONCE
    _turn(first, len(pages), "above")
    for page in pages[first : first + PAGES_AT_ONCE]:
        _page(page, found if found and found.page == page.number else None, record.language)
    _turn(first, len(pages), "below")
    if state.value("page") and (asked > 1 or found):
        style.scroll_to("found" if found and found.page == asked else f"page-{asked}")


def _found_passage(library: Library, record: Record) -> StoredPassage | None:
    number = state.whole_number("passage")
    passage = library.passages([number]).get(number) if number else None
    return passage if passage and passage.document == record.document else None


def _page(page: Page, found: StoredPassage | None, language: str) -> None:
    span = where(found.text, page.text) if found else None
    words = [
        (start, end)
        for start, end in (marked_words(page.text, state.value("q")) if span else ())
        if span and span[0] <= start and end <= span[1]
    ]
    spoken = found.language if found else language
    body = show.paragraphs(page.text, spoken, words, span, page.heading)
    if not body:
        body = show.paragraphs(_("There is no text on this page."), "", (), None)
    remark = _("Read by text recognition; there may be errors.") if page.read_by_ocr else ""
    show.page(
        page.number, _("Page {number}").format(number=names.number(page.number)), remark, body
    )


def where(passage: str, page: str) -> show.Span | None:
    """Where a passage stands on its page, whatever white space there is between its words."""
    words = passage.split()
    if not words:
        return None
    found = re.search(r"\s*".join(map(re.escape, words)), page)
    return found.span() if found else None


def _turn(first: int, count: int, place: str) -> None:
    if count <= PAGES_AT_ONCE:
        return
    last = min(first + PAGES_AT_ONCE, count)
    with st.container(horizontal=True, vertical_alignment="center", key=f"turn-{place}"):
        _turn_button(_("Earlier pages"), first - PAGES_AT_ONCE + 1, first > 0, f"earlier-{place}")
        show.note(
            _("Pages {first} to {last} of {count}").format(
                first=names.number(first + 1), last=names.number(last), count=names.number(count)
            )
        )
        _turn_button(_("Later pages"), last + 1, last < count, f"later-{place}")


def _turn_button(label: str, page: int, possible: bool, key: str) -> None:
    st.button(
        label,
        key=key,
        disabled=not possible,
        on_click=state.change,
        kwargs={"page": str(page), "passage": ""},
    )


draw()
