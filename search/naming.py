"""What one thing is called in seven languages: terms of the field, territories, registries.

Terms come from data/glossary, the names of territories and registries from data/registries.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import regex

from ingest.registry_list import ambiguous_names, registries, territory_names
from search.forms import Form, Span, acronym, form, forms, plain_in_place
from search.glossary import terms

EVERYWHERE = ""
"""Where names stand that are looked for in passages of every language."""

_LATIN = ("en", "es", "fr", "pt")
_PARTS = regex.compile(r"\(([^()]+)\)")
_HAN = regex.compile(r"\p{Han}")
_WORD = regex.compile(r"\p{L}+")


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing and what it is called.

    Attributes
    ----------
    name : unique.
    acronyms : written alike in every language.
    called : by language of the passage, or `EVERYWHERE`.
    """

    name: str
    acronyms: tuple[str, ...]
    called: Mapping[str, tuple[str, ...]]

    def forms(self, language: str) -> tuple[Form, ...]:
        """How it may stand in a passage of a language."""
        return _forms(self.name, language)


def entries_in(text: str, language: str) -> list[tuple[Span, Entry, str]]:
    """The entries that a question names: where, and in which words.

    A longer name is taken before a shorter one inside of it.

    Parameters
    ----------
    language : of the question; `` tries all that are written in Latin letters, since the language
        of a few Latin words cannot be told for sure.
    """
    folded = plain_in_place(text)
    found = [
        (span, entry, called)
        for looked_for, entry, called in _names_in(language)
        for span in looked_for.spans(folded, text)
    ]
    found.sort(key=lambda one: (one[0][0] - one[0][1], one[0][0]))
    taken: list[tuple[Span, Entry, str]] = []
    for span, entry, called in found:
        if all(span[1] <= start or end <= span[0] for (start, end), *_ in taken):
            taken.append((span, entry, called))
    return sorted(taken, key=lambda one: one[0])


@functools.cache
def entries() -> dict[str, Entry]:
    """All entries by name."""
    return {entry.name: entry for entry in (*_terms(), *_territories(), *_registries())}


def _terms() -> Iterator[Entry]:
    for term in terms():
        called: dict[str, list[str]] = {}
        for column, names in term.names.items():
            # Both writings of Chinese are folded into one.
            clear = [name for name in names if _tells(name) or name.isupper()]
            called.setdefault(column.partition("-")[0], []).extend(clear)
        yield Entry(
            f"term {term.id}",
            term.acronyms,
            {language: tuple(dict.fromkeys(names)) for language, names in called.items()},
        )


def _territories() -> Iterator[Entry]:
    for code, names in territory_names().items():
        clear = [name for name in names if name not in ambiguous_names() and _tells(name)]
        yield Entry(f"territory {code}", (), {EVERYWHERE: tuple(clear)})


def _registries() -> Iterator[Entry]:
    for code, registry in registries().items():
        names = [*registry.names, *_PARTS.findall(registry.registry)]
        clear = tuple(dict.fromkeys(name for name in names if _tells(name)))
        if clear:
            yield Entry(f"registry {code}", (), {EVERYWHERE: clear})


def _tells(name: str) -> bool:
    """Whether a name is long enough not to be another word."""
    if _HAN.search(name):
        return len(name) > 1
    return len(name) > 3 and any(len(word) > 2 for word in _WORD.findall(name))


@functools.cache
def _forms(name: str, language: str) -> tuple[Form, ...]:
    entry = entries()[name]
    called = (*entry.called.get(language, ()), *entry.called.get(EVERYWHERE, ()))
    acronyms = (acronym(name) for name in entry.acronyms)
    return (*(made for made in acronyms if made is not None), *forms(called))


@functools.cache
def _names_in(language: str) -> tuple[tuple[Form, Entry, str], ...]:
    """What questions of a language may call the entries; English names are used in all."""
    spoken = (EVERYWHERE, "en", language) if language else (EVERYWHERE, *_LATIN)
    found = []
    for entry in entries().values():
        for name in entry.acronyms:
            found.append((acronym(name), entry, name))
        for column in dict.fromkeys(spoken):
            found += [(form(name), entry, name) for name in entry.called.get(column, ())]
    return tuple((made, entry, name) for made, entry, name in found if made is not None)
