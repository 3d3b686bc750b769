"""Whether a sentence says that something rose, fell or stayed, by words of seven languages.

Words and not vectors, for 'rose' and 'fell' are near neighbours in every embedding.
"""

from __future__ import annotations

import functools
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import regex
import yaml

from index.tokens import fold

FOLDER: Final = Path(__file__).resolve().parent.parent / "data" / "briefings"
UP, DOWN, FLAT, UNSURE = "up", "down", "flat", "unsure"
PRICE: Final = "price"

_CLAUSES: Final = regex.compile(r"(?<!\d),(?!\d)|,\s|[;:،؛；：，。—–()（）]|\.\s")
_NEAR: Final = 30
"""Characters between a word that denies and what it denies."""
_NUMBER: Final = (
    r"(\d[\d\s.,]*)\s*(%|万|亿|million|millones|milhões|mille|mil|millions|тыс|тысяч|млн)?"
)
_FROM_TO: Final = regex.compile(
    rf"(?:from|desde|de|du|с|со|من|从|自)\s*{_NUMBER}\s*"
    rf"(?:to|a|à|para|до|الى|到|增至|升至|降至|减至)\s*{_NUMBER}"
)
_SCALE: Final = {
    "万": 1e4, "亿": 1e8, "million": 1e6, "millions": 1e6, "millones": 1e6, "milhões": 1e6,
    "млн": 1e6, "mille": 1e3, "mil": 1e3, "тыс": 1e3, "тысяч": 1e3,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Movement:
    """What a sentence says moved.

    Attributes
    ----------
    thing : `names`, `renewals` or `abuse`; `` where it does not say.
    direction : `up`, `down` or `flat`.
    """

    thing: str
    direction: str


@functools.lru_cache(maxsize=1)
def _listed() -> dict[str, dict[str, dict[str, list[str]]]]:
    """The file: by kind (`directions`, `things`), entry and language, its words."""
    loaded: dict[str, dict[str, dict[str, list[str]]]] = yaml.safe_load(
        (FOLDER / "directions.yaml").read_text("utf-8")
    )
    return loaded


def words_of(thing: str) -> Mapping[str, list[str]]:
    """By language, the words by which texts name a thing."""
    return _listed()["things"][thing]


@functools.lru_cache(maxsize=1)
def _lexicon() -> dict[str, dict[str, dict[str, regex.Pattern[str]]]]:
    """By kind, entry and language, the pattern of its words."""
    return {
        kind: {
            name: {language: pattern(words, language) for language, words in found.items()}
            for name, found in entries.items()
        }
        for kind, entries in _listed().items()
    }


def pattern(words: Iterable[str], language: str) -> regex.Pattern[str]:
    """The pattern of some entries as `data/briefings/directions.yaml` writes them, on folded text."""  # noqa: E501
    return regex.compile("|".join(_entry(word, language) for word in words))


def _entry(word: str, language: str) -> str:
    whole = word.endswith("_")
    folded = regex.escape(fold(word.rstrip("_")), literal_spaces=True)
    if language == "zh":
        return folded
    before = r"(?<!\p{L})"
    if language == "ar":
        before += "[وفبكل]{0,2}(?:ال|ل)?"
    return before + folded + (r"(?!\p{L})" if whole else "")


@functools.lru_cache(maxsize=16384)
def clauses(text: str) -> tuple[str, ...]:
    """A sentence in its clauses, folded."""
    return tuple(piece for piece in _CLAUSES.split(fold(text)) if piece and piece.strip())


@functools.lru_cache(maxsize=16384)
def movements(text: str, language: str) -> frozenset[Movement]:
    """What a sentence says moved, clause by clause; nothing where it speaks of prices.

    Clauses about what could be are left out; a clause that names nothing speaks of what the one
    before it counts. Where something stayed as it was, that is what is said.
    """
    found: set[Movement] = set()
    thing = ""
    for clause in clauses(text):
        if _has("things", PRICE, clause, language):
            return frozenset()
        thing = _thing(clause, language) or thing
        direction = _direction(clause, language)
        if direction and (thing or direction == FLAT) and not is_unsure(clause, language):
            found.add(Movement(thing, direction))
    flat = frozenset(one for one in found if one.direction == FLAT)
    return flat or frozenset(found)


def moves(text: str, language: str, thing: str, direction: str) -> bool:
    """Whether a sentence says that a thing moved that way, and nothing else of it."""
    if is_unsure(text, language):
        return False
    about = [c for c in clauses(text) if _has("things", thing, c, language)]
    return {found for c in about if (found := _direction(c, language))} == {direction}


def speaks_of(text: str, language: str, thing: str, direction: str) -> bool:
    """Whether a question speaks of a thing that moves that way, whatever else it asks."""
    return any(
        _has("things", thing, clause, language) and _has("directions", direction, clause, language)
        for clause in clauses(text)
    )


def is_unsure(text: str, language: str) -> bool:
    """Whether a text speaks of what could be, should be or is hoped for."""
    return _has("directions", UNSURE, fold(text), language)


def _direction(clause: str, language: str) -> str:
    """The one direction of a clause, `` where it has none or several."""
    if _has("directions", FLAT, clause, language):
        return FLAT
    found = set()
    for direction in (UP, DOWN):
        at = _search("directions", direction, clause, language)
        if at is None and regex.search(r"\d", clause):
            at = _search("directions", f"{direction}_by", clause, language)
        if at is not None:
            found.add(_denied(clause, at.span(), direction, language))
    if numbers := _by_numbers(clause):
        found.add(numbers)
    found.discard("")
    return found.pop() if len(found) == 1 else ""


def _denied(clause: str, at: tuple[int, int], direction: str, language: str) -> str:
    """A direction, or `flat` where a rise is denied or too small to count; a fall denied is none."""  # noqa: E501
    before = clause[max(0, at[0] - _NEAR) : at[0]]
    around = clause[max(0, at[0] - _NEAR) : at[1] + _NEAR]
    if _has("directions", "not", before, language):
        return FLAT if direction == UP else ""
    return FLAT if direction == UP and _has("directions", "hardly", around, language) else direction


def _by_numbers(clause: str) -> str:
    """The direction of 'from 35 671 to 39 000'."""
    found = _FROM_TO.search(clause)
    if found is None:
        return ""
    first, first_unit, last, last_unit = found.groups()
    unit = _SCALE.get(last_unit or "", 1.0)
    before = _value(first) * (_SCALE.get(first_unit, 1.0) if first_unit else unit)
    after = _value(last) * unit
    if _is_year(first) or _is_year(last) or not before or not after or before == after:
        return ""
    return UP if after > before else DOWN


def _value(written: str) -> float:
    """A number whose points, commas and spaces part thousands, or decimals where few follow."""
    digits = written.strip(" .,\u00a0\u202f")
    if decimals := regex.fullmatch(r"(\d{1,3})[.,](\d{1,2})", digits):
        return float(f"{decimals[1]}.{decimals[2]}")
    return float(regex.sub(r"\D", "", digits) or 0)


def _is_year(written: str) -> bool:
    return bool(regex.fullmatch(r"(?:19|20)\d\d", written.strip(" .,")))


def _thing(clause: str, language: str) -> str:
    """What a clause counts, the more telling first."""
    for thing in ("renewals", "abuse", "names"):
        if _has("things", thing, clause, language):
            return thing
    return "names" if regex.search(r"(?<![\p{L}\p{N}])\.\p{L}{2,}", clause) else ""


def _search(kind: str, name: str, clause: str, language: str) -> regex.Match[str] | None:
    found: Mapping[str, Any] = _lexicon()[kind][name]
    return found[language].search(clause) if language in found else None


def _has(kind: str, name: str, clause: str, language: str) -> bool:
    return _search(kind, name, clause, language) is not None
