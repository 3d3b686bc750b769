"""What a document says of itself: title, authors, year, registries, each with a reason."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from ingest.authors import find_authors, names_in
from ingest.document import FileText, Guess, Passage
from ingest.kinds import find_kind
from ingest.registries import Mention, find_registries
from ingest.titles import find_title
from ingest.years import find_year


@dataclass(frozen=True, slots=True)
class Description:
    """What was found about a document; `guesses` gives by field name the reason of each value."""

    title: str
    year: int | None
    registries: tuple[str, ...]
    languages: tuple[str, ...]
    guesses: dict[str, Guess] = field(default_factory=dict)
    authors: tuple[str, ...] = ()
    kind: str = ""


def describe(file_text: FileText, passages: Sequence[Passage]) -> Description:
    """Describe a document by its own text; what cannot be found stays empty.

    Parameters
    ----------
    file_text : pages and metadata as the reader gives them.
    passages : of the same pages; the languages are theirs, most frequent first.
    """
    title = find_title(file_text)
    called = title.value if title else ""
    year = find_year(file_text, called)
    text = "\n\n".join(page.text for page in file_text.pages)
    mentions = find_registries(text, called)
    authors = find_authors(file_text.pages, called, file_text.authors)
    kind = find_kind(file_text.media_type, file_text.pages, called) if text.strip() else None
    languages = Counter(passage.language for passage in passages if passage.language)
    guesses = {
        "title": title,
        "year": year,
        "registries": _registries(mentions),
        "languages": _languages(languages),
        "authors": authors,
        "kind": kind,
    }
    return Description(
        title=called,
        year=int(year.value) if year else None,
        registries=tuple(mention.code for mention in mentions),
        languages=tuple(language for language, _ in languages.most_common()),
        guesses={name: guess for name, guess in guesses.items() if guess},
        authors=tuple(names_in(authors)),
        kind=kind.value if kind else "",
    )


def _registries(mentions: Sequence[Mention]) -> Guess | None:
    if not mentions:
        return None
    reasons = (f".{mention.code}: {mention.reason}" for mention in mentions)
    return Guess(" ".join(mention.code for mention in mentions), " ".join(reasons))


def _languages(counts: Counter[str]) -> Guess | None:
    if not counts:
        return None
    shares = ", ".join(f"{language} {count}" for language, count in counts.most_common())
    return Guess(" ".join(dict(counts.most_common())), f"Passages by language: {shares}.")
