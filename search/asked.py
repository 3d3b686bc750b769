"""What a question asks for that a sentence can be searched for: number, price, share or time.

A sentence that says nothing of the kind does not answer, however near its words come. The classes
are those that question answering has long told apart (Li and Roth, "Learning Question Classifiers",
2002), as far as they can be told by a question's words in seven languages.
"""

from __future__ import annotations

import functools
import unicodedata
from typing import Final, Literal

import regex

from search.numbers import numbers_in

Kind = Literal["number", "price", "share", "time"]

_IGNORE: Final = regex.IGNORECASE | regex.VERSION1

# In the order in which they are looked for: 'what percentage of the price' asks for a share.
_ASKED: Final[tuple[tuple[Kind, regex.Pattern[str]], ...]] = (
    (
        "share",
        regex.compile(
            r"\b(?:what|which) (?:share|percentage|proportion|part|fraction|percent|per cent)\b"
            r"|\bhow (?:large|big|high) (?:a|an|is the|was the) (?:\w+ )?"
            r"(?:share|proportion|percentage|rate)\b"
            r"|\bwhat (?:was|is) the (?:\w+ )?(?:share|percentage|rate)\b"
            r"|\b(?:qué|que|qual|cuál (?:es|fue)|qual (?:é|foi)) (?:el |la |o |a )?"
            r"(?:porcentaje|proporción|tasa|percentagem|porcentagem|proporção|taxa)\b"
            r"|\bqu[eé] parte\b"
            r"|\bquel(?:le)? (?:est |était |a été |fut )?(?:le |la )?"
            r"(?:pourcentage|part|proportion|taux)\b"
            r"|\bкак(?:ая|ой|ова|ую) (?:была |был )?(?:дол[яюи]|процент|часть)"
            r"|сколько процентов"
            r"|百分之[几幾多]|[几幾]成|多少百分|比[率例](?:是|为|為|有)?(?:多少|[几幾]|多大|多高)|占多少"
            r"|(?:ما|كم)(?: هي| كانت| بلغت| تبلغ)? نسبة|كم (?:بلغت|كانت|تبلغ) (?:ال)?نسبة"
            r"|كم في المئة|ما النسبة",
            _IGNORE,
        ),
    ),
    (
        "price",
        regex.compile(
            r"\bhow much (?:did|does|do|was|were|is|has|have|would|will)\b.*?"
            r"\b(?:cost|charge|pay|paid|spend|spent|earn|raise|give|given|bring|invest)"
            r"|\b(?:what|which) (?:\w+ )?(?:price|fee|budget|cost|revenue|income|turnover)\b"
            r"|\bwhat (?:did|does|do|would|will) .*\b(?:charge|cost)\b"
            r"|\bwhat (?:is|was|are|were) the (?:\w+ )?(?:price|fee|budget|cost|revenue)"
            r"|\bcuánto (?:cuesta|costó|costaba|cobra|cobró|gastó|gasta|paga|pagó"
            r"|recaudó|vale|valía)"
            r"|\b(?:a )?(?:cuál (?:es|fue|era)|qué) (?:el |la )?(?:precio|tarifa"
            r"|presupuesto|costo|coste)"
            r"|\bcombien (?:coûte|coûtait|a coûté|ont coûté|coûtent|paie|payait|a payé|facture|"
            r"a dépensé|dépense|a rapporté|verse|a versé)"
            r"|\bquel(?:le)? (?:est |était |fut |a été )?(?:le |la |son )?"
            r"(?:prix|tarif|budget|coût|montant|redevance)"
            r"|\bquanto (?:custa|custou|custava|passou a custar|cobra|cobrou|gastou"
            r"|gasta|paga|pagou|"
            r"rendeu|arrecadou|vale)"
            r"|\bqual (?:é |era |foi )?(?:o |a )?(?:preço|tarifa|orçamento|custo|valor)"
            r"|\bво сколько (?:обош|обход)|сколько (?:стоит|стоил|денег|заплат|потрат|плат)"
            r"|как(?:ую|ая|ой|ова) (?:была )?(?:цен[ауы]|стоимость|плат[ау]|бюджет)"
            r"|多少(?:钱|錢|经费|經費|费用|費用|经济损失|經濟損失|元)|(?:价格|價格|费用|費用|预算|預算|年费|年費)"
            r"(?:是|为|為)?(?:多少|[几幾]|多高)|[要花](?:费|費)?多少(?:钱|錢)?"
            r"|كم (?:يكلف|كلف|كلفت|تكلف|يدفع|دفع|أنفق|أنفقت|سعر|ثمن)|ما (?:هو |كان "
            r"|هي )?(?:سعر|تكلفة|ثمن|رسم|ميزانية)",
            _IGNORE,
        ),
    ),
    (
        "time",
        regex.compile(
            r"^(?:and )?when\b|\b(?:in|since|until|by) (?:what|which) (?:year|month)\b"
            r"|\b(?:what|which) (?:year|date|day|month)\b|\bsince when\b|\bon what date\b"
            r"|\bcuándo\b|\bqué (?:año|fecha|día|mes)\b"
            r"|^(?:et )?quand\b|\bdepuis quand\b|\bquelle (?:année|date)\b|\bquel (?:jour|mois)\b"
            r"|^(?:e )?quando\b|\bdesde quando\b|\bque (?:ano|data|dia|mês)\b"
            r"|\bqual (?:foi )?(?:a data|o ano)\b"
            r"|^(?:а )?когда\b|\bкаком году\b|\bс какого года\b|\bкак(?:ого числа|ая дата)"
            r"|何时|何時|什么时候|什麼時候|哪一?[年天日月]|[几幾]月|[几幾]号"
            r"|\bمتى\b|(?:في )?أي (?:عام|سنة|تاريخ|يوم|شهر)",
            _IGNORE,
        ),
    ),
    (
        "number",
        regex.compile(
            r"\bhow many\b|\bhow much\b|\b(?:what|which) (?:number|count|total)\b"
            r"|\bwhat (?:is|was|are|were) the (?:total )?number\b"
            r"|\bcuánt[oa]s?\b|\bqué (?:número|cantidad)\b"
            r"|\bcombien\b|\bquel (?:est le |était le )?nombre\b"
            r"|\bquant[oa]s?\b|\bqual (?:é |era |foi )?o número\b"
            r"|\bсколько\b|\bскольких\b|\bкаково (?:было )?число\b"
            r"|多少|[几幾](?:个|個|家|名|次|所|项|項|条|條|座|人|种|種|万|萬|千|百)|流量有多大"
            r"|\bكم\b|\bما (?:هو |كان )?عدد\b",
            _IGNORE,
        ),
    ),
)

_SHARE: Final = regex.compile(
    r"[%٪‰％]|\bper ?cent|\bpor ?ciento|\bpour ?cent|\bpor ?cento"
    r"|процент|百分|\d成|[一二三四五六七八九]成"
    r"|(?:بال|في ال)(?:مئة|مائة)|\b(?:half|third|quarter|mitad|tercio|cuarto|moitié|tiers|quart|"
    r"metade|terço|quarto|половин\w+|треть|четверть)\b|一半|三分之|نصف|ثلث|ربع",
    _IGNORE,
)
_MONEY: Final = regex.compile(
    r"[\p{Sc}]|\b(?:USD|EUR|GBP|CHF|CNY|NT\$|KSh|FCFA|CFA|AED|RUB)\b"
    r"|\b(?:dollars?|euros?|pounds?|francs?|kron[aeou]r?|shillings?|naira"
    r"|rand|pesos?|reais|real|soles|"
    r"colones|dólares|libras?|francos?|coronas?|coroas?|couronnes?"
    r"|livres sterling|chelines|xelins|yuan|"
    r"renminbi|yen|won|rupees?|rupias?|roupies|taka|dirhams?|riyals?|rials?)\b"
    r"|доллар|евро|рубл|франк|фунт|крон|тенге|гривен|гривн|сум(?:ов|а)?\b|манат|юан"
    r"|[元圆圓]|美金|欧元|歐元|英镑|英鎊|法郎|卢布|盧布|日圆|卢比"
    r"|دولار|يورو|جنيه|درهم|ريال|دينار|فرنك|ليرة|روبل|يوان|شلن|بيزو",
    _IGNORE,
)
_TIME: Final = regex.compile(
    r"(?<!\d)(?:1\d|20)\d\d(?!\d)|\d{1,2}[月日]|世[纪紀]|\bcentur(?:y|ies)\b|\bsiglos?\b|\bsiècles?\b"
    r"|\bséculos?\b|\bвек(?:а|е|ов)?\b|\bстолети|\bقرن|القرن",
    _IGNORE,
)
_YEAR_LIKE: Final = range(1950, 2060)


@functools.lru_cache(maxsize=1024)
def kind_asked(question: str) -> Kind | None:
    """What a question asks for, None where its words do not say."""
    plain = unicodedata.normalize("NFC", " ".join(question.split()))
    for kind, pattern in _ASKED:
        if pattern.search(plain):
            return kind
    return None


def says(kind: Kind, sentence: str) -> bool:
    """Whether a sentence holds something of that kind; a bare year is no number of anything."""
    if kind == "time":
        return _TIME.search(unicodedata.normalize("NFKC", sentence)) is not None
    if kind == "share":
        return _SHARE.search(sentence) is not None
    counted = any(
        not all(value == int(value) and int(value) in _YEAR_LIKE for value in readings)
        for readings in numbers_in(sentence)
        if readings
    )
    return counted and (kind == "number" or _MONEY.search(sentence) is not None)
