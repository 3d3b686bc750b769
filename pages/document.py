"""Case: what a document says and what is known of it, its pages, and what is like it."""

from __future__ import annotations

import streamlit as st

from index.errors import NotInLibrary
from index.library import Correction, Library, Record
from pages import case_alike, case_pages, editions, library_access, names, show, state, translating
from pages.reasons import reason
from pages.texts import _, n_
from search import citations
from search.locating import passage_of


def draw() -> None:
    """Draw the page."""
    library, record = _asked_for()
    if library is None or record is None:
        _nothing()
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
    translating.supplied(record, summary=True)
    show.facts(
        [
            *(names.registry_name(code) for code in record.registries),
            str(record.year or ""),
            names.kind_name(record.kind),
            names.language_name(record.language),
            n_("{count} page", "{count} pages", record.pages),
        ]
    )
    if waiting := names.waiting(len(record.pictures)):
        st.info(waiting)
    editions.draw(library, record)
    _summary(library, record)
    _actions(library, record)
    case_pages.draw(library, record)
    case_alike.draw(library, record)


def _nothing() -> None:
    show.heading(_("Document"))
    st.info(
        _("This document is not in the library: look for it in the list.")
        if state.value("document")
        else _("No document is chosen: choose one from the list.")
    )
    st.page_link("pages/library.py", label=_("All documents"), query_params=state.link())


def _asked_for() -> tuple[Library | None, Record | None]:
    library = library_access.catalogue()
    asked = state.value("document")
    if library is None or not asked:
        return library, None
    try:
        return library, library.record(asked)
    except NotInLibrary:
        return library, None


def _summary(library: Library, record: Record) -> None:
    """The document in its own sentences, each with the way to its page."""
    if not record.summary:
        return
    passages = library.passages_of(record.document)
    with st.container(key="summary", gap=None):
        show.subheading(_("In its own words"))
        for number, quote in enumerate(record.summary):
            with st.container(key=f"said-{number}", gap=None):
                show.quotation(quote.text, record.language)
                st.page_link(
                    "pages/document.py",
                    label=_("Page {number}").format(number=names.number(quote.page)),
                    query_params=state.link(
                        search=True,
                        document=record.document,
                        page=quote.page,
                        passage=passage_of(passages, quote.page, quote.text),
                    ),
                )


def _actions(library: Library, record: Record) -> None:
    with st.container(horizontal=True, gap="small", key="actions"):
        st.download_button(
            _("Download the file"),
            data=lambda: library.file(record.document),
            file_name=record.filename,
            mime=record.media_type,
            icon=":material/download:",
            on_click="ignore",
            key="download",
        )
        with st.popover(_("Cite"), icon=":material/format_quote:", key="cite"):
            _cite(record)
    with st.expander(_("About this document"), key="facts"):
        _facts(record, library.corrections(record.document) if record.corrected else [])


def _cite(record: Record) -> None:
    page = (st.context.url or "").partition("?")[0]
    address = f"{page}?document={record.document}" if page else ""
    line = citations.plain(record, address, names.kind_name(record.kind), _("n.d."))
    st.code(line, language=None, wrap_lines=True)
    with st.container(horizontal=True, gap="small"):
        for name, kind, content in (
            ("BibTeX", "bib", citations.bibtex(record, address)),
            ("RIS", "ris", citations.ris(record, address)),
        ):
            st.download_button(
                name,
                data=content,
                file_name=f"{record.document[:8]}.{kind}",
                mime="text/plain",
                on_click="ignore",
                key=f"cite-{kind}",
            )


def _facts(record: Record, corrections: list[Correction]) -> None:
    remarks = {name: _guessed(text) for name, text in record.reasons.items()}
    remarks |= {name: _corrected(name, corrections) for name in record.corrected}
    show.definitions(
        [
            (_("Title"), show.isolated(record.title), remarks.get("title", "")),
            (
                _("Authors"),
                show.escape(names.listed([show.plain(name) for name in record.authors])),
                remarks.get("authors", ""),
            ),
            (_("Year"), show.escape(str(record.year or "")), remarks.get("year", "")),
            (
                _("Registry"),
                _listed([names.registry_name(code) for code in record.registries]),
                remarks.get("registries", ""),
            ),
            (
                _("Region"),
                _listed([names.region_name(code) for code in record.regions]),
                remarks.get("regions", ""),
            ),
            (
                _("Topics"),
                _listed([names.topic_name(topic) for topic in record.topics]),
                remarks.get("topics", ""),
            ),
            (_("Kind"), show.escape(names.kind_name(record.kind)), remarks.get("kind", "")),
            (
                _("Language"),
                _listed([names.language_name(code) for code in record.languages]),
                remarks.get("languages", ""),
            ),
            *_file(record),
        ]
    )


def _file(record: Record) -> list[tuple[str, show.Markup, str]]:
    """What is known of the file; none of it was guessed."""
    return [
        (_("Format"), show.escape(names.format_name(record.media_type)), ""),
        (_("Size"), show.escape(names.size(record.size)), ""),
        (_("Pages"), show.escape(names.number(record.pages)), ""),
        (_("File"), show.isolated(record.filename), ""),
        (_("Deposited"), show.escape(names.date(record.added)), ""),
        (_("Checksum (SHA-256)"), show.isolated(record.sha256), ""),
    ]


def _listed(items: list[str]) -> show.Markup:
    return show.escape(names.listed(items))


def _guessed(english: str) -> str:
    return _("Guessed. {reason}").format(reason=reason(english))


def _corrected(field: str, corrections: list[Correction]) -> str:
    """That a librarian's value holds, and since when."""
    times = [one.time for one in corrections if one.field == field]
    if not times:
        return _("Corrected by a librarian.")
    return _("Corrected by a librarian on {date}.").format(date=names.date(times[-1]))


draw()
