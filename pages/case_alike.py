"""What is like a case: its editions, similar cases side by side with it, and whom to ask.

To compare a case with the library takes seconds. That is done aside, once for all readers; the
page is there at once, can be used, and fills in what was found.
"""

from __future__ import annotations

from concurrent.futures import Future
from dataclasses import dataclass
from functools import partial
from typing import Final

import streamlit as st

from index.library import Library, Record, StoredPassage
from ingest.errors import CaselibError
from pages import library_access, names, picture, show, state, texts, whom
from pages.aside import Aside
from pages.show import escape
from pages.texts import _
from search.contacts import whom_to_ask
from search.editions import REASONS, Edition, editions
from search.locating import passage_of
from search.similar import Similar, similar

SHOWN: Final = 3
PAIRS: Final = 2
ASKED: Final = 4
_SECONDS_BETWEEN_LOOKS: Final = 2.0
_SECONDS_AT_FIRST: Final = 0.2
_KEPT: Final = 500

_Passages = dict[str, list[StoredPassage]]


@dataclass(frozen=True, slots=True)
class Alike:
    """What a case was found to be like, with the passages that quotations stand in."""

    editions: tuple[Edition, ...]
    similar: tuple[Similar, ...]
    passages: _Passages

    def passage(self, document: str, page: int, sentence: str) -> int:
        """Number of the passage that a quoted sentence stands in, 0 where it is not known."""
        return passage_of(self.passages.get(document, ()), page, sentence)


_aside: Final = Aside[Alike]("alike", _KEPT)


def draw(library: Library, record: Record) -> None:
    """Draw what is known already, or look again until it is."""
    if not record.passages:
        return
    waits = not _is_known(_work(library, record))
    every = _SECONDS_BETWEEN_LOOKS if waits else None
    st.fragment(_draw, run_every=every)(library, record, waits)


def _is_known(work: Future[Alike]) -> bool:
    try:
        work.exception(timeout=_SECONDS_AT_FIRST)
    except TimeoutError:
        return False
    return True


def _work(library: Library, record: Record) -> Future[Alike]:
    key = f"{library.url} {library.version()} {record.document}"
    return _aside.ask(key, partial(_compare, record.document))


def _compare(document: str) -> Alike:
    library, encoder = library_access.searchable_in_background()
    same = editions(library, encoder, document)
    like = similar(library, encoder, document, SHOWN, same=same)
    shown = [document, *(one.record.document for one in like)]
    return Alike(same, like, {name: library.passages_of(name) for name in shown})


def _draw(library: Library, record: Record, waits: bool) -> None:
    # A fragment runs by itself, without the frame that chose the language.
    texts.use(state.chosen_language())
    work = _work(library, record)
    if not work.done():
        show.note(_("Looking for similar cases…"), role="status")
        return
    if waits:
        st.rerun()
    try:
        found = work.result()
    except CaselibError as error:
        show.note(texts.sentence(error))
        return
    _editions(found)
    _similar(record, found)
    near = [record, *(one.record for one in found.similar)]
    if asked := whom_to_ask(library, near, ASKED):
        show.subheading(_("Whom to ask"))
        whom.draw(asked)


def _editions(found: Alike) -> None:
    if not found.editions:
        return
    show.subheading(_("The same document in other files"))
    for number, edition in enumerate(found.editions):
        with st.container(key=f"edition-{number}", gap=None):
            _to(f"to-edition-{number}", names.title(edition.record), edition.record.document)
            show.note(
                _(REASONS[edition.kind]).format(
                    share=names.number(round(100 * edition.score)),
                    language=names.language_name(edition.record.language),
                )
            )


def _similar(record: Record, found: Alike) -> None:
    if not found.similar:
        return
    show.subheading(_("Similar cases"))
    for number, one in enumerate(found.similar):
        with st.container(border=True, key=f"similar-{number}", gap="small"):
            _to(f"to-similar-{number}", names.title(one.record), one.record.document)
            show.facts(
                [
                    *(names.registry_name(code) for code in one.record.registries),
                    str(one.record.year or ""),
                    names.language_name(one.record.language),
                ]
            )
            for place, pair in enumerate(one.because[:PAIRS]):
                key = f"{number}-{place}"
                left, right = st.columns(2, gap="medium")
                with left:
                    here = _("This case, page {number}")
                    _quoted(f"here-{key}", found, record, pair.page, pair.text, here)
                with right:
                    there = _("That case, page {number}")
                    _quoted(
                        f"there-{key}", found, one.record, pair.their_page, pair.their_text, there
                    )


def _quoted(key: str, found: Alike, record: Record, page: int, sentence: str, label: str) -> None:
    """A sentence over the way to the page that it stands on."""
    show.quotation(sentence, record.language)
    passage = found.passage(record.document, page, sentence)
    _to(key, label.format(number=names.number(page)), record.document, page, passage)


def _to(key: str, label: str, document: str, page: int = 0, passage: int = 0) -> None:
    """A way to a case, as a step of the browser's history: Streamlit's own links between two cases
    are none, since both are the same page to it."""
    address = state.link(document=document, page=page, passage=passage)
    picture.draw(key, picture.link("document", address, escape(label)))
