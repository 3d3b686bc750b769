"""Names are found as texts of each script write them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.gazetteer import build_gazetteer

NAMES = [
    ("Perú", "pe"),
    ("Guinea", "gn"),
    ("Papua New Guinea", "pg"),
    ("Côte d’Ivoire", "ci"),
    ("Саудовская Аравия", "sa"),
    ("Россия", "ru"),
    ("Нидерланды", "nl"),
    ("Тайвань", "tw"),
    ("المغرب", "ma"),
    ("تونس", "tn"),
    ("印度", "in"),
    ("印度尼西亚", "id"),
    ("auDA", "au"),
    ("TRA", "tra"),
    ("SK-NIC", "sk"),
]


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("Peru and Perú, PERÚ", ["pe", "pe", "pe"]),
        ("peru", []),
        ("in Papua New Guinea, not in Guinea", ["pg", "gn"]),
        ("the Cote d'Ivoire; CÔTE D’IVOIRE", ["ci", "ci"]),
        ("в Саудовской Аравии и России", ["sa", "ru"]),
        ("Россией, Нидерландах, на Тайване", ["ru", "nl", "tw"]),
        ("بالمغرب وللمغرب والمغرب وبتونس", ["ma", "ma", "ma", "tn"]),
        ("مغرب الشمس", []),
        ("تُونِس", ["tn"]),
        ("印度尼西亚和印度", ["id", "in"]),
        ("auDA, AUDA, auda", ["au", "au"]),
        ("TRA, Tra", ["tra"]),
        ("SK-NIC and SK NIC", ["sk", "sk"]),
        ("Papua. New. Guinea", ["pg"]),
        ("Papua, so new; Guinea", ["gn"]),
    ],
)
def test_names_are_found_as_they_are_written(text: str, keys: list[str]) -> None:
    assert [found.key for found in build_gazetteer(NAMES).find(text)] == keys


def test_what_is_found_stands_where_it_is_said() -> None:
    text = "From Perú to 印度尼西亚."
    found = list(build_gazetteer(NAMES).find(text))
    assert [text[name.start : name.end] for name in found] == ["Perú", "印度尼西亚"]


@given(text=st.text(max_size=200))
def test_any_text_can_be_searched(text: str) -> None:
    for found in build_gazetteer(NAMES).find(text):
        assert 0 <= found.start < found.end <= len(text)
