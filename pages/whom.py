"""Whom to ask: registries with the documents that tell of them and the contacts these give."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from pages import names, show, state
from pages.texts import _
from search.contacts import Asked, Contact

DOCUMENTS = 3
"""Named for each registry."""


def draw(registries: Sequence[Asked]) -> None:
    """Draw an entry for each registry, the one that tells most first."""
    for number, asked in enumerate(registries):
        with st.container(key=f"whom-{number}", gap=None):
            show.entry(names.registry_name(asked.registry), asked.organisation)
            show.facts([names.listed([names.language_name(code) for code in asked.languages])])
            for record in asked.documents[:DOCUMENTS]:
                st.page_link(
                    "pages/document.py",
                    label=show.label(names.title(record)),
                    query_params=state.link(search=True, document=record.document),
                )
            for contact in asked.contacts:
                _contact(contact)


def _contact(contact: Contact) -> None:
    """An address beside the page that gives it."""
    with st.container(horizontal=True, gap="small", vertical_alignment="center"):
        show.mail(contact.address)
        st.page_link(
            "pages/document.py",
            label=_("as given on page {number}").format(number=names.number(contact.passage.page)),
            query_params=state.link(
                search=True,
                document=contact.passage.document,
                page=contact.passage.page,
                passage=contact.passage.passage,
            ),
        )


def named(registries: Sequence[Asked], most: int = 3) -> str:
    """The first registries by name, for a label."""
    return names.listed([names.registry_name(asked.registry) for asked in registries[:most]])
