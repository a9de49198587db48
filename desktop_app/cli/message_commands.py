"""The commands for customers' messages: take them in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING

from desktop_app.message_records import MessagesImported
from desktop_app.records import Progress
from desktop_app.words import _, several

if TYPE_CHECKING:
    from desktop_app.cli.commands import Call


def import_messages(call: Call, mapping: Sequence[tuple[str, str]]) -> None:
    """Take files of messages in, each as one action; with --dry-run only say what would happen."""
    from desktop_app.tasks import import_messages as task
    from desktop_app.tasks import inbox

    with call.shop() as shop, call.engine() as engine:
        for file in call.wishes.files:
            looked = task.look(file, mapping=dict(mapping))
            if call.wishes.dry_run:
                _imported(call, task.preview(shop, looked=looked), "preview")
                continue
            for event in task.import_messages(shop, call.stop, looked=looked, read=inbox.reader(shop, engine)):
                if isinstance(event, Progress):
                    call.show.progress(f"{event.what} {event.done}/{event.total}")
                else:
                    _imported(call, event, "imported")
            if call.stop.is_set():
                return


def _imported(call: Call, event: MessagesImported, kind: str) -> None:
    template = "{name}: {added} messages in {conversations} new conversations; {skipped} are here already."
    if event.dry:
        template = (
            "{name}: would take in {added} messages in {conversations} new conversations; {skipped} are here already."
        )
    text = _(template, name=event.name, added=event.added, conversations=event.conversations, skipped=event.skipped)
    if event.action is not None:
        text += " " + _("Action {id}.", id=event.action)
    problems = [{"row": row, "column": column, "why": why} for row, column, why in event.problems]
    if problems:
        text += "\n" + several(
            "{count} row could not be read whole:", "{count} rows could not be read whole:", len(problems)
        )
        text += "".join(f"\n  {p['row']}\t{p['why']}" for p in problems[:20])
    call.show.event(kind, text, **(asdict(event) | {"problems": problems, "variants": 0, "changed": 0}))
