"""A registry like mine: what the reader's is like, and the cases of registries alike."""

from __future__ import annotations

from pages import library_access, mine, names, picture, show, state
from pages.picture import element
from pages.show import escape, isolated
from pages.texts import _

LISTED = 20


def draw() -> None:
    """Ask, then list the cases of registries alike, those alike in most first."""
    show.lead(
        _(
            "Say once what your registry is like: cases of similar registries then come first, "
            "here and in briefings, and each says what they have in common with yours."
        )
    )
    mine.draw()
    if not mine.profile():
        return
    records = [record for record in library_access.records() if record.passages]
    found = [
        (records[place], reasons)
        for place, reasons in mine.in_order([(record, 1.0) for record in records])
        if reasons
    ]
    show.subheading(_("Cases of registries like yours"))
    if not found:
        show.note(_("No case is about a registry like that."))
        return
    picture.draw(
        "alike",
        element(
            "ul",
            *(
                element(
                    "li",
                    picture.link(
                        "document",
                        state.link(document=record.document),
                        isolated(names.title(record)),
                    ),
                    element("span", escape(mine.sentences(reasons)), class_="cited"),
                )
                for record, reasons in found[:LISTED]
            ),
            class_="gaps",
        ),
    )
