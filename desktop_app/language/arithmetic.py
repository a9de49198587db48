"""Amounts an English sentence reckons from the facts: half of the bits, 110 kg a seat, three litres between them, five more in M."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Sequence
from fractions import Fraction

from desktop_app.language import facts, mentions, quantities, units
from desktop_app.language.carrier import Carrier
from desktop_app.language.quantities import Quantity

_MOST = 6  # addends; more are no sum anybody reckons
_NEAR = 40  # letters about a number in which the word stands that says how it was reckoned
_ALL_TOGETHER = re.compile(
    r"(?i)\b(?:together|altogether|combined|in all|in total|in sum|all told|between (?:them|the (?:two|three|four|five|six))|that(?:['’]s| is| makes)|which makes|mak(?:es|ing)|adds? up to|adding up to|comes? to|totals?|sum|plus|sharing|counting|including|make up|whole|complete|full)\b"
)
_MORE = re.compile(
    r"(?i)\b(?:more|less|fewer|extra|longer|shorter|taller|wider|narrower|heavier|lighter|bigger|larger|smaller|deeper|thicker|thinner|higher|lower|apart|difference|differ|gap|step|steps|further|again|on top|than|alone|without|by itself|on its own|minus|gain|gains|adds?|grows?|each time|spare)\b"
)
_ONE_OF_THEM = re.compile(r"(?i)\b(?:each|apiece|a piece|per|every|one|either|single|alone|both|an?)\b")
_THEIR_OWN = re.compile(r"(?i)\b(?:each|every|per|apiece|a piece)\b")
_FRACTION = re.compile(r"(?i)\b(?:half|halves|thirds?|quarters?|fifths?|sixths?|eighths?|tenths?)\b")


def follows(quantity: Quantity, carriers: Sequence[Carrier], text: str) -> bool:
    """Tell whether ``quantity`` of the sentence ``text`` is a part, a sum, a difference or a share of what the facts give."""
    if quantity.code or quantity.money or len(quantity.values) != 1 or not quantity.values[0]:
        return False
    known = [c for c in carriers if c.source and c.until is None and c.quantity.text and _single(c.quantity)]
    if quantity.unit and quantity.unit.dimension == "percent":
        return _is_part(quantity, known) or (_cue(_ALL_TOGETHER, quantity, text) and _is_sum(quantity, known, text))
    return (
        (_cue(_ALL_TOGETHER, quantity, text) and (_is_sum(quantity, known, text) or _is_multiple(quantity, known)))
        or (_cue(_MORE, quantity, text) and _is_difference(quantity, known))
        or (_cue(_ONE_OF_THEM, quantity, text) and _is_share(quantity, known))
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
    if quantity.unit or not quantity.nouns or len(quantity.values) != 1 or not _cue(_THEIR_OWN, quantity, text):
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
        _base(quantity) < (_base(c.quantity) if c.quantity.unit else c.quantity.values[0] * quantity.unit.factor)
        for c in carriers
        if c.quantity.values and not c.quantity.code and _AGES.search(c.source)
    )


_NOT_FOR = re.compile(
    r"(?i)(?:\b(?:not|no good|nothing|unsuitable|too \w+) for\b|n['’]t (?:\w+ )?for\b|\bolder than\b)[^.;,]*$"
)
_AGES = re.compile(r"(?i)\bage|\bnot for\b|\bwarning\b|\bsuitable\b|\brecommended\b")


def _single(known: Quantity) -> bool:
    return not known.code and not known.money and len(known.values) == 1 and known.values[0] > 0


def _cue(pattern: re.Pattern[str], quantity: Quantity, text: str) -> bool:
    before, after = text[max(0, quantity.start - _NEAR) : quantity.start], text[quantity.end : quantity.end + _NEAR]
    return bool(pattern.search(before) or pattern.search(after))


def _base(quantity: Quantity) -> Fraction:
    return quantity.values[0] * (quantity.unit.factor if quantity.unit else 1)


def _alike(known: Iterable[Carrier], quantity: Quantity) -> list[Carrier]:
    wanted = quantity.unit.dimension if quantity.unit else ""
    return [c for c in known if (c.quantity.unit.dimension if c.quantity.unit else "") == wanted]


def _counts(known: Iterable[Carrier]) -> list[Carrier]:
    return [c for c in known if c.quantity.unit is None and c.quantity.values[0].denominator == 1]


def _close(one: Fraction, other: Fraction, quantity: Quantity) -> bool:
    """Tell whether an amount is what was reckoned, rounded as its words say."""
    if one == other:
        return True
    if not quantity.unit or not other:
        return False
    return abs(one - other) * 100 <= (6 if quantity.bound == "about" else 1) * other and quantity.bound != "least"


def _is_part(quantity: Quantity, known: Sequence[Carrier]) -> bool:
    """ "Half of the bits" of 24, twelve of which are in the handle."""
    if not _FRACTION.search(quantity.text):
        return False
    share = quantity.values[0] / 100
    counts = _counts(known)
    return any(
        a.quantity.values[0] == share * b.quantity.values[0]
        and _counted(b) & frozenset(quantity.nouns)
        and _counted(a) & _counted(b)
        for a, b in itertools.permutations(counts, 2)
    )


def _counted(carrier: Carrier) -> frozenset[str]:
    return frozenset(carrier.quantity.nouns[:2]) | carrier.nouns | mentions.tokens(carrier.source)


def _is_sum(quantity: Quantity, known: Sequence[Carrier], text: str) -> bool:
    """Of the numbers of one fact, of facts with one measure, or of those the sentence names."""
    same = _alike(known, quantity)
    groups: dict[str, list[Carrier]] = {}
    for carrier in same:
        groups.setdefault(f"fact {carrier.source}", []).append(carrier)
        if (role := facts.meaning_of(carrier.source, carrier.quantity.text).role) not in {"free", "labelled", "size"}:
            groups.setdefault(f"role {role}", []).append(carrier)
    named = [c for c in same if mentions.says(text, mentions.tokens(c.source, measures=False))]
    return any(
        _close(_base(quantity), sum((_base(c.quantity) for c in several), Fraction(0)), quantity)
        for group in (*groups.values(), named)
        for size in range(2, min(len(group), _MOST) + 1)
        for several in itertools.combinations(_once(group), size)
    )


def _once(group: Iterable[Carrier]) -> list[Carrier]:
    found: dict[tuple[str, Fraction, int], Carrier] = {}
    for carrier in group:
        found.setdefault((carrier.source, _base(carrier.quantity), carrier.quantity.start), carrier)
    return list(found.values())[: 2 * _MOST]


def _is_multiple(quantity: Quantity, known: Sequence[Carrier]) -> bool:
    """ "Six hundred grams in all" of three at 200 g each."""
    if not quantity.unit:
        return False
    return any(
        _close(_base(quantity), _base(one.quantity) * count.quantity.values[0], quantity)
        for one in _alike(known, quantity)
        for count in _counts(known)
        if count.quantity.values[0] > 1 and (one.quantity.shared == "each" or _THEIR_OWN.search(one.source))
    )


def _is_difference(quantity: Quantity, known: Sequence[Carrier]) -> bool:
    if not quantity.unit and not quantity.nouns:
        return False
    same = _once(_alike(known, quantity))
    return any(
        (a.source == b.source or _named_apart(a.source, b.source))
        and abs(_base(a.quantity) - _base(b.quantity)) == _base(quantity)
        for a, b in itertools.combinations(same, 2)
    )


def _named_apart(one: str, other: str) -> bool:
    """ "Weight with lid" and "Lid weight": the second is counted in the first."""
    return any(
        (found := _INCLUDING.search(a)) is not None and found[1].casefold() in b.casefold()
        for a, b in ((one, other), (other, one))
    )


_INCLUDING = re.compile(r"(?i)\b(?:with|incl\.?|including)\s+(?:the\s+)?([a-z]{3,})")


def _is_share(quantity: Quantity, known: Sequence[Carrier]) -> bool:
    """ "110 kg a seat" of 330 kg and three seats, "100 mg a capsule" of "300 mg per 3 capsules"."""
    if not quantity.unit or quantity.unit.dimension in {"time", "months", "temperature"}:
        return False
    for whole in _alike(known, quantity):
        if whole.quantity.shared == "each" or _THEIR_OWN.search(whole.source):
            continue
        for count in _counts(known):
            if count.quantity.values[0] > 1 and _close(
                _base(quantity) * count.quantity.values[0], _base(whole.quantity), quantity
            ):
                return True
    return False


_PAID = re.compile(r"(?i)\b(?:comes? to|costs?|price[ds]?|pay|paid|for|works? out|makes?)\b")
_ON_TOP = re.compile(r"(?i)\b(?:with|plus|including|incl|engrav\w+|gift)\b")
_PER = re.compile(r"(?i)\s+(?:an?|per|each|every)\s+(?P<each>[a-z]+)")


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
