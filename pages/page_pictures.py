"""Pages as pictures: looked at in the sandbox, two at a time, each served by its own address.

A picture has an address, so that the browser keeps it, chooses the width that its screen needs and
loads it after the text; drawing one holds up no reader's page. Only documents of the library that
everyone reads are shown.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Final

import anyio.to_thread
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from index.library import Library, Record
from ingest import formats
from ingest.errors import CaselibError
from ingest.limits import DEFAULT_LIMITS, MEGABYTE
from ingest.page_view import WIDTHS, AskedView, PageView
from ingest.printing import can_print
from ingest.sandbox import view_in_sandbox
from pages import library_access
from pages.printed_slides import printed

KEPT_BYTES: Final = 64 * MEGABYTE
"""Of pictures in memory, for all readers together."""
KEPT_VIEWS: Final = 2000
AT_ONCE: Final = 2
PATIENCE_SECONDS: Final = 4.0
"""How long a reader's page waits for its turn; then it shows the text alone."""
_LIMITS: Final = replace(DEFAULT_LIMITS, seconds=8.0, memory_bytes=1024 * MEGABYTE)
_HEADERS: Final = {"Cache-Control": "private, max-age=86400, immutable"}
_EACH_VIEW: Final = 1000

_Key = tuple[str, int, str, int]


class _Busy(Exception):
    """Others have all places for drawing."""


_views: OrderedDict[_Key, PageView] = OrderedDict()
_lock = threading.Lock()
_turns = threading.BoundedSemaphore(AT_ONCE)


def has_pictures(record: Record) -> bool:
    """Whether a document's pages can be shown as pictures."""
    return record.media_type == formats.PDF or can_print(record.media_type)


def waits(library: Library, record: Record) -> bool:
    """Whether a document's pictures are still being made; to ask is what begins it."""
    return can_print(record.media_type) and not printed(library, record).done()


def view(library: Library, record: Record, number: int, passage: str = "") -> PageView | None:
    """The size of a page and where a passage stands on it; None where it cannot be shown.

    Parameters
    ----------
    passage : its text; `` for none.
    """
    if not has_pictures(record):
        return None
    try:
        return _looked_at(library, record, AskedView(number, passage), PATIENCE_SECONDS)
    except (CaselibError, _Busy):
        return None


def address(record: Record, number: int, width: int) -> str:
    """Where a picture is served, from any page of the app."""
    return f"picture/{record.document}/{number}/{width}"


async def serve(request: Request) -> Response:
    """Answer with a page's picture, or that there is none."""
    asked = request.path_params
    if asked["width"] not in WIDTHS:
        return Response(status_code=404)
    draw = partial(_drawn, asked["document"], asked["number"], asked["width"])
    # Threads of its own: those that wait for their turn keep none from other readers.
    content = await anyio.to_thread.run_sync(draw, limiter=_limiter())
    if content is None:
        return Response(status_code=404)
    return Response(content, media_type="image/webp", headers=_HEADERS)


ROUTES = (Route("/picture/{document}/{number:int}/{width:int}", serve),)


def _drawn(document: str, number: int, width: int) -> bytes | None:
    try:
        library = library_access.catalogue()
        record = library.record(document) if library is not None else None
        if library is None or record is None or not has_pictures(record):
            return None
        asked = AskedView(number, "", width)
        return _looked_at(library, record, asked, _LIMITS.seconds * AT_ONCE).picture
    except (CaselibError, _Busy):
        return None


_limiters: list[anyio.CapacityLimiter] = []


def _limiter() -> anyio.CapacityLimiter:
    """One for the server's event loop, in which alone it is asked for."""
    if not _limiters:
        _limiters.append(anyio.CapacityLimiter(AT_ONCE))
    return _limiters[0]


def _looked_at(library: Library, record: Record, asked: AskedView, patience: float) -> PageView:
    """A view, kept for others; errors are not kept, for the next try may find more room."""
    key = (record.sha256, asked.number, asked.passage, asked.width)
    with _lock:
        if (found := _views.get(key)) is not None:
            _views.move_to_end(key)
            return found
    with _pdf(library, record) as path, _turn(patience):
        found = view_in_sandbox(path, record.filename, _LIMITS, asked)
    _keep(key, found)
    return found


def _pdf(library: Library, record: Record) -> AbstractContextManager[Path]:
    """What a document's pages are drawn from; _Busy where that is still being made."""
    if record.media_type == formats.PDF:
        return library.file_path(record.document)
    work = printed(library, record)
    if not work.done():
        raise _Busy
    return nullcontext(work.result())


def _keep(key: _Key, found: PageView) -> None:
    with _lock:
        _views[key] = found
        held = sum(len(one.picture) + _EACH_VIEW for one in _views.values())
        while held > KEPT_BYTES or len(_views) > KEPT_VIEWS:
            _, oldest = _views.popitem(last=False)
            held -= len(oldest.picture) + _EACH_VIEW


@contextmanager
def _turn(patience: float) -> Iterator[None]:
    """Hold one of the places for drawing; _Busy where none comes free in time."""
    if not _turns.acquire(timeout=patience):
        raise _Busy
    try:
        yield
    finally:
        _turns.release()
