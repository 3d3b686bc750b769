"""Which country a short text means by an adjective: 'the Swedish registry', 'السجل التونسي'.

Most of these adjectives are names of languages as well. Where one stands as a language ('in Dutch',
'версия на армянском', 'alphabet grec') it says nothing about the country; the languages of many
countries ('Spanish', 'русский') speak for a country only beside a word such as 'registry'.
Adjectives that a comma or 'and' joins are judged together. Names that are also a person or a word
need such a word or a preposition: 'in Chad' is a country, 'Chad' alone is not. The words by which
all this is told are in data/registries/demonyms.yaml.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from ingest.demonym_list import Form, demonym_data, forms, han_names
from ingest.gazetteer import HAN, WORD, fold, without_prefixes

_WIDEST_GAP: Final = 3
_NEAR: Final = 2
# Arabic puts the whole construct before it: 'مؤسسة التضامن الرقمي الفرنسية'.
_NEAR_IN_ARABIC: Final = 3
_SHORT: Final = 5
_LATIN_ENDING: Final = 2
_CYRILLIC_ENDING: Final = 3
_BREAK: Final = re.compile(r"[.,;:!?()\[\]{}،؛؟。，、…—–]")
_JOINING: Final = re.compile(r"\s*[,،]\s*|\s+(?:and|or|et|ou|y|e|o|u|и|или|أو)\s+|\s+", re.I)
_HAN_LANGUAGE: Final = re.compile(r"语|語|字母|文字|文(?![化件章献獻明物艺藝])")


@dataclass(frozen=True, slots=True)
class Demonym:
    """A word that means one territory or several, and where it begins, in characters."""

    territories: frozenset[str]
    start: int


@dataclass(frozen=True, slots=True)
class Demonyms:
    """What a text says of countries without their names.

    Attributes
    ----------
    meant : the countries.
    elsewhere : stretches (start, end) in which a country's name is not that country.
    """

    meant: tuple[Demonym, ...]
    elsewhere: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class _Match:
    form: Form
    first: int
    last: int
    prefix: str


class _Text:
    """A text's words, folded, with what stands between them."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.words = list(WORD.finditer(text))
        self.folded = [fold(word.group()) for word in self.words]

    def between(self, left: int, right: int) -> str:
        return self.text[self.words[left].end() : self.words[right].start()]

    def joined(self, left: int, right: int) -> bool:
        """Whether no comma, stop or parenthesis stands between two words that follow each other."""
        return not _BREAK.search(self.between(left, right))

    def before(self, position: int, count: int) -> Iterator[int]:
        """Up to `count` words before one, nearest first, to the clause's beginning."""
        for place in range(position - 1, max(-1, position - 1 - count), -1):
            if not self.joined(place, place + 1):
                return
            yield place

    def after(self, position: int, count: int) -> Iterator[int]:
        for place in range(position + 1, min(len(self.words), position + 1 + count)):
            if not self.joined(place - 1, place):
                return
            yield place


@dataclass(frozen=True, slots=True)
class _Beginnings:
    """Beginnings of words; a short one is the whole word but for its ending."""

    long: tuple[str, ...]
    short: frozenset[str]

    def of(self, word: str) -> bool:
        return any(self._of(one) for one in (word, *without_prefixes(word)))

    def _of(self, word: str) -> bool:
        if word.startswith(self.long):
            return True
        ending = _CYRILLIC_ENDING if word > "\u0400" else _LATIN_ENDING
        return any(word[: -n or None] in self.short for n in range(min(ending + 1, len(word))))


@lru_cache(maxsize=8)
def _beginnings(part: str, side: str) -> _Beginnings:
    words = {fold(word) for word in demonym_data()[part][side]}
    short = frozenset(word for word in words if len(word) < _SHORT)
    return _Beginnings(tuple(words - short), short)


@lru_cache(maxsize=8)
def _words(part: str, side: str = "") -> frozenset[str]:
    listed = demonym_data()[part]
    return frozenset(fold(word) for word in (listed[side] if side else listed))


def _any(read: _Text, places: Iterable[int], beginnings: _Beginnings) -> bool:
    return any(beginnings.of(read.folded[place]) for place in places)


def find_demonyms(text: str) -> Demonyms:
    """The countries that a short text means by words of demonyms.yaml."""
    read = _Text(text)
    matches = list(_matches(read))
    meant: list[Demonym] = []
    elsewhere: list[tuple[int, int]] = []
    group: list[_Match] = []
    for match in matches:
        if group and not _carries_on(read, group[-1], match):
            meant += _judged(read, group)
            group = []
        if match.form.kind in ("adjective", "language"):
            group.append(match)
        elif match.form.kind == "phrase":
            elsewhere.append((read.words[match.first].start(), read.words[match.last].end()))
        elif match.form.kind == "name" or _is_place(read, match):
            meant.append(Demonym(match.form.territories, read.words[match.first].start()))
    meant += _judged(read, group)
    meant_in_han, languages_in_han = _in_han(text)
    return Demonyms(tuple(meant + meant_in_han), tuple(elsewhere + languages_in_han))


def _matches(read: _Text) -> Iterator[_Match]:
    position = 0
    while position < len(read.words):
        match = _at(read, position)
        if match:
            yield match
        position = match.last + 1 if match else position + 1


def _at(read: _Text, position: int) -> _Match | None:
    word = read.folded[position]
    best: _Match | None = None
    for first in (word, *without_prefixes(word)):
        for form in forms().get(first, ()):
            if best and len(form.words) <= best.last - best.first + 1:
                break
            if _stands(read, form, position):
                prefix = word[: len(word) - len(first)]
                best = _Match(form, position, position + len(form.words) - 1, prefix)
                break
    return best


def _stands(read: _Text, form: Form, position: int) -> bool:
    end = position + len(form.words)
    if tuple(read.folded[position + 1 : end]) != form.words[1:]:
        return False
    if any(len(read.between(i, i + 1)) > _WIDEST_GAP for i in range(position, end - 1)):
        return False
    written = read.words[position].group()
    if not form.capital or written[0].lower() == written[0].upper():
        return True
    return written.isupper() if form.capital.isupper() else written[0].isupper()


def _carries_on(read: _Text, left: _Match, right: _Match) -> bool:
    """Whether a list goes on: 'Dutch, French and Polish', 'التركية والفارسية'."""
    if right.form.kind not in ("adjective", "language"):
        return False
    gap = read.text[read.words[left.last].end() : read.words[right.first].start()]
    if not _JOINING.fullmatch(gap):
        return False
    return bool(gap.strip()) or right.prefix.startswith("و")


def _judged(read: _Text, group: Sequence[_Match]) -> list[Demonym]:
    if not group or _is_language(read, group):
        return []
    beside = _stands_beside(read, group)
    return [
        Demonym(match.form.territories, read.words[match.first].start())
        for match in group
        if match.form.kind == "adjective" and (beside or not match.form.guarded)
    ]


def _languages(group: Sequence[_Match]) -> frozenset[str]:
    return frozenset().union(*(match.form.languages for match in group))


def _stands_beside(read: _Text, group: Sequence[_Match]) -> bool:
    languages = _languages(group)
    after, before = _beginnings("beside", "after"), _beginnings("beside", "before")
    if languages & {"en", "ru"} and _any(read, read.after(group[-1].last, _NEAR), after):
        return True
    if not languages - {"en", "ru"}:
        return False
    near = list(read.before(group[0].first, _NEAR_IN_ARABIC if "ar" in languages else _NEAR))
    people = bool(near) and read.folded[near[0]] in _words("people_after")
    return people or _any(read, near, before)


def _is_language(read: _Text, group: Sequence[_Match]) -> bool:
    first, last = group[0].first, group[-1].last
    if all(match.form.kind == "language" for match in group):
        return True
    if _any(read, read.after(last, 1), _beginnings("language", "after")):
        return True
    for place in read.before(first, _NEAR):
        if _beginnings("beside", "before").of(read.folded[place]):
            break
        if _beginnings("language", "before").of(read.folded[place]):
            return True
    return _stands_alone(read, group)


def _stands_alone(read: _Text, group: Sequence[_Match]) -> bool:
    """Whether a language follows its preposition: 'in Dutch', 'en sueco', 'بالروسية'."""
    first, last = group[0], group[-1].last
    arabic = first.form.words[0].startswith("ال") and first.form.words[0].endswith("ه")
    if arabic and first.prefix.endswith("ب"):
        return True
    before = next(read.before(first.first, 1), None)
    if before is None or read.folded[before] not in _words("language", "alone"):
        return False
    if arabic or read.folded[before] in ("en", "em"):
        return True
    after = next(read.after(last, 1), None)
    return after is None or read.folded[after] in _words("language", "stops")


def _is_place(read: _Text, match: _Match) -> bool:
    """Whether a name that is also a person, a city or a word is a country here."""
    first, last = match.first, match.last
    if match.prefix.endswith("ب"):
        return True
    after, before = _beginnings("beside", "after"), _beginnings("beside", "before")
    if match.form.words[0] not in _words("not_beside"):
        near = (*read.before(first, _NEAR), *read.after(last, _NEAR))
        if _any(read, near, after) or _any(read, near, before):
            return True
    preposition = next(read.before(first, 1), None)
    if preposition is None or read.folded[preposition] not in _words("place_before"):
        return False
    following = next(read.after(last, 1), None)
    # 'from Jordan Carter', but 'in Jordan NITC runs it'.
    return following is None or not read.words[following].group().istitle()


def _in_han(text: str) -> tuple[list[Demonym], list[tuple[int, int]]]:
    """Countries in Chinese, and where their names are those of languages ('荷兰语')."""
    if not HAN.search(text):
        return [], []
    sure, other = han_names()
    data = demonym_data()
    after, before = tuple(data["place_after_han"]), tuple(data["place_before_han"])
    found = list(sure.find_han(text))
    covered = {place for one in found for place in range(one.start, one.end)}
    languages = [one for one in found if _HAN_LANGUAGE.match(text, one.end)]
    meant = [one for one in found if not _HAN_LANGUAGE.match(text, one.end)]
    for one in other.find_han(text):
        placed = text.startswith(after, one.end) or text.endswith(before, 0, one.start)
        if one.start not in covered and placed:
            meant.append(one)
    return (
        [Demonym(frozenset(one.key.split()), one.start) for one in meant],
        [(one.start, one.end) for one in languages],
    )
