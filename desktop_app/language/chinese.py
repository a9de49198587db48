"""Facts said in Chinese: each kind with the words that are true of it (尺寸 is measured, 容量 is held, 材质 is what it is made of)."""

from __future__ import annotations

import re
from collections.abc import Callable

from desktop_app.language import facts, lexicon, quantities, sayings, units
from desktop_app.language.english import LETTERS
from desktop_app.language.facts import items
from desktop_app.language.phrases import NOTHING, Line, joined, listed, plain, resting
from desktop_app.language.said import Said, framed
from desktop_app.language.subjects import Subject
from desktop_app.records import Fact

_SIDES = {"length": "长", "width": "宽", "height": "高", "depth": "深", "diameter": "直径", "thickness": "厚"}
_PLAIN_SIDES = lexicon.words(
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


def say(found: list[Fact], subject: Subject) -> list[Said]:
    """Return everything that can be said in Chinese of these facts, each fact at most once."""
    out: list[Said] = []
    sides = [f for f in found if facts.role_of(f) in _SIDES and facts.clean_name(f.name) in _PLAIN_SIDES]
    out += _sides([f for f in sides if len(items(f)) == 1])
    for fact in (f for f in sides if len(items(f)) > 1):
        out.append(
            _clause(
                "options", fact, f"{label_of(fact)}有", listed([resting(i, fact.name) for i in items(fact)], "zh"), ""
            )
        )
    for fact in found:
        if fact in sides:
            continue
        said = _ROLES.get(facts.role_of(fact), _nothing)(fact, subject)
        out += said or _detail(fact)
    return [s for s in out if s.verb or s.whole or s.value]


def label_of(fact: Fact) -> str:
    """Return the label for a line of details: the merchant's own word where it is Chinese, ours otherwise."""
    own = facts.clean_name(fact.name)
    if sayings.has_han(own):
        return own
    meaning = facts.meaning_of(fact.name, fact.value)
    if not sayings.has_han(meaning.zh) and (term := lexicon.find(meaning.zh, "word", "noun", "feature")):
        return term.zh[0]
    return meaning.zh if sayings.has_han(meaning.zh) else fact.name.strip()


# --- forms ------------------------------------------------------------------------------------------------------------


def _make(key: str, fact: Fact, verb: str, lines: Line | list[Line], part: str = "") -> list[Said]:
    several = [lines] if isinstance(lines, Line) else lines
    return [framed(key, (fact.name,), several, (verb or "\u200b", verb or "\u200b", part), "zh")] if several else []


def so(key: str, names: tuple[str, ...], lines: list[Line]) -> Said:
    """Return properties in a row: "防水、可上锁"."""
    rest = joined(lines, "、")
    return Said(key, names, verb=rest, verbs=rest, value=rest, lines=tuple(lines), frame=("so", "so", ""))


def _around(key: str, fact: Fact, template: str, lines: list[Line]) -> list[Said]:
    """Put a list into the middle of a clause: "通过{x}认证"."""
    before, after = template.split("{x}")
    line = plain(before) + listed(lines, "zh") + after
    return [Said(key, (fact.name,), verb=line, verbs=line, value=listed(lines, "zh"))]


def _detail(fact: Fact) -> list[Said]:
    if facts.is_yes(fact.value) or facts.is_no(fact.value):
        return []
    label = label_of(fact)
    values = []
    whole = fact.kind in {"free", "care"} or facts.role_of(fact) == "ingredients"
    for item in [fact.value] if whole and sayings.has_han(fact.value) else items(fact):
        unit = facts.unit_of(fact)
        if re.fullmatch(r"[\d.,]+", item) and not unit and fact.kind in {"size", "weight", "volume", "power"}:
            return []
        text = f"{item} {unit}" if unit and re.fullmatch(r"[\d.,]+", item) else item
        values.append(
            resting(
                sayings.word(text, "zh", "word", "noun", "scent", "feature", "material", "colour") or text, fact.name
            )
        )
    return [Said(fact.kind, (fact.name,), label=label, value=joined(values, "、"))] if label and values else []


def _words(fact: Fact, *kinds: str) -> list[Line] | None:
    found = [sayings.word(i, "zh", *kinds) for i in items(fact)]
    return [resting(w, fact.name) for w in found if w] if all(found) and found else None


def _measured(fact: Fact) -> str | None:
    unit = facts.unit_of(fact)
    text = fact.value.strip()
    if re.fullmatch(r"[\d.,½¼¾/ x×*–-]+", text) and unit:
        known = units.find(unit)
        shown = known.zh if known else unit
        text = f"{text}{shown}" if sayings.has_han(shown) else f"{text} {shown}"
    said = sayings.amount(text, "zh")
    if said is None or re.fullmatch(r"[\d.,½¼¾/ x×*–-]+", said):
        return None
    return re.sub(r"(?<=\d)\s*[x*×]\s*(?=\d)", " × ", said)


# --- one role each ----------------------------------------------------------------------------------------------------


def _sides(found: list[Fact]) -> list[Said]:
    lines, names = [], []
    order = list(_SIDES)
    for fact in sorted(found, key=lambda f: order.index(facts.role_of(f))):
        measured = _measured(fact)
        if measured and len(items(fact)) == 1:
            lines.append(plain(_SIDES[facts.role_of(fact)]) + resting(measured, fact.name))
            names.append(fact.name)
    rest = joined(lines, "、")
    return [Said("size", tuple(names), verb=rest, verbs=rest, value=rest)] if lines else []


def _size(fact: Fact, subject: Subject) -> list[Said]:
    several = [_SIZES.get(i.casefold(), i) for i in items(fact)]
    if len(several) > 1:
        return _sizes(fact, several)
    measured = _measured(fact) or ""
    if measured and units.dimension_of(measured) or re.search(r"\d.*(?:cm|厘米|mm|毫米|米|英寸|寸)", measured):
        return _make("size", fact, "尺寸", resting(measured, fact.name))
    if (
        several[0] in _SIZES.values()
        or several[0].casefold() in LETTERS
        or re.fullmatch(r"(?i)(eu|uk|us)?\s?\d{1,3}码?", several[0])
    ):
        return _make("size", fact, "尺码为", resting(several[0], fact.name))
    return [Said("size", (fact.name,), label=label_of(fact), value=resting(several[0], fact.name))]


def _sizes(fact: Fact, several: list[str]) -> list[Said]:
    low = [s.casefold() for s in several]
    label = (
        "尺码"
        if all(s in LETTERS for s in low) or all(re.fullmatch(r"\d{1,3}(\.5)?码?", s) for s in low)
        else label_of(fact)
    )
    if all(s in LETTERS for s in low):
        several = [s.upper() for s in sorted(low, key=LETTERS.index)]
        places = [LETTERS.index(s.casefold()) for s in several]
        if len(places) > 2 and places == list(range(places[0], places[0] + len(places))):
            return [_clause("options", fact, f"{label} ", resting(f"{several[0]} 至 {several[-1]}", fact.name), "")]
    if all(re.fullmatch(r"\d{1,3}", s) for s in several):
        several = sorted(several, key=int)
    return [_clause("options", fact, f"{label}有", listed([resting(s, fact.name) for s in several], "zh"), "")]


def _clause(key: str, fact: Fact, before: str, rest: Line, after: str) -> Said:
    line = plain(before) + rest + after
    return Said(key, (fact.name,), verb=line, verbs=line, value=rest)


def _length(fact: Fact, subject: Subject) -> list[Said]:
    measured = _measured(fact)
    return [_clause("size", fact, label_of(fact), resting(measured, fact.name), "")] if measured else []


def _material(fact: Fact, subject: Subject) -> list[Said]:
    lines = _words(fact, "material")
    return _make("material", fact, "材质为", lines, "以") if lines else []


def _part_material(fact: Fact, subject: Subject) -> list[Said]:
    lines = _words(fact, "material", "colour")
    label = re.sub(r"(材质|面料|材料|颜色)$", "", facts.clean_name(fact.name))
    if not sayings.has_han(label):
        noun = lexicon.find(re.sub(r"\b(materials?|fabric|colou?r)\b", "", label).strip(), "noun")
        label = noun.zh[0] if noun else ""
    verb = "为" if facts.role_of(fact) == "part_colour" else "材质为"
    return [_clause("part", fact, f"{label}{verb}", listed(lines, "zh"), "")] if lines and label else []


def _colour(fact: Fact, subject: Subject) -> list[Said]:
    lines = _words(fact, "colour")
    if not lines:
        return []
    if fact.source.startswith("option:") and len(lines) > 1:
        return [_clause("options", fact, "有", listed(lines, "zh"), "可选")]
    return _make("colour", fact, "颜色为", lines)


def _simple(key: str, verb: str) -> Callable[[Fact, Subject], list[Said]]:
    def said(fact: Fact, subject: Subject) -> list[Said]:
        measured = _measured(fact)
        return _make(key, fact, verb, resting(measured, fact.name)) if measured and len(items(fact)) == 1 else []

    return said


def _volume(fact: Fact, subject: Subject) -> list[Said]:
    if len(items(fact)) > 1:
        return [
            _clause(
                "options", fact, f"{label_of(fact)}有", listed([resting(i, fact.name) for i in items(fact)], "zh"), ""
            )
        ]
    return _simple("volume", "容量")(fact, subject)


def _finish(fact: Fact, subject: Subject) -> list[Said]:
    """A surface is so ("表面上油") or of something ("釉面为哑光釉"); how it was made stands alone ("手工拉坯")."""
    if len(items(fact)) > 1:
        return _style(fact, subject)
    said = sayings.feature(fact.value, "zh")
    text = said.text if said else fact.value.strip()
    if not sayings.has_han(text):
        return []
    if re.match(r"手工|机|人工|传统", text):
        return [so("feature_is", (fact.name,), [resting(text, fact.name)])]
    if said and said.grammar == "is":
        return [_clause("finish", fact, "表面", resting(text, fact.name), "")]
    label = facts.clean_name(fact.name) if facts.clean_name(fact.name) in {"釉面", "漆面", "表面"} else "表面"
    return [_clause("finish", fact, f"{label}为", resting(text, fact.name), "")]


def _labelled(fact: Fact, subject: Subject) -> list[Said]:
    measured = _measured(fact)
    return [Said(fact.kind, (fact.name,), label=label_of(fact), value=resting(measured, fact.name))] if measured else []


def _count(fact: Fact, subject: Subject) -> list[Said]:
    text = fact.value.strip()
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
    if not thing or re.fullmatch(_PIECES, thing):
        return _make("count", fact, "共", resting(f"{number}{measure}", fact.name))
    if sayings.has_han(thing):
        return _make("count", fact, "共", resting(f"{number}{thing}", fact.name))
    said = sayings.feature(f"{number} {thing}", "zh")
    return _make("count", fact, "共", resting(said.text, fact.name)) if said else []


def _sheets(fact: Fact, subject: Subject) -> list[Said]:
    found = re.match(r"(\d+)\s*(\S*)", fact.value.strip())
    if not found:
        return []
    unit = found[2] if sayings.has_han(found[2]) else "页" if "page" in fact.name.casefold() + fact.value else "张"
    return _make("count", fact, "共", resting(f"{found[1]}{unit}", fact.name))


def _origin(fact: Fact, subject: Subject) -> list[Said]:
    text = re.sub(r"(?i)^(?:hand)?(?:made|produced|manufactured|grown|woven)\s+in\s+", "", fact.value.strip())
    if sayings.has_han(text) and (shown := re.fullmatch(r"(.+?)(制造|生产|制作|手工制作)", text)):
        return _around("origin", fact, "{x}" + shown[2], [resting(shown[1], fact.name)])
    place = sayings.word(text, "zh", "origin")
    if not place:
        return []
    made = facts.role_of(fact) == "made_in" or text != fact.value.strip()
    if made and not re.search(r"产地", fact.name):
        return _around("origin", fact, "{x}制造", [resting(place, fact.name)])
    return _make("origin", fact, "产自", resting(place, fact.name))


def _age(fact: Fact, subject: Subject) -> list[Said]:
    text = fact.value.strip()
    if found := re.fullmatch(
        r"(?i)(?:from\s+)?(\d+)\s*(years?|months?|岁|个月)?\s*(?:\+|and up|and over|以上|及以上)\s*(years?|months?)?",
        text,
    ):
        months = "个月" if re.search(r"month|月", text) else "岁"
        return _make("age", fact, "适合", resting(f"{found[1]}{months}以上", fact.name))
    if found := re.fullmatch(r"(?i)(\d+)\s*(?:[-–~至到]|to)\s*(\d+)\s*(years?|months?|岁|个月)?", text):
        months = "个月" if re.search(r"month|月", text) else "岁"
        return _make("age", fact, "适合", resting(f"{found[1]}至{found[2]}{months}", fact.name))
    terms = [lexicon.find(i, "use") for i in items(fact)]
    if terms and all(t and t.group == "people" for t in terms):
        if len(terms) == 1 and terms[0] and terms[0].zh[0].endswith("通用"):
            return [so("age", (fact.name,), [resting(terms[0].zh[0], fact.name)])]
        return _make("age", fact, "适合", [resting(t.zh[0], fact.name) for t in terms if t])
    return _make("age", fact, "适合", resting(text, fact.name)) if sayings.has_han(text) else []


def _compatibility(fact: Fact, subject: Subject) -> list[Said]:
    shown = [re.sub(r"(?i)^(for|fits|compatible with|works with|适用于|兼容|适配)\s*", "", i) for i in items(fact)]
    return _make("compatibility", fact, "适用于", [resting(s, fact.name) for s in shown])


def _things(key: str, verb: str) -> Callable[[Fact, Subject], list[Said]]:
    def said(fact: Fact, subject: Subject) -> list[Said]:
        lines = []
        for item in items(fact):
            thing = sayings.feature(item, "zh")
            if thing is None or thing.grammar in {"is", "does"}:
                return []
            lines.append(resting(thing.text, fact.name))
        return _make(key, fact, verb, lines)

    return said


def _scent(fact: Fact, subject: Subject) -> list[Said]:
    lines = _words(fact, "scent", "noun")
    if not lines:
        return []
    label = "口味" if facts.role_of(fact) == "flavour" else "香味"
    if sayings.has_han(fact.name):
        label = facts.clean_name(fact.name)
    if fact.source.startswith("option:") and len(lines) > 1:
        return [_clause("options", fact, f"{label}有", listed(lines, "zh"), "可选")]
    return _make("scent", fact, f"{label}为", lines)


def _certificate(fact: Fact, subject: Subject) -> list[Said]:
    term = lexicon.find(fact.value, "certificate") or (
        lexicon.find(facts.clean_name(fact.name), "certificate") if facts.is_yes(fact.value) else None
    )
    if term and term.en[0] in {"FSC", "PEFC", "GOTS", "OEKO-TEX Standard 100", "Fairtrade"}:
        return _around("certificate", fact, "通过{x}认证", [resting(term.zh[0], fact.name)])
    return []


def _feature(fact: Fact, subject: Subject) -> list[Said]:
    if facts.is_yes(fact.value) or facts.is_no(fact.value):
        said = sayings.feature(facts.clean_name(fact.name), "zh")
        if not said or (facts.is_no(fact.value) and not said.text.startswith("可")):
            return []
        text = said.text if facts.is_yes(fact.value) else "不" + said.text
        return _make(
            "feature_has" if said.grammar == "has" else "feature_is",
            fact,
            "带" if said.grammar == "has" else "",
            resting(text, fact.name),
        )
    found = [sayings.feature(i, "zh") for i in items(fact)]
    if not all(found):
        return []
    return _grouped(fact, [f for f in found if f])


def _grouped(fact: Fact, found: list[sayings.Saying]) -> list[Said]:
    out: list[Said] = []
    is_so = [resting(f.text, fact.name) for f in found if f.grammar == "is"]
    has = [resting(f.text, fact.name) for f in found if f.grammar == "has"]
    raw = [resting(f.text, fact.name) for f in found if f.grammar == "raw"]
    if is_so:
        out.append(so("feature_is", (fact.name,), is_so))
    out += _make("feature_has", fact, "带", has)
    if raw and all(2 < len(line.text) < 24 for line in raw):
        line = joined(raw, "，")
        out.append(Said("feature_does", (fact.name,), verb=line, verbs=line, value=line))
    elif raw:
        out.append(Said("feature_raw", (fact.name,), label=label_of(fact), value=joined(raw, "、")))
    return out


def _style(fact: Fact, subject: Subject) -> list[Said]:
    found, left = [], []
    for item in items(fact):
        said = sayings.feature(item, "zh")
        noun = lexicon.find(item, "noun")
        if noun and "part" not in noun.marks:
            if not (subject.noun and noun.en[0] == subject.noun.en[0]):
                left.append(resting(noun.zh[0] if not sayings.has_han(item) else item, fact.name))
        elif said and said.grammar in {"is", "has"}:
            found.append(said)
        else:
            left.append(resting(said.text if said else sayings.word(item, "zh", "word") or item, fact.name))
    out = _grouped(fact, found)
    if left:
        out.append(Said("style", (fact.name,), label=label_of(fact), value=joined(left, "、")))
    return out or [Said("silent", (fact.name,))]


def _pattern(fact: Fact, subject: Subject) -> list[Said]:
    lines = _words(fact, "feature", "noun")
    if not lines:
        return []
    if any("纯色" in line.text for line in lines):
        return [Said("pattern", (fact.name,), label=label_of(fact), value=joined(lines, "、"))]
    return _around(
        "pattern", fact, "{x}图案", [resting(re.sub("(图案|花纹)$", "", li.text), fact.name) for li in lines]
    )


def _use(fact: Fact, subject: Subject) -> list[Said]:
    terms = [lexicon.find(i, "use") for i in items(fact)]
    weather = [t.zh[0] for t in terms if t and t.group == "weather"]
    others = [t.zh[0] if t else i for i, t in zip(items(fact), terms, strict=True) if not t or t.group != "weather"]
    if not all(t or sayings.has_han(i) for i, t in zip(items(fact), terms, strict=True)):
        return []
    every = "各种天气" in weather
    weather = [w for w in weather if w != "各种天气"]
    lines = [resting("各种天气", fact.name)] if every else []
    if weather:
        lines.append(resting("、".join(weather), fact.name) + "天气")
    lines += [resting(o, fact.name) for o in others]
    return _make("use", fact, "适合", lines)


def _care(fact: Fact, subject: Subject) -> list[Said]:
    states, ways = [], []
    for item in items(fact):
        term, state = lexicon.find(item, "care"), lexicon.find(item, "feature")
        if state and not term:
            states.append(resting(state.zh[0] if not sayings.has_han(item) else item, fact.name))
        elif term or sayings.has_han(item):
            ways.append(resting(item if sayings.has_han(item) or not term else term.zh[0], fact.name))
        else:
            return []
    out = [so("feature_is", (fact.name,), states)] if states else []
    if ways:
        own = label_of(fact) if sayings.has_han(fact.name) else ""
        textile = subject.noun is not None and subject.noun.group in {"clothing", "bath", "bags"}
        label = own or ("储存方法" if facts.role_of(fact) == "storage" else "洗护方式" if textile else "清洁保养")
        rest = joined(ways, "，")
        out.append(Said("care", (fact.name,), whole=plain(f"{label}：") + rest, label=label, value=rest))
    return out


def _brand(fact: Fact, subject: Subject) -> list[Said]:
    return [Said("brand", (fact.name,), label="品牌", value=resting(fact.value, fact.name))]


def _silent(fact: Fact, subject: Subject) -> list[Said]:
    return [Said("category", (fact.name,), NOTHING)]


def _nothing(fact: Fact, subject: Subject) -> list[Said]:
    return []


_ROLES: dict[str, Callable[[Fact, Subject], list[Said]]] = {
    "material": _material, "part_material": _part_material, "part_colour": _part_material, "colour": _colour, "size": _size,
    "length": _length, "width": _length, "height": _length, "depth": _length, "diameter": _length, "thickness": _length,
    "weight": _simple("weight", "重"), "net_weight": _simple("weight", "净含量"), "density": _simple("weight", "克重"),
    "volume": _volume, "count": _count, "sheets": _sheets, "origin": _origin, "made_in": _origin, "age": _age,
    "audience": _age, "care": _care, "storage": _care, "power": _simple("power", "功率"), "voltage": _simple("power", "电压"),
    "compatibility": _compatibility, "contents": _things("contents", "随附"), "scent": _scent, "flavour": _scent,
    "certificate": _certificate, "brand": _brand, "category": _silent, "pattern": _pattern, "style": _style, "fit": _style,
    "neckline": _style, "sleeves": _style, "shape": _style, "finish": _finish, "closure": _feature, "feature": _feature,
    "use": _use, "climate": _use, "burn_time": _simple("feature_does", "可燃烧"), "labelled": _labelled,
}  # fmt: skip
