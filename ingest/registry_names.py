"""One registry, many names: `.tw`, 'TWNIC' and 'Taiwan' in any of the seven languages are `tw`."""

import unicodedata
from functools import lru_cache

from ingest.registry_list import code_of_territory, registries, territory_names


def registry_code(name: str) -> str:
    """The ccTLD, without its dot, that a name stands for; `` where it stands for none.

    Parameters
    ----------
    name : a ccTLD with or without its dot, as a reader or as DNS writes it, the registry's name,
        or its territory's in any of the seven languages; capitals and accents do not matter.
        `.台灣` is that ccTLD, `台灣` is Taiwan, so `tw`.
    """
    plain = _plain(name)
    if plain.startswith("."):
        return _labels().get(plain.lstrip("."), "")
    return _codes().get(plain, "")


def registry_family(code: str) -> tuple[str, ...]:
    """The ccTLDs that a search for one finds: an ASCII one brings its registry's others along.

    `tw` gives `tw`, `台湾` and `台灣`, which the same organisation runs for the same territory; an
    internationalised one gives itself alone.
    """
    return _families().get(code, (code,))


def registry_head(code: str) -> str:
    """The ASCII ccTLD whose family holds a code, such as `tw` for `台灣`; else the code itself."""
    return _heads().get(code, code)


@lru_cache(maxsize=1)
def _heads() -> dict[str, str]:
    return {code: head for head, codes in _families().items() for code in codes}


@lru_cache(maxsize=1)
def _labels() -> dict[str, str]:
    return {_plain(label): r.code for r in registries().values() for label in (r.code, r.ascii)}


@lru_cache(maxsize=1)
def _codes() -> dict[str, str]:
    """Codes by plain name; where two registries share a name the more exact kind of name wins."""
    known = list(registries().values())
    named = [(r.ascii, r.code) for r in known]
    named += [(name, r.code) for r in known for name in (*r.names, r.registry) if name]
    named += [
        (name, code_of_territory()[territory])
        for territory, names in territory_names().items()
        for name in names
    ]
    named += [(name, r.code) for r in known for name in (*r.weak_names, r.code)]
    codes: dict[str, str] = {}
    for name, code in named:
        codes.setdefault(_plain(name), code)
    return codes


@lru_cache(maxsize=1)
def _families() -> dict[str, tuple[str, ...]]:
    families: dict[tuple[str, str], list[str]] = {}
    for registry in registries().values():
        if registry.territory and registry.registry:
            families.setdefault((registry.territory, registry.registry), []).append(registry.code)
    return {
        code: tuple(codes)
        for codes in families.values()
        for code in codes
        if code.isascii() and len(codes) > 1
    }


def _plain(name: str) -> str:
    """Small letters without accents and doubled spaces."""
    decomposed = unicodedata.normalize("NFKD", " ".join(name.split()).casefold())
    return "".join(c for c in decomposed if not unicodedata.combining(c))
