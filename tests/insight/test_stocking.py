from __future__ import annotations

import numpy as np

from desktop_app.insight import stocking

MISSES = np.random.default_rng(5).normal(0, 1.25, 500)
DRAWS = stocking.Misses(MISSES)


def test_the_shelf_is_empty_no_more_often_than_was_accepted() -> None:
    """Run the policy against demand drawn like the misses: the share of deliveries met is at least the service level."""
    for service in (0.8, 0.95):
        target = stocking.reorder(40, 12, DRAWS, stock=0, lead=2, service=service).target
        chance = np.random.default_rng(9)
        sold = np.maximum(0, 40 + 12 * chance.choice(MISSES, (4000, 3))).sum(1)
        assert abs((sold <= target).mean() - service) < 0.02


def test_enough_on_the_shelf_or_on_its_way_means_nothing_to_buy() -> None:
    assert stocking.reorder(10, 3, DRAWS, stock=80).quantity == 0
    assert stocking.reorder(10, 3, DRAWS, stock=5, coming=80).quantity == 0


def test_what_is_bought_comes_in_whole_packs() -> None:
    found = stocking.reorder(10, 3, DRAWS, stock=4, pack=12)
    assert found.quantity % 12 == 0
    assert found.quantity + 4 >= found.target


def test_an_empty_shelf_before_the_delivery_is_said() -> None:
    assert stocking.reorder(10, 3, DRAWS, stock=5, lead=2).late
    assert not stocking.reorder(10, 3, DRAWS, stock=50, lead=2).late


def test_what_does_not_sell_lasts_for_ever() -> None:
    assert stocking.reorder(0, 0.5, stocking.Misses(MISSES * 0), stock=5).lasts == float("inf")


def test_an_order_is_due_when_the_next_look_would_be_too_late() -> None:
    """What lasts the delivery today but not from the next look on is ordered now, by the day it would fall short."""
    point = stocking.reorder(10, 3, DRAWS, stock=0, lead=2).target  # more than the delivery itself takes
    soon = next(stock for stock in range(100) if stocking.reorder(10, 3, DRAWS, stock=stock).within > 0)
    assert 20 < soon < point
    near = stocking.reorder(10, 3, DRAWS, stock=soon + 5)
    assert 0.5 <= near.within < 1
    assert near.quantity > 0
    far = stocking.reorder(10, 3, DRAWS, stock=soon + 12)
    assert far.within > 1
    assert far.quantity == 0
