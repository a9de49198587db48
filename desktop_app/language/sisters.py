"""Kinds that exclude each other: of a ripened pu'er no raw one, of a celadon no white porcelain, of split leather no full grain."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from desktop_app.language import lexicon
from desktop_app.records import Finding, Product
from desktop_app.words import _

# What is named to be set apart, compared, or put beside the product, is not said of it.
_APART = re.compile(
    r"(?:不是|并非|而非|不像|不同于|有别于|区别于|不用|不放|不加|没加|没有|不含|不掺|没掺|未|无|非|不|别|像|好比|如同|堪比|比|仿|替代|代替|告别|除了|搭配?|配上?|泡|冲泡|煮|炒|拌|蘸|装|盛|插|放|兑|冲)"
    r"(?:了|着|过|的|一?[种款些点杯碗壶枝束])?$|(?:不是|并非|而非|没有|不像)[^，。；]{0,5}$"
)
_BEHIND = re.compile(
    r"(?:的)?(?:[都也就]?(?:用|放|上|进|碰|配|装|连)不[了得上]|不放|不含|不用|不加|不掺|没放|没有|没加|没掺|一概不"
    r"|都不|都没|(?:口|接口)?的(?:本子|电脑|手机|设备|笔记本|平板|充电器|线)|就算了|免了|除外|不适用|不行|不能|过敏"
    r"|爱好者)"
)
_WORD = re.compile(r"[A-Za-z0-9]")
_CHARGED = re.compile(r"\d\s?(?:mah|毫安)")  # a battery that is charged is not bought in a shop


@dataclass(frozen=True, slots=True)
class Sisters:
    """The kinds that one product's facts exclude: the words of each, and the kind the facts name."""

    others: tuple[tuple[str, str], ...] = ()
    counted: tuple[tuple[str, str, str], ...] = ()  # what is counted in a word: 点式, its numeral, and the word itself


def of(product: Product, text: str) -> Sisters:
    """Read off which kinds are excluded; ``text`` is everything the product carries, in small letters."""
    told = [product.title, *(f"{f.name} {f.value}" for f in product.facts)]
    told += [value for v in product.variants for _name, value in v.options]
    whole = " ".join(told).casefold()
    if _CHARGED.search(whole):
        whole += " 锂电池"
    found: dict[str, str] = {}
    for kinds in _rows():
        if not any(form in whole for kind in kinds for form in kind):
            continue
        named = [kind for kind in kinds if any(_named(form, whole) for form in kind)]
        if not named:
            continue
        for kind in kinds:
            if kind not in named and not any(_named(form, text) for form in kind):
                found |= {form: named[0][0] for form in kind if form not in found}
    return Sisters(tuple(sorted(found.items(), key=lambda item: -len(item[0]))), _counted(whole))


# What a numeral makes a kind of: 五点式, 三脚, 双肩, 六角; how many of them is the name of the kind.
_KIND_BY_NUMBER = re.compile(
    r"(?P<n>[一二两三四五六七八九十单双特]|\d{1,2})(?P<of>点式|点固定|叶(?=刀|桨|扇|片刀|的|，|。)|抽屉|门|驱|缸|股"
    r"|面煎|段式|折伞|开门|人座|座|排扣|拼|孔插|叉戟|角形|边形|瓣|爪|耳|轴|芯线|肩|头灯|合一|脚架|轮车"
    r"|级(?![别数一二三])|[蒸晒酿染窨焙](?![汽笼馏]))"
)
_NUMERALS = {
    "单": "一",
    "双": "二",
    "两": "二",
    **{str(n): c for n, c in enumerate("零一二三四五六七八九")},
    "10": "十",
}


def _counted(whole: str) -> tuple[tuple[str, str, str], ...]:
    found: dict[str, set[str]] = {}
    words: dict[str, str] = {}
    for match in _KIND_BY_NUMBER.finditer(whole):
        found.setdefault(match["of"], set()).add(_NUMERALS.get(match["n"], match["n"]))
        words[match["of"]] = match[0]
    return tuple((of_, next(iter(ns)), words[of_]) for of_, ns in found.items() if len(ns) == 1)


def _named(form: str, text: str) -> bool:
    """Tell whether ``text`` names a kind; 304 is no part of 1304, AA none of AAA."""
    at = text.find(form)
    while at >= 0:
        end = at + len(form)
        before, after = text[at - 1 : at] if at else "", text[end : end + 1]
        if not (_WORD.match(form[0]) and _WORD.match(before)) and not (_WORD.match(form[-1]) and _WORD.match(after)):
            return True
        at = text.find(form, at + 1)
    return False


_AMOUNT = re.compile(r"\s*(?:[.,]?\d|(?:mm|cm|m|g|kg|ml|l|w|v|k|mah)\b|[克千公毫厘米升斤个件只片粒张页元天年瓦伏])")


def of_sentence(sentence: str, sisters: Sisters) -> list[Finding]:
    """Return where ``sentence`` names a kind that the facts exclude; spans in code points of it."""
    if not (sisters.others or sisters.counted):
        return []
    low = sentence.casefold()
    if len(low) != len(sentence):
        return []
    found = _other_count(sentence, sisters)
    for form, kind in sisters.others:
        if form not in low or not _named(form, low):
            continue
        start = low.index(form)
        end = start + len(form)
        if any(f.start < end and start < f.end for f in found) or (form.isdigit() and _AMOUNT.match(low, end)):
            continue  # 420克 is no steel
        if _APART.search(sentence[:start]) or _BEHIND.match(sentence, end):
            continue
        why = _("The facts say “{known}”, which is not “{text}”.", known=kind, text=sentence[start:end])
        found.append(Finding(start, end, sentence[start:end], "contradiction", why))
    return found


def _other_count(sentence: str, sisters: Sisters) -> list[Finding]:
    found = []
    for match in _KIND_BY_NUMBER.finditer(sentence):
        for kind, number, word in sisters.counted:
            other = match["of"] == kind and _NUMERALS.get(match["n"], match["n"]) != number
            if other and not _APART.search(sentence[: match.start()]):
                why = _("The facts say “{known}”, which is not “{text}”.", known=word, text=match[0])
                found.append(Finding(match.start(), match.end(), match[0], "contradiction", why))
    return found


@cache
def _rows() -> tuple[tuple[tuple[str, ...], ...], ...]:
    return tuple(_kinds(row["kinds"].split("|")) for row in lexicon.rows("sisters"))


def _kinds(several: Iterable[str]) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(form.casefold() for form in kind.split()) for kind in several if kind.strip())
