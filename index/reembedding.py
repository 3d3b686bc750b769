"""A library moves over to another recipe while the vectors that it has serve its readers."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol

from index.adding import PASSAGES_AT_ONCE
from index.encoding import Encoder
from index.library import DocumentVectors, Library, StoredPassage
from ingest.document import Passage

OnKept = Callable[[int, int], None]
"""Called with the passages that have the new vectors and with those that shall have them."""


class Move(Protocol):
    """A store's vectors by another recipe, until they take the place of those that serve.

    What was kept stays when the process ends, however it ends; the next move to the same recipe
    goes on from there. Documents may come and go meanwhile.
    """

    @property
    def done(self) -> bool:
        """Whether the library has the recipe."""
        ...

    def kept(self) -> int:
        """Passages whose vectors by the recipe are there."""
        ...

    def left(self) -> int:
        """Passages that are still to be embedded."""
        ...

    def following(self, limit: int) -> list[StoredPassage]:
        """The first passages that are still to be embedded."""
        ...

    def keep(self, passages: Sequence[StoredPassage], vectors: DocumentVectors) -> None:
        """Keep the vectors of what `following` gave; what was removed meanwhile is passed over."""
        ...

    def finish(self) -> bool:
        """Put the new vectors in place of the old ones, in one transaction.

        Returns
        -------
        False where passages came meanwhile: they are embedded first.
        """
        ...

    def clear(self) -> None:
        """Delete vectors that serve no longer."""
        ...


def reembed(library: Library, encoder: Encoder, on_kept: OnKept | None = None) -> int:
    """Move a library over to an encoder's recipe; a move that was cut short goes on.

    Topics, summaries and languages stay as they are. Whoever has the library open with its old
    recipe is told by `LibraryMismatch` once it is moved.

    Parameters
    ----------
    library : opened with the recipe that it has.

    Returns
    -------
    Number of passages that were embedded.

    Raises
    ------
    LibraryUnavailable : something could not be written; the library serves as before.
    """
    move = library.move_to(encoder.recipe)
    if move.done:
        return 0
    before, embedded = move.kept(), 0
    tell = on_kept or (lambda kept, of: None)
    tell(before, before + move.left())
    while True:
        while passages := move.following(PASSAGES_AT_ONCE):
            texts = [Passage(p.page, p.text, p.language, p.read_by_ocr) for p in passages]
            move.keep(passages, encoder.encode_passages(texts))
            embedded += len(passages)
            tell(before + embedded, before + embedded + move.left())
        if move.finish():
            move.clear()
            return embedded
