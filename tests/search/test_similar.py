"""Documents that treat the same problem find one another, whatever language they are in."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import yaml

from benchmarks.similar import figures, related
from index.adding import add_file
from index.encoding import Encoder
from index.errors import NotInLibrary
from index.library import Filters, Library, Record
from index.opening import open_library
from search.similar import PAIRS, similar

DATA = Path(__file__).parents[2] / "data"

NOTICES = {
    "en": "This report was prepared by the regional secretariat and may be copied freely. "
    "Questions are welcome at the address on the cover of this report.",
    "es": "Este informe fue preparado por la secretaría regional y puede copiarse libremente. "
    "Las preguntas son bienvenidas en la dirección de la portada de este informe.",
    "fr": "Ce rapport a été rédigé par le secrétariat régional et peut être copié librement. "
    "Les questions sont bienvenues à l’adresse en couverture de ce rapport.",
    "pt": "Este relatório foi preparado pelo secretariado regional e pode ser copiado livremente. "
    "As perguntas são bem-vindas no endereço da capa deste relatório.",
    "ru": "Этот отчёт подготовлен региональным секретариатом, копировать его можно свободно. "
    "Вопросы присылайте по адресу на обложке этого отчёта.",
    "ar": "أعدت الأمانة الإقليمية هذا التقرير ويجوز نسخه بحرية. "
    "نرحب بالأسئلة على العنوان المذكور في غلاف هذا التقرير.",
    "zh": "本报告由区域秘书处编写，可自由复制。如有问题，请按本报告封面上的地址联系我们。",
}

CASES = {
    "price-en": "# Half price for a year\n\nThe board wanted a hundred thousand names before the "
    "anniversary, so the price of a new name was halved for a year. Registrations doubled at "
    "once, and one reseller alone bought nine thousand names. When the first renewals at the full "
    "price fell due, six of ten buyers let their names go. Support calls about unexpected bills "
    "tripled. The registry earned less than before the discount.",
    "price-es": "# Lo que dejó una rebaja\n\nEn la reunión de registradores se discutió si una "
    "tarifa más baja trae clientes que se quedan. El registro probó con doce meses de descuento y "
    "gastó además en anuncios de radio. Las altas crecieron sobre todo en la capital. La tasa de "
    "renovación pasó del ochenta al cuarenta y cinco por ciento. Desde entonces se premia la "
    "segunda anualidad y no la primera.",
    "price-zh": "# 首年优惠之后\n\n促销开始前，注册局没有问过谁会在第二年留下来。"
    "首年注册费降到一杯咖啡的价格，代理商大批囤积短域名。"
    "两年以后，续费率跌到三成，域名总数回到原来的水平。"
    "财务部门算过，每个留下来的域名花了四倍的价钱。新的价格方案改为续费越久越便宜。",
    "identity-fr": "# Qui êtes-vous ?\n\nDes boutiques de contrefaçon avaient été ouvertes sous "
    "des noms de personnes mortes. Depuis l’automne, un score de risque décide si un nouveau "
    "titulaire doit envoyer sa carte d’identité. Le nom reste hors de la zone tant que rien n’est "
    "prouvé. La plupart des fraudeurs ne répondent jamais. Une association de consommateurs "
    "publie chaque mois le nombre de boutiques qui restent.",
    "identity-ar": "# من يملك الاسم؟\n\nكشفت الشرطة أن نصف بيانات المسجلين في النطاق الوطني غير "
    "صحيحة. ربط السجل نظامه بسجل السكان وبالسجل التجاري للتحقق من هوية أصحاب الأسماء. الأجانب "
    "يرسلون صورة جواز السفر إلى المسجل المعتمد. حُذفت أربعة آلاف اسم لم يستطع أصحابها إثبات "
    "هويتهم. اعترض بعض المسجلين على كلفة التحقق.",
    "attack-ru": "# Поток запросов\n\nДва оператора отказались поднимать каналы ночью, и это "
    "решило исход первых часов. DDoS-атака шла на серверы имён национального домена через открытые "
    "резолверы. Реестр закрыл зарубежный трафик и тем отрезал домен от мира. Позже появились "
    "anycast-узлы у трёх независимых хостеров. Теперь каждую весну проводят учения с нагрузкой.",
    "attack-en": "# Six hours under attack\n\nStudents had rented a botnet for forty dollars. It "
    "flooded the name servers of the country's domain with queries for names that do not exist. "
    "Banks noticed first, because their mail stopped. Four of six servers stood behind one "
    "provider and could not be reached. The registry has since bought anycast service and keeps a "
    "list of telephone numbers on paper.",
    "grants-pt": "# Parte da receita para as escolas\n\nOs estatutos mandam devolver à sociedade "
    "o que sobra no fim do ano. O registo abriu por isso um concurso para bibliotecas e escolas "
    "rurais. Um júri de professores dá notas segundo uma grelha publicada. Cada projeto recebe no "
    "máximo dez mil euros e não pode pagar salários. Metade das candidaturas veio do interior.",
    "grants-fr": "# Un fonds pour les associations\n\nLa convention avec l’État exige onze pour "
    "cent du chiffre d’affaires pour l’intérêt général. Une fondation abritée distribue cet argent "
    "à des associations qui luttent contre la fracture numérique. Les ateliers pour les personnes "
    "âgées sont les plus demandés. Le comité se réunit deux fois par an. Les subventions vont de "
    "cinq mille à cinquante mille euros.",
}
"""Nine cases of four problems, each named by its problem; all end with the same notice."""

UNLIKE = (
    "# The garden behind the office\n\nThe staff planted apple trees and beans behind the office. "
    "A gardener comes on Fridays and cuts the hedge. In August everybody takes tomatoes home. "
    "The birds leave few cherries, and the hedgehog under the shed eats the snails. "
    "Anyone who waters the beans may take a bowl of them home before the weekend."
)


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory, encoder: Encoder) -> Iterator[Library]:
    """A library of the nine cases and one text about something else; not to be changed."""
    folder = tmp_path_factory.mktemp("shelf")
    opened = open_library(str(folder / "library"), encoder.recipe)
    for name, text in {**CASES, "garden-en": UNLIKE}.items():
        path = folder / f"{name}.md"
        path.write_text(f"{text}\n\n{NOTICES[name[-2:]]}", encoding="utf-8")
        outcome = add_file(opened, encoder, path)
        assert outcome.status == "added", outcome.error
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def documents(shelf: Library) -> dict[str, str]:
    return {Path(record.filename).stem: record.document for record in shelf.records()}


@pytest.mark.parametrize("case", CASES)
def test_the_first_is_of_the_same_problem_in_another_language(
    shelf: Library, encoder: Encoder, documents: dict[str, str], case: str
) -> None:
    first = similar(shelf, encoder, documents[case])[0]
    problem, _, language = case.partition("-")
    assert first.record.filename.startswith(problem)
    assert first.record.language != language


def test_what_is_about_nothing_of_the_kind_is_never_first(
    shelf: Library, encoder: Encoder, documents: dict[str, str]
) -> None:
    for case in CASES:
        assert similar(shelf, encoder, documents[case], 1)[0].record.filename != "garden-en.md"


def test_a_page_that_stands_in_many_documents_makes_none_alike(
    library: Library, encoder: Encoder, put: Callable[[str, str], Path]
) -> None:
    page = "## Terms of use\n\n" + " ".join(
        f"{sentence} {NOTICES['en']}"
        for sentence in (
            "Member registries may quote figures when they name the secretariat as their source.",
            "Neither the secretariat nor its sponsors warrant that the figures are complete.",
            "Photographs belong to the hosts of the annual meeting and need their consent.",
        )
    )
    for name in ("price-en", "attack-en"):
        assert add_file(library, encoder, put(f"{name}.md", f"{CASES[name]}\n\n{page}")).document
    for number, subject in enumerate(("The garden", "The canteen", "The car park")):
        text = UNLIKE.replace("The garden", subject)
        assert add_file(library, encoder, put(f"{number}.md", f"{text}\n\n{page}")).document
    assert add_file(library, encoder, put("price-es.md", CASES["price-es"])).document
    asked = next(one for one in library.records() if one.filename == "price-en.md")
    assert asked.passages > 1
    found = similar(library, encoder, asked.document)
    assert found[0].record.filename == "price-es.md"
    assert all(pair.text not in page for one in found for pair in one.because)


def test_why_is_said_in_whole_sentences_of_either_document(
    shelf: Library, encoder: Encoder, documents: dict[str, str]
) -> None:
    def pages(document: str) -> dict[int, str]:
        return {page.number: " ".join(page.text.split()) for page in shelf.pages(document)}

    for case in CASES:
        mine = pages(documents[case])
        for one in similar(shelf, encoder, documents[case], 2):
            theirs = pages(one.record.document)
            assert 1 <= len(one.because) <= PAIRS
            for pair in one.because:
                assert pair.text in mine[pair.page]
                assert pair.their_text in theirs[pair.their_page]
                assert pair.text[-1] in ".?!。"
                assert pair.text not in NOTICES[case[-2:]]
            assert len({pair.text for pair in one.because}) == len(one.because)


def test_scores_fall_and_stay_between_0_and_1(
    shelf: Library, encoder: Encoder, documents: dict[str, str]
) -> None:
    scores = [one.score for one in similar(shelf, encoder, documents["price-en"], 9)]
    assert scores == sorted(scores, reverse=True)
    assert all(0 < score <= 1 for score in scores)


def test_the_limit_and_the_filters_hold(
    shelf: Library, encoder: Encoder, documents: dict[str, str]
) -> None:
    assert len(similar(shelf, encoder, documents["price-en"], 1)) == 1
    assert similar(shelf, encoder, documents["price-en"], 0) == ()
    found = similar(shelf, encoder, documents["price-en"], filters=Filters(languages=("zh",)))
    assert [one.record.filename for one in found] == ["price-zh.md"]


def test_the_beginning_of_an_identifier_will_do_and_an_unknown_one_is_said_to_be_unknown(
    shelf: Library, encoder: Encoder, documents: dict[str, str]
) -> None:
    whole = documents["attack-ru"]
    assert similar(shelf, encoder, whole[:10]) == similar(shelf, encoder, whole)
    with pytest.raises(NotInLibrary):
        similar(shelf, encoder, "0123456789")


def test_a_lone_document_is_like_none(
    library: Library, encoder: Encoder, put: Callable[[str, str], Path]
) -> None:
    outcome = add_file(library, encoder, put("one.md", CASES["price-en"]))
    assert similar(library, encoder, outcome.document) == ()


def test_the_families_are_of_starter_cases_and_named_in_seven_languages() -> None:
    families = yaml.safe_load((DATA / "families.yaml").read_text(encoding="utf-8"))
    catalogue = yaml.safe_load((DATA / "starter" / "catalogue.yaml").read_text(encoding="utf-8"))
    languages = {entry["id"]: entry["language"] for entry in catalogue}
    assert len(families) >= 18
    assert len({family["id"] for family in families}) == len(families)
    for family in families:
        assert set(family["titles"]) == {"ar", "en", "es", "fr", "pt", "ru", "zh"}, family["id"]
        assert family["problem"].endswith("?")
        assert len(set(family["cases"])) == len(family["cases"]) >= 3
        assert len({languages[case] for case in family["cases"]}) >= 2, family["id"]


def test_the_benchmark_counts_as_worked_out_by_hand() -> None:
    def record(document: str, language: str) -> Record:
        return Record(document, "", "", "", 0, "", None, (), (language,), 1, 1, "")

    records = {case: record(case, language) for case, language in zip("abcd", "eefe", strict=True)}
    right = related([["a", "b", "c"]], records)
    assert right == {"a": {"b", "c"}, "b": {"a", "c"}, "c": {"a", "b"}}
    elsewhere = related([["a", "b", "c"], ["a", "d"]], records)
    found = {"a": ["d", "b", "c"], "b": ["d", "c", "a"], "c": ["d", "a", "b"]}
    assert figures(found, right, elsewhere, records) == {
        "mAP": round((1 + (1 / 2 + 2 / 3) / 2 * 2) / 3, 3),
        "recall@5": 1.0,
        "recall@5_cross": 1.0,
        "own_language_first": round(2 / 3, 3),
        "own_language_expected": round((1 / 2 + 1 / 2 + 0) / 3, 3),
    }
