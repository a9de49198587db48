"""What Qt's own dialogs say in the language of the window: its catalogue, and what that catalogue has missed."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QTranslator

from desktop_app.words import _, language


class _Missed(QTranslator):
    """The two labels of Qt's file dialog that got another key in Qt than in its Chinese catalogue."""

    def isEmpty(self) -> bool:
        """Say that there is something to ask for."""
        return False

    def translate(self, context: str, said: str, _about: str | None = None, _count: int = -1) -> str | None:
        """Return the words, or None for what the catalogue knows."""
        if context != "QFileDialog":
            return None
        return {"&Look in:": _("&Look in:"), "Files of &type:": _("Files of &type:")}.get(said)


def use(app: QCoreApplication) -> None:
    """Let Qt's own words be those of our language."""
    for old in app.findChildren(QTranslator):
        app.removeTranslator(old)
        old.deleteLater()
    if language() != "en":
        catalogue = QTranslator(app)
        if catalogue.load("qtbase_zh_CN", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)):
            app.installTranslator(catalogue)
        app.installTranslator(_Missed(app))
