"""The glossary: terms of the field, explained in the reader's language."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import yaml

from index.tokens import fold
from search.concept_space import GLOSSARY


@dataclass(frozen=True, slots=True)
class Term:
    """An entry of data/glossary.

    Attributes
    ----------
    topic : an entry of data/topics.
    names : by language the words in use, most usual first; `zh-Hant` beside `zh`.
    definitions : one sentence in each of the seven languages.
    """

    id: str
    topic: str
    acronyms: tuple[str, ...]
    names: dict[str, tuple[str, ...]]
    definitions: dict[str, str]

    def name(self, language: str) -> str:
        """The most usual word for it in a language."""
        return self.names.get(language, self.names["en"])[0]


@lru_cache(maxsize=1)
def terms() -> tuple[Term, ...]:
    """All terms, in the order of the file."""
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    loaded: list[dict[str, Any]] = yaml.load(GLOSSARY.read_bytes(), loader)
    return tuple(
        Term(
            entry["id"],
            entry["topic"],
            tuple(map(str, entry["acronyms"])),
            {language: tuple(map(str, found)) for language, found in entry["terms"].items()},
            entry["definition"],
        )
        for entry in loaded
    )


def find_terms(words: str, language: str, topic: str = "") -> list[Term]:
    """Terms that hold all the words, by name in the reader's language.

    A word may stand in a term's name in any language, in its acronyms, or in its definition in the
    reader's; those whose name begins with the words come first.

    Parameters
    ----------
    topic : only terms of this topic, `` for all.
    """
    wanted = fold(words).split()
    found = [
        term
        for term in terms()
        if (not topic or term.topic == topic)
        and all(word in _text(term, language) for word in wanted)
    ]
    start = " ".join(wanted)
    return sorted(
        found,
        key=lambda term: (
            bool(start) and not any(name.startswith(start) for name in _names(term)),
            fold(term.name(language)),
        ),
    )


def _text(term: Term, language: str) -> str:
    return " ".join((*_names(term), fold(term.definitions.get(language, ""))))


def _names(term: Term) -> tuple[str, ...]:
    """All its names and acronyms, folded."""
    named = (name for found in term.names.values() for name in found)
    return tuple(fold(name) for name in (*term.acronyms, *named))
