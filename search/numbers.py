"""The numbers that a text states, whatever its script and its way to write them.

Used to hold a sentence against its source: `1.234,5`, `1,234.5`, `٤٠٠`, `四百`, `12万`, `deux` and
`2 million` are read as what they may mean; where two readings are possible, both count.
"""

from __future__ import annotations

import functools
import unicodedata
from collections.abc import Iterator
from decimal import Decimal
from typing import Final

import regex

Readings = frozenset[Decimal]
"""What one number in a text may mean."""

_DIGITS: Final = regex.compile(
    r"\d{1,3}(?:([ \u00a0\u202f\u2009'’.,٬،])\d{3})(?:\1\d{3})*(?:[.,٫]\d+)?(?!\d)|\d+(?:[.,٫]\d+)?"
)
_SEPARATORS: Final = regex.compile(r"[ \u00a0\u202f\u2009'’٬،]")
_HAN: Final = regex.compile("[〇零一二两兩三四五六七八九十百千万萬亿億]+")
_HAN_DIGITS: Final = {c: n for n, c in enumerate("零一二三四五六七八九")} | {
    "〇": 0,
    "两": 2,
    "兩": 2,
}
_HAN_UNITS: Final = {"十": 10, "百": 100, "千": 1000}
_HAN_SCALES: Final = {"万": 10**4, "萬": 10**4, "亿": 10**8, "億": 10**8}
_IDIOMS: Final = regex.compile(
    "万一|千万不|十分(?!之)|一[一-鿿]一|百姓|千方百计|四川|九州|五花八门"
)
_WORD: Final = regex.compile(r"[\p{L}\p{M}]+(?:[-’'][\p{L}\p{M}]+)*")
_ARABIC_MARKS: Final = regex.compile("[\u064b-\u065f\u0670\u0640]")

_SCALES: Final = {
    word: Decimal(value)
    for value, words in (
        (10**3, "thousand mil mille milliers тыс тысяча тысячи тысяч тысячам ألف آلاف الاف ألفا"),
        (
            10**6,
            "million millions m millón millones milhão milhões mln mio млн миллион миллиона "
            "миллионов مليون ملايين مليونا",
        ),
        (
            10**9,
            "billion billions bn milliard milliards bilhão bilhões млрд миллиард миллиарда "
            "миллиардов مليار مليارات",
        ),
    )
    for word in words.split()
} | {character: Decimal(value) for character, value in _HAN_SCALES.items()}
_AFTER: Final = regex.compile(r"[\s\u00a0\u202f]*([\p{L}\p{M}]+)")

_WIDEST_GAP: Final = 5
"""Characters between two words of one number: ` and `, ` y `."""
_NAMES: Final = (
    (2, "two dos deux dois duas два две двух двум двумя اثنان اثنين اثنتان اثنتين شخصان شخصين"),
    (3, "three tres trois três три трех трем тремя ثلاث ثلاثة"),
    (4, "four cuatro quatre quatro четыре четырех четырем أربع أربعة"),
    (5, "five cinco cinq пять пяти пятью خمس خمسة"),
    (6, "six seis шесть шести шестью ست ستة"),
    (7, "seven siete sept sete семь семи семью سبع سبعة"),
    (8, "eight ocho huit oito восемь восьми ثمان ثماني ثمانية"),
    (9, "nine nueve neuf nove девять девяти تسع تسعة"),
    (10, "ten diez dix dez десять десяти десятью عشر عشرة"),
    (11, "eleven once onze одиннадцать одиннадцати"),
    (12, "twelve dozen doce docena douze douzaine doze dúzia двенадцать двенадцати дюжина"),
    (13, "thirteen trece treize treze тринадцать тринадцати"),
    (14, "fourteen catorce quatorze catorze четырнадцать четырнадцати"),
    (15, "fifteen quince quinze пятнадцать пятнадцати"),
    (16, "sixteen dieciséis seize dezesseis dezasseis шестнадцать шестнадцати"),
    (17, "seventeen diecisiete dix-sept dezessete dezassete семнадцать семнадцати"),
    (18, "eighteen dieciocho dix-huit dezoito восемнадцать восемнадцати"),
    (19, "nineteen diecinueve dix-neuf dezenove dezanove девятнадцать девятнадцати"),
    (20, "twenty veinte vingt vinte двадцать двадцати عشرون عشرين"),
    (30, "thirty treinta trente trinta тридцать тридцати ثلاثون ثلاثين"),
    (40, "forty cuarenta quarante quarenta сорок сорока أربعون أربعين"),
    (50, "fifty cincuenta cinquante cinquenta пятьдесят пятидесяти خمسون خمسين"),
    (60, "sixty sesenta soixante sessenta шестьдесят шестидесяти ستون ستين"),
    (70, "seventy setenta soixante-dix семьдесят семидесяти سبعون سبعين"),
    (80, "eighty ochenta quatre-vingts quatre-vingt oitenta восемьдесят восьмидесяти ثمانون ثمانين"),  # noqa: E501
    (90, "ninety noventa quatre-vingt-dix девяносто تسعون تسعين"),
    (100, "hundred cien ciento cent cem сто ста مئة مائة"),
    (200, "doscientos doscientas duzentos duzentas двести двухсот مئتان مئتين مائتان مائتين"),
    (1000, "thousand mil mille тысяча тысячи тысяч ألف"),
)  # fmt: skip


def numbers_in(text: str) -> tuple[Readings, ...]:
    """The numbers of a text, each with what it may mean; ones in words are no numbers.

    A single Chinese numeral counts as well: a text that is held against a source is read by
    `stated_numbers`, which leaves it out.
    """
    text = _plain(text)
    return (*_in_digits(text), *_in_han(text, 1), *_in_words(text))


def stated_numbers(text: str) -> tuple[Readings, ...]:
    """The numbers that a sentence rests on; as `numbers_in`, less what may be no number."""
    text = _plain(text)
    return (*_in_digits(text), *_in_han(text, 2), *_in_words(text))


def _plain(text: str) -> str:
    """Text in compatibility form with ASCII digits and without Arabic vowel signs."""
    text = _ARABIC_MARKS.sub("", unicodedata.normalize("NFKC", text))
    return "".join(str(unicodedata.decimal(c)) if c.isdecimal() else c for c in text)


def _in_digits(text: str) -> Iterator[Readings]:
    for found in _DIGITS.finditer(text):
        values = set(_meanings(found.group()))
        if (after := _AFTER.match(text, found.end())) is not None:
            word = after[1].casefold()
            scale = _SCALES.get(word) or _SCALES.get(word[0])
            if scale is not None and (word in _SCALES or word[0] in _HAN_SCALES):
                values |= {value * scale for value in values}
        yield frozenset(values)


def _meanings(written: str) -> Iterator[Decimal]:
    """`1.500` may be fifteen hundred or one and a half."""
    joined = _SEPARATORS.sub("", written)
    pieces = regex.split("[.,٫]", joined)
    if len(pieces) == 1:
        yield Decimal(joined)
        return
    if all(len(piece) == 3 for piece in pieces[1:]):
        yield Decimal("".join(pieces))
    yield Decimal("".join(pieces[:-1]) + "." + pieces[-1]).normalize()


def _in_han(text: str, least: int) -> Iterator[Readings]:
    for found in _HAN.finditer(_IDIOMS.sub(" ", text)):
        run = found.group()
        if len(run) >= least and any(c in _HAN_DIGITS or c in _HAN_UNITS for c in run):
            yield frozenset({Decimal(_han_value(run))})


def _han_value(run: str) -> int:
    """`四百零五` is 405, `二〇一九` 2019, `三万五千` 35 000."""
    if not any(c in _HAN_UNITS or c in _HAN_SCALES for c in run):
        return int("".join(str(_HAN_DIGITS[c]) for c in run))
    total = section = digit = 0
    for character in run:
        if character in _HAN_DIGITS:
            digit = _HAN_DIGITS[character]
        elif character in _HAN_UNITS:
            section += (digit or 1) * _HAN_UNITS[character]
            digit = 0
        else:
            total = (total + section + digit or 1) * _HAN_SCALES[character]
            section = digit = 0
    return total + section + digit


def _in_words(text: str) -> Iterator[Readings]:
    """Numbers in words; those that follow one another are one number, or each its own."""
    run: list[Decimal] = []
    end = 0
    for found in _WORD.finditer(text):
        value = _word_value(found.group().casefold().replace("ё", "е"))
        if value is None:
            continue
        if run and found.start() - end > _WIDEST_GAP:
            yield frozenset({*run, _joined(run)})
            run = []
        run.append(value)
        end = found.end()
    if run:
        yield frozenset({*run, _joined(run)})


def _joined(run: list[Decimal]) -> Decimal:
    """`two hundred five` is 205."""
    total = part = Decimal(0)
    for value in run:
        if value >= 100 and part:
            total, part = total + part * value, Decimal(0)
        else:
            part += value
    return total + part


@functools.lru_cache(maxsize=4096)
def _word_value(word: str) -> Decimal | None:
    names = _values_of_words()
    if word in names:
        return names[word]
    first, hyphen, second = word.partition("-")
    if hyphen and first in names and second in names:
        return names[first] + names[second]
    # Arabic writes conjunctions and prepositions onto the word, and the article.
    for prefix in ("ال", "وال", "و", "ب", "ل"):
        if word.startswith(prefix) and word.removeprefix(prefix) in names:
            return names[word.removeprefix(prefix)]
    return None


@functools.cache
def _values_of_words() -> dict[str, Decimal]:
    return {word: Decimal(value) for value, words in _NAMES for word in words.split()}
