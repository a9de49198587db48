from __future__ import annotations

from decimal import Decimal

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.insight import pricing
from desktop_app.insight.pricing import Elasticity, rounded

D = Decimal


def test_a_known_elasticity_is_found_within_its_bounds() -> None:
    chance = np.random.default_rng(1)
    held = 0
    for _round in range(60):
        price = np.repeat([10.0, 11.0, 12.5, 9.0], 10)
        units = np.exp(6 - 1.8 * np.log(price) + chance.normal(0, 0.15, 40))
        found = pricing.elasticity(price, units)
        assert found is not None
        held += found.low <= -1.8 <= found.high
    assert 0.65 <= held / 60 <= 0.95


def test_one_price_says_nothing_about_prices() -> None:
    assert pricing.elasticity(np.full(50, 9.9), np.arange(1.0, 51)) is None
    assert pricing.elasticity(np.array([9.0, 10, 11] * 2), np.ones(6)) is None


@pytest.mark.parametrize(
    ("price", "rule", "expected"),
    [("10.3", "90", "9.90"), ("10.5", "90", "10.90"), ("24", "99", "23.99"), ("24.2", "lucky", "26"), ("147", "lucky", "139"),
     ("12.4", "whole", "12"), ("12.345", "none", "12.34")],
)  # fmt: skip
def test_prices_end_as_the_rule_says(price: str, rule: pricing.Rounding, expected: str) -> None:
    assert rounded(D(price), rule) == D(expected)


@given(
    st.decimals("0.5", "5000", places=2),
    st.decimals("0.5", "5000", places=2),
    st.sampled_from(["whole", "90", "99", "95", "lucky"]),
)
def test_a_rounded_price_is_never_below_the_floor(price: D, floor: D, rule: pricing.Rounding) -> None:
    found = rounded(price, rule, floor)
    assert found >= floor
    if rule == "lucky" and found != floor:
        assert "4" not in str(found)


def test_the_floor_leaves_the_margin() -> None:
    price = pricing.floor_price(D(60), D("0.3"), D("0.1"))
    assert (price - 60 - price * D("0.1")) / price == pytest.approx(D("0.3"))
    with pytest.raises(ValueError):
        pricing.floor_price(D(60), D("0.9"), D("0.2"))


def test_slow_stock_is_marked_down_as_far_as_buyers_answer_and_not_below_the_floor() -> None:
    answer = Elasticity(-2.0, -2.5, -1.5, 40, 4)
    found = pricing.markdown(D(20), 5, 100, 10, answer, D(12))
    assert found is not None
    assert found.known
    assert float(found.price) == pytest.approx(20 * 2**-0.5, abs=0.01)
    assert pricing.markdown(D(20), 1, 100, 10, answer, D(12)) == pricing.Markdown(D("12.00"), 0.4, True)
    assert pricing.markdown(D(20), 20, 100, 10, answer, D(12)) is None
    first = pricing.markdown(D(20), 5, 100, 10, None, D(1))
    assert first is not None
    assert not first.known
