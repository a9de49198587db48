"""The commands for orders: files in, and what they would do."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING

from desktop_app import formats
from desktop_app.errors import UserError
from desktop_app.records import Progress
from desktop_app.tasks import import_orders as importing
from desktop_app.tasks.import_orders import OrdersImported
from desktop_app.words import _, several

if TYPE_CHECKING:
    from desktop_app.cli.commands import Call
    from desktop_app.formats.orders import OrderReading


def import_orders(call: Call, mapping: Sequence[tuple[str, str]]) -> None:
    """Bring files of orders into the shop, each as one action."""
    wishes = call.wishes
    with call.shop() as shop:
        for file in wishes.files:
            reading = importing.look(shop, file, format=wishes.format, encoding=wishes.encoding, mapping=mapping)
            call.show.note(
                _("{name}: {format}, {encoding}", name=file.name, format=reading.label, encoding=reading.encoding)
            )
            for note in reading.notes:
                call.show.note(note)
            if wishes.dry_run:
                events = importing.preview(shop, call.stop, reading=reading)
            else:
                events = importing.import_orders(
                    shop, call.stop, reading=reading, remember=bool(mapping), stock=not wishes.no_stock,
                    again=wishes.book_again,
                )  # fmt: skip
            for event in events:
                if isinstance(event, Progress):
                    whole = f"/{event.total}" if event.total else ""
                    call.show.progress(f"{event.what} {event.done}{whole}")
                else:
                    _show(call, event, reading)
            if call.stop.is_set():
                return


def _show(call: Call, event: OrdersImported, reading: OrderReading) -> None:
    if not (event.added or event.changed or event.skipped or event.stopped):
        first = f" {event.problems[0].why}" if event.problems else ""
        raise UserError(
            "No order could be read from {name}.{first} Nothing was changed. Say what the columns hold with "
            "--map COLUMN=FIELD, or look at the file with --dry-run.",
            name=reading.name, first=first,
        )  # fmt: skip
    if call.wishes.problems and event.problems:
        formats.write_problems(event.problems, reading, call.wishes.problems)
    call.show.event("preview" if event.dry else "imported", said(event), what="orders", **asdict(event))


def said(event: OrdersImported) -> str:
    """Return the end of an import as a few plain sentences."""
    template = (
        _("Would add {added} orders with {lines} lines; {skipped} are known already. Nothing was changed.")
        if event.dry
        else _("{added} orders added, {changed} brought up to date, {skipped} already the same; {lines} lines.")
    )
    found = [template.format(added=event.added, changed=event.changed, skipped=event.skipped, lines=event.lines)]
    if event.credits:
        found.append(several("{count} takes a sale back.", "{count} take a sale back.", event.credits))
    if event.adjustments:
        found.append(
            several("{count} only changes stock.", "{count} only change stock, and are no sales.", event.adjustments)
        )
    if event.returned:
        one = "Of {count} order something came back, or money for it went back."
        many = "Of {count} orders something came back, or money for it went back."
        found.append(several(one, many, event.returned))
    if event.doubtful:
        one = "{count} return is likely written down already and is not booked again; --book-again books it."
        many = "{count} returns are likely written down already and are not booked again; --book-again books them."
        found.append(several(one, many, event.doubtful))
    if event.customers:
        found.append(several("{count} new customer.", "{count} new customers.", event.customers))
    if event.moved:
        found.append(several("{count} change of stock.", "{count} changes of stock.", event.moved))
    if event.below_zero:
        one = "{count} variant is below zero now: more was sold than was counted."
        many = "{count} variants are below zero now: more was sold than was counted."
        found.append(several(one, many, event.below_zero))
    if event.unlinked:
        one = "{count} thing that was sold is not in the catalogue."
        many = "{count} things that were sold are not in the catalogue."
        found.append(several(one, many, event.unlinked))
    if event.action is not None:
        found.append(_("Action {id}.", id=event.action))
    text = " ".join(found)
    if event.problems:
        one = "{count} thing in the file to look at (row, column, what it is):"
        many = "{count} things in the file to look at (row, column, what it is):"
        text += "\n" + several(one, many, len(event.problems))
        text += "".join(f"\n  {p.row}\t{p.column}\t{p.why}" for p in event.problems[:20])
    return text
