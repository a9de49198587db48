"""Clauses that paint a scene: they ask the reader something, or speak of anybody and anything but the product."""

from __future__ import annotations

import re
from functools import cache

from desktop_app import paths
from desktop_app.language import lexicon

_WORD = re.compile(r"[a-zà-öø-ɏ]+(?:['’][a-z]+)?", re.I)
_SEGMENT = re.compile(r"[^,;:.!?—–()，。；！？：]+")
_ABOUT_IT = re.compile(r"(?i)\b(?:it|its|itself|they|them|their|this|these|those|each|both|one|ones|we|our|us|ours)\b")
_READER = re.compile(
    r"(?i)\b(?:you|your|yours|yourself|nobody|somebody|someone|friends?|family|guests?|neighbou?rs?|mother|father|mum|dad|sister|brother|he|she|his|her|who|everybody|grandma|grandpa|husband|wife|colleagues?)\b"
)
_LIST_SCENE = 4  # words of a sentence that only names things of the day: "Tube, tram or hammock: one more chapter."


def of(sentence: str, carried: frozenset[str]) -> tuple[tuple[int, int], ...]:
    """Return the stretches of an English sentence that paint a scene; ``carried`` are the words the facts carry."""
    found = []
    all_words = _WORD.findall(sentence.casefold())
    whole = (
        len(all_words) >= _LIST_SCENE
        and len(_SEGMENT.findall(sentence)) > 2
        and not _ABOUT_IT.search(sentence)
        and not any(w in carried for w in all_words)
    )
    for m in _SEGMENT.finditer(sentence):
        text = m[0]
        several = _WORD.findall(text.casefold())
        if not several:
            continue
        asks = several[0] in verbs() or (several[0] in {"then", "now", "just", "please"} and len(several) > 1)
        apart = not _ABOUT_IT.search(text) and not any(w in carried for w in several)
        if (
            asks
            or whole
            or (apart and (_READER.search(text) or _MOMENT.search(text) or sentence[m.end() : m.end() + 1] == "?"))
        ):
            found.append(m.span())
    return tuple(found)


# Times, places and turns of a day: a clause without any of them, or a reader in it, is about the product.
_MOMENT = re.compile(
    r"(?i)\b(?:when|while|if|after|before|until|till|whenever|once|mornings?|evenings?|nights?|afternoons?|(?:sun|mon|tues|wednes|thurs|fri|satur)days?"
    r"|weekends?|summers?|winters?|autumns?|today|tonight|tomorrow|yesterday|days?|weeks?|breakfast|lunch|dinner|supper|then|later|somewhere|sometimes|everywhere"
    r"|home|kitchen|garden|school|office|sofa|table|rain|snow|sun|already|yet|again)\b"
)


_HAN_ABOUT = re.compile(
    r"它|本品|本款|这款|这件|这只|此款|材质|质地|手感|外观|造型|做工|工艺|品质|颜值|触感|口感|色泽|光泽|质感|外形|设计"
)
_HAN_SCENE = re.compile(
    r"[你您他她谁人妈爸爷奶孩娃猫狗友朋客]|早上|中午|晚上|今晚|夜里|周[一二三四五六日末]|下班|上班|放学|上学|的时候"
    r"|那天|那晚|今天|明天|昨天|过年|天黑|天亮|白天|一边|随手|记得|先|再|请|谁也|客厅|厨房|窗|路上|回家|出门|睡|吃"
    r"|喝|[写读看听想走跑坐站跳唱抱吸呼]"
)


def of_han(sentence: str) -> tuple[tuple[int, int], ...]:
    """Return the stretches of a Chinese sentence that paint a scene."""
    return tuple(
        m.span() for m in _SEGMENT.finditer(sentence) if _HAN_SCENE.search(m[0]) and not _HAN_ABOUT.search(m[0])
    )


@cache
def verbs() -> frozenset[str]:
    """Return the base forms that begin a request: those under the heading of verbs."""
    text = (paths.assets() / "language" / "everyday.en.txt").read_text("utf-8")
    block = text.split("# verbs\n", 1)[1].split("#", 1)[0]
    return frozenset(block.split()) - lexicon.words(
        "rose found felt left leaves born saw left made ate drew fell flew grew knew came broke fed met read sold lit well like fast can may will light open close clean clear dry empty free kind mean warm cool calm slow"
    )
