"""The window: Qt Widgets over the tasks. The only room that knows PySide6."""

from __future__ import annotations

import logging
import os
import sys
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from desktop_app import paths, words
from desktop_app.settings import Settings
from desktop_app.tasks import connections

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

    from desktop_app.ui.desk import Desk

log = logging.getLogger(__name__)


def run(settings: Settings, shop_path: Path | None) -> int:
    """Show the window, then open the shop, and stay until the window is closed; return the exit status."""
    connections.watch()
    shop_path = shop_path and shop_path.absolute()
    stand_among_documents()
    # Python hands over between threads every 5 ms; the window waits for its turn several times a frame.
    sys.setswitchinterval(0.001)
    app = application(settings)
    from PySide6.QtCore import QTimer

    from desktop_app.ui.collecting import Collector
    from desktop_app.ui.desk import Desk
    from desktop_app.ui.window import Window

    collector = Collector()
    desk = Desk(settings)
    sys.excepthook = lambda kind, error, trace: _bug(desk, kind, error, trace)
    window = Window(desk)
    window.show()
    # The window stands before anything is read: its page, the log, the shop and the weights come after the first frame.
    QTimer.singleShot(0, lambda: window.go("today"))
    QTimer.singleShot(0, _keep_log)
    QTimer.singleShot(0, lambda: begin(desk, shop_path))
    status = app.exec()
    collector.stop()
    sys.excepthook = sys.__excepthook__
    return status


def stand_among_documents() -> None:
    """Stand in the person's documents: a file dialog begins where the process stands, and puts a bare name there.

    An installed program is started among its own files, where nobody keeps a product file and nobody may save one.
    """
    from PySide6.QtCore import QStandardPaths

    for name in ("ZHANGGUI_DATA", "ZHANGGUI_WEIGHTS"):
        if os.environ.get(name):
            os.environ[name] = str(Path(os.environ[name]).absolute())
    for kind in (QStandardPaths.StandardLocation.DocumentsLocation, QStandardPaths.StandardLocation.HomeLocation):
        folder = Path(QStandardPaths.writableLocation(kind))
        if folder.is_absolute() and folder.is_dir():
            os.chdir(folder)
            return


def application(settings: Settings) -> QApplication:
    """Return the one QApplication, dressed in the language, fonts and colours of ``settings``."""
    from PySide6.QtGui import QIcon
    from PySide6.QtWidgets import QApplication

    from desktop_app.ui import theme

    app = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(app, QApplication)
    app.setApplicationName("Zhanggui")
    app.setApplicationDisplayName("掌柜 Zhanggui")
    app.setDesktopFileName("zhanggui")
    app.setWindowIcon(QIcon(str(paths.assets() / "zhanggui.png")))
    speak(settings)
    theme.prepare(app, settings.theme)
    return app


def speak(settings: Settings) -> None:
    """Use the language of ``settings``, for our words and for Qt's own."""
    from PySide6.QtCore import QCoreApplication

    from desktop_app.ui import qt_words

    words.use(words.system_language() if settings.language == "system" else settings.language)
    app = QCoreApplication.instance()
    if app is not None:
        qt_words.use(app)


def begin(desk: Desk, shop_path: Path | None) -> None:
    """Open the named shop, the last one, or the usual one (made where there is none), and find the weights."""
    from desktop_app.tasks import shops

    recent = [Path(p) for p in desk.settings.recent]
    last = next((p for p in recent if p.exists()), paths.default_shop())
    gone = recent[0] if recent and recent[0] != last and shop_path is None else None
    desk.open(shop_path or last, made=lambda path: shops.open_or_new(path).close(), then=lambda: _opened(desk, gone))
    desk.find_weights()
    desk.warm_up()


def _opened(desk: Desk, gone: Path | None) -> None:
    from desktop_app.ui import no_shop, welcome_page

    welcome_page.offer(desk)
    if gone is not None:
        desk.tell(no_shop.missed(desk, gone))


def _keep_log() -> None:
    import logging.handlers

    handler = logging.handlers.RotatingFileHandler(
        paths.logs() / "window.log", maxBytes=1_000_000, backupCount=2, encoding="utf-8", delay=True
    )
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s %(message)s"))
    logging.getLogger().addHandler(handler)


def _bug(desk: Desk, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    log.error("a bug in the window", exc_info=(kind, error, trace))
    desk.oops(words._("Something went wrong inside Zhanggui. What was saved is not lost."))
