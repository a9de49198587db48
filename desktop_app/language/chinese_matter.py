"""What a thing is made of, measures, holds, counts and where it comes from, in Chinese."""

from __future__ import annotations

import re
from dataclasses import replace

from desktop_app.language import chinese_forms, english_sizes, facts, general, lexicon, quantities, sayings, units
from desktop_app.language.facts import items
from desktop_app.language.phrases import NOTHING, joined, listed, plain, resting
from desktop_app.language.said import Said
from desktop_app.language.subjects import Subject
from desktop_app.records import Fact

SIDES = {"length": "长", "width": "宽", "height": "高", "depth": "深", "diameter": "直径", "thickness": "厚"}
PLAIN_SIDES = lexicon.words(
    "length width height depth diameter thickness l w h d ø 长 长度 宽 宽度 高 高度 深 深度 直径 口径 厚 厚度"
)
_SIZES = {
    "one size": "均码",
    "large": "大号",
    "medium": "中号",
    "small": "小号",
    "extra large": "加大号",
    "extra small": "加小号",
}
_PIECES = r"(?i)pcs?\.?|pieces?|items?|units?|stück|pezzi|pièces?|piezas?|peças?"


def sides(found: list[Fact]) -> list[Said]:
    """Say width, height and depth together."""
    lines, names = [], []
    order = list(SIDES)
    for fact in sorted(found, key=lambda f: order.index(facts.role_of(f))):
        measured = chinese_forms.measured(fact)
        if measured and len(items(fact)) == 1:
            across = "口径" if "口径" in fact.name else SIDES[facts.role_of(fact)]
            lines.append(plain(across) + resting(measured, fact.name))
            names.append(fact.name)
    rest = joined(lines, "、")
    return [Said("size", tuple(names), verb=rest, verbs=rest, value=rest)] if lines else []


def size(fact: Fact, subject: Subject) -> list[Said]:
    """Say its size: a measure measures, a letter is a size it comes in."""
    several = [_SIZES.get(i.casefold(), i) for i in items(fact)]
    if len(several) > 1:
        return _sizes(fact, several)
    measured = chinese_forms.measured(fact) or ""
    if (measured and units.dimension_of(measured)) or re.search(r"\d.*(?:cm|厘米|mm|毫米|米|英寸|寸)", measured):
        if (inches := re.match(r"([\d.]+)\s*英?寸$", measured)) and f"{inches[1]}寸" in subject.name:
            return [Said("silent", (fact.name,))]
        if sayings.has_han(measured[:1]) and not re.match(r"直径|口径|[长宽高深厚约]", measured):
            return [Said("size", (fact.name,), label=chinese_forms.label_of(fact), value=resting(measured, fact.name))]
        measured = re.sub(r"(?<=[米寸])\s+(?=直径|口径|[长宽高深厚])", "、", measured)
        if re.match(r"直径|口径|[长宽高深厚]", measured):
            return [chinese_forms.clause("size", fact, "", resting(measured, fact.name), "")]
        return chinese_forms.make("size", fact, "尺寸", resting(measured, fact.name))
    if (
        several[0] in _SIZES.values()
        or several[0].casefold() in english_sizes.LETTERS
        or re.fullmatch(r"(?i)(eu|uk|us)?\s?\d{1,3}码?", several[0])
    ):
        return chinese_forms.make("size", fact, "尺码为", resting(several[0], fact.name))
    return [Said("size", (fact.name,), label=chinese_forms.label_of(fact), value=resting(several[0], fact.name))]


def _sizes(fact: Fact, several: list[str]) -> list[Said]:
    low = [s.casefold() for s in several]
    label = (
        "尺码"
        if all(s in english_sizes.LETTERS for s in low) or all(re.fullmatch(r"\d{1,3}(\.5)?码?", s) for s in low)
        else chinese_forms.label_of(fact)
    )
    if all(s in english_sizes.LETTERS for s in low):
        several = [s.upper() for s in sorted(low, key=lambda s: english_sizes.RANK[s])]
        places = [english_sizes.RANK[s.casefold()] for s in several]
        if len(places) > 2 and places == list(range(places[0], places[0] + len(places))):
            return [
                chinese_forms.clause(
                    "options", fact, f"{label} ", resting(f"{several[0]} 至 {several[-1]}", fact.name), ""
                )
            ]
    if all(re.fullmatch(r"\d{1,3}", s) for s in several):
        several = sorted(several, key=int)
    lines = [resting(s, fact.name) for s in several]
    if label == "尺码":
        return [chinese_forms.clause("options", fact, f"{label}有", listed(lines, "zh"), "")]
    return [chinese_forms.offered(fact, label, lines)]


def length(fact: Fact, subject: Subject) -> list[Said]:
    """Say the length of a part under its own name."""
    measured = chinese_forms.measured(fact)
    if len(items(fact)) > 1:
        lines = [resting(facts.with_unit(i, facts.unit_of(fact)), fact.name) for i in items(fact)]
        return [chinese_forms.offered(fact, chinese_forms.label_of(fact), lines)]
    return (
        [chinese_forms.clause("size", fact, chinese_forms.label_of(fact), resting(measured, fact.name), "")]
        if measured
        else []
    )


def material(fact: Fact, subject: Subject) -> list[Said]:
    """Say what it is made of."""
    listed_in, measures = general.stuffs_and_measures(items(fact))
    several = [part.strip() for item in listed_in for part in re.split(r"[+＋]", item) if part.strip()]
    if len(several) > 1 and not all(_is_stuff(s) for s in several):
        return []  # "橡木，上木蜡油": one of them is what was done to it
    if any(_of_part(s) for s in several):
        return []  # 灯罩硅胶
    lines = chinese_forms.words(replace(fact, value=" | ".join(general.materials(several))), "material")
    if lines and measures:
        lines[-1] = lines[-1] + resting(f"（{'，'.join(measures)}）", fact.name)
    if lines and not all(_is_stuff(s) and not re.search(r"\d+[A-Za-z]", s) for s in several):
        return [chinese_forms.clause("material", fact, "材质为", listed(lines, "zh"), "")]  # a word no list knows
    return chinese_forms.make("material", fact, "材质为", lines, "以") if lines else []


def _of_part(text: str) -> bool:
    """Tell whether a value names a part before or behind its stuff: 灯罩硅胶, "Tritan 杯身"."""
    for n in range(2, min(4, len(text))):
        for piece, rest in ((text[:n], text[n:]), (text[-n:], text[:-n])):
            noun = lexicon.find(piece, "noun")
            if noun and "part" in noun.marks and rest.strip() and not lexicon.find(text, "material"):
                return True
    return False


def _is_stuff(text: str) -> bool:
    """Tell whether a value is a known stuff, or ends in one: PU涂层涤纶."""
    bare = re.sub(r"[\d.,]+\s*[%％]", "", text).strip()
    if not sayings.has_han(bare):
        return True
    return any(lexicon.find(bare[n:], "material") for n in range(len(bare)))


def part_material(fact: Fact, subject: Subject) -> list[Said]:
    """Say what a part of it is made of, or which colour a part has."""
    lines = chinese_forms.words(fact, "material", "colour")
    label = re.sub(r"(材质|面料|材料|颜色)$", "", facts.clean_name(fact.name))
    if not sayings.has_han(label):
        noun = lexicon.find(re.sub(r"\b(materials?|fabric|colou?r)\b", "", label).strip(), "noun")
        label = noun.zh[0] if noun else ""
    if not lines or not label or any(re.match(r"[\d.]+\s*[根个条片只块粒颗]?$|无$|不", i) for i in items(fact)):
        return []
    if facts.role_of(fact) == "part_colour":
        return [chinese_forms.clause("part", fact, f"{label}为", listed(lines, "zh"), "")]
    stuff = listed(lines, "zh")
    if (stuff.text[-1:] == label[-1:] and label[-1:] != "子") or label.startswith("填充") or stuff.text[-1:] in "质制":
        return [chinese_forms.clause("part", fact, f"{label}为", stuff, "")]  # 烛芯为棉芯
    if label.endswith("镶嵌"):
        return [chinese_forms.clause("part", fact, label, stuff, "")]  # 镶嵌锆石
    return [chinese_forms.clause("part", fact, f"{label}用", stuff, "制成")]


def colour(fact: Fact, subject: Subject) -> list[Said]:
    """Say its colour, or the colours there are."""
    lines = chinese_forms.words(fact, "colour")
    if not lines or any(re.search(r"\d", line.text) for line in lines):
        return []
    if fact.source.startswith("option:") and len(lines) > 1:
        return [chinese_forms.clause("options", fact, "有", listed(lines, "zh"), "可选")]
    if len(lines) > 1:  # whether to choose from, or all on one piece, nobody said
        return [chinese_forms.clause("colour", fact, "颜色有", listed(lines, "zh"), "")]
    return chinese_forms.make("colour", fact, "颜色为", lines)


def volume(fact: Fact, subject: Subject) -> list[Said]:
    """Say how much a vessel holds; of anything else, its capacity."""
    if len(items(fact)) > 1:
        lines = [resting(i, fact.name) for i in items(fact)]
        return [chinese_forms.offered(fact, chinese_forms.label_of(fact), lines)]
    if units.dimension_of(facts.with_unit(fact.value, facts.unit_of(fact))) != "volume":
        return []  # 10000 mAh: a battery's
    return chinese_forms.simple("volume", "容量")(fact, subject)


def labelled(fact: Fact, subject: Subject) -> list[Said]:
    """Say a measure under its own label."""
    measured = chinese_forms.measured(fact)
    label = chinese_forms.label_of(fact)
    if len(items(fact)) > 1:
        return []
    if not re.search(
        r"\d|[一二两三四五六七八九十半]+(?:厘米|毫米|米|寸|尺|小时|天|年|个月|[克斤升瓦伏])", measured or ""
    ):
        return []  # "裙长：中长裙"
    if measured and re.fullmatch(r"[\u4e00-\u9fff]{1,5}[长宽高深厚距径围]", label):
        return [chinese_forms.clause("part", fact, label, resting(measured, fact.name), "")]  # 线长1.5米
    return [Said(fact.kind, (fact.name,), label=label, value=resting(measured, fact.name))] if measured else []


def net_weight(fact: Fact, subject: Subject) -> list[Said]:
    """Say its net weight in the merchant's word: 净重 of a candle, 净含量 of a jar of honey."""
    own = facts.clean_name(fact.name)
    return chinese_forms.simple("weight", own if own in {"净重", "净含量"} else "净含量")(fact, subject)


def count(fact: Fact, subject: Subject) -> list[Said]:
    """Say how many pieces come together."""
    text = fact.value.strip()
    if facts.clean_name(fact.name) == "支数":
        return []  # of yarn as often as of pencils: a line of detail says it either way
    found = re.match(
        r"(?i)^(?:set of|pack of|box of|共|一套|一组|一盒)?\s*(\d+|[a-z]+|[一二两三四五六七八九十]+)\s*(\S.*)?$", text
    )
    if not found:
        return []
    number = found[1]
    if number.isascii() and number.isalpha():
        if number.casefold() not in quantities.WORDS:
            return []
        number = str(quantities.WORDS[number.casefold()])
    thing = found[2] or ""
    measure = subject.noun.measure if subject.noun else ""
    if measure not in list("个只支条块张卷片枚根双把盏本"):
        measure = "件"  # how it is packed ("盒") is not known
    if named := re.fullmatch(r"总?([片张只支块枚颗把条粒根卷本双对个件])数", fact.name.strip()):
        measure = named[1]
    if packed := re.fullmatch(r"([\u4e00-\u9fff])/([\u4e00-\u9fff])", thing):
        return [chinese_forms.clause("count", fact, f"每{packed[2]}", resting(f"{number}{packed[1]}", fact.name), "")]
    if not thing or re.fullmatch(_PIECES, thing):
        return chinese_forms.make("count", fact, "共", resting(f"{number}{measure}", fact.name))
    if sayings.has_han(thing):
        return chinese_forms.make("count", fact, "共", resting(f"{number}{thing}", fact.name))
    said = sayings.feature(f"{number} {thing}", "zh")
    return chinese_forms.make("count", fact, "共", resting(said.text, fact.name)) if said else []


def sheets(fact: Fact, subject: Subject) -> list[Said]:
    """Say how many pages or sheets it has."""
    found = re.match(r"(\d+)\s*(\S*)", fact.value.strip())
    if not found:
        return []
    paged = re.search(r"page|页", fact.name.casefold() + fact.value + fact.unit)
    unit = found[2] if sayings.has_han(found[2]) else "页" if paged else "张"
    return chinese_forms.make("count", fact, "共", resting(f"{found[1]}{unit}", fact.name))


def origin(fact: Fact, subject: Subject) -> list[Said]:
    """Say where it comes from; "made in" only where the fact says made."""
    text = re.sub(r"(?i)^(?:hand)?(?:made|produced|manufactured|grown|woven)\s+in\s+", "", fact.value.strip())
    if sayings.has_han(text) and (shown := re.fullmatch(r"(.+?)(制造|生产|制作|手工制作)", text)):
        return chinese_forms.around("origin", fact, "{x}" + shown[2], [resting(shown[1], fact.name)])
    place = sayings.word(text, "zh", "origin")
    if not place:
        return []
    made = facts.role_of(fact) == "made_in" or text != fact.value.strip()
    if made and not re.search(r"产地", fact.name):
        return chinese_forms.around("origin", fact, "{x}制造", [resting(place, fact.name)])
    return chinese_forms.make("origin", fact, "产自", resting(place, fact.name))


def scent(fact: Fact, subject: Subject) -> list[Said]:
    """Say its scent or flavour, or those there are."""
    lines = chinese_forms.words(fact, "scent", "noun")
    if not lines or any(re.match(r"[不无未]", line.text) and line.text != "无香" for line in lines):
        return []
    if len(lines) == 1 and lines[0].text == "无香":
        return [chinese_forms.so("scent", (fact.name,), lines)]
    label = "口味" if facts.role_of(fact) == "flavour" else "香味"
    if sayings.has_han(fact.name):
        label = facts.clean_name(fact.name)
    if fact.source.startswith("option:") and len(lines) > 1:
        return [chinese_forms.clause("options", fact, "可选", listed(lines, "zh"), label)]
    if len(lines) > 1:
        return [chinese_forms.clause("options", fact, f"{label}有", listed(lines, "zh"), "")]
    if lines[-1].text[-1:] in "味香型":
        return chinese_forms.make("scent", fact, f"{label}为", lines)  # 口味为原味
    return chinese_forms.around("scent", fact, "{x}" + label, lines)  # 麻辣口味


def certificate(fact: Fact, subject: Subject) -> list[Said]:
    """Say which well-known mark it carries; other marks stay in a line of detail."""
    term = lexicon.find(fact.value, "certificate") or (
        lexicon.find(facts.clean_name(fact.name), "certificate") if facts.is_yes(fact.value) else None
    )
    if term and term.en[0] in {"FSC", "PEFC", "GOTS", "OEKO-TEX Standard 100", "Fairtrade"}:
        return chinese_forms.around("certificate", fact, "通过{x}认证", [resting(term.zh[0], fact.name)])
    return []


def brand(fact: Fact, subject: Subject) -> list[Said]:
    """Say who it is by."""
    return [Said("brand", (fact.name,), label="品牌", value=resting(fact.value, fact.name))]


def silent(fact: Fact, subject: Subject) -> list[Said]:
    """Say nothing."""
    return [Said("category", (fact.name,), NOTHING)]


def nothing(fact: Fact, subject: Subject) -> list[Said]:
    """Say nothing in a sentence; a line of detail will do."""
    return []
