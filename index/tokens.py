"""What words are to the full-text search, in seven languages.

The engine hardly matters, the tokens do: words with their four-letter pieces reach inflected forms
in Arabic and Russian, single and paired characters reach Chinese words; Traditional Chinese is
folded to Simplified, Arabic letters to their plain forms.
"""

from __future__ import annotations

import functools
import unicodedata
from collections.abc import Iterator

import opencc
import regex

_WORD = regex.compile(r"[\p{L}\p{N}\p{M}]+(?:[-_'’][\p{L}\p{N}\p{M}]+)*")
_CODE = regex.compile(r"(?<![\p{L}\p{N}])\.\p{L}[\p{L}\p{N}-]+(?![\p{L}\p{N}])")
_JOINT = regex.compile(r"[-_'’]")
_HAN = regex.compile(r"\p{Han}+")
_HAN_OR_NOT = regex.compile(r"\p{Han}+|[^\p{Han}]+")
_ARABIC = regex.compile("[\u0622-\u0670]")
_ARABIC_MARKS = regex.compile("[\u064b-\u065f\u0670\u0640]")
_ARABIC_LETTERS = str.maketrans("أإآٱىة", "اااايه")
PIECE = 4
"""Letters in a piece of a word (Latin, Cyrillic and Arabic)."""


@functools.cache
def _simplifier() -> opencc.OpenCC:
    return opencc.OpenCC("t2s")


def fold(text: str) -> str:
    """Text as it is compared: NFKC, small letters, Simplified Chinese, plain Arabic letters."""
    text = unicodedata.normalize("NFKC", text).casefold()
    if _ARABIC.search(text):
        text = _ARABIC_MARKS.sub("", text).translate(_ARABIC_LETTERS)
    return str(_simplifier().convert(text)) if _HAN.search(text) else text


def words(text: str) -> Iterator[str]:
    """The whole words of a text, folded: `tld-ops` and its parts, `.tw` as written, Han pairs."""
    folded = fold(text)
    for found in _CODE.finditer(folded):
        yield found.group()
    for found in _WORD.finditer(folded):
        word = found.group()
        if _HAN.search(word):
            yield from _han_words(word)
            continue
        yield word
        if len(parts := _JOINT.split(word)) > 1:
            yield from filter(None, parts)


def _han_words(word: str) -> Iterator[str]:
    for part in _HAN_OR_NOT.findall(word):
        if not _HAN.match(part):
            yield part
            continue
        yield from part
        yield from (part[i : i + 2] for i in range(len(part) - 1))


def tokens(text: str) -> list[str]:
    """What is stored for a passage and asked by a query: words and, marked by `_`, their pieces."""
    found: list[str] = []
    for word in words(text):
        found.append(word)
        if len(word) > PIECE and not _HAN.match(word):
            found += [f"_{word[i : i + PIECE]}" for i in range(len(word) - PIECE + 1)]
    return found
