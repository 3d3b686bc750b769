"""What registries are like stands in the cases, and likeness moves what is shown only so far."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from index.library import Record
from search.profiles import (
    BOOST,
    FILE,
    GOVERNANCE,
    Profile,
    alike,
    alike_first,
    known_profiles,
    profile_of,
)

CASES = Path(__file__).parents[2] / "data" / "cases"
ENTRIES: list[dict[str, Any]] = yaml.safe_load(FILE.read_text("utf-8"))


def record(name: str, *registries: str) -> Record:
    regions = tuple(dict.fromkeys(profile_of(code).region for code in registries))
    return Record(
        *(name, name, f"{name}.pdf", "application/pdf", 1, name, 2020, registries, ("en",)),
        *(1, 1, ""),
        regions=regions,
    )


@pytest.mark.parametrize("entry", ENTRIES, ids=[entry["code"] for entry in ENTRIES])
def test_what_is_said_of_a_registry_stands_in_the_case_named(entry: dict[str, Any]) -> None:
    for name, said in entry.items():
        if name == "code":
            continue
        text = (CASES / f"{said['case']}.md").read_text("utf-8")
        head = yaml.safe_load(text.split("\n---\n")[0])
        if name == "governance":
            assert said["value"] == head["governance"] and said["value"] in GOVERNANCE
            assert entry["code"] in head["registries"]
        elif name == "names":
            assert said["says"] == head["size"]
            assert said["value"] > 0 and re.search(r"\d", said["says"])
        else:
            assert said["says"] in text


def test_an_internationalised_domain_shares_the_profile_of_its_registry() -> None:
    assert profile_of("рф").governance == "non-profit"
    assert profile_of("台灣") == profile_of("tw")
    assert profile_of("is").region == "EU" and not profile_of("is").governance
    assert not profile_of("nowhere")
    assert all(profile.sources for profile in known_profiles().values())


def test_each_reason_is_said_and_nothing_is_claimed_that_is_not_known() -> None:
    mine = Profile(governance="government", region="AF", names=60_000, back_end="own", staff=12)
    said = [str(reason) for reason in alike(mine, record("one", "cm"))]
    assert said == [
        ".cm: run by government, like yours",
        ".cm: of a size like yours, about 54337 names",
        ".cm: in your region",
    ]
    assert alike(mine, record("two", "is")) == ()
    assert alike(Profile(), record("one", "cm")) == ()


def test_a_document_about_many_registries_tells_of_none_in_particular() -> None:
    assert alike(Profile(region="AF"), record("many", "cm", "ke", "ng", "za")) == ()
    assert alike(Profile(region="AF"), record("two", "br", "ke"))


def test_ones_own_registry_is_named_as_such() -> None:
    reasons = alike(profile_of("cm"), record("one", "cm"))
    assert str(reasons[0]) == ".cm: your own registry"


def test_alike_cases_rise_past_near_equals_and_not_past_much_better_ones() -> None:
    mine = Profile(governance="government", region="AF")
    scored = [
        (record("best", "be"), 1.0),
        (record("near", "ca"), 0.70),
        (record("alike", "cm"), 0.68),
        (record("alike-too", "ci"), 0.68),
        (record("last", "nz"), 0.20),
    ]
    order = [place for place, _ in alike_first(mine, scored)]
    assert order == [0, 2, 3, 1, 4]
    assert BOOST < 1.0 - 0.68
    assert [place for place, _ in alike_first(Profile(), scored)] == [0, 1, 2, 3, 4]
