"""The one reckoner: amounts of a sentence that follow from the facts, in whichever language it says that it reckons.

The ways are the same for all languages: sums (`sums`) and what comes of so much for one (`by_rate`). What a language says
when it reckons stands in `reckoning_words`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from desktop_app.language import by_rate, reckoning_words, sums
from desktop_app.language.carrier import Carrier
from desktop_app.language.quantities import Quantity
from desktop_app.language.rates import Rates
from desktop_app.language.reckoned_from import Asked

Way = Callable[[Asked], bool]
_FROM_FACTS: tuple[Way, ...] = (
    sums.named_parts, sums.step, sums.difference_told, sums.fraction, sums.total, sums.multiple, sums.difference,
    sums.share,
)  # fmt: skip
_BY_RATE: tuple[Way, ...] = (
    by_rate.times_each, by_rate.turns, by_rate.proportion, by_rate.as_many_days, by_rate.so_many_days, by_rate.divided,
    by_rate.counted_up, by_rate.of_a_piece, by_rate.energy, by_rate.filled, by_rate.share_of, by_rate.by_dose,
    by_rate.fills, by_rate.used, by_rate.across,
)  # fmt: skip


def follows(
    quantity: Quantity, several: Sequence[Quantity], known: Rates, carriers: Sequence[Carrier], text: str
) -> bool:
    """Tell whether an amount of the sentence ``text``, one of ``several``, follows from what the facts give."""
    if quantity.code or quantity.money or not quantity.values:
        return False
    asked = Asked.of(quantity, several, known, carriers, text)
    return any(way(asked) for way in _FROM_FACTS) or (bool(quantity.values[0]) and any(way(asked) for way in _BY_RATE))


def counts_up(text: str) -> bool:
    """Tell whether a sentence says that it adds up what it counts."""
    return bool(reckoning_words.of(text).counted_up.search(text))
