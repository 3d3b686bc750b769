"""A registry like mine: what a registry is like, and which documents tell of one that is alike.

What registries are like stands in data/registries/profiles.yaml, from the cases, each with its
source; where nothing is known nothing is claimed.
"""

from __future__ import annotations

import functools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import yaml

from index.library import Record
from ingest.errors import N_
from ingest.registry_list import registries
from ingest.registry_names import registry_head

FILE: Final = Path(__file__).resolve().parent.parent / "data" / "registries" / "profiles.yaml"
GOVERNANCE: Final = ("government", "private", "non-profit", "academic", "cooperative")
BACK_ENDS: Final = ("own", "outsourced")
NAMES: Final = (10_000, 100_000, 1_000_000)
"""Where classes of size part, in domain names; a cautious measure, for known figures are old."""
STAFF: Final = (10, 50, 200)
"""Where classes of size part, in people."""

BOOST: Final = 0.15
"""Of the best score, what a document of a registry alike in all that was said gains at most."""
_FEW: Final = 3
"""Registries up to which a document tells of each of them."""

_BY_GOVERNANCE: Final = {
    "government": N_("{registry}: run by government, like yours"),
    "private": N_("{registry}: run by a company, like yours"),
    "non-profit": N_("{registry}: run by a non-profit, like yours"),
    "academic": N_("{registry}: run by a university or research body, like yours"),
    "cooperative": N_("{registry}: run by a cooperative, like yours"),
}
_BY_BACK_END: Final = {
    "own": N_("{registry}: runs its own back end, like yours"),
    "outsourced": N_("{registry}: has an outsourced back end, like yours"),
}
_BY_NAMES: Final = N_("{registry}: of a size like yours, about {names} names")
_BY_STAFF: Final = N_("{registry}: about as many staff as yours, {staff}")
_BY_REGION: Final = N_("{registry}: in your region")
_ITSELF: Final = N_("{registry}: your own registry")


@dataclass(frozen=True, slots=True)
class Profile:
    """What a registry is like; an empty field says nothing.

    Attributes
    ----------
    registry : its ccTLD, where it is one of the list.
    governance : one of `GOVERNANCE`; back_end : one of `BACK_ENDS`; region : ICANN's.
    names : domain names under it; staff : people who work for it.
    sources : by field, the case that says so; says : in which words, where it is a figure.
    """

    registry: str = ""
    governance: str = ""
    region: str = ""
    back_end: str = ""
    names: int | None = None
    staff: int | None = None
    sources: Mapping[str, str] = field(default_factory=dict, compare=False)
    says: Mapping[str, str] = field(default_factory=dict, compare=False)

    def __bool__(self) -> bool:
        return self != Profile()


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a document's registry is like the asker's.

    Attributes
    ----------
    template, values : a text for translation; whole numbers are for the reader's locale to write.
    """

    template: str
    values: Mapping[str, str | int]

    def __str__(self) -> str:
        return self.template.format(**self.values)


@functools.lru_cache(maxsize=1)
def known_profiles() -> dict[str, Profile]:
    """What the cases say of registries, by ccTLD."""
    loaded: list[dict[str, Any]] = yaml.safe_load(FILE.read_text("utf-8"))
    return {entry["code"]: _profile(entry) for entry in loaded}


def _profile(entry: Mapping[str, Any]) -> Profile:
    said = {name: found for name, found in entry.items() if name != "code"}
    listed = registries().get(entry["code"])
    return Profile(
        registry=entry["code"],
        region=listed.region if listed else "",
        sources={name: found["case"] for name, found in said.items()},
        says={name: found["says"] for name, found in said.items() if "says" in found},
        **{name: found["value"] for name, found in said.items()},
    )


def profile_of(code: str) -> Profile:
    """What is known of the registry of a ccTLD: at least its region, where the ccTLD is listed."""
    for one in (code, registry_head(code)):
        if one in known_profiles():
            return known_profiles()[one]
    listed = registries().get(code)
    return Profile(registry=code, region=listed.region) if listed else Profile()


def alike(profile: Profile, record: Record) -> tuple[Reason, ...]:
    """In what the registry that a document tells of is like the asker's; nothing where in nothing.

    Of a document about a few registries the one that is most alike counts; a document about many
    tells of none in particular.
    """
    heads = list(dict.fromkeys(registry_head(code) for code in record.registries))
    if not profile or len(heads) > _FEW:
        return ()
    found = [_reasons(profile, code) for code in heads]
    return max(found, key=len, default=())


def _reasons(profile: Profile, code: str) -> tuple[Reason, ...]:
    other = profile_of(code)
    shown = f".{code}"
    reasons: list[Reason] = []
    if profile.registry and registry_head(profile.registry) == code:
        reasons.append(Reason(_ITSELF, {"registry": shown}))
    if profile.governance and profile.governance == other.governance:
        reasons.append(Reason(_BY_GOVERNANCE[other.governance], {"registry": shown}))
    if _in_one_class(profile.names, other.names, NAMES) and other.names is not None:
        reasons.append(Reason(_BY_NAMES, {"registry": shown, "names": other.names}))
    if profile.back_end and profile.back_end == other.back_end:
        reasons.append(Reason(_BY_BACK_END[other.back_end], {"registry": shown}))
    if _in_one_class(profile.staff, other.staff, STAFF) and other.staff is not None:
        reasons.append(Reason(_BY_STAFF, {"registry": shown, "staff": other.staff}))
    if profile.region and profile.region == other.region:
        reasons.append(Reason(_BY_REGION, {"registry": shown}))
    return tuple(reasons)


def _in_one_class(one: int | None, other: int | None, limits: Sequence[int]) -> bool:
    if one is None or other is None:
        return False
    return sum(one >= limit for limit in limits) == sum(other >= limit for limit in limits)


def likeness(profile: Profile, reasons: Sequence[Reason]) -> float:
    """The share of what was said of the asker's registry that holds of the other too, 0 to 1."""
    said = sum(
        bool(value) for value in (profile.governance, profile.region, profile.back_end)
    ) + sum(value is not None for value in (profile.names, profile.staff))
    counted = sum(reason.template != _ITSELF for reason in reasons)
    return counted / said if said else float(bool(reasons))


def alike_first(
    profile: Profile, scored: Sequence[tuple[Record, float]]
) -> list[tuple[int, tuple[Reason, ...]]]:
    """The order in which documents are shown to the asker, with the reasons of each.

    A document of a registry that is alike rises, by `BOOST` at most, so that it comes before others
    that fit about as well and not before those that fit much better. What is not alike keeps its
    order.

    Parameters
    ----------
    scored : documents with their scores, best first.

    Returns
    -------
    Places in `scored`, in the new order.
    """
    reasons = [alike(profile, record) for record, _ in scored]
    best = max((score for _, score in scored), default=0.0)
    worth = [
        score + BOOST * best * likeness(profile, found)
        for (_, score), found in zip(scored, reasons, strict=True)
    ]
    order = sorted(range(len(scored)), key=lambda place: -worth[place])
    return [(place, reasons[place]) for place in order]
