"""Terms of the field in a passage, explained in the reader's language from data/glossary."""

from __future__ import annotations

import functools
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import regex

from index.tokens import fold
from search import glossary

MOST: Final = 4
"""Terms of one passage that are explained, the longest first: they are the least familiar."""
FAMILIAR: Final = frozenset(
    {"cctld", "domain-name", "domain-registration", "registrant", "registry"}
)
"""Entries that every reader of the library knows or meets on every page."""
_WORD: Final = regex.compile(r"[\p{L}\p{N}\p{M}]+")
_HAN: Final = regex.compile(r"\p{Han}")
_ARABIC_PREFIX: Final = regex.compile("^[وف]?[بكل]?ال|^[وف]?لل")
_LATIN_PLURALS: Final = ("s", "es", "x")
_RUSSIAN: Final = regex.compile(r"[а-яё]{4,}")
_ENDING: Final = 3
"""Letters at the end of a Russian word that its cases change, at most."""


@dataclass(frozen=True, slots=True)
class Term:
    """A term that stands in a passage.

    Attributes
    ----------
    found : as it stands there; equivalent, definition : in the reader's language.
    """

    id: str
    found: str
    equivalent: str
    definition: str


def terms_in(text: str, language: str, reader: str, most: int = MOST) -> tuple[Term, ...]:
    """Terms of a passage with their equivalents in the reader's language, in order of the text.

    None where passage and reader share the language, or where both say the same.
    """
    if not language or language == reader:
        return ()
    found: dict[str, tuple[int, str]] = {}
    for start, end, entry in _standing(text, language):
        longest = found.get(entry, (0, ""))[1]
        if entry not in FAMILIAR and end - start > len(longest):
            found[entry] = (start, text[start:end])
    chosen = sorted(found.items(), key=lambda item: -len(item[1][1]))
    terms = []
    for entry, (start, as_found) in chosen:
        known = _entries()[entry]
        equivalent = next(iter(known.names.get(reader, ())), "")
        if equivalent and fold(equivalent) != fold(as_found):
            said = " ".join(as_found.split())
            terms.append((start, Term(entry, said, equivalent, known.definitions.get(reader, ""))))
    return tuple(term for _, term in sorted(terms[:most], key=lambda item: item[0]))


def _standing(text: str, language: str) -> Iterator[tuple[int, int, str]]:
    """Where terms stand in a text, longer ones instead of those within them."""
    taken = [False] * len(text)
    hits = [*_in_words(text, language), *(_in_han(text) if language == "zh" else ())]
    for start, end, entry in sorted(hits, key=lambda hit: hit[0] - hit[1]):
        if not any(taken[start:end]):
            taken[start:end] = [True] * (end - start)
            yield start, end, entry


def _in_words(text: str, language: str) -> Iterator[tuple[int, int, str]]:
    words = [(found.start(), found.end(), found.group()) for found in _WORD.finditer(text)]
    plain = [_plain(word) for _, _, word in words]
    index = _by_word(language)
    for at, word in enumerate(plain):
        for wanted, entry in index.get(word[:3], ()):
            there = plain[at : at + len(wanted)]
            if len(there) == len(wanted) and all(map(_same, there, wanted)):
                yield words[at][0], words[at + len(wanted) - 1][1], entry


def _in_han(text: str) -> Iterator[tuple[int, int, str]]:
    """Terms in Chinese text; folding to Simplified keeps its length, or nothing is looked for."""
    folded = fold(text)
    if len(folded) != len(text):
        return
    for term, entry in _han_terms():
        at = folded.find(term)
        while at >= 0:
            yield at, at + len(term), entry
            at = folded.find(term, at + 1)


def _same(word: str, term: str) -> bool:
    """Whether a word is a term's, in another number or case of the languages that have them."""
    if word == term:
        return True
    if _RUSSIAN.fullmatch(word) and _RUSSIAN.fullmatch(term):
        stem = max(3, max(len(word), len(term)) - _ENDING)
        return word[:stem] == term[:stem] and abs(len(word) - len(term)) <= _ENDING - 1
    shorter, longer = sorted((word, term), key=len)
    if any(longer == shorter + ending for ending in _LATIN_PLURALS):
        return True
    return shorter.endswith("y") and longer == shorter[:-1] + "ies"


def _plain(word: str) -> str:
    folded = fold(word)
    return _ARABIC_PREFIX.sub("", folded) if len(folded) > 4 else folded


@functools.cache
def _entries() -> dict[str, glossary.Term]:
    return {term.id: term for term in glossary.terms()}


@functools.cache
def _by_word(language: str) -> dict[str, list[tuple[tuple[str, ...], str]]]:
    """By the first letters of their first word, the terms of a language that are not Han."""
    found: dict[str, list[tuple[tuple[str, ...], str]]] = defaultdict(list)
    for entry in _entries().values():
        for term in entry.names.get(language, ()):
            words = tuple(map(_plain, _WORD.findall(term)))
            if words and not _HAN.search(term):
                found[words[0][:3]].append((words, entry.id))
    return found


@functools.cache
def _han_terms() -> tuple[tuple[str, str], ...]:
    """Chinese terms, Traditional ones folded."""
    return tuple(
        {
            fold(term): entry.id
            for entry in _entries().values()
            for script in ("zh", "zh-Hant")
            for term in entry.names.get(script, ())
            if _HAN.search(term) and len(term) > 1
        }.items()
    )
