"""Numbers an English sentence may say though no fact gives them: a price with what is on top, a list counted, an age too low."""

from __future__ import annotations

import re
from collections.abc import Sequence
from fractions import Fraction

from desktop_app.language import mentions, quantities, units
from desktop_app.language.carrier import Carrier
from desktop_app.language.quantities import Quantity
from desktop_app.language.rates import base
from desktop_app.language.reckoning_words import ENGLISH, near

_NOT_FOR = re.compile(
    r"(?i)(?:\b(?:not|no good|nothing|unsuitable|too \w+) for\b|n['’]t (?:\w+ )?for\b|\bolder than\b)[^.;,]*$"
)
_AGES = re.compile(r"(?i)\bage|\bnot for\b|\bwarning\b|\bsuitable\b|\brecommended\b")
_PAID = re.compile(r"(?i)\b(?:comes? to|costs?|price[ds]?|pay|paid|for|works? out|makes?)\b")
_ON_TOP = re.compile(r"(?i)\b(?:with|plus|including|incl|engrav\w+|gift)\b")
_PER = re.compile(r"(?i)\s+(?:an?|per|each|every)\s+(?P<each>[a-z]+)")


def may_stand(quantity: Quantity, several: Sequence[Quantity], carriers: Sequence[Carrier], text: str) -> bool:
    """Tell whether a number of the sentence ``text``, one of ``several``, is one of these."""
    return (
        is_price(quantity, carriers, text)
        or counts_a_list(quantity, carriers)
        or is_too_young(quantity, carriers, text)
        or is_shared_out(quantity, several, carriers, text)
    )


def counts_a_list(quantity: Quantity, carriers: Sequence[Carrier]) -> bool:
    """ "Four temperatures" of "Temperature settings: 60, 80, 90, 100 °C"."""
    if quantity.unit or quantity.code or quantity.money or not quantity.nouns or not quantity.values:
        return False
    listed: dict[str, set[Fraction]] = {}
    for carrier in carriers:
        if carrier.until is None and carrier.quantity.text and carrier.quantity.unit and carrier.quantity.values:
            listed.setdefault(carrier.source, set()).add(carrier.quantity.values[0])
    return any(
        len(values) > 2 and len(values) in quantity.values and mentions.tokens(source) & frozenset(quantity.nouns[:2])
        for source, values in listed.items()
    )


def is_shared_out(quantity: Quantity, several: Sequence[Quantity], carriers: Sequence[Carrier], text: str) -> bool:
    """ "Ten cubes for each of four players": what is counted times another count of the sentence is known."""
    if quantity.unit or not quantity.nouns or len(quantity.values) != 1 or not near(ENGLISH.of_each, quantity, text):
        return False
    others = [q.values[0] for q in several if q is not quantity and not q.unit and len(q.values) == 1]
    return any(
        c.quantity.unit is None
        and c.source
        and c.quantity.values
        and quantity.nouns[0] in (*c.quantity.nouns[:2], *c.nouns)
        and c.quantity.values[0] == quantity.values[0] * other
        for c in carriers
        for other in others
    )


def is_too_young(quantity: Quantity, carriers: Sequence[Carrier], text: str) -> bool:
    """ "Not for a six-year-old" of what is not for children under eight, or from eight years."""
    if not quantity.unit or quantity.unit.dimension not in {"time", "months"} or not quantity.values:
        return False
    if not _NOT_FOR.search(text[: quantity.start]):
        return False
    return any(
        base(quantity) < (base(c.quantity) if c.quantity.unit else c.quantity.values[0] * quantity.unit.factor)
        for c in carriers
        if c.quantity.values and not c.quantity.code and _AGES.search(c.source)
    )


def is_price(quantity: Quantity, carriers: Sequence[Carrier], text: str) -> bool:
    """Tell whether an amount is a price with what is paid on top, or a price by the month: 53.00 of 45.00 + 8.00."""
    if quantity.unit or quantity.code or not quantity.values or not (quantity.money or _PAID.search(text)):
        return False
    prices = [c.quantity.values[0] for c in carriers if c.source == "price" and c.quantity.values]
    if quantity.decimals == 2 and set(prices) & set(quantity.values):
        return True  # "at 24.90 it …"
    if per := _PER.match(text, quantity.end):
        each = units.find(per["each"])
        spans = [
            c.quantity.values[0] * c.quantity.unit.factor / each.factor
            for c in carriers
            if each
            and c.source
            and c.quantity.unit
            and c.quantity.values
            and c.quantity.unit.dimension == each.dimension
        ]
        spans += [
            c.quantity.values[0] for c in carriers if c.source and quantities.stem(per["each"]) in c.quantity.nouns[:1]
        ]
        return any(_told_as(price / span, quantity) for price in prices for span in spans if span > 1)
    extra = [
        c.quantity.values[0]
        for c in carriers
        if c.source not in {"", "price", "title", "tag"}
        and c.quantity.unit is None
        and c.quantity.values
        and not c.quantity.code
    ]
    return bool(_ON_TOP.search(text)) and any(p + e in quantity.values for p in prices for e in extra)


def _told_as(meant: Fraction, quantity: Quantity) -> bool:
    said = quantity.values[0]
    if quantity.bound == "under":
        return said * 3 / 4 <= meant < said
    if quantity.bound == "about":
        return abs(meant - said) * 100 <= 6 * said
    return abs(meant - said) * 100 <= said
