"""Sample cases, invented, in an Arabic, a Chinese and an English form."""

import datetime
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from typesetting.pdf import FontsMissing, fonts

TITLES = {
    "ar": "نطاق المثال: تجربة السنة الأولى",
    "en": "The example domain: a first year",
    "es": "El dominio de ejemplo: un primer año",
    "fr": "Le domaine d'exemple : une première année",
    "pt": "O domínio de exemplo: um primeiro ano",
    "ru": "Домен-пример: первый год",
    "zh": "示例域名：第一年",
}
SUMMARIES = {
    language: "一句。两句。" if language == "zh" else f"{title}. Ещё."
    for language, title in TITLES.items()
}
PARAGRAPHS = {
    "ar": "أطلقت هيئة المثال في سلطنة عُمان، المشغّلة للنطاق .om ولنطاق .عمان (العربي)، مبادرةً "
    "لتسجيل 1,300 اسماً في عام 2019 (مقابل 850 في 2018)، أي بزيادة 53%. ولا يُلغى مسجلاً إلا "
    "بطلب من الهيئة، كما تقول ICANN في وثيقة DNSSEC الصادرة عام 2020.",
    "zh-Hans": "中国互联网络信息中心（CNNIC）负责运行国家顶级域名 .cn 和“.中国”，截至2019年底"
    "注册量达到"
    "2243万个，其中使用国际化域名技术的占3.5%。这一项目在技术上采用了DNSSEC，并与注册服务机构合作。",
    "en": "The example registry runs the example domain for the whole country, and it works with "
    "its registrars: offices, fees and first filings were simplified, so that 3,599 names were "
    "registered in one month and the first official figures could be confirmed by auditors.",
}
TABLE = {
    "ar": "| البند | العدد |\n|---|---|\n| أسماء com.om | 63% |\n| أسماء أخرى | 37% |",
    "zh-Hans": "| 时间 | 数量 |\n|---|---|\n| 二〇一八年 | 850 |\n| 二〇一九年 | 1,300 |",
    "en": "| Item | Names |\n|---|---|\n| Registered | 3,599 |\n| Deleted | 3,545 |",
}
HEADINGS = {"ar": "المشكلة والحل", "zh-Hans": "问题与做法", "en": "What was done"}

CaseWriter = Callable[..., Path]


@pytest.fixture
def write_case(tmp_path: Path) -> CaseWriter:
    """Write a source into tmp_path/cases; keywords replace fields of its front matter."""

    def write(language: str, kind: str, *, body: str | None = None, **fields: Any) -> Path:
        name = f"xx-{language.lower()}-{kind}"
        own = "zh" if language.startswith("zh") else language
        front: dict[str, Any] = {
            "id": name,
            "title": TITLES[own],
            "language": language,
            "format": kind,
            "registries": ["om"],
            "organisations": ["Example Registry"],
            "region": "AP",
            "governance": "unknown",
            "size": "",
            "year": "2018-2019",
            "topics": ["idn", "growth"],
            "written": datetime.date(2026, 11, 25),
            "titles": TITLES,
            "summaries": SUMMARIES,
            "sources": [
                {"url": "https://example.org/report?id=7", "supports": "Names (and fees) of 2019"},
                {"url": "https://example.org/news", "supports": "The offer"},
            ],
        }
        front.update(fields)
        front = {field: value for field, value in front.items() if value is not None}
        path = tmp_path / "cases" / f"{name}.md"
        path.parent.mkdir(exist_ok=True)
        text = yaml.safe_dump(front, allow_unicode=True, sort_keys=False)
        made = sample_body(language) if body is None else body
        path.write_text(f"---\n{text}---\n\n{made}", encoding="utf-8")
        return path

    return write


def sample_body(language: str) -> str:
    """A body with a heading, a list, a table, a chart, notes and words enough."""
    paragraph = PARAGRAPHS[language]
    chart = (
        "```chart\ntype: bar\ntitle: Example\nunit: names\nlabels: ['2018', '2019']\n"
        "values: [850, 1300]\nsource: https://example.org/news\n```"
    )
    sections = "\n\n".join(f"## {HEADINGS[language]} {n}\n\n{paragraph}" for n in range(1, 8))
    items = f"- **{HEADINGS[language]}** {paragraph}\n- *{HEADINGS[language]}* `.om`"
    parts = (paragraph, sections, items, TABLE[language], chart, f"> {HEADINGS[language]}")
    return "\n\n".join(parts)


@pytest.fixture
def noto() -> None:
    """Skip where the fonts are not installed (Debian: fonts-noto-core, fonts-noto-cjk)."""
    try:
        fonts()
    except FontsMissing as error:
        pytest.skip(str(error))
