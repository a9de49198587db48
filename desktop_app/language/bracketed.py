"""What a fact says of one of several in brackets, or of one option alone: "Battery (parent unit): 12 h", "Lining: white only"."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from desktop_app.language import inflections, mentions, negation, quantities
from desktop_app.language.quantities import Quantity
from desktop_app.language.spans import finding
from desktop_app.records import Finding, Product
from desktop_app.words import _

_BRACKET = re.compile(r"\(([A-Za-z][A-Za-z -]{2,24})\)\s*$")
_ONLY = re.compile(r"(?i)^(?:only\s+(?:the\s+)?(?P<a>[a-z0-9 -]{1,20})|(?:the\s+)?(?P<b>[a-z0-9 -]{1,20}?)\s+only)$")
_ALL = re.compile(r"(?i)\b(?:all|every|each|both|any|whichever|either|no matter which)\b")
_WEARS = re.compile(
    r"(?i)\bwears?\s+(?:an?\s+)?(?:size\s+)?(?P<size>(?:X*[SL]|M|XX?L|small|medium|large|extra small|extra large|\d{1,3})\b)"
)
_LETTERS = {"small": "s", "medium": "m", "large": "l", "extra small": "xs", "extra large": "xl"}


@dataclass(frozen=True, slots=True)
class Apart:
    """Who owns which number, which option alone has what, and the size a model wears."""

    owned: tuple[tuple[frozenset[str], tuple[str, ...]], ...] = ()  # an owner's words, the numbers that are its own
    only: tuple[tuple[frozenset[str], str, frozenset[str]], ...] = ()  # what, the option, the other options
    wears: str = ""
    pairs: tuple[
        tuple[frozenset[str], frozenset[str]], ...
    ] = ()  # robusta and Vietnam of "arabica (Brazil), robusta (Vietnam)"


_PAIR = re.compile(r"(?P<who>[A-Za-z][a-z-]{3,})\s*\((?P<what>[A-Z][A-Za-z, ]+)\)")


def _pairs(product: Product) -> tuple[tuple[frozenset[str], frozenset[str]], ...]:
    for fact in product.facts:
        found = [
            (
                frozenset(inflections.forms(m["who"])),
                frozenset(w.casefold() for w in re.findall(r"[A-Za-z]{3,}", m["what"])),
            )
            for m in _PAIR.finditer(fact.value)
        ]
        if len(found) > 1:
            return tuple(found)
    return ()


def of(product: Product) -> Apart:
    """Read off the facts what is said of one alone."""
    owned: dict[frozenset[str], tuple[str, ...]] = {}
    only = []
    wears = ""
    options: dict[str, set[str]] = {}
    for name, value in (o for v in product.variants for o in v.options):
        options.setdefault(name, set()).add(value.casefold())
    for fact in product.facts:
        numbers = tuple(q.text.casefold() for q in quantities.scan(f"{fact.value} {fact.unit}"))
        if owner := _BRACKET.search(fact.name):
            words = mentions.tokens(owner[1], measures=False)
            owned[words] = (*owned.get(words, ()), *numbers)
        if alone := _ONLY.match(fact.value.strip()):
            chosen = (alone["a"] or alone["b"]).casefold().strip()
            rest = next((values - {chosen} for values in options.values() if chosen in values), None)
            if rest:
                what = frozenset(
                    form for w in re.findall(r"[a-z]{3,}", fact.name.casefold()) for form in inflections.related(w)
                )
                only.append((what, chosen, frozenset(rest)))
        if worn := _WEARS.search(fact.value):
            wears = _size(worn["size"])
    return Apart(tuple(owned.items()) if len(owned) > 1 else (), tuple(only), wears, _pairs(product))


def _size(text: str) -> str:
    return _LETTERS.get(text.casefold(), text.casefold())


def of_sentence(sentence: str, apart: Apart, several: Iterable[Quantity]) -> list[Finding]:
    """Return what ``sentence`` says of another than the facts do; spans in code points of it."""
    out = []
    for quantity in several if apart.owned else ():
        holders = [words for words, numbers in apart.owned if _among(quantity, numbers)]
        others = [words for words, numbers in apart.owned if not _among(quantity, numbers)]
        if (
            holders
            and not any(mentions.says(sentence, w) for w in holders)
            and any(mentions.says(sentence, w) for w in others)
        ):
            why = _("The facts give “{text}” for something else.", text=quantity.text)
            out.append(finding(sentence, quantity.start, quantity.end, "relation", why))
    for what, chosen, rest in apart.only:
        said = next((m for m in re.finditer(r"[A-Za-z]+", sentence) if inflections.related(m[0]) & what), None)
        if (
            said is None
            or re.search(negation.BEFORE, sentence, re.I)
            or re.search(r"(?i)\bonly\b|\balone\b|\bunlined\b", sentence)
        ):
            continue
        low = sentence.casefold()
        if _ALL.search(sentence) or (
            any(re.search(rf"\b{re.escape(o)}\b", low) for o in rest)
            and not re.search(rf"\b{re.escape(chosen)}\b", low)
        ):
            why = _("The facts say “{text}” of one of them alone.", text=said[0])
            out.append(finding(sentence, said.start(), said.end(), "relation", why))
    out += _of_another_pair(sentence, apart)
    if (
        apart.wears
        and (worn := _WEARS.search(sentence))
        and _size(worn["size"]) != apart.wears
        and worn["size"][0].isalpha()
    ):
        why = _("The facts give another size than “{text}”.", text=worn["size"])
        out.append(finding(sentence, worn.start("size"), worn.end("size"), "size", why))
    return out


def _among(quantity: Quantity, numbers: tuple[str, ...]) -> bool:
    return any(
        q.values == quantity.values and (q.unit is None) == (quantity.unit is None)
        for n in numbers
        for q in quantities.scan(n)
    )


def _of_another_pair(sentence: str, apart: Apart) -> list[Finding]:
    """ "The robusta comes from Brazil" of "arabica (Brazil), robusta (Vietnam)"."""
    out = []
    words = {m[0].casefold(): m for m in re.finditer(r"[A-Za-z]+", sentence)} if apart.pairs else {}
    for who, what in apart.pairs:
        others = frozenset[str]().union(*(w for _o, w in apart.pairs)) - what
        alone = bool(who & set(words)) and not any(o & set(words) for o, _w in apart.pairs if o != who)
        for word in sorted(others & set(words)) if alone and not what & set(words) else ():
            why = _("The facts give “{text}” for something else.", text=words[word][0])
            out.append(finding(sentence, *words[word].span(), "relation", why))
    return out
