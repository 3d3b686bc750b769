"""Whom to ask: the registries that documents on a topic tell of, with those documents as evidence.

A contact is shown only where a document itself gives one, with the page that it stands on.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import regex

from index.library import Library, Record, StoredPassage
from index.topics import is_list_of_sources
from ingest.registry_list import registries
from ingest.registry_names import registry_family, registry_head

MOST: Final = 8
"""Registries that are named."""
_MANY: Final = 4
"""Registries from which a document is a survey, in which none has written of itself."""
_CONTACTS: Final = 2
_EMAIL: Final = regex.compile(
    r"(?<![\w.+-])[\w.+-]{1,64}@(?:[\p{L}\p{N}-]{1,63}\.){1,6}[\p{L}]{2,24}(?![\p{L}\p{N}-])"
)
_SAYS_CONTACT: Final = regex.compile(
    r"contact|e-?mail|courriel|correo|contato|contacto|связ|почт|контакт|联系|聯絡|聯繫|邮箱|信箱"
    r"|للتواصل|اتصل|البريد|راسل",
    regex.IGNORECASE,
)
_SENTENCE_END: Final = regex.compile(r"[.!?。！？]\s|[。！？]|\n")
_EXAMPLES: Final = ("example.", "exemple.", "ejemplo.", "invalid", "test.")


@dataclass(frozen=True, slots=True)
class Contact:
    """An address that a document gives, where it gives it."""

    address: str
    passage: StoredPassage


@dataclass(frozen=True, slots=True)
class Asked:
    """A registry that can be asked.

    Attributes
    ----------
    registry : its ccTLD; organisation : who runs it, `` where that is not known.
    documents : those that tell of it, the nearest to the topic first.
    languages : of those documents, most first.
    contacts : at most two; none where no document gives one.
    """

    registry: str
    organisation: str
    documents: tuple[Record, ...]
    languages: tuple[str, ...]
    contacts: tuple[Contact, ...]


def whom_to_ask(
    library: Library, records: Sequence[Record], limit: int = MOST
) -> tuple[Asked, ...]:
    """The registries that documents tell of.

    Parameters
    ----------
    records : documents on one subject, the nearest first.
    limit : registries at most: those first that most of the nearest documents tell of.
    """
    told: dict[str, list[Record]] = defaultdict(list)
    worth: dict[str, float] = defaultdict(float)
    for place, record in enumerate(records):
        heads = list(dict.fromkeys(registry_head(code) for code in record.registries))
        for code in heads if len(heads) < _MANY else ():
            told[code].append(record)
            worth[code] += 1 / (len(heads) * (1 + place / 10))
    chosen = sorted(told, key=lambda code: (-worth[code], code))[:limit]
    return tuple(_asked(library, code, told[code]) for code in chosen)


def _asked(library: Library, code: str, documents: list[Record]) -> Asked:
    languages = [record.language for record in documents if record.language]
    listed = registries().get(code)
    return Asked(
        code,
        listed.registry if listed else "",
        tuple(documents),
        tuple(sorted(set(languages), key=lambda one: (-languages.count(one), one))),
        tuple(contact for record in documents for contact in contacts_in(library, record, code))[
            :_CONTACTS
        ],
    )


def contacts_in(library: Library, record: Record, code: str) -> list[Contact]:
    """The e-mail addresses of a registry that a document gives, each once.

    An address counts if its host is under the registry's own ccTLD, or if the document tells of no
    other registry and says beside it that it is a contact.
    """
    found: dict[str, Contact] = {}
    alone = {registry_head(one) for one in record.registries} == {code}
    endings = tuple(f".{one}" for one in registry_family(code))
    for passage in library.passages_of(record.document):
        if is_list_of_sources(passage.text):
            continue
        for match in _EMAIL.finditer(passage.text):
            address = match.group().strip(".")
            host = address.rpartition("@")[2].casefold()
            before = _SENTENCE_END.split(passage.text[max(0, match.start() - 60) : match.start()])
            own = host.endswith(endings)
            said = alone and bool(_SAYS_CONTACT.search(before[-1]))
            if (own or said) and not host.startswith(_EXAMPLES):
                found.setdefault(address.casefold(), Contact(address, passage))
    return list(found.values())
