"""What about an order is unusual enough to look at once more. It says what was seen, never what a person is."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Ground = Literal[
    "amount_shop", "amount_customer", "many_orders", "shared_address", "shared_phone", "countries", "returns"
]
GROUNDS: tuple[Ground, ...] = (
    "amount_shop", "amount_customer", "many_orders", "shared_address", "shared_phone", "countries", "returns",
)  # fmt: skip
# How unusual is unusual, until the merchant has said more. 3.5 robust deviations: Iglewicz & Hoaglin 1993.
START: Mapping[Ground, float] = {
    "amount_shop": 3.5, "amount_customer": 3.5, "many_orders": 3.0, "shared_address": 3.0, "shared_phone": 2.0,
    "countries": 1.0, "returns": 0.5,
}  # fmt: skip
FEW = 20  # amounts of the shop, below which none is unusual
FEW_OWN = 3  # a customer's own earlier orders
FIRST_WORD = 4.0  # answers that weigh as much as the start


@dataclass(frozen=True, slots=True)
class Seen:
    """What is known when an order is looked at."""

    amount: float
    shop: Floats  # amounts of the shop's other orders
    own: Floats  # of this customer's earlier orders
    same_day: int = 1  # orders of this customer, address or phone within a day, this one counted
    address_names: int = 1  # different names this address was used with
    phone_names: int = 1
    countries_differ: bool = False  # it goes elsewhere than it is paid
    bought: float = 0.0  # pieces the customer bought before …
    returned: float = 0.0  # … and sent back
    usual_returns: float = 0.1  # share that the shop's customers send back


@dataclass(frozen=True, slots=True)
class Flag:
    """One thing to look at: how unusual it is, where the line stands, and the numbers the sentence needs."""

    ground: Ground
    strength: float
    line: float
    value: float
    usual: float


def robust_score(value: float, others: Floats) -> float:
    """Return how many robust deviations ``value`` lies above the middle of ``others``, on a logarithmic scale.

    0.6745 (x - median) / MAD (Iglewicz & Hoaglin 1993); the MAD is no less than a tenth, so that a shop of one price
    does not flag every other one.
    """
    told = np.log(np.maximum(others, 0.01))
    middle = float(np.median(told))
    spread = max(float(np.median(np.abs(told - middle))), 0.1)
    return 0.6745 * (math.log(max(value, 0.01)) - middle) / spread


def measures(seen: Seen) -> dict[Ground, tuple[float, float, float]]:
    """Return for each ground that can be told (strength, value, usual)."""
    found: dict[Ground, tuple[float, float, float]] = {}
    if len(seen.shop) >= FEW:
        found["amount_shop"] = robust_score(seen.amount, seen.shop), seen.amount, float(np.median(seen.shop))
    if len(seen.own) >= FEW_OWN:
        found["amount_customer"] = robust_score(seen.amount, seen.own), seen.amount, float(np.median(seen.own))
    found["many_orders"] = float(seen.same_day), seen.same_day, 1.0
    found["shared_address"] = float(seen.address_names), seen.address_names, 1.0
    found["shared_phone"] = float(seen.phone_names), seen.phone_names, 1.0
    found["countries"] = float(seen.countries_differ), float(seen.countries_differ), 0.0
    if seen.bought > 0:
        # Beta-binomial with the shop's share as four pieces of prior, so that one of one is not yet everything.
        share = (seen.returned + 4 * seen.usual_returns) / (seen.bought + 4)
        found["returns"] = share, seen.returned / seen.bought, seen.usual_returns
    return found


def flags(seen: Seen, lines: Mapping[Ground, float] = START) -> list[Flag]:
    """Return what lies beyond its line, the most unusual first."""
    found = [
        Flag(ground, strength, lines.get(ground, START[ground]), value, usual)
        for ground, (strength, value, usual) in measures(seen).items()
        if strength >= lines.get(ground, START[ground])
    ]
    return sorted(found, key=lambda f: -f.strength / max(f.line, 1e-9))


def learned(ground: Ground, strengths: Sequence[float], fine: Sequence[bool]) -> float:
    """Return the line that the merchant's answers set: where least answers are on the wrong side of it.

    The start counts as four answers: a line away from it must be worth it, in logarithms of distance. With answers
    only of one kind the line moves past them, never beyond four times the start.
    """
    start = START[ground]
    if not len(strengths):
        return start
    told, good = np.asarray(strengths, float), np.asarray(fine, bool)
    tried = np.unique(np.concatenate([told, told + 1e-6, [start]]))
    tried = tried[(tried > 0) & (tried <= 4 * start + 1e-6)]
    wrong = [
        (good & (told >= line)).sum() + (~good & (told < line)).sum() + FIRST_WORD * abs(math.log(line / start)) / 4
        for line in tried
    ]
    return float(tried[int(np.argmin(wrong))])
