"""Orders taken into a shop: met again, summed by day, found, undone."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from desktop_app.records import Product, Variant
from desktop_app.shop import Shop, takings
from desktop_app.trade import WAITING, Address, Buyer, Order, OrderLine, Return, Taken

Dumper = Callable[[Path], Any]
LI = Buyer("Li Wei", "li@example.com", country="CN")
ORDER = Order(
    "1001", "shopify", "2026-03-01T23:30:00+08:00", "paid", currency="CNY", buyer=LI, shipping=Decimal(10),
    lines=(
        OrderLine("Board", "KIT-1", Decimal(2), Decimal("19.90")),
        OrderLine("Bowl", "", Decimal(1), Decimal(5), discount=Decimal(1)),
    ),
)  # fmt: skip


INDEX = "order_lines_item"


def indexes(shop: Shop) -> set[str]:
    return {name for (name,) in shop._file.all("SELECT name FROM sqlite_master WHERE type = 'index'")}


def take(shop: Shop, *orders: Order) -> Taken:
    with shop.act("Import"):
        return shop.intake().take(orders)


def test_an_order_comes_back_as_it_was_given(shop: Shop) -> None:
    taken = take(shop, ORDER)
    assert (taken.added, taken.lines, taken.customers) == (1, 2, 1)
    order = shop.order(taken.orders[0])
    assert order.placed == "2026-03-01T15:30:00Z"
    assert order.total == Decimal("53.80")
    assert [(v.title, v.sku, v.quantity, v.amount) for v in order.lines] == [
        ("Board", "KIT-1", 2, Decimal("39.80")),
        ("Bowl", "", 1, Decimal(4)),
    ]
    assert order.buyer == LI


def test_a_file_imported_twice_changes_nothing(shop: Shop, path: Path, dump: Dumper) -> None:
    take(shop, ORDER)
    before = dump(path)
    assert (take(shop, ORDER).same, len(shop.actions())) == (1, 1)
    assert dump(path) == before


def test_a_later_file_brings_an_order_further_and_never_back(shop: Shop) -> None:
    (id,) = take(shop, ORDER).orders
    take(shop, replace(ORDER, state="sent", sent="2026-03-02T10:00:00Z"))
    take(shop, replace(ORDER, state="paid"))
    assert (shop.order(id).state, shop.order(id).sent) == ("sent", "2026-03-02T10:00:00Z")


def test_a_file_with_some_lines_of_an_order_leaves_the_others(shop: Shop) -> None:
    (id,) = take(shop, ORDER).orders
    take(
        shop,
        replace(ORDER, lines=(replace(ORDER.lines[0], quantity=Decimal(3)), OrderLine("Cup", "C", price=Decimal(1)))),
    )
    assert [(v.title, v.quantity) for v in shop.order(id).lines] == [("Board", 3), ("Bowl", 1), ("Cup", 1)]
    assert shop.order(id).total == Decimal("74.70")


def test_rows_of_one_order_that_stand_apart_are_one_order(shop: Shop) -> None:
    taken = take(shop, ORDER, replace(ORDER, number="1002"), replace(ORDER, lines=ORDER.lines[:1]))
    assert taken.added == 2
    assert len(shop.order(taken.orders[0]).lines) == 3


def test_days_and_sums_follow_every_change(shop: Shop) -> None:
    shop.set_setting("timezone", "Asia/Shanghai")
    (id,) = take(shop, ORDER).orders
    day = 20513  # 2026-03-01
    assert shop._file.all("SELECT day, orders, goods, total FROM takings") == [(day, 1, 438000, 538000)]
    assert shop._file.all("SELECT day, units, amount FROM sales ORDER BY item") == [(day, 2, 398000), (day, 1, 40000)]
    assert shop._file.all("SELECT orders, spent, first_day FROM patrons") == [(1, 538000, day)]
    with shop.act("Cancel"):
        shop.set_order_state([id], "cancelled")
    assert shop._file.all("SELECT orders, cancelled, total FROM takings") == [(0, 1, 0)]
    assert shop._file.all("SELECT * FROM sales") == []
    assert shop._file.all("SELECT orders FROM patrons") == [(0,)]
    shop.undo(2)
    assert shop._file.all("SELECT * FROM takings UNION ALL SELECT *, 1 FROM sales") == []
    assert shop._file.all("SELECT * FROM patrons") == []


def test_what_came_back_is_counted_on_the_day_it_came(shop: Shop) -> None:
    (id,) = take(shop, ORDER).orders
    line = shop.order(id).lines[0]
    with shop.act("Return"):
        shop.add_returns([Return(line.id or 0, Decimal(1), Decimal("19.90"), "broken", at="2026-03-09T00:00:00Z")])
    assert shop.order(id).lines[0].returned == 1
    rows = shop._file.all("SELECT day, units, back_units, back_amount FROM sales WHERE back_units > 0")
    assert rows == [(20521, 0, 1, 199000)]


def test_orders_are_found_by_number_person_and_thing_sold(shop: Shop) -> None:
    (id,) = take(shop, ORDER).orders
    take(
        shop, replace(ORDER, number="#1002-A", lines=(OrderLine("竹砧板"),), buyer=Buyer("王小明", "wang@example.com"))
    )
    assert shop.find_orders("1001") == [id]
    assert shop.find_orders("li w") == [id]
    assert shop.find_orders("KIT-1") == [id]
    assert shop.find_orders("bowl") == [id]
    for query in ("1002a", "小明", "砧板", "wang@ex"):
        assert shop.find_orders(query) == [id + 1], query
    assert shop.find_orders(state="paid") == [id + 1, id]
    assert shop.find_orders(channel="ebay") == []


def test_two_people_of_one_name_stay_two(shop: Shop) -> None:
    take(
        shop,
        replace(ORDER, number="1", buyer=Buyer("Li Wei", "a@example.com")),
        replace(ORDER, number="2", buyer=Buyer("Li Wei", "b@example.com")),
        replace(ORDER, number="3", buyer=Buyer("Li Wei")),
        replace(ORDER, number="4", buyer=Buyer("", "A@example.com")),
        replace(ORDER, number="5", buyer=Buyer("Li Wei", phone="138****1234")),
        replace(ORDER, number="6", buyer=Buyer("Li Wei"), ship_to=Address("Li Wei", street="1 Lu", postcode="200000")),
        replace(ORDER, number="7", buyer=Buyer(), ship_to=Address("LI WEI", street="1, Lu", postcode="200000")),
    )
    customers = [shop.order(id).customer for id in shop.find_orders(sort="number", descending=False)]
    assert customers == [1, 2, None, 1, None, 3, 3]


def test_a_product_that_comes_later_is_linked_to_what_was_sold(shop: Shop) -> None:
    (id,) = take(shop, ORDER).orders
    assert [line.variant for line in shop.order(id).lines] == [None, None]
    with shop.act("Add"):
        shop.add([Product("Board", variants=(Variant("KIT-1", stock=5),)), Product("Bowl")])
    variant = shop.product(1).variants[0]
    assert shop.order(id).lines[0].variant == variant.id
    with shop.act("Edit"):
        shop.replace(replace(shop.product(1), variants=(Variant("NEW"),)))
    assert shop.order(id).lines[0].variant is None
    shop.undo()
    assert shop.order(id).lines[0].variant == variant.id


def test_a_thing_without_a_code_is_linked_by_its_very_title(shop: Shop) -> None:
    with shop.act("Add"):
        shop.add([Product("bowl", variants=(Variant(),)), Product("Board", variants=(Variant("X"), Variant("Y")))])
    lines = shop.order(take(shop, ORDER).orders[0]).lines
    assert [line.variant for line in lines] == [None, shop.product(1).variants[0].id]


def test_columns_of_all_lines(shop: Shop) -> None:
    take(shop, ORDER, replace(ORDER, number="2", lines=(OrderLine("Post", kind="shipping"),)))
    columns = shop.sale_lines()
    assert columns["quantity"].tolist() == [2.0, 1.0]
    assert columns["amount"].tolist() == [39.8, 4.0]
    assert columns["customer"].tolist() == [1, 1]


def test_an_order_that_goes_on_in_a_later_batch_of_the_same_file_keeps_both_its_lines(shop: Shop) -> None:
    action, intake = shop.begin("Import"), shop.intake()
    with shop.step(action):
        (id,) = intake.take([ORDER]).orders
    with shop.step(action):
        assert intake.take([replace(ORDER, lines=ORDER.lines[:1])]).added == 0
    shop.end(action)
    assert [line.title for line in shop.order(id).lines] == ["Board", "Bowl", "Board"]
    assert shop.order(id).total == Decimal("93.60")


def test_a_great_import_that_was_cut_off_is_made_whole_on_opening(
    path: Path, monkeypatch: pytest.MonkeyPatch, dump: Dumper
) -> None:
    monkeypatch.setattr(takings, "MANY", 1)
    with Shop.create(path) as shop:
        action = shop.begin("Import orders from {name}", name="many.csv")
        with shop.step(action):
            shop.intake(lines=3).take([ORDER, replace(ORDER, number="1002")])
        assert INDEX not in indexes(shop)  # the program ends here: nothing is ended, nothing summed
    with Shop.open(path) as shop:
        assert INDEX in indexes(shop)
        assert shop._file.value("SELECT sum(orders) FROM takings") == 2
        whole = dump(path)
        shop.undo()
        assert not any(shop.order_counts().values())
        shop.redo()
        assert dump(path) == whole


def test_a_second_window_that_undoes_amid_a_great_import_puts_the_index_back(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(takings, "MANY", 1)
    with Shop.create(path) as shop, Shop.open(path) as other:
        action = shop.begin("Import orders from {name}", name="many.csv")
        with shop.step(action):
            shop.intake(lines=3).take([ORDER])
        other.set_setting("currency", "EUR")
        with other.act("Import"):
            other.intake().take([replace(ORDER, number="7")])
        assert INDEX in indexes(other)
        with shop.step(action):
            shop.intake().take([replace(ORDER, number="1002")])
        assert shop.end(action) is not None
        assert shop._file.value("SELECT sum(orders) FROM takings") == 3


def test_few_new_lines_beside_many_leave_the_index_alone(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(takings, "MANY", 2)
    take(shop, ORDER, replace(ORDER, number="1002"))
    with shop.act("Import"):
        shop.intake(lines=3).take([replace(ORDER, number="1003")])
        assert INDEX in indexes(shop)


def test_very_many_orders_at_once_are_one_entry_of_the_journal_and_are_undone(
    shop: Shop, path: Path, dump: Dumper
) -> None:
    before = dump(path)
    many = [replace(ORDER, number=str(n), buyer=Buyer(email=f"p{n}@example.com")) for n in range(1_500)]
    assert take(shop, *many).lines == 3_000
    entries = "SELECT count(*) FROM journal WHERE tbl IN ('orders', 'order_lines', 'customers')"
    assert shop._file.value(entries) == 3
    with shop.act("Change"):  # the triggers are back: what comes next is written down row by row
        shop.set_order_state([1, 2], "sent")
    take(shop, replace(ORDER, number="last"))
    assert shop._file.value("SELECT count(*) FROM journal WHERE tbl = 'orders' AND op = 'update'") == 2
    shop.undo(3)
    assert dump(path) == before


def test_what_is_to_be_sent_is_counted_one_way_wherever_it_is_shown(shop: Shop) -> None:
    line = (OrderLine("Board", "KIT-1", Decimal(2), Decimal(9)),)
    found = Order("1", "web", "2026-03-01T10:00:00Z", "paid", "adjustment", (OrderLine("", "KIT-1", Decimal(-3)),))
    take(shop, found, *(Order(str(n), "web", "2026-03-01T10:00:00Z", "paid", lines=line) for n in range(2, 5)))
    waiting = len(shop.find_orders(which=WAITING))
    assert waiting == shop.order_counts()["paid"] == len(shop.find_orders(state="paid")) == 3
    assert len(shop.find_orders()) == sum(shop.order_counts().values()) == 4
