"""A date of a question, and how texts of seven languages write the same day or month."""

from __future__ import annotations

import functools
from collections.abc import Iterator

import regex
from babel import Locale

from search.forms import Form, Span

# The names of months differ between Arab countries.
_LOCALES = ("en", "fr", "es", "pt", "ru", "ar", "ar_SY", "ar_MA", "ar_DZ")
_EDGES = (r"(?<!\p{N})(?:", r")(?!\p{N})")
_DAY = r"(?P<day>0?[1-9]|[12]\d|3[01])"
_YEAR = r"(?P<year>1[89]\d\d|20\d\d)"
_MONTH = r"(?P<month>0?[1-9]|1[0-2])"
_OF = r"(?:\s+(?:de|of|del))?\s+"


def dates_in(text: str) -> list[tuple[Span, Form]]:
    """The dates of a plain text (`search.forms.plain`), of a day or of a month."""
    found: list[tuple[Span, Form]] = []
    for pattern in _patterns():
        for match in pattern.finditer(text):
            if any(match.start() < end and start < match.end() for (start, end), _ in found):
                continue
            named = match.groupdict()
            month = _months().get(named.get("name") or "") or int(named.get("month") or 0)
            day = int(named.get("day") or 0)
            found.append((match.span(), _form(int(named["year"]), month, day)))
    return found


@functools.cache
def _months() -> dict[str, int]:
    """Months by what the languages call them."""
    return {name.casefold(): number for locale in _LOCALES for number, name in _names(locale)}


def _names(locale: str) -> Iterator[tuple[int, str]]:
    for context in ("format", "stand-alone"):
        for number, name in Locale.parse(locale).months[context]["wide"].items():
            yield int(number), name.translate(str.maketrans("أإآةىё", "اااهيе"))


@functools.cache
def _patterns() -> tuple[regex.Pattern[str], ...]:
    """How a date is written, the most exact first."""
    name = f"(?P<name>{'|'.join(sorted(map(regex.escape, _months()), key=len, reverse=True))})"
    sources = (
        rf"{_YEAR}-{_MONTH}-{_DAY}",
        rf"{_YEAR}\s*年\s*{_MONTH}\s*月\s*{_DAY}\s*[日号]",
        rf"{_DAY}(?:er|st|nd|rd|th|º)?{_OF}{name},?{_OF}{_YEAR}",
        rf"{name}\s+{_DAY}(?:st|nd|rd|th)?,?\s+{_YEAR}",
        rf"{_YEAR}\s*年\s*{_MONTH}\s*月",
        rf"(?<!\p{{L}}){name},?{_OF}{_YEAR}",
    )
    return tuple(regex.compile(_EDGES[0] + source + _EDGES[1]) for source in sources)


@functools.lru_cache(maxsize=1024)
def _form(year: int, month: int, day: int) -> Form:
    """A month or a day of it (0 for any), in all the ways in which texts write it."""
    names = "|".join(regex.escape(name) for name, number in _months().items() if number == month)
    name = f"(?:{names})"
    on = f"0?{day}(?:er|st|nd|rd|th|º)?" if day else ""
    sources = [rf"{year}\s*年\s*0?{month}\s*月" + (rf"\s*{day}\s*[日号]" if day else "")]
    sources += [rf"{on + _OF if day else ''}{name},?{_OF}{year}"]
    if day:
        sources += [
            rf"{name}\s+{on},?\s+{year}",
            rf"{year}-0?{month}-0?{day}",
            rf"0?{day}[./]0?{month}[./]{year}",
            rf"0?{month}/0?{day}/{year}",
        ]
    return Form(str(year), _EDGES[0] + "|".join(sources) + _EDGES[1])
