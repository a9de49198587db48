"""Buying: what to order, of whom, and goods that arrive with their reason and their cost; every step can be undone."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from decimal import Decimal

import pytest

from desktop_app.errors import UserError
from desktop_app.records import Product, Variant
from desktop_app.shop import Shop
from desktop_app.tasks import history, purchasing, reckoning, suppliers
from desktop_app.trade import Buyer, Order, OrderLine, PurchaseLine, Supplier, Supply

TODAY = dt.date(2026, 11, 25)


@pytest.fixture
def filled(shop: Shop) -> Shop:
    with shop.act("Products"):
        shop.add([
            Product("Tray", "tray", variants=(Variant("T-S", options=(("Size", "S"),), price=Decimal(20), cost=Decimal(8), stock=1),
                                              Variant("T-L", options=(("Size", "L"),), price=Decimal(30), stock=2))),
            Product("Towel", "towel", variants=(Variant("W", price=Decimal(10), cost=Decimal(4), stock=500),)),
            Product("Card", "card", variants=(Variant("C", price=Decimal(1)),)),
        ])  # fmt: skip
    with shop.act("Orders"):
        weeks = [TODAY - dt.timedelta(7 * n + 3) for n in range(40)]
        shop.intake().take([
            Order(f"N{n}", "shop", f"{day} 10:00", currency="USD", buyer=Buyer("A", "a@x.example"),
                  lines=(OrderLine("Tray", "T-S", Decimal(5), Decimal(20)), OrderLine("Towel", "W", Decimal(2), Decimal(10))))
            for n, day in enumerate(reversed(weeks))
        ])  # fmt: skip
    return shop


def variant(shop: Shop, sku: str) -> Variant:
    return next(v for p in shop.products(shop.find(sku)) for v in p.variants if v.sku == sku)


def test_what_runs_out_stands_first_with_the_number_the_forecast_asks_for(filled: Shop) -> None:
    found = purchasing.wanted(filled, today=TODAY)
    assert [w.sku for w in found][:1] == ["T-S"]
    first = found[0]
    line = next(v for v in reckoning.stock_lines(filled, TODAY) if v.title == "Tray")
    assert first.late
    assert first.quantity == line.buy > 10
    assert first.margin == pytest.approx(0.6)
    assert {w.sku for w in found if not w.quantity} == {"T-L", "W"}


def test_an_order_is_expected_after_the_suppliers_days_and_counts_as_coming(filled: Shop) -> None:
    oak = purchasing.save_supplier(filled, Supplier(" Oak Ltd ", lead_days=21, currency="EUR"))
    small = variant(filled, "T-S")
    id = purchasing.order(filled, oak, [PurchaseLine(small.id, 30, cost=Decimal("7.50"), title="Tray")], today=TODAY)
    made = filled.purchase(id)
    assert (made.state, made.expected, made.currency, made.number) == ("ordered", "2026-12-16", "EUR", "P1")
    (line,) = (v for v in reckoning.stock_lines(filled, TODAY) if v.title == "Tray")
    assert line.coming == 30
    assert [(s.variant, s.cost) for s in filled.supplies(oak)] == [(small.id, Decimal("7.5"))]
    assert [w.sku for w in purchasing.wanted(filled, oak, TODAY)] == ["T-S"]
    assert reckoning.shelf(filled).lead_days[reckoning.shelf(filled).sku.index("T-S")] == 21


def test_goods_arrive_in_parts_with_their_reason_and_set_the_cost(filled: Shop) -> None:
    oak = purchasing.save_supplier(filled, Supplier("Oak Ltd"))
    small, large = variant(filled, "T-S"), variant(filled, "T-L")
    lines = [PurchaseLine(small.id, 10, cost=Decimal(7)), PurchaseLine(large.id, 4, cost=Decimal(11))]
    id = purchasing.order(filled, oak, lines, number="A-7", today=TODAY)
    first = filled.purchase(id).lines[0].id or 0
    purchasing.receive(filled, id, {first: 6})
    assert (filled.purchase(id).state, variant(filled, "T-S").stock) == ("part", 7)
    purchasing.receive(filled, id)
    assert (filled.purchase(id).state, variant(filled, "T-S").stock, variant(filled, "T-L").stock) == (
        "received",
        11,
        6,
    )
    assert (variant(filled, "T-S").cost, variant(filled, "T-L").cost) == (Decimal(7), Decimal(11))
    move = filled.moves(small.id or 0)[0]
    assert (move.change, move.reason, move.note, move.purchase) == (4, "purchase", "A-7", first)
    assert filled.disagreeing() == []
    history.undo(filled, 2)
    assert (filled.purchase(id).state, variant(filled, "T-S").stock, variant(filled, "T-S").cost) == ("ordered", 1, 8)
    assert filled.disagreeing() == []
    history.redo(filled, 2)
    assert (filled.purchase(id).state, variant(filled, "T-S").stock) == ("received", 11)
    assert filled.disagreeing() == []


def test_more_than_was_ordered_nothing_and_closed_orders_are_refused(filled: Shop) -> None:
    oak = purchasing.save_supplier(filled, Supplier("Oak Ltd"))
    with pytest.raises(UserError):
        purchasing.order(filled, oak, [PurchaseLine(variant(filled, "W").id, 0)])
    id = purchasing.order(filled, oak, [PurchaseLine(variant(filled, "W").id, 5)])
    line = filled.purchase(id).lines[0].id or 0
    for arrived in ({line: 6}, {line: 0}, {line: -1}):
        with pytest.raises(UserError):
            purchasing.receive(filled, id, arrived)
    purchasing.cancel(filled, id)
    with pytest.raises(UserError):
        purchasing.receive(filled, id)
    with pytest.raises(UserError):
        purchasing.save_supplier(filled, Supplier("  "))
    assert variant(filled, "W").stock == 500


def test_what_a_supplier_asks_is_kept_as_one_action_and_their_packs_and_minimum_are_respected(filled: Shop) -> None:
    small, towel = variant(filled, "T-S"), variant(filled, "W")
    has = [
        Supply(0, small.id or 0, "OAK-9", Decimal(8), pack=12),
        Supply(0, towel.id or 0, "LIN-2", Decimal(4), pack=5),
    ]
    suppliers.save(filled, Supplier("Oak Ltd", "a@oak.example", "1", "Lane 1", minimum=Decimal(50)), has)
    (oak,) = filled.suppliers()
    assert (oak.email, oak.phone, oak.address, oak.minimum) == ("a@oak.example", "1", "Lane 1", Decimal(50))
    found = {w.sku: w for w in purchasing.wanted(filled, oak.id, TODAY)}
    first = found["T-S"]
    assert (first.code, first.pack) == ("OAK-9", 12)
    assert first.quantity > 0
    assert first.quantity % 12 == 0
    usual = first.quantity
    suppliers.save(filled, replace(oak, minimum=Decimal(8) * usual + 1))
    raised = {w.sku: w for w in purchasing.wanted(filled, oak.id, TODAY)}
    assert raised["T-S"].quantity == usual + 12  # one pack more, and not of what there is plenty of
    assert raised["W"].quantity == 0
    assert "ask" in raised["T-S"].why
    suppliers.save(filled, replace(oak, minimum=Decimal(100_000)))
    assert {w.sku: w.quantity for w in purchasing.wanted(filled, oak.id, TODAY)}["T-S"] == usual  # years of trays: no
    history.undo(filled)
    history.undo(filled)
    history.undo(filled)
    assert filled.suppliers() == []
    assert filled.supplies() == []


def test_what_no_supplier_can_mean_is_refused(filled: Shop) -> None:
    towel = variant(filled, "W").id or 0
    for wrong, has in (
        (Supplier(" "), []), (Supplier("A", lead_days=2000), []), (Supplier("A", minimum=Decimal(-1)), []),
        (Supplier("A"), [Supply(0, towel, pack=0)]), (Supplier("A"), [Supply(0, towel, cost=Decimal(-1))]),
    ):  # fmt: skip
        with pytest.raises(UserError):
            suppliers.save(filled, wrong, has)
    assert filled.suppliers() == []
