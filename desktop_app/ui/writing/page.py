"""The Writing page: a merchant clears a hundred drafts without the mouse."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QWidget

from desktop_app.records import Action, Counts, Draft, Product
from desktop_app.review_records import Review, review_of
from desktop_app.ui import describing, local
from desktop_app.ui.commands import Command
from desktop_app.ui.desk import Desk
from desktop_app.ui.page import Page
from desktop_app.ui.products.facts import missing
from desktop_app.ui.unsaved import Guard
from desktop_app.ui.widgets import Button, EmptyState, Hairline, KeyHint, Text, column, footer, row
from desktop_app.ui.widgets.notice import Notice
from desktop_app.ui.writing import queue
from desktop_app.ui.writing.again import WritingAgain
from desktop_app.ui.writing.card import DraftCard
from desktop_app.ui.writing.facts import FactsColumn
from desktop_app.ui.writing.queue import Item, QueueList, QueueModel
from desktop_app.words import _, several

_ROOMY = 1000  # below this width list and facts are narrower


class WritingPage(Page):
    """J and K move, A approves, E edits, R writes again, X rejects, Z undoes."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, _("Writing"))
        self._product: Product | None = None
        self._editing = False
        self._back_to: int | None = None  # the draft to stand on once the queue is read
        self.model = QueueModel()
        self.list = QueueList(self.model)
        self.card = DraftCard(self.write_again)
        self.again = WritingAgain(desk, self.card)
        self.again.told.connect(self.tell)
        self.again.saved.connect(self._stand_later)
        self.again.ended.connect(self._written)
        self.facts = FactsColumn(self._add_fact)
        self._build()
        self._bind_keys()
        self.show_loading()
        self._awaits = False  # the empty page says that texts are on their way
        desk.counted.connect(self._show_counts)
        desk.work.moved.connect(self._work_moved)
        desk.past.brought_back.connect(self._stand_later)  # each Undo stands on the draft it brings back
        if desk.counts is not None:
            self._show_counts(desk.counts)

    @property
    def item(self) -> Item | None:
        """Return the draft under review."""
        row_at = self.list.currentIndex().row()
        return self.model.items[row_at] if 0 <= row_at < len(self.model.items) else None

    # --- what the window asks ---

    def arrive(self, draft: int | None = None, **where: Any) -> None:
        """Show the queue, perhaps at one draft."""
        if draft is not None:
            self._back_to = draft
            self.refresh()
        self.list.setFocus()

    def refresh(self) -> None:
        """Read the queue again."""
        if not self._editing:
            self.desk.ask(queue.read, self._show, key="queue", failed=lambda why: self.show_failed(why, self.refresh))

    def leave(self) -> None:
        """Save a text that was changed and not saved yet."""
        if self._editing and self.item is not None:
            self._save() if self._is_typed() and self.card.view.text.strip() else self._cancel()

    # --- what the merchant does ---

    def next(self) -> None:
        """Go to the next draft."""
        self._step(1)

    def previous(self) -> None:
        """Go to the previous draft."""
        self._step(-1)

    def approve(self) -> None:
        """Approve the draft; the next one comes by itself."""
        self._decide("approve", _("Draft approved"))

    def reject(self) -> None:
        """Reject the draft; the next one comes by itself."""
        self._decide("reject", _("Draft rejected"))

    def edit(self) -> None:
        """Let the merchant change the words."""
        if self.item is not None and not self.again.busy:
            self._editing = True
            self.card.editing(True)
            self._show_buttons()

    def write_again(self) -> None:
        """Write the draft under review anew."""
        item = self.item
        if item is None or self.again.busy or self._editing or not _writes(item):
            return
        self.again.begin(item.draft)
        self._show_buttons()

    def stop(self) -> None:
        """Stop writing; what is there is kept."""
        self.again.stop()

    def undo(self) -> None:
        """Take the last decision back and show its draft again."""
        self.desk.past.undo_decision()

    def _stand_later(self, draft: int) -> None:
        self._back_to = draft

    def _written(self) -> None:
        self._show_buttons()
        self.refresh()

    # --- building ---

    def _build(self) -> None:
        self.header.addStretch(1)
        self.header.addWidget(Button(_("Questions…"), lambda: self.desk.go("questions")))
        self.header.addWidget(Button(_("Write more…"), lambda: self.desk.go("write")))
        whole = QWidget()
        self.guard = Guard(whole, self._cancel, dirty=self._is_typed, keeps=True)
        self.approve_button = Button(_("Approve"), self.approve, kind="main", key="A")
        self.edit_button = Button(_("Edit"), self.edit, key="E")
        self.again_button = Button(_("Write again"), self.write_again, key="R")
        self.reject_button = Button(_("Reject"), self.reject, key="X")
        self.stop_button = Button(_("Stop"), self.stop, key="Esc")
        self.save_button = Button(_("Save"), self._save, kind="main")
        self.cancel_button = Button(_("Cancel"), self.guard.leave, key="Esc")
        self.moves = QWidget()
        self.moves.setLayout(
            row(Text(_("Previous"), "small", tone="muted"), KeyHint("K"), Text(_("Next"), "small", tone="muted"),
                KeyHint("J"), gap=6)
        )  # fmt: skip
        foot = footer(
            row(self.approve_button, self.save_button, self.cancel_button, self.stop_button, self.edit_button,
                self.again_button, self.reject_button, None, self.moves, margins=(24, 12, 24, 12))
        )  # fmt: skip
        self._line = Hairline(upright=True)
        parts = row(self.list, Hairline(upright=True), self.card, self._line, self.facts, gap=0)
        parts.setStretch(2, 1)
        both = column(parts, foot, gap=0)
        both.setStretch(0, 1)
        whole.setLayout(both)
        self.set_full(whole)
        self.list.moved.connect(self._show_item)
        self.card.view.finished.connect(self._save)
        self.card.view.given_up.connect(self.guard.leave)
        self.card.view.edited.connect(lambda: self.card.measure(self.card.view.text))
        for widget in (self, self.list, self.list.viewport()):
            widget.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
        self._show_buttons()

    def _bind_keys(self) -> None:
        keys = (
            ("J", "writing.next", "Next draft", self.next),
            ("K", "writing.previous", "Previous draft", self.previous),
            ("A", "writing.approve", "Approve this draft", self.approve),
            ("E", "writing.edit", "Edit this draft", self.edit),
            ("R", "writing.again", "Write this draft again", self.write_again),
            ("X", "writing.reject", "Reject this draft", self.reject),
            ("Z", "writing.undo", "", self.undo),
            ("Escape", "writing.stop", "", self.stop),
        )
        self.desk.commands.drop("writing.")
        for key, name, words, run in keys:
            shortcut = QShortcut(QKeySequence(key), self)
            # Only within this page, and never while a text is typed: a text field keeps letters for itself.
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(partial(self._key, run))
            if words:
                self.desk.commands.add(Command(name, words, run, key, can=self.isVisible))

    def _key(self, run: Callable[[], object]) -> None:
        if not self._editing:
            run()
        elif run == self.stop:
            self.guard.leave()

    # --- showing ---

    def _show(self, items: list[Item]) -> None:
        keep = self._back_to if self._back_to is not None else (self.item.draft.id if self.item else None)
        row_at = self.list.currentIndex().row()
        if not items:
            self.model.show(items)
            self.show_empty(self._nothing_left())
            return
        self.show_full()
        if items != self.model.items:
            self.list.blockSignals(True)
            self.model.show(items)
            self.list.blockSignals(False)
        place = self.model.place(keep)
        if place >= 0 and keep == self._back_to:
            self._back_to = None
        self._stand_on(place if place >= 0 else min(max(row_at, 0), len(items) - 1))
        if self.isVisible() and self.window().focusWidget() is None:
            self.list.setFocus()

    def _stand_on(self, row_at: int) -> None:
        index = self.model.index(row_at, 0)
        if index == self.list.currentIndex():
            self._show_item()
        else:
            self.list.setCurrentIndex(index)
        self.list.scrollTo(index)

    def _step(self, by: int) -> None:
        if self.model.items:
            self._stand_on(min(max(self.list.currentIndex().row() + by, 0), len(self.model.items) - 1))

    def _show_item(self) -> None:
        item = self.item
        if item is None or self._editing or self.again.busy:
            return
        product = self._product if self._product and self._product.id == item.draft.product else None
        self.card.show_item(item, product)
        number, answered = item.draft.product, review_of(item.draft.field)
        self.desk.ask(lambda shop: _read(shop, number, answered), self._show_product, key="queue.product")
        self._show_buttons()

    def _show_product(self, answer: tuple[Product, list[str], str, Any]) -> None:
        (product, asked, review, packs), item = answer, self.item
        self.card.hold_to(packs)
        if item is not None and item.draft.product == product.id:
            self._product = product
            self.card.show_product(product, review)
            self.facts.show_facts(product, item.draft, asked)

    def _show_buttons(self) -> None:
        writing = self.again.busy
        for button in (self.approve_button, self.edit_button, self.again_button, self.reject_button):
            button.setVisible(not writing and not self._editing)
        if self.item is not None and not _writes(self.item):
            self.again_button.setVisible(False)  # these are put together from what was counted, every time alike
        self.stop_button.setVisible(writing)
        for button in (self.save_button, self.cancel_button):
            button.setVisible(self._editing)
        self.list.setEnabled(not self._editing)

    def _show_counts(self, counts: Counts) -> None:
        count = counts.drafts_waiting
        words = several("{count} draft waits for you", "{count} drafts wait for you", count)
        self.subtitle.setText(words if count else "")

    @property
    def _at_work(self) -> bool:
        return any(work.number is not None for work in self.desk.work.running)

    def _work_moved(self) -> None:
        if self.isVisible() and not self.is_full and self._awaits != self._at_work:
            self.refresh()

    def _nothing_left(self) -> EmptyState:
        self._awaits = self._at_work
        if self._awaits:
            more = _("Each text comes here as soon as it is written. How far the work is stands below.")
            return EmptyState("pencil", _("No draft waits for you yet"), more)
        missing = self.desk.counts.missing if self.desk.counts else 0
        if missing:
            text = several(
                "{count} product has no description yet.", "{count} products have no description yet.", missing
            )
            write = (_("Write them now"), lambda: describing.missing(self.desk))
            return EmptyState("circle-check", _("No draft waits for you"), text, write)
        more = _("Drafts come here when descriptions are written.")
        return EmptyState("circle-check", _("No draft waits for you"), more,
                          (_("Go to the products"), lambda: self.desk.go("products")))  # fmt: skip

    # --- deciding ---

    def _decide(self, what: str, said: str) -> None:
        item = self.item
        if item is None or item.draft.id is None or self._editing or self.again.busy:
            return
        number = item.draft.id
        self._back_to = None
        # The next draft comes at once; saving happens elsewhere, and a failure brings this one back.
        at = self.model.take(number)
        if self.model.items:
            self._stand_on(min(at, len(self.model.items) - 1))
        else:
            self.show_loading()

        def decide(shop: Any) -> Action:
            from desktop_app.tasks import drafts

            return (drafts.approve if what == "approve" else drafts.reject)(shop, [number])

        def failed(why: str) -> None:
            self.tell(Notice(why, "bad"))
            self.refresh()

        self.desk.do(decide, said=said, failed=failed, back=lambda shop: reopen(shop, number), about=number)

    def _save(self) -> None:
        item, text = self.item, self.card.view.text
        if item is None or item.draft.id is None:
            return
        number = item.draft.id

        def save(shop: Any) -> Draft:
            from desktop_app.tasks import drafts

            drafts.edit(shop, number, text)
            kept: Draft = shop.draft(number)
            return kept

        def saved(draft: Draft) -> None:
            self._stop_editing()
            at = self.model.place(draft.id)
            if at >= 0:
                self.model.items[at] = replace(self.model.items[at], draft=draft)
                self._stand_on(at)
            self.refresh()

        self.desk.do(save, said=_("Text saved"), then=saved, failed=lambda why: self.tell(Notice(why, "bad")))

    def _cancel(self) -> None:
        self._stop_editing()
        self._show_item()

    def _is_typed(self) -> bool:
        return self._editing and self.item is not None and self.card.view.text != self.item.draft.text

    def _stop_editing(self) -> None:
        self._editing = False
        self.guard.settle()
        self.card.editing(False)
        self._show_buttons()
        self.list.setFocus()

    def _add_fact(self, name: str) -> None:
        if self.item is not None:
            self.desk.go("products", product=self.item.draft.product, fact=name)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Let the facts go where the window is small."""
        super().resizeEvent(event)
        roomy = self.width() >= _ROOMY
        self.facts.narrow(not roomy)
        self.list.setFixedWidth(256 if roomy else 188)


def _writes(item: Item) -> bool:
    """Tell whether writing again could give other words."""
    return item.draft.field != "reviews" and review_of(item.draft.field) is None


def reopen(shop: Any, draft: int) -> Action:
    """Put a draft back into the queue; the opposite of deciding about it."""
    from desktop_app.tasks import drafts

    return drafts.reopen(shop, [draft])


def _read(shop: Any, number: int, answered: int | None) -> tuple[Product, list[str], str, Any]:
    from desktop_app.tasks import rule_packs

    product = shop.product(number)
    found = shop.reviews([answered]) if answered is not None else []
    return product, missing(product), _review(found[0]) if found else "", rule_packs.chosen(shop)


def _review(review: Review) -> str:
    """Return a review as one reads it beside its answer: stars, who and when above the words."""
    stars = "" if review.stars is None else "★" * round(review.stars) + "☆" * (5 - round(review.stars))
    head = " · ".join(part for part in (stars, review.author, local.days(review.written[:10])) if part)
    return f"{head}\n{review.whole}" if head else review.whole
