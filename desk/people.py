"""Who acts. Every function of the desk that acts is told, and refuses who may not."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

from desk.errors import NotAllowed
from ingest.errors import N_


class Role(IntEnum):
    """What somebody may do; a higher one may all that a lower one may."""

    READER = 0
    DEPOSITOR = 1
    LIBRARIAN = 2


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who acts.

    Attributes
    ----------
    name : of the account, as the log holds it; `` where nobody is signed in.
    """

    name: str
    role: Role

    @property
    def is_librarian(self) -> bool:
        """Whether the desk is open to them."""
        return self.role >= Role.LIBRARIAN

    @property
    def may_deposit(self) -> bool:
        """Whether they may deposit."""
        return self.role >= Role.DEPOSITOR


STRANGER = Person("", Role.READER)


def require(person: Person, role: Role) -> None:
    """Let pass who has a role.

    Raises
    ------
    NotAllowed : they have not.
    """
    if person.role >= role:
        return
    if role == Role.LIBRARIAN:
        raise NotAllowed(N_("Only librarians may do this: sign in as one."))
    raise NotAllowed(N_("Depositing needs an account here: sign in first."))
