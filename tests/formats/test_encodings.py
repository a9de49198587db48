"""A file means the same in every encoding it can be saved in."""

from __future__ import annotations

import codecs
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app import formats
from desktop_app.errors import UserError
from desktop_app.formats import encodings

CHINESE = (
    "商品名称,商家编码,价格,库存,颜色,材质,描述\n"
    '亚麻衬衫,LN-01,199.00,12,白色,亚麻,"柔软、透气。\n适合夏天"\n'
    "陶瓷杯,TC-002,35.5,40,青色,陶瓷,手工拉坯\n"
)
WAYS = [
    ("utf-8", b""), ("utf-8", codecs.BOM_UTF8), ("gb18030", b""),
    ("utf-16-le", codecs.BOM_UTF16_LE), ("utf-16-be", codecs.BOM_UTF16_BE), ("utf-16-le", b""), ("utf-16-be", b""),
]  # fmt: skip


@pytest.mark.parametrize(("encoding", "mark"), WAYS)
def test_chinese_table_reads_the_same_in_every_encoding(
    written: Callable[..., Path], whole: Callable[..., Any], encoding: str, mark: bytes
) -> None:
    read = whole(written(mark + CHINESE.encode(encoding)))
    assert [p.title for p in read.products] == ["亚麻衬衫", "陶瓷杯"]
    assert read.products[0].description == "柔软、透气。\n适合夏天"
    assert {(f.name, f.kind) for f in read.products[1].facts} == {("颜色", "colour"), ("材质", "material")}
    assert read.problems == ()
    assert codecs.lookup(read.reading.encoding).name.startswith(encoding[:6])


@pytest.mark.parametrize(("encoding", "mark"), WAYS)
def test_real_export_reads_the_same_in_every_encoding(
    catalog: Path, written: Callable[..., Path], whole: Callable[..., Any], encoding: str, mark: bytes
) -> None:
    path = catalog / "etsy_listings_italian_headers.csv"
    text = path.read_text("utf-8").replace("\u2013", "-")
    again = whole(written(mark + text.encode(encoding)))
    before = whole(written(text, "before.csv"))
    assert again.products == before.products
    assert replace(again.reading, path=path).signature == before.reading.signature


def test_western_accents_are_not_taken_for_chinese(written: Callable[..., Path], whole: Callable[..., Any]) -> None:
    text = "Référence;Désignation;Prix;Matière\n" + "".join(
        f"R{n};Théière créée à la main n° {n};1{n},50;Céramique émaillée\n" for n in range(9)
    )
    read = whole(written(text, encoding="cp1252"))
    assert read.products[3].title == "Théière créée à la main n° 3"
    assert str(read.products[3].variants[0].price) == "13.50"


def test_two_accents_in_a_row_are_not_taken_for_a_character(
    written: Callable[..., Path], whole: Callable[..., Any]
) -> None:
    read = whole(written("SKU;Bezeichnung;Preis\n1001;Löffel größer;12,50\n1002;Schüssel;9,00\n", encoding="cp1252"))
    assert read.products[0].title == "Löffel größer"


def test_traditional_chinese_is_not_read_as_simplified(written: Callable[..., Path], whole: Callable[..., Any]) -> None:
    rows = "".join(f"A{n},青瓷茶杯 {n} 號,{n}5,手工燒製的茶杯\n" for n in range(9))
    product = whole(written("SKU,商品名稱,價格,商品說明\n" + rows, encoding="big5")).products[2]
    assert (product.title, product.description) == ("青瓷茶杯 2 號", "手工燒製的茶杯")


def test_merchant_may_name_the_encoding(written: Callable[..., Path], whole: Callable[..., Any]) -> None:
    path = written("sku,title,price\nA1,Größe L,5\n", encoding="cp1252")
    assert whole(path, encoding="cp1252").products[0].title == "Größe L"
    with pytest.raises(UserError, match="no encoding called"):
        formats.look(path, encoding="klingon")


@given(st.text(st.characters(codec="utf-8", exclude_characters="\0"), min_size=1))
def test_text_saved_as_utf8_is_always_found_to_be_utf8_or_wide(text: str) -> None:
    found = encodings.detect(("title,sku\n" + text).encode())
    assert found.encoding == "utf-8"
    assert not found.damaged


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("상품명,상품코드,판매가,재고수량\n도자기 컵,KR-1,12000,5\n", "cp949"), ("주문번호,주문일시,수취인명\n1,2026-03-05,김민수\n", "cp949"),
        ("名称,价格,数量\n", "gb18030"), ("商品名称,商家编码,售价\n青瓷花瓶,A,5\n", "gb18030"), ("标题,价格\n水杯,5\n", "gb18030"),
        ("Bezeichnung;Größe\nTasse weiß;groß\n", "cp1252"), ("Nom;Prix\nŒuf à la coque;5\nThé vert 5 m³;3\n", "cp1252"),
        ("Nazwa;Cena\nKsiążka;5\nMały biały kubek;3\nWałek do ciasta;2\n", "cp1250"), ("Widoczność w katalogu;Cena\nvisible;5\n", "cp1250"),
    ],
)  # fmt: skip
def test_korean_and_chinese_are_told_apart_though_their_bytes_fit_both(text: str, encoding: str) -> None:
    assert encodings.detect(text.encode("gbk" if encoding == "gb18030" else encoding)).encoding == encoding
