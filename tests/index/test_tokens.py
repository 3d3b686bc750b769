"""Words are found as people write them, in every language."""

import pytest

from index.tokens import fold, tokens


@pytest.mark.parametrize(
    ("text", "token"),
    [
        ("the .tw zone", ".tw"),
        ("members of TLD-OPS", "tld-ops"),
        ("members of TLD-OPS", "ops"),
        ("see RFC 8078", "8078"),
        ("註冊局", "注册"),
        ("السِّجلّ", "السجل"),
        ("الأسماء", "الاسماء"),
        ("Ｗｉｄｅ", "wide"),
        ("cafe\u0301", "café"),
    ],
)
def test_a_word_is_among_the_tokens(text: str, token: str) -> None:
    assert token in tokens(text)


def test_inflected_forms_share_pieces() -> None:
    assert set(tokens("регистраторами")) & set(tokens("регистратор"))
    assert set(tokens("registrations")) & set(tokens("registered"))


def test_traditional_and_simplified_are_one() -> None:
    assert fold("臺灣網路註冊") == fold("台湾网路注册")


def test_nothing_gives_nothing() -> None:
    assert tokens("  … !? ") == []
