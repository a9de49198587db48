"""The merchant's own file comes back with the approved texts in it and every other byte as it was."""

from __future__ import annotations

import codecs
import csv
import io
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop_app import formats
from desktop_app.errors import UserError

FILES = [
    "shopify_product_data_packt.csv", "woocommerce_sample_products.csv", "magento2_configurable_products.csv",
    "magento2_gear_bags.csv", "prestashop_thirtybees_products_import.csv", "etsy_listings_italian_headers.csv",
]  # fmt: skip


def changed_range(before: bytes, after: bytes) -> tuple[int, int]:
    """Return where the first and the last byte differ, in ``before``."""
    start = next(
        (n for n, (a, b) in enumerate(zip(before, after, strict=False)) if a != b), min(len(before), len(after))
    )
    tail = 0
    while tail < min(len(before), len(after)) - start and before[-1 - tail] == after[-1 - tail]:
        tail += 1
    return start, len(before) - tail


@pytest.mark.parametrize("name", FILES)
def test_only_the_cell_of_that_product_changes(
    catalog: Path, written: Callable[..., Path], whole: Callable[..., Any], name: str
) -> None:
    data = (catalog / name).read_bytes()
    before = whole(catalog / name)
    product = before.products[len(before.products) // 2]
    new = formats.put_texts(data, before.reading.plan, {product.source_row: {"description": 'New, "plain" text.'}})
    start, end = changed_range(data, new)
    record = records_with_offsets(data)[product.source_row - 1]
    assert record[0] <= start <= end <= record[1]
    after = whole(written(new, name))
    assert len(after.products) == len(before.products)
    for old, now in zip(before.products, after.products, strict=True):
        if old is product:
            assert now.description in {'New, "plain" text.', '<p>New, "plain" text.</p>'}
        else:
            assert old == now


def records_with_offsets(
    data: bytes, encoding: str = "utf-8", mark: bytes = b"", delimiter: str = ","
) -> list[tuple[int, int]]:
    """Return the first and the last byte of each record, found with the csv module alone."""
    spans, at = [], len(mark)
    lines = io.StringIO(data.removeprefix(mark).decode(encoding), newline="").readlines()
    reader = csv.reader(lines, delimiter=delimiter)
    used = 0
    for _cells in reader:
        size = sum(len(line.encode(encoding)) for line in lines[used : reader.line_num])
        spans.append((at, at + size))
        at, used = at + size, reader.line_num
    return spans


CELL = st.text(st.characters(codec="gb18030", exclude_categories=["Cs", "Cc"]), max_size=12) | st.sampled_from(
    ['say "hi"', "a,b", "x;y", "two\nlines", "", "=1+1", "中文", "<p>html</p>", " padded "]
)
ENCODINGS = [
    ("utf-8", b""),
    ("utf-8", codecs.BOM_UTF8),
    ("gb18030", b""),
    ("utf-16-le", codecs.BOM_UTF16_LE),
    ("utf-16-be", b""),
]


@given(
    rows=st.lists(st.tuples(CELL, CELL), min_size=1, max_size=5), text=CELL.map(lambda t: t + " new"),
    way=st.sampled_from(ENCODINGS),
    mark=st.sampled_from([",", ";", "\t"]), end=st.sampled_from(["\n", "\r\n"]), every=st.booleans(), data=st.data(),
)  # fmt: skip
@settings(max_examples=150, deadline=None)
def test_any_change_touches_one_cell_of_one_record(
    rows: list[tuple[str, str]],
    text: str,
    way: tuple[str, bytes],
    mark: str,
    end: str,
    every: bool,
    data: st.DataObject,
) -> None:
    table = [["sku", "title", "description", "price"]]
    table += [[f"A{n}", f"商品 {title}".strip(), about, "5"] for n, (title, about) in enumerate(rows)]
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=mark, lineterminator=end, quoting=csv.QUOTE_ALL if every else csv.QUOTE_MINIMAL)
    writer.writerows(table)
    content = way[1] + out.getvalue().encode(way[0])
    place = data.draw(st.integers(0, len(rows) - 1))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "table.csv"
        path.write_bytes(content)
        reading = formats.look(path, encoding=way[0], delimiter=mark, mapping={"description": "description"})
    new = formats.put_texts(content, reading, {place + 2: {"title": text}})
    back = list(csv.reader(io.StringIO(new.removeprefix(way[1]).decode(way[0]), newline=""), delimiter=mark))
    table[place + 1][1] = text
    assert back == table
    start, stop = changed_range(content, new)
    first, last = records_with_offsets(content, *way, mark)[place + 1]
    assert first <= start <= stop <= last


def test_quoting_follows_the_file(written: Callable[..., Path]) -> None:
    content = b'"sku","title","description"\r\n"A1","Mug",""\r\n"A2","Cup","x"\r\n'
    reading = formats.look(written(content))
    new = formats.put_texts(content, reading, {2: {"description": "Blue"}})
    assert new == content.replace(b'"Mug",""', b'"Mug","Blue"')


def test_encoding_that_cannot_say_a_character_names_it(written: Callable[..., Path]) -> None:
    content = "sku,title,description\nA1,Tasse à thé,créée\nA2,Théière,née\n".encode("cp1252")
    reading = formats.look(written(content))
    with pytest.raises(UserError, match="杯"):
        formats.put_texts(content, reading, {2: {"description": "une 杯"}})


def test_file_without_description_column_says_so(written: Callable[..., Path]) -> None:
    content = b"sku,title,price\nA1,Mug,5\n"
    reading = formats.look(written(content))
    with pytest.raises(UserError, match="no column for descriptions"):
        formats.put_texts(content, reading, {2: {"description": "Blue"}})


def test_row_that_is_not_there_says_so(written: Callable[..., Path]) -> None:
    content = b"sku,title,description\nA1,Mug,x\n"
    reading = formats.look(written(content))
    with pytest.raises(UserError, match="no row 9"):
        formats.put_texts(content, reading, {9: {"description": "Blue"}})


def test_short_row_gets_the_cells_it_lacks(written: Callable[..., Path]) -> None:
    content = b"sku,title,price,description\nA1,Mug\nA2,Cup,5,x\n"
    reading = formats.look(written(content))
    assert formats.put_texts(content, reading, {2: {"description": "Blue"}}) == content.replace(
        b"A1,Mug\n", b"A1,Mug,,Blue\n"
    )


def test_html_columns_get_paragraphs_and_plain_ones_do_not(written: Callable[..., Path]) -> None:
    html = b"sku,title,description\nA1,Mug,<p>x</p>\nA2,Cup,\n"
    plain = b"sku,title,description\nA1,Mug,x\nA2,Cup,\n"
    for content, shown in ((html, b"<p>a</p><p>b &amp; c</p>"), (plain, b'"a\n\nb & c"')):
        reading = formats.look(written(content))
        assert formats.put_texts(content, reading, {3: {"description": "a\n\nb & c"}}) == content.replace(
            b"Cup,", b"Cup," + shown
        )


def test_damaged_bytes_elsewhere_stay_as_they_are(written: Callable[..., Path]) -> None:
    content = (
        "sku,title,description\nA1,杯子很大很好看很大很好看,x\nA2,".encode()
        + b"\xff\xfe\n"
        + "A3,杯子很大很好看很大,y\n".encode()
    )
    reading = formats.look(written(content))
    new = formats.put_texts(content, reading, {4: {"description": "蓝"}})
    assert new == content[:-2] + "蓝\n".encode()
