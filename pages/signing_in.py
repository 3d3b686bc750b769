"""Signing in and out: forms on the page, and the addresses that they are sent to.

A password goes from the browser's own form straight to the server, which answers with a cookie that
no script can read; so a session lasts when the page is loaded anew, and ends for all of the
browser's pages at once.
"""

from __future__ import annotations

from typing import Final
from urllib.parse import parse_qs, urlencode, urlsplit

import streamlit as st
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route

from desk import accounts
from desk.errors import NotSignedIn
from desk.people import Person
from ingest.errors import CaselibError
from pages import desk_access, show, show_desk, state, texts
from pages.texts import _

IN, FIRST, OUT = "/account/sign-in", "/account/first-password", "/account/sign-out"
_MOST_BYTES: Final = 10_000
"""Of a form; no password is that long."""
_WAIT: Final = "wait"


def draw() -> None:
    """Draw what somebody needs to sign in, whichever way this installation has."""
    show.heading(_("Sign in"))
    if desk_access.has_provider():
        if st.user.is_logged_in:
            st.warning(_("You are signed in, but this account is not a librarian’s here."))
            draw_sign_out(desk_access.who())
        elif st.button(_("Sign in"), type="primary", icon=":material/login:", key="sign-in"):
            st.login()
        return
    _say_what_went_wrong()
    desk = desk_access.desk()
    if desk is not None and accounts.has_password(desk.database):
        show_desk.form(
            IN,
            [(_("Administrator’s password"), "password", "current-password")],
            _("Sign in"),
            {"language": texts.language()},
        )
    elif desk is not None and accounts.has_first_code(desk.database):
        show.prose(
            _(
                "No password is set yet. Where the server was started it shows a code; with it "
                "you choose the administrator’s password here."
            )
        )
        show_desk.form(
            FIRST,
            [
                (_("Code that the server shows"), "code", "one-time-code"),
                (_("New password, at least 12 letters"), "password", "new-password"),
            ],
            _("Set the password"),
            {"language": texts.language()},
        )
    else:
        show.prose(_("No password is set yet: run `caselib password` on the server."))


def draw_sign_out(person: Person) -> None:
    """Draw who is signed in and the way out."""
    with st.container(horizontal=True, vertical_alignment="center", key="account", gap="small"):
        show.note(_("Signed in as {name}").format(name=show.plain(person.name)))
        if not desk_access.has_provider():
            show_desk.form(OUT, [], _("Sign out"), {"language": texts.language()})
        elif st.button(_("Sign out"), key="sign-out"):
            st.logout()


def _say_what_went_wrong() -> None:
    said = state.value("said")
    name, _separator, seconds = said.partition("-")
    errors = {
        "wrong": lambda: _("The password is wrong."),
        "code": lambda: _(
            "This code is not valid: `caselib serve` shows a new one when it starts."
        ),
        "short": lambda: _("Choose a password of at least {least} letters.").format(
            least=accounts.SHORTEST_PASSWORD
        ),
        "set": lambda: _("The password was set already: sign in with it."),
        _WAIT: lambda: _(
            "There were too many tries: wait {seconds} seconds, then try again."
        ).format(seconds=seconds if seconds.isdecimal() else "…"),
    }
    if name in errors:
        st.error(show.label(errors[name]()))


# -- the server's side ----------------------------------------------------------------------


async def sign_in(request: Request) -> Response:
    """Take a password and answer with a session, or with what went wrong."""
    return await _begin(request, first=False)


async def set_first_password(request: Request) -> Response:
    """Take the one-time code and the first password."""
    return await _begin(request, first=True)


async def sign_out(request: Request) -> Response:
    """End the session."""
    form = await _form(request)
    if form is None:
        return _refused()
    token = request.cookies.get(desk_access.COOKIE, "")
    if token and (desk := desk_access.desk()) is not None:
        await run_in_threadpool(accounts.sign_out, desk.database, token)
    response = _back_to("/", form)
    response.delete_cookie(desk_access.COOKIE, path="/", httponly=True, samesite="strict")
    return response


ROUTES: Final = (
    Route(IN, sign_in, methods=["POST"]),
    Route(FIRST, set_first_password, methods=["POST"]),
    Route(OUT, sign_out, methods=["POST"]),
)


async def _begin(request: Request, first: bool) -> Response:
    form = await _form(request)
    # With a provider the local password is of no use, whoever knows it.
    if form is None or desk_access.has_provider():
        return _refused()
    address = request.client.host if request.client else ""
    try:
        token = await run_in_threadpool(
            _session, form.get("code", ""), form.get("password", ""), address, first
        )
    except NotSignedIn as error:
        return _back_to("/desk", form, said=_name_of(error))
    except CaselibError:
        return _refused()
    response = _back_to("/desk", form)
    response.set_cookie(
        desk_access.COOKIE,
        token,
        max_age=accounts.SESSION_SECONDS,
        path="/",
        httponly=True,
        samesite="strict",
        secure=_is_secure(request),
    )
    return response


def _session(code: str, password: str, address: str, first: bool) -> str:
    desk = desk_access.desk()
    if desk is None:
        raise NotSignedIn("")
    if first:
        return accounts.set_first_password(desk.database, code, password, address)
    return accounts.sign_in(desk.database, password, address)


def _name_of(error: NotSignedIn) -> str:
    """The short name by which the page says in the reader's language what went wrong."""
    if "seconds" in error.values:
        return f"{_WAIT}-{error.values['seconds']}"
    if "least" in error.values:
        return "short"
    if "code" in error.template:
        return "code"
    return "set" if "already" in error.template else "wrong"


async def _form(request: Request) -> dict[str, str] | None:
    """The fields of a form that one of our own pages sent; None for anything else.

    A browser states where a form comes from (Fetch Standard, 3.1): another site's is refused.
    """
    origin = urlsplit(request.headers.get("origin", ""))
    if origin.netloc != request.headers.get("host") or not origin.netloc:
        return None
    content = b""
    async for piece in request.stream():
        content += piece
        if len(content) > _MOST_BYTES:
            return None
    fields = parse_qs(content.decode("utf-8", "replace"), keep_blank_values=True)
    return {name: values[0] for name, values in fields.items()}


def _back_to(path: str, form: dict[str, str], **params: str) -> RedirectResponse:
    language = form.get("language", "")
    stated = {"lang": language if language in texts.LANGUAGES else "", **params}
    query = urlencode({name: value for name, value in stated.items() if value})
    return RedirectResponse(f"{path}?{query}" if query else path, status_code=303)


def _refused() -> Response:
    return PlainTextResponse("Not allowed", status_code=403)


def _is_secure(request: Request) -> bool:
    forwarded = request.headers.get("x-forwarded-proto", "")
    return request.url.scheme == "https" or forwarded.split(",")[0].strip() == "https"
