"""One document is cited in the manner of APA, in BibTeX and in RIS."""

from __future__ import annotations

import re
from dataclasses import replace

from index.library import Record
from search.citations import bibtex, plain, ris

URL = "https://cases.example/document?lang=en&document=0a1b2c3d4e5f"
LOCK = Record(
    document="0a1b2c3d4e5f",
    sha256="0a1b2c3d4e5f" + "0" * 52,
    filename="lock.pdf",
    media_type="application/pdf",
    size=1000,
    title="100% safe & sound: the {registry} lock_in $5 steps",
    year=2019,
    registries=("tw",),
    languages=("en",),
    pages=3,
    passages=5,
    added="2026-01-01T00:00:00+00:00",
    topics=("security",),
    kind="presentation",
    authors=("Ana García", "林 小明"),
)


def test_a_line_names_authors_year_title_kind_organisation_and_link() -> None:
    assert plain(LOCK, URL, kind="Presentation") == (
        "Ana García & 林 小明 (2019). 100% safe & sound: the {registry} lock_in $5 steps "
        f"[Presentation]. Taiwan Network Information Center (TWNIC). {URL}"
    )


def test_without_authors_the_title_comes_first_and_without_a_year_it_says_so() -> None:
    cited = plain(replace(LOCK, authors=(), year=None, title="Who pays?"), undated="s. f.")
    assert cited.startswith("Who pays? (s. f.). Taiwan")


def test_a_document_without_a_title_is_cited_by_its_file() -> None:
    bare = replace(LOCK, title="", authors=(), registries=(), year=None, kind="")
    assert plain(bare) == "lock.pdf (n.d.)."
    assert "title = {{lock.pdf}}" in bibtex(bare)
    assert ris(bare).startswith("TY  - GEN\r\nTI  - lock.pdf\r\n")


def test_bibtex_escapes_what_it_would_take_for_commands() -> None:
    entry = bibtex(LOCK, URL)
    assert entry.startswith("@misc{garcia2019-0a1b2c3d,\n")
    assert (
        r"{{100\% safe \& sound: the \textbraceleft{}registry\textbraceright{} lock\_in \$5 steps}}"
        in entry
    )
    assert "author = {Ana García and 林 小明}" in entry
    assert f"url = {{{URL}}}" in entry
    assert _balanced(entry)


def test_a_name_that_bibtex_would_take_apart_stays_whole() -> None:
    names = ("Rules and Order Group", "Ana García", "Ruiz, B., PhD")
    entry = bibtex(replace(LOCK, authors=names))
    assert "author = {{Rules and Order Group} and Ana García and {Ruiz, B., PhD}}" in entry


def test_a_key_is_ascii_where_the_author_is_not() -> None:
    assert "{tw2019-0a1b2c3d," in bibtex(replace(LOCK, authors=("林 小明",)))
    own_script = replace(LOCK, authors=(), registries=("台湾",))
    assert "{xn--kprw13d2019-0a1b2c3d," in bibtex(own_script)


def test_ris_gives_a_tag_on_each_line_and_ends() -> None:
    lines = ris(LOCK, URL).split("\r\n")
    assert lines[0] == "TY  - SLIDE"
    assert lines.count("AU  - Ana García") == lines.count("AU  - 林 小明") == 1
    assert f"UR  - {URL}" in lines
    assert lines[-2:] == ["ER  - ", ""]
    assert all(re.fullmatch(r"[A-Z][A-Z0-9]  - .*", line) for line in lines[:-1])


def test_hostile_text_ends_no_line_and_no_field() -> None:
    hostile = replace(
        LOCK,
        title="A\nER  - \r\nTY  - B\u202e} ,\n@misc{x, \\input{/etc/passwd}",
        authors=("A\u2028B", "{C}"),
    )
    assert len(re.findall(r"^(?:TY|ER)  -", ris(hostile), re.MULTILINE)) == 2
    entry = bibtex(hostile, "https://cases.example/}\n@misc{y")
    assert _balanced(entry) and len(re.findall(r"^@", entry, re.MULTILINE)) == 1
    assert r"\input" not in entry and "\u202e" not in entry
    assert "\n" not in plain(hostile)


def _balanced(entry: str) -> bool:
    depth = 0
    for brace in re.findall("[{}]", entry):
        depth += 1 if brace == "{" else -1
        if depth < 0:
            return False
    return depth == 0
