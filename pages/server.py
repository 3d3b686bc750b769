"""The server around the pages: warm-up, security headers, and errors that nobody foresaw."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import streamlit as st
from starlette.middleware import Middleware
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit.runtime.pages_manager import PagesManager

from pages import signing_in
from pages.library_access import warm_up
from pages.texts import _

# Streamlit takes a folder `pages/` for one page a file until `st.navigation` has run once; a first
# visitor with a link to a page would see that file without its frame.
PagesManager.uses_pages_directory = False

_log = logging.getLogger("caselib.pages")

# Streamlit needs inline styles and scripts and its own web socket; no other host is ever named.
_HEADERS = {
    "Content-Security-Policy": (
        "default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval' blob:; "
        "style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self' data:; "
        "connect-src 'self'; worker-src 'self' blob:; object-src 'none'; "
        "base-uri 'self'; form-action 'self'; frame-ancestors 'self'"
    ),
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
}


class SecurityHeaders:
    """Adds the headers to every response; a pure ASGI middleware, so that sockets pass through."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one request."""

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                present = {name.lower() for name, _value in message["headers"]}
                message["headers"] = [
                    *message["headers"],
                    *(
                        (name.lower().encode(), value.encode())
                        for name, value in _HEADERS.items()
                        if name.lower().encode() not in present
                    ),
                ]
            await send(message)

        await self.app(scope, receive, with_headers if scope["type"] == "http" else send)


def explain(error: Exception) -> bool:
    """Show one sentence instead of a traceback, which goes to the log."""
    _log.exception("A page failed", exc_info=error)
    st.error(_("Something went wrong here; nothing was lost. Load the page again, or go back."))
    return True


@asynccontextmanager
async def lifespan(app: Any) -> AsyncIterator[dict[str, Any]]:
    """Begin to load the model when the server starts."""
    warm_up()
    yield {}


ROUTES = signing_in.ROUTES
MIDDLEWARE = (Middleware(SecurityHeaders),)
