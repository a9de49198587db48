"""The labelled sentences of a set and the products they speak of, for `first_looks.py` and `reader.py`."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

from desktop_app.records import Fact, Product, Variant

OLDEST = ("claims", "sample", "more", "third", "fresh")  # these lie side by side; the others have folders


def sets_of(claims: Path, name: str, language: str) -> tuple[list[dict[str, Any]], dict[str, Product]]:
    """Return the sentences of a set and all products by id; sets that are kept sealed are refused."""
    if name.startswith("sealed"):
        raise ValueError("A sealed set is counted and never learned from.")
    raw = [json.loads((claims / f"products.{n}{language}.json").read_text("utf-8")) for n in _PARTS]
    known = {str(p["id"]): _product(p) for some in raw for p in some}
    sample = json.loads((claims.parents[2] / "assets" / "sample" / f"products.{language}.json").read_text("utf-8"))
    known |= {p["handle"]: _product(p) for p in sample["products"]}
    files = [claims / f"{name}.{language}.jsonl"]
    if name not in OLDEST:
        files = sorted((claims / name).glob(f"*.{language}.jsonl"))
        for path in sorted((claims / name).glob(f"products.*{language}.json")):
            known |= {str(p["id"]): _product(p) for p in json.loads(path.read_text("utf-8"))}
    rows = [json.loads(line) for path in files for line in path.read_text("utf-8").splitlines() if line.strip()]
    return rows, known


_PARTS = ("", "more.", "third.", "fresh.")


def _product(raw: dict[str, Any]) -> Product:
    found = tuple(Fact(f["name"], str(f["value"]), f.get("unit") or "") for f in raw.get("facts", ()))
    variants = _given(raw) if "variants" in raw else _made(raw)
    return Product(
        raw["title"], category=raw.get("category") or "", tags=tuple(raw.get("tags") or ()), facts=found,
        variants=variants,
    )  # fmt: skip


def _given(raw: dict[str, Any]) -> tuple[Variant, ...]:
    return tuple(
        Variant(
            options=tuple((n, v) for n, v in v.get("options", ())), price=Decimal(v["price"]), stock=v.get("stock"),
            weight_grams=Decimal(v["weight_grams"]) if v.get("weight_grams") else None,
        )
        for v in raw["variants"]
    )  # fmt: skip


def _made(raw: dict[str, Any]) -> tuple[Variant, ...]:
    options = raw.get("options") or {}
    pairs = options.items() if isinstance(options, dict) else [(o["name"], o["values"]) for o in options]
    values = [(name, v if isinstance(v, list) else [v]) for name, v in pairs]
    price = None if raw.get("price") in (None, "") else Decimal(str(raw["price"]).strip("$¥€£"))
    return tuple(
        Variant(options=tuple((n, str(v[min(i, len(v) - 1)])) for n, v in values), price=price, stock=raw.get("stock"))
        for i in range(max([len(v) for _n, v in values], default=1))
    )
