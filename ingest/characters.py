"""Characters as a reader sees them: what files use to draw text becomes the text itself.

Compatibility characters are folded where they are only another drawing of a letter (ligatures,
Arabic presentation forms, full-width letters, radicals); what a reader sees as different stays
(superscripts, fractions, full-width punctuation).
"""

import re
import unicodedata
from functools import cache

# Blocks of characters that are only another drawing of the letters NFKC gives for them.
DRAWN_LETTERS = (
    (0x2E80, 0x2FDF),  # radicals
    (0xF900, 0xFAFF),  # CJK compatibility ideographs
    (0xFB00, 0xFB4F),  # Latin, Armenian and Hebrew ligatures
    (0xFB50, 0xFDFF),  # Arabic presentation forms A
    (0xFE30, 0xFE4F),  # vertical forms
    (0xFE70, 0xFEFC),  # Arabic presentation forms B
    (0xFF10, 0xFF19),  # full-width digits
    (0xFF21, 0xFF3A),  # full-width letters
    (0xFF41, 0xFF5A),
    (0xFF66, 0xFF9F),  # half-width katakana
    (0x1D400, 0x1D7FF),  # mathematical letters
    (0x2F800, 0x2FA1F),  # CJK compatibility ideographs, supplement
)
SPACES = (
    "\t\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a"
    "\u202f\u205f\u3000"
)
LINE_ENDS = "\v\f\x1c\x1d\x1e\x85\u2028\u2029"
# Marks that change nothing a reader sees; the direction marks can disguise what is read.
INVISIBLE = (
    "\u00ad\u034f\u061c\u180e\u200b\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2061\u2062"
    "\u2063\u2064\u2066\u2067\u2068\u2069\u206a\u206b\u206c\u206d\u206e\u206f\ufeff\ufffc\ufffd\uffff"
)
TATWEEL = "\u0640"
# Symbol fonts put their bullets and arrows in the private-use area.
PRIVATE_ARROWS = {0xF0E0: "→", 0xF0DF: "←", 0xF0E1: "↑", 0xF0E2: "↓", 0xF0F0: "⇒", 0xF0E8: "→"}
PRIVATE_USE = "\ue000-\uf8ff\U000f0000-\U000ffffd\U00100000-\U0010fffd"
BULLET = "•"

_private_bullet = re.compile(rf"^([ ]*)[{PRIVATE_USE}]+[ ]*(?=\S)", re.MULTILINE)
_private = re.compile(rf"[{PRIVATE_USE}]+")
_surrogate = re.compile("[\ud800-\udfff]")
_pdfium_hyphen = re.compile("[\ufffe\x02]\n?")
_soft_line_end = re.compile("\u00ad *\n *")
_spaces = re.compile(" {2,}")
_spaces_at_ends = re.compile("^ +| +$", re.MULTILINE)
_han = "\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0002ebef"
_fullwidth = "\u3001-\u3011\u3014-\u301f\uff01-\uff0f\uff1a-\uff20\u2026"
_han_gap = re.compile(f"(?<=[{_han}{_fullwidth}]) (?=[{_han}{_fullwidth}])")
_han_pair = re.compile(f"[{_han}](?=[{_han}])")
_han_digit_gap = re.compile(f"(?<=[0-9]) (?=[0-9] ?[{_han}0-9])")


# TeX's old fonts set an accent and a letter, `na¨ıve`; a cedilla follows its letter.
ACCENTS = {
    "\u00a8": "\u0308",
    "\u00b4": "\u0301",
    "`": "\u0300",
    "\u02c6": "\u0302",
    "\u02dc": "\u0303",
    "\u02c7": "\u030c",
    "\u02da": "\u030a",
}
_accent_before = re.compile(
    "(?<=[^\\W\\d_])([\u00a8\u00b4`\u02c6\u02dc\u02c7\u02da])([A-Za-z\u0131])"
    "|([\u00a8\u00b4\u02c6\u02dc\u02c7\u02da])([A-Za-z\u0131])"
)
# Where letters come with their accents, a loose accent is somebody's apostrophe.
_composed_letter = re.compile("[\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u0130\u0132-\u017f]")
_cedilla_after = re.compile("([cCsS])\u00b8")


def _set_accent(match: re.Match[str]) -> str:
    accent, letter = match[1] or match[3], match[2] or match[4]
    composed = unicodedata.normalize("NFC", letter.replace("\u0131", "i") + ACCENTS[accent])
    return composed if len(composed) == 1 else match[0]


@cache
def _table() -> dict[int, str | None]:
    table: dict[int, str | None] = dict.fromkeys(map(ord, SPACES), " ")
    table |= dict.fromkeys(map(ord, LINE_ENDS), "\n")
    for first, last in DRAWN_LETTERS:
        for code in range(first, last + 1):
            folded = unicodedata.normalize("NFKC", chr(code))
            if folded != chr(code):
                # A vowel sign alone is given as a space with the sign: the space is not there.
                is_mark = len(folded) > 1 and unicodedata.combining(folded[-1])
                table[code] = folded.strip(" " + TATWEEL) if is_mark else folded
    controls = (code for code in range(0xA0) if code < 0x20 or code >= 0x7F)
    table |= {code: None for code in controls if code not in table and code != 0x0A}
    table |= dict.fromkeys([*map(ord, INVISIBLE), ord(TATWEEL)])
    table |= dict.fromkeys([*range(0xFE00, 0xFE10), *range(0xE0000, 0xE01F0)])
    return table | PRIVATE_ARROWS


def fold_characters(text: str) -> str:
    """Give text as a reader sees it: only printable characters, spaces and line feeds.

    Parameters
    ----------
    text : as a file's reader gave it; may hold lone surrogates, controls, private-use glyphs.

    Returns
    -------
    Text in NFC, encodable as UTF-8, without spaces at line ends or runs of spaces.
    """
    if text.isascii() and text.isprintable():
        return _spaces.sub(" ", text).strip(" ")
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    # pdfium marks a hyphen at a line end by U+FFFE or U+0002, and drops the line end.
    text = _pdfium_hyphen.sub("-\n", text)
    if _surrogate.search(text):
        text = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "ignore")
    text = _soft_line_end.sub("", text)
    text = text.translate(_table())
    if not _composed_letter.search(text):
        text = _cedilla_after.sub("\\1\u0327", _accent_before.sub(_set_accent, text))
    text = _private_bullet.sub(rf"\1{BULLET} ", text)
    text = _private.sub(" ", text)
    text = _spaces_at_ends.sub("", _spaces.sub(" ", text))
    return unicodedata.normalize("NFC", text)


def close_han_gaps(line: str) -> str:
    """Take away the spaces that a PDF's spacing put between the Han characters of a line.

    They go where at least a third of the places between Han characters have one; a space or two
    in a line is the writer's own.
    """
    gaps = len(_han_gap.findall(line))
    if not gaps:
        return line
    pairs = len(_han_pair.findall(line))
    if gaps < 2 or gaps * 2 < pairs:
        return line
    return _han_digit_gap.sub("", _han_gap.sub("", line))


_arabic_word = re.compile("[\u0621-\u064a]{2,}")
_left_to_right = re.compile(
    r"[0-9A-Za-z\u00c0-\u024f\u0400-\u04ff][^\u0590-\u08ff\n]*"
    r"[0-9A-Za-z\u00c0-\u024f\u0400-\u04ff%]|[0-9A-Za-z]"
)
_mirrored = str.maketrans("()[]{}<>«»", ")(][}{><»«")
# Letters that end a word and never begin one.
_final_letters = "ةى"


def repair_visual_order(text: str) -> str:
    """Turn Arabic that a file holds in the order drawn, left to right, into reading order.

    It is measured: in reading order words begin with the article ال and end in ة or ى, in visual
    order they end with لا and begin with ة or ى. Text is turned only where the second outnumber
    the first two to one, by three at least.
    """
    right = wrong = 0
    for word in _arabic_word.findall(text):
        right += (word.startswith("ال") and len(word) > 3) + (word[-1] in _final_letters)
        wrong += (word.endswith("لا") and len(word) > 3) + (word[0] in _final_letters)
    if wrong < 3 or wrong < 2 * right:
        return text
    return "\n".join(
        _turn(line) if _arabic_word.search(line) else line for line in text.split("\n")
    )


def _turn(line: str) -> str:
    turned = line[::-1].translate(_mirrored)
    return _left_to_right.sub(lambda match: match[0][::-1].translate(_mirrored), turned)
