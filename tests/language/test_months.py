"""Months of sowing, flowering and harvest are held against the fact that speaks of the same."""

from __future__ import annotations

import pytest

from desktop_app.language import check
from desktop_app.records import Fact, Product

SEEDS = Product("Tomato seeds", facts=(Fact("Sowing", "March to April"), Fact("Harvest", "July to September")))
BASIL = Product("番茄种子", facts=(Fact("播种", "3-4月"), Fact("采收", "7月至9月")))


@pytest.mark.parametrize(("product", "text"), [(SEEDS, "Harvest from May."), (BASIL, "五月就能收。")])
def test_a_month_no_fact_gives_is_a_finding(product: Product, text: str) -> None:
    assert "number" in {f.kind for f in check.check(text, product).findings}


@pytest.mark.parametrize(("product", "text"), [(SEEDS, "Harvest in August."), (BASIL, "三月播种，八月采收。")])
def test_a_month_within_the_range_is_carried(product: Product, text: str) -> None:
    assert "number" not in {f.kind for f in check.check(text, product).findings}
