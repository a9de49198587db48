"""What another shop will see change: the products an export would add or change, before it is written."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QModelIndex
from PySide6.QtWidgets import QDialog, QWidget

from desktop_app.records import Change, Preview
from desktop_app.ui import local
from desktop_app.ui.importing.changes import ChangePanel, KindDelegate, RowsTable, changes_model
from desktop_app.ui.widgets import Button, Text, column, row
from desktop_app.words import _, several


class PreviewDialog(QDialog):
    """The products that differ from the imported file, one of them in full at the side."""

    def __init__(self, parent: QWidget, preview: Preview, currency: str) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("What the other shop will see change"))
        self.resize(980, 560)
        self.said = Text(_said(preview), strong=True, wrap=True)
        self.model = changes_model()
        self.table = RowsTable(self.model, _("Products that change"), (90, 280, 120, 200))
        self.table.setItemDelegateForColumn(0, KindDelegate(self.table))
        self.panel = ChangePanel()
        self.panel.currency = currency
        self.table.selectionModel().currentRowChanged.connect(self._show)
        self.model.show_records([_with_variants(change) for change in preview.changes])
        close = Button(_("Close"), self.accept)
        beside = row(gap=16)
        beside.addWidget(self.table, 1)
        beside.addWidget(self.panel)
        whole = column(self.said, gap=12, margins=(24, 20, 24, 20))
        if preview.changes:
            whole.addLayout(beside, 1)
            self.table.setCurrentIndex(self.model.index(0, 0))
        else:
            self.table.hide()
            self.panel.hide()
            whole.addStretch(1)
        whole.addLayout(row(None, close))
        self.setLayout(whole)

    def _show(self, now: QModelIndex, _before: QModelIndex) -> None:
        self.panel.show_change(self.model.records[now.row()] if now.isValid() else None)


def _said(preview: Preview) -> str:
    if not preview.added and not preview.changed:
        return _("Against the file you imported nothing changes.")
    new = local.counted(several("{count} new product", "{count} new products", preview.added), preview.added)
    changed = local.counted(
        several("{count} changed product", "{count} changed products", preview.changed), preview.changed
    )
    return _("Against the file you imported: {new}, {changed}. Nothing is written yet.", new=new, changed=changed)


def _with_variants(change: Change) -> Change:
    if not change.variants[1]:
        return change
    return replace(change, fields=(*change.fields, ("variants", "", "")))
