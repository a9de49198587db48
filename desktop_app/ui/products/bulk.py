"""The bar under the table when several products are chosen: what can be done to all of them at once."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from desktop_app.ui import local
from desktop_app.ui.desk import Desk
from desktop_app.ui.widgets import Button, FlowLayout, Text, row
from desktop_app.ui.widgets.notice import Notice
from desktop_app.words import _, several


class BulkBar(QWidget):
    """Write, approve, archive or bring back what is chosen; each is one action that one Undo takes back."""

    def __init__(self, desk: Desk, chosen: Callable[[], list[int]]) -> None:
        super().__init__()
        self.setObjectName("footer")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._desk, self._chosen = desk, chosen
        self.words = Text(strong=True)
        self.describe = Button(_("Write…"), lambda: desk.go("write", products=chosen()))
        self.approve = Button(_("Approve drafts"), self._approve)
        self.prices = Button(_("Prices and stock…"), self._reprice)
        self.archive = Button(_("Archive"), self._archive)
        self.restore = Button(_("Bring back"), self._restore)
        self.labels = Button(_("Labels…"), self._labels)
        buttons = QWidget()
        buttons.setObjectName("plain")
        flow = FlowLayout(buttons)  # in a narrow window they stand in two lines
        for button in (self.describe, self.prices, self.labels, self.approve, self.archive, self.restore):
            flow.addWidget(button)
        whole = row(self.words, buttons, gap=16, margins=(24, 10, 16, 10))
        whole.setStretch(1, 1)
        self.setLayout(whole)
        self.hide()

    def show_count(self, count: int, *, archived: bool) -> None:
        """Show the bar for two and more products."""
        self.words.setText(_("{count} chosen", count=local.number(count)))
        self.restore.setVisible(archived)
        for button in (self.describe, self.prices, self.labels, self.archive):
            button.setVisible(not archived)
        if archived or count < 2:
            self.approve.hide()
        else:
            ids = self._chosen()
            self._desk.ask(lambda shop: _drafted(shop, ids), self.approve.setVisible, key="bulk.drafts")
        self.setVisible(count > 1 or (archived and count > 0))

    def _reprice(self) -> None:
        from desktop_app.ui.products.repricing import RepriceDialog

        RepriceDialog(self.window(), self._desk, self._chosen()).open()

    def _labels(self) -> None:
        from desktop_app.ui.products.labels import LabelsDialog

        LabelsDialog(self.window(), self._desk, self._chosen()).open()

    def _approve(self) -> None:
        wanted = set(self._chosen())

        def approve(shop: Any) -> int:
            from desktop_app.tasks import drafts

            waiting = shop.drafts(status="new")
            # Of several drafts of one product the newest is the one the merchant sees.
            newest = {(d.product, d.field, d.language): d for d in reversed(waiting) if d.product in wanted}
            ids = [d.id for d in newest.values() if d.id is not None and not d.findings]
            if ids:
                drafts.approve(shop, ids)
            return len(ids)

        self._desk.do(approve, then=self._approved)

    def _approved(self, count: int) -> None:
        if count:
            self._desk.said.emit(several("{count} draft approved", "{count} drafts approved", count), True)
        else:
            text = _("None of these has a draft that could be approved unread.")
            self._desk.tell(Notice(text, more=_("Drafts with a claim that no fact carries are approved one by one.")))

    def _archive(self) -> None:
        ids = self._chosen()

        def archive(shop: Any) -> None:
            from desktop_app.tasks import products

            products.archive(shop, ids)

        self._desk.do(archive, said=several("{count} product archived", "{count} products archived", len(ids)))

    def _restore(self) -> None:
        ids = self._chosen()

        def restore(shop: Any) -> None:
            from desktop_app.tasks import products

            products.restore(shop, ids)

        self._desk.do(restore, said=several("{count} product brought back", "{count} products brought back", len(ids)))


def _drafted(shop: Any, products: list[int]) -> bool:
    """Tell whether any of these has a draft that waits."""
    return not set(products).isdisjoint(shop.search("", text="draft"))
