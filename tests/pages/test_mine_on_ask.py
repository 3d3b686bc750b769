"""Who says what their registry is like sees cases of registries alike first, and why."""

from __future__ import annotations

from pathlib import Path

import pytest

from index.adding import add_files
from index.encoding import Encoder
from index.opening import open_library
from pages import texts
from tests.pages.conftest import Open, markup

SAID = (
    "{registry}, the registry of {country}, offered anycast name servers to its members for "
    "the first time. The work took two years."
)
REASON = "in your region"


@pytest.fixture
def open_page(tmp_path: Path, encoder: Encoder, at_url: object) -> Open:
    """The app over two like cases, of Kenya and of Norway."""
    files = []
    for code, registry, country in (("ke", "KeNIC", "Kenya"), ("no", "Norid", "Norway")):
        path = tmp_path / f"{code}.md"
        path.write_text(
            f"# Anycast for .{code}\n\n{SAID.format(registry=registry, country=country)}\n"
        )
        files.append(path)
    library = open_library(str(tmp_path / "library"), encoder.recipe)
    assert {outcome.status for outcome in add_files(library, encoder, files)} == {"added"}
    library.close()
    opened: Open = at_url(library.url)  # type: ignore[operator]
    return opened


@pytest.mark.parametrize(("region", "first"), [("AF", ".ke"), ("EU", ".no")])
def test_a_case_from_the_readers_region_comes_first_with_its_reason(
    open_page: Open, region: str, first: str
) -> None:
    texts.use("en")
    asked = {"q": "anycast name servers for members", "lang": "en"}
    app = open_page("ask", **asked, mine=f"~~{region}~~~")
    assert not app.exception
    labels = [link.proto.label for link in app.get("page_link")]
    cases = [label for label in labels if "Anycast for" in label and "·" not in label]
    # The results stand last, below whom to ask.
    assert first in cases[-2]
    assert REASON in markup(app)
    assert REASON not in markup(open_page("ask", **asked))
