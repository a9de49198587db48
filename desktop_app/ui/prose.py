"""A text as the merchant sees it: what facts carry is dotted underlined, what none carries is red and says why."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QMimeData, QRect, Qt, Signal
from PySide6.QtGui import (
    QGuiApplication,
    QHelpEvent,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextOption,
)
from PySide6.QtWidgets import QTextEdit, QToolTip

from desktop_app.language import markup
from desktop_app.records import Draft, Finding, Span
from desktop_app.ui.theme import font, theme
from desktop_app.words import _, retold

Mark = tuple[int, int, str, str]  # start and end in UTF-16 units, what it says, "evidence" | "finding"


def units(text: str, place: int) -> int:
    """Turn a place in code points into Qt's: characters beyond the basic plane, such as emoji, count twice there."""
    return place + sum(1 for letter in text[:place] if ord(letter) > 0xFFFF)


class ProseView(QTextEdit):
    """Shows a draft, takes it as it streams in without moving the reader's caret, and lets the merchant edit it."""

    edited = Signal()
    finished = Signal()  # Ctrl+Return
    given_up = Signal()  # Escape

    def __init__(self, *, large: bool = False, least: int = 0, most: int = 16_777_215) -> None:
        super().__init__()
        self._least, self._most = least, most  # with a least height the view grows with its text, up to the most
        self.setProperty("flat", "true")
        self.setAcceptRichText(False)
        self.setReadOnly(True)
        self.setTabChangesFocus(True)
        self.setFont(font("large" if large else "base"))
        self.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        if least and most > 10_000:
            self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(_("Text"))
        self._leading = 145 if large else 138
        self.document().setDocumentMargin(8 if large else 4)
        self._marks: list[Mark] = []
        self._hint = ""
        self._streaming = False
        self.viewport().setMouseTracking(True)
        self.textChanged.connect(self._changed)
        layout = self.document().documentLayout()
        if layout is not None:
            layout.documentSizeChanged.connect(self._fit)

    @property
    def text(self) -> str:
        """Return the words as they stand."""
        return self.toPlainText()

    def show_text(self, text: str) -> None:
        """Show plain words without marks."""
        self._marks = []
        self._streaming = False
        if text != self.text:
            self.setPlainText(text)
        self._space_lines()
        self._paint_marks()

    def show_draft(self, draft: Draft) -> None:
        """Show a draft with what its facts carry and what they do not."""
        self.show_text(draft.text)
        self._marks = [*_evidence(draft.text, draft.evidence), *_findings(draft.text, draft.findings)]
        self._paint_marks()

    def setPlaceholderText(self, text: str) -> None:
        """Say what stands here before the first word; Qt's own hint is cut off below its first line."""
        self._hint = text
        self.setAccessibleDescription(text)
        self.viewport().update()

    def placeholderText(self) -> str:
        """Return what stands here before the first word."""
        return self._hint

    def begin(self) -> None:
        """Make ready for text that streams in."""
        self.show_text("")
        self._streaming = True

    def add(self, piece: str) -> None:
        """Put a piece at the end; caret, selection and, if the reader scrolled up, the view stay where they are."""
        bar = self.verticalScrollBar()
        at_end = bar.value() >= bar.maximum() - 4
        end = QTextCursor(self.document())
        end.movePosition(QTextCursor.MoveOperation.End)
        end.insertText(piece)
        self._space_lines()
        if at_end:
            bar.setValue(bar.maximum())

    def end(self) -> None:
        """Say that no more comes."""
        self._streaming = False
        self.viewport().update()

    def edit(self) -> None:
        """Let the merchant write."""
        self._marks = []
        self._paint_marks()
        self.setReadOnly(False)
        self.setFocus()
        self.moveCursor(QTextCursor.MoveOperation.End)

    def done_editing(self) -> None:
        """Only show again."""
        self.setReadOnly(True)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the whole text in sight where the width changes."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._fit()

    def _changed(self) -> None:
        self._fit()
        if not self.isReadOnly():
            self.edited.emit()

    def _fit(self, _size: object = None) -> None:
        if self._least and self.viewport().width() > 60:
            around = self.height() - self.viewport().height()
            wanted = round(self.document().size().height()) + max(around, 26)
            self.setFixedHeight(min(max(self._least, wanted), self._most))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the words, and a bar at their end while more are on their way."""
        super().paintEvent(event)
        if self._hint and self.document().isEmpty():
            edge = round(self.document().documentMargin())
            painter = QPainter(self.viewport())
            painter.setPen(theme.colour("muted"))
            box = self.viewport().rect().adjusted(edge, edge, -edge, -edge)
            painter.drawText(box, Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignTop, self._hint)
        elif self._streaming and not self.document().isEmpty():  # before the first word the hint stands there
            end = QTextCursor(self.document())
            end.movePosition(QTextCursor.MoveOperation.End)
            box = self.cursorRect(end)
            painter = QPainter(self.viewport())
            painter.fillRect(QRect(box.left() + 1, box.top() + 2, 2, box.height() - 4), theme.colour("accent"))

    def event(self, event: QEvent) -> bool:
        """Say of what is under the mouse which fact carries it, or why none does."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            said = self.said_at(self.cursorForPosition(self.viewport().mapFrom(self, event.pos())).position())
            if said:
                QToolTip.showText(event.globalPos(), said, self)
            else:
                QToolTip.hideText()
            return True
        if event.type() == QEvent.Type.PaletteChange:
            self._paint_marks()
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Finish an edit with Ctrl+Return, give it up with Escape."""
        writing = not self.isReadOnly()
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if writing and enter and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.finished.emit()
        elif writing and event.key() == Qt.Key.Key_Escape:
            self.given_up.emit()
        else:
            super().keyPressEvent(event)

    def said_at(self, place: int) -> str:
        """Return what is known of the stretch at ``place`` (UTF-16 units), trouble first."""
        under = [mark for mark in self._marks if mark[0] <= place < mark[1]]
        under.sort(key=lambda mark: mark[3] != "finding")
        return under[0][2] if under else ""

    def _space_lines(self) -> None:
        # Only the spacing: a format set on the whole document would move nobody's caret.
        cursor = QTextCursor(self.document())
        cursor.select(QTextCursor.SelectionType.Document)
        form = QTextBlockFormat()
        form.setLineHeight(self._leading, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
        cursor.mergeBlockFormat(form)
        self._fit()

    def _paint_marks(self) -> None:
        selections = []
        for start, end, _said, kind in self._marks:
            mark = QTextEdit.ExtraSelection()
            cursor = QTextCursor(self.document())
            cursor.setPosition(min(start, self.document().characterCount() - 1))
            cursor.setPosition(min(end, self.document().characterCount() - 1), QTextCursor.MoveMode.KeepAnchor)
            mark.cursor = cursor
            mark.format = _look(kind)
            selections.append(mark)
        self.setExtraSelections(selections)


def copy(text: str, *, formatted: bool) -> None:
    """Put a text on the clipboard, plain, or as simple HTML with the plain words beside it."""
    data = QMimeData()
    data.setText(text)
    if formatted:
        data.setHtml(markup.to_html(text))
    QGuiApplication.clipboard().setMimeData(data)


def why(finding: Finding) -> str:
    """Say in one sentence what is wrong with a stretch."""
    if finding.why:  # kept in the language the window spoke when the text was checked
        return retold(finding.why, text=finding.text)
    return _("“{text}” is not in this product's facts.", text=finding.text)


def _look(kind: str) -> QTextCharFormat:
    form = QTextCharFormat()
    if kind == "finding":
        form.setBackground(theme.colour("bad_soft"))
        form.setUnderlineStyle(QTextCharFormat.UnderlineStyle.SingleUnderline)
        form.setUnderlineColor(theme.colour("bad"))
    else:
        form.setUnderlineStyle(QTextCharFormat.UnderlineStyle.DotLine)
        form.setUnderlineColor(theme.colour("evidence"))
    return form


def _evidence(text: str, spans: Sequence[Span]) -> list[Mark]:
    return [
        (units(text, s.start), units(text, s.end), _("From the facts: {facts}", facts=", ".join(s.facts)), "evidence")
        for s in spans
        if s.facts
    ]


def _findings(text: str, findings: Sequence[Finding]) -> list[Mark]:
    return [(units(text, f.start), units(text, f.end), why(f), "finding") for f in findings]
