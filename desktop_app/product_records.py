"""The records of the catalogue: products with their facts, pictures and variants, and the files they came from."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

FactKind = Literal[
    "material", "colour", "size", "weight", "volume", "count", "origin", "age", "care", "power", "compatibility",
    "contents", "scent", "certificate", "price", "stock", "brand", "category", "style", "feature", "free",
]  # fmt: skip
ProductStatus = Literal["active", "draft", "archived"]


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing known about a product, as the merchant wrote it, and where it came from."""

    name: str
    value: str
    unit: str = ""
    kind: FactKind = "free"
    language: str = ""
    source: str = ""  # "column:Colour", "option:Size", "tag", "merchant"
    at: str = ""
    id: int | None = None

    @property
    def said(self) -> str:
        """What the fact says, in a line: a text that was told this is stale once it says something else."""
        return f"{self.name}: {self.value} {self.unit}".rstrip(" ")


@dataclass(frozen=True, slots=True)
class Image:
    """A picture of a product: a web address or a file path, never fetched unasked."""

    address: str
    alt: str = ""
    position: int = 0
    id: int | None = None


@dataclass(frozen=True, slots=True)
class Variant:
    """One thing that can be put in a basket. Every product has at least one."""

    sku: str = ""
    barcode: str = ""
    options: tuple[tuple[str, str], ...] = ()  # (("Size", "M"), ("Colour", "red"))
    price: Decimal | None = None
    compare_at: Decimal | None = None
    cost: Decimal | None = None
    stock: int | None = None  # None: not counted
    weight_grams: Decimal | None = None
    image: str = ""
    extra: tuple[tuple[str, str], ...] = ()  # columns without a field of their own, kept for export
    position: int = 0
    id: int | None = None


@dataclass(frozen=True, slots=True)
class Product:
    """A product as the shop knows it, with all its parts."""

    title: str
    handle: str = ""
    description: str = ""  # as it stands in the shop system, HTML where the file held HTML
    vendor: str = ""
    category: str = ""
    tags: tuple[str, ...] = ()
    status: ProductStatus = "active"
    language: str = ""
    seo_title: str = ""
    seo_description: str = ""
    facts: tuple[Fact, ...] = ()
    variants: tuple[Variant, ...] = ()
    images: tuple[Image, ...] = ()
    extra: tuple[tuple[str, str], ...] = ()
    source_file: int | None = None  # the imported file this came from …
    source_row: int | None = None  # … and the row of its record there (1 is the header row)
    edited: tuple[str, ...] = ()  # names of the fields the merchant changed by hand since the last import
    id: int | None = None
    updated: str = ""

    @property
    def sku(self) -> str:
        """The first variant's SKU, which is how most shops name a product."""
        return next((v.sku for v in self.variants if v.sku), "")


@dataclass(frozen=True, slots=True)
class ProductRow:
    """One line of the product table: just what a list shows."""

    id: int
    title: str
    sku: str
    status: ProductStatus
    price_low: Decimal | None
    price_high: Decimal | None
    stock: int | None
    variants: int
    text: Literal["missing", "present", "draft", "approved"]  # present: the file brought a description


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file that was imported, its bytes kept so that it can be given back with only the texts changed."""

    name: str
    sha256: str
    data: bytes  # as the merchant gave it; empty where a list of files is asked for
    format: str
    encoding: str
    plan: str  # JSON: how it was read (formats.plan_of), enough to find every cell again
    imported: str = ""
    id: int | None = None
