"""The JSON of the command line: stable names, the same wherever they are printed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from index.adding import Outcome
from index.library import Finding, Link, Record
from ingest.document import Page
from search.answers import Answer
from search.editions import Edition
from search.find import Results
from search.similar import Similar
from search.writing import WrittenAnswer


def outcome(outcome: Outcome, alike: Sequence[Edition] = ()) -> dict[str, Any]:
    """What became of a file, with the documents here that seem to be the same as it."""
    return {
        "file": outcome.file,
        "status": outcome.status,
        "document": outcome.document or None,
        "title": outcome.title,
        "pages": outcome.pages,
        "passages": outcome.passages,
        "languages": list(outcome.languages),
        "reason": str(outcome.error) if outcome.error else None,
        "needs_ocr": list(outcome.pictures),
        "editions": [edition(one) for one in alike],
    }


def results(results: Results) -> dict[str, Any]:
    """The hits of a question."""
    return {
        "query": results.query,
        "language": results.language or None,
        "best_evidence": {
            "languages": list(results.best_evidence.languages),
            "read": results.best_evidence.read,
        },
        "hits": [
            {
                "document": hit.record.document,
                "title": hit.record.title,
                "registries": list(hit.record.registries),
                "page": hit.passage.page,
                "language": hit.passage.language or None,
                "score": round(hit.score, 4),
                "text": hit.passage.text,
                "sentence": hit.passage.text[slice(*hit.sentence)],
                "why": hit.why,
                "marks": [list(span) for span in hit.words],
                "read_by_ocr": hit.passage.read_by_ocr,
                "newer_edition": hit.newer.document if hit.newer else None,
            }
            for hit in results.hits
        ],
        "waiting": [
            {"document": record.document, "title": record.title, "needs_ocr": list(record.pictures)}
            for record in results.waiting
        ],
    }


def record(record: Record) -> dict[str, Any]:
    """What the catalogue knows of a document."""
    return {
        "document": record.document,
        "title": record.title,
        "year": record.year,
        "registries": list(record.registries),
        "languages": list(record.languages),
        "filename": record.filename,
        "media_type": record.media_type,
        "bytes": record.size,
        "pages": record.pages,
        "passages": record.passages,
        "added": record.added,
        "sha256": record.sha256,
        "authors": list(record.authors),
        "kind": record.kind or None,
        "topics": list(record.topics),
        "regions": list(record.regions),
        "territories": list(record.territories),
        "summary": [{"page": quote.page, "text": quote.text} for quote in record.summary],
        "corrected": list(record.corrected),
        "needs_ocr": list(record.pictures),
    }


def document(
    found: Record, pages: Sequence[Page], confirmed: Sequence[Edition] = ()
) -> dict[str, Any]:
    """A document with the text of its pages and the reasons of what was guessed."""
    return {
        **record(found),
        "reasons": found.reasons,
        "editions": [edition(one) for one in confirmed],
        "text": [
            {
                "page": page.number,
                "heading": page.heading,
                "text": page.text,
                "read_by_ocr": page.read_by_ocr,
            }
            for page in pages
        ],
    }


def findings(findings: Sequence[Finding]) -> list[dict[str, str]]:
    """What a check found."""
    return [{"what": finding.what, "mend": finding.mend} for finding in findings]


def answer(given: Answer, written: WrittenAnswer | None = None) -> dict[str, Any]:
    """Quoted sentences with their sources, or the reason why there are none.

    Parameters
    ----------
    written : what a language model wrote, where one is set.
    """
    return {
        "question": given.question,
        "language": given.language or None,
        "abstained": given.abstained,
        "reason": given.reason or None,
        "confidence": round(given.confidence, 4),
        "answer": [
            {
                "text": quotation.text,
                "language": quotation.passage.language or None,
                "document": quotation.record.document,
                "title": quotation.record.title,
                "registries": list(quotation.record.registries),
                "year": quotation.record.year,
                "page": quotation.passage.page,
                "passage": quotation.passage.passage,
                "read_by_ocr": quotation.passage.read_by_ocr,
                "score": round(quotation.score, 4),
            }
            for quotation in given.quotations
        ],
        "nearest": [
            {"document": record.document, "title": record.title} for record in given.nearest
        ],
        "whom_to_ask": list(given.whom_to_ask),
        "written": written_answer(written) if written else None,
    }


def written_answer(written: WrittenAnswer) -> dict[str, Any]:
    """What a language model wrote: all its sentences, those that are left out with the reasons."""
    return {
        "model": written.model,
        "language": written.language or None,
        "sentences": [
            {
                "text": sentence.text,
                "citations": list(sentence.citations),
                "kept": sentence.check.holds,
                "likeness": round(sentence.check.likeness, 4),
                "faults": list(sentence.check.faults),
            }
            for sentence in written.sentences
        ],
        "sources": [
            {
                "number": number,
                "document": source.record.document,
                "title": source.record.title,
                "page": source.passage.page,
                "passage": source.passage.passage,
                "language": source.passage.language or None,
            }
            for number, source in enumerate(written.sources, start=1)
        ],
        "note": written.note or None,
    }


def edition(found: Edition) -> dict[str, Any]:
    """The same document in another file; `newer` says so of an edition."""
    return {
        "document": found.record.document,
        "title": found.record.title,
        "kind": found.kind,
        "newer": found.newer if found.kind == "edition" else None,
        "score": round(found.score, 4) if found.link is None else None,
        "confirmed": found.link is not None,
        "reason": found.reason,
    }


def proposal(record: Record, found: Edition) -> dict[str, Any]:
    """Two documents that seem to be the same one; of editions the newer one first."""
    return {
        "document": record.document,
        "title": record.title,
        "other": found.record.document,
        "other_title": found.record.title,
        "kind": found.kind,
        "score": round(found.score, 4),
        "reason": found.reason,
    }


def link(made: Link) -> dict[str, Any]:
    """What a person said of two documents."""
    return {
        "document": made.document,
        "other": made.other,
        "kind": made.kind,
        "who": made.who,
        "time": made.time,
    }


def similar(
    record: Record, found: Sequence[Similar], versions: Sequence[Edition]
) -> dict[str, Any]:
    """Cases like a document, its editions and translations apart from them."""
    return {
        "document": record.document,
        "similar": [
            {
                "document": case.record.document,
                "title": case.record.title,
                "score": round(case.score, 4),
                "because": [
                    {
                        "page": likeness.page,
                        "text": likeness.text,
                        "their_page": likeness.their_page,
                        "their_text": likeness.their_text,
                        "read_by_ocr": likeness.read_by_ocr,
                        "their_read_by_ocr": likeness.their_read_by_ocr,
                    }
                    for likeness in case.because
                ],
            }
            for case in found
        ],
        "editions": [edition(one) for one in versions],
    }
