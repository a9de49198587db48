"""The plain writer's English: what can be said, put into sentences that agree, vary and end."""

from __future__ import annotations

import itertools
import random
import re

from desktop_app.language import english, english_openings, general, kinship, lexicon, sayings, strangers, units
from desktop_app.language.facts import items
from desktop_app.language.phrases import NOTHING, Line, capital, listed, plain, resting, sentence
from desktop_app.language.said import Said, framed, merged
from desktop_app.language.subjects import Subject
from desktop_app.records import Fact

ORDER = [
    "material",
    "size",
    "volume",
    "colour",
    "scent",
    "count",
    "pattern",
    "feature_has",
    "feature_is",
    "feature_does",
    "contents",
    "options",
    "part",
    "use",
    "compatibility",
    "age",
    "weight",
    "power",
    "origin",
    "certificate",
    "feature_whole",
    "brand",
    "care",
]
_MIDDLE = lexicon.words("feature_has feature_is feature_does contents options use compatibility age pattern")
_OTHER_WORDS = {
    ("options", "comes in"): (("comes in", "come in"), ("is available in", "are available in")),
    ("use", "suits"): (("suits", "suit"), ("is for", "are for")),
    ("feature_has", "has"): (("has", "have"), ("comes with", "come with")),
}
_UNCOUNTED = lexicon.words("条 双 副")  # trousers and gloves: "the short" is no way to call one
_BUDGET = {"short": 3, "medium": 8, "long": 99}


def prose(found: list[Fact], subject: Subject, *, length: str, turn: int) -> tuple[list[Line], list[Said]]:
    """Return the sentences of a description and what is left for lines of detail.

    ``turn`` decides the shape of the opening sentence (neighbouring turns never share one) and small choices after it.
    """
    name, _ = named(subject, found)
    said = sayable(found, subject)
    details = [s for s in said if s.only_detail and s.value]
    if length != "long":
        # "Style: laptop." is how a shop system files a thing, not what a shopkeeper says of it.
        details = [d for d in details if d.key != "style"]
        details = [d for d in details if not (d.label == "pattern" and d.value.text in {"solid", "plain"})]
    called = f" {subject.name}{subject.more} ".casefold()
    details = [d for d in details if f" {d.value.text.casefold()} " not in called]  # "A4 frame … Size: A4"
    usable = [s for s in said if not s.only_detail]
    if len(usable) > 2 or subject.name.casefold().startswith(
        tuple(s.value.text.casefold() for s in usable if s.key == "brand")
    ):
        usable = [s for s in usable if s.key != "brand"]
    dropped = usable[_BUDGET[length] :]
    usable = usable[: _BUDGET[length]]
    if length == "medium" and any(s.key == "care" for s in dropped):
        usable[-1:] = [s for s in dropped if s.key == "care"]
    dice = random.Random(f"en {turn}")
    usable = _turned([_worded(s, dice) for s in usable], dice)
    opening, left = english_openings.opening(subject, name, usable, turn)
    sentences = [opening, *_rest(subject, left, dice, opening.text)]
    if len(sentences) == 1:
        sentences = [english_openings.whole(subject, opening)]
    return sentences, details


def sayable(found: list[Fact], subject: Subject) -> list[Said]:
    """Return what can be said, in order, without what the name has said already."""
    _, told = named(subject, found)
    apart = strangers.kept_apart(english.say(found, subject), found, "en")
    said = _once([s for s in merged(apart, "en") if not _told(s, told)])
    return sorted(
        said, key=lambda s: (ORDER.index(s.key) if s.key in ORDER else len(ORDER), s.key == "size" and not s.frame[0])
    )


def _once(said: list[Said]) -> list[Said]:
    """Leave out that a thing is hooded where it has a hood."""
    had = {w for s in said if s.key == "feature_has" for w in re.findall(r"[a-z]+", s.value.text.casefold())}
    out = []
    for one in said:
        kept = [li for li in one.lines if not (li.text.endswith("ed") and {li.text[:-2], li.text[:-3]} & had)]
        if one.key != "feature_is" or len(kept) == len(one.lines):
            out.append(one)
        elif kept:
            out.append(framed(one.key, one.facts, kept, one.frame, "en"))
    return out


def _turned(said: list[Said], dice: random.Random) -> list[Said]:
    """Let what is told in the middle come in another order now and then; care and origin stay last."""
    free = [s for s in said if s.key in _MIDDLE]
    if len(free) < 2:
        return said
    by = dice.randrange(len(free))
    order = iter(free[by:] + free[:by])
    return [next(order) if s.key in _MIDDLE else s for s in said]


def _worded(said: Said, dice: random.Random) -> Said:
    """Say the same with another verb where there is one that is just as true."""
    several = _OTHER_WORDS.get((said.key, said.frame[0]))
    if not several or not said.lines or re.search(r"\b(fit|finish|pattern)\b", said.value.text):
        return said
    verb, verbs = several[dice.randrange(len(several))]
    return framed(said.key, said.facts, list(said.lines), (verb, verbs, said.frame[2]), "en")


def named(subject: Subject, found: list[Fact]) -> tuple[Line, dict[str, set[str]]]:
    """Return the subject's name with the words that facts carry marked, and which values of which fact it says."""
    text = subject.name
    marks: dict[int, tuple[int, str]] = {}
    told: dict[str, set[str]] = {}
    for fact in found:
        if fact.kind not in {"material", "colour", "feature", "style", "scent", "brand"}:
            continue
        for item in items(fact):
            term = sayings.known(item, "material", "colour", "feature", "scent")
            if fact.kind in {"feature", "style"} and not (term and term.kind == "feature" and subject.common):
                continue
            forms = {item} if fact.kind == "brand" or term is None else set(term.en)
            for form in sorted(forms, key=len, reverse=True):
                hit = re.search(rf"(?<![\w-]){re.escape(form)}(?![\w-])", text, re.I)
                if hit and hit.start() not in marks:
                    marks[hit.start()] = (hit.end(), fact.name)
                if hit:
                    if "%" not in item:  # a linen shirt is not said to be all linen
                        told.setdefault(fact.name, set()).add(lexicon.key(item))
                    break
            if term and fact.kind == "material" and "%" not in item and term in _named_more_nearly(subject):
                told.setdefault(fact.name, set()).add(lexicon.key(item))  # nobody says of stoneware that it is ceramic
    line, at = NOTHING, 0
    for start in sorted(marks):
        end, name = marks[start]
        if start >= at:
            line = line + text[at:start] + resting(text[start:end], name)
            at = end
    complete = {
        f.name: told[f.name] for f in found if f.name in told and {lexicon.key(i) for i in _stuffs(f)} <= told[f.name]
    }
    return line + text[at:], complete


def _stuffs(fact: Fact) -> list[str]:
    """Return what a fact lists, of stuffs without how thick they are: "carbon steel, 1.5 mm"."""
    if fact.kind != "material":
        return items(fact)
    stuffs, measures = general.stuffs_and_measures(items(fact))
    return stuffs if all(units.dimension_of(m) == "length" for m in measures) else items(fact)


def _named_more_nearly(subject: Subject) -> set[lexicon.Term]:
    """Return the stuffs that those in the name also are."""
    words = re.findall(r"[a-z]+", f"{subject.name}{subject.more}".casefold())
    pairs = [" ".join(pair) for pair in itertools.pairwise(words)]
    pairs += ["stoneware"] if "pottery" in words else []
    return kinship.broader(term for piece in (*words, *pairs) if (term := lexicon.find(piece, "material")))


def _told(said: Said, told: dict[str, set[str]]) -> bool:
    return said.key not in {"options"} and all(name in told for name in said.facts)


# --- what follows -----------------------------------------------------------------------------------------------------


def _rest(subject: Subject, said: list[Said], dice: random.Random, before: str) -> list[Line]:
    out: list[Line] = []
    closing = [s for s in said if s.whole]
    telling = [s for s in said if s.verb]
    pronoun = "They" if subject.number == "many" else "It"
    callable_so = (
        subject.head and len(subject.head.split()) < 3 and not (subject.noun and subject.noun.measure in _UNCOUNTED)
    )
    starts = [pronoun, f"The {subject.head}" if callable_so else pronoun, pronoun]
    turn, last = dice.randrange(3), before
    while telling:
        take = [telling.pop(0)]
        if telling and len(take[0].verb.text) + len(telling[0].verb.text) < 90 and _go_together(take[0], telling[0]):
            take.append(telling.pop(0))
        start = starts[turn % 3] if len(out) else pronoun
        if any(s.verb.text.startswith("comes in ") for s in take) and re.search(r"\bcomes? ", last):
            take = [_again(s) for s in take]
        last = " ".join(s.verb.text for s in take)
        out.append(
            sentence(plain(start + " ") + english_openings.both([english_openings.verb_of(subject, s) for s in take]))
        )
        turn += 1
    parts = [s.whole for s in closing if s.key == "part"]
    for several in (parts[n : n + 3] for n in range(0, len(parts), 3)):
        out.append(sentence(listed([several[0], *map(_small_the, several[1:])], "en")))
    for s in sorted((s for s in closing if s.key != "part"), key=lambda s: s.key == "care"):
        out.append(sentence(s.whole))
    return out


def _again(said: Said) -> Said:
    """Say "is available in" where the sentence before came with something."""
    if said.key != "options" or not said.lines:
        return said
    return framed(said.key, said.facts, list(said.lines), ("is available in", "are available in", said.frame[2]), "en")


def _small_the(line: Line) -> Line:
    """Return "The lid is cork" as it stands within a sentence."""
    (text, names), *rest = line.bits
    return Line(((text[:1].lower() + text[1:], names), *rest)) if text.startswith("The ") else line


def _go_together(first: Said, second: Said) -> bool:
    both_in = all(s.verb.text.startswith("comes in ") for s in (first, second))  # else "It comes in … It comes in …"
    return second.key != "options" or first.key == "feature_is" or both_in


def detail(said: Said) -> Line:
    """Return a line of detail: "Roast: medium"."""
    return capital(plain(said.label + ": ") + said.value)


def point(said: Said) -> Line:
    """Return one selling point: what is said, without a verb where that reads well."""
    if said.only_detail:
        return detail(said)
    if said.key in {
        "certificate" if not said.part else "",
        "feature_is",
        "feature_has",
        "feature_does",
        "size",
        "volume",
        "weight",
        "scent",
        "care",
        "pattern",
    }:
        line = said.value if said.value else said.whole
        if said.key == "feature_has":
            line = listed([bare(line) for line in said.lines], "en")
        if said.key == "volume":
            line = plain("Holds ") + said.value if said.frame[0] == "holds" else plain("Capacity: ") + said.value
        if said.key == "weight":
            line = plain("Weighs ") + said.value
        if said.key == "feature_does":
            line = said.verb
        return capital(line)
    return capital(said.part or said.whole or said.verb)


def attributes(said: list[Said]) -> list[Line]:
    """Return what may stand behind a title after a comma, the most telling first."""
    wanted = ("size", "volume", "material", "colour", "feature_has", "count", "scent")
    told = {key: s for key in wanted for s in reversed(said) if s.key == key and s.value and not s.only_detail}
    found = [told[key] for key in wanted if key in told]  # one of a kind: "183 × 66 cm, 4 mm thick" are two sizes
    out = []
    for s in found:
        if s.key == "feature_has":
            out.append("with " + listed([bare(line) for line in s.lines], "en"))
        else:
            out.append(bare(s.value))
    return out


def bare(line: Line) -> Line:
    """Return a line without the article it begins with."""
    if line.bits and re.fullmatch(r"an? ", line.bits[0][0]):
        return Line(line.bits[1:])
    return line
