"""Facts that are about a part, one variant or the opposite of the whole thing: they stand under their own name, never as its own.

"Not for: Linux" is no use, "Chest strap: removable" no strap that comes off, "Length (size M): 62 cm" no length of the L.
"""

from __future__ import annotations

import re

from desktop_app.language import facts, lexicon, units
from desktop_app.language.facts import items
from desktop_app.records import Fact

_DENIES = re.compile(
    r"(?i)^(?:not|no|non|never|does not|do not|doesn't|don't|without|free (?:of|from)|except|excluding|unsuitable|avoid|may contain)\b"
    r"|^(?:不|非|除|禁|勿|忌|无需|避免)"
)
_ROLES = frozenset(
    "feature strap closure fit use climate origin made_in contents compatibility audience age care scent".split()
)
_PARTED = frozenset("style neckline sleeves shape finish feature strap closure".split())
# Words before a known name that leave it about the whole thing: "key features", "country of origin", 适用季节, 产品特点.
_WHOLE = re.compile(
    r"(?i)(?:key|main|special|other|more|product|item|general|recommended|suitable|intended|basic|the|and|of|material|extra|overall"
    r"|适用|适合|使用|主要|产品|商品|宝贝|建议|推荐|其他|基本|功能|整体|原料|闭合|开合|制作|的|方式|类型|说明|方法|要求|条件)*"
)
_AXES = re.compile(
    r"(?i)[\sx×*/长宽高深厚直径lwhdø·,，、]*(?:cm|mm|m|in|inch(?:es)?|厘米|毫米|米|英寸|kg|g|ml|l|克|千克|公斤|毫升|升|w|v)?[\sx×*/]*"
)
_BRACKET = re.compile(r"[（(\[]([^)）\]]*)[)）\]]")
_SIZED = frozenset("size length width height depth diameter thickness weight net_weight volume labelled".split())
_MEASURE = re.compile(
    r"(?i)(?:(?:approx\.?|about|ca\.?|max\.?|up to|约|大约|直径|口径|[长宽高深厚])\s*)*[\d.,½¼¾]+(?:\s*[-–~±至到x×*+]\s*[\d.,]+)*\s*[^\W\d]*[²³\"″']?"
    r"(?:\s*[x×*、+±\s]\s*(?:直径|口径|[长宽高深厚])?\s*[\d.,]+\s*[^\W\d]*[\"″']?)*"
)


def only(fact: Fact) -> bool:
    """Tell whether a fact says nothing of the whole thing that a sentence could say."""
    name = facts.clean_name(fact.name)
    if _DENIES.search(name) and not (facts.is_yes(fact.value) or facts.is_no(fact.value)):
        return True
    role = facts.role_of(fact)
    if name.startswith("是否"):
        return False  # told as the property it asks for
    if role in _SIZED and _of_one_variant(fact.name):
        return True
    if fact.source.startswith(("option:", "tag", "vendor", "variant")):
        return False
    return _of_a_part(name, role) or _another_thing(fact, name, role)


def _of_one_variant(name: str) -> bool:
    """Tell whether brackets in a name say of which size or state it is: "Weight (size M)", 高度(含盖)."""
    return any(
        not _AXES.fullmatch(found[1]) for found in _BRACKET.finditer(re.sub(r"\(product\.metafields[^)]*\)", "", name))
    )


def _of_a_part(name: str, role: str) -> bool:
    """Tell whether a name is a part's ("Sleeves": "removable"), or a known name about a part ("chest strap", 采摘季节)."""
    if role not in _ROLES | _PARTED:
        return False
    known = facts.names()
    if name in known:
        return False
    if re.search(r"[\u4e00-\u9fff]", name):
        at = next((n for n in range(1, len(name)) if name[n:] in known and len(name[n:]) > 1), 0)
        return bool(at) and name[:at] not in known and not _WHOLE.fullmatch(name[:at])
    words = name.split()
    take = next((n for n in range(min(3, len(words)), 0, -1) if " ".join(words[-n:]) in known), 0)
    before = words[: len(words) - take] if take else []
    return bool(before) and not all(_WHOLE.fullmatch(w) for w in before)


def _another_thing(fact: Fact, name: str, role: str) -> bool:
    """Tell whether a value is not of the kind its name is read as: a shade of aluminium is no colour."""
    text = fact.value.strip()
    several = items(fact)
    if role == "colour" and name in {"shade", "tinta"}:
        return not any(lexicon.find(i, "colour") for i in several)
    if role in {"origin", "made_in"} and name in {"region", "area", "地区", "国家", "country"}:
        return name in {"region", "area", "地区"}
    if role in {"net_weight", "weight", "volume"}:
        return not all(units.dimension_of(facts.with_unit(i, facts.unit_of(fact))) for i in several)
    if role in {"size", "length", "width", "height", "depth", "diameter", "thickness"} and len(several) == 1:
        return bool(re.search(r"\d", text)) and not measure(text) and bool(units.dimension_of(text) or len(text) > 12)
    sided = {"length", "width", "height", "depth", "diameter", "thickness"}
    if role == "burn_time" or (role in sided and len(several) > 1):
        return any(re.search(r"\d", i) and not measure(i) for i in several)
    if role in {"scent", "flavour"}:
        return any(
            len(i) > (8 if re.search(r"[\u4e00-\u9fff]", i) else 40) or re.search(r"[\d（(：:]", i) for i in several
        )
    if role == "material":
        return name in {"质地", "texture"} and not all(lexicon.find(i, "material") for i in several)
    if role in {"sleeves", "neckline"}:
        return any(re.match(r"可|能|removable|detachable|adjustable", i) for i in several)
    return False


def measure(text: str) -> bool:
    """Tell whether a text is an amount and nothing else: not "55-65 cm incl. pot", 单棵直径3-5cm."""
    return bool(_MEASURE.fullmatch(text.strip()))


def shown(name: str) -> str:
    """Return a fact's name as a label: the merchant's own letters without what only a shop system needs."""
    text = re.sub(
        r"\(product\.metafields[^)]*\)|^(?:option|column|meta|tag):\s*|^(?:attribute_)?pa_",
        "",
        name.strip(),
        flags=re.I,
    )
    text = _BRACKET.sub(lambda found: "" if _AXES.fullmatch(found[1]) else f" ({found[1].strip()})", text)
    text = re.sub(r"[_*:：]+", " ", text)
    text = re.sub(r"\s+", " ", text).strip(" -")
    if re.search(r"[\u4e00-\u9fff]", text):
        return re.sub(r"\s*[(（]([^)）]*)[)）]", r"（\1）", text)
    return text
