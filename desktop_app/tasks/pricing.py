"""What could be asked for a product: the floor of its cost, how buyers answered, a markdown, an honest price before."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

import numpy as np

from desktop_app.insight import pricing
from desktop_app.insight.cube import Only
from desktop_app.insight.pricing import Elasticity, Markdown, Rounding
from desktop_app.insight.reference import Before
from desktop_app.shop import Shop
from desktop_app.tasks import price_laws, reckoning
from desktop_app.tasks.reckoning import number

WEEKS = 104
CLEAR = 12.0  # weeks in which slow stock should be gone


@dataclass(frozen=True, slots=True)
class Advice:
    """What the books say about one product's price; None: too little data to say."""

    price: Decimal | None
    cost: Decimal | None
    floor: Decimal | None  # leaves the margin that was asked for
    margin: float | None  # of the price as it is
    elasticity: Elasticity | None
    markdown: Markdown | None
    before: Before | None  # the compare-at price held against what was really asked


def advise(
    shop: Shop, product: int, *, margin: Decimal = Decimal("0.2"), fees: Decimal = Decimal(0),
    rounding: Rounding = "90", today: dt.date | None = None,
) -> Advice:  # fmt: skip
    """Return what the books say about the price of a product's first variant."""
    day = today or reckoning.today_of(shop)
    variant = shop.product(product).variants[0]
    price, cost = variant.price, variant.cost
    floor = pricing.floor_price(cost, margin, fees) if cost is not None else None
    own = float((price - cost) / price) if price and cost is not None else None
    answer = elasticity(shop, product, day)
    line = next((line for line in reckoning.stock_lines(shop, day) if line.product == product), None)
    lower = None
    if price and line is not None and line.enough and floor is not None:
        lower = pricing.markdown(price, line.weekly, line.stock, CLEAR, answer, floor, rounding)
    before = price_laws.before(shop, [product], day).get(product)
    return Advice(price, cost, floor, own, answer, lower, before)


def elasticity(shop: Shop, product: int, today: dt.date) -> Elasticity | None:
    """Return how buyers of a product answered to its price in the last two years; None where the data carry nothing."""
    cube = reckoning.reckoned(shop).cube
    places = frozenset(int(n) for n in np.flatnonzero(cube.products == product))
    if not places:
        return None
    keys, sums = cube.by("week", Only(number(today) - 7 * WEEKS, number(today), products=places))
    if not len(keys):
        return None
    span = int(keys[-1] - keys[0]) + 1
    units, amount = np.zeros(span), np.zeros(span)
    units[keys - keys[0]], amount[keys - keys[0]] = sums.units, sums.amount
    price = np.divide(amount, units, out=np.zeros(span), where=units > 0)
    return pricing.elasticity(price, units)
