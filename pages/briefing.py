"""A briefing on a topic, to read, print and take along; and whom to ask about it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

import streamlit as st

from caselib import brief_page, brief_pdf, briefs
from index.correcting import REGIONS
from index.library import Record
from index.topics import topics
from pages import columns, kept, mine, names, picture, show, state
from pages.picture import element
from pages.show import Markup, escape, isolated, one_line
from pages.texts import _, catalogue, language, sentence
from search.briefings import Briefing
from search.contacts import Asked


def draw() -> None:
    """Draw the choice of topic and region, then the briefing."""
    chosen = _choice()
    if chosen is None:
        return
    made = kept.briefing(*chosen, mine.profile())
    page = brief_page.Page(made, catalogue(language()).gettext)
    with st.container(key="briefing"):
        show.subheading(one_line(page.title))
        show.note(page.lead)
        if not made.documents:
            return
        _downloads(made)
        if mine.profile():
            show.note(_("Cases of registries like yours come first."))
        picture.draw("briefing-text", _whole(made, page))


def draw_whom() -> None:
    """Draw the choice of topic and region, then the registries to ask."""
    chosen = _choice()
    if chosen is None:
        return
    asked = kept.whom(*chosen)
    if not asked:
        show.note(_("No registry has written on it yet."))
        return
    show.note(
        _(
            "The registries that the most relevant cases are about. A contact is shown only where "
            "a case gives one."
        )
    )
    picture.draw("whom", _whom(asked))


def _choice() -> tuple[str, str] | None:
    """The topic and the region that are chosen; None without a topic."""
    state.follow_one("topic", list(topics()))
    state.follow_one("region", REGIONS)
    first, second = st.columns(2)
    with first:
        _select("topic", _("Topic"), list(topics()), _("Choose a topic"))
    with second:
        _select("region", _("Region"), list(REGIONS), _("All regions"))
    topic = st.session_state["topic"]
    if topic:
        return topic, st.session_state["region"] or ""
    rows = [
        element(
            "li",
            picture.link(
                "start",
                state.link(part=state.value("part"), topic=code),
                element("b", escape(names.topic_name(code))),
                element("span", escape(entry.descriptions[language()]), class_="cited"),
            ),
        )
        for code, entry in topics().items()
    ]
    picture.draw("topics-to-choose", element("ul", *rows, class_="gaps"))
    return None


def _select(key: str, label: str, options: Sequence[str], placeholder: str) -> None:
    st.selectbox(
        label,
        options,
        format_func=names.topic_name if key == "topic" else names.region_name,
        key=key,
        index=None,
        placeholder=placeholder,
        filter_mode=None,
        on_change=state.keep,
        args=(key,),
    )


def _downloads(made: Briefing) -> None:
    translate = catalogue(language()).gettext
    stem = f"{made.topic}-{made.region}" if made.region else made.topic
    with st.container(horizontal=True, gap="small", key="take"):
        missing = _why_no_pdf()
        if missing is None:
            st.download_button(
                _("As PDF, one page"),
                data=lambda: brief_pdf.as_pdf(made, translate),
                file_name=f"{stem}.pdf",
                mime="application/pdf",
                icon=":material/print:",
                on_click="ignore",
                key="as-pdf",
            )
        st.download_button(
            _("As Markdown"),
            data=lambda: briefs.as_markdown(made, translate),
            file_name=f"{stem}.md",
            mime="text/markdown",
            icon=":material/download:",
            on_click="ignore",
            key="as-markdown",
        )
    if missing is not None:
        show.note(sentence(missing))


@cache
def _why_no_pdf() -> brief_pdf.PDFUnavailable | None:
    """Why this server cannot set a PDF in all our scripts; None where it can."""
    try:
        brief_pdf.check_available()
    except brief_pdf.PDFUnavailable as error:
        return error
    return None


def _whole(made: Briefing, page: brief_page.Page) -> Markup:
    """The sections that quote, then where to start, whom to ask, and the sources."""
    parts = [
        _section(section.heading, [_line(line) for line in section.lines])
        for section in page.sections()
        if any(line.quotations for line in section.lines)
    ]
    start = [_source(one, made, page) for one in made.start]
    if start:
        parts.append(_section(_("Where to start reading"), start))
    if made.whom:
        parts.append(element("section", _heading(_("Whom to ask")), _whom(made.whom)))
    sources = [
        element("li", _source(one, made, page, alike=False), value=page.number_of(one))
        for one in made.sources
    ]
    parts.append(
        element("section", _heading(_("Sources")), element("ol", *sources, class_="sources"))
    )
    return element("div", *parts, class_="briefing")


def _heading(said: str) -> Markup:
    return element("h3", escape(said))


def _section(heading: str, lines: Sequence[Markup]) -> Markup:
    return element("section", _heading(heading), *lines)


def _line(line: brief_page.Line) -> Markup:
    parts = [element("p", escape(line.label), class_="where")] if line.label else []
    parts += [columns.quotation(quotation) for quotation, _cited in line.quotations]
    if line.remark:
        parts.append(element("p", escape(one_line(line.remark)), class_="cited"))
    return element("div", *parts)


def _source(record: Record, made: Briefing, page: brief_page.Page, alike: bool = True) -> Markup:
    period = made.periods.get(record.document)
    facts = [
        *(names.registry_name(code) for code in record.registries[:2]),
        *([names.years(*period)] if period else []),
        names.language_name(record.language),
        *([page.sentence(one) for one in made.alike.get(record.document, ())] if alike else []),
    ]
    return element(
        "div",
        picture.link(
            "document", state.link(document=record.document), isolated(names.title(record))
        ),
        element("span", escape(names.listed(facts)), class_="cited"),
    )


def _whom(asked: Sequence[Asked]) -> Markup:
    return element("ul", *(element("li", *_asked(one)) for one in asked), class_="gaps")


def _asked(one: Asked) -> list[Markup]:
    said = names.registry_name(one.registry)
    spoken = names.listed([names.language_name(code) for code in one.languages])
    parts = [
        element("b", escape(said)),
        *([escape(" · "), isolated(one.organisation)] if one.organisation else []),
        element("span", escape(_("Cases in {languages}").format(languages=spoken)), class_="cited"),
        *(
            element(
                "div",
                picture.link(
                    "document", state.link(document=record.document), isolated(names.title(record))
                ),
            )
            for record in one.documents[:3]
        ),
    ]
    for contact in one.contacts:
        parts.append(
            element(
                "div",
                escape(_("Contact given there:") + " "),
                picture.link(
                    "document",
                    state.link(
                        document=contact.passage.document,
                        page=contact.passage.page,
                        passage=contact.passage.passage,
                    ),
                    isolated(contact.address),
                ),
            )
        )
    return parts
