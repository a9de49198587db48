"""What a drafted answer rests on: passages word for word, figures of the shop, and what nobody knows yet."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QPlainTextEdit, QVBoxLayout, QWidget

from desktop_app.knowledge_records import Quote, ReplyDraft
from desktop_app.ui.replies.passages import place
from desktop_app.ui.widgets import Button, Text, column, row
from desktop_app.words import _


class Sources(QWidget):
    """Cards below the answer; a question without an answer can be answered there and then."""

    add = Signal(str, str)  # the question, and the answer to keep
    opened = Signal(int)  # a passage is to be shown at its place

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("plain")
        self._list = QVBoxLayout(self)
        self._list.setContentsMargins(0, 0, 0, 0)
        self._list.setSpacing(8)

    def answer_gap(self) -> bool:
        """Take the keyboard to the first question nobody has answered yet; False where there is none."""
        missing = [one for one in self.findChildren(_Missing) if not one.isHidden()]
        if missing:
            missing[0].answer.setFocus()
        return bool(missing)

    def keep_gap(self) -> bool:
        """Keep the answer that is being typed to a question; False where none is."""
        for one in self.findChildren(_Missing):
            if one.answer.hasFocus():
                one.keep.click()
                return True
        return False

    def clear(self) -> None:
        """Show nothing."""
        self.show_draft(None)

    def show_draft(self, draft: ReplyDraft | None) -> None:
        """Show what this draft rests on and what is missing."""
        while (item := self._list.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        if draft is None:
            return
        for question in draft.missing:
            self._list.addWidget(_Missing(question, self))
        if draft.quotes or draft.facts:
            self._list.addWidget(Text(_("It rests on"), strong=True))
        for quote in draft.quotes:
            self._list.addWidget(_quoted(quote, self.opened.emit))
        together: dict[tuple[str, str], list[str]] = {}
        for fact in draft.facts:
            together.setdefault((fact.kind, fact.ref), []).append(fact.value)
        for (kind, ref), values in together.items():
            self._list.addWidget(_figure(kind, ref, values))


def _card(*parts: QWidget) -> QFrame:
    card = QFrame()
    card.setObjectName("card")
    card.setLayout(column(*parts, gap=4, margins=(14, 10, 14, 12)))
    return card


def _quoted(quote: Quote, opened: Callable[[int], object]) -> QFrame:
    where = " · ".join(part for part in (quote.source, place(quote.place)) if part)
    link = Button(where, lambda: opened(quote.passage), kind="link", small=True)
    link.setToolTip(_("Show where it stands"))
    card = _card(Text(quote.quote, wrap=True))
    card.layout().addLayout(row(link, None))  # type: ignore[union-attr]
    card.setAccessibleName(f"{quote.quote} ({where})")
    return card


def _figure(kind: str, ref: str, values: Sequence[str]) -> QFrame:
    kinds = {
        "order": _("order"), "product": _("product"), "stock": _("stock"), "price": _("price"), "shop": _("shop"),
        "customer": _("customer"),
    }  # fmt: skip
    where = " · ".join(part for part in (kinds.get(kind, kind), ref) if part)
    return _card(Text("\n".join(values), wrap=True), Text(where, "small", tone="muted", wrap=True))


class _Missing(QFrame):
    """A question the knowledge does not answer, with room to answer it."""

    def __init__(self, question: str, sources: Sources) -> None:
        super().__init__()
        self.setObjectName("card")
        self._question, self._sources = question, sources
        self.answer = QPlainTextEdit()
        self.answer.setFixedHeight(72)
        self.answer.setTabChangesFocus(True)
        self.answer.setAccessibleName(_("Your answer"))
        self.answer.setPlaceholderText(_("Your answer; it is kept, and given the next time somebody asks."))
        self.keep = Button(_("Keep it and draft again"), self._keep)
        self.setLayout(
            column(
                Text(_("Your shop's knowledge does not answer this:"), "small", tone="caution", wrap=True),
                Text(question, strong=True, wrap=True), self.answer, row(self.keep, None),
                gap=6, margins=(14, 10, 14, 12),
            )
        )  # fmt: skip

    def _keep(self) -> None:
        text = self.answer.toPlainText().strip()
        if text:
            self._sources.add.emit(self._question, text)
        else:
            self.answer.setFocus()
