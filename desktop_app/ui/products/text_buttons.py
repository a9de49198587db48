"""What can be done with the text of a product now: the row of buttons below it."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from desktop_app.ui import describing
from desktop_app.ui.products.variations import variations
from desktop_app.ui.widgets import Button, FlowLayout
from desktop_app.ui.widgets.frames import clear
from desktop_app.words import _

if TYPE_CHECKING:
    from desktop_app.ui.products.description import DescriptionPanel

_LOOKED = 0.4  # seconds a button must have been seen before it decides anything
_DWELL = 800  # milliseconds somebody looks at a product without a text before the weights are made ready


class TextButtons(QWidget):
    """Made anew whenever the text stands differently; the keyboard stays on them."""

    def __init__(self, panel: DescriptionPanel) -> None:
        super().__init__()
        self._panel = panel
        self._offered: Any = None  # what the buttons that are shown were made for
        self._entered = 0.0  # when the buttons came that are shown
        self._dwell = QTimer(self)
        self._dwell.setSingleShot(True)
        self._dwell.setInterval(_DWELL)
        self._dwell.timeout.connect(self._make_ready)
        self.line = FlowLayout(gap=8, line_gap=8)
        self.setLayout(self.line)

    def take_focus(self) -> None:
        """Put the keyboard on the first of them."""
        place = self.line.itemAt(0)
        button = place.widget() if place is not None else None
        if button is not None:
            button.setFocus()

    def renew(self) -> None:
        """Offer what can be done now."""
        # Made anew only for something else: a button must not go from under the mouse because the shop was read again.
        panel = self._panel
        wanted = (panel.state, panel.product and panel.product.id, panel.draft and panel.draft.status,
                  describing.wishes(panel.desk))  # fmt: skip
        if wanted == self._offered:
            return
        self._offered, self._entered = wanted, time.monotonic()
        at = self.window().focusWidget()  # a widget's own focusWidget is the one that had the keyboard last
        had_focus = at is not None and panel.isAncestorOf(at)
        clear(self.line)
        made = self._made(variations(wanted[-1], panel.write))
        for button in made:
            self.line.addWidget(button)
            button.show()  # now, not with the next event: a hidden button takes no focus
        if had_focus and made:
            # Stop stands where the button was that started it, and keeps its focus.
            made[0].setFocus()
        self._dwell.start() if panel.state == "none" else self._dwell.stop()

    def _made(self, others: list[Button]) -> list[Button]:
        panel = self._panel
        if panel.state == "writing":
            return [Button(_("Stop"), panel.stop, key="Esc")]
        if panel.state == "editing":
            return [
                Button(_("Save"), panel.save_edit, key="Ctrl ⏎"),
                Button(_("Cancel"), panel.guard.leave, kind="quiet", key="Esc"),
            ]
        if panel.state == "none":
            return [Button(_("Write a description"), panel.write, icon="pencil"),
                    Button(_("Write it myself"), panel.edit), others[-1]]  # fmt: skip
        if panel.draft is None:
            return []
        again = [Button(_("Write again"), panel.write), *others]
        if panel.draft.status != "new":
            return [Button(_("Edit"), panel.edit), *again]
        return [Button(_("Approve"), self._press_approve, icon="check"), Button(_("Edit"), panel.edit),
                Button(_("Reject"), panel.reject), *again]  # fmt: skip

    def _press_approve(self) -> None:
        # Approve stands where Stop stood: a press meant for Stop must not approve what nobody has read.
        if time.monotonic() - self._entered > _LOOKED:
            self._panel.approve()

    def _make_ready(self) -> None:
        if self.isVisible() and self._panel.state == "none":
            self._panel.desk.make_ready(describing.wishes(self._panel.desk))
