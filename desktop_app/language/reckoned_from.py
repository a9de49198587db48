"""An amount of a sentence, and all it may have been reckoned from."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from desktop_app.language import reckoning_words
from desktop_app.language.carrier import Carrier
from desktop_app.language.quantities import Quantity
from desktop_app.language.rates import Rates, base, comparable, counted
from desktop_app.language.reckoning_words import Words


@dataclass(frozen=True, slots=True)
class Asked:
    """An amount (never a price or a code), the sentence, and what the facts and the sentence give beside it."""

    quantity: Quantity
    text: str
    words: Words
    rates: Rates
    given: tuple[Carrier, ...]  # amounts of facts, in words of their own
    others: tuple[Quantity, ...]  # of the sentence
    counts: tuple[tuple[str, Fraction, int], ...]  # what the sentence counts: measure word, how many, where

    @staticmethod
    def of(
        quantity: Quantity, several: Sequence[Quantity], rates: Rates, carriers: Sequence[Carrier], text: str
    ) -> Asked:
        """Gather what ``quantity`` of the sentence ``text`` may have been reckoned from."""
        words = reckoning_words.of(text)
        given = tuple(
            c
            for c in carriers
            if c.source and c.quantity.text and c.until is None and c.quantity.values and not c.quantity.code
        )
        others = [q for q in several if q is not quantity and q.values and q.values[0] and not (q.code or q.money)]
        said = [
            Quantity(m.start(), m.end(), m[0], (counted(m["n"]),), measure=m["of"])
            for m in words.said.finditer(text)
            if not (m.start() < quantity.end and quantity.start < m.end()) and counted(m["n"])
        ]
        others += [q for q in said if not any(o.start == q.start for o in others)]
        counts = tuple((q.measure, q.values[0], q.start) for q in said)
        return Asked(quantity, text, words, rates, given, tuple(others), counts)

    @property
    def before(self) -> str:
        """The sentence up to the amount."""
        return self.text[: self.quantity.start]

    @property
    def counted_by(self) -> str:
        """The measure word of the amount, or the letter behind it."""
        return self.quantity.measure or self.text[self.quantity.end : self.quantity.end + 1]

    def near(self, cue: re.Pattern[str]) -> bool:
        """Tell whether a word stands near the amount."""
        return reckoning_words.near(cue, self.quantity, self.text)

    def just_before(self, cue: re.Pattern[str]) -> bool:
        """Tell whether a word stands within a dozen letters before the amount."""
        return bool(cue.search(self.text[max(0, self.quantity.start - 12) : self.quantity.start]))

    def alike(self) -> list[Carrier]:
        """Return the single amounts of facts that measure the same."""
        return [c for c in self.given if single(c.quantity) and comparable(c.quantity, self.quantity)]

    def bases(self, *dimensions: str) -> list[Fraction]:
        """Return the amounts of facts of these dimensions, in base units."""
        return [base(c.quantity) for c in self.given if c.quantity.unit and c.quantity.unit.dimension in dimensions]


def single(known: Quantity) -> bool:
    """Tell whether a fact gives one amount, and neither a price nor a code."""
    return not known.code and not known.money and len(known.values) == 1
