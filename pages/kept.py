"""What takes seconds to make, kept for all readers until the library changes."""

from __future__ import annotations

import os
from collections.abc import Sequence

import streamlit as st

from index.library import Filters, Record
from pages import library_access
from pages.texts import _, language
from search import briefings, side_by_side
from search import overview as overviews
from search.contacts import Asked, whom_to_ask
from search.overview import Case
from search.profiles import Profile
from search.side_by_side import Column

# Each is kept by the library and its version, which grows with every change; the number of entries
# bounds the memory.


@st.cache_resource(show_spinner=False, max_entries=2)
def _overview(url: str, version: int, model: str) -> tuple[Case, ...]:
    library, encoder = library_access.searchable()
    return overviews.overview(library, encoder)


@st.cache_resource(show_spinner=False, max_entries=100)
def _column(url: str, version: int, model: str, what: str, topic: str, spoken: str) -> Column:
    library, encoder = library_access.searchable()
    if topic:
        return side_by_side.column_of_region(library, encoder, what, topic, spoken)
    return side_by_side.column_of_case(library, encoder, library.record(what), spoken)


@st.cache_resource(show_spinner=False, max_entries=100)
def _briefing(
    key: tuple[str, int, str], topic: str, region: str, spoken: str, mine: Profile
) -> briefings.Briefing:
    library, encoder = library_access.searchable()
    return briefings.brief(library, encoder, topic, region, "", spoken, mine)


def _key() -> tuple[str, int, str]:
    library, _encoder = library_access.searchable()
    return library.url, library.version(), os.environ.get("CASELIB_MODEL") or ""


def overview() -> tuple[Case, ...]:
    """All cases with what the pictures need."""
    with st.spinner(_("The pictures are being drawn; the first time this takes some seconds.")):
        return _overview(*_key())


def columns(records: Sequence[Record], regions: Sequence[str], topic: str) -> list[Column]:
    """Cases, and regions on a topic, to be shown side by side."""
    with st.spinner(_("The cases are being read.")):
        key = _key()
        return [_column(*key, record.document, "", language()) for record in records] + [
            _column(*key, region, topic, language()) for region in regions
        ]


def briefing(topic: str, region: str, mine: Profile) -> briefings.Briefing:
    """A briefing in the reader's language."""
    with st.spinner(_("The cases on this topic are being read; this takes some seconds.")):
        return _briefing(_key(), topic, region, language(), mine)


@st.cache_resource(show_spinner=False, max_entries=100)
def _whom(key: tuple[str, int, str], topic: str, region: str) -> tuple[Asked, ...]:
    library, _encoder = library_access.searchable()
    filters = Filters(topics=(topic,), regions=(region,) if region else ())
    records = library.records(filters)
    return whom_to_ask(library, sorted(records, key=lambda one: one.topics.index(topic)))


def whom(topic: str, region: str) -> tuple[Asked, ...]:
    """The registries to ask about a topic."""
    with st.spinner(_("The cases are being read.")):
        return _whom(_key(), topic, region)
