"""The command that answers a question: quoted, and written by a language model where one is set."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from caselib import as_json, translated
from caselib.console import AsJSON, line, messages, output, print_json, run, searchable

if TYPE_CHECKING:
    from index.encoding import Encoder
    from index.library import Library
    from search.answers import Answer
    from search.find import Results
    from search.writing import WrittenAnswer

app = typer.Typer()


@app.command()
def ask(
    question: Annotated[str, typer.Argument(help="A question in any of the seven languages.")],
    limit: Annotated[int, typer.Option(min=1, max=20, help="Sentences at most.")] = 6,
    quoted: Annotated[
        bool, typer.Option("--quoted", help="Quoted sentences only, whatever model is set.")
    ] = False,
    translate: translated.Translate = "",
    as_json_: AsJSON = False,
) -> None:
    """Answer a question in sentences quoted from the library, or say that it does not say.

    Where a language model is set (CASELIB_LLM_URL), its answer comes first, each sentence checked.
    """

    def work() -> int:
        from search.answers import NO_QUESTION, Answer, answer
        from search.find import search

        encoder, library = searchable()
        machine = translated.Machine(encoder, translate)
        results = search(library, encoder, question, limit)
        if results.question is None:
            given = Answer(results.query, "", (), NO_QUESTION, 0.0, (), ())
        else:
            given = answer(library, results.question, results.evidence, limit)
        written = None if quoted else _written(library, encoder, results, given, not as_json_)
        if as_json_:
            print_json(_json(given, written, machine))
        else:
            _print(given, machine)
        return 0

    run(work, as_json_)


def _written(
    library: Library, encoder: Encoder, results: Results, given: Answer, show: bool
) -> WrittenAnswer | None:
    """What the model of the settings writes, printed as it comes; None where none is set."""
    from search.endpoint import configured
    from search.writing import WrittenAnswer, sources_for, write

    endpoint = configured()
    if endpoint is None or results.question is None:
        return None
    sources = sources_for(library, given, results.evidence)
    written = WrittenAnswer(endpoint.name, given.language, sources)
    shown = 0
    for written in write(endpoint, library, encoder, results.question, sources):
        for sentence in written.kept[shown:] if show else ():
            if not shown:
                output.print(f"Written by {written.model}, each sentence held against its source:")
            cited = "".join(f"[{number}]" for number in sentence.citations)
            output.print(f"  {line(sentence.text)} {cited}")
            shown += 1
    if show:
        _print_sources(written)
    return written


def _print_sources(written: WrittenAnswer) -> None:
    for number in written.cited:
        source = written.sources[number - 1]
        title = source.record.title or source.record.filename
        output.print(f"  [{number}] {title}  p. {source.passage.page}  [{source.record.document}]")
    if left_out := len(written.sentences) - len(written.kept):
        messages.print(f"{left_out} of its sentences are left out: no source bears them out.")
    if written.note:
        messages.print(written.note)
    if written.kept:
        output.print("\nQuoted from the library:")


def _print(given: Answer, machine: translated.Machine) -> None:
    if given.abstained:
        output.print(given.reason)
        for record in given.nearest:
            output.print(f"  nearest: {record.title or record.filename}  [{record.document}]")
    for quotation in given.quotations:
        record = quotation.record
        by_ocr = ", read by OCR" if quotation.passage.read_by_ocr else ""
        codes = " ".join(f".{code}" for code in record.registries)
        output.print(
            f"{line(quotation.text)}\n{machine.lines(quotation.text, quotation.passage.language)}"
            f"  {record.title or record.filename}  {codes}  "
            f"p. {quotation.passage.page}{by_ocr}  [{record.document}]\n"
        )


def _json(
    given: Answer, written: WrittenAnswer | None, machine: translated.Machine
) -> dict[str, Any]:
    made = as_json.answer(given, written)
    if machine.language:
        for one in made["answer"]:
            one["translation"] = machine.as_json(one["text"], one["language"] or "")
    return made
