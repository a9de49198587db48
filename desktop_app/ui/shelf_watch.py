"""Says it, whatever brought it about, when more of something has gone out than was there: stock below zero."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from desktop_app.ui import local
from desktop_app.ui.widgets.notice import Notice
from desktop_app.words import _, several

if TYPE_CHECKING:
    from desktop_app.trade import Lacking
    from desktop_app.ui.desk import Desk

NAMED = 3  # products by name in one sentence


class ShelfWatch:
    """Looks after every change what is below zero now and was not, or not so far, before.

    What was so when the shop was opened stands on Today; a notice is for what just happened.
    """

    def __init__(self, desk: Desk, withdraw: Callable[[Notice], object]) -> None:
        self._desk, self._withdraw = desk, withdraw
        self._known: dict[int, int] | None = None  # variant -> stock, of those below zero; None: not looked yet
        self._notice: Notice | None = None
        self._named: frozenset[int] = frozenset()
        desk.opened.connect(self._begin)
        desk.changed.connect(self._look)
        desk.work.ended.connect(lambda _work: self._look())

    def _begin(self) -> None:
        self._known = self._notice = None

    def _look(self) -> None:
        # A file is booked in parts: it is said once, when all of it is in.
        if self._desk.shop is not None and not any(work.lane == "files" for work in self._desk.work.running):
            self._desk.ask(lambda shop: shop.lacking(), self._compare, key="lacking")

    def _compare(self, found: list[Lacking]) -> None:
        before, self._known = self._known, {low.variant: low.stock for low in found}
        if before is None:
            return
        fresh = [low for low in found if low.stock < before.get(low.variant, 0)]
        if fresh:
            self._named = frozenset(low.variant for low in fresh)
            self._notice = self.said(fresh)
            self._desk.tell(self._notice)
        elif self._notice is not None and not self._named & set(self._known):
            self._withdraw(self._notice)
            self._notice = None

    def said(self, fresh: list[Lacking]) -> Notice:
        """Return the notice that names what fell below zero and leads to it."""
        names = _(", ").join(f"{called(low)} ({local.number(low.stock)})" for low in fresh[:NAMED])
        if len(fresh) > NAMED:
            names += " " + several("… and {count} more", "… and {count} more", len(fresh) - NAMED)
        text = _("Below zero in stock now: {names}", names=names)
        more = _("More went out than was there. Count what is on the shelf, or look whether a file came in twice.")
        return Notice(text, "caution", more=more, button=_("Show"), run=lambda: self._desk.go("products", text="below"))


def called(low: Lacking) -> str:
    """Return what a variant is called."""
    return f"{low.title} · {low.options}" if low.options else low.title
