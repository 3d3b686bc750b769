"""The library and the encoder: opened once for all readers, safe for threads, nothing personal."""

from __future__ import annotations

import logging
import os
import threading

import streamlit as st

from index.encoding import Encoder, default_encoder
from index.errors import LibraryUnavailable
from index.library import Filters, Library, Record
from index.opening import default_url, open_library
from ingest.errors import N_, CaselibError
from pages.texts import _
from search.concept_space import concept_space

# The sentence by which index/ says that there is no library yet: to a reader, an empty one.
_NO_LIBRARY_YET = N_("There is no library in {folder} yet: add a file to make one.")

_log = logging.getLogger("caselib.pages")
_ready = threading.Event()


@st.cache_resource(show_spinner=False)
def _encoder(model: str) -> Encoder:
    encoder = default_encoder(model)
    # The first question costs most; it is asked here, before a reader does.
    encoder.encode_query("warm-up", "en")
    _ready.set()
    return encoder


@st.cache_resource(show_spinner=False)
def _opened(url: str) -> Library:
    return open_library(url, create=False)


@st.cache_resource(show_spinner=False)
def _opened_to_search(url: str, model: str) -> Library:
    return open_library(url, _encoder(model).recipe)


def encoder() -> Encoder:
    """The encoder that the settings ask for; a spinner shows while it loads.

    Raises
    ------
    ModelUnavailable : its model cannot be had.
    """
    model = os.environ.get("CASELIB_MODEL") or ""
    if _ready.is_set():
        return _encoder(model)
    with st.spinner(_("The language model is waking up; this takes a few seconds.")):
        return _encoder(model)


def catalogue() -> Library | None:
    """The library for looking things up, which needs no model; None where there is none yet.

    Raises
    ------
    LibraryUnavailable : it is there and cannot be read.
    """
    try:
        return _opened(default_url())
    except LibraryUnavailable as error:
        if error.template == _NO_LIBRARY_YET:
            return None
        raise


def searchable() -> tuple[Library, Encoder]:
    """The library for searching and adding, made where there is none, and its encoder.

    Raises
    ------
    LibraryMismatch : it was made with another model.
    """
    found = encoder()
    return _opened_to_search(default_url(), os.environ.get("CASELIB_MODEL") or ""), found


def searchable_in_background() -> tuple[Library, Encoder]:
    """As `searchable`, for a thread that draws no page."""
    model = os.environ.get("CASELIB_MODEL") or ""
    return _opened_to_search(default_url(), model), _encoder(model)


def records(filters: Filters = Filters()) -> list[Record]:
    """The documents that pass the filters, newest first."""
    library = catalogue()
    return library.records(filters) if library else []


def model_is_ready() -> bool:
    """True once the encoder has answered a first question."""
    return _ready.is_set()


def warm_up() -> threading.Thread:
    """Load model and library in the background, so that the first reader waits less."""

    def work() -> None:
        try:
            encoder = _encoder(os.environ.get("CASELIB_MODEL") or "")
            if (library := catalogue()) is not None:
                library.records()
            # Learnt once, some 20 s; the first reader of a similar case shall not wait for it.
            concept_space(encoder)
        except CaselibError as error:
            _log.warning("%s", error)

    thread = threading.Thread(target=work, name="warm-up", daemon=True)
    thread.start()
    return thread
