"""The actions of the whole window, by name; a page adds its own when it is made."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QFileDialog

from desktop_app import paths
from desktop_app.ui import describing, places
from desktop_app.ui.commands import Command
from desktop_app.words import _

if TYPE_CHECKING:
    from desktop_app.ui.window import Window

APART = ("shop.add", "shop.backup", "shop.quit", "edit.find", "view.light", "view.en", "work.pause")  # after a line
_being_made: set[Path] = set()  # pressed once more, the button of the sample shop does nothing
MENUS = (("shop", "Shop"), ("edit", "Edit"), ("work", "Work"), ("go", "Go to"), ("view", "View"))


def register(window: Window) -> None:
    """Put everything the window itself can do on the list."""
    desk, add = window.desk, window.desk.commands.add
    opened = lambda: desk.shop is not None  # noqa: E731
    add(
        Command("shop.new", "New shop…", lambda: _first(window, new_shop), "Ctrl+N", "shop"),
        Command("shop.open", "Open shop…", lambda: _first(window, open_shop), "Ctrl+O", "shop"),
        Command("shop.sample", "Open the sample shop", lambda: _first(window, open_sample), "", "shop"),
        Command("shop.add", "Add a product", lambda: desk.go("products", new=True), "Ctrl+Shift+N", "shop", opened),
    )  # fmt: skip
    for key, name, shortcut in (("import", "Import…", "Ctrl+I"), ("export", "Export…", "Ctrl+E")):
        if places.known(key) is not None:
            add(Command(f"shop.{key}", name, partial(window.go, key), shortcut, "shop", opened))
    add(
        Command("shop.backup", "Back up now", lambda: back_up(window), "", "shop", opened),
        Command("shop.quit", "Quit", window.close, "Ctrl+Q", "shop"),
        Command("edit.undo", "Undo", desk.undo, "Ctrl+Z", "edit", opened),
        Command("edit.redo", "Redo", desk.redo, "Ctrl+Shift+Z | Ctrl+Y", "edit", opened),
        Command("edit.history", "What was done…", partial(window.go, "history"), "Ctrl+H", "edit", opened),
        Command("edit.find", "Find", window.seek, "Ctrl+F", "edit", opened),
        Command("edit.palette", "All actions…", window.open_palette, "Ctrl+K", "edit"),
        Command("work.missing", "Write for all products without a description", lambda: describing.missing(desk),
                "", "work", opened),
        Command("work.write", "Write texts for many products…", lambda: desk.go("write"), "", "work", opened),
        Command("work.questions", "Answer questions about your products…", lambda: desk.go("questions"), "", "work",
                opened),
        Command("work.voice", "Your voice…", lambda: desk.go("voice"), "", "work", opened),
        Command("work.pause", "Pause or go on with the running work", desk.work.pause_or_resume, "", "work",
                lambda: desk.work.now is not None),
        Command("work.stop", "Stop the running work", desk.work.stop, "Ctrl+.", "work",
                lambda: desk.work.now is not None),
    )  # fmt: skip
    for number, place in enumerate((p for p in places.PLACES if not p.hidden), 1):
        add(Command(f"go.{place.key}", place.name, partial(window.go, place.key), f"Ctrl+{number}", "go"))

    _register_elsewhere(window, opened)

    def settings(**change: Any) -> None:
        desk.change_settings(replace(desk.settings, **change))

    add(
        Command("view.narrow", "Show or hide the words of the navigation",
                lambda: settings(navigation_narrow=not desk.settings.navigation_narrow), "Ctrl+B", "view"),
        Command("view.light", "Light colours", partial(settings, theme="light"), "", "view"),
        Command("view.dark", "Dark colours", partial(settings, theme="dark"), "", "view"),
        Command("view.system", "Colours of the system", partial(settings, theme="system"), "", "view"),
        Command("view.en", "English window", partial(settings, language="en"), "", "view"),
        Command("view.zh", "Chinese window", partial(settings, language="zh"), "", "view"),
    )  # fmt: skip
    if sys.platform != "darwin":
        # F10 opens the menu as it does everywhere else.
        add(Command("view.menu", "Menu", window.open_menu, "F10", "view"))


def _register_elsewhere(window: Window, opened: Callable[[], bool]) -> None:
    add = window.desk.commands.add
    # What is reached by a button of another page is found by its name too.
    for key in ("customers", "buying", "knowledge", "answering", "reviews-import"):
        if (hidden := places.known(key)) is not None:
            add(Command(f"go.{key}", hidden.name, partial(window.go, key), can=opened))
    add(
        Command("orders.new", "New order…", lambda: _on(window, "orders", "write"), can=opened),
        Command("orders.import", "Import orders…", lambda: _on(window, "orders", "bring"), can=opened),
        Command("messages.import", "Import messages…", lambda: _on(window, "messages", "bring"), can=opened),
        Command("stock.count", "Count stock…", lambda: _on(window, "buying", "count"), can=opened),
        Command("stock.order", "Order goods…", lambda: _on(window, "buying", "begin"), can=opened),
        Command("view.keys", "Help: the keys", partial(window.go, "settings", keys=True), "F1", "view"),
    )


def _first(window: Window, what: Callable[[Window], None]) -> None:
    """Do what puts another shop into the window, once no form with typed things would be lost by it."""
    if window.unless_typed(partial(what, window)):
        what(window)


def _on(window: Window, place: str, what: str) -> None:
    window.go(place)
    getattr(window.page, what)()


def new_shop(window: Window) -> None:
    """Ask where, make an empty shop there, and open it."""
    name = str(paths.data() / f"{_('My shop')}.zhanggui")
    chosen, _kind = QFileDialog.getSaveFileName(window, _("New shop"), name, _filter())
    if chosen:
        path = Path(chosen)
        path = path if path.suffix == ".zhanggui" else path.with_name(path.name + ".zhanggui")
        window.desk.open(path, made=_make)


def open_shop(window: Window) -> None:
    """Ask which shop file, and open it."""
    chosen, _kind = QFileDialog.getOpenFileName(window, _("Open shop"), str(paths.data()), _filter())
    if chosen:
        window.desk.open(Path(chosen))


def open_sample(window: Window) -> None:
    """Open the sample shop, made in the language of the window where it is not there yet."""
    from desktop_app.records import Progress
    from desktop_app.tasks import shops

    path, desk = sample_path(), window.desk
    if path in _being_made:
        return
    if path.exists():
        desk.open(path, made=shops.make_sample)
        return
    said = [_("Making the sample shop …")]
    again = QTimer(window)  # what is said stays for eight seconds only, and this takes longer
    again.setInterval(4000)
    again.timeout.connect(lambda: desk.said.emit(said[-1], False))

    def told(event: object) -> None:
        if isinstance(event, Progress) and event.total:
            said.append(f"{said[0]} {event.done * 100 // event.total} %")
            desk.said.emit(said[-1], False)

    def ended() -> None:
        again.deleteLater()
        _being_made.discard(path)

    def made() -> None:
        ended()
        desk.said.emit(_("Done."), False)

    _being_made.add(path)
    again.start()
    desk.said.emit(said[0], False)
    desk.open(path, made=shops.make_sample, event=told, then=made, failed=ended)


def sample_path() -> Path:
    """Return where the sample shop of the window's language lies, whether or not it was made yet."""
    from desktop_app.words import language

    name = {"zh": "示例店铺"}.get(language(), "Sample shop")
    return paths.data() / f"{name}.zhanggui"


def back_up(window: Window) -> None:
    """Copy the shop to the backups now."""

    def done(made: Path) -> None:
        window.desk.said.emit(_("Backed up: {name}", name=made.name), False)
        window.page.refresh()

    window.desk.ask(lambda shop: shop.back_up_now(), done)


def _make(path: Path) -> None:
    from desktop_app.tasks import shops

    shops.new(path).close()


def _filter() -> str:
    return f"{_('Shop files')} (*.zhanggui)"
