"""Small products for the tests of the language room."""

from __future__ import annotations

from decimal import Decimal

from desktop_app.records import Fact, Product, Variant


def product(
    title: str, *facts: tuple[str, ...], options: dict[str, list[str]] | None = None, **more: object
) -> Product:
    """Make a product from a title and (name, value[, unit]) facts; options become variants."""
    names = list(options or {})
    variants = [Variant(price=Decimal("24.90"))]
    if options:
        longest = max(len(v) for v in options.values())
        variants = [
            Variant(options=tuple((n, options[n][min(i, len(options[n]) - 1)]) for n in names), price=Decimal("24.90"))
            for i in range(longest)
        ]
    return Product(title, facts=tuple(Fact(*f) for f in facts), variants=tuple(variants), **more)  # type: ignore[arg-type]


BOARD = product(
    "Bamboo cutting board",
    ("Material", "bamboo"),
    ("Size", "38 × 25", "cm"),
    ("Features", "juice groove"),
    ("Features", "non-slip feet"),
    ("Care", "wash by hand"),
)
BOARD_ZH = product(
    "竹砧板",
    ("材质", "竹子"),
    ("尺寸", "38 × 25", "厘米"),
    ("特点", "汁槽、防滑脚垫"),
    ("清洁保养", "手洗"),
    language="zh",
)
