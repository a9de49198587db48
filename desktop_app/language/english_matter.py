"""What a thing is made of, holds, weighs, counts and where it comes from, in English."""

from __future__ import annotations

import re
from dataclasses import replace

from desktop_app.language import english_forms, facts, general, lexicon, quantities, sayings, units
from desktop_app.language.facts import items
from desktop_app.language.phrases import Line, article, fill, indefinite, listed, plain, resting
from desktop_app.language.said import Said
from desktop_app.language.subjects import Subject
from desktop_app.records import Fact

_BASIC_COLOURS = lexicon.words(
    "black white gray grey silver red burgundy pink orange yellow green blue navy turquoise purple brown "
    "beige ivory cream charcoal"
)


def material(fact: Fact, subject: Subject) -> list[Said]:
    """Say what it is made of."""
    several, measures = general.stuffs_and_measures(items(fact))
    fact = replace(fact, value=" | ".join(general.materials(several)))
    lines = english_forms.words(fact, "material")
    if lines and measures:
        lines[-1] = lines[-1] + resting(f" ({', '.join(measures)})", fact.name)  # "linen (210 g/m²)"
    known = [sayings.known(i, "material") for i in items(fact)]
    if not lines or (
        not all(known) and (len(lines) > 1 or len(lines[0].text.split()) > 4 or lines[0].text.endswith("ed"))
    ):
        return []
    return [english_forms.make("material", (fact.name,), "is made of", "are made of", lines, "made of")]


def part_material(fact: Fact, subject: Subject) -> list[Said]:
    """Say what a part of it is made of, or which colour a part has."""
    lines = english_forms.words(fact, "material", "colour")
    label = re.sub(r"\b(materials?|fabric|colou?r)\b", "", facts.clean_name(fact.name)).strip()
    if sayings.has_han(label):
        pieces = lexicon.find(re.sub(r"(材质|面料|颜色)$", "", label), "noun")
        label = pieces.en[0] if pieces else ""
    if (
        not lines
        or not label
        or not label.isascii()
        or label in {"outer", "inner", "extra", "main", "inside", "outside"}
        or label.split()[-1] in {"over", "with", "in", "on", "from", "by", "of", "for", "at"}
        or any(label[:4] in line.text for line in lines if " " not in line.text)
        or not all(sayings.known(i, "material", "colour") for i in items(fact))
    ):
        return []
    noun = lexicon.find(label, "noun")
    lines = [_without_label(line, label) for line in lines]
    verb = (
        "are"
        if " and " in label
        or (label.endswith("s") and not label.endswith("ss") and (noun is None or noun.plural != "="))
        else "is"
    )
    rest = listed(lines, "en")
    return [Said("part", (fact.name,), whole=fill(f"The {label} {verb} {{x}}", x=rest), label=label, value=rest)]


def _without_label(line: Line, label: str) -> Line:
    """ "The wax is soy wax" says wax once too often."""
    text = line.text.removesuffix(f" {label}")
    return resting(text, *line.bits[0][1]) if text != line.text else line


_ANY = frozenset(
    "mixed various assorted multi multicolour multicolor".split()
)  # "Colour: mixed" is no colour it comes in


def colour(fact: Fact, subject: Subject) -> list[Said]:
    """Say its colour, or the colours there are."""
    lines = english_forms.words(fact, "colour")
    if (
        not lines
        or any(line.text in _ANY for line in lines)
        or any(len(line.text.split()) > 4 or re.search(r"\d| with ", line.text) for line in lines)
    ):
        return []  # "12 half pans" is no colour, and of "white with blue rim" the rim is blue
    verbs = ("is", "are") if all(line.text.split()[-1] in _BASIC_COLOURS for line in lines) else ("comes in", "come in")
    return [english_forms.make("colour", (fact.name,), *verbs, lines, "in")]


def weight(fact: Fact, subject: Subject) -> list[Said]:
    """Say how much it weighs."""
    measured = english_forms.measured(fact)
    if not measured or len(items(fact)) > 1:
        return []
    if units.dimension_of(measured) == "areal":
        return [Said("weight", (fact.name,), label=english_forms.label_of(fact), value=resting(measured, fact.name))]
    return [english_forms.make("weight", (fact.name,), "weighs", "weigh", resting(measured, fact.name), "weighing")]


def labelled(fact: Fact, subject: Subject) -> list[Said]:
    """Say a measure under its own label."""
    measured = english_forms.measured(fact)
    label = english_forms.label_of(fact)
    if not measured:
        return []
    if not label:
        return [Said("silent", (fact.name,))]
    return [Said(fact.kind, (fact.name,), label=label, value=resting(measured, fact.name))]


def volume(fact: Fact, subject: Subject) -> list[Said]:
    """Say how much a vessel holds; of anything else, its capacity."""
    measured = english_forms.measured(fact)
    noun = subject.noun
    dimension = units.dimension_of(facts.with_unit(items(fact)[0] if items(fact) else "", facts.unit_of(fact)))
    if dimension and dimension != "volume":
        return labelled(fact, subject)  # "Capacity: 300 g"
    if len(items(fact)) > 1 and noun and "holds" in noun.marks:
        several = [sayings.amount(i, "en") for i in items(fact)]
        lines = [resting(s, fact.name) for s in several if s]
        rest = listed(lines, "en", "or")
        return [english_forms.make("volume", (fact.name,), "holds", "hold", rest, "holding")] if all(several) else []
    if not measured or len(items(fact)) > 1:
        return []
    if noun and "holds" in noun.marks:
        return [english_forms.make("volume", (fact.name,), "holds", "hold", resting(measured, fact.name), "holding")]
    holds = "capacity" in facts.clean_name(fact.name) or (noun and noun.group)
    if (noun and "eaten" in noun.marks) or not holds:
        return labelled(fact, subject)
    rest = resting(measured, fact.name)
    return [
        english_forms.make(
            "volume", (fact.name,), "has a capacity of", "have a capacity of", rest, "with a capacity of"
        )
    ]


def count(fact: Fact, subject: Subject) -> list[Said]:
    """Say how many pieces come together."""
    found = re.match(
        r"(?i)^(?:set of|pack of|box of|共|一套|一组)?\s*(\d+|[一二两三四五六七八九十]|[a-z]+)\s*(\S.*)?$",
        fact.value.strip(),
    )
    if not found:
        return []
    number = found[1]
    if sayings.has_han(number):
        number = str("零一二三四五六七八九十".find(number) if number != "两" else 2)
    elif number.isalpha() and number.casefold() not in quantities.WORDS:
        return []
    thing = (found[2] or "").strip()
    if thing and (
        "," in thing
        or thing[0] in "(,;+/"
        or (re.match(r"(?i)(?:pair|piece|set|item)s?\b", thing) and number in {"1", "one"})
    ):
        return []  # "58 (48 of wood, 10 of glass)", "1 pair"
    if thing and thing in quantities.MEASURES:
        thing = ""
    if thing and re.fullmatch(
        r"(?i)pcs?\.?|pieces?|[件个只片枚张支条块把双套]|items?|units?|stück|pezzi|pièces?|piezas?|peças?", thing
    ):
        thing = ""
    if thing and sayings.has_han(thing):
        noun = lexicon.find(re.sub(rf"^[{quantities.MEASURES}]", "", thing), "noun")
        if not noun:
            return []
        thing = noun.plural if noun.plural not in {"=", "-"} else noun.en[0]
    if number in {"1", "one"} and not thing:
        return []
    if thing:
        rest = resting(f"{number} {sayings.lowered(thing)}", fact.name)
        return [english_forms.make("count", (fact.name,), "comes with", "come with", rest, "with")]
    return _together(fact, subject, number)


def _together(fact: Fact, subject: Subject, number: str) -> list[Said]:
    """Say that so many come as a set or a pack; "the train set comes as a set of 32" would say set twice."""
    whole = re.search(r"\bset\b|puzzle", subject.name.casefold())
    if whole and "pack" not in fact.name.casefold():
        rest = resting(f"{number} pieces", fact.name)
        return [english_forms.make("count", (fact.name,), "has", "have", rest, "with")]
    packed = (
        bool(subject.noun and ("eaten" in subject.noun.marks or subject.noun.group == "stationery"))
        or "pack" in fact.name.casefold()
    )
    rest = resting(f"{'pack' if packed else 'set'} of {number}", fact.name)
    return [
        english_forms.make(
            "count",
            (fact.name,),
            "comes in a" if packed else "comes as a",
            "come in a" if packed else "come as a",
            rest,
            "in a",
        )
    ]


def sheets(fact: Fact, subject: Subject) -> list[Said]:
    """Say how many pages or sheets it has."""
    found = re.match(r"(\d+)\s*(\S.*)?$", fact.value.strip())
    if not found:
        return []
    thing = "pages" if re.search(r"(?i)pag|seite|页", fact.name + fact.value) else "sheets"
    return [english_forms.make("count", (fact.name,), "has", "have", resting(f"{found[1]} {thing}", fact.name), "with")]


def origin(fact: Fact, subject: Subject) -> list[Said]:
    """Say where it comes from; "made in" only where the fact says made."""
    text = fact.value.strip()
    made = facts.role_of(fact) == "made_in"
    if found := _DONE_IN.fullmatch(text):
        rest = resting(re.sub(r",\s+(?=[a-z]+(?:ed|en|wn|de)\s+in\s)", " and ", found[2]), fact.name)
        how = found[1].casefold()
        return [english_forms.make("origin", (fact.name,), f"is {how} in", f"are {how} in", rest, f"{how} in")]
    place = sayings.word(text, "en", "origin")
    if place is None and (pieces := sayings.segmented(text, "origin")):
        place = ", ".join(p.en[0] for p in reversed(pieces))
    if place is None:
        return []
    if not sayings.has_han(text) and not re.match(r"[A-ZÀ-Þ]", text) and not lexicon.find(text, "origin"):
        return []  # "local farms" are no place that it comes from
    if not lexicon.find(text, "origin"):
        place = text if not sayings.has_han(text) else place
    place = f"the {place}" if place.startswith(("United", "Netherlands")) else place
    rest = resting(place, fact.name)
    if made:
        return [english_forms.make("origin", (fact.name,), "is made in", "are made in", rest, "made in")]
    return [english_forms.make("origin", (fact.name,), "comes from", "come from", rest, "from")]


_DONE_IN = re.compile(
    r"(?i)((?:hand[- ]?)?(?:made|woven|sewn|grown|thrown|blown|spun|cut|built|[a-z]{3,}ed))\s+in\s+(.+)"
)


def battery(fact: Fact, subject: Subject) -> list[Said]:
    """Say which batteries it runs on."""
    if re.search(r"(?i)\bbatter(y|ies)$", fact.value) and re.match(r"\d", fact.value):
        return [english_forms.make("power", (fact.name,), "runs on", "run on", resting(fact.value, fact.name))]
    return []


def ingredients(fact: Fact, subject: Subject) -> list[Said]:
    """Put the ingredients into a line of detail, as they were written."""
    if sayings.has_han(fact.value):
        lines = english_forms.words(fact, "scent", "noun", "material")
        if not lines:
            return []
        return [Said("contents", (fact.name,), label="ingredients", value=english_forms.listed_values(lines))]
    lines = [resting(i, fact.name) for i in re.split(r"\s*\|\s*", fact.value.rstrip("."))]
    return [Said("contents", (fact.name,), label="ingredients", value=english_forms.listed_values(lines))]


def scent(fact: Fact, subject: Subject) -> list[Said]:
    """Say its scent or flavour, or those there are."""
    if any(re.match(r"(?i)(?:no|not|without|free)\b", i) for i in items(fact)):
        return []  # "no synthetic perfume" is no scent
    lines = english_forms.words(fact, "scent", "noun")
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
        return [english_forms.make("scent", (fact.name,), "is", "are", lines[0])]
    if fact.source.startswith("option:") and len(lines) > 1:
        rest = plain(f"{sayings.number_word(len(lines), 'en')} {label}s: ") + listed(lines, "en")
        return [english_forms.make("options", (fact.name,), "comes in", "come in", rest)]
    if len(lines) == 1 and len(lines[0].text.split()) < 3:
        rest = article(lines[0] + f" {label}")
        return [english_forms.make("scent", (fact.name,), "has", "have", rest, "with")]
    whose = f"{indefinite(label)} {label} of"
    return [
        english_forms.make("scent", (fact.name,), f"has {whose}", f"have {whose}", listed(lines, "en"), f"with {whose}")
    ]


def certificate(fact: Fact, subject: Subject) -> list[Said]:
    """Say which well-known mark it carries; other marks stay in a line of detail."""
    text = fact.value.strip()
    term = lexicon.find(text, "certificate")
    if facts.is_yes(text):
        term = lexicon.find(facts.clean_name(fact.name), "certificate")
    if term and term.en[0] in {"FSC", "PEFC", "GOTS", "Fairtrade"}:
        return [
            english_forms.make("certificate", (fact.name,), "is", "are", resting(f"{term.en[0]} certified", fact.name))
        ]
    if term and term.en[0].startswith("OEKO"):
        return [
            english_forms.make(
                "certificate",
                (fact.name,),
                "is certified to",
                "are certified to",
                resting("OEKO-TEX Standard 100", fact.name),
                "certified to",
            )
        ]
    return []


def burn(fact: Fact, subject: Subject) -> list[Said]:
    """Say how long it burns."""
    measured = english_forms.measured(fact)
    return (
        [english_forms.make("feature_does", (fact.name,), "burns for", "burn for", resting(measured, fact.name))]
        if measured
        else []
    )


def brand(fact: Fact, subject: Subject) -> list[Said]:
    """Say who it is by."""
    rest = resting(fact.value, fact.name)
    by = "from " if fact.source == "vendor" else "by "  # a vendor sells it; whether it made it too nobody said
    return [Said("brand", (fact.name,), part=by + rest, value=rest)]


def category(fact: Fact, subject: Subject) -> list[Said]:
    """Say nothing of a category."""
    return [Said("category", (fact.name,))]


def free(fact: Fact, subject: Subject) -> list[Said]:
    """Say what a name says that is answered with yes ("Gluten free: yes"); of anything else a line of detail will do."""
    name = facts.clean_name(fact.name)
    said = sayings.feature(name, "en") if facts.is_yes(fact.value) and not sayings.has_han(name) else None
    if not said or (said.grammar != "is" and name not in {"vegan", "vegetarian"}):
        return []
    return [english_forms.make("feature_is", (fact.name,), "is", "are", [resting(said.text, fact.name)])]
