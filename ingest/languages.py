"""Which language a text is in: its script first, then two detectors for the Latin alphabet."""

import math
import re
import threading
from functools import lru_cache
from pathlib import Path
from typing import Final

import langdetect
from langdetect.detector_factory import DetectorFactory
from langdetect.lang_detect_exception import LangDetectException
from py3langid.langid import MODEL_FILE, LanguageIdentifier

LANGUAGES: Final = ("ar", "en", "es", "fr", "pt", "ru", "zh")
_LATIN: Final = ("en", "es", "fr", "pt")
_HAN: Final = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003134f"
_SCRIPTS: Final = {
    "zh": re.compile(rf"[{_HAN}]+"),
    "ar": re.compile(
        "[\u0620-\u064a\u066e-\u06d3\u06fa-\u06ff\u0750-\u077f\ufb50-\ufdfb\ufe70-\ufefc]+"
    ),
    "ru": re.compile("[\u0400-\u052f]+"),
    "latin": re.compile("[A-Za-zªº\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f\u1e00-\u1eff]+"),
    "kana": re.compile("[\u3041-\u3096\u30a1-\u30fa\uff66-\uff9d]+"),
    "hangul": re.compile("[\u1100-\u11ff\u3131-\u318e\uac00-\ud7a3]+"),
    # Greek, Armenian, Hebrew, the scripts of India, Thai, Lao, Burmese, Georgian, Ethiopic, Khmer.
    "other": re.compile(
        "[\u0370-\u03ff\u0531-\u058f\u05d0-\u05ea\u0900-\u0eff\u1000-\u10ff\u1200-\u137f\u1780-\u17ff]+"
    ),
}
# Of all letters, Han counted twice for a character says as much as two letters.
_ENOUGH: Final = 0.15
# Kana among Han: Japanese has a third at least, Chinese text at most a word.
_JAPANESE: Final = 0.15

# Letters that Russian and Arabic lack, and how many of them another language shows at least.
_NOT_RUSSIAN: Final = re.compile("[^а-яёА-ЯЁ]")
_NOT_ARABIC: Final = re.compile("[پچژگٹڈڑےں]")
_PERSIAN_FORMS: Final = re.compile("[یک]")
_FOREIGN_SHARE: Final = 0.02

_ADDRESS: Final = re.compile(
    r"https?://\S+|[\w.+-]{1,64}@[\w.-]{1,255}|(?<![\w.])(?:[\w-]{1,63}\.){1,8}[a-z]{2,24}\b\S*"
)
# Characters after which more text tells no more.
_LONGEST: Final = 20_000
_WORD: Final = re.compile(r"[^\W\d_]+")
_FUNCTION_WORDS: Final = {
    "en": """the of and to in a is was for on with that it as by at from be has his he are this who
        will said not but have an their were they been had its which or also we would there more
        after when one if her she about out up what how why does can""",
    "es": """el la los las de del que y en un una se por con no su para es al lo como más o pero sus
        le ha sin sobre este ya entre cuando todo esta ser son dos también fue había muy años hasta
        desde está porque sólo han yo hay puede todos así ni qué cómo cuál dónde""",
    "fr": """le la les de des du que et en un une se par pour avec ne pas son sur est au aux ce il
        elle qui dans plus ou mais ses sont a été cette comme nous vous ils d l s n c qu j leur
        était ont fait y même après sans entre être ces on lui selon aussi quel quelle comment""",
    "pt": """o a os as de do da dos das que e em um uma se por com não no na nos nas para é ao à
        mais ou mas seu sua como foi são ser pelo pela até isso ele ela entre depois sem mesmo aos
        tem já eu também só muito nós você está há quando qual quais""",
}


# Two threads that come first would each load a model; their use later needs no lock.
_LOADING: Final = threading.Lock()


@lru_cache(maxsize=1)
def _load_langid() -> LanguageIdentifier:
    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)


def _langid() -> LanguageIdentifier:
    with _LOADING:
        return _load_langid()


def _langdetect() -> DetectorFactory:
    with _LOADING:
        return _load_langdetect()


@lru_cache(maxsize=1)
def _load_langdetect() -> DetectorFactory:
    profiles = Path(langdetect.__file__).parent / "profiles"
    factory = DetectorFactory()
    factory.load_json_profile([(profiles / name).read_text("utf-8") for name in _LATIN])
    factory.set_seed(0)
    return factory


@lru_cache(maxsize=1)
def _function_words() -> dict[str, frozenset[str]]:
    """Languages by the function words that they have."""
    languages: dict[str, set[str]] = {}
    for language, words in _FUNCTION_WORDS.items():
        for word in words.split():
            languages.setdefault(word, set()).add(language)
    return {word: frozenset(found) for word, found in languages.items()}


def detect_language(text: str) -> str:
    """Language of a sentence, a passage or more.

    Parameters
    ----------
    text : running text of any length.

    Returns
    -------
    `ar`, `en`, `es`, `fr`, `pt`, `ru`, `zh`, or `` where it cannot be told or is another one.
    """
    return _detect(text, is_query=False)


def detect_query_language(text: str) -> str:
    """Language of the few words of a query, `` where they are too few to tell.

    It may order what is found, never exclude any of it.
    """
    return _detect(text, is_query=True)


def has_function_words(text: str) -> bool:
    """Whether Latin text has words such as 'of', 'los', 'est' as running text does.

    Names, code and tables have few; a detector guesses a language for them all the same.
    """
    words = _WORD.findall(_ADDRESS.sub(" ", text))
    known = _function_words()
    # 'IN' and 'NO' in capitals are abbreviations and constants.
    found = sum(len(word) > 1 and not word.isupper() and word.lower() in known for word in words)
    return found >= max(1, 0.12 * len(words))


def is_function_word(word: str) -> bool:
    """Whether a word in small letters is one such as 'of', 'los', 'est' of four languages."""
    return word in _function_words()


def _detect(text: str, is_query: bool) -> str:
    script = script_of(text)
    if script != "latin":
        return script
    words = _ADDRESS.sub(" ", text[:_LONGEST])
    letters = sum(map(str.isalpha, words))
    if letters < 3:
        return ""
    probabilities = dict(_langid().rank(words))
    ours = sum(probabilities[language] for language in _LATIN)
    if not is_query and letters >= 40 and ours < 0.1:
        return ""
    scores = _with_function_words({language: probabilities[language] for language in _LATIN}, words)
    best = max(scores, key=scores.__getitem__)
    # Below these, measured on the first words of sentences, it is right less than half the time,
    # and langdetect's agreement is what tells the right half.
    if scores[best] < 0.4:
        return ""
    if scores[best] < 0.55 and _by_langdetect(words) != best:
        return ""
    return best


def _with_function_words(probabilities: dict[str, float], text: str) -> dict[str, float]:
    """Probabilities after the text's function words, which decide where there are few words."""
    known = _function_words()
    evidence = dict.fromkeys(probabilities, 0.0)
    for word in _WORD.findall(text.casefold()[:400]):
        languages = known.get(word, frozenset())
        for language in languages:
            evidence[language] += 1 / len(languages)
    weighed = {
        language: (probability + 1e-9) * math.exp(evidence[language])
        for language, probability in probabilities.items()
    }
    total = sum(weighed.values())
    return {language: weight / total for language, weight in weighed.items()}


def _by_langdetect(text: str) -> str:
    detector = _langdetect().create()
    detector.append(text)
    try:
        return str(detector.detect())
    except LangDetectException:
        return ""


def script_of(text: str) -> str:
    """`zh`, `ar`, `ru` or `latin` by the letters' script, `` for another script or language."""
    counts = {name: sum(map(len, letters.findall(text))) for name, letters in _SCRIPTS.items()}
    japanese = counts["kana"] > _JAPANESE * (counts["zh"] + counts["kana"])
    counts["zh"] *= 2
    total = sum(counts.values())
    strongest = max(counts, key=counts.__getitem__)
    if not total or strongest in ("kana", "hangul", "other"):
        return ""
    ours = max(("zh", "ar", "ru"), key=counts.__getitem__)
    if counts[ours] < _ENOUGH * total:
        return "latin" if strongest == "latin" else ""
    if (ours == "zh" and japanese) or (ours != "zh" and _is_other_language(text, ours)):
        return ""
    return ours


def _is_other_language(text: str, script: str) -> bool:
    """Whether Cyrillic is not Russian but Ukrainian, Serbian, …; Arabic letters Persian or Urdu."""
    letters = "".join(_SCRIPTS[script].findall(text))
    if script == "ru":
        hard_signs = 0 if "ы" in letters else letters.count("ъ")
        bulgarian = hard_signs > 1 and hard_signs > _FOREIGN_SHARE / 2 * len(letters)
        return bulgarian or len(_NOT_RUSSIAN.findall(letters)) > _FOREIGN_SHARE * len(letters)
    foreign = len(_NOT_ARABIC.findall(letters))
    return foreign > _FOREIGN_SHARE / 2 * len(letters) and bool(_PERSIAN_FORMS.search(letters))


def chinese_variant(text: str) -> str:
    """How Chinese is written: `zh-Hant`, `zh-Hans`, or `` where nothing tells.

    Characters that only Big5 can encode are Traditional, those that only GB 2312 can Simplified.
    """
    traditional = simplified = 0
    for character in "".join(_SCRIPTS["zh"].findall(text)):
        in_big5, in_gb2312 = _in_charsets(character)
        traditional += in_big5 and not in_gb2312
        simplified += in_gb2312 and not in_big5
    if traditional == simplified:
        return ""
    return "zh-Hant" if traditional > simplified else "zh-Hans"


@lru_cache(maxsize=30_000)
def _in_charsets(character: str) -> tuple[bool, bool]:
    return _encodable(character, "big5"), _encodable(character, "gb2312")


def _encodable(character: str, charset: str) -> bool:
    try:
        character.encode(charset)
    except UnicodeEncodeError:
        return False
    return True
