"""The other files that a document is known to be in, each a link to it."""

from __future__ import annotations

import streamlit as st

from index.library import Library, Record
from pages import names, picture, show, state
from pages.show import escape
from pages.texts import _
from search.editions import Edition, confirmed


def draw(library: Library, record: Record) -> None:
    """Links to the editions, twins and translations of a document that a person confirmed."""
    for number, edition in enumerate(confirmed(library, record.document)):
        # Between two cases Streamlit's own links are no steps of the browser's history.
        address = state.link(search=True, document=edition.record.document)
        label = escape(_said(edition))
        picture.draw(f"confirmed-{number}", picture.link("document", address, label))


def draw_newer(record: Record) -> None:
    """A link from a hit to the newest edition of its document."""
    _link(_("Newer edition: {title}").format(title=names.title(record)), record)


def _link(label: str, record: Record) -> None:
    st.page_link(
        "pages/document.py",
        label=show.label(label),
        query_params=state.link(search=True, document=record.document),
    )


def _said(edition: Edition) -> str:
    title = names.title(edition.record)
    if edition.kind == "translation":
        language = names.language_name(edition.record.language)
        return _("Translation ({language}): {title}").format(language=language, title=title)
    if edition.kind == "twin":
        return _("The same document in another file: {title}").format(title=title)
    if edition.newer:
        return _("Newer edition: {title}").format(title=title)
    return _("Older edition: {title}").format(title=title)
