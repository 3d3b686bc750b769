"""The registries that a document is about are found, in seven languages, and none is invented."""

import re
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.registries import find_registries
from ingest.registry_list import code_of_territory, registries, territory_names


def codes(text: str, title: str = "") -> list[str]:
    return [mention.code for mention in find_registries(text, title)]


ABOUT_TAIWAN = {
    "en": "The .tw registry, TWNIC, opened .tw to everybody in Taiwan. TWNIC is pleased.",
    "es": "El registro de .tw, TWNIC, abrió el .tw a todo Taiwán. TWNIC está satisfecho.",
    "fr": "Le registre du .tw, TWNIC, a ouvert le .tw à tout Taïwan. TWNIC s’en réjouit.",
    "pt": "O registro do .tw, TWNIC, abriu o .tw a todo o Taiwan. O TWNIC está satisfeito.",
    "ru": "Реестр .TW, TWNIC, открыл домен .TW для всех на Тайване. TWNIC доволен.",
    "ar": "فتح سجل .tw وهو TWNIC النطاق .tw للجميع في تايوان. وTWNIC راضٍ عن ذلك.",
    "zh": "台灣的.tw註冊局TWNIC開放.tw網域名稱。台灣網路資訊中心表示滿意。",
}


@pytest.mark.parametrize("language", ABOUT_TAIWAN)
def test_a_registry_is_found_in_each_language(language: str) -> None:
    mentions = find_registries(ABOUT_TAIWAN[language])
    assert [mention.code for mention in mentions] == ["tw"]
    assert mentions[0].count >= 5
    assert "TWNIC" in mentions[0].reason or "台灣" in mentions[0].reason


@pytest.mark.parametrize(
    ("title", "code"),
    [
        ("Registry lock at .ke", "ke"),
        ("Kenya’s names", "ke"),
        ("La reforma del dominio en Costa Rica", "cr"),
        ("Le Sénégal et son domaine", "sn"),
        ("O domínio de Moçambique", "mz"),
        ("Домены в Казахстане", "kz"),
        ("О российской зоне .РФ", "рф"),
        ("أسماء النطاقات في الأردن", "jo"),
        ("أسماء النطاقات بالمغرب", "ma"),
        ("النطاق .السعودية", "السعودية"),
        ("日本的域名政策", "jp"),
        ("新加坡註冊局", "sg"),
        ("Nominet and phishing", "uk"),
        ("Registro.br faz vinte anos", "br"),
        (".台灣 網域名稱", "台灣"),
        ("Registrations under .com.br", "br"),
    ],
)
def test_a_mention_in_the_title_is_enough(title: str, code: str) -> None:
    assert codes("Nothing else is said here.", title) == [code]


def test_a_country_in_running_text_is_not_enough() -> None:
    text = "Visitors came from Kenya, Japan and Brazil. Kenya sent most. Kenya sent ten of them."
    assert codes(text) == []


def test_a_survey_of_many_is_about_none_of_them() -> None:
    labels = "de uk nl fr it es pt se no fi dk pl cz at ch be".split()
    assert codes(" ".join(f"The registry of .{label} answered." for label in labels)) == []


def test_one_that_stands_out_is_found_among_others() -> None:
    text = "SIDN runs .nl. In .nl, SIDN sees less abuse. DENIC (.de) does not. SIDN is glad. " * 2
    assert codes(text) == ["nl"]
    assert codes(text + "SIDN, SIDN, .nl.", "What we do in .de") == ["de"]


def test_the_cctlds_of_one_territory_are_found_together() -> None:
    text = "TWNIC runs .tw, .台灣 and .台湾. Names in .台灣 grew, and so did .tw."
    assert codes(text) == ["tw", "台灣"]
    assert codes("NTRA opened .مصر in Egypt, and .مصر is open.", "The string .مصر") == ["مصر"]


@pytest.mark.parametrize(
    "text",
    [
        "It is so. Come in. Is it me? No. Go to it, as at first. My dear co.",
        "Write the .md file, then the .py script, the .rs file and the .sh script. Use .so files.",
        "README.md, main.py, lib.rs, run.sh and archive.zip were added; config.in too.",
        "New Jersey, New Mexico, a guinea pig and Michael Jordan; Georgia Tech won.",
        "Turkey was served. Chad and Jordan ate it. Mali, the cook, and Maurice agreed.",
        "Того же мнения были все. Чад стоял в комнате.",
        "السبب مالي وقطر الدائرة كبير ومن عمان جاء القطار",
        "索马里兰、马里兰州与新泽西州",
        "visit https://example.tw/a.jp?b=.de or mail x@example.kr",
        "version 1.in 2.is 3.it",
    ],
)
def test_words_files_and_addresses_are_no_registries(text: str) -> None:
    assert codes(text * 3) == []


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Papua New Guinea has .pg, and Papua New Guinea is far.", "pg"),
        ("Equatorial Guinea has .gq. Equatorial Guinea is small.", "gq"),
        ("La Guinée-Bissau a .gw ; la Guinée-Bissau est petite.", "gw"),
        ("The Democratic Republic of the Congo has .cd and only .cd.", "cd"),
        ("The Republic of the Congo has .cg and only .cg.", "cg"),
        ("South Sudan has .ss. South Sudan is new: .ss came in 2019.", "ss"),
        ("The Dominican Republic has .do, and only .do.", "do"),
        ("Dominica has .dm, and Dominica has only .dm.", "dm"),
        ("Georgia has .ge. In Georgia .ge is liked.", "ge"),
        ("У Нигерии есть .ng, и в Нигерии .ng любят.", "ng"),
        ("尼日利亚的.ng和尼日利亚", "ng"),
    ],
)
def test_names_that_hold_other_names_are_told_apart(text: str, code: str) -> None:
    assert codes(text) == [code]


def test_a_name_with_several_owners_counts_for_the_one_that_is_meant() -> None:
    assert codes("The TRA opened .om in Oman, and the TRA explains .om.") == ["om"]
    assert codes("The TRA opened .bh in Bahrain, and the TRA explains .bh.") == ["bh"]
    assert codes("The TRA was pleased. The TRA said so.") == []


def test_reasons_say_what_was_seen() -> None:
    (mention,) = find_registries("KeNIC and .ke in Kenya. KeNIC grew.", "Growth at KeNIC")
    assert mention.reason == "The title names KeNIC."
    assert mention.count == 4
    (mention,) = find_registries("KeNIC and .ke in Kenya. KeNIC grew.")
    assert "KeNIC (2)" in mention.reason and ".ke (1)" in mention.reason


def test_every_delegated_cctld_is_listed_with_its_region() -> None:
    listed = registries()
    assert sum(code.isascii() for code in listed) == 248
    assert sum(not code.isascii() for code in listed) == 61
    assert {entry.region for entry in listed.values()} == {"AF", "AP", "EU", "LAC", "NA"}
    assert listed["tw"].registry == "Taiwan Network Information Center (TWNIC)"
    # By ICANN's own list, not by a map.
    assert (listed["cy"].region, listed["tr"].region, listed["ky"].region) == ("AP", "AP", "EU")
    assert (listed["mx"].region, listed["gu"].region, listed["nc"].region) == ("LAC", "NA", "EU")
    assert not {"an", "tp", "um", "zr"} & set(listed)
    assert code_of_territory()["GB"] == "uk"


def test_labels_are_written_as_dns_carries_them() -> None:
    for code, entry in registries().items():
        expected = code if code.isascii() else "xn--" + code.encode("punycode").decode()
        assert entry.ascii == expected
        assert re.fullmatch(r"[a-z]{2}|xn--[a-z0-9]+", entry.ascii)
        assert entry.source == f"https://www.iana.org/domains/root/db/{entry.ascii}.html"


def test_every_territory_is_found_by_each_of_its_names() -> None:
    for territory, names in territory_names().items():
        code = code_of_territory()[territory]
        for name in names:
            found = codes(f"The text has .{code} in it, and .{code} again.", f"{name} .{code}")
            assert found == [code], name
    taiwan = {"Taiwan", "Taiwán", "Taïwan", "Тайвань", "تايوان", "台湾", "台灣"}
    assert taiwan <= set(territory_names()["TW"])


@settings(deadline=None)
@given(text=st.text(max_size=300), title=st.text(max_size=60))
def test_any_text_is_read_and_nothing_unlisted_is_found(text: str, title: str) -> None:
    assert all(mention.code in registries() for mention in find_registries(text, title))


@pytest.mark.parametrize("piece", [".tw ", "a.b", "台", ".", "South ", "http://", "x.y/", "وال"])
def test_time_grows_with_length_only(piece: str) -> None:
    def seconds(count: int) -> float:
        # Of the processor: what else runs does not count.
        start = time.process_time()
        find_registries(piece * count)
        return time.process_time() - start

    seconds(1000)
    assert min(seconds(20_000) for _ in range(3)) < 40 * max(seconds(2_000), 0.005)
