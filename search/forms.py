"""The forms of a word or a phrase as it stands in texts of seven languages, and where it stands.

Endings are allowed for, not looked up: a few letters for Russian and Arabic, the usual plurals and
genders for the others. A term of several words stands only with its words side by side.
"""

from __future__ import annotations

import functools
from collections.abc import Iterable
from dataclasses import dataclass

import regex

from index.tokens import fold

Span = tuple[int, int]

_UNPLAIN = "٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹ё’ʼ‑–"
_PLAIN = dict(zip(_UNPLAIN, "01234567890123456789е''--", strict=True))
_HAS_UNPLAIN = regex.compile(f"[{_UNPLAIN}]")
_WORDS = regex.compile(r"[\p{L}\p{N}\p{M}]+")
_HAN = regex.compile(r"\p{Han}")
_BEFORE = r"(?<![[\p{L}\p{N}]--\p{Han}])"
_AFTER = r"(?![[\p{L}\p{N}]--\p{Han}])"
_BETWEEN = r"[^\p{L}\p{N}]{1,3}"
_BEFORE_DIGITS = r"[^\p{L}\p{N}]{0,3}"
_CYRILLIC_END = regex.compile("[аеиоуыэюяйьъ]{1,2}$")
_ARABIC_START = regex.compile("^ال")
_ARABIC_END = regex.compile("(?:ات|ون|ين|يه|ه|ي)$")
_LATIN_END = regex.compile("(?<=.{4})(?:[aoe]?s|[aoe])$")


SHORT = 4
"""Letters up to which an acronym is told from a word by its capitals."""


@dataclass(frozen=True, slots=True)
class Form:
    """A word or phrase as it may stand in a plain text.

    Attributes
    ----------
    needle : letters that are there wherever it stands.
    source : the pattern of the whole, with its endings.
    capitals : of a short acronym, as it is written: DoT is not 'dot'.
    """

    needle: str
    source: str
    capitals: str = ""

    def stands_in(self, text: str, written: str) -> bool:
        """Whether it stands in a text.

        Parameters
        ----------
        text, written : the text made plain by `plain`, and as it is.
        """
        if self.needle not in text or self.capitals not in written:
            return False
        where, source = (written, _bounded(self.capitals)) if self.capitals else (text, self.source)
        return _compiled(source).search(where) is not None

    def spans(self, text: str, written: str) -> list[Span]:
        """Where it stands; `text` is made plain in its place by `plain_in_place`."""
        if self.needle not in text or self.capitals not in written:
            return []
        where, source = (written, _bounded(self.capitals)) if self.capitals else (text, self.source)
        return [found.span() for found in _compiled(source).finditer(where)]


# The same passages are asked for by each term, for their gains, marks and sentences.
@functools.lru_cache(maxsize=1024)
def plain(text: str) -> str:
    """Text as forms are looked for in it: folded, with European digits and plain marks."""
    # Many times faster than str.translate where there is little to change.
    return _HAS_UNPLAIN.sub(lambda found: _PLAIN[found.group()], fold(text))


@functools.lru_cache(maxsize=256)
def plain_in_place(text: str) -> str:
    """Plain text of the same length, so that spans in it are spans of the text."""
    found = plain(text)
    if len(found) == len(text):
        return found
    letters = [plain(letter) for letter in text]
    return "".join(made if len(made) == 1 else was for was, made in zip(text, letters, strict=True))


def _bounded(letters: str) -> str:
    return _BEFORE + regex.escape(letters) + _AFTER


def acronym(text: str) -> Form | None:
    """The form of an acronym: a short one, which may be another word, with its capitals."""
    made = form(text, inflected=False)
    if made is None or len(text) > SHORT or not text.isalpha():
        return made
    return Form(made.needle, made.source, text)


@functools.lru_cache(maxsize=16384)
def form(text: str, inflected: bool = True) -> Form | None:
    """The form of a term; None where it has no letters and no digits.

    Parameters
    ----------
    inflected : whether its words may have other endings.
    """
    folded = plain(text).strip()
    words = _WORDS.findall(folded)
    if not words:
        return None
    if _HAN.search(folded):
        source = r"\s*".join(map(regex.escape, words))
        return Form(max(words, key=len), _BEFORE + source + _AFTER)
    endings = [_with_endings(word) if inflected else (word, regex.escape(word)) for word in words]
    # 'RFC 8078', 'RFC-8078' and 'RFC8078' are one.
    dot = r"\." if folded.startswith(".") else ""
    source = endings[0][1]
    for before, after, (_, pattern) in zip(words, words[1:], endings[1:], strict=False):
        numbered = before[-1].isdigit() or after[0].isdigit()
        source += (_BEFORE_DIGITS if numbered else _BETWEEN) + pattern
    return Form(max((stem for stem, _ in endings), key=len), _BEFORE + dot + source + _AFTER)


def forms(texts: Iterable[str], inflected: bool = True) -> tuple[Form, ...]:
    """The forms of several terms, each once."""
    found = (form(text, inflected) for text in texts)
    return tuple(dict.fromkeys(one for one in found if one is not None))


def _with_endings(word: str) -> tuple[str, str]:
    """The letters of a word that stay, and the pattern of its forms."""
    if not word.isalpha() or len(word) < 3:
        return word, regex.escape(word)
    if "\u0600" <= word[0] <= "\u06ff":
        bare = _ARABIC_START.sub("", word)
        stem = _ARABIC_END.sub("", bare)
        stem = stem if len(stem) > 2 else bare
        return stem, rf"(?:[وفبكل]?ال|لل|[وفبكل])?{stem}\p{{L}}{{0,2}}"
    if len(word) < 4:
        return word, word
    if "\u0400" <= word[0] <= "\u04ff":
        stem = _CYRILLIC_END.sub("", word)
        return (stem, stem + r"\p{L}{0,3}") if len(stem) > 2 else (word, word)
    if word[-1] == "y" and word[-2] not in "aeiou":
        return word[:-1], f"{word[:-1]}(?:y|ies)"
    if word.endswith("ão"):
        return word[:-2], f"{word[:-2]}(?:ão|ões|ães)"
    if word.endswith("ón"):
        return word[:-2], f"{word[:-2]}(?:ón|ones)"
    stem = _LATIN_END.sub("", word)
    return stem, rf"{stem}(?:[aoe]?s|[aoe]|x)?"


@functools.lru_cache(maxsize=16384)
def _compiled(source: str) -> regex.Pattern[str]:
    return regex.compile(source, regex.VERSION1)
