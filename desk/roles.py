"""Roles of who signed in with an identity provider (OpenID Connect), by configuration.

An e-mail address counts only where the provider says that it verified it (`email_verified`,
OpenID Connect Core 1.0, 5.1); other claims count as they are stated.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from desk.people import Person, Role
from desk.settings import Settings


def signed_in_with(claims: Mapping[str, Any], settings: Settings) -> Person:
    """The person of whom a provider states these claims, the identity token's.

    With no depositors named, everybody whom the provider lets in may deposit.
    """
    name = verified_email(claims) or str(claims.get("sub") or "")
    if not name:
        return Person("", Role.READER)
    if _is_among(claims, settings.librarians):
        return Person(name, Role.LIBRARIAN)
    deposits = (
        settings.deposit == "open"
        or not settings.depositors
        or _is_among(claims, settings.depositors)
    )
    return Person(name, Role.DEPOSITOR if deposits else Role.READER)


def not_signed_in(settings: Settings, has_provider: bool) -> Person:
    """Somebody without an account.

    Where it is not said who may deposit, everybody may as long as there is no provider to sign in
    with.
    """
    is_open = settings.deposit == "open" or (not settings.deposit and not has_provider)
    return Person("", Role.DEPOSITOR if is_open else Role.READER)


def verified_email(claims: Mapping[str, Any]) -> str:
    """The e-mail address that the provider verified, in lower case; `` where there is none."""
    # Some providers write the boolean as a string.
    if claims.get("email_verified") not in (True, "true"):
        return ""
    email = claims.get("email")
    return email.strip().casefold() if isinstance(email, str) else ""


def _is_among(claims: Mapping[str, Any], named: tuple[str, ...]) -> bool:
    email = verified_email(claims)
    for one in named:
        claim, separator, value = one.partition("=")
        if separator:
            stated = claims.get(claim.strip())
            values = stated if isinstance(stated, list | tuple) else [stated]
            if value.strip() in [item for item in values if isinstance(item, str)]:
                return True
        elif one.startswith("@"):
            if email.endswith(one.casefold()):
                return True
        elif email and email == one.casefold():
            return True
    return False
