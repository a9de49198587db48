"""Product files this program writes: one table of columns a format, one way to write them, and what each loses."""

from __future__ import annotations

import csv
import io
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

from desktop_app.errors import Cancelled, UserError
from desktop_app.formats import dialects, headers, layout_rows, open_document, shopify, sites, woocommerce
from desktop_app.formats.outgoing import with_texts
from desktop_app.formats.reports import harmless, write_sheet
from desktop_app.formats.saving import saving, write_bytes
from desktop_app.records import Field, Product, Progress, Variant
from desktop_app.words import _

_STEP = 250
SHEETS = {".xlsx", ".ods"}
NUMBERS = frozenset(
    ["Price", "Compare-at price", "Cost price", "Stock", "Weight (g)"]
)  # of the table; the rest is text
Renamed = dict[str, str]  # codes a file had to make up because theirs were taken → the code as the shop has it
Rows = Callable[[Product, Mapping[str, str]], Iterable[Sequence[str]]]


@dataclass(frozen=True)
class Layout:
    """A format of product files as it is written."""

    key: str
    label: str
    columns: tuple[str, ...]
    texts: frozenset[Field]  # those it has a column for
    begin: Callable[[Renamed], Rows]  # for one file: what turns a product, and texts in place of its own, into rows
    above: tuple[tuple[str, ...], ...] = ()  # rows before the columns' names …
    again: tuple[str, ...] = ()  # … and behind them
    delimiter: str = ","
    encoding: str = "utf-8"
    ending: str = ".csv"
    guarded: bool = False  # for spreadsheets: no cell is run as a formula
    losses: Callable[[Iterable[Product]], list[str]] | None = None  # its own words; None: found by reading back
    beside: str = ""  # the second file, which holds what has no place in this one

    @property
    def name(self) -> str:
        """What the format is called, for people."""
        return _(self.label)


@cache
def layouts() -> dict[str, Layout]:
    """Return every format this program writes, by key."""
    woo = woocommerce.WOOCOMMERCE_TEXTS
    own = (
        Layout("shopify", "Shopify", tuple(c.name for c in dialects.shopify_columns()), shopify.SHOPIFY_TEXTS,
               lambda _renamed: _with(shopify.rows_of), losses=shopify.shopify_losses),
        Layout("woocommerce", "WooCommerce", woocommerce.COLUMNS, woo, lambda _renamed: _with(woocommerce.rows_of),
               losses=woocommerce.woocommerce_losses),
    )  # fmt: skip
    told = (_told(entry) for entry in headers.table("layouts")["layout"])
    return {layout.key: layout for layout in (*own, *told)}


@cache
def second(key: str) -> Layout | None:
    """Return the file that stands beside one of this format and holds what has no place in it; None where none does."""
    wanted = layout(key).beside
    listed = headers.table("layouts")["second"]
    return next((_told(entry) for entry in listed if entry["key"] == wanted), None)


def second_path(key: str, path: Path | str) -> Path | None:
    """Return where the second file of an export stands, None for a format of one file."""
    beside, path = second(key), Path(path)
    return None if beside is None else path.with_name(f"{path.stem}-{_('combinations')}{path.suffix}")


def layout(key: str) -> Layout:
    """Return a format; UserError for one that is not written."""
    found = layouts().get(key)
    if found is None:
        known = ", ".join(layouts())
        raise UserError("“{name}” is not a format this program writes. It writes: {known}.", name=key, known=known)
    return found


def write(
    key: str,
    products: Iterable[tuple[Product, Mapping[str, str]]],
    path: Path | str,
    stop: threading.Event,
    renamed: Renamed | None = None,
    *,
    currency: str = "",
    language: str = "",
) -> Iterator[Progress]:
    """Write products, with the approved texts that replace theirs; a workbook where the name says so.

    ``currency`` and ``language`` are the shop's, for files that name the site they are for (see ``sites``).
    Codes that could not go out as they are, since something else in the file has them, are put into ``renamed``.
    Raises UserError if the file cannot be written, and Cancelled when ``stop`` is set; then no file has changed.
    """
    chosen, path = sites.placed(layout(key), currency, language), Path(path)
    if chosen.key == "table" and path.suffix.lower() in SHEETS:
        table = list(_rows(chosen, _stopped(products, stop)))
        if path.suffix.lower() == ".ods":
            write_bytes(open_document.sheet(table, NUMBERS), path)
        else:
            write_sheet(table, path, NUMBERS)
        yield Progress(len(table) - 1, len(table) - 1)
        return
    done = 0
    beside, elsewhere = second(key), second_path(key, path)
    varying: list[Sequence[str]] = []

    def counted() -> Iterator[tuple[Product, Mapping[str, str]]]:
        nonlocal done
        more = beside.begin({}) if beside is not None else None
        for item in _stopped(products, stop):
            done += 1
            if more is not None:
                varying.extend(more(*item))
            yield item

    with saving(path) as file:
        text = io.TextIOWrapper(file, chosen.encoding, errors="replace", newline="", write_through=True)
        writer = csv.writer(text, delimiter=chosen.delimiter, lineterminator="\n")
        told = 0
        for row in _rows(chosen, counted(), renamed):
            writer.writerow(map(harmless, row) if chosen.guarded else row)
            if done - told >= _STEP:
                told = done
                yield Progress(done, None)
        text.flush()
        text.detach()
        if beside is not None and elsewhere is not None and varying:
            write_bytes(_text(beside, [beside.columns, *varying]), elsewhere)
    yield Progress(done, done)


def _text(chosen: Layout, rows: Iterable[Sequence[str]]) -> bytes:
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=chosen.delimiter, lineterminator="\n")
    for row in rows:
        writer.writerow(map(harmless, row) if chosen.guarded else row)
    return text.getvalue().encode(chosen.encoding, "replace")


def as_bytes(key: str, products: Iterable[Product]) -> bytes:
    """Return the file that these products make, without any texts put in."""
    chosen = sites.placed(layout(key), "", "")
    return _text(chosen, _rows(chosen, ((product, {}) for product in products)))


def second_bytes(key: str, products: Iterable[Product]) -> bytes:
    """Return the second file that these products make; nothing where the format has none or they need none."""
    beside = second(key)
    rows = list(_rows(beside, ((product, {}) for product in products))) if beside is not None else []
    return _text(beside, rows) if beside is not None and len(rows) > 1 else b""


def _rows(
    chosen: Layout, products: Iterable[tuple[Product, Mapping[str, str]]], renamed: Renamed | None = None
) -> Iterator[Sequence[str]]:
    yield from chosen.above
    yield chosen.columns
    if chosen.again:
        yield chosen.again
    rows = chosen.begin({} if renamed is None else renamed)
    for product, texts in products:
        yield from rows(product if product.variants else replace(product, variants=(Variant(),)), texts)


def _stopped(
    products: Iterable[tuple[Product, Mapping[str, str]]], stop: threading.Event
) -> Iterator[tuple[Product, Mapping[str, str]]]:
    for item in products:
        if stop.is_set():
            raise Cancelled
        yield item


def _with(rows_of: Callable[[Product, Mapping[str, str], set[str]], Iterable[Sequence[str]]]) -> Rows:
    used: set[str] = set()
    return lambda product, texts: rows_of(product, texts, used)


def _told(entry: Mapping[str, Any]) -> Layout:
    cells = tuple(layout_rows.cell(source) for _name, source in entry["columns"])
    shape = str(entry["shape"])

    coded = any(source == "code" for _name, source in entry["columns"])

    def begin(renamed: Renamed) -> Rows:
        handles: set[str] = set()
        codes: set[str] = set()

        def rows(product: Product, texts: Mapping[str, str]) -> Iterator[list[str]]:
            family, own = layout_rows.named(product, handles, codes)
            if coded:
                renamed.update((c, v.sku) for c, v in zip(own, product.variants, strict=True) if v.sku not in {"", c})
            for line in layout_rows.lines(with_texts(product, texts), shape, own, family):
                yield [made(line) for made in cells]

        return rows

    again = entry.get("again")
    names = tuple(name for name, _source in entry["columns"])
    return Layout(
        entry["key"], entry["label"], names, frozenset(entry["texts"]), begin,
        tuple((line,) for line in entry.get("above", ())), tuple(again.split(" ")) if again else (),
        entry.get("delimiter", ","), entry.get("encoding", "utf-8"), entry.get("ending", ".csv"),
        entry.get("guarded", False), beside=entry.get("beside", ""),
    )  # fmt: skip


def words() -> tuple[str, ...]:
    """Return the names of formats that are not names of their own, so that they are translated."""
    return _("Amazon (prices and stock)"), _("Table (CSV, XLSX, ODS)")
