"""What was done and can be taken back: the last action, all after one, and a decision that others followed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from desktop_app.ui.worker import Job
from desktop_app.words import _, several

if TYPE_CHECKING:
    from desktop_app.records import Action
    from desktop_app.shop import Shop
    from desktop_app.ui.desk import Desk


@dataclass(frozen=True)
class _Decision:
    """A decision, its opposite, and the draft it is about."""

    action: Action
    back: Callable[[Shop], Action]
    about: int


class Past(QObject):
    """Takes back and does again, on the thread that writes; the strip says what was done."""

    brought_back = Signal(int)  # the draft about which a decision was taken back

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._desk = desk
        self._decided: list[_Decision] = []  # newest last
        self._with_back = self._said_with_back = False
        desk.said.connect(self._note_said)

    def decided(self, action: Action, back: Callable[[Shop], Action], about: int) -> None:
        """Remember a decision and its opposite, for an Undo that comes when other things were done since."""
        self._decided.append(_Decision(action, back, about))

    def will_say(self, *, with_back: bool) -> None:
        """Tell whether what is said next is a decision, whose Undo is its opposite."""
        self._with_back = with_back

    def forget(self) -> None:
        """Remember no decision any more: another shop is open."""
        self._decided.clear()

    def undo(self) -> None:
        """Take back the last action."""
        self._replay("undo", _("Undone: {name}"))

    def redo(self, steps: int = 1) -> None:
        """Bring back the last undone action, or so many of them."""
        self._replay("redo", _("Done again: {name}"), steps)

    def undo_to(self, action: int) -> None:
        """Take back one action and all after it."""
        self._replay("undo_to", _("Undone: {name}"), action)

    def undo_said(self) -> None:
        """Take back what the strip says was done, even if a long writing job has saved other things since."""
        self.undo_decision() if self._said_with_back else self.undo()

    def undo_decision(self) -> None:
        """Take back the last decision about a draft; where there is none, the last action."""
        if not self._decided:
            self.undo()
            return
        last = self._decided.pop()

        def task(shop: Shop) -> None:
            from desktop_app.tasks import history

            newest = shop.actions(limit=1, include_undone=False)
            # An action that others followed cannot be taken out of the order; its opposite can always be done.
            history.undo(shop) if newest and newest[0].id == last.action.id else last.back(shop)

        def done(_result: object) -> None:
            self.brought_back.emit(last.about)
            self._desk.touched()
            self._desk.said.emit(_("Undone: {name}", name=last.action.name), False)

        self._desk.writing.submit(Job(lambda shop, stop: task(shop), done=done, failed=self._desk.oops))

    def _replay(self, which: str, words: str, *values: int) -> None:
        from desktop_app.tasks import history

        def done(actions: list[Any]) -> None:
            gone = {action.id for action in actions}
            for known in self._decided:
                if known.action.id in gone:
                    self.brought_back.emit(known.about)
            self._decided = [known for known in self._decided if known.action.id not in gone]
            self._desk.touched()
            self._desk.said.emit(_told(words, actions), False)

        def failed(why: str) -> None:
            self._desk.said.emit(why, False)

        task = getattr(history, which)
        self._desk.writing.submit(Job(lambda shop, stop: task(shop, *values), done=done, failed=failed))

    def _note_said(self, _text: str, _undoable: bool) -> None:
        self._said_with_back, self._with_back = self._with_back, False


def _told(words: str, actions: list[Any]) -> str:
    said = words.format(name=actions[0].name if actions else "")
    more = len(actions) - 1
    return f"{said} · {several('and {count} more', 'and {count} more', more)}" if more > 0 else said
