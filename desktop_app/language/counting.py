"""How many of something a product has, by counting what its facts and options list."""

from __future__ import annotations

import re
from collections.abc import Iterable
from fractions import Fraction

from desktop_app.language import facts, lexicon, quantities
from desktop_app.language.carrier import Carrier, in_both_languages
from desktop_app.language.quantities import Quantity
from desktop_app.records import Product

LISTS = re.compile(r"(?i)includ|content|ingredient|comes with|in the box|包含|包装清单|内容|配料|成分|配件")
_IN_PAIRS = re.compile(r"(?i)\bpairs?\b|[双对]装")


_PLURAL = re.compile(r"(?i)[a-z]{3,}s\b|colou?r|size|色|码|味|香|种|款|档|模式|型号")
_ASIDE = re.compile(
    r"(?i)^\s*(?:\d{1,2}\s?(?:[支个件只枚把颗条x]|pcs?|pieces?)?\s*$|(?:not )?included|removable|washable|washed|yes\b|no\b|附|可|不|含|无|需)"
)


def of(product: Product) -> Iterable[Carrier]:
    """Yield how many colours, sizes, pieces and sorts ``product`` comes in."""
    yield from _counts(product)
    yield from _same_ends(product)
    yield from _listed(product)


def _of_one_sort(name: str, value: str, several: list[str]) -> bool:
    """ "1, included" and "cotton, removable" are one thing and a remark, not two things."""
    if any(not (q.unit or q.code or q.money or q.nouns) for item in several for q in quantities.scan(item)) and not all(
        quantities.scan(item) for item in several
    ):
        return False  # "four, ash, black stained": how many there are, and what they are like
    aside = [bool(_ASIDE.search(item)) for item in several]
    if any(aside) and not all(re.fullmatch(r"\s*\d+\s*", item) for item in several):
        return False
    if "|" in value or _PLURAL.search(name) or _last(several):
        return True
    kinds = [{t.kind for k in ("colour", "material", "scent", "use") if (t := lexicon.find(i, k))} for i in several]
    return bool(set.intersection(*kinds))


def _last(several: list[str]) -> str:
    """Return what all of several things are: lights of "front light, rear light", 灯 of 前灯、尾灯."""
    if all("\u4e00" <= item[-1:] <= "\u9fff" for item in several):
        ends = {item[-1] for item in several}
        return ends.pop() if len(ends) == 1 and all(len(item) > 1 for item in several) else ""
    words = [re.findall(r"[a-z]+", item.casefold()) for item in several]
    ends = {quantities.stem(w[-1]) if len(w) > 1 else "" for w in words if w} if all(words) else {""}
    return ends.pop() if len(ends) == 1 else ""


def _same_ends(product: Product) -> Iterable[Carrier]:
    for fact in product.facts:
        several = facts.items(fact)
        if len(several) > 1 and (end := _last(list(several))):
            yield Carrier(Quantity(0, 0, str(len(several)), (Fraction(len(several)),)), fact.name, frozenset({end}))


_SORTS = frozenset(["way", "kind", "sort", "type", "mode", "option", "method", "种"])


def _listed(product: Product) -> Iterable[Carrier]:
    """ "4 dinner plates, 4 side plates" are eight plates, and eight pieces; 大盘4个、小盘4个 are 8个盘."""
    for fact in product.facts:
        several = [(item, _counted_in(item)) for item in facts.items(fact)]
        counts = [count for _item, count in several if count]
        if len(several) < 2 or len(counts) < len(several) or not re.search(r"\d", fact.value):
            continue
        ends: dict[str, Fraction] = {}
        for item, count in several:
            end = _last([item, item])
            ends[end] = ends.get(end, Fraction(0)) + (count or 0)
        total = sum(counts, Fraction(0))
        for end, together in ends.items():
            nouns = in_both_languages(frozenset({end})) if end else frozenset({"piece", "thing", "件"})
            yield Carrier(Quantity(0, 0, f"{together}", (together,)), fact.name, nouns)
        yield Carrier(Quantity(0, 0, f"{total}", (total,)), fact.name, frozenset({"piece", "thing", "part", "件"}))


def _counted_in(item: str) -> Fraction | None:
    """Return how many of one thing an item of a list counts: 4 of "4 side plates", 1 of 滤网1个 and of 滤网."""
    several = [q for q in quantities.scan(item) if not (q.unit or q.code or q.money) and q.values]
    if not several and not re.search(r"\d", item):
        return Fraction(1)
    return several[0].values[0] if len(several) == 1 and several[0].values[0].denominator == 1 else None


def _counts(product: Product) -> Iterable[Carrier]:
    """How many colours or sizes there are is known too, by counting them."""
    values: dict[str, set[str]] = {}
    for variant in product.variants:
        for name, value in variant.options:
            values.setdefault(name, set()).add(value)
    for fact in product.facts:
        if facts.role_of(fact) in {"contents", "ingredients", "includes"} or LISTS.search(fact.name):
            continue
        if (several := facts.items(fact)) and len(several) > 1 and _of_one_sort(fact.name, fact.value, several):
            values.setdefault(fact.name, set(several))
    for fact in product.facts:
        if slashed := re.search(r"(?<![\w/])[A-Z]{1,3}(?:/[A-Z]{1,3})+(?![A-Za-z\d/])", fact.value):
            count = Fraction(slashed[0].count("/") + 1)  # S/M/L
            yield Carrier(Quantity(0, 0, "", (count,)), fact.name, _SORTS, counted=True)
        if (
            len(fact.value) < 80 and len(several := facts.items(fact)) > 1
        ):  # "three ways to connect": any list has so many
            yield Carrier(Quantity(0, 0, "", (Fraction(len(several)),)), fact.name, _SORTS, counted=True)
        if facts.role_of(fact) == "ingredients" and len(several := facts.items(fact)) > 1:
            values[fact.name] = set(several)
    titled = {quantities.stem(w) for w in re.findall(r"[^\W\d_]{3,}", product.title)}
    titled -= {
        n for q in quantities.scan(product.title) if not q.unit for n in q.nouns[:1]
    }  # "2 panels": counted there
    for name, all_values in values.items():
        nouns = {quantities.stem(w) for w in re.findall(r"[^\W\d_]+", facts.clean_name(name))}
        meaning = facts.meaning_of(name, next(iter(all_values)))
        nouns |= {quantities.stem(meaning.en), meaning.zh}
        if meaning.kind == "colour":
            nouns |= {"color", "colour", "shade", "tone", "cover", "finish", "颜色", "色", "可选"}
        if meaning.kind == "size" or all(quantities.scan(v) for v in all_values):
            nouns |= {"size", "尺码", "尺寸", "规格", "大小", "码"}
        nouns |= {"version", "option", "choice", "款"} | (set() if _IN_PAIRS.search(product.title) else titled)
        if facts.meaning_of(name, "").role == "ingredients":
            nouns = {"ingredient", "thing", "配料", "原料"}
        yield Carrier(
            Quantity(0, 0, str(len(all_values)), (Fraction(len(all_values)),)), name, frozenset(nouns), counted=True
        )
