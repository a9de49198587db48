"""What goes out to WooCommerce comes back the same, for what the file can carry."""

from __future__ import annotations

import csv
import tempfile
import threading
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desktop_app import formats
from desktop_app.errors import Cancelled
from desktop_app.records import Fact, Image, Product, Variant

STOP = threading.Event()
SPECIAL = ["two, with comma", "أحمر وأزرق", "红色 亚麻", "🧵 thread", 'a "quoted" one', "+49"]
WORD = st.one_of(st.sampled_from(SPECIAL), st.text("abcdefgXYZ红蓝éß0123", min_size=1, max_size=10))
MONEY = st.one_of(st.none(), st.decimals(1, 9999, places=2))


@st.composite
def products(draw: st.DrawFn) -> list[Product]:
    made = []
    for number in range(draw(st.integers(1, 4))):
        names = draw(st.lists(st.sampled_from(["Size", "Colour", "尺码", "Fit, cut"]), max_size=3, unique=True))
        variants = []
        for place in range(1, (draw(st.integers(1, 4)) if names else 1) + 1):
            price = draw(MONEY)
            compare = draw(st.one_of(st.none(), st.just(price + 5))) if price is not None else None
            variants.append(
                Variant(
                    f"SKU-{number}-{place}", draw(st.sampled_from(["", "4006381333931"])),
                    tuple((name, draw(WORD)) for name in names), price, compare, None,
                    draw(st.one_of(st.none(), st.integers(-9, 999))),
                    draw(st.one_of(st.none(), st.integers(1, 99999).map(Decimal))), position=place,
                )
            )  # fmt: skip
        images = tuple(
            Image(f"https://x.example/{number}-{n}.jpg", "", n) for n in range(1, draw(st.integers(0, 3)) + 1)
        )
        tags = tuple(draw(st.lists(WORD, max_size=3, unique=True)))
        made.append(
            Product(draw(WORD), "", "<p>Blue, round</p>", "", draw(WORD), tags, draw(st.sampled_from(["active", "draft"])),
                    variants=tuple(variants), images=images)
        )  # fmt: skip
    return made


@given(products())
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_products_come_back_as_they_went_out(made: list[Product]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "out.csv"
        list(formats.write("woocommerce", [(product, {}) for product in made], path, STOP))
        reading = formats.look(path)
        found = list(formats.read(reading, STOP))
    assert reading.format == "woocommerce"
    assert [replace(p, facts=(), source_row=None) for p in found if isinstance(p, Product)] == made


@pytest.mark.parametrize("name", ["woocommerce_sample_products.csv", "woocommerce_importer_unittest.csv"])
def test_real_export_keeps_names_variants_prices_and_pictures(
    catalog: Path, tmp_path: Path, whole: Callable[..., Any], name: str
) -> None:
    before = whole(catalog / name).products
    list(formats.write("woocommerce", [(p, {}) for p in before], tmp_path / "out.csv", STOP))
    after = whole(tmp_path / "out.csv")
    assert after.reading.format == "woocommerce"
    assert [_kept(p) for p in after.products] == [_kept(p) for p in before]


def test_losses_are_said_and_only_where_something_is_lost() -> None:
    assert formats.losses("woocommerce", [Product("Mug", variants=(Variant("M"),))]) == []
    full = Product(
        "Mug", status="archived", language="zh", seo_title="A mug", facts=(Fact("Care", "cold; dry flat"),),
        variants=(Variant(options=(("Size", "M"),), price=Decimal(9), compare_at=Decimal(8), cost=Decimal(1)),),
    )  # fmt: skip
    assert len(formats.losses("woocommerce", [full])) == 7


def test_code_of_a_parent_is_nobody_elses(tmp_path: Path) -> None:
    one = Product("Tee", "tee", variants=(Variant("tee", options=(("Size", "M"),)),))
    list(formats.write("woocommerce", [(one, {}), (replace(one, variants=(
        Variant("other", options=(("Size", "M"),)),)), {})], tmp_path / "out.csv", STOP))  # fmt: skip
    with (tmp_path / "out.csv").open(encoding="utf-8", newline="") as file:
        codes = [row["SKU"] for row in csv.DictReader(file)]
    assert codes == ["tee-2", "tee", "tee-3", "other"]


def test_stopping_leaves_no_file(tmp_path: Path) -> None:
    stop = threading.Event()
    stop.set()
    with pytest.raises(Cancelled):
        list(formats.write("woocommerce", [(Product("Mug"), {})], tmp_path / "out.csv", stop))
    assert not list(tmp_path.iterdir())


def _kept(product: Product) -> tuple[object, ...]:
    goods = [
        (v.sku, v.options, v.price, v.compare_at if v.price is None or (v.compare_at or 0) > v.price else None, v.stock,
         v.weight_grams, v.image)
        for v in product.variants
    ]  # fmt: skip
    return product.title, product.description, product.category, product.tags, product.status, product.images, goods


def test_russian_headers_are_read(tmp_path: Path, whole: Callable[..., Any]) -> None:
    head = "ID;Тип;Артикул;Имя;Опубликован;Описание;Запасы;Базовая цена;Категории;Родительский"
    head += ";Название атрибута 1;Значение(-я) аттрибута 1\n"
    rows = "1;variable;T;Футболка;1;Хлопок;;;Одежда;;Размер;S, M\n2;variation;T-S;Футболка - S;1;;5;990;;T;Размер;S\n"
    (tmp_path / "ru.csv").write_text(head + rows, "utf-8-sig")
    found = whole(tmp_path / "ru.csv")
    assert found.reading.format == "woocommerce"
    tee = found.products[0]
    assert (tee.title, tee.category) == ("Футболка", "Одежда")
    assert [(v.sku, v.options, v.price, v.stock) for v in tee.variants] == [
        ("T-S", (("Размер", "S"),), Decimal(990), 5)
    ]
