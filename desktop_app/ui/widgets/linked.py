"""Running words with links in them, as high as they are: the page around them scrolls, not they."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent, QTextOption
from PySide6.QtWidgets import QTextBrowser

from desktop_app.ui.theme import font


class LinkedText(QTextBrowser):
    """Words without a frame; a link that is clicked comes as ``anchorClicked`` and is never followed by Qt."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setProperty("bare", "true")
        self.setFont(font())
        self.setOpenLinks(False)
        self.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(name)

    def write(self, html: str) -> None:
        """Show these words in place of the others."""
        self.setHtml(html)
        self.document().setDocumentMargin(0)  # its words stand in one line with those above
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Be as high as the words are."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        self.document().setTextWidth(self.viewport().width())
        self.setFixedHeight(int(self.document().size().height()) + 4)
