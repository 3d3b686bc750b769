"""Names of deposited files, made safe to show and to store under."""

import re
import unicodedata

from ingest.characters import INVISIBLE

LONGEST_NAME_BYTES = 200
NAMELESS = "document"

_not_in_names = re.compile(r'[<>:"|?*\x00-\x1f\x7f-\x9f]')
_folders = re.compile(r"[/\\]")


def safe_filename(name: str) -> str:
    """Make a deposited name safe to show and to store under.

    Folders, line breaks, control and direction characters go; Unicode letters stay. At most 200
    bytes of UTF-8 remain, the suffix among them.

    Returns
    -------
    A name that is never empty, `.` or `..`, and never begins with a dot.
    """
    last = _folders.split(name.rstrip("/\\"))[-1]
    last = last.encode("utf-8", "ignore").decode("utf-8")
    last = unicodedata.normalize("NFC", last).translate(dict.fromkeys(map(ord, INVISIBLE)))
    last = " ".join(_not_in_names.sub(" ", last).split()).strip(" .")
    stem, dot, suffix = last.rpartition(".")
    if not dot or len(suffix) > 10:
        stem, suffix = last, ""
    ending = f".{suffix}" if suffix else ""
    room = LONGEST_NAME_BYTES - len(ending.encode())
    return (_cut(stem, room).strip() or NAMELESS) + ending


def _cut(text: str, size: int) -> str:
    return text.encode("utf-8")[:size].decode("utf-8", "ignore")
