"""Each fault of a source is one clear sentence."""

from typing import Any

import pytest

from typesetting.body import left_to_right_pieces
from typesetting.case import CaseFault, count_sentences, read_case

from .conftest import TITLES, CaseWriter, sample_body


def faults(write_case: CaseWriter, **changes: Any) -> list[str]:
    with pytest.raises(CaseFault) as caught:
        read_case(write_case("en", "md", **changes))
    return list(caught.value.sentences)


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"titles": {**TITLES, "pt": ""}}, "`titles` lacks the language pt."),
        ({"topics": ["idn", "cats"]}, "`topics` holds 'cats', which is not known: use dns-abuse"),
        ({"region": "ASIA"}, "`region` holds 'ASIA', which is not known: use AF, AP, EU, LAC, NA."),
        ({"governance": "odd"}, "`governance` is 'odd': use one of government, private"),
        ({"registries": [False]}, "`registries` holds [False]: put quotes around entries"),
        ({"registries": [".om"]}, "`registries` holds ['.om']: write codes in lower case"),
        ({"written": "yesterday"}, "`written` is 'yesterday': give a date such as 2026-11-25."),
        ({"year": "long ago"}, "`year` is 'long ago': give 2019 or \"2019-2021\"."),
        ({"id": "xx-other"}, "`id` is 'xx-other', but must be the file's name"),
        ({"sources": []}, "`sources` is empty: name one public source at least."),
        ({"sources": [{"url": "x", "supports": "y"}]}, "Source 1 has no `url` that starts with"),
        ({"size": 5}, "`size` must be text: put it into quotes."),
        ({"titles": None}, "It has no `titles`."),
        ({"colour": "red"}, "`colour` is not a field: remove it."),
        ({"body": "## Short\n\nToo few words."}, "Its body has 4 words: 300 are the least."),
        ({"body": "word " * 320}, "Its body has no heading (a line that starts with ##)."),
        ({"body": "## A\n\n" + "w " * 320 + "[a](http://b.c)"}, "The body holds a link: put"),
        ({"body": "## A\n\n" + "w " * 320 + "\n\n```chart\ntype: pie\n```"}, "A chart cannot be"),
    ],
)
def test_a_fault_is_said_in_a_sentence(
    write_case: CaseWriter, changes: dict[str, Any], sentence: str
) -> None:
    assert any(one.startswith(sentence) for one in faults(write_case, **changes))


def test_an_unknown_format_is_named(write_case: CaseWriter) -> None:
    with pytest.raises(CaseFault, match="`format` is 'tex': use one of pdf, pdf-two-column"):
        read_case(write_case("en", "tex"))


def test_all_faults_are_said_at_once(write_case: CaseWriter) -> None:
    assert len(faults(write_case, topics=["cats"], region="X", sources=[])) == 3


def test_a_summary_of_one_sentence_is_a_warning_only(write_case: CaseWriter) -> None:
    summaries = dict.fromkeys(TITLES, "First here. Second here.") | {"en": "Only one."}
    summaries["zh"] = "一句。两句。"
    case = read_case(write_case("en", "md", summaries=summaries))
    assert case.warnings == ("The summary in en has 1 sentences, not two.",)


def test_chinese_is_counted_in_characters(write_case: CaseWriter) -> None:
    with pytest.raises(CaseFault, match="500 are the least"):
        read_case(write_case("zh-Hans", "md", body="## 短\n\n太短了。"))
    assert read_case(write_case("zh-Hans", "md", body=sample_body("zh-Hans"))).chinese


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("It runs .om and .cn. The cost is 1.5 million.", 2),
        ("يدير النطاقين .om و.عمان. ولا نتيجة معروفة.", 2),
        ("管理.om的机构付费。没有报道成效！", 2),
        ("Les noms « libres ». Fin ?", 2),
        ("One only", 0),
    ],
)
def test_sentences_are_counted(text: str, count: int) -> None:
    assert count_sentences(text) == count


def test_names_in_arabic_text_keep_their_dot_and_bracket() -> None:
    pieces = list(left_to_right_pieces("نطاق .om وهيئة Telecom Authority (TRA)، و\u200e.cn."))
    assert [piece for piece, ltr in pieces if ltr] == [".om", "Telecom Authority (TRA)", ".cn"]
    assert "".join(piece for piece, _ in pieces).endswith(".cn.")
