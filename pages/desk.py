"""The librarian's desk: what waits, what was decided, and the log."""

from __future__ import annotations

from pages import desk_access, show, signing_in
from pages.texts import _


def draw() -> None:
    """Draw the page."""
    person = desk_access.who()
    desk = desk_access.desk()
    if not person.is_librarian or desk is None:
        signing_in.draw()
        return
    show.heading(_("The librarian’s desk"))
    signing_in.draw_sign_out(person)


draw()
