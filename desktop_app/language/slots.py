"""What a Chinese sentence puts in the place of a fact's value: 图案是牡丹 of 飞鸟, 肉色 of 橙色, 收纳盒两个 of one."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from desktop_app.language import everyday, facts, harmless, lexicon, quantities
from desktop_app.language.spans import finding
from desktop_app.language.vocabulary import World
from desktop_app.records import Finding, Product
from desktop_app.words import _

_LONGEST = 12  # letters of a value that is a name and not a description
_IS = r"(?:就|正|都|全)?(?:是|为|用的是|选的是|叫|：|:)"
_SAID = re.compile(rf"{_IS}(?P<value>[\u4e00-\u9fff]{{2,6}}?)(?:的|款|型|图案|花样)?(?=[，。；！、]|$)")
_LOOSE = re.compile(r"[不没无未很挺最可能会要有自什怎哪你您他她它这那]|好看|耐看|手工|精[美致]|特别|喜欢")
_SHADE = re.compile(r"(?P<shade>[\u4e00-\u9fff]{1,3}?色)(?=[的款系，。；！、]|$)")
_NO_SHADE = re.compile(
    r"[颜特角景出成本原各么同单双多纯撞掉褪变上着染配好深浅暗亮天夜暮月气脸神起绝货音秋春这那几种个一二两三四五六七八九十有无没哪物女失][\u4e00-\u9fff]?色$"
)
_COUNTED = re.compile(
    r"(?:^|(?<=[，。；！、]))(?:还有|另有|配|送|带|附)?(?P<what>[\u4e00-\u9fff]{2,4}?)(?P<n>[两二三四五六七八九十]|[2-9]|1\d)(?P<m>[个只条把根张支枚副盏])(?=[，。；！]|$)"
)


# What a fact's name is called too.
_ALIASES = (
    "图案 花纹 花样 花型 纹样 花色", "材质 料子 用料 质地 面料", "味道 口味", "香味 香型", "款式 样式", "形状 造型 外形", "品种 种类",
    "工艺 做法", "包装 外包装", "接口 插口", "屏幕 显示屏",
)  # fmt: skip
_NONE_OF_IT = re.compile(r"(?:没有|没|无|不带|不含|未配|不配)(?P<what>[\u4e00-\u9fff]{2,4})(?=[，。；！、的]|$)")


@dataclass(frozen=True, slots=True)
class Slots:
    """The values of one product's facts by the names they go by, its colours, and what each fact counts."""

    values: tuple[tuple[str, str], ...] = ()
    shades: bool = False
    there: frozenset[str] = frozenset()  # names of facts that give a value other than no
    pieces: tuple[str, ...] = ()


def of(product: Product) -> Slots:
    """Read off the names and values that a sentence may be held against."""
    found, pieces, shades, there = list[tuple[str, str]](), list[str](), False, set[str]()
    several = [(f.name, f.value) for f in product.facts]
    several += list(dict.fromkeys(option for v in product.variants for option in v.options))
    together: dict[str, str] = {}
    for name, value in several:
        together[name] = f"{together.get(name, '')} {value}"
    for name, value in together.items():
        bare = facts.clean_name(name)
        shades |= facts.meaning_of(name, value.strip()).kind == "colour"
        if re.fullmatch(r"[\u4e00-\u9fff]{2,4}", bare) and len(value) <= _LONGEST and not re.search(r"\d", value):
            several_names = next((row.split() for row in _ALIASES if bare in row.split()), [bare])
            found += [(called, value) for called in several_names if called == bare or called not in together]
        if re.fullmatch(r"[\u4e00-\u9fff]{2,4}", bare) and not re.search(r"[不无没未否另需零]|非", value):
            there.add(bare)
        pieces += [f"{name} {p}" for p in re.split(r"[，、；,;|]", value)]
    return Slots(tuple(found), shades, frozenset(there), tuple(pieces))


def of_sentence(sentence: str, slots: Slots, world: World) -> list[Finding]:
    """Return what is said in the place of another value; spans in code points of ``sentence``."""
    return [
        *_values(sentence, slots),
        *_denied(sentence, slots),
        *_shades(sentence, slots, world),
        *_counts(sentence, slots),
    ]


def _values(sentence: str, slots: Slots) -> Iterable[Finding]:
    for name, value in slots.values:
        at = sentence.find(name)
        said = _SAID.match(sentence, at + len(name)) if at >= 0 else None
        if said is None or _LOOSE.search(said["value"]) or said["value"] in _free():
            continue
        if not set(said["value"]) & set(value) and not _same(said["value"], value):
            why = _("The facts say “{known}”, which is not “{text}”.", known=value.strip(), text=said["value"])
            yield finding(sentence, said.start("value"), said.end("value"), "contradiction", why)


def _denied(sentence: str, slots: Slots) -> Iterable[Finding]:
    """ "No buttons" of a thing whose fact called 按键 gives two."""
    for match in _NONE_OF_IT.finditer(sentence):
        if match["what"] in slots.there:
            why = _("The facts say the opposite of “{text}”.", text=match[0])
            yield finding(sentence, match.start(), match.end(), "contradiction", why)


def _free() -> frozenset[str]:
    return harmless.words("zh", "") | everyday.plain("zh")


def _same(said: str, value: str) -> bool:
    """Tell whether a value of another language says it: 炻器 of "Stoneware"."""
    return any(lexicon.find(said, k) and lexicon.find(said, k) == lexicon.find(value.strip(), k) for k in lexicon.KINDS)


def _shades(sentence: str, slots: Slots, world: World) -> Iterable[Finding]:
    if not slots.shades:
        return
    known = _free() | everyday.words("zh")
    for match in _SHADE.finditer(sentence):
        shade = match["shade"]
        ends = [shade[n:] for n in range(len(shade) - 1)]
        if any(_NO_SHADE.search(e) or e in world.grams or lexicon.find(e, "colour") or e in known for e in ends):
            continue  # those of the list are looked at by themselves
        if shade[:-1] in world.text or shade[-2] in world.text:
            continue
        why = _("No fact of this product says “{text}”.", text=shade)
        yield finding(sentence, match.start(), match.end("shade"), "colour", why)


def _counts(sentence: str, slots: Slots) -> Iterable[Finding]:
    for match in _COUNTED.finditer(sentence):
        about = [p for p in slots.pieces if match["what"] in p or match["what"][-2:] in p]
        known = {q.values[0] for p in about for q in quantities.scan(p) if q.values and not q.unit and not q.code}
        said = quantities.scan(match["n"] + match["m"])
        if known and said and said[0].values[0] not in known:
            why = _("The facts give “{text}” for something else.", text=match["n"] + match["m"])
            yield finding(sentence, match.start("n"), match.end("m"), "relation", why)
