"""Each document has a kind, and a reason that a librarian can judge it by."""

from __future__ import annotations

import pytest

from ingest.document import Page
from ingest.formats import DOCX, HTML, MARKDOWN, ODP, PDF, PPTX
from ingest.kinds import KINDS, find_kind

PROSE = "The registry counted its names and wrote down what it found. " * 40


def pages(*texts: str) -> list[Page]:
    return [Page(number, text) for number, text in enumerate(texts, 1)]


@pytest.mark.parametrize("media_type", [PPTX, ODP])
def test_a_file_of_slides_is_a_presentation_whatever_it_is_called(media_type: str) -> None:
    assert find_kind(media_type, pages(PROSE), "Annual report 2023").value == "presentation"


def test_a_pdf_with_little_on_each_page_is_a_presentation() -> None:
    slides = pages(*["DNSSEC at .xx\n\nKeys\nSigning\nRollover"] * 12)
    assert find_kind(PDF, slides, "DNSSEC at .xx").value == "presentation"
    assert find_kind(PDF, pages(PROSE, PROSE), "DNSSEC at .xx").value == "paper"
    # A few short pages are a leaflet.
    assert find_kind(PDF, slides[:3], "DNSSEC at .xx").value == "paper"


@pytest.mark.parametrize(
    "title",
    [
        "WHOIS Privacy Policy",
        "Registration rules for .xx",
        "Política de registro de nombres de dominio",
        "Règlement d’enregistrement du .xx",
        "Charte de nommage du .xx",
        "Regulamento de registo de domínios de .xx",
        "Правила регистрации доменных имён",
        "Политика обработки персональных данных",
        "سياسة تسجيل أسماء النطاقات",
        "لائحة تسجيل النطاقات",
        "域名注册管理办法",
        "網域名稱爭議處理規則",
    ],
)
def test_rules_are_known_by_their_title_in_each_language(title: str) -> None:
    guess = find_kind(PDF, pages(PROSE), title)
    assert guess.value == "policy"
    assert "title" in guess.reason


@pytest.mark.parametrize(
    "title",
    [
        "How policy changed the market of .xx",
        "Las políticas que cambiaron el mercado",
        "Les règles du jeu ont changé",
        "注册局政策如何改变市场",
        "不公開個資，也找得到人：聯繫功能與反濫用政策",
    ],
)
def test_a_title_that_only_speaks_of_rules_makes_no_policy(title: str) -> None:
    assert find_kind(PDF, pages(PROSE), title).value != "policy"


@pytest.mark.parametrize(
    "article", ["Article {}", "Artículo {}.", "Artigo {}", "Статья {}.", "المادة {}", "第{}条"]
)
def test_a_text_in_articles_is_a_policy(article: str) -> None:
    text = "\n\n".join(f"{article.format(n)}\n{PROSE}" for n in range(1, 7))
    assert find_kind(DOCX, pages(text), "On names").value == "policy"


@pytest.mark.parametrize(
    "heading", ["Abstract", "Resumen", "Résumé.", "Resumo", "Аннотация", "摘 要", "الملخص"]
)
def test_an_abstract_makes_a_paper_in_each_language(heading: str) -> None:
    text = f"On names\n\nA. Grey\n\n{heading}\n{PROSE}"
    assert find_kind(PDF, pages(text, *[PROSE] * 30), "On names").value == "paper"


@pytest.mark.parametrize(
    "title",
    [
        "Annual report 2023",
        "Informe anual 2023",
        "Rapport d’activité",
        "Relatório de atividades",
        "Отчёт за 2023 год",
        "التقرير السنوي",
        "2023年度报告",
        "2023年報",
    ],
)
def test_reports_are_known_by_their_title_in_each_language(title: str) -> None:
    assert find_kind(PDF, pages(PROSE), title).value == "report"


def test_what_no_rule_knows_goes_by_its_length_and_where_it_comes_from() -> None:
    assert find_kind(PDF, pages(*[PROSE] * 25), "On names").value == "report"
    assert find_kind(DOCX, pages(PROSE * 30), "On names").value == "report"
    assert find_kind(HTML, pages(PROSE), "On names").value == "page"
    assert find_kind(MARKDOWN, pages(PROSE), "On names").value == "page"
    assert find_kind(PDF, [], "").value in KINDS
