"""A file's own statements about itself, kept only where they are sane."""

import re
from datetime import datetime

from ingest.clean import clean_text

LONGEST_TITLE = 300
LONGEST_LIST = 5000
FIRST_YEAR = 1980

_date = re.compile(r"(?:D:)?\s*(\d{4})(?:[-/.]?(\d{2}))?(?:[-/.]?(\d{2}))?")
_program_prefix = re.compile(r"^(?:microsoft (?:word|powerpoint)|powerpoint) - ", re.IGNORECASE)
_file_name = re.compile(
    r"[^/\\]*\.(?:docx?|pptx?|pdf|indd|tex|dvi|odt|odp|xlsx?|qxd|pages|key|html?|rtf|txt|eps|ps)",
    re.IGNORECASE,
)
# What programs write where nobody has given a title or an author.
_nothing_said = re.compile(
    r"(?:powerpoint[ -]pr[eé]sentation|presentaci[oó]n de powerpoint|pr[eé]sentation powerpoint"
    r"|apresenta[cç][aã]o do powerpoint|презентация powerpoint|powerpoint 演示文稿"
    r"|powerpoint 簡報|عرض تقديمي في powerpoint|(?:slide|diapositiv[ao]|diapositive|слайд) \d+"
    r"|(?:投影片|幻灯片|الشريحة) ?\d+|untitled.*|sans titre|sin t[ií]tulo|sem t[ií]tulo"
    r"|без названия|document ?\d*|title|none|null|\(?anonymous\)?|unknown|author|user"
    r"|admin|administrator|owner|default|microsoft office user|.{0,2})",
    re.IGNORECASE,
)
_separators = re.compile(r"\s*[;,，、]\s*|\s+and\s+")


def sane_title(stated: str | None) -> str:
    """Give a stated title, or `` where it is a file's name, a program's default or no words."""
    if not stated or len(stated) > 4 * LONGEST_TITLE:
        return ""
    title = clean_text(stated).replace("\n", " ")
    title = _program_prefix.sub("", title).strip(" -_")
    if (
        _file_name.fullmatch(title)
        or _nothing_said.fullmatch(title)
        or len(title) > LONGEST_TITLE
        or sum(map(str.isalpha, title)) < max(2, len(title) // 3)
    ):
        return ""
    if " " not in title and re.search(r"[_\\/]|\d{3,}", title):
        return ""
    return title


def sane_date(stated: str | datetime | None) -> str:
    """Give a stated date in ISO 8601 as far as it goes, or `` where it cannot be true.

    Parameters
    ----------
    stated : such as `D:20190527120000+02'00'` (PDF), `2019-05-27T10:00:00Z`, or a datetime.
    """
    if isinstance(stated, datetime):
        stated = stated.strftime("%Y-%m-%d")
    match = _date.match((stated or "").strip())
    if not match:
        return ""
    year, month, day = match.groups()
    # A year more than the present is a clock set wrong.
    if not FIRST_YEAR <= int(year) <= datetime.now().year + 1:
        return ""
    if not month or not 1 <= int(month) <= 12:
        return year
    if not day or not 1 <= int(day) <= 31:
        return f"{year}-{month}"
    return f"{year}-{month}-{day}"


def sane_authors(stated: str | None) -> tuple[str, ...]:
    """Give the names in a list such as `A. Grey; B. White`, without programs' defaults."""
    names = [name.strip() for name in _separators.split(clean_text((stated or "")[:LONGEST_LIST]))]
    return tuple(
        name for name in names[:50] if len(name) <= 100 and not _nothing_said.fullmatch(name)
    )
