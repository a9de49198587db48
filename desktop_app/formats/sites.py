"""Files that name the marketplace they are for: which of eBay's sites sells in the shop's currency and language."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from desktop_app.formats import headers
from desktop_app.records import Product
from desktop_app.words import _

if TYPE_CHECKING:
    from desktop_app.formats.layouts import Layout

_MARK = "{site}"
_PRICE = "Start price"
USUAL = "USD"


def site(currency: str, language: str) -> tuple[str, str, str]:
    """Return site, country and currency of the file; of a currency that eBay has no site for the American one."""
    known: dict[str, list[list[str]]] = headers.table("layouts")["sites"]
    money = currency.upper() if currency.upper() in known else USUAL
    listed = known[money]
    name, country, _tongue = next((one for one in listed if one[2] and one[2] == language[:2]), listed[0])
    return name, country, money


def has_site(layout: Layout) -> bool:
    """Say whether files of this format name the site they are for."""
    return any(_MARK in name for name in layout.columns)


def placed(layout: Layout, currency: str, language: str) -> Layout:
    """Return the layout for the site of a shop; prices in a currency that the site does not sell in stay out."""
    if not has_site(layout):
        return layout
    name, country, money = site(currency, language)
    said = f"SiteID={name}|Country={country}|Currency={money}"
    columns = tuple(column.replace(_MARK, said) for column in layout.columns)
    if currency.upper() in {"", money}:
        return replace(layout, columns=columns)
    price = columns.index(_PRICE)

    def begin(renamed: dict[str, str]) -> Callable[[Product, Mapping[str, str]], Iterable[Sequence[str]]]:
        rows = layout.begin(renamed)

        def without(product: Product, texts: Mapping[str, str]) -> Iterator[Sequence[str]]:
            yield from ([*row[:price], "", *row[price + 1 :]] for row in rows(product, texts))

        return without

    return replace(layout, columns=columns, begin=begin)


def said(layout: Layout, currency: str, language: str) -> list[str]:
    """Say which site a file is for, and that prices in another money stay out; nothing for files that name none."""
    if not has_site(layout):
        return []
    name, _country, money = site(currency, language)
    if currency.upper() in {"", money}:
        return [
            _(
                "The file is for eBay {site}, in {money}: as the currency and the language of this shop say.",
                site=name,
                money=money,
            )
        ]
    return [
        _("eBay has no site that sells in {mine}. The file is for eBay {site} and has no prices: set them in {money} "
          "there.", mine=currency.upper(), site=name, money=money)
    ]  # fmt: skip
