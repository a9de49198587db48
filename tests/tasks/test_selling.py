"""An order written down by hand is an order as any other: in the list, in the sums, and off the shelf."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest

from desktop_app.errors import UserError
from desktop_app.records import Product, Variant
from desktop_app.shop import Shop
from desktop_app.tasks import history
from desktop_app.tasks.selling import Sold, sellable, write_order
from desktop_app.trade import Buyer

D = Decimal


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[Shop]:
    with Shop.create(tmp_path / "s.zhanggui", currency="EUR") as shop:
        with shop.act("Fill"):
            sizes = tuple(
                Variant(f"TEE-{s}", "4006381333931" if s == "M" else "", (("Size", s),), D(20), cost=D(8), stock=5)
                for s in "SM"
            )
            shop.add([Product("Linen tee", variants=sizes), Product("Loose tea", variants=(Variant(price=D("4.50")),))])
        yield shop


def ids(shop: Shop) -> list[int]:
    return [v.id or 0 for p in shop.products([1, 2]) for v in p.variants]


def stock(shop: Shop) -> list[int | None]:
    assert shop.disagreeing() == []
    return [v.stock for p in shop.products([1, 2]) for v in p.variants]


def test_an_order_by_hand_takes_its_goods_from_the_shelf_and_can_be_undone(shop: Shop) -> None:
    small, middle, tea = ids(shop)
    buyer = Buyer("Ana Ruiz", "ana@example.com")
    id = write_order(
        shop, [Sold(middle, D(2)), Sold(tea, D(3), D(4))], buyer=buyer, channel="Market stall", discount=D(2)
    )
    order = shop.order(id)
    assert (order.number, order.channel, order.state, order.total, order.currency) == (
        "H1", "Market stall", "delivered", D(50), "EUR",
    )  # fmt: skip
    assert [(line.title, line.quantity, line.price, line.cost, line.variant) for line in order.lines] == [
        ("Linen tee", 2, 20, 8, middle), ("Loose tea", 3, 4, None, tea),
    ]  # fmt: skip
    assert order.paid == order.closed == order.placed
    assert stock(shop) == [5, 3, None]
    assert shop.find_orders("Ana") == [id]
    assert write_order(shop, [Sold(small)], state="placed") != id
    assert (shop.order(shop.find_orders()[0]).paid, stock(shop)) == ("", [4, 3, None])
    history.undo(shop)
    history.undo(shop)
    assert (stock(shop), shop.find_orders()) == ([5, 5, None], [])


def test_products_are_found_by_their_words_and_by_a_scanned_code(shop: Shop) -> None:
    assert [(one.title, one.options, one.stock) for one in sellable(shop, "linen")] == [
        ("Linen tee", "Size: S", 5), ("Linen tee", "Size: M", 5),
    ]  # fmt: skip
    assert [one.sku for one in sellable(shop, "4006381333931")] == ["TEE-M"]
    assert len(sellable(shop, "")) == 3


def test_what_cannot_be_sold_so_is_said_and_nothing_is_saved(shop: Shop) -> None:
    small, _middle, tea = ids(shop)
    for sold, off, why in (
        ([], D(0), "Nothing is sold"), ([Sold(small, D(0))], D(0), "At least one"), ([Sold(tea)], D(9), "more than"),
        ([Sold(99)], D(0), "not in this shop"),
    ):  # fmt: skip
        with pytest.raises(UserError, match=why):
            write_order(shop, sold, discount=off)
    assert shop.find_orders() == []
