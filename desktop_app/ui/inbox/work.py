"""What the Messages page has done elsewhere: taking in, drafting in bulk, looking, a person's data."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QFileDialog, QWidget

from desktop_app.errors import UserError
from desktop_app.knowledge_records import ReplyWishes
from desktop_app.message_records import ConversationState, Macro, Message, MessagesImported
from desktop_app.records import Note
from desktop_app.ui.desk import Desk
from desktop_app.ui.widgets.notice import Notice
from desktop_app.ui.worker import Job
from desktop_app.words import _, several

if TYPE_CHECKING:
    from desktop_app.shop import Shop
    from desktop_app.tasks.inbox import View


def draft_all(desk: Desk, wishes: ReplyWishes) -> None:
    """Draft an answer to every new message; the strip shows how far it is, and Stop keeps what is there."""

    def task(shop: Shop, stop: threading.Event) -> Any:
        from desktop_app.tasks import inbox

        return inbox.draft_conversations(shop, desk.engine(), stop, wishes=wishes)

    def heard(event: Any) -> None:
        from desktop_app.tasks import inbox

        if isinstance(event, inbox.Drafted):
            desk.changed_soon()
        if isinstance(event, inbox.AllDrafted):
            told = several("{count} answer drafted", "{count} answers drafted", event.count)
            if event.ask:
                told += " · " + several("{count} needs a decision of yours", "{count} need a decision of yours",
                                        event.ask)  # fmt: skip
            if event.hand_over:
                told += " · " + several("{count} is better answered by you", "{count} are better answered by you",
                                        event.hand_over)  # fmt: skip
            desk.said.emit(told, event.action is not None)

    desk.work.start(_("Drafting answers"), task, event=heard, failed=desk.oops, lane="writing",
                    left=lambda: {"kind": "answers"})  # fmt: skip


def draft_one(
    desk: Desk, number: int, wishes: ReplyWishes, failed: Callable[[str], object], ended: Callable[[], object]
) -> Job:
    """Draft an answer somebody watches for, never behind a long job."""

    def task(shop: Shop, stop: threading.Event) -> Any:
        from desktop_app.tasks import inbox

        return inbox.draft_conversations(shop, desk.engine(), stop, ids=[number], wishes=wishes)

    return desk.stream(task, done=lambda _r: desk.touched(), failed=failed, ended=ended)


def send(desk: Desk, number: int, text: str) -> None:
    """Note that an answer was copied and sent."""

    def task(shop: Shop) -> Any:
        from desktop_app.tasks import inbox

        return inbox.mark_sent(shop, number, text)

    desk.do(task, said=_("Copied and marked as answered. Send it where the customer wrote to you."))


def set_state(desk: Desk, number: int, state: ConversationState, said: str) -> None:
    """Put a conversation aside or open it again."""

    def task(shop: Shop) -> Any:
        from desktop_app.tasks import inbox

        return inbox.set_state(shop, [number], state)

    desk.do(task, said=said)


def keep_words(desk: Desk, number: int, text: str) -> None:
    """Keep the merchant's own words for an answer."""

    def task(shop: Shop) -> Any:
        from desktop_app.tasks import inbox

        return inbox.keep_words(shop, number, text)

    desk.do(task)


def keep_known(desk: Desk, question: str, text: str, then: Callable[[], object]) -> None:
    """Put an answer to a question into the knowledge."""

    def task(shop: Shop) -> int:
        from desktop_app.tasks import knowledge

        gap = next((g.id for g in shop.gaps() if g.question == question), None)
        return knowledge.add_policy(shop, text=text, question=question, gap=gap)

    desk.do(task, said=_("Kept in what the shop knows."), then=lambda _id: then())


def correct(desk: Desk, number: int, intent: str) -> None:
    """Say what a conversation is about."""

    def task(shop: Shop) -> Any:
        from desktop_app.tasks import intents

        return intents.correct(shop, number, intent)

    desk.do(task, said=_("Noted, and kept as an example"))


def fill(desk: Desk, macro: Macro, view: View, put: Callable[[tuple[str, tuple[str, ...]]], object]) -> None:
    """Fill a saved answer for a conversation and hand it to ``put`` with the variables nobody knows a value for."""

    def read(shop: Shop) -> Any:
        from desktop_app.tasks import inbox

        return inbox.filled(shop, macro, view)

    desk.ask(read, put)


def link(desk: Desk, number: int, order: str, failed: Callable[[str], object]) -> None:
    """Say which order a conversation is about."""

    def task(shop: Shop) -> Any:
        from desktop_app.tasks import inbox

        return inbox.link_order(shop, number, order)

    desk.do(task, said=_("Linked to order {number}", number=order), failed=failed)


def paste(
    desk: Desk, text: str, who: Message, then: Callable[[MessagesImported], object], failed: Callable[[str], object]
) -> None:
    """Keep pasted messages."""

    def task(shop: Shop) -> Any:
        from desktop_app.tasks import import_messages, inbox

        return import_messages.paste(shop, text, read=inbox.reader(shop, desk.engine()), who=who)

    desk.do(task, then=then, failed=failed)


def forget_old(desk: Desk) -> None:
    """Erase what is older than the merchant keeps it."""

    def task(shop: Shop) -> int:
        from desktop_app.tasks import inbox

        return inbox.forget_old(shop)

    def gone(count: int) -> None:
        if count:
            told = several("{count} old conversation erased", "{count} old conversations erased", count)
            desk.said.emit(told, False)
            desk.touched()

    desk.writing.submit(Job(lambda shop, stop: task(shop), done=gone, failed=desk.oops))


def take(desk: Desk, files: Sequence[Path], heard: Callable[[Any], object]) -> None:
    """Take files of messages in, each as one action; a file that cannot be read keeps no other from being."""

    def task(shop: Shop, stop: threading.Event) -> Iterator[Any]:
        from desktop_app.tasks import import_messages, inbox

        read = inbox.reader(shop, desk.engine())
        for file in files:
            try:
                yield from import_messages.import_messages(shop, stop, looked=import_messages.look(file), read=read)
            except UserError as error:
                yield Note(str(error))

    desk.work.start(_("Taking messages in"), task, event=heard, failed=desk.oops)


def see(desk: Desk, conversation: int) -> None:
    """Remember that a conversation was looked at; no page has to look again for that but this one."""
    desk.writing.submit(Job(lambda shop, stop: shop.see(conversation)))


def ask_export(parent: QWidget, desk: Desk, conversation: int) -> None:
    """Ask where what is kept of a customer goes, and write it there."""
    name = _("Save what is kept of them…")
    chosen, _kind = QFileDialog.getSaveFileName(parent, name, "customer.json", "JSON (*.json)")
    if chosen:
        export(desk, conversation, Path(chosen))


def erase_notice(desk: Desk, conversation: int) -> Notice:
    """Return the question before the one thing that cannot be undone."""
    text = _("Erase every message with this customer for good? The law asks that this cannot be undone. Their "
             "orders stay; backups made before still hold the messages.")  # fmt: skip
    return Notice(text, "caution", button=_("Erase for good"), run=lambda: erase(desk, conversation))


def export(desk: Desk, conversation: int, path: Path) -> None:
    """Write what is kept of a customer into a file."""

    def task(shop: Shop) -> Any:
        from desktop_app.tasks import inbox

        return inbox.export_person(shop, conversation, path)

    desk.ask(task, lambda _n: desk.said.emit(_("Saved {name}", name=path.name), False), failed=desk.oops)


def erase(desk: Desk, conversation: int) -> None:
    """Erase all conversations with a customer, for good."""

    def task(shop: Shop) -> int:
        from desktop_app.tasks import inbox

        return inbox.erase_person(shop, conversation)

    def gone(count: int) -> None:
        told = several("{count} conversation erased for good", "{count} conversations erased for good", count)
        desk.said.emit(told, False)

    desk.do(task, then=gone, failed=desk.oops)
