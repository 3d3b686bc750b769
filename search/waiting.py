"""Documents whose pages wait for OCR have no passages: what can be found of them is the title."""

from __future__ import annotations

from index.library import Filters, Library, Record
from index.tokens import words
from ingest.languages import is_function_word

ENOUGH = 0.5
"""Share of the question's words, or of the title's, that the other must have."""


def waiting_titled(
    library: Library, query: str, filters: Filters = Filters(), limit: int = 10
) -> tuple[Record, ...]:
    """Documents without text yet whose title or file name has words of a question, best first."""
    asked = _words(query)
    if not asked:
        return ()
    found: list[tuple[float, Record]] = []
    for record in library.needing_ocr(filters):
        titled = _words(f"{record.title} {record.filename.rpartition('.')[0]}")
        common = len(asked & titled)
        likeness = max(common / len(asked), common / max(len(titled), 1))
        if not record.passages and likeness >= ENOUGH:
            found.append((likeness, record))
    found.sort(key=lambda one: -one[0])
    return tuple(record for _, record in found[:limit])


def _words(text: str) -> set[str]:
    """Words that say something; of Chinese, which has none so short, pairs of characters."""
    return {
        word
        for word in words(text.replace("_", " "))
        if len(word) > 1 and not is_function_word(word)
    }
