from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest

from desktop_app import words
from desktop_app.errors import UserError
from desktop_app.records import Product, Variant
from desktop_app.shop import Shop
from desktop_app.tasks import policy, pricing, purchasing, reckoning, reordering, shop_settings
from desktop_app.trade import Order, OrderLine

TODAY = dt.date(2026, 11, 26)


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[Shop]:
    words.use("en")
    with Shop.create(tmp_path / "s.zhanggui", currency="EUR", timezone="UTC") as made:
        with made.act("Add"):
            made.add([
                Product(title, variants=(Variant(sku, price=Decimal(9), cost=Decimal(6), stock=stock),))
                for title, sku, stock in (("Gone", "G", 0), ("Soon", "S", 27), ("Plenty", "P", 90), ("New", "N", 1))
            ])  # fmt: skip
        with made.act("Orders"):
            made.intake().take([
                Order(
                    f"N{week}", placed=f"{TODAY - dt.timedelta(7 * week + 1)} 10:00", currency="EUR",
                    lines=tuple(OrderLine("", sku, Decimal(9 + week % 3), Decimal(9)) for sku in "GSP"),
                )
                for week in range(1, 30)
            ])  # fmt: skip
        yield made


def test_what_to_order_stands_with_its_day_and_its_reason_the_most_urgent_first(shop: Shop) -> None:
    gone, soon = reordering.due(shop, TODAY)
    assert (gone.title, gone.by, gone.late) == ("Gone", "2026-11-26", True)
    assert gone.why.startswith("None in stock; up to ")
    assert "may sell in the 2 weeks of a delivery." in gone.why
    assert (soon.title, soon.late) == ("Soon", False)
    assert dt.date.fromisoformat(soon.by) >= TODAY
    assert soon.why.startswith("27 in stock, enough for 2.7 weeks; up to ")


def test_the_day_to_order_by_comes_before_the_stock_falls_below_what_a_delivery_takes(shop: Shop) -> None:
    line = next(line for line in reckoning.stock_lines(shop, TODAY) if line.title == "Plenty")
    by = reordering.by(line, TODAY)
    assert line.buy == 0
    assert TODAY + dt.timedelta(14) < by < TODAY + dt.timedelta(7 * line.lasts - 14 + 1)


def test_a_higher_service_level_buys_more_and_is_kept_and_undone(shop: Shop) -> None:
    usual = reordering.due(shop, TODAY)[0].quantity
    assert reordering.due(shop, TODAY, 0.999)[0].quantity > usual > reordering.due(shop, TODAY, 0.5)[0].quantity
    assert shop_settings.change(shop, "service", "99.5 %").service == "99.5"
    assert reordering.due(shop, TODAY)[0].quantity > usual
    assert reordering.assurance(shop).startswith("So that 99.5 of 100 times")
    shop.undo()
    assert shop_settings.of(shop).service == "95"
    assert reordering.due(shop, TODAY)[0].quantity == usual


@pytest.mark.parametrize(
    ("key", "value"), [("service", "100"), ("service", "much"), ("margin", "-5"), ("margin", "100")]
)
def test_what_is_no_level_and_no_margin_is_refused_with_a_sentence(shop: Shop, key: str, value: str) -> None:
    with pytest.raises(UserError, match="was not kept"):
        shop_settings.change(shop, key, value)
    assert (shop_settings.of(shop).service, shop_settings.of(shop).margin) == ("95", "20")


def test_the_least_margin_moves_the_lowest_price(shop: Shop) -> None:
    (product, *_others) = shop.search("Gone")
    before = pricing.advise(shop, product, margin=policy.margin(shop), today=TODAY).floor
    shop_settings.change(shop, "margin", "40")
    after = pricing.advise(shop, product, margin=policy.margin(shop), today=TODAY).floor
    assert (before, after) == (Decimal("7.50"), Decimal("10.00"))


def test_an_order_to_a_supplier_proposes_with_the_same_day_and_reason(shop: Shop) -> None:
    first, second, *rest = purchasing.wanted(shop, today=TODAY)
    assert (first.title, first.by) == ("Gone", "at once")
    assert second.why.startswith("27 in stock")
    assert all((one.by, one.why, one.quantity) == ("", "", 0) for one in rest)
