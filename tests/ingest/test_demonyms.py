"""A question says its country by an adjective in seven languages; a language is no country."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.demonym_list import demonym_data, forms
from ingest.demonyms import find_demonyms
from ingest.inflection import inflected
from ingest.registries import named_territories
from ingest.registry_list import territory_names

NAMED = """
SE  What does the Swedish registry do about phishing?
SE  how many swedish names are signed
NL  the Dutch registry
NL  Why did the Dutch and their registry change the price?
PL  Polish banks and their domain names
CM  Cameroonian operators
AM  The Armenian registry's first ten years
FR  How does the French registry handle disputes?
ES  Spanish companies
ES PT  Spanish and Portuguese users
CN  the Chinese government
RU  Russian domain holders
KR  the Korean registry
KP  North Korean names
ZA  South African registrars
SS  South Sudanese users
PG  the Papua New Guinean registry
GQ  the Equatorial Guinean registry
GN  the Guinean registry
GW  the Bissau-Guinean registry
NE  the Nigerien registry
NG  the Nigerian registry
DO  the Dominican registry
DO  Did the Dominican Republic sign its zone?
GE  the Georgian registry
GE  the registry of Georgia
TD  a registry in Chad
TD  Chad's registry
TD  the Chadian registry
JO  who runs the registry in Jordan?
JO  Jordanian banks
ML  domain names in Mali
CD CG  the Congolese registry
CD CG  domains in the Congo registry
AS  the American Samoan registry
WS  the Samoan registry
US  American companies
US  the US registry
GB  British registrars
IN  the Indian registry
GF  French Guiana
PF  the French Polynesian registry
GY  the Guyanese registry
NZ  New Zealanders
CR  the Costa Rican registry
CV  the Cape Verdean registry
BF  the Burkinabé registry
SA  Saudi names
NL  The Dutch registry answers in English
CM  le registre camerounais
SN  Combien de noms sénégalais ont été radiés ?
CI  la zone ivoirienne
TN  les bureaux d’enregistrement tunisiens
FR  les banques françaises
NE  le registre nigérien
NG  le registre nigérian
KR  le registre sud-coréen
SS  le registre sud-soudanais
NZ  le registre néo-zélandais
CF  le registre centrafricain
ML  les opérateurs maliens
TD  Comment fait-on au Tchad ?
NE  Que fait le Niger ?
GR  la banque grecque
TR  les universités turques
ES  la police espagnole
CD CG  le registre congolais
GF  le registre guyanais
NL  le registre néerlandais
US  les entreprises américaines
PL  registro polaco
SE  los dominios suecos
DE  las empresas alemanas
ES  el registro español
FR  el registro nacional francés
CN  las empresas chinas
SV  el gobierno salvadoreño
GQ  el registro ecuatoguineano
NE  el registro nigerino
NG  el registro nigeriano
US  los usuarios estadounidenses
MA  el registro marroquí
CR  el registro costarricense
IN  el registro indio
HT  ¿Cuántos nombres haitianos hay?
MZ  o registo moçambicano
PL  o registro polonês
PL  o registo polaco
CZ  os domínios tchecos
BR  as empresas brasileiras
DE  os registradores alemães
PT  o registo português
GW  o registo guineense
ST  o registo são-tomense
CV  os nomes cabo-verdianos
US  os domínios norte-americanos
IL  o registro israelense
NL  o registo neerlandês
RU  Quantos endereços os russos pediram?
ES  os servidores espanhóis
RU  les sites russes
FR  مؤسسة التضامن الرقمي الفرنسية
AO  Quantos nomes angolanos foram registados?
AM  реестр Армении
AM  армянский реестр
AM  в армянской зоне
AM  на армянском рынке
NL  нидерландский реестр
NL  голландского реестра
SE  шведские регистраторы
RU  российского домена
RU  русский реестр
FR  французский реестр
CN  китайские компании
KR  южнокорейский реестр
KP  северокорейские домены
EG  в Египте
TD  реестр в Чаде
NE  нигерский реестр
NG  нигерийский реестр
NZ  новозеландский реестр
UZ  узбекские имена
KG  Сколько имён у киргизского реестра?
CR  коста-риканский реестр
US  американские банки
BY  белорусский реестр
TN  السجل التونسي
OM  كم اسماً عُمانياً سُجّل؟
TN  الأسماء التونسية
CM  السجل الكاميروني
SE  السجل السويدي
FR  السجل الفرنسي
FR  البنوك الفرنسية
KR  السجل الكوري
KR  السجل الكوري الجنوبي
KP  الحكومة الكورية الشمالية
JO  وللشركات الأردنية
ZA  السجل الجنوب أفريقي
TR  والبنوك التركية
DK  الدنمارك
HU  المجر
NL  السجل الهولندي
ML  النطاقات في مالي
QA  البنوك القطرية
SA  في السعودية
IN  الحكومة الهندية
US  الشركات الأمريكية
GQ  السجل الغيني الاستوائي
NL  荷兰注册局
NL  荷蘭註冊局
KR  韩国有多少域名？
KR  韓國註冊局
TW  臺灣的註冊局
TW  台灣與台湾
CD CG  刚果的域名
ML  马里域名
TD  乍得註冊局
TZ  坦桑尼亞
SA  沙特的注册局
SE  瑞典文化部
"""

TRAPS = """
-   written in French
-   Can I ask in Spanish or Portuguese?
-   in Dutch
-   in Dutch, French and Polish
-   Answers in Arabic, Persian and Turkish.
-   Greek letters and Cyrillic
-   the Thai script
-   the Korean language
-   Armenian characters in domain names
-   translated into Swedish
-   speak Hungarian
-   the Russian version
-   a French-language page
-   the Spanish page
-   English names
-   polish the text and polish it again
-   what the registry tells us
-   Latin American registries
-   South American registries
-   the Indian Ocean
-   the American Registry for Internet Numbers
-   European registries
-   African registries
-   Arab registries
-   Michael Jordan
-   Jordan Carter said so
-   a letter from Jordan Carter
-   New Jersey
-   Chad Smith asked
-   a Dutch auction
-   state of Georgia
-   en français
-   en polonais et en russe
-   traduit du suédois
-   la langue turque
-   l’alphabet grec
-   l’océan Indien
-   les pays latino-américains
-   une page espagnole
-   en español
-   subasta con fines benéficos
-   en sueco, polaco y árabe
-   el idioma turco
-   caracteres coreanos
-   traducido al polaco
-   las empresas latinoamericanas
-   em português
-   em russo e polonês
-   a língua grega
-   a versão inglesa
-   на русском языке
-   на армянском и на русском
-   по-русски
-   русский текст
-   армянский алфавит
-   греческие буквы
-   латиноамериканские реестры
-   Того же мнения были все
-   в Индийском океане
-   باللغة الفرنسية
-   اللغة التركية
-   بالروسية
-   ترجمة من التركية
-   الحروف العربية والفارسية
-   أمريكا اللاتينية
-   المحيط الهندي
-   السجل المالي
-   النطاقات القطرية
-   荷兰语
-   西班牙语和葡萄牙语
-   俄羅斯文
-   希腊字母
-   马里兰州
-   用法语或英语
US  a registry in New Jersey, United States
SX  Sint Maarten
VG  British Virgin Islands
AS  American Samoa
IO  British Indian Ocean Territory
CF  the Central African Republic
DO  la République dominicaine
SE  The Swedish registry has no page in Finnish.
NL  Does the Dutch registry speak French?
BE  les banques belges, en néerlandais
"""


def table(rows: str) -> list[tuple[str, frozenset[str]]]:
    split = [
        row.split("  " if not row.startswith("-") else None, 1) for row in rows.split("\n") if row
    ]
    return [(text.strip(), frozenset(codes.replace("-", "").split())) for codes, text in split]


@pytest.mark.parametrize(("text", "territories"), table(NAMED))
def test_the_country_of_a_question_is_understood(text: str, territories: frozenset[str]) -> None:
    assert named_territories(text) == territories


@pytest.mark.parametrize(("text", "territories"), table(TRAPS))
def test_a_language_or_another_thing_is_no_country(text: str, territories: frozenset[str]) -> None:
    assert named_territories(text) == territories


def test_every_territory_with_people_has_its_adjectives() -> None:
    # Without inhabitants of their own; the European Union's adjective is the continent's.
    without = {"BV", "HM", "GS", "TF", "SJ", "EU"}
    assert set(demonym_data()["territories"]) == set(territory_names()) - without


def test_every_adjective_is_found_in_its_country() -> None:
    for territory, by_language in demonym_data()["territories"].items():
        for language in set(by_language) - {"names"}:
            for word in by_language[language]:
                before = {"es": "registro", "fr": "registre", "pt": "registo", "ar": "سجل"}
                after = {"en": "registry", "ru": "реестр"}
                text = f"{before.get(language, '')} {word} {after.get(language, '')}"
                assert territory in named_territories(text), text


def test_words_take_the_forms_of_their_language() -> None:
    assert {"suédoise", "suédois", "suédoises"} <= inflected("suédois", "fr")
    assert {"canadienne", "canadiens"} <= inflected("canadien", "fr")
    assert {"alemana", "alemanes"} <= inflected("alemán", "es")
    assert {"alemã", "alemães"} <= inflected("alemão", "pt")
    assert {"espanhola", "espanhóis"} <= inflected("espanhol", "pt")
    assert {"шведского", "шведская", "шведскими"} <= inflected("шведский", "ru")
    assert {"индийцы", "индийцам"} <= inflected("индиец", "ru")
    assert {"армяне", "армянами"} <= inflected("армянин", "ru")
    assert {"تونسية", "التونسيين", "تونسيا"} <= inflected("تونسي", "ar")
    assert {"كورية جنوبية", "الكوري الجنوبي"} <= inflected("كوري جنوبي", "ar")
    assert {"Costa Ricans"} <= inflected("Costa Rican", "en")


def test_capitals_accents_and_vowel_signs_do_not_matter() -> None:
    for text in ("LE REGISTRE SUEDOIS", "le registre sue\u0301dois", "Le Registre Suédois"):
        assert named_territories(text) == {"SE"}
    assert named_territories("السِّجِلّ التُّونِسِيّ") == {"TN"}


@given(text=st.text(max_size=300))
def test_any_text_can_be_asked(text: str) -> None:
    for found in find_demonyms(text).meant:
        assert 0 <= found.start < len(text) and found.territories
    assert named_territories(text) <= set(territory_names()) | {""}


@pytest.mark.parametrize(
    "piece", ["Dutch, ", "荷兰语", "South ", "بال", "in French ", "Latin American "]
)
def test_time_grows_with_length_only(piece: str) -> None:
    def seconds(count: int) -> float:
        # Of the processor: what else runs does not count.
        start = time.process_time()
        named_territories(piece * count)
        return time.process_time() - start

    assert forms() and seconds(1000) < 5
    assert min(seconds(20_000) for _ in range(3)) < 40 * max(seconds(2_000), 0.005)
