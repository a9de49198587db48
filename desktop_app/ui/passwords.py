"""The small windows about a shop's password: asked for, chosen, and the recovery code that stands in for a lost one."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QFileDialog, QLineEdit, QWidget

from desktop_app.ui.theme import mono
from desktop_app.ui.widgets import Button, Text, column, row
from desktop_app.words import _

_WIDE = 400
Tried = Callable[[str], object]


def _field(name: str) -> QLineEdit:
    field = QLineEdit()
    field.setEchoMode(QLineEdit.EchoMode.Password)
    field.setAccessibleName(name)
    field.setPlaceholderText(name)
    field.setInputMethodHints(Qt.InputMethodHint.ImhHiddenText | Qt.InputMethodHint.ImhNoPredictiveText)
    return field


class _Dialog(QDialog):
    """A heading, a few words, the fields, what is wrong, and two buttons; waits while an answer is looked for."""

    def __init__(
        self, parent: QWidget | None, title: str, text: str, *fields: QWidget, do: str, go: Callable[[], object]
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setFixedWidth(_WIDE)
        self.wrong = Text("", "small", tone="bad", wrap=True)
        self.wrong.hide()
        self.main = Button(do, go, kind="main")
        self.main.setDefault(True)
        self.other = Button(_("Cancel"), self.reject)
        words = [Text(text, "small", tone="muted", wrap=True)] if text else []
        self.setLayout(
            column(
                Text(title, "large", strong=True, wrap=True),
                *words,
                4,
                *fields,
                self.wrong,
                8,
                row(None, self.other, self.main),
                gap=8,
                margins=(24, 24, 24, 20),
            )
        )

    def wait(self) -> None:
        """Say nothing and take nothing until the answer is there."""
        self.wrong.hide()
        self.main.setEnabled(False)

    def refuse(self, why: str) -> None:
        """Say what is wrong and take another try."""
        self.main.setEnabled(True)
        self.wrong.setText(why)
        self.wrong.show()
        self.adjustSize()


class AskPassword(_Dialog):
    """Ask for the password of a locked shop; ``tried`` hears what was typed and calls ``refuse`` or ``accept``."""

    def __init__(self, parent: QWidget | None, name: str, tried: Tried, *, do: str = "", text: str = "") -> None:
        self.password = _field(_("Password or recovery code"))
        self._tried = tried
        text = text or _("The recovery code opens it as well.")
        super().__init__(parent, _("{name} is locked", name=name), text, self.password,
                         do=do or _("Open"), go=self._go)  # fmt: skip
        self.password.setFocus()

    def _go(self) -> None:
        if self.password.text():
            self.wait()
            self._tried(self.password.text())

    def refuse(self, why: str) -> None:
        """Say that it does not fit, with what was typed marked so that the next key replaces it."""
        super().refuse(why)
        self.password.selectAll()
        self.password.setFocus()


class ChoosePassword(_Dialog):
    """Ask for a new password twice; ``chosen`` hears it."""

    def __init__(self, parent: QWidget | None, chosen: Tried) -> None:
        self.first, self.second = _field(_("New password")), _field(_("The same again"))
        self._chosen = chosen
        super().__init__(
            parent,
            _("A password for this shop"),
            _("The file is written anew so that nobody can read it without the password, and the backups on this "
              "computer with it. You get a recovery code to keep on paper: without the password and without the code, "
              "nobody can open the shop again, we neither."),
            self.first, self.second, do=_("Lock the shop"), go=self._go,
        )  # fmt: skip
        self.first.setFocus()

    def _go(self) -> None:
        from desktop_app.shop import locks

        if len(self.first.text()) < locks.SHORTEST:
            self.refuse(_(locks.TOO_SHORT, count=locks.SHORTEST))
        elif self.first.text() != self.second.text():
            self.refuse(_("The two are not the same."))
        else:
            self.accept()
            self._chosen(self.first.text())


class ShowCode(_Dialog):
    """Show the recovery code, to be written down, copied or saved."""

    def __init__(self, parent: QWidget | None, name: str, code: str, left: tuple[Path, ...] = ()) -> None:
        self.code = QLineEdit(code)
        self.code.setReadOnly(True)
        self.code.setFont(mono())
        self.code.setAccessibleName(_("Recovery code"))
        self._name = name
        text = _("Write it down and keep it away from this computer. It opens the shop if the password is lost.")
        if left:
            files = ", ".join(path.name for path in left)
            stayed = _("These backups have another password or could not be written, and stay as they were:")
            text += f"\n{stayed} {files}"
        super().__init__(
            parent, _("The recovery code of {name}", name=name), text, self.code, do=_("I have written it down"),
            go=self.accept,
        )  # fmt: skip
        self.other.hide()
        buttons = row(Button(_("Copy"), self._copy), Button(_("Save…"), self._save), None)
        layout = self.layout()
        assert layout is not None
        layout.insertLayout(4, buttons)  # type: ignore[attr-defined]

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.code.text())

    def _save(self) -> None:
        usual = _("Recovery code of {name}", name=self._name) + ".txt"
        chosen, _kind = QFileDialog.getSaveFileName(self, _("Save…"), usual, f"{_('Text files')} (*.txt)")
        if chosen:
            try:
                Path(chosen).write_text(f"{self._name}\n{self.code.text()}\n", "utf-8")
            except OSError:
                self.refuse(_("It could not be saved there. Choose another folder."))
