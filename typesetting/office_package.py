"""Office files (ISO/IEC 29500 packages) made the same to the byte each time they are made."""

import datetime
import io
import re
import zipfile
from typing import Any

from typesetting.case import Case
from typesetting.wording import WORDINGS, countries

# Names of fonts that office programs bring along or replace by one of the same widths.
LATIN, ARABIC = "Calibri", "Arial"
EAST_ASIAN = {"zh-Hans": "Microsoft YaHei", "zh-Hant": "Microsoft JhengHei"}
LOCALES = {
    "ar": "ar-SA", "zh-Hans": "zh-CN", "zh-Hant": "zh-TW", "en": "en-GB", "es": "es-ES",
    "fr": "fr-FR", "pt": "pt-PT", "ru": "ru-RU",
}  # fmt: skip
# What a core property may hold (ECMA-376, part 2, as python-docx and python-pptx keep it).
_LONGEST = 255

_DATE = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*(</dcterms:)")


def set_properties(core: Any, case: Case) -> None:
    """Fill in the core properties of a python-docx or python-pptx document."""
    said = (WORDINGS[case.language].case_study, *countries(case))
    core.title, core.language = case.title[:_LONGEST], LOCALES[case.language]
    core.author, core.last_modified_by, core.comments = "", "", ""
    core.subject = " · ".join(said)[:_LONGEST]
    core.keywords = ", ".join((*(f".{one}" for one in case.registries), *case.topics))[:_LONGEST]
    core.created = core.modified = datetime.datetime.combine(case.written, datetime.time())
    core.revision = 1


def with_fixed_dates(package: bytes, written: datetime.date) -> bytes:
    """Return the package with the date of writing in place of every date of making.

    Dates stand in the ZIP directory, in the core properties, and in the same two places of the
    workbooks inside, which hold the figures of charts.
    """
    stamp = f"{written.isoformat()}T00:00:00Z".encode()
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(package)) as found,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made,
    ):
        for name in found.namelist():
            data = found.read(name)
            if name.endswith(".xlsx"):
                data = with_fixed_dates(data, written)
            elif name == "docProps/core.xml":
                data = _DATE.sub(rb"\g<1>" + stamp + rb"\g<2>", data)
            entry = zipfile.ZipInfo(name, (written.year, written.month, written.day, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            made.writestr(entry, data)
    return out.getvalue()
