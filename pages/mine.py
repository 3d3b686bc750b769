"""A registry like mine: what the reader's registry is like, said once and kept in the link.

Any page can put cases of registries alike first: `in_order(scored)` gives the order and why;
`sentences(reasons)` says it in the reader's language.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import streamlit as st

from index.correcting import REGIONS
from index.library import Record
from ingest.errors import N_
from ingest.registry_list import registries
from pages import names, show, state
from pages.texts import _
from search.profiles import (
    BACK_ENDS,
    GOVERNANCE,
    NAMES,
    STAFF,
    Profile,
    Reason,
    alike_first,
    profile_of,
)

PARAMETER: Final = "mine"
_FIELDS: Final = ("registry", "governance", "region", "size", "staff", "back_end")
_SIZES: Final = ("0", "1", "2", "3")
"""Classes of names and of staff: below, between and above the limits of `search.profiles`."""

_GOVERNANCE: Final = {
    "government": N_("Government"),
    "private": N_("Company"),
    "non-profit": N_("Non-profit"),
    "academic": N_("University or research body"),
    "cooperative": N_("Cooperative"),
}
_KINDS: Final = {
    "governance": _GOVERNANCE,
    "back_end": {"own": N_("Our own"), "outsourced": N_("Outsourced")},
}


def said() -> dict[str, str]:
    """What the link says of the reader's registry, by field; what cannot be is left out."""
    values = dict(zip(_FIELDS, state.value(PARAMETER).split("~"), strict=False))
    allowed = {
        "registry": registries(),
        "governance": GOVERNANCE,
        "region": REGIONS,
        "size": _SIZES,
        "staff": _SIZES,
        "back_end": BACK_ENDS,
    }
    return {name: value for name, value in values.items() if value in allowed[name]}


def profile() -> Profile:
    """The reader's registry; what was not said is taken from what cases say of it."""
    given = said()
    known = profile_of(given["registry"]) if "registry" in given else Profile()
    return Profile(
        registry=given.get("registry", ""),
        governance=given.get("governance") or known.governance,
        region=given.get("region") or known.region,
        back_end=given.get("back_end") or known.back_end,
        names=_within(NAMES, given["size"]) if "size" in given else known.names,
        staff=_within(STAFF, given["staff"]) if "staff" in given else known.staff,
    )


def _within(limits: Sequence[int], place: str) -> int:
    """A number within a class."""
    return (0, *limits)[int(place)]


def in_order(scored: Sequence[tuple[Record, float]]) -> list[tuple[int, tuple[Reason, ...]]]:
    """The order in which documents are shown, as places in `scored`, and in what each is alike.

    Where the reader has said nothing, the order is as it was, without reasons.

    Parameters
    ----------
    scored : documents with their scores, best first.
    """
    mine = profile()
    if not mine:
        return [(place, ()) for place in range(len(scored))]
    return alike_first(mine, scored)


def sentences(reasons: Sequence[Reason]) -> str:
    """Why cases of registries alike come first, in the reader's language; `` without a reason."""
    return names.listed([_sentence(reason) for reason in reasons])


def _sentence(reason: Reason) -> str:
    values = {
        name: names.number(value) if isinstance(value, int) else f"\u200e{value}\u200e"
        for name, value in reason.values.items()
    }
    return _(reason.template).format(**values)


def draw() -> None:
    """Ask what the reader's registry is like, and say where that is kept."""
    given = said()
    with st.form("mine", border=True):
        show.note(_("All of it may be left out. It stands in this page's link and nowhere else."))
        _choice("registry", _("Your registry"), sorted(registries()), given)
        first, second = st.columns(2)
        with first:
            _choice("governance", _("Run by"), GOVERNANCE, given)
            _choice("size", _("Domain names"), _SIZES, given)
            _choice("back_end", _("Back end"), BACK_ENDS, given)
        with second:
            _choice("region", _("Region"), REGIONS, given)
            _choice("staff", _("Staff"), _SIZES, given)
        st.form_submit_button(_("Keep this"), type="primary", on_click=_keep)
    if given:
        st.button(_("Forget this"), key="forget", on_click=state.change, kwargs={PARAMETER: ""})


def _choice(field: str, label: str, options: Sequence[str], given: dict[str, str]) -> None:
    key = f"mine-{field}"
    stated = state.value(PARAMETER)
    if key not in st.session_state or st.session_state.get(f"stated {key}") != stated:
        st.session_state[key] = given.get(field)
    st.session_state[f"stated {key}"] = stated
    st.selectbox(
        label,
        options,
        index=None,
        key=key,
        format_func=lambda value: _named(field, value),
        placeholder=_("Not said"),
        filter_mode="contains" if field == "registry" else None,
    )


def _named(field: str, value: str) -> str:
    if field == "registry":
        return names.registry_name(value)
    if field == "region":
        return names.region_name(value)
    if field in ("size", "staff"):
        return _class(NAMES if field == "size" else STAFF, int(value))
    return _(_KINDS[field][value])


def _class(limits: Sequence[int], place: int) -> str:
    if place == 0:
        return _("fewer than {number}").format(number=names.number(limits[0]))
    if place == len(limits):
        return _("{number} or more").format(number=names.number(limits[-1]))
    return _("{first} to {last}").format(
        first=names.number(limits[place - 1]), last=names.number(limits[place])
    )


def _keep() -> None:
    values = [str(st.session_state.get(f"mine-{field}") or "") for field in _FIELDS]
    state.change(**{PARAMETER: "~".join(values) if any(values) else ""})
