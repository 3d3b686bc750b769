"""Whether the asker can read the best evidence: the truth is not hidden behind their language."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

NEARLY_AS_GOOD = 0.05
"""How much less than the first a hit may score and still be among the best."""

MOST = 3
"""Documents that the best evidence is taken from."""


@dataclass(frozen=True, slots=True)
class BestEvidence:
    """The languages of the best hits.

    Attributes
    ----------
    languages : best first; empty where there are no hits or their language is not known.
    read : whether the asker reads one of them; None where that cannot be told.
    """

    languages: tuple[str, ...]
    read: bool | None


def best_evidence(hits: Iterable[tuple[str, str, float]], reads: Collection[str]) -> BestEvidence:
    """The languages of the best hits, and whether the asker reads one.

    Parameters
    ----------
    hits : document, language of the passage and score of each, best first.
    reads : languages that the asker is known to read.
    """
    best: dict[str, str] = {}
    first = None
    for document, language, score in hits:
        first = score if first is None else first
        if score < first - NEARLY_AS_GOOD or len(best) == MOST:
            break
        best.setdefault(document, language)
    languages = tuple(dict.fromkeys(language for language in best.values() if language))
    if not languages or not reads:
        return BestEvidence(languages, None)
    return BestEvidence(languages, any(language in reads for language in languages))
