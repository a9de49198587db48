"""Whose a quality is: what the facts give to the frame alone may not be said of the top ("the powder-coated top")."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from desktop_app.language import everyday, facts, harmless, inflections, lexicon, mentions, negation, vocabulary
from desktop_app.language.spans import finding
from desktop_app.records import Finding, Product
from desktop_app.words import _

_WORD = re.compile(r"[A-Za-zÀ-ÿ]+(?:[-'’][A-Za-zÀ-ÿ]+)*")
_GENERAL = re.compile(
    r"(?i)^(?:material|materials|composition|fabric|colou?rs?|type|features?|properties|details?|design|style|pattern|shape|size|sizes|set|pieces|parts|ingredients?|contents?|in the box|included|includes|package|packaging"
    r"|finish|use|uses|usage|care|cleaning|washing|notes?|suitable.*|for|not .*|compatib.*|technique|method"
    r"|construction|surface|function\w*|settings?|modes?|made.*|origin|produced|assembly|storage|certificate.*"
    r"|standard.*|safety.*|warning|extras|special.*|protection|treatment|condition|application|method|age.*|fit"
    r"|model|name|title|brand|weight|shipping|delivery)$"
)
_CLAUSE = re.compile(r"[,;:.!?()—–]|\b(?:and|but|while|whereas|with|so|which|that|because|though|plus)\b", re.I)
_SUBJECT = re.compile(
    r"(?i)^\W*(?:(?:the|its|their|both|all|each|every|an?|two|three|four|six)\s+)*(?:[a-z’'-]+\s+){0,2}?(?P<noun>[a-z]+)\s+"
    r"(?:also\s+|even\s+|itself\s+|themselves\s+)?(?P<verb>is|are|comes?|closes?|opens?|has|have|can|folds?|zips?|unzips?|snaps?|clips?|ties?|buttons?|slides?|detach(?:es)?|locks?|screws?)\b(?P<rest>.*)$"
)
_FAR = 2  # words between a quality and the noun it stands before
_ENDS = re.compile(r"(?i)(?:ed|able|ible|proof|less|en)$")


@dataclass(frozen=True, slots=True)
class Owner:
    """A part with a fact of its own: what it is called and what is said of it."""

    fact: int
    called: frozenset[str]
    words: frozenset[str]


@dataclass(frozen=True, slots=True)
class Owners:
    """The parts of one product, and the words its other facts say of the whole thing."""

    parts: tuple[Owner, ...] = ()
    free: frozenset[str] = frozenset()


def of(product: Product) -> Owners:
    """Read off which fact speaks of which part; with fewer than two such parts nothing can be mistaken."""
    parts: list[Owner] = []
    free: set[str] = set()
    for number, fact in enumerate(product.facts):
        name = re.sub(r"[（(\[][^)）\]]*[)）\]]", " ", facts.clean_name(fact.name)).strip()
        said = _qualities(f"{fact.name} {fact.value}")
        last = re.findall(r"[a-z]+", name.casefold())[-1:]
        if not last or _GENERAL.match(name) or not _is_part(last[0]) or facts.is_no(fact.value):
            free |= said | {f for w in _WORD.findall(fact.value) for f in inflections.forms(w)}
            continue
        called = frozenset(mentions.tokens(name, measures=False) | inflections.forms(last[0]))
        parts.append(Owner(number, called, said))
    told = (product.title, product.category, *product.tags, *(v for x in product.variants for _n, v in x.options))
    free |= {form for text in told for w in _WORD.findall(text) for h in {w, *w.split("-")} for form in _forms(h)}
    return Owners(tuple(parts), frozenset(free)) if len(parts) > 1 else Owners()


@cache
def _is_part(noun: str) -> bool:
    forms = inflections.forms(noun)
    return bool(forms & (everyday.part_words() | harmless.components())) or lexicon.find(noun, "noun") is not None


def _forms(word: str) -> frozenset[str]:
    return frozenset({word.casefold()} | inflections.forms(word))


def _qualities(text: str) -> frozenset[str]:
    """Return the words of a fact that say how something is: features, and words that end so."""
    found: set[str] = set()
    for start, end, term in vocabulary.scan(text):
        if term.kind in {"feature", "care"}:
            found |= {f for w in _WORD.findall(text[start:end]) for f in _forms(w)}
    for word in _WORD.findall(text):
        for half in {word, *word.split("-")}:
            if _ENDS.search(half) and len(half) > 4:
                found |= {half.casefold()}
        if "-" in word:
            found |= {word.casefold()}
    return frozenset(found - _EMPTY)


_EMPTY = lexicon.words(
    "included need needed used made based sized coloured colored recommended approved fixed wooden golden open even often seven eleven less"
)


def of_sentence(sentence: str, owners: Owners) -> list[Finding]:
    """Return the qualities that ``sentence`` gives to a part and the facts to another alone; spans in code points of it."""
    if not owners.parts:
        return []
    found = []
    words = list(_WORD.finditer(sentence))
    called = frozenset[str]().union(*(o.called for o in owners.parts))
    for n, match in enumerate(words):
        word = match[0].casefold()
        holders = [
            o for o in owners.parts if word in o.words or (not word.endswith("s") and inflections.forms(word) & o.words)
        ]
        if not holders or word in owners.free or inflections.forms(word) & owners.free:
            continue
        if re.search(negation.BEFORE, sentence[: match.start()], re.I):
            continue
        noun = _noun_of(sentence, words, n, called)
        if noun and not any(noun & o.called for o in holders) and any(noun & o.called for o in owners.parts):
            why = _("No fact says this of that part: “{text}”.", text=match[0])
            found.append(finding(sentence, match.start(), match.end(), "relation", why))
    return found


def _noun_of(sentence: str, words: list[re.Match[str]], n: int, called: frozenset[str]) -> frozenset[str]:
    """Return what a word is said of: the noun right behind it, or the subject of its clause."""
    match = words[n]
    behind = [w for w in _noun_behind(sentence, words, n) if inflections.forms(w) & called]
    if behind:
        return inflections.forms(behind[-1])
    cuts = [0, *(m.end() for m in _CLAUSE.finditer(sentence)), len(sentence)]
    start = max(c for c in cuts if c <= match.start())
    end = min((c for c in cuts if c > match.start()), default=len(sentence))
    subject = _SUBJECT.match(sentence[start:end])
    if subject and start + subject.start("rest") <= match.start() + 1 and subject["noun"].casefold() not in _NO_SUBJECT:
        return inflections.forms(subject["noun"])
    return frozenset()


_NO_SUBJECT = lexicon.words("it they this these both all each one you we there that what which")


def _noun_behind(sentence: str, words: list[re.Match[str]], n: int) -> Iterable[str]:
    """Yield the words of the noun phrase that a quality begins: "shoulder", "strap" of "padded shoulder strap"."""
    end = words[n].end()
    for following in words[n + 1 : n + 2 + _FAR]:
        if sentence[end : following.start()].strip(" -") or following[0].casefold() in _STOPS:
            return
        yield following[0]
        end = following.end()


_STOPS = lexicon.words(
    "and or is are was were in on at of for with by to from as it the a an has have can will that which so but not too also when while if you your off out up down"
)
