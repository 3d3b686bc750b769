"""Roles come from what the provider has verified, and from nothing else."""

from __future__ import annotations

from typing import Any

import pytest

from desk.errors import NotPossible
from desk.people import Role
from desk.roles import not_signed_in, signed_in_with
from desk.settings import Settings, settings

SETTINGS = Settings(
    librarians=("ada@registry.example", "@library.example", "groups=case-librarians"),
    depositors=("@registry.example",),
)


def _claims(email: str, verified: Any = True, **more: Any) -> dict[str, Any]:
    return {"sub": "248289761001", "email": email, "email_verified": verified, **more}


@pytest.mark.parametrize(
    ("claims", "role"),
    [
        (_claims("ada@registry.example"), Role.LIBRARIAN),
        (_claims("ADA@Registry.Example"), Role.LIBRARIAN),
        (_claims("ada@registry.example", "true"), Role.LIBRARIAN),
        (_claims("eve@library.example"), Role.LIBRARIAN),
        (_claims("eve@evil.example", groups=["x", "case-librarians"]), Role.LIBRARIAN),
        (_claims("eve@evil.example", groups="case-librarians"), Role.LIBRARIAN),
        (_claims("bob@registry.example"), Role.DEPOSITOR),
        (_claims("ada@registry.example", False), Role.READER),
        (_claims("ada@registry.example", None), Role.READER),
        (_claims("ada@registry.example", "false"), Role.READER),
        (_claims("ada@registry.example", 1.5), Role.READER),
        ({"sub": "1", "email": "ada@registry.example"}, Role.READER),
        ({"sub": "ada@registry.example"}, Role.READER),
        ({"sub": "1", "name": "ada@registry.example", "email_verified": True}, Role.READER),
        (_claims("eve@evil.example", groups=["case-librarians-emeriti"]), Role.READER),
        (_claims("eve@evil.example", groups={"case-librarians": True}), Role.READER),
        (_claims("eve@library.example.evil.example"), Role.READER),
        (_claims("eve@notlibrary.example"), Role.READER),
        (_claims("ada@registry.example@evil.example"), Role.READER),
        (_claims("groups=case-librarians"), Role.READER),
        (_claims(""), Role.READER),
        ({}, Role.READER),
    ],
)
def test_a_role_is_given_by_a_verified_address_or_a_claim(
    claims: dict[str, Any], role: Role
) -> None:
    assert signed_in_with(claims, SETTINGS).role == role


def test_the_account_is_named_by_the_verified_address() -> None:
    assert signed_in_with(_claims("Ada@Registry.example"), SETTINGS).name == "ada@registry.example"
    assert signed_in_with(_claims("ada@registry.example", False), SETTINGS).name == "248289761001"


def test_everybody_who_signed_in_deposits_where_nobody_is_named() -> None:
    assert signed_in_with(_claims("eve@evil.example"), Settings()).role == Role.DEPOSITOR
    assert signed_in_with({}, Settings()).role == Role.READER


def test_who_is_not_signed_in_deposits_where_it_is_open() -> None:
    assert not_signed_in(Settings(), has_provider=False).may_deposit
    assert not not_signed_in(Settings(), has_provider=True).may_deposit
    assert not_signed_in(Settings(deposit="open"), has_provider=True).may_deposit
    assert not not_signed_in(Settings(deposit="sign-in"), has_provider=False).may_deposit
    assert not not_signed_in(Settings(deposit="open"), has_provider=False).is_librarian


def test_settings_are_read_from_the_environment() -> None:
    assert settings({}) == Settings()
    assert settings(
        {
            "CASELIB_DEPOSIT": "sign-in",
            "CASELIB_PUBLISH": "direct",
            "CASELIB_LIBRARIANS": "a@b.example; @c.example, ",
            "CASELIB_DEPOSITORS": "groups=x",
        }
    ) == Settings("sign-in", True, ("a@b.example", "@c.example"), ("groups=x",))


@pytest.mark.parametrize("name", ["CASELIB_DEPOSIT", "CASELIB_PUBLISH"])
def test_a_setting_that_means_nothing_opens_nothing(name: str) -> None:
    with pytest.raises(NotPossible, match=name):
        settings({name: "opne"})
