"""Whether something rose, fell or stayed is read from the words, in seven languages."""

from __future__ import annotations

import pytest

from search.directions import Movement, movements, moves

RISEN = {
    "en": "Within a year the number of names rose from 12,000 to 31,000.",
    "es": "En un año el número de nombres aumentó de 12.000 a 31.000.",
    "fr": "En trois mois, 21 000 noms ont été enregistrés, soit une hausse de 65 %.",
    "pt": "Em um ano o número de nomes cresceu 40%.",
    "ru": "За год число имён выросло почти на 60 процентов.",
    "ar": "خلال عام ارتفع عدد الأسماء إلى 31 ألفا.",
    "zh": "一年之内，域名总量增至 31,000 个。",
}
FALLEN = {
    "en": "By December the count had dropped by 6,000 names.",
    "es": "Después el número de nombres cayó a la mitad.",
    "fr": "Le nombre de noms a ensuite chuté de 30 %.",
    "pt": "Depois o número de nomes caiu 30%.",
    "ru": "Затем число имён сократилось на треть.",
    "ar": "ثم انخفض عدد الأسماء إلى النصف.",
    "zh": "此后域名总量降至 434 万个。",
}
UNMOVED = {
    "en": "The number of names did not rise.",
    "es": "El número de nombres no aumentó.",
    "fr": "Le nombre de noms n’a pas augmenté.",
    "pt": "O número de nomes não aumentou.",
    "ru": "Число имён не выросло.",
    "ar": "لم يرتفع عدد الأسماء.",
    "zh": "域名数量没有增加。",
}
CUT = {
    "en": "In March the registry lowered the price of a name.",
    "es": "En marzo el registro bajó el precio de los nombres.",
    "fr": "En mars, le registre a baissé le prix des noms.",
    "pt": "Em março o registro baixou o preço dos nomes.",
    "ru": "В марте реестр снизил цену имени.",
    "ar": "في مارس خفض السجل سعر الاسم.",
    "zh": "三月，注册局下调了域名价格。",
}


@pytest.mark.parametrize("language", RISEN)
def test_a_rise_a_fall_and_no_rise_are_told_apart(language: str) -> None:
    assert movements(RISEN[language], language) == {Movement("names", "up")}
    assert movements(FALLEN[language], language) == {Movement("names", "down")}
    assert movements(UNMOVED[language], language) == {Movement("names", "flat")}


@pytest.mark.parametrize("language", CUT)
def test_a_price_that_falls_is_a_practice_and_no_outcome(language: str) -> None:
    assert moves(CUT[language], language, "price", "down")
    assert not moves(CUT[language], language, "price", "up")
    assert movements(CUT[language], language) == frozenset()


def test_what_could_be_or_is_hoped_for_has_not_moved() -> None:
    assert movements("The number of names could rise from 100 to 200.", "en") == frozenset()
    assert not moves("Some members wanted lower prices.", "en", "price", "down")


def test_a_rise_too_small_to_count_is_none() -> None:
    said = "But the number of renewals rose only a little."
    assert movements(said, "en") == {Movement("renewals", "flat")}


def test_the_sign_of_numbers_tells_and_dates_do_not() -> None:
    assert movements("Names: de 35 671 à 39 000 noms.", "fr") == {Movement("names", "up")}
    assert movements("The offer for names ran from 1 January to 31 March.", "en") == frozenset()
    assert movements("Names were counted from 2017 to 2020.", "en") == frozenset()


def test_a_sentence_that_moves_both_ways_keeps_both() -> None:
    said = "Registrations rose in the first year; the number of names fell in the second."
    assert movements(said, "en") == {Movement("names", "up"), Movement("names", "down")}
