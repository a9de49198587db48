"""`zhanggui export`: products, drafts or the record of texts into a file, or what would go there."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

from desktop_app.cli import review_commands
from desktop_app.errors import UserError
from desktop_app.records import Exported, Progress
from desktop_app.shop import Shop
from desktop_app.tasks import export_orders, export_products, preview_export, record
from desktop_app.words import _, several

if TYPE_CHECKING:
    from desktop_app.cli.commands import Call


def export(call: Call) -> None:
    """Write products or drafts into a file."""
    file = call.wishes.file
    if file is not None and file.suffix.casefold() == ".pdf":
        raise UserError("In the terminal this is written as a table: give a name that ends in .csv. PDF is printed in "
                        "the window. Nothing was written.")  # fmt: skip
    with call.shop() as shop:
        if call.wishes.what == "drafts":
            count = export_products.export_drafts(shop, path=file, dry=call.wishes.dry_run)
            if call.wishes.dry_run:
                _would_write(call, count)
                return
            call.show.event("exported", _("{n} drafts in {file}.", n=count, file=file), path=str(file), drafts=count)
            return
        if call.wishes.what == "record":
            if call.wishes.dry_run:
                _would_write(call, sum(1 for _row in record.rows(shop)))
                return
            count = record.export(shop, path=file)
            call.show.event("exported", _("{n} texts in {file}.", n=count, file=file), path=str(file), texts=count)
            return
        if call.wishes.what == "reviews":
            review_commands.export(call, shop)
            return
        if call.wishes.what == "orders":
            _orders(call, shop)
            return
        if call.wishes.template is not None:
            done = export_products.fill_template(shop, call.stop, path=file, template=call.wishes.template)
            said = _("{n} products in {file}.", n=done.products, file=file)
            call.show.event("exported", "\n".join([said, *done.lost]), **asdict(done))
            return
        format = call.wishes.format or "shopify"
        if call.wishes.dry_run:
            _preview_export(call, shop, format)
            return
        for event in export_products.export_products(
            shop, call.stop, path=file, format=format, source=call.wishes.source
        ):
            if isinstance(event, Progress):
                call.show.progress(f"{event.what} {event.done}" + (f"/{event.total}" if event.total else ""))
            elif isinstance(event, Exported):
                texts = several("{count} approved text", "{count} approved texts", event.texts)
                text = several(
                    "{texts}, {count} product in {file}.", "{texts}, {count} products in {file}.", event.products,
                    texts=texts, file=file,
                )  # fmt: skip
                call.show.event("exported", "\n".join([text, *event.lost]), **asdict(event))


def _orders(call: Call, shop: Shop) -> None:
    file = call.wishes.file
    if call.wishes.dry_run:
        count = len(shop.find_orders())
        said = several(
            "{count} order would be written. Nothing was.", "{count} orders would be written. Nothing was.", count
        )
        call.show.event("preview", said, orders=count)
        return
    count = export_orders.export_orders(shop, call.stop, path=file)
    call.show.event("exported", _("{n} orders in {file}.", n=count, file=file), path=str(file), orders=count)


def _would_write(call: Call, texts: int) -> None:
    said = several("{count} text would be written. Nothing was.", "{count} texts would be written. Nothing was.", texts)
    call.show.event("preview", said, texts=texts)


def _preview_export(call: Call, shop: Shop, format: str) -> None:
    lost: tuple[str, ...] = ()
    for event in preview_export.preview_export(shop, call.stop, format=format, source=call.wishes.source):
        if isinstance(event, Progress):
            call.show.progress(f"{event.what} {event.done}" + (f"/{event.total}" if event.total else ""))
        elif isinstance(event, Exported):
            lost = event.lost
        else:
            said = _(
                "Against the imported file, the other shop would see {added} new, {changed} changed, {same} as before. "
                "Nothing was written.",
                added=event.added, changed=event.changed, same=event.same,
            )  # fmt: skip
            rows = [f"{c.title}: {name}: {was[:60]} → {now[:60]}" for c in event.changes for name, was, now in c.fields]
            values = asdict(event) | {"lost": lost}
            call.show.event("preview", "\n".join([*rows, *lost, said]), format=format, **values)
