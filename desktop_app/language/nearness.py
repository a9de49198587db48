"""How near an amount is meant and what of: "just under 2 cm", "25 g each", "half a litre of water", ages and sets."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from desktop_app.language import compounds, units

if TYPE_CHECKING:
    from desktop_app.language.quantities import Quantity

_BEFORE = (
    ("least", re.compile(r"(?:\b(?:at least|no less than|a minimum of|not less than)\s+|(?:至少|不少于|不低于|起码)[\u4e00-\u9fff]{0,3})$|[≥]\s*$", re.I)),
    ("under", re.compile(r"(?:\b(?:(?:just |well |a (?:little|touch|shade|bit|fraction) )?(?:under|below|short of"
                         r"|shy of)"
                         r"|less than|not quite|not even|nearly|almost|just (?:short|shy) of)\s+"
                         r"|(?:不到|不足|将近|接近|不满|快|低于|小于|略低于))$"
                         r"|[<≤]\s*$", re.I)),
    ("over", re.compile(r"(?:\b(?:(?:just |well "
                        r"|a (?:little|touch|shade|bit"
                        r"|fraction) )?(?:(?<!split )(?<!spread )(?<!divided )(?<!shared )(?<!stretch )(?<!out )over"
                        r"|above)"
                        r"|(?<!no )(?<!not )more than|upwards of|a good)\s+"
                        r"|(?<![别不勿莫])(?<!不要)(?<!不能)(?<!不可)(?<!不宜)(?:超过|不止|大于|高于|略高于))$"
                        r"|[>]\s*$|比$", re.I)),
    ("about", re.compile(r"(?:\b(?:about|around|roughly|approximately|approx\.?|some|circa|ca\.?|close to|or so)\s+(?:an?\s+)?|(?:大约|大概|约莫|约|近|差不多)(?:有|是)?)$", re.I)),
)  # fmt: skip
_AFTERWARDS = (
    ("least", re.compile(r"\s*(?:or more|and more)\b", re.I)),
    ("over", re.compile(r"\s*(?:and a bit|and a little|plus)\b|多(?!个|少|种)|出头|有余|余(?=[字页张片米克])", re.I)),
    (
        "under",
        re.compile(r"(?:[都也还])?(?:不到|不足|没到)|以内|以下|(?:略|稍|还)(?:矮|短|轻|小|低|少|薄|窄)(?:一?点|一些)?"),
    ),
    ("over", re.compile(r"(?:略|稍)(?:高|长|重|大|多|厚|宽)(?:一?点|一些)?|多一?点")),
    ("least", re.compile(r"\s*(?:at (?:the very )?least|minimum|or more)\b|以上|起步", re.I)),
    (
        "about",
        re.compile(
            r"\s*(?:or so|(?:or|and) thereabouts|,?\s*give or take|,?\s*near enough|,?\s*more or less)\b|左右|上下|来(?=[长宽高重])",
            re.I,
        ),
    ),
)
_NEVER_OVER = re.compile(r"(?i)\b(?:never|not|no|don['’]t|do not|avoid)\b[^.,;]*\b(?:over|above|beyond|exceed\w*)\s+$")
_STOP_THERE = re.compile(
    r"(?:的)?(?:话)?[，]?(?:就|则|都|也|再)?(?:别|不要|不能|不可|不行|不宜|不建议|不适合|请?勿|禁|撑不住|吃不消|受不了|扛不住|会坏|危险|超重)"
)
_EDGE_BEFORE = re.compile(
    r"(?i)(?:\b(?:from|up to|at least|at most|starting at|starts? at|down to|as \w+ as|max(?:imum|\.)?(?: of)?|min(?:imum|\.)?(?: of)?|over|under|above|below|more than|less than|no more than)\s+"
    r"|(?:最\w{1,2}|从|至少|至多|多达|高达|低至|超过|不到|不足|满|起|可达|达到?|能到))$"
)
_EDGE_AFTER = re.compile(
    r"(?i)\s*(?:and (?:up|over|older|above|more)|or (?:more|older|over|less|under)|upwards|plus\b|\+|max\b|min\b|at (?:most|least))|(?:以上|以下|起|以内|及以上)"
)
_WASHED_AT = re.compile(
    r"(?i)\b(?:wash\w*|machine|iron|rinse|launder\w*|bak(?:e|ed|ing)|roast|brew|steep)\b(?: (?!and|or|then)[a-z]+){0,4} at (?:about |up to )?$"
)
_PARTY_OF = re.compile(r"(?i)\b(?:party|family|group|table|team|crowd|class|household|gang) of (?:up to )?$")
_BELOW_ZERO = re.compile(r"\s*(?:degrees?\s+)?(?:below (?:zero|freezing)|of frost)\b", re.I)
_SET_OF = re.compile(r"(?i)\b(?:sets?|packs?|box(?:es)?|bundles?|cases?|bags?) of $|一[套盒组箱包袋]$")
_OF_PAPER = re.compile(r"(?i)[\s-]*(?:paper|card|stock)\b|的?(?:纸|卡纸)")
_AND_UP = re.compile(r"\s*(?:and (?:up|over|older|above)|or (?:older|over)|upwards)\b", re.I)
_AGED = re.compile(
    r"\b(?:ages?|aged|kids|children|toddlers|boys|girls|babies|anyone|everyone)\s+(?:of\s+|from\s+|over\s+)?$|\b\w+(?:ers|ors|ones|fans|people|hands|fingers)\s+from\s+(?:the age of\s+)?$",
    re.I,
)
_FRACTION = re.compile(r"(?i)\b(?:third|quarter|fifth|sixth|eighth|tenth)s?\b|分之")
_FULL_OF_WATER = re.compile(r"(?:装满|灌满|盛满|加满)(?:了)?水[^，。]{0,6}$")
_OF_WATER = re.compile(
    r"\s*(?:of (?:hot |cold |boiling )?(?:water|coffee|tea|milk|juice|beer|wine)\b|的?(?:热|冷|开)?水)", re.I
)


def with_bound(text: str, quantity: Quantity, measures: str) -> Quantity:
    """Return ``quantity`` with what the words about it say: "just under", "each", of water; ``measures`` are measure words."""
    before = text[max(0, quantity.start - 24) : quantity.start]
    bound = next((name for name, pattern in _BEFORE if pattern.search(before)), "")
    if bound == "over" and _NEVER_OVER.search(before):
        bound = ""  # "never wash it above 40 °C": at most that
    if bound in {"over", "under"} and _STOP_THERE.match(text, quantity.end):
        bound = ""  # 超过80公斤就别上
    if not bound and re.search(r"[百十千万\d][多余来]", quantity.text):
        bound = "about" if "来" in quantity.text else "over"
    if not bound and "成" in quantity.text:
        bound = "over" if text[quantity.end : quantity.end + 1] == "多" else "about"  # tenths are round numbers
    if not bound and _FRACTION.search(quantity.text):
        bound = "about"  # "an eighth of it"
    bound = bound or next((name for name, pattern in _AFTERWARDS if pattern.match(text, quantity.end)), "")
    water = bool(
        quantity.unit and (_OF_WATER.match(text, quantity.end) or _FULL_OF_WATER.search(text[: quantity.start]))
    )
    if (
        quantity.unit is None
        and not quantity.code
        and not quantity.money
        and (_AND_UP.match(text, quantity.end) or _AGED.search(before))
    ):
        quantity = replace(quantity, unit=units.find("years"), nouns=())
    if quantity.unit is None and not quantity.code and not quantity.money and _WASHED_AT.search(text[: quantity.start]):
        quantity = replace(quantity, unit=units.find("°C"), nouns=())
    if quantity.unit is None and not quantity.code and _BELOW_ZERO.match(text, quantity.end):
        quantity = replace(quantity, unit=units.find("°C"), nouns=())
    shared = "" if quantity.code else compounds.shared(text, quantity)
    square = bool(
        quantity.unit
        and quantity.unit.dimension == "weight"
        and (compounds.of_a_square(text) or _OF_PAPER.match(text, quantity.end))
    )
    pieces = quantity.pieces or bool(_SET_OF.search(before))
    if quantity.unit and quantity.unit.en == "bar" and re.search(r"(?i)[a-z\d]\s*bars$", quantity.text):
        number = re.sub(r"(?i)[\s-]*bars$", "", quantity.text)
        end = quantity.start + len(number)
        quantity = replace(quantity, end=end, text=number, unit=None, nouns=("bar",))
    if quantity.unit is None and not quantity.nouns and _PARTY_OF.search(before):
        quantity = replace(quantity, nouns=("person",))
    if quantity.unit is None and re.search(r"(?i)\bsizes?\s$", before):
        quantity = replace(quantity, nouns=("size",))
    after = text[quantity.end : quantity.end + 1]
    if quantity.unit is None and after and after in measures:
        quantity = replace(quantity, measure=after)
    pieces = pieces or quantity.pieces
    edge = bool(_EDGE_BEFORE.search(before) or _EDGE_AFTER.match(text, quantity.end))
    if bound or water or shared or square or pieces or quantity.measure or edge:
        return replace(quantity, edge=edge, bound=bound, water=water, shared=shared, square=square, pieces=pieces)
    return quantity
