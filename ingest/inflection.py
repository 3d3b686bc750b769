"""The forms that an adjective of a country, or the name of its people, takes in six languages.

Made by rule from the dictionary form, and meant for looking words up: a form too many does no harm
where no other word is written like it.
"""

from collections.abc import Callable
from typing import Final

_RUSSIAN_ADJECTIVE: Final = ("ий ая ое ие ого ому им ом ой ую их ими").split()
_HARD: Final = ("ый ая ое ые ого ому ым ом ой ую ых ыми").split()
_MASCULINE: Final = ("", "а", "у", "ом", "е", "ы", "и", "ов", "ам", "ами", "ах")
_EC: Final = ("ец", "ца", "цу", "цем", "цом", "це", "цы", "цев", "цов", "цам", "цами", "цах")
_IN: Final = ("ин", "ина", "ину", "ином", "ине", "е", "", "ам", "ами", "ах")
# Masculine, with tanwin, feminine, plurals and duals; nearly every country's adjective ends in -ī.
_NISBA: Final = ("ي", "يا", "ية", "يين", "يون", "يات", "يان", "يتان", "يتين")


def inflected(word: str, language: str) -> frozenset[str]:
    """All forms of `word`, itself among them; `language` is one of en, es, fr, pt, ru and ar.

    Of several words the last one is inflected; in Arabic all of them are.
    """
    if language == "ar":
        return _arabic(word.split())
    head, last = word[: _start_of_last(word)], word[_start_of_last(word) :]
    return frozenset(head + form for form in (last, *_BY_LANGUAGE[language](last)))


def _start_of_last(word: str) -> int:
    return max(word.rfind(" "), word.rfind("-")) + 1


def _english(word: str) -> list[str]:
    if word.endswith("man"):
        return [word[:-3] + "men"]
    return [] if word.endswith(("s", "sh", "ch", "ese", "x")) else [word + "s"]


def _french(word: str) -> list[str]:
    if word.endswith(("e", "ë", "x")):
        return [word + "s"]
    if word.endswith("s"):
        return [word + "e", word + "es"]
    doubled = word + word[-1] if word.endswith(("en", "on")) else word
    return [word + "s", doubled + "e", doubled + "es", word + "e", word + "es"]


def _spanish(word: str) -> list[str]:
    if word.endswith("o"):
        return [word[:-1] + ending for ending in ("a", "os", "as")]
    for accented, plain in (("és", "es"), ("án", "an"), ("ón", "on"), ("ín", "in"), ("ol", "ol")):
        if word.endswith(accented):
            return [word[: -len(accented)] + plain + ending for ending in ("a", "es", "as")]
    if word.endswith(("í", "ú")):
        return [word + "es", word + "s"]
    return [word + "s", word + "es", word + "a", word + "as"]


def _portuguese(word: str) -> list[str]:
    if word.endswith("ão"):
        return [word[:-2] + ending for ending in ("ã", "ães", "ãs", "ãos", "ões")]
    if word.endswith("ol"):
        return [word[:-2] + ending for ending in ("ola", "óis", "olas")]
    if word.endswith("ês"):
        return [word[:-2] + ending for ending in ("esa", "eses", "esas")]
    if word.endswith("o"):
        return [word[:-1] + ending for ending in ("a", "os", "as")]
    return [word + "s", word + "es"]


def _russian(word: str) -> list[str]:
    if word.endswith("ий"):
        return [word[:-2] + ending for ending in _RUSSIAN_ADJECTIVE]
    if word.endswith("ый"):
        return [word[:-2] + ending for ending in _HARD]
    if word.endswith(("иец", "аец", "еец")):
        return [word[:-2] + "й" + ending for ending in _EC[1:]]
    if word.endswith("ец"):
        return [word[:-2] + ending for ending in _EC]
    if word.endswith(("янин", "анин")):
        return [word[:-2] + ending for ending in _IN]
    return [word + ending for ending in _MASCULINE]


def _arabic(words: list[str]) -> frozenset[str]:
    columns = [
        [word[:-1] + ending for ending in _NISBA] if word.endswith("ي") else [word]
        for word in words
    ]
    count = max(len(column) for column in columns)
    forms = set()
    for row in range(count):
        form = [column[row] if len(column) > 1 else column[0] for column in columns]
        article = [
            "ال" + one if len(col) > 1 else one for one, col in zip(form, columns, strict=True)
        ]
        if not form[0].startswith("ال"):
            forms |= {" ".join(form), " ".join(article), " ".join(["ال" + form[0], *form[1:]])}
        else:
            forms.add(" ".join(form))
    return frozenset(forms)


_BY_LANGUAGE: Final[dict[str, Callable[[str], list[str]]]] = {
    "en": _english,
    "es": _spanish,
    "fr": _french,
    "pt": _portuguese,
    "ru": _russian,
}
