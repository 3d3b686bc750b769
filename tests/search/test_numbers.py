"""Numbers are the same in whatever script and way of writing."""

from __future__ import annotations

from decimal import Decimal

import pytest

from search.numbers import numbers_in, stated_numbers


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1,234.5 names", "1234.5"),
        ("1.234,5 nombres", "1234.5"),
        ("35 000 имён", "35000"),
        ("1\u202f500 noms", "1500"),
        ("٤٠٠ مدرسة", "400"),
        ("四百所学校", "400"),
        ("二〇一九年", "2019"),
        ("三万五千个", "35000"),
        ("12万个域名", "120000"),
        ("1.5 million names", "1500000"),
        ("2,5 millones", "2500000"),
        ("5 млн доменов", "5000000"),
        ("twenty-five registries", "25"),
        ("двадцать пять реестров", "25"),
        ("deux cents noms", "2"),
        ("ثلاثة أشهر", "3"),
        ("99.9%", "99.9"),
        ("2012–2015", "2015"),
    ],
)
def test_a_number_is_read(text: str, value: str) -> None:
    assert any(Decimal(value) in readings for readings in numbers_in(text))


@pytest.mark.parametrize(
    "text", ["十分重要", "一个国家", "the one registry", "un registre", "百姓"]
)
def test_what_is_no_number_is_not_asked_for(text: str) -> None:
    assert stated_numbers(text) == ()


def test_one_and_a_half_and_fifteen_hundred_are_both_possible() -> None:
    assert numbers_in("1.500") == (frozenset({Decimal("1500"), Decimal("1.5")}),)
