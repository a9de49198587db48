"""What is said of all where the facts list several: 四块都是薰衣草 of soaps of four scents, 清一色黑的 of three colours."""

from __future__ import annotations

import re
from dataclasses import dataclass

from desktop_app.language.spans import finding
from desktop_app.records import Finding, Product
from desktop_app.words import _

_PIECE = re.compile(r"[、，,;；|/＋+]|和|与")
_ALL = re.compile(
    r"(?:(?:都|全部?|统统|一律|清一色|通通)(?:是|用|为|配|有|印着?|装着?)|清一色)(?:的|了)?(?P<what>[^，。；！、]{1,8})"
    r"|(?P<same>一模一样|同一个?(?:颜色|味道|口味|香味|图案|花色|款式|大小|尺寸))"
)
_SORTS = re.compile(
    r"颜色|配色|色号|香型|香味|味道|口味|风味|图案|花色|款式|品种|种类|茶|豆|套装|内容|组合|搭配|规格|码|号"
)
_APART = re.compile(r"不|没|除|别|各|不同")
_LEAST, _MOST, _LONGEST = 2, 12, 8


@dataclass(frozen=True, slots=True)
class Sorts:
    """The items of one fact that come side by side."""

    name: str
    items: tuple[str, ...]


def of(product: Product) -> tuple[Sorts, ...]:
    """Return the lists of sorts that the facts give for one pack; options are one or the other and no list."""
    found = []
    options = {name for v in product.variants for name, _value in v.options}
    for fact in product.facts:
        items = tuple(p.strip() for p in _PIECE.split(re.sub(r"[（(][^）)]*[）)]", "", fact.value)) if p.strip())
        short = all(len(i) <= _LONGEST and re.search(r"[\u4e00-\u9fff]", i) for i in items)
        if _SORTS.search(fact.name) and fact.name not in options and _LEAST <= len(items) <= _MOST and short:
            found.append(Sorts(fact.name, tuple(re.sub(r"[×xX*]?\s?\d+\s?[\u4e00-\u9fff]?$", "", i) for i in items)))
        for bracket in re.findall(r"[（(]([^）)]*)各\s?\d*[^）)]*[）)]", fact.value):
            several = tuple(p.strip() for p in _PIECE.split(bracket) if p.strip())
            found += [Sorts(fact.name, several)] if _LEAST <= len(several) <= _MOST else []
    return tuple(found)


def of_sentence(sentence: str, several: tuple[Sorts, ...]) -> list[Finding]:
    """Return where one of several sorts is said of all; spans in code points of ``sentence``."""
    for match in _ALL.finditer(sentence) if several else ():
        if _APART.search(sentence[max(0, match.start() - 4) : match.start()]):
            continue
        for sorts in several:
            if match["same"]:
                hit = any(w in match["same"] for w in (sorts.name[-2:], sorts.name[:2]))
                wrong = hit and len(set(sorts.items)) > 1
            else:
                named = [
                    i for i in sorts.items if i and (i in match["what"] or (len(i) > 2 and i[:2] in match["what"]))
                ]
                wrong = len(named) == 1 and sum(i in sentence for i in sorts.items) == 1
            if wrong:
                why = _("The facts say this of a part alone: “{text}”.", text=match[0])
                return [finding(sentence, match.start(), match.end(), "relation", why)]
    return []
