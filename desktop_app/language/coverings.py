"""What only covers a thing is not what it is made of: 密度板贴橡木皮 is no oak top, 镀18K金 no gold of 18 carats."""

from __future__ import annotations

import re
from dataclasses import dataclass

from desktop_app.language.spans import finding
from desktop_app.records import Finding, Product
from desktop_app.words import _

_STUFF = r"[\u4e00-\u9fffA-Za-z0-9]"
_COVERING = (
    re.compile(rf"(?:贴|包|镀|电镀|涂|喷|覆|淋|裱)(?:了|上|有)?(?P<stuff>{_STUFF}{{1,6}}?)(?:木皮|皮|面|层|膜|箔)?(?=[，、；。（(\s+]|$)"),
    re.compile(r"(?P<stuff>[\u4e00-\u9fff]{1,4}?)(?:木皮|贴皮|贴面|饰面|镀层|涂层|纹(?!路)|色漆|包边)"),
    re.compile(r"仿(?P<stuff>[\u4e00-\u9fff]{1,3})(?=[，、；。（(\s纹色]|$)"),
)  # fmt: skip
_COVERED_BEFORE = re.compile(r"(?:贴|包|镀|涂|喷|覆|仿|淋|裱|烫|描|洒|像|如|似|不是|并非|非|没有)[^，。；]{0,4}$")
_COVERED_AFTER = re.compile(
    r"(?:木)?(?:皮|贴面|饰面|面层|镀层|涂层|纹|色|层|膜|箔|的?(?:外皮|表皮|表面|颜色|光泽|质感|镀))"
)
_LEAST = 2  # letters of a stuff's name; one alone is part of too many words
_NONE = frozenset("不锈 防水 防滑 透明 光滑 哑光 保护 环保 食品 防护 防锈 耐磨".split())


@dataclass(frozen=True, slots=True)
class Coverings:
    """The stuffs that one product's facts name as a covering alone."""

    stuffs: tuple[str, ...] = ()


def of(product: Product) -> Coverings:
    """Read off the facts what only covers the thing."""
    told = [product.title, product.category, *product.tags, *(f"{f.name}，{f.value}" for f in product.facts)]
    told += [value for v in product.variants for _name, value in v.options]
    whole = "\n".join(told)
    found: set[str] = set()
    bare = whole
    for pattern in _COVERING:
        for match in pattern.finditer(whole):
            stuff = match["stuff"]
            if len(stuff) >= _LEAST and stuff not in _NONE and not stuff.isdigit():
                found.add(stuff)
            bare = bare.replace(match[0], " ")
    return Coverings(tuple(sorted((s for s in found if s not in bare), key=len, reverse=True)))


def of_sentence(sentence: str, coverings: Coverings) -> list[Finding]:
    """Return where a sentence says a covering is what the thing is made of; spans in code points of it."""
    found = []
    for stuff in coverings.stuffs:
        at = sentence.find(stuff)
        end = at + len(stuff)
        if at < 0 or _COVERED_BEFORE.search(sentence[:at]) or _COVERED_AFTER.match(sentence, end):
            continue
        why = _("The facts say this of a part alone: “{text}”.", text=stuff)
        found.append(finding(sentence, at, end, "relation", why))
    return found
