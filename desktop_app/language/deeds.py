"""What a sentence says the product does: a deed no fact speaks of is a claim, however everyday its verb is."""

from __future__ import annotations

import re

from desktop_app.language import everyday, harmless, inflections, lexicon
from desktop_app.language.spans import finding
from desktop_app.language.vocabulary import World
from desktop_app.records import Finding
from desktop_app.words import _

_IT_DOES = re.compile(
    r"(?i)(?:^|[,;:.—–(]\s*|\b(?:and|but|so|because)\s+)(?:it|they)\s+(?:also\s+|even\s+|just\s+|always\s+|only\s+|still\s+|[a-z]+ly\s+)?"
    r"(?:(?:can|will|may|could)\s+(?:also\s+|even\s+)?)?(?P<verb>[a-z]{3,})\b(?!['’])"
)
_DOES = re.compile(
    r"(?:^|(?<=[.!?] ))(?P<verb>[A-Z][a-z]{3,}s)\s+(?!is\b|are\b|of\b|for\b|and\b|with\b|in\b|on\b)[a-z]"
)
# Being, having, standing about, and what is measured: these say nothing that is not looked at elsewhere.
_NEUTRAL = lexicon.words(
    "is are was were be been being has have had having come came go went get got take took hold held carry bear bore weigh measure cost smell taste look feel felt sound seem appear work fit sit sat "
    "stand stood lie lay stay keep kept make made give gave need want belong arrive reach add cover run meet pour rest wait live begin start end use used worn known called sold wear let help bring "
    "turn contain include feature offer show suit match do does did don doesn isn aren wasn won cannot can could will would may might must should shall also only just not never ever already soon "
    "rain rains snow matter happen mean become grow stop leave left lead tell say said ask find found call pay become change fall fell hang hung all both each now then too "
    "first once really simply either neither usually often sometimes again hardly almost quite even still"
)


_NEAR = 28  # letters from a verb to the amount it takes


def of_sentence(sentence: str, world: World, amounts: list[tuple[int, int]]) -> list[Finding]:
    """Return the verbs of what the product is said to do and no fact speaks of; spans in code points of ``sentence``; ``amounts`` is where carried amounts stand."""
    found = []
    for pattern in (_IT_DOES, _DOES):
        for match in pattern.finditer(sentence):
            verb, forms = match["verb"], inflections.forms(match["verb"])
            if forms & _NEUTRAL or inflections.related(verb) & world.kin or verb.casefold() in world.usual.en:
                continue
            if forms & harmless.words("en", world.group) or forms & world.usual.en:
                continue
            if any(match.end("verb") <= a < match.end("verb") + _NEAR for a, _b in amounts):
                continue  # "it gains four litres", "it manages slopes of 35 %": the number is looked at by itself
            if pattern is _DOES and (
                not forms & everyday.verbs() or lexicon.find(verb.casefold().removesuffix("s"), "noun")
            ):
                continue
            why = _("Nothing in this product’s facts says “{text}”.", text=verb)
            found.append(finding(sentence, match.start("verb"), match.end("verb"), "feature", why))
    return found
