"""The same document is known again: exported anew, in a new edition, in another language."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest

from index.adding import add_file
from index.encoding import Encoder
from index.errors import NotInLibrary
from index.library import Library
from index.opening import open_library
from search.confirmed import newest_edition
from search.editions import Edition, align, confirmed, editions, to_confirm
from search.find import search
from search.similar import similar
from typesetting.case import read_case
from typesetting.web_page import make_html

DATA = Path(__file__).parents[2] / "data"

CASE = "lk-hijack-2021"
SAME_EVENT = ("ga-takeover-2023.pptx", "ga-end-of-free-model.pdf")

OUTAGE = {
    "en": (
        "# The night the backup failed\n\n"
        "In March the registry of a mountain country lost its main data centre in a fire. "
        "The zone went on answering, because nine of its eleven name servers stood abroad. "
        "New registrations stopped for four days while the staff searched for the last backup. "
        "The newest copy turned out to be six weeks old, since nobody had read the nightly logs. "
        "Registrars sent their own records, and the missing names were entered again by hand. "
        "Two hundred holders waited for more than a week until their names worked. "
        "The registry now restores a backup every month and publishes the result."
    ),
    "es": (
        "# La noche en que falló la copia\n\n"
        "En marzo, el registro de un país montañoso perdió su centro de datos principal en un "
        "incendio. La zona siguió respondiendo, porque nueve de sus once servidores de nombres "
        "estaban en el extranjero. Los registros nuevos se detuvieron cuatro días mientras el "
        "personal buscaba la última copia de seguridad. La copia más reciente resultó tener seis "
        "semanas, pues nadie había leído los informes nocturnos. Los registradores enviaron sus "
        "propios datos y los nombres que faltaban se introdujeron de nuevo a mano. Doscientos "
        "titulares esperaron más de una semana hasta que sus nombres funcionaron. El registro "
        "restaura ahora una copia cada mes y publica el resultado."
    ),
}
STAMPS = {
    "fr": (
        "# Des noms sur les timbres\n\n"
        "La poste et le registre d’un petit pays ont imprimé des noms de domaine sur des timbres. "
        "Chaque village a proposé un nom, et une école a dessiné le timbre. "
        "Le premier tirage de dix mille feuilles s’est vendu en trois semaines. "
        "Les mairies ont reçu leur nom pour cinq ans sans payer. "
        "Un tiers des sites étaient encore vides après la première année. "
        "Le registre a donc envoyé des étudiants dans les villages pour écrire les premières pages."
    ),
    "zh": (
        "# 邮票上的域名\n\n"
        "一个小国的邮政和注册局把域名印在邮票上。每个村庄提出一个名字，由一所学校设计邮票。"
        "首批一万版邮票在三周内售完。各村镇政府免费获得了五年的域名。"
        "第一年过后，仍有三分之一的网站是空的。"
        "因此，注册局派学生到村里去撰写最初的网页。"
    ),
}
COURT = {
    "ru": (
        "# Суд и один домен\n\n"
        "Пекарня и музыкальная группа спорили об одном и том же доменном имени. "
        "Группа зарегистрировала его первой, но пекарня носила это название сорок лет. "
        "Регистратура отказалась решать сама и предложила бесплатную беседу с посредником. "
        "Беседа длилась два часа и прошла по телефону. "
        "Стороны договорились поставить на сайте две ссылки. "
        "С тех пор посредник помог в шестидесяти спорах из ста."
    ),
    "ar": (
        "# المحكمة واسم واحد\n\n"
        "تنازع مخبز وفرقة موسيقية على اسم نطاق واحد. "
        "سجلت الفرقة الاسم أولاً، لكن المخبز يحمل هذه التسمية منذ أربعين سنة. "
        "رفض السجل أن يقرر بنفسه واقترح حديثاً مجانياً مع وسيط. "
        "استغرق الحديث ساعتين وجرى عبر الهاتف. "
        "اتفق الطرفان على أن يوضع في الموقع رابطان. "
        "ومنذ ذلك الحين ساعد الوسيط في ستين نزاعاً من كل مئة."
    ),
}
PAIRS = [
    pytest.param(OUTAGE, id="en-es"),
    pytest.param(STAMPS, id="fr-zh"),
    pytest.param(COURT, id="ru-ar"),
]

Put = Callable[[str, str | bytes], Path]


@pytest.fixture(scope="module")
def cases(tmp_path_factory: pytest.TempPathFactory, encoder: Encoder) -> Iterator[Library]:
    """A starter case in three formats, and two cases of one event in two languages."""
    folder = tmp_path_factory.mktemp("cases")
    (folder / "export.html").write_bytes(make_html(read_case(DATA / "cases" / f"{CASE}.md")))
    opened = open_library(str(folder / "library"), encoder.recipe)
    for path in (
        DATA / "starter" / f"{CASE}.pdf",
        folder / "export.html",
        DATA / "cases" / f"{CASE}.md",
        *(DATA / "starter" / name for name in SAME_EVENT),
    ):
        assert add_file(opened, encoder, path).status == "added"
    yield opened
    opened.close()


def added(library: Library, encoder: Encoder, path: Path) -> str:
    outcome = add_file(library, encoder, path)
    assert outcome.status == "added", outcome.error
    return outcome.document


def by_name(library: Library, encoder: Encoder, name: str) -> dict[str, Edition]:
    """The editions of a file, by the names of theirs."""
    documents = {record.filename: record.document for record in library.records()}
    found = editions(library, encoder, documents[name])
    return {edition.record.filename: edition for edition in found}


def test_a_case_exported_to_another_format_is_a_twin(cases: Library, encoder: Encoder) -> None:
    found = by_name(cases, encoder, f"{CASE}.pdf")
    assert found["export.html"].kind == "twin"
    assert found["export.html"].score > 0.8
    assert "%" in found["export.html"].reason


def test_its_source_without_the_sources_is_known_again_too(
    cases: Library, encoder: Encoder
) -> None:
    assert set(by_name(cases, encoder, f"{CASE}.pdf")) == {"export.html", f"{CASE}.md"}
    assert set(by_name(cases, encoder, f"{CASE}.md")) == {"export.html", f"{CASE}.pdf"}


def test_two_cases_of_one_event_are_no_translations_but_alike(
    cases: Library, encoder: Encoder
) -> None:
    one, other = SAME_EVENT
    assert by_name(cases, encoder, one) == {}
    assert by_name(cases, encoder, other) == {}
    documents = {record.filename: record.document for record in cases.records()}
    first = similar(cases, encoder, documents[one])[0]
    assert first.record.filename == other


def test_editions_are_not_listed_among_the_similar(cases: Library, encoder: Encoder) -> None:
    documents = {record.filename: record.document for record in cases.records()}
    found = similar(cases, encoder, documents[f"{CASE}.pdf"])
    assert {one.record.filename for one in found} <= set(SAME_EVENT)


def test_a_changed_text_is_an_edition(library: Library, encoder: Encoder, put: Put) -> None:
    changed = (
        OUTAGE["en"]
        .replace("four days", "five days")
        .replace(
            "Two hundred holders waited for more than a week until their names worked. ",
            "A review in the autumn named three causes, and the board dismissed nobody. ",
        )
    )
    old = added(library, encoder, put("old.md", OUTAGE["en"]))
    new = added(library, encoder, put("new.md", changed))
    added(library, encoder, put("other.md", COURT["ru"]))
    (found,) = editions(library, encoder, new)
    assert (found.kind, found.record.document) == ("edition", old)
    assert 0.3 <= found.score < 0.8


def three_editions(library: Library, encoder: Encoder, put: Put) -> list[str]:
    """Documents of one text, the oldest first: the year in the title tells which it is."""
    changes = ("four days", "five days", "six days")
    return [
        added(
            library,
            encoder,
            put(f"{year}.md", OUTAGE["en"].replace("four days", change) + f"\n\nMay {year}."),
        )
        for year, change in zip((2021, 2022, 2023), changes, strict=True)
    ]


def test_each_pair_is_proposed_once(library: Library, encoder: Encoder, put: Put) -> None:
    documents = three_editions(library, encoder, put)
    found = list(to_confirm(library, encoder, library.records()))
    pairs = {frozenset((record.document, edition.record.document)) for record, edition in found}
    assert len(found) == len(pairs) == 3
    assert set().union(*pairs) == set(documents)


def test_what_a_person_said_is_not_proposed_again(
    library: Library, encoder: Encoder, put: Put
) -> None:
    first, second, third = three_editions(library, encoder, put)
    library.link(second, first, "edition", "Léa")
    library.link(third, first, "different", "Léa")
    (of_first,) = editions(library, encoder, first)
    assert (of_first.record.document, of_first.newer) == (second, True)
    assert "Léa" in of_first.reason
    assert confirmed(library, first) == (of_first,)
    (_, proposal) = editions(library, encoder, second)
    assert (proposal.record.document, proposal.link) == (third, None)
    # The third is no edition of the first; whether it is one of the second is still to be said.
    pairs = to_confirm(library, encoder, library.records())
    assert [{record.document, edition.record.document} for record, edition in pairs] == [
        {second, third}
    ]


def test_documents_linked_over_a_third_are_not_proposed_or_called_similar(
    library: Library, encoder: Encoder, put: Put
) -> None:
    first, second, third = three_editions(library, encoder, put)
    library.link(third, second, "edition", "Léa")
    library.link(second, first, "edition", "Léa")
    assert list(to_confirm(library, encoder, library.records())) == []
    assert similar(library, encoder, first) == ()
    assert newest_edition(library, first) == third
    assert newest_edition(library, third) == ""


def test_editions_said_to_be_newer_in_a_circle_end(
    library: Library, encoder: Encoder, put: Put
) -> None:
    first, second, third = three_editions(library, encoder, put)
    for newer, older in ((second, first), (third, second), (first, third)):
        library.link(newer, older, "edition", "Léa")
    assert newest_edition(library, first) == third


def test_a_hit_in_an_old_edition_names_the_newest(
    library: Library, encoder: Encoder, put: Put
) -> None:
    first, second, third = three_editions(library, encoder, put)
    library.link(second, first, "edition", "Léa")
    library.link(third, second, "edition", "Léa")
    hits = search(library, encoder, "how old was the backup").hits
    assert {hit.record.document for hit in hits} == {first, second, third}
    newer = {hit.record.document: hit.newer and hit.newer.document for hit in hits}
    assert newer == {first: third, second: third, third: None}


def test_of_confirmed_twins_one_is_found(library: Library, encoder: Encoder, put: Put) -> None:
    first, second, third = three_editions(library, encoder, put)
    library.link(first, second, "twin", "Léa")
    hits = search(library, encoder, "how old was the backup").hits
    found = {hit.record.document for hit in hits}
    assert len(found) == 2
    assert third in found


@pytest.mark.parametrize("texts", PAIRS)
def test_a_translation_is_known_from_either_side(
    library: Library, encoder: Encoder, put: Put, texts: dict[str, str]
) -> None:
    one, other = (added(library, encoder, put(f"{code}.md", texts[code])) for code in texts)
    for number, text in enumerate((OUTAGE, STAMPS, COURT)):
        if text is not texts:
            added(library, encoder, put(f"else-{number}.md", next(iter(text.values()))))
    for asked, expected in ((one, other), (other, one)):
        (found,) = editions(library, encoder, asked)
        assert (found.kind, found.record.document) == ("translation", expected)
        assert found.score >= 0.6


def test_the_same_sentences_in_another_order_are_no_translation(
    library: Library, encoder: Encoder, put: Put
) -> None:
    title, text = OUTAGE["es"].split("\n\n")
    sentences = [sentence.strip().rstrip(".") for sentence in text.split(". ")]
    turned = ". ".join(reversed(sentences)) + "."
    english = added(library, encoder, put("en.md", OUTAGE["en"]))
    added(library, encoder, put("es.md", f"{title}\n\n{turned}"))
    assert editions(library, encoder, english) == ()


def test_a_lone_document_has_no_editions(library: Library, encoder: Encoder, put: Put) -> None:
    document = added(library, encoder, put("one.md", OUTAGE["en"]))
    assert editions(library, encoder, document) == ()


def test_an_unknown_document_is_said_to_be_unknown(library: Library, encoder: Encoder) -> None:
    with pytest.raises(NotInLibrary):
        editions(library, encoder, "0123456789")


def test_alignment_takes_the_pairs_in_order_that_gain_most() -> None:
    gains = np.array([[0.3, -1.0, -1.0], [-1.0, -1.0, 0.3], [-1.0, 0.2, -1.0], [-1.0, -1.0, 0.2]])
    assert align(gains) == [(0, 0), (2, 1), (3, 2)]
    assert align(-np.ones((2, 3))) == []
    assert align(np.zeros((0, 3))) == []
