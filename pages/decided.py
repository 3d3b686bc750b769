"""An act at the desk is done, and the page that follows says what came of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import streamlit as st

from ingest.errors import CaselibError
from pages import show
from pages.texts import sentence

_SAID = "decided"


def act(work: Callable[[], Any], said: str) -> bool:
    """Do something; what went wrong, or `said`, is told on the page that is drawn next."""
    try:
        work()
    except CaselibError as error:
        tell_next("error", sentence(error))
        return False
    tell_next("success", said)
    return True


def tell_next(kind: str, said: str) -> None:
    """Tell something on the page that is drawn next.

    Parameters
    ----------
    kind : `success` or `error`.
    """
    st.session_state.setdefault(_SAID, []).append((kind, said))


def tell() -> None:
    """Say what came of what was done last."""
    for kind, said in st.session_state.pop(_SAID, ()):
        if kind == "error":
            st.error(show.label(said))
        else:
            st.success(show.label(said))
