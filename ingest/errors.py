"""What can go wrong with a deposited file, each as one clear sentence.

A sentence is kept as a template with named values, so that the interface can look the template up
in its gettext catalogue and fill in the values afterwards.
"""


def N_(template: str) -> str:
    """Mark a sentence for translation where it is written (gettext's usual name for it)."""
    return template


class CaselibError(Exception):
    """An error of ours: one sentence that says what happened and what to do.

    Parameters
    ----------
    template : the sentence in English, with `{name}` where a value goes.
    values : the values, by name.
    """

    def __init__(self, template: str, **values: str | int) -> None:
        self.template = template
        self.values = values
        super().__init__(template.format(**values))

    def __reduce__(self) -> tuple[object, ...]:
        """Survive the way back from a child process, values and all."""
        return (_rebuild, (type(self), self.template, self.values))


def _rebuild(kind: type[CaselibError], template: str, values: dict[str, str | int]) -> CaselibError:
    return kind(template, **values)


class UnreadableFile(CaselibError):
    """The file cannot become a document; the library is as it was."""


class NeedsOCR(UnreadableFile):
    """Pages are pictures, and Tesseract, which would read them, is not installed here."""


class NeedsConversion(UnreadableFile):
    """The file is of an old format that LibreOffice has to convert; here it is not installed."""


class NotFetched(CaselibError):
    """A document could not be fetched from the web, or its link leads where it may not."""
