"""A case: its front matter, checked, and its body."""

import datetime
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import yaml

from typesetting.body import Block, BodyFault, Heading, block_text, read_body

LANGUAGES = ("ar", "zh-Hans", "zh-Hant", "en", "es", "fr", "pt", "ru")
TRANSLATIONS = ("ar", "en", "es", "fr", "pt", "ru", "zh")
FORMATS = {
    "pdf": "pdf",
    "pdf-two-column": "pdf",
    "pptx": "pptx",
    "docx": "docx",
    "html": "html",
    "md": "md",
}
REGIONS = ("AF", "AP", "EU", "LAC", "NA")
GOVERNANCE = ("government", "private", "non-profit", "academic", "cooperative", "unknown")
TOPICS = (
    "dns-abuse", "security", "resilience", "operations", "policy", "regulation", "growth",
    "marketing", "csr", "capacity-building", "collaboration", "idn", "legal", "finance",
)  # fmt: skip
FIELDS = (
    "id", "title", "language", "format", "registries", "organisations", "region", "governance",
    "size", "year", "topics", "written", "titles", "summaries", "sources",
)  # fmt: skip
LEAST_WORDS = 300
LEAST_HAN = 500


class CaseFault(Exception):
    """A case cannot be set; `sentences` say why, one fault each."""

    def __init__(self, name: str, sentences: list[str]) -> None:
        self.name = name
        self.sentences = tuple(sentences)
        super().__init__("\n".join(f"{name}: {sentence}" for sentence in sentences))


@dataclass(frozen=True, slots=True)
class Source:
    """Where facts of the case come from, and which."""

    url: str
    supports: str


@dataclass(frozen=True, slots=True)
class Case:
    """A case as it was written; fields as in its front matter.

    Attributes
    ----------
    language : one of `LANGUAGES`; of titles and summaries, one of `TRANSLATIONS`.
    region : ICANN region codes.
    body : the blocks below the front matter.
    warnings : what a reader should look at, one sentence each; the case can be set all the same.
    """

    id: str
    title: str
    language: str
    format: str
    registries: tuple[str, ...]
    organisations: tuple[str, ...]
    region: tuple[str, ...]
    governance: str
    size: str
    year: str
    topics: tuple[str, ...]
    written: datetime.date
    titles: dict[str, str]
    summaries: dict[str, str]
    sources: tuple[Source, ...]
    body: tuple[Block, ...]
    warnings: tuple[str, ...]

    @property
    def filename(self) -> str:
        """Name of the file that it becomes."""
        return f"{self.id}.{FORMATS[self.format]}"

    @property
    def chinese(self) -> bool:
        """Whether it is written in Chinese, of either script."""
        return self.language.startswith("zh")


def read_case(path: Path) -> Case:
    """Read and check one source.

    Raises
    ------
    CaseFault : with every fault found, not the first only.
    """
    parts = path.read_text(encoding="utf-8").split("---\n", 2)
    if len(parts) != 3 or parts[0].strip():
        raise CaseFault(path.name, ["It has no front matter: start it with a line of ---."])
    try:
        front = yaml.safe_load(parts[1])
    except yaml.YAMLError as error:
        raise CaseFault(path.name, [f"Its front matter is not YAML: {error}"]) from error
    if not isinstance(front, dict):
        raise CaseFault(path.name, ["Its front matter is not a list of `name: value`."])
    faults = _missing(front) or [*_faults(front, path.stem), *_text_faults(front)]
    body: tuple[Block, ...] = ()
    try:
        body = read_body(parts[2], space="" if _is_chinese(front) else " ")
    except BodyFault as fault:
        faults.append(str(fault))
    else:
        faults.extend(_length_faults(body, _is_chinese(front)))
    if faults:
        raise CaseFault(path.name, faults)
    return _case(front, body)


def _is_chinese(front: dict[str, Any]) -> bool:
    return str(front.get("language", "")).startswith("zh")


def _case(front: dict[str, Any], body: tuple[Block, ...]) -> Case:
    return Case(
        id=front["id"],
        title=front["title"],
        language=front["language"],
        format=front["format"],
        registries=tuple(front["registries"]),
        organisations=tuple(front["organisations"]),
        region=tuple(_listed(front["region"])),
        governance=front["governance"],
        size=front["size"],
        year=str(front["year"]),
        topics=tuple(front["topics"]),
        written=front["written"],
        titles=dict(front["titles"]),
        summaries=dict(front["summaries"]),
        sources=tuple(Source(one["url"], one["supports"]) for one in front["sources"]),
        body=body,
        warnings=tuple(_warnings(front, body)),
    )


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _missing(front: dict[str, Any]) -> list[str]:
    absent = [f"It has no `{name}`." for name in FIELDS if name not in front]
    return absent + [f"`{name}` is not a field: remove it." for name in front if name not in FIELDS]


def _faults(front: dict[str, Any], stem: str) -> list[str]:
    faults: list[str] = []
    if front["id"] != stem or not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", str(front["id"])):
        faults.append(f"`id` is '{front['id']}', but must be the file's name in a-z, 0-9 and '-'.")
    for name, known in (
        ("language", LANGUAGES),
        ("format", tuple(FORMATS)),
        ("governance", GOVERNANCE),
    ):
        if front[name] not in known:
            faults.append(f"`{name}` is '{front[name]}': use one of {', '.join(known)}.")
    for name, codes in (("region", REGIONS), ("topics", TOPICS)):
        listed = _listed(front[name])
        faults += [
            f"`{name}` holds '{code}', which is not known: use {', '.join(codes)}."
            for code in listed
            if code not in codes
        ]
        if not listed:
            faults.append(f"`{name}` is empty: name one at least.")
    faults += _list_faults(front)
    if not isinstance(front["written"], datetime.date):
        faults.append(f"`written` is '{front['written']}': give a date such as 2026-11-25.")
    if not re.fullmatch(r"\d{4}(-\d{4})?", str(front["year"])):
        faults.append(f"`year` is '{front['year']}': give 2019 or \"2019-2021\".")
    return faults


def _list_faults(front: dict[str, Any]) -> list[str]:
    faults: list[str] = []
    for name in ("registries", "organisations"):
        value = front[name]
        if not isinstance(value, list) or not value:
            faults.append(f"`{name}` must be a list with one entry at least.")
        elif not all(isinstance(entry, str) and entry.strip() for entry in value):
            faults.append(f"`{name}` holds {value}: put quotes around entries such as 'no'.")
        elif name == "registries" and any(one != one.lower().strip(". ") for one in value):
            faults.append(f"`registries` holds {value}: write codes in lower case, without a dot.")
    sources = front["sources"]
    if not isinstance(sources, list) or not sources:
        return [*faults, "`sources` is empty: name one public source at least."]
    for number, source in enumerate(sources, 1):
        if not isinstance(source, dict) or not source.get("supports"):
            faults.append(f"Source {number} does not say what it `supports`.")
        elif urlsplit(str(source.get("url"))).scheme not in ("http", "https"):
            faults.append(f"Source {number} has no `url` that starts with http or https.")
    return faults


def _text_faults(front: dict[str, Any]) -> list[str]:
    faults: list[str] = []
    for name in ("title", "size"):
        if not isinstance(front[name], str):
            faults.append(f"`{name}` must be text: put it into quotes.")
    if not str(front["title"] or "").strip():
        faults.append("`title` is empty.")
    for name in ("titles", "summaries"):
        given = front[name] if isinstance(front[name], dict) else {}
        faults += [
            f"`{name}` lacks the language {language}."
            for language in TRANSLATIONS
            if not isinstance(given.get(language), str) or not given[language].strip()
        ]
        faults += [
            f"`{name}` has the language '{language}', which is not one of the seven."
            for language in given
            if language not in TRANSLATIONS
        ]
    return faults


def count_words(text: str, *, chinese: bool) -> int:
    """Count words, or in Chinese the characters that are Han."""
    return len(
        re.findall(r"[\u3400-\u9fff]", text) if chinese else re.findall(r"\w[\w'’.-]*", text)
    )


def _length_faults(body: tuple[Block, ...], chinese: bool) -> list[str]:
    found = count_words("\n".join(block_text(block) for block in body), chinese=chinese)
    least, unit = (LEAST_HAN, "Chinese characters") if chinese else (LEAST_WORDS, "words")
    faults = [f"Its body has {found} {unit}: {least} are the least."] if found < least else []
    if not any(isinstance(block, Heading) for block in body):
        faults.append("Its body has no heading (a line that starts with ##).")
    return faults


_SENTENCE_END = re.compile(r"[.!?…؟]+[)»”\"’]*(?=\s+[^\s\d.a-z]|$)|[。！？]+[」』”）]*")


def count_sentences(text: str) -> int:
    """Count sentences roughly: a full stop before a capital letter or the end."""
    return len(_SENTENCE_END.findall(text.strip()))


def _warnings(front: dict[str, Any], body: tuple[Block, ...]) -> list[str]:
    warnings = [
        f"The summary in {language} has {found} sentences, not two."
        for language, text in front["summaries"].items()
        if (found := count_sentences(text)) != 2
    ]
    slides = sum(isinstance(block, Heading) and block.level <= 2 for block in body)
    if front["format"] == "pptx" and not 6 <= slides <= 14:
        warnings.append(f"It has {slides} slides: 6 to 14 are wanted.")
    own = "zh" if _is_chinese(front) else front["language"]
    if front["language"] != "zh-Hant" and front["title"] != front["titles"][own]:
        warnings.append(f"`title` is not the same as the title in {own}.")
    return warnings
