"""Which ccTLD registries a document is about, judged by the names that stand in it."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final

from ingest.demonyms import find_demonyms
from ingest.gazetteer import Found, Gazetteer, build_gazetteer
from ingest.registry_list import (
    ambiguous_names,
    code_of_territory,
    file_endings,
    other_phrases,
    registries,
    territory_names,
)

# What each kind of mention weighs beside '.tw' itself.
_WEIGHTS: Final = {"label": 3.0, "name": 3.0, "territory": 1.0, "suffix": 0.5, "host": 0.2}
_MOST_BY_HOSTS: Final = 2.0
# A document is about a few registries or about none: a survey of thirty is about none of them.
_MOST: Final = 6
# A label and a territory once each are enough in a page or two; a longer text is asked for more.
_LEAST_SCORE: Final = 4.0
_SHORT_TEXT: Final = 6_000
_CHARACTERS_A_POINT: Final = 10_000
_MOST_ASKED: Final = 20.0
_OF_THE_FIRST: Final = 0.5
_TOGETHER: Final = 0.5

_FILE_WORDS: Final = re.compile(
    r"(?i)\b(?:file|files|filename|extension|format|script|fichiers?|archivos?|ficheros?|arquivos?|"
    r"ficheiros?|файл\w*|расширени\w*)\b|文件|檔|扩展名|副檔名|ملف|ملفات"
)
_AROUND: Final = 25
_SECOND_LEVELS: Final = frozenset(["com", "co", "net", "org", "gov", "gob", "gouv", "edu", "ac"])
_HAN: Final = re.compile(r"[\u3400-\u9fff]")


@dataclass(frozen=True, slots=True)
class Mention:
    """A registry that a document is about, how often it is named, and why it was taken.

    Attributes
    ----------
    code : ccTLD without the dot, lower case (`tw`, `рф`).
    count : how often title and text name the ccTLD, its registry or its territory.
    reason : one English sentence for the librarian.
    """

    code: str
    count: int
    reason: str


@dataclass(slots=True)
class _Evidence:
    """Mentions of one ccTLD, by their kind and the name that was used."""

    mentions: Counter[tuple[str, str]] = field(default_factory=Counter)

    def of(self, *kinds: str) -> int:
        return sum(count for (kind, _), count in self.mentions.items() if kind in kinds)

    @property
    def strong(self) -> int:
        return self.of("label", "name")

    @property
    def score(self) -> float:
        own = sum(_WEIGHTS[kind] * self.of(kind) for kind in _WEIGHTS if kind != "host")
        return own + min(_WEIGHTS["host"] * self.of("host"), _MOST_BY_HOSTS)

    @property
    def count(self) -> int:
        return self.of("label", "name", "territory", "suffix")

    def best_names(self) -> list[tuple[str, int]]:
        ranked = sorted(self.mentions.items(), key=lambda item: -_WEIGHTS[item[0][0]] * item[1])
        return [(name, count) for (_, name), count in ranked[:3]]


_Found = dict[str, _Evidence]


def find_registries(text: str, title: str = "") -> tuple[Mention, ...]:
    """Registries that a document is about, most mentioned first; none where none stands out.

    A ccTLD written with its dot, or a registry's name, is strong evidence; a territory's name in
    running text, `.com.tw` or a host name is weak. The title counts alone; in the text a ccTLD
    must be named strongly and be among the few that the document names most. The ccTLDs of one
    territory (`.tw`, `.台灣`) are weighed together.

    Parameters
    ----------
    text : the whole document.
    title : its title, or ``.
    """
    in_text = _gather(text, {})
    in_title = _named_in_title(_gather(title, in_text)) if title else {}
    mentions = [
        Mention(code, max(in_text.get(code, evidence).count, 1), _reason(evidence, in_title=True))
        for code, evidence in in_title.items()
    ]
    # What the title names, the document is about: the text adds its other ccTLDs only.
    titled = {registries()[code].territory for code in in_title}
    mentions += [
        Mention(code, evidence.count, _reason(evidence, in_title=False))
        for code, evidence in _leading(in_text, len(text)).items()
        if code not in in_title and (not titled or registries()[code].territory in titled)
    ]
    return tuple(sorted(mentions, key=lambda mention: -mention.count))


def named_territories(text: str) -> frozenset[str]:
    """Territories (ISO 3166 codes) whose ccTLD, registry or name a short text mentions at all.

    Unlike `find_registries` it does not ask what a document is about: every mention counts, and so
    do adjectives and peoples ('the Swedish registry').
    """
    demonyms = find_demonyms(text)
    shown = list(text)
    for start, end in demonyms.elsewhere:
        shown[start:end] = " " * (end - start)
    reading = _read("".join(shown))
    named = _named_in_title(_weighed(reading, {}))
    names = frozenset(registries()[code].territory for code in named)
    # 'French' in 'French Guiana' is not France.
    return names.union(
        *(one.territories for one in demonyms.meant if reading.left[one.start] != " ")
    )


def territories_of(codes: Iterable[str]) -> frozenset[str]:
    """The territories of ccTLDs; codes that are not listed are passed over."""
    return frozenset(registries()[code].territory for code in codes if code in registries())


def _named_in_title(found: _Found) -> _Found:
    named = {code: e for code, e in found.items() if e.of("label", "name", "suffix")}
    territories = {registries()[code].territory for code in named}
    # 'مصر' in '.مصر' is the territory's name as well; its other ccTLD is not meant.
    return named | {
        code: e
        for code, e in found.items()
        if e.of("territory") and registries()[code].territory not in territories
    }


def _leading(found: _Found, length: int) -> _Found:
    """The ccTLDs of the few territories that a text names most; empty where many are alike."""
    families: dict[str, list[str]] = defaultdict(list)
    for code in found:
        families[registries()[code].territory or code].append(code)
    scores = {f: sum(found[code].score for code in codes) for f, codes in families.items()}
    most = max(scores.values(), default=0.0)
    longer = max(0, length - _SHORT_TEXT)
    least = min(_LEAST_SCORE + longer / _CHARACTERS_A_POINT, _MOST_ASKED)
    leading = [family for family, score in scores.items() if score >= _OF_THE_FIRST * most]
    together = sum(scores[family] for family in leading)
    if len(leading) > _MOST or together < _TOGETHER * sum(scores.values()):
        return {}
    return {
        code: found[code]
        for family in leading
        if scores[family] >= least
        for code in families[family]
        if found[code].strong >= (2 if len(families[family]) > 1 else 1)
    }


def _reason(evidence: _Evidence, in_title: bool) -> str:
    names = evidence.best_names()
    if in_title:
        return f"The title names {', '.join(name for name, _ in names)}."
    counted = ", ".join(f"{name} ({count})" for name, count in names)
    return f"The text names it more than other ccTLDs: {counted}."


def _gather(text: str, known: _Found) -> _Found:
    """All evidence in a text by ccTLD; `known` is what other text of the document gave."""
    return _weighed(_read(text), known)


@dataclass(frozen=True, slots=True)
class _Reading:
    """What stands in a text: sure evidence, names that need more, and the text that is left."""

    found: _Found
    weak: tuple[tuple[str, Found], ...]
    left: str


def _read(text: str) -> _Reading:
    found: _Found = defaultdict(_Evidence)
    weak: list[tuple[str, Found]] = []
    text = _take_hosts(_ADDRESS, text, found)
    text = _take_labels(text, found)
    text = _take_hosts(_HOST, text, found)
    left = list(text)
    for name in _gazetteer().find(text):
        kind, _, code = name.key.partition(":")
        if kind != "ambiguous":
            left[name.start : name.end] = " " * (name.end - name.start)
        if kind in ("weak", "ambiguous"):
            weak.append((kind, name))
        elif kind != "other":
            found[code].mentions[kind, name.name] += 1
    return _Reading(found, tuple(weak), "".join(left))


def _weighed(reading: _Reading, known: _Found) -> _Found:
    found = reading.found
    for kind, name in reading.weak:
        codes = _weak_names()[name.name] if kind == "weak" else [name.key.partition(":")[2]]
        for code in codes:
            here, elsewhere = found.get(code), known.get(code)
            if (here and _is_meant(here, kind)) or (elsewhere and elsewhere.strong):
                found[code].mentions["name" if kind == "weak" else "territory", name.name] += 1
    return dict(found)


def _is_meant(evidence: _Evidence, kind: str) -> bool:
    return bool(evidence.strong or (kind == "weak" and evidence.of("territory")))


@lru_cache(maxsize=1)
def _weak_names() -> dict[str, list[str]]:
    codes: dict[str, list[str]] = defaultdict(list)
    for registry in registries().values():
        for name in registry.weak_names:
            codes[name].append(registry.code)
    return dict(codes)


@lru_cache(maxsize=1)
def _gazetteer() -> Gazetteer:
    names: list[tuple[str, str]] = [(phrase, "other:") for phrase in other_phrases()]
    for registry in registries().values():
        undotted = [name for name in registry.names if "." not in name.strip(".") or " " in name]
        names += [(name, f"name:{registry.code}") for name in undotted]
        names += [(name, f"weak:{registry.code}") for name in registry.weak_names]
    for territory, known in territory_names().items():
        code = code_of_territory()[territory]
        for name in known:
            kind = "ambiguous" if name in ambiguous_names() else "territory"
            names.append((name, f"{kind}:{code}"))
    return build_gazetteer(names)


@lru_cache(maxsize=1)
def _label() -> re.Pattern[str]:
    """'.tw' and '.台灣' where they stand alone, '.com.tw' too; not within a host name."""
    han = "|".join(code for code in registries() if _HAN.match(code))
    other = "|".join(
        sorted(
            (c for c in registries() if c[0] > "\x7f" and not _HAN.match(c)), key=len, reverse=True
        )
    )
    return re.compile(
        rf"(?<![^\W\u3400-\u9fff])(?<![.@\\-])(?P<second>\.[a-z]{{2,8}})?"
        rf"\.(?P<label>xn--[a-z0-9-]+|[a-z]{{2}}(?![A-Za-z0-9_-])|(?:{han})|(?:{other})(?!\w))"
        rf"(?!\.[^\W_])",
        re.IGNORECASE,
    )


@lru_cache(maxsize=1)
def _by_label() -> dict[str, str]:
    return {label: r.code for r in registries().values() for label in (r.code, r.ascii)}


def _take_labels(text: str, found: _Found) -> str:
    def note(match: re.Match[str]) -> str:
        code = _by_label().get(match["label"].casefold())
        if code and not (code in file_endings() and _near_file(text, match)):
            kind = "suffix" if match["second"] else "label"
            found[code].mentions[kind, match[0].casefold()] += 1
        return " " * len(match[0])

    return _label().sub(note, text)


def _near_file(text: str, match: re.Match[str]) -> bool:
    around = text[max(0, match.start() - _AROUND) : match.end() + _AROUND]
    return bool(_FILE_WORDS.search(around))


_ADDRESS: Final = re.compile(r"https?://([\w.-]{1,255})\S*|[\w.+-]{1,64}@([\w.-]{1,255})")
_HOST: Final = re.compile(r"(?<![\w.-])([\w-]{1,63}(?:\.[\w-]{1,63}){1,8})(?:/[\w./?%&=#:~+-]*)?")


@lru_cache(maxsize=1)
def _dotted_names() -> dict[str, tuple[str, str]]:
    return {
        name.casefold(): (registry.code, name)
        for registry in registries().values()
        for name in registry.names
        if "." in name.strip(".") and " " not in name
    }


def _take_hosts(pattern: re.Pattern[str], text: str, found: _Found) -> str:
    def note(match: re.Match[str]) -> str:
        host = next(filter(None, match.groups()), "").casefold().strip(".-")
        first, _, last = host.rpartition(".")
        code = _by_label().get(last, "")
        if pattern is _HOST and host in _dotted_names():
            code, name = _dotted_names()[host]
            found[code].mentions["name", name] += 1
        elif first and code and code not in file_endings():
            kind = "suffix" if first in _SECOND_LEVELS else "host"
            found[code].mentions[kind, host] += 1
        return " " * len(match[0])

    return pattern.sub(note, text)
