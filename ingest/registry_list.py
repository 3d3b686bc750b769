"""The ccTLDs there are, who runs them, and the names by which texts mention them."""

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

import yaml
from babel import Locale

_FILE: Final = Path(__file__).resolve().parent.parent / "data" / "registries" / "registries.yaml"
# The seven languages, with the writings of Portugal, Taiwan and Hong Kong.
_LOCALES: Final = ("en", "fr", "es", "pt", "pt_PT", "ru", "ar", "zh", "zh_Hant", "zh_Hant_HK")


@dataclass(frozen=True, slots=True)
class Registry:
    """A delegated ccTLD and the organisation that runs it.

    Attributes
    ----------
    code : without the dot, as a reader writes it (`tw`, `台灣`).
    ascii : as DNS carries it (`tw`, `xn--kpry57d`).
    territory : ISO 3166 alpha-2, or `` where there is none (`.su`).
    region : ICANN's `AF`, `AP`, `EU`, `LAC` or `NA`.
    registry : the manager's name in the IANA root zone database, or ``.
    names : its other names.
    weak_names : names that mean other things too.
    source : the IANA record's address.
    """

    code: str
    ascii: str
    territory: str
    region: str
    registry: str
    names: tuple[str, ...]
    weak_names: tuple[str, ...]
    source: str


@lru_cache(maxsize=1)
def _data() -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.load(_FILE.read_text("utf-8"), Loader=_LOADER)
    return loaded


_LOADER: Final = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@lru_cache(maxsize=1)
def registries() -> dict[str, Registry]:
    """All delegated ccTLDs by code, ASCII ones first."""
    return {
        entry["code"]: Registry(
            code=entry["code"],
            ascii=entry["ascii"],
            territory=entry["territory"],
            region=entry["region"],
            registry=entry["registry"],
            names=tuple(entry.get("names", ())),
            weak_names=tuple(entry.get("weak_names", ())),
            source=entry["source"],
        )
        for entry in _data()["registries"]
    }


@lru_cache(maxsize=1)
def code_of_territory() -> dict[str, str]:
    """The ASCII ccTLD of each territory (`GB` is `uk`)."""
    codes = {r.territory: r.code for r in registries().values() if r.code.isascii() and r.territory}
    return codes | {"GB": "uk"}


@lru_cache(maxsize=1)
def territory_names() -> dict[str, tuple[str, ...]]:
    """Names of each territory in the seven languages: CLDR's, and those that CLDR lacks."""
    extra: dict[str, list[str]] = _data()["territory_names"]
    names: dict[str, list[str]] = {code: list(extra.get(code, ())) for code in code_of_territory()}
    for locale in _LOCALES:
        known = Locale.parse(locale).territories
        for code in names:
            if code in known:
                names[code] += _written_out(known[code])
    return {code: tuple(dict.fromkeys(found)) for code, found in names.items()}


def _written_out(name: str) -> list[str]:
    """A name of CLDR, and as texts write it where CLDR abbreviates or has alternatives."""
    names = [name]
    for short, full in (("о-ва", "острова"), ("о-в", "остров"), ("St.", "Saint")):
        if re.search(rf"(?<!\w){re.escape(short)}(?!\w)", name):
            names.append(name.replace(short, full))
    return names


@lru_cache(maxsize=1)
def ambiguous_names() -> frozenset[str]:
    """Territory names that are also a person, a city or a word."""
    return frozenset(_data()["ambiguous_names"])


def other_phrases() -> tuple[str, ...]:
    """Phrases that hold a territory's name and mean something else."""
    return tuple(_data()["other_phrases"])


@lru_cache(maxsize=1)
def file_endings() -> frozenset[str]:
    """ccTLDs better known as the ending of a file's name."""
    return frozenset(_data()["file_endings"])
