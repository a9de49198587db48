"""What can be told of a product: its facts without doubles, ids, flags, links, prices and prose, options and tags among them."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable
from dataclasses import replace
from functools import cache, lru_cache

from desktop_app.language import facts, lexicon, tidying
from desktop_app.language.facts import by_name, clean_name, is_no, is_yes, items, meaning_of, role_of, unit_of
from desktop_app.records import Fact, FactKind, Product

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


def _own(product: Product) -> Iterable[Fact]:
    for fact in (_asked(single) for whole in product.facts for single in _unpacked(whole)):
        value = tidying.without_pictures(tidying.unmarked(fact.value)).strip()
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


_WHETHER = re.compile(r"是否(?:为|是)?(有|带|配|含|附)?(.+)")


def _asked(fact: Fact) -> Fact:
    """Return as a property what is told as an answer: 是否可折叠, 是否带盖 (可折叠, 带盖, 不可微波), "Pockets: 2"."""
    name = clean_name(fact.name)
    parts = lexicon.find(name, "noun") if re.fullmatch(r"[1-9]\d?", fact.value.strip()) else None
    if parts and "part" in parts.marks and name == parts.plural.replace("+", f"{parts.en[0]}s"):
        return replace(fact, value=f"{fact.value.strip()} {name}", kind="feature")  # "Pockets: 2"
    asked = _WHETHER.fullmatch(name)
    if not asked or not (is_yes(fact.value) or is_no(fact.value)):
        return fact
    has, what = asked[1] or "", asked[2]
    said = f"带{what}" if has in ("有", "带", "配", "附") else has + what
    if is_yes(fact.value):
        return replace(fact, value=said, kind="feature")
    # "不可微波" is worth a word; that a thing has no lid is not.
    return replace(fact, value=f"不{said}", kind="feature") if re.match(r"[可能需含]", said) else fact


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
        distinct = list(dict.fromkeys(tidying.without_pictures(value) for value in all_values))
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
    known = by_name(cleaned)
    if is_yes(text) or is_no(text):
        if text in {"0", "1"} and known and known.kind in {"count", "size", "weight", "volume"}:
            return text == "0"
        said = re.fullmatch(r"[a-z]+[ -](?:free|safe|proof|friendly|resistant)|vegan|vegetarian", cleaned)
        return not said and not lexicon.find(cleaned, "feature", "care", "noun", "certificate")
    if re.search(r"https?://|www\.\w|@\w+\.\w|\.(jpe?g|png|webp|gif|pdf|mp4)\b|[{}<>]|^#?[0-9a-f]{16,}$", text, re.I):
        return True
    if re.match(r"(lorem ipsum|pellentesque habitant|dolor sit amet)", text, re.I) or text.casefold().startswith(
        "default category"
    ):
        return True
    if len(text) > facts.LONG or " > " in text or re.fullmatch(r"\d{4}-\d\d-\d\d([ T].*)?", text):
        return True
    return (
        known is None
        and not (_COUNTS.search(cleaned) or _RANGE.fullmatch(text))
        and bool(re.fullmatch(r"[\d.,\s]+|[A-Z0-9]+[-_][A-Z0-9\-_]+", text))
        and not unit_of(Fact(name, text))
    )


# A bare number says something where its name says what is counted: 抽屉数：2, 蓝牙版本：5.3; so does 3000-6500K.
_COUNTS = re.compile(r"[\u4e00-\u9fff](?:数|数量|版本|等级)$|\bversion$|^number of \w+")
_RANGE = re.compile(r"\d+(?:\.\d+)?\s*[-–~]\s*\d+(?:\.\d+)?\s*(?:K|V|W|Hz|dB|℃|°C)")


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
    return cleaned in whole or (cleaned.startswith(starts) and cleaned not in facts.names())


def _tells(fact: Fact) -> bool:
    return bool(fact.value.strip()) and fact.kind not in {"price", "stock"}


def _told(fact: Fact, found: list[Fact]) -> bool:
    mine = {lexicon.key(i) for i in items(fact)}
    answered = is_yes(fact.value) or is_no(fact.value)
    for other in found:
        if other.kind != fact.kind or (answered and clean_name(other.name) != clean_name(fact.name)):
            continue  # "Dishwasher safe: yes" is not told by "Microwave safe: yes"
        if fact.source in {"vendor", "variant"}:
            return True
        if role_of(other) != role_of(fact):
            continue
        theirs = {lexicon.key(i) for i in items(other)}
        if mine <= theirs and (fact.unit in {"", other.unit}):
            return True
    return False
