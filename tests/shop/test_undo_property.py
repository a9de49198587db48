"""Whatever a merchant does, in whatever order: all of it can be undone to the first byte and done again to the last."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule, run_state_machine_as_test

from desktop_app.records import Draft, Fact, Image, Product, SourceFile, Variant
from desktop_app.shop import Shop

TEXT = st.text(max_size=12) | st.sampled_from(
    ["竹砧板", "=1+1", "Größe", "<b>x</b>", "%", '"', "مرحبا", "\0a", "👜", ""]
)
MONEY = st.none() | st.decimals(min_value=0, max_value=10**9, places=4, allow_nan=False)
PAIRS = st.lists(st.tuples(TEXT, TEXT), max_size=2).map(tuple)
VARIANT = st.builds(
    Variant, sku=TEXT, barcode=TEXT, options=PAIRS, price=MONEY, compare_at=MONEY, stock=st.none() | st.integers(-9, 9),
    weight_grams=st.none() | st.decimals(0, 9999, places=5), image=TEXT, extra=PAIRS,
)  # fmt: skip
PRODUCT = st.builds(
    Product, title=TEXT, handle=TEXT, description=TEXT, vendor=TEXT, tags=st.lists(TEXT, max_size=2).map(tuple),
    status=st.sampled_from(["active", "draft", "archived"]), seo_title=TEXT, extra=PAIRS,
    facts=st.lists(st.builds(Fact, name=TEXT, value=TEXT, unit=TEXT), max_size=3).map(tuple),
    variants=st.lists(VARIANT, max_size=3).map(tuple),
    images=st.lists(st.builds(Image, address=TEXT), max_size=2).map(tuple),
    source_row=st.none() | st.integers(1, 99), edited=st.lists(TEXT, max_size=2).map(tuple),
)  # fmt: skip
DRAFT = st.builds(
    Draft, product=st.just(0), field=st.sampled_from(["description", "title"]), language=st.sampled_from(["en", "zh"]),
    text=TEXT, status=st.sampled_from(["new", "approved", "rejected"]), seed=st.integers(0, 2**40),
)  # fmt: skip


class Merchant(RuleBasedStateMachine):
    """A merchant who does anything at all."""

    dump: Callable[[Path], Any]

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp())
        self.shop = Shop.create(self.folder / "s.zhanggui")
        self.first = self.dump(self.shop.path)

    @initialize(products=st.lists(PRODUCT, min_size=1, max_size=3))
    def begin(self, products: list[Product]) -> None:
        self.add(products)

    @rule(products=st.lists(PRODUCT, max_size=3))
    def add(self, products: list[Product]) -> None:
        with self.shop.act("Add"):
            self.shop.add(products)

    @rule(pick=st.integers(0), new=PRODUCT, keep=st.sets(st.sampled_from(["facts", "variants", "images", "title"])))
    def edit(self, pick: int, new: Product, keep: set[str]) -> None:
        for old in self.chosen(pick):
            kept: dict[str, Any] = {name: getattr(old, name) for name in keep}
            with self.shop.act("Edit"):
                self.shop.replace(replace(new, id=old.id, **kept))
            again = self.shop.product(old.id or 0)
            assert again.title == kept.get("title", new.title)
            assert tuple(replace(f, id=None, at="") for f in again.facts) == tuple(
                replace(f, id=None, at="") for f in kept.get("facts", new.facts)
            )

    @rule(pick=st.integers(0), status=st.sampled_from(["active", "archived"]))
    def set_status(self, pick: int, status: Any) -> None:
        with self.shop.act("Status"):
            self.shop.set_status([p.id or 0 for p in self.chosen(pick)], status)

    @rule(pick=st.integers(0), drafts=st.lists(DRAFT, min_size=1, max_size=3))
    def draft(self, pick: int, drafts: list[Draft]) -> None:
        for product in self.chosen(pick):
            job = self.shop.begin("Describe")
            for draft in drafts:
                with self.shop.step(job):
                    self.shop.add_draft(replace(draft, product=product.id or 0))
            self.shop.end(job)

    @rule(pick=st.integers(0), status=st.sampled_from(["new", "approved", "rejected"]), text=TEXT)
    def decide(self, pick: int, status: Any, text: str) -> None:
        drafts = self.shop.drafts()
        if drafts:
            draft = drafts[pick % len(drafts)]
            with self.shop.act("Decide"):
                self.shop.set_draft_status([draft.id or 0], status)
                self.shop.replace_draft(replace(self.shop.draft(draft.id or 0), text=text))

    @rule(key=st.sampled_from("ab"), value=st.none() | TEXT | st.integers(), data=st.binary(max_size=20))
    def remember(self, key: str, value: Any, data: bytes) -> None:
        with self.shop.act("Remember"):
            self.shop.set_setting(key, value)
            self.shop.add_source(SourceFile("n", "s", data, "f", "e", "{}", "t"))

    @rule(steps=st.integers(1, 3))
    def undo_some(self, steps: int) -> None:
        before = self.dump(self.shop.path)
        undone = self.shop.undo(steps)
        assert len(self.shop.redo(len(undone))) == len(undone)
        assert self.dump(self.shop.path) == before
        self.shop.undo(steps)

    def chosen(self, pick: int) -> list[Product]:
        ids = self.shop.search(status="all")
        return self.shop.products([ids[pick % len(ids)]]) if ids else []

    def teardown(self) -> None:
        done = len(self.shop.actions(limit=None, include_undone=False))
        last = self.dump(self.shop.path)
        assert len(self.shop.undo(done)) == done
        assert self.dump(self.shop.path) == self.first
        assert len(self.shop.redo(done)) == done
        assert self.dump(self.shop.path) == last
        self.shop.close()
        assert os.listdir(self.folder) == ["s.zhanggui"]
        shutil.rmtree(self.folder)


def test_everything_can_be_undone_and_done_again(dump: Callable[[Path], Any], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Merchant, "dump", staticmethod(dump), raising=False)
    run_state_machine_as_test(  # type: ignore[no-untyped-call]
        Merchant,
        settings=settings(
            max_examples=30, stateful_step_count=12, deadline=None, suppress_health_check=list(HealthCheck)
        ),
    )


def test_money_and_measures_come_back_as_they_were(shop: Shop) -> None:
    for given in ("0", "19.9", "0.0001", "123456789.1234", "-5"):
        with shop.act("Add"):
            (id,) = shop.add(
                [Product("x", variants=(Variant(price=Decimal(given), weight_grams=Decimal("453.59237")),))]
            )
        variant = shop.product(id).variants[0]
        assert (variant.price, variant.weight_grams) == (Decimal(given), Decimal("453.59237"))
