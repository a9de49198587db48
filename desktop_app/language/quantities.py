"""Numbers in a text: digits, fractions, number words and Chinese numerals, with their units and what they count."""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction
from functools import cache, lru_cache

from desktop_app.language import compounds, lexicon, nearness, shares, units

_FRACTIONS = {
    "½": (1, 2),
    "¼": (1, 4),
    "¾": (3, 4),
    "⅓": (1, 3),
    "⅔": (2, 3),
    "⅛": (1, 8),
    "⅜": (3, 8),
    "⅝": (5, 8),
    "⅞": (7, 8),
}
_ONES = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen"
)
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
WORDS = {w: n for n, w in enumerate(_ONES.split())} | {w: 20 + 10 * n for n, w in enumerate(_TENS.split())}
WORDS |= {"dozen": 12, "hundred": 100, "thousand": 1000}
_HAN_DIGITS = {c: n for n, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_HAN_SCALES = {"十": 10, "百": 100, "千": 1000, "万": 10000}
MEASURES = "个件只条双支本盒套片张块瓶袋把口颗根枚顶台副包卷幅盏组层种款色档格页道粒枝株束杯碗罐桶箱筒对方位人份节扇"
_VAGUE_UNITS = lexicon.words("分 度 日 月 码 寸")  # after a Chinese numeral these are mostly idioms (十分, 一度)

_NOT_INCHES = "an?|the|one|two|total|all|each|every|this|that|stock|our|your|any|different|various|between|front|addition|turn|its?|their|them|his|her|use|place|half|good|black|white|red|blue|green|yellow|gr[ea]y|brown|pink|orange|purple|silver|gold|colou?rs?"  # "5 in a box"
_PLAIN = r"(?:\d{1,3}(?:[,.'’\u00a0\u202f]\d{3})+(?:[.,]\d+)?|\d+(?:[.,]\d+)?)"
_NUMBER = rf"(?:\d+\s?/\s?\d+|{_PLAIN}(?:\s?[½¼¾⅓⅔⅛⅜⅝⅞]|\s\d/\d{{1,2}}(?!\d))?|[½¼¾⅓⅔⅛⅜⅝⅞])"
_CURRENCY = r"(?:US\$|[$€£¥￥]|(?:USD|EUR|GBP|CNY|RMB)(?![A-Za-z]))"
_CURRENCY_AFTER = r"(?:[€$]|元|块钱|(?:USD|EUR|GBP|CNY|RMB|dollars?|euros?|yuan|pounds sterling)(?![A-Za-z]))"


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number in a text: where, which values it can mean, its unit, and the words after it (what is counted)."""

    start: int
    end: int
    text: str
    values: tuple[Fraction, ...]
    decimals: int = 0
    unit: units.Unit | None = None
    money: bool = False
    nouns: tuple[str, ...] = ()
    code: bool = False  # letters and digits in one word: a model number, a size such as 2XL
    bound: str = ""  # "under" ("just under 2 cm"), "over", "about": how near the value has to be
    water: bool = False  # an amount of water: 450 ml of it are 450 g
    shared: str = ""  # "each" of several, "all" together (see compounds); "sum": multiplied by us, of all of them
    pieces: bool = False  # "a set of six": counts nothing but pieces
    square: bool = False  # a weight said of a square metre
    measure: str = ""  # the Chinese measure word after a bare number
    edge: bool = False  # "from 60 cm", "up to 60 cm": the end of a range, not an amount within one


def scan(text: str) -> list[Quantity]:
    """Return every quantity of ``text`` in order; sizes such as 38 × 25 cm give one a number, sharing the unit."""
    return list(_scanned(text))


@lru_cache(maxsize=1024)  # a sentence is looked through by several of the rules that hold it against the facts
def _scanned(text: str) -> tuple[Quantity, ...]:
    found = [*_digits(text), *_words(text), *_pairs(text)]
    if re.search(r"[\u4e00-\u9fff]", text):
        found += _numerals(text)
    round_about = [
        Quantity(a, b, text[a:b], (v,), 0, u, False, _nouns_after(text, b)) for a, b, v, u in shares.scan(text)
    ]
    if round_about:
        found = [q for q in found if not any(r.start < q.end and q.start < r.end for r in round_about)] + round_about
    ordered = _shared_units(text, sorted(found, key=lambda q: q.start))
    return tuple(nearness.with_bound(text, q, MEASURES) for q in compounds.joined(text, ordered) if not _clock(text, q))


_O_CLOCK = re.compile(
    r"(?i)\s*(?:o['’]clock|[ap]\.?m\b\.?|点钟?(?![一-龥]*[色阵])|人(?:位)?(?:沙发|桌|床|间|宿舍|帐篷))"
)


def _clock(text: str, quantity: Quantity) -> bool:
    """A time of day, the idiom of no two alike and the name of a kind (三人沙发) count nothing."""
    if quantity.unit or quantity.money or quantity.code:
        return False
    return bool(_O_CLOCK.match(text, quantity.end)) or text[max(0, quantity.start - 2) : quantity.end] == "没有两"


_PAIR = re.compile(
    r"(?i)\b(?:sold|comes?|supplied|packed|bought|delivered) (?:only )?(?:as|in) (?:an? )?(?P<en>pairs?)\b|(?:卖|买|发|是)?(?P<zh>一[对双])(?=装|卖|出售|发|起售|起卖|起发)"
)


def _pairs(text: str) -> list[Quantity]:
    """ "Sold as a pair" says two of them."""
    found = []
    for match in _PAIR.finditer(text):
        start, end = match.span("en" if match["en"] else "zh")
        found.append(Quantity(start, end, text[start:end], (Fraction(2),), pieces=True))
    return found


def stem(word: str) -> str:
    """Return a word as it is compared: lower case, a plural's ending gone."""
    low = word.casefold()
    if low.endswith("ies") and len(low) > 4:
        return low[:-3] + "y"
    if low.endswith(("sses", "xes", "ches", "shes", "zzes")):
        return low[:-2]
    return low[:-1] if low.endswith("s") and not low.endswith("ss") and len(low) > 3 else low


# --- digits -----------------------------------------------------------------------------------------------------------


@cache
def _pattern() -> re.Pattern[str]:
    unit = units.pattern()
    return re.compile(
        rf"(?P<code>[A-Za-z]+(?:-|(?<=[A-Z])/)?\d[A-Za-z0-9\-]*|\d+(?![A-Za-z]{{0,3}}x\d)[A-Za-z]{{1,4}}\d[A-Za-z0-9\-]*)"
        rf"|(?P<before>{_CURRENCY})?\s?(?P<number>{_NUMBER})"
        rf"(?:(?P<after>\s?{_CURRENCY_AFTER})|(?P<unit>\s?-?\s?{unit})|(?P<glued>[A-Za-z]{{1,12}}))?",
        re.I,
    )


_JOINS = re.compile(
    r"\s*(?:[x×*✕–—~～至到/+乘-]|by|to|up to|and|against|versus|or|或|bis)\s*(?:[LWHDØ长宽高深厚]\s*)?$", re.I
)


def _digits(text: str) -> list[Quantity]:
    found: list[Quantity] = []
    for match in _pattern().finditer(text):
        if (
            match["code"]
            and (share := re.fullmatch(r"[A-Za-z]{3,}/(\d+)", match["code"]))
            and text[match.end() :][:1] in {"%", "％"}
        ):
            start, end = match.start() + share.start(1), match.end() + 1  # "nylon/4% spandex"
            found.append(Quantity(start, end, text[start:end], (Fraction(share[1]),), 0, units.find("%")))
            continue
        if match["code"]:
            found.append(Quantity(match.start(), match.end(), match[0], (), code=True))
            continue
        start = match.start("before") if match["before"] else match.start("number")
        glued = match["glued"] or ""
        if glued.casefold() in {"x", "by"} or (
            glued and glued[0] in "xX" and text[match.end() : match.end() + 1].isdigit()
        ):
            glued = ""
        if glued and not re.fullmatch(r"st|nd|rd|th", glued, re.I):
            word = re.match(r"[A-Za-z0-9\-]*", text[match.end() :])
            end = match.end() + (word.end() if word else 0)
            found.append(Quantity(start, end, text[start:end], (), code=True))
            continue
        if glued:
            continue  # 1st, 2nd: an order, not an amount
        unit = units.find(re.sub(r"^[\s-]+", "", match["unit"])) if match["unit"] else None
        if unit and match["unit"].strip() == "两" and text[match.end() : match.end() + 1] in MEASURES:
            unit = None  # 14和15两个型号
        if (
            unit
            and re.fullmatch(r"\s+in", match["unit"])
            and re.match(rf"\s+(?:(?:{_NOT_INCHES})\b|\d)", text[match.end() :])
        ):
            unit = None  # "comes 5 in a box"
        money = bool(match["before"] or match["after"])
        end = match.end() if unit or money else match.end("number")
        values, decimals = parse(match["number"])
        nouns = () if unit or money else _nouns_after(text, end)
        found.append(Quantity(start, end, text[start:end], values, decimals, unit, money, nouns))
    return _shared_units(text, found)


def _shared_units(text: str, found: list[Quantity]) -> list[Quantity]:
    """Give "38" in "38 × 25 cm" and "3" in "3–6 years" the unit of what follows."""
    out = list(found)
    for n in range(len(out) - 2, -1, -1):
        this, following = out[n], out[n + 1]
        if this.unit is None and not this.money and not this.code and not following.code:
            between = text[this.end : following.start]
            if _JOINS.fullmatch(between) and (following.unit or following.money):
                out[n] = Quantity(
                    this.start, this.end, this.text, this.values, this.decimals, following.unit, following.money
                )
    return out


def parse(number: str) -> tuple[tuple[Fraction, ...], int]:
    """Return what a number in digits can mean (1.200 is 1.2 or 1200) and how many decimals it shows."""
    text = number.strip()
    extra = Fraction(0)
    if found := re.search(r"[½¼¾⅓⅔⅛⅜⅝⅞]$", text):
        extra = Fraction(*_FRACTIONS[found[0]])
        text = text[:-1].strip()
    elif found := re.search(r"(?:(?<=\s)|^)(\d+)\s?/\s?(\d+)$", text):
        if int(found[2]):
            extra = Fraction(int(found[1]), int(found[2]))
        text = text[: found.start()].strip()
    if not text:
        return (extra,), 2
    readings: list[Fraction] = []
    bare = re.sub(r"['’\u00a0\u202f]", "", text)
    decimals = 0
    if re.fullmatch(r"\d{1,3}([.,]\d{3})+", bare):
        readings.append(Fraction(re.sub(r"[.,]", "", bare)))
    if bare.count(".") + bare.count(",") == 1:
        readings.append(Fraction(bare.replace(",", ".")))
        decimals = len(re.split(r"[.,]", bare)[1])
    elif not readings:
        last = max(bare.rfind("."), bare.rfind(","))
        whole = re.sub(r"[.,]", "", bare[:last]) if last > 0 else bare
        readings.append(Fraction(f"{whole}.{bare[last + 1 :]}" if last > 0 else whole))
        decimals = len(bare) - last - 1 if last > 0 else 0
    return tuple(r + extra for r in dict.fromkeys(readings)), 2 if extra else decimals


# --- words and numerals -----------------------------------------------------------------------------------------------

_WORD = "|".join(sorted(WORDS, key=len, reverse=True))
_WORDS = re.compile(
    rf"\b(?:(?:{_WORD}|half)(?:(?<=hundred)[\s-]+and\s+(?=(?:{_WORD})\b)|[\s-]+(?=(?:{_WORD})\b))?)+\b", re.I
)


@cache
def _unit_after() -> re.Pattern[str]:
    return re.compile(
        rf"[\s-]*(?:(?<=half\s)an?\s+|(?:full|long|short|whole|good|solid|idle|quiet|busy|mere|lazy|heaped|level)\s+)?({units.pattern()})",
        re.I,
    )


def _words(text: str) -> list[Quantity]:
    found = []
    for match in _WORDS.finditer(text):
        unit_match = _unit_after().match(text, match.end())
        unit = units.find(unit_match[1]) if unit_match and len(unit_match[1]) > 2 else None
        words = re.split(r"[\s-]+", match[0].casefold())
        words = [w for w in words if w and w != "and"]
        if words in (["one"], ["half"], ["zero"]) and unit is None:
            continue  # "this one", "no one", "half the work"
        if re.search(r"(?i)\b(?:an?|one)\s+\w+\s+or\s+$", text[: match.start()]) and words in (["two"], ["so"]):
            continue  # "an hour or two"
        value = _value_of_words(words)
        end = unit_match.end() if unit and unit_match else match.end()
        money = _MONEY_AFTER.match(text, match.end()) if unit is None else None
        end = money.end() if money else end
        nouns = () if unit or money else _nouns_after(text, end)
        found.append(
            Quantity(match.start(), end, text[match.start() : end], (value,), 0, unit, money is not None, nouns)
        )
    return found


_MONEY_AFTER = re.compile(r"(?i)\s+(?:euros?|dollars?|yuan|bucks|quid|pounds sterling)\b")


def _value_of_words(words: list[str]) -> Fraction:
    total = Fraction(0)
    for word in words:
        if word == "half":
            total += Fraction(1, 2)
        elif word in {"hundred", "thousand", "dozen"}:
            total = (total or Fraction(1)) * WORDS[word]
        else:
            total += WORDS[word]
    return total


def _nouns_after(text: str, end: int) -> tuple[str, ...]:
    following = re.match(r"[\s-]*((?:[^\W\d_]+['’]?[\s-]*){1,3})", text[end : end + 48])
    if following:
        words = re.findall(r"[^\W\d_]+", following[1])
        if words and "\u4e00" <= words[0][0] <= "\u9fff":
            words[0] = re.sub(r"^(.)[装入].*", r"\1", words[0].lstrip("余多来") or words[0])
            thing = (
                words[0][1:7] if words[0][0] in MEASURES and _touches(text, end) else ""
            )  # what is counted has a measure word: 8颗螺丝
            return (thing,) if thing else ()
        until = next((n for n, w in enumerate(words) if w.casefold() in _NO_NOUN), len(words))
        return tuple(stem(w) for w in words[:until])
    return ()


_NO_NOUN = lexicon.words(
    "and or that which is are was were so but while then plus because can could may might must shall should shouldn will won would wouldn don doesn isn aren need needn has have had do does who whose"
)


def _touches(text: str, end: int) -> bool:
    return bool(re.match(r"[\s-]?[\u4e00-\u9fff]", text[end : end + 2]))


_NUMERALS = re.compile(
    r"百分百|百分之[零一二三四五六七八九十百]+|(?!零[件钱食售])[零〇一二两三四五六七八九十百千万半]+"
)


_PAID = re.compile(r"(?:加|另?收|付|补|花|要|才|卖|售价|价格?|只要)$")
_SIDED = re.compile(
    r"(?:[长宽高深厚重围]|吸力|功率|转速|亮度|像素|克重|容量|直径|周长|胸围|腰围)(?:度)?(?:有|约|是|到|为|才|达)?$"
)
_ENDS = re.compile(r"[，。；！、]|$")


def _numerals(text: str) -> list[Quantity]:
    found = []
    for match in _NUMERALS.finditer(text):
        run, end = match[0], match.end()
        if (
            len(run) > 1
            and re.match(r"[多余来](?=毫|厘|公|[克升米斤两岁年次回天个])", text[end : end + 2])
            and run[-1] in "十百千万"
        ):
            end += 1  # 六百多毫升
        if run == "百分百":
            found.append(Quantity(match.start(), end, run, (Fraction(100),), 0, units.find("%")))
            continue
        if run.startswith("百分之"):
            percent = units.find("%")
            found.append(Quantity(match.start(), end, run, (value_of_numerals(run[3:]),), 0, percent))
            continue
        unit_match = _unit_after().match(text, end)
        unit = units.find(unit_match[1]) if unit_match and unit_match.start(1) == end else None
        if unit is None and len(run) > 1 and run[-1] == "两":
            if text[end : end + 1] and text[end : end + 1] in MEASURES:
                found.append(
                    Quantity(end - 1, end, "两", (Fraction(2),), 0, None, False, _nouns_after(text, end))
                )  # 七十两种规格
                continue
            run, unit = run[:-1], units.find("两")
        elif unit and unit_match and text.startswith("巴掌", unit_match.start(1)):
            continue  # 一巴掌厚
        elif unit and unit_match:
            vague = unit_match[1] in _VAGUE_UNITS and (unit_match[1] not in "度分" or value_of_numerals(run) <= 10)
            if vague or (run == "一" and unit.dimension in {"time", "months"} and unit_match[1] != "岁"):
                continue
            end = unit_match.end()
        if re.search(r"(?:周|星期|礼拜|初|第)$", text[: match.start()]):
            continue  # 周五, 第三
        measure = text[end : end + 1] if unit is None else ""
        if unit is None and (said := _by_what_stands_about(text, run, match.start(), end)):
            found.append(said)
            continue
        if unit is None and (not measure or measure not in MEASURES or run in {"一", "半", "千万", "百"}):
            continue
        thing = re.match(r"[\u4e00-\u9fff]{1,6}", text[end + 1 :]) if measure else None
        nouns = (thing[0],) if thing and not thing[0].startswith(("装", "入", "的")) else ()
        pair = len(run) == 2 and all(c in _HAN_DIGITS for c in run)  # 三五天: three to five
        values = tuple(value_of_numerals(c) for c in run) if pair else (value_of_numerals(run),)
        found.append(Quantity(match.start(), end, text[match.start() : end], values, 0, unit, False, nouns))
    return found


def _by_what_stands_about(text: str, run: str, start: int, end: int) -> Quantity | None:
    """Read a numeral without a unit by its neighbours: 加二十块, 四十乘五十, 宽五十二, 放大十倍."""
    value, before, after = (value_of_numerals(run),), text[:start], text[end : end + 1]
    if after == "块" and re.match(r"块(?:钱|[，。；！、]|$)", text[end:]) and _PAID.search(before):
        return Quantity(start, end + 1, text[start : end + 1], value, money=True)
    if "乘" in {after, text[start - 1 : start]}:
        return Quantity(start, end, run, value)
    if len(run) > 1 and _SIDED.search(before) and _ENDS.match(text, end):
        return Quantity(start, end, run, value)
    if after == "码" and len(run) > 1:
        return Quantity(start, end, run, value)
    if after == "字" and len(run) > 1:
        return Quantity(start, end, run, value, nouns=("字",))
    if after in {"大", "小"} and text[end + 1 : end + 2] in {"包", "袋", "罐", "盒", "支"} and run != "一":
        return Quantity(start, end, run, value, measure=text[end + 1])
    if after == "倍" and re.search(r"(?:放大|变焦|光学|缩小)(?:到|了)?$", before):
        return Quantity(start, end, run, value, nouns=("倍",))
    return None


def value_of_numerals(run: str) -> Fraction:
    """Return the number that Chinese numerals write."""
    if run == "半":
        return Fraction(1, 2)
    total = section = Fraction(0)
    half = run.endswith("半")
    for letter in run.replace("半", ""):
        if letter in _HAN_DIGITS:
            section = (
                section * 10 + _HAN_DIGITS[letter]
                if section and not any(c in run for c in _HAN_SCALES)
                else Fraction(_HAN_DIGITS[letter])
            )
        elif letter == "万":
            total, section = (total + section) * 10000, Fraction(0)
        else:
            total, section = total + (section or 1) * _HAN_SCALES[letter], Fraction(0)
    if len(run) > 1 and run[-1] in _HAN_DIGITS and run[-2] in "百千万":
        section *= Fraction(_HAN_SCALES[run[-2]], 10)  # 一万二
    return total + section + (Fraction(1, 2) if half else 0)
