"""Amounts said in a roundabout way: halves and tenths, dozens, "a litre and a half", 八成, 半打, 一刻钟, 六两四."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction
from functools import cache

from desktop_app.language import lexicon, units

Said = tuple[int, int, Fraction, units.Unit | None]  # start, end, value, unit

_PARTS = {
    "half": 2, "halves": 2, "third": 3, "quarter": 4, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8, "ninth": 9, "tenth": 10, "twentieth": 20, "hundredth": 100,
}  # fmt: skip
_FEW = {"a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8}
_FEW |= {"nine": 9, "ten": 10, "twelve": 12}
_FEW |= {"eleven": 11, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16, "seventeen": 17, "eighteen": 18}
_FEW |= {"nineteen": 19, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60}
_COUNT = "|".join(sorted(_FEW, key=len, reverse=True)) + r"|\d+"
_SHARE = re.compile(
    rf"\b(?:(?P<many>{_COUNT})[\s-])?(?P<part>half|halves|thirds?|quarters?|fourths?|fifths?|sixths?|sevenths?|eighths?|ninths?|tenths?|twentieths?|hundredths?)\b"
    r"(?P<of>\s+of\s+an?\b|\s+an?\b|\s+of\b|\s+is\b|[\s-])?\s*(?P<next>[a-z°]+(?:\s[a-z]+)?)?",
    re.I,
)
_STUFF = re.compile(
    r"the (?:fabric|yarn|cloth|fibre|fiber|material|blend|weight|content|contents|mix|recipe|jar|bag|bar|bottle|tube)"
)
_OF_TIME = re.compile(r"\b(?:time|day|night|year|week|month|hour|price|cost|world|way|people|trouble|effort)\b")
_UP_TO = re.compile(r"\s+(?:and|to)\s+\d+(?:[.,]\d+)?\s*(?:%|percent)", re.I)  # "between a fifth and 22 %"
_JUST_ONE = re.compile(
    r"\b(?:an?|one|the(?=\s+(?:full\s+)?[a-z]+ of\b))\s+(?:full\s+|whole\s+)?(?P<unit>litres?|liters?|kilo|kilogram|pound|metre|meter|gallon|pint|ounce|inch)\b",
    re.I,
)
_ONES = frozenset(["a", "an", "one", "A", "An", "One"])
_NO_SHARE = lexicon.words("of past to full empty way the an a hours times")
_AND_A_HALF = re.compile(rf"\b(?P<many>{_COUNT})\s+(?P<unit>[a-z]+)\s+and\s+a\s+(?P<part>half|quarter)\b", re.I)
_HALF_MORE = re.compile(
    rf"\b(?P<many>{_COUNT})\s+and\s+a\s+(?P<part>half|quarter)\s+(?P<unit>fluid ounces?|fl\.? oz|[a-z]+)\b", re.I
)
_RATIO = re.compile(
    rf"\b(?P<a>{_COUNT})\s+parts?\s+(?:of\s+)?[a-z]+(?:\s[a-z]+)?(?:\s+(?:to|and)|,)\s+(?P<b>{_COUNT})\s+parts?\b", re.I
)
_ONE_IN = re.compile(rf"\bone\s+part\s+(?:in|out\s+of)\s+(?P<all>{_COUNT})\b", re.I)
_AN_HOUR = re.compile(
    r"\b(?P<of>an hour)(?:['’]s)?\s+(?:of\s+charging|charge\b|(?:is|will be)\s+enough\s+to\s+(?:fill|charge))"
    r"|\b(?:charge[sd]?|charging|full|filled|burns?|lasts?|dries|dry)\s+(?:up\s+|fully\s+|again\s+)?(?:in|for|takes)\s+(?P<in>an hour)\b(?!\s+and)",
    re.I,
)
_A_YEAR = re.compile(
    r"(?i)\b(?:keeps?|lasts?|stays? \w+|good|runs?|burns?|works?|warrant\w+|guarantee\w*)\s+(?:for\s+)?(?:about\s+"
    r"|over\s+|up\s+to\s+|(?:a\s+)?(?:full|whole)\s+)?(?P<one>an?|one)\s+(?P<unit>year|month|week|day"
    r"|night)\b(?!\s+and\s+a\b)"
)
_GROUP = re.compile(r"(?i)\b(?:an?|the|this)\s+(?P<of>trio|threesome|quartet|foursome)\b")
_DOZEN = re.compile(r"\b(?:(?P<half>half)\s+)?a\s+dozen\b", re.I)

_DIGITS = {c: n for n, c in enumerate("零一二三四五六七八九十")} | {"两": 2}
_HAN_FEW = "[一二两三四五六七八九十]|\\d+"
_TENTHS = re.compile(
    rf"(?P<many>{_HAN_FEW}|[一二三四五六七八九]点[一二三四五六七八九])成(?P<half>半|[一二三四五六七八九])?(?![一为不长立品功])"
)
_OUT_OF = re.compile(r"(?P<under>[二三四五六七八九十])分之(?P<over>[一二两三四五六七八九])")
_HAN_RATIO = re.compile(
    rf"(?P<a>{_HAN_FEW})(?:分|份)(?P<x>[\u4e00-\u9fff]{{1,4}}?)(?:[，、,和]|配|加|对)?(?P<b>{_HAN_FEW})(?:分|份)(?P<y>[\u4e00-\u9fff]{{1,4}})"
)
_HALF_OF = re.compile(
    r"(?<=含量)一半|(?<=含量占)一半|(?<=只占)一半|一半(?=(?:以上|多)?(?:是|为|的成分)?[\u4e00-\u9fff]{1,4})"
)
_EACH_HALF = re.compile(r"(?:各占?|一边)一半")
_DECIMAL = re.compile(
    r"(?P<many>[一二两三四五六七八九十]{1,3})点(?P<more>[零一二三四五六七八九]{1,3})(?P<unit>厘米|毫米|公分|米|公斤|千克|克|斤|两|毫升|升|小时|英寸)"
)
_HAN_DOZEN = re.compile(rf"(?P<many>半|{_HAN_FEW})打(?=$|[，。、！；\s]|装|的)")
_QUARTER_HOUR = re.compile(r"(?P<many>[一两二三])刻钟?(?=$|[，。、！；\s左上就差不搞内]|的)")
_AND_MORE = re.compile(
    r"(?P<many>[一二两三四五六七八九十\d]+)(?P<unit>斤|两|米|厘米|公分|毫米|升|公升|公斤|克|尺|小时|年|岁"
    r"|磅)(?P<more>半|零[一二三四五六七八九]"
    r"|[一二三四五六七八九]{1,2})(?![十百千两斤尺寸分天成个袋瓶盒包只条双件张把罐箱款位人口块片颗粒层根支份直共样般次起定下边来圈头路并])"
)
_HALF_HOUR = re.compile(r"(?:(?P<many>[一二两三四五六七八九十])个)?半(?:个)?(?P<unit>小时|钟头|月)")
_WHOLE_TIME = re.compile(
    r"(?:[\u4e00-\u9fff]档|模式|预热|加热|充气|踩|解冻|静置|启动|开机|烧开|满电|满格|一次|单次|续航|能放|可放|存放"
    r"|常温放?|冷藏放?|冷冻放?|放得住|撑|顶|保质|能用|能穿|质保|保修|保温|保冷|充电|充满|充|泡|煮|烤|晾|保热|续航"
    r"|待机|燃烧|亮|点|晒|充|能用|用上?|能[冰热烧撑]|可用|一共|总共|坚持)(?:可达|达|约)?(?P<many>半|一)(?:整"
    r"|个)?(?P<unit>分钟|钟头|天|夜|年|小时|月|星期|礼拜|周)(?!半)"
)


def scan(text: str) -> Iterator[Said]:
    """Return every such amount of ``text`` with its value and unit (None: a bare count); spans are code points."""
    if re.search(
        r"(?i)litre|liter|an hour|\b(?:an?|one|full|whole) (?:year|month|week|day|night)\b|kilo|pound|metre|meter"
        r"|gallon|pint|ounce|inch|trio|threesome|quartet|foursome|dozen|one part|half|halves|third|quarter|fourth"
        r"|fifth|sixth|seventh|ninth|eighth|tenth|twentieth|hundredth|parts?\b",
        text,
    ):
        yield from _english(text)
    if re.search(r"[\u4e00-\u9fff]", text):
        yield from _chinese(text)


def _percent() -> units.Unit | None:
    return units.find("%")


def _english(text: str) -> Iterator[Said]:
    for m in _AND_A_HALF.finditer(text):
        if (unit := units.find(m["unit"])) and len(m["unit"]) > 2:
            yield m.start(), m.end(), _few(m["many"]) + Fraction(1, 2 if m["part"].casefold() == "half" else 4), unit
    whole: list[tuple[int, int]] = []
    for m in _HALF_MORE.finditer(text):
        if (unit := units.find(m["unit"])) and len(m["unit"]) > 2:
            whole.append(m.span())
            yield m.start(), m.end(), _few(m["many"]) + Fraction(1, 2 if m["part"].casefold() == "half" else 4), unit
    for m in _JUST_ONE.finditer(text):
        if not re.match(r"\s+and\s+a\b", text[m.end() :]) and not re.search(
            r"(?i)(?:half|quarters?|thirds?|tenths?|fifths?)(?:\s+of)?\s+$", text[: m.start()]
        ):
            yield m.start(), m.end(), Fraction(1), units.find(m["unit"])
    for m in _ONE_IN.finditer(text):
        yield m.start(), m.end(), 100 / _few(m["all"]), _percent()
    for m in _AN_HOUR.finditer(text):
        start, end = m.span("of" if m["of"] else "in")
        yield start, end, Fraction(1), units.find("hour")
    for m in _A_YEAR.finditer(text):
        hours = {"night": (12, "hours"), "week": (7, "days")}.get(m["unit"].casefold(), (1, m["unit"]))
        yield m.start("one"), m.end(), Fraction(hours[0]), units.find(hours[1])
    for m in _GROUP.finditer(text):
        yield m.start(), m.end(), Fraction(3 if m["of"].casefold() in {"trio", "threesome"} else 4), None
    for m in _DOZEN.finditer(text):
        yield m.start(), m.end(), Fraction(6 if m["half"] else 12), None
    for m in _RATIO.finditer(text):
        a, b = _few(m["a"]), _few(m["b"])
        if a + b:
            yield m.start("a"), m.end("a"), 100 * a / (a + b), _percent()
            yield m.start("b"), m.end("b"), 100 * b / (a + b), _percent()
    several = [m for m in _SHARE.finditer(text) if not any(a <= m.start() < b for a, b in whole)]
    found = [said for m in several for said in _share(m)]
    yield from found
    if any(unit == _percent() for _a, _b, _v, unit in found):
        for m in several:  # "a tenth of the formula, zinc a hundredth"
            if not any(a <= m.start() < b for a, b, _v, _u in found) and not m["next"] and m["many"] in _ONES:
                yield m.start(), m.end("part"), Fraction(100, _PARTS[m["part"].casefold()]), _percent()


def _share(m: re.Match[str]) -> Iterator[Said]:
    part = m["part"].casefold().removesuffix("s") if m["part"].casefold() != "halves" else "half"
    many = _few(m["many"]) if m["many"] else Fraction(1)
    if many > 1 and not m["part"].casefold().endswith("s") and not (m["of"] or "").strip():
        return  # "12 half pans", "three quarter sleeves"
    value = many / _PARTS[part]
    of, following = (m["of"] or "").strip().casefold(), (m["next"] or "").casefold()
    first = following.split()[0] if following else ""
    unit = units.find(first)
    if unit and len(first) > 2 and (of.endswith(("a", "an")) or part == "half"):
        yield m.start(), m.start("next") + len(first), value, unit
    elif (
        bool(_UP_TO.match(m.string, m.end("part")))
        or (
            of == "of"
            and (
                first in {"it", "this", "them"}
                or (first == "the" and not _OF_TIME.search(following))
                or _STUFF.fullmatch(following)
            )
        )
        or (m["many"] and m["many"].casefold() not in {"a", "an"} and following and first not in _NO_SHARE)
        or (of == "of" and first in {"the", "every", "each"} and many == 1 and len(following.split()) > 1)
        or lexicon.find(
            following, "material", *(() if of.endswith((" a", " an", "a", "an")) and of != "of" else ("noun", "scent"))
        )
        or lexicon.find(first, "material", *(() if of.endswith(("a", "an")) else ("scent",)))
    ):
        yield m.start(), m.end("part"), 100 * value, _percent()


def _few(word: str) -> Fraction:
    return Fraction(_FEW[word.casefold()]) if word.casefold() in _FEW else Fraction(int(word))


def _chinese(text: str) -> Iterator[Said]:
    for m in _TENTHS.finditer(text):
        many = m["many"]
        value = _han(many[0]) + Fraction(_DIGITS[many[-1]], 10) if "点" in many else _han(many)
        yield (
            m.start(),
            m.end(),
            10 * value + (5 if m["half"] == "半" else _DIGITS.get(m["half"] or "零", 0)),
            _percent(),
        )
    for m in _OUT_OF.finditer(text):
        if per := re.match(r"(?:个)?(升|斤|公斤|克|米|厘米|小时|年)", text[m.end() :]):
            yield m.start(), m.end() + per.end(), _han(m["over"]) / _han(m["under"]), units.find(per[1])
            continue
        yield m.start(), m.end(), 100 * _han(m["over"]) / _han(m["under"]), _percent()
    for m in _HAN_RATIO.finditer(text):
        a, b = _han(m["a"]), _han(m["b"])
        if a + b and _is_stuff(m["x"]) and _is_stuff(m["y"]):
            yield m.start("a"), m.end("a") + 1, 100 * a / (a + b), _percent()
            yield m.start("b"), m.end("b") + 1, 100 * b / (a + b), _percent()
    for m in _DECIMAL.finditer(text):
        value = _han(m["many"]) + Fraction(int("".join(str(_DIGITS[c]) for c in m["more"])), 10 ** len(m["more"]))
        yield m.start(), m.end(), value, units.find(m["unit"])
    for m in _EACH_HALF.finditer(text):
        yield m.start(), m.end(), Fraction(50), _percent()
    for m in _HALF_OF.finditer(text):
        if _is_stuff(re.sub(r"^(?:以上|多)?(?:是|为|的成分)?", "", text[m.end() : m.end() + 4])):
            yield m.start(), m.end(), Fraction(50), _percent()
    for m in _HAN_DOZEN.finditer(text):
        yield m.start(), m.end(), Fraction(12) * _han(m["many"]), None
    for m in _QUARTER_HOUR.finditer(text):
        yield m.start(), m.end(), 15 * _han(m["many"]), units.find("分钟")
    for m in _HALF_HOUR.finditer(text):
        unit = units.find("个月" if m["unit"] == "月" else "小时")
        yield m.start(), m.end(), (_han(m["many"]) if m["many"] else 0) + Fraction(1, 2), unit
    for m in _AND_MORE.finditer(text):
        digits = [_DIGITS.get(c, 0) for c in m["more"]]
        more = Fraction(1, 2) if m["more"] == "半" else sum(Fraction(d, 10 ** (n + 1)) for n, d in enumerate(digits))
        yield m.start(), m.end(), _han(m["many"]) + more, units.find(m["unit"])
    for m in _WHOLE_TIME.finditer(text):
        yield m.start("many"), m.end("unit"), _han(m["many"]) * (12 if m["unit"] == "夜" else 1), units.find(_whole(m))


def _whole(m: re.Match[str]) -> str:
    return {"夜": "小时", "月": "个月"}.get(m["unit"], m["unit"])


@cache
def _is_stuff(text: str) -> bool:
    return any(lexicon.find(text[:n], "material", "scent") for n in range(len(text), 0, -1))


def _han(run: str) -> Fraction:
    if run == "半":
        return Fraction(1, 2)
    if run.isdigit():
        return Fraction(int(run))
    if len(run) == 2 and run[0] == "十":
        return Fraction(10 + _DIGITS[run[1]])
    return Fraction(
        _DIGITS.get(run[-1], 0) if len(run) == 1 else 10 * _DIGITS.get(run[0], 0) + _DIGITS.get(run[-1], 0) % 10
    )
