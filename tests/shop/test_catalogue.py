"""Products go in whole, come out whole, and are changed only where they differ."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from desktop_app.errors import UserError
from desktop_app.records import Draft, Fact, Image, Product, ProductRow, SourceFile, Variant
from desktop_app.shop import Shop

FULL = Product(
    title="竹砧板", handle="board", description="<p>Größe</p>", vendor="V", category="A > B", tags=("a", "b,c"),
    status="draft", language="zh", seo_title="S", seo_description="D",
    facts=(Fact("Material", "bamboo", "", "material", "en", "column:Material", "2026-01-01T00:00:00Z"),
           Fact("Ø", "3", "cm", at="x")),
    variants=(
        Variant("=1+1", "0012", (("Size", "M"), ("Colour", "red")), Decimal("1.2345"), Decimal("20"), Decimal("0"), -3,
                Decimal("453.59237"), "v.jpg", (("Tax code", "7"),), 1),
        Variant("B", stock=None, position=2),
    ),
    images=(Image("https://x/1.jpg", "front", 1), Image("2.svg", "", 2)), extra=(("Gift card", "FALSE"),),
    source_row=7, edited=("title",),
)  # fmt: skip


def without_ids(product: Product) -> Product:
    return replace(
        product, id=None, updated="", facts=tuple(replace(f, id=None) for f in product.facts),
        variants=tuple(replace(v, id=None) for v in product.variants),
        images=tuple(replace(i, id=None) for i in product.images),
    )  # fmt: skip


def test_a_product_comes_back_as_it_went_in(shop: Shop) -> None:
    with shop.act("Add"):
        source = shop.add_source(SourceFile("f", "s", b"", "table", "utf-8", "{}"))
        one, two = shop.add([FULL, replace(FULL, title="Second")], source)
    assert without_ids(shop.product(one)) == replace(FULL, source_file=source)
    assert [p.title for p in shop.products([two, 999, one])] == ["Second", "竹砧板"]
    assert shop.from_sources([source]) == [one, two]
    assert shop.product(one).updated.endswith("Z")


def test_a_product_without_variants_is_given_one(shop: Shop) -> None:
    with shop.act("Add"):
        (id,) = shop.add([Product("Bare", facts=(Fact("a", "b"),))])
    product = shop.product(id)
    assert len(product.variants) == 1
    assert product.facts[0].at == product.updated


def test_many_batches_are_numbered_in_order(shop: Shop) -> None:
    with shop.act("Add"):
        ids = shop.add(Product(f"P{n}") for n in range(5003))
    assert ids == list(range(1, 5004))
    assert shop.product(5003).title == "P5002"


def test_parts_that_did_not_change_keep_their_rows(shop: Shop) -> None:
    with shop.act("Add"):
        (id,) = shop.add([FULL])
    old = shop.product(id)
    brought = replace(without_ids(old), id=id, facts=(Fact("New", "1"), *without_ids(old).facts), images=())
    with shop.act("Edit"):
        shop.replace(brought)
    new = shop.product(id)
    assert [f.id for f in new.facts[1:]] == [f.id for f in old.facts]
    assert new.facts[0].name == "New"
    assert [v.id for v in new.variants] == [v.id for v in old.variants]
    assert new.images == ()
    assert len(shop._file.all("SELECT 1 FROM variants")) == 2


def test_a_part_with_a_known_id_is_changed_in_place(shop: Shop) -> None:
    with shop.act("Add"):
        (id,) = shop.add([FULL])
    old = shop.product(id)
    with shop.act("Edit"):
        shop.replace(replace(old, facts=(replace(old.facts[1], value="4"), old.facts[0])))
    assert [(f.id, f.value) for f in shop.product(id).facts] == [(old.facts[1].id, "4"), (old.facts[0].id, "bamboo")]
    assert shop.actions()[0].changes in (2, 3)  # two facts, and the product's date if the second has turned


def test_the_list_shows_prices_stock_and_what_text_there_is(shop: Shop) -> None:
    with shop.act("Add"):
        one, two = shop.add([FULL, Product("Bare", description="<p> </p>")])
    assert shop.rows([two, one]) == [
        ProductRow(two, "Bare", "", "active", None, None, None, 1, "missing"),
        ProductRow(one, "竹砧板", "=1+1", "draft", Decimal("1.2345"), Decimal("1.2345"), -3, 2, "present"),
    ]


def test_products_are_named_by_sku_handle_or_number(shop: Shop) -> None:
    with shop.act("Add"):
        one, two = shop.add([FULL, Product("Mug", handle="Mug", variants=(Variant("MUG-1"), Variant("mug-1")))])
    assert shop.find("=1+1") == [one]
    assert shop.find(" board ") == [one]
    assert shop.find("MUG-1") == [two]
    assert shop.find("mug") == [two]
    assert shop.find(f"id:{two}") == [two]
    assert shop.find("id:99999999999999999999") == []
    assert shop.find("id:x") == shop.find("") == shop.find("none") == []


def test_many_names_are_looked_up_at_once(shop: Shop) -> None:
    with shop.act("Add"):
        one, two, three = shop.add(
            [FULL, replace(FULL, title="ÉTÉ", handle="e"), Product("Ete", variants=(Variant("X"),))]
        )
    assert shop.lookup("sku", ["=1+1", "X", "none", ""]) == {"=1+1": one, "X": three}
    assert shop.lookup("handle", ["board", "e", "E"]) == {"board": one, "e": two}
    assert shop.lookup("title", ["été", "ete", "竹砧板", "竹"]) == {"été": two, "ete": three, "竹砧板": one}


def test_what_the_shop_holds_is_counted(shop: Shop) -> None:
    assert not shop.has_products()
    with shop.act("Add"):
        one, two, three = shop.add([FULL, Product("b"), Product("c")])
        shop.set_status([three], "archived")
        shop.add_draft(Draft(two, "description", "en", "text"))
    counts = shop.counts()
    assert (counts.products, counts.missing, counts.archived, counts.drafts_waiting) == (2, 0, 1, 1)
    assert shop.has_products()
    assert shop.product(one).status == "draft"


@pytest.mark.parametrize("price", ["1e30", "NaN", "Infinity", "-1e20"])
def test_an_amount_no_file_can_hold_is_refused_plainly(shop: Shop, price: str) -> None:
    with pytest.raises(UserError, match=r"too large|not an amount"), shop.act("Add"):
        shop.add([Product("x", variants=(Variant(price=Decimal(price)),))])
    assert shop.search() == []


def test_a_number_of_pieces_no_file_can_hold_is_refused_plainly(shop: Shop) -> None:
    with pytest.raises(UserError, match="too large"), shop.act("Add"):
        shop.add([Product("x", variants=(Variant(stock=2**70),))])


def test_text_that_is_not_unicode_is_kept_with_a_mark_in_its_place(shop: Shop) -> None:
    with shop.act("Add"):
        one, two = shop.add([Product("fine"), Product("a\ud800b", tags=("\udc00",))])
        shop.set_setting("odd", "\ud800")
    assert shop.product(two).title == "a\ufffdb"
    assert shop.product(two).tags == ("\ufffd",)
    with shop.act("Edit"):
        shop.replace(replace(shop.product(one), title="\udfff", facts=(Fact("\ud800", "x"),)))
    assert shop.product(one).facts[0].name == "\ufffd"
    assert shop.undo(2)


def test_an_unknown_product_is_named_plainly(shop: Shop) -> None:
    with pytest.raises(UserError, match="number 7"):
        shop.product(7)
    with pytest.raises(UserError, match="number 7"), shop.act("Edit"):
        shop.replace(replace(FULL, id=7))
