"""Marks stand on the words of the question, in the forms that languages give them."""

import pytest

from search.marks import marked_words


@pytest.mark.parametrize(
    ("text", "query", "marked"),
    [
        ("The registry lock helped.", "how does a registry lock work?", ["registry lock"]),
        ("注册局锁保护域名", "註冊局", ["注册局"]),
        ("Регистраторы подписали договор", "регистраторов", ["Регистраторы"]),
        ("Los dominios nuevos", "dominio nuevo", ["dominios", "nuevos"]),
        ("الأسماء الخبيثة", "الاسماء", ["الأسماء"]),
        ("Names under .tw grew", ".tw", [".tw"]),
        ("TLD-OPS members", "TLD-OPS", ["TLD-OPS"]),
        ("of the and", "the of and", []),
        ("<b>lock</b>", "lock <b>", ["lock"]),
    ],
)
def test_marked_words(text: str, query: str, marked: list[str]) -> None:
    assert [text[start:end] for start, end in marked_words(text, query)] == marked
