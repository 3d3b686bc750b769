"""A question asks for a number, a price, a share or a time; a sentence holds one or does not."""

from __future__ import annotations

import pytest

from search.asked import Kind, kind_asked, says


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("How many names did the domain have?", "number"),
        ("Combien de noms comptait le domaine ?", "number"),
        ("¿Cuántos nodos suma la nube?", "number"),
        ("Quantos alunos participaram?", "number"),
        ("Сколько имён сняли за год?", "number"),
        ("كم اسماً سُجل في اليوم الأول؟", "number"),
        ("这个域名有多少个注册？", "number"),
        ("What percentage of holders answered?", "share"),
        ("Quelle part des noms a été renouvelée ?", "share"),
        ("Какая доля сайтов подписана?", "share"),
        ("有幾成的人回覆？", "share"),
        ("What does the registry charge for a lock?", "price"),
        ("¿Cuánto cuesta registrar un nombre?", "price"),
        ("Сколько стоит имя?", "price"),
        ("攻击造成多少经济损失？", "price"),
        ("When was the zone signed?", "time"),
        ("En que ano? Em que ano a zona foi assinada?", "time"),
        ("متى وُقّعت المنطقة؟", "time"),
        ("哪一年开始收费？", "time"),
        ("How did the registry survive a hurricane?", None),
        ("O que fez o registo quando a ilha ficou sem luz?", None),
        ("verificar identidad titulares", None),
        ("", None),
    ],
)
def test_a_question_says_by_its_words_what_it_asks_for(question: str, kind: Kind | None) -> None:
    assert kind_asked(question) == kind


@pytest.mark.parametrize(
    ("kind", "sentence"),
    [
        ("number", "The domain had 15 085 names."),
        ("number", "四百所学校建立了网站。"),
        ("number", "Two registries joined."),
        ("price", "Имя стоит 800 рублей в год."),
        ("price", "A name costs KSh 1,160."),
        ("share", "近30%的网域已签署。"),
        ("share", "La mitad de los titulares respondió."),
        ("time", "La zone est signée depuis 2016."),
    ],
)
def test_a_sentence_that_holds_it_is_known(kind: Kind, sentence: str) -> None:
    assert says(kind, sentence)


@pytest.mark.parametrize(
    ("kind", "sentence"),
    [
        ("number", "In 2013 the domain was opened to all."),
        ("number", "Nobody published the number."),
        ("price", "The 300 members met twice."),
        ("share", "Of the 40 registrars all came."),
        ("time", "The zone was signed at last."),
    ],
)
def test_a_sentence_without_it_is_known(kind: Kind, sentence: str) -> None:
    assert not says(kind, sentence)
