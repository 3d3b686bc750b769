"""A registry answers to its ccTLD, its own name and its country's in seven languages."""

from __future__ import annotations

import pytest

from ingest.registry_list import registries
from ingest.registry_names import registry_code, registry_family, registry_head


@pytest.mark.parametrize(
    "name",
    [
        *(".tw", "tw", "TW", "TWNIC", "twnic", "Taiwan", "Taiwán", "Taïwan", "Тайвань", "تايوان"),
        *("台湾", "台灣"),
    ],
)
def test_all_names_of_a_registry_mean_the_same(name: str) -> None:
    assert registry_code(name) == "tw"


def test_a_label_with_its_dot_is_that_label() -> None:
    assert registry_code(".台灣") == "台灣"
    assert registry_code("xn--kpry57d") == "台灣"
    assert registry_code(".рф") == "рф"
    assert registry_code("Россия") == "ru"


def test_what_is_no_registry_is_none() -> None:
    for name in ("", ".", "moon", ".moon", "' OR 1=1"):
        assert registry_code(name) == ""


def test_every_cctld_can_be_asked_for() -> None:
    assert all(registry_code(f".{code}") == code for code in registries())


def test_an_ascii_cctld_brings_the_others_of_its_registry() -> None:
    assert set(registry_family("tw")) == {"tw", "台湾", "台灣"}
    assert registry_family("台灣") == ("台灣",)
    assert registry_family("fr") == ("fr",)
    assert (registry_head("台灣"), registry_head("fr"), registry_head("?")) == ("tw", "fr", "?")
    # Run by another organisation than .ua.
    assert registry_family("ua") == ("ua",)
