"""Sentences end where a reader of each language would end them, and nothing is lost."""

import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.sentences import split_sentences


def sentences(text: str, language: str = "") -> list[str]:
    return [text[start:end] for start, end in split_sentences(text, language)]


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("en", ["We look at .tw, .jp and .kr.", "It grew.", "See Fig. 2, e.g. Table 3."]),
        ("en", ["Dr. Smith of Nominet Inc. said 3.5% in the U.S.", "The rest is fine."]),
        ("en", ["The U.S. Government asked Sen. Chris Coons.", ".tw is run by TWNIC."]),
        ("en", ["“Why?” he asked.", "Nobody knew (see p. 5).", "nic.br had no answer."]),
        ("en", ["J. Postel wrote RFC 1591.", "E. Gerich et al. followed.", "It rose 2.5-fold!"]),
        ("en", ["He said: 'It works.'", "She did not [yet].", "So what?!"]),
        ("es", ["La tasa, p. ej. del 3,5 %, subió.", "El Sr. Pérez dijo: «¿Qué?».", "¿Y ahora?"]),
        ("es", ["N.º 5 es así.", "EE. UU. creció un 2 % en 2019.", "¡Bien!", "Véase la pág. 4."]),
        ("fr", ["Quel est ce domaine ?", "C’est .fr.", "« Oui. »", "M. Dupont cite l’art. 5."]),
        ("fr", ["Il a dit : « Non ! »", "Elle, p. ex., en doutait.", "Et al. n’est pas la fin."]),
        ("pt", ["O Sr. Silva chegou.", "O .br, ver pág. 3, cresceu.", "Por quê?", "Não se sabe."]),
        ("ru", ["Т. е. домен .РФ вырос в 2019 г. и стал большим.", "См. рис. 2.", "Это и т. д."]),
        ("ru", ["В 2020 г. Россия начала.", "А. С. Иванов ушёл.", "«Почему?» — спросил он."]),
        ("ar", ["ما هو النطاق؟", "هو اسم.", "قال د. أحمد إن الأمر سهل!", "نعم؛ هو كذلك."]),
        ("zh", ["什么是域名？", "它是名字！", "第一；第二，第三。", "他说：“好。”", "然后走了。"]),
        ("zh", ["example.tw 很好。", "价格3.5元。", "（完。）", "TWNIC 成立於 1999 年。"]),
    ],
)
def test_sentences_end_at_their_marks_and_not_at_abbreviations(
    language: str, expected: list[str]
) -> None:
    separator = "" if language == "zh" else " "
    assert sentences(separator.join(expected), language) == expected
    assert sentences(separator.join(expected)) == expected


def test_a_full_stop_without_a_space_ends_arabic_and_chinese_sentences_only() -> None:
    assert sentences("انتهى العمل.وقد نما النطاق.") == ["انتهى العمل.", "وقد نما النطاق."]
    assert sentences("这是第一句.这是第二句.") == ["这是第一句.", "这是第二句."]
    assert sentences("see example.Com now") == ["see example.Com now"]


def test_lines_and_list_items_end_sentences_unless_they_go_on_in_lower_case() -> None:
    text = (
        "A heading\n\nFirst paragraph that\ngoes on. Second.\n• one item\n• another\n"
        "1. numbered\n2) again\n（三）第三\n- dash"
    )
    assert sentences(text) == [
        "A heading",
        "First paragraph that\ngoes on.",
        "Second.",
        "• one item",
        "• another",
        "1. numbered",
        "2) again",
        "（三）第三",
        "- dash",
    ]


def test_a_number_at_the_beginning_is_no_sentence() -> None:
    assert sentences("1. Introduction. 2.1. Results") == ["1. Introduction.", "2.1. Results"]
    assert sentences("IV. Discussion") == ["IV. Discussion"]


def test_marks_set_apart_join_the_sentence_before_them() -> None:
    assert sentences("他宣布了。 “ 然后") == ["他宣布了。", "“ 然后"]
    assert sentences("他宣布了。 “") == ["他宣布了。 “"]


@pytest.mark.parametrize("language", ["ar", "en", "es", "fr", "pt", "ru", "zh", ""])
@given(text=st.text(alphabet=st.characters(exclude_categories=["Cs"])))
def test_no_character_is_lost_and_spans_stand_in_order(language: str, text: str) -> None:
    spans = split_sentences(text, language)
    assert "".join("".join(text[a:b].split()) for a, b in spans) == "".join(text.split())
    assert all(a < b and text[a:b] == text[a:b].strip() for a, b in spans)
    assert all(before[1] <= after[0] for before, after in pairwise(spans))


_PIECES = st.lists(
    st.sampled_from(
        [
            *".!?。！？؟…;,:\"'»”)（ \n•",
            "e.g.",
            "Dr.",
            " .tw",
            "т. е.",
            "U.S.",
            "漢",
            "ا",
            "Я",
            "a",
            "1.",
        ]
    ),
    max_size=60,
)


@given(pieces=_PIECES)
def test_nothing_is_lost_around_marks_either(pieces: list[str]) -> None:
    text = "".join(pieces)
    spans = split_sentences(text)
    assert "".join("".join(text[a:b].split()) for a, b in spans) == "".join(text.split())


@pytest.mark.parametrize(
    "piece",
    [".", " ", "a.", "\n", '". ', "((", ". » ", "a\n", "1.", "е. ", "漢", "p. ej. ", "...’ "],
)
def test_time_grows_with_length_only(piece: str) -> None:
    def seconds(count: int) -> float:
        start = time.perf_counter()
        split_sentences(" " * count + piece * count)
        return time.perf_counter() - start

    seconds(1000)
    assert min(seconds(40_000) for _ in range(2)) < 40 * max(seconds(4_000), 0.005)
