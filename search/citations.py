"""How to cite one document: a line in the manner of APA, BibTeX, and RIS.

Authors stand as they were printed: whether a name's family part comes first is not guessed.
"""

from __future__ import annotations

import unicodedata
from typing import Final
from urllib.parse import quote

import regex

from index.library import Record
from ingest.registry_list import registries

_BIBTEX_TYPES: Final = {"report": "techreport", "policy": "techreport"}
_RIS_TYPES: Final = {
    "paper": "RPRT", "presentation": "SLIDE", "report": "RPRT", "policy": "RPRT", "page": "ELEC",
}  # fmt: skip
_BIBTEX_SPECIAL: Final = {
    # BibTeX counts braces even where a backslash stands before them.
    "\\": r"\textbackslash{}", "{": r"\textbraceleft{}", "}": r"\textbraceright{}",
    "~": r"\textasciitilde{}", "^": r"\textasciicircum{}",
    **{character: f"\\{character}" for character in "&%$#_"},
}  # fmt: skip
_JOINERS: Final = "\u200c\u200d"
_NAME_OF_KEY: Final = regex.compile(r"[a-z]{2,}")
_AND: Final = regex.compile(r"\band\b", regex.IGNORECASE)
_ASCII: Final = "".join(map(chr, range(0x21, 0x7F)))


def plain(record: Record, url: str = "", kind: str = "", undated: str = "n.d.") -> str:
    """One line in the manner of APA: authors (year). Title [kind]. Organisations. Link.

    Parameters
    ----------
    url : where the document is read; left out where it is empty.
    kind : what a reader calls such a document; left out where it is empty.
    undated : what stands in place of a year that is not known.
    """
    title = _title(record) + (f" [{_line(kind)}]" if kind else "")
    year = f"({record.year or _line(undated)})"
    authors = [_line(author) for author in record.authors]
    organisations = _sentence(", ".join(_organisations(record)))
    said = (
        [f"{_listed(authors)} {year}.", _sentence(title), organisations]
        if authors
        else [f"{title} {year}.", organisations]
    )
    return " ".join(part for part in [*said, _link(url)] if part)


def bibtex(record: Record, url: str = "") -> str:
    """An entry for BibTeX or biber, in UTF-8; its key is the same whatever it stands beside.

    Parameters
    ----------
    url : where the document is read; left out where it is empty.
    """
    kind = _BIBTEX_TYPES.get(record.kind, "misc")
    organisations = " and ".join(map(_bibtex_text, _organisations(record)))
    fields = {
        "author": " and ".join(map(_bibtex_name, record.authors)),
        # Twice in braces: capitals stay as they were printed.
        "title": f"{{{_bibtex_text(_title(record))}}}",
        "year": str(record.year or ""),
        "institution" if kind == "techreport" else "organization": organisations,
        "type": _bibtex_text(record.kind),
        "language": record.language,
        "keywords": ", ".join(record.topics),
        "note": f"SHA-256 {record.sha256}",
        "url": _link(url),
    }
    lines = [f"  {name} = {{{value}}}," for name, value in fields.items() if value]
    return "\n".join([f"@{kind}{{{_key(record)},", *lines, "}"]) + "\n"


def ris(record: Record, url: str = "") -> str:
    """A reference in RIS, lines ended as its description asks (CR LF).

    Parameters
    ----------
    url : where the document is read; left out where it is empty.
    """
    fields = [
        ("TY", _RIS_TYPES.get(record.kind, "GEN")),
        *(("AU", _line(author)) for author in record.authors),
        ("TI", _title(record)),
        ("PY", str(record.year or "")),
        ("PB", ", ".join(_organisations(record))),
        ("LA", record.language),
        *(("KW", topic) for topic in record.topics),
        ("N1", f"SHA-256 {record.sha256}"),
        ("UR", _link(url)),
    ]
    lines = [f"{tag}  - {value}" for tag, value in fields if value]
    return "\r\n".join([*lines, "ER  - ", ""])


def _organisations(record: Record) -> list[str]:
    """Who runs the registries, each once; a registry without a known one by its ccTLD."""
    known = registries()
    named = (
        _line(known[code].registry if code in known else "") or f".{code}"
        for code in record.registries
    )
    return list(dict.fromkeys(named))


def _title(record: Record) -> str:
    return _line(record.title) or _line(record.filename)


def _line(text: str) -> str:
    """Text on one line, without control and direction characters."""
    kept = "".join(
        " " if unicodedata.category(character) in ("Cc", "Zl", "Zp") else character
        for character in text
        if character in _JOINERS or unicodedata.category(character) not in ("Cf", "Cs", "Co", "Cn")
    )
    return " ".join(kept.split())


def _sentence(text: str) -> str:
    return text if not text or text.endswith((".", "。", "?", "!", "？", "！", "؟")) else f"{text}."


def _listed(names: list[str]) -> str:
    return ", ".join(names[:-1]) + f" & {names[-1]}" if len(names) > 1 else names[0]


def _link(url: str) -> str:
    """An address in ASCII in which nothing ends a field or a line."""
    return quote(url, safe=_ASCII.translate(str.maketrans("", "", '{}\\"<>^`|')))


def _bibtex_text(text: str) -> str:
    return "".join(_BIBTEX_SPECIAL.get(character, character) for character in _line(text))


def _bibtex_name(name: str) -> str:
    """A name; one that BibTeX would take apart wrongly is held together by braces."""
    text = _bibtex_text(name)
    organisations = {known.registry.casefold() for known in registries().values()}
    whole = text.count(",") > 1 or _AND.search(text) or _line(name).casefold() in organisations
    return f"{{{text}}}" if whole else text


def _key(record: Record) -> str:
    """A key in ASCII: the first author's last word or the ccTLD, the year, and the document."""
    first = unicodedata.normalize("NFKD", record.authors[0]) if record.authors else ""
    words = _NAME_OF_KEY.findall(first.encode("ascii", "ignore").decode().casefold())
    known = registries()
    codes = [known[code].ascii for code in record.registries if code in known]
    name = words[-1] if words else (codes[0] if codes else "case")
    return f"{name}{record.year or ''}-{record.document[:8]}"
