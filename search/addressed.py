"""Passages of documents that speak to a language model instead of to a reader.

Anyone may deposit a document, so anyone may write into one what a model shall do. Such passages
are kept from the model; people find and read them as before. It is one layer of several: what a
model writes is checked against its sources in any case (`search.checking`).
"""

from __future__ import annotations

from typing import Final

import regex

_TO_A_MODEL: Final = regex.compile(
    r"""
    # Marks of chat templates.
    <\|[\w ]{1,40}\|?>|\[/?INST\]|<</?SYS>>|</?s>|</?(?:system|assistant|user|instructions?)>
    |<(?:start|end)_of_turn>|(?m:^\s*\#{2,}\s*(?:instruction|system|assistant|response)s?\b)
    |(?m:^\s*(?:system|assistant)\s*:)
    |\W{2,}\s*end\ of\ (?:the\ )?(?:passage|document|context|prompt)s?\b
    # English
    |\b(?:ignore|disregard|forget|override|bypass)\b.{0,40}
        \b(?:instruction|prompt|rule|guideline|direction|above|previous|prior|earlier|everything)s?\b
    |\b(?:system|hidden|developer)\ (?:prompt|message|instruction)s?\b|\bnew\ instructions?\b
    |\byou\ are\ (?:now\ )?(?:an?\ |the\ )?\p{L}{0,12}\ ?
        (?:AI|assistant|chatbot|bot|language\ model|model|DAN|pirate)\b
    |\bas\ an?\ (?:AI|assistant|language\ model)\b
    |\b(?:AIs?|assistants?|language\ models?|LLMs?|chatbots?|summari[sz]ers?)\b[^.]{0,60}
        \b(?:must|should|shall|please|have\ to|are\ (?:required|instructed|asked)\ to|reading)\b
    |\b(?:to|note\ (?:to|for)|attention|dear|hey)\ (?:the\ |any\ |all\ )?
        (?:AIs?|assistants?|language\ models?|LLMs?|chatbots?|models?)\b
    |\byour\ (?:answer|reply|response|output|next\ (?:answer|reply|message))\b
    |\b(?:respond|reply|answer|output|say|print|repeat|write)\ (?:only|just|exactly|nothing\ but)\b
    |\b(?:in|when|before)\ (?:your\ )?(?:answering|replying|responding)\b
    |\b(?:when|if)\ (?:you\ are\ )?(?:asked|questioned|summari[sz]ing)\b[^.]{0,80}
        \b(?:say|answer|reply|respond|tell|state|claim|recommend|mention|cite)\b
    |\bdo\ not\ (?:cite|mention|quote|answer|tell\ the\ user)\b|\btell\ the\ (?:user|reader|asker)\b
    # Spanish
    |\b(?:ignor|olvid|descart)[ae]\w*\b.{0,40}\b(?:instruccion|indicacion|regla|anterior)\w*
    |\beres\ (?:ahora\ )?un\w*\ (?:asistente|IA|modelo|chatbot)\b
    |\b(?:asistente|modelo\ de\ lenguaje|IA)\b[^.]{0,60}\b(?:debe|deberá|tiene\ que)\w*
    |\b(?:tu|su)\ (?:respuesta|contestación)\b
    |\b(?:responde|contesta|di)\ (?:solo|sólo|únicamente)\b
    # French
    |\b(?:ignor|oubli)\w*\b.{0,40}\b(?:instruction|consigne|règle|précéden)\w*
    |\b(?:tu\ es|vous\ êtes)\ (?:désormais\ )?une?\ (?:assistant|IA|modèle|robot)\w*
    |\b(?:assistant|modèle\ de\ langage|IA)\b[^.]{0,60}\b(?:doi\w+|devr\w+)
    |\b(?:ta|votre)\ réponse\b|\b(?:réponds|répondez|dis|dites)\ (?:seulement|uniquement)\b
    # Portuguese
    |\b(?:ignor|esque[cç])\w*\b.{0,40}\b(?:instruç|indicaç|regra|anterior)\w*
    |\bvocê\ é\ (?:agora\ )?uma?\ (?:assistente|IA|modelo|chatbot)\b
    |\b(?:assistente|modelo\ de\ linguagem|IA)\b[^.]{0,60}\b(?:deve|deverá|tem\ de|tem\ que)\w*
    |\b(?:sua|tua)\ resposta\b|\b(?:responda|responde|diga)\ (?:apenas|somente|só)\b
    # Russian
    |\b(?:игнорир|забуд|проигнорир|не\ обращай)\w*\b.{0,40}
        \b(?:инструкц|указани|правил|предыдущ|сказанн|выше)\w*
    |\bты\s*(?:теперь\s*)?[—–-]?\s*(?:теперь\s*)?(?:ассистент|помощник|ИИ|модель|бот)\b
    |\b(?:языков\w+\ модел\w+|ассистент\w*|ИИ)\b[^.]{0,60}\b(?:долж\w+|обязан\w*)
    |\b(?:твой|ваш)\ ответ\b|\b(?:отвечай|ответь|ответьте|напиши)\ (?:только|лишь)\b
    # Chinese
    |(?:忽略|无视|無視|忽視|忽视|忘记|忘記|不要理会|不要理會)[^。]{0,24}
        (?:指令|指示|提示|规则|規則|以上|之前|前面|上述)
    |你(?:现在|現在)?是(?:一个|一個|一名)?[^。]{0,8}(?:助手|AI|人工智能|机器人|機器人|模型)
    |(?:语言模型|語言模型|AI助手|人工智能助手|助手)[^。]{0,24}(?:必须|必須|应该|應該|应当|應當|请|請)
    |系统提示|系統提示|(?:你|您)的(?:回答|答复|答覆|回复|回覆)|(?:只|仅|僅)(?:回答|回复|回覆|输出|輸出)
    # Arabic
    |(?:تجاهل|انس|اهمل)\w*\b.{0,40}(?:التعليمات|تعليمات|الأوامر|أوامر|القواعد|السابق\w*|سبق|أعلاه)
    |أنت\ (?:الآن\ )?(?:مساعد|نموذج|روبوت)
    |(?:المساعد|نموذج\ اللغة|النموذج\ اللغوي)\b.{0,60}(?:يجب|عليه)
    |(?:إجابتك|جوابك|ردك)|(?:أجب|اكتب|قل)\ (?:فقط|حصرا|بـ)
    """,
    regex.IGNORECASE | regex.VERBOSE | regex.DOTALL,
)
_TEMPLATE_MARKS: Final = regex.compile(
    r"<\|?\s*/?[\w|/ ]{0,40}\|?>|\[/?INST\]|<</?SYS>>", regex.IGNORECASE
)
_CONTROLS: Final = regex.compile(
    "[\u200b-\u200f\u202a-\u202e\u2060-\u2069\U000e0000-\U000e007f\x00-\x08\x0b-\x1f\x7f-\x9f\ufeff]"
)


def speaks_to_a_model(text: str) -> bool:
    """Whether something in a text tells a language model what to do."""
    return bool(_TO_A_MODEL.search(_CONTROLS.sub("", text)))


def for_a_model(text: str) -> str:
    """Text as it may stand in a prompt: no marks of chat templates, nothing that cannot be seen."""
    return _TEMPLATE_MARKS.sub(" ", _CONTROLS.sub("", text))
