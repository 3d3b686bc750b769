"""Authors are taken as they are printed; what may be no one's name is not taken."""

from __future__ import annotations

import pytest

from ingest.authors import find_authors, names_in
from ingest.document import Page

BODY = "\n\nThe registry opened in 2003 and grew. In 2015 it changed its rules. " * 20


def authors(text: str, title: str = "On names", stated: tuple[str, ...] = ()) -> tuple[str, ...]:
    pages = [Page(number, part) for number, part in enumerate(text.split("\f"), 1)]
    return tuple(names_in(find_authors(pages, title, stated)))


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("Authors: Anna Grey and Bo White", ("Anna Grey", "Bo White")),
        ("By Anna Grey", ("Anna Grey",)),
        ("Autores: Ana García, Luis de la Peña", ("Ana García", "Luis de la Peña")),
        ("Por Ana García y Luis Peña", ("Ana García", "Luis Peña")),
        ("Auteur : Jean-Luc Dupré", ("Jean-Luc Dupré",)),
        ("Autora: Maria João Alves", ("Maria João Alves",)),
        ("Авторы: И. П. Иванов, А. Петрова", ("И. П. Иванов", "А. Петрова")),
        ("إعداد: أحمد الصالح", ("أحمد الصالح",)),
        ("作者：王小明、李华", ("王小明", "李华")),
    ],
)
def test_a_line_that_says_who_wrote_it_is_read_in_each_language(
    line: str, names: tuple[str, ...]
) -> None:
    assert authors(f"On names\n\n{line}{BODY}") == names


def test_names_under_the_title_are_its_authors() -> None:
    text = "On names\n\nAnna Grey∗+, Bo White2, Carla M. Brown3\n\nUniversity of Somewhere"
    assert authors(text + BODY) == ("Anna Grey", "Bo White", "Carla M. Brown")
    assert authors("On names\n\nAnna Grey\n\nUniversity of Somewhere" + BODY) == ("Anna Grey",)
    assert authors("数据报告\n\n王小明，李华，张三" + BODY, "数据报告") == (
        "王小明",
        "李华",
        "张三",
    )


def test_a_cover_names_one_to_a_line() -> None:
    assert authors("On names\n\nAnna Grey\nBo White\n\nMay 2019\f" + BODY) == (
        "Anna Grey",
        "Bo White",
    )


@pytest.mark.parametrize(
    "line",
    [
        "Registry Lock, Anycast and Escrow",
        "Case Study",
        "Network Information Centre",
        "Measuring Abuse",
        "May 2019",
        "Lisbon, Portugal",
        "NIC Costa Rica, Academia Nacional de Ciencias",
        "the registry and its names",
        "注册局，域名，政策",
    ],
)
def test_what_may_be_no_ones_name_is_passed_over(line: str) -> None:
    assert authors(f"On names\n\n{line}{BODY}") == ()


def test_stated_authors_are_written_as_the_page_prints_them() -> None:
    text = f"On names\n\nANNA GREY, Somewhere{BODY}"
    assert authors(text, stated=("Anna Grey",)) == ("ANNA GREY",)
    assert authors(f"On names{BODY}", stated=("Anna Grey", "Bo White")) == ("Anna Grey", "Bo White")


def test_each_guess_has_its_reason() -> None:
    guess = find_authors([Page(1, f"On names{BODY}")], "On names", ("Anna Grey",))
    assert guess is not None
    assert "do not show" in guess.reason
    assert find_authors([Page(1, f"On names{BODY}")], "On names") is None
    assert find_authors([], "") is None
