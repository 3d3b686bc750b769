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


def occurs(phrase: str, text: str) -> bool:
    """Whether a phrase stands in a text; case, width, script variant and punctuation aside."""
    wanted = _GAPS.sub(" ", fold(phrase)).strip()
    found = _GAPS.sub(" ", fold(text))
    edges = (r"\b" if wanted[:1].isascii() else "", r"\b" if wanted[-1:].isascii() else "")
    return bool(wanted) and bool(
        regex.search(edges[0] + regex.escape(wanted, literal_spaces=True) + edges[1], found)
    )
