"""The states of a deposit as marks, for who deposited it and for librarians."""

from __future__ import annotations

from pages.texts import _


def name(state: str) -> str:
    """A state as a mark."""
    return {
        "draft": lambda: _("Not sent yet"),
        "waiting": lambda: _("Waiting for a librarian"),
        "published": lambda: _("In the library"),
        "rejected": lambda: _("Not taken in"),
        "withdrawn": lambda: _("Withdrawn"),
        "deleted": lambda: _("Deleted"),
    }[state]()
