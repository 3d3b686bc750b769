"""Which words of a passage are words of the question, so that they can be marked."""

from __future__ import annotations

import functools

import regex

from index.tokens import fold

Span = tuple[int, int]

_WORD = regex.compile(r"\.?[\p{L}\p{N}\p{M}]+(?:[-_'’][\p{L}\p{N}\p{M}]+)*")
_HAN = regex.compile(r"\p{Han}")

STOP_WORDS = frozenset(
    """
    a an and are as at be but by can do does did for from had has have how i if in into
    is it its my
    of on or our that the their them they this to was we were what when where which who
    why will
    with you your
    al como con cómo cual cuál cuando cuándo de del desde donde dónde el ella ellos en
    era es esta
    este ha han hay la las lo los más o para pero por porque que qué quien quién se ser
    si sin sobre
    su sus un una uno y
    au aux avec ce ces comment dans des du elle en est et il ils je la le les leur mais
    ne nous on
    ont ou où par pas pour pourquoi quand que quel quelle quelles quels qui sa se ses
    son sont sur un
    une vous
    ao aos as com como da das de do dos e em é foi mais na nas no nos o os ou para pela
    pelo por quais
    qual quando que quem se sem ser seu seus sua são um uma
    а в во где для до его за и из или их как какая какие какой когда кто ли на не о об
    от по при с
    со так то у что это
    في من على الى إلى عن مع هل ما ماذا متى كيف كم لماذا اين أين هذا هذه التي الذي ان أن
    او أو و ثم لا
    """.split()
)
"""Words too common to be worth a mark; Chinese needs none: its pairs of characters are marked."""


def marked_words(text: str, query: str) -> tuple[Span, ...]:
    """Where words of a question stand in a text, as (start, end) characters, in order.

    A word also matches another form of it that shares its first letters (at least four, and all
    but the last three), which is how Arabic, Russian and the Romance languages inflect.
    """
    wanted = _stems(query)
    spans: list[Span] = []
    for found in _WORD.finditer(text):
        word = found.group()
        if _HAN.search(word):
            spans += _han_spans(word, found.start(), wanted)
        elif _stem(fold(word)) in wanted or fold(word) in wanted:
            spans.append(found.span())
    return tuple(_joined(spans))


@functools.lru_cache(maxsize=256)
def _stems(query: str) -> frozenset[str]:
    found: set[str] = set()
    for word in _WORD.findall(query):
        folded = fold(word)
        if _HAN.search(word):
            found.update(folded[at : at + 2] for at in range(len(folded) - 1))
        elif folded not in STOP_WORDS and (len(folded) > 1):
            found.update((folded, _stem(folded)))
    return frozenset(found)


def _stem(word: str) -> str:
    return word[: max(4, len(word) - 3)] if len(word) > 5 else word


def _han_spans(word: str, start: int, wanted: frozenset[str]) -> list[Span]:
    """Pairs of characters of the question; folding keeps the length of Han text."""
    folded = fold(word)
    if len(folded) != len(word):
        return []
    return [
        (start + at, start + at + 2) for at in range(len(word) - 1) if folded[at : at + 2] in wanted
    ]


def _joined(spans: list[Span]) -> list[Span]:
    joined: list[Span] = []
    for start, end in spans:
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined
