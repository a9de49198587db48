"""Facts said in English: each kind with the verb that is true of it (a size is measured, a volume held, a material made of)."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache

from desktop_app.language import facts, lexicon, sayings, units
from desktop_app.language.facts import items
from desktop_app.language.phrases import NOTHING, Line, article, fill, listed, plain, resting
from desktop_app.language.said import Said, framed
from desktop_app.language.subjects import Subject, lowered_word
from desktop_app.records import Fact

LETTERS = ["xxxs", "xxs", "xs", "s", "m", "l", "xl", "xxl", "2xl", "xxxl", "3xl", "4xl", "5xl"]
_SIZES = {
    "均码": "one size",
    "大号": "large",
    "中号": "medium",
    "小号": "small",
    "大": "large",
    "中": "medium",
    "小": "small",
    "加大": "extra large",
}
_SIZE_ORDER = {w: n for n, w in enumerate(["extra small", "small", "medium", "large", "extra large"])}
_SIDES = {
    "length": "long",
    "width": "wide",
    "height": "high",
    "depth": "deep",
    "diameter": "in diameter",
    "thickness": "thick",
}
_BASIC_COLOURS = lexicon.words(
    "black white gray grey silver red burgundy pink orange yellow green blue navy turquoise purple brown beige ivory cream charcoal"
)
_PLAIN_SIDES = lexicon.words(
    "length width height depth diameter thickness l w h d ø 长 长度 宽 宽度 高 高度 深 深度 直径 厚 厚度"
)
_IMPERATIVE = re.compile(
    r"(?i)^(?:do not|don't|never|always|avoid|wash|hand[ -]?wash|machine[ -]?wash|wipe|clean|dry|air[ -]dry|line[ -]dry|tumble|iron|rinse|keep|store|oil"
    r"|dust|spot[ -]clean|dry[ -]clean|use|hang|soak|refrigerate|trim|let|allow|remove|brush|polish|cool)\b"
)


def say(facts_usable: list[Fact], subject: Subject) -> list[Said]:
    """Return everything that can be said in English of these facts, in no particular order, each fact at most once."""
    out: list[Said] = []
    dimensions = [f for f in facts_usable if _is_side(f)]
    several = [f for f in dimensions if len(items(f)) > 1]
    out += _sides([f for f in dimensions if f not in several])
    out += [said for f in several for said in _several_sides(f)]
    options = [f for f in facts_usable if f.source.startswith("option:") or (f.kind == "size" and len(_sizes(f)) > 1)]
    options = [f for f in options if f.kind in {"colour", "size"} and f not in dimensions]
    if not any(len(items(f)) > 1 for f in options):
        options = []
    out += _options(options)
    for fact in facts_usable:
        if fact not in dimensions and fact not in options:
            out += one(fact, subject)
    return [s for s in out if s.verb or s.part or s.whole or s.value]


def one(fact: Fact, subject: Subject) -> list[Said]:
    """Return what one fact says."""
    role = facts.role_of(fact)
    said = _ROLES.get(role, _free)(fact, subject)
    return said if said else _detail(fact)


def label_of(fact: Fact) -> str:
    """Return the label for a line of details: the merchant's own word, or ours where theirs is Chinese or technical."""
    meaning = facts.meaning_of(fact.name, fact.value)
    own = facts.clean_name(fact.name)
    natural = own in _english_names() and len(own) > 1
    if sayings.has_han(own) or (not natural and meaning.role not in {"free", "labelled"}):
        label = meaning.en
        if sayings.has_han(label):
            term = lexicon.find(label, "word", "noun", "feature")
            label = term.en[0] if term else ""
        return label
    return own


@cache
def _english_names() -> frozenset[str]:
    return frozenset(n for row in lexicon.rows("names") for n in row["names"].split("|") if n.isascii())


# --- forms ------------------------------------------------------------------------------------------------------------


def _make(key: str, names: tuple[str, ...], verb: str, verbs: str, rest: Line | list[Line], part: str = "") -> Said:
    lines = [rest] if isinstance(rest, Line) else rest
    return framed(key, names, lines, (verb, verbs, part), "en")


def _detail(fact: Fact) -> list[Said]:
    """Fall back to a line such as "Roast: medium"; nothing where even that would not read in English."""
    label = label_of(fact)
    values = []
    for item in items(fact):
        if (
            re.fullmatch(r"[\d.,]+", item)
            and not facts.unit_of(fact)
            and fact.kind in {"size", "weight", "volume", "power"}
        ):
            return []  # a number without its unit tells a customer nothing
        said = (
            f"{item} {facts.unit_of(fact)}"
            if re.fullmatch(r"[\d.,]+", item) and facts.unit_of(fact)
            else sayings.amount(item, "en")
        )
        values.append(said if said is not None else sayings.word(item, "en"))
    shown = [v for v in values if v]
    if not label or len(shown) < len(values) or not shown:
        if sayings.has_han(fact.value):
            return []
        shown = [fact.value]
    if not label or facts.is_yes(fact.value) or facts.is_no(fact.value):
        return []
    value = listed_values([resting(_tidy_value(fact, v), fact.name) for v in shown])
    return [Said(fact.kind, (fact.name,), label=label, value=value)]


def listed_values(lines: list[Line]) -> Line:
    """Write the values of a detail line with commas only."""
    out = NOTHING
    for n, line in enumerate(lines):
        out = out + ", " + line if n else line
    return out


def _tidy_value(fact: Fact, value: str) -> str:
    if fact.kind in {"style", "feature", "colour", "material", "care"}:
        return sayings.lowered(value)
    first = value.split(" ")[0] if value else ""
    return (
        lowered_word(first) + value[len(first) :]
        if fact.kind == "free" and first.istitle() and " " not in value
        else value
    )


def _words(fact: Fact, *kinds: str) -> list[Line] | None:
    found = []
    for item in items(fact):
        said = sayings.word(item, "en", *kinds)
        if said is None:
            return None
        found.append(resting(said, fact.name))
    return found or None


def _measured(fact: Fact) -> str | None:
    """Return a value with its unit in English; None for a bare number nobody could understand."""
    unit = facts.unit_of(fact)
    text = fact.value.strip()
    if re.fullmatch(r"[\d.,½¼¾/ x×*–-]+", text) and unit:
        known = units.find(unit)
        text = f"{text} {known.en if known and sayings.has_han(unit) else unit}"
    said = sayings.amount(text, "en")
    if said is None or re.fullmatch(r"[\d.,½¼¾/ x×*–-]+", said):
        return None
    return re.sub(r"(?<=\d)\s*[x*]\s*(?=\d)", " × ", said)


# --- sizes ------------------------------------------------------------------------------------------------------------


def _is_side(fact: Fact) -> bool:
    return facts.role_of(fact) in _SIDES and facts.clean_name(fact.name) in _PLAIN_SIDES


def _sides(found: list[Fact]) -> list[Said]:
    """Width, height and depth, said together."""
    lines, names = [], []
    order = list(_SIDES)
    for fact in sorted(found, key=lambda f: order.index(facts.role_of(f))):
        measured = _measured(fact)
        if measured and len(items(fact)) == 1:
            lines.append(resting(measured, fact.name) + f" {_SIDES[facts.role_of(fact)]}")
            names.append(fact.name)
    if not lines:
        return []
    rest = listed(lines, "en")
    return [Said("size", tuple(names), fill("is {x}", x=rest), fill("are {x}", x=rest), rest, value=rest)]


def _several_sides(fact: Fact) -> list[Said]:
    """A side to choose: "comes in diameters of 14 cm and 18 cm"."""
    measured = [sayings.amount(i, "en") for i in items(fact)]
    if not all(m and re.search(r"[a-z]", m) for m in measured):
        return []
    role = facts.role_of(fact)
    many = {"thickness": "thicknesses"}.get(role, f"{role}s")
    rest = plain(f"{many} of ") + listed([resting(m, fact.name) for m in measured if m], "en")
    return [_make("options", (fact.name,), "comes in", "come in", rest)]


def _sizes(fact: Fact) -> list[str]:
    return [] if facts.role_of(fact) != "size" else items(fact)


def _size(fact: Fact, subject: Subject) -> list[Said]:
    several = items(fact)
    if len(several) > 1:
        return []
    text = several[0]
    measured = _measured(fact)
    if measured and re.search(r"\d", measured) and not re.match(r"(?i)(eu|uk|us|size|no)\b|\d+(xl|y|t)?$", measured):
        if re.search(r"(?i)\b[hwldø]\b|:", measured):
            return [Said("size", (fact.name,), label="size", value=resting(measured, fact.name))]
        if "×" not in measured and subject.noun and "worn" in subject.noun.marks:
            return [Said("size", (fact.name,), label="size", value=resting(measured, fact.name))]
        return [_make("size", (fact.name,), "measures", "measure", resting(measured, fact.name), "measuring")]
    plain_size = _SIZES.get(text, text)
    if plain_size.casefold() == "one size":
        return [_make("size", (fact.name,), "comes in", "come in", resting("one size", fact.name), "in")]
    if plain_size.casefold() in _SIZE_ORDER:
        return [
            _make(
                "size", (fact.name,), "comes in", "come in", "size " + resting(plain_size.casefold(), fact.name), "in"
            )
        ]
    if plain_size.casefold() in LETTERS or re.fullmatch(r"(?i)(eu|uk|us)?\s?\d{1,3}([.,]5)?", plain_size):
        return [_make("size", (fact.name,), "comes in", "come in", "size " + resting(plain_size, fact.name), "in")]
    return []


def _length(fact: Fact, subject: Subject) -> list[Said]:
    """A length of a part ("Inseam", "Cable length") keeps its name."""
    measured = _measured(fact)
    if not measured:
        return []
    return [Said("size", (fact.name,), label=label_of(fact) or "length", value=resting(measured, fact.name))]


def _options(found: list[Fact]) -> list[Said]:
    """Colours and sizes to choose from, said together: "comes in black and red, in sizes XS to XL"."""
    rest, names = NOTHING, []
    for fact in sorted(found, key=lambda f: f.kind != "colour"):
        if fact.kind == "colour":
            lines = _words(fact, "colour")
            said = listed(lines, "en") if lines else NOTHING
        else:
            said = _size_range(fact)
        if said:
            rest = rest + ", in " + said if rest else said
            names.append(fact.name)
    if not rest:
        return []
    return [_make("options", tuple(names), "comes in", "come in", rest)]


def _size_range(fact: Fact) -> Line:
    sizes = [_SIZES.get(s, s) for s in items(fact)]
    if any(sayings.has_han(s) for s in sizes):
        sizes = [sayings.amount(s, "en") or "" for s in sizes]
        if not all(sizes):
            return NOTHING
    low = [s.casefold() for s in sizes]
    if all(s in LETTERS for s in low):
        ordered = sorted(low, key=LETTERS.index)
        together = [LETTERS.index(s) for s in ordered]
        if len(low) > 2 and together == list(range(together[0], together[0] + len(low))):
            return "sizes " + resting(f"{ordered[0].upper()} to {ordered[-1].upper()}", fact.name)
        return "sizes " + listed([resting(s.upper(), fact.name) for s in ordered], "en")
    if all(s in _SIZE_ORDER for s in low):
        return listed([resting(s, fact.name) for s in sorted(low, key=lambda s: _SIZE_ORDER[s])], "en")
    if all(re.fullmatch(r"\d{1,3}", s) for s in sizes):
        ordered = sorted(sizes, key=int)
        if len(ordered) > 3 and [int(s) for s in ordered] == list(
            range(int(ordered[0]), int(ordered[0]) + len(ordered))
        ):
            return "sizes " + resting(f"{ordered[0]} to {ordered[-1]}", fact.name)
        if len(ordered) > 6:
            return (
                plain(f"{len(ordered)} sizes from ")
                + resting(ordered[0], fact.name)
                + " to "
                + resting(ordered[-1], fact.name)
            )
        return "sizes " + listed([resting(s, fact.name) for s in ordered], "en")
    if len(sizes) > 8:
        return NOTHING
    if all(re.fullmatch(r"\d{1,3}\s?[-–/]\s?\d{1,3}", s) for s in sizes):
        return "sizes " + listed([resting(s, fact.name) for s in sizes], "en")
    return listed([resting(re.sub(r"(?<=\d)\s*[x*]\s*(?=\d)", " × ", s), fact.name) for s in sizes], "en")


# --- one role each ----------------------------------------------------------------------------------------------------


def _material(fact: Fact, subject: Subject) -> list[Said]:
    lines = _words(fact, "material")
    known = [sayings.known(i, "material") for i in items(fact)]
    if not lines or (
        not all(known) and (len(lines) > 1 or len(lines[0].text.split()) > 4 or lines[0].text.endswith("ed"))
    ):
        return []
    return [_make("material", (fact.name,), "is made of", "are made of", lines, "made of")]


def _part_material(fact: Fact, subject: Subject) -> list[Said]:
    lines = _words(fact, "material", "colour")
    label = re.sub(r"\b(materials?|fabric|colou?r)\b", "", facts.clean_name(fact.name)).strip()
    if sayings.has_han(label):
        pieces = lexicon.find(re.sub(r"(材质|面料|颜色)$", "", label), "noun")
        label = pieces.en[0] if pieces else ""
    if not lines or not label or not label.isascii():
        return []
    noun = lexicon.find(label, "noun")
    lines = [_without_label(line, label) for line in lines]
    verb = "are" if label.endswith("s") and not label.endswith("ss") and (noun is None or noun.plural != "=") else "is"
    rest = listed(lines, "en")
    return [Said("part", (fact.name,), whole=fill(f"The {label} {verb} {{x}}", x=rest), label=label, value=rest)]


def _without_label(line: Line, label: str) -> Line:
    """ "The wax is soy wax" says wax once too often."""
    text = line.text.removesuffix(f" {label}")
    return resting(text, *line.bits[0][1]) if text != line.text else line


def _colour(fact: Fact, subject: Subject) -> list[Said]:
    lines = _words(fact, "colour")
    if not lines or any(len(line.text.split()) > 4 for line in lines):
        return []
    verbs = ("is", "are") if all(line.text.split()[-1] in _BASIC_COLOURS for line in lines) else ("comes in", "come in")
    return [_make("colour", (fact.name,), *verbs, lines, "in")]


def _weight(fact: Fact, subject: Subject) -> list[Said]:
    measured = _measured(fact)
    if not measured or len(items(fact)) > 1:
        return []
    return [_make("weight", (fact.name,), "weighs", "weigh", resting(measured, fact.name), "weighing")]


def _labelled(fact: Fact, subject: Subject) -> list[Said]:
    measured = _measured(fact)
    if not measured:
        return []
    return [Said(fact.kind, (fact.name,), label=label_of(fact), value=resting(measured, fact.name))]


def _volume(fact: Fact, subject: Subject) -> list[Said]:
    measured = _measured(fact)
    noun = subject.noun
    if len(items(fact)) > 1 and noun and "holds" in noun.marks:
        several = [sayings.amount(i, "en") for i in items(fact)]
        lines = [resting(s, fact.name) for s in several if s]
        rest = listed(lines, "en", "or")
        return [_make("volume", (fact.name,), "holds", "hold", rest, "holding")] if all(several) else []
    if not measured or len(items(fact)) > 1:
        return []
    if noun and "holds" in noun.marks:
        return [_make("volume", (fact.name,), "holds", "hold", resting(measured, fact.name), "holding")]
    if noun and "eaten" in noun.marks:
        return _labelled(fact, subject)
    rest = resting(measured, fact.name)
    return [_make("volume", (fact.name,), "has a capacity of", "have a capacity of", rest, "with a capacity of")]


def _count(fact: Fact, subject: Subject) -> list[Said]:
    found = re.match(
        r"(?i)^(?:set of|pack of|box of|共|一套|一组)?\s*(\d+|[一二两三四五六七八九十]|[a-z]+)\s*(\S.*)?$",
        fact.value.strip(),
    )
    if not found:
        return []
    number = found[1]
    if sayings.has_han(number):
        number = str("零一二三四五六七八九十".find(number) if number != "两" else 2)
    elif number.isalpha() and number.casefold() not in sayings.quantities.WORDS:
        return []
    thing = (found[2] or "").strip()
    if thing and re.fullmatch(
        r"(?i)pcs?\.?|pieces?|[件个只片枚张支条块把双套]|items?|units?|stück|pezzi|pièces?|piezas?|peças?", thing
    ):
        thing = ""
    if thing and sayings.has_han(thing):
        noun = lexicon.find(re.sub(rf"^[{sayings.quantities.MEASURES}]", "", thing), "noun")
        if not noun:
            return []
        thing = noun.plural if noun.plural not in {"=", "-"} else noun.en[0]
    if number in {"1", "one"} and not thing:
        return []
    if thing:
        return [
            _make(
                "count",
                (fact.name,),
                "comes with",
                "come with",
                resting(f"{number} {sayings.lowered(thing)}", fact.name),
                "with",
            )
        ]
    packed = (
        bool(subject.noun and ("eaten" in subject.noun.marks or subject.noun.group == "stationery"))
        or "pack" in fact.name.casefold()
    )
    rest = resting(f"{'pack' if packed else 'set'} of {number}", fact.name)
    return [
        _make(
            "count",
            (fact.name,),
            "comes in a" if packed else "comes as a",
            "come in a" if packed else "come as a",
            rest,
            "in a",
        )
    ]


def _sheets(fact: Fact, subject: Subject) -> list[Said]:
    found = re.match(r"(\d+)\s*(\S.*)?$", fact.value.strip())
    if not found:
        return []
    label = label_of(fact)
    thing = "pages" if "page" in label or "页" in fact.name + fact.value else "sheets"
    return [_make("count", (fact.name,), "has", "have", resting(f"{found[1]} {thing}", fact.name), "with")]


def _origin(fact: Fact, subject: Subject) -> list[Said]:
    text = fact.value.strip()
    made = facts.role_of(fact) == "made_in"
    if found := re.match(r"(?i)^((?:hand)?made|produced|manufactured|grown|woven|printed|designed)\s+in\s+(.+)$", text):
        rest = resting(found[2], fact.name)
        how = found[1].casefold()
        return [_make("origin", (fact.name,), f"is {how} in", f"are {how} in", rest, f"{how} in")]
    place = sayings.word(text, "en", "origin")
    if place is None and (pieces := sayings.segmented(text, "origin")):
        place = ", ".join(p.en[0] for p in reversed(pieces))
    if place is None:
        return []
    if not lexicon.find(text, "origin"):
        place = text if not sayings.has_han(text) else place
    place = f"the {place}" if place.startswith(("United", "Netherlands")) else place
    rest = resting(place, fact.name)
    if made:
        return [_make("origin", (fact.name,), "is made in", "are made in", rest, "made in")]
    return [_make("origin", (fact.name,), "comes from", "come from", rest, "from")]


def _age(fact: Fact, subject: Subject) -> list[Said]:
    text = fact.value.strip()
    if found := re.fullmatch(
        r"(?i)(?:from\s+)?(\d+)\s*(?:(years?|months?|岁|个月|m|y|yrs?)\s*)?(?:\+|and up|and over|or over|\+\s*years?|以上|及以上|up)\s*(years?|months?)?",
        text,
    ):
        unit = " months" if re.search(r"month|月|m\b", text) else ""
        rest = resting(f"ages {found[1]}{unit} and up", fact.name)
    elif found := re.fullmatch(r"(?i)(\d+)\s*(?:[-–~至到]|to)\s*(\d+)\s*(years?|months?|岁|个月|yrs?)?", text):
        unit = " months" if re.search(r"month|月", text) else ""
        rest = resting(f"ages {found[1]} to {found[2]}{unit}", fact.name)
    else:
        return _audience(fact, subject)
    return [_make("age", (fact.name,), "is for", "are for", rest, "for")]


def _audience(fact: Fact, subject: Subject) -> list[Said]:
    terms = [lexicon.find(i, "use") for i in items(fact)]
    if not terms or not all(t and t.group == "people" for t in terms):
        return []
    lines = [resting(t.en[0], fact.name) for t in terms if t]
    return [_make("age", (fact.name,), "is for", "are for", listed(lines, "en"), "for")]


def _compatibility(fact: Fact, subject: Subject) -> list[Said]:
    if sayings.has_han(fact.value):
        return []
    lines = [resting(re.sub(r"(?i)^(for|fits|compatible with|works with)\s+", "", i), fact.name) for i in items(fact)]
    rest = listed(lines, "en")
    return [_make("compatibility", (fact.name,), "is compatible with", "are compatible with", rest, "compatible with")]


def _battery(fact: Fact, subject: Subject) -> list[Said]:
    if re.search(r"(?i)\bbatter(y|ies)$", fact.value) and re.match(r"\d", fact.value):
        return [_make("power", (fact.name,), "runs on", "run on", resting(fact.value, fact.name))]
    return []


def _things(fact: Fact, key: str, one_verb: str, many_verb: str, part: str) -> list[Said]:
    """Things that come with or belong to it, with their articles; nothing where one of them cannot be said."""
    lines = []
    for item in items(fact):
        said = sayings.feature(item, "en", things=True)
        if said is None:
            return []
        line = resting(said.text, fact.name)
        if said.grammar == "has" and not said.plural:
            line = article(line)
        elif said.grammar == "raw" and not re.match(r"\d", said.text):
            return []
        elif said.grammar in {"is", "does", "for"}:
            return []
        lines.append(line)
    return [_make(key, (fact.name,), one_verb, many_verb, lines, part)] if lines else []


def _contents(fact: Fact, subject: Subject) -> list[Said]:
    return _things(fact, "contents", "comes with", "come with", "with")


def _ingredients(fact: Fact, subject: Subject) -> list[Said]:
    if sayings.has_han(fact.value):
        lines = _words(fact, "scent", "noun", "material")
        if not lines:
            return []
        return [Said("contents", (fact.name,), label="ingredients", value=listed_values(lines))]
    return [Said("contents", (fact.name,), label="ingredients", value=resting(fact.value.rstrip("."), fact.name))]


def _scent(fact: Fact, subject: Subject) -> list[Said]:
    lines = _words(fact, "scent", "noun")
    flavour = facts.role_of(fact) == "flavour"
    label = (
        facts.clean_name(fact.name)
        if facts.clean_name(fact.name) in {"flavor", "flavour", "taste", "scent", "fragrance", "aroma"}
        else ""
    )
    label = label or ("flavour" if flavour else "scent")
    if not lines:
        return []
    if len(lines) == 1 and lines[0].text in {"fragrance-free", "unscented"}:
        return [_make("scent", (fact.name,), "is", "are", lines[0])]
    if fact.source.startswith("option:") and len(lines) > 1:
        rest = plain(f"{sayings.number_word(len(lines), 'en')} {label}s: ") + listed(lines, "en")
        return [_make("options", (fact.name,), "comes in", "come in", rest)]
    if len(lines) == 1 and len(lines[0].text.split()) < 3:
        rest = article(lines[0] + f" {label}")
        return [_make("scent", (fact.name,), "has", "have", rest, "with")]
    return [
        _make(
            "scent", (fact.name,), f"has a {label} of", f"have a {label} of", listed(lines, "en"), f"with a {label} of"
        )
    ]


def _certificate(fact: Fact, subject: Subject) -> list[Said]:
    text = fact.value.strip()
    term = lexicon.find(text, "certificate")
    if facts.is_yes(text):
        term = lexicon.find(facts.clean_name(fact.name), "certificate")
    if term and term.en[0] in {"FSC", "PEFC", "GOTS", "Fairtrade"}:
        return [_make("certificate", (fact.name,), "is", "are", resting(f"{term.en[0]} certified", fact.name))]
    if term and term.en[0].startswith("OEKO"):
        return [
            _make(
                "certificate",
                (fact.name,),
                "is certified to",
                "are certified to",
                resting("OEKO-TEX Standard 100", fact.name),
                "certified to",
            )
        ]
    return []


def _feature(fact: Fact, subject: Subject) -> list[Said]:
    if facts.is_yes(fact.value):
        said = sayings.feature(facts.clean_name(fact.name), "en")
        return _grouped(fact, [said]) if said else []
    if facts.is_no(fact.value):
        said = sayings.feature(facts.clean_name(fact.name), "en")
        if not said or said.grammar != "is":
            return []
        return [_make("feature_is", (fact.name,), "is", "are", resting(f"not {said.text}", fact.name))]
    found = [sayings.feature(i, "en") for i in items(fact)]
    return _grouped(fact, [f for f in found if f])


def _grouped(fact: Fact, found: list[sayings.Saying]) -> list[Said]:
    out: list[Said] = []
    is_so = [resting(f.text, fact.name) for f in found if f.grammar == "is"]
    has = [resting(f.text, fact.name) if f.plural else _with_article(f, fact) for f in found if f.grammar == "has"]
    does = [resting(f.text, fact.name) for f in found if f.grammar == "does"]
    if is_so:
        out.append(_make("feature_is", (fact.name,), "is", "are", is_so))
    if has:
        out.append(_make("feature_has", (fact.name,), "has", "have", has, "with"))
    for line in does:
        out.append(Said("feature_does", (fact.name,), verb=line, value=line))
    raw = [f for f in found if f.grammar == "raw"]
    sentences = [f for f in raw if len(f.text.split()) > 5 and f.text[:1].isupper()]
    out += [
        Said("feature_whole", (fact.name,), whole=resting(f.text, fact.name), value=resting(f.text, fact.name))
        for f in sentences
    ]
    short = [resting(sayings.lowered(f.text), fact.name) for f in raw if f not in sentences]
    if short:
        label = label_of(fact)
        out.append(
            Said(
                "feature_raw",
                (fact.name,),
                label="features" if label in {"feature", ""} else label,
                value=listed_values(short),
            )
        )
    return out


def _with_article(said: sayings.Saying, fact: Fact) -> Line:
    return article(resting(said.text, fact.name))


def _fit(fact: Fact, subject: Subject) -> list[Said]:
    said = sayings.feature(fact.value, "en")
    if said is None or said.grammar != "is":
        return _style(fact, subject)
    rest = article(resting(re.sub(r"[ -]fit(ted)?$", "", said.text) or said.text, fact.name) + " fit")
    return [_make("feature_has", (fact.name,), "has", "have", rest, "with")]


def _strap(fact: Fact, subject: Subject) -> list[Said]:
    return []


def _style(fact: Fact, subject: Subject) -> list[Said]:
    """Only what is plainly a property or a part goes into a sentence; a kind of thing ("hoodie") the title has said."""
    out: list[sayings.Saying] = []
    left: list[Line] = []
    for item in items(fact):
        said = sayings.feature(item, "en")
        noun = lexicon.find(item, "noun")
        if noun and "part" not in noun.marks:
            if not (subject.noun and noun.en[0] == subject.noun.en[0]):
                left.append(resting(sayings.lowered(item) if not sayings.has_han(item) else noun.en[0], fact.name))
        elif said and said.grammar in {"is", "has"}:
            out.append(said)
        elif said:
            left.append(resting(sayings.lowered(said.text), fact.name))
    found = _grouped(fact, out)
    if left:
        found.append(Said("style", (fact.name,), label=label_of(fact) or "style", value=listed_values(left)))
    return found or [Said("silent", (fact.name,))]


def _pattern(fact: Fact, subject: Subject) -> list[Said]:
    terms = [lexicon.find(i, "feature") for i in items(fact)]
    if len(terms) == 1 and terms[0] and terms[0].en[0] not in {"plain"}:
        rest = article(resting(sayings.word(fact.value, "en", "feature") or "", fact.name) + " pattern")
        return [_make("pattern", (fact.name,), "has", "have", rest, "with")]
    return []


def _use(fact: Fact, subject: Subject) -> list[Said]:
    terms = {i: lexicon.find(i, "use") for i in items(fact)}
    if not terms or not all(terms.values()):
        if not all(t or re.fullmatch(r"(?i)[a-z]+ing", i) for i, t in terms.items()):
            return []
    lines = _use_lines([(i, t) for i, t in terms.items()], fact.name)
    return [_make("use", (fact.name,), "suits", "suit", lines, "for")] if lines else []


def _use_lines(terms: list[tuple[str, lexicon.Term | None]], name: str) -> list[Line]:
    weather = [t.en[0] for _, t in terms if t and t.group == "weather"]
    every = "all weather" in weather
    weather = [w for w in weather if w != "all weather"]
    lines = [resting("all weather", name)] if every else []
    if weather:
        words = weather[0] if len(weather) == 1 else ", ".join(weather[:-1]) + " and " + weather[-1]
        lines.append(resting(words, name) + (" days" if every else " weather"))
    lines += [resting(_use_words(i, t), name) for i, t in terms if not t or t.group != "weather"]
    return lines


def _use_words(item: str, term: lexicon.Term | None) -> str:
    own = sayings.lowered(item)
    if term is None or (
        " " in own and not sayings.has_han(own) and own in term.en and not term.en[0].startswith("the ")
    ):
        return own
    return term.en[0]


def _care(fact: Fact, subject: Subject) -> list[Said]:
    imperative, states = [], []
    for item in items(fact):
        term = lexicon.find(item, "care")
        state = lexicon.find(item, "feature")
        if not sayings.has_han(item) and _IMPERATIVE.match(item):
            imperative.append(resting(item[:1].lower() + item[1:], fact.name))
        elif term:
            imperative.append(resting(term.en[0], fact.name))
        elif state:
            states.append(resting(state.en[0], fact.name))
        else:
            return []
    out = []
    if states:
        out.append(_make("feature_is", (fact.name,), "is", "are", states))
    if imperative:
        rest = listed(imperative, "en")
        out.append(Said("care", (fact.name,), whole=rest, label="care", value=rest))
    return out


def _burn(fact: Fact, subject: Subject) -> list[Said]:
    measured = _measured(fact)
    return (
        [_make("feature_does", (fact.name,), "burns for", "burn for", resting(measured, fact.name))] if measured else []
    )


def _brand(fact: Fact, subject: Subject) -> list[Said]:
    rest = resting(fact.value, fact.name)
    return [Said("brand", (fact.name,), part="by " + rest, value=rest)]


def _category(fact: Fact, subject: Subject) -> list[Said]:
    return [Said("category", (fact.name,))]


def _free(fact: Fact, subject: Subject) -> list[Said]:
    return []


_ROLES: dict[str, Callable[[Fact, Subject], list[Said]]] = {
    "material": _material, "part_material": _part_material, "part_colour": _part_material, "colour": _colour, "size": _size,
    "length": _length, "width": _length, "height": _length, "depth": _length, "diameter": _length, "thickness": _length,
    "weight": _weight, "net_weight": _labelled, "density": _labelled, "volume": _volume, "count": _count, "sheets": _sheets,
    "origin": _origin, "made_in": _origin, "age": _age, "audience": _audience, "care": _care, "storage": _care, "battery": _battery,
    "compatibility": _compatibility, "contents": _contents, "ingredients": _ingredients, "scent": _scent, "flavour": _scent,
    "certificate": _certificate, "brand": _brand, "category": _category, "pattern": _pattern, "style": _style, "fit": _fit,
    "neckline": _style, "sleeves": _style, "shape": _style, "finish": _style, "closure": _feature, "strap": _strap, "feature": _feature,
    "use": _use, "climate": _use, "burn_time": _burn, "labelled": _labelled, "power": _labelled, "voltage": _labelled,
}  # fmt: skip
