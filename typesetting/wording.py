"""What the typesetter says itself, in the case's language: labels, notice, names and figures."""

from dataclasses import dataclass

from babel import Locale
from babel.dates import format_date
from babel.numbers import format_decimal

from typesetting.body import Chart
from typesetting.case import Case


@dataclass(frozen=True, slots=True)
class Wording:
    """The words of one language."""

    case_study: str
    organisation: str
    domain: str
    country: str
    region: str
    period: str
    language: str
    sources: str
    chart_source: str
    notice: str
    regions: tuple[str, str, str, str, str]
    colon: str = ": "
    separator: str = ", "


_EN = Wording(
    "Case study", "Organisation", "Domain (ccTLD)", "Country or territory", "ICANN region",
    "Period", "Language", "Sources", "Source",
    "This is a summary written by this project on {date} from the public sources below. "
    "Licence: Creative Commons Attribution 4.0 International (CC BY 4.0).",
    ("Africa", "Asia, Australia and the Pacific", "Europe", "Latin America and the Caribbean",
     "North America"),
)  # fmt: skip
_FR = Wording(
    "Étude de cas", "Organisme", "Domaine (ccTLD)", "Pays ou territoire", "Région de l’ICANN",
    "Période", "Langue", "Sources", "Source",
    "Ceci est un résumé rédigé par ce projet le {date} à partir des sources publiques ci-dessous. "
    "Licence : Creative Commons Attribution 4.0 International (CC BY 4.0).",
    ("Afrique", "Asie, Australie et Pacifique", "Europe", "Amérique latine et Caraïbes",
     "Amérique du Nord"),
    colon="\u00a0: ",
)  # fmt: skip
_ES = Wording(
    "Estudio de caso", "Organización", "Dominio (ccTLD)", "País o territorio",
    "Región de la ICANN", "Período", "Idioma", "Fuentes", "Fuente",
    "Este es un resumen redactado por este proyecto el {date} a partir de las fuentes públicas "
    "que figuran abajo. Licencia: Creative Commons Atribución 4.0 Internacional (CC BY 4.0).",
    ("África", "Asia, Australia y Pacífico", "Europa", "América Latina y el Caribe",
     "América del Norte"),
)  # fmt: skip
_PT = Wording(
    "Estudo de caso", "Organização", "Domínio (ccTLD)", "País ou território", "Região da ICANN",
    "Período", "Idioma", "Fontes", "Fonte",
    "Este é um resumo redigido por este projeto em {date} a partir das fontes públicas abaixo. "
    "Licença: Creative Commons Atribuição 4.0 Internacional (CC BY 4.0).",
    ("África", "Ásia, Austrália e Pacífico", "Europa", "América Latina e Caribe",
     "América do Norte"),
)  # fmt: skip
_RU = Wording(
    "Пример из практики", "Организация", "Домен (ccTLD)", "Страна или территория",
    "Регион ICANN", "Период", "Язык", "Источники", "Источник",
    "Это краткое изложение, составленное нашим проектом {date} по открытым источникам, "
    "указанным ниже. Лицензия: Creative Commons «С указанием авторства» 4.0 Международная "
    "(CC BY 4.0).",
    ("Африка", "Азия, Австралия и Тихоокеанский регион", "Европа",
     "Латинская Америка и Карибский бассейн", "Северная Америка"),
)  # fmt: skip
_AR = Wording(
    "دراسة حالة", "الجهة", "النطاق (ccTLD)", "البلد أو الإقليم", "منطقة ICANN", "الفترة",
    "اللغة", "المصادر", "المصدر",
    "هذا ملخص أعدّه هذا المشروع في {date} استناداً إلى المصادر العامة الواردة أدناه. "
    "الرخصة: المشاع الإبداعي نَسب المُصنَّف 4.0 دولي (CC BY 4.0).",
    ("أفريقيا", "آسيا وأستراليا والمحيط الهادئ", "أوروبا", "أمريكا اللاتينية ومنطقة الكاريبي",
     "أمريكا الشمالية"),
    separator="، ",
)  # fmt: skip
_HANS = Wording(
    "案例研究", "机构", "国家和地区顶级域名", "国家或地区", "ICANN 区域", "时间", "语言",
    "资料来源", "来源",
    "本文是本项目根据下列公开资料于{date}撰写的摘要。"
    "许可协议：知识共享署名 4.0 国际（CC BY 4.0）。",
    ("非洲", "亚洲、澳大利亚和太平洋", "欧洲", "拉丁美洲和加勒比", "北美洲"),
    colon="：",
    separator="、",
)  # fmt: skip
_HANT = Wording(
    "案例研究", "機構", "國碼頂級網域", "國家或地區", "ICANN 區域", "時間", "語言",
    "資料來源", "來源",
    "本文是本專案依據下列公開資料於{date}撰寫的摘要。"
    "授權條款：創用 CC 姓名標示 4.0 國際（CC BY 4.0）。",
    ("非洲", "亞洲、澳洲與太平洋", "歐洲", "拉丁美洲與加勒比海", "北美洲"),
    colon="：",
    separator="、",
)  # fmt: skip

WORDINGS = {
    "ar": _AR, "zh-Hans": _HANS, "zh-Hant": _HANT, "en": _EN, "es": _ES, "fr": _FR, "pt": _PT,
    "ru": _RU,
}  # fmt: skip

# ccTLDs whose country code they do not spell.
_TERRITORIES = {
    "uk": "GB", "ac": "AC", "eu": "EU", "ею": "EU", "ευ": "EU", "рф": "RU", "su": "",
    "中国": "CN", "中國": "CN", "台湾": "TW", "台灣": "TW", "香港": "HK", "澳門": "MO",
    "新加坡": "SG", "한국": "KR", "ไทย": "TH", "भारत": "IN", "ලංකා": "LK", "இலங்கை": "LK",
    "عمان": "OM", "مصر": "EG", "السعودية": "SA", "امارات": "AE", "الاردن": "JO", "تونس": "TN",
    "المغرب": "MA", "قطر": "QA", "فلسطين": "PS", "سورية": "SY", "الجزائر": "DZ", "ایران": "IR",
    "عراق": "IQ", "سودان": "SD", "موريتانيا": "MR", "البحرين": "BH", "پاکستان": "PK",
    "бел": "BY", "укр": "UA", "қаз": "KZ", "срб": "RS", "мкд": "MK", "мон": "MN", "бг": "BG",
    "ελ": "GR", "հայ": "AM", "გე": "GE", "ישראל": "IL", "বাংলা": "BD", "ລາວ": "LA",
}  # fmt: skip


def _locale(language: str) -> Locale:
    return Locale.parse(language.replace("-", "_"))


def countries(case: Case) -> tuple[str, ...]:
    """Return the countries or territories of its registries, in the case's language."""
    names = _locale(case.language).territories
    codes = (_TERRITORIES.get(registry, registry.upper()) for registry in case.registries)
    return tuple(dict.fromkeys(names[code] for code in codes if code in names))


def notice(case: Case) -> str:
    """Return the sentence that says what the file is, by whom, when, and its licence."""
    # Day before month in English too, as in the text of the cases.
    locale = Locale.parse("en_GB") if case.language == "en" else _locale(case.language)
    date = format_date(case.written, "long", locale=locale)
    return WORDINGS[case.language].notice.format(date=date)


def number(value: float, language: str) -> str:
    """Write a figure as the language does; whole numbers without decimals."""
    return str(format_decimal(value, locale=_locale(language)))


def chart_credit(chart: Chart, case: Case) -> str:
    """Return the line below a chart: the number of its source, or its address."""
    words = WORDINGS[case.language]
    urls = [source.url for source in case.sources]
    named = f"[{urls.index(chart.source) + 1}]" if chart.source in urls else chart.source
    return f"{words.chart_source}{words.colon}{named}"


def facts(case: Case) -> tuple[tuple[str, str], ...]:
    """Return what the title block tells, as pairs of label and value."""
    words = WORDINGS[case.language]
    regions = dict(zip(("AF", "AP", "EU", "LAC", "NA"), words.regions, strict=True))
    own = _locale(case.language).languages
    pairs = (
        (words.organisation, words.separator.join(case.organisations)),
        (words.domain, words.separator.join(f".{registry}" for registry in case.registries)),
        (words.country, words.separator.join(countries(case))),
        (words.region, words.separator.join(regions[code] for code in case.region)),
        (words.period, case.year.replace("-", "–")),
        (words.language, str(own[case.language.replace("-", "_")])),
    )
    return tuple((label, value) for label, value in pairs if value)
