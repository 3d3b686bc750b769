"""An answer that a language model wrote, above the quoted one, where a model is set."""

from __future__ import annotations

import threading
from collections import OrderedDict
from typing import Final

import streamlit as st

from index.encoding import Encoder
from index.library import Library
from pages import names, show, state, texts
from pages.texts import _, n_
from search.answers import Answer
from search.endpoint import BUSY, Endpoint, configured
from search.find import Results
from search.writing import WrittenAnswer, sources_for, write

AT_ONCE: Final = 4
"""Questions that the model is asked at once; more are told that it is busy."""
KEPT: Final = 200
"""Answers that are kept, so that a click on the page does not ask the model again."""

_Key = tuple[Endpoint, str, str, tuple[int, ...]]
_turns = threading.BoundedSemaphore(AT_ONCE)
_kept: OrderedDict[_Key, WrittenAnswer] = OrderedDict()
_lock = threading.Lock()


def draw(library: Library, encoder: Encoder, results: Results, given: Answer) -> None:
    """Draw the answer as it is written; nothing where no model is set or nothing comes near."""
    endpoint = configured()
    if endpoint is None or results.question is None:
        return
    sources = sources_for(library, given, results.evidence)
    if not sources:
        return
    show.subheading(_("Written by a language model"))
    numbers = tuple(source.passage.passage for source in sources)
    key = (endpoint, results.query, texts.language(), numbers)
    place = st.empty()
    answer = _found(key)
    if answer is None:
        if not _turns.acquire(blocking=False):
            show.note(_(BUSY))
            return
        try:
            with st.spinner(_("The language model is writing…")):
                language = texts.language()
                for grown in write(endpoint, library, encoder, results.question, sources, language):
                    answer = grown
                    with place.container():
                        _sentences(grown)
        finally:
            _turns.release()
        if answer is not None and not answer.note:
            _keep(key, answer)
    if answer is not None:
        with place.container():
            _whole(answer)


def _sentences(answer: WrittenAnswer) -> None:
    if answer.kept:
        show.written([(one.text, one.citations) for one in answer.kept], answer.language)


def _whole(answer: WrittenAnswer) -> None:
    """The sentences with their sources, and what was left out."""
    _sentences(answer)
    for number in answer.cited:
        source = answer.sources[number - 1]
        parts = [
            names.title(source.record),
            *(names.registry_name(code) for code in source.record.registries[:2]),
            _("page {number}").format(number=names.number(source.passage.page)),
            names.language_name(source.passage.language),
        ]
        st.page_link(
            "pages/document.py",
            label=show.label(f"[{number}] " + " · ".join(parts)),
            query_params=state.link(
                search=True,
                document=source.record.document,
                page=source.passage.page,
                passage=source.passage.passage,
            ),
        )
    if answer.kept:
        show.note(
            _(
                "Written by {model} from these passages; each sentence was compared with its "
                "sources. It can still be wrong: read them."
            ).format(model=show.clean(answer.model))
        )
    elif not answer.sentences and not answer.note:
        show.note(_("The language model finds no answer in what comes nearest."), role="status")
    if left_out := len(answer.sentences) - len(answer.kept):
        show.note(
            n_(
                "{count} sentence was left out: its sources do not bear it out.",
                "{count} sentences were left out: their sources do not bear them out.",
                left_out,
            )
        )
    if answer.note:
        show.note(_(answer.note), role="status")


def _found(key: _Key) -> WrittenAnswer | None:
    with _lock:
        if key in _kept:
            _kept.move_to_end(key)
        return _kept.get(key)


def _keep(key: _Key, answer: WrittenAnswer) -> None:
    with _lock:
        _kept[key] = answer
        if len(_kept) > KEPT:
            _kept.popitem(last=False)
