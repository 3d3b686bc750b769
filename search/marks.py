"""Which words of a passage are words of the question, so that they can be marked."""

from __future__ import annotations

import functools

import regex

from index.tokens import fold
from ingest.languages import detect_query_language
from search.forms import Span as Span
from search.stop_words import STOP_WORDS
from search.terms import term_spans, terms_of

_WORD = regex.compile(r"\.?[\p{L}\p{N}\p{M}]+(?:[-_'’][\p{L}\p{N}\p{M}]+)*")
_HAN = regex.compile(r"\p{Han}")
_ARABIC_ARTICLE = regex.compile("^[وفبك]?ال|^لل")


def marked_words(text: str, query: str, language: str = "") -> tuple[Span, ...]:
    """Where words of a question stand in a text, as (start, end) characters, in order.

    Another form of a word counts too: one that shares its beginning, at least four letters and all
    but the last three of either, which is how Arabic, Russian and the Romance languages inflect;
    and so does what the text's language calls a term that the question names.

    Parameters
    ----------
    language : of the text.
    """
    asked = _asked(query)
    beginnings = frozenset(word[:4] for word in asked)
    spans: list[Span] = []
    for found in _WORD.finditer(text):
        word = found.group()
        if _HAN.search(word):
            spans += _han_spans(word, found.start(), asked)
            continue
        plain = _plain(word)
        if plain[:4] in beginnings and any(_alike(plain, other) for other in asked):
            spans.append(found.span())
    named = terms_of(query, detect_query_language(query))
    return tuple(_joined(sorted([*spans, *term_spans(text, language, named)])))


@functools.lru_cache(maxsize=256)
def _asked(query: str) -> frozenset[str]:
    """The words of a question that are worth a mark; of Han text, its pairs of characters."""
    found: set[str] = set()
    for word in _WORD.findall(query):
        plain = _plain(word)
        if _HAN.search(word):
            found.update(plain[at : at + 2] for at in range(len(plain) - 1))
        elif plain not in STOP_WORDS and len(plain) > 1:
            found.add(plain)
    return frozenset(found)


def _plain(word: str) -> str:
    """A word folded, without the Arabic article and the particles written before it."""
    folded = fold(word)
    return _ARABIC_ARTICLE.sub("", folded) if len(folded) > 4 else folded


def _alike(word: str, other: str) -> bool:
    if word == other:
        return True
    shorter = min(len(word), len(other))
    shared = next((at for at in range(shorter) if word[at] != other[at]), shorter)
    return shared >= max(4, len(word) - 3, len(other) - 3)


def _han_spans(word: str, start: int, asked: frozenset[str]) -> list[Span]:
    """Pairs of characters of the question; folding keeps the length of Han text."""
    folded = fold(word)
    if len(folded) != len(word):
        return []
    return [
        (start + at, start + at + 2) for at in range(len(word) - 1) if folded[at : at + 2] in asked
    ]


def _joined(spans: list[Span]) -> list[Span]:
    joined: list[Span] = []
    for start, end in spans:
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined
