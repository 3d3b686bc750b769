"""Bytes of unknown encoding become text."""

import codecs
import re

from charset_normalizer import from_bytes

from ingest.errors import N_, UnreadableFile

MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# The encodings of our seven languages' files from before UTF-8.
CANDIDATES = ["gb18030", "big5", "cp1251", "koi8_r", "cp1256", "iso8859_6", "cp1252"]
# Declared by their smaller cousins' names, as browsers know (WHATWG Encoding Standard).
SUPERSETS = {
    "iso-8859-1": "cp1252",
    "latin1": "cp1252",
    "us-ascii": "cp1252",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "iso-8859-9": "cp1254",
}
SAMPLE_BYTES = 60_000
PART_BYTES = 1500
PARTS = 4
# Text with a smaller part of bytes beyond ASCII can only be in a Latin script.
FEW = 0.15

_declared = re.compile(rb"""charset\s*=\s*["']?\s*([\w-]{2,30})|encoding=["']([\w-]{2,30})["']""")


def decode(content: bytes, declared: str = "") -> str:
    """Decode text whose encoding is declared, marked or found out.

    Parameters
    ----------
    content : the whole file.
    declared : encoding that the file itself states, if any; used where the bytes agree with it.

    Raises
    ------
    UnreadableFile : the bytes are text in no encoding that is known.
    """
    for mark, encoding in MARKS:
        if content.startswith(mark):
            return content.decode(encoding, "replace")
    for encoding in (_utf16_without_mark(content), "utf-8", declared):
        try:
            if encoding:
                return content.decode(encoding)
        except (UnicodeDecodeError, LookupError):
            continue
    encoding = "utf-8" if _is_damaged_utf8(content) else guess_encoding(content)
    if not encoding:
        raise UnreadableFile(
            N_("The encoding of this text cannot be told. Save it as UTF-8 and deposit it again.")
        )
    return content.decode(encoding, "replace")


def declared_encoding(content: bytes) -> str:
    """Encoding that an HTML or XML file states in its first kilobytes, or ``."""
    match = _declared.search(content[:4096])
    if not match:
        return ""
    name = (match[1] or match[2]).decode("ascii", "ignore").lower()
    return SUPERSETS.get(name, name)


def guess_encoding(content: bytes) -> str:
    """Encoding of text of one of our languages from before UTF-8, or ``.

    Where the whole is too mixed to tell, a part that has many letters beyond ASCII may be telling.
    """
    samples = [content[:SAMPLE_BYTES]]
    samples += sorted(
        (content[start : start + PART_BYTES] for start in range(0, SAMPLE_BYTES, PART_BYTES)),
        key=_beyond_ascii,
        reverse=True,
    )[:PARTS]
    for sample in samples:
        best = from_bytes(sample, cp_isolation=CANDIDATES).best()
        if best and best.encoding != "ascii" and _fits(content, best.encoding):
            return best.encoding
    few = _beyond_ascii(content) < FEW * len(content)
    return "cp1252" if few and _fits(content, "cp1252") else ""


def _is_damaged_utf8(content: bytes) -> bool:
    """True for UTF-8 with some broken bytes: most of what is beyond ASCII makes sense in it."""
    text = content.decode("utf-8", "replace")
    broken = text.count("\ufffd")
    beyond = len(text) - sum(map(str.isascii, text)) if broken else 0
    return broken < beyond / 4 and _fits(content, "utf-8")


def _fits(content: bytes, encoding: str) -> bool:
    """True where hardly any byte has no meaning in an encoding."""
    return content.decode(encoding, "replace").count("\ufffd") <= len(content) / 1000


def _beyond_ascii(content: bytes) -> int:
    return len(content.translate(None, bytes(range(128))))


def _utf16_without_mark(content: bytes) -> str:
    sample = content[:4096]
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    if not sample.count(0) or min(even, odd):
        return ""
    return "utf-16-be" if even > odd else "utf-16-le"
