"""What a label may be met as in a sentence, where a sentence mentions it, and the stretch that says one thing."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from desktop_app.language import inflections, lexicon, units, vocabulary

_HAN = re.compile(r"[\u4e00-\u9fff]")
SEGMENT = re.compile(
    r"[,;:!?，；：。、！？()（）—–]|\.(?!\d)|\b(?:and|but|with|while|plus|whereas|though)\b|而(?!且)|但|再加|加上", re.I
)
_WORD = re.compile(r"[A-Za-zÀ-ÖØ-öø-ɏ]+(?:-[A-Za-zÀ-ÖØ-öø-ɏ]+)*")
# Words of a fact that tell a measure and not what is measured.
_MEASURE_WORDS = lexicon.words(
    "length width height depth thickness diameter weight size sizes volume capacity time net total number of per the a an and or "
    "in on at to up for approx about around ca incl including excl dimension dimensions each min max maximum minimum level "
    "amount material materials colour color finish care measure measurement overall item product type value by x is are no yes not included from with outer inner"
)
_MEASURE_HAN = re.compile(
    r"以内|以上|以下|之内|左右|不超过|[每约共的和及与含个只件枚度第]|长度|宽度|高度|厚度|深度|直径|内径|外径|口径"
    r"|重量|净重|尺寸|规格|容量|净含量|含量|材质|材料|面料|颜色|数量|时间|时长|最大|最小|最长|最高|大小"
    r"|[长宽高厚深重](?=\s|$)|整机|整体|全长|^总"
)


_WHOLE = re.compile(r"整机|整体|整个|全机|全套|整套")


@lru_cache(maxsize=4096)
def tokens(text: str, *, measures: bool = True, heads: bool = False) -> frozenset[str]:
    """Return what a label may be met as: forms of its English words, pairs of its Han letters, and what its nouns are called.

    With ``heads`` a noun within a longer Chinese word is none of them.
    """
    found: set[str] = set()
    for word in _WORD.findall(text):
        if re.fullmatch(r"[A-Z]{1,3}", word):
            found.add(word)
        elif word.casefold() not in _MEASURE_WORDS or (measures and word.casefold() in {"max", "min"}):
            known = len(word) > 2 and not units.find(word)
            found |= (inflections.forms(word) if "-" not in word else {word.casefold()}) if known else set()
    for run in re.findall(r"[\u4e00-\u9fff]+", text):
        run = _WHOLE.sub(" ", run)
        bare = _MEASURE_HAN.sub(" ", re.sub(r"^[单每各全整](?=[\u4e00-\u9fff])", "", run))
        for part in bare.split():
            found |= {part[i : i + 2] for i in range(len(part) - 1)} if len(part) > 1 else {part}
    for start, end, _first in vocabulary.scan(text):
        if heads and _HAN.match(text[start]) and _HAN.match(text[end : end + 1]):
            continue  # the pot of 锅柄, which is a handle
        for term in (t for t in vocabulary.readings(text[start:end]) if t.kind == "noun"):
            found |= {w for e in (*term.en, term.plural) for w in e.casefold().split()[-1:] if len(w) > 2}
            found |= set(term.zh)
    return frozenset(found | {t[-1] for t in found if t in _SHORT})


_SHORT = frozenset("亚麻 苎麻".split())  # 麻 of 三成麻


def segment(sentence: str, start: int, end: int) -> str:
    """Return the stretch of ``sentence`` about ``start`` to ``end`` that says one thing."""
    cuts = [0, *(m.end() for m in SEGMENT.finditer(sentence)), len(sentence)]
    first = max(c for c in cuts if c <= start)
    return sentence[first : max(min((c for c in cuts if c > start), default=len(sentence)), end)]


def says(text: str, wanted: frozenset[str]) -> bool:
    """Tell whether ``text`` names one of ``wanted`` (tokens)."""
    return bool(wanted & _said(text)) or any(t in text for t in wanted if _HAN.match(t))


def places(text: str, wanted: frozenset[str]) -> list[tuple[int, int]]:
    """Return where ``text`` names one of ``wanted``; spans in code points."""
    found = [m.span() for m in _WORD.finditer(text) if m[0].casefold() in wanted or inflections.forms(m[0]) & wanted]
    return found + [(at, at + len(t)) for t in wanted if _HAN.match(t) and t in text for at in _all_of(text, t)]


def _all_of(text: str, part: str) -> Iterable[int]:
    at = text.find(part)
    while at >= 0:
        yield at
        at = text.find(part, at + len(part))


@lru_cache(maxsize=512)
def _said(text: str) -> frozenset[str]:
    found: set[str] = set()
    for word in _WORD.findall(text):
        found |= {word} if re.fullmatch(r"[A-Z]{1,3}", word) else {word.casefold(), *inflections.forms(word)}
        if "-" in word:
            found |= {form for w in word.split("-") for form in inflections.forms(w)}
    return frozenset(found)
