"""What a product is known to be: facts typed from names and values, without the bookkeeping of shop systems."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from typing import cast

from desktop_app.language import lexicon, units
from desktop_app.records import Fact, FactKind, Product

YES = lexicon.words("yes true 1 y x ja sì si sí sim oui 是 有 支持 可以 可 ✓ ✔")
NO = lexicon.words("no false 0 n nein non não 否 无 没有 不支持 不可以 不可 ✗ ✘")
_NOTHING = frozenset(
    {
        "",
        "-",
        "--",
        "—",
        "n/a",
        "na",
        "none",
        "null",
        "nil",
        "unknown",
        "tbd",
        "?",
        "not specified",
        "不详",
        "无",
        "其他",
        "other",
    }
)
_LONG = 160  # code points; beyond this a value is prose, not a fact
_WHOLE = lexicon.words("main product item the type composition family map primary outer 主要 产品 商品 主体 面料 整体")
_ANYTHING = lexicon.words(
    "attribute attributes spec specs specification specifications property properties tag value other "
    "info misc 参数 属性 其他"
)
_SPLIT = re.compile(r"\s*(?:[|\n;；、]|(?<=\S)\s+/\s+(?=\S)|,\s+|,(?=\D)|，)\s*")
_BETWEEN_COMMAS = re.compile(r"\d,\d")


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a fact's name says its value is."""

    role: str  # finer than the kind: "width", "lining", "flavour", …
    kind: FactKind
    en: str
    zh: str


def kind_of(name: str, value: str) -> FactKind:
    """Return the kind of fact that ``name`` and ``value`` make, judged by both, in any of seven languages."""
    return meaning_of(name, value).kind


@lru_cache(maxsize=8192)
def meaning_of(name: str, value: str) -> Meaning:
    """Return what the fact means; role "free" and the name itself as label where nothing is known about it."""
    cleaned = clean_name(name)
    named = _by_name(cleaned)
    seen = _by_value(value)
    if named is None:
        label = cleaned or name.strip()
        if seen:
            return _named_by_value(seen, cleaned, label)
        if (is_yes(value) or is_no(value)) and lexicon.find(cleaned, "feature", "care", "noun", "certificate"):
            return Meaning("feature", "feature", label, label)
        return Meaning("free", "free", label, label)
    if seen and _value_wins(named, seen, value):
        return _named_by_value(seen, cleaned, cleaned) if named.kind in {"feature", "style", "free"} else seen
    return named


def usable(product: Product) -> list[Fact]:
    """Return what can be told about ``product``: typed, without doubles, without ids, flags, links, prices and prose.

    Option values ("Size" → "S | M | L"), brand, the weight of the variants and colour or material tags count too, when
    no fact of the merchant's says the same. Facts of one name are one, their values parted by " | ". Names and values
    stay as the merchant wrote them (entities decoded).
    """
    found: list[Fact] = []
    options = list(_options(product))
    own = [f for f in _together(_own(product)) if not _told(f, options)]
    for fact in (*own, *options, *_brand(product), *_weight(product)):
        if _tells(fact) and not _told(fact, found):
            found.append(fact)
    found += _tags(product, found)
    return [f for f in found if f.kind not in {"price", "stock"}]


def items(fact: Fact) -> list[str]:
    """Return the single values of a fact that lists several ("Nylon | Polyester"), in order, without doubles."""
    text = fact.value.strip()
    if fact.kind in {"free"} and len(text) > 60:
        return [text]
    if shares := _SHARES.fullmatch(text):
        text = re.sub(r"(?<=[%％])\s+(?=\S)" if shares[1] else r"(?<=\S)\s+(?=\d)", "\n", text)
    parts = [_bared(p) if len(p) > 1 else p for p in _split(text)]
    return list(dict.fromkeys(p for p in parts if p))


# "羊毛62% 锦纶36% 氨纶2%", "55% linen 45% viscose": a blend with nothing but spaces between its stuffs
_SHARES = re.compile(
    r"([^\W\d]+[^\d%％]*\d+(?:[.,]\d+)?\s?[%％](?:\s+[^\W\d]+[^\d%％]*\d+(?:[.,]\d+)?\s?[%％])+)"
    r"|\d+(?:[.,]\d+)?\s?[%％]\s?[^\W\d][^\d%％,;、]*(?:\s+\d+(?:[.,]\d+)?\s?[%％]\s?[^\W\d][^\d%％,;、]*)+"
)


def _bared(part: str) -> str:
    """Take list marks and stops off a value; the minus of "-20 °C" is no list mark."""
    return part.strip(" .•·") if re.match(r"\s*[-–−]\s?\d", part) else part.strip(" .•·-–")


def _split(text: str) -> list[str]:
    """Part a list; what stands in brackets stays together: "3 (3000 / 4000 K)"."""
    parts, at, depth = list[str](), 0, 0
    marks = {m.start(): m.end() for m in _SPLIT.finditer(text)}
    for place, letter in enumerate(text):
        depth += (letter in "(（[") - (letter in ")）]" and depth > 0)
        if place in marks and place >= at and depth == 0:
            parts.append(text[at:place])
            at = marks[place]
    return [*parts, text[at:]]


def with_unit(text: str, unit: str) -> str:
    """Return a value with the unit that stands beside it: "max. 60" and "140 x 245" are nothing without theirs."""
    return f"{text} {unit}" if unit and re.search(r"\d$", text) and unit not in text else text


def role_of(fact: Fact) -> str:
    """Return the role of a fact, finer than its kind."""
    return meaning_of(fact.name, fact.value).role


def is_yes(value: str) -> bool:
    """Tell whether a value only says yes."""
    return value.strip().casefold() in YES


def is_no(value: str) -> bool:
    """Tell whether a value only says no."""
    return value.strip().casefold() in NO


def clean_name(name: str) -> str:
    """Return a fact's name as words: technical prefixes, units in brackets and underscores gone, lower case."""
    text = re.sub(
        r"\(product\.metafields[^)]*\)|^(option|column|meta|tag):\s*|^(attribute_)?pa_", "", name.strip(), flags=re.I
    )
    text = re.sub(r"[（(\[][^)）\]]*[)）\]]", " ", text)
    text = re.sub(r"([a-z])([A-Z])", r"\1 \2", text)
    text = re.sub(r"[_\-./*:：]+", " ", text)
    text = re.sub(r"(?i)^product\s+(?=\S)|\s+(cm|mm|kg|g|ml|oz|lbs?)$|(?<=[htre])_in$", "", text.strip())
    return re.sub(r"\s+", " ", text).strip().casefold()


def unit_of(fact: Fact) -> str:
    """Return the unit of a bare number: the fact's own, or the one its name holds in brackets ("Weight (kg)")."""
    if fact.unit:
        return fact.unit
    bracket = re.search(r"[（(\[]\s*([^)）\]]{1,8})\s*[)）\]]", fact.name)
    if bracket and units.find(bracket[1]):
        return bracket[1]
    ending = re.search(r"[_\s](cm|mm|kg|g|ml|l|in|oz|lb|lbs|grams)$", fact.name.strip(), re.I)
    return ending[1] if ending else ""


# --- what a name means ------------------------------------------------------------------------------------------------


@cache
def _names() -> dict[str, Meaning]:
    found: dict[str, Meaning] = {}
    for row in lexicon.rows("names"):
        for name in row["names"].split("|"):
            found.setdefault(name, Meaning(row["role"], _kind(row["kind"]), row["en"], row["zh"]))
    return found


def _kind(text: str) -> FactKind:
    return cast(FactKind, text)


@lru_cache(maxsize=4096)
def _by_name(cleaned: str) -> Meaning | None:
    names = _names()
    if cleaned in names:
        return names[cleaned]
    words = cleaned.split()
    if sum(names[w].kind == "size" for w in words if w in names) > 1:  # "W x H"
        return names["size"]
    if len(words) > 5:
        return None
    for take in range(min(3, len(words)), 0, -1):  # "strap material": the head ends the name
        piece = " ".join(words[-take:])
        if piece in names:
            return _qualified(names[piece], cleaned, piece)
    for take in range(min(3, len(words) - 1), 0, -1):  # "style bags", "features general": a technical name
        piece = " ".join(words[:take])
        if piece in names and names[piece].role in {"style", "feature", "strap", "pattern"} and len(words) <= 4:
            return names[piece]
    if re.search(r"[\u4e00-\u9fff]", cleaned):
        for start in range(1, len(cleaned)):
            if cleaned[start:] in names and len(cleaned[start:]) > 1:
                return _qualified(names[cleaned[start:]], cleaned, cleaned[start:])
    return None


def _qualified(meaning: Meaning, cleaned: str, piece: str) -> Meaning:
    rest = cleaned.replace(piece, "").strip()
    if not rest or rest in _WHOLE:
        return meaning
    if meaning.role in {"material", "colour"}:
        return replace(meaning, role=f"part_{meaning.role}", en=cleaned, zh=cleaned)
    if meaning.kind == "count" and not re.fullmatch(r"(?:total |whole )?(?:number|no|amount)?(?: of)?(?: the)?", rest):
        return replace(meaning, role="labelled", en=cleaned, zh=cleaned)  # a thread count is no set of 200
    if meaning.kind in {"size", "weight", "volume", "power"}:  # a screen's size is not the size of the thing
        return replace(meaning, role="labelled", en=cleaned, zh=cleaned)
    return meaning


def _named_by_value(seen: Meaning, cleaned: str, label: str) -> Meaning:
    """A value that is a quantity or a colour under a name of the merchant's own ("Strap drop: 60 cm", "Trim: red")."""
    if not cleaned or cleaned in _ANYTHING or seen.role in {"care", "certificate"}:
        return seen
    role = {"colour": "part_colour", "material": "part_material"}.get(seen.role, "labelled")
    return Meaning(role, seen.kind, label, label)


# --- what a value says ------------------------------------------------------------------------------------------------


@lru_cache(maxsize=8192)
def _by_value(value: str) -> Meaning | None:
    text = html.unescape(value).strip()
    if not text or len(text) > _LONG:
        return None
    if dimension := units.dimension_of(text):
        roles = {
            "length": ("size", "size", "size", "尺寸"),
            "weight": ("weight", "weight", "weight", "重量"),
            "areal": ("density", "weight", "fabric weight", "克重"),
            "volume": ("volume", "volume", "capacity", "容量"),
            "power": ("power", "power", "power", "功率"),
            "voltage": ("voltage", "power", "voltage", "电压"),
            "charge": ("battery", "power", "battery", "电池"),
        }
        if dimension in roles:
            role, kind, en, zh = roles[dimension]
            return Meaning(role, _kind(kind), en, zh)
        return None
    pieces = items(Fact("", text))
    for kind, role, en, zh in (
        ("colour", "colour", "colour", "颜色"),
        ("material", "material", "material", "材质"),
        ("care", "care", "care", "洗护"),
        ("certificate", "certificate", "certificate", "认证"),
        ("origin", "origin", "origin", "产地"),
    ):
        if pieces and all(lexicon.find(_bare(p), kind) for p in pieces):
            return Meaning(role, _kind(kind), en, zh)
    return None


def _bare(piece: str) -> str:
    return re.sub(r"\d+([.,]\d+)?\s*%", "", piece).strip()


def _value_wins(named: Meaning, seen: Meaning, value: str) -> bool:
    """A value with a unit outranks its name ("Size: 350 ml", "Material: 38 × 25 cm"); a word does not."""
    if named.role in {"size", "material", "colour", "count"} or named.kind in {"style", "feature", "free"}:
        return seen.kind in {"volume", "weight", "power"} or (seen.kind == "size" and named.role != "size")
    return False


# --- what is told -----------------------------------------------------------------------------------------------------


def _own(product: Product) -> Iterable[Fact]:
    for fact in (single for whole in product.facts for single in _unpacked(whole)):
        value = html.unescape(fact.value).strip()
        if not is_noise(fact.name, value):
            yield replace(fact, value=value, kind=meaning_of(fact.name, value).kind)


_PACKED = re.compile(r"\w+=[^=]*(?:,\w+=[^=]*)+")


def _unpacked(fact: Fact) -> list[Fact]:
    """Part what Magento writes into one cell: "has_options=0,size=XS,color=Black"."""
    if not _PACKED.fullmatch(fact.value.strip()):
        return [fact]
    pairs = [p.partition("=") for p in re.split(r",(?=\w+=)", fact.value.strip())]
    return [
        replace(fact, name=name.strip(), value=value.strip(), kind="free")
        for name, _is, value in pairs
        if value.strip()
    ]


def _together(found: Iterable[Fact]) -> list[Fact]:
    """Make one fact of several with one name: importers bring "Nylon" and "Polyester" under Material apart."""
    out: list[Fact] = []
    for fact in found:
        same = next((n for n, f in enumerate(out) if _same_name(f, fact)), None)
        if same is None:
            out.append(fact)
        elif lexicon.key(fact.value) not in {lexicon.key(i) for i in items(out[same])}:
            out[same] = replace(out[same], value=f"{out[same].value} | {fact.value}")
    return out


def _same_name(first: Fact, second: Fact) -> bool:
    return (clean_name(first.name), first.kind, first.unit) == (clean_name(second.name), second.kind, second.unit)


def _options(product: Product) -> Iterable[Fact]:
    values: dict[str, list[str]] = {}
    for variant in product.variants:
        for name, value in variant.options:
            if value.strip() and value.casefold() != "default title" and not is_noise(name, value):
                values.setdefault(name.strip(), []).append(html.unescape(value).strip())
    for name, all_values in values.items():
        distinct = list(dict.fromkeys(all_values))
        if all(is_yes(v) or is_no(v) for v in distinct) or len(distinct) > 60:
            continue
        kind = meaning_of(name, distinct[0]).kind
        yield Fact(name, " | ".join(distinct), kind=kind, source=f"option:{name}", language=product.language)


# What shop systems put down where nobody has said whose a thing is: no customer is told "by Company 123".
_PLACEHOLDER = re.compile(
    r"(?:my |your |our |the )?(?:company|vendor|brand|shop|store|supplier|manufacturer|seller)(?: name)?[\s#_.-]*[\dx]*"
    r"|(?:test|demo|example|sample|dummy|default|placeholder)(?: (?:company|vendor|brand|shop|store))?[\s#_.-]*\d*"
    r"|unbranded|no ?brand|generic|(?:测试|示例|默认)?(?:公司|品牌|供应商|厂家|店铺|商家)?\d*|无品牌|其他品牌",
    re.I,
)


def _brand(product: Product) -> Iterable[Fact]:
    if product.vendor.strip() and not _PLACEHOLDER.fullmatch(product.vendor.strip()):
        yield Fact("Brand", product.vendor.strip(), kind="brand", source="vendor", language=product.language)


def _weight(product: Product) -> Iterable[Fact]:
    weights = {v.weight_grams for v in product.variants if v.weight_grams}
    if len(weights) == 1 and product.variants:
        grams = weights.pop()
        assert grams is not None
        value, unit = (f"{grams / 1000:f}", "kg") if grams >= 1000 else (f"{grams:f}", "g")
        value = value.rstrip("0").rstrip(".") if "." in value else value
        yield Fact("Weight", value, unit=unit, kind="weight", source="variant", language=product.language)


def _titled(title: str, kind: str) -> set[lexicon.Term]:
    """Return the colours or stuffs that a title names itself: a tag may contradict them, or be broader."""
    key = lexicon.key(title)
    if not re.search(r"[\u4e00-\u9fff]", title):
        return {t for w in re.findall(r"[^\W\d_]+", title) if (t := lexicon.find(w, kind))}
    return {hit[1] for at in range(len(key)) if (hit := lexicon.longest(key, at, kind))}


_SEARCHED = 8  # more tags than this are what people may search for ("red" of a pink vase), not what the thing is


def _tags(product: Product, found: list[Fact]) -> Iterable[Fact]:
    kinds: tuple[tuple[FactKind, str], ...] = (("colour", "Colour"), ("material", "Material"))
    if len(product.tags) > _SEARCHED:
        return
    for kind, name in kinds:
        if any(f.kind == kind for f in found):
            continue
        titled = _titled(product.title, kind)
        for tag in product.tags:
            word = tag.replace("_", " ").strip()
            other = "material" if kind == "colour" else "colour"
            term = lexicon.find(word, kind)
            if term and not lexicon.find(word, other, "noun") and (not titled or term in titled):
                yield Fact(name, word, kind=kind, source="tag", language=product.language)


def is_noise(name: str, value: str) -> bool:
    """Tell whether a fact is bookkeeping, empty, a link, markup, prose or filler: nothing to tell a customer."""
    cleaned, text = clean_name(name), value.strip()
    if text.casefold() in _NOTHING and not is_no(text):
        return True
    if _is_noise_name(cleaned) and not (cleaned == "handle" and _names_stuff(text)):
        return True
    known = _by_name(cleaned)
    if is_yes(text) or is_no(text):
        if text in {"0", "1"} and known and known.kind in {"count", "size", "weight", "volume"}:
            return text == "0"
        return not lexicon.find(cleaned, "feature", "care", "noun", "certificate")
    if re.search(r"https?://|www\.\w|@\w+\.\w|\.(jpe?g|png|webp|gif|pdf|mp4)\b|[{}<>]|^#?[0-9a-f]{16,}$", text, re.I):
        return True
    if re.match(r"(lorem ipsum|pellentesque habitant|dolor sit amet)", text, re.I) or text.casefold().startswith(
        "default category"
    ):
        return True
    if len(text) > _LONG or " > " in text or re.fullmatch(r"\d{4}-\d\d-\d\d([ T].*)?", text):
        return True
    return (
        known is None
        and bool(re.fullmatch(r"[\d.,\s]+|[A-Z0-9]+[-_][A-Z0-9\-_]+", text))
        and not unit_of(Fact(name, text))
    )


def _names_stuff(text: str) -> bool:
    """ "Handle: beech wood" is a part of the thing, "handle: beech-board" the address of its page."""
    words = text.split()
    return any(lexicon.find(" ".join(words[n:]), "material") for n in range(len(words)))


@cache
def _noise_names() -> tuple[frozenset[str], tuple[str, ...]]:
    all_names = [row["name"] for row in lexicon.rows("noise")]
    return frozenset(n for n in all_names if not n.endswith("*")), tuple(n[:-1] for n in all_names if n.endswith("*"))


@lru_cache(maxsize=4096)
def _is_noise_name(cleaned: str) -> bool:
    whole, starts = _noise_names()
    return cleaned in whole or (cleaned.startswith(starts) and cleaned not in _names())


def _tells(fact: Fact) -> bool:
    return bool(fact.value.strip()) and fact.kind not in {"price", "stock"}


def _told(fact: Fact, found: list[Fact]) -> bool:
    mine = {lexicon.key(i) for i in items(fact)}
    for other in found:
        if other.kind != fact.kind:
            continue
        if fact.source in {"vendor", "variant"}:
            return True
        if role_of(other) != role_of(fact):
            continue
        theirs = {lexicon.key(i) for i in items(other)}
        if mine <= theirs and (fact.unit in {"", other.unit}):
            return True
    return False
