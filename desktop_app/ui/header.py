"""The buttons in the head of a page: what finds no room there is reached through a menu at its end."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QHBoxLayout, QMenu, QWidget

from desktop_app.ui.widgets.buttons import Button, IconButton
from desktop_app.words import _

MORE = 30  # how wide the button to the menu is


class Overflow:
    """Puts the last quiet buttons of a line away where the line is too long, and offers them in a menu instead."""

    def __init__(self, line: QHBoxLayout) -> None:
        self._line = line
        self._away: list[Button] = []
        self._more: IconButton | None = None

    @property
    def away(self) -> list[Button]:
        """The buttons that are in the menu now, as they stood in the line."""
        return list(self._away)

    def fit(self, room: int) -> None:
        """Show in ``room`` pixels what fits; the main button and what is no button always stay."""
        quiet = [b for b in self._buttons() if not b.isHidden() or b in self._away]
        away: list[Button] = []
        while len(quiet) > 1 and self._width(away) > room:
            away.insert(0, quiet.pop())
        if away == self._away:
            return  # shown and hidden anew, the line would be laid out again and ask again
        for button in (*away, *self._away):
            button.setHidden(button in away)
        self._away = away
        if away and self._more is None:
            self._more = IconButton("ellipsis", _("More"), self._open)
            self._line.insertWidget(self._line.indexOf(away[-1]) + 1, self._more)
        if self._more is not None:
            self._more.setVisible(bool(away))

    def _open(self) -> None:
        if self._more is None:
            return
        menu = QMenu(self._more)
        for button in self._away:
            menu.addAction(button.text(), button.click).setEnabled(button.isEnabled())
        menu.popup(self._more.mapToGlobal(QPoint(0, self._more.height() + 4)))

    def _width(self, away: list[Button]) -> int:
        out = [*away, *([self._more] if self._more is not None else [])]
        shown = [w for w in self._widgets() if w not in out and (not w.isHidden() or w in self._away)]
        wide = [
            w.sizeHint().width() if isinstance(w, Button) else max(w.minimumWidth(), w.minimumSizeHint().width())
            for w in shown
        ]
        if away:
            wide.append(MORE)
        spaces = sum(
            item.sizeHint().width() for n in range(self._line.count())
            if (item := self._line.itemAt(n)) is not None and item.spacerItem() is not None
        )  # fmt: skip
        return sum(wide) + spaces + self._line.spacing() * max(0, len(wide) - 1)

    def _buttons(self) -> Iterator[Button]:
        for widget in self._widgets():
            icon = isinstance(widget, IconButton)
            if isinstance(widget, Button) and not icon and widget.property("kind") != "main":
                yield widget

    def _widgets(self) -> Iterator[QWidget]:
        for place in range(self._line.count()):
            item = self._line.itemAt(place)
            if item is not None and (widget := item.widget()) is not None:
                yield widget
