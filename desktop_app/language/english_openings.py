"""The shapes an English description opens with: told, named, or something put in front."""

from __future__ import annotations

import re
from collections.abc import Callable

from desktop_app.language import lexicon, subjects
from desktop_app.language.phrases import Bit, Line, article, listed, sentence
from desktop_app.language.said import Said
from desktop_app.language.subjects import Subject

_OPENING = lexicon.words(
    "material size volume colour scent count pattern feature_has origin options contents age use brand compatibility"
)
_FRONTED = lexicon.words("material origin")  # "With a double strap, the bag is made of nylon" has two minds
_SIZE_WORDS = lexicon.words(
    "small large big mini tall long short round square oval wide thin thick deep extra set pair soft"
)

Shape = Callable[[Subject, Line, list[Said]], "tuple[Line, list[Said]] | None"]


# --- opening ----------------------------------------------------------------------------------------------------------


def opening(subject: Subject, name: Line, said: list[Said], turn: int) -> tuple[Line, list[Said]]:
    """Return the first sentence in the shape of this turn, and what is left to say."""
    shapes: tuple[Shape, ...] = (_verbal, _nominal, _fronted, _verbal_turned, _featured, _fronted)
    if not subject.known or (not subject.common and subject.noun is None):
        shapes = (_bare,)
    elif not subject.common:
        shapes = (_verbal, _fronted, _verbal_turned, _verbal, _fronted, _verbal_turned)
    if [s for s in said if s.key == "brand"] and subject.common:
        shapes = (_nominal,)
    elif subject.common and subject.more:
        shapes = (_verbal, _nominal_more, _fronted_more)
    if subject.kind:
        shapes = (_kinded,)
    for step in range(len(shapes)):
        if made := shapes[(turn + step) % len(shapes)](subject, name, said):
            return sentence(made[0]), [s for s in said if s not in made[1]]
    verbs = [s for s in said if s.verb][:2]
    if verbs and not subject.common:
        line = the(subject, name + _short_more(subject)) + " " + both([verb_of(subject, s) for s in verbs])
        return sentence(line), [s for s in said if s not in verbs]
    return sentence(_this_is(subject, a(subject, name))), said


def whole(subject: Subject, line: Line) -> Line:
    """Return an opening that stands alone as a sentence with a verb: "An oak tray" becomes "This is an oak tray"."""
    if re.search(r"\b(?:is|are|has|have|comes?|suits?|holds?|measures?|weighs?|burns?|runs?)\b", line.text):
        return line
    if not subject.common:
        if not line.facts():
            return line
        is_ = "these are the " if subject.number == "many" else "this is the "
        return sentence(is_ + line) if not line.text.casefold().startswith("the ") else line
    return sentence(_this_is(subject, Line(_lowered_first(line.bits))))


def _lowered_first(bits: tuple[Bit, ...]) -> tuple[Bit, ...]:
    first = next((n for n, (text, _names) in enumerate(bits) if text.strip()), 0)
    text, names = bits[first]
    word, gap, rest = text.partition(" ")
    return (*bits[:first], (subjects.lowered_word(word) + gap + rest, names), *bits[first + 1 :])


def _this_is(subject: Subject, line: Line) -> Line:
    if not subject.common or not subject.known:
        return line
    return ("these are " if subject.number == "many" else "this is ") + line


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


def verb_of(subject: Subject, said: Said) -> Line:
    """Return the verb form that agrees with the subject."""
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
    others = [s for s in said if s.verb and s not in picked]
    if len(picked) == 1 and len(others) == 1 and others[0].key == "feature_is":
        picked = [*picked, others[0]]  # "is for summer and is hand-woven": a second sentence would be three words
    verbs = [verb_of(subject, s) for s in picked]
    more = "" if any(s.key == "material" for s in picked) and _has_stuff(subject.more) else _short_more(subject)
    return the(subject, name + more) + " " + both(verbs), picked


def _has_stuff(more: str) -> bool:
    """Tell whether what follows a name names a stuff: "containers with bamboo lids are made of glass" says it of the lids."""
    return any(lexicon.find(word, "material") for word in re.findall(r"[a-z]+", more.casefold()))


def _verbal_turned(subject: Subject, name: Line, said: list[Said]) -> tuple[Line, list[Said]] | None:
    picked = [s for s in said if s.verb and s.key in _OPENING]
    if len(picked) < 2:
        return None
    picked = picked[1::-1]
    return the(subject, name + _short_more(subject)) + " " + both([verb_of(subject, s) for s in picked]), picked


def _nominal(subject: Subject, name: Line, said: list[Said]) -> tuple[Line, list[Said]] | None:
    picked = [s for s in said if s.part and s.key in _OPENING and s.key not in {"use", "contents", "options"}]
    picked = [s for s in picked if not _named_alike(s, name)][:3]
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
    apart = ", " if re.match(r"\d", first.part.text) else " "  # "a walnut spoon, 30 cm long"
    return _tailed(start + apart + first.part, picked[1:]), picked


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
    front = next((s for s in said if s.part and s.key in _FRONTED and not _named_alike(s, name)), None)
    front = front or next((s for s in said if s.part.text.startswith(("measuring ", "holding "))), None)
    after = [s for s in said if s.verb and s is not front and s.key in _OPENING][:1]
    if not front or not after or (front.key in {"feature_has", "contents"} and len(front.part.text) > 60):
        return None
    return front.part + ", " + the(subject, name) + " " + verb_of(subject, after[0]), [front, *after]


def _named_alike(said: Said, name: Line) -> bool:
    """ "Made of hemp canvas, this hemp messenger bag" says hemp twice in a row."""
    words = set(re.findall(r"[a-z]{4,}", said.value.text.casefold()))
    return said.key == "material" and bool(words & set(re.findall(r"[a-z]{4,}", name.text.casefold())))


def _featured(subject: Subject, name: Line, said: list[Said]) -> tuple[Line, list[Said]] | None:
    has = next((s for s in said if s.key == "feature_has"), None)
    if not has or subject.more:
        return None
    size = next((s for s in said if s.key in {"size", "volume"} and s.part), None)
    line = a(subject, name) + " " + has.part
    return (line + ", " + size.part, [has, size]) if size and len(line.text) < 80 else (line, [has])


def _kinded(subject: Subject, name: Line, said: list[Said]) -> tuple[Line, list[Said]] | None:
    """A name that does not say what the thing is: "The Summit Kit is a jacket made of fleece"."""
    picked = [s for s in said if s.part and s.key in {"material", "size", "volume", "origin"}][:1]
    line = the(subject, name + _short_more(subject)) + " is " + article(Line(((subject.kind, ()),)))
    return line + "".join(" " for _ in picked) + (picked[0].part if picked else Line()), picked


def _bare(subject: Subject, name: Line, said: list[Said]) -> tuple[Line, list[Said]] | None:
    """A title nobody can read as a noun is put down as it is, with what belongs to it after a comma."""
    full = name + subject.more
    if subject.common and not subject.known:
        full = the(subject, full)
        picked = [s for s in said if s.verb and s.key in _OPENING][:2]
        return (full + " " + both([verb_of(subject, s) for s in picked]), picked) if picked else None
    verbs = [s for s in said if s.verb][:2]
    if verbs:  # a name of its own needs no article: "Ship Your Idea comes in black and green"
        return _own_name(subject, full) + " " + both([verb_of(subject, s) for s in verbs]), verbs
    picked = [s for s in said if s.part and s.key in _OPENING and s.key not in {"use"}]
    brand = [s for s in picked if s.key == "brand" and s.value.text.casefold() not in full.text.casefold()]
    picked = [s for s in picked if s.key != "brand"][:2]
    line = full + " " + brand[0].part if brand else full
    return _tailed(line, picked), [*brand, *picked]


_SAYING = re.compile(r"(?i)\b(?:your|my|our|you|we|it|is|are|i)\b")


def _own_name(subject: Subject, name: Line) -> Line:
    """Put "the" before a name of several words ("the Garlic Press"); sayings, codes and names of several need none."""
    words = name.text.split()
    bare = _SAYING.search(name.text) or re.search(r"#|\d(?!\d*-[A-Z])", name.text) or len(words) < 2
    if bare or subject.number != "one" or re.search(r"[^a-zA-Z\d’'®™-]", words[-1]) or words[0].casefold() == "the":
        return name
    one = re.search(r"(?i)^(?:wo)?mens$|ss$", words[-1]) or not words[-1].endswith("s")
    return "the " + name if one and words[-1][1:].islower() else name


def _short_more(subject: Subject) -> str:
    return subject.more if len(subject.more) < 90 else ""


def both(verbs: list[Line]) -> Line:
    """Join two verbs with "and", with a comma where one of them lists."""
    if len(verbs) == 2 and all(re.match(r"comes? (?!from)", v.text) for v in verbs):  # "comes in white and with a lid"
        first, *rest = verbs[1].bits
        verbs = [verbs[0], Line(((re.sub(r"^comes? ", "", first[0]), first[1]), *rest))]
    if len(verbs) == 2 and (re.search(r" and |,", verbs[0].text) or re.search(r" and |,", verbs[1].text)):
        return verbs[0] + ", and " + verbs[1]
    return listed(verbs, "en")
