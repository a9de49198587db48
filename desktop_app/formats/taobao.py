"""What 淘宝助理 packs into one cell: the variants of a product, what their values are called, and pictures.

``skuProps`` is ``price:count:code:pid:vid;pid:vid;`` for each variant, ``propAlias`` ``pid:vid:name;`` (so public code
that writes such files). Values without a name are Taobao's own numbers, which only Taobao can name.
"""

from __future__ import annotations

from decimal import Decimal, InvalidOperation

from desktop_app.records import Variant

# The two properties nearly every variant has, and their commonest values by Taobao's numbers.
_PROPERTIES = {"1627207": "颜色分类", "20509": "尺码", "20549": "鞋码", "20518": "尺码", "20503": "尺码"}
_VALUES = {"28320": "白色", "28341": "黑色", "28326": "红色", "28338": "蓝色"}


def variants(packed: str, aliases: str, whole: Variant) -> tuple[Variant, ...]:
    """Return the variants a cell holds, () for none; ``whole`` is the product as one, for what they do not say.

    Raises ValueError for a cell that is written otherwise.
    """
    names = _names(aliases)
    found: list[tuple[Decimal, int | None, str, list[tuple[str, str]]]] = []
    for part in filter(None, (one.strip() for one in packed.split(";"))):
        cells = part.split(":")
        if len(cells) >= 5:
            found.append((_price(cells[0]), int(cells[1]) if cells[1] else None, ":".join(cells[2:-2]), []))
        elif len(cells) != 2 or not found:
            raise ValueError(part)
        found[-1][3].append((cells[-2], cells[-1]))
    return tuple(
        Variant(
            code or (whole.sku if len(found) == 1 else ""), "",
            tuple((_PROPERTIES.get(pid, "规格"), names.get((pid, vid)) or _VALUES.get(vid, "")) for pid, vid in pairs
                  if names.get((pid, vid)) or vid in _VALUES),
            price, whole.compare_at, whole.cost, count, whole.weight_grams, position=place,
        )
        for place, (price, count, code, pairs) in enumerate(found, 1)
    )  # fmt: skip


def pictures(packed: str) -> list[str]:
    """Return the addresses in ``name:1:0:|http://…;``; files of the old program's own have none."""
    parts = (part.partition("|")[2].strip() for part in packed.split(";"))
    return [part for part in dict.fromkeys(parts) if part.lower().startswith(("http://", "https://", "//"))]


def _names(aliases: str) -> dict[tuple[str, str], str]:
    parts = (part.strip().split(":", 2) for part in aliases.split(";"))
    return {(part[0], part[1]): part[2] for part in parts if len(part) == 3 and part[2]}


def _price(cell: str) -> Decimal:
    try:
        return Decimal(cell)
    except InvalidOperation:
        raise ValueError(cell) from None
