"""Prices and stock of many products at once: shown first, done as one action, taken back by one Undo."""

from __future__ import annotations

from decimal import Decimal

import pytest

from desktop_app.errors import UserError
from desktop_app.insight import pricing
from desktop_app.records import Product, Variant
from desktop_app.shop import Shop
from desktop_app.tasks import history, reprice
from desktop_app.tasks.reprice import Rule


@pytest.fixture
def filled(shop: Shop) -> list[int]:
    made = [
        Product("Tray", "tray", variants=(
            Variant("T-S", options=(("Size", "S"),), price=Decimal("20"), cost=Decimal("10"), stock=5),
            Variant("T-L", options=(("Size", "L"),), price=Decimal("30"), compare_at=Decimal("31"), stock=0),
        )),
        Product("Towel", "towel", variants=(Variant("W", price=Decimal("12.50")),)),
        Product("Gift", "gift", variants=(Variant("G"),)),
    ]  # fmt: skip
    with shop.act("Products"):
        return shop.add(made)


def prices(shop: Shop, ids: list[int]) -> list[Decimal | None]:
    return [variant.price for product in shop.products(ids) for variant in product.variants]


def test_prices_rise_by_per_cent_and_end_as_the_merchant_likes(shop: Shop, filled: list[int]) -> None:
    planned = reprice.plan(shop, filled, Rule("price", "percent", Decimal(10), "90"))
    assert [(c.sku, c.before, c.after) for c in planned.changes] == [
        ("T-S", Decimal(20), Decimal("21.90")), ("T-L", Decimal(30), Decimal("32.90")), ("W", Decimal("12.5"), Decimal("13.90")),
    ]  # fmt: skip
    assert (planned.left, planned.warned) == (1, 1)
    assert [c.warn for c in planned.changes] == ["", "compare", ""]
    assert prices(shop, filled) == [Decimal(20), Decimal(30), Decimal("12.5"), None]
    action = reprice.apply(shop, planned)
    assert action is not None
    assert prices(shop, filled) == [Decimal("21.9"), Decimal("32.9"), Decimal("13.9"), None]
    assert "variants" in shop.product(filled[0]).edited
    history.undo(shop)
    assert prices(shop, filled) == [Decimal(20), Decimal(30), Decimal("12.5"), None]


@pytest.mark.parametrize("rounding", ["whole", "90", "99", "95", "lucky"])
def test_rounding_turns_no_raise_into_a_cut_and_no_cut_into_a_raise(shop: Shop, rounding: pricing.Rounding) -> None:
    was = [Decimal(n) for n in ("45", "9.90", "6.50", "0.99", "47.25", "1200")]
    with shop.act("Products"):
        ids = shop.add([Product(str(n), f"p{n}", variants=(Variant(f"S{n}", price=n),)) for n in was])
    for per_cent in (Decimal(5), Decimal(-5)):
        for change in reprice.plan(shop, ids, Rule("price", "percent", per_cent, rounding)).changes:
            assert change.before is not None
            assert change.after is not None
            assert (change.after - change.before) * per_cent >= 0


def test_a_margin_needs_a_cost_and_is_a_share_of_the_price(shop: Shop, filled: list[int]) -> None:
    planned = reprice.plan(shop, filled, Rule("price", "margin", Decimal(60)))
    assert [(c.sku, c.after) for c in planned.changes] == [("T-S", Decimal(25))]
    assert planned.left == 3


def test_a_price_below_its_cost_is_warned_of_before(shop: Shop, filled: list[int]) -> None:
    planned = reprice.plan(shop, filled, Rule("price", "set", Decimal(8)))
    assert [c.warn for c in planned.changes] == ["cost", "", "", ""]


def test_stock_changes_with_its_reason_in_the_ledger_and_nothing_else(shop: Shop, filled: list[int]) -> None:
    planned = reprice.plan(shop, filled, Rule("stock", "by", Decimal(7)))
    assert [(c.sku, c.after) for c in planned.changes] == [("T-S", 12), ("T-L", 7)]
    reprice.apply(shop, planned, reason="purchase", note="Box from Oak Ltd")
    variant = shop.product(filled[0]).variants[0]
    move = shop.moves(variant.id or 0)[0]
    assert (variant.stock, move.change, move.reason, move.note) == (12, 7, "purchase", "Box from Oak Ltd")
    assert shop.disagreeing() == []
    history.undo(shop)
    assert shop.product(filled[0]).variants[0].stock == 5
    assert shop.disagreeing() == []


def test_what_no_price_can_be_is_refused_and_changes_nothing(shop: Shop, filled: list[int]) -> None:
    for rule in (
        Rule("price", "margin", Decimal(100)), Rule("price", "clear"), Rule("stock", "margin", Decimal(10)),
        Rule("price", "percent", Decimal(-100)), Rule("price", "set", Decimal(-1)),
    ):  # fmt: skip
        with pytest.raises(UserError):
            reprice.plan(shop, filled, rule)
    assert prices(shop, filled) == [Decimal(20), Decimal(30), Decimal("12.5"), None]


def test_a_rule_that_changes_nothing_leaves_no_action(shop: Shop, filled: list[int]) -> None:
    before = len(shop.actions())
    assert reprice.apply(shop, reprice.plan(shop, filled[:1], Rule("cost", "percent", Decimal(0)))) is None
    assert len(shop.actions()) == before
