"""The words of data/registries/demonyms.yaml in all their forms, ready to be looked up."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Any, Final, Literal

import opencc
import yaml

from ingest.gazetteer import HAN, WORD, Gazetteer, build_gazetteer, cases, fold
from ingest.inflection import inflected
from ingest.registry_list import ambiguous_names, territory_names

_FILE: Final = Path(__file__).resolve().parent.parent / "data" / "registries" / "demonyms.yaml"
_LOADER: Final = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
# Undeclined in Russian: 'Мали', 'Того', 'Джерси'.
_UNDECLINED: Final = ("о", "и")
# The gazetteer declines no word this short; a capital and a preposition make this one safe.
_SHORT_CASES: Final = ("а", "у", "ом", "е")

Kind = Literal["phrase", "name", "adjective", "language", "place"]
_BY_WEIGHT: Final[tuple[Kind, ...]] = ("phrase", "name", "adjective", "language", "place")


@dataclass(frozen=True, slots=True)
class Form:
    """A word or words as they stand in texts, folded.

    Attributes
    ----------
    kind : `adjective` of a country or its people, the `name` of a territory, a `language` without
        a country, a `place` whose name is also something else, or a `phrase` that hides the others.
    languages : in which it is an adjective.
    guarded : whether it speaks for its territories only beside a word such as 'registry'.
    capital : whether it needs a capital, or capitals only where it is written so.
    """

    words: tuple[str, ...]
    kind: Kind
    territories: frozenset[str] = frozenset()
    languages: frozenset[str] = frozenset()
    guarded: bool = False
    capital: str = ""


@lru_cache(maxsize=1)
def demonym_data() -> dict[str, Any]:
    """The file as it stands."""
    loaded: dict[str, Any] = yaml.load(_FILE.read_text("utf-8"), Loader=_LOADER)
    return loaded


@lru_cache(maxsize=1)
def forms() -> dict[str, tuple[Form, ...]]:
    """All forms by their first word, longer ones first."""
    known: dict[tuple[str, ...], Form] = {}
    for form in (*_adjectives(), *_names(), *_other()):
        known[form.words] = _together(known.get(form.words), form)
    by_word: dict[str, list[Form]] = {}
    for form in known.values():
        by_word.setdefault(form.words[0], []).append(form)
    return {
        word: tuple(sorted(found, key=lambda form: -len(form.words)))
        for word, found in by_word.items()
    }


def folded(text: str) -> tuple[str, ...]:
    """The words of a text, folded."""
    return tuple(fold(word) for word in WORD.findall(text))


def _together(known: Form | None, form: Form) -> Form:
    if known is None:
        return form
    if known.kind != form.kind:
        return min(known, form, key=lambda one: _BY_WEIGHT.index(one.kind))
    return replace(
        known,
        territories=known.territories | form.territories,
        languages=known.languages | form.languages,
        guarded=known.guarded or form.guarded,
        capital=known.capital or form.capital,
    )


def _adjectives() -> Iterator[Form]:
    data = demonym_data()
    guarded, capital = set(data["only_beside"]), set(data["with_capital"])
    for territory, by_language in data["territories"].items():
        for language, words in by_language.items():
            if language == "names":
                continue
            for word in words:
                for written in inflected(word, language):
                    yield Form(
                        folded(written),
                        "adjective",
                        frozenset([territory]),
                        frozenset([language]),
                        word in guarded,
                        word if word in capital else "",
                    )


def _names() -> Iterator[Form]:
    capital = set(demonym_data()["with_capital"])
    for territory, by_language in demonym_data()["territories"].items():
        for name in by_language.get("names", ()):
            if not HAN.search(name):
                kind: Kind = "place" if name in ambiguous_names() else "name"
                for words in _declined(name) if kind == "place" else [folded(name)]:
                    needs = name if kind == "place" or name in capital else ""
                    yield Form(words, kind, frozenset([territory]), capital=needs)
    for territory, known in territory_names().items():
        for name in known:
            if name in ambiguous_names() and not HAN.search(name):
                for words in _declined(name):
                    yield Form(words, "place", frozenset([territory]), capital=name)


def _declined(name: str) -> Iterator[tuple[str, ...]]:
    words = folded(name)
    yield words
    if len(words) == 1 and not words[0].endswith(_UNDECLINED):
        short = [words[0] + ending for ending in _SHORT_CASES] if words[0] == "чад" else []
        yield from ((case,) for case in cases(words[0]) or short)


def _other() -> Iterator[Form]:
    data = demonym_data()
    for phrase in data["other_phrases"]:
        yield Form(folded(phrase), "phrase")
    for word in data["languages"]:
        for language in ("ar",) if word[0] > "\u0600" else ("en", "es", "fr", "pt", "ru"):
            for written in inflected(word, language):
                yield Form(folded(written), "language")


@lru_cache(maxsize=1)
def han_names() -> tuple[Gazetteer, Gazetteer]:
    """Chinese names in both writings: those that mean nothing else, and others.

    The keys are territories with spaces between.
    """
    sure: dict[str, set[str]] = {}
    other: dict[str, set[str]] = {}
    for territory, known in territory_names().items():
        more = demonym_data()["territories"].get(territory, {}).get("names", ())
        for name in filter(HAN.search, (*known, *more)):
            for written in _both_writings(name):
                names = other if {name, written} & ambiguous_names() else sure
                names.setdefault(written, set()).add(territory)
    return (
        build_gazetteer((n, " ".join(keys)) for n, keys in sure.items() if n not in other),
        build_gazetteer((n, " ".join(keys)) for n, keys in other.items()),
    )


def _both_writings(name: str) -> set[str]:
    return {name, *(_converter(way).convert(name) for way in ("s2t", "s2tw", "t2s"))}


@lru_cache(maxsize=3)
def _converter(way: str) -> opencc.OpenCC:
    return opencc.OpenCC(way)
