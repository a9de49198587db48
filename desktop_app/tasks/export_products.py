"""Take products and approved texts out of the shop, into a file a shop system reads."""

from __future__ import annotations

import threading
from collections.abc import Collection, Iterator, Mapping, Sequence
from decimal import Decimal
from pathlib import Path

from desktop_app import formats
from desktop_app.errors import Cancelled, UserError
from desktop_app.language import labels
from desktop_app.language.packs import Chosen
from desktop_app.records import Draft, Exported, Field, Product, Progress, SourceFile, Variant
from desktop_app.shop import Shop
from desktop_app.tasks import price_laws, reckoning, rule_packs
from desktop_app.words import _, several

BATCH = 500
_SHOWN = 5


def known() -> tuple[str, ...]:
    """Return every format products go out in."""
    return (*formats.layouts(), "original")


def export_products(
    shop: Shop,
    stop: threading.Event,
    *,
    path: Path,
    format: str = "shopify",
    products: Sequence[int] | None = None,
    source: int | None = None,
    mark: bool = True,
) -> Iterator[Progress | Exported]:
    """Write products with their approved texts; ``original`` gives back the imported file with only the texts put in.

    Without ``mark`` the texts do not count as exported: somebody only looks.

    Raises UserError for an unknown format, nothing to export, or a target that cannot be written; then no file changed.
    """
    _must_be_known(format)
    if format == "original":
        yield from _original(shop, path=path, source=source, mark=mark)
        return
    ids = list(products) if products is not None else list(shop.search(status="all", sort="title"))
    if not ids:
        raise UserError("There are no products to export yet. Import a file first.")
    texts = _texts(shop.approved(ids if products is not None else None))
    lost: dict[str, None] = {}
    left: set[Field] = set()
    used: list[int] = []
    seen: set[str] = set()
    shared: dict[str, None] = {}
    renamed: dict[str, str] = {}
    asked = _asked(shop)
    currency, language = str(shop.setting("currency") or ""), str(shop.setting("language") or "")
    carried = formats.layout(format).texts

    def rows() -> Iterator[tuple[Product, dict[str, str]]]:
        for part in _parts(ids):
            if stop.is_set():
                raise Cancelled
            batch = shop.products(part)
            lost.update(dict.fromkeys(formats.said_before(format, batch, currency, language)))
            lost.update(dict.fromkeys(formats.losses(format, batch)))
            for product in batch:
                _count_codes(product, seen, shared)
                chosen = _with_place(texts.get(product.id or 0, {}), product, carried, left)
                used.extend(draft.id for draft in chosen.values() if draft.id is not None)
                yield product, _going_out(chosen, *asked)

    for event in formats.write(format, rows(), path, stop, renamed, currency=currency, language=language):
        yield Progress(event.done, len(ids), event.what)
    if mark:
        shop.mark_exported(used)
    said = (*lost, *_no_column(left), *_codes(shared, renamed), *_prices(shop, ids, format))
    yield Exported(str(path), format, len(ids), len(used), said)


def _with_place(
    chosen: Mapping[Field, Draft], product: Product, carried: Collection[str], left: set[Field]
) -> dict[Field, Draft]:
    """Return the texts that the file has a column for; ``left`` learns of the others."""
    there = carried if product.images else [field for field in carried if field != "alt"]
    left.update(field for field in chosen if field not in there)
    return {field: draft for field, draft in chosen.items() if field in there}


def _must_be_known(format: str) -> None:
    if format not in known():
        raise UserError(
            "“{name}” is not a format this program writes. It writes: {known}.", name=format, known=", ".join(known())
        )


def _count_codes(product: Product, seen: set[str], shared: dict[str, None]) -> None:
    codes = [variant.sku for variant in product.variants if variant.sku]
    shared.update((code, None) for n, code in enumerate(codes) if code in seen or code in codes[:n])
    seen.update(codes)


def _prices(shop: Shop, ids: Sequence[int], format: str) -> tuple[str, ...]:
    """Say which products go out with a price before that the law forbids; nothing where the file has no place."""
    shown = Product("Cup", variants=(Variant("c", price=Decimal(20), compare_at=Decimal(30)),))
    if "compare_at" in formats.lost_fields(format, [shown]):
        return ()
    today = reckoning.today_of(shop)
    wrong = [id for part in _parts(ids) for id in price_laws.forbidden(shop, part, today)]
    if not wrong:
        return ()
    some = ", ".join(product.title for product in shop.products(wrong[:_SHOWN]))
    one = "{count} product goes out with a price before that may not be shown: {some}. “How it sells” says what may."
    many = "{count} products go out with a price before that may not be shown: {some}. “How it sells” says what may."
    return (several(one, many, len(wrong), some=some),)


def _codes(shared: Collection[str], renamed: Mapping[str, str]) -> tuple[str, ...]:
    """Say which codes stand on several things, and which codes the file had to make up for that."""
    if renamed:
        some = ", ".join(f"{sku} → {code}" for code, sku in list(renamed.items())[:_SHOWN])
        one = "{count} code (SKU) is taken by something else in this file, so it goes out under a made-up one: {some}."
        many = (
            "{count} codes (SKU) are taken by something else in this file, so they go out under made-up ones: {some}."
        )
        return (several(one, many, len(renamed), some=some),)
    if not shared:
        return ()
    some = ", ".join(list(shared)[:_SHOWN])
    one = "{count} code (SKU) stands on several products or variants, which a shop system may take for one: {some}."
    many = "{count} codes (SKU) stand on several products or variants, which a shop system may take for one: {some}."
    return (several(one, many, len(shared), some=some),)


def fill_template(
    shop: Shop, stop: threading.Event, *, path: Path, template: Path, products: Sequence[int] | None = None
) -> Exported:
    """Write Amazon's own template, as the merchant downloaded it, with products and approved texts put in.

    UserError for a file that is no such template, for nothing to export, or a target that cannot be written.
    """
    known = formats.amazon_template.read(formats.load(template), template.name)
    ids = list(products) if products is not None else list(shop.search(sort="title"))
    if not ids:
        raise UserError("There are no products to export yet. Import a file first.")
    texts, asked = _texts(shop.approved(ids if products is not None else None)), _asked(shop)
    used: list[int] = []

    def rows() -> Iterator[tuple[Product, dict[str, str]]]:
        for part in _parts(ids):
            if stop.is_set():
                raise Cancelled
            for product in shop.products(part):
                there = formats.amazon_template.TEXTS
                chosen = {f: d for f, d in texts.get(product.id or 0, {}).items() if f in there}
                used.extend(draft.id for draft in chosen.values() if draft.id is not None)
                yield product, _going_out(chosen, *asked)

    data, _count = formats.amazon_template.fill(known, rows())
    formats.write_bytes(data, path)
    shop.mark_exported(used)
    empty = [key for key in known.keys if key.strip() and key not in known.filled]
    left = _(
        "{count} columns of the template stay empty; Seller Central says which of them it needs.", count=len(empty)
    )
    return Exported(str(path), "amazon-template", len(ids), len(used), (left,) if empty else ())


def original_of(shop: Shop, source: int | None = None) -> SourceFile:
    """Return the imported file that ``original`` gives back: the one named, or the newest."""
    files = shop.sources()
    if not files:
        raise UserError(
            "No file was imported into this shop yet, so there is no original to give back. Export to Shopify instead."
        )
    if source is None:
        chosen = max((s.id for s in files if s.id is not None), default=0)
    elif source in {s.id for s in files}:
        chosen = source
    else:
        raise UserError("The imported file {id} is not in this shop.", id=source)
    return shop.source(chosen)


def _original(shop: Shop, *, path: Path, source: int | None, mark: bool) -> Iterator[Progress | Exported]:
    file = original_of(shop, source)
    approved = _texts(shop.approved())
    rows: dict[int, dict[str, str]] = {}
    asked = _asked(shop)
    used: list[int] = []
    elsewhere = 0
    fields = formats.carried(file.plan, {field for chosen in approved.values() for field in chosen})
    left = {field for chosen in approved.values() for field in chosen if field not in fields}
    if fields or not left:
        approved = {number: {f: d for f, d in chosen.items() if f in fields} for number, chosen in approved.items()}
    for part in _parts(list(approved)):
        for product in shop.products(part):
            if product.source_file != file.id or product.source_row is None:
                elsewhere += 1
                continue
            chosen = approved[product.id or 0]
            if not chosen:
                continue
            rows[product.source_row] = _going_out(chosen, *asked)
            used.extend(draft.id for draft in chosen.values() if draft.id is not None)
    yield Progress(0, None, file.name)
    formats.write_bytes(formats.put_texts(file.data, file.plan, rows), path)
    if mark:
        shop.mark_exported(used)
    yield Exported(str(path), "original", len(rows), len(used), (*_left_out(elsewhere), *_no_column(left)))


def texts_of(shop: Shop, ids: Sequence[int]) -> dict[int, dict[str, str]]:
    """Return the approved texts of products as they go out, by product and kind."""
    asked = _asked(shop)
    return {id: _going_out(chosen, *asked) for id, chosen in _texts(shop.approved(ids)).items()} if ids else {}


def _asked(shop: Shop) -> tuple[str, Chosen]:
    """Return how the shop wishes its texts labelled, and by which packs."""
    return str(shop.setting("ai_label", "auto")), rule_packs.chosen(shop)


def _going_out(chosen: Mapping[Field, Draft], wish: str, packs: Chosen) -> dict[str, str]:
    """Return the texts as they go out, with what a program is to read where weights had a part in them."""
    texts: dict[str, str] = {field: labels.labelled(draft, wish=wish, chosen=packs) for field, draft in chosen.items()}
    if "description" in chosen and (metadata := labels.metadata(chosen["description"], wish=wish, chosen=packs)):
        texts["metadata"] = metadata
    return texts


def _no_column(fields: Collection[Field]) -> tuple[str, ...]:
    """Say which texts the file has no column for; they stay in the shop."""
    names = {
        "points": _("selling points"), "keywords": _("search words"), "alt": _("picture descriptions"),
        "seo": _("search texts"), "title": _("titles"), "description": _("descriptions"), "bullets": _("bullet points"),
    }  # fmt: skip
    if not fields:
        return ()
    said = ", ".join(names[field] for field in sorted(fields))
    return (_("This file has no column for some approved texts, which stay in the shop: {names}.", names=said),)


def _left_out(elsewhere: int) -> tuple[str, ...]:
    if not elsewhere:
        return ()
    one = "{count} product with an approved text is not in this file; it stays in the shop."
    many = "{count} products with an approved text are not in this file; they stay in the shop."
    return (several(one, many, elsewhere),)


def _texts(drafts: Sequence[Draft]) -> dict[int, dict[Field, Draft]]:
    """Keep one approved draft a product and field: the newest, whatever its language."""
    chosen: dict[int, dict[Field, Draft]] = {}
    for draft in drafts:
        fields = chosen.setdefault(draft.product, {})
        if draft.field not in fields or (draft.id or 0) > (fields[draft.field].id or 0):
            fields[draft.field] = draft
    return chosen


def _parts(ids: Sequence[int]) -> Iterator[list[int]]:
    for start in range(0, len(ids), BATCH):
        yield list(ids[start : start + BATCH])


def export_drafts(shop: Shop, *, path: Path, dry: bool = False) -> int:
    """Write all drafts into a table for people, unless it is only asked; return how many they are."""
    found = shop.drafts()
    if dry:
        return len(found)
    titles = {p.id: p.title for part in _parts(sorted({d.product for d in found})) for p in shop.products(part)}
    formats.write_drafts(((titles.get(d.product, ""), d) for d in found), path)
    return len(found)
