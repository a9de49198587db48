"""The names people know for what a column can hold and for what an import changes."""

from __future__ import annotations

import re

from desktop_app.words import _

LEAVE_OUT = "ignore"
KEPT = ("extra", "variant.extra")

# Written where the catalogue of words is made from, translated where they are shown.
_NAMES = {
    "title": "Product name",
    "sku": "SKU",
    "handle": "Name in the web address (handle)",
    "barcode": "Barcode",
    "description": "Description",
    "short_description": "Short description",
    "price": "Price",
    "sale_price": "Sale price",
    "compare_at": "Price before (compare-at)",
    "cost": "Cost price",
    "stock": "Stock",
    "weight": "Weight",
    "weight_unit": "Unit of weight",
    "vendor": "Brand or maker",
    "category": "Category",
    "tags": "Tags",
    "status": "Status",
    "image": "Picture",
    "images": "More pictures",
    "image.alt": "Words for the picture",
    "seo_title": "Search title",
    "seo_description": "Search description",
    "language": "Language",
    "id": "Number in the shop system",
    "parent": "Belongs to (parent)",
}
# What only the columns of a known shop system hold: shown, not offered.
_OWN = {
    "published": "Published or not",
    "variant.image": "Picture of the variant",
    "tracker": "Whether stock is counted",
    "taxonomy": "Category in the system’s own list",
    "grams": "Weight in grams",
    "image.position": "Order of the pictures",
    "type": "Kind of row",
    "store_view": "View of the shop (language)",
    "facts": "Facts",
    "product.id": "Which product: its number",
    "product.reference": "Which product: its code",
    "combination.names": "Names of the options",
    "combination.values": "Values of the options",
    "surcharge": "What it costs more",
    "surcharge.weight": "What it weighs more",
    "barcode.more": "Another barcode",
    "variant.image.place": "Which of the product’s pictures",
    "variants": "Variants, prices and stock",
    "extra": "Other columns",
}
_NUMBERED = re.compile(r"(option|attribute)(\d+)\.(name|value)")
_PARTS = {
    ("option", "name"): "Option {n}: its name",
    ("option", "value"): "Option {n}: its value",
    ("attribute", "name"): "Attribute {n}: its name",
    ("attribute", "value"): "Attribute {n}: its value",
}
# The order in which a person looks for them; what the formats room does not know is left out where it is offered.
TARGETS = tuple(_NAMES)
_NAMES |= _OWN


def of(field: str) -> str:
    """Return what ``field`` is called: a product's field, a mapper's target, "fact:Material"."""
    kind, _colon, name = field.partition(":")
    if kind == "fact":
        return _("Fact: {name}", name=name)
    if kind == "option":
        return _("Option: {name}", name=name)
    if field == LEAVE_OUT:
        return _("Leave out")
    if field in KEPT or kind == "keep":
        return _("Kept as it stands")
    numbered = _NUMBERED.fullmatch(field)
    if numbered:
        kind, number, part = numbered.groups()
        return _(_PARTS[kind, part], n=number)
    return _(_NAMES[field]) if field in _NAMES else field


FORMATS = {
    "shopify": "Shopify",
    "shopify-legacy": "Shopify, older columns",
    "woocommerce": "WooCommerce",
    "table": "A table of products",
}
ENCODINGS = ("utf-8", "gb18030", "utf-16", "big5", "cp1252", "shift_jis", "euc-kr", "cp1251", "iso8859-1")


def format_name(key: str) -> str:
    """Return the name of a format."""
    return _(FORMATS[key]) if key in FORMATS else key
