"""Cases or regions side by side, each cell quoted and linked."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from caselib.brief_page import KIND_NAMES
from pages import names, picture, state
from pages.picture import element
from pages.show import Markup, escape, isolated, language_attribute, one_line
from pages.texts import _, n_
from search.answers import Quotation
from search.side_by_side import Column, Known


def draw_columns(columns: Sequence[Column]) -> Markup:
    """A table of two to four columns; on a narrow screen they stand below one another."""
    rows: list[tuple[str, Callable[[Column], Markup]]] = [
        (_("The problem"), lambda column: _quoted(column.problem)),
        (_("What was done"), lambda column: _quoted(column.done)),
        (_("What came of it"), lambda column: _quoted(column.outcome)),
        (_("Size"), lambda column: _each(map(_size, column.sizes))),
        (_("Governance"), lambda column: _each(map(_governance, column.governance))),
    ]
    heads = [element("th", _head(column), scope="col") for column in columns]
    body = [
        element(
            "tr",
            element("th", escape(name), scope="row"),
            *(element("td", cell(column), data_head=_name(column)) for column in columns),
        )
        for name, cell in rows
    ]
    return element(
        "table",
        element("caption", escape(_("Side by side")), class_="hidden"),
        element("thead", element("tr", element("td"), *heads)),
        element("tbody", *body),
        class_="columns",
    )


def _name(column: Column) -> str:
    return names.title(column.record) if column.record else names.region_name(column.region)


def _head(column: Column) -> Markup:
    if column.record is None:
        cases = n_("{count} case", "{count} cases", column.documents)
        return picture.joined(
            escape(names.region_name(column.region)),
            element("span", escape(cases), class_="cited"),
        )
    return picture.joined(
        picture.link(
            "document",
            state.link(document=column.record.document),
            isolated(names.title(column.record)),
        ),
        element(
            "span",
            escape(names.listed([names.registry_name(c) for c in column.record.registries[:2]])),
            class_="cited",
        ),
    )


def _each(parts: Iterable[Markup]) -> Markup:
    found = list(parts)
    return picture.joined(*found) if found else _silent()


def _silent() -> Markup:
    return element("span", escape(_("The library does not say.")), class_="silent")


def _quoted(quotations: Sequence[Quotation]) -> Markup:
    return _each(quotation(one) for one in quotations)


def quotation(one: Quotation) -> Markup:
    """A sentence with its source, a link to its page."""
    language = one.passage.language or one.record.language
    said = language_attribute(one.text, language).partition('"')[2].rstrip('"')
    return element(
        "blockquote",
        element("p", escape(one_line(one.text)), lang=said, dir="auto"),
        picture.link(
            "document",
            state.link(
                document=one.record.document,
                page=one.passage.page,
                passage=one.passage.passage,
            ),
            escape(_cited(one)),
            class_="cited",
        ),
    )


def _cited(one: Quotation) -> str:
    page = _("page {number}").format(number=names.number(one.passage.page))
    codes = [names.registry_name(code) for code in one.record.registries[:1]]
    return " · ".join([*codes, page, names.language_name(one.passage.language)])


def _size(known: Known) -> Markup:
    count = n_("about {count} name", "about {count} names", known.names or 0)
    said = f"\u200e.{known.registry}\u200e: {count}"
    if known.quotation is not None:
        return element("div", element("p", escape(said)), quotation(known.quotation))
    return _by_its_case(said, known)


def _governance(known: Known) -> Markup:
    return _by_its_case(f"\u200e.{known.registry}\u200e: {_(KIND_NAMES[known.governance])}", known)


def _by_its_case(said: str, known: Known) -> Markup:
    return element(
        "p",
        escape(said),
        picture.link(
            "document",
            state.link(document=known.record.document),
            isolated(names.title(known.record)),
            class_="cited",
        ),
    )
