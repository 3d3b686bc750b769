"""The local administrator: a password where no identity provider is set up, and sessions.

The password is hashed with Argon2id (RFC 9106) by argon2-cffi. It is set with a one-time code that
only who runs the server sees, or by `caselib password`. Tries are counted in the database, before
they are judged, so that neither a restart nor many tries at once make more of them.
"""

from __future__ import annotations

import hashlib
import hmac
import math
import secrets
import time
from typing import Final

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerifyMismatchError

from desk import log
from desk.database import Database
from desk.errors import NotSignedIn
from desk.people import Person, Role
from ingest.errors import N_

ADMINISTRATOR: Final = "administrator"
SHORTEST_PASSWORD: Final = 12
LONGEST_PASSWORD: Final = 1000
SESSION_SECONDS: Final = 30 * 24 * 3600
IDLE_SECONDS: Final = 7 * 24 * 3600

_FREE_TRIES: Final = 3
"""Wrong tries from one address before the next has to wait, twice as long each time."""
_FIRST_WAIT: Final = 4.0
_LONGEST_WAIT: Final = 900.0
_REMEMBERED_SECONDS: Final = 24 * 3600
_MOST_AN_HOUR: Final = 100
"""Wrong tries from all addresses together, after which everybody waits."""

_hasher: Final = PasswordHasher()


def has_password(database: Database) -> bool:
    """Whether the administrator's password was set."""
    return bool(_secret(database, "password"))


def make_first_code(database: Database) -> str:
    """A code, valid until the next one is made, with which the first password can be set.

    `` where there is a password already.
    """
    if has_password(database):
        return ""
    code = "-".join(secrets.token_hex(3) for _ in range(4))
    with database.writing() as connection:
        connection.execute("INSERT OR REPLACE INTO secrets VALUES ('code', ?)", (_digest(code),))
    return code


def has_first_code(database: Database) -> bool:
    """Whether a code was made that the first password can be set with."""
    return bool(_secret(database, "code")) and not has_password(database)


def set_first_password(
    database: Database, code: str, password: str, address: str = "", at: float | None = None
) -> str:
    """Set the administrator's password with the one-time code; gives the token of a session.

    Parameters
    ----------
    address : where the try comes from.
    at : the time in seconds, for tests.

    Raises
    ------
    NotSignedIn : the code is wrong or used, the password too short, or one has to wait.
    """
    _check_length(password)
    _count_try(database, address, at)
    kept = _secret(database, "code")
    if has_password(database) or not kept or not hmac.compare_digest(kept, _digest(code.strip())):
        raise NotSignedIn(
            N_("This code is not valid: `caselib serve` shows a new one when it starts.")
        )
    _set(database, password, only_first=True)
    _forget_tries(database, address)
    return _begin_session(database, at)


def set_password(database: Database, password: str, who: str) -> None:
    """Set the administrator's password from the command line; ends all sessions and waits.

    Raises
    ------
    NotSignedIn : it is too short.
    """
    _check_length(password)
    _set(database, password)
    with database.writing() as connection:
        connection.execute("DELETE FROM sessions")
        connection.execute("DELETE FROM tries")
    log.write(database, who, "password")


def sign_in(database: Database, password: str, address: str = "", at: float | None = None) -> str:
    """Sign the administrator in; gives the token of a session. Errors as for the first password."""
    _count_try(database, address, at)
    kept = _secret(database, "password")
    try:
        if not kept or len(password) > LONGEST_PASSWORD:
            raise VerifyMismatchError
        _hasher.verify(kept, password)
    except (VerifyMismatchError, InvalidHashError) as error:
        raise NotSignedIn(N_("The password is wrong.")) from error
    if _hasher.check_needs_rehash(kept):
        _set(database, password)
    _forget_tries(database, address)
    return _begin_session(database, at)


def person_of(database: Database, token: str, at: float | None = None) -> Person | None:
    """Who a session's token belongs to; None where it is unknown, old, or signed out."""
    if not token:
        return None
    now = int(_now(at))
    digest = _digest(token)
    with database.reading() as connection:
        found = connection.execute(
            "SELECT account, began, used FROM sessions WHERE session = ?", (digest,)
        ).fetchone()
    if found is None:
        return None
    account, began, used = found
    if now - began > SESSION_SECONDS or now - used > IDLE_SECONDS:
        sign_out(database, token)
        return None
    if now - used > 3600:
        with database.writing() as connection:
            connection.execute("UPDATE sessions SET used = ? WHERE session = ?", (now, digest))
    return Person(account, Role.LIBRARIAN)


def sign_out(database: Database, token: str) -> None:
    """End a session, wherever its token is still known."""
    with database.writing() as connection:
        connection.execute("DELETE FROM sessions WHERE session = ?", (_digest(token),))


def _begin_session(database: Database, at: float | None) -> str:
    token = secrets.token_urlsafe(32)
    now = int(_now(at))
    with database.writing() as connection:
        connection.execute("DELETE FROM sessions WHERE began < ?", (now - SESSION_SECONDS,))
        connection.execute(
            "INSERT INTO sessions VALUES (?, ?, ?, ?)", (_digest(token), ADMINISTRATOR, now, now)
        )
    return token


def _count_try(database: Database, address: str, at: float | None) -> None:
    """Count a try as a wrong one until it is known to be right.

    Raises
    ------
    NotSignedIn : it comes too early.
    """
    now = _now(at)
    with database.writing() as connection:
        connection.execute("DELETE FROM tries WHERE time < ?", (now - _REMEMBERED_SECONDS,))
        count, last = connection.execute(
            "SELECT count(*), max(time) FROM tries WHERE address = ?", (address,)
        ).fetchone()
        (of_all,) = connection.execute(
            "SELECT count(*) FROM tries WHERE time > ?", (now - 3600,)
        ).fetchone()
        left = 0.0
        if count >= _FREE_TRIES:
            doubled = _FIRST_WAIT * 2.0 ** min(count - _FREE_TRIES, 20)
            left = last + min(doubled, _LONGEST_WAIT) - now
        if of_all >= _MOST_AN_HOUR:
            left = max(left, _LONGEST_WAIT)
        if left <= 0:
            connection.execute("INSERT INTO tries VALUES (?, ?)", (now, address))
    if left > 0:
        raise NotSignedIn(
            N_("There were too many tries: wait {seconds} seconds, then try again."),
            seconds=math.ceil(left),
        )


def _forget_tries(database: Database, address: str) -> None:
    with database.writing() as connection:
        connection.execute("DELETE FROM tries WHERE address = ?", (address,))


def _check_length(password: str) -> None:
    if not SHORTEST_PASSWORD <= len(password) <= LONGEST_PASSWORD:
        raise NotSignedIn(
            N_("Choose a password of at least {least} letters."), least=SHORTEST_PASSWORD
        )


def _set(database: Database, password: str, only_first: bool = False) -> None:
    hashed = _hasher.hash(password)
    with database.writing() as connection:
        if (
            only_first
            and connection.execute("SELECT 1 FROM secrets WHERE name = 'password'").fetchone()
        ):
            raise NotSignedIn(N_("The password was set already: sign in with it."))
        connection.execute("INSERT OR REPLACE INTO secrets VALUES ('password', ?)", (hashed,))
        connection.execute("DELETE FROM secrets WHERE name = 'code'")


def _secret(database: Database, name: str) -> str:
    with database.reading() as connection:
        found = connection.execute("SELECT value FROM secrets WHERE name = ?", (name,)).fetchone()
    return str(found[0]) if found else ""


def _digest(token: str) -> str:
    """What is kept of a token or code: they are random and long, so a plain digest will do."""
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()


def _now(at: float | None) -> float:
    return time.time() if at is None else at
