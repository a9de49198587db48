"""The list of drafts that wait: the doubtful ones first, since they need an eye."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRect, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from desktop_app.language import risk
from desktop_app.records import Draft
from desktop_app.review_records import review_of
from desktop_app.ui import fields
from desktop_app.ui.theme import font, theme, write
from desktop_app.ui.widgets.lines import LineList
from desktop_app.ui.widgets.texts import Tone
from desktop_app.words import _, several

Index = QModelIndex | QPersistentModelIndex
HIGH = 59
MOST = 1000  # drafts in the list at once; more come as these are decided


@dataclass(frozen=True)
class Item:
    """A draft and the name of its product."""

    draft: Draft
    title: str

    def state(self) -> tuple[str, Tone]:
        """Say in a few words how much of an eye it needs."""
        if count := len(self.draft.findings):
            return several("{count} claim without a fact", "{count} claims without a fact", count), "bad"
        if self.draft.stopped:
            return _("Stopped early"), "caution"
        if risk.unsure(self.draft):
            return _("The weights were not sure"), "caution"
        if self.draft.field == "reviews" or review_of(self.draft.field) is not None:
            return fields.field(self.draft.field), "muted"
        if self.draft.source == "plain":
            return _("From the facts alone"), "muted"
        if self.draft.source == "merchant":
            return _("In your own words"), "muted"
        return _("Its numbers agree with the facts"), "muted"


def read(shop: Any) -> list[Item]:
    """Read the queue: of several drafts for one product, field and language only the newest counts."""
    newest: dict[tuple[int, str, str], Draft] = {}
    for draft in shop.drafts(status="new", limit=MOST):
        newest.setdefault((draft.product, draft.field, draft.language), draft)
    drafts = sorted(newest.values(), key=lambda d: (-risk.of(d), d.id or 0))
    titles = {row.id: row.title for row in shop.rows(list({d.product for d in drafts}))}
    return [Item(d, titles.get(d.product, "…")) for d in drafts]


class QueueModel(QAbstractListModel):
    """The drafts in the order they are shown."""

    def __init__(self) -> None:
        super().__init__()
        self.items: list[Item] = []

    def show(self, items: Sequence[Item]) -> None:
        """Show these drafts."""
        self.beginResetModel()
        self.items = list(items)
        self.endResetModel()

    def take(self, draft: int) -> int:
        """Take a draft out and return where it stood; -1 if it was not there."""
        at = self.place(draft)
        if at >= 0:
            self.beginRemoveRows(QModelIndex(), at, at)
            del self.items[at]
            self.endRemoveRows()
        return at

    def place(self, draft: int | None) -> int:
        """Return where a draft stands, or -1."""
        return next((n for n, item in enumerate(self.items) if item.draft.id == draft), -1)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 Qt's own signature
        """Return the number of drafts."""
        return 0 if parent.isValid() else len(self.items)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return a draft, or what a screen reader says of it."""
        if not 0 <= index.row() < len(self.items):
            return None
        item = self.items[index.row()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return f"{item.title}, {item.state()[0]}"
        return item if role == Qt.ItemDataRole.UserRole else None


class _ItemDelegate(QStyledItemDelegate):
    """Name, and below it how much of an eye it needs."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw one draft."""
        item: Item | None = index.data(Qt.ItemDataRole.UserRole)
        rect: QRect = option.rect
        if item is None:
            return
        painter.save()
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, theme.colour("accent_soft"))
        painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, theme.colour("line"))
        wide = rect.width() - 28
        words, tone = item.state()
        for text, size, strong, ink, top in (
            (item.title, "base", True, "text", 11),
            (words, "small", False, tone or "muted", 30),
        ):
            painter.setFont(font(size, strong=strong))
            painter.setPen(theme.colour(ink))
            write(painter, QRect(rect.left() + 16, rect.top() + top, wide, 18), text)
        painter.restore()


class QueueList(LineList):
    """The list at the left; the keys of the page work here too."""

    def __init__(self, model: QueueModel) -> None:
        super().__init__(model, _ItemDelegate(), _("Drafts"), HIGH)
        self.setFixedWidth(256)
