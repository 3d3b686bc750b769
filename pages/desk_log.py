"""The desk's log, and the catalogue for other programs."""

from __future__ import annotations

import functools
from typing import Any

import streamlit as st

from desk import export, log
from desk.log import Line
from desk.people import Person
from desk.stores import Desk
from pages import names, show, show_desk, state
from pages.texts import _

PER_PAGE = 50


def draw(desk: Desk, person: Person) -> None:
    """Draw the log, the newest lines first."""
    show.note(_("Every act is written down here; no line can be changed or deleted."))
    before = state.whole_number("before")
    lines = log.lines(desk.database, person, limit=PER_PAGE, before=before)
    if not lines:
        st.info(_("Nothing is here."))
        return
    table(lines, with_title=True)
    with st.container(horizontal=True, key="turn-log"):
        if before:
            st.button(
                _("The newest"),
                key="newest",
                on_click=state.change,
                kwargs={"before": ""},
            )
        if lines[-1].number > 1:
            st.button(
                _("Older ones"),
                key="older",
                on_click=state.change,
                kwargs={"before": str(lines[-1].number)},
            )


def table(lines: list[Line], with_title: bool) -> None:
    """Draw lines of the log as a table."""
    heads = [_("When"), _("Who"), _("What"), *([_("Document")] if with_title else []), _("Details")]
    show_desk.table(
        heads,
        [
            [
                show.escape(names.moment(line.time)),
                show.isolated(line.who),
                show.escape(act_name(line.act)),
                *([show.isolated(line.title)] if with_title else []),
                show.isolated(_details(line.details)),
            ]
            for line in lines
        ],
    )


def act_name(act: str) -> str:
    """An act as the log shows it."""
    known = {
        "deposit": lambda: _("Deposited"),
        "approve": lambda: _("Approved"),
        "publish": lambda: _("Published directly"),
        "reject": lambda: _("Not taken in"),
        "unpublish": lambda: _("Withdrawn"),
        "restore": lambda: _("Restored"),
        "delete": lambda: _("Deleted"),
        "correct": lambda: _("Corrected"),
        "put back": lambda: _("Correction taken back"),
        "link": lambda: _("Linked"),
        "unlink": lambda: _("Link taken back"),
        "password": lambda: _("Password changed"),
        "failed": lambda: _("Failed"),
    }
    return known[act]() if act in known else act


def _details(details: dict[str, Any]) -> str:
    if "field" in details:
        name = field_name(str(details["field"]))
        changed = [_said(details[key]) for key in ("before", "after") if key in details]
        return f"{name}: {' → '.join(changed)}"
    return "; ".join(_said(value) for value in details.values() if value not in ("", None, []))


def _said(value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(map(_said, value)) or "–"
    return "–" if value in ("", None) else str(value)


def field_name(field: str) -> str:
    """A field of a document as pages name it."""
    known = {
        "title": lambda: _("Title"),
        "authors": lambda: _("Authors"),
        "year": lambda: _("Year"),
        "registries": lambda: _("Registry"),
        "regions": lambda: _("Region"),
        "topics": lambda: _("Topics"),
        "kind": lambda: _("Kind"),
        "languages": lambda: _("Language"),
        "summary": lambda: _("Summary"),
    }
    return known[field]() if field in known else field


def draw_export(desk: Desk) -> None:
    """Draw the ways to take the catalogue and its citations away."""
    show.prose(
        _("The whole public catalogue, as it is now. Cells of the table never hold formulas.")
    )
    address = (st.context.url or "").partition("?")[0]
    of_documents = address.rsplit("/", 1)[0] + "/document" if address else ""
    labels = {
        "csv": _("Catalogue as a table (CSV)"),
        "json": _("Catalogue as JSON"),
        "bibtex": _("Citations as BibTeX"),
        "ris": _("Citations as RIS"),
    }
    for format_ in export.FORMATS:
        st.download_button(
            labels[format_],
            data=functools.partial(_content, desk, format_, of_documents),
            file_name=f"catalogue.{export.ENDINGS[format_]}",
            mime=export.MEDIA_TYPES[format_],
            icon=":material/download:",
            on_click="ignore",
            key=f"export-{format_}",
        )


def _content(desk: Desk, format_: str, address: str) -> bytes:
    """A file, made when it is asked for; a table begins with what spreadsheets know UTF-8 by."""
    coding = "utf-8-sig" if format_ == "csv" else "utf-8"
    return export.export(desk, format_, address).encode(coding)
