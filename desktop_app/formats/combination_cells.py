"""What stands in the two files PrestaShop takes: a product without its variants, and what each variant adds to it."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import TYPE_CHECKING

from desktop_app.formats import combinations

if TYPE_CHECKING:
    from desktop_app.formats.layout_rows import Line


def _decimal(value: Decimal | None) -> str:
    return "" if value is None else f"{value:f}"


def _kept(line: Line, name: str) -> str:
    return dict(line.product.extra).get(name, "")


def _reference(line: Line) -> str:
    """Return the product's own code: with variants it is none of theirs."""
    return (_kept(line, combinations.REFERENCE) or line.family) if line.varies else line.sold.sku


def _price(line: Line) -> str:
    return _decimal(combinations.base_of(line.product)[0] if line.varies else line.product.variants[0].price)


def _grams(line: Line) -> Decimal | None:
    return combinations.base_of(line.product)[1] if line.varies else line.product.variants[0].weight_grams


def _kg(line: Line) -> str:
    grams = _grams(line)
    return "" if grams is None else _decimal(grams / 1000)


def _more(line: Line) -> str:
    base = combinations.base_of(line.product)[0]
    return "0" if base is None or line.sold.price is None else _decimal(combinations.tidy(line.sold.price - base))


def _heavier(line: Line) -> str:
    base = _grams(line)
    more = Decimal(0) if line.sold.weight_grams is None else line.sold.weight_grams - (base or 0)
    return _decimal(combinations.tidy(more / 1000))


def _options(line: Line) -> list[tuple[str, str]]:
    """Return the options of a variant; PrestaShop takes none without, so one that has none goes by its code."""
    said = list(line.sold.options) or [("Variant", line.sold.sku or str(line.place + 1))]
    return [(_one(name), _one(value)) for name, value in said]


def _one(text: str) -> str:
    """Return a part of a list without the marks that divide the list."""
    return text.replace(",", ";").replace(":", "-")


def _names(line: Line) -> str:
    return ", ".join(f"{name}:select:{n}" for n, (name, _value) in enumerate(_options(line)))


def _values(line: Line) -> str:
    return ", ".join(f"{value}:{n}" for n, (_name, value) in enumerate(_options(line)))


def _default(line: Line) -> str:
    said = [n for n, v in enumerate(line.product.variants) if dict(v.extra).get("Default") == "1"]
    return "1" if line.place == (said[0] if said else 0) else "0"


CELLS: dict[str, Callable[[Line], str]] = {
    "ps.id": lambda line: _kept(line, combinations.ID),
    "ps.reference": _reference,
    "ps.price": _price,
    "ps.kg": _kg,
    "ps.cost": lambda line: "" if line.varies else _decimal(line.sold.cost),
    "ps.barcode": lambda line: "" if line.varies else line.sold.barcode,
    "ps.stock": lambda line: _stock(line),
    "ps.names": _names,
    "ps.values": _values,
    "ps.more": _more,
    "ps.heavier": _heavier,
    "ps.default": _default,
}


def _stock(line: Line) -> str:
    """Return the count of a product; with variants it is theirs, and stands with them."""
    return "" if line.varies or line.sold.stock is None else str(line.sold.stock)
