"""The command palette: every action by name, in either language, without the mouse."""

from __future__ import annotations

from PySide6.QtCore import QAbstractListModel, QEvent, QModelIndex, QObject, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QKeyEvent, QKeySequence, QPainter
from PySide6.QtWidgets import (
    QFrame,
    QGraphicsDropShadowEffect,
    QLineEdit,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from desktop_app.ui.commands import Command, Commands
from desktop_app.ui.theme import font, theme, write
from desktop_app.ui.widgets import Text
from desktop_app.words import _

Index = QModelIndex | QPersistentModelIndex
_SHOWN = 9
_HIGH = 34


class _Found(QAbstractListModel):
    """The commands that what was typed may mean."""

    def __init__(self) -> None:
        super().__init__()
        self.commands: list[Command] = []

    def show(self, commands: list[Command]) -> None:
        self.beginResetModel()
        self.commands = commands
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 Qt's own signature
        return 0 if parent.isValid() else len(self.commands)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        command = self.commands[index.row()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return _(command.name)
        return command.shortcut if role == Qt.ItemDataRole.UserRole else None


class _Line(QStyledItemDelegate):
    """Name at the left, keys at the right."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(100, _HIGH)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        rect: QRect = option.rect
        painter.save()
        if option.state & QStyle.StateFlag.State_Selected:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour("accent_soft"))
            painter.drawRoundedRect(rect, 6, 6)
        painter.setFont(font())
        painter.setPen(theme.colour("text"))
        write(painter, rect.adjusted(12, 0, -96, 0), str(index.data()))
        keys = QKeySequence(str(index.data(Qt.ItemDataRole.UserRole) or "")).toString(
            QKeySequence.SequenceFormat.NativeText
        )
        painter.setFont(font("small"))
        painter.setPen(theme.colour("muted"))
        write(painter, rect.adjusted(rect.width() - 96, 0, -12, 0), keys, right=True)
        painter.restore()


class Palette(QFrame):
    """Floats over the window: type, choose, Return."""

    def __init__(self, window: QWidget, commands: Commands) -> None:
        super().__init__(window)
        self.setObjectName("palette")
        self._commands = commands
        self._before: QWidget | None = None
        self.field = QLineEdit()
        self.field.setPlaceholderText(_("What would you like to do?"))
        self.field.setAccessibleName(_("What would you like to do?"))
        self.model = _Found()
        self.list = QListView()
        self.list.setModel(self.model)
        self.list.setItemDelegate(_Line(self.list))
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setAccessibleName(_("Actions"))
        self.list.clicked.connect(lambda index: self._run(index.row()))
        box = QVBoxLayout(self)
        box.setContentsMargins(8, 8, 8, 8)
        box.addWidget(self.field)
        box.addWidget(self.list)
        self.nothing = Text(_("No action is called that."), tone="muted")
        self.nothing.setContentsMargins(12, 8, 12, 8)
        box.addWidget(self.nothing)
        shadow = QGraphicsDropShadowEffect(self)
        shadow.setBlurRadius(32)
        shadow.setOffset(0, 8)
        shadow.setColor(QColor(0, 0, 0, 60))
        self.setGraphicsEffect(shadow)
        self.field.textChanged.connect(self._search)
        self.field.installEventFilter(self)
        self.hide()

    def ask(self) -> None:
        """Come forward with every action."""
        self._before = self.window().focusWidget()
        self.field.clear()
        self._search("")
        self.place()
        self.show()
        self.raise_()
        self.field.setFocus()

    def place(self) -> None:
        """Stand in the upper middle of the window."""
        parent = self.parentWidget() or self
        width = min(560, parent.width() - 64)
        lines = min(max(len(self.model.commands), 1), _SHOWN)
        self.setGeometry((parent.width() - width) // 2, 88, width, 64 + lines * _HIGH + 8)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Move in the list while the field keeps the keys; Escape and leaving close it."""
        if event.type() == QEvent.Type.FocusOut:
            self._close(back=False)
        if not isinstance(event, QKeyEvent) or event.type() != QEvent.Type.KeyPress:
            return super().eventFilter(watched, event)
        steps = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: _SHOWN, Qt.Key.Key_PageUp: -_SHOWN}
        key = Qt.Key(event.key())
        if key in steps:
            self._select(self.list.currentIndex().row() + steps[key])
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._run(self.list.currentIndex().row())
        elif key == Qt.Key.Key_Escape:
            self._close(back=True)
        else:
            return super().eventFilter(watched, event)
        return True

    def _search(self, typed: str) -> None:
        self.model.show(self._commands.find(typed))
        self.nothing.setVisible(not self.model.commands)
        self.list.setVisible(bool(self.model.commands))
        self._select(0)
        self.place()

    def _select(self, row: int) -> None:
        last = len(self.model.commands) - 1
        self.list.setCurrentIndex(self.model.index(min(max(row, 0), last), 0))

    def _run(self, row: int) -> None:
        if not 0 <= row < len(self.model.commands):
            return
        command = self.model.commands[row]
        self._close(back=True)
        command.run()

    def _close(self, *, back: bool) -> None:
        self.hide()
        if back and self._before is not None:
            self._before.setFocus()
