"""In which passage a quoted sentence stands, so that a quotation leads to its place."""

from __future__ import annotations

from collections.abc import Iterable

from index.library import StoredPassage


def passage_of(passages: Iterable[StoredPassage], page: int, sentence: str) -> int:
    """The number of the passage on a page that holds a sentence, 0 where none does.

    Parameters
    ----------
    passages : of one document.
    sentence : as it stands there, but for white space.
    """
    wanted = " ".join(sentence.split())
    for passage in passages:
        if passage.page == page and wanted in " ".join(passage.text.split()):
            return passage.passage
    return 0
