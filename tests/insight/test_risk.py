from __future__ import annotations

from dataclasses import replace

import numpy as np

from desktop_app.insight import risk
from desktop_app.insight.risk import Seen

SHOP = np.exp(np.random.default_rng(2).normal(3.5, 0.5, 400))
USUAL = Seen(40.0, SHOP, np.array([35.0, 42.0, 38.0]))


def test_a_usual_order_is_not_flagged() -> None:
    assert risk.flags(USUAL) == []


def test_an_amount_far_beyond_the_shop_and_the_customer_is_seen_with_what_is_usual() -> None:
    found = risk.flags(replace(USUAL, amount=4000.0))
    assert [flag.ground for flag in found] == ["amount_customer", "amount_shop"]
    assert found[0].usual == 38.0


def test_few_of_a_hundred_usual_orders_are_flagged() -> None:
    flagged = sum(bool(risk.flags(replace(USUAL, amount=float(a), own=np.zeros(0)))) for a in SHOP)
    assert flagged / len(SHOP) < 0.02


def test_one_address_with_many_names_many_orders_and_other_countries_are_seen() -> None:
    found = {
        f.ground for f in risk.flags(replace(USUAL, address_names=4, same_day=5, countries_differ=True, phone_names=2))
    }
    assert found == {"many_orders", "shared_address", "shared_phone", "countries"}


def test_one_return_of_one_is_not_yet_a_habit() -> None:
    assert risk.flags(replace(USUAL, bought=1, returned=1)) == []
    assert [f.ground for f in risk.flags(replace(USUAL, bought=20, returned=18))] == ["returns"]


def test_answers_move_the_line() -> None:
    start = risk.START["amount_shop"]
    assert risk.learned("amount_shop", [], []) == start
    assert risk.learned("amount_shop", [4, 4.2, 4.5, 5, 5.1, 5.2], [True] * 6) > 5.2
    assert risk.learned("amount_shop", [2.6, 2.8, 3.0, 3.1, 3.2, 3.3], [False] * 6) <= 2.6
    assert risk.learned("amount_shop", [4.0], [True]) <= 4.1


def test_a_shop_with_few_orders_says_nothing_about_amounts() -> None:
    assert risk.flags(Seen(9999.0, SHOP[:5], np.zeros(0))) == []
