"""The commands for products: a file in, or what it would do, and the catalogue searched."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict, replace
from decimal import Decimal
from typing import TYPE_CHECKING

from desktop_app import formats
from desktop_app.errors import UserError
from desktop_app.formats import Reading
from desktop_app.records import Change, Imported, Matching, Preview, Problem, Product, Progress
from desktop_app.shop import Shop
from desktop_app.shop.search import Sort
from desktop_app.tasks import import_products as importing
from desktop_app.words import _, several

if TYPE_CHECKING:
    from desktop_app.cli.commands import Call

SHOWN = 20  # problems of an import; a dry run shows them all


def import_products(call: Call, mapping: Sequence[tuple[str, str]] | None) -> None:
    """Bring files of products into the shop, each as one action."""
    with call.shop() as shop:
        for file in call.wishes.files:
            reading = importing.look(
                shop, file, format=call.wishes.format, encoding=call.wishes.encoding, sheet=call.wishes.sheet,
                mapping=mapping,
            )  # fmt: skip
            call.show.note(
                _("{name}: {format}, {encoding}", name=file.name, format=reading.label, encoding=reading.encoding)
            )
            for note in reading.notes:
                call.show.note(note)
            if call.wishes.dry_run:
                _preview(call, shop, reading)
            else:
                _import(call, shop, reading)
            if call.stop.is_set():
                return


def _preview(call: Call, shop: Shop, reading: Reading) -> None:
    for event in importing.preview(shop, call.stop, reading=reading, matching=_matching(call, shop)):
        if isinstance(event, Progress):
            _progress(call, event)
            continue
        _save_problems(call, event.problems, reading)
        counts = _(
            "Would add {added}, change {changed}, leave {same} as they are, archive {archived}. Nothing was changed.",
            added=event.added, changed=event.changed, same=event.same, archived=event.archived,
        )  # fmt: skip
        counts = "\n".join([counts, *_left_out(event.unplaced)])
        text = "\n".join([*_lines(event), counts, *_problems(event.problems, len(event.problems))])
        values = asdict(event)
        values["changes"] = [asdict(change) for change in event.changes]
        call.show.event("preview", text, format=reading.format, encoding=reading.encoding, **values)


def _lines(event: Preview) -> Iterator[str]:
    """Yield a line for each product the file holds, and one for each that is left out for want of room."""
    heads = {"add": _("is new"), "change": _("changes"), "archive": _("is archived"), "same": _("unchanged"),
             "unplaced": _("no place")}  # fmt: skip
    shown = {"add": event.added, "change": event.changed, "archive": event.archived, "same": event.same,
             "unplaced": event.unplaced}  # fmt: skip
    for change in (*event.changes, *event.unchanged):
        shown[change.kind] -= 1
        yield "\t".join(filter(None, (heads[change.kind], change.sku, change.title)))
        yield from (f"\t{what}" for what in _differences(change))
    for kind, left in shown.items():
        if left:
            yield f"{heads[kind]}\t" + several("… and {count} more", "… and {count} more", left)


def _differences(change: Change) -> Iterator[str]:
    """Yield what a change changes, ``name: before → after``; of variants only what differs."""
    names = _names()
    for field, before, after in change.fields:
        if field != "variants" or not change.variants[1]:
            yield f"{names.get(field, field)}: {before or '—'} → {after or '—'}"
    known = {variant.id: variant for variant in change.variants[0]}
    for variant in change.variants[1]:
        which = " / ".join(value for _name, value in variant.options) or (variant.sku if len(known) > 1 else "")
        mine = known.pop(variant.id, None) if variant.id is not None else None
        if mine is None:
            yield _("new variant: {name}", name=which or variant.sku)
            continue
        for name, label in _SOLD.items():
            one, two = getattr(mine, name), getattr(variant, name)
            if one != two:
                yield f"{which} {_(label)}: {_plain(one, name)} → {_plain(two, name)}".strip()
    for gone in known.values():
        yield _("variant no longer in the file: {name}", name=" / ".join(v for _n, v in gone.options) or gone.sku)


def _names() -> dict[str, str]:
    return {
        "title": _("Product name"), "description": _("Description"), "vendor": _("Brand or maker"), "tags": _("Tags"),
        "category": _("Category"), "status": _("Status"), "language": _("Language"), "facts": _("Facts"),
        "images": _("More pictures"), "seo_title": _("Search title"), "seo_description": _("Search description"),
        "handle": _("Name in the web address (handle)"), "variants": _("Variants, prices and stock"),
        "extra": _("Other columns"),
    }  # fmt: skip


_SOLD = {
    "price": "Price", "compare_at": "Price before (compare-at)", "cost": "Cost price", "stock": "Stock", "sku": "SKU",
    "barcode": "Barcode", "weight_grams": "Weight in grams", "options": "Variant", "image": "Picture of the variant",
}  # fmt: skip


def _plain(value: object, name: str) -> str:
    if isinstance(value, Decimal):
        return f"{value:.2f}" if name != "weight_grams" and value == round(value, 2) else f"{value:f}"
    if isinstance(value, tuple):
        return " / ".join(str(part) for _name, part in value) or "—"
    return "—" if value in (None, "") else str(value)


def _import(call: Call, shop: Shop, reading: Reading) -> None:
    for event in importing.import_products(shop, call.stop, reading=reading, matching=_matching(call, shop)):
        if isinstance(event, Progress):
            _progress(call, event)
        elif isinstance(event, Imported):
            _imported(call, event, reading)


def _imported(call: Call, event: Imported, reading: Reading) -> None:
    _save_problems(call, event.problems, reading)
    if not (event.added or event.changed or event.skipped) and not event.stopped:
        if event.unplaced:
            raise UserError(
                "None of the {count} variants in {name} has its product in the shop. {first} Nothing was changed.",
                count=event.unplaced, name=reading.name, first=next(p.why for p in event.problems if p.variant),
            )  # fmt: skip
        first = f" {event.problems[0].why}" if event.problems else ""
        raise UserError(
            "No product could be read from {name}.{first} Nothing was changed. Say what the columns hold with "
            "--map COLUMN=FIELD, or look at the file with --dry-run.",
            name=reading.name, first=first,
        )  # fmt: skip
    text = _(
        "{added} added, {changed} changed, {skipped} already the same, {archived} archived; {variants} variants.",
        added=event.added, changed=event.changed, skipped=event.skipped, archived=event.archived,
        variants=event.variants,
    )  # fmt: skip
    if event.action is not None:
        text += " " + _("Action {id}.", id=event.action)
    lines = [text, *_left_out(event.unplaced), *_problems(event.problems, SHOWN)]
    call.show.event("imported", "\n".join(lines), **asdict(event))


def _left_out(count: int) -> Iterator[str]:
    """Yield the sentence on variants without their product, where there are some."""
    if count:
        yield several(
            "{count} variant is left out, since its product is not there; its row is listed below.",
            "{count} variants are left out, since their products are not there; their rows are listed below.", count,
        )  # fmt: skip


def _problems(problems: Sequence[Problem], shown: int) -> Iterator[str]:
    if not problems:
        return
    yield several(
        "{count} thing in the file to look at (row, column, what it is):",
        "{count} things in the file to look at (row, column, what it is):", len(problems),
    )  # fmt: skip
    yield from (f"  {p.row}\t{p.column}\t{p.why}" for p in problems[:shown])
    if len(problems) > shown:
        left = len(problems) - shown
        yield "  " + several(
            "… and {count} more; --problems FILE saves all of them.",
            "… and {count} more; --problems FILE saves all of them.", left,
        )  # fmt: skip


def _save_problems(call: Call, problems: Sequence[Problem], reading: Reading) -> None:
    if call.wishes.problems and problems:
        formats.write_problems(problems, reading, call.wishes.problems)


def _matching(call: Call, shop: Shop) -> Matching | None:
    if not (call.wishes.wins or call.wishes.missing):
        return None
    kept = importing.matching_for(shop) or Matching()
    return replace(kept, wins=call.wishes.wins or kept.wins, missing=call.wishes.missing or kept.missing)


def _progress(call: Call, event: Progress) -> None:
    whole = f"/{event.total}" if event.total else ""
    call.show.progress(f"{event.what} {event.done}{whole}")


def list_products(call: Call) -> None:
    """Search the catalogue."""
    query = " ".join(call.wishes.query)
    with call.shop() as shop:
        wanted = call.wishes.status
        sort: Sort = "relevance" if query else "updated"
        found = shop.search(query, sort=sort, descending=not query, status=wanted)
        hidden = _hidden(shop, query) if wanted == "active" else ""
        if call.wishes.limit:
            found = found[: call.wishes.limit]
        for start in range(0, len(found), 500):
            for product in shop.products(found[start : start + 500]):
                call.show.event("product", _line(product), product=_product(product))
    if not found:
        call.show.note(_("Nothing found."))
    if hidden:
        call.show.note(hidden)


def _hidden(shop: Shop, query: str) -> str:
    """Say how many products are drafts or archived, which are not listed unless asked for."""
    drafts, archived = (len(shop.search(query, status=status)) for status in ("draft", "archived"))
    if not drafts and not archived:
        return ""
    return _(
        "Not listed: {drafts} drafts, {archived} archived. See them with --status all.", drafts=drafts,
        archived=archived,
    )  # fmt: skip


def _line(product: Product) -> str:
    told = {"draft": _("draft"), "archived": _("archived")}.get(product.status, "")
    price = next((str(v.price) for v in product.variants if v.price is not None), "")
    return f"id:{product.id}\t{product.sku or product.handle}\t{price}\t{product.title}" + (
        f"\t({told})" if told else ""
    )


def _product(product: Product) -> dict[str, object]:
    facts = [{"name": f.name, "value": f.value, "unit": f.unit} for f in product.facts]
    return {
        "id": product.id, "sku": product.sku, "handle": product.handle, "title": product.title,
        "status": product.status, "variants": len(product.variants), "images": len(product.images), "facts": facts,
    }  # fmt: skip
