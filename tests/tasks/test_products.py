from __future__ import annotations

from dataclasses import replace

import pytest

from desktop_app.errors import UserError
from desktop_app.records import Fact, Product
from desktop_app.shop import Shop
from desktop_app.tasks import history, products


def test_a_product_made_by_hand_has_a_variant_and_is_found(shop: Shop) -> None:
    number = products.save(shop, Product("  Walnut spoon  ", facts=(Fact("Material", "walnut"),)))
    made = shop.product(number)
    assert made.title == "Walnut spoon"
    assert len(made.variants) == 1
    assert made.facts[0].source == "merchant"
    assert list(shop.search("walnut")) == [number]


def test_an_edit_remembers_which_fields_are_the_merchants_own(sample: Shop) -> None:
    before = sample.product(sample.search()[0])
    products.save(sample, replace(before, title="Another name"))
    assert sample.product(before.id or 0).edited == ("title",)
    history.undo(sample)
    assert sample.product(before.id or 0) == before


def test_saving_without_a_change_is_no_action(sample: Shop) -> None:
    product, actions = sample.product(sample.search()[0]), sample.actions()
    products.save(sample, product)
    assert sample.actions() == actions


def test_a_product_without_a_name_is_refused(shop: Shop) -> None:
    with pytest.raises(UserError):
        products.save(shop, Product("  "))
    assert shop.counts().products == 0


def test_archived_products_leave_the_list_and_come_back(sample: Shop) -> None:
    ids = list(sample.search())[:2]
    products.archive(sample, ids)
    assert not set(ids) & set(sample.search())
    products.restore(sample, ids)
    assert set(ids) <= set(sample.search())


def test_two_products_with_one_sku_are_both_named(shop: Shop) -> None:
    from desktop_app.records import Variant

    for title in ("One", "Two"):
        products.save(shop, Product(title, variants=(Variant(sku="X"),)))
    with pytest.raises(UserError, match="id:"):
        products.find_one(shop, "X")
