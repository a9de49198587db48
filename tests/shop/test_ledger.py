"""Stock is what its ledger says, whatever happens in whatever order."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from desktop_app.records import Product, Variant
from desktop_app.shop import Shop
from desktop_app.trade import Move, Order, OrderLine, Purchase, PurchaseLine, Return, Supplier

LATER = (datetime.now(UTC) + timedelta(days=2)).strftime("%Y-%m-%dT%H:%M:%SZ")
EARLIER = "2020-01-01T00:00:00Z"


def order(number: str, quantity: int, placed: str = LATER, sku: str = "A", **values: Any) -> Order:
    return Order(number, "web", placed, lines=(OrderLine("Board", sku, Decimal(quantity), Decimal(1)),), **values)


def take(shop: Shop, *orders: Order) -> list[int]:
    with shop.act("Import orders"):
        intake = shop.intake()
        ids = intake.take(orders).orders
        shop.book_orders([*ids, *intake.book_back()])
    return list(ids)


def stock(shop: Shop) -> int | None:
    return shop.product(1).variants[0].stock


@pytest.fixture
def stocked(shop: Shop) -> Shop:
    with shop.act("Add"):
        shop.add([Product("Board", variants=(Variant("A", stock=10), Variant("B")))])
    return shop


def test_an_order_after_the_count_takes_from_stock_and_one_before_does_not(stocked: Shop) -> None:
    take(stocked, order("1", 3), order("2", 4, EARLIER))
    assert stock(stocked) == 7
    assert [(m.change, m.reason) for m in stocked.moves(1)] == [(-3, "sale"), (10, "count")]


def test_what_is_not_counted_is_not_taken_from(stocked: Shop) -> None:
    take(stocked, order("1", 3, sku="B"))
    assert stocked.product(1).variants[1].stock is None
    assert stocked.moves(2) == []


def test_the_same_file_again_takes_nothing_again(stocked: Shop) -> None:
    take(stocked, order("1", 3))
    take(stocked, order("1", 3))
    take(stocked, order("1", 5))
    assert stock(stocked) == 5


def test_a_cancelled_order_gives_back_what_it_took(stocked: Shop) -> None:
    ids = take(stocked, order("1", 3))
    with stocked.act("Cancel"):
        stocked.set_order_state(ids, "cancelled")
        stocked.book_orders(ids)
    assert stock(stocked) == 10
    assert stocked.moves(1)[0].reason == "cancel"


def test_a_count_settles_what_came_before_it(stocked: Shop) -> None:
    ids = take(stocked, order("1", 3, LATER))
    with stocked.act("Count"):
        assert stocked.recount({1: 6}) == 1
    assert stock(stocked) == 6
    line = stocked.order(ids[0]).lines[0].id or 0
    with stocked.act("Return"):
        stocked.add_returns([Return(line, Decimal(1), at=LATER), Return(line, Decimal(1), at=LATER, restocked=False)])
        stocked.book_orders(ids)
    assert stock(stocked) == 7


def test_more_sold_than_there_was_is_said(stocked: Shop) -> None:
    take(stocked, order("1", 12))
    assert stock(stocked) == -2
    assert stocked.below_zero() == [1]


def test_an_edit_by_hand_is_a_count_and_an_import_says_it_was_one(stocked: Shop) -> None:
    product = stocked.product(1)
    with stocked.act("Edit"):
        stocked.replace(replace(product, variants=(replace(product.variants[0], stock=4), product.variants[1])))
    with stocked.act("Import"), stocked.because("import", "file.csv"):
        stocked.replace(replace(product, variants=(replace(product.variants[0], stock=9), product.variants[1])))
    found = [(m.change, m.reason, m.note) for m in stocked.moves(1)]
    assert found == [(5, "import", "file.csv"), (-6, "count", ""), (10, "count", "")]


def test_stock_of_a_shop_made_before_there_was_a_ledger_is_undone_in_step_with_it(shop: Shop) -> None:
    with shop.act("Add"):
        shop.add([Product("Board", variants=(Variant("A", stock=10),))])
    with shop.act("Edit"):
        shop.replace(replace(shop.product(1), variants=(replace(shop.product(1).variants[0], stock=4),)))
    # As after the upgrade: the journal knows nothing of the moves, and one move says what is there.
    shop._file.run("DELETE FROM moves")
    shop._file.run("DELETE FROM journal WHERE tbl = 'moves'")
    shop._file.run("INSERT INTO moves (variant, change, reason, at, note) VALUES (1, 4, 'import', 'x', '')")
    for _n in range(2):
        shop.undo()
        assert shop.disagreeing() == []
    assert shop._file.all("SELECT * FROM moves") == []
    shop.redo(2)
    assert shop.disagreeing() == []
    assert stock(shop) == 4


class Keeper(RuleBasedStateMachine):
    """A shopkeeper who sells, counts, loses, buys and changes her mind."""

    dump: Callable[[Path], Any]

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp())
        self.shop = Shop.create(self.folder / "s.zhanggui")
        with self.shop.act("Add"):
            self.shop.add([Product(f"P{n}", variants=(Variant(f"S{n}", stock=n * 5 or None),)) for n in range(3)])

    @rule(
        n=st.integers(0, 5), sku=st.integers(0, 4), quantity=st.integers(-3, 6), late=st.booleans(),
        state=st.sampled_from(["placed", "paid", "sent", "cancelled"]),
        kind=st.sampled_from(["sale", "sale", "sale", "credit", "adjustment"]),
    )  # fmt: skip
    def sell(self, n: int, sku: int, quantity: int, late: bool, state: Any, kind: Any) -> None:
        take(self.shop, order(str(n), quantity, LATER if late else EARLIER, f"S{sku}", state=state, kind=kind))

    @rule(
        n=st.integers(0, 5), sku=st.integers(0, 4), quantity=st.integers(0, 6), back=st.integers(0, 7),
        refunded=st.integers(0, 9), late=st.booleans(), restocked=st.booleans(),
        state=st.sampled_from(["sent", "returned", "refunded", "cancelled"]),
    )  # fmt: skip
    def file_says_what_came_back(
        self, n: int, sku: int, quantity: int, back: int, refunded: int, late: bool, restocked: bool, state: Any
    ) -> None:
        told = order(str(n), quantity, LATER, f"S{sku}", state=state, refunded=Decimal(refunded))
        line = replace(told.lines[0], returned=Decimal(back), restocked=restocked, back=LATER if late else EARLIER)
        take(self.shop, replace(told, lines=(line,)))
        first = self.booked()
        take(self.shop, replace(told, lines=(line,)))
        assert self.booked() == first

    def booked(self) -> Any:
        return self.shop.moves_version(), [self.shop.returns_of(id) for id in self.shop.find_orders()]

    @rule(pick=st.integers(0), state=st.sampled_from(["paid", "sent", "delivered", "cancelled"]))
    def move_on(self, pick: int, state: Any) -> None:
        if ids := self.shop.find_orders():
            with self.shop.act("State"):
                self.shop.set_order_state([ids[pick % len(ids)]], state)
                self.shop.book_orders([ids[pick % len(ids)]])

    @rule(pick=st.integers(0), quantity=st.integers(1, 3), restocked=st.booleans(), late=st.booleans())
    def bring_back(self, pick: int, quantity: int, restocked: bool, late: bool) -> None:
        if ids := self.shop.find_orders():
            id = ids[pick % len(ids)]
            line = self.shop.order(id).lines[0].id or 0
            with self.shop.act("Return"):
                at = LATER if late else EARLIER
                self.shop.add_returns([Return(line, Decimal(quantity), at=at, restocked=restocked)])
                self.shop.book_orders([id])

    @rule(counts=st.dictionaries(st.integers(1, 4), st.integers(0, 9), max_size=3))
    def count(self, counts: dict[int, int]) -> None:
        with self.shop.act("Count"):
            self.shop.recount(counts)
            for variant, number in self.shop.stock_of(counts).items():
                assert number == counts[variant]

    @rule(variant=st.integers(1, 4), change=st.integers(-4, 9), reason=st.sampled_from(["loss", "purchase"]))
    def book(self, variant: int, change: int, reason: Any) -> None:
        before = self.shop.stock_of([variant]).get(variant)
        with self.shop.act("Book"):
            self.shop.book([Move(variant, change, reason)])
        after = self.shop.stock_of([variant]).get(variant)
        assert after == (None if before is None else before + change)

    @rule(variant=st.integers(1, 4), pieces=st.integers(1, 6), here=st.integers(0, 6))
    def buy(self, variant: int, pieces: int, here: int) -> None:
        known = list(self.shop.stock_of([variant]))
        line = PurchaseLine(known[0] if known else None, pieces, title="Goods")
        with self.shop.act("Order"):
            supplier = self.shop.save_supplier(Supplier("Oak Ltd"))
            id = self.shop.save_purchase(Purchase(supplier, "P", "ordered", lines=(line,)))
        came = min(pieces, here)
        made = self.shop.purchase(id)
        with self.shop.act("Arrived"):
            self.shop.save_purchase(replace(made, state="part", lines=(replace(made.lines[0], received=came),)))
            if known and came:
                self.shop.book([Move(variant, came, "purchase", purchase=made.lines[0].id)])

    @rule(pick=st.integers(0), stock=st.none() | st.integers(-2, 9), more=st.booleans())
    def edit(self, pick: int, stock: int | None, more: bool) -> None:
        if ids := self.shop.search(status="all"):
            product = self.shop.product(ids[pick % len(ids)])
            first = replace(product.variants[0], stock=stock)
            with self.shop.act("Edit"), self.shop.because("import"):
                self.shop.replace(replace(product, variants=(first, *([Variant("S4", stock=2)] if more else []))))

    @rule(steps=st.integers(1, 4))
    def undo(self, steps: int) -> None:
        self.shop.undo(steps)

    @rule(steps=st.integers(1, 4))
    def redo(self, steps: int) -> None:
        self.shop.redo(steps)

    @invariant()
    def stock_is_what_the_ledger_says(self) -> None:
        assert self.shop.disagreeing() == []

    def teardown(self) -> None:
        done = len(self.shop.actions(limit=None, include_undone=False))
        last = self.dump(self.shop.path)
        self.shop.undo(done)
        assert self.shop.disagreeing() == []
        self.shop.redo(done)
        assert self.dump(self.shop.path) == last
        self.shop.close()
        shutil.rmtree(self.folder)


def test_stock_never_disagrees_with_its_ledger(dump: Callable[[Path], Any], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Keeper, "dump", staticmethod(dump), raising=False)
    run_state_machine_as_test(  # type: ignore[no-untyped-call]
        Keeper,
        settings=settings(
            max_examples=25, stateful_step_count=15, deadline=None, suppress_health_check=list(HealthCheck)
        ),
    )
