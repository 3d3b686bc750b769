"""Of which years a document tells; not when it was written, which is its year.

Where it says so near its beginning ("2011–2013"), that is taken. Otherwise it is the years that it
names most, lists of sources left out.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import regex

from index.library import StoredPassage
from index.topics import is_list_of_sources

_OPENING: Final = 800
"""Characters of a document's beginning in which it says of which years it tells."""
_OPENING_PASSAGES: Final = 2
_YEAR: Final = r"(?:19[89]|20[0-4])\d"
_FROM_TO: Final = regex.compile(rf"(?<![\d.-])({_YEAR})\s?[–—-]\s?({_YEAR})(?![\d.-])")
_NAMED: Final = regex.compile(rf"(?<![\d.,:/-])({_YEAR})(?![\d/-]|[.,]\d)")
_OFTEN: Final = 0.4
"""Of the times that the year named most is named, what another one has that counts."""


@dataclass(frozen=True, slots=True)
class Period:
    """The first and the last year that a document tells of.

    Attributes
    ----------
    stated : whether it says so itself; otherwise they are those that it names most.
    """

    first: int
    last: int
    stated: bool

    def covers(self, year: int) -> bool:
        """Whether a year lies within."""
        return self.first <= year <= self.last


def stated_period(passages: Sequence[StoredPassage]) -> tuple[int, int] | None:
    """The years from and to which a document says near its beginning that it tells of."""
    opening = "\n".join(passage.text for passage in passages[:_OPENING_PASSAGES])
    found = _FROM_TO.search(opening[:_OPENING])
    if found is None or int(found[1]) > int(found[2]):
        return None
    return int(found[1]), int(found[2])


def period_of(passages: Sequence[StoredPassage], written: int | None = None) -> Period | None:
    """The years that a document tells of; None where it names none.

    Parameters
    ----------
    passages : all of the document, in order.
    written : its year, which counts only where no other year is named.
    """
    if (stated := stated_period(passages)) is not None:
        return Period(*stated, stated=True)
    return named_period(passages, written)


def named_period(passages: Sequence[StoredPassage], written: int | None = None) -> Period | None:
    """The years that a document names most, whatever it says it tells of; None where none is."""
    named = Counter(
        int(year)
        for passage in passages
        if not is_list_of_sources(passage.text)
        for year in _NAMED.findall(passage.text)
    )
    if len(named) > 1 and written is not None:
        named.pop(written, None)
    if not named:
        return None
    most = max(named.values())
    often = [year for year, times in named.items() if times >= max(_OFTEN * most, 1)]
    return Period(min(often), max(often), stated=False)
