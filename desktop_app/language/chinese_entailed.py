"""What a fact lets a Chinese text say in other words: of a thing with a zip that one pulls it shut, of a waterproof one rain."""

from __future__ import annotations

import re
from functools import cache

from desktop_app.language import facts, lexicon
from desktop_app.records import Product

_DENIES = re.compile(r"[不无未非勿没免否]\s?$|(?:没有|并非|避免|禁止|不能|不可|不宜|不得|不支持)[\u4e00-\u9fff]{0,2}$")
_DENIED = re.compile(r"\s*[:：]?\s*(?:不支持|不可|不能|无|否|没有|未)")


def of(product: Product) -> frozenset[str]:
    """Return the stretches that title, facts and options of ``product`` let a text say beside their own words."""
    options = (value for variant in product.variants for _name, value in variant.options)
    told = (f"{f.name} {f.value}" for f in product.facts if not facts.is_no(f.value))
    texts = [product.title, *options, *told]
    mixed = any(len(re.findall(r"\d\s?[%％]", text)) > 1 for text in texts)
    return frozenset({"掺", "掺了", "混", "混纺"} if mixed else ()) | frozenset(
        word
        for carried, spoken in _rows()
        if any(_carried(key, text) for text in texts for key in carried)
        for word in spoken
    )


def _carried(key: str, text: str) -> bool:
    at = text.find(key)
    while at >= 0:
        if not _DENIES.search(text[:at]) and not _DENIED.match(text, at + len(key)):
            return True
        at = text.find(key, at + 1)
    return False


@cache
def _rows() -> tuple[tuple[tuple[str, ...], tuple[str, ...]], ...]:
    return tuple((tuple(row["carried"].split()), tuple(row["says"].split())) for row in lexicon.rows("entails.zh"))
