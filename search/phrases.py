"""What stands in quotation marks must occur, whatever marks a language uses."""

from __future__ import annotations

import regex

from index.tokens import fold

_QUOTED = regex.compile(r"\"([^\"]+)\"|“([^”]+)”|„([^“”]+)[“”]|«([^»]+)»|「([^」]+)」|『([^』]+)』")
_GAPS = regex.compile(r"[\s\p{P}\p{S}]+")


def quoted_phrases(query: str) -> list[str]:
    """The phrases that a query asks for letter by letter."""
    return [
        phrase.strip()
        for found in _QUOTED.finditer(query)
        for phrase in found.groups()
        if phrase and phrase.strip()
    ]


def occurs(phrase: str, text: str, inside_words: bool = False) -> bool:
    """Whether a phrase stands in a text; case, width, script variant and punctuation aside.

    Parameters
    ----------
    inside_words : whether it may begin and end in the middle of a word.
    """
    wanted = _GAPS.sub(" ", fold(phrase)).strip()
    found = _GAPS.sub(" ", fold(text))
    edges = [
        r"\b" if letter.isascii() and not inside_words else ""
        for letter in (wanted[:1], wanted[-1:])
    ]
    return bool(wanted) and bool(
        regex.search(edges[0] + regex.escape(wanted, literal_spaces=True) + edges[1], found)
    )
