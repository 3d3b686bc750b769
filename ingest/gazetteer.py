"""Finding the names of a list in running text, in Latin, Cyrillic, Arabic and Han script.

Texts change names: Russian declines them, Arabic writes conjunctions, prepositions and the article
onto them, Latin scripts drop accents, Chinese puts no space around them. Where two names begin at
the same place the longer one is found, so that 'Papua New Guinea' is no 'Guinea'.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache

_MARKS = "\u0300-\u036f\u064b-\u065f\u0670\u0640"
WORD = re.compile(rf"[^\W_\u3400-\u9fff]+(?:[{_MARKS}]+[^\W_\u3400-\u9fff]*)*")
HAN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff]")
_HAN_RUN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff·（）]+")
_ARABIC = re.compile(r"[\u0620-\u06ff]")
_CYRILLIC = re.compile(r"[\u0400-\u04ff]")
_ARABIC_FOLDING = str.maketrans("أإآٱىةکی", "اااايهكي")
# Between two words of one name: 'Côte d’Ivoire', 'St. Helena', a line's end.
_WIDEST_GAP = 3
_SHORT = 4


@dataclass(frozen=True, slots=True)
class Found:
    """A name in a text: whose it is (`key`), and where it stands, in characters."""

    key: str
    name: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Entry:
    words: tuple[str, ...]
    name: str
    key: str


@dataclass(frozen=True, slots=True)
class Gazetteer:
    """Names ready to be found; made by `build_gazetteer`."""

    by_word: dict[str, list[_Entry]] = field(default_factory=dict)
    by_character: dict[str, list[_Entry]] = field(default_factory=dict)
    lemmas: dict[str, str] = field(default_factory=dict)

    def find(self, text: str) -> Iterator[Found]:
        """Names in `text`: those in words first, then those in Han, each in order."""
        words = list(WORD.finditer(text))
        folded = [self._fold(word.group()) for word in words]
        position = 0
        while position < len(words):
            found = self._at(words, folded, position)
            if found is None:
                position += 1
                continue
            entry, count = found
            last = words[position + count - 1]
            yield Found(entry.key, entry.name, words[position].start(), last.end())
            position += count
        yield from self.find_han(text)

    def _fold(self, word: str) -> str:
        folded = fold(word)
        return self.lemmas.get(folded, folded)

    def _at(
        self, words: list[re.Match[str]], folded: list[str], position: int
    ) -> tuple[_Entry, int] | None:
        best: _Entry | None = None
        for first in (folded[position], *without_prefixes(folded[position])):
            for entry in self.by_word.get(first, ()):
                if best and len(entry.words) <= len(best.words):
                    continue
                if _agrees(entry, words, folded, position):
                    best = entry
        return (best, len(best.words)) if best else None

    def find_han(self, text: str) -> Iterator[Found]:
        for run in _HAN_RUN.finditer(text):
            position = run.start()
            while position < run.end():
                for entry in self.by_character.get(text[position], ()):
                    if text.startswith(entry.name, position):
                        end = position + len(entry.name)
                        yield Found(entry.key, entry.name, position, end)
                        position = end
                        break
                else:
                    position += 1


def build_gazetteer(names: Iterable[tuple[str, str]]) -> Gazetteer:
    """Prepare names to be found.

    Parameters
    ----------
    names : pairs of a name, as it is written, and the key that it stands for; the same name may
        be given once only, the first is kept.
    """
    listed = [(name, key, tuple(map(fold, WORD.findall(name)))) for name, key in names]
    lemmas = _lemmas(word for *_, words in listed for word in words)
    gazetteer = Gazetteer(lemmas=lemmas)
    seen: set[tuple[str, ...]] = set()
    for name, key, words in listed:
        if HAN.search(name):
            identity: tuple[str, ...] = (name,)
            entries = gazetteer.by_character.setdefault(name[0], [])
        else:
            identity = words = tuple(lemmas.get(word, word) for word in words)
            entries = gazetteer.by_word.setdefault(words[0], [])
        if identity not in seen:
            seen.add(identity)
            entries.append(_Entry(words, name, key))
    for entries in gazetteer.by_character.values():
        entries.sort(key=lambda entry: -len(entry.name))
    return gazetteer


def _lemmas(words: Iterable[str]) -> dict[str, str]:
    """The dictionary form of each other form that the words take."""
    lemmas: dict[str, str] = {}
    for word in words:
        for form in cases(word):
            lemmas.setdefault(form, word)
    # A plural ('территории') may be a case of another name's singular ('территория').
    return {form: lemmas.get(word, word) for form, word in lemmas.items()}


@lru_cache(maxsize=50_000)
def fold(word: str) -> str:
    """Lower case, without accents and vowel signs; Arabic letters that are confused are one."""
    word = word.casefold()
    if word.isascii():
        return word
    if _CYRILLIC.match(word):
        return word.replace("ё", "е")
    decomposed = unicodedata.normalize("NFD", word)
    bare = "".join(c for c in decomposed if unicodedata.category(c) != "Mn" and c != "\u0640")
    return unicodedata.normalize("NFC", bare).translate(_ARABIC_FOLDING)


def without_prefixes(word: str) -> Iterator[str]:
    """What an Arabic word may be without the words written onto its front."""
    if not _ARABIC.match(word):
        return
    rests = [word]
    if word[0] in "وف" and len(word) > 3:
        rests.append(word[1:])
    for rest in list(rests):
        if rest.startswith("لل") and len(rest) > 4:
            rests.append("ال" + rest[2:])
        if rest[0] in "بكل" and len(rest) > 3:
            rests.append(rest[1:])
    yield from rests[1:]


def _agrees(entry: _Entry, words: list[re.Match[str]], folded: list[str], position: int) -> bool:
    count = len(entry.words)
    if position + count > len(words):
        return False
    if count > 1 and tuple(folded[position + 1 : position + count]) != entry.words[1:]:
        return False
    for left, right in zip(
        words[position : position + count - 1], words[position + 1 : position + count], strict=True
    ):
        if right.start() - left.end() > _WIDEST_GAP:
            return False
    return _written_as_a_name(entry, words[position].group())


def _written_as_a_name(entry: _Entry, word: str) -> bool:
    """Names have a capital; a short one such as 'TRA' or 'auDA' has its own, or capitals only."""
    if len(entry.words) == 1 and len(word) <= _SHORT and not entry.name.istitle():
        return word.isupper() or word == entry.name or not _CASED.match(word)
    return not word[0].islower() or entry.name.startswith(word)


# Scripts that have capitals.
_CASED = re.compile("[A-Za-z\u00c0-\u024f\u0400-\u052f]")

# Endings of Russian words by the ending of their dictionary form; longest first.
_CASES: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("ская", ("ской", "скую")),
    ("ский", ("ского", "скому", "ским", "ском")),
    ("ский", ("ского", "скому", "ским", "ском")),
    ("ия", ("ии", "ию", "ией")),
    ("ая", ("ой", "ую")),
    ("яя", ("ей", "юю")),
    ("ые", ("ых", "ым", "ыми")),
    ("ие", ("их", "им", "ими")),
    ("ый", ("ого", "ому", "ым", "ом")),
    ("ий", ("ого", "ему", "им", "ем")),
    ("ой", ("ого", "ому", "ым", "ом")),
    ("ай", ("ая", "аю", "аем", "ае")),
    ("ея", ("еи", "ею", "еей")),
    ("ое", ("ого", "ому", "ым", "ом")),
    ("а", ("ы", "и", "е", "у", "ой")),
    ("я", ("и", "е", "ю", "ей")),
    ("ь", ("я", "ю", "ем", "е", "и", "ью")),
    ("ы", ("", "ов", "ам", "ами", "ах")),
    ("и", ("", "ей", "ам", "ами", "ах")),
)
_INDECLINABLE = ("о", "е", "у", "э", "ю", "и")


def cases(word: str) -> list[str]:
    """Forms that a Russian word takes in its other cases."""
    if not _CYRILLIC.match(word) or len(word) < 4:
        return []
    for ending, others in _CASES:
        if word.endswith(ending):
            return [word.removesuffix(ending) + other for other in others]
    if word.endswith(_INDECLINABLE):
        return []
    return [word + other for other in ("а", "у", "ом", "е")]
