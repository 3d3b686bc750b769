"""Signs by which the text of a PDF page is known to be wrong, measured on real files."""

import re

from ingest.clean import has_fake_bold

# Measured: these parts told exactly the pages that pypdf reads wrongly.
LETTERS_IN_LONG_RUNS = 0.15
LATIN_1_CHARACTERS = 0.25
CONTROL_CHARACTERS = 0.05
# Lines of one Han character: pypdf gives upright text so, pdfium by the column.
UPRIGHT_LINES = 10
UPRIGHT_SHARE = 0.6
# No language in Latin letters has so few vowels; letters shifted in the alphabet have.
FEW_VOWELS = 0.2
ENOUGH_LETTERS = 200
MOSTLY = 0.5
GLYPH_NAMES = 0.3
MIXED_WORDS = 0.05

_latin_run = re.compile(r"[A-Za-z]{21,}")
_latin = re.compile(r"[A-Za-z]")
# Without the dots of a table of contents, guillemets and spaces.
_latin_1 = re.compile("[\x80-\x9f\xa1-\xaa\xac\xae-\xb6\xb8-\xba\xbc-\xff]")
_control = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffd]")
_upright = re.compile(
    r"^\s*[\u2e80-\u2fdf\u3001-\u3011\u3400-\u9fff\uf900-\ufaff\uff01-\uff20]\s*$"
)
_letter = re.compile(r"[A-Za-zÀ-ɏ]")
_vowel = re.compile("[aeiouyAEIOUYÀ-ÆÈ-ÏÒ-ÖØ-Ýà-æè-ïò-öø-ýÿ]")
_glyph_name = re.compile(r"/g(?:lyph|id)?[0-9A-Fa-f]{2,6}\b|\(cid:\d+\)")
_arabic_word = re.compile("[\u0621-\u064a\ufe70-\ufefc]+")
_mixed_word = re.compile(
    "[\u0621-\u064a\ufe70-\ufefc][\u0100-\u052f]|[\u0100-\u052f][\u0621-\u064a\ufe70-\ufefc]"
)


def misread(text: str) -> bool:
    """True where a page's text shows one of the signs by which pypdf is known to have failed."""
    letters = len(_latin.findall(text))
    if letters and sum(map(len, _latin_run.findall(text))) > LETTERS_IN_LONG_RUNS * letters:
        return True
    if len(_control.findall(text)) > CONTROL_CHARACTERS * _shown(text):
        return True
    return has_fake_bold(text) or _is_upright(text) or undecoded(text)


def undecoded(text: str) -> bool:
    """True where a font does not say which letters its shapes are, so that only OCR can tell."""
    shown = _shown(text)
    if len(_latin_1.findall(text)) > LATIN_1_CHARACTERS * shown:
        return True
    if sum(map(len, _glyph_name.findall(text))) > GLYPH_NAMES * shown:
        return True
    if len(_mixed_word.findall(text)) > max(MIXED_WORDS * len(_arabic_word.findall(text)), 4):
        return True
    letters = len(_letter.findall(text))
    if letters < max(ENOUGH_LETTERS, MOSTLY * shown):
        return False
    return len(_vowel.findall(text)) < FEW_VOWELS * letters


def _is_upright(text: str) -> bool:
    lines = [line for line in text.split("\n") if line.strip()]
    upright = sum(1 for line in lines if _upright.match(line))
    return upright >= max(UPRIGHT_LINES, UPRIGHT_SHARE * len(lines))


def _shown(text: str) -> int:
    return len(text) - text.count(" ") - text.count("\n")
