"""What can go wrong with models and libraries, each as one clear sentence."""

from ingest.errors import CaselibError


class ModelUnavailable(CaselibError):
    """A language model cannot be had; nothing was downloaded and nothing hangs."""


class LibraryMismatch(CaselibError):
    """The library was made with another recipe (model, dimension, centring)."""


class LibraryUnavailable(CaselibError):
    """The library cannot be opened or written to; what it held is still there."""


class LibraryDamaged(CaselibError):
    """A check found damage; the message says how to mend it."""


class WrongValue(CaselibError):
    """A field of a document cannot have that value."""


class NotInLibrary(CaselibError):
    """No document of that name or number, or no link between two."""
