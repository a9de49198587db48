"""What goes out to Shopify comes back the same, for what the file can carry."""

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
from desktop_app.errors import Cancelled, UserError
from desktop_app.formats import outgoing
from desktop_app.records import Fact, Image, Product, Variant

STOP = threading.Event()
HEADERS = Path(__file__).parents[2] / "assets" / "formats" / "shopify.toml"

SPECIAL = [
    "=1+1",
    'a "quoted" one',
    "two, with comma",
    "أحمر وأزرق",
    "红色 亚麻",
    "🧵 thread",
    "semi;colon",
    "+49",
    "@home",
    "-5",
]
LETTERS = st.characters(codec="utf-8", exclude_categories=["C", "Z"], exclude_characters="'\ufffd\ufeff")
WORD = st.one_of(st.sampled_from(SPECIAL), st.text(LETTERS, min_size=1, max_size=12))
CODE = st.one_of(st.just(""), WORD).filter(lambda code: not code.startswith('="'))
MONEY = st.one_of(st.none(), st.decimals(0, 9999, places=2))
HTML = st.lists(st.text(st.one_of(LETTERS, st.just(" "), st.just("\n")), max_size=40), max_size=3).map(
    lambda parts: "".join(f"<p>{part.replace('<', '').replace('>', '')}</p>" for part in parts)
)


@st.composite
def products(draw: st.DrawFn) -> list[Product]:
    made = []
    for number in range(draw(st.integers(1, 4))):
        names = draw(st.lists(WORD.filter(lambda n: n != "Title"), max_size=3, unique=True))
        count = draw(st.integers(1, 4)) if names else 1
        variants = tuple(
            Variant(
                sku=draw(CODE), barcode=draw(CODE), options=tuple((name, draw(WORD)) for name in names),
                price=draw(MONEY), compare_at=draw(MONEY), cost=draw(MONEY),
                stock=draw(st.one_of(st.none(), st.integers(-9, 999))),
                weight_grams=draw(st.one_of(st.none(), st.integers(1, 99999).map(Decimal))),
                image=draw(st.sampled_from(["", "https://x.example/v.jpg"])), position=place,
            )
            for place in range(1, count + 1)
        )  # fmt: skip
        images = tuple(
            Image(f"https://x.example/{number}-{place}.jpg", draw(st.one_of(st.just(""), WORD)), place)
            for place in range(1, draw(st.integers(0, 5)) + 1)
        )
        tags = draw(st.lists(WORD.filter(lambda t: not set(t) & set(",:=")), max_size=3, unique=True))
        made.append(
            Product(
                draw(WORD), f"handle-{number}", draw(HTML), draw(CODE), draw(CODE), tuple(tags),
                draw(st.sampled_from(["active", "draft", "archived"])),
                seo_title=draw(CODE), seo_description=draw(CODE),
                variants=variants, images=images,
            )
        )  # fmt: skip
    return made


@given(products())
@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_products_come_back_as_they_went_out(made: list[Product]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "out.csv"
        list(formats.write("shopify", [(product, {}) for product in made], path, STOP))
        reading = formats.look(path)
        found = list(formats.read(reading, STOP))
    back = [replace(p, facts=(), source_row=None) for p in found if isinstance(p, Product)]
    assert reading.format == "shopify"
    assert back == made


def test_real_export_survives_the_new_dialect(catalog: Path, tmp_path: Path, whole: Callable[..., Any]) -> None:
    before = whole(catalog / "shopify_product_data_packt.csv").products
    list(formats.write("shopify", [(p, {}) for p in before], tmp_path / "new.csv", STOP))
    after = whole(tmp_path / "new.csv")
    assert after.reading.format == "shopify"
    assert [replace(p, source_row=None) for p in after.products] == [replace(p, source_row=None) for p in before]


def test_file_has_the_columns_shopify_gives_out_today(tmp_path: Path) -> None:
    list(formats.write("shopify", [(Product("Mug", variants=(Variant(),)), {})], tmp_path / "out.csv", STOP))
    content = (tmp_path / "out.csv").read_bytes()
    names = next(csv.reader([content.decode().splitlines()[0]]))
    assert not content.startswith(b"\xef\xbb\xbf")
    assert names[:3] == ["Title", "URL handle", "Description"]
    assert names[-1] == "Google Shopping / Custom label 4"
    assert len(names) == 57


def test_approved_texts_replace_the_old_ones_as_html(tmp_path: Path, whole: Callable[..., Any]) -> None:
    product = Product("Mug", "mug", "<p>old</p>", variants=(Variant(sku="M"),))
    texts = {
        "description": "Blue & round.\nHolds 0.3 l.\n\nDishwasher safe.",
        "seo": "A blue mug",
        "bullets": "- blue\n- round",
    }
    list(formats.write("shopify", [(product, texts)], tmp_path / "out.csv", STOP))  # type: ignore[list-item]
    back = whole(tmp_path / "out.csv").products[0]
    assert back.description == (
        "<p>Blue &amp; round.<br>Holds 0.3 l.</p><p>Dishwasher safe.</p><ul><li>blue</li><li>round</li></ul>"
    )
    assert back.seo_description == "A blue mug"


def test_products_without_handle_get_one_each(tmp_path: Path, whole: Callable[..., Any]) -> None:
    made = [(Product(title, variants=(Variant(),)), {}) for title in ("Blue Mug", "Blue mug", "青瓷杯", "!!!")]
    list(formats.write("shopify", made, tmp_path / "out.csv", STOP))  # type: ignore[arg-type]
    assert [p.handle for p in whole(tmp_path / "out.csv").products] == ["blue-mug", "blue-mug-2", "青瓷杯", "product-4"]


def test_what_shopify_cannot_carry_is_said() -> None:
    facts = (Fact("Material", "clay", source="column:Material"), Fact("Size", "L", source="option:Size"))
    options = tuple((f"o{n}", "x") for n in range(4))
    lost = formats.losses("shopify", [Product("Mug", facts=facts, language="zh", variants=(Variant(options=options),))])
    assert lost[0].startswith("Facts that have no column")
    assert "more than three options" in lost[1]
    assert "language" in lost[2]
    assert formats.losses("shopify", [Product("Mug", variants=(Variant(),))]) == []


def test_stopped_export_leaves_the_old_file(tmp_path: Path) -> None:
    path, stop = tmp_path / "out.csv", threading.Event()
    path.write_text("old")
    stop.set()
    with pytest.raises(Cancelled):
        list(formats.write("shopify", [(Product("Mug"), {})], path, stop))
    assert path.read_text() == "old"
    assert list(tmp_path.iterdir()) == [path]


def test_scattered_rows_of_one_product_are_one_product(written: Callable[..., Path], whole: Callable[..., Any]) -> None:
    rows = "a,Mug,Size,S,1\nb,Cup,Size,S,2\na,,,M,3\nb,,,M,4\n"
    read = whole(written("Handle,Title,Option1 Name,Option1 Value,Variant Price\n" + rows))
    assert [(p.title, [v.options for v in p.variants]) for p in read.products] == [
        ("Mug", [(("Size", "S"),), (("Size", "M"),)]), ("Cup", [(("Size", "S"),), (("Size", "M"),)]),
    ]  # fmt: skip


def test_metafields_are_facts(written: Callable[..., Path], whole: Callable[..., Any]) -> None:
    head = "Title,URL handle,SKU,Price,Fabric (product.metafields.custom.fabric),Included / Europe\n"
    product = whole(written(head + "Shirt,shirt,S1,9,linen,true\n")).products[0]
    assert [(f.name, f.value, f.kind) for f in product.facts] == [("Fabric", "linen", "material")]
    assert product.extra == (("Included / Europe", "true"),)


def test_plain_text_becomes_paragraphs_and_html_stays() -> None:
    assert outgoing.as_html("a < b\n\nc") == "<p>a &lt; b</p><p>c</p>"
    assert outgoing.as_html("<b>x</b>") == "<b>x</b>"
    assert outgoing.as_html("") == ""


def test_target_that_is_a_folder_is_a_plain_sentence(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="Nothing was changed"):
        list(formats.write("shopify", [(Product("Mug"), {})], tmp_path, STOP))
