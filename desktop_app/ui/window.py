"""The window: navigation, the page one is on, the strip, menus and the command palette."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QByteArray, QPoint, QSize, Qt, QTimer
from PySide6.QtGui import QAction, QCloseEvent, QDragEnterEvent, QDragLeaveEvent, QDropEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QMainWindow, QMenu, QStackedWidget, QWidget

from desktop_app.settings import Settings
from desktop_app.ui import actions, awake, describing, dropping, no_shop, places, tab_order, unsaved
from desktop_app.ui.desk import Desk
from desktop_app.ui.longwork import Undertaking
from desktop_app.ui.navigation import Navigation
from desktop_app.ui.page import Page
from desktop_app.ui.shelf_watch import ShelfWatch
from desktop_app.ui.strip import Strip
from desktop_app.ui.theme import theme
from desktop_app.ui.widgets import column, row
from desktop_app.ui.widgets.buttons import literal
from desktop_app.ui.widgets.notice import Notice
from desktop_app.words import _

if TYPE_CHECKING:
    from desktop_app.records import Counts
    from desktop_app.ui.palette import Palette

log = logging.getLogger(__name__)

LEAST = (960, 640)
_TITLE_BAR = 38  # pixels that the system puts above the window, as high as it is anywhere
_TIGHT = 1080  # below this the navigation shows icons alone


class Window(QMainWindow):
    """One shop, one window."""

    _palette: Palette | None = None

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.pages: dict[str, Page] = {}
        self.here = ""
        self._spoken = desk.settings.language
        self._refused = ""  # why no shop could be opened, as long as none is
        self._stale: set[str] = set()
        self.awake = awake.Awake()
        room = self.screen().availableGeometry().size() - QSize(
            0, _TITLE_BAR
        )  # letters of half again the size leave less than the least
        self.setMinimumSize(QSize(*LEAST).boundedTo(room))
        self.setAcceptDrops(True)
        self.resize(QSize(1280, 800).boundedTo(room))
        self._build()
        self._restore_place()
        desk.opened.connect(self._shop_opened)
        desk.changed.connect(self._shop_changed)
        desk.renamed.connect(self._name)
        desk.counted.connect(self._show_counts)
        desk.noticed.connect(self._show_notice)
        desk.refused.connect(self._show_refused)
        self._shelf = ShelfWatch(desk, self._withdraw)
        desk.going.connect(self._go)
        desk.locked.connect(self._ask_password)
        desk.settings_changed.connect(self._settings_changed)
        desk.work.moved.connect(self._keep_awake)
        desk.work.ended.connect(self._work_ended)
        theme.changed.connect(self._recoloured)

    @property
    def page(self) -> Page:
        """Return the page that is shown."""
        return self.pages[self.here]

    def go(self, key: str, **where: Any) -> None:
        """Show the page ``key``, made now if nobody was there before."""
        self._go(key, where)

    @property
    def palette_panel(self) -> Palette:
        """The command palette, made when it is first asked for."""
        if self._palette is None:
            from desktop_app.ui.palette import Palette

            self._palette = Palette(self._whole, self.desk.commands)
        return self._palette

    def open_palette(self) -> None:
        """Show the command palette."""
        self.palette_panel.ask()

    def open_menu(self) -> None:
        """Open the menu under its button in the navigation."""
        button = self.navigation.menu_button
        self.menu.popup(button.mapToGlobal(QPoint(0, button.height() + 4)))
        self.menu.setActiveAction(self.menu.actions()[0])  # so that the arrows go on from there

    def unless_typed(self, then: Callable[[], object]) -> bool:
        """Tell whether nothing typed is lost when the pages go; else ask there, and do ``then`` if it may be."""
        typed = unsaved.typed_in(self)
        if not typed:
            return True
        form = typed[0].form
        place = next((key for key, page in self.pages.items() if page.isAncestorOf(form)), "")
        if place and place != self.here:
            self.go(place)
        typed[0].ask(then)
        return False

    def seek(self) -> None:
        """Go to the search field of this page, or to the products where this page has none."""
        page = self.page
        if not hasattr(page, "seek"):
            self.go("products")
            page = self.page
        getattr(page, "seek", page.setFocus)()

    # --- what Qt asks ---

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the page what the navigation can spare."""
        super().resizeEvent(event)
        self._fit_navigation()
        if self._palette is not None and self._palette.isVisible():
            self._palette.place()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Stop cleanly; what was still to do is offered next time, and a form with typed things asks before it goes."""
        if not self.unless_typed(self.close):
            event.ignore()
            return
        geometry = bytes(self.saveGeometry().toBase64().data()).decode()
        self.desk.change_settings(replace(self.desk.settings, window=geometry))
        for page in self.pages.values():
            page.leave()
        self.desk.close()
        self.awake.release()
        super().closeEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take files from the desktop, and say what would become of them."""
        if files := dropping.files_in(event.mimeData()):
            event.acceptProposedAction()
            self.hint.say(dropping.words_for(files))

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """Nothing hovers any more."""
        super().dragLeaveEvent(event)
        self.hint.hide()

    def dropEvent(self, event: QDropEvent) -> None:
        """Open a dropped shop, import any other dropped file."""
        self.hint.hide()
        files = dropping.files_in(event.mimeData())
        if files and files[0].suffix == ".zhanggui":
            self._open_unless_typed(files[0])
        elif files and dropping.are_letters(files):
            self.go("messages", files=files)
        elif files and places.known("import"):
            self.go("import", paths=files)

    # --- inside ---

    def _build(self) -> None:
        self.navigation = Navigation(lambda key: self.go(key), self.open_menu)
        self.stack = QStackedWidget()
        self.strip = Strip(self.desk, self._to_page)
        self._whole = whole = QWidget()
        self.hint = dropping.DropHint(whole)
        whole.setObjectName("body")
        whole.setLayout(row(self.navigation, column(self.stack, self.strip, gap=0), gap=0))
        self.setCentralWidget(whole)
        self._fit_navigation()
        actions.register(self)
        self._make_menus()
        self._name()

    def _to_page(self) -> None:
        """Give the keyboard to the page: to where it goes on arrival, else to what it has first."""
        target = self.here and (self.page.landing or next(tab_order.readers(self.page), None))
        if target:
            target.setFocus()

    def _make_menus(self) -> None:
        for old in self.actions():
            self.removeAction(old)
        self.menu = QMenu(self)
        self.menu.setAccessibleName(_("Menu"))
        bar = self.menuBar()
        bar.clear()
        # One set of actions: in the system's menu bar on a Mac, under the button in the navigation elsewhere.
        native = bar.isNativeMenuBar()
        bar.setVisible(native)
        for key, name in actions.MENUS:
            menu = QMenu(_(name), self)
            (bar if native else self.menu).addMenu(menu)
            for command in self.desk.commands:
                if command.menu != key:
                    continue
                if command.key in actions.APART:
                    menu.addSeparator()
                action = QAction(_(command.name), self)
                if command.shortcut:
                    action.setShortcuts([QKeySequence(part) for part in command.shortcut.split(" | ")])
                action.triggered.connect(lambda _checked=False, key=command.key: self.desk.commands.run(key))
                menu.addAction(action)
                self.addAction(action)
                # Grey only while one looks: a key must work as soon as its action can be done again.
                menu.aboutToShow.connect(lambda action=action, command=command: action.setEnabled(command.can()))
                menu.aboutToHide.connect(lambda action=action: action.setEnabled(True))
                if command.key == "shop.open":
                    self._recent = menu.addMenu(_("Recent shops"))
                    self._fill_recent()
                    # Grey it would never open, and so never learn of the shops opened since.
                    menu.aboutToShow.connect(self._fill_recent)

    def _fill_recent(self) -> None:
        self._recent.clear()
        for path in self.desk.settings.recent:
            action = self._recent.addAction(literal(Path(path).stem))
            action.setToolTip(path)
            action.triggered.connect(lambda _checked=False, path=path: self._open_unless_typed(Path(path)))
        self._recent.setEnabled(bool(self.desk.settings.recent))

    def _open_unless_typed(self, path: Path) -> None:
        if self.unless_typed(lambda: self.desk.open(path)):
            self.desk.open(path)

    def _go(self, key: str, where: Any) -> None:
        place = places.known(key)
        if place is None:
            return
        if key != self.here and self.here:
            self.page.leave()
            self.page.notices.left()
        if key not in self.pages:
            self.pages[key] = place.build(self.desk)
            self.stack.addWidget(self.pages[key])
            self._stale.add(key)
            tab_order.renew_soon(self)
        self.navigation.setVisible(not place.alone)
        if key != self.here:
            # Else Qt gives the keyboard to whatever comes next, such as a choice that a stray key then changes.
            self.navigation.take_focus(place.under or key)
        self.here = key
        self.stack.setCurrentWidget(self.pages[key])
        self.navigation.show_place(place.under or key)
        self._freshen()
        self.page.arrive(**(where or {}))
        if self.page.landing is not None and self.navigation.isAncestorOf(self.focusWidget() or self):
            self.page.landing.setFocus()
        if self._refused and not place.foot:
            self.page.show_empty(no_shop.state(self.desk, self._refused))

    def _shop_opened(self) -> None:
        shop, keep = self.desk.shop, self.here
        self._refused = ""
        self._name()
        # Another shop: nothing on the old pages means anything any more.
        for page in self.pages.values():
            page.leave()
            self.stack.removeWidget(page)
            page.deleteLater()
        self.pages.clear()
        self.here = ""
        self.go(keep if places.known(keep) and not places.known(keep).hidden else "today")  # type: ignore[union-attr]
        if shop is not None:
            describing.offer(self.desk)
        if shop is not None and self.desk.unfinished.jobs():
            self.desk.tell(
                Notice(
                    _("Some work was not finished when the window was closed."),
                    more=_("What was written is saved. The rest can go on now."),
                    button=_("Go on"),
                    run=self.desk.unfinished.go_on,
                )
            )

    def _shop_changed(self) -> None:
        self._stale.update(self.pages)
        self._freshen()

    def _freshen(self) -> None:
        if self.here in self._stale and self.desk.shop is not None:
            self._stale.discard(self.here)
            self.page.refresh()

    def _show_counts(self, counts: Counts) -> None:
        self.navigation.show_count("writing", counts.drafts_waiting)
        self.desk.ask(lambda shop: shop.conversation_counts(), self._show_messages, key="messages waiting")

    def _show_messages(self, counts: dict[str, int]) -> None:
        waiting = counts.get("new", 0) + counts.get("drafted", 0)  # as Today counts what waits for an answer
        self.navigation.show_count("messages", waiting)

    def _show_notice(self, notice: Notice) -> None:
        if self.here:
            self.page.tell(notice)

    def _show_refused(self, why: str) -> None:
        self._refused = why  # a page would wait for a shop for ever
        self.go(self.here or "today")

    def _withdraw(self, notice: Notice) -> None:
        for page in self.pages.values():
            if page.notices.notice is notice:
                page.notices.clear()

    def _ask_password(self, path: Path, then: Callable[[], object]) -> None:
        from desktop_app.ui import locking

        locking.ask(self.desk, path, then)

    def _keep_awake(self) -> None:
        if self.desk.night.waits or any(not u.job.paused for u in self.desk.work.running):
            self.awake.hold()
        elif self.awake.held:
            self.awake.release()

    def _work_ended(self, work: Undertaking) -> None:
        if not self.desk.work.queue and not work.job.stop.is_set():
            awake.announce(self, work.name, _("Done."))

    def _settings_changed(self, before: Settings, now: Settings) -> None:
        if now.theme != before.theme:
            theme.use(now.theme)
        if now.language not in (before.language, self._spoken):
            self._change_language(before.language, now.language)
        if now.navigation_narrow != before.navigation_narrow:
            self._fit_navigation()

    def _change_language(self, before: str, language: str) -> None:
        """Make the window anew in another language; a form with typed things, which would be lost by it, asks first."""
        desk, here = self.desk, self.here

        def set_to(chosen: str) -> None:
            desk.change_settings(replace(desk.settings, language=chosen))  # type: ignore[arg-type]

        def thrown_away() -> None:
            self.go(here)
            QTimer.singleShot(0, lambda: set_to(language))  # after the language was set back

        if self.unless_typed(thrown_away):
            QTimer.singleShot(0, self._speak)
        else:  # as it was until that is answered; later, or who hears of the change next would show the new one
            QTimer.singleShot(0, lambda: set_to(before))

    def _speak(self) -> None:
        from desktop_app import ui

        ui.speak(self.desk.settings)
        self._spoken = self.desk.settings.language
        keep = self.here
        for page in self.pages.values():
            page.leave()
        self.pages.clear()
        self.here = ""
        self._build()
        self.go(keep or "today")
        self.desk.count()

    def _recoloured(self) -> None:
        for widget in self.findChildren(QWidget):
            widget.update()

    def _fit_navigation(self) -> None:
        self.navigation.narrow(self.desk.settings.navigation_narrow or self.width() < _TIGHT)

    def _name(self) -> None:
        shop = self.desk.shop
        self.setWindowTitle(f"{shop.name} — 掌柜 Zhanggui" if shop and shop.name else "掌柜 Zhanggui")

    def _restore_place(self) -> None:
        if self.desk.settings.window:
            self.restoreGeometry(QByteArray.fromBase64(self.desk.settings.window.encode()))
        self.setWindowState(self.windowState() & ~Qt.WindowState.WindowMinimized)
