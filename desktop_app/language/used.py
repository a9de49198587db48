"""Which facts a text rests on, told apart where several have one name: "the city" is said of Urban, not of Gym.

A fact is used where its own words stand in what rests on its name, or where the text loses what carries it once the
fact is taken away: the check itself is asked, so translations, other words and conversions count. What cannot be told
apart ("sizes XS to XL", "three scents") rests on all facts of that name: a text marked in vain costs less than an
untrue one that is not.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace

from desktop_app.language import check, lexicon, sayings
from desktop_app.language.check import Checked
from desktop_app.records import Fact, Product, Span

# Several said as one: from one to another, and how many there are.
_RANGE = re.compile(
    r"\b(?:to|through|until|between|all|every|any|each|both|various|assorted)\b|[–~至到]|[各多几全]|\d\s*-\s*\d"
)
_BEFORE, _BEHIND = re.compile(r"(?:\bto|\bthrough|[–~至到-])\s*$"), re.compile(r"\s*(?:to\b|through\b|[–~至到])")
_MANY = re.compile(
    r"[两二三四五六七八九十]\s*[种款色个]|\b(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\d+)\s+[a-z]+s\b"
)


def of(product: Product, text: str, evidence: Sequence[Span], language: str) -> list[Fact]:
    """Return the facts of ``product`` that ``text`` rests on, in their order; ``evidence`` is what the writer kept."""
    named = {name for span in evidence for name in span.facts}
    facts = [fact for fact in product.facts if fact.name in named]
    counts = Counter(fact.name for fact in facts)
    several = [fact for fact in facts if counts[fact.name] > 1]
    if not several:
        return facts
    said = {name: " … ".join(text[s.start : s.end] for s in evidence if name in s.facts) for name in counts}
    doubtful = [f for f in several if not _all_of(text, evidence, f) and not _stands(f, said[f.name])]
    unused = _unused(product, text, doubtful, evidence, language) if doubtful else []
    return [fact for fact in facts if not any(fact is one for one in unused)]


def _all_of(text: str, evidence: Sequence[Span], fact: Fact) -> bool:
    """Tell whether what rests on a name says its facts as one, so that each of them counts.

    Looked at is the stretch of a sentence from the first to the last of what rests on it: "S" and "XL" of "S to XL".
    """
    stretches: dict[int, tuple[int, int]] = {}
    for span in (s for s in evidence if fact.name in s.facts):
        sentence = len(re.findall(r"[.!?](?=\s)|[。！？\n]", text[: span.start]))
        start, end = stretches.get(sentence, (span.start, span.end))
        stretches[sentence] = (min(start, span.start), max(end, span.end))
    for start, end in stretches.values():
        said = text[start:end]
        counted = _MANY.search(said.casefold())
        if _RANGE.search(said) or _BEFORE.search(text[:start]) or _BEHIND.match(text, end):
            return True
        if counted and counted[0] not in fact.value.casefold():
            return True
    return False


def _stands(fact: Fact, said: str) -> bool:
    """Tell whether a fact's own value, or a word for it in either language, stands in what was said."""
    forms = {fact.value.strip(), f"{fact.value} {fact.unit}".strip()}
    term = sayings.known(fact.value, "colour", "material", "feature", "scent", "use", "noun", "origin")
    if term is not None:
        forms |= {*term.en, *term.zh, term.plural}
    low = lexicon.key(said)
    return any(_in(lexicon.key(form), low) for form in forms if form and form not in "-=+")


def _in(form: str, text: str) -> bool:
    if not form:
        return False
    if re.search(r"[\u4e00-\u9fff]", form):
        return form in text
    return bool(re.search(rf"(?<![\w-]){re.escape(form)}(?![\w-])", text))


def _unused(product: Product, text: str, doubtful: list[Fact], evidence: Sequence[Span], language: str) -> list[Fact]:
    """Return the facts without which the text stands as it did: all of them at once where that is so, else singly."""
    whole = _held(text, product, language)
    doubtful = [fact for fact in doubtful if _told_by(whole, fact.name, evidence)]
    if not doubtful:
        return []
    if _same(whole, _held(text, _without(product, doubtful), language)):
        return doubtful
    if len(doubtful) == 1:
        return []
    # One by one, each beside those that are out already: two that say the same must not carry each other away.
    out: list[Fact] = []
    for fact in doubtful:
        if _same(whole, _held(text, _without(product, [*out, fact]), language)):
            out.append(fact)
    return out


def _told_by(checked: Checked, name: str, evidence: Sequence[Span]) -> bool:
    """Tell whether the check sees what rests on a name where the writer does: not in a language it cannot read."""
    seen = [s for s in checked.evidence if name in s.facts]
    return all(any(s.start < e.end and e.start < s.end for s in seen) for e in evidence if name in e.facts)


def _held(text: str, product: Product, language: str) -> Checked:
    return check.check(text, product, language=language)


def _same(one: Checked, other: Checked) -> bool:
    """Tell whether two checks found the same, and the same stretches resting on the same names."""
    return _marks(one) == _marks(other)


def _marks(checked: Checked) -> tuple[set[tuple[int, int, str]], set[tuple[int, int, tuple[str, ...]]]]:
    return (
        {(f.start, f.end, f.kind) for f in checked.findings},
        {(s.start, s.end, tuple(sorted(s.facts))) for s in checked.evidence},
    )


def _without(product: Product, gone: Iterable[Fact]) -> Product:
    away = {id(fact) for fact in gone}
    return replace(product, facts=tuple(fact for fact in product.facts if id(fact) not in away))
