"""Which words of a passage are words of the question, so that they can be marked."""

from __future__ import annotations

import functools

import regex

from index.tokens import fold

Span = tuple[int, int]

_WORD = regex.compile(r"\.?[\p{L}\p{N}\p{M}]+(?:[-_'’][\p{L}\p{N}\p{M}]+)*")
_HAN = regex.compile(r"\p{Han}")
_ARABIC_ARTICLE = regex.compile("^[وفبك]?ال|^لل")

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

    Another form of a word counts too: one that shares its beginning, at least four letters and all
    but the last three of either, which is how Arabic, Russian and the Romance languages inflect.
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
    return tuple(_joined(spans))


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
