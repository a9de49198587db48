"""Orders go out as a table and come into another shop as they were."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest

from desktop_app.errors import UserError
from desktop_app.shop import Shop
from desktop_app.tasks import export_orders, import_orders
from desktop_app.trade import Address, Buyer, Order, OrderLine

STOP = threading.Event()


@pytest.fixture
def other(tmp_path: Path) -> Iterator[Shop]:
    with Shop.create(tmp_path / "other.zhanggui", timezone="UTC") as opened:
        yield opened


def told(shop: Shop) -> list[tuple[object, ...]]:
    """What an order says, apart from ids and files."""
    return sorted(
        (
            o.channel, o.number, o.placed, o.state, o.currency, o.shipping, o.discount, o.tax, o.fees, o.refunded, o.total,
            o.buyer, o.ship_to.name, o.ship_to.street.replace("\n", ", "), o.ship_to.city, o.ship_to.postcode, o.note,
            tuple((v.title, v.sku, v.barcode, v.options, v.quantity, v.price, v.discount, v.tax, v.cost) for v in o.lines),
        )
        for o in shop.orders(shop.find_orders())
    )  # fmt: skip


def test_orders_come_into_another_shop_as_they_went_out(shop: Shop, other: Shop, tmp_path: Path) -> None:
    lines = (
        OrderLine("Oak tray, large", "T-1", Decimal(2), Decimal("16.5"), Decimal(3), Decimal("1.2"), "4006381333931", "Size: L", cost=Decimal(7)),
        OrderLine("=1+1", "007", Decimal(1), Decimal("9.99")),
    )  # fmt: skip
    to = Address("Ada Quill", "Quill & Co", "Elm 7\nFloor 2", "Leeds", "LS1 4", "", "GB", "07700 900111")
    with shop.act("Orders"):
        shop.intake().take([
            Order("1", "web", "2026-05-01T10:00:00Z", "sent", lines=lines, currency="GBP", shipping=Decimal("4.5"),
                  tax=Decimal(2), discount=Decimal(1), fees=Decimal("0.7"), buyer=Buyer("Ada", "ada@x.example", "1234567", "ada9", "GB"),
                  ship_to=to, note="Ring twice"),
            Order("1", "market", "2026-05-02T10:00:00Z", "cancelled", lines=lines[:1], currency="GBP"),
            Order("", "till", "2026-05-04T10:00:00Z", "paid", lines=lines[:1], currency="GBP", key="~0123456789abcdef01"),
            Order("C9", "web", "2026-05-03T10:00:00Z", "refunded", "credit", (OrderLine("Tray", "T-1", Decimal(-1), Decimal(5)),), "GBP"),
        ])  # fmt: skip
    target = tmp_path / "orders.csv"
    assert export_orders.export_orders(shop, STOP, path=target) == 4
    list(import_orders.import_orders(other, STOP, reading=import_orders.look(other, target)))
    assert told(other) == told(shop)
    list(import_orders.import_orders(other, STOP, reading=import_orders.look(other, target)))
    assert len(other.find_orders()) == 4


@pytest.mark.parametrize("ending", [".csv", ".xlsx"])
def test_real_orders_go_out_and_come_in_with_the_same_sums(
    shop: Shop, other: Shop, shared: Path, tmp_path: Path, ending: str
) -> None:
    file = shared / "data" / "orders" / "uci_online_retail_raw_days.csv"
    list(import_orders.import_orders(shop, STOP, reading=import_orders.look(shop, file)))
    target = tmp_path / f"out{ending}"
    export_orders.export_orders(shop, STOP, path=target)
    events = list(import_orders.import_orders(other, STOP, reading=import_orders.look(other, target)))
    assert getattr(events[-1], "problems", None) == ()
    one, two = ({o.number: o for o in s.orders(s.find_orders())} for s in (shop, other))
    assert set(one) == set(two)
    assert [
        n for n, o in one.items() if (o.total, o.kind, len(o.lines)) != (two[n].total, two[n].kind, len(two[n].lines))
    ] == []


def test_a_shop_without_orders_says_so(shop: Shop, tmp_path: Path) -> None:
    with pytest.raises(UserError):
        export_orders.export_orders(shop, STOP, path=tmp_path / "none.csv")
    assert not (tmp_path / "none.csv").exists()
