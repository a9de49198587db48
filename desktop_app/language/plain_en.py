"""The plain writer's English: what can be said, put into sentences that agree, vary and end."""

from __future__ import annotations

import random
import re
from collections.abc import Callable

from desktop_app.language import english, lexicon, sayings
from desktop_app.language.facts import items
from desktop_app.language.phrases import NOTHING, Line, article, capital, listed, plain, resting, sentence
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
_OPENING = lexicon.words(
    "material size volume colour scent count pattern feature_has origin options contents age use brand compatibility"
)
_FRONTED = lexicon.words("material feature_has origin contents pattern scent")
_SIZE_WORDS = lexicon.words(
    "small large big mini tall long short round square oval wide thin thick deep extra set pair soft"
)
_MIDDLE = lexicon.words("feature_has feature_is feature_does contents options use compatibility age pattern")
_PRAISE = r"\b(unique|best|perfect|gift|ideal|charm|atmosphere|finest|luxury|premium|special|free|sale|new|inspired)\b"
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
        details = [d for d in details if not (d.label == "pattern" and d.value.text in {"solid", "plain"})]
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
    opening, left = _opening(subject, name, usable, turn)
    sentences = [opening, *_rest(subject, left, dice)]
    if len(sentences) < 3 and (tail := _tail(subject, opening)):
        sentences.append(tail)
    return sentences, details


def sayable(found: list[Fact], subject: Subject) -> list[Said]:
    """Return what can be said, in order, without what the name has said already."""
    _, told = named(subject, found)
    said = [s for s in merged(english.say(found, subject), "en") if not _told(s, told)]
    return sorted(
        said, key=lambda s: (ORDER.index(s.key) if s.key in ORDER else len(ORDER), s.key == "size" and not s.frame[0])
    )


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
    if not several or not said.lines:
        return said
    verb, verbs = several[dice.randrange(len(several))]
    return framed(said.key, said.facts, list(said.lines), (verb, verbs, said.frame[2]), "en")


def _tail(subject: Subject, opening: Line) -> Line:
    """Return what the title says after its name, as a sentence of its own; nothing that praises."""
    tails = [t for t in subject.tails if len(t) > 3 and len(t.split()) <= 7 and not sayings.has_han(t)]
    tails = [t for t in tails if not re.search(_PRAISE, t, re.I) and not re.match(r"[\d½¼¾]", t)]
    tails = [t for t in tails if t.casefold() not in opening.text.casefold() and not lexicon.find(t, "colour")]
    if "set of" in opening.text or "pack of" in opening.text:
        tails = [t for t in tails if not re.search(r"\d", t)]
    if not tails or not subject.common:
        return NOTHING
    return sentence(plain(", ".join(sayings.lowered(t) for t in tails)))


def named(subject: Subject, found: list[Fact]) -> tuple[Line, dict[str, set[str]]]:
    """Return the subject's name with the words that facts carry marked, and which values of which fact it says."""
    text = subject.name
    marks: dict[int, tuple[int, str]] = {}
    told: dict[str, set[str]] = {}
    for fact in found:
        if fact.kind not in {"material", "colour", "feature", "scent", "brand"}:
            continue
        for item in items(fact):
            term = sayings.known(item, "material", "colour", "feature", "scent")
            if fact.kind == "feature" and not (term and subject.common):
                continue
            forms = {item, *(term.en if term else ())} if fact.kind != "brand" else {item}
            for form in sorted(forms, key=len, reverse=True):
                hit = re.search(rf"(?<![\w-]){re.escape(form)}(?![\w-])", text, re.I)
                if hit and hit.start() not in marks:
                    marks[hit.start()] = (hit.end(), fact.name)
                    told.setdefault(fact.name, set()).add(lexicon.key(item))
                    break
                if hit:
                    told.setdefault(fact.name, set()).add(lexicon.key(item))
                    break
    line, at = NOTHING, 0
    for start in sorted(marks):
        end, name = marks[start]
        if start >= at:
            line = line + text[at:start] + resting(text[start:end], name)
            at = end
    complete = {
        f.name: told[f.name] for f in found if f.name in told and {lexicon.key(i) for i in items(f)} <= told[f.name]
    }
    return line + text[at:], complete


def _told(said: Said, told: dict[str, set[str]]) -> bool:
    return said.key not in {"options"} and all(name in told for name in said.facts)


Shape = Callable[[Subject, Line, list[Said]], "tuple[Line, list[Said]] | None"]


# --- opening ----------------------------------------------------------------------------------------------------------


def _opening(subject: Subject, name: Line, said: list[Said], turn: int) -> tuple[Line, list[Said]]:
    shapes: tuple[Shape, ...] = (_verbal, _nominal, _fronted, _verbal_turned, _featured, _featured_fronted)
    if not subject.known or (not subject.common and subject.noun is None):
        shapes = (_bare,)
    elif not subject.common:
        shapes = (_verbal, _fronted, _verbal_turned, _verbal, _featured_fronted, _verbal_turned)
    if [s for s in said if s.key == "brand"] and subject.common:
        shapes = (_nominal,)
    elif subject.common and subject.more:
        shapes = (_verbal, _nominal_more, _fronted_more)
    for step in range(len(shapes)):
        if made := shapes[(turn + step) % len(shapes)](subject, name, said):
            return sentence(made[0]), [s for s in said if s not in made[1]]
    return sentence(a(subject, name) if said or not subject.translated else name), said


def the(subject: Subject, name: Line) -> Line:
    """Return "this bamboo board", "these gloves" or "the Chaz Hoodie"."""
    if not subject.common:
        return "the " + name
    return ("these " if subject.number == "many" else "this ") + name


def a(subject: Subject, name: Line) -> Line:
    """Return "a bamboo board", "gloves", "green tea" or the bare name."""
    full = name + subject.more
    if not subject.common:
        return full
    if not subject.known:
        return the(subject, full)
    return article(full) if subject.number == "one" else full


def _verb(subject: Subject, said: Said) -> Line:
    if subject.number == "many":
        return said.verbs or _many(said.verb)
    return said.verb


def _many(verb: Line) -> Line:
    first, rest = verb.bits[0], verb.bits[1:]
    text = re.sub(
        r"^(\w+)",
        lambda m: {"is": "are", "has": "have"}.get(
            m[1], re.sub(r"e?s$", "", m[1]) if m[1].endswith("shes") else m[1].removesuffix("s")
        ),
        first[0],
    )
    return Line(((text, first[1]), *rest))


def _verbal(subject: Subject, name: Line, said: list[Said]) -> tuple[Line, list[Said]] | None:
    picked = [s for s in said if s.verb and s.key in _OPENING][:2]
    if not picked:
        return None
    verbs = [_verb(subject, s) for s in picked]
    return the(subject, name + _short_more(subject)) + " " + _and(verbs), picked


def _verbal_turned(subject: Subject, name: Line, said: list[Said]) -> tuple[Line, list[Said]] | None:
    picked = [s for s in said if s.verb and s.key in _OPENING]
    if len(picked) < 2:
        return None
    picked = picked[1::-1]
    return the(subject, name + _short_more(subject)) + " " + _and([_verb(subject, s) for s in picked]), picked


def _nominal(subject: Subject, name: Line, said: list[Said]) -> tuple[Line, list[Said]] | None:
    picked = [s for s in said if s.part and s.key in _OPENING and s.key not in {"use", "contents", "options"}][:3]
    if not picked:
        return None
    picked.sort(key=lambda s: s.key != "brand")
    first = picked[0]
    start = a(subject, name)
    if colour := next((s for s in picked if _before_noun(subject, s)), None):
        start = a(subject, colour.value + " " + name)
        picked = [s for s in picked if s is not colour]
        if not picked:
            return start, [colour]
        first, picked = picked[0], picked
        line = start + " " + first.part
        return _tailed(line, picked[1:]), [colour, *picked]
    return _tailed(start + " " + first.part, picked[1:]), picked


def _nominal_more(subject: Subject, name: Line, said: list[Said]) -> tuple[Line, list[Said]] | None:
    """A name that ends in "with …" is called in full, and what belongs to it follows after a comma."""
    picked = [s for s in said if s.part and s.key in {"material", "size", "volume", "colour", "weight"}][:2]
    return (_tailed(a(subject, name), picked), picked) if picked else None


def _fronted_more(subject: Subject, name: Line, said: list[Said]) -> tuple[Line, list[Said]] | None:
    made = _fronted(subject, name + subject.more, said)
    return made if made and len(made[0].text) < 140 else None


def _before_noun(subject: Subject, said: Said) -> bool:
    first = subject.name.split()[0].casefold()
    return (
        said.key == "colour"
        and len(said.lines) == 1
        and len(said.value.text.split()) < 3
        and subject.common
        and first not in _SIZE_WORDS
        and not re.search(r"[A-Z0-9]", said.value.text)
        and lexicon.find(first, "material", "noun", "use") is not None
    )


def _tailed(line: Line, more: list[Said]) -> Line:
    for said in more:
        line = line + ", " + said.part
    return line


def _fronted(subject: Subject, name: Line, said: list[Said]) -> tuple[Line, list[Said]] | None:
    front = next((s for s in said if s.part and s.key in _FRONTED), None)
    after = [s for s in said if s.verb and s is not front and s.key in _OPENING][:1]
    if not front or not after or (front.key in {"feature_has", "contents"} and len(front.part.text) > 60):
        return None
    return front.part + ", " + the(subject, name) + " " + _verb(subject, after[0]), [front, *after]


def _featured(subject: Subject, name: Line, said: list[Said]) -> tuple[Line, list[Said]] | None:
    has = next((s for s in said if s.key == "feature_has"), None)
    if not has or subject.more:
        return None
    size = next((s for s in said if s.key in {"size", "volume"} and s.part), None)
    line = a(subject, name) + " " + has.part
    return (line + ", " + size.part, [has, size]) if size and len(line.text) < 80 else (line, [has])


def _featured_fronted(subject: Subject, name: Line, said: list[Said]) -> tuple[Line, list[Said]] | None:
    has = [s for s in said if s.key == "feature_has"]
    rest = [s for s in said if s.verb and s.key in _OPENING and s.key != "feature_has"]
    return _fronted(subject, name, [*has, *rest]) if has and rest else None


def _bare(subject: Subject, name: Line, said: list[Said]) -> tuple[Line, list[Said]] | None:
    """A title nobody can read as a noun is put down as it is, with what belongs to it after a comma."""
    full = name + subject.more
    if subject.common and not subject.known:
        full = the(subject, full)
        picked = [s for s in said if s.verb and s.key in _OPENING][:2]
        return (full + " " + _and([_verb(subject, s) for s in picked]), picked) if picked else None
    picked = [s for s in said if s.part and s.key in _OPENING and s.key not in {"use"}]
    brand = [s for s in picked if s.key == "brand" and s.value.text.casefold() not in full.text.casefold()]
    picked = [s for s in picked if s.key != "brand"][:2]
    line = full + " " + brand[0].part if brand else full
    return _tailed(line, picked), [*brand, *picked]


def _short_more(subject: Subject) -> str:
    return subject.more if len(subject.more) < 60 else ""


# --- what follows -----------------------------------------------------------------------------------------------------


def _rest(subject: Subject, said: list[Said], dice: random.Random) -> list[Line]:
    out: list[Line] = []
    closing = [s for s in said if s.whole]
    telling = [s for s in said if s.verb]
    pronoun = "They" if subject.number == "many" else "It"
    callable_so = (
        subject.head and len(subject.head.split()) < 3 and not (subject.noun and subject.noun.measure in _UNCOUNTED)
    )
    starts = [pronoun, f"The {subject.head}" if callable_so else pronoun, pronoun]
    turn = dice.randrange(3)
    while telling:
        take = [telling.pop(0)]
        if telling and len(take[0].verb.text) + len(telling[0].verb.text) < 90 and _go_together(take[0], telling[0]):
            take.append(telling.pop(0))
        start = starts[turn % 3] if len(out) else pronoun
        out.append(sentence(plain(start + " ") + _and([_verb(subject, s) for s in take])))
        turn += 1
    for s in sorted(closing, key=lambda s: s.key == "care"):
        out.append(sentence(s.whole))
    return out


def _go_together(first: Said, second: Said) -> bool:
    return second.key != "options" or first.key == "feature_is"


def _and(verbs: list[Line]) -> Line:
    if len(verbs) == 2 and all(re.match(r"comes? ", v.text) for v in verbs):  # "comes in white and with a lid"
        first, *rest = verbs[1].bits
        verbs = [verbs[0], Line(((re.sub(r"^comes? ", "", first[0]), first[1]), *rest))]
    if len(verbs) == 2 and (re.search(r" and |,", verbs[0].text) or re.search(r" and |,", verbs[1].text)):
        return verbs[0] + ", and " + verbs[1]
    return listed(verbs, "en")


def detail(said: Said) -> Line:
    """Return a line of detail: "Roast: medium"."""
    return capital(plain(said.label + ": ") + said.value)


def point(said: Said) -> Line:
    """Return one selling point: what is said, without a verb where that reads well."""
    if said.only_detail:
        return detail(said)
    if said.key in {
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
    found = [s for key in wanted for s in said if s.key == key and s.value]
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


def tidy(title: str) -> str:
    """Return a title with its spaces in order."""
    return re.sub(r"\s+", " ", title).strip()
