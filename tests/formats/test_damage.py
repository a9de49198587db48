"""A file cut anywhere, or with bytes changed anywhere, is read or refused: no other end."""

from __future__ import annotations

import tempfile
import threading
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desktop_app import formats
from desktop_app.errors import UserError
from desktop_app.records import Problem, Product

NAMES = [
    "shopify_product_data_packt.csv", "woocommerce_importer_unittest.csv", "magento2_gear_bags.csv",
    "prestashop_thirtybees_products_import.csv", "etsy_listings_italian_headers.csv",
]  # fmt: skip
ANY = settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def read(data: bytes, name: str = "table.csv") -> tuple[int, int]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_bytes(data)
        try:
            found = list(formats.read(formats.look(path), threading.Event()))
        except UserError:
            return 0, 0
    products = sum(1 for item in found if isinstance(item, Product))
    return products, sum(1 for item in found if isinstance(item, Problem))


@given(name=st.sampled_from(NAMES), cut=st.floats(0, 1), encoding=st.sampled_from(["utf-8", "gb18030", "utf-16"]))
@ANY
def test_file_cut_anywhere_is_read_or_refused(catalog: Path, name: str, cut: float, encoding: str) -> None:
    data = (catalog / name).read_text("utf-8").encode(encoding)
    read(data[: int(len(data) * cut)])


@given(name=st.sampled_from(NAMES), places=st.lists(st.tuples(st.floats(0, 0.999), st.binary(max_size=4)), max_size=6))
@ANY
def test_file_with_bytes_changed_is_read_or_refused(
    catalog: Path, name: str, places: list[tuple[float, bytes]]
) -> None:
    data = bytearray((catalog / name).read_bytes())
    for place, new in places:
        at = int(len(data) * place)
        data[at : at + 3] = new
    read(bytes(data))


@given(st.binary(max_size=600))
@ANY
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    read(data)


@given(st.text(st.sampled_from("a1,;\t\"\n\r|='“ 中é\0"), max_size=120))
@ANY
def test_any_table_of_odd_cells_is_read_or_refused(text: str) -> None:
    read(("sku,title,price\n" + text).encode())


@pytest.mark.parametrize("name", ["shopify_product_data_packt.csv", "etsy_listings_italian_headers.csv"])
def test_nothing_is_lost_without_a_word(catalog: Path, name: str) -> None:
    """Cut inside the last record: all products before it come in, and a problem says the rest."""
    data = (catalog / name).read_bytes()
    whole, none = read(data)
    cut, problems = read(data[:-60])
    assert (none, cut, problems) == (0, whole - (name[0] == "e"), 1)
