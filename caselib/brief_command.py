"""The command that prints a briefing: one page on a topic, every sentence quoted."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from caselib import translated
from caselib.console import AsJSON, print_json, run, searchable
from index.correcting import one_of

app = typer.Typer()


@app.command()
def brief(
    topic: Annotated[str, typer.Argument(help="A topic, by its id or its name.")],
    region: Annotated[str, typer.Option(help="Only this ICANN region: AF, AP, EU, LAC, NA.")] = "",
    registry: Annotated[str, typer.Option(help="Only this registry: .tw, TWNIC, Taiwan.")] = "",
    language: Annotated[
        str, typer.Option(help="Language of the frame: ar en es fr pt ru zh.")
    ] = "en",
    governance: Annotated[
        str, typer.Option(help="Yours: government, private, non-profit, academic, cooperative.")
    ] = "",
    names: Annotated[int | None, typer.Option(min=0, help="Yours: domain names.")] = None,
    staff: Annotated[int | None, typer.Option(min=0, help="Yours: people.")] = None,
    back_end: Annotated[str, typer.Option(help="Yours: own or outsourced.")] = "",
    like: Annotated[str, typer.Option(help="A registry like this one: .cm, ANTIC, Cameroon.")] = "",
    translate_to: translated.Translate = "",
    pdf: Annotated[Path | None, typer.Option(help="Write a PDF of one page here.")] = None,
    as_json_: AsJSON = False,
) -> None:
    """A page on a topic for a newcomer, every sentence quoted with its source."""

    def work() -> int:
        from caselib import briefs
        from ingest.registry_names import registry_code
        from pages.texts import DEFAULT, LANGUAGES, catalogue
        from search import briefings
        from search.profiles import BACK_ENDS, GOVERNANCE, Profile, profile_of

        for value, what, allowed in (
            (language, "language", tuple(LANGUAGES)),
            (governance or GOVERNANCE[0], "governance", GOVERNANCE),
            (back_end or BACK_ENDS[0], "back end", BACK_ENDS),
        ):
            one_of(value, what, allowed)
        known = profile_of(registry_code(like)) if like else Profile()
        mine = Profile(
            registry=known.registry,
            governance=governance or known.governance,
            region=known.region,
            back_end=back_end or known.back_end,
            names=known.names if names is None else names,
            staff=known.staff if staff is None else staff,
        )
        encoder, library = searchable()
        machine = translated.Machine(encoder, translate_to)
        made = briefings.brief(library, encoder, topic, region, registry, language, mine)
        translations = machine.translations(made.quotations())
        translate = catalogue(language).gettext if language != DEFAULT else str
        if pdf is not None:
            from caselib.brief_pdf import as_pdf

            pdf.write_bytes(as_pdf(made, translate, translations))
        if as_json_:
            print_json(briefs.as_json(made, translations))
        elif pdf is None:
            print(briefs.as_markdown(made, translate, translations), end="")
        return 0

    run(work, as_json_)
