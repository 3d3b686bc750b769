"""What a question names, and which passages hold it, in whatever language they are written.

A question is about what it means; but `.tw`, `RFC 8078`, `TLD-OPS` or 25 August 2013 must be found
wherever they stand, and 'registry lock' is `verrou de registre` and 註冊局鎖定. Each of these is a
term. What a passage gains by holding a term is the same in every language, so that words never
bring a passage up because it is in the asker's language.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import regex

from index.library import StoredPassage
from index.tokens import words
from ingest.registry_names import registry_code
from search.dates import dates_in
from search.forms import Form, Span, acronym, form, plain, plain_in_place
from search.naming import Entry, entries_in
from search.stop_words import STOP_WORDS

EXACT_WEIGHT = 1.0
"""What a passage gains by an exact term that is the whole question."""

CARRIED_WEIGHT = 0.5
"""The same for a term of the glossary, a territory or a registry, and for a name."""

RARE_NAME = 0.1
"""Share of the passages up to which a word that stands in several languages is taken for a name."""

NAMES_ASKED = 2
"""Names of an entry in each language that full-text search is asked for, the most usual first."""

FEW_WORDS = 4
"""Words up to which a question may be nothing but names."""

Kind = Literal["exact", "carried", "name"]

_EDGE = r"(?<![[\p{L}\p{N}]--\p{Han}])"
_END = r"(?![[\p{L}\p{N}]--\p{Han}])"
_LETTER = r"[[\p{L}\p{M}\p{N}]--\p{Han}]"
_WRITTEN = regex.compile(
    rf"""(?V1)
    (?P<code>{_EDGE}\.(?:\p{{Han}}+|{_LETTER}(?:{_LETTER}|-)+))
    |(?P<numbered>
        {_EDGE}(?:[A-Z]{{2,}}[ -]?\d{{1,3}}|(?:RFC|ISO|BCP|STD)[ -]?\d{{1,5}})(?:-\d+)?{_END}
    )
    |(?P<word>{_EDGE}{_LETTER}+(?:[-_'’.]{_LETTER}+)*{_END})
    """,
    regex.VERBOSE,
)
_CAPITAL = regex.compile(r"\p{Lu}")
_SMALL = regex.compile(r"\p{Ll}")
_DIGIT = regex.compile(r"\p{N}")
_HAN_RUN = regex.compile(r"\p{Han}+")


@dataclass(frozen=True, slots=True)
class Term:
    """Something that a question names.

    Attributes
    ----------
    kind : `exact` must stand as it is written; `carried` has a name in each language; `name` is
        perhaps one, which the passages tell.
    text, written : as the question writes it.
    entry : what is known of it in other languages.
    share : of the question's words, from 0 to 1.
    """

    kind: Kind
    text: str
    written: Form
    entry: Entry | None
    share: float

    def forms(self, language: str) -> tuple[Form, ...]:
        """How it may stand in a passage of a language."""
        return (self.written, *(self.entry.forms(language) if self.entry else ()))


@dataclass(frozen=True, slots=True)
class _Found:
    kind: Kind
    span: Span
    written: Form
    entry: Entry | None


@functools.lru_cache(maxsize=256)
def terms_of(question: str, language: str) -> tuple[Term, ...]:
    """The terms that a question names, in its order.

    Parameters
    ----------
    language : of the question, `` where it cannot be told.
    """
    text = plain_in_place(question)
    words_in_all = _words_in(text)
    found: list[_Found] = []
    for finder in (_dates, _codes, _carried, _acronyms, _names):
        for one in finder(question, text, language, words_in_all):
            if all(one.span[1] <= at.span[0] or at.span[1] <= one.span[0] for at in found):
                found.append(one)
    found.sort(key=lambda one: one.span)
    return tuple(
        Term(
            one.kind,
            question[slice(*one.span)],
            one.written,
            one.entry,
            min(1.0, _words_in(text[slice(*one.span)]) / max(words_in_all, 1.0)),
        )
        for one in found
    )


def tokens_of(terms: Sequence[Term]) -> list[str]:
    """The whole words by which full-text search finds passages that may hold terms."""
    texts = [term.text.lstrip(".") for term in terms]
    for term in terms:
        if term.entry is not None:
            texts += [name for names in term.entry.called.values() for name in names[:NAMES_ASKED]]
    found = dict.fromkeys(word for text in texts for word in words(text))
    # A single Chinese character or a preposition brings passages that hold none of the names.
    return [word for word in found if len(word) > 1 and word not in STOP_WORDS]


def gains(
    terms: Sequence[Term], passages: Mapping[int, StoredPassage], language: str
) -> dict[int, float]:
    """What each passage gains by the terms that stand in it.

    Parameters
    ----------
    language : of the question.
    """
    if not terms or not passages:
        return {}
    texts = {number: (plain(one.text), one.text) for number, one in passages.items()}
    gained = dict.fromkeys(passages, 0.0)
    for term in terms:
        as_written = {number for number, text in texts.items() if term.written.stands_in(*text)}
        holding = as_written | {
            number
            for number, text in texts.items()
            if number not in as_written
            and term.entry is not None
            and any(made.stands_in(*text) for made in term.entry.forms(passages[number].language))
        }
        # What stands everywhere tells nothing.
        rarity = 1 - len(holding) / len(passages)
        if term.kind == "name" and not _is_name(holding, passages, language):
            continue
        for number in holding:
            gain = CARRIED_WEIGHT * rarity
            if term.kind == "exact" and number in as_written:
                gain = EXACT_WEIGHT
            gained[number] += term.share * gain
    return gained


def term_spans(text: str, language: str, terms: Sequence[Term]) -> list[Span]:
    """Where terms stand in a passage of a language, in order."""
    if not terms:
        return []
    folded = plain_in_place(text)
    found = {
        span for term in terms for made in term.forms(language) for span in made.spans(folded, text)
    }
    return sorted(found)


def _is_name(holding: set[int], passages: Mapping[int, StoredPassage], language: str) -> bool:
    """Whether a word is few passages' and not of the question's language alone: a name."""
    elsewhere = {passages[number].language for number in holding} - {language}
    return bool(elsewhere) and len(holding) <= RARE_NAME * len(passages)


def _dates(question: str, text: str, language: str, many: float) -> Iterator[_Found]:
    for span, made in dates_in(text):
        yield _Found("exact", span, made, None)


def _codes(question: str, text: str, language: str, many: float) -> Iterator[_Found]:
    """`.tw` and `RFC 8078`."""
    for found in _WRITTEN.finditer(question):
        start, end = found.span()
        if found["code"]:
            label = found["code"]
            if _HAN_RUN.search(label):
                # Chinese writes no space after it.
                end = start + next(
                    (n for n in range(len(label), 2, -1) if registry_code(label[:n])), len(label)
                )
        elif not found["numbered"]:
            continue
        made = form(text[start:end], inflected=False)
        if made is not None:
            yield _Found("exact", (start, end), made, None)


def _carried(question: str, text: str, language: str, many: float) -> Iterator[_Found]:
    """What the glossary and the lists of territories and registries know."""
    sure = language if many > FEW_WORDS or language in ("ar", "ru", "zh") else ""
    for span, entry, name in entries_in(question, sure):
        exact = _is_acronym(question[slice(*span)]) and name.isascii()
        made = acronym(question[slice(*span)]) if exact else form(text[slice(*span)])
        if made is not None:
            yield _Found("exact" if exact else "carried", span, made, entry)


def _acronyms(question: str, text: str, language: str, many: float) -> Iterator[_Found]:
    """`TLD-OPS`, `IPv6` and years."""
    shouted = not _SMALL.search(question) and len(question.split()) > FEW_WORDS
    for found in _WRITTEN.finditer(question):
        word = found["word"]
        if word and (_DIGIT.search(word) or (_is_acronym(word) and not shouted)):
            made = acronym(word)
            if made is not None and len(word) > 1:
                yield _Found("exact", found.span(), made, None)


def _names(question: str, text: str, language: str, many: float) -> Iterator[_Found]:
    """Words that may be names: any of a question of a few words.

    In a whole sentence its names gain nothing: the meaning has them (XQuAD: mixed mAP .879, with
    names .871).
    """
    if many > FEW_WORDS:
        return
    for found in _WRITTEN.finditer(question):
        word = found["word"]
        if word and len(word) > 2 and text[slice(*found.span())] not in STOP_WORDS:
            made = form(word, inflected=False)
            if made is not None:
                yield _Found("name", found.span(), made, None)


def _is_acronym(word: str) -> bool:
    """Whether a word has two capitals or more, as `ccNSO` has."""
    return len(_CAPITAL.findall(word)) > 1


def _words_in(text: str) -> float:
    """Words of a plain text that say something; two Chinese characters are one."""
    han = sum(map(len, _HAN_RUN.findall(text))) / 2
    others = [found["word"] or "." for found in _WRITTEN.finditer(text)]
    return han + sum(word not in STOP_WORDS for word in others)
