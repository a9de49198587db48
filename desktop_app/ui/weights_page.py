"""The Weights page: what is here, what writes, and how a file from disk comes in or goes away."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeyEvent
from PySide6.QtWidgets import (
    QFileDialog,
    QStackedWidget,
    QWidget,
)
from shiboken6 import isValid

from desktop_app.records import Weights
from desktop_app.ui import weights_fetching, weights_list, weights_shown
from desktop_app.ui.desk import Desk
from desktop_app.ui.importing.preview import Busy
from desktop_app.ui.longwork import Undertaking, measured
from desktop_app.ui.page import Page
from desktop_app.ui.weights_list import Found, WeightsDelegate, WeightsList
from desktop_app.ui.weights_panel import WeightsPanel
from desktop_app.ui.widgets import Button, Text, column, row
from desktop_app.ui.widgets.notice import Notice
from desktop_app.words import _


class WeightsPage(Page):
    """List on the left, one file in full on the right."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, _("Weights"))
        self.found: Found | None = None
        self.candidate: tuple[Weights, Any] | None = None  # a file that was looked at and is not added yet
        self._removing = ""
        self._wanted = ""  # path of the one to stand at when the list comes
        self._running: Undertaking | None = None
        self.setAcceptDrops(True)
        self.header.addStretch(1)
        self.add_button = Button(_("Add a file…"), self.ask, icon="plus")
        self.header.addWidget(self.add_button)
        self.list = WeightsList()
        self.list.setAccessibleName(_("Weights on this computer"))
        self.list.setItemDelegate(WeightsDelegate(self.list))
        self.list.setVerticalScrollMode(WeightsList.ScrollMode.ScrollPerPixel)
        self.list.stood.connect(self._chosen)
        self.panel = WeightsPanel()
        self.busy = Busy(self.stop)
        self.side = QStackedWidget()
        self.side.addWidget(self.panel)
        self.side.addWidget(self.busy)
        hint = _(
            "Weights are what writes: one file each, ending in .gguf. Larger ones write better "
            "and slower. Bring one from another computer or a stick and add it here."
        )
        help_ = Text(hint, "small", tone="muted", wrap=True)
        left = QWidget()
        left.setObjectName("plain")
        inside = column(gap=0)
        inside.addWidget(self.list, 1)
        newer = Button(_("Newer list from a file…"), self.ask_list, kind="quiet", small=True)
        inside.addLayout(column(help_, row(newer, None, gap=0), margins=(24, 12, 24, 16)))
        left.setLayout(inside)
        left.setFixedWidth(360)
        whole = QWidget()
        whole.setObjectName("plain")
        both = row(left, gap=0)
        both.addWidget(self.side, 1)
        whole.setLayout(both)
        self.set_full(whole)
        self.show_loading()
        desk.work.moved.connect(self._show_running)
        desk.weights_known.connect(self._writer_known)

    # --- coming and going ---

    def arrive(self, path: Path | None = None, **where: Any) -> None:
        """Look which weights are here; ``path`` is a file to look at."""
        self.look()
        if path is not None:
            self.look_at(path)

    def refresh(self) -> None:
        """The shop has nothing to do with weights."""

    def look(self) -> None:
        """Read the list again."""
        self.desk.look_ahead(
            lambda shop, stop: weights_list.look(),
            done=self._looked,
            failed=lambda why: self.show_failed(why, self.look),
            key="weights here",
        )

    # --- one comes in ---

    def ask(self) -> None:
        """Ask for a file with the system's own dialog."""
        chosen, _kind = QFileDialog.getOpenFileName(
            self, _("Choose a weights file"), "", f"{_('Weights')} (*.gguf *.GGUF);;{_('All files')} (*)"
        )
        if chosen:
            self.look_at(Path(chosen))

    def ask_list(self) -> None:
        """Ask for a newer list of what could be fetched."""
        chosen, _kind = QFileDialog.getOpenFileName(self, _("Choose a list of weights"), "", f"{_('Lists')} (*.toml)")
        if chosen:
            self.take_list(Path(chosen))

    def take_list(self, path: Path) -> None:
        """Take a newer list of what could be fetched; nothing is fetched."""
        self.notices.clear()
        weights_fetching.take_list(self.desk, path, self.look, lambda why: self.tell(Notice(why, "bad")))

    def look_at(self, path: Path) -> None:
        """Read what a file says about itself; nothing loads it yet."""
        self.notices.clear()

        def failed(why: str) -> None:
            if isValid(self):
                self.tell(Notice(why, "bad", _("Nothing was added."), _("Choose another file…"), self.ask))

        self.desk.look_ahead(
            lambda shop, stop: weights_list.look_at(path), done=self._seen, failed=failed, key="weights header"
        )

    def add(self, *, copy: bool) -> None:
        """Bring the file in that was looked at."""
        if self.candidate is None or self._running is not None:
            return
        path = Path(self.candidate[0].path)
        name = _("Copying {name}", name=path.name) if copy else _("Reading {name}", name=path.name)

        def work(shop: Any, stop: Any) -> Any:
            from desktop_app import weights

            return weights.add(path, copy=copy, stop=stop)

        self.busy.begin(name)
        self.busy.stop.setEnabled(True)
        self.side.setCurrentWidget(self.busy)
        self.busy.stop.setFocus()
        self._running = self.desk.work.start(name, work, done=self._added, failed=self._not_added, figures=measured)
        self._running.job.ended = self._ended(self._running, self._running.job.ended)

    def fetch(self) -> None:
        """Fetch what one stands at; it goes on when another page is shown."""
        choice = self.choice
        if choice is None:
            return
        self.notices.clear()

        def arrived(weights: Weights) -> None:
            if isValid(self):
                self._wanted = weights.path
                self.list.stand_at(-1)
                self.look()

        def failed(why: str) -> None:
            if isValid(self):
                self.tell(Notice(why, "bad"))
                self.look()
            else:
                self.desk.oops(why)

        work = weights_fetching.begin(self.desk, choice.offer, done=arrived, failed=failed)
        also = work.job.ended

        def ended() -> None:
            if also is not None:
                also()
            if isValid(self):
                self.look()

        work.job.ended = ended
        self._show()
        self.busy.stop.setFocus()

    def stop(self) -> None:
        """Stop copying, of which nothing is kept, or fetching, which goes on from there another time."""
        fetching = weights_fetching.running(self.desk, self.choice.offer) if self.choice is not None else None
        if fetching is not None and self._running is None:
            fetching.job.cancel()
            self.busy.stop.setEnabled(False)
        elif self._running is not None:
            self._running.job.cancel()
            self.busy.stop.setEnabled(False)

    def forget_candidate(self) -> None:
        """Leave the file where it is."""
        self.candidate = None
        self._show()

    # --- one writes, one goes ---

    def use(self, weights: Weights) -> None:
        """Let these weights write from now on."""
        path = "" if weights.starter else weights.path
        self.desk.change_settings(replace(self.desk.settings, weights=path))
        self.desk.said.emit(_("{name} writes from now on.", name=weights.name), False)

    def remove(self, weights: Weights) -> None:
        """Ask once, in place, whether it is meant; then take it off the list."""
        self._removing = weights.path
        self._show()

    def really_remove(self, weights: Weights) -> None:
        """Take it off the list; only a copy in the program's own folder is deleted."""
        self._removing = ""

        def done(_result: Any) -> None:
            if self.desk.settings.weights == weights.path:
                self.desk.change_settings(replace(self.desk.settings, weights=""))
            self.desk.said.emit(_("{name} is removed.", name=weights.name), False)
            if isValid(self):
                self.look()

        self.desk.look_ahead(
            lambda shop, stop: weights_list.remove(weights), done=done, failed=lambda why: self.tell(Notice(why, "bad"))
        )

    # --- what is shown ---

    def _looked(self, found: Found) -> None:
        if not isValid(self):
            return
        self.found = found
        self.show_full()
        if not found.weights and not self.notices.isVisible():
            self.tell(Notice(
                _("No weights on this computer"), "info",
                _("Texts are made from the facts alone, which works in English and Chinese. To have texts written "
                  "more freely, fetch one of these or add a .gguf file."),
                _("Add a file…"), self.ask,
            ))  # fmt: skip
        kept = self._wanted or (self.current.path if self.current else self._in_use())
        self._wanted = ""
        self.list.blockSignals(True)
        stood = self.choice.weights.name if self.choice is not None else ""
        self.list.rows.fill(found)
        at = next((n for n, w in enumerate(found.weights) if w.path == kept and kept), 0 if found.weights else 1)
        if stood:
            at = next((n for n, e in enumerate(self.list.rows.entries) if e.name == stood and e.choice), at)
        self.list.stand_at(at)
        self.list.blockSignals(False)
        self._show()
        if self.isVisible() and not self.side.isAncestorOf(self.window().focusWidget() or self):
            self.list.setFocus()

    @property
    def current(self) -> Weights | None:
        """Return the weights one stands at."""
        return self.list.entry.weights if self.list.entry is not None else None

    @property
    def choice(self) -> Any:
        """Return what could be fetched that one stands at, or None."""
        return self.list.entry.choice if self.list.entry is not None else None

    def _in_use(self) -> str:
        return self.desk.weights.path if self.desk.weights else ""

    def _chosen(self) -> None:
        self.candidate, self._removing = None, ""
        self._show()

    def _writer_known(self, _weights: Weights | None) -> None:
        if isValid(self):
            self._show()

    def _show(self) -> None:
        self.list.rows.show_used(self._in_use())
        if self._running is not None:
            self.side.setCurrentWidget(self.busy)
            return
        if self.candidate is None and self.choice is not None:
            self._show_choice()
            return
        self.side.setCurrentWidget(self.panel)
        if self.candidate is not None and self.found is not None:
            weights_shown.candidate(self.panel, *self.candidate, self.found.memory, self.add, self.forget_candidate)
        elif self.current is not None and self.found is not None:
            self._show_current(self.current, self.found)
        else:
            self.panel.show_nothing()

    def _show_current(self, weights: Weights, found: Found) -> None:
        place = next((n for n, w in enumerate(found.weights) if w.path == weights.path), None)
        if place is None:
            return
        seen, used = found.outlooks[place], weights.path == self._in_use()
        if weights.path == self._removing:
            remove = partial(self.really_remove, weights)
            weights_shown.removal(self.panel, weights, seen, used=used, keep=self._chosen, remove=remove)
        else:
            weights_shown.known(
                self.panel, weights, seen, found.memory, used=used, use=partial(self.use, weights),
                remove=partial(self.remove, weights),
            )  # fmt: skip

    def _show_choice(self) -> None:
        choice, assert_found = self.choice, self.found
        work = weights_fetching.running(self.desk, choice.offer)
        if work is not None:
            self.busy.begin(work.name)
            self.busy.stop.setEnabled(not work.job.stop.is_set())
            self.busy.show_work(work, self.desk.work)
            self.side.setCurrentWidget(self.busy)
            return
        self.side.setCurrentWidget(self.panel)
        memory = assert_found.memory if assert_found is not None else None
        throw = partial(weights_fetching.throw_away, choice.offer, self.look, self.desk)
        weights_fetching.show(self.panel, choice, memory, self.fetch, throw)

    # --- what happened ---

    def _seen(self, result: tuple[Weights, Any, Any]) -> None:
        if not isValid(self):
            return
        weights, seen, memory = result
        known = [one.path for one in self.found.weights] if self.found is not None else []
        if weights.path in known:
            self.list.stand_at(known.index(weights.path))
            self.tell(Notice(_("{name} is here already.", name=weights.name)))
            return
        if self.found is None:
            self.found = Found((), (), memory)
        self.candidate = (weights, seen)
        self.show_full()
        self._show()

    def _added(self, weights: Weights) -> None:
        self._running = None
        self.desk.said.emit(_("{name} is added.", name=weights.name), False)
        if isValid(self):
            self.candidate, self._wanted = None, weights.path
            self.look()

    def _not_added(self, why: str) -> None:
        self._running = None
        if isValid(self):
            self.tell(Notice(why, "bad", button=_("Choose another file…"), run=self.ask))
            self._show()
        else:
            self.desk.oops(why)

    def _ended(self, work: Undertaking, also: Any) -> Any:
        def ended() -> None:
            also()
            if isValid(self) and self._running is work:  # neither done nor failed: it was stopped
                self._running = None
                self.tell(Notice(_("Stopped. Nothing was kept of it.")))
                self._show()

        return ended

    def _show_running(self) -> None:
        if not isValid(self):
            return
        if self._running is not None:
            self.busy.show_work(self._running, self.desk.work)
        elif self.choice is not None and (work := weights_fetching.running(self.desk, self.choice.offer)) is not None:
            self.busy.show_work(work, self.desk.work)

    # --- keys and dropped files ---

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Stop with Escape."""
        if event.key() == Qt.Key.Key_Escape and self.side.currentWidget() is self.busy:
            self.stop()
        else:
            super().keyPressEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take a weights file from the desktop."""
        if any(url.toLocalFile().lower().endswith(".gguf") for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Look at the dropped file."""
        files = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        if files:
            event.acceptProposedAction()
            self.look_at(files[0])
