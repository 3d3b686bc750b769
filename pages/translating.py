"""A passage in the reader's language beside the original, and its terms explained."""

from __future__ import annotations

import hashlib

import streamlit as st

from index.library import Record
from ingest.errors import CaselibError
from pages import library_access, show, texts
from pages.texts import _
from search.explaining import terms_in
from search.translating import translate, translator_for


def beside(key: str, text: str, language: str) -> None:
    """Explain a passage's terms and offer its translation, where it is in another language.

    Parameters
    ----------
    key : of the passage's place on the page, unique there.
    """
    reader = texts.language()
    if terms := terms_in(text, language, reader):
        show.terms([(term.found, language, term.equivalent, term.definition) for term in terms])
    machine = translator_for(language, reader)
    if machine is None:
        return
    digest = hashlib.sha256(f"{reader} {text}".encode()).hexdigest()[:16]
    wanted = f"translated {digest}"
    if not st.session_state.get(wanted):
        asked = st.button(
            _("Translate"), key=f"translate-{key}", type="tertiary", icon=":material/translate:"
        )
        if not asked:
            return
        st.session_state[wanted] = True
    with st.container(key=f"translation-{key}", gap=None):
        try:
            with st.spinner(_("Translating…")):
                made = translate(library_access.encoder(), text, language, reader)
        except CaselibError as error:
            show.note(texts.sentence(error), role="status")
            return
        show.passage(made.text, reader, [], None, cut=(False, False))
        show.note(
            _("Machine translation by {engine}; the original alone counts.").format(
                engine=show.clean(made.engine)
            )
        )


def supplied(record: Record, summary: bool = False) -> None:
    """The title, and if asked the summary, that a librarian wrote in the reader's language."""
    reader = texts.language()
    library = library_access.catalogue()
    if library is None or record.language == reader:
        return
    for given in library.supplied(record.document):
        if given.language == reader:
            said = [given.title, given.summary if summary else ""]
            show.note(
                _("Translated by the library: {text}").format(
                    text=show.plain(" – ".join(filter(None, said)))
                )
            )
