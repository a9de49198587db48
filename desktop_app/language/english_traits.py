"""What a thing has, is like, is for and how it is cared for, in English."""

from __future__ import annotations

import re
from dataclasses import replace

from desktop_app.language import english_forms, facts, general, inflections, lexicon, sayings, strangers
from desktop_app.language.facts import items
from desktop_app.language.phrases import Line, article, joined, listed, plain, resting
from desktop_app.language.said import Said
from desktop_app.language.subjects import Subject
from desktop_app.records import Fact

_IMPERATIVE = re.compile(
    r"(?i)^(?:do not|don't|never|always|avoid|wash|hand[ -]?wash|machine[ -]?wash"
    r"|wipe|clean|dry|air[ -]dry|line[ -]dry|tumble|iron"
    r"|rinse|keep|store|oil|dust|spot[ -]clean|dry[ -]clean|use|hang|soak"
    r"|refrigerate|trim|let|allow|remove|brush|polish|cool)\b"
)


_AND_UP = re.compile(
    r"(?i)(?:from\s+)?(\d+)\s*(?:(years?|months?|岁|个月|m|y|yrs?)\s*)?"
    r"(?:\+|and up|and over|or over|\+\s*years?|以上|及以上|up)\s*(years?|months?)?"
)


def age(fact: Fact, subject: Subject) -> list[Said]:
    """Say for which age it is."""
    text = fact.value.strip()
    if found := _AND_UP.fullmatch(text):
        unit = " months" if re.search(r"month|月|m\b", text) else ""
        rest = resting(f"ages {found[1]}{unit} and up", fact.name)
    elif found := re.fullmatch(r"(?i)(\d+)\s*(?:[-–~至到]|to)\s*(\d+)\s*(years?|months?|岁|个月|yrs?)?", text):
        unit = " months" if re.search(r"month|月", text) else ""
        rest = resting(f"ages {found[1]} to {found[2]}{unit}", fact.name)
    else:
        return audience(fact, subject)
    return [english_forms.make("age", (fact.name,), "is for", "are for", rest, "for")]


def audience(fact: Fact, subject: Subject) -> list[Said]:
    """Say for whom it is."""
    if [i.casefold() for i in items(fact)] == ["unisex"]:  # of a baby's cardigan "for men and women" is not true
        return [english_forms.make("feature_is", (fact.name,), "is", "are", [resting("unisex", fact.name)])]
    terms = [lexicon.find(i, "use") for i in general.uses(items(fact))]
    if not terms or not all(t and t.group == "people" for t in terms):
        return []
    lines = [resting(t.en[0], fact.name) for t in terms if t]
    title = f"{subject.name} {subject.more}".casefold()
    if any(re.search(rf"\b{re.escape(form)}\b", title) for t in terms if t for form in t.en):
        return [Said("silent", (fact.name,))]
    return [english_forms.make("age", (fact.name,), "is for", "are for", listed(lines, "en"), "for")]


def compatibility(fact: Fact, subject: Subject) -> list[Said]:
    """Say what it works with."""
    if sayings.has_han(fact.value):
        return []
    lines = [resting(re.sub(r"(?i)^(for|fits|compatible with|works with)\s+", "", i), fact.name) for i in items(fact)]
    rest = listed([_lower_word(line) for line in lines], "en")
    if re.match(r"fits\b", facts.clean_name(fact.name)):
        return [english_forms.make("compatibility", (fact.name,), "fits", "fit", rest)]
    return [
        english_forms.make(
            "compatibility", (fact.name,), "is compatible with", "are compatible with", rest, "compatible with"
        )
    ]


def _lower_word(line: Line) -> Line:
    """Return "phones up to 12 mm thick" of "Phones up to 12 mm thick"; names keep their capital."""
    (text, names), *rest = line.bits
    first, gap, more = text.partition(" ")
    plain_word = re.fullmatch(r"[A-Z][a-z]+", first) and not re.search(r"[A-Z]", more)
    known = plain_word and bool(inflections.forms(first.casefold()) & strangers.english_words())
    return Line(((sayings.lowered(first) + gap + more, names), *rest)) if known else line


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
        elif (said.grammar == "raw" and not re.match(r"\d", said.text)) or said.grammar in {"is", "does", "for"}:
            return []
        lines.append(line)
    return [english_forms.make(key, (fact.name,), one_verb, many_verb, lines, part)] if lines else []


def contents(fact: Fact, subject: Subject) -> list[Said]:
    """Say what comes with it; a list that holds the thing itself is a list of what is in the box."""
    low = [i.casefold() for i in items(fact)]
    head = subject.head.casefold().split()[-1:] or [""]
    if any(re.search(rf"\b{re.escape(head[0])}s?$", i) for i in low if head[0]) or any(
        re.fullmatch(r"1 (?:pair|piece|set|pcs?|unit)\b.*", i) for i in low
    ):
        return []
    return _things(fact, "contents", "comes with", "come with", "with")


def either(fact: Fact) -> list[Said]:
    """ "Logo: yes, no" among the options: it comes with or without one."""
    if {i.casefold() for i in items(fact)} != {"yes", "no"}:
        return []
    label = facts.clean_name(fact.name)
    noun = lexicon.find(label, "noun")
    thing = resting(label, fact.name) if noun and noun.plural in {"-", "="} else article(resting(label, fact.name))
    return [english_forms.make("options", (fact.name,), "comes with or without", "come with or without", thing)]


_LIKE = tuple(
    "adjustable detachable removable padded telescoping wide narrow long short soft reinforced elastic woven braided double "
    "single".split()
)
_KINDS = ("double", "single")
_PLACED = {
    "shoulder": "shoulder",
    "cross body": "cross-body",
    "crossbody": "cross-body",
    "hand": "hand",
    "wrist": "wrist",
}


def part_like(fact: Fact) -> list[Said]:
    """ "Strap: adjustable, padded, shoulder": it has an adjustable, padded shoulder strap."""
    label = english_forms.label_of(fact)
    noun = lexicon.find(label, "noun")
    low = [i.casefold() for i in items(fact)]
    if not noun or "part" not in noun.marks or not low or not all(i in _LIKE or i in _PLACED for i in low):
        return []
    so = sorted((i for i in low if i in _LIKE), key=_LIKE.index)
    where = list(dict.fromkeys(_PLACED[i] for i in low if i in _PLACED))
    place = where[0] if len(where) == 1 else ""
    kinds = [i for i in so if i in _KINDS]
    if kinds != ["single"] and (len(where) > 1 or kinds) and len(so) + len(where) > 1:
        shown = listed([resting(_PLACED.get(i, i), fact.name) for i in low], "en")
        return [
            Said(fact.kind, (fact.name,), label=label, value=shown)
        ]  # two handles and a strap, or one worn in two ways: which is padded nobody knows
    if len(so) + bool(place) < 3:
        how, kinds = [i for i in so if i not in _KINDS], [i for i in so if i in _KINDS]
        many = facts.field(facts.clean_name(fact.name)).endswith("s") and noun.plural not in {"-", "="}
        thing = noun.plural.replace("+", f"{noun.en[0]}s") if many else noun.en[0]
        words = " ".join(w for w in (", ".join(how), *kinds, place, thing) if w)
        rest = resting(words, fact.name) if many else article(resting(words, fact.name))
        return [english_forms.make("feature_has", (fact.name,), "has", "have", rest, "with")]
    like = listed([resting(i, fact.name) for i in so if i not in _KINDS], "en")
    whole = "The " + resting(" ".join(w for w in (*kinds, place, noun.en[0]) if w), fact.name) + " is " + like
    return [Said("part", (fact.name,), whole=whole, label=label, value=like)]


def feature(fact: Fact, subject: Subject) -> list[Said]:
    """Say what it has, is and does."""
    if facts.is_yes(fact.value):
        said = sayings.feature(facts.clean_name(fact.name), "en")
        return _grouped(fact, [said]) if said and said.grammar != "raw" else []
    if facts.is_no(fact.value):
        said = sayings.feature(facts.clean_name(fact.name), "en")
        if not said or said.grammar != "is":
            return []
        return [english_forms.make("feature_is", (fact.name,), "is", "are", resting(f"not {said.text}", fact.name))]
    found = [sayings.feature(i, "en") for i in general.possible(items(fact))]
    if items(fact) and not found:
        return english_forms.detail(fact)
    return _grouped(fact, [f for f in found if f and not _titled(f, subject)])


def _titled(said: sayings.Saying, subject: Subject) -> bool:
    """A full-zip hoodie need not be said to have a full zip."""
    title = f"{subject.name} {subject.more}".casefold().replace("-", " ")
    return said.grammar == "has" and bool(re.search(rf"\b{re.escape(said.text.casefold().replace('-', ' '))}\b", title))


def _grouped(fact: Fact, found: list[sayings.Saying]) -> list[Said]:
    out: list[Said] = []
    is_so = [resting(f.text, fact.name) for f in found if f.grammar == "is"]
    has = [resting(f.text, fact.name) if f.plural else _with_article(f, fact) for f in found if f.grammar == "has"]
    does = [resting(f.text, fact.name) for f in found if f.grammar == "does"]
    if is_so:
        out.append(english_forms.make("feature_is", (fact.name,), "is", "are", is_so))
    if has:
        out.append(english_forms.make("feature_has", (fact.name,), "has", "have", has, "with"))
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
        label = english_forms.label_of(fact)
        out.append(
            Said(
                "feature_raw",
                (fact.name,),
                label="features" if label in {"feature", ""} else label,
                value=english_forms.listed_values(short),
            )
        )
    return out


def _with_article(said: sayings.Saying, fact: Fact) -> Line:
    return article(resting(said.text, fact.name))


def fit(fact: Fact, subject: Subject) -> list[Said]:
    """Say how it fits."""
    said = sayings.feature(fact.value, "en")
    if said is None or said.grammar != "is":
        return style(fact, subject)
    if re.search(
        rf"\b{re.escape(said.text.removesuffix(' fit'))}\b",
        f"{subject.name}{subject.more}".casefold().replace("-", " "),
    ):
        return [Said("silent", (fact.name,))]
    rest = article(resting(re.sub(r"[ -]fit(ted)?$", "", said.text) or said.text, fact.name) + " fit")
    return [english_forms.make("feature_has", (fact.name,), "has", "have", rest, "with")]


def strap(fact: Fact, subject: Subject) -> list[Said]:
    """Leave straps to a line of detail."""
    return []


def style(fact: Fact, subject: Subject) -> list[Said]:
    """Only what is plainly a property or a part goes into a sentence; a kind of thing ("hoodie") the title has said."""
    if facts.role_of(fact) == "finish" and subject.noun and "eaten" in subject.noun.marks:
        return []  # washed coffee is no coffee that was washed
    out: list[sayings.Saying] = []
    left: list[Line] = []
    for item in general.possible(items(fact)):
        said = sayings.feature(item, "en")
        noun = lexicon.find(item, "noun")
        if noun and "part" not in noun.marks:
            if not (subject.noun and noun.en[0] == subject.noun.en[0]):
                left.append(resting(sayings.lowered(item) if not sayings.has_han(item) else noun.en[0], fact.name))
        elif said and said.grammar in {"is", "has"}:
            if facts.role_of(fact) == "sleeves" and said.text.endswith("sleeve"):
                said = replace(said, text=f"{said.text}s", plural=True)
            if not _titled(said, subject):
                out.append(said)
        elif said:
            left.append(resting(sayings.lowered(said.text), fact.name))
    found = _grouped(fact, out)
    if left:
        found.append(
            Said(
                "style",
                (fact.name,),
                label=english_forms.label_of(fact) or "style",
                value=english_forms.listed_values(left),
            )
        )
    return found or [Said("silent", (fact.name,))]


def pattern(fact: Fact, subject: Subject) -> list[Said]:
    """Say its pattern."""
    terms = [lexicon.find(i, "feature") for i in items(fact)]
    if len(terms) == 1 and terms[0] and terms[0].en[0].endswith("ed"):  # striped, checked, color-blocked
        return [
            english_forms.make("feature_is", (fact.name,), "is", "are", [resting(_so(fact.value, terms[0]), fact.name)])
        ]
    if len(terms) == 1 and terms[0] and terms[0].en[0] not in {"plain"}:
        rest = article(resting(sayings.word(fact.value, "en", "feature") or "", fact.name) + " pattern")
        return [english_forms.make("pattern", (fact.name,), "has", "have", rest, "with")]
    return []


def _so(value: str, term: lexicon.Term) -> str:
    own = sayings.word(value, "en", "feature") or term.en[0]
    return own if own.endswith("ed") else term.en[0]


def use(fact: Fact, subject: Subject) -> list[Said]:
    """Say what, where or when it is for."""
    terms = {i: lexicon.find(i, "use") for i in general.uses(items(fact))}
    if not all(t or re.fullmatch(r"(?i)[a-z]+ing", i) for i, t in terms.items()):
        return []
    lines = _use_lines(list(terms.items()), fact.name)
    return [english_forms.make("use", (fact.name,), "suits", "suit", lines, "for")] if lines else []


def _use_lines(terms: list[tuple[str, lexicon.Term | None]], name: str) -> list[Line]:
    """Return when and where it is of use; places are no weather, so that the two do not stand in one list."""
    seasons: list[Line] = []
    where: list[Line] = []
    for item, term in terms:
        group = term.group if term else ""
        if group != "weather":
            (seasons if group == "season" else where).append(resting(_use_words(item, term), name))
    words = [t.en[0] for _, t in terms if t and t.group == "weather"]
    # A season first: "spring and cool or windy weather" can be read in one way only.
    when = [*seasons, *_weather_lines(words, name, "or" if seasons else "and")]
    where = where[:_USES]
    if not when or not where:
        return when or where
    return [listed(when, "en") + " as well as " + listed(where, "en")]


def _weather_lines(words: list[str], name: str, last: str) -> list[Line]:
    weather = sorted((w for w in words if w != "wintry" or "cold" not in words), key=_weather_order)
    if not weather or weather == ["all weather"]:
        return [resting(w, name) for w in weather]
    return [resting(listed([plain(w) for w in weather], "en", last).text, name) + " weather"]


_USES = 4  # places and doings that one sentence names
_WEATHER = tuple("hot warm mild cool cold wintry snowy windy rainy sunny".split())


def _weather_order(word: str) -> int:
    return _WEATHER.index(word) if word in _WEATHER else len(_WEATHER)


def _use_words(item: str, term: lexicon.Term | None) -> str:
    own = sayings.lowered(item)
    if term is None or (
        " " in own and not sayings.has_han(own) and own in term.en and not term.en[0].startswith("the ")
    ):
        return own
    return term.en[0]


def care(fact: Fact, subject: Subject) -> list[Said]:
    """Say how it is cared for, in the merchant's own words where they are of this language."""
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
        out.append(english_forms.make("feature_is", (fact.name,), "is", "are", states))
    if imperative:
        several = any(" and " in line.text for line in imperative)
        rest = joined(imperative, ", ") if several else listed(imperative, "en")
        out.append(Said("care", (fact.name,), whole=rest, label="care", value=rest))
    return out
