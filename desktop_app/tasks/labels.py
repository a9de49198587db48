"""What stands on the labels of products: name, options, price, and the bars of its code."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from desktop_app.formats import barcodes
from desktop_app.formats.barcodes import Bars
from desktop_app.shop import Shop

Count = Literal["one", "stock"]
MOST = 5000  # labels of one file


@dataclass(frozen=True, slots=True)
class Label:
    """One label; ``bars`` is None where the variant has neither barcode nor SKU that bars can say."""

    title: str
    options: str
    sku: str
    price: Decimal | None
    bars: Bars | None


def labels(shop: Shop, products: Sequence[int], count: Count = "one") -> list[Label]:
    """Return the labels of all variants of these products, one each or one for each piece in stock."""
    found: list[Label] = []
    for start in range(0, len(products), 500):
        for product in shop.products(products[start : start + 500]):
            for variant in product.variants:
                options = ", ".join(value for _name, value in variant.options)
                bars = barcodes.bars(variant.barcode) or barcodes.bars(variant.sku)
                label = Label(product.title, options, variant.sku, variant.price, bars)
                found += [label] * (1 if count == "one" else max(variant.stock or 0, 0))
    return found[:MOST]
