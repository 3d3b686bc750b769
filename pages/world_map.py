"""The world with a point for each registry, and for its regions how many cases they have.

The outlines are ours (data/world), projected to Equal Earth (Šavrič, Patterson and Jenny 2018,
doi:10.1080/13658816.2018.1504949); nothing is fetched from elsewhere. No borders are drawn.
"""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any, Final

from ingest.registry_list import registries
from pages import names, picture
from pages.picture import element
from pages.show import Markup, escape
from pages.state import Params
from pages.texts import n_

FILE: Final = Path(__file__).resolve().parent.parent / "data" / "world" / "world.json"
WIDTH: Final = 1000
_CENTRE: Final = 11.0
"""Longitude in the middle, so that the map's edge cuts no land but a tip of Alaska's islands."""
_NORTH, _SOUTH = 84.0, -57.0
_A: Final = (1.340264, -0.081106, 0.000893, 0.003796)
"""Coefficients of the projection."""
_LABELS: Final = {
    "AF": (18.0, 3.0),
    "AP": (96.0, 34.0),
    "EU": (70.0, 62.0),
    "LAC": (-61.0, -13.0),
    "NA": (-101.0, 49.0),
}
"""Where the names of the regions stand, longitude and latitude."""

Point = tuple[float, float]


@cache
def _world() -> Mapping[str, Any]:
    loaded: Mapping[str, Any] = json.loads(FILE.read_text("utf-8"))
    return loaded


def project(longitude: float, latitude: float) -> Point:
    """A place on the map, x to the right and y down, in units of the globe's radius."""
    turned = math.radians((longitude - _CENTRE + 180) % 360 - 180)
    angle = math.asin(math.sqrt(3) / 2 * math.sin(math.radians(latitude)))
    square = angle * angle
    sixth = square**3
    slope = _A[0] + 3 * _A[1] * square + sixth * (7 * _A[2] + 9 * _A[3] * square)
    x = 2 * math.sqrt(3) * turned * math.cos(angle) / (3 * slope)
    return x, -angle * (_A[0] + _A[1] * square + sixth * (_A[2] + _A[3] * square))


@cache
def _frame() -> tuple[float, float, float]:
    """Left edge, top edge, and pixels for a unit."""
    left, top = project(_CENTRE - 179.99, 0)[0], project(0, _NORTH)[1]
    return left, top, WIDTH / (-2 * left)


@cache
def height() -> int:
    """The picture's height, where its width is `WIDTH`."""
    _, top, scale = _frame()
    return round((project(0, _SOUTH)[1] - top) * scale)


def place(longitude: float, latitude: float) -> Point:
    """A place on the picture, from its upper left corner."""
    left, top, scale = _frame()
    x, y = project(longitude, latitude)
    return (x - left) * scale, (y - top) * scale


@cache
def _outline(region: str) -> str:
    """A region as the path of an SVG."""
    return "".join(_ring(ring) for ring in _world()["regions"][region])


def _ring(flat: Sequence[float]) -> str:
    points = [place(x, y) for x, y in zip(flat[::2], flat[1::2], strict=True)]
    pieces: list[list[Point]] = [[]]
    for point in points:
        # A ring that the map's edge cuts goes on at the other one.
        if pieces[-1] and abs(point[0] - pieces[-1][-1][0]) > WIDTH / 2:
            pieces.append([])
        pieces[-1].append(point)
    return "".join(
        "M" + "L".join(f"{x:.0f} {y:.0f}" for x, y in piece) + "z"
        for piece in pieces
        if len(piece) > 2
    )


def draw_world(
    by_region: Mapping[str, int],
    by_registry: Mapping[str, int],
    chosen: tuple[Sequence[str], Sequence[str]],
    choosing: Callable[[str, str], Params],
) -> Markup:
    """The map.

    Parameters
    ----------
    by_region, by_registry : how many cases there are of each.
    chosen : the regions and registries that are chosen.
    choosing : the link's parameters for choosing one of `regions` or `registries`, or for letting
        it go.
    """
    shapes = [
        picture.link(
            "explore",
            choosing("regions", region),
            element("title", escape(_said(names.region_name(region), count))),
            element("path", d=_outline(region)),
            class_="land chosen" if region in chosen[0] else "land",
            tabindex=-1,
            aria_hidden="true",
        )
        for region, count in by_region.items()
    ]
    land = element(
        "svg",
        *shapes,
        element("path", d=_all_points(), class_="unheard"),
        viewBox=f"0 0 {WIDTH} {height()}",
        focusable="false",
    )
    labels = [
        picture.link(
            "explore",
            choosing("regions", region),
            escape(names.region_name(region)),
            element("b", escape(names.number(count))),
            class_="region chosen" if region in chosen[0] else "region",
            style=_at(_LABELS[region]),
            aria_label=_said(names.region_name(region), count),
            data_name=f"region-{region}",
            dir="auto",
        )
        for region, count in by_region.items()
    ]
    points = [
        _point(code, count, code in chosen[1], choosing("registries", code))
        for code, count in by_registry.items()
        if _where(code)
    ]
    # A map has its west on the left in every language.
    globe = element("div", land, *points, class_="globe")
    return element("div", globe, *labels, class_="world", dir="ltr")


def _said(name: str, count: int) -> str:
    return f"{name}: " + n_("{count} case", "{count} cases", count)


def _where(code: str) -> Point | None:
    listed = registries().get(code)
    found = _world()["territories"].get(listed.territory) if listed else None
    return (found[0], found[1]) if found else None


def _at(where: Point) -> str:
    x, y = place(*where)
    return f"left:{100 * x / WIDTH:.2f}%;top:{100 * y / height():.2f}%"


def _point(code: str, count: int, chosen: bool, params: Params) -> Markup:
    where = _where(code)
    assert where is not None
    size = 9 + 4 * math.sqrt(count)
    said = _said(names.registry_name(code), count)
    return picture.link(
        "explore",
        params,
        class_="registry chosen" if chosen else "registry",
        style=f"{_at(where)};--size:{size:.1f}px",
        title=said,
        aria_label=said,
        data_name=f"registry-{code}",
    )


@cache
def _all_points() -> str:
    """A dot for every territory, so that small islands are seen and gaps too."""
    spots = [place(x, y) for x, y in _world()["territories"].values() if y > _SOUTH]
    return "".join(f"M{x:.0f} {y:.0f}h0" for x, y in spots)
