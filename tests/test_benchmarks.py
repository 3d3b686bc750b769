"""Metrics of the benchmarks, against rankings worked out by hand."""

import math

from benchmarks.reading import order, precision, recall, words_of
from benchmarks.retrieval import Text, average_precision, reciprocal_rank, scattered
from benchmarks.starter import area_under_roc, discounted_gain


def test_average_precision_counts_what_was_not_found_as_zero() -> None:
    assert average_precision([True, False, True], 2) == (1 + 2 / 3) / 2
    assert average_precision([True], 4) == 0.25
    assert average_precision([False, False], 3) == 0
    assert average_precision([], 0) == 0


def test_reciprocal_rank_looks_no_deeper_than_asked() -> None:
    assert reciprocal_rank([False, True]) == 0.5
    assert reciprocal_rank([False] * 10 + [True]) == 0
    assert reciprocal_rank([]) == 0


def test_discounted_gain_is_one_for_a_perfect_ranking() -> None:
    assert discounted_gain([True, True, False], 2) == 1
    assert discounted_gain([False, True], 1) == 1 / math.log2(3)
    assert discounted_gain([], 0) == 0


def test_the_area_under_the_curve_counts_ties_half() -> None:
    assert area_under_roc([0.9, 0.8], [0.1, 0.2]) == 1
    assert area_under_roc([0.5], [0.5]) == 0.5
    assert area_under_roc([0.1], [0.9]) == 0
    assert math.isnan(area_under_roc([], [0.1]))


def test_each_paragraph_is_scattered_into_one_of_its_own_languages() -> None:
    texts = [
        Text(f"{language}:{paragraph}", paragraph, language, "")
        for paragraph, languages in (("a", "en es zh"), ("b", "en zh"), ("c", "ar en zh"))
        for language in languages.split()
    ]
    assert [text.key for text in scattered(texts)] == ["en:a", "zh:b", "zh:c"]


def test_words_read_are_counted_as_often_as_they_stand_in_the_text() -> None:
    known = words_of("The zone, the ZONE and the key.")
    assert known == ["the", "zone", "the", "zone", "and", "the", "key"]
    assert recall(known, words_of("the the zone page 1")) == 3 / 7
    assert precision(known, words_of("the the zone page 1")) == 3 / 5
    assert (recall(known, []), precision(known, [])) == (0, 0)


def test_order_is_that_of_the_longest_row_in_the_order_of_the_text() -> None:
    known = words_of("one two three four")
    assert order(known, words_of("one two three four")) == 1
    assert order(known, words_of("one 5 two three")) == 1
    assert order(known, words_of("three four one two")) == 0.5
    assert order(known, words_of("four three two one")) == 0.25
    assert order(known, []) == 1
