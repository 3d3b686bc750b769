"""What can go wrong at the desk, each as one clear sentence."""

from ingest.errors import CaselibError


class NotAllowed(CaselibError):
    """Who asked may not do this; nothing was changed."""


class NotPossible(CaselibError):
    """A deposit is not in a state in which this can be done; nothing was changed."""


class Incomplete(CaselibError):
    """Something that has to be said before a deposit is sent is missing."""


class NotSignedIn(CaselibError):
    """A password or a code was wrong, or there were too many tries."""
