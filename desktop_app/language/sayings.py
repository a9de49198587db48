"""Single values of facts in words of either language: translated where the lists know them, else kept or refused."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Literal

from desktop_app.language import facts, lexicon, quantities, units
from desktop_app.language.lexicon import Term
from desktop_app.language.subjects import lowered_word
from desktop_app.records import Fact

Grammar = Literal["is", "has", "does", "for", "raw"]
_HAN = re.compile(r"[\u4e00-\u9fff]")
_PERCENT = re.compile(r"^(\d+(?:[.,]\d+)?\s*[%％])\s*(\D.*)$")
_PERCENT_LAST = re.compile(r"^(\D.*?)\s*(\d+(?:[.,]\d+)?\s*[%％])$")
_ADJECTIVE = re.compile(
    r"(?i)^(?:[\w-]+-)?[\w-]*(?:able|ible|proof|resistant|repellent|free|safe|less|shaped|style|sized|friendly|coated|lined|painted|dyed"
    r"|stitched|woven|sewn|made|blown|forged|thrown|poured|glazed|finished|shrunk|washed|treated|walled|sided|handled|edged|fitting)$"
)
_VERBS = lexicon.words(
    "folds keeps fits holds stays comes opens doubles closes converts hangs rolls packs stands works "
    "stores dries rinses pours turns locks clips slides stacks absorbs blocks cleans washes lies nests "
    "charges connects attaches"
)
_SOLID = {
    "solid": "实心",
    "pure": "纯",
    "natural": "天然",
    "recycled": "再生",
    "white": "白",
    "black": "黑",
    "long": "长",
    "short": "短",
    "large": "大",
    "small": "小",
    "wide": "宽",
    "hidden": "隐形",
    "concealed": "隐形",
    "inner": "内",
    "outer": "外",
    "thick": "厚",
    "thin": "薄",
    "double": "双",
    "side": "侧",
    "front": "前",
    "back": "后",
    "deep": "深",
    "inside": "内",
    "extra": "备用",
    "spare": "备用",
    "metal": "金属",
}
_SMALL_ZH = {n: w for w, n in zip("零一两三四五六七八九十", range(11), strict=True)}
_SMALL_EN = list(quantities.WORDS)[:13]


@dataclass(frozen=True, slots=True)
class Saying:
    """A value in words and its tie to the product: it "is" so, "has" it, "does" it, is "for" it, or just stands."""

    text: str
    grammar: Grammar = "raw"
    plural: bool = False


def has_han(text: str) -> bool:
    """Tell whether a text holds Chinese characters."""
    return bool(_HAN.search(text))


def word(item: str, language: str, *kinds: str) -> str | None:
    """Return ``item`` in ``language``: the merchant's own word where it is one, else its translation, else None."""
    text = item.strip()
    for found, order in ((_PERCENT.match(text), 1), (_PERCENT_LAST.match(text), 2)):
        if found:
            share, rest = (found[1], found[2]) if order == 1 else (found[2], found[1])
            said, share = word(rest, language, *kinds), re.sub(r"\s", "", share)
            return None if said is None else f"{share}{said}" if language == "zh" else f"{share} {said}"
    term = lexicon.find(text, *kinds)
    if language == "zh":
        return _chinese(text, term)
    return _english(text, term)


def lowered(text: str) -> str:
    """Return a value in lower case but for the words whose capitals mean something."""
    return text if len(text) == 1 else " ".join(lowered_word(w) for w in text.split())


def known(item: str, *kinds: str) -> Term | None:
    """Return the term of a value, or of its last words ("solid white oak" → oak)."""
    text = re.sub(r"^\d+(?:[.,]\d+)?\s*[%％]\s*", "", item.strip())
    if term := lexicon.find(text, *kinds):
        return term
    words = text.split()
    for start in range(1, len(words)):
        if term := lexicon.find(" ".join(words[start:]), *kinds):
            return term
    return None


def role_of(fact: Fact) -> str:
    """Return the role of a fact by which it is said: what a sock's 成分 lists is no food's ingredients but its stuffs."""
    role = facts.role_of(fact)
    if role == "ingredients" and all(
        re.search(r"[%％]", i) and known(_STUFF.sub("", i), "material") for i in facts.items(fact)
    ):
        return "material"
    return role


_STUFF = re.compile(r"[\d.,]+\s*[%％]|\s+$")


def amount(text: str, language: str) -> str | None:
    """Return a quantity as it is written in ``language``; None where something in it stays untranslated."""
    said = _decimals(_known_units(text.strip(), language))
    if language == "zh":
        return said if not re.search(r"[A-Za-z]{4,}", said) or units.dimension_of(said) else None
    if has_han(said):
        for form, unit in sorted(units.forms().items(), key=lambda f: -len(f[0])):
            if has_han(form):
                said = re.sub(rf"(?<=[\d½¼¾])\s*{re.escape(form)}", f" {unit.en}", said)
        for han, latin in (
            ("约", "about "),
            ("左右", ""),
            ("长", "L "),
            ("宽", "W "),
            ("高", "H "),
            ("至", "–"),
            ("到", "–"),
        ):
            said = said.replace(han, latin)
        said = re.sub(r"\s*[件个只片张枚支]$", "", said)
    said = re.sub(r"(?<=\d)(?=(?:cm|mm|m|kg|g|ml|l|L|oz|lbs?|ft)(?![A-Za-z]))", " ", said)  # 30 cm
    return None if has_han(said) else re.sub(r"\s+", " ", said).strip()


def _decimals(text: str) -> str:
    return re.sub(r"(?<![\d.,])(\d+),(\d{1,2})(?![\d,])", r"\1.\2", text)


@cache
def _foreign_units() -> re.Pattern[str] | None:
    """Return a pattern of the units written in neither Latin nor Chinese letters (см, سم), the longest first."""
    several = [f for f in units.forms() if re.search(r"[\u0370-\u1cff\u3040-\u30ff\uac00-\ud7af]", f)]
    several.sort(key=len, reverse=True)
    return (
        re.compile(rf"(?<=[\d½¼¾])\s*(?:{'|'.join(map(re.escape, several))})(?![^\W\d_])\.?", re.I) if several else None
    )


def _known_units(text: str, language: str) -> str:
    """Write the units of other alphabets as ``language`` does: 42 см is 42 cm, 42厘米."""
    pattern = _foreign_units()

    def said(match: re.Match[str]) -> str:
        unit = units.find(match[0].strip())
        return match[0] if unit is None else unit.zh if language == "zh" else f" {unit.en}"

    return pattern.sub(said, text) if pattern else text


def feature(item: str, language: str, *, things: bool = False) -> Saying | None:
    """Return a feature with its grammar; None where it cannot be said in ``language``.

    A product "has" only what is a part of things ("two pockets"); with ``things`` any noun is had ("a kettle").
    """
    text = item.strip(" .。")
    if language == "zh":
        return _feature_zh(text)
    if has_han(text):
        return _feature_from_han(text)
    if term := lexicon.find(text, "feature"):
        mine = next((e for e in term.en if lexicon.key(e) == lexicon.key(text)), term.en[0])
        return Saying(mine, "is")
    words = text.split()
    first = words[0].casefold() if words else ""
    if first in _VERBS and len(words) > 1:
        return Saying(lowered_word(words[0]) + text[len(words[0]) :], "does")
    if first in {"with", "for"} and 1 < len(words) < 9:
        return Saying(lowered(" ".join(words[1:])), "has" if first == "with" else "for", True)
    main = re.split(r"\s(?:with|of|on|at|for|in|from|and|incl\.?)\s", text)[
        0
    ]  # "two-way zip with press studs" is a zip
    noun = known(main, "noun") if first not in {"no", "not", "without"} and len(words) <= 6 else None
    counted = words[0].casefold() in quantities.WORDS if words else False
    if noun and (things or counted or "part" in noun.marks):
        return _noun_phrase(text, noun, len(main.split()))
    if len(words) == 2 and re.fullmatch(
        r"(?i)resistant|proof|repellent|free|safe|friendly|wicking|certified", words[1]
    ):
        return Saying(lowered(text), "is")  # "odour resistant"
    if len(words) == 1 and (_ADJECTIVE.match(text) or re.fullmatch(r"(?i)(?:[a-z]+-)?[a-z]{3,}ed", text)):
        return Saying(lowered(text), "is")
    return Saying(text, "raw")


def _noun_phrase(text: str, noun: Term, main: int) -> Saying:
    words = [w if re.search(r"\d", w) else lowered_word(w) for w in text.split()]
    if words[0] == "1" and words[-1] == noun.plural.replace("+", f"{noun.en[0]}s"):
        words[-1] = noun.en[0]
    said = " ".join(words)
    ending = lexicon.key(words[main - 1])
    forms = {lexicon.key(f).split()[-1] for f in noun.en}
    counted = words[0].casefold() in quantities.WORDS or bool(re.match(r"\d", words[0]))
    bare = counted or noun.plural in {"=", "-"} or ending not in forms or words[0].casefold() in {"a", "an", "the"}
    return Saying(said, "has", bare)


def number_word(count: int, language: str) -> str:
    """Return a small number as a word, a larger one in digits."""
    if language == "zh":
        return _SMALL_ZH.get(count, str(count)) if count <= 10 else str(count)
    return _SMALL_EN[count] if 0 <= count < len(_SMALL_EN) else str(count)


# --- English from anything --------------------------------------------------------------------------------------------


def _english(text: str, term: Term | None) -> str | None:
    if term:
        mine = next((e for e in term.en if lexicon.key(e) == lexicon.key(text)), "")
        if not mine or term.kind in {"use", "origin"}:
            return term.en[0]
        if not mine[:1].isupper():
            return lowered(text)
        return re.sub(
            r"(?<=[a-z]) ([A-Z])(?=[a-z]+\b)", lambda m: f" {m[1].lower()}", text
        )  # "Cocona® performance Fabric"
    if has_han(text):
        pieces = segmented(text)
        if pieces and sum(p.kind == "material" for p in pieces) > 1:
            return None  # two materials in one word are a blend with a name of its own
        return " ".join(p.en[0] for p in reversed_places(pieces)) if pieces else None
    return lowered(text)


def segmented(text: str, *kinds: str) -> list[Term] | None:
    """Return the terms a Chinese value is put together from; None if anything is left over."""
    key, found, at = lexicon.key(text), [], 0
    while at < len(key):
        if key[at] in " 的、，,/":
            at += 1
            continue
        hit = lexicon.longest(key, at, *(kinds or ("colour", "material", "feature", "noun")))
        if hit is None:
            return None
        at, term = hit
        found.append(term)
    return found or None


def reversed_places(pieces: list[Term]) -> list[Term]:
    """Return modifiers before nouns, as English wants them: properties, colour, material, noun."""
    order = {"feature": 0, "colour": 1, "material": 2, "noun": 3}
    return sorted(pieces, key=lambda t: order.get(t.kind, 1))


def _feature_from_han(text: str) -> Saying | None:
    text = re.sub(r"^(?:带|配|配有|带有|设有|有|含|附)(?=.)", "", text)
    if term := lexicon.find(text, "feature"):
        return Saying(term.en[0], "is")
    count, rest = _counted_han(text)
    if noun := lexicon.find(rest, "noun"):
        if count is not None:
            many = noun.plural if noun.plural not in {"=", "-"} else noun.en[0]
            return Saying(f"{number_word(count, 'en')} {many if count != 1 else noun.en[0]}", "has", True)
        if "many" in noun.marks:
            return Saying(noun.plural, "has", True)
        return Saying(noun.en[0], "has", noun.plural in {"=", "-"})
    pieces = segmented(rest, "feature", "colour", "material", "noun")
    if pieces and pieces[-1].kind == "noun":
        said = " ".join(t.en[0] for t in reversed_places(pieces))
        return Saying(said, "has", pieces[-1].plural in {"=", "-"})
    return None


def _counted_han(text: str) -> tuple[int | None, str]:
    found = re.match(rf"([一二两三四五六七八九十]|\d+)\s*[{quantities.MEASURES}]", text)
    if not found or found.end() >= len(text):
        return None, text
    value = next((n for n, w in _SMALL_ZH.items() if w == found[1]), None)
    if found[1] == "二":
        value = 2
    return int(found[1]) if found[1].isdigit() else value, text[found.end() :]


# --- Chinese from anything --------------------------------------------------------------------------------------------


@cache
def _english_term(word_of: str) -> bool:
    """Tell whether a word is an English one of the lists: "gris perle" is not grey and a pearl."""
    low = word_of.casefold()
    if low in _SOLID or not low.isalpha():
        return True
    return any(low in lexicon.key(e).split() for k in ("colour", "feature", "material", "noun") for t in lexicon.terms(k) for e in (*t.en, t.plural))  # fmt: skip


def _chinese(text: str, term: Term | None) -> str | None:
    if has_han(text):
        return text
    if re.fullmatch(r"[A-Z][\w-]*[®™]|[A-Z]{2,4}", text):
        return text  # a trade name has no translation: Lycra® is one spandex of several; PP and ABS are printed so
    if term and term.zh:
        return term.zh[0]
    words = text.split()
    if len(words) > 1 and words[0].isdigit() and (known_term := lexicon.find(" ".join(words[1:]), "material")):
        return words[0] + known_term.zh[0]  # "925 sterling silver"
    for start in range(1, len(words)) if all(map(_english_term, words)) else ():  # "solid white oak": all known words
        head = lexicon.find(" ".join(words[start:]), "material", "noun", "colour")
        before = [_SOLID.get(w.casefold()) or word(w, "zh", "colour", "feature", "material") for w in words[:start]]
        if head and head.zh and all(before):
            return "".join(w for w in before if w) + head.zh[0]
    return None


# "可拆卸帽子" is had, not what a raincoat is; so is a "导水槽" that no list knows.
_WITH_PART = re.compile(
    r"(?:可拆卸?|可调节?|可折叠|防滑|防水|防尘|加厚|双层|隐形)的?[\u4e00-\u9fff]{0,3}(?:帽子?|帽檐|肩带|背带|腰带|内胆|领|袖|[槽垫盖袋扣环圈架夹钩柄轮网链层])"
    r"|[\u4e00-\u9fff]{1,4}(?:[槽垫孔盖袋扣环圈架夹钩柄轮网袢链仓]|夹层)"
)


def _feature_zh(text: str) -> Saying | None:
    if has_han(text):
        if found := re.match(r"(?:带|配有|带有|设有|配|附)(?=.)", text):
            return Saying(text[found.end() :], "has")
        if not lexicon.find(text, "feature") and lexicon.find(text, "noun"):
            return Saying(text, "has")
        if _WITH_PART.fullmatch(text):
            return Saying(text, "has")
        if lexicon.find(text, "feature") or re.match(r"(可|不|防|耐|易|能|免|已|手工|双层|加)", text):
            return Saying(text, "is")
        noun = next((t for n in range(len(text)) if (t := lexicon.find(text[n:], "noun"))), None)
        return Saying(text, "has" if noun else "raw")
    if term := lexicon.find(text, "feature"):
        return Saying(term.zh[0], "is")
    words = text.split()
    if term := lexicon.find(text, "noun"):
        return Saying(term.zh[0], "has")
    if len(words) > 1:
        count = quantities.WORDS.get(words[0].casefold(), int(words[0]) if words[0].isdigit() else None)
        thing = " ".join(words[1:])
        noun = known(thing, "noun")
        said = _chinese(thing, lexicon.find(thing, "noun"))
        if count is not None and noun and said:
            number = words[0] if words[0].isdigit() else number_word(count, "zh")
            return Saying(f"{number}{noun.measure}{said}", "has")
        if said := _chinese(text, None):
            return Saying(said, "has")
    return None
