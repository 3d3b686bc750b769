"""How an installation is run, from its environment."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal

from desk.errors import NotPossible
from ingest.errors import N_

Depositing = Literal["open", "sign-in"]

_VARIABLES: Final = {
    "deposit": "CASELIB_DEPOSIT",
    "publish": "CASELIB_PUBLISH",
    "librarians": "CASELIB_LIBRARIANS",
    "depositors": "CASELIB_DEPOSITORS",
}


@dataclass(frozen=True, slots=True)
class Settings:
    """What the environment says.

    Attributes
    ----------
    deposit : whether everybody may deposit or only who is signed in; `` where it is not said.
    direct : deposits are published without a librarian.
    librarians, depositors : who has these roles: e-mail addresses, `@domain`, or `claim=value`.
    """

    deposit: Depositing | Literal[""] = ""
    direct: bool = False
    librarians: tuple[str, ...] = ()
    depositors: tuple[str, ...] = ()


def settings(environment: Mapping[str, str] | None = None) -> Settings:
    """Read the environment.

    Raises
    ------
    NotPossible : a variable has a value that means nothing; what is unclear opens nothing.
    """
    stated = os.environ if environment is None else environment
    deposit = _one_of(stated, "deposit", ("", "open", "sign-in"))
    return Settings(
        deposit="open" if deposit == "open" else "sign-in" if deposit else "",
        direct=_one_of(stated, "publish", ("", "review", "direct")) == "direct",
        librarians=_listed(stated, "librarians"),
        depositors=_listed(stated, "depositors"),
    )


def _one_of(stated: Mapping[str, str], name: str, known: tuple[str, ...]) -> str:
    variable = _VARIABLES[name]
    value = stated.get(variable, "").strip().lower()
    if value not in known:
        raise NotPossible(
            N_("{variable} cannot be {value}: use one of {known}."),
            variable=variable,
            value=f"“{value}”",
            known=", ".join(filter(None, known)),
        )
    return value


def _listed(stated: Mapping[str, str], name: str) -> tuple[str, ...]:
    items = stated.get(_VARIABLES[name], "").replace(";", ",").split(",")
    return tuple(item.strip() for item in items if item.strip())
