"""All, both, either: what one of several is, the others need not be ("all three pockets close with a zip")."""

from __future__ import annotations

import re
from dataclasses import dataclass

from desktop_app.language import everyday, facts, harmless, inflections, lexicon, negation
from desktop_app.language.spans import finding
from desktop_app.records import Finding, Product
from desktop_app.words import _

_WORD = re.compile(r"[A-Za-zÀ-ÿ]+(?:-[A-Za-zÀ-ÿ]+)*")
_PIECE = re.compile(r"[,;|/]|\band\b|\bplus\b")
_EVERY = re.compile(
    r"(?i)\b(?P<all>all|both|every|each)\b(?:\s+one)?(?:\s+of)?(?:\s+(?:the|its|their|these|them))?(?:\s+(?:two|three|four|five|six|seven|eight|ten|twelve|\d+))?(?P<rest>(?:\s+[a-z-]+){1,4})"
)
_BOTH_SIDES = re.compile(
    r"(?i)\bambidextrous\b|\b(?:both|either) (?:the )?(?:hands?|sides?|wrists?|feet|ears|knees?|ankles?|elbows?|arms?|legs?|shoulders?)\b|\bleft (?:and|or) right alike\b|\bone (?:model|version|piece|size) (?:fits|for) both\b"
)
_CLAUSE = re.compile(r"[,;:.!?()—–]|\b(?:but|while|whereas|except)\b", re.I)


@dataclass(frozen=True, slots=True)
class Several:
    """The kinds of one thing that a fact tells apart: what each is called and what is said of it."""

    noun: frozenset[str]
    pieces: tuple[frozenset[str], ...]


@dataclass(frozen=True, slots=True)
class Groups:
    """What facts tell apart, and whether it comes for the left or the right."""

    known: tuple[Several, ...] = ()
    sided: bool = False


def of(product: Product) -> Groups:
    """Read off the facts that speak of several kinds of one thing: "1 front pocket with zip, 2 open side pockets"."""
    found = []
    for fact in product.facts:
        pieces = [_tokens(p) for p in _PIECE.split(fact.value)]
        pieces = [p for p in pieces if p]
        if not 1 < len(pieces) < 7:
            continue
        common = frozenset.intersection(*pieces)
        nouns = frozenset(w for w in common if len(w) > 2 and w not in _LOOSE and w not in harmless.words("en", ""))
        name = _tokens(facts.clean_name(fact.name))
        if nouns and common != frozenset().union(*pieces):
            found.append(Several(nouns | frozenset(w for w in name if _is_noun(w)), tuple(pieces)))
    options = {v.casefold() for x in product.variants for _n, v in x.options}
    return Groups(tuple(found), {"left", "right"} <= options)


def _tokens(text: str) -> frozenset[str]:
    return frozenset(form for w in _WORD.findall(text) for h in {w, *w.split("-")} for form in inflections.forms(h))


def _is_noun(word: str) -> bool:
    return lexicon.find(word, "noun") is not None or word in harmless.components() or word in everyday.part_words()


def of_sentence(sentence: str, groups: Groups) -> list[Finding]:
    """Return what ``sentence`` says of all where the facts say it of one; spans in code points of it."""
    out = []
    if groups.sided and (both := _BOTH_SIDES.search(sentence)) and not re.search(negation.BEFORE, sentence, re.I):
        why = _("The facts tell the left from the right: “{text}”.", text=both[0])
        out.append(finding(sentence, both.start(), both.end(), "relation", why))
    for match in _EVERY.finditer(sentence) if groups.known else ():
        end = _CLAUSE.search(sentence, match.start("rest"))
        clause = sentence[match.start("rest") : end.start() if end else len(sentence)]
        if re.search(negation.BEFORE, clause, re.I):
            continue
        head = _tokens(match["rest"])
        for several in groups.known:
            if not several.noun & head:
                continue
            if word := _of_some(clause, several):
                at = match.start("rest") + clause.find(word)
                why = _("The facts say “{text}” of one of them alone.", text=word)
                out.append(finding(sentence, at, at + len(word), "relation", why))
                break
    return out


def _of_some(clause: str, several: Several) -> str:
    """Return a word of ``clause`` that only some of the kinds carry."""
    for word in _WORD.findall(clause):
        forms = inflections.forms(word)
        if forms & several.noun or forms & _LOOSE:
            continue
        holding = [p for p in several.pieces if forms & p]
        if holding and len(holding) < len(several.pieces):
            return str(word)
    return ""


_LOOSE = lexicon.words("with the and for from of in on at to a an or by one two three four five six side front back")
