"""Products are found from the first character typed, in any script."""

from __future__ import annotations

from dataclasses import replace

import pytest

from desktop_app.records import Draft, Fact, Product, Variant
from desktop_app.shop import Shop, words

PRODUCTS = {
    "竹砧板 Board": Product(
        "竹砧板 Board", description="<p>Made of <b>bamboo</b>&nbsp;&amp; oil</p>", tags=("厨房用品",),
        variants=(Variant("KIT-0012"),),
    ),
    "Été Mug": Product(
        "Été Mug", vendor="Große Töpferei", facts=(Fact("Volume", "350", "ml"),),
        variants=(Variant("=1+1", "4006381333931"),),
    ),
    "100% Linen": Product("100% Linen", variants=(Variant("L/1", options=(("Colour", "ÉCRU"),)), Variant('6"'))),
    "كوب شاي": Product("كوب شاي", description="vitrine"),
    "すし皿セット": Product("すし皿セット", variants=(Variant("board-dish"),)),
    "Ｔシャツ👕": Product("Ｔシャツ👕", description="<style>.mug{}</style>Soft"),
    "เสื้อยืด": Product("เสื้อยืด"),
}  # fmt: skip


@pytest.fixture
def stocked(shop: Shop) -> Shop:
    with shop.act("Add"):
        shop.add(PRODUCTS.values())
    return shop


def titles(shop: Shop, *args: object, **wishes: object) -> list[str]:
    return [p.title for p in shop.products(shop.search(*args, **wishes))]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("竹", ["竹砧板 Board"]),
        ("砧", ["竹砧板 Board"]),
        ("砧板", ["竹砧板 Board"]),
        ("板砧", []),
        ("b", ["竹砧板 Board", "すし皿セット"]),
        ("BOA", ["竹砧板 Board", "すし皿セット"]),
        ("竹 board", ["竹砧板 Board"]),
        ("board 竹", ["竹砧板 Board"]),
        ("砧板board", ["竹砧板 Board"]),
        ("砧竹", []),
        ("砧板 boa", ["竹砧板 Board"]),
        ("厨房", ["竹砧板 Board"]),
        ("bamboo", ["竹砧板 Board"]),
        ("nbsp", []),
        ("kit-0012", ["竹砧板 Board"]),
        ("KIT-0", ["竹砧板 Board"]),
        ("KIT-", ["竹砧板 Board"]),
        ("KIT0012", ["竹砧板 Board"]),
        ("0012", ["竹砧板 Board"]),
        ("=1+1", ["Été Mug"]),
        ("=", ["Été Mug"]),
        ("%", ["100% Linen"]),
        ('"', ["100% Linen"]),
        ('6"', ["100% Linen"]),
        ("100%", ["100% Linen"]),
        ("l/1", ["100% Linen"]),
        ("ecru", ["100% Linen"]),
        ("ete", ["Été Mug"]),
        ("ÉTÉ", ["Été Mug"]),
        ("grosse top", ["Été Mug"]),
        ("große", ["Été Mug"]),
        ("350 ml", ["Été Mug"]),
        ("4006381333931", ["Été Mug"]),
        ("40063", ["Été Mug"]),
        ("mug & ete", ["Été Mug"]),
        ("شاي", ["كوب شاي"]),
        ("し皿", ["すし皿セット"]),
        ("セット", ["すし皿セット"]),
        ("tシャ", ["Ｔシャツ👕"]),
        ("👕", ["Ｔシャツ👕"]),
        ("ยืด", ["เสื้อยืด"]),
        ("no such thing", []),
        ("*", []),
        ("'", []),
        ("title:mug", []),
        ("NEAR(", []),
        ("mug AND", []),
        ("\0", []),
        ("(((", []),
        ("😀", []),
        ("a" * 5000, []),
    ],
)
def test_what_is_typed_is_found(stocked: Shop, query: str, found: list[str]) -> None:
    assert sorted(titles(stocked, query)) == sorted(found)


def test_a_lone_surrogate_in_a_query_is_passed_over(stocked: Shop) -> None:
    assert stocked.search("\ud800") == []
    assert stocked.search("mug\ud800") == stocked.search("mug")


def test_names_and_codes_come_before_facts_and_text(shop: Shop) -> None:
    with shop.act("Add"):
        shop.add([
            Product("A tray", description="for an oak table"),
            Product("Oak tray"),
            Product("B tray", variants=(Variant("OAK-1"),)),
            Product("C tray", facts=(Fact("Material", "oak"),)),
        ])  # fmt: skip
    assert titles(shop, "oak") == ["B tray", "Oak tray", "A tray", "C tray"]
    assert titles(shop, "oak", sort="title", descending=True) == ["Oak tray", "C tray", "B tray", "A tray"]


def test_lists_are_sorted_as_people_read(shop: Shop) -> None:
    with shop.act("Add"):
        shop.add(Product(title) for title in ("zebra", "Été", "eagle", "北京", "阿姨", "Apple", "重庆", "fig"))
    assert titles(shop) == ["Apple", "eagle", "Été", "fig", "zebra", "阿姨", "北京", "重庆"]


def test_lists_are_sorted_by_price_stock_code_and_time_with_unknown_last(shop: Shop) -> None:
    from decimal import Decimal

    with shop.act("Add"):
        shop.add([
            Product("a", variants=(Variant("Z", price=Decimal(5), stock=0), Variant(price=Decimal(1)))),
            Product("b", variants=(Variant("A", price=Decimal("2.5"), stock=9),)),
            Product("c"),
        ])  # fmt: skip
    assert titles(shop, sort="price") == ["a", "b", "c"]
    assert titles(shop, sort="price", descending=True) == ["b", "a", "c"]
    assert titles(shop, sort="stock", descending=True) == ["b", "a", "c"]
    assert titles(shop, sort="sku") == ["b", "a", "c"]
    assert titles(shop, sort="updated", descending=True) == ["c", "b", "a"]


def test_lists_are_filtered_by_text_and_status(stocked: Shop) -> None:
    one, two, three = stocked.search("b")[0], stocked.search("mug")[0], stocked.search("linen")[0]
    with stocked.act("Drafts"):
        draft = stocked.add_draft(Draft(two, "description", "en", "A mug"))
        stocked.add_draft(Draft(three, "title", "en", "A title is no description"))
        stocked.set_status([one], "archived")
    assert stocked.search(text="draft") == [two]
    assert stocked.search(status="archived") == [one]
    assert one not in stocked.search("b")
    assert stocked.search("b", status="all")[0] == one
    assert three in stocked.search(text="missing")
    with stocked.act("Approve"):
        stocked.set_draft_status([draft.id or 0], "approved")
    assert stocked.search("mug", text="approved") == [two]
    stocked.undo(2)
    assert stocked.search(text="draft") == []
    assert two in stocked.search(text="missing")
    assert one in stocked.search()


def test_a_change_is_found_at_once_and_no_longer_under_its_old_words(stocked: Shop) -> None:
    (id,) = stocked.search("mug")
    with stocked.act("Rename"):
        stocked.replace(replace(stocked.product(id), title="Becher"))
    assert stocked.search("mug") == []
    assert stocked.search("becher") == [id]
    stocked.undo()
    assert (stocked.search("mug"), stocked.search("becher")) == ([id], [])


def test_another_programs_writes_are_noticed(stocked: Shop) -> None:
    seen, before = stocked.version(), stocked.search()
    assert not stocked.changed_since(seen)
    with Shop.open(stocked.path) as other, other.act("Add"):
        other.add([Product("Aa new")])
    assert stocked.changed_since(seen)
    assert len(stocked.search()) == len(before) + 1
    seen = stocked.version()
    with stocked.act("Add"):
        stocked.add([Product("Mine")])
    assert stocked.changed_since(seen)


def test_ids_are_plain_numbers(stocked: Shop) -> None:
    assert {type(id) for id in stocked.search("b")} == {int}
    assert stocked.rows(stocked.search("竹"))[0].title == "竹砧板 Board"


def test_text_that_only_looks_like_markup_is_kept() -> None:
    assert words.plain("5 < 6 and 7 > 2") == "5 < 6 and 7 > 2"
    assert words.plain("<p>a</p><script>x()</script>&eacute;").split() == ["a", "é"]
