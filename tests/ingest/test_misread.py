"""What a PDF page's text says of how it was read, and lines of Arabic with figures in them."""

from pathlib import Path

import pytest

from ingest.limits import DEFAULT_LIMITS, Reading
from ingest.misread import misread, undecoded
from ingest.mixed_lines import order_mixed_lines
from ingest.pdf import read_pdf
from tests.ingest import hard_files

PROSE = " ".join((*hard_files.LEFT, *hard_files.RIGHT))
# A font without ToUnicode gives the numbers of its shapes, which are often 29 less.
SHIFTED = "".join(chr(ord(letter) - 29) if letter != " " else " " for letter in PROSE)


@pytest.mark.parametrize(
    "text",
    [
        PROSE,
        "Les données à caractère personnel sont protégées dès l’été, jusqu’à la clôture du dépôt.",
        "Управление доменом .рф и политика реестра",
        "注册局提供了域名 https://www.cnnic.cn/gywm/xwzx/rdxw/"
        + "".join(map(chr, range(0x4E00, 0x4F00))),
        "Contents · · · · · · · · · · · · · · · · · · · 5",
        "أطلقت الهيئة خدمةEPP في عام2014 وفق المعيارRFC 5730",
        "",
    ],
)
def test_text_in_our_languages_is_no_sign_of_a_bad_reading(text: str) -> None:
    assert not misread(text)
    assert not undecoded(text)


@pytest.mark.parametrize(
    "text",
    [
        SHIFTED,
        "/g92F0\n/g2AC2\n/g3DA3\n/g6BB2\n/gA7B9",
        "Ǣ ӎӌӍӒلعا لسجل تقرير برنامج Ǣ ӎӌӍӐعا من سما ǂ تعفعȘÓ لعربية ŧلنطا سما ȘÓخدمة Șفقǂ",
        "ìà a ðô生ªM-ìàæl小±·mþòØç=心-òú®æÑ;ð",
    ],
)
def test_letters_that_a_font_does_not_name_are_told(text: str) -> None:
    assert undecoded(text)


def test_upright_chinese_is_left_to_the_reader_that_keeps_columns_together() -> None:
    assert misread("\n".join("註冊局的防災計畫地震發生之後，在四小時內"))
    assert not misread("年報\n二零二一\n" + "註冊局在四小時內把服務移到備援中心\n" * 3)


def test_a_page_of_unnamed_letters_waits_for_ocr(tmp_path: Path) -> None:
    lines = (SHIFTED[start : start + 80] for start in range(0, len(SHIFTED), 80))
    drawn = b"".join(hard_files.line(line, y=760 - 14 * row) for row, line in enumerate(lines))
    path = hard_files.minimal_pdf(tmp_path / "a.pdf", [drawn, hard_files.line(PROSE)])
    text = read_pdf(path, Reading("a.pdf", DEFAULT_LIMITS))
    assert text.pictures == (1,)
    assert text.pages[0].text == ""
    assert text.pages[1].text.startswith(PROSE[:40])


# pypdf's lines of a page printed by Chromium, and pdfium's.
DRAWN = """2016 تقرير السجل لعام
 إلى1,250  برنامج تسجيل أسماء النطاق العربية، وارتفع عدد الأسماء من2014 أطلقت الهيئة في عام
، ثمRFC  5730  وفق المعيارWHOIS  وخدمةEPP . اعتمد السجل بروتوكول% 178  شهراً بنسبة12  اسماً خلال3,480
.2016  مارس15  فيDNSSEC وقع المنطقة باستخدام"""
AS_READ = """ريرقت لجسلا لعام 2016
تقلطأ ةئيهلا يف عام 2014 جمانرب ليجست أسماء النطاق ةيبرعلا، عفتراو عدد الأسماء نم 1,250 ىلإ
3,480 امساً خلال 12 ارهشً ةبسنب 178%. دمتعا لجسلا بروتوكول EPP ةمدخو WHOIS قفو المعيار RFC 5730، مث
عقو ةقطنملا باستخدام DNSSEC يف 15 مارس .2016"""


def test_figures_and_latin_words_stand_where_an_arabic_line_has_them() -> None:
    first, second, third, fourth = order_mixed_lines(DRAWN, AS_READ).split("\n")
    assert first == "تقرير السجل لعام 2016"
    assert second == (
        "أطلقت الهيئة في عام 2014 برنامج تسجيل أسماء النطاق العربية، "
        "وارتفع عدد الأسماء من 1,250 إلى"
    )
    assert third.startswith("3,480 اسماً خلال 12 شهراً بنسبة 178%. اعتمد السجل بروتوكول EPP وخدمة")
    assert third.endswith("RFC  5730، ثم")
    assert fourth == "وقع المنطقة باستخدام DNSSEC في 15 مارس 2016."


def test_lines_in_reading_order_stay_as_they_are() -> None:
    right = "وقع السجل المنطقة باستخدام DNSSEC في 15 مارس 2016."
    assert order_mixed_lines(right, AS_READ) == right
    assert order_mixed_lines(right, "") == right
    assert order_mixed_lines(PROSE, AS_READ) == PROSE
