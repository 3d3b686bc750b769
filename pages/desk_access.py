"""Who looks at a page, and the desk that they may act at.

Who somebody is comes from cookies that only the server reads and that the browser's scripts cannot:
Streamlit's own after signing in with an identity provider, or that of our session. It is asked
anew in every run of a page; what somebody may do is checked in `desk` for each act.
"""

from __future__ import annotations

from typing import Any

import streamlit as st

from desk import accounts, roles
from desk.opening import open_desk
from desk.people import STRANGER, Person
from desk.settings import settings
from desk.stores import Desk
from index.encoding import Encoder
from index.opening import default_url
from ingest.errors import CaselibError
from pages import library_access

COOKIE = "caselib_session"
"""The cookie of a session of ours; `pages/signing_in.py` sets it."""


@st.cache_resource(show_spinner=False)
def _opened(url: str) -> Desk:
    library = library_access.catalogue()
    assert library is not None and library.url
    return open_desk(library)


def desk() -> Desk | None:
    """The desk of the library; None where there is no library yet."""
    return _opened(default_url()) if library_access.catalogue() is not None else None


def desk_to_deposit() -> tuple[Desk, Encoder]:
    """The desk and the encoder; the library is made where there is none."""
    _library, encoder = library_access.searchable()
    return _opened(default_url()), encoder


def has_provider() -> bool:
    """Whether people sign in with an identity provider (`[auth]` in Streamlit's secrets)."""
    return st.secrets.load_if_toml_exists() and bool(st.secrets.get("auth"))


def who() -> Person:
    """Who looks at the page.

    Raises
    ------
    NotPossible : the settings say what cannot be.
    """
    stated = settings()
    if has_provider():
        claims: dict[str, Any] = dict(st.user)
        if claims.get("is_logged_in") is True:
            return roles.signed_in_with(claims, stated)
        return roles.not_signed_in(stated, has_provider=True)
    token = session_token()
    found = desk() if token else None
    person = accounts.person_of(found.database, token) if found is not None else None
    return person or roles.not_signed_in(stated, has_provider=False)


def session_token() -> str:
    """The token of our session that the browser sent when it opened the page."""
    return st.context.cookies.get(COOKIE, "")


def is_librarian() -> bool:
    """Whether the desk is shown to who looks at the page; where it cannot be told, it is not."""
    try:
        return who().is_librarian
    except CaselibError:
        return STRANGER.is_librarian
