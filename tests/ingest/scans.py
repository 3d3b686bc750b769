"""Pages that are pictures, drawn in code in the scripts of the seven languages."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image, ImageDraw, ImageFont
from pptx import Presentation
from pptx.util import Inches
from reportlab.lib.pagesizes import A4
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from ingest.tesseract import find_program, installed_languages

NOTO = Path("/usr/share/fonts/truetype/noto")
CJK = Path("/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc")
Pages = Sequence[Image.Image | str]
FONTS = {
    "ar": (NOTO / "NotoNaskhArabic-Regular.ttf", 0),
    "zh-Hans": (CJK, 2),
    "zh-Hant": (CJK, 3),
}
LATIN = (NOTO / "NotoSerif-Regular.ttf", 0)
MARGIN, LINE = 180, 46

TEXTS = {
    "ar": "أنشأ السجل فريقا صغيرا لمكافحة التصيد الاحتيالي. يفحص الفريق الأسماء الجديدة كل يوم "
    "ويوقف الأسماء الخبيثة خلال ساعتين. وانخفضت الشكاوى إلى النصف في السنة الأولى.",
    "en": "The registry put its name servers into a shared anycast cloud. Queries are answered by "
    "the nearest of forty sites, and the domain stayed reachable when the cable was cut.",
    "es": "El registro bajó el precio de los dominios a la mitad durante un año. Los registros "
    "nuevos se duplicaron, pero la tasa de renovación cayó después de la campaña.",
    "fr": "Le registre a créé un verrou pour les banques. Toute modification demande deux "
    "personnes et un appel téléphonique. Aucun nom verrouillé n'a été détourné depuis.",
    "pt": "O governo abriu um concurso público para escolher quem opera o domínio nacional. O "
    "contrato dura dez anos e exige uma cópia de segurança dos dados em outra região.",
    "ru": "Реестр подписал зону с помощью новых ключей. Ключи хранятся в двух городах. Первая "
    "смена ключа прошла ночью без перерыва в работе, и никто этого не заметил.",
    "zh-Hans": "注册局为农村学校免费提供域名和网站模板。三年里有四百所学校建立了自己的网站。"
    "教师接受了两天的培训，学生自己写文章，家长也可以在家里阅读。",
    "zh-Hant": "註冊局為偏鄉學校免費提供網域名稱與網站範本。三年內有四百所學校建立了自己的網站。"
    "教師接受了兩天的訓練，學生自己寫文章，家長也可以在家裡閱讀。",
}
"""A short text in each language, and Chinese in both ways to write it."""


def require_tesseract(*languages: str) -> None:
    """Leave a test out where Tesseract, its training data or the Noto fonts are not installed."""
    program = find_program()
    installed = installed_languages(program) if program is not None else frozenset()
    missing = {"osd", "eng", *languages} - installed
    fonts = [path for path, _ in (LATIN, *FONTS.values()) if not path.exists()]
    if missing or fonts:
        wanted = sorted({*missing, *(path.name for path in fonts)})
        pytest.skip(f"Tesseract, its training data or fonts are missing: {', '.join(wanted)}")


def picture(text: str, language: str) -> Image.Image:
    """A page of A4 at 200 dpi with a text drawn on it, lines broken at its margins."""
    path, index = FONTS.get(language, LATIN)
    font = ImageFont.truetype(str(path), 30, index=index)
    page = Image.new("L", (1654, 2339), 255)
    draw = ImageDraw.Draw(page)
    right_to_left = language == "ar"
    for row, line in enumerate(_lines(text, language)):
        place = (page.width - MARGIN if right_to_left else MARGIN, MARGIN + row * LINE)
        draw.text(
            place,
            line,
            font=font,
            fill=0,
            anchor="ra" if right_to_left else "la",
            direction="rtl" if right_to_left else None,
        )
    return page


def _lines(text: str, language: str) -> list[str]:
    width, joiner = (42, "") if language.startswith("zh") else (72, " ")
    words = list(text) if not joiner else text.split()
    lines = [""]
    for word in words:
        longer = lines[-1] + joiner + word if lines[-1] else word
        if len(longer) > width:
            lines.append(word)
        else:
            lines[-1] = longer
    return lines


def scanned_pdf(path: Path, pages: Pages, title: str = "") -> Path:
    """A PDF whose pages are pictures, or a line of text where one is given instead."""
    canvas = Canvas(str(path), pagesize=A4)
    canvas.setTitle(title)
    for page in pages:
        if isinstance(page, str):
            for row, start in enumerate(range(0, len(page), 80)):
                canvas.drawString(72, 760 - 16 * row, page[start : start + 80])
        else:
            canvas.drawImage(ImageReader(page), 0, 0, *A4)
        canvas.showPage()
    canvas.save()
    return path


def pictures_pptx(path: Path, slides: Sequence[Image.Image]) -> Path:
    """A PowerPoint file whose slides hold one picture each and no text."""
    presentation = Presentation()
    for shown in slides:
        slide = presentation.slides.add_slide(presentation.slide_layouts[6])
        content = BytesIO()
        shown.save(content, "PNG")
        content.seek(0)
        slide.shapes.add_picture(content, Inches(0.2), Inches(0.2), height=Inches(7))
    presentation.save(str(path))
    return path
